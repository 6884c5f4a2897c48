"""Pictures indoors: reading, healing, making, learning; and the library at dusk."""

import math

from newsroom.demo.figures import crown, person, window_light
from newsroom.demo.press import (
    ASH, BLUE, BROWN, COAL, CREAM, DEEP, GREEN, INK, MIST, NIGHT, OCHRE, PAPER, PINE, RED, ROSE, RUST, SAGE, SAND, SKIN, SKY, Sheet, blob, curve, mix,
)  # fmt: skip


def reading_room() -> Sheet:
    """Lamps and readers along a table, sun through tall windows."""
    s = Sheet(1800, 1200, 31)
    s.wash([(0, mix(SAND, BROWN, 0.25)), (0.7, mix(CREAM, SAND, 0.6)), (1, mix(BROWN, RUST, 0.3))])
    for i in range(4):
        x = 190 + i * 400
        window_light(s, x, 90, 220, 520, frame=mix(BROWN, INK, 0.25), glass=mix(SKY, CREAM, 0.5), cols=2, rows=4)
        crown(s, x + 110 + (i % 2) * 30, 560, 60, mix(SAGE, SKY, 0.5))
        s.box(x - 22, 612, x + 242, 634, mix(BROWN, INK, 0.25))
    for x in (0, 440, 840, 1240, 1620):
        _shelf(s, x if x else -30, 70, 120 if x not in (0, 1620) else 190, 590)
    s.wash([(0, mix(BROWN, RUST, 0.4)), (1, mix(BROWN, INK, 0.5))], [(0, 660), (1800, 660), (1800, 1200), (0, 1200)])
    for i in range(4):
        x = 190 + i * 400
        s.shape([(x, 90), (x + 220, 90), (x + 620, 1200), (x + 150, 1200)], "#fff4d8", 0.12)
        s.shape([(x + 60, 800), (x + 250, 800), (x + 620, 1200), (x + 150, 1200)], "#fff4d8", 0.14)
    for i in range(4):
        x = 260 + i * 430
        _reader(s, x, 888, 400, (DEEP, OCHRE, COAL, RED)[i], 1 if i % 2 else -1)
    wood = mix(RUST, BROWN, 0.35)
    s.cut([(60, 800), (1740, 800), (1860, 900), (-60, 900)], mix(wood, SAND, 0.3), 1)
    s.cuts([(60, 802), (1740, 802), (1860, 898), (-60, 898)], CREAM, gap=12, width=3, length=160, fill=0.35, alpha=0.45)
    s.box(-60, 898, 1860, 938, mix(wood, INK, 0.25))
    for i in range(4):
        x = 150 + i * 500
        _lamp(s, x, 846, 160)
    for x, y, turn in ((330, 850, 0), (690, 836, 1), (1000, 858, 0), (1310, 838, 1), (1560, 856, 0)):
        s.shape([(x - 62, y + 18), (x, y + 8), (x + 62, y + 18), (x + 50, y - 10), (x, y - 18), (x - 50, y - 10)], PAPER)
        s.stroke([(x, y - 18), (x, y + 8)], mix(SAND, BROWN, 0.3), 2)
        for k in range(3):
            s.stroke([(x - 44, y - 4 + k * 6), (x - 10, y - 8 + k * 6)], mix(SAND, BROWN, 0.2), 1.6)
            s.stroke([(x + 10, y - 8 + k * 6), (x + 44, y - 4 + k * 6)], mix(SAND, BROWN, 0.2), 1.6)
    for x, pile in ((520, 4), (1170, 6), (1700, 3)):
        for k in range(pile):
            off = s.rng.uniform(-8, 8)
            s.box(x - 58 + off, 856 - k * 19, x + 58 + off, 873 - k * 19, (RED, DEEP, OCHRE, CREAM, GREEN, COAL)[(k + pile) % 6])
            s.box(x + 40 + off, 859 - k * 19, x + 56 + off, 870 - k * 19, PAPER)
    for i in range(3):
        x = 420 + i * 500
        _back(s, x, 1230, 430, (mix(DEEP, NIGHT, 0.4), mix(RED, INK, 0.25), mix(COAL, INK, 0.3))[i])
    return s


def _shelf(s: Sheet, x: float, y: float, wide: float, tall: float, shelves: int = 6) -> None:
    frame = mix(BROWN, INK, 0.4)
    s.box(x, y, x + wide, y + tall, frame)
    for k in range(shelves):
        top, floor = y + tall * k / shelves + 10, y + tall * (k + 1) / shelves - 6
        s.box(x + 8, top, x + wide - 8, floor, mix(frame, INK, 0.4))
        bx = x + 10
        while bx < x + wide - 20:
            thick = s.rng.uniform(7, 17)
            high = (floor - top) * s.rng.uniform(0.62, 0.95)
            s.box(bx, floor - high, bx + thick - 1.5, floor, mix(s.rng.choice([RED, RUST, OCHRE, SAND, DEEP, BLUE, GREEN, CREAM, COAL]), BROWN, s.rng.uniform(0, 0.35)))
            bx += thick


def _reader(s: Sheet, x: float, y: float, tall: float, coat: str, face: int, hair: str = INK) -> None:
    """Someone at the far side of a table, seen from the front, head bent."""
    top = y - tall * 0.66
    s.shape([*curve((x - tall * 0.2, y), (x - tall * 0.19, top + tall * 0.26), (x - tall * 0.09, top + tall * 0.18), (x + tall * 0.09, top + tall * 0.18), (x + tall * 0.19, top + tall * 0.26), (x + tall * 0.2, y))], coat)
    s.stroke([(x, top + tall * 0.2), (x, top + tall * 0.12)], mix(SKIN, BROWN, 0.3), tall * 0.07)
    s.disc(x + face * tall * 0.015, top + tall * 0.07, tall * 0.08, SKIN, ry=tall * 0.095)
    s.shape([(x + face * tall * 0.01 + tall * 0.09 * math.cos(a), top + tall * 0.05 - tall * 0.1 * math.sin(a)) for a in (-0.15 + (math.pi + 0.3) * i / 16 for i in range(17))], hair)
    for side in (-1, 1):
        s.stroke([(x + side * tall * 0.17, top + tall * 0.3), (x + side * tall * 0.2, y - tall * 0.18), (x + side * tall * 0.06, y - tall * 0.2)], mix(coat, INK, 0.2), tall * 0.075)
        s.disc(x + side * tall * 0.05, y - tall * 0.2, tall * 0.03, SKIN)


