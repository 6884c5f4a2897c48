"""The columns of one story's rectangle, read one after another, and their rows put together to paragraphs.
Pure; units are points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.intake.pdf.regions import Block, around
from articles.intake.pdf.rows import Box, Row
from articles.intake.pdf.stacks import Style
from articles.intake.text.forms import ends, is_dashed

INDENT = "\u3000\u3000"  # before a paragraph that begins with one on the page
_INDENTED = 1.3  # em from the column's edge
_SHORT = 1.6  # em that the last row of a paragraph lacks
_GUTTER = 0.5  # em of white from top to bottom
_APART = 1.0  # em of white above what usually parts rows: an empty line


@dataclass
class Paragraph:
    """Rows that go on one in the next, or one block that is no row. `apart`: white stands before it."""

    blocks: list[Block]
    indented: bool = False
    apart: bool = False

    @property
    def rows(self) -> list[Row]:
        return [block.row for block in self.blocks if block.row]

    @property
    def box(self) -> Box:
        return around(self.blocks)

    @property
    def text(self) -> str:
        text = ""
        for row in self.rows:
            part = row.text
            latin = text[-1:].isascii() and text[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
            text += " " * latin + part
        return text


def columns(blocks: Sequence[Block], em: float) -> Iterator[list[Block]]:
    """The columns in the order they are read: side by side from the left; what spans several parts bands."""
    if not blocks:
        return
    parts = _side_by_side(blocks, em)
    if len(parts) > 1:
        upright = sum(b.row is None or b.row.upright for b in blocks)
        for part in parts if 2 * upright >= len(blocks) else reversed(parts):
            yield from columns(part, em)
        return
    for above, below in _bands(blocks):
        if any(len(_side_by_side(part, em)) > 1 for part in (above, below)):
            yield from columns(above, em)
            yield from columns(below, em)
            return
    yield sorted(blocks, key=lambda block: (block.box.top, block.box.left))


def _side_by_side(blocks: Sequence[Block], em: float) -> list[list[Block]]:
    parts: list[list[Block]] = []
    end = 0.0
    for block in sorted(blocks, key=lambda block: block.box.left):
        if not parts or block.box.left - end > _GUTTER * em:
            parts.append([])
        parts[-1].append(block)
        end = max(end, block.box.right)
    return parts


def _bands(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """Cut in two wherever nothing crosses, the widest white first."""
    ordered = sorted(blocks, key=lambda block: block.box.top)
    cuts: list[tuple[float, int]] = []
    end = ordered[0].box.bottom
    for place, block in enumerate(ordered):
        if place and block.box.top > end:
            cuts.append((block.box.top - end, place))
        end = max(end, block.box.bottom)
    for _white, place in sorted(cuts, reverse=True)[:40]:
        yield ordered[:place], ordered[place:]


# Paragraphs


@dataclass
class Column:
    """One column's blocks from top to bottom; `obstacles` are pictures and boxes that text runs around."""

    blocks: Sequence[Block]
    style: Style
    obstacles: Sequence[Box] = ()
    left: float = field(init=False)
    right: float = field(init=False)
    leading: float = field(init=False)
    ragged: bool = field(init=False)
    indents: bool = field(init=False)

    def __post_init__(self) -> None:
        rows = [block for block in self.blocks if block.row]
        self.left = _edge([block.box.left for block in rows], low=True)
        self.right = _edge([block.box.right for block in rows], low=False)
        steps = [after.box.top - before.box.bottom for before, after in pairwise(rows)]
        whites = Counter(round(step) for step in steps if step > -2)
        self.leading = float(min(whites.most_common(2))[0]) if whites else 0.0
        text = [b for b in rows if b.row and self.style.fits(b.row)]
        short = [b for b in text if self._is_short(b) and not self._is_indented(b)]
        self.indents = any(map(self._is_indented, text))
        self.ragged = len(text) > 3 and len(short) > 0.5 * len(text)

    def paragraphs(self) -> list[Paragraph]:
        found: list[Paragraph] = []
        for block in self.blocks:
            last = found[-1] if found else None
            if last is None or self._begins(last, block):
                apart = last is not None and self._is_apart(last.blocks[-1], block)
                found.append(Paragraph([block], self._is_indented(block), apart))
            else:
                last.blocks.append(block)
        return found

    def _begins(self, last: Paragraph, block: Block) -> bool:
        before = last.blocks[-1]
        if block.row is None or before.row is None:
            return True
        if block.box.down(before.box) > 0.5 * block.row.size:
            return False  # parts of one row
        if self._differs(before.row, block.row) or self._is_apart(before, block):
            return True
        if self.ragged or self._is_indented(block) or (is_dashed(block.row.text) and ends(last.text)):
            return True
        if not self._is_short(before) or self._is_centred(block):
            return False
        return ends(last.text) or not self.indents  # a long number may have found no room in the row

    def _differs(self, before: Row, row: Row) -> bool:
        if abs(before.size - row.size) > 0.06 * row.size:
            return True
        return before.bold != row.bold or (
            before.font != row.font and min(len(before.letters), len(row.letters)) > 3
        )

    def _is_apart(self, before: Block, block: Block) -> bool:
        em = block.size or self.style.size
        return block.box.top - before.box.bottom > self.leading + _APART * em * 0.8

    def _is_indented(self, block: Block) -> bool:
        if block.row is None or self._is_centred(block):
            return False
        return block.box.left - self.left >= _INDENTED * block.row.size

    def _is_centred(self, block: Block) -> bool:
        """Whether the row stands in the middle, as subheads do."""
        if block.row is None:
            return False
        em = block.row.size
        before, after = block.box.left - self.left, self.right - block.box.right
        special = not self.style.fits(block.row)
        return special and before > 0.7 * em and after > 0.7 * em and abs(before - after) < 1.5 * em

    def _is_short(self, block: Block) -> bool:
        em = block.row.size if block.row else self.style.size
        if self.right - block.box.right <= _SHORT * em:
            return False
        return not any(
            box.down(block.box) > 0 and box.left >= block.box.right - em and box.left < self.right
            for box in self.obstacles
        )


def _edge(places: Sequence[float], low: bool) -> float:
    """The outermost place at which several rows begin or end; of few rows the outermost."""
    if not places:
        return 0.0
    ordered = sorted(places, reverse=not low)
    if len(ordered) < 4:
        return ordered[0]
    for place in ordered:
        if sum(abs(place - other) < 2.5 for other in ordered) >= 2:
            return place
    return ordered[0]
