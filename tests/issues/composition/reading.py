"""Reading a drawing back: the text of a box, in order, and where each run stands."""

from __future__ import annotations

from typing import Any

from issues.composition import Composed, compose
from issues.composition.grid import Grid, Rect
from issues.fonts import FontSet

FONTS = FontSet.default()


def set_page(content: dict[str, Any], masked: tuple[int, ...] = ()) -> Composed:
    return compose(content, FONTS, masked)


def rect_of(content: dict[str, Any], placed: dict[str, Any]) -> Rect:
    return Grid.of(content["page"]["format"]).box(*(placed[k] for k in ("col", "row", "cols", "rows")))


def runs_in(composed: Composed, rect: Rect) -> list[list[Any]]:
    """The text items whose baselines and beginnings lie in a box."""
    slack = 12  # an opening mark that stands flush begins half an em further left
    return [
        item
        for item in composed.drawing["items"]
        if item[0] == "text"
        and rect.y < item[2] <= rect.y + rect.height
        and rect.x - slack < item[1] < rect.x + rect.width
    ]


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_in(composed: Composed, rect: Rect) -> str:
    return squeezed("".join(item[6] for item in runs_in(composed, rect)))


def right_edge(item: list[Any]) -> float:
    """Where a run ends, without the tracking behind its last character."""
    _, x, _, size, face, tracking, run, _ = item
    role = next(role for role in FONTS.glyphs if FONTS.glyph(role, "中").face == face)
    right: float = x + sum(FONTS.advance(role, char) for char in run) * size + tracking * (len(run) - 1)
    return right


def shown(text: str) -> str:
    """The text with the stand-in for what no font has."""
    return "".join("〓" if FONTS.glyph("body", char).missing else char for char in text)
