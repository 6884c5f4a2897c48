"""The head of page one (报头): title, organ, what must be printed by law, the date line between rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from issues.composition.characters import count, one_line
from issues.composition.drawing import Canvas, Fit, photo
from issues.composition.furniture import THIN, chinese_date, double_rule
from issues.composition.grid import ASCENT, Rect
from issues.composition.setting import label, put, width

LEAST_EAR, EAR = 0.18, 0.27  # of the width, for the frame beside the title
LARGEST_EAR = 1.6  # of the body's size, for its letters
DATE_LINE = 15.0  # points high
LAW_LINE = 12.0


def draw(canvas: Canvas, placement: Mapping[str, Any], rect: Rect) -> Fit:
    content = placement["page"]
    issue = content["issue"]
    head = issue["masthead"]
    law = _permit_line(issue) if head["kind"] == "permit" else ""
    foot = DATE_LINE + 3.6 + (LAW_LINE if law else 0.0) + 2
    high = rect.height - foot
    total = count(one_line(head["title"]))
    if high < 14:
        canvas.warn("no_room")
        return Fit(total, 0, total or 1, state="over")
    ear = _ear(issue)
    beside = _ear_width(canvas, ear, rect.width, high - 9) if ear and rect.width > 260 else 0.0
    title = Rect(rect.x, rect.y, rect.width - beside - (canvas.grid.size * 1.5 if beside else 0), high)
    _title(canvas, head, title)
    if beside:
        _draw_ear(canvas, ear, Rect(rect.x + rect.width - beside, rect.y + 4, beside, high - 9))
    y = rect.y + high
    double_rule(canvas, rect.x, y, rect.width, "accent")
    _date_line(canvas, issue, Rect(rect.x, y + 3.6, rect.width, DATE_LINE))
    y += 3.6 + DATE_LINE
    canvas.line(rect.x, y, rect.x + rect.width, y, THIN, "accent")
    if law:
        middle, small = rect.x + rect.width / 2, canvas.grid.size * 0.85
        put(canvas, law, "kai", small, middle, y + LAW_LINE - 3, "center", room=rect.width)
    return Fit(total, total, lines=1)


def _title(canvas: Canvas, head: Mapping[str, Any], rect: Rect) -> None:
    """The organ above, the title as large as it goes: in its lettering, else in type."""
    organ = " ".join(part for part in (one_line(head["organ"]), one_line(head["organ_role"])) if part)
    above = canvas.grid.size * 1.17 if organ and head["organ"] and rect.height > 50 else 0.0
    _name(canvas, head, Rect(rect.x, rect.y + above * 1.9, rect.width, rect.height - above * 1.9))
    if above:
        # After the title: PDFium reads a line that follows large type, close below it, as one line with it.
        middle, y = rect.x + rect.width / 2, rect.y + above * 1.2
        put(canvas, organ, "hei", above, middle, y, "center", room=rect.width)


def _name(canvas: Canvas, head: Mapping[str, Any], rect: Rect) -> None:
    middle, top, high = rect.x + rect.width / 2, rect.y, rect.height
    if head["lettering"]:
        shown = photo(head["lettering"], alt=head["title"])
        wide = min(rect.width * 0.96, (high - 6) * shown.aspect)
        tall = wide / shown.aspect
        canvas.image(shown, Rect(middle - wide / 2, top + (high - 4 - tall) / 2, wide, tall), (0, 0, 0, 0))
        return
    title = one_line(head["title"])
    if not title:
        return
    line = label(canvas.fonts, title, "headline")
    ems = width(line, 1.0)
    size = min((high - 4) * 0.98, rect.width * 0.97 / ems, rect.width)
    gap = 0.0
    if len(title) > 1 and title.isalpha():
        gap = min((rect.width * 0.95 - ems * size) / (len(title) - 1), size * 0.28)
    baseline = top + (high - 2 - size) / 2 + ASCENT * size
    x = middle - (ems * size + gap * (len(title) - 1)) / 2
    if gap <= 0:
        put(canvas, title, "headline", size, middle, baseline, "center", "accent")
        return
    for char in title:
        x += put(canvas, char, "headline", size, x, baseline, "left", "accent") + gap


def _ear(issue: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The lines of the frame beside the title (报耳): text and role."""
    head = issue["masthead"]
    number = one_line(head["permit_number"])
    named = "准印证号：" if head["kind"] == "permit" else "国内统一连续出版物号："
    if number and not any(word in number for word in ("号：", "证：", "CN")):
        number = named + number
    elif number and head["kind"] == "cn":
        number = f"国内统一连续出版物号 {number}"
    site = "：".join(part for part in (one_line(head["website_name"]), one_line(head["website_url"])) if part)
    hotline = one_line(head["hotline"])
    lines = [
        (one_line(head["distribution"]), "hei"),
        (number, "kai"),
        (site, "kai"),
        (f"新闻热线：{hotline}" if hotline else "", "kai"),
    ]
    return [(text, role) for text, role in lines if text]


