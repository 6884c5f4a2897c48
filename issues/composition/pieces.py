"""Pieces of a text: what stands on the lines of a column and is not parted by its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from issues.composition.drawing import Canvas
from issues.composition.grid import Measure
from issues.composition.lines import Line
from issues.composition.text import Block
from issues.composition.words import Spans

INDENT = 2  # cells


class Ink(Protocol):
    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """With the column's left edge at `x`, the top of the first line at `top`."""


class Piece(NamedTuple):
    """What is not parted by a column's end. `start` to `end` is its place in the block's text.

    `height` in lines of the grid; `keep`: what follows must stand in the same column.
    """

    ink: Ink
    start: int
    end: int
    characters: int
    height: int = 1
    keep: bool = False


@dataclass(frozen=True)
class TextInk:
    line: Line
    size: float
    dx: float = 0.0

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        y = top + canvas.grid.baseline(0)
        canvas.line_of_text(self.line, x + self.dx, y, self.size)


@dataclass(frozen=True)
class RuleInk:
    width: float

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        middle = top + canvas.grid.leading / 2
        canvas.line(x + self.width * 0.35, middle, x + self.width * 0.65, middle, 0.5)


class NoInk:
    """A line left free."""

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        pass


def inner(block: Block, measure: Measure) -> tuple[Measure, float]:
    """The measure of a block within its column's, and how far in it begins, in points."""
    left = right = 0.5 if block.box else 1.0 if block.kind == "quote" else 0.0
    left += min(block.level, 3)
    cells = max(measure.cells - int(left + right), 2)
    if cells == measure.cells:
        left = 0.0
    return measure._replace(cells=cells), left * measure.cell * measure.size


def cut_spans(spans: Spans, start: int, end: int) -> Spans:
    found, offset = [], 0
    for text, style in spans:
        part = text[max(start - offset, 0) : max(end - offset, 0)]
        if part:
            found.append((part, style))
        offset += len(text)
    return tuple(found)


def segments(block: Block, start: int) -> list[tuple[int, int]]:
    """The stretches of the block's text between its line breaks, from `start` on."""
    found, begin = [], start
    while begin < len(block.text):
        end = block.text.find("\n", begin)
        end = len(block.text) if end < 0 else end
        if end > begin:
            found.append((begin, end))
        begin = end + 1
    return found


def closed(found: list[Piece], block: Block) -> list[Piece]:
    """Each piece ends where the next begins, the last one with the block."""
    if not found:
        return []
    starts = [piece.start for piece in found[1:]]
    return [piece._replace(end=end) for piece, end in zip(found, [*starts, len(block.text)], strict=True)]
