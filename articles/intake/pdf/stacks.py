"""Of one story's rectangle: its headline's lines, and its pictures with their captions. Pure; in points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.intake.pdf.regions import HEAD, Block, rows_in
from articles.intake.pdf.rows import Box, Row
from articles.intake.text.forms import people_in
from articles.intake.text.names import MARKS

_SAME = 0.05  # of a size: no difference
_NEAR = 2.2  # times the body's size: within a headline's lines, and from a picture to its caption


@dataclass(frozen=True)
class Style:
    """What running text is set in."""

    size: float
    font: int

    def fits(self, row: Row) -> bool:
        return abs(row.size - self.size) <= _SAME * self.size and row.font == self.font


def style_of(blocks: Sequence[Block], body: float) -> Style:
    """That of most letters near the size of the page's body."""
    styles: Counter[tuple[float, int]] = Counter()
    for _block, row in rows_in(blocks):
        if 0.7 * body <= row.size <= HEAD * body and row.upright:
            styles[row.size, row.font] += len(row.letters)
    size, font = styles.most_common(1)[0][0] if styles else (body, -1)
    return Style(size, font)


# The headline's lines


def stack_of(blocks: Sequence[Block], style: Style, body: float) -> list[Block]:
    """The headline, and what stands close to it that is no running text, in the order it is read."""
    rows = rows_in(blocks)
    heads = [(block, row) for block, row in rows if row.size >= HEAD * body or not row.upright]
    if not heads:
        return []
    stack = [max(heads, key=lambda one: (one[1].size, -one[0].box.top))[0]]
    text = [block for block, row in rows if style.fits(row)]
    waiting = [(block, row) for block, row in rows if block is not stack[0] and _may_join(row, style)]
    grown = True
    while grown:
        grown = False
        for block, row in list(waiting):
            if any(_is_close(block, row, other, body) for other in stack) and not _is_in_column(
                block, stack, text
            ):
                stack.append(block)
                waiting.remove((block, row))
                grown = True
    return sorted(stack, key=_place)


def _place(block: Block) -> tuple[float, float]:
    """Top to bottom; vertical lines from right to left, before what stands below them."""
    upright = block.row is None or block.row.upright
    return (
        (block.box.top, block.box.left)
        if upright
        else (block.box.top - 0.5 * block.box.height, -block.box.left)
    )


def _may_join(row: Row, style: Style) -> bool:
    return not style.fits(row) or row.text[:1] in MARKS or bool(people_in(row.text))


def _is_close(block: Block, row: Row, other: Block, body: float) -> bool:
    reach = max(_NEAR * body, 0.9 * max(row.size, other.size))
    if other.row and not other.row.upright and not row.upright:
        return -block.box.across(other.box) < reach and block.box.down(other.box) > 0
    if other.row and other.row.upright != row.upright:
        return -block.box.across(other.box) < _NEAR * body and -block.box.down(other.box) < _NEAR * body
    beside = block.box.down(other.box) > 0.5 * min(block.box.height, other.box.height)
    if beside and -block.box.across(other.box) < 2.5 * max(row.size, other.size):
        return row.size > HEAD * body or min(row.size, other.size) > 0.9 * max(row.size, other.size)
    return block.box.across(other.box) > 0 and -block.box.down(other.box) < reach


def _is_in_column(block: Block, stack: Sequence[Block], text: Sequence[Block]) -> bool:
    """Whether running text stands beside it that does not stand beside the headline as well."""
    beside = [other for other in text if other.box.down(block.box) > 0.4 * other.box.height]
    return any(all(other.box.down(head.box) <= 0 for head in stack if head is not block) for other in beside)


# Pictures


@dataclass
class Illustration:
    picture: Block
    caption: list[Block]


def illustrations(blocks: Sequence[Block], style: Style, body: float, used: set[int]) -> list[Illustration]:
    """The pictures from top to bottom, each with its caption's rows. `used`: ids of blocks not to take."""
    found = []
    taken = set(used)
    pictures = [block for block in blocks if block.picture is not None]
    alone = not any(style.fits(row) and row.size > 0.95 * body for _block, row in rows_in(blocks))
    for picture in sorted(pictures, key=lambda block: (block.box.top, block.box.left)):
        rows = [
            (block, row)
            for block, row in rows_in(blocks)
            if id(block) not in taken and row.upright and row.size <= style.size
        ]
        # What a picture that stands alone has around it is its caption, though most letters are its.
        caption = _caption(picture, [one for one in rows if alone or not style.fits(one[1])], body)
        if not caption and alone and len(pictures) == 1:
            caption = [block for block, _row in rows]
        taken |= {id(block) for block in caption}
        found.append(Illustration(picture, caption))
    return found


def _caption(picture: Block, rows: Sequence[tuple[Block, Row]], body: float) -> list[Block]:
    caption: list[Block] = []
    edge = picture.box
    for block, row in sorted(rows, key=lambda one: (one[0].box.top, one[0].box.left)):
        under = _is_under(block.box, picture.box, edge, _NEAR * row.size)
        if under or _is_at_side(block.box, picture.box, body):
            caption.append(block)
            if block.box.top > picture.box.bottom - 2:
                edge = edge._replace(bottom=max(edge.bottom, block.box.bottom))
    return caption


def _is_under(box: Box, picture: Box, edge: Box, reach: float) -> bool:
    within = box.left > picture.left - 6 and box.right < picture.right + 6
    return (within and -3 <= box.top - edge.bottom <= reach) or (within and abs(box.bottom - edge.bottom) < 3)


def _is_at_side(box: Box, picture: Box, body: float) -> bool:
    beside = box.top > picture.top - 4 and box.bottom < picture.bottom + 4
    return beside and 0 < -box.across(picture) < 1.5 * body
