"""What a page has besides its stories: folio (报眉), credits at the foot, guide (导读), banner (通栏)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from issues.composition.characters import count, one_line
from issues.composition.drawing import Canvas, Fit
from issues.composition.grid import Rect
from issues.composition.headline import DASH, balanced, with_dash
from issues.composition.setting import Lettering, aligned, label, put, width

THICK, THIN = 1.6, 0.4
GUIDE = "今日导读"
FOLIO = "版"


def double_rule(canvas: Canvas, x: float, y: float, wide: float, colour: str = "k100") -> None:
    """文武线: a thick rule over a thin one; 3.4 points high."""
    canvas.line(x, y + THICK / 2, x + wide, y + THICK / 2, THICK, colour)
    canvas.line(x, y + 3.2, x + wide, y + 3.2, THIN, colour)


def chinese_date(issue: Mapping[str, Any]) -> str:
    year, month, day = (int(part) for part in issue["date"].split("-"))
    return f"{year}年{month}月{day}日"


def folio(canvas: Canvas, content: Mapping[str, Any]) -> None:
    """The head margin of pages without a masthead: number and name outside, date, title inside."""
    page, issue = content["page"], content["issue"]
    if page["number"] == 1 or any(p["kind"] == "masthead" for p in content["placements"]):
        return
    area, size = canvas.grid.area, canvas.grid.size
    base, right = area.y - 7.5, area.x + area.width
    outside = "right" if page["number"] % 2 else "left"
    edge, other, sign = (area.x, right, 1) if outside == "left" else (right, area.x, -1)
    inside = "right" if outside == "left" else "left"
    large, small = (f"{page['number']:02d}", size * 2.2, "accent"), (FOLIO, size, "k100")
    wide = 0.0
    for text, of, colour in (large, small) if outside == "left" else (small, large):
        wide += put(canvas, text, "hei", of, edge + sign * wide, base, outside, colour) + 2
    if name := one_line(page["name"]):
        at = edge + sign * (wide + size * 1.2)
        put(canvas, name, "headline", size * 1.7, at, base, outside, room=area.width * 0.25)
    title = one_line(issue["masthead"]["title"])
    put(canvas, title, "headline", size * 1.5, other, base, inside, room=area.width * 0.2)
    dated = f"{chinese_date(issue)}  {issue['weekday']}"
    middle = area.x + area.width / 2
    if banner := one_line(page["banner"]):
        above = base - size * 1.25
        put(canvas, banner, "hei", size * 1.4, middle, above, "center", "accent", area.width * 0.36)
    put(canvas, dated, "kai", size * 0.94, middle, base, "center")
    double_rule(canvas, area.x, area.y - 3.6, area.width)


def foot(canvas: Canvas, content: Mapping[str, Any]) -> None:
    """统稿：某某　视觉：某某, at the right of the foot."""
    named = (f"{one_line(label_)}：{one_line(name)}" for label_, name in content["page"]["credits"] if name)
    text = "\u3000".join(named)
    if text:
        area, size = canvas.grid.area, canvas.grid.size * 0.9
        y = area.y + area.height + canvas.grid.leading
        canvas.line(area.x, y - size * 1.15, area.x + area.width, y - size * 1.15, THIN)
        put(canvas, text, "kai", size, area.x + area.width, y + size * 0.15, "right", room=area.width)


def banner(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    """A line across, on the accent where reversed, else between rules; without own words the page's."""
    content = placement["page"]
    own = one_line(placement["text"]) or one_line(placement["title"])
    text = own or one_line(content["page"]["banner"]) or one_line(content["issue"]["banner"])
    lead = canvas.grid.leading
    bar = Rect(rect.x, rect.y + lead * 0.5, rect.width, rect.height - lead * 0.6)
    reverse = placement["style"]["reverse"]
    if reverse:
        canvas.rect(bar, "accent")
    else:
        double_rule(canvas, bar.x, bar.y, bar.width)
        canvas.line(bar.x, bar.y + bar.height, bar.x + bar.width, bar.y + bar.height, THIN)
    if not text:
        return Fit(state="under")
    room, tall = bar.width - 2 * lead, bar.height - (0 if reverse else 4)
    size = min(tall * 0.62, 31.5)
    lines = balanced(canvas.fonts, text, "hei" if reverse else "headline", size, room)
    if len(lines) > 1:
        size = max(min(room / (width(label(canvas.fonts, text, "hei"), 1.0) or 1.0), size), tall * 0.3, 6.0)
        lines = balanced(canvas.fonts, text, "hei" if reverse else "headline", size, room)
    high = len(lines) * size * 1.25
    total = count(text)
    if high > tall + size * 0.3:
        return Fit(total, 0, total, state="over")
    top = bar.y + (0 if reverse else 3) + (tall - high) / 2
    for letters in aligned(
        lines, size, size * 1.25, bar.width, "center", 0.0, "paper" if reverse else "accent"
    ):
        letters.draw(canvas, bar.x, top)
    return Fit(total, total, lines=len(lines))