def _back(s: Sheet, x: float, y: float, tall: float, coat: str) -> None:
    """Someone seated, seen from behind."""
    top = y - tall * 0.78
    s.shape([*curve((x - tall * 0.25, y), (x - tall * 0.24, top + tall * 0.34), (x - tall * 0.1, top + tall * 0.24), (x + tall * 0.1, top + tall * 0.24), (x + tall * 0.24, top + tall * 0.34), (x + tall * 0.25, y))], coat)
    s.stroke([(x, top + tall * 0.26), (x, top + tall * 0.14)], mix(SKIN, BROWN, 0.35), tall * 0.09)
    s.disc(x, top + tall * 0.1, tall * 0.105, INK, ry=tall * 0.12)
    s.cuts(blob(x, top + tall * 0.09, tall * 0.08, tall * 0.09, 16), mix(COAL, BROWN, 0.5), gap=7, width=2.4, angle=70, length=30, fill=0.5, alpha=0.6)
    s.box(x - tall * 0.22, y - tall * 0.24, x + tall * 0.22, y - tall * 0.17, mix(BROWN, INK, 0.35))


def _lamp(s: Sheet, x: float, y: float, tall: float) -> None:
    s.glow(x, y - tall * 0.4, tall * 0.95, "#fff0c4", 0.6)
    s.stroke([(x, y), (x, y - tall * 0.8)], OCHRE, 7)
    s.shape(blob(x, y, tall * 0.2, tall * 0.05), OCHRE)
    s.shape([(x - tall * 0.34, y - tall * 0.62), (x - tall * 0.24, y - tall * 0.9), (x + tall * 0.24, y - tall * 0.9), (x + tall * 0.34, y - tall * 0.62)], mix(GREEN, PINE, 0.6))
    s.shape([(x - tall * 0.2, y - tall * 0.66), (x - tall * 0.15, y - tall * 0.87), (x - tall * 0.05, y - tall * 0.87), (x - tall * 0.08, y - tall * 0.66)], SAGE, 0.7)
    s.box(x - tall * 0.34, y - tall * 0.63, x + tall * 0.34, y - tall * 0.6, OCHRE)


def corridor() -> Sheet:
    """A hospital corridor in the evening."""
    s = Sheet(1800, 1200, 32)
    vx, vy = 900, 500

    def at(x: float, y: float, d: float) -> tuple[float, float]:
        return vx + x * d, vy + y * d

    s.wash([(0, PAPER), (1, CREAM)])
    wall, low = mix(PAPER, MIST, 0.3), mix(BLUE, MIST, 0.35)
    for side in (-1, 1):
        s.shape([at(side * 900, -520, 1.1), at(side * 900, -520, 0.14), at(side * 900, 560, 0.14), at(side * 900, 560, 1.4)], mix(wall, MIST, 0.25 if side > 0 else 0))
        s.shape([at(side * 900, 130, 1.4), at(side * 900, 130, 0.14), at(side * 900, 560, 0.14), at(side * 900, 560, 1.4)], mix(low, MIST, 0.2 if side > 0 else 0))
    s.wash([(0, mix(PAPER, MIST, 0.2)), (1, mix(MIST, BLUE, 0.3))], [at(-900, 560, 0.14), at(900, 560, 0.14), at(900, 560, 1.5), at(-900, 560, 1.5)])
    s.shape([at(-900, -520, 0.14), at(900, -520, 0.14), at(900, -520, 1.3), at(-900, -520, 1.3)], mix(PAPER, CREAM, 0.4))
    for d0, d1 in ((0.17, 0.2), (0.24, 0.29), (0.36, 0.46), (0.58, 0.76), (0.95, 1.3)):
        s.shape([at(-300, -518, d0), at(300, -518, d0), at(300, -518, d1), at(-300, -518, d1)], "#fffdf4")
        s.shape([at(-260, 562, d0), at(260, 562, d0), at(220, 562, d1), at(-220, 562, d1)], "#fffdf4", 0.5)
    s.box(*at(-900, -520, 0.14), *at(900, 560, 0.14), mix(MIST, BLUE, 0.35))
    window_light(s, *at(-560, -330, 0.14), 156, 92, frame=DEEP, glass="#fff6dc", cols=3, rows=2)
    s.glow(vx, vy + 10, 330, "#fff6dc", 0.85)
    for side in (-1, 1):
        for d0, d1 in ((0.17, 0.205), (0.245, 0.31), (0.39, 0.52), (0.72, 1.0)):
            door = mix(SAND, RUST, 0.28)
            s.shape([at(side * 900, -260, d0), at(side * 900, -260, d1), at(side * 900, 558, d1), at(side * 900, 558, d0)], mix(door, PAPER, 0.35 if d1 < 0.4 else 0.05))
            m0, m1 = d0 + (d1 - d0) * 0.25, d0 + (d1 - d0) * 0.62
            s.shape([at(side * 900, -180, m0), at(side * 900, -180, m1), at(side * 900, 100, m1), at(side * 900, 100, m0)], mix(SKY, BLUE, 0.35))
            s.shape([at(side * 892, -420, d0), at(side * 892, -420, d0 + (d1 - d0) * 0.5), at(side * 892, -320, d0 + (d1 - d0) * 0.5), at(side * 892, -320, d0)], DEEP)
        s.taper([at(side * 890, 170, 0.14), at(side * 890, 170, 1.3)], mix(BROWN, SAND, 0.3), 2, 24)
        s.taper([at(side * 900, 545, 0.14), at(side * 900, 545, 1.4)], DEEP, 2, 22)
    s.box(846, 356, 954, 398, mix(GREEN, PINE, 0.4))
    s.box(894, 364, 906, 390, PAPER)
    s.box(887, 371, 913, 383, PAPER)
    for px, py, tall, coat, face in ((872, 628, 104, "#fbf7ec", 1), (926, 640, 110, DEEP, -1)):
        person(s, px, py, tall, "walk", coat=coat, face=face, long=0.12)
    for px, py, tall, coat, legs, pose, face, long in (
        (1190, 960, 470, "#fbf7ec", DEEP, "hold", -1, 0.16),
        (960, 950, 430, mix(ROSE, PAPER, 0.4), mix(ROSE, PAPER, 0.3), "walk", 1, 0.0),
    ):
        s.shape(blob(px, py + 6, tall * 0.16, tall * 0.025), DEEP, 0.25)
        person(s, px, py, tall, pose, coat=coat, legs=legs, face=face, long=long, hair=INK)
    s.shape([(1080, 640), (1140, 650), (1132, 730), (1072, 718)], mix(BLUE, DEEP, 0.2))
    s.shape([(1084, 650), (1134, 658), (1127, 722), (1078, 712)], PAPER)
    _wheelchair(s, 560, 1050, 400)
    person(s, 400, 1070, 500, "push", coat=mix(SAGE, PAPER, 0.35), legs=mix(SAGE, PAPER, 0.25), face=1)
    return s


