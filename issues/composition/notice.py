"""Boxes of a picture alone, and fillers (补白): public notices with a title, a text, a picture."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from issues.composition import story
from issues.composition.characters import count, one_line, tidy
from issues.composition.drawing import Canvas, Fit, photo
from issues.composition.grid import Rect
from issues.composition.headline import balanced
from issues.composition.picture import Figure, figure
from issues.composition.setting import aligned, label, width, wrapped

SIZES = (28.0, 24.0, 21.0, 18.0, 16.0, 14.0, 12.0, 10.5, 9.0)


def picture(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    """A picture with its caption; without one of its own, the story's pictures with headline and text."""
    if not placement["photo"] and placement["story"]:
        return story.draw(canvas, placement, rect)
    grid = canvas.grid
    caption = tidy(placement["caption"])
    total = count(caption)
    shown = picture_of(canvas, placement, rect.width)
    if shown is None:
        return Fit(total, 0, total, state="over" if total else "under")
    high = rect.height - grid.leading * 1.5
    if shown.rest - grid.leading * 0.5 + 10 > high:
        canvas.warn("no_room_for_picture")
        return Fit(total, 0, total or 1, state="over")
    free = (high - (shown.most + shown.rest - grid.leading * 0.5)) / grid.leading
    shown.draw(canvas, rect.x, rect.y + grid.leading + (grid.leading - grid.size) / 2, high)
    under = int(max(free, 0) * rect.width / grid.size)
    return Fit(total, total, under=under, state="under" if free > 2 else "full")


def picture_of(canvas: Canvas, placement: Mapping[str, Any], wide: float) -> Figure | None:
    if not placement["photo"]:
        return None
    grid = canvas.grid
    words = {"caption": tidy(placement["caption"]), "credit": one_line(placement["credit"])}
    photos = (photo(placement["photo"], **words),)
    return figure(canvas.fonts, photos, wide, placement["style"]["crop"], grid.size, grid.leading)


def filler(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    """Title and text as large as the box allows, in a frame; a picture above takes what they leave."""
    grid, style = canvas.grid, placement["style"]
    lead = grid.leading
    box = Rect(rect.x, rect.y + lead * 0.5, rect.width, rect.height - lead * 0.6)
    if style["rule"] != "frame" and not style["shade"] and not placement["photo"]:
        canvas.rect(box, None, "k100", 0.4)
    side = grid.size
    x, wide, high = box.x + side, box.width - 2 * side, box.height - 2 * side
    title, text = one_line(placement["title"]), tidy(placement["text"])
    total = count(title + text)
    top = box.y + side
    if placement["photo"]:
        used = _picture_over(canvas, placement, Rect(x, top, wide, high), bool(total))
        top, high = top + used, high - used
    if not total:
        return Fit(state="full" if placement["photo"] else "under")
    for size in SIZES:
        letters, needed = _set(canvas, title, text, size, wide)
        if needed <= high:
            for one in letters:
                one.draw(canvas, x, top + (high - needed) / 2)
            return Fit(total, total, lines=len(letters), size=round(size * 1000))
    canvas.warn("no_room")
    return Fit(total, 0, total, state="over")


def _set(canvas: Canvas, title: str, text: str, size: float, wide: float) -> tuple[list[Any], float]:
    """Letters and height with a text of that size; the title half as large again."""
    fonts, letters, high = canvas.fonts, [], 0.0
    if title:
        large = size * 1.5
        lines = balanced(fonts, title, "headline", large, wide)
        letters += aligned(lines, large, large * 1.3, wide, "center", 0.0, "accent")
        high = len(lines) * large * 1.3 + size * 0.4
    slogans = all(width(label(fonts, part, "kai"), size) <= wide for part in text.split("\n"))
    lines = wrapped(fonts, text, "kai", size, wide, 0 if slogans else 2)
    align = "center" if slogans else "left"
    letters += aligned(lines, size, size * 1.5, wide, align, high)
    return letters, high + len(lines) * size * 1.5


def _picture_over(canvas: Canvas, placement: Mapping[str, Any], rect: Rect, text: bool) -> float:
    """Draw a filler's picture over its words. Returns the height it takes."""
    shown = picture_of(canvas, placement, rect.width)
    if shown is None:
        return 0.0
    rest = shown.rest - canvas.grid.leading * 0.5
    high = min(shown.most + rest, rect.height * (0.66 if text else 1.0))
    if high - rest < 10:
        canvas.warn("no_room_for_picture")
        return 0.0
    shown.draw(canvas, rect.x, rect.y, high)
    return ceil(high + canvas.grid.size)
