"""What a reader types, read: words that must all be there, phrases in quotes, and -words that must not.

大桥 通车          both, anywhere         "大桥通车"  「大桥通车」   just so
大桥 -通车         the first without the second
新港大桥通车       cut into words, which must all be there
lifang, li fang    a word in letters, or the sound of a person, a place or a tag
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import rjieba

from articles.search import tokens
from articles.search.folding import HAN, fold, is_han, runs

MOST_WORDS = 8
MOST_SYLLABLES = 4  # words in letters that may together sound a name
_OPEN, _CLOSE = '"“”„‟＂「『﹁﹃〝«', '"“”„‟＂」』﹂﹄〞»'
_TYPED = re.compile(
    rf"(?P<minus>(?<!\S)[-－−])?(?:[{_OPEN}](?P<phrase>[^{_OPEN}{_CLOSE}]*)[{_CLOSE}]"
    rf"|(?P<words>[^\s{_OPEN}{_CLOSE}]+))"
)
_APART = re.compile(rf"\n(?=[{HAN}])|(?<=[{HAN}])\n")
_SPELT = re.compile(r"[a-z]+(?:\n[a-z]+)*")
# Cut out between words, where they say nothing: 大桥的通车.
_PARTICLES = frozenset("的了和与及在是吗呢吧")


@dataclass(frozen=True)
class Token:
    """One token of the index, or with `prefix` any that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class All:
    of: tuple[Need, ...]


@dataclass(frozen=True)
class Either:
    of: tuple[Need, ...]


Need = Token | All | Either


@dataclass(frozen=True)
class Term:
    """Something to look for: what the index must have, and what the folded text must have besides.

    `marks` are the folded strings to show in what is found.
    """

    need: Need
    exactly: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """`cut`: whether more was typed than is looked for."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def read(typed: str) -> Words:
    """Takes any text; what has no letters, digits or ideographs is nothing."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TYPED.finditer(typed):
        quoted, words = fold(found["phrase"] or ""), fold(found["words"] or "")
        if found["minus"]:
            unwanted += [phrase(text) for text in (quoted, words) if text]
        elif quoted:
            wanted.append(phrase(quoted))
        else:
            wanted += [term for part in _APART.split(words) if part for term in _part(part)]
    wanted = list(dict.fromkeys(wanted))
    cut = len(wanted) > MOST_WORDS or len(unwanted) > MOST_WORDS
    return Words(tuple(_sounded(wanted[:MOST_WORDS])), tuple(unwanted[:MOST_WORDS]), cut)


def _part(part: str) -> Iterator[Term]:
    """What stands together: 3.5 and A股 as they are, ideographs cut into words."""
    pieces = runs(part)
    if "\n" in part or all(len(piece) == 1 for piece in pieces if is_han(piece)):
        yield phrase(part)
        return
    for piece in pieces:
        if is_han(piece):
            yield from map(phrase, _segmented(piece))
        else:
            yield phrase(piece)


def _segmented(run: str) -> Iterator[str]:
    """The words of a run; characters that are left single side by side are taken together: 李芳."""
    words = rjieba.cut(run)
    kept = [
        word
        for n, word in enumerate(words)
        if word not in _PARTICLES
        or any(len(near) == 1 for near in (words[max(0, n - 1) : n] + words[n + 1 : n + 2]))
    ]
    for single, group in groupby(kept or words, key=lambda word: len(word) == 1):
        if single:
            yield "".join(group)
        else:
            yield from group


def phrase(folded: str) -> Term:
    """The folded text as it stands."""
    needs: list[Need] = []
    exact = True
    for run in runs(folded):
        if not is_han(run):
            needs.append(Token(tokens.word(run)))
            exact &= len(run) <= tokens.LONGEST_WORD
        elif len(run) == 1:
            needs.append(Token(tokens.han(run), prefix=True))
        elif len(run) > 2 and tokens.in_dictionary(run):
            needs.append(Token(tokens.han(run)))
        else:
            pairs = dict.fromkeys(run[n : n + 2] for n in range(len(run) - 1))
            needs += [Token(tokens.han(pair)) for pair in pairs]
            exact &= len(run) == 2
    whole = exact and len(runs(folded)) == 1
    return Term(_all(needs), "" if whole else folded, (folded,))


def _sounded(terms: list[Term]) -> Iterator[Term]:
    """Words in letters side by side may be the sound of a name as well: li fang, xi'an."""
    for spelt, group in groupby(terms, key=lambda term: _SPELT.fullmatch(term.marks[0]) is not None):
        together = list(group)
        if not spelt or len(together) > MOST_SYLLABLES:
            yield from together
            continue
        needs = tuple(dict.fromkeys(_readings(together)))
        yield Term(
            Either(needs) if len(needs) > 1 else needs[0],
            marks=tuple(mark for t in together for mark in t.marks),
        )


def _readings(terms: list[Term]) -> Iterator[Need]:
    """Every way of taking words in letters: as words, and some neighbours as one name."""
    if not terms:
        return
    for length in range(1, len(terms) + 1):
        first = [term.marks[0] for term in terms[:length]]
        sound = Token("y" + "".join(first).replace("\n", ""))
        head = Either((terms[0].need, sound)) if length == 1 else sound
        rest = list(_readings(terms[length:]))
        yield from (All((head, other)) for other in rest) if rest else [head]


def _all(needs: list[Need]) -> Need:
    return needs[0] if len(needs) == 1 else All(tuple(needs))
