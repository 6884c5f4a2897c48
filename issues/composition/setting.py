"""Short texts set by themselves: labels, captions, notices. Lines of one style at a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from issues.composition.drawing import Canvas
from issues.composition.grid import ASCENT, Measure
from issues.composition.lines import Line, natural, paragraph
from issues.composition.words import Style, words
from issues.fonts import FontSet

INFINITE = float("inf")


@lru_cache(maxsize=2048)
def label(fonts: FontSet, text: str, role: str) -> Line:
    """A text on one line, as wide as it is."""
    made = words(fonts, ((text, Style(role)),))
    return natural(made, 0, len(made))


def width(line: Line, size: float) -> float:
    return line.width * size


@lru_cache(maxsize=2048)
def wrapped(
    fonts: FontSet, text: str, role: str, size: float, wide: float, indent: int = 0, justify: bool = True
) -> tuple[Line, ...]:
    """A text of one or more paragraphs in lines `wide` points wide."""
    room = max(wide / size, 2.0)
    found: list[Line] = []
    for part in text.split("\n"):
        if part.strip():
            found += paragraph(fonts, ((part, Style(role)),), Measure(room, 1.0, size), indent, justify)
    return tuple(found)


@dataclass(frozen=True)
class Lettering:
    """A line of text put somewhere: the left end of its baseline from the top left of what it belongs to."""

    line: Line
    x: float
    y: float
    size: float
    colour: str = "k100"

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        canvas.line_of_text(self.line, x + self.x, y + self.y, self.size, self.colour)


def aligned(
    lines: tuple[Line, ...],
    size: float,
    leading: float,
    wide: float,
    align: str,
    top: float,
    colour: str = "k100",
) -> list[Lettering]:
    """Lines under each other from `top` on, in the middle of their leading. `align`: left, center, right."""
    found = []
    for number, line in enumerate(lines):
        free = wide - width(line, size)
        x = {"left": 0.0, "center": free / 2, "right": free}[align]
        y = top + number * leading + (leading - size) / 2 + ASCENT * size
        found.append(Lettering(line, x, y, size, colour))
    return found


def put(
    canvas: Canvas,
    text: str,
    role: str,
    size: float,
    x: float,
    y: float,
    align: str = "left",
    colour: str = "k100",
    room: float = INFINITE,
) -> float:
    """One line with its baseline at y, its left end, middle or right end at x, made to fit `room` points.

    Returns its width.
    """
    line, size = fitted(canvas.fonts, text, role, size, room)
    wide = width(line, size)
    x -= {"left": 0.0, "center": wide / 2, "right": wide}[align]
    canvas.line_of_text(line, x, y, size, colour)
    return wide


def fitted(
    fonts: FontSet, text: str, role: str, size: float, room: float, least: float = 5.0
) -> tuple[Line, float]:
    """A line and the size at which it fits into `room` points: smaller, and below `least` shortened."""
    line = label(fonts, text, role)
    wide = width(line, size)
    if wide > room:
        size = max(size * room / wide, least)
    while width(line, size) > room + 0.01 and len(text) > 1:
        text = text[: max(int(len(text) * min(room / width(line, size), 0.95)), 1)].rstrip()
        line = label(fonts, text + "…", role)
    return line, size
