"""A page: its furniture and its boxes, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from issues.composition import furniture, masthead, notice, story
from issues.composition.drawing import UNSIGNED, Canvas, Composed, Fit
from issues.composition.grid import Grid, Rect
from issues.composition.setting import put
from issues.fonts import FontSet

BETWEEN_BOXES = 0.35  # points, the rule between neighbours
MASKED = "该内容已撤下"
KINDS = {
    "story": story.draw,
    "picture": notice.picture,
    "masthead": masthead.draw,
    "guide": furniture.guide,
    "banner": furniture.banner,
    "filler": notice.filler,
}


def compose(content: Mapping[str, Any], fonts: FontSet, masked: Collection[int] = ()) -> Composed:
    """Set a page's frozen content. Deterministic; takes whatever the models allow.

    The rect of a `masked` placement stays empty but for a note: nothing of it is in what is returned.
    """
    page = content["page"]
    grid = Grid.of(page["format"])
    canvas = Canvas(grid, fonts, page["colour"])
    boxes: dict[int, Fit] = {}
    if not page["outside"]:
        furniture.folio(canvas, content)
        for placement in content["placements"]:
            canvas.where = placement["id"]
            boxes[placement["id"]] = _box(canvas, content, placement, placement["id"] in masked)
        canvas.where = 0
        _rules(canvas, content["placements"])
        furniture.foot(canvas, content)
        for family in fonts.unreadable:
            canvas.warn("unreadable_font", family=family)
    return Composed(_drawing(canvas, content), boxes, _missing(canvas), canvas.warnings, canvas.images)


def _box(canvas: Canvas, content: Mapping[str, Any], placement: Mapping[str, Any], masked: bool) -> Fit:
    grid = canvas.grid
    rect = grid.box(*(placement[side] for side in ("col", "row", "cols", "rows")))
    if masked:
        _mask(canvas, rect)
        return Fit()
    _ground(canvas, placement, rect)
    draw = KINDS[placement["kind"]]
    told = {**placement, "page": content}
    if placement["kind"] == "story" and not placement["story"]:
        return Fit(state="under")
    fit = draw(canvas, told, rect)
    if placement["story"] and not placement["story"]["signed"]:
        canvas.stamp(rect, UNSIGNED)
    return fit


def _mask(canvas: Canvas, rect: Rect) -> None:
    lead = canvas.grid.leading * 0.5
    canvas.rect(Rect(rect.x, rect.y + lead, rect.width, rect.height - lead), None, "k60", 0.4)
    middle = rect.x + rect.width / 2, rect.y + rect.height / 2
    put(canvas, MASKED, "kai", canvas.grid.size, *middle, "center", "k60", rect.width * 0.9)


def _ground(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> None:
    """Shade, frame or rule, half a line below the box's top."""
    style, lead = placement["style"], canvas.grid.leading
    if placement["kind"] in ("masthead", "banner"):
        return
    inner = Rect(rect.x, rect.y + lead * 0.5, rect.width, rect.height - lead * 0.6)
    shade = f"k{style['shade']}" if style["shade"] else None
    if style["rule"] == "frame":
        canvas.rect(inner, shade, "k100", 0.5)
    elif shade:
        canvas.rect(inner, shade)
    elif style["rule"] == "top" and placement["row"]:
        canvas.line(rect.x, rect.y + lead * 0.45, rect.x + rect.width, rect.y + lead * 0.45, 0.5)


def _rules(canvas: Canvas, placements: list[Mapping[str, Any]]) -> None:
    """Thin rules between plain stories side by side (栏线), as long as they touch."""
    grid, plain = canvas.grid, ("story", "picture", "filler", "guide")
    told = [
        p
        for p in placements
        if p["kind"] in plain and not p["style"]["shade"] and p["style"]["rule"] != "frame"
    ]
    for left in told:
        for right in told:
            if left["col"] + left["cols"] != right["col"]:
                continue
            top = max(left["row"], right["row"])
            rows = min(left["row"] + left["rows"], right["row"] + right["rows"]) - top
            if rows > 0:
                at = grid.box(right["col"], top, 1, rows)
                x = at.x - (grid.box(1, 0, 1, 1).x - grid.box(0, 0, 1, 1).x - grid.box_width(1)) / 2
                y = at.y + grid.leading * 0.9
                canvas.line(x, y, x, at.y + at.height - grid.leading * 0.15, BETWEEN_BOXES)


def _drawing(canvas: Canvas, content: Mapping[str, Any]) -> dict[str, Any]:
    grid, form = canvas.grid, content["page"]["format"]
    return {
        "width": round(grid.width, 3),
        "height": round(grid.height, 3),
        "bleed": round(form["bleed"] * 72 / 25400, 3),
        "colour": canvas.colour,
        "info": _info(content, canvas),
        "marks": canvas.marks,
        "items": canvas.items,
    }


def _info(content: Mapping[str, Any], canvas: Canvas) -> dict[str, str]:
    issue, page = content["issue"], content["page"]
    head = issue["masthead"]
    words = (head["title"], issue["date"], f"第{page['number']}版", page["name"])
    return {
        "title": " ".join(word for word in words if word),
        "author": head["organ"],
        "keywords": "，".join(title for title, _ in canvas.marks),
        "date": issue["date"],
    }


def _missing(canvas: Canvas) -> list[dict[str, Any]]:
    return [{"character": char, "where": where} for char, where in canvas.lacking]