def _wheelchair(s: Sheet, x: float, y: float, tall: float) -> None:
    s.shape(blob(x, y + 4, tall * 0.4, tall * 0.04), DEEP, 0.3)
    s.stroke([(x - tall * 0.2, y - tall * 0.62), (x - tall * 0.2, y - tall * 0.3), (x + tall * 0.16, y - tall * 0.3), (x + tall * 0.22, y - tall * 0.06)], INK, 11)
    s.box(x - tall * 0.21, y - tall * 0.6, x - tall * 0.15, y - tall * 0.28, mix(DEEP, BLUE, 0.3))
    person(s, x - tall * 0.06, y - tall * 0.03, tall, "sit", coat=mix(RUST, SAND, 0.2), legs=COAL, hair=ASH)
    s.shape([(x - tall * 0.04, y - tall * 0.36), (x + tall * 0.2, y - tall * 0.36), (x + tall * 0.24, y - tall * 0.12), (x + tall * 0.08, y - tall * 0.14)], RED)
    for wx, wy, r, w in ((x - tall * 0.08, y - tall * 0.19, tall * 0.2, 9), (x + tall * 0.22, y - tall * 0.05, tall * 0.06, 6)):
        s.draw.ellipse([(wx - r) * 2, (wy - r) * 2, (wx + r) * 2, (wy + r) * 2], outline=(34, 32, 29, 255), width=w * 2)
        for k in range(8):
            s.stroke([(wx, wy), (wx + r * math.cos(k * 0.785), wy + r * math.sin(k * 0.785))], COAL, 1.6)


def factory() -> Sheet:
    """Robot arms along an assembly line."""
    s = Sheet(1920, 1080, 33)
    s.wash([(0, mix(NIGHT, DEEP, 0.4)), (0.4, mix(DEEP, BLUE, 0.4)), (0.62, mix(MIST, SKY, 0.3)), (1, mix(MIST, BLUE, 0.4))])
    vx, vy = 1240, 430
    s.glow(vx, vy, 520, PAPER, 0.75)
    for i in range(8, 0, -1):
        d = 0.1 * 1.42**i
        left, right, top = vx - 1500 * d, vx + 1100 * d, vy - 560 * d
        ink = mix(mix(NIGHT, DEEP, 0.4), MIST, max(0.0, 0.8 - i * 0.1))
        s.stroke([(left, top), (right, top)], ink, 3 + 16 * d)
        s.stroke([(left, top + 90 * d), (right, top + 90 * d)], ink, 2 + 9 * d)
        for k in range(14):
            a, b = left + (right - left) * k / 14, left + (right - left) * (k + 0.5) / 14
            s.stroke([(a, top), (b, top + 90 * d), (left + (right - left) * (k + 1) / 14, top)], ink, 1 + 5 * d)
        s.stroke([(left, top), (left, vy + 520 * d)], ink, 4 + 26 * d)
        s.stroke([(right, top), (right, vy + 520 * d)], ink, 4 + 26 * d)
        for lx in (vx - 560 * d, vx + 240 * d):
            s.shape([(lx - 90 * d, top + 120 * d), (lx + 90 * d, top + 120 * d), (lx + 60 * d, top + 96 * d), (lx - 60 * d, top + 96 * d)], "#fff6da")
    s.wash([(0, mix(MIST, PAPER, 0.4)), (1, mix(BLUE, DEEP, 0.35))], [(vx - 90, vy + 40), (vx + 90, vy + 40), (2300, 1080), (-900, 1080), (-400, 800)])
    for k in (-1, 1):
        s.taper([(vx + k * 40, vy + 50), (vx + (760 if k > 0 else -1220), 1090)], OCHRE, 3, 34)
    for i in range(7):
        d0 = 0.12 * 1.42**i
        s.taper([(vx - 1020 * d0 - 40, vy + 620 * d0 + 30), (vx - 560 * d0, vy + 620 * d0 + 30)], PAPER, 2, 2, 0.4)
    belt = [(vx - 30, vy + 44), (vx + 6, vy + 44), (1010, 1090), (150, 1090)]
    s.shape([(vx - 30, vy + 60), (150, 1090), (20, 1090), (vx - 36, vy + 52)], INK, 0.6)
    s.wash([(0, mix(COAL, MIST, 0.5)), (1, INK)], belt)
    for side in ((vx - 30, 150), (vx + 6, 1010)):
        s.taper([(side[0], vy + 44), (side[1], 1090)], mix(MIST, PAPER, 0.4), 3, 26)
    for i in range(9):
        t = (i / 8.4) ** 2.1
        cx, cy = vx - 12 + (580 - vx + 12) * t, vy + 46 + 640 * t - 12 * t
        _gear(s, cx, cy, 8 + 150 * t, mix(mix(OCHRE, CREAM, 0.3), MIST, 0.5 * (1 - t)))
    for i in range(5):
        d = 0.2 * 1.52**i
        part = max(0.0, 0.6 - i * 0.16)
        _robot(s, vx - 640 * d - 10, vy + 470 * d, 560 * d, 1, mix(RED, MIST, part), mix(INK, MIST, part))
        if i < 4:
            _robot(s, vx + 250 * d + 16, vy + 470 * d, 540 * d, -1, mix(OCHRE, MIST, part), mix(INK, MIST, part))
    hand = person(s, 1500, 1040, 560, "hold", coat=mix(DEEP, BLUE, 0.15), legs=NIGHT, hat=OCHRE, face=-1)
    s.shape([(hand[0] - 74, hand[1] - 50), (hand[0] + 10, hand[1] - 34), (hand[0] + 2, hand[1] + 32), (hand[0] - 80, hand[1] + 16)], INK)
    s.shape([(hand[0] - 66, hand[1] - 40), (hand[0] + 2, hand[1] - 27), (hand[0] - 4, hand[1] + 22), (hand[0] - 71, hand[1] + 9)], mix(BLUE, PAPER, 0.5))
    person(s, 1690, 1030, 540, "stand", coat=mix(DEEP, BLUE, 0.35), legs=NIGHT, hat=RED, face=-1)
    return s


