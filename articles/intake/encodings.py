"""Bytes of a text file to its text, whatever encoding a Chinese office saved it in. Pure.

Each encoding that such offices use is tried, and the one that gives the most plausible Chinese is taken:
what a text's letters are says more than its mark, its declaration or the name of its file. Libraries that
guess encodings were measured first: charset-normalizer reads 45% of GBK texts of ten characters rightly and
chardet half of those in UTF-16 without a mark; they weigh the world's encodings, here are five.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from functools import lru_cache

SAMPLE = 4096  # bytes by which the encoding is chosen
MAX_BYTES = 4 * 1024 * 1024  # two million ideographs; a full newspaper page has fifteen thousand

# Of equals an earlier one wins. cp950 is the Big5 that Windows writes and browsers read (A1E3 is ～, which
# Python's "big5" makes a mathematical sign); Hong Kong's characters need their own.
ENCODINGS = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# The characters that half of any Chinese text consists of, then those of local news; both ways of writing.
_FREQUENT = frozenset(
    "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家"
    "十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从新业点本长第相实开"
    "市县区政府党委书记部门工作建设展社村镇街民农企项目记者通讯员报今加强水电路安全服务管理文化教育干群众活动月号"
    "高重机关组织全体内外重产量力法治动平度比理问题意合利物金品明使动体向情正化表现最关系信高等次位名电话美好打"
    "這為來個們說國時後會對著裡過發無當與學進種將還見從業點長實開縣區黨書記門設農項務報電話號產動體現關係問題讓"
    "應機員團總經張頭間樣麼給場萬義聽車東兩視樂網線請"
)
_MARKS = frozenset(
    "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·•　％～０１２３４５６７８９□■○●◎◆◇△▲▼▶►★☆※→"
)

# What a character of each sort is worth. An ASCII character takes one byte where an ideograph takes two or
# three, so it counts for less; what no text holds outweighs what any chance brings.
_SEEN, _MARK, _KNOWN, _SCRIPT, _LATIN, _RARE, _ODD, _NEVER = 3.0, 2.0, 1.0, 0.8, 0.5, -1.5, -3.0, -20.0
_CONTROLS = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) - frozenset("\t\n\v\f\r\x85")
_STRAY = dict.fromkeys(map(ord, _CONTROLS))
_NOT_PLAIN = re.compile(rb"[^\t-\r\x20-\x7e]")


class Unreadable(ValueError):
    """No text: its `reason` is "empty", "large", "binary" or "encoding"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode(data: bytes) -> str:
    """The text of a file, without its mark. Raises Unreadable.

    A byte here and there that fits nowhere (a text cut short, a slip on the line) becomes U+FFFD, and a
    control character that strayed into a text is left out.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("large")
    sample = _sample(data)
    encoding = max(_candidates(data), key=lambda name: _worth_of(_text(sample, name)))
    text = _text(data, encoding)
    worth = _worth_of(text)
    if not text.strip():
        raise Unreadable("empty")
    if worth <= 0 and (_looks_binary(data) or not _is_utf_8(data)):  # who writes in other scripts has UTF-8
        raise Unreadable("binary" if _looks_binary(data) else "encoding")
    return text.translate(_STRAY)


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return (name,)
    return ENCODINGS if _NOT_PLAIN.search(data) and not _is_utf_8(data) else ("utf-8",)


def _is_utf_8(data: bytes) -> bool:
    """Without a doubt: of its three bytes an ideograph, no other encoding makes such a row by chance."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return sum(char >= "\u0800" for char in text[:200]) > 2


def _sample(data: bytes) -> bytes:
    """From shortly before where it is no ASCII any more, at the beginning of a character in any encoding."""
    found = _NOT_PLAIN.search(data)
    start = max(0, (found.start() if found else 0) // 2 * 2 - 64)
    return data[start : start + SAMPLE]


def _text(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def _worth_of(text: str) -> float:
    """What its characters are worth together: above 0 it can be Chinese."""
    return sum(_worth(char) * count for char, count in Counter(text).items())


def _looks_binary(data: bytes) -> bool:
    controls = sum(data.count(char.encode()) for char in _CONTROLS if char < "\x7f")
    return controls > len(data) / 200


@lru_cache(maxsize=0x10000)
def _worth(char: str) -> float:
    if char in _CONTROLS or char == "\ufffd":
        return _NEVER
    if char < "\x80":
        return 0.0 if char.isspace() else _LATIN
    if char in _FREQUENT:
        return _SEEN
    if char in _MARKS:
        return _MARK
    return _KNOWN if char in _FIRST_LEVELS else _worth_of_rare(char)


def _worth_of_rare(char: str) -> float:
    """Of what is neither common in Chinese nor ASCII."""
    category = unicodedata.category(char)
    if category == "Cn":
        return _NEVER
    if category in ("Co", "Cs"):
        return _ODD  # the bullets of symbol fonts, and characters made by a user
    if category[0] in "SPZ":
        return 0.0
    if "\xc0" <= char < "\u0800":  # no chance brings them but with UTF-8's two bytes, as ideographs do
        return _KNOWN if char < "\u0250" else _SCRIPT
    return _RARE


def _first_level(encoding: str, leads: range, trails: list[int]) -> str:
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails).decode(encoding, "ignore")


#: The ideographs that the makers of GB2312 (3,755) and of Big5 (5,401) put first for being in common use.
_FIRST_LEVELS = frozenset(
    _first_level("gb2312", range(0xB0, 0xD8), [*range(0xA1, 0xFF)])
    + _first_level("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
)
