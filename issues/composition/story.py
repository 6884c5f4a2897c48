"""A story in its box: the best way chosen, the text set, what did not fit counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from issues.composition import flow
from issues.composition.characters import count, one_line
from issues.composition.drawing import Canvas, Fit, photo
from issues.composition.flow import Placed, Slot, TextInk
from issues.composition.grid import Rect
from issues.composition.headline import Head, with_dash
from issues.composition.lines import first_line
from issues.composition.plan import TOP, Told, Way, inner_width, judge, room, ways
from issues.composition.setting import fitted, label, put, width
from issues.composition.text import Block, byline, lede, printed
from issues.fonts import FontSet

SMALL_HEAD, CONTINUED_SIZE = 2, 16.0  # lines and points of the headline where a story goes on
CONTINUES, CONTINUED = "（下转第%d版）", "（上接第%d版）"
ATTEMPTS = 6


class Layout(NamedTuple):
    """The way chosen, its white and its picture's height in lines, and the text set down its columns."""

    way: Way
    white: int
    figure: int
    room: int  # lines for text in a column without a picture
    placed: list[Placed]
    text: tuple[Slot, ...]


def draw(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    told = tell(canvas.fonts, placement)
    grid, lines = canvas.grid, room(told, canvas.grid, placement["rows"])
    wide = inner_width(told, grid, rect.width)
    x, top = rect.x + (rect.width - wide) / 2, rect.y + TOP * grid.leading
    total = characters(told.text, told.start)
    layout = _lay_out(canvas, told, wide, lines)
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
        sign = CONTINUES % placement["to_page"]
        placed, end = _turn(told, layout, canvas.fonts, sign)
    if told.lead:
        _come_from(canvas, placement["from_page"], layout, x, top)
    _frames(canvas, told.text, layout, placed, x, top, rect.y + rect.height)
    for one in placed:
        left = x + way.columns.x(one.column)
        one.slot.piece.ink.draw(canvas, left, _line_top(layout, one, top, grid.leading))
    if sign:
        _draw_turn(canvas, layout, sign, x, top)
    return _fit(told, layout, placed, end, total)


def tell(fonts: FontSet, placement: Mapping[str, Any]) -> Told:
    """What the box is asked, from the frozen placement."""
    story, style = placement["story"], placement["style"]
    content = story["content"]
    goes_on = placement["start"] is not None
    text = printed(story)
    start = tuple(placement["start"] or (0, 0))
    lead, fixed = 0.0, 0
    if goes_on and placement["from_page"] is not None and start[0] < len(text):
        sign = label(fonts, CONTINUED % placement["from_page"], "kai")
        fixed = SMALL_HEAD if heading(story)["headline"] else 0
        lead = width(sign, 1.0) + 0.5
    wanted = 0 if style["picture"] == "none" or goes_on else style["pictures"]
    return Told(
        head=Head() if goes_on else _head_of(story),
        text=text,
        start=start,
        lead=lead,
        photos=tuple(photo(p) for p in content.get("photos", ())[: max(wanted, 0)]),
        size=style["size"] / 1000,
        align=style["align"],
        vertical=style["vertical"],
        columns=style["columns"],
        picture=style["picture"],
        span=style["picture_columns"],
        crop=style["crop"],
        framed=style["rule"] == "frame" or style["shade"] > 0,
        fixed=fixed,
        goes_on=placement["continued"],
    )


def heading(story: Mapping[str, Any]) -> dict[str, str]:
    """Kicker, headline and subheadline as printed."""
    source = story.get("stack") or story["content"]
    return {name: one_line(source.get(name) or "") for name in ("kicker", "headline", "subheadline")}


def _head_of(story: Mapping[str, Any]) -> Head:
    content, head = story["content"], heading(story)
    named = byline(content, "headline")
    series = content.get("series")
    parts = [one_line(series["title"]) if series else "", one_line(content.get("instalment") or "")]
    return Head(
        "·".join(part for part in parts if part),
        head["kicker"],
        head["headline"],
        with_dash(head["subheadline"]),
        lede(story),
        f"□{named}" if named else "",
    )


def characters(text: tuple[Block, ...], start: tuple[int, int]) -> int:
    """Characters printed from a place on."""
    if start[0] >= len(text):
        return 0
    return sum(count(block.text) for block in text[start[0] :]) - count(text[start[0]].text[: start[1]])


# Choosing


def _lay_out(canvas: Canvas, told: Told, wide: float, lines: int) -> Layout | None:
    """The best way with its text set; None if not even the headline fits.

    What arithmetic can't know is how many lines subheads and tables leave empty at the feet of columns:
    where the text then runs over, the choice is made again with so many more.
    """
    fonts, grid = canvas.fonts, canvas.grid
    found = ways(fonts, told, grid, wide, lines * grid.leading if told.vertical else 0.0)
    wasted, best = 0, None
    for _ in range(ATTEMPTS if found else 0):
        judged = judge(found, told, grid, wide, [lines], wasted)
        way = found[int(np.argmin(judged.cost[:, 0]))]
        left = lines - way.head
        if left < 1 or (way.figure and way.figure.smallest > left):
            return best
        white, tall = _even_out(way, left, way.lines + wasted)
        text = flow.slots(fonts, told.text, way.columns.measure, told.start, told.lead)
        regions = way.regions(left - white, tall)
        placed = flow.fill(text, [height for _, height in regions])
        layout = Layout(way, white, tall, left - white, placed, text)
        if best is None or len(placed) - len(text) > len(best.placed) - len(best.text):
            best = layout
        if len(placed) == len(text) or told.goes_on or judged.over[:, 0].min() > 0:
            return best
        wasted += sum(slot.before + slot.piece.height for slot in text[len(placed) :])
    return best


def _even_out(way: Way, left: int, lines: int) -> tuple[int, int]:
    """White and height of the picture, in lines, that fill the columns most evenly."""
    if not way.figure:
        free = way.columns.count * left - lines
        return min(max(free // way.columns.count, 0), way.white), 0
    low, natural, high = way.figure.range
    low = min(low, left)
    best, least = (0, low), float("inf")
    for tall in range(low, max(min(high, left), low) + 1):
        free = way.capacity(left, tall) - lines
        for white in range(way.white + 1):
            rest = way.capacity(left - white, tall) - lines
            if rest < 0 and (white or free >= 0 or tall > low):
                break
            cost = (
                max(rest - way.columns.count + 1, 0) * 10
                + rest * 0.6
                + abs(tall - natural) * 0.5
                + white * 0.4
            )
            if cost < least:
                best, least = (white, tall), cost
    return best


# Drawing


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
        top += (layout.room - layout.figure + 0.5) * grid.leading
    way.figure.draw(canvas, x + way.columns.x(column), top + inset, tall)


def _line_top(layout: Layout, one: Placed, top: float, leading: float) -> float:
    first, _ = layout.way.regions(layout.room, layout.figure)[one.column]
    return top + (first + one.line) * leading


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
            y = _line_top(layout, one, top, grid.leading)
            edges = found.setdefault((one.slot.box, one.column), [y, y])
            edges[1] = max(edges[1], y + one.slot.piece.height * grid.leading)
    pad = grid.leading * 0.22
    for (box, column), (upper, lower) in found.items():
        note = any(block.kind == "note" for block in text if block.box == box)
        foot = min(lower + pad, lowest - 0.5)
        rect = Rect(x + columns.x(column), upper - pad, columns.measure.width, foot - upper + pad)
        canvas.rect(rect, *(("k10",) if note else (None, "k100", 0.4)))


def _come_from(canvas: Canvas, page: int, layout: Layout, x: float, top: float) -> None:
    column = next(
        (i for i, (_, height) in enumerate(layout.way.regions(layout.room, layout.figure)) if height), 0
    )
    first, _ = layout.way.regions(layout.room, layout.figure)[column]
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


def _turn(told: Told, layout: Layout, fonts: FontSet, sign: str) -> tuple[list[Placed], tuple[int, int]]:
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
    return placed, _after(told.text, placed[-1]) if placed else told.start


def _last_column(layout: Layout) -> tuple[int, int, int]:
    """Of those with room for text: its number, its first line, its lines."""
    regions = layout.way.regions(layout.room, layout.figure)
    column = max((i for i, (_, height) in enumerate(regions) if height), default=0)
    return column, *regions[column]


def _draw_turn(canvas: Canvas, layout: Layout, sign: str, x: float, top: float) -> None:
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
    if not isinstance(ink, TextInk) or block.kind in ("h2", "h3", "signature", "table"):
        return None
    measure, dx = flow.inner(block, layout.way.columns.measure)
    begin, end = flow.segments(block, slot.piece.start)[0]
    fresh = begin == 0 or block.text[begin - 1] == "\n"
    opening = told.lead and (slot.block, begin) == told.start
    indent = told.lead / measure.cell if opening else flow.INDENT * fresh
    line = first_line(fonts, flow.cut_spans(block.spans, begin, end), measure, indent, less)
    if line is None:
        return None
    whole = line.until == len(line.words)
    stop = slot.piece.end if whole and slot.piece.end >= end else begin + line.end
    ink = TextInk(line, measure.size, dx)
    piece = slot.piece._replace(ink=ink, start=begin, end=stop, characters=line.count)
    return last._replace(slot=slot._replace(piece=piece))


# Counting


def _after(text: tuple[Block, ...], last: Placed) -> tuple[int, int]:
    """The place behind a piece: the next block's beginning where its own is done."""
    block, end = last.slot.block, last.slot.piece.end
    return (block, end) if end < len(text[block].text) else (block + 1, 0)


def _end(layout: Layout, told: Told) -> tuple[int, int]:
    if len(layout.placed) == len(layout.text):
        return (max(len(told.text), told.start[0]), 0)
    return _after(told.text, layout.placed[-1]) if layout.placed else told.start


def _fit(told: Told, layout: Layout, placed: list[Placed], end: tuple[int, int], total: int) -> Fit:
    way = layout.way
    done = sum(one.slot.piece.characters for one in placed)
    heights = [height for _, height in way.regions(layout.room, layout.figure)]
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
        state = "under" if free > max(count - 1, 1) else "full"
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
