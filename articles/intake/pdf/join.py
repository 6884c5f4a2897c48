"""The letters of a page put together to rows, whatever order the file has them in. Pure; units are points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from articles.intake.pdf.rows import Box, Letter, Row, body_size

_BUCKET = 4.0  # points: rows are looked up by their baseline in steps of this
_NEAR = 0.35  # em: letters closer than this are of one row for certain
_MOST_OPEN = 48  # rows on one height
_GUTTER = 2.3  # em: no space within a row is wider


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
