"""The site's mark as PNG, for home screens: the same lines as in static/site/mark.svg."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

VERMILION, PAPER = "#b3261a", "#f7f2e7"
UNITS = 32  # the mark's width, as its SVG counts
BARS = (  # x, y, width, height
    (5, 6, 22, 4),
    (5, 12, 22, 1.2),
    (5, 16, 10, 2),
    (5, 20, 10, 2),
    (5, 24, 10, 2),
    (17, 16, 10, 10),
)
SIZES = (180, 192, 512)  # pixels
SAFE = 0.7  # of a maskable icon's side: what any mask leaves, a circle too
OVER = 4  # drawn larger and made smaller, for smooth edges


@cache
def drawn(size: int, maskable: bool) -> bytes:
    """The icon as PNG, `size` pixels wide and high; a `maskable` one has ground all round its lines."""
    wide = size * OVER
    image = Image.new("RGB", (wide, wide), VERMILION)
    draw = ImageDraw.Draw(image)
    unit = wide / UNITS * (SAFE if maskable else 1)
    edge = (wide - unit * UNITS) / 2
    for x, y, width, height in BARS:
        left, top = edge + x * unit, edge + y * unit
        draw.rectangle((left, top, left + width * unit - 1, top + height * unit - 1), fill=PAPER)
    target = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(target, "PNG", optimize=True)
    return target.getvalue()
