"""What stands about in the pictures: trees, houses, windows, lanterns, wheels."""

import math

from newsroom.demo.drawing.ink import blob, curve, mix, wander
from newsroom.demo.drawing.press import Sheet


def hills(s: Sheet, rows: list[tuple[float, float, str]], floor: float) -> None:
    """Ranges one behind another: (height, rise, ink) from the far one to the near one, haze at their feet."""
    for y, rise, ink in rows:
        s.wash(
            [(0, ink), (1, mix(ink, "paper", 0.45))],
            [*wander(s.rng, -40, s.w + 40, y, rise), (s.w + 60, floor), (-60, floor)],
        )


def poplar(sheet: Sheet, x: float, y: float, tall: float, ink: str, light: str = "") -> None:
    """A slim tree standing at (x, y)."""
    sheet.stroke([(x, y), (x, y - tall * 0.3)], mix(ink, "ink", 0.4), max(2, tall * 0.03))
    wide = tall * 0.13
    side = [
        (
            x + wide * math.sin(math.pi * t) ** 0.7 * (1 + 0.12 * math.sin(t * 31 + x)),
            y - tall * (0.12 + 0.88 * t),
        )
        for t in (i / 24 for i in range(25))
    ]
    sheet.shape([*side, *((2 * x - px, py) for px, py in reversed(side))], ink)
    if light:
        sheet.cuts(
            [*side, (x, y - tall), (x, y - tall * 0.12)],
            light,
            gap=max(5, tall * 0.035),
            width=tall * 0.012,
            angle=-62,
            length=tall * 0.07,
            alpha=0.6,
        )


def crown(sheet: Sheet, x: float, y: float, r: float, ink: str, light: str = "", trunk: float = 0) -> None:
    """A round tree: crown of radius `r` about (x, y), a trunk of length `trunk` below it."""
    if trunk:
        foot = y + r * 0.5 + trunk
        sheet.taper(
            [(x, foot), (x + r * 0.02, y + r * 0.3), (x - r * 0.05, y - r * 0.2)],
            "brown ink.35",
            r * 0.2,
            r * 0.1,
        )
        sheet.taper([(x, y + r * 0.55), (x + r * 0.35, y)], "brown ink.35", r * 0.1, r * 0.05)
    lobes = [
        (x + r * 0.55 * math.cos(a), y + r * 0.42 * math.sin(a), r * sheet.rng.uniform(0.46, 0.6))
        for a in (math.tau * i / 7 + x for i in range(7))
    ]
    for lx, ly, lr in [*lobes, (x, y, r * 0.7)]:
        sheet.shape(blob(lx, ly, lr, lr * 0.9, 36, 0.05, lx), ink)
    if light:
        for lx, ly, lr in lobes:
            sheet.cuts(
                blob(lx - lr * 0.15, ly - lr * 0.22, lr * 0.75, lr * 0.6, 20),
                light,
                gap=lr * 0.2,
                width=lr * 0.05,
                angle=-28,
                length=lr * 0.22,
                fill=0.4,
                alpha=0.6,
            )


def bare(sheet: Sheet, x: float, y: float, tall: float, ink: str, lean: float = 0, depth: int = 6) -> None:
    """A winter tree, branching by halves."""

    def branch(x: float, y: float, angle: float, long: float, thick: float, left: int) -> None:
        ex, ey = x + long * math.sin(angle), y - long * math.cos(angle)
        bend = ((x + ex) / 2 + sheet.rng.uniform(-0.06, 0.06) * long, (y + ey) / 2)
        sheet.taper([(x, y), bend, (ex, ey)], ink, thick, thick * 0.68)
        if left:
            spread = sheet.rng.uniform(0.28, 0.5)
            for side in (-1, 1):
                branch(
                    ex,
                    ey,
                    angle * 0.92 + side * spread * sheet.rng.uniform(0.6, 1.2),
                    long * sheet.rng.uniform(0.66, 0.82),
                    thick * 0.66,
                    left - 1,
                )

    branch(x, y, lean, tall * 0.27, max(2, tall * 0.05), depth)


def willow(sheet: Sheet, x: float, y: float, tall: float, ink: str, light: str) -> None:
    """A willow at the water's edge."""
    fork = (x + tall * 0.03, y - tall * 0.5)
    bark = "brown ink.45"
    sheet.taper(curve((x, y), (x - tall * 0.02, y - tall * 0.28), fork), bark, tall * 0.07, tall * 0.045)
    heads = [
        (-0.26, 0.72, 0.15),
        (0.28, 0.7, 0.16),
        (0.0, 0.8, 0.19),
        (-0.12, 0.86, 0.13),
        (0.16, 0.86, 0.12),
    ]
    for hx, hy, _ in heads:
        top = (x + tall * hx, y - tall * hy)
        sheet.taper(
            curve(fork, ((fork[0] + top[0]) / 2 + tall * hx * 0.2, (fork[1] + top[1]) / 2), top),
            bark,
            tall * 0.038,
            tall * 0.012,
        )
    for part, tint in ((1.0, ink), (0.72, mix(ink, light, 0.35))):
        for hx, hy, r in heads:
            cx, cy, big = x + tall * hx, y - tall * hy, tall * r * part
            sheet.shape(blob(cx, cy - tall * 0.02 * (1 - part), big * 1.12, big * 0.72, 30, 0.06, hx), tint)
            for _ in range(17):
                sx = cx + big * sheet.rng.uniform(-1.08, 1.08)
                drop = tall * sheet.rng.uniform(0.12, 0.46) * part
                sway = tall * sheet.rng.uniform(0.0, 0.05)
                hang = curve((sx, cy), (sx + sway * 0.2, cy + drop * 0.5), (sx + sway, cy + drop), steps=5)
                sheet.taper(hang, mix(tint, light, sheet.rng.uniform(0, 0.5)), tall * 0.03, tall * 0.004)