def _gear(s: Sheet, x: float, y: float, r: float, ink: str) -> None:
    flat = 0.5
    for lift, tone in ((0.0, mix(ink, INK, 0.45)), (0.22, ink)):
        teeth = []
        for k in range(48):
            a, big = math.tau * k / 48, r * (1 if k % 4 in (0, 1) else 0.86)
            teeth.append((x + big * math.cos(a), y - r * lift + big * flat * math.sin(a)))
        s.shape(teeth, tone)
    s.disc(x, y - r * 0.22, r * 0.5, mix(ink, PAPER, 0.4), ry=r * 0.5 * flat)
    s.disc(x, y - r * 0.22, r * 0.24, INK, ry=r * 0.24 * flat)


def _robot(s: Sheet, x: float, y: float, tall: float, face: int, ink: str, dark: str) -> None:
    def at(px: float, py: float) -> tuple[float, float]:
        return x + face * px * tall, y - py * tall

    s.shape([at(-0.16, 0), at(0.16, 0), at(0.12, 0.13), at(-0.12, 0.13)], dark)
    s.shape([at(-0.1, 0.13), at(0.1, 0.13), at(0.08, 0.27), at(-0.08, 0.27)], mix(ink, dark, 0.25))
    joints = [at(0, 0.3), at(-0.12, 0.72), at(0.34, 0.86), at(0.5, 0.62)]
    s.taper(joints[:2], ink, tall * 0.14, tall * 0.11)
    s.taper([joints[0], joints[1]], mix(ink, PAPER, 0.3), tall * 0.03, tall * 0.02)
    s.taper(joints[1:3], ink, tall * 0.11, tall * 0.075)
    s.taper(joints[2:], mix(ink, dark, 0.3), tall * 0.07, tall * 0.05)
    for (jx, jy), r in zip(joints, (0.1, 0.085, 0.06, 0.04), strict=True):
        s.disc(jx, jy, r * tall, dark)
        s.disc(jx, jy, r * tall * 0.5, mix(ink, PAPER, 0.4))
    for off in (-0.035, 0.035):
        s.stroke([at(0.5 + off, 0.6), at(0.5 + off * 1.4, 0.52)], dark, max(1.5, tall * 0.02))
    s.stroke(curve(at(-0.06, 0.3), at(-0.24, 0.5), at(-0.16, 0.74), at(0.1, 0.9), at(0.32, 0.9)), dark, max(1.2, tall * 0.014))


def lecture() -> Sheet:
    """An evening class seen from the back row."""
    s = Sheet(1800, 1200, 34)
    s.wash([(0, mix(BROWN, INK, 0.35)), (0.5, mix(RUST, BROWN, 0.4)), (1, mix(INK, BROWN, 0.25))])
    for x in range(0, 1800, 60):
        s.box(x, 0, x + 22, 700, mix(RUST, BROWN, 0.15), 0.35)
    for x in (120, 1580):
        s.glow(x + 50, 240, 260, OCHRE, 0.65, 420)
        s.box(x + 34, 190, x + 66, 300, CREAM)
    s.box(400, 76, 1400, 560, mix(INK, BROWN, 0.2))
    s.wash([(0, PAPER), (1, mix(PAPER, CREAM, 0.6))], [(420, 96), (1380, 96), (1380, 540), (420, 540)])
    s.cut([(480, 150), (880, 150), (880, 176), (480, 176)], RED, 1)
    for k, long in enumerate((300, 340, 260, 320, 200)):
        s.box(480, 214 + k * 42, 480 + long, 228 + k * 42, mix(COAL, MIST, 0.4))
    bars = (0.35, 0.5, 0.42, 0.68, 0.8, 0.95)
    for k, high in enumerate(bars):
        s.box(960 + k * 62, 470 - 270 * high, 1000 + k * 62, 470, (DEEP, BLUE, DEEP, BLUE, DEEP, RED)[k])
    s.stroke([(940, 470), (1340, 470)], INK, 4)
    s.glow(900, 330, 900, "#fff4d8", 0.28, 620)
    s.cut([(0, 640), (1800, 640), (1800, 720), (0, 720)], mix(OCHRE, RUST, 0.45), 1)
    s.box(0, 716, 1800, 760, mix(BROWN, INK, 0.4))
    s.cut([(1440, 470), (1600, 470), (1586, 650), (1454, 650)], mix(RUST, INK, 0.3), 1)
    s.box(1428, 456, 1612, 476, mix(OCHRE, RUST, 0.3))
    person(s, 1360, 652, 330, "point", coat=DEEP, legs=INK, face=-1)
    s.stroke([(1266, 340), (1180, 290)], mix(SAND, BROWN, 0.3), 5)
    for row in range(5):
        scale = 0.52 + row * 0.17
        y = 770 + row * row * 17 + row * 52
        tint = 0.35 - row * 0.08
        n = int(13 - row * 1.9)
        for i in range(n + 1):
            x = (i + (row % 2) * 0.5) * 1800 / n + s.rng.uniform(-14, 14)
            coat = mix(s.rng.choice([DEEP, COAL, RUST, OCHRE, mix(RED, INK, 0.2), GREEN, mix(CREAM, SAND, 0.5)]), INK, 0.25 + row * 0.08)
            if s.rng.random() < 0.92:
                _listener(s, x, y + 190 * scale, 210 * scale, coat, s.rng.random())
        s.box(0, y + 168 * scale, 1800, y + 196 * scale, mix(mix(RED, INK, 0.5), BROWN, tint))
        s.box(0, y + 190 * scale, 1800, y + 330 * scale, mix(mix(RED, INK, 0.66), INK, 0.1 * row))
        for i in range(n + 2):
            x = (i - 0.5 + (row % 2) * 0.5) * 1800 / n
            s.stroke([(x, y + 170 * scale), (x, y + 330 * scale)], INK, 3)
    return s


