"""Tables in a text column: ruled, on the lines of the text, rows never parted.

One too wide for the column, or with a cell too long for a row, is set as lines of text, cell after cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from issues.composition.characters import count
from issues.composition.drawing import Canvas
from issues.composition.grid import Measure
from issues.composition.lines import Line, paragraph
from issues.composition.pieces import Piece, TextInk, closed, cut_spans, segments
from issues.composition.text import BODY, HEI, Block, Cell
from issues.fonts import FontSet

SIZE = 8 / 9  # of the body's
PADDING = 2.0  # points on either side of a cell
HIGHEST = 10  # lines of a row
SHORT = 7  # ems of a cell that should not break
UNPARTED = 14  # lines of a table that is kept in one column
RULE, EDGE = 0.25, 0.6


@dataclass(frozen=True)
class Placed:
    """A cell at its place: the columns and rows it covers."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def rows(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    placed = _place(block.table)
    columns = max((p.column + p.columns for p in placed), default=0)
    size = measure.size * SIZE
    if not columns or measure.width / columns < size + 2 * PADDING:
        return _as_text(fonts, block, measure, start)
    widths = _widths(placed, columns, measure.width, size)
    made = [_row(fonts, placed, number, widths, size, block.table) for number in range(len(block.table))]
    if any(height > HIGHEST for _, height in made):
        return _as_text(fonts, block, measure, start)
    return _pieces(fonts, block, measure, start, made)


def _place(table: Sequence[Sequence[Cell]]) -> list[Placed]:
    taken: set[tuple[int, int]] = set()
    found = []
    for number, row in enumerate(table):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            deep = min(cell.rows, len(table) - number)
            taken |= {(number + down, column + across) for down in range(deep) for across in range(cell.cols)}
            found.append(Placed(cell, number, column, deep, cell.cols))
            column += cell.cols
    return found


@lru_cache(maxsize=512)
def wanted_width(block: Block, body: float) -> float:
    """Points in which its short cells stand on one line each."""
    size = body * SIZE
    placed = _place(block.table)
    columns = max((p.column + p.columns for p in placed), default=0)
    return sum(min(wide, SHORT * size + 2 * PADDING + 0.5) for wide in _wanted(placed, columns, size))


def _wanted(placed: list[Placed], columns: int, size: float) -> list[float]:
    """The width in which each column's longest cell stands on one line."""
    wanted = [size + 2 * PADDING] * columns
    for p in placed:
        ems = sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in p.cell.text)
        share = (ems * size) / p.columns + 2 * PADDING + 0.5
        for column in range(p.column, p.column + p.columns):
            wanted[column] = max(wanted[column], share)
    return wanted


def _widths(placed: list[Placed], columns: int, width: float, size: float) -> list[float]:
    """Each column gets what its longest cell wants, as far as that goes; the widest ones share the rest."""
    wanted = _wanted(placed, columns, size)
    if sum(wanted) <= width:
        return [w * width / sum(wanted) for w in wanted]
    widths, left, open_ones = [0.0] * columns, width, sorted(range(columns), key=lambda c: wanted[c])
    for done, column in enumerate(open_ones):
        widths[column] = min(wanted[column], left / (columns - done))
        left -= widths[column]
    return widths


Set = tuple[Placed, float, float, tuple[Line, ...]]  # a cell, its left edge, its width, its lines


def _row(
    fonts: FontSet,
    placed: list[Placed],
    number: int,
    widths: list[float],
    size: float,
    table: Sequence[Sequence[Cell]],
) -> tuple[list[Set], int]:
    """The cells that begin in a row, and its height in lines."""
    found: list[Set] = []
    for p in placed:
        if p.row != number:
            continue
        width = sum(widths[p.column : p.column + p.columns])
        room = max((width - 2 * PADDING) / size, 1.0)
        style = HEI if p.cell.head else BODY
        lines = (
            paragraph(fonts, ((p.cell.text, style),), Measure(room, 1.0, size), 0, False)
            if p.cell.text
            else ()
        )
        found.append((p, sum(widths[: p.column]), width, lines))
    return found, max((len(lines) for *_, lines in found), default=1) or 1


Stretches = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class RowInk:
    """A row. `edges` are the left edges of the cells it shows or goes on with.

    The rules above and below leave out the stretches where a cell of several rows goes through.
    """

    cells: tuple[Set, ...]
    edges: tuple[float, ...]
    open_above: Stretches
    open_below: Stretches
    size: float
    width: float
    height: int
    first: bool
    last: bool

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        grid = canvas.grid
        bottom = top + self.height * grid.leading
        for edge in (*self.edges, self.width):
            canvas.line(x + edge, top, x + edge, bottom, RULE)
        self._rule(canvas, x, top, self.open_above, EDGE if self.first else RULE)
        self._rule(canvas, x, bottom, self.open_below, EDGE if self.last else RULE)
        for placed, left, width, lines in self.cells:
            down = (self.height - len(lines)) // 2
            for number, line in enumerate(lines):
                wide = line.width * self.size
                dx = max((width - wide) / 2, PADDING) if placed.cell.head or len(lines) == 1 else PADDING
                canvas.line_of_text(line, x + left + dx, top + grid.baseline(down + number), self.size)

    def _rule(self, canvas: Canvas, x: float, y: float, left_out: Stretches, stroke: float) -> None:
        at = 0.0
        for left, right in (*left_out, (self.width, self.width)):
            if left > at:
                canvas.line(x + at, y, x + left, y, stroke)
            at = max(at, right)


def _pieces(
    fonts: FontSet, block: Block, measure: Measure, start: int, made: list[tuple[list[Set], int]]
) -> list[Piece]:
    found, at = [], 0
    if block.caption:
        at = len(block.caption) + 1
        if start < at:
            found += _caption(fonts, block, measure, start)
    whole = sum(height for _, height in made) <= UNPARTED
    everything = sorted((cell for cells, _ in made for cell in cells), key=lambda cell: cell[1])

    def through(row: int) -> Stretches:
        """Where cells cross the rule below a row."""
        crossing = [c for c in everything if c[0].row <= row < c[0].row + c[0].rows - 1]
        return tuple((left, left + width) for _, left, width, _ in crossing)

    for number, (cells, height) in enumerate(made):
        text = "\t".join(cell.text for cell in block.table[number])
        if at >= start:
            edges = tuple(c[1] for c in everything if c[0].row <= number < c[0].row + c[0].rows)
            ink = RowInk(
                tuple(cells),
                edges,
                through(number - 1),
                through(number),
                measure.size * SIZE,
                measure.width,
                height,
                number == 0,
                number == len(made) - 1,
            )
            keep = whole and number < len(made) - 1
            found.append(Piece(ink, at, at + len(text) + 1, count(text), height, keep))
        at += len(text) + 1
    if found:
        found[-1] = found[-1]._replace(end=len(block.text))
    return found


def _caption(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    found = []
    for line in paragraph(fonts, ((block.caption[start:], HEI),), measure, 0, False):
        width = line.width * measure.size
        ink = TextInk(line, measure.size, max((measure.width - width) / 2, 0.0))
        end = start + line.end if line.until < len(line.words) else len(block.caption) + 1
        found.append(Piece(ink, start + line.start, end, line.count, keep=True))
    return found


def _as_text(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    found = []
    for begin, end in segments(block, start):
        for line in paragraph(fonts, cut_spans(block.spans, begin, end), measure):
            found.append(Piece(TextInk(line, measure.size), begin + line.start, begin + line.end, line.count))
    return closed(found, block)
