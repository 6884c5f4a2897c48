"""Paper formats: page, type area and grid. Pure numbers: lengths in whole micrometres, type in millipoints.

A grid row is two lines of text, so that the text of neighbouring boxes stands on common lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEADING = 4375  # micrometres from line to line
LINES_PER_ROW = 2
ROW = LEADING * LINES_PER_ROW
GUTTER = 4000
POINT = 25400 / 72  # micrometres
OUTSIDE_CELLS = 1000


@dataclass(frozen=True)
class Format:
    label: str | Promise
    width: int
    height: int
    area_width: int
    rows: int
    columns: int

    @property
    def area_height(self) -> int:
        return self.rows * ROW

    @property
    def left(self) -> int:
        return (self.width - self.area_width) // 2

    @property
    def top(self) -> int:
        """A little above the middle: the foot carries a line of names."""
        return (self.height - self.area_height) // 2 - 1500


FORMATS: dict[str, Format] = {
    "tabloid": Format(_("四开"), 273_000, 393_000, 240_000, 40, 6),
    "broadsheet": Format(_("对开"), 393_000, 546_000, 350_000, 56, 8),
}


def frozen(key: str, columns: int = 0, body_size: int = 9000, bleed: int = 0) -> dict[str, Any]:
    """The format as pages keep it. `columns` 0: as many as usual; `body_size` in millipoints."""
    known = FORMATS[key]
    return {
        "key": key,
        "width": known.width,
        "height": known.height,
        "left": known.left,
        "top": known.top,
        "area_width": known.area_width,
        "area_height": known.area_height,
        "columns": columns or known.columns,
        "rows": known.rows,
        "gutter": GUTTER,
        "body_size": body_size,
        "leading": LEADING,
        "bleed": bleed,
    }


def outside(width: int, height: int) -> dict[str, Any]:
    """A page made elsewhere: a fine grid over the whole sheet, for hot areas."""
    return {
        "key": "outside",
        "width": width,
        "height": height,
        "left": 0,
        "top": 0,
        "area_width": width,
        "area_height": height,
        "columns": OUTSIDE_CELLS,
        "rows": OUTSIDE_CELLS,
        "gutter": 0,
        "body_size": 9000,
        "leading": LEADING,
        "bleed": 0,
    }


def rect(form: dict[str, Any], col: int, row: int, cols: int, rows: int) -> tuple[float, float, float, float]:
    """(x, y, width, height) in micrometres of a box on the grid, from the sheet's top left."""
    column = (form["area_width"] - form["gutter"] * (form["columns"] - 1)) / form["columns"]
    height = form["area_height"] / form["rows"]
    x = form["left"] + col * (column + form["gutter"])
    y = form["top"] + row * height
    return x, y, cols * column + (cols - 1) * form["gutter"], rows * height


def share(form: dict[str, Any], col: int, row: int, cols: int, rows: int) -> list[int]:
    """The same box in thousandths of the sheet's width and height, as hot areas have it."""
    x, y, width, height = rect(form, col, row, cols, rows)
    left, top = x * 1000 / form["width"], y * 1000 / form["height"]
    right, bottom = (x + width) * 1000 / form["width"], (y + height) * 1000 / form["height"]
    return [round(left), round(top), round(right) - round(left), round(bottom) - round(top)]
