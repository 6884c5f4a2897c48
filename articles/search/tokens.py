"""What of a story the index holds: a set of short names in ASCII, which no database takes apart.

    65b06865      two ideographs side by side, as UTF-16 in hex; a run's last one stands alone as well
    56fe4e669986  a word of the dictionary of three or more, wherever it stands
    wgdp          a word in letters or digits         u00e4…   one beyond ASCII
    h…  m…        the same again, if in the headline; if in headline, kicker, standfirst, names or tags
    n…  ylifang   the whole name of a person, place or tag; its sound
    s12 r131000 p5    its sections, regions and reporters by key        z    every story has this one

So any two ideographs are found exactly, one by what begins with it, longer words by the dictionary, and other
strings of three or more by their pairs, whereupon the folded text decides (`articles.search.engines`).
Segmented text alone would lose names that are cut apart: 阿海 of 郑阿海.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin, pinyin

from articles.search.folding import fold, is_han, runs

MOST = 50_000  # of one story; PostgreSQL takes a megabyte of them
LONGEST_WORD = 64
LONGEST_NAME = 20
EVERY = "z"
_LETTERS = re.compile("[a-z0-9]+")
# What follows the name of a place; people say it without.
_KIND_OF_PLACE = re.compile("(?<=..)(?:自治区|自治州|自治县|街道|新区|地区|[省市区县旗镇乡村])$")


def han(characters: str) -> str:
    return characters.encode("utf-16-be", "surrogatepass").hex()


def word(letters: str) -> str:
    letters = letters[:LONGEST_WORD]
    return f"w{letters}" if _LETTERS.fullmatch(letters) else f"u{han(letters)}"


@lru_cache(maxsize=4096)
def in_dictionary(characters: str) -> bool:
    """Whether `of_text` gives a token of its own to these, three ideographs or more."""
    return characters in rjieba.cut_all(characters)


def of_text(folded: str) -> Iterator[str]:
    for run in runs(folded):
        if not is_han(run):
            yield word(run)
            continue
        yield from (han(run[n : n + 2]) for n in range(len(run)))
        yield from (han(long) for long in rjieba.cut_all(run) if len(long) > 2)


def of_name(name: str, place: bool = False) -> Iterator[str]:
    """The whole name and its sounds; a place also without what kind of place it is."""
    names = [name := "".join(runs(fold(name[:LONGEST_NAME])))]
    if place:
        names.append(_KIND_OF_PLACE.sub("", name))
    for spoken in filter(None, dict.fromkeys(names)):
        yield f"n{han(spoken)}"
        yield from (f"y{sound}" for sound in sounds(spoken))


def sounds(name: str) -> list[str]:
    """A name in letters, every reading of its first character: 解小满 is jiexiaoman and xiexiaoman.

    ü is written v, u and yu.
    """
    first = pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]
    usual = lazy_pinyin(name)
    spelt = ["".join([reading, *lazy_pinyin(name[1:])]) for reading in first] + ["".join(usual)]
    spelt += [text.replace("v", other) for text in spelt if "v" in text for other in ("u", "yu")]
    return [text for text in dict.fromkeys(spelt) if _LETTERS.fullmatch(text)]


def joined(parts: Iterable[Iterable[str]]) -> str:
    """As the index takes them: each once, parted by spaces."""
    kept = dict.fromkeys(token for part in parts for token in part)
    return " ".join(list(kept)[:MOST])
