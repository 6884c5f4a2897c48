"""How a story can be set in a box, and which way fits best.

Every automatic choice is a *way*: a size of the headline, a number of columns, a width for the picture. All
ways are judged at once, for any number of box heights, by arithmetic on lines; `issues.composition.story`
then sets the best one. A way has two means to fill a box: the picture's crop, and white around the
headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from issues.composition import flow
from issues.composition.grid import Columns, Grid, choices
from issues.composition.grid import columns as columns_of
from issues.composition.headline import LADDER, Stack, stack
from issues.composition.picture import Figure, figure
from issues.composition.table import wanted_width
from issues.composition.told import Told
from issues.composition.vertical import Upright, upright
from issues.fonts import FontSet

TOP = 1  # lines of white above every box
FRAME_SIDE = 0.8  # ems between a frame and what it holds
LEAST_REST = 2  # lines under a picture; fewer stay empty
LEAST_COLUMN = 40.0  # points
WIDEST_UNDER = 80  # characters in a line under the pictures of a picture story
WHITE, MOST_WHITE = 0.5, 4  # round a headline: of its height, and lines at most
WIDEST_FOR_TABLE = 36  # characters in a line
WIDEST_BESIDE = 0.5  # of the box, for a vertical headline


class Way(NamedTuple):
    """One way to set it. `head` in lines, without white; `upright` stands at the right of the columns."""

    size: float
    stack: Stack | None
    upright: Upright | None
    head: int
    white: int
    columns: Columns
    lines: int
    figure: Figure | None
    span: int
    at: str
    score: float
    meagre: bool

    @property
    def ragged(self) -> int:
        """Lines that may stay free at the end without a gap."""
        return max(self.columns.count - 1, 1)

    def capacity(self, room: int, figure_lines: int) -> int:
        """Lines for text in all columns of `room` lines."""
        room = max(room, 0)
        rest = room - figure_lines if self.span else 0
        return (self.columns.count - self.span) * room + self.span * (rest if rest >= LEAST_REST else 0)

    def regions(self, room: int, figure_lines: int) -> list[tuple[int, int]]:
        """First line and number of lines of each column."""
        count, room = self.columns.count, max(room, 0)
        if not self.span:
            return [(0, room)] * count
        rest = room - figure_lines
        rest = rest if rest >= LEAST_REST else 0
        covered = range(self.span) if self.at in ("top", "left") else range(count - self.span, count)
        under = (0 if self.at == "bottom" else figure_lines, rest)
        return [under if column in covered else (0, room) for column in range(count)]


def inner_width(told: Told, grid: Grid, width: float) -> float:
    return width - 2 * FRAME_SIDE * grid.size * told.framed


def room(told: Told, grid: Grid, rows: int) -> int:
    """Lines in a box of so many rows, under the white at its top."""
    return rows * grid.lines_per_row - TOP - int(told.framed)


@lru_cache(maxsize=512)
def ways(fonts: FontSet, told: Told, grid: Grid, width: float, tall: float = 0.0) -> tuple[Way, ...]:
    """All ways in a box `width` points wide inside; `tall` points high, which only vertical headlines ask."""
    found: list[Way] = []
    for size, made, beside in _heads(fonts, told, grid, width, tall):
        free = width - (beside.width + grid.size if beside else 0.0)
        if free < LEAST_COLUMN:
            continue
        head = max(int(np.ceil(made.height / grid.leading - 0.05)), 0) + told.fixed if made else told.fixed
        meagre = _meagre(told, size, width)
        white = min(max(round(head * WHITE), 1), MOST_WHITE) if told.head else 0
        tables = _tables(told, grid)
        widest = WIDEST_UNDER if told.pictured else _wide_enough(tables, free, grid.size)
        for columns in choices(free, grid.size, told.columns, widest):
            text = flow.slots(fonts, told.text, columns.measure, told.start, told.lead)
            lines = flow.height(text)
            for shown, span, at, cost in _figures(fonts, told, columns, grid, bool(lines)):
                score = cost + _taste(size, made, beside, columns, width)
                score += max(1 - columns.measure.width / tables, 0.0) * BROKEN if tables else 0.0
                found.append(
                    Way(size, made, beside, head, white, columns, lines, shown, span, at, score, meagre)
                )
    return tuple(found)


def _heads(
    fonts: FontSet, told: Told, grid: Grid, width: float, tall: float
) -> list[tuple[float, Stack | None, Upright | None]]:
    found: list[tuple[float, Stack | None, Upright | None]] = []
    head = told.head
    if not head:
        return [(0.0, None, None)]
    if told.vertical:
        over = head._replace(kicker="", headline="", subheadline="", byline="")
        for size in _sizes(told, tall):
            beside = upright(fonts, head, tall, size, grid.size)
            if beside and beside.width < width * WIDEST_BESIDE:
                narrow = width - beside.width - grid.size
                made = stack(fonts, over, narrow, 12.0, told.align, grid.size) if over else None
                found.append((size, made, beside))
        if found:
            return found
    stacks = ((size, stack(fonts, head, width, size, told.align, grid.size)) for size in _sizes(told, width))
    found = [(size, made, None) for size, made in stacks if made]
    if not found:  # a very long headline: in as many lines as it takes
        made = next(
            made for size in LADDER if (made := stack(fonts, head, width, size, told.align, grid.size))
        )
        return [(made.size, made, None)]
    return found[:1] if told.size else found


def _sizes(told: Told, width: float) -> Sequence[float]:
    """The size asked for and the smaller ones, else all that suit the width and the story's weight."""
    if told.size:
        return (told.size, *(size for size in LADDER if size < told.size or size == LADDER[-1]))
    most = min(max(width * 0.085 + 9, LADDER[-2]), told.most)
    return [size for size in LADDER if size <= most]


