"""A small hand press: flat shapes, hand-made gradients, carved lines and paper grain, with Pillow alone.

Coordinates are pixels of the finished print, origin at the top left; the sheet itself is twice as large and
is reduced when printed. Inks are `#rrggbb` strings. A sheet with the same seed gives the same bytes.
"""

import io
import math
import random
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SCALE = 2

Points = Sequence[tuple[float, float]]

INK, COAL, NIGHT, DEEP = "#22201d", "#3a3632", "#1d2c38", "#33505f"
BLUE, MIST, SKY = "#6d8a97", "#aebdba", "#dadbcd"
PAPER, CREAM, SAND, OCHRE = "#f3ead8", "#eadcbd", "#d5bb8b", "#c48f42"
RUST, BROWN, RED, ROSE = "#93502f", "#5b4433", "#b8361f", "#d98a6c"
GREEN, SAGE, PINE, SKIN, ASH = "#66794f", "#a3ac86", "#34473a", "#c99a74", "#c9c2b0"


def rgb(ink: str) -> tuple[int, int, int]:
    """The three bytes of `#rrggbb`."""
    return int(ink[1:3], 16), int(ink[3:5], 16), int(ink[5:7], 16)


def mix(one: str, other: str, part: float) -> str:
    """`one` with `part` (0 to 1) of `other` stirred in."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(rgb(one), rgb(other), strict=True))


def curve(*knots: tuple[float, float], steps: int = 12) -> list[tuple[float, float]]:
    """A smooth line through `knots` (Catmull-Rom)."""
    ends = [knots[0], *knots, knots[-1]]
    out = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            u, v = t * t, t * t * t
            out.append(
                (
                    0.5 * (2 * bx + (cx - ax) * t + (2 * ax - 5 * bx + 4 * cx - dx) * u + (3 * bx - ax - 3 * cx + dx) * v),
                    0.5 * (2 * by + (cy - ay) * t + (2 * ay - 5 * by + 4 * cy - dy) * u + (3 * by - ay - 3 * cy + dy) * v),
                )
            )
    return [*out, knots[-1]]


def blob(x: float, y: float, rx: float, ry: float, n: int = 40, wave: float = 0.0, turn: float = 0.0) -> list[tuple[float, float]]:
    """An oval as points; `wave` makes its edge uneven."""
    return [
        (x + rx * (1 + wave * math.sin(5 * a + turn * 7)) * math.cos(a + turn), y + ry * (1 + wave * math.cos(3 * a + turn * 5)) * math.sin(a + turn))
        for a in (math.tau * i / n for i in range(n))
    ]


def wander(rng: random.Random, x0: float, x1: float, y: float, rise: float, step: float = 60) -> list[tuple[float, float]]:
    """A skyline of hills from `x0` to `x1` around height `y`, as high as `rise`."""
    phases = [(rng.uniform(0.6, 1.4) * k, rng.uniform(0, math.tau), 1 / k**1.15) for k in (1, 2, 3.7, 7.3, 15)]
    span, out, x = x1 - x0, [], x0
    while x <= x1 + step:
        a = (x - x0) / span * math.tau
        out.append((x, y - rise * sum(w * math.sin(a * f + p) for f, p, w in phases) / 1.8))
        x += step
    return out


@cache
def _grain(size: int, seed: int) -> Image.Image:
    """A square of even noise, mean 128."""
    return Image.frombytes("L", (size, size), random.Random(seed).randbytes(size * size))


def _paper(width: int, height: int) -> Image.Image:
    """Fine grain over slow cloudiness, as an L picture around 128."""
    tile = _grain(512, 3).filter(ImageFilter.BoxBlur(0.8)).point(lambda v: round(128 + (v - 128) * 0.20))
    fine = Image.new("L", (width, height))
    for x in range(0, width, 512):
        for y in range(0, height, 512):
            fine.paste(tile, (x, y))
    slow = _grain(64, 4).filter(ImageFilter.BoxBlur(2)).point(lambda v: round(128 + (v - 128) * 0.5))
    return ImageChops.add(fine, slow.resize((width, height), Image.Resampling.BICUBIC), 1, -128)


class Sheet:
    """One print being made. `w`, `h`: its finished size; `rng`: the only source of chance."""

    def __init__(self, width: int, height: int, seed: int, ground: str = PAPER) -> None:
        self.w, self.h, self.rng = width, height, random.Random(seed)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    # Flat ink

    def shape(self, points: Points, ink: str, alpha: float = 1) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], (*rgb(ink), round(255 * alpha)))

    def cut(self, points: Points, ink: str, rough: float = 2.0, alpha: float = 1) -> None:
        """A filled polygon whose long edges waver like a knife's."""
        out = []
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            n = max(1, int(math.hypot(bx - ax, by - ay) / 45))
            out.append((ax, ay))
            for i in range(1, n):
                out.append((ax + (bx - ax) * i / n + self.rng.uniform(-rough, rough), ay + (by - ay) * i / n + self.rng.uniform(-rough, rough)))
        self.shape(out, ink, alpha)

    def box(self, x0: float, y0: float, x1: float, y1: float, ink: str, alpha: float = 1) -> None:
        """An upright rectangle."""
        self.shape([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink, alpha)

    def disc(self, x: float, y: float, r: float, ink: str, alpha: float = 1, ry: float | None = None) -> None:
        """A circle, or an oval of half height `ry`."""
        ry = r if ry is None else ry
        box = [(x - r) * SCALE, (y - ry) * SCALE, (x + r) * SCALE, (y + ry) * SCALE]
        self.draw.ellipse(box, (*rgb(ink), round(255 * alpha)))

    def stroke(self, points: Points, ink: str, width: float = 3, alpha: float = 1) -> None:
        """A line of even width with round ends (square ones where it is translucent)."""
        at = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(at, (*rgb(ink), round(255 * alpha)), max(1, round(width * SCALE)), joint="curve")
        if alpha == 1 and width >= 4:
            for x, y in (points[0], points[-1]):
                self.disc(x, y, width / 2, ink)

    def taper(self, points: Points, ink: str, start: float, end: float, alpha: float = 1) -> None:
        """A line whose width goes from `start` to `end`: branches, cables, reeds."""
        left, right = [], []
        for i, (x, y) in enumerate(points):
            (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
            long = math.hypot(bx - ax, by - ay) or 1
            half = (start + (end - start) * i / max(1, len(points) - 1)) / 2
            nx, ny = -(by - ay) / long * half, (bx - ax) / long * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.shape([*left, *reversed(right)], ink, alpha)

    # Gradients and light

    def wash(self, stops: Sequence[tuple[float, str]], points: Points | None = None, alpha: float = 1) -> None:
        """A vertical gradient over the sheet, or inside `points`; stops are (0 to 1 of its height, ink)."""
        xs, ys = ([p[i] for p in points] if points else [0, (self.w, self.h)[i]] for i in (0, 1))
        x0, y0 = math.floor(max(0, min(xs)) * SCALE), math.floor(max(0, min(ys)) * SCALE)
        size = math.ceil(min(self.w, max(xs)) * SCALE) - x0, math.ceil(min(self.h, max(ys)) * SCALE) - y0
        if min(size) <= 0:
            return
        column = Image.new("RGB", (1, 256))
        for i in range(256):
            t = i / 255
            (a, one), (b, other) = next(((p, q) for p, q in zip(stops, stops[1:], strict=False) if t <= q[0]), stops[-2:])
            column.putpixel((0, i), rgb(mix(one, other, min(1, max(0, (t - a) / (b - a or 1))))))
        mask = Image.new("L", size, 0 if points else round(255 * alpha))
        if points:
            ImageDraw.Draw(mask).polygon([(x * SCALE - x0, y * SCALE - y0) for x, y in points], round(255 * alpha))
        self.image.paste(column.resize(size, Image.Resampling.BILINEAR), (x0, y0), mask)

    def glow(self, x: float, y: float, r: float, ink: str, alpha: float = 0.6, ry: float | None = None) -> None:
        """Soft round light."""
        size = round(2 * r * SCALE), round(2 * (ry or r) * SCALE)
        soft = Image.radial_gradient("L").point(lambda v: round(alpha * 255 * max(0.0, 1 - v / 180) ** 1.6))
        corner = round(x * SCALE) - size[0] // 2, round(y * SCALE) - size[1] // 2
        self.image.paste(rgb(ink), corner, soft.resize(size, Image.Resampling.BILINEAR))

    def mist(self, y0: float, y1: float, ink: str, alpha: float = 0.6) -> None:
        """A band of haze, thickest at `y1`, fading upwards to `y0`."""
        ramp = Image.linear_gradient("L").point(lambda v: round(v * alpha))
        size = self.w * SCALE, round((y1 - y0) * SCALE)
        self.image.paste(rgb(ink), (0, round(y0 * SCALE)), ramp.resize(size, Image.Resampling.BILINEAR))

    def cuts(self, points: Points, ink: str, *, gap: float = 12, width: float = 3, angle: float = 0, length: float = 90, fill: float = 0.6, alpha: float = 0.5) -> None:
        """Carved strokes inside `points`: lens-shaped, along `angle` degrees, `fill` of the way covered."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, y0, x1, y1 = max(0, min(xs)), max(0, min(ys)), min(self.w, max(xs)), min(self.h, max(ys))
        size = round((x1 - x0) * SCALE), round((y1 - y0) * SCALE)
        if min(size) <= 0:
            return
        strokes, inside = Image.new("L", size), Image.new("L", size)
        ImageDraw.Draw(inside).polygon([((x - x0) * SCALE, (y - y0) * SCALE) for x, y in points], round(255 * alpha))
        pen, rng, a = ImageDraw.Draw(strokes), self.rng, math.radians(angle)
        dx, dy, reach = math.cos(a), math.sin(a), math.hypot(x1 - x0, y1 - y0) / 2
        cx, cy = (x1 - x0) / 2, (y1 - y0) / 2
        across = -reach
        while across < reach:
            along = -reach + rng.uniform(-length, 0)
            while along < reach:
                long, half = length * rng.uniform(0.5, 1.4), width * rng.uniform(0.35, 1) / 2
                off = across + rng.uniform(-gap, gap) * 0.22
                lens = ((0, 0), (0.3, half), (0.7, half * 0.9), (1, 0), (0.6, -half * 0.4), (0.3, -half * 0.4))
                pen.polygon([((cx + (along + long * t) * dx - (off + s) * dy) * SCALE, (cy + (along + long * t) * dy + (off + s) * dx) * SCALE) for t, s in lens], 255)
                along += long / max(0.05, fill) * rng.uniform(0.8, 1.2)
            across += gap
        self.image.paste(rgb(ink), (round(x0 * SCALE), round(y0 * SCALE)), ImageChops.multiply(strokes, inside))

    def speckle(self, points: Points, ink: str, count: int, size: float = 3, alpha: float = 1) -> None:
        """`count` small marks scattered in the bounding box of `points`."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        for _ in range(count):
            x, y, r = self.rng.uniform(min(xs), max(xs)), self.rng.uniform(min(ys), max(ys)), size * self.rng.uniform(0.4, 1)
            self.disc(x, y, r, ink, alpha)

    def mirror(self, y: float, depth: float, ink: str, fade: float = 0.45) -> None:
        """Still water below `y`: what stands above it upside down, dimmed towards `ink`, gently shaken."""
        top, tall = round((y - depth) * SCALE), round(depth * SCALE)
        above = self.image.crop((0, top, self.w * SCALE, top + tall)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        above = above.resize((self.w, tall // SCALE), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(1.2)).resize(above.size, Image.Resampling.BILINEAR)
        above = Image.blend(above, Image.new("RGB", above.size, ink), fade)
        row = 0
        while row < tall:
            thick = round(self.rng.uniform(3, 8) * (1 + row / tall * 2)) * SCALE // 2
            strip = above.crop((0, row, above.width, min(tall, row + thick)))
            self.image.paste(ImageChops.offset(strip, round(self.rng.gauss(0, 3 + 9 * row / tall)), 0), (0, round(y * SCALE) + row))
            row += thick

    # Printing

    def print(self) -> bytes:
        """The finished print: reduced, grained, dry spots in the solid ink; a JPEG."""
        proof = self.image.reduce(SCALE)
        proof = ImageChops.overlay(proof, Image.merge("RGB", [_paper(*proof.size)] * 3))
        spots = _grain(512, 5).filter(ImageFilter.BoxBlur(0.6)).point(lambda v: 110 if v > 208 else 0)
        mask = Image.new("L", proof.size)
        for x in range(0, proof.width, 512):
            for y in range(0, proof.height, 512):
                mask.paste(spots, (x, y))
        proof.paste(rgb(PAPER), (0, 0), mask.point(lambda v: v // 4))
        out = io.BytesIO()
        proof.save(out, "JPEG", quality=80, optimize=True, progressive=True)
        return out.getvalue()
