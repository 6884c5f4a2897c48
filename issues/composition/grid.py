"""A page's grid in points, and how text columns share a width."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from issues.formats import POINT, rect

#: Where an ideograph stands on its baseline, in ems: this much above it, the rest below.
ASCENT = 0.88
LEAST_GUTTER, WIDEST_GUTTER = 1.1, 2.2  # ems between text columns
TIGHTEST, LOOSEST = 0.985, 1.03  # a character's cell, in ems, before the gutter gives way
BEST_CELLS = 14
COMFORTABLE = range(11, 18)
NARROWEST = 4


class Measure(NamedTuple):
    """A text column: `cells` characters (a whole number but in tables and captions), each `cell` ems wide."""

    cells: float
    cell: float
    size: float  # points

    @property
    def width(self) -> float:
        return self.cells * self.cell * self.size


@dataclass(frozen=True)
class Columns:
    count: int
    measure: Measure
    gutter: float  # points

    def x(self, column: int) -> float:
        return column * (self.measure.width + self.gutter)

    def span(self, columns: int) -> float:
        return columns * self.measure.width + (columns - 1) * self.gutter


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Grid:
    """All in points. Box heights are whole lines of `leading`."""

    form: tuple[tuple[str, Any], ...]
    width: float
    height: float
    area: Rect
    columns: int
    rows: int
    size: float
    leading: float
    lines_per_row: int

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> Grid:
        return _grid(tuple(sorted(form.items())))

    def box(self, col: int, row: int, cols: int, rows: int) -> Rect:
        return Rect(*(value / POINT for value in rect(dict(self.form), col, row, cols, rows)))

    def box_width(self, cols: int) -> float:
        return self.box(0, 0, cols, 1).width

    def baseline(self, line: float) -> float:
        """Of a line of text, from the top of the box it counts from."""
        return line * self.leading + (self.leading - self.size) / 2 + ASCENT * self.size


@lru_cache(maxsize=32)
def _grid(form: tuple[tuple[str, Any], ...]) -> Grid:
    given = dict(form)
    area = Rect(*(given[key] / POINT for key in ("left", "top", "area_width", "area_height")))
    leading = given["leading"] / POINT
    return Grid(
        form,
        given["width"] / POINT,
        given["height"] / POINT,
        area,
        given["columns"],
        given["rows"],
        given["body_size"] / 1000,
        leading,
        max(round(area.height / given["rows"] / leading), 1),
    )


@lru_cache(maxsize=1024)
def columns(width: float, count: int, size: float) -> Columns | None:
    """`count` text columns in a width, each a whole number of characters; None where they'd be too narrow.

    Characters keep to a grid of cells near one em, so that plain lines need no stretching; what the width
    leaves over goes into the gutters, then into the cells.
    """
    ems = width / size
    most = (ems - (count - 1) * LEAST_GUTTER) / count
    cells = int(most / TIGHTEST)
    if cells < NARROWEST:
        return None
    cell = most / cells
    if count > 1:
        widest = (ems - (count - 1) * WIDEST_GUTTER) / count / cells
        cell = min(cell, max(LOOSEST, widest))
    measure = Measure(cells, cell, size)
    gutter = (width - count * measure.width) / (count - 1) if count > 1 else 0.0
    return Columns(count, measure, gutter)


@lru_cache(maxsize=1024)
def choices(width: float, size: float, count: int = 0, widest: float = 0) -> tuple[Columns, ...]:
    """The columns to choose from: `count` of them, fewer if too narrow; 0 for all that read well.

    `widest`: besides, columns of up to so many characters, where wider ones are wanted.
    """
    if count:
        return tuple(found for n in range(count, 0, -1) if (found := columns(width, n, size)))[:1]
    possible = [found for n in range(1, 13) if (found := columns(width, n, size))]
    most = max(COMFORTABLE[-1], widest)
    comfortable = [found for found in possible if COMFORTABLE[0] <= found.measure.cells <= most]
    return tuple(comfortable or sorted(possible, key=lambda c: abs(c.measure.cells - BEST_CELLS))[:1])