def _tables(told: Told, grid: Grid) -> float:
    """The width that the tables in a text want."""
    return max((wanted_width(block, grid.size) for block in told.text if block.kind == "table"), default=0.0)


def _wide_enough(wanted: float, width: float, size: float) -> float:
    """Characters in a line of the narrowest columns that are as wide; of the widest ones if none is."""
    if not wanted:
        return 0.0
    possible = [found.measure for n in range(12, 0, -1) if (found := columns_of(width, n, size))]
    readable = [measure for measure in possible if measure.cells <= WIDEST_FOR_TABLE]
    return next((m.cells for m in readable if m.width >= wanted), readable[-1].cells if readable else 0.0)


def _meagre(told: Told, size: float, width: float) -> bool:
    """Whether a headline is smaller than suits the width; chosen only where that spares an overset."""
    return not told.size and 0 < size < min(width * 0.022 + 8, told.most)


def _figures(
    fonts: FontSet, told: Told, columns: Columns, grid: Grid, text: bool
) -> list[tuple[Figure | None, int, str, float]]:
    """Each way to place the pictures: the block, the columns it spans, where, what speaks against it."""
    nothing = (None, 0, "", LEFT_OUT if told.photos else 0.0)
    if not told.photos:
        return [nothing]
    count = columns.count
    spans = [min(told.span, count)] if told.span else range(1, count + 1)
    if not told.span and told.picture in ("top", "bottom"):
        spans = [count]
    found: list[tuple[Figure | None, int, str, float]] = [nothing]
    for span in spans:
        at = told.picture
        if at == "auto":
            at = "top" if span == count else "right"
        if not text and span < count:
            continue
        shown = figure(fonts, told.photos, columns.span(span), told.crop, grid.size, grid.leading)
        cost = abs(span / count - 0.6) * 2 if text else 0.0
        found.append((shown, span, at, cost + 8 * shown.coarse))
    return found


def _taste(size: float, made: Stack | None, beside: Upright | None, columns: Columns, width: float) -> float:
    """What speaks against a way besides how it fills the box; 0 for the best."""
    cells = abs(columns.measure.cells - 14) * 0.15
    if beside:
        cells += (1 - beside.filled) * HOLLOW
    lines = (beside or made).lines if beside or made else 1  # type: ignore[union-attr]
    return cells + 2 * np.log2(LADDER[0] / size if size else 1.0) + (0.0, 0.0, 0.3, 1.5)[min(lines, 3)]