def _listener(s: Sheet, x: float, y: float, r: float, coat: str, kind: float) -> None:
    s.shape([*curve((x - r * 0.52, y), (x - r * 0.47, y - r * 0.34), (x - r * 0.16, y - r * 0.5), (x + r * 0.16, y - r * 0.5), (x + r * 0.47, y - r * 0.34), (x + r * 0.52, y))], coat)
    s.stroke([(x, y - r * 0.5), (x, y - r * 0.62)], mix(SKIN, BROWN, 0.5), r * 0.17)
    lean = (kind - 0.5) * r * 0.1
    hair = (INK, mix(INK, BROWN, 0.5), COAL, mix(ASH, COAL, 0.3))[int(kind * 3.5)]
    s.disc(x + lean, y - r * 0.84, r * 0.21, hair, ry=r * 0.25)
    if kind < 0.3:
        s.disc(x + lean, y - r * 1.12, r * 0.09, hair)
    elif kind < 0.55:
        s.shape([(x + lean - r * 0.23, y - r * 0.86), (x + lean + r * 0.23, y - r * 0.86), (x + lean + r * 0.25, y - r * 0.5), (x + lean - r * 0.25, y - r * 0.5)], hair)
    s.stroke(curve((x + lean - r * 0.1, y - r * 1.04), (x + lean + r * 0.06, y - r * 1.07), (x + lean + r * 0.17, y - r * 0.95), steps=4), mix(OCHRE, CREAM, 0.3), max(1.5, r * 0.018))


def library() -> Sheet:
    """The new library after rain, lit from inside."""
    s = Sheet(1800, 1200, 35)
    s.wash([(0, NIGHT), (0.3, DEEP), (0.55, mix(BLUE, ROSE, 0.35)), (0.68, mix(ROSE, CREAM, 0.4))])
    s.cuts([(0, 60), (1800, 60), (1800, 480), (0, 480)], mix(ROSE, BLUE, 0.3), gap=38, width=15, length=520, fill=0.35, alpha=0.6)
    for x, wide, tall in ((-20, 120, 150), (90, 150, 100), (1520, 130, 190), (1640, 180, 130)):
        s.box(x, 740 - tall, x + wide, 760, mix(DEEP, ROSE, 0.35))
    s.glow(900, 600, 900, OCHRE, 0.4, 420)
    hall = [(330, 300), (1530, 240), (1530, 750), (330, 750)]
    s.wash([(0, "#f8dfa6"), (1, "#fdf0cf")], hall)
    for floor in range(3):
        y0, y1 = 330 + floor * 140, 440 + floor * 140
        x = 350.0
        while x < 1500:
            wide = s.rng.uniform(60, 130)
            if s.rng.random() < 0.74:
                for k in range(3):
                    top = y0 + k * (y1 - y0) / 3
                    s.box(x, top + 4, x + wide, top + (y1 - y0) / 3 - 2, mix(BROWN, OCHRE, 0.35))
                    bx = x + 3
                    while bx < x + wide - 9:
                        s.box(bx, top + s.rng.uniform(7, 15), bx + 6, top + (y1 - y0) / 3 - 4, s.rng.choice([RED, RUST, DEEP, CREAM, GREEN, OCHRE]))
                        bx += 8
            x += wide + s.rng.uniform(14, 60)
        for _ in range(7):
            px = s.rng.uniform(370, 1490)
            person(s, px, y1 + 2, 78, s.rng.choice(["stand", "hold", "walk", "reach"]), coat=s.rng.choice([COAL, DEEP, RUST]), face=s.rng.choice([-1, 1]))
        s.box(330, y1 + 2, 1530, y1 + 16, mix(SAND, BROWN, 0.3))
    for x in range(330, 1531, 60):
        top = 300 - 60 * (x - 330) / 1200
        s.stroke([(x, top), (x, 750)], mix(NIGHT, DEEP, 0.3), 5 if (x - 330) % 240 else 10)
    s.cut([(230, 306), (1680, 206), (1680, 244), (230, 330)], INK, 1)
    s.shape([(230, 306), (1680, 206), (1600, 196), (330, 286)], mix(NIGHT, DEEP, 0.4))
    s.cut([(60, 470), (330, 470), (330, 750), (60, 750)], mix(RUST, NIGHT, 0.45), 1)
    s.cuts([(60, 470), (330, 470), (330, 750), (60, 750)], INK, gap=14, width=4, length=70, fill=0.7, alpha=0.5)
    s.box(130, 540, 260, 556, CREAM)
    s.box(150, 570, 240, 580, CREAM)
    s.box(800, 590, 1000, 750, "#fff8e6")
    s.stroke([(900, 590), (900, 750)], NIGHT, 5)
    for x, y, r in ((60, 640, 110), (1640, 640, 130), (1760, 680, 90)):
        crown(s, x, y, r, mix(PINE, NIGHT, 0.4), mix(GREEN, NIGHT, 0.3), 80)
    for i in range(4):
        s.box(700 - i * 40, 750 + i * 12, 1100 + i * 40, 764 + i * 12, mix(mix(SAND, NIGHT, 0.45), INK, i * 0.08))
    s.box(0, 750, 660, 800, mix(NIGHT, DEEP, 0.3))
    s.box(1140, 750, 1800, 800, mix(NIGHT, DEEP, 0.3))
    for px, py, tall, coat, pose, face in ((860, 760, 110, COAL, "walk", 1), (960, 764, 112, RED, "walk", -1), (1020, 790, 120, DEEP, "walk", -1), (760, 796, 124, RUST, "stand", 1), (690, 798, 90, OCHRE, "walk", 1)):
        person(s, px, py, tall, pose, coat=coat, face=face, child=tall < 100)
    s.mirror(800, 400, mix(NIGHT, DEEP, 0.4), 0.36)
    s.cuts([(0, 810), (1800, 810), (1800, 1200), (0, 1200)], mix(MIST, BLUE, 0.4), gap=26, width=5, length=150, fill=0.16, alpha=0.5)
    person(s, 1330, 1090, 380, "walk", coat=mix(RED, INK, 0.1), legs=NIGHT, face=-1, long=0.1)
    person(s, 1440, 1096, 240, "walk", coat=OCHRE, legs=DEEP, face=-1, child=True)
    for px, wide in ((1330, 90), (1440, 60)):
        s.shape(blob(px, 1102, wide, 12), INK, 0.45)
    return s


