"""What a character does in a line of Chinese text: one letter of class each.

I ideograph and its like     O C P  opening, closing, point: full-width, half of it blank
L letter or digit            o c    their half-width kin ( ) , . : ;
D dash   E ellipsis          k m    other half-width marks; percent and degree, which stick to a number
J sticks to what is before   N sticks to what follows
R ’ (an apostrophe within a word, else closing)            S white space
"""

from __future__ import annotations

import re
import unicodedata

_GIVEN = {
    "O": "（《〈「『【〔〖［｛“‘〝",
    "C": "）》〉」』】〕〗］｝”〞",
    "P": "。，、；：？！．｡",
    "R": "’",
    "J": "·・‧～〜－–％℃℉′″／々ゝゞヽヾー",
    "N": "￥＄￡№§",
    "D": "—―",
    "E": "…⋯",
    "o": "([{$£¥€",
    "c": ",.;:!?)]}",
    "m": "%‰°",
}
POINTS = frozenset("CPR")
#: Never at the start of a line, never at its end.
NO_START = frozenset("CPRJcm")
NO_END = frozenset("ONo")
PUNCTUATION = frozenset("OCPR")
MARKS = PUNCTUATION | {"J"}
NARROW = frozenset("Lockm")
#: Between these and an ideograph stands a quarter of an em.
SPACED_BEFORE = frozenset("Lo")
SPACED_AFTER = frozenset("Lcm")


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = found = _class(chr(code))
        return found


def _class(char: str) -> str:
    if char.isspace():
        return "S"
    code, category = ord(char), unicodedata.category(char)
    if code >= 0x2E80 or 0x2150 <= code < 0x2190 or 0x2460 <= code < 0x2500:
        return "I"
    if category[0] in "LNM":
        return "L"
    return "I" if unicodedata.east_asian_width(char) in "AWF" else "k"


CLASSES = _Classes({ord(char): kind for kind, chars in _GIVEN.items() for char in chars})
#: What is never parted. Half-width marks belong to a word when letters stand on both sides of them.
TOKEN = re.compile(r"DD?|EE?|L+(?:[ckmR]+L+)*m*|S+|.")

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U000e0000-\U000e0fff\ud800-\udfff]"
)
_SPACES = re.compile("[^\\S\n\u3000]+")
_AROUND_BREAKS = re.compile("[^\\S\n]*\n\\s*")


def squeeze(text: str) -> str:
    """The text as it is printed: without what has no picture, single spaces, "\\n" the only line break."""
    text = _UNSEEN.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text))


def tidy(text: str) -> str:
    return squeeze(text).strip()


def one_line(text: str) -> str:
    return tidy(text).replace("\n", " ")


def count(text: str) -> int:
    """Characters as copyfit counts them: all but white space."""
    return len(text) - sum(map(str.isspace, text)) if text else 0