class Judged(NamedTuple):
    """For each way (first axis) and height: lines that do not fit, lines that nothing can fill."""

    over: NDArray[np.int64]
    under: NDArray[np.int64]
    cost: NDArray[np.float64]


OVER, UNDER = 1e6, 300.0
BROKEN = 3000.0  # a table in columns half as wide as it wants costs half of it
HOLLOW = 6.0  # a vertical headline with nothing below it
LOUD = 900.0  # a headline larger than suits the box's area, so that large boxes have the larger headlines
LARGEST_PICTURE = 0.66  # of the ground under the headline, where there is text
LEFT_OUT = 1e11  # a picture that was asked for
IMPOSSIBLE = 1e12


def judge(
    found: Sequence[Way], told: Told, grid: Grid, width: float, rooms: Sequence[int], wasted: int = 0
) -> Judged:
    """`rooms`: box heights in lines, without the white on top. `wasted`: lines lost at columns' feet."""

    def column(values: list[Any]) -> NDArray[np.int64]:
        return np.array(values, dtype=np.int64)[:, None]

    count = column([way.columns.count for way in found])
    span = column([way.span for way in found])
    head, white = column([way.head for way in found]), column([way.white for way in found])
    lines = column([way.lines for way in found]) + wasted * column([way.lines > 0 for way in found])
    ranges = [(*way.figure.range, way.figure.smallest) if way.figure else (0, 0, 0, 0) for way in found]
    low, high, smallest = (column([r[i] for r in ranges]) for i in (0, 2, 3))
    room = np.array(rooms, dtype=np.int64)[None, :] - head
    empty = room < 1

    def capacity(tall: NDArray[np.int64], less: NDArray[np.int64] | int) -> NDArray[np.int64]:
        left = np.maximum(room - less, 0)
        rest = left - tall
        rest = np.where(rest >= LEAST_REST, rest, 0)
        return (count - span) * left + span * rest

    pressed = (span > 0) & (low > room)
    least = np.where(pressed, np.maximum(room, 0), low)
    most = np.minimum(high, np.maximum(room, 0))
    # As high as it goes, but for the lines that must stand under it.
    under_it = np.ceil((lines - (count - span) * np.maximum(room - white, 0)) / np.maximum(span, 1))
    under_it = np.where(under_it > 0, np.maximum(under_it, LEAST_REST), 0).astype(np.int64)
    most = np.maximum(np.minimum(most, room - white - under_it), least)
    largest, fullest = capacity(least, 0), capacity(most, white)
    over = np.where(empty, np.maximum(lines, 1), np.maximum(lines - largest, 0))
    under = np.where(empty, 0, np.maximum(fullest - np.maximum(count - 1, 1) - lines, 0))
    hopeless = (over.min(axis=0, keepdims=True) > 0) & np.array([[way.meagre] for way in found])
    cost = hopeless * 1e10 + over * (empty * OVER if told.goes_on else OVER) + under * UNDER
    cost = cost + np.array([way.score for way in found])[:, None]
    if not told.size:
        ground = np.sqrt(width * np.array(rooms)[None, :] * grid.leading)
        loud = np.maximum(8 + 0.06 * ground, told.vertical * 0.11 * np.array(rooms)[None, :] * grid.leading)
        cost = cost + (np.array([[way.size] for way in found]) > loud) * LOUD
    share = head / np.maximum(np.array(rooms)[None, :], 1)
    cost = cost + np.maximum(share - 0.33, 0) * 30 + (share > 0.5) * 3000.0
    pictured = span * least / np.maximum(count * np.maximum(room, 1), 1)
    if not told.pictured:  # rather some white than so large a picture
        cost = cost + (pictured > LARGEST_PICTURE) * (lines > 0) * 1e5
    cost = cost + pressed * 50.0 + (pressed & (smallest > room)) * IMPOSSIBLE
    return Judged(over, under, cost)
