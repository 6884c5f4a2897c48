"""The letters of a page, and the rows they stand in with the spaces that are seen. Pure; in points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

_OPENING = frozenset("“‘（《〈「『【〔［")
_CLOSING = frozenset("，。、；：！？”’）》〉」』】〕］")
_WORD = 0.2  # em between two letters of an alphabet: a space
_SPACE = 0.45  # em between two ideographs: a space, if the row is not spaced out as a whole
_SPACED = 1.6  # em between the letters of a row that is spaced out


class Letter(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: int
    bold: bool


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def around(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, other: Box) -> bool:
        """Whether the other's middle lies within."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def across(self, other: Box) -> float:
        """How far the two overlap from left to right; negative: how far apart they are."""
        return min(self.right, other.right) - max(self.left, other.left)

    def down(self, other: Box) -> float:
        """The same from top to bottom."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)


@dataclass(eq=False)
class Row:
    """Letters side by side, or one below the other where `upright` is false (直排)."""

    letters: list[Letter]
    upright: bool = True

    @cached_property
    def box(self) -> Box:
        return Box(
            min(_ink(one)[0] for one in self.letters),
            min(one.top for one in self.letters),
            max(_ink(one)[1] for one in self.letters),
            max(one.bottom for one in self.letters),
        )

    @cached_property
    def size(self) -> float:
        """That of most of its letters."""
        return Counter(round(one.size, 1) for one in self.letters).most_common(1)[0][0]

    @cached_property
    def font(self) -> int:
        """That of most of its ideographs: figures often have one of their own."""
        wide = [one.font for one in self.letters if not one.text.isascii()]
        return Counter(wide or [one.font for one in self.letters]).most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        return 2 * sum(one.bold for one in self.letters) > len(self.letters)

    @property
    def baseline(self) -> float:
        return self.letters[-1].bottom

    @cached_property
    def text(self) -> str:
        return "".join(one.text for one in self.letters) if not self.upright else _spaced(self.letters)

    def with_(self, other: Row) -> Row:
        return Row(sorted(self.letters + other.letters, key=lambda one: one.left))


def _ink(one: Letter) -> tuple[float, float]:
    """Left and right of the letter without the white half that a sign has, which may hang over the edge."""
    half = 0.45 * one.size if one.right - one.left > 0.8 * one.size else 0.0
    return one.left + half * (one.text in _OPENING), one.right - half * (one.text in _CLOSING)


def letters_of(about: dict[str, Any], unit: float = 100) -> tuple[list[Letter], list[Letter]]:
    """The letters that `pdfletters.letters` told; apart from them those that are turned on their side."""
    bold = [bool(strong) for _name, strong in about["fonts"]]
    upright: list[Letter] = []
    turned: list[Letter] = []
    for text, x, y, width, height, size, font, aside in about["letters"]:
        left, top = x / unit, y / unit
        one = Letter(text, left, top, left + width / unit, top + height / unit, size / unit, font, bold[font])
        those = turned if aside else upright
        if those and _is_one_sign(those[-1], one):
            middle = (one.left + one.right) / 2
            those[-1] = those[-1]._replace(right=middle)
            one = one._replace(left=middle)
        those.append(one)
    return upright, turned


def _is_one_sign(before: Letter, one: Letter) -> bool:
    """Whether the two are one sign in the font, as —— is: both have its box, which is wide for one."""
    same = before.text == one.text and before[1:5] == one[1:5]
    return same and one.right - one.left > 1.5 * one.size


def body_size(letters: Iterable[Letter]) -> float:
    """The size that most letters have; 0 where there are none."""
    sizes = Counter(round(one.size * 2) / 2 for one in letters)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _spaced(letters: Sequence[Letter]) -> str:
    """The row's text, with spaces where they are seen."""
    gaps = [max(after.left - before.right, 0) for before, after in pairwise(letters)]
    em = max(one.size for one in letters)
    usual = sorted(gaps)[(len(gaps) - 1) // 4] if gaps else 0.0
    usual = usual if usual < _SPACED * em and len(gaps) > 1 else 0.0
    text = letters[0].text
    for gap, before, after in zip(gaps, letters, letters[1:], strict=False):
        text += _between(before.text, after.text, (gap - usual) / em, gap / em) + after.text
    return text


def _between(before: str, after: str, gap: float, whole: float) -> str:
    """The space between two letters that are so many em apart, the usual distance in the row left out."""
    latin = before.isascii(), after.isascii()
    if all(latin):
        return " " if gap > _WORD and not (before.isdigit() and after.isdigit() and gap < _SPACE) else ""
    if any(latin):
        return " " if gap > 0.6 else ""  # figures stand a quarter of an em away from ideographs
    if gap > 0.8:
        return "\u3000"
    return " " if gap > 0.18 and whole > 0.18 else ""
