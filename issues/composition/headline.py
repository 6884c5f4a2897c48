"""The headline stack (标题组): series, kicker, headline, subheadline, standfirst and byline over the text.

A headline breaks at its spaces first, then behind marks, between words, and only in need within one; never so
that a character stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import rjieba

from issues.composition.drawing import Canvas
from issues.composition.grid import Rect
from issues.composition.lines import Line, natural, natural_width
from issues.composition.setting import Lettering, aligned, fitted, width, wrapped
from issues.composition.words import Spans, Style, Words, words
from issues.fonts import FontSet

LADDER = (42.0, 36.0, 31.5, 28.0, 24.0, 21.0, 18.0, 16.0, 14.0, 12.0)
MOST_LINES = 3
DASH = "——"
#: Alone these belong to the word before them, whatever the dictionary says.
CLINGING = frozenset("的地得了着过们会等者性化式级区县市镇乡村站局部厅处所院校馆里上中下内外")
LONGEST_LINE = 42  # ems of a standfirst
BELOW = 0.5  # white between the stack and the text, in ems of the body
_DASHES = "—–-―－ \u3000"
AT_SPACE, AT_MARK, AT_WORD, IN_WORD, PAST_SPACE = 0.0, 0.4, 1.5, 12.0, 3.0


class Head(NamedTuple):
    """What stands over a story; each "" if there is none."""

    series: str = ""
    kicker: str = ""
    headline: str = ""
    subheadline: str = ""
    lede: str = ""
    byline: str = ""

    def __bool__(self) -> bool:
        return any(self)


class Stack(NamedTuple):
    """A stack as set: its height without white around it, the lines of its headline. From its top left."""

    size: float
    height: float
    lines: int
    letters: tuple[Lettering, ...]
    bars: tuple[tuple[Rect, str], ...] = ()

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        for rect, colour in self.bars:
            canvas.rect(rect._replace(x=rect.x + x, y=rect.y + y), colour)
        for letters in self.letters:
            letters.draw(canvas, x, y)


@lru_cache(maxsize=2048)
def stack(fonts: FontSet, head: Head, wide: float, size: float, align: str, body: float) -> Stack | None:
    """None where the headline would take more than three lines of that size."""
    lines = headline_lines(fonts, head.headline, wide, size)
    if lines is None:
        if size > LADDER[-1]:
            return None
        lines = wrapped(fonts, head.headline, "headline", size, wide, 0, False)
    made = _Stack(fonts, wide, align)
    small = min(max(size * 0.5, 10.5), 20.0)
    if head.series:
        made.series(head.series, body)
    if head.kicker:
        made.add(balanced(fonts, head.kicker, "kai", small, wide), small, 1.3)
    if head.headline:
        made.add(lines, size, 1.2)
    if head.subheadline:
        made.gap(small * 0.15)
        made.add(balanced(fonts, DASH + head.subheadline, "fangsong", small, wide), small, 1.3)
    if head.lede:
        made.standfirst(head.lede, body * 1.1)
    if head.byline:
        made.gap(body * 0.3)
        made.add(wrapped(fonts, head.byline, "kai", body, wide, 0, False), body, 1.4)
    made.gap(body * BELOW)
    return Stack(size, made.height, len(lines), tuple(made.letters), tuple(made.bars))


class _Stack:
    def __init__(self, fonts: FontSet, wide: float, align: str) -> None:
        self.fonts, self.wide, self.align = fonts, wide, align
        self.height = 0.0
        self.letters: list[Lettering] = []
        self.bars: list[tuple[Rect, str]] = []

    def add(self, lines: Sequence[Line], size: float, leading: float) -> None:
        self.letters += aligned(tuple(lines), size, size * leading, self.wide, self.align, self.height)
        self.height += len(lines) * size * leading

    def gap(self, height: float) -> None:
        self.height += height

    def series(self, title: str, body: float) -> None:
        """The column's title (栏题), reversed out of a bar."""
        size = body * 1.1
        line, size = fitted(self.fonts, title, "hei", size, self.wide - size)
        long = width(line, size) + size
        x = 0.0 if self.align == "left" else (self.wide - long) / 2
        self.bars.append((Rect(x, self.height, long, size * 1.6), "accent"))
        self.letters.append(Lettering(line, x + size / 2, self.height + size * 1.17, size, "paper"))
        self.height += size * 2.1

    def standfirst(self, text: str, size: float) -> None:
        """提要, between two thin rules."""
        wide = min(self.wide, LONGEST_LINE * size)
        x = 0.0 if self.align == "left" else (self.wide - wide) / 2
        lines = wrapped(self.fonts, text, "kai", size, wide - 2 * size, 2)
        self.gap(size * 0.6)
        self.bars.append((Rect(x, self.height, wide, 0.4), "k100"))
        self.height += size * 0.3
        for one in aligned(lines, size, size * 1.45, wide - 2 * size, "left", self.height):
            self.letters.append(Lettering(one.line, x + size, one.y, size))
        self.height += len(lines) * size * 1.45 + size * 0.3
        self.bars.append((Rect(x, self.height, wide, 0.4), "k100"))
        self.height += size * 0.3