def _draw_ear(canvas: Canvas, ear: list[tuple[str, str]], rect: Rect) -> None:
    canvas.rect(rect, None, "accent", 0.5)
    body, pad = canvas.grid.size, canvas.grid.size * 0.5
    size = min(_ear_size(body, len(ear), rect.height), (rect.width - 2 * pad) / _longest(canvas, ear))
    # A line still too long is made smaller.
    size = max(size, min(body, (rect.height - pad) / len(ear) * 0.75))
    step = min((rect.height - pad) / len(ear), size * 2.1)
    top = rect.y + (rect.height - step * len(ear)) / 2
    for number, (text, role) in enumerate(ear):
        y = top + number * step + (step - size) / 2 + ASCENT * size
        put(canvas, text, role, size, rect.x + rect.width / 2, y, "center", room=rect.width - 2 * pad)


def _ear_width(canvas: Canvas, ear: list[tuple[str, str]], wide: float, high: float) -> float:
    """As wide as its lines want at the size that its height allows."""
    wanted = _longest(canvas, ear) * _ear_size(canvas.grid.size, len(ear), high) + 3 * canvas.grid.size
    return min(max(wanted, wide * LEAST_EAR), wide * EAR)


def _ear_size(body: float, lines: int, high: float) -> float:
    return max(min(high / lines / 1.7, body * LARGEST_EAR), 1.0)


def _longest(canvas: Canvas, ear: list[tuple[str, str]]) -> float:
    """Ems."""
    return max((width(label(canvas.fonts, text, role), 1.0) for text, role in ear), default=1.0) or 1.0


def _date_line(canvas: Canvas, issue: Mapping[str, Any], rect: Rect) -> None:
    """Date, weekday and lunar date; number and total number; pages."""
    day = f"{chinese_date(issue)}\u3000{issue['weekday']}"
    lunar = f"农历{issue['lunar']}" if issue["lunar"] else ""
    numbers = f"第{issue['number']}期（总第{issue['total_number']}期）"
    parts = [part for part in (day, lunar, numbers, f"今日{issue['page_count']}版") if part]
    size = canvas.grid.size * 1.06
    wide = sum(width(label(canvas.fonts, part, "hei"), size) for part in parts)
    if wide > rect.width * 0.92:
        size *= rect.width * 0.92 / wide
        wide = rect.width * 0.92
    gap = (rect.width - wide - size) / (len(parts) - 1)
    x, y = rect.x + size / 2, rect.y + (rect.height - size) / 2 + ASCENT * size
    for part in parts:
        x += put(canvas, part, "hei", size, x, y) + gap


def _permit_line(issue: Mapping[str, Any]) -> str:
    """What a paper under a permit (准印证) prints besides."""
    head = issue["masthead"]
    printed_on = issue["printed_on"]
    named = (
        ("编印单位", head["compiled_by"]),
        ("发送对象", head["sent_to"]),
        ("印刷单位", head["printed_by"]),
        ("印刷日期", chinese_date({"date": printed_on}) if printed_on else ""),
        ("印数", issue["print_run"] or head["print_run"]),
    )
    return "\u3000".join(f"{name}：{one_line(value)}" for name, value in named if value)
