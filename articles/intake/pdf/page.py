"""A PDF's page as lines: its letters put together to paragraphs, in the order they read. Pure: it runs in the
child of `articles.intake.pdf.probe` as well, under that child's limits.

Between two stories' rectangles `Line.gap` is 2, between parts of one 1. A paragraph that a column cut is a
line in each column: the first begins with `INDENT` where the page indents, the rest doesn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from articles.intake.pdf.columns import INDENT, Column, Paragraph, columns
from articles.intake.pdf.frames import gather
from articles.intake.pdf.join import rows_of
from articles.intake.pdf.regions import HEAD, Block, Divider, rows_in, rules_of
from articles.intake.pdf.rows import Box, Letter, Row, body_size, letters_of
from articles.intake.pdf.stacks import Style, illustrations, stack_of, style_of
from articles.intake.pieces import Box as Place
from articles.intake.pieces import Line
from articles.intake.text.forms import people_in

NEXT_STORY, NEXT_PART = 2, 1  # empty lines
_WHOLE_PAGE = 0.8  # of the page: a picture of more is a scan, or a ground that text is set on
_UNIT = 100  # in a point: what letters and shapes are told in


def lines_of(about: dict[str, Any], size: tuple[float, float]) -> list[Line]:
    """The lines of a page of that many points. `about`: letters, fonts, rules and pictures, as `pdfletters`
    and `pdfshapes` tell them; `Line.picture` is a picture's place among them, counted from 1."""
    sheet = Box(0, 0, *size)
    letters, turned = letters_of(about)
    lines = _Sheet(sheet, letters, about).lines()
    return lines + [_line(Paragraph([Block(row.box, row=row)]), sheet) for row in _aside(turned)]


def _aside(turned: Sequence[Letter]) -> list[Row]:
    """Letters on their side, as they follow one another in the file."""
    rows: list[Row] = []
    for one in turned:
        last = rows[-1].letters[-1] if rows else None
        if last and abs(last.left - one.left) < 3 * one.size and abs(last.top - one.top) < 3 * one.size:
            rows[-1].letters.append(one)
        else:
            rows.append(Row([one]))
    return [Row(row.letters, upright=False) for row in rows]


class _Sheet:
    """A page on the way from letters to lines."""

    def __init__(self, sheet: Box, letters: list[Letter], about: dict[str, Any]) -> None:
        self.sheet = sheet
        self.body = body_size(letters) or 9.0
        shapes = [_box(*edges) for *edges, _filled in about["rules"]]
        rows = rows_of(letters, rules_of(shapes).upright)
        self.blocks, shapes = gather(rows, shapes, sheet)
        self.rules = rules_of(shapes)
        places = [_box(*edges) for edges in about["pictures"]]
        for number, place in enumerate(places):
            if not rows or place.width * place.height < _WHOLE_PAGE * sheet.width * sheet.height:
                self.blocks.append(Block(place, picture=number))

    def lines(self) -> list[Line]:
        found: list[Line] = []
        for region in Divider(self.rules, self.body, self.sheet).divide(self.blocks):
            for story in self._stories(region):
                found += _parted(story, NEXT_STORY if found else 0)
        return found

    def _stories(self, region: list[Block]) -> Iterator[list[Line]]:
        """The lines of the region, then those of boxes in it that are stories of their own."""
        if len(region) == 1 and region[0].inner:
            region = region[0].inner
        own = [block for block in region if block.inner and self._is_story(block.inner)]
        yield list(self._story([block for block in region if block not in own]))
        for block in own:
            yield list(self._story(block.inner))

    def _is_story(self, blocks: Sequence[Block]) -> bool:
        return any(row.size >= HEAD * self.body for _block, row in rows_in(blocks))

    def _story(self, blocks: list[Block]) -> Iterator[Line]:
        style = style_of(blocks, self.body)
        stack = stack_of(blocks, style, self.body)
        used = {id(block) for block in stack}
        for paragraph in _lead(stack, HEAD * self.body):
            yield _line(paragraph, self.sheet)
        for shown in illustrations(blocks, style, self.body, used):
            used |= {id(block) for block in (shown.picture, *shown.caption)}
            yield self._picture(shown.picture)
            for paragraph in _caption(shown.caption):
                yield _line(paragraph, self.sheet)
        obstacles = [block.box for block in blocks if block.picture is not None or block.inner or block.table]
        rest = [block for block in blocks if id(block) not in used]
        yield from _parted(self._text(rest, style, obstacles), NEXT_PART if used else 0)

    def _text(self, blocks: list[Block], style: Style, obstacles: Sequence[Box]) -> Iterator[Line]:
        for column in columns(blocks, self.body):
            for paragraph in Column(column, style, obstacles).paragraphs():
                first = paragraph.blocks[0]
                if first.inner:
                    within = self._text(first.inner, style_of(first.inner, self.body), ())
                    yield from _parted(within, NEXT_PART)
                else:
                    yield _line(paragraph, self.sheet)

    def _picture(self, block: Block) -> Line:
        assert block.picture is not None
        return Line("", gap=NEXT_PART, picture=str(block.picture + 1), box=_place(block.box, self.sheet))


