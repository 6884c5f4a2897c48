"""The letters of a page put together to rows, whatever order the file has them in. Pure; units are points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

_OPENING = frozenset("“‘（《〈「『【〔［")
_CLOSING = frozenset("，。、；：！？”’）》〉」』】〕］")
_BUCKET = 4.0  # points: rows are looked up by their baseline in steps of this
_WORD = 0.2  # em between two letters of an alphabet: a space
_SPACE = 0.45  # em between two ideographs: a space, if the row is not spaced out as a whole
_MOST_OPEN = 48  # rows on one height
_NEAR = 0.35  # em: letters closer than this are of one row for certain
_GUTTER = 2.3  # em: no space within a row is wider
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


def rows_of(letters: Sequence[Letter], walls: Sequence[Box] = ()) -> list[Row]:
    """The rows of a page, from top to bottom. No row goes through an upright rule of `walls`."""
    rows = _close(letters)
    rows = _vertical(rows, body_size(letters))
    rows = _wide(rows, walls, body_size(letters))
    return sorted(rows, key=lambda row: (row.box.top, row.box.left))


def _close(letters: Sequence[Letter]) -> list[Row]:
    """Letters that touch, or nearly do."""
    open_rows: dict[int, list[Row]] = defaultdict(list)
    rows: list[Row] = []
    for one in sorted(letters, key=lambda one: (one.left, one.top)):
        best: tuple[float, Row] | None = None
        reach = max(one.size, 4)
        first, last = int((one.bottom - 0.4 * reach) // _BUCKET), int((one.bottom + 0.4 * reach) // _BUCKET)
        for bucket in range(first, last + 1):
            for row in open_rows[bucket]:
                fit = _fit(row.letters[-1], one)
                if fit is not None and (best is None or fit < best[0]):
                    best = fit, row
        if best is None:
            row = Row([one])
            rows.append(row)
            bucket = int(one.bottom // _BUCKET)
            open_rows[bucket].append(row)
            if len(open_rows[bucket]) > _MOST_OPEN:  # what lies far to the left takes no more letters
                edge = one.left - 4 * one.size - 60
                open_rows[bucket] = [row for row in open_rows[bucket] if row.letters[-1].right > edge]
        elif not _is_shadow(best[1].letters, one):
            best[1].letters.append(one)
    return rows


def _fit(last: Letter, one: Letter) -> float | None:
    """How badly the letter follows on the other; None where it doesn't."""
    em = max(last.size, one.size)
    if min(last.size, one.size) < 0.55 * em:
        return None
    off = abs(last.bottom - one.bottom)
    gap = one.left - last.right
    level = 0.12 if min(last.size, one.size) > 0.85 * em else 0.4
    if off > level * em or gap > _NEAR * em or gap < -_overlap(last, one) * em:
        return None
    return off + abs(gap)


def _overlap(last: Letter, one: Letter) -> float:
    """How many em the box of the one may reach into that of the other: the white halves of two signs do."""
    signs = sum(not other.text.isalnum() for other in (last, one))
    return (0.4, 0.7, 1.1)[signs]


def _is_shadow(letters: Sequence[Letter], one: Letter) -> bool:
    """Whether it is printed over one of the last letters, to make it bold or to give it a shadow."""
    return any(
        other.text == one.text and abs(other.left - one.left) < 0.3 * one.size for other in letters[-2:]
    )


# Vertical lines


def _vertical(rows: list[Row], body: float) -> list[Row]:
    """Large letters that stand alone, one below the other, are a line from top to bottom."""
    singles = sorted(
        (row for row in rows if len(row.letters) == 1), key=lambda row: (row.box.left, row.box.top)
    )
    lines: list[list[Row]] = []
    for row in singles:
        for line in reversed(lines[-40:]):
            if _is_below(line[-1], row):
                line.append(row)
                break
        else:
            lines.append([row])
    found = [line for line in lines if len(line) >= (3 if line[0].size > 1.2 * body else 5)]
    used = {id(row) for line in found for row in line}
    kept = [row for row in rows if id(row) not in used]
    return kept + [Row([row.letters[0] for row in line], upright=False) for line in found]


def _is_below(above: Row, row: Row) -> bool:
    em = max(above.size, row.size)
    middles = abs((above.box.left + above.box.right) - (row.box.left + row.box.right)) / 2
    gap = row.box.top - above.box.bottom
    return middles < 0.15 * em and -0.3 * em <= gap <= 0.9 * em and min(above.size, row.size) > 0.9 * em


