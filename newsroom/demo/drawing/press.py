"""A small hand press: flat shapes, hand-made gradients, carved lines and paper grain, with Pillow alone.

Coordinates are pixels of the finished print, origin at the top left; the sheet itself is `SCALE` times as
large and is reduced when printed. A sheet with the same seed gives the same bytes.
"""

from __future__ import annotations

import copy
import io
import math
import random
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Self

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from newsroom.demo.drawing.ink import Point, Points, area, bounds, points, rgb

SCALE = 2
Stops = Sequence[tuple[float, str]]


class Sheet:
    """One print being made. `w`, `h`: its finished size; `rng`: the only source of chance."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.w, self.h = width, height
        self.rng = random.Random(seed)  # noqa: S311 - chance as in a drawing
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), rgb("paper"))
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self.origin, self.size, self.face = (0.0, 0.0), 1.0, 1

    def at(self, x: float, y: float, size: float = 1, face: int = 1) -> Self:
        """The same sheet for a thing drawn in coordinates of its own: origin at (x, y), lengths times `size`;
        with `face` -1 left is right."""
        moved = copy.copy(self)
        moved.origin = (
            self.origin[0] + x * self.size * self.face,
            self.origin[1] + y * self.size,
        )
        moved.size, moved.face = self.size * size, self.face * face
        return moved

    # Flat ink

    def shape(self, outline: Points, ink: str, alpha: float = 1) -> None:
        """A filled polygon."""
        self.draw.polygon(self._placed(points(outline)), _opaque(ink, alpha))

    def cut(self, outline: Points, ink: str, rough: float = 2, alpha: float = 1) -> None:
        """A filled polygon whose long edges waver like a knife's."""
        corners, out = area(outline), []
        for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
            n = max(1, int(math.hypot(bx - ax, by - ay) / 45))
            out.append((ax, ay))
            for i in range(1, n):
                dx, dy = self.rng.uniform(-rough, rough), self.rng.uniform(-rough, rough)
                out.append((ax + (bx - ax) * i / n + dx, ay + (by - ay) * i / n + dy))
        self.shape(out, ink, alpha)

    def box(self, x0: float, y0: float, x1: float, y1: float, ink: str, alpha: float = 1) -> None:
        """An upright rectangle."""
        self.shape([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink, alpha)

    def disc(self, x: float, y: float, r: float, ink: str, alpha: float = 1, ry: float | None = None) -> None:
        """A circle, or an oval of half height `ry`."""
        self.draw.ellipse(self._round(x, y, r, ry), _opaque(ink, alpha))

    def ring(self, x: float, y: float, r: float, ink: str, width: float, ry: float | None = None) -> None:
        """The outline of a circle or oval, `width` inwards."""
        self.draw.ellipse(
            self._round(x, y, r, ry), outline=_opaque(ink, 1), width=round(width * self.size * SCALE)
        )

    def stroke(self, line: Points, ink: str, width: float = 3, alpha: float = 1) -> None:
        """A line of even width with round ends (square ones where it is thin or translucent)."""
        through = points(line)
        wide = max(1, round(width * self.size * SCALE))
        self.draw.line(self._placed(through), _opaque(ink, alpha), wide, joint="curve")
        if alpha == 1 and width * self.size >= 4:
            for x, y in (through[0], through[-1]):
                self.disc(x, y, width / 2, ink)

    def taper(self, line: Points, ink: str, start: float, end: float, alpha: float = 1) -> None:
        """A line whose width goes from `start` to `end`: branches, cables, reeds."""
        through = points(line)
        left, right = [], []
        for i, (x, y) in enumerate(through):
            (ax, ay), (bx, by) = through[max(0, i - 1)], through[min(len(through) - 1, i + 1)]
            long = math.hypot(bx - ax, by - ay) or 1
            half = (start + (end - start) * i / max(1, len(through) - 1)) / 2
            nx, ny = -(by - ay) / long * half, (bx - ax) / long * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.shape([*left, *reversed(right)], ink, alpha)

    def speckle(self, where: Points, ink: str, count: int, size: float = 3, alpha: float = 1) -> None:
        """`count` small marks scattered over the bounds of `where`."""
        x0, y0, x1, y1 = bounds(points(where))
        for _ in range(count):
            x, y, r = self.rng.uniform(x0, x1), self.rng.uniform(y0, y1), size * self.rng.uniform(0.4, 1)
            self.disc(x, y, r, ink, alpha)

    # Gradients and light

    def wash(self, stops: Stops, where: Points | None = None, alpha: float = 1) -> None:
        """A vertical gradient over the sheet, or inside `where`; stops are (0 to 1 of its height, ink)."""
        outline = self._placed(area(where) if where else [(0, 0), (self.w, self.h)])
        x0, y0, x1, y1 = self._clipped(outline)
        if x1 <= x0 or y1 <= y0:
            return
        shades = _spread(_gradient(stops), (x1 - x0, y1 - y0))
        self.image.paste(shades, (x0, y0), _mask(outline, (x0, y0, x1, y1), alpha) if where else None)

    def glow(
        self, x: float, y: float, r: float, ink: str, alpha: float = 0.6, ry: float | None = None
    ) -> None:
        """Soft round light."""
        left, top, right, bottom = (round(v / SCALE) for v in self._round(x, y, r, ry))
        fade = Image.radial_gradient("L").point(_levels(lambda v: alpha * 255 * max(0, 1 - v / 180) ** 1.6))
        soft = fade.resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        large = soft.resize((soft.width * SCALE, soft.height * SCALE), Image.Resampling.NEAREST)
        self.image.paste(rgb(ink), (left * SCALE, top * SCALE), large)

    def mist(self, y0: float, y1: float, ink: str, alpha: float = 0.6) -> None:
        """A band of haze, thickest at `y1`, fading upwards to `y0`."""
        ramp = Image.linear_gradient("L").crop((0, 0, 1, 256)).point(_levels(lambda v: v * alpha))
        size = self.w * SCALE, round((y1 - y0) * SCALE)
        self.image.paste(rgb(ink), (0, round(y0 * SCALE)), _spread(ramp, size))

    def mirror(self, y: float, depth: float, ink: str, fade: float = 0.45) -> None:
        """Still water below `y`: what stands above it upside down, dimmed towards `ink`, gently shaken."""
        top, tall, wide = round((y - depth) * SCALE), round(depth * SCALE), self.w * SCALE
        above = self.image.crop((0, top, wide, top + tall)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        soft = above.reduce(SCALE).filter(ImageFilter.BoxBlur(1.2)).resize(above.size)
        water = Image.blend(soft, Image.new("RGB", above.size, rgb(ink)), fade)
        row = 0
        while row < tall:
            thick = round(self.rng.uniform(3, 8) * (1 + row / tall * 2))
            strip = water.crop((0, row, wide, min(tall, row + thick)))
            shake = round(self.rng.gauss(0, 3 + 9 * row / tall))
            self.image.paste(ImageChops.offset(strip, shake, 0), (0, round(y * SCALE) + row))
            row += thick

    # Carving

    def cuts(
        self,
        where: Points,
        ink: str,
        *,
        gap: float = 12,
        width: float = 3,
        angle: float = 0,
        length: float = 90,
        fill: float = 0.6,
        alpha: float = 0.5,
    ) -> None:
        """Carved strokes inside `where`: lens-shaped, along `angle` degrees, `fill` of the way covered."""
        outline = self._placed(area(where))
        x0, y0, x1, y1 = box = self._clipped(outline)
        if x1 <= x0 or y1 <= y0:
            return
        strokes = Image.new("L", (x1 - x0, y1 - y0))
        pen, reach = ImageDraw.Draw(strokes), math.hypot(x1 - x0, y1 - y0) / 2 / SCALE
        turn, middle = math.radians(angle), ((x1 - x0) / 2, (y1 - y0) / 2)
        gap, width, length = gap * self.size, width * self.size, length * self.size
        across = -reach
        while across < reach:
            along = -reach + self.rng.uniform(-length, 0)
            while along < reach:
                long, half = length * self.rng.uniform(0.5, 1.4), width * self.rng.uniform(0.35, 1) / 2
                off = across + self.rng.uniform(-gap, gap) * 0.22
                pen.polygon(_lens(along, off, long, half, turn, middle), 255)
                along += long / max(0.05, fill) * self.rng.uniform(0.8, 1.2)
            across += gap
        inside = _mask(outline, box, alpha)
        self.image.paste(rgb(ink), (x0, y0), ImageChops.multiply(strokes, inside))

    # Printing

    def print(self) -> bytes:
        """The finished print: reduced, grained, dry spots in the solid ink; a JPEG."""
        proof = self.image.reduce(SCALE)
        proof = ImageChops.overlay(proof, Image.merge("RGB", [_paper(proof.size)] * 3))
        proof.paste(rgb("paper"), (0, 0), _dry_spots(proof.size))
        out = io.BytesIO()
        proof.save(out, "JPEG", quality=80, optimize=True, progressive=True)
        return out.getvalue()

    def _placed(self, outline: Sequence[Point]) -> list[Point]:
        """Pixels of the large sheet."""
        ox, oy = self.origin
        across, down = self.size * self.face * SCALE, self.size * SCALE
        return [(x * across + ox * SCALE, y * down + oy * SCALE) for x, y in outline]

    def _round(self, x: float, y: float, r: float, ry: float | None) -> list[float]:
        return list(bounds(self._placed([(x - r, y - (ry or r)), (x + r, y + (ry or r))])))

    def _clipped(self, outline: Sequence[Point]) -> tuple[int, int, int, int]:
        x0, y0, x1, y1 = bounds(outline)
        return (
            max(0, math.floor(x0)),
            max(0, math.floor(y0)),
            min(self.w * SCALE, math.ceil(x1)),
            min(self.h * SCALE, math.ceil(y1)),
        )


def _opaque(ink: str, alpha: float) -> tuple[int, int, int, int]:
    return (*rgb(ink), round(255 * alpha))


def _mask(outline: Sequence[Point], box: tuple[int, int, int, int], alpha: float) -> Image.Image:
    x0, y0, x1, y1 = box
    mask = Image.new("L", (x1 - x0, y1 - y0))
    ImageDraw.Draw(mask).polygon([(x - x0, y - y0) for x, y in outline], round(255 * alpha))
    return mask


def _gradient(stops: Stops) -> Image.Image:
    """A column one pixel wide."""
    column = Image.new("RGB", (1, 256))
    for i in range(256):
        t = i / 255
        (a, one), (b, other) = next((pair for pair in pairwise(stops) if t <= pair[1][0]), stops[-2:])
        part = min(1, max(0, (t - a) / (b - a or 1)))
        shade = [round(p + (q - p) * part) for p, q in zip(rgb(one), rgb(other), strict=True)]
        column.putpixel((0, i), (shade[0], shade[1], shade[2]))
    return column


def _spread(column: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A column one pixel wide, stretched smoothly downwards and repeated sideways."""
    tall = column.resize((1, size[1]), Image.Resampling.BILINEAR)
    return tall.resize(size, Image.Resampling.NEAREST)


def _lens(along: float, off: float, long: float, half: float, turn: float, middle: Point) -> list[Point]:
    """One carved stroke, thick at a third of its length, in pixels."""
    dx, dy = math.cos(turn) * SCALE, math.sin(turn) * SCALE
    outline = ((0, 0), (0.3, half), (0.7, half * 0.9), (1, 0), (0.6, -half * 0.4), (0.3, -half * 0.4))
    return [
        (
            middle[0] + (along + long * t) * dx - (off + side) * dy,
            middle[1] + (along + long * t) * dy + (off + side) * dx,
        )
        for t, side in outline
    ]


def _levels(curve: Callable[[int], float]) -> list[int]:
    """What each of 256 greys becomes."""
    return [round(curve(v)) for v in range(256)]


@cache
def _noise(size: int, seed: int) -> Image.Image:
    rng = random.Random(seed)  # noqa: S311 - paper grain
    return Image.frombytes("L", (size, size), rng.randbytes(size * size))


@lru_cache(maxsize=1)
def _paper(size: tuple[int, int]) -> Image.Image:
    """Fine grain over slow cloudiness, around 128."""
    fine = _noise(512, 3).filter(ImageFilter.BoxBlur(0.8)).point(_levels(lambda v: 128 + (v - 128) * 0.2))
    slow = _noise(64, 4).filter(ImageFilter.BoxBlur(2)).point(_levels(lambda v: 128 + (v - 128) * 0.5))
    return ImageChops.add(_tiled(fine, size), slow.resize(size, Image.Resampling.BICUBIC), 1, -128)


@lru_cache(maxsize=1)
def _dry_spots(size: tuple[int, int]) -> Image.Image:
    spots = _noise(512, 5).filter(ImageFilter.BoxBlur(0.6)).point(_levels(lambda v: 27 * (v > 208)))
    return _tiled(spots, size)


def _tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("L", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            whole.paste(tile, (x, y))
    return whole
