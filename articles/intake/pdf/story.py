"""One story's lines on a laid-out page, each put where its size, its place and its words say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.intake.pieces import PAGE, Kind, Line
from articles.intake.text import forms, masthead
from articles.intake.text.looks import Item, Look
from articles.intake.text.names import MARKS
from articles.intake.text.stacks import read_stack
from articles.intake.text.writing import Pieces

INDENT = "\u3000\u3000"  # before a paragraph's first line where the page indents
NEXT_STORY, NEXT_PART = 2, 1  # empty lines
LARGE = 1.28  # times the body's size: a headline
_LARGER = 1.05  # times the body's size: a subhead, or a part of the headline
_SHORT = 16  # ideographs: a verse
_OF_HEADLINE = 0.93  # of the largest size in a headline's lines
_INSTITUTION = re.compile(
    r"(?<=[。！？!?”…])\s*[（(][\u4e00-\u9fff]{2,18}(?:公司|局|办|办公室|委|委员会|部|中心|院|会|社|厅|处|站|队|校|所|馆|台)[)）]$"
)


def is_large(line: Line, body: float) -> bool:
    return line.size >= LARGE * body


class Story:
    """A story while its pieces are put down."""

    def __init__(self, items: Sequence[Item], group: int, body: float, pieces: Pieces) -> None:
        self.items, self.group, self.body, self.pieces = items, group, body, pieces
        self.indents = self._indents()
        self.last: Item | None = None  # of its paragraphs
        self.illustrated = False  # a picture stands just before

    def _indents(self) -> bool:
        """Whether its paragraphs begin with an indent, so that what has none goes on with another."""
        text = [item for item in self.items if self._runs(item)]
        return 2 * sum(item.line.text.startswith(INDENT) for item in text) >= len(text) > 0

    def _runs(self, item: Item) -> bool:
        return (
            bool(item.line.size)
            and item.line.size < _LARGER * self.body
            and item.line.size > 0.92 * self.body
        )

    def read(self) -> None:
        end = self._head_end()
        self._stack(self.items[:end])
        for item in self.items[end:]:
            if item.line.gap >= NEXT_PART:
                self.illustrated = False
            self._put(item)

    # The headline

    def _head_end(self) -> int:
        """How many items the headline's lines are."""
        end = next(
            (n for n, item in enumerate(self.items) if n and item.line.gap >= NEXT_PART), len(self.items)
        )
        first = self.items[:end]
        if any(item.look == Look.PICTURE for item in first[:1]):
            return 0
        if any(is_large(item.line, self.body) for item in first):
            return end
        return 1 if self._is_subhead(self.items[0]) and len(self.items) > 1 else 0

    def _stack(self, items: Sequence[Item]) -> None:
        sizes = [item.line.size for item in items if not item.line.picture]
        if not sizes:
            return
        largest = max(sizes)
        main = [n for n, item in enumerate(items) if item.line.size >= _OF_HEADLINE * largest]
        before = [item for item in items[: main[0]] if item.look != Look.BYLINE]
        for place, item in enumerate(items):
            if place in main:
                self._headline(item, alone=len(main) == 1)
            elif item.look == Look.BYLINE or item.text[:1] in MARKS:
                self.pieces.put(item, Kind.BYLINE, self.group)
            elif place < main[0]:
                self.pieces.put(item, self._above(item, before), self.group)
            else:
                self.pieces.put(item, self._below(item), self.group)

    def _headline(self, item: Item, alone: bool) -> None:
        for _number, start, end, kind in read_stack([item.text]) if alone else [(0, 0, None, Kind.HEADLINE)]:
            self.pieces.put(item, kind, self.group, start, end)

    def _above(self, item: Item, before: Sequence[Item]) -> Kind:
        """A kicker; of two lines the upper, smaller one is the series, and so is what names one."""
        named = forms.is_genre(item.text) or "·" in item.text
        first_of_two = len(before) > 1 and item is before[0] and item.line.size <= before[1].line.size
        return Kind.SERIES if (named and item is before[0]) or first_of_two else Kind.KICKER

    def _below(self, item: Item) -> Kind:
        if forms.is_dashed(item.text):
            return Kind.SUBHEADLINE
        if item.look == Look.LEDE or forms.ends(item.text) or forms.length(item.text) > forms.LONGEST_HEADING:
            return Kind.LEDE
        return Kind.SUBHEADLINE

    # What follows it

    def _put(self, item: Item) -> None:
        if item.look == Look.PICTURE:
            self.illustrated = True
            self.pieces.put(item, Kind.PICTURE, self.group)
        elif self.illustrated:
            self._caption(item)
        elif item.look == Look.TABLE:
            self.pieces.put(item, Kind.TABLE, self.group)
        elif item.look == Look.POINTER:
            self.pieces.put(item, Kind.FURNITURE, PAGE)
        elif item.look == Look.FIELD and item is self.items[-1] and "credit" in masthead.fields_in(item.text):
            self.pieces.put(item, Kind.ISSUE, PAGE)
        elif item.look == Look.NOTE:
            self.pieces.put(item, Kind.NOTE, self.group)
        elif item.look == Look.BYLINE:
            self.pieces.put(item, Kind.BYLINE, self.group)
        elif self._is_subhead(item):
            self.pieces.put(item, Kind.SUBHEAD, self.group)
        else:
            self._paragraph(item)

    def _caption(self, item: Item) -> None:
        if item.look in (Look.CREDIT, Look.BYLINE):
            self.pieces.put(item, Kind.CREDIT, self.group)
            return
        end = item.credited[0] if item.credited else None
        self.pieces.put(item, Kind.CAPTION, self.group, 0, end)
        if item.credited:
            self.pieces.put(item, Kind.CREDIT, self.group, *item.credited)

    def _is_subhead(self, item: Item) -> bool:
        """Larger or bolder than the text, in a line by itself that is no sentence; nobody speaks."""
        line = item.line
        if item.look not in (Look.TITLE, Look.TEXT) or forms.speaker(item.text) or item.dateline:
            return False
        stands_out = line.size > _LARGER * self.body or line.bold
        return (
            stands_out
            and forms.could_head(item.text)
            and not (self.indents and line.text.startswith(INDENT) and line.size <= self.body)
        )

    def _paragraph(self, item: Item) -> None:
        start, end = item.opens, len(item.text)
        if start:
            self.pieces.put(item, Kind.FURNITURE, PAGE, 0, start)
        elif item.dateline:
            start = self._dateline(item)
        signed = item.signed or (self._institution(item) if item is self.items[-1] else None)
        if signed:
            end = signed[0]
        self.pieces.put(item, Kind.PARAGRAPH, self.group, start, end, joined=self._goes_on(item))
        if signed:
            self.pieces.put(item, Kind.BYLINE, self.group, *signed)
        self.last = item

    def _institution(self, item: Item) -> forms.Span | None:
        """An institution in brackets behind the story's last words: whose notice or report it is."""
        found = _INSTITUTION.search(item.text)
        return found.span() if found else None

    def _dateline(self, item: Item) -> int:
        """Put the dateline and the names behind it; where the text goes on."""
        assert item.dateline
        self.pieces.put(item, Kind.DATELINE, self.group, *item.dateline)
        named = forms.byline_after(item.text, item.dateline[1])
        if named:
            self.pieces.put(item, Kind.BYLINE, self.group, *named[0])
            return named[0][1]
        rest = item.text[item.dateline[1] :]
        skipped = len(rest) - len(rest.lstrip(" \u3000:：-—－"))
        self.pieces.lengthen(skipped)
        return item.dateline[1] + skipped

    def _goes_on(self, item: Item) -> bool:
        """Whether the line is the rest of a paragraph that a column cut."""
        last = self.last
        if last is None or item.dateline or item.line.text.startswith(INDENT):
            return False
        if abs(last.line.size - item.line.size) > 0.04 * item.line.size or last.line.bold != item.line.bold:
            return False
        if not _is_next_column(last.line, item.line):
            return False
        if self.indents:
            return True
        verse = forms.length(last.text) < _SHORT and forms.length(item.text) < _SHORT
        return not verse and not forms.ends(last.text)


def _is_next_column(before: Line, line: Line) -> bool:
    """Whether the line stands at the head of another column than the one before it."""
    if before.box is None or line.box is None:
        return False
    left, top, width, height = before.box
    apart = line.box[0] >= left + width or line.box[0] + line.box[2] <= left
    return apart or line.box[1] < top + height / 2
