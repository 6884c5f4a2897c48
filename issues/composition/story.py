"""A story in its box: the best way chosen, the text set, what did not fit counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from issues.composition import runover
from issues.composition.characters import count
from issues.composition.drawing import Canvas, Fit
from issues.composition.flow import Placed
from issues.composition.grid import Rect
from issues.composition.layout import Layout, lay_out
from issues.composition.plan import TOP, inner_width, room
from issues.composition.setting import fitted
from issues.composition.text import Block
from issues.composition.told import Told, characters, heading, tell

CONTINUED_SIZE = 16.0  # of the headline where a story goes on


def draw(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    told = tell(canvas.fonts, placement)
    grid, lines = canvas.grid, room(told, canvas.grid, placement["rows"])
    wide = inner_width(told, grid, rect.width)
    x, top = rect.x + (rect.width - wide) / 2, rect.y + TOP * grid.leading
    total = characters(told.text, told.start)
    layout = lay_out(canvas.fonts, grid, told, wide, lines)
    if layout is None:
        canvas.warn("no_room")
        over = total or count("".join(told.head))
        return Fit(total, 0, over, 0, told.start, state="over" if over else "full")
    way = layout.way
    _head(canvas, placement, layout, x, top, wide)
    top += (way.head + layout.white) * grid.leading
    if told.photos and not way.figure:
        canvas.warn("no_room_for_picture")
    if way.figure:
        _picture(canvas, layout, x, top)
    placed, end = layout.placed, _end(layout, told)
    sign = ""
    if told.goes_on and end[0] < len(told.text) and placement["to_page"] is not None:
        sign = runover.CONTINUES % placement["to_page"]
        placed, end = runover.turn(told, layout, canvas.fonts, sign)
    if told.lead:
        runover.draw_whence(canvas, placement["from_page"], layout, x, top)
    _frames(canvas, told.text, layout, placed, x, top, rect.y + rect.height)
    for one in placed:
        left = x + way.columns.x(one.column)
        one.slot.piece.ink.draw(canvas, left, top + layout.line(one) * grid.leading)
    if sign:
        runover.draw_turn(canvas, layout, sign, x, top)
    return _fit(told, layout, placed, end, total)


def _head(
    canvas: Canvas, placement: Mapping[str, Any], layout: Layout, x: float, top: float, wide: float
) -> None:
    way, grid = layout.way, canvas.grid
    if placement["start"] is not None:
        if way.head:
            title = heading(placement["story"])["headline"]
            line, size = fitted(canvas.fonts, title, "headline", CONTINUED_SIZE, wide, 12.0)
            canvas.line_of_text(line, x, top + grid.baseline(0.35), size)
        return
    title = heading(placement["story"])["headline"]
    if title:
        canvas.mark(title, top)
    if way.upright:
        way.upright.draw(canvas, x + wide, top)
    if way.stack:
        free = (way.head + layout.white) * grid.leading - way.stack.height
        way.stack.draw(canvas, x, top + max(free, 0.0) * 0.45)


def _picture(canvas: Canvas, layout: Layout, x: float, top: float) -> None:
    way, grid = layout.way, canvas.grid
    assert way.figure
    count = way.columns.count
    column = 0 if way.at in ("top", "left") else count - way.span
    inset = (grid.leading - grid.size) / 2
    tall = layout.figure * grid.leading - grid.leading * 0.5
    if way.at == "bottom":
        top += (layout.room - layout.figure + 0.5) * grid.leading - 2 * inset  # its foot is that of the text
    way.figure.draw(canvas, x + way.columns.x(column), top + inset, tall)


def _frames(
    canvas: Canvas,
    text: tuple[Block, ...],
    layout: Layout,
    placed: list[Placed],
    x: float,
    top: float,
    lowest: float,
) -> None:
    """The grounds of editor's notes and link boxes, a piece in each column they run through."""
    grid, columns = canvas.grid, layout.way.columns
    found: dict[tuple[int, int], list[float]] = {}
    for one in placed:
        if one.slot.box:
            y = top + layout.line(one) * grid.leading
            edges = found.setdefault((one.slot.box, one.column), [y, y])
            edges[1] = max(edges[1], y + one.slot.piece.height * grid.leading)
    pad = grid.leading * 0.22
    for (box, column), (upper, lower) in found.items():
        note = any(block.kind == "note" for block in text if block.box == box)
        foot = min(lower + pad, lowest - 0.5)
        rect = Rect(x + columns.x(column), upper - pad, columns.measure.width, foot - upper + pad)
        canvas.rect(rect, *(("k10",) if note else (None, "k100", 0.4)))


def _end(layout: Layout, told: Told) -> tuple[int, int]:
    if len(layout.placed) == len(layout.text):
        return (max(len(told.text), told.start[0]), 0)
    return runover.after(told.text, layout.placed[-1]) if layout.placed else told.start


def _fit(told: Told, layout: Layout, placed: list[Placed], end: tuple[int, int], total: int) -> Fit:
    way = layout.way
    done = sum(one.slot.piece.characters for one in placed)
    heights = [height for _, height in layout.regions]
    used = sum(one.slot.piece.height for one in placed)
    under, count = 0, way.columns.count
    state = "full"
    if end[0] < len(told.text):
        state = "full" if told.goes_on else "over"
    else:
        column, line = (
            (placed[-1].column, placed[-1].line + placed[-1].slot.piece.height) if placed else (0, 0)
        )
        free = heights[column] - line + sum(heights[column + 1 :])
        under = int(free * way.columns.measure.cells)
        state = "under" if free > way.ragged else "full"
    return Fit(
        total,
        done,
        total - done,
        under,
        end,
        used,
        count,
        round(way.size * 1000),
        state,  # type: ignore[arg-type]
    )
