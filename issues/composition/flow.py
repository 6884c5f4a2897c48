"""A story's text as pieces that stand on the lines of text columns, and how they go down the columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from issues.composition import table
from issues.composition.grid import Measure
from issues.composition.headline import MOST_LINES, break_up
from issues.composition.lines import Line, natural, paragraph
from issues.composition.pieces import (
    INDENT,
    NoInk,
    Piece,
    RuleInk,
    TextInk,
    closed,
    cut_spans,
    inner,
    segments,
)
from issues.composition.text import Block
from issues.composition.words import Spans, words
from issues.fonts import FontSet

SUBHEAD = 10.5 / 9  # of the body's size
#: Kinds whose first line may follow 上接第N版, if so many ems are left beside it.
INLINE = {"p", "li", "quote", "note", "link"}
LEAST_BESIDE = 3


class Slot(NamedTuple):
    """A piece of block number `block`, with `before` lines of white above it, but for a column's top."""

    block: int
    piece: Piece
    before: int
    box: int


# Pieces of a block


@lru_cache(maxsize=4096)
def pieces(
    fonts: FontSet, block: Block, measure: Measure, start: int = 0, lead: float = 0.0
) -> tuple[Piece, ...]:
    """The block from place `start` on. `lead` ems of the first line are taken (by 上接第N版)."""
    match block.kind:
        case "hr":
            return (Piece(RuleInk(measure.width), 0, 0, 0),)
        case "h2":
            return tuple(_centred(fonts, block, measure, start))
        case "table":
            return tuple(table.rows(fonts, block, measure, start))
        case "signature":
            return tuple(_to_the_right(fonts, block, measure, start))
        case "verse":
            return tuple(_verse(fonts, block, measure, start))
    return tuple(_text(fonts, block, measure, start, lead))


def _text(fonts: FontSet, block: Block, measure: Measure, start: int, lead: float) -> list[Piece]:
    within, dx = inner(block, measure)
    found = []
    for begin, end in segments(block, start):
        fresh = begin == 0 or block.text[begin - 1] == "\n"
        indent = lead / within.cell if lead and begin == start else INDENT * fresh
        for line in paragraph(fonts, cut_spans(block.spans, begin, end), within, indent):
            ink = TextInk(line, measure.size, dx)
            found.append(
                Piece(ink, begin + line.start, begin + line.end, line.count, keep=block.kind == "h3")
            )
    return closed(found, block)


def _verse(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    """Lines as they are; what is longer than the column goes on an em further in. None stands alone."""
    found = []
    for begin, end in segments(block, start):
        spans = cut_spans(block.spans, begin, end)
        lines = paragraph(fonts, spans, measure, 0, False)
        if len(lines) > 1:
            lines = paragraph(fonts, spans, measure._replace(cells=measure.cells - 1), 0, False)
        for number, line in enumerate(lines):
            ink = TextInk(line, measure.size, measure.size * measure.cell * (number > 0))
            found.append(Piece(ink, begin + line.start, begin + line.end, line.count))
    for alone in {0, len(found) - 2} if len(found) > 1 else ():
        found[alone] = found[alone]._replace(keep=True)
    return closed(found, block)


def _centred(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    """A subhead: a little smaller where that spares a second line, else broken like a headline."""
    found = []
    for begin, end in segments(block, start):
        spans = cut_spans(block.spans, begin, end)
        made, large = words(fonts, spans), measure.size * SUBHEAD
        long = natural(made, 0, len(made)).width
        size = large if long * large <= measure.width else max(measure.width / long, measure.size)
        size = large if long * size > measure.width else int(size * 100) / 100
        for line in _subhead(fonts, spans, measure.width / size, size):
            ink = TextInk(line, size, max((measure.width - line.width * size) / 2, 0.0))
            found.append(Piece(ink, begin + line.start, begin + line.end, line.count, keep=True))
    return closed(found, block)


def _subhead(fonts: FontSet, spans: Spans, ems: float, size: float) -> tuple[Line, ...]:
    if len(spans) == 1 and (broken := break_up(fonts, *spans[0], ems, MOST_LINES)):
        made = words(fonts, spans)
        return tuple(natural(made, first, until) for first, until in broken)
    return paragraph(fonts, spans, Measure(ems, 1.0, size), 0, False)


def _to_the_right(fonts: FontSet, block: Block, measure: Measure, start: int) -> list[Piece]:
    found = []
    for line in paragraph(fonts, cut_spans(block.spans, start, len(block.text)), measure, 0, False):
        width = line.width * measure.size
        ink = TextInk(line, measure.size, max(measure.width - width, 0.0))
        found.append(Piece(ink, start + line.start, start + line.end, line.count))
    return closed(found, block)


# The whole text


@lru_cache(maxsize=512)
def slots(
    fonts: FontSet,
    text: tuple[Block, ...],
    measure: Measure,
    start: tuple[int, int] = (0, 0),
    lead: float = 0.0,
) -> tuple[Slot, ...]:
    """The pieces of the blocks from `start` on; `lead` as in `pieces`."""
    found: list[Slot] = []
    if lead and start[0] < len(text):
        first = text[start[0]]
        if first.kind not in INLINE or lead > measure.cells * measure.cell - LEAST_BESIDE:
            found.append(Slot(start[0], Piece(NoInk(), start[1], start[1], 0), 0, 0))
            lead = 0.0
    for number in range(start[0], len(text)):
        block = text[number]
        opens = number == start[0]
        made = pieces(fonts, block, measure, start[1] if opens else 0, lead if opens else 0.0)
        before = 0 if opens else _white(text[number - 1], block)
        for piece in made:
            found.append(Slot(number, piece, before, block.box))
            before = 0
    return tuple(found)


def _white(above: Block, block: Block) -> int:
    parted = above.box != block.box or "table" in (above.kind, block.kind)
    parted |= above.kind == "verse" and block.kind in ("verse", "p")
    return int(parted or (block.kind == "h2" and above.kind != "h2"))


def height(text: Sequence[Slot]) -> int:
    """Lines in one endless column."""
    return sum(slot.before + slot.piece.height for slot in text)


class Placed(NamedTuple):
    slot: Slot
    column: int
    line: int


def fill(text: Sequence[Slot], heights: Sequence[int]) -> list[Placed]:
    """Set pieces down columns of so many lines, as far as they go; each slot once, in order."""
    placed: list[Placed] = []
    at, count = 0, len(text)
    for column, room in enumerate(heights):
        line = 0
        while at < count:
            slot = text[at]
            top = line + (slot.before if line else 0)
            bottom = top + slot.piece.height
            if bottom > room or (slot.piece.keep and line and not _company(text, at, bottom, room)):
                break
            placed.append(Placed(slot, column, top))
            line = bottom
            at += 1
    return placed


def _company(text: Sequence[Slot], at: int, line: int, room: int) -> bool:
    """Whether what a subhead must not be parted from fits below it."""
    while text[at].piece.keep and at + 1 < len(text):
        at += 1
        line += text[at].before + text[at].piece.height
    return line <= room
