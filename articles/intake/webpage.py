"""The text of a web page that was saved as a file, also as .doc: its blocks as lines. Pure.

One pass over the tags, which builds no tree: parsers of HTML take minutes over a megabyte of tags nested in
tags. It is no cleaning: what comes out is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from articles.intake.pieces import Line

# No part of it reads past the next <, so that the time is in proportion to the page, whatever is in it.
_TAG = re.compile(
    r"""<!--|<[!?][^<>]*>|<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*>)"""
)
#: What these hold is not shown as text.
_UNSEEN = {
    name: re.compile(f"</{name}\\b", re.I)
    for name in ("title", "script", "style", "template", "noscript", "textarea", "select", "iframe", "svg")
}
#: Tags that do not part one line from the next.
_WITHIN = {
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "wbr",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELL = "\x1f"  # which no text has
_WIDE = "\u2e80-\u9fff\uff00-\uffef"
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")


def is_webpage(text: str) -> bool:
    return text.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def lines_of_webpage(html: str) -> tuple[Line, ...]:
    """Its paragraphs, headings with their level; the cells of a table's row on one line, parted by tabs."""
    lines: list[Line] = []
    held: list[str] = []
    level = 0

    def end_line() -> None:
        cells = [
            _SPACES.sub(" ", _BROKEN_LINE.sub("", cell)).strip(" ") for cell in "".join(held).split(_CELL)
        ]
        held.clear()
        if any(cell.strip() for cell in cells):
            lines.append(Line("\t".join(cells).strip("\t"), level=level))

    for tag, text in _parts(html):
        if tag in ("td", "th"):
            held.append(_CELL)
        elif tag and tag.removeprefix("/") not in _WITHIN:
            end_line()
            level = level if tag == "br" else _HEADINGS.get(tag, 0)
        held.append(unescape(text).replace(_CELL, ""))
    end_line()
    return tuple(lines)


def _parts(html: str) -> Iterator[tuple[str, str]]:
    """(tag, the text that follows it), an end with its stroke; first the text before any."""
    tag, place = "", 0
    unseen = dict(_UNSEEN)
    while found := _TAG.search(html, place):
        yield tag, html[place : found.start()]
        tag, place = f"{found[1] or ''}{found[2] or ''}".lower(), found.end()
        if found[0] == "<!--":
            end = html.find("-->", place)
            place = len(html) if end < 0 else end + 3
        elif tag in unseen:
            hidden_until = unseen[tag].search(html, place)
            if hidden_until:
                place = hidden_until.start()
            else:
                del unseen[tag]  # it has no end from here on either
    yield tag, html[place:]