# Spaces within rows


def _wide(rows: list[Row], walls: Sequence[Box], body: float) -> list[Row]:
    """Parts of rows with a space between them put together, where the space is no gutter."""
    near = _Neighbours(rows)
    merged: list[Row] = []
    gone: set[int] = set()
    for row in sorted(rows, key=lambda row: row.box.left):
        if id(row) in gone:
            continue
        while row.upright:
            other = min(
                (one for one in near.beside(row) if id(one) not in gone and _is_next(row, one)),
                key=lambda one: one.box.left,
                default=None,
            )
            if other is None or not _is_space(row, other, near, walls, body):
                break
            gone.add(id(other))
            near.remove(row, other)
            row = row.with_(other)
            near.add(row)
        merged.append(row)
    return merged


class _Neighbours:
    """Rows looked up by their height on the page."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_height: dict[int, list[Row]] = defaultdict(list)
        self.edges: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
        for row in rows:
            self.add(row)
            self.edges[round(row.box.left)].append((row.box.left, row.baseline, row.size))

    def beside(self, row: Row) -> list[Row]:
        return self._between(row.baseline - 0.2 * row.size, row.baseline + 0.2 * row.size, row)

    def above_and_below(self, row: Row) -> list[Row]:
        """Rows of the same size whose baseline is within two lines."""
        reach = 2.1 * row.size
        found = self._between(row.baseline - reach, row.baseline + reach, row)
        return [
            one
            for one in found
            if abs(one.baseline - row.baseline) > 0.6 * row.size and 0.94 < one.size / row.size < 1.06
        ]

    def begins_column(self, row: Row, indent: float = 0) -> bool:
        """Whether several rows of its size above or below begin where it does, or so many em before it."""
        at, size = row.box.left - indent * row.size, row.size
        same = [
            baseline
            for edge in range(round(at) - 1, round(at) + 2)
            for left, baseline, other in self.edges[edge]
            if abs(left - at) < 0.12 * size
            and 0.94 < other / size < 1.06
            and abs(baseline - row.baseline) < 25 * size
        ]
        return len(same) > (2 if indent else 3)  # itself among them

    def add(self, row: Row) -> None:
        self.by_height[int(row.baseline // _BUCKET)].append(row)

    def remove(self, *rows: Row) -> None:
        for row in rows:
            self.by_height[int(row.baseline // _BUCKET)].remove(row)

    def _between(self, top: float, bottom: float, row: Row) -> list[Row]:
        buckets = range(int(top // _BUCKET), int(bottom // _BUCKET) + 1)
        return [one for bucket in buckets for one in self.by_height[bucket] if one is not row]


def _is_next(row: Row, other: Row) -> bool:
    em = max(row.size, other.size)
    gap = other.box.left - row.box.right
    same = abs(row.baseline - other.baseline) < 0.15 * em and min(row.size, other.size) > 0.85 * em
    return other.upright and same and -0.5 * em < gap <= _GUTTER * em


def _is_space(row: Row, other: Row, near: _Neighbours, walls: Sequence[Box], body: float) -> bool:
    """Whether what parts the two is a space: lines above or below run through it, or nothing is there."""
    left, right = row.box.right, other.box.left
    top, bottom = row.box.top, row.box.bottom
    if any(w.left > left - 2 and w.right < right + 2 and w.top < bottom and w.bottom > top for w in walls):
        return False
    middle = (left + right) / 2
    through = before = after = flush = 0
    for one in near.above_and_below(row):
        if one.box.right <= row.box.left or one.box.left >= other.box.right:
            continue
        if one.box.left < middle - 0.3 * row.size and one.box.right > middle + 0.3 * row.size:
            through += 1
        else:
            before, after = before + (one.box.right <= middle), after + (one.box.left >= middle)
            flush += abs(one.box.right - left) < 0.6 * row.size
    if near.begins_column(other) and (near.begins_column(row) or near.begins_column(row, 2)):
        return False
    if through or (before and after):
        return through > 0 and through >= min(before, after)
    if flush and right - left > 0.8 * row.size:
        return False  # the row ends where its column does
    return right - left <= (_GUTTER if row.size > 1.15 * body else 1.2) * row.size


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
