"""Random sets of pieces for automatic layout, with a simple model of how a story fills a box.

The model: a column holds two lines in a grid row. A headline stands in one or two lines of a size of the
ladder, over the byline; a picture spans some columns, cropped to 0.8 to 1.25 times its height, over a row of
caption; headlines wider than three columns may have up to four grid rows of white; one row parts a box from
what is below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import ceil, floor
from random import Random

import numpy as np

from issues.arrange import Box, Piece

POINTS = 72 / 25.4
SHORTEST = 80  # characters of a story in the random sets
LADDER = (42, 36, 31.5, 28, 24, 21, 18, 16, 14)


@dataclass(frozen=True)
class Format:
    columns: int
    rows: int
    column: float  # points
    gutter: float = 4 * POINTS
    row: float = 8.75 * POINTS

    @property
    def line(self) -> int:
        return int(self.column / 9)

    @property
    def cell(self) -> int:
        return 2 * self.line

    def width(self, cols: int) -> float:
        return cols * self.column + (cols - 1) * self.gutter


TABLOID = Format(6, 40, (240 - 5 * 4) / 6 * POINTS)
BROADSHEET = Format(8, 56, (350 - 7 * 4) / 8 * POINTS)


@dataclass(frozen=True)
class Story:
    """A picture that stands alone has no characters and no headline."""

    weight: int
    characters: int
    headline: int  # characters
    picture: float | None  # width by height


def headline_rows(format_: Format, cols: int, headline: int, size: float) -> int | None:
    """Rows of headline and byline; None where it would take more than two lines."""
    if not headline:
        return 0
    lines = ceil(headline * size / format_.width(cols))
    return ceil((lines * size * 1.25 + 12.4) / format_.row) if lines <= 2 else None


def picture_rows(format_: Format, cols: int, aspect: float, crop: float) -> float:
    return format_.width(cols) / aspect * crop / format_.row


def fit(format_: Format, story: Story) -> tuple[np.ndarray, np.ndarray]:
    """`over` and `under` of the story: the choice of headline, picture and white that fits each box best."""
    shape = (format_.columns, format_.rows)
    over, under = np.zeros(shape, int), np.zeros(shape, int)
    for cols, rows in product(range(1, shape[0] + 1), range(1, shape[1] + 1)):
        best = min(_choices(format_, story, cols, rows), key=lambda left: (max(-left, 0), abs(left)))
        over[cols - 1, rows - 1], under[cols - 1, rows - 1] = max(-best, 0), max(best, 0)
    return over, under


def _choices(format_: Format, story: Story, cols: int, rows: int) -> list[int]:
    """Characters left (or, below zero, missing) for each way to set the story in the box."""
    if not story.headline:
        return _picture_alone(format_, story, cols, rows)
    heads = {h for size in LADDER if (h := headline_rows(format_, cols, story.headline, size)) is not None}
    if not heads:
        heads = {ceil(14 * 1.25 * ceil(story.headline * 14 / format_.width(cols)) / format_.row)}
    white = range(5) if cols > 3 else range(1)
    pictures = {0}
    if story.picture:
        pictures = {
            span * (height + 1)
            for span in range(1, cols + 1)
            for height in range(
                ceil(picture_rows(format_, span, story.picture, 0.8)),
                floor(picture_rows(format_, span, story.picture, 1.25)) + 1,
            )
            if height + 1 + min(heads) + 1 <= rows
        } or {cols * rows}
    depths = {head + extra + 1 for head in heads for extra in white}
    return [
        ((rows - depth) * cols - taken) * format_.cell - story.characters
        for depth in depths
        for taken in pictures
    ]


def _picture_alone(format_: Format, story: Story, cols: int, rows: int) -> list[int]:
    least, most = (picture_rows(format_, cols, story.picture or 1.5, crop) for crop in (0.8, 1.25))
    height = rows - 2  # caption, and the row below
    missing, left = max(ceil(least) - height, 0), max(height - floor(most), 0)
    return [(left - missing) * cols * format_.cell]


def need(format_: Format, story: Story) -> int:
    """Cells in plain setting: a headline by its weight, the picture uncropped over half the width."""
    share = 0.3 + 0.35 * story.weight / 100 if story.headline else 0.35
    cols = min(max(round(format_.columns * share), 2), format_.columns)
    picture = 0.0
    if story.picture:
        span = max(cols // 2, 1) if story.headline else cols
        picture = span * (picture_rows(format_, span, story.picture, 1) + (1 if story.headline else 2))
    if not story.headline:
        return ceil(picture)
    sizes = [size for size in LADDER if size <= 14 + story.weight * 0.16]
    head = next(filter(None, (headline_rows(format_, cols, story.headline, size) for size in sizes)), 2)
    return ceil(picture + cols * (head + 1) + story.characters / format_.cell)


def random_set(
    seed: int,
    count: int,
    format_: Format,
    least: float = 0.6,
    most: float = 0.85,
    fixed: tuple[Box, ...] = (),
) -> list[Story]:
    """`count` pieces that together need between those shares of the page's free ground."""
    random = Random(seed)
    share = random.uniform(least, most)
    ground = format_.columns * format_.rows - sum(box.cols * box.rows for box in fixed)
    while True:
        stories = [_story(random) for _number in range(count)]
        for _step in range(20):  # lengths follow from the share; pictures and headlines are what they are
            text = max(sum(story.characters for story in stories) / format_.cell, 1)
            scale = 1 + (share * ground - total(format_, stories)) / text
            stories = [
                replace(story, characters=max(int(story.characters * scale), SHORTEST))
                if story.headline
                else story
                for story in stories
            ]
        if text >= 0.25 * share * ground and least <= total(format_, stories) / ground <= most:
            return stories


def total(format_: Format, stories: list[Story]) -> int:
    return sum(need(format_, story) for story in stories)


def _story(random: Random) -> Story:
    weight = random.randint(10, 100)
    aspect = random.choice([1.5, 1.5, 1.33, 1.78, 1.0, 0.75])
    if random.random() < 0.15:
        return Story(weight, 0, 0, aspect)
    picture = aspect if random.random() < 0.45 else None
    characters = int(random.lognormvariate(7, 0.6))
    return Story(weight, characters, random.randint(8, 18), picture)


def pieces(format_: Format, stories: list[Story]) -> list[Piece]:
    return [Piece(number, story.weight, *fit(format_, story)) for number, story in enumerate(stories)]