def guide(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    """今日导读: what stands inside, with its page."""
    grid = canvas.grid
    side = grid.size * 0.8
    x, wide = rect.x + side, rect.width - 2 * side
    top, bottom = rect.y + grid.leading * 0.5, rect.y + rect.height - grid.leading * 0.4
    if placement["style"]["rule"] != "frame":
        canvas.rect(Rect(rect.x, top, rect.width, bottom - top), None, "accent", 0.6)
    title = one_line(placement["title"]) or GUIDE
    size = min(grid.size * 1.3, (bottom - top) * 0.5)
    canvas.rect(Rect(rect.x, top, rect.width, size * 1.75), "accent")
    put(canvas, title, "hei", size, rect.x + rect.width / 2, top + size * 1.22, "center", "paper", wide)
    top += size * 1.75
    entries = [_entry(canvas, entry, wide) for entry in placement["guide"]]
    entries = [entry for entry in entries if entry[0]]
    total, placed = sum(entry[2] for entry in entries), 0
    fitting, used = 0, 0.0
    for _, high, _ in entries:
        if used + high > bottom - top - grid.size * 0.5:
            break
        used += high
        fitting += 1
    gap = min((bottom - top - used) / (fitting + 1), grid.leading * 1.5) if fitting else 0.0
    y = top + (bottom - top - used - gap * (fitting - 1)) / 2
    for number, (letters, high, chars) in enumerate(entries[:fitting]):
        for one in letters:
            one.draw(canvas, x, y)
        y += high
        if number < fitting - 1:
            canvas.line(x, y + gap / 2, x + wide, y + gap / 2, 0.3, "k60")
        y += gap
        placed += chars
    return Fit(total, placed, total - placed, lines=fitting, state="over" if placed < total else "full")


def _entry(canvas: Canvas, entry: Mapping[str, Any], wide: float) -> tuple[list[Lettering], float, int]:
    """Letters of an entry, its height, its characters."""
    fonts, size = canvas.fonts, canvas.grid.size
    kicker, headline = one_line(entry["kicker"]), one_line(entry["headline"])
    below = with_dash(one_line(entry["subheadline"]))
    if not headline:
        return [], 0.0, 0
    letters: list[Lettering] = []
    high = 0.0
    parts = [
        (f"第{entry['page']}版", "hei", size * 0.9, "accent"),
        (kicker, "kai", size * 0.9, "k100"),
        (headline, "headline", size * (1.45 if wide > 12 * size * 1.45 else 1.2), "k100"),
        (DASH + below if below else "", "kai", size * 0.9, "k100"),
    ]
    for text, role, of, colour in parts:
        if text:
            lines = balanced(fonts, text, role, of, wide)
            letters += aligned(lines, of, of * 1.3, wide, "center", high, colour)
            high += len(lines) * of * 1.3
    return letters, high, count(kicker + headline + below)
