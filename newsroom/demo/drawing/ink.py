"""Inks and lines.

An ink is a word of `INKS` or `#rrggbb`, with others stirred in: `"rust brown.55 mist.2"` is rust with 55% of
brown, and 20% of mist in that. Points are pairs, or a text as in SVG: `"0,30 80,30 40,90"`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from functools import cache

INKS = {
    "ink": "#22201d", "coal": "#3a3632", "night": "#1d2c38", "deep": "#33505f", "blue": "#6d8a97",
    "mist": "#aebdba", "sky": "#dadbcd", "paper": "#f3ead8", "cream": "#eadcbd", "sand": "#d5bb8b",
    "ochre": "#c48f42", "rust": "#93502f", "brown": "#5b4433", "red": "#b8361f", "rose": "#d98a6c",
    "green": "#66794f", "sage": "#a3ac86", "pine": "#34473a", "skin": "#c99a74", "ash": "#c9c2b0",
    "white": "#fbf7ec", "lamplight": "#fff0cc",
}  # fmt: skip

Point = tuple[float, float]
Points = str | Sequence[Point]


@cache
def rgb(ink: str) -> tuple[int, int, int]:
    """The three bytes of an ink."""
    first, *others = ink.split()
    code = INKS.get(first, first)
    red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
    for other in others:
        word, _, part = other.partition(".")
        red, green, blue = rgb(mix(f"#{red:02x}{green:02x}{blue:02x}", word, float(f"0.{part}")))
    return red, green, blue


def mix(one: str, other: str, part: float) -> str:
    """`one` with `part` (0 to 1) of `other` stirred in."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def points(given: Points) -> list[Point]:
    """The pairs a text stands for."""
    if not isinstance(given, str):
        return list(given)
    pairs = (pair.split(",") for pair in given.split())
    return [(float(x), float(y)) for x, y in pairs]


def area(given: Points) -> list[Point]:
    """The same; two points are the opposite corners of a rectangle."""
    found = points(given)
    if len(found) == 2:
        (x0, y0), (x1, y1) = found
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return found


def bounds(found: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    xs, ys = zip(*found, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def curve(*knots: Point | str, steps: int = 12) -> list[Point]:
    """A smooth line through the knots (Catmull-Rom), `steps` points to each stretch."""
    through = points(knots[0]) if isinstance(knots[0], str) else [k for k in knots if not isinstance(k, str)]
    ends = [through[0], *through, through[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            out.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return [*out, through[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def arc(x: float, y: float, rx: float, ry: float, start: float = 0, sweep: float = math.pi) -> list[Point]:
    """A stretch of an oval: angles in radians, counter-clockwise from the right as the eye sees it."""
    turns = (start + sweep * i / 24 for i in range(25))
    return [(x + rx * math.cos(a), y - ry * math.sin(a)) for a in turns]


def blob(
    x: float, y: float, rx: float, ry: float, n: int = 40, wave: float = 0, turn: float = 0
) -> list[Point]:
    """An oval, turned by `turn` radians; `wave` makes its edge uneven."""
    out = []
    for i in range(n):
        a = math.tau * i / n
        wide, high = 1 + wave * math.sin(5 * a + turn * 7), 1 + wave * math.cos(3 * a + turn * 5)
        out.append((x + rx * wide * math.cos(a + turn), y + ry * high * math.sin(a + turn)))
    return out


def wander(rng: random.Random, x0: float, x1: float, y: float, rise: float, step: float = 60) -> list[Point]:
    """A line of hills from `x0` to `x1` around height `y`, as high as `rise`."""
    waves = [(rng.uniform(0.6, 1.4) * k, rng.uniform(0, math.tau), 1 / k**1.15) for k in (1, 2, 3.7, 7.3, 15)]
    out = []
    for i in range(int((x1 - x0) / step) + 2):
        a = i * step / (x1 - x0) * math.tau
        high = sum(weight * math.sin(a * often + phase) for often, phase, weight in waves)
        out.append((x0 + i * step, y - rise * high / 1.8))
    return out