def workshop() -> Sheet:
    """A block printer at the bench, sheets drying on the line."""
    s = Sheet(1800, 1350, 36)
    s.wash([(0, mix(BROWN, INK, 0.3)), (0.6, mix(BROWN, RUST, 0.35)), (1, mix(BROWN, INK, 0.5))])
    s.cuts([(0, 0), (1800, 0), (1800, 900), (0, 900)], mix(BROWN, SAND, 0.25), gap=66, width=3, angle=90, length=500, fill=0.9, alpha=0.5)
    window_light(s, 150, 150, 480, 560, frame=mix(INK, BROWN, 0.3), glass=mix(SKY, PAPER, 0.4), cols=4, rows=4)
    s.glow(390, 430, 820, "#fff0d0", 0.45)
    s.shape([(150, 150), (630, 150), (1500, 1350), (500, 1350)], "#fff4d8", 0.14)
    for y, line in ((220, ((760, "carp"), (1000, "sun"), (1240, "boat"), (1480, "leaf"))), (300, ())):
        if line:
            s.stroke(curve((680, y - 40), (1150, y), (1830, y - 50)), CREAM, 4)
        for x, kind in line:
            _sheet_print(s, x, y - 8, 190, 270, kind)
    s.wash([(0, mix(RUST, SAND, 0.25)), (1, mix(BROWN, INK, 0.2))], [(-20, 960), (1820, 960), (1820, 1100), (-20, 1100)])
    s.cuts([(-20, 962), (1820, 962), (1820, 1060), (-20, 1060)], CREAM, gap=13, width=3, length=180, fill=0.35, alpha=0.45)
    s.box(-20, 1060, 1820, 1350, mix(INK, BROWN, 0.3))
    for x in (120, 660, 1260):
        s.box(x, 1110, x + 420, 1330, mix(BROWN, INK, 0.45))
        s.box(x + 180, 1200, x + 240, 1214, OCHRE)
    _carver(s, 930, 1000, 620)
    s.cut([(1060, 940), (1400, 940), (1450, 1000), (1030, 1000)], mix(SAND, OCHRE, 0.4), 1)
    s.box(1030, 1000, 1450, 1030, mix(BROWN, RUST, 0.3))
    s.cuts([(1080, 944), (1390, 944), (1425, 996), (1055, 996)], INK, gap=9, width=5, angle=-20, length=34, fill=0.6, alpha=0.85)
    for k, (x, ink) in enumerate(((300, RED), (400, INK), (500, OCHRE))):
        s.shape(blob(x, 990, 44, 16), mix(MIST, PAPER, 0.5))
        s.shape(blob(x, 986, 34, 11), ink)
        s.stroke([(x + 6, 984), (x + 40 - k * 34, 886)], SAND, 8)
        s.stroke([(x + 2, 986), (x + 10 - k * 6, 962)], mix(ink, INK, 0.3), 13)
    for k in range(6):
        s.stroke([(1500 + k * 34, 1000), (1512 + k * 34, 930 - k % 3 * 14)], mix(BROWN, RUST, 0.5), 10)
        s.taper([(1512 + k * 34, 930 - k % 3 * 14), (1518 + k * 34, 888 - k % 3 * 14)], MIST, 8, 3)
    s.box(1480, 962, 1720, 1010, mix(COAL, BROWN, 0.4))
    for k in range(7):
        s.box(40 + k * 4, 992 - k * 9, 210 + k * 3, 1000 - k * 9, (PAPER, CREAM)[k % 2])
    return s


def _carver(s: Sheet, x: float, y: float, tall: float) -> None:
    coat = mix(DEEP, NIGHT, 0.2)
    s.shape(curve((x - 130, y), (x - 140, y - tall * 0.34), (x - 60, y - tall * 0.5), (x + 60, y - tall * 0.5), (x + 120, y - tall * 0.34), (x + 130, y)), coat)
    s.shape([(x - 60, y - tall * 0.36), (x + 62, y - tall * 0.36), (x + 112, y), (x - 100, y)], mix(SAND, CREAM, 0.3))
    for side in (-1, 1):
        s.stroke([(x + side * 52, y - tall * 0.48), (x + side * 48, y - tall * 0.34)], mix(SAND, CREAM, 0.3), 12)
    s.stroke([(x + 14, y - tall * 0.5), (x + 26, y - tall * 0.58)], mix(SKIN, BROWN, 0.3), 54)
    s.disc(x + 44, y - tall * 0.69, 60, SKIN, ry=70)
    s.shape([(x + 38 + 68 * math.cos(a), y - tall * 0.7 - 78 * math.sin(a)) for a in (0.75 + 2.75 * i / 14 for i in range(15))], ASH)
    for dx in (60, 96):
        s.draw.ellipse([(x + dx - 16) * 2, (y - tall * 0.69 - 12) * 2, (x + dx + 16) * 2, (y - tall * 0.69 + 20) * 2], outline=(34, 32, 29, 255), width=7)
    s.stroke([(x + 16, y - tall * 0.69), (x + 44, y - tall * 0.69)], INK, 4)
    for sx, ex, hx, hy in ((-104, -60, 190, -66), (96, 170, 250, -84)):
        s.stroke([(x + sx, y - tall * 0.42), (x + ex, y - tall * 0.13), (x + hx, y + hy)], mix(coat, INK, 0.25), 56)
        s.disc(x + hx, y + hy, 32, SKIN)
    s.stroke([(x + 206, y - 96), (x + 262, y - 30)], mix(BROWN, RUST, 0.5), 15)
    s.taper([(x + 258, y - 36), (x + 286, y - 6)], MIST, 11, 5)