def with_dash(subheadline: str) -> str:
    """The subheadline without the dash it may have been typed with; the stack draws one."""
    return subheadline.lstrip(_DASHES)


@lru_cache(maxsize=2048)
def headline_lines(fonts: FontSet, text: str, wide: float, size: float) -> tuple[Line, ...] | None:
    """The fewest lines a headline of that size breaks into well; None if it takes more than three."""
    if not text:
        return ()
    broken = break_up(fonts, text, Style("headline"), wide / size, MOST_LINES)
    if broken is None:
        return None
    made = words(fonts, _spans(text, "headline"))
    return tuple(natural(made, first, until) for first, until in broken)


def balanced(fonts: FontSet, text: str, role: str, size: float, wide: float) -> tuple[Line, ...]:
    """A kicker or subheadline: in up to three lines of about one length, else as it comes."""
    broken = break_up(fonts, text, Style(role), wide / size, MOST_LINES)
    if broken is None:
        return wrapped(fonts, text, role, size, wide, 0, False)
    made = words(fonts, _spans(text, role))
    return tuple(natural(made, first, until) for first, until in broken)


def _spans(text: str, role: str) -> Spans:
    return ((text, Style(role)),)


@lru_cache(maxsize=2048)
def break_up(
    fonts: FontSet, text: str, style: Style, ems: float, most: int
) -> tuple[tuple[int, int], ...] | None:
    """First piece of each line and of the next, in the fewest lines of `ems` that do; None beyond `most`."""
    made = words(fonts, ((text, style),))
    count = len(made)
    if not count:
        return ()
    total = natural_width(made, 0, count, 1.0) - made.tail[-1]
    if total <= ems:
        return ((0, count),)
    if total > ems * most or made.widest > ems:
        return None
    prices = _prices(text, made)
    for lines in range(2, most + 1):
        if total <= ems * lines and (found := _best(made, prices, ems, lines, total / lines)):
            return tuple(pairwise(found))
    return None


@lru_cache(maxsize=2048)
def _word_starts(text: str) -> frozenset[int]:
    at, found = 0, set()
    for word in rjieba.cut(text):
        found.add(at)
        at += len(word)
    return frozenset(found)


def _prices(text: str, made: Words) -> list[float]:
    """What it costs to begin a line with each piece."""
    starts = _word_starts(text)
    past_space = PAST_SPACE if any(made.spaced) else 0.0
    prices = []
    for piece in range(len(made)):
        if not made.legal[piece]:
            prices.append(float("inf"))
        elif made.spaced[piece]:
            prices.append(AT_SPACE)
        elif piece and made.kind[piece - 1] in "CPDE":
            prices.append(AT_MARK + past_space)
        else:
            begins = made.first[piece] in starts and not (
                text[made.first[piece]] in CLINGING and made.first[piece] + 1 in starts
            )
            prices.append((AT_WORD if begins else IN_WORD) + past_space)
    return prices


def _best(made: Words, prices: list[float], ems: float, lines: int, usual: float) -> list[int] | None:
    """The cheapest way to part all pieces in that many lines: where each begins, and the end."""
    count = len(made)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number in range(lines):
        reached: dict[int, tuple[float, int]] = {}
        for first, (cost, _) in best[-1].items():
            ends = [count] if number == lines - 1 else range(first + 1, count)
            for until in ends:
                wide = natural_width(made, first, until, 1.0) - made.tail[until - 1]
                if wide > ems:
                    break
                if made.count(first, until) < 2 or (until < count and prices[until] == float("inf")):
                    continue
                price = cost + ((wide - usual) ** 2) * 0.25 + (prices[until] if until < count else 0.0)
                if until not in reached or price < reached[until][0]:
                    reached[until] = price, first
        best.append(reached)
    if count not in best[-1]:
        return None
    ends = [count]
    for number in range(lines, 0, -1):
        ends.append(best[number][ends[-1]][1])
    return ends[::-1]