def house(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    tall: float,
    *,
    wall: str = "paper",
    roof: str = "coal",
    shade: str = "sand",
    windows: int = 3,
) -> None:
    """A white-walled, dark-roofed house with stepped gable ends, standing on (x, y) to the right."""
    eave = y - tall * 0.68
    sheet.cut([(x, y), (x, eave), (x + wide, eave), (x + wide, y)], wall, 1)
    sheet.box(x + wide * 0.8, eave, x + wide, y, shade, 0.45)
    sheet.cut(
        [
            (x - wide * 0.05, eave + tall * 0.03),
            (x + wide * 0.07, y - tall),
            (x + wide * 0.93, y - tall),
            (x + wide * 1.05, eave + tall * 0.03),
        ],
        roof,
        1,
    )
    for i in range(1, 14):
        px = i / 14
        sheet.stroke(
            [
                (x + wide * (0.07 + px * 0.86), y - tall * 0.99),
                (x + wide * (-0.05 + px * 1.1), eave + tall * 0.02),
            ],
            mix(roof, wall, 0.25),
            max(1, tall * 0.008),
            0.8,
        )
    for gx in (x - wide * 0.03, x + wide * 0.95):
        for i in range(3):
            sheet.box(gx, eave - tall * (0.1 + 0.11 * i), gx + wide * 0.08, eave + tall * 0.06, wall)
            sheet.box(
                gx - wide * 0.012,
                eave - tall * (0.125 + 0.11 * i),
                gx + wide * 0.092,
                eave - tall * (0.095 + 0.11 * i),
                roof,
            )
    for i in range(windows):
        wx = x + wide * (0.16 + 0.68 * (i + 0.5) / windows)
        sheet.box(
            wx - wide * 0.05,
            eave + tall * 0.16,
            wx + wide * 0.05,
            eave + tall * 0.42,
            mix(roof, "brown", 0.4),
        )
        sheet.stroke([(wx, eave + tall * 0.16), (wx, eave + tall * 0.42)], shade, max(1, tall * 0.008))


def block(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    tall: float,
    ink: str,
    *,
    pane: str,
    lit: str = "",
    chance: float = 0.3,
    cols: int = 5,
    rows: int = 10,
    side: str = "",
) -> None:
    """A tower standing on (x, y) to the right, with a grid of windows of which some are `lit`."""
    sheet.box(x, y - tall, x + wide, y, ink)
    if side:
        sheet.box(x + wide * 0.78, y - tall, x + wide, y, side)
    cell_w, cell_h = wide / cols, tall / rows
    for row in range(rows):
        for col in range(cols):
            shine = lit and sheet.rng.random() < chance
            px, py = x + cell_w * (col + 0.22), y - tall + cell_h * (row + 0.28)
            sheet.box(px, py, px + cell_w * 0.56, py + cell_h * 0.5, lit if shine else pane)


def window_light(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    tall: float,
    *,
    frame: str = "brown",
    glass: str = "cream",
    cols: int = 2,
    rows: int = 3,
) -> None:
    """A window with its bars; (x, y) is the top left."""
    sheet.box(x - 8, y - 8, x + wide + 8, y + tall + 8, frame)
    sheet.wash(
        [(0, glass), (1, mix(glass, "paper", 0.6))],
        [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)],
    )
    for i in range(1, cols):
        sheet.stroke([(x + wide * i / cols, y), (x + wide * i / cols, y + tall)], frame, 6)
    for i in range(1, rows):
        sheet.stroke([(x, y + tall * i / rows), (x + wide, y + tall * i / rows)], frame, 6)


def lantern(sheet: Sheet, x: float, y: float, r: float, ink: str = "red") -> None:
    """A paper lantern hanging from (x, y)."""
    sheet.stroke([(x, y), (x, y + r * 0.6)], "ink", max(1.5, r * 0.08))
    sheet.disc(x, y + r * 1.4, r, ink, ry=r * 0.86)
    for k in (0.35, 0.75):
        sheet.ring(x, y + r * 1.4, r * k, mix(ink, "ink", 0.3), max(1, r * 0.035), r * 0.86)
    sheet.box(x - r * 0.42, y + r * 0.45, x + r * 0.42, y + r * 0.64, "sand")
    sheet.box(x - r * 0.42, y + r * 2.16, x + r * 0.42, y + r * 2.34, "sand")
    sheet.taper([(x, y + r * 2.3), (x, y + r * 3.1)], ink, r * 0.3, r * 0.12)


def wheel(sheet: Sheet, x: float, y: float, r: float, tyre: str = "ink", hub: str = "cream") -> None:
    """A tyre and its hub."""
    sheet.disc(x, y, r, tyre)
    sheet.disc(x, y, r * 0.56, hub)
    sheet.disc(x, y, r * 0.48, mix(hub, tyre, 0.25))
    sheet.disc(x, y, r * 0.16, tyre)
