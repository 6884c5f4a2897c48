"""Pictures with their captions, as a block of whole text lines.

One picture takes the width; several stand in rows of equal height, or under each other where the width is
small. A crop "auto" may change the natural height by a fifth down and a quarter up, around the focal point;
where a picture must go into less, it is cropped further, then made narrower.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from issues.composition.drawing import LEAST_DPI, Canvas, Crop, Photo
from issues.composition.grid import Rect
from issues.composition.setting import Lettering, aligned, fitted, width, wrapped
from issues.fonts import FontSet

LEAST, MOST = 0.8, 1.25
DEEPEST = 0.5  # of the natural height, before a picture is made narrower
ASPECTS = {"16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0, "3x4": 3 / 4}
SIZE = 8 / 9  # of the body's
LEADING = 1.3  # of the caption's size
BETWEEN = 4.0  # points between pictures side by side, and between a picture and its caption
ONE_A_ROW = 22  # ems; in less, pictures stand under each other
SIMILAR = 0.3  # aspects that differ more make no row
LOWEST = 3.0


class Row(NamedTuple):
    """Pictures side by side. `height` is natural, `aspects` are of what is shown; captions stand below."""

    photos: tuple[Photo, ...]
    aspects: tuple[float, ...]
    height: float
    captions: tuple[tuple[Lettering, ...], ...]
    caption_height: float


class Figure(NamedTuple):
    """A block of pictures. Points high: `natural`, `least`, `most` of the pictures, `rest` of all else."""

    wide: float
    rows: tuple[Row, ...]
    natural: float
    least: float
    most: float
    rest: float
    leading: float

    def lines(self, height: float) -> int:
        return max(ceil((height + self.rest) / self.leading - 0.01), 1)

    @property
    def range(self) -> tuple[int, int, int]:
        """Lines of text the block may take: least, natural, most."""
        low, middle = self.lines(self.least), self.lines(self.natural)
        return low, max(middle, low), max(int((self.most + self.rest) / self.leading + 0.01), low)

    @property
    def coarse(self) -> float:
        """How far the pictures fall short of 200 dots per inch: 0 for not at all, near 1 for very far."""
        dots = (p.width * 72 / (row.height * p.aspect) for row in self.rows for p in row.photos)
        return max(1 - min(dots) / LEAST_DPI, 0.0)

    @property
    def smallest(self) -> int:
        """Lines it can be pressed into."""
        return min(self.lines(max(self.natural * 0.3, LOWEST)), self.range[0])

    def draw(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Into a block that high (without white below it)."""
        rest = self.rest - self.leading * 0.5
        share = max(height - rest, LOWEST) / self.natural
        low, high = self.least / self.natural, self.most / self.natural
        if low < high:
            low = DEEPEST
        factor = min(max(share, low), high)
        narrower = min(share / factor, 1.0)
        for row in self.rows:
            tall = row.height * factor
            self._pictures(canvas, row, x + self.wide * (1 - narrower) / 2, y, tall, narrower)
            y += tall * narrower + (BETWEEN if row.caption_height else 0.0)
            for captions in row.captions:
                for letters in captions:
                    letters.draw(canvas, x, y)
            y += row.caption_height + BETWEEN

    def _pictures(self, canvas: Canvas, row: Row, x: float, y: float, tall: float, narrower: float) -> None:
        for shown, aspect in zip(row.photos, row.aspects, strict=True):
            wide = row.height * aspect
            canvas.image(
                shown,
                Rect(x, y, wide * narrower, max(tall * narrower, 1.0)),
                crop(shown.aspect, wide / tall, shown.focal),
            )
            x += (wide + BETWEEN) * narrower


@lru_cache(maxsize=2048)
def figure(
    fonts: FontSet, photos: tuple[Photo, ...], wide: float, mode: str, body: float, leading: float
) -> Figure:
    """`mode`: auto, whole, or the aspect to show."""
    aspects = [ASPECTS.get(mode, p.aspect) for p in photos]
    a_row = 1 if wide < ONE_A_ROW * body or min(aspects) / max(aspects) < SIMILAR else 3
    even = ceil(len(photos) / ceil(len(photos) / a_row))
    groups = (photos[at : at + even] for at in range(0, len(photos), even))
    rows = tuple(_row(fonts, group, wide, mode, body) for group in groups)
    natural = max(sum(row.height for row in rows), LOWEST)
    stretch = (LEAST, MOST) if mode == "auto" else (1.0, 1.0)
    rest = sum(row.caption_height + (BETWEEN if row.caption_height else 0.0) + BETWEEN for row in rows)
    rest += leading * 0.5 - BETWEEN
    return Figure(wide, rows, natural, natural * stretch[0], natural * stretch[1], rest, leading)


def _row(fonts: FontSet, photos: Sequence[Photo], wide: float, mode: str, body: float) -> Row:
    aspects = tuple(ASPECTS.get(mode, p.aspect) for p in photos)
    room = wide - BETWEEN * (len(photos) - 1)
    height = room / sum(aspects)
    captions, x = [], 0.0
    groups = _captioned(photos)
    for group in groups:
        span = sum(height * aspects[i] for i in group) + BETWEEN * (len(group) - 1)
        own = span if group is groups[-1] else span - body
        captions.append(_caption(fonts, [photos[i] for i in group], x, own, body))
        x += span + BETWEEN
    deep = max((letters[-1].y + body * SIZE * 0.3 for letters in captions if letters), default=0.0)
    return Row(tuple(photos), aspects, height, tuple(captions), deep)


def _captioned(photos: Sequence[Photo]) -> list[list[int]]:
    """The pictures of a row by what caption they share."""
    groups: list[list[int]] = []
    for number, shown in enumerate(photos):
        if groups and (shown.joined or not (shown.caption or shown.credit)):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _caption(
    fonts: FontSet, photos: Sequence[Photo], x: float, wide: float, body: float
) -> tuple[Lettering, ...]:
    """The caption, and the credit flush right behind it or on a line of its own."""
    size, leading = body * SIZE, body * SIZE * LEADING
    caption = next((p.caption for p in photos if p.caption), "")
    credit = next((p.credit for p in photos if p.credit), "")
    lines = wrapped(fonts, caption, "kai", size, wide) if caption else ()
    letters = aligned(lines, size, leading, wide, "left", 0.0)
    if credit:
        line, small = fitted(fonts, credit, "kai", size * 0.94, wide)
        own = not lines or width(lines[-1], size) + size * 1.5 + width(line, small) > wide
        y = (len(lines) + own) * leading - leading + (leading - size) / 2 + 0.88 * size
        letters.append(Lettering(line, wide - width(line, small), y, small, "k100"))
    return tuple(Lettering(le.line, le.x + x, le.y, le.size, le.colour) for le in letters)


def crop(aspect: float, shown: float, focal: tuple[int, int]) -> Crop:
    """What to take off left, top, right and bottom, in thousandths, to show a picture in another aspect."""
    if shown < aspect:
        left = _off(shown / aspect, focal[0])
        return left, 0, 1000 - left - round(1000 * shown / aspect), 0
    top = _off(aspect / shown, focal[1])
    return 0, top, 0, 1000 - top - round(1000 * aspect / shown)


def _off(part: float, focal: int) -> int:
    """How much to take off before a window that shows `part` around the focal point."""
    window = round(1000 * part)
    return min(max(focal - window // 2, 0), 1000 - window)