def _sheet_print(s: Sheet, x: float, y: float, wide: float, tall: float, kind: str) -> None:
    s.shape([(x, y), (x + wide, y + 4), (x + wide - 4, y + tall), (x + 5, y + tall - 5)], PAPER)
    s.box(x + 44, y - 16, x + 54, y + 18, OCHRE)
    s.box(x + wide - 54, y - 14, x + wide - 44, y + 20, OCHRE)
    cx, cy = x + wide / 2, y + tall * 0.5
    if kind == "carp":
        s.shape(curve((cx - 50, cy + 50), (cx - 46, cy - 20), (cx, cy - 66), (cx + 44, cy - 40), (cx + 20, cy + 24), (cx - 50, cy + 50)), RED)
        s.shape([(cx - 42, cy + 36), (cx - 70, cy + 84), (cx - 20, cy + 92)], RED)
        s.cuts(blob(cx, cy - 6, 34, 52), CREAM, gap=13, width=6, angle=35, length=15, fill=0.7, alpha=0.9)
        s.disc(cx + 20, cy - 36, 7, INK)
    elif kind == "sun":
        s.disc(cx, cy - 34, 46, RED)
        for k in range(4):
            s.stroke(curve((cx - 66, cy + 30 + k * 20), (cx - 22, cy + 18 + k * 20), (cx + 22, cy + 34 + k * 20), (cx + 66, cy + 22 + k * 20)), DEEP, 7)
    elif kind == "boat":
        s.shape([(cx - 66, cy + 40), (cx + 66, cy + 40), (cx + 40, cy + 74), (cx - 40, cy + 74)], INK)
        s.shape([(cx, cy + 34), (cx, cy - 88), (cx + 58, cy + 26)], RED)
        s.shape([(cx - 8, cy + 34), (cx - 8, cy - 66), (cx - 50, cy + 26)], OCHRE)
    else:
        s.taper(curve((cx, cy + 96), (cx - 8, cy), (cx + 4, cy - 90)), PINE, 8, 3)
        for k in range(6):
            for side in (-1, 1):
                s.shape(blob(cx + side * 34, cy + 60 - k * 27, 30, 11, 16, 0, -side * 0.6), mix(GREEN, PINE, k * 0.15))
        s.disc(cx + 44, cy - 84, 15, RED)


def service_hall() -> Sheet:
    """Counters of the citizens' service hall."""
    s = Sheet(1800, 1200, 37)
    s.wash([(0, mix(PAPER, SKY, 0.4)), (0.6, PAPER), (1, CREAM)])
    for i in range(6):
        s.shape([(100 + i * 300, 0), (260 + i * 300, 0), (240 + i * 290, 60), (130 + i * 290, 60)], "#fffdf5")
    s.box(0, 110, 1800, 560, mix(MIST, PAPER, 0.45))
    for x in range(0, 1800, 300):
        s.stroke([(x, 110), (x, 560)], mix(MIST, BLUE, 0.25), 3)
    s.box(0, 180, 1800, 270, DEEP)
    for i in range(6):
        x = 70 + i * 300
        s.box(x, 196, x + 160, 254, INK)
        for k in range(4):
            s.box(x + 16 + k * 34, 210, x + 36 + k * 34, 240, RED if k == 0 else OCHRE)
    for i in range(6):
        x = 150 + i * 300
        person(s, x, 800, 500, "sit", coat=(DEEP, mix(DEEP, BLUE, 0.3))[i % 2], face=-1 if i % 2 else 1)
        s.box(x + (70 if i % 2 else -160), 420, x + (160 if i % 2 else -70), 500, INK)
        s.box(x + (110 if i % 2 else -120), 500, x + (122 if i % 2 else -108), 530, INK)
    s.cut([(-20, 526), (1820, 526), (1820, 566), (-20, 566)], mix(SAND, OCHRE, 0.35), 1)
    s.wash([(0, mix(RUST, SAND, 0.5)), (1, mix(RUST, BROWN, 0.3))], [(-20, 566), (1820, 566), (1820, 790), (-20, 790)])
    s.cuts([(-20, 570), (1820, 570), (1820, 786), (-20, 786)], CREAM, gap=30, width=3, angle=90, length=300, fill=0.9, alpha=0.3)
    for i in range(7):
        s.box(-6 + i * 300, 440, 6 + i * 300, 790, mix(MIST, PAPER, 0.2))
    s.wash([(0, mix(CREAM, SAND, 0.35)), (1, mix(SAND, ROSE, 0.25))], [(0, 790), (1800, 790), (1800, 1200), (0, 1200)])
    for k in range(-7, 14):
        s.stroke([(900 + (k - 3) * 170, 790), (900 + (k - 3) * 330, 1200)], mix(SAND, BROWN, 0.15), 2, 0.6)
    for y in (850, 950, 1090):
        s.stroke([(0, y), (1800, y)], mix(SAND, BROWN, 0.15), 2, 0.6)
    clients = ((250, 900, 430, "reach", RUST, COAL, -1), (470, 910, 440, "hold", mix(SAGE, GREEN, 0.4), INK, 1), (860, 905, 440, "reach", RED, COAL, 1), (1230, 900, 430, "stand", OCHRE, DEEP, -1), (1560, 905, 440, "hold", COAL, INK, 1))
    for px, py, tall, pose, coat, legs, face in clients:
        s.shape(blob(px, py + 4, tall * 0.16, tall * 0.03), BROWN, 0.3)
        hand = person(s, px, py, tall, pose, coat=coat, legs=legs, face=face)
        if pose == "hold":
            s.shape([(hand[0] - 26, hand[1] - 34), (hand[0] + 24, hand[1] - 28), (hand[0] + 20, hand[1] + 34), (hand[0] - 30, hand[1] + 28)], PAPER)
    person(s, 1020, 1130, 470, "walk", coat=mix(DEEP, BLUE, 0.2), legs=INK, face=1)
    person(s, 1110, 1136, 270, "walk", coat=RED, legs=DEEP, face=1, child=True)
    s.shape(blob(1060, 1140, 130, 14), BROWN, 0.3)
    for x in (120, 1690):
        s.cut([(x - 60, 1010), (x + 60, 1010), (x + 44, 1160), (x - 44, 1160)], mix(MIST, PAPER, 0.4), 1)
        for k in range(13):
            a = -math.pi * (0.06 + 0.88 * k / 12)
            long = s.rng.uniform(150, 270)
            tip = (x + long * math.cos(a), 1010 + long * math.sin(a))
            s.shape([*curve((x, 1012), ((x + tip[0]) / 2 - 16 * math.sin(a), (1012 + tip[1]) / 2 + 16 * math.cos(a)), tip), *curve(tip, ((x + tip[0]) / 2 + 16 * math.sin(a), (1012 + tip[1]) / 2 - 16 * math.cos(a)), (x, 1012))], mix(GREEN, PINE, s.rng.random()))
    return s