def _box(x: int, y: int, width: int, height: int) -> Box:
    return Box(x / _UNIT, y / _UNIT, (x + width) / _UNIT, (y + height) / _UNIT)


def _parted(lines: Iterable[Line], gap: int) -> Iterator[Line]:
    """The lines with that many empty ones before the first."""
    for number, line in enumerate(lines):
        yield line if number else replace(line, gap=max(gap, line.gap))


def _lead(stack: Sequence[Block], head: float) -> list[Paragraph]:
    """The headline's lines, each by itself; but together the rows of what introduces the story."""
    found: list[Paragraph] = []
    for block in stack:
        last = found[-1].blocks[-1] if found else None
        if last is not None and block.size < head and _goes_on(last, block):
            found[-1].blocks.append(block)
        else:
            found.append(Paragraph([block]))
    return found


def _goes_on(last: Block, block: Block) -> bool:
    """Whether the row below is the next of one paragraph: as large, and no longer than the one before."""
    if last.row is None or block.row is None or abs(last.size - block.size) > 0.02 * last.size:
        return False
    close = -0.5 * last.size < block.box.top - last.box.bottom < 0.9 * last.size
    full = block.box.right < last.box.right + last.size and block.box.across(last.box) > 0
    return close and full and last.row.font == block.row.font and not people_in(block.row.text)


def _caption(blocks: Sequence[Block]) -> list[Paragraph]:
    """A caption's rows as one paragraph; what stands at the right of its last row, its credit, by itself."""
    found: list[Paragraph] = []
    for block in sorted(blocks, key=lambda block: (round(block.box.bottom / 3), block.box.left)):
        last = found[-1].blocks[-1] if found else None
        if last is None or _is_credit(last, block):
            found.append(Paragraph([block]))
        else:
            found[-1].blocks.append(block)
    return found


def _is_credit(last: Block, block: Block) -> bool:
    text = block.row.text if block.row else ""
    return abs(last.size - block.size) > 0.02 * last.size or bool(people_in(text))


def _line(paragraph: Paragraph, sheet: Box) -> Line:
    first = paragraph.blocks[0]
    place = _place(paragraph.box, sheet)
    gap = NEXT_PART if paragraph.apart else 0
    if first.table:
        text = "\n".join("\t".join(cells) for cells in first.table)
        return Line(text, gap=gap, box=place, table=first.table)
    rows = paragraph.rows
    letters = list(chain.from_iterable(row.letters for row in rows))
    bold = 2 * sum(one.bold for one in letters) > len(letters)
    text = INDENT * paragraph.indented + paragraph.text
    return Line(text, gap=gap, size=rows[0].size, bold=bold, box=place)


def _place(box: Box, sheet: Box) -> Place:
    """In thousandths of the page."""
    left, right = (min(max(round(edge * 1000 / sheet.width), 0), 1000) for edge in (box.left, box.right))
    top, bottom = (min(max(round(edge * 1000 / sheet.height), 0), 1000) for edge in (box.top, box.bottom))
    return left, top, right - left, bottom - top
