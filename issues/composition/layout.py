"""A story's layout in a box: the best way chosen, the text set down its columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from issues.composition import flow
from issues.composition.flow import Placed, Slot
from issues.composition.grid import Grid
from issues.composition.plan import Way, judge, ways
from issues.composition.told import Told
from issues.fonts import FontSet

ATTEMPTS = 6


class Layout(NamedTuple):
    """The way chosen, its white and its picture's height in lines, and the text set down its columns."""

    way: Way
    white: int
    figure: int
    room: int  # lines for text in a column without a picture
    regions: list[tuple[int, int]]  # first line and number of lines of each column
    placed: list[Placed]
    text: tuple[Slot, ...]

    def line(self, one: Placed) -> int:
        """The line a piece stands on, from the top of the columns."""
        return self.regions[one.column][0] + one.line


def lay_out(fonts: FontSet, grid: Grid, told: Told, wide: float, lines: int) -> Layout | None:
    """The best way with its text set; None if not even the headline fits.

    What arithmetic can't know is how many lines subheads and tables leave empty at the feet of columns:
    where the text then runs over, the choice is made again with so many more.
    """
    found = ways(fonts, told, grid, wide, lines * grid.leading if told.vertical else 0.0)
    wasted, best = 0, None
    for _ in range(ATTEMPTS if found else 0):
        judged = judge(found, told, grid, wide, [lines], wasted)
        way = found[int(np.argmin(judged.cost[:, 0]))]
        left = lines - way.head
        if left < 1 or (way.figure and way.figure.smallest > left):
            return best
        white, tall = even_out(way, left, way.lines + wasted)
        text = flow.slots(fonts, told.text, way.columns.measure, told.start, told.lead)
        regions = way.regions(left - white, tall)
        placed = flow.fill(text, [height for _, height in regions])
        layout = Layout(way, white, tall, left - white, regions, placed, text)
        if best is None or len(placed) - len(text) > len(best.placed) - len(best.text):
            best = layout
        if len(placed) == len(text) or told.goes_on or judged.over[:, 0].min() > 0:
            return best
        wasted += sum(slot.before + slot.piece.height for slot in text[len(placed) :])
    return best


def even_out(way: Way, left: int, lines: int) -> tuple[int, int]:
    """White and height of the picture, in lines, that fill the columns most evenly."""
    if not way.figure:
        free = way.columns.count * left - lines
        return min(max(free // way.columns.count, 0), way.white), 0
    low, natural, high = way.figure.range
    low = min(low, left)
    best, least = (0, low), float("inf")
    for tall in range(low, max(min(high, left), low) + 1):
        free = way.capacity(left, tall) - lines
        for white in range(min(way.white, left - tall) + 1):
            rest = way.capacity(left - white, tall) - lines
            if rest < 0 and (white or free >= 0 or tall > low):
                break
            cost = (
                max(rest - way.columns.count + 1, 0) * 10
                + rest * 0.6
                + abs(tall - natural) * 0.5
                + white * 0.4
            )
            if cost < least:
                best, least = (white, tall), cost
    return best
