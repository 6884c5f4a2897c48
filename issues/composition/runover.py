"""Where a story goes on in another box (转版): the signs 上接 and 下转, and the room they take."""

from __future__ import annotations

from issues.composition.drawing import Canvas
from issues.composition.flow import Placed
from issues.composition.layout import Layout
from issues.composition.lines import first_line
from issues.composition.pieces import INDENT, TextInk, cut_spans, inner, segments
from issues.composition.setting import label, put, width
from issues.composition.text import Block
from issues.composition.told import CONTINUED, Told
from issues.fonts import FontSet

CONTINUES = "（下转第%d版）"


def draw_whence(canvas: Canvas, page: int, layout: Layout, x: float, top: float) -> None:
    column = next((i for i, (_, height) in enumerate(layout.regions) if height), 0)
    first, _ = layout.regions[column]
    y = top + first * canvas.grid.leading + canvas.grid.baseline(0)
    columns = layout.way.columns
    put(
        canvas,
        CONTINUED % page,
        "kai",
        canvas.grid.size,
        x + columns.x(column),
        y,
        room=columns.measure.width,
    )


def turn(told: Told, layout: Layout, fonts: FontSet, sign: str) -> tuple[list[Placed], tuple[int, int]]:
    """The last line gives room to 下转第N版: its text is broken anew, or goes on in the other box."""
    column, _, height = _last_column(layout)
    placed = list(layout.placed)
    if placed and placed[-1].column == column and placed[-1].line + placed[-1].slot.piece.height >= height:
        last = placed.pop()
        if shorter := _shortened(fonts, told, layout, last, width(label(fonts, sign, "kai"), 1.0) + 0.5):
            placed.append(shorter)
        else:
            while placed and placed[-1].slot.piece.keep and placed[-1].column == column:
                placed.pop()
    return placed, after(told.text, placed[-1]) if placed else told.start


def _last_column(layout: Layout) -> tuple[int, int, int]:
    """Of those with room for text: its number, its first line, its lines."""
    regions = layout.regions
    column = max((i for i, (_, height) in enumerate(regions) if height), default=0)
    return column, *regions[column]


def draw_turn(canvas: Canvas, layout: Layout, sign: str, x: float, top: float) -> None:
    """下转第N版, flush right on the last line."""
    grid, columns = canvas.grid, layout.way.columns
    column, first, height = _last_column(layout)
    y = top + (first + max(height, 1) - 1) * grid.leading + grid.baseline(0)
    right = x + columns.x(column) + columns.measure.width
    put(canvas, sign, "kai", grid.size, right, y, "right", room=columns.measure.width)


def _shortened(fonts: FontSet, told: Told, layout: Layout, last: Placed, less: float) -> Placed | None:
    """The last line with `less` ems of it given away; None if nothing is left of it."""
    slot, block = last.slot, told.text[last.slot.block]
    ink = slot.piece.ink
    if not isinstance(ink, TextInk) or block.kind in ("h2", "h3", "signature", "table", "verse"):
        return None
    measure, dx = inner(block, layout.way.columns.measure)
    begin, end = segments(block, slot.piece.start)[0]
    fresh = begin == 0 or block.text[begin - 1] == "\n"
    opening = told.lead and (slot.block, begin) == told.start
    indent = told.lead / measure.cell if opening else INDENT * fresh
    line = first_line(fonts, cut_spans(block.spans, begin, end), measure, indent, less)
    if line is None:
        return None
    whole = line.until == len(line.words)
    stop = slot.piece.end if whole and slot.piece.end >= end else begin + line.end
    ink = TextInk(line, measure.size, dx)
    piece = slot.piece._replace(ink=ink, start=begin, end=stop, characters=line.count)
    return last._replace(slot=slot._replace(piece=piece))


def after(text: tuple[Block, ...], last: Placed) -> tuple[int, int]:
    """The place behind a piece: the next block's beginning where its own is done."""
    block, end = last.slot.block, last.slot.piece.end
    return (block, end) if end < len(text[block].text) else (block + 1, 0)