def canteen() -> Sheet:
    """Old neighbours at lunch in the community canteen."""
    s = Sheet(1800, 1200, 38)
    s.wash([(0, mix(CREAM, PAPER, 0.4)), (0.62, mix(CREAM, SAND, 0.5)), (1, mix(SAND, ROSE, 0.3))])
    s.box(0, 430, 1800, 640, mix(SAGE, PAPER, 0.35))
    s.box(0, 420, 1800, 434, mix(GREEN, SAGE, 0.4))
    for x in (90, 1360):
        window_light(s, x, 90, 340, 280, frame=mix(BROWN, SAND, 0.3), glass=SKY, cols=3, rows=2)
        crown(s, x + 110, 320, 60, mix(SAGE, SKY, 0.35))
        s.box(x - 20, 370, x + 360, 388, mix(BROWN, SAND, 0.3))
    s.box(560, 130, 1240, 470, mix(BROWN, RUST, 0.35))
    s.wash([(0, "#fff3d8"), (1, CREAM)], [(580, 150), (1220, 150), (1220, 470), (580, 470)])
    for px, face in ((720, 1), (900, -1), (1090, 1)):
        person(s, px, 640, 440, "hold", coat="#fbf7ec", hat="#fbf7ec", face=face)
    s.box(540, 440, 1260, 480, mix(MIST, PAPER, 0.3))
    s.box(540, 480, 1260, 640, mix(MIST, BLUE, 0.25))
    for x in range(590, 1230, 104):
        s.shape([(x, 440), (x + 84, 440), (x + 76, 424), (x + 8, 424)], (RED, GREEN, OCHRE, RUST, SAGE, CREAM, RED)[(x - 590) // 104])
        for k in range(2):
            s.stroke(curve((x + 28 + k * 26, 416), (x + 20 + k * 26, 390), (x + 34 + k * 26, 366), (x + 26 + k * 26, 340)), PAPER, 5, 0.6)
    s.wash([(0, mix(SAND, ROSE, 0.3)), (1, mix(RUST, SAND, 0.4))], [(0, 640), (1800, 640), (1800, 1200), (0, 1200)])
    s.cuts([(0, 650), (1800, 650), (1800, 1200), (0, 1200)], CREAM, gap=40, width=4, length=240, fill=0.4, alpha=0.35)
    person(s, 200, 860, 420, "walk", coat=mix(RED, ROSE, 0.2), legs=COAL, hair=ASH, face=1)
    s.shape([(262, 622), (352, 622), (346, 636), (268, 636)], mix(MIST, BLUE, 0.4))
    for x, coat, hair in ((610, DEEP, ASH), (900, mix(GREEN, PINE, 0.3), COAL), (1190, RUST, mix(ASH, PAPER, 0.4))):
        _reader(s, x, 940, 470, coat, 1, hair)
    for px, face, coat in ((340, 1, OCHRE), (1480, -1, mix(RED, INK, 0.15))):
        s.box(px - 60, 930, px + 60, 950, mix(BROWN, RUST, 0.3))
        for lx in (px - 50, px + 44):
            s.box(lx, 950, lx + 12, 1120, mix(BROWN, INK, 0.3))
        person(s, px, 1110, 590, "sit", coat=coat, legs=COAL, hair=ASH, face=face)
    s.cut([(450, 860), (1370, 860), (1460, 960), (370, 960)], mix(RUST, SAND, 0.35), 1)
    s.box(370, 958, 1460, 990, mix(BROWN, RUST, 0.35))
    for lx in (440, 1360):
        s.box(lx, 990, lx + 30, 1160, mix(BROWN, INK, 0.2))
    for x, y in ((520, 910), (700, 888), (830, 924), (990, 890), (1130, 922), (1290, 900)):
        s.shape(blob(x, y + 10, 66, 20), mix(BROWN, RUST, 0.5), 0.6)
        s.shape(blob(x, y, 60, 19), PAPER)
        s.shape(blob(x, y - 2, 46, 13), s.rng.choice([GREEN, OCHRE, mix(RED, ROSE, 0.3), SAGE]))
        s.cuts(blob(x, y - 2, 40, 10), CREAM, gap=6, width=3, angle=20, length=14, fill=0.5, alpha=0.8)
    for x, y in ((610, 930), (910, 872), (1210, 866), (1370, 936), (440, 936)):
        s.shape([(x - 30, y - 14), (x + 30, y - 14), (x + 18, y + 16), (x - 18, y + 16)], mix(BLUE, PAPER, 0.4))
        s.shape(blob(x, y - 14, 30, 9), PAPER)
    return s
