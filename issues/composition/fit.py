"""How full a placement would be in every size of box, for automatic layout; without composing any.

Of stories it is arithmetic on lines, the same by which composition chooses; what subheads and tables leave
empty at the feet of columns is not known here, so it may differ from the composed box by a line or two a
column. A box without room for a picture that was asked for is never full: it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from issues.composition import flow
from issues.composition.drawing import Canvas
from issues.composition.grid import Grid
from issues.composition.layout import even_out
from issues.composition.page import KINDS
from issues.composition.plan import IMPOSSIBLE, Way, inner_width, judge, room, ways
from issues.composition.told import Told, characters, tell
from issues.fonts import FontSet

#: Characters that mark a size as out of the question.
NEVER = 10_000
#: Characters that a picture without room counts for, besides the text.
PICTURE = 100
MASTHEAD_ROWS, BANNER_ROWS = range(4, 8), range(2, 4)

Table = NDArray[np.int32]


class Shapes(NamedTuple):
    """Characters at [cols - 1, rows - 1]: what does not fit, and the room that no automatic choice can fill.

    At most one of the two is not 0. NEVER: this kind of box can't have that size.
    """

    over: Table
    under: Table

    @property
    def free(self) -> Table:
        """Signed: room left above 0, what does not fit below."""
        return self.under - self.over


def shapes(
    placement: Mapping[str, Any],
    form: Mapping[str, Any],
    fonts: FontSet,
    page: Mapping[str, Any] | None = None,
) -> Shapes:
    """For every size of box on a page of format `form`. `page`: its content, which a banner asks."""
    grid = Grid.of(form)
    made = Shapes(*(np.zeros((grid.columns, grid.rows), np.int32) for _ in range(2)))
    if placement["story"] and not placement["photo"]:
        told = tell(fonts, placement)
        for cols in range(1, grid.columns + 1):
            _story(made, fonts, told, grid, cols)
        return made
    for cols in range(1, grid.columns + 1):
        for rows in range(1, grid.rows + 1):
            over, under = _drawn(fonts, grid, placement, page, cols, rows)
            made.over[cols - 1, rows - 1], made.under[cols - 1, rows - 1] = over, under
    return made


def _story(made: Shapes, fonts: FontSet, told: Told, grid: Grid, cols: int) -> None:
    width = inner_width(told, grid, grid.box_width(cols))
    rooms = [room(told, grid, rows) for rows in range(1, grid.rows + 1)]
    total = max(characters(told.text, told.start), 1)
    if not told.vertical:
        at = slice(None)
        made.over[cols - 1, at], made.under[cols - 1, at] = _judged(
            fonts, told, grid, width, rooms, total, 0.0
        )
        return
    for row, lines in enumerate(rooms):
        tall = lines * grid.leading
        over, under = _judged(fonts, told, grid, width, [lines], total, tall)
        made.over[cols - 1, row], made.under[cols - 1, row] = over[0], under[0]


def _judged(
    fonts: FontSet, told: Told, grid: Grid, width: float, rooms: list[int], total: int, tall: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    found = ways(fonts, told, grid, width, tall)
    if not found:
        return np.full(len(rooms), total), np.zeros(len(rooms), np.int64)
    judged = judge(found, told, grid, width, rooms)
    best, every = judged.cost.argmin(axis=0), np.arange(len(rooms))
    impossible = judged.cost[best, every] >= IMPOSSIBLE
    over = judged.over[best, every]
    under = np.zeros(len(rooms), np.int64)
    for number in np.unique(best):
        here = (best == number) & ~impossible
        way, short = found[number], here & (over > 0)
        for at in np.flatnonzero(here & (over == 0)):
            under[at] = _free(way, rooms[at] - way.head)
        if short.any():
            over[short] = total - _placed(fonts, told, way, over[short])
        if told.photos and not way.figure:
            over[here], under[here] = over[here] + PICTURE, 0
    over[impossible] = total + PICTURE * bool(told.photos)
    return over, under


def _free(way: Way, left: int) -> int:
    """Characters that would still go in where all lines have room; 0 for as few lines as make no gap."""
    white, tall = even_out(way, left, way.lines)
    free = way.capacity(left - white, tall) - way.lines
    return int(free * way.columns.measure.cells) if free > way.ragged else 0


def _placed(fonts: FontSet, told: Told, way: Way, over: NDArray[np.int64]) -> NDArray[np.int64]:
    """Characters that stand before so many last lines."""
    text = flow.slots(fonts, told.text, way.columns.measure, told.start, told.lead)
    lines = np.cumsum([0, *(slot.before + slot.piece.height for slot in text)])
    characters = np.cumsum([0, *(slot.piece.characters for slot in text)])
    return characters[np.searchsorted(lines, np.maximum(way.lines - over, 0), side="right") - 1]


def _drawn(
    fonts: FontSet,
    grid: Grid,
    placement: Mapping[str, Any],
    page: Mapping[str, Any] | None,
    cols: int,
    rows: int,
) -> tuple[int, int]:
    """Of the kinds that have no columns of text, by setting them."""
    kind = placement["kind"]
    whole = cols == grid.columns
    if kind == "masthead":
        return (0 if whole and rows in MASTHEAD_ROWS else NEVER), 0
    if kind == "banner":
        return (0 if cols * 2 > grid.columns and rows in BANNER_ROWS else NEVER), 0
    canvas = Canvas(grid, fonts)
    told = {**placement, "page": page, "rows": rows}
    if kind == "story":
        return NEVER, 0
    fit = KINDS[kind](canvas, told, grid.box(0, 0, cols, rows))
    return (fit.over, 0) if fit.state == "over" else (0, fit.under if fit.state == "under" else 0)
