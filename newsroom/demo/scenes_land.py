"""Pictures out of doors: fields, water, hills, weather."""

import math

from newsroom.demo.figures import bare, bird, block, crown, house, lantern, person, poplar, wheel, willow
from newsroom.demo.press import (
    ASH, BLUE, BROWN, COAL, CREAM, DEEP, GREEN, INK, MIST, NIGHT, OCHRE, PAPER, PINE, RED, ROSE, RUST, SAGE, SAND, SKY, Sheet, blob, curve, mix, wander,
)  # fmt: skip


def hills(s: Sheet, rows: list[tuple[float, float, str]], floor: float) -> None:
    """Ranges one behind another: (height, rise, ink) from the far one to the near one, haze at their feet."""
    for y, rise, ink in rows:
        s.wash([(0, ink), (1, mix(ink, PAPER, 0.45))], [*wander(s.rng, -40, s.w + 40, y, rise), (s.w + 60, floor), (-60, floor)])


def harvest() -> Sheet:
    """A combine in ripe grain."""
    s = Sheet(1800, 1200, 11)
    s.wash([(0, mix(BLUE, SKY, 0.45)), (0.3, SKY), (0.45, PAPER), (1, CREAM)])
    s.cuts([(0, 30), (1800, 30), (1800, 380), (0, 380)], PAPER, gap=34, width=11, length=420, fill=0.35, alpha=0.8)
    hills(s, [(400, 70, mix(MIST, SKY, 0.3)), (455, 50, mix(SAGE, MIST, 0.55)), (500, 26, mix(GREEN, MIST, 0.4))], 600)
    for i in range(30):
        poplar(s, 60 + i * 63 + s.rng.uniform(-14, 14), 528, s.rng.uniform(60, 120), mix(GREEN, PINE, s.rng.uniform(0.1, 0.7)))
    s.mist(430, 535, CREAM, 0.65)
    s.wash([(0, mix(OCHRE, CREAM, 0.55)), (0.3, OCHRE), (1, mix(RUST, OCHRE, 0.5))], [(0, 522), (1800, 522), (1800, 1200), (0, 1200)])
    vx, vy = 1180, 500
    for i in range(-30, 44):
        x = vx + i * 130
        s.taper([(vx + (x - vx) * 0.055, 530), (x, 1220)], mix(RUST, OCHRE, 0.35), 1, 26, 0.38)
        s.taper([(vx + (x + 55 - vx) * 0.055, 530), (x + 55, 1220)], CREAM, 0.6, 11, 0.35)
    s.wash([(0, mix(CREAM, SAND, 0.3)), (1, SAND)], [(vx - 30, 528), (vx + 60, 528), (1330, 1200), (250, 1200)])
    s.cuts([(vx - 24, 540), (vx + 50, 540), (1290, 1200), (280, 1200)], RUST, gap=13, width=4, angle=116, length=70, fill=0.45, alpha=0.55)
    s.glow(1120, 640, 330, PAPER, 0.8, 130)
    _combine(s, 930, 800)
    for x in range(-20, 1840, 9):
        if 330 < x < 1300:
            continue
        y, tall = 1215, s.rng.uniform(110, 210)
        lean = s.rng.uniform(-26, 30)
        s.taper(curve((x, y), (x + lean * 0.3, y - tall * 0.6), (x + lean, y - tall), steps=5), mix(RUST, OCHRE, s.rng.random()), 5, 2)
        for k in range(5):
            s.disc(x + lean + (k % 2 * 2 - 1) * 4, y - tall - k * 8 + 8, 4.2, mix(OCHRE, CREAM, s.rng.uniform(0.1, 0.7)), ry=8)
    for i in range(9):
        bird(s, 360 + i * 44 + s.rng.uniform(-30, 30), 300 + s.rng.uniform(-70, 60), s.rng.uniform(20, 34), COAL)
    return s


def _combine(s: Sheet, x: float, y: float) -> None:
    s.shape([(x - 190, y + 92), (x + 420, y + 92), (x + 330, y + 130), (x - 260, y + 124)], INK, 0.35)
    s.cut([(x - 40, y - 150), (x + 330, y - 150), (x + 370, y - 60), (x + 360, y + 40), (x - 60, y + 40), (x - 90, y - 20)], RED)
    s.shape([(x + 150, y - 150), (x + 330, y - 150), (x + 370, y - 60), (x + 360, y + 40), (x + 210, y + 40)], mix(RED, INK, 0.22))
    s.cut([(x - 60, y - 40), (x + 360, y - 52), (x + 362, y - 30), (x - 64, y - 18)], CREAM, 1)
    s.cut([(x - 70, y - 30), (x - 50, y - 250), (x + 96, y - 250), (x + 110, y - 30)], mix(RED, INK, 0.35))
    s.cut([(x - 50, y - 60), (x - 34, y - 228), (x + 78, y - 228), (x + 90, y - 60)], mix(BLUE, PAPER, 0.45))
    s.shape([(x - 34, y - 228), (x + 20, y - 228), (x - 20, y - 60), (x - 50, y - 60)], PAPER, 0.4)
    person(s, x + 34, y - 20, 150, "sit", coat=DEEP, hat=CREAM, face=-1)
    s.box(x - 70, y - 266, x + 118, y - 248, INK)
    s.box(x + 130, y - 210, x + 150, y - 150, COAL)
    s.stroke([(x + 290, y - 140), (x + 470, y - 240)], mix(RED, INK, 0.2), 26)
    s.shape([(x + 470, y - 262), (x + 520, y - 236), (x + 505, y - 200), (x + 462, y - 222)], COAL)
    s.cut([(x - 110, y), (x - 40, y - 20), (x - 20, y + 60), (x - 130, y + 60)], RUST)
    reel = (x - 196, y + 12)
    for k in range(6):
        a = math.tau * k / 6 + 0.3
        s.stroke([reel, (reel[0] + 78 * math.cos(a), reel[1] + 66 * math.sin(a))], INK, 5)
        s.stroke([(reel[0] + 78 * math.cos(a), reel[1] + 66 * math.sin(a)), (reel[0] + 78 * math.cos(a + 1.05), reel[1] + 66 * math.sin(a + 1.05))], INK, 5)
    s.cut([(x - 340, y + 104), (x - 60, y + 104), (x - 96, y + 58), (x - 128, y + 20), (x - 150, y + 74), (x - 300, y + 82)], OCHRE)
    s.shape([(x - 340, y + 104), (x - 60, y + 104), (x - 66, y + 92), (x - 320, y + 94)], RUST)
    wheel(s, x + 30, y + 40, 84)
    wheel(s, x + 300, y + 66, 54)


def canal() -> Sheet:
    """A stone bridge over still water, old houses along the bank: a wide print."""
    s = Sheet(2400, 1000, 12)
    s.wash([(0, mix(SKY, BLUE, 0.3)), (0.35, SKY), (0.6, PAPER)])
    s.cuts([(0, 20), (2400, 20), (2400, 300), (0, 300)], PAPER, gap=30, width=9, length=520, fill=0.3, alpha=0.8)
    s.disc(1930, 190, 62, RED, 0.92)
    hills(s, [(360, 90, mix(MIST, SKY, 0.25)), (440, 60, mix(MIST, BLUE, 0.25)), (505, 30, mix(SAGE, MIST, 0.4))], 640)
    s.mist(420, 600, PAPER, 0.7)
    for i in range(11):
        crown(s, 30 + i * 92 + s.rng.uniform(-20, 20), 545, s.rng.uniform(34, 60), mix(SAGE, GREEN, s.rng.uniform(0, 0.6)))
    x = 1290.0
    while x < 2480:
        wide, tall = s.rng.uniform(130, 210), s.rng.uniform(150, 245)
        house(s, x, 604, wide, tall, windows=2 if wide < 165 else 3)
        x += wide * s.rng.uniform(0.92, 1.1)
    for hx, wide, tall in ((-60, 190, 170), (120, 150, 130)):
        house(s, hx, 604, wide, tall)
    s.cut([(1180, 600), (2420, 600), (2420, 640), (1180, 640)], mix(SAND, COAL, 0.35))
    s.cuts([(1180, 602), (2420, 602), (2420, 638), (1180, 638)], CREAM, gap=13, width=3, length=60, alpha=0.6)
    s.cut([(-20, 600), (330, 600), (400, 640), (-20, 640)], mix(SAND, COAL, 0.35))
    _stone_bridge(s, 280, 1210, 640)
    for px, tall, pose, coat, face in ((640, 74, "walk", DEEP, 1), (742, 78, "stand", RED, 1), (776, 70, "stand", COAL, -1), (930, 74, "walk", BROWN, -1)):
        person(s, px, _deck(px, 280, 1210, 640) + 4, tall, pose, coat=coat, face=face)
    for px in range(1330, 2380, 97):
        person(s, px, 604, s.rng.uniform(50, 58), s.rng.choice(["walk", "stand", "walk"]), coat=s.rng.choice([DEEP, RUST, COAL, OCHRE]), face=s.rng.choice([-1, 1]))
    s.mirror(640, 360, mix(DEEP, BLUE, 0.5), 0.36)
    s.cuts([(0, 660), (2400, 660), (2400, 1000), (0, 1000)], PAPER, gap=24, width=5, length=170, fill=0.14, alpha=0.6)
    s.mist(840, 1000, NIGHT, 0.42)
    _boat(s, 1420, 800)
    for wx, tall in ((2190, 640), (60, 520)):
        willow(s, wx, 1010 if wx > 500 else 760, tall, mix(GREEN, PINE, 0.5), SAGE)
    for i in range(7):
        bird(s, 1090 + i * 52 + s.rng.uniform(-12, 12), 176 - abs(i - 3) * -18, 30, COAL)
    return s


def _deck(x: float, x0: float, x1: float, water: float) -> float:
    t = (x - x0) / (x1 - x0)
    return water - 40 - 215 * math.sin(math.pi * t) ** 1.25


def _stone_bridge(s: Sheet, x0: float, x1: float, water: float) -> None:
    stone, dark = mix(SAND, MIST, 0.35), mix(COAL, BROWN, 0.4)
    deck = [(x0 + (x1 - x0) * i / 40, _deck(x0 + (x1 - x0) * i / 40, x0, x1, water)) for i in range(41)]
    side = [*deck, (x1, water), (x0, water)]
    s.shape(side, stone)
    for row in range(11):
        y = water - 20 - row * 22
        s.cuts([(x0, y), (x1, y), (x1, y + 8), (x0, y + 8)], dark, gap=8, width=3, length=58, fill=0.6, alpha=0.4) if y > water - 230 else None
    middle = (x0 + x1) / 2
    for cx, r, high in ((middle, 172, 190), (middle - 285, 82, 96), (middle + 285, 82, 96)):
        ring = [(cx + (r + 20) * math.cos(a), water - (high + 20) * math.sin(a)) for a in (math.pi * i / 30 for i in range(31))]
        s.shape(ring, mix(stone, PAPER, 0.4))
        for i in range(1, 18):
            a = math.pi * i / 18
            s.stroke([(cx + r * math.cos(a), water - high * math.sin(a)), (cx + (r + 20) * math.cos(a), water - (high + 20) * math.sin(a))], dark, 2, 0.7)
        hole = [(cx + r * math.cos(a), water - high * math.sin(a)) for a in (math.pi * i / 30 for i in range(31))]
        s.wash([(0, mix(MIST, SKY, 0.4)), (0.75, PAPER), (1, MIST)], hole)
        inner = [(cx + r * 0.94 * math.cos(a) - 12, water - high * 0.97 * math.sin(a)) for a in (math.pi * i / 30 for i in range(31))]
        s.shape([*hole[:16], *reversed(inner[:16])], dark)
    far = [(px, py - 6) for px, py in deck[3:-3]]
    s.stroke(far, dark, 7)
    s.stroke([(px, py - 46) for px, py in deck[3:-3]], mix(stone, PAPER, 0.3), 9)
    for px, py in deck[3:-2:2]:
        s.box(px - 6, py - 58, px + 6, py, mix(stone, PAPER, 0.2))
        s.box(px + 2, py - 58, px + 6, py, dark, 0.5)


def _boat(s: Sheet, x: float, y: float) -> None:
    s.shape([(x - 190, y + 24), (x + 200, y + 24), (x + 120, y + 66), (x - 130, y + 60)], INK, 0.35)
    s.shape([*curve((x - 210, y - 24), (x - 120, y + 18), (x + 120, y + 18), (x + 215, y - 30)), (x + 150, y + 34), (x - 140, y + 34)], mix(BROWN, INK, 0.5))
    s.shape([*curve((x - 70, y), (x - 62, y - 78), (x + 60, y - 78), (x + 72, y)), (x - 70, y)], RED)
    for k in range(5):
        s.stroke([(x - 56 + k * 28, y), (x - 52 + k * 26, y - 74)], mix(RED, INK, 0.35), 3)
    hand = person(s, x + 132, y + 8, 128, "push", coat=DEEP, hat=OCHRE, face=1)
    s.taper([(hand[0] - 30, hand[1] - 66), (x + 262, y + 88)], mix(BROWN, INK, 0.3), 5, 8)


def wind() -> Sheet:
    """Turbines on a ridge at first light."""
    s = Sheet(1800, 1200, 13)
    s.wash([(0, DEEP), (0.25, BLUE), (0.48, mix(ROSE, SKY, 0.55)), (0.62, CREAM)])
    s.glow(1180, 640, 620, PAPER, 0.85, 380)
    s.disc(1180, 610, 74, PAPER)
    s.cuts([(0, 120), (1800, 120), (1800, 560), (0, 560)], CREAM, gap=40, width=13, length=520, fill=0.28, alpha=0.5)
    hills(s, [(620, 90, mix(MIST, ROSE, 0.25)), (690, 90, mix(BLUE, MIST, 0.5))], 900)
    for x, y, tall, turn in ((300, 690, 210, 0.2), (520, 668, 190, 0.9), (1560, 690, 230, 0.5), (1716, 706, 180, 1.4)):
        _turbine(s, x, y, tall, turn, mix(PAPER, BLUE, 0.25))
    hills(s, [(790, 80, mix(DEEP, BLUE, 0.55))], 1000)
    s.mist(690, 1010, CREAM, 0.62)
    _turbine(s, 860, 1000, 680, 0.35, PAPER)
    _turbine(s, 1350, 960, 520, 1.25, mix(PAPER, MIST, 0.2))
    front = wander(s.rng, -40, 1840, 910, 70)
    s.wash([(0, mix(PINE, DEEP, 0.5)), (1, PINE)], [*front, (1860, 1200), (-60, 1200)])
    s.cuts([*front, (1860, 1200), (-60, 1200)], SAGE, gap=22, width=4, angle=-8, length=120, fill=0.3, alpha=0.4)
    _turbine(s, 330, 1130, 910, 0.75, PAPER)
    near = wander(s.rng, -40, 1840, 1070, 46)
    s.shape([*near, (1860, 1210), (-60, 1210)], mix(PINE, INK, 0.55))
    s.taper(curve((1260, 1210), (1130, 1120), (1220, 1030), (1090, 960), (980, 905)), CREAM, 60, 5)
    for x in range(-20, 1820, 26):
        if 1060 < x < 1330:
            continue
        s.taper(curve((x, 1215), (x + s.rng.uniform(-6, 14), 1150), (x + s.rng.uniform(4, 44), 1215 - s.rng.uniform(50, 120)), steps=4), mix(PINE, INK, s.rng.uniform(0.5, 0.9)), 12, 1)
    person(s, 1096, 1078, 84, "point", coat=RED, hat=CREAM)
    person(s, 1146, 1080, 84, "stand", coat=OCHRE, hat=CREAM, face=-1)
    return s


def _turbine(s: Sheet, x: float, y: float, tall: float, turn: float, ink: str) -> None:
    top = (x, y - tall)
    s.taper([(x, y), top], ink, tall * 0.045, tall * 0.022)
    s.taper([(x + tall * 0.012, y), (x + tall * 0.006, y - tall)], mix(ink, DEEP, 0.35), tall * 0.018, tall * 0.008)
    s.shape(blob(x + tall * 0.02, y - tall, tall * 0.045, tall * 0.018), mix(ink, DEEP, 0.2))
    for k in range(3):
        a = turn + math.tau * k / 3
        dx, dy = math.sin(a), -math.cos(a)
        tip, root = (top[0] + dx * tall * 0.58, top[1] + dy * tall * 0.58), (top[0] + dx * tall * 0.1, top[1] + dy * tall * 0.1)
        s.shape([top, (root[0] - dy * tall * 0.03, root[1] + dx * tall * 0.03), tip, (root[0] + dy * tall * 0.008, root[1] - dx * tall * 0.008)], ink)
    s.disc(*top, tall * 0.024, ink)


def lotus() -> Sheet:
    """A lotus pond and a heron."""
    s = Sheet(1800, 1200, 14)
    s.wash([(0, mix(SKY, MIST, 0.4)), (0.18, SKY), (0.3, mix(SKY, MIST, 0.6)), (0.55, mix(BLUE, MIST, 0.3)), (1, DEEP)])
    hills(s, [(190, 40, mix(MIST, SKY, 0.3)), (240, 24, mix(SAGE, MIST, 0.5))], 330)
    for i in range(26):
        crown(s, i * 74 + s.rng.uniform(-20, 20), 278, s.rng.uniform(20, 42), mix(SAGE, GREEN, s.rng.uniform(0, 0.7)))
    s.mist(220, 330, PAPER, 0.7)
    s.cuts([(0, 330), (1800, 330), (1800, 1200), (0, 1200)], PAPER, gap=30, width=6, length=230, fill=0.18, alpha=0.55)
    for row in range(13):
        y = 380 + 62 * row * (0.55 + row * 0.045)
        scale = 0.3 + 0.72 * (y - 380) / 820
        for _ in range(round(9 / (scale + 0.45))):
            x = s.rng.uniform(-60, 1860)
            if abs(x - 1180 + (y - 560) * 0.9) < 250 - row * 8:
                continue
            rx = 150 * scale * s.rng.uniform(0.7, 1.1)
            lift = s.rng.choice([0, 0, 60, 120]) * scale
            _leaf(s, x, y - lift, rx, lift, mix(mix(GREEN, PINE, s.rng.uniform(0, 0.75)), MIST, max(0, 0.5 - scale * 0.7)))
        for _ in range(2 if row > 1 else 0):
            x = s.rng.uniform(60, 1740)
            if abs(x - 1180 + (y - 560) * 0.9) > 220:
                _flower(s, x, y - 150 * scale, 74 * scale, y)
    _heron(s, 1120, 790, 330)
    _flower(s, 470, 640, 104, 1200)
    _flower(s, 1560, 760, 88, 1220)
    _leaf(s, 250, 1120, 270, 0, mix(PINE, GREEN, 0.3))
    _leaf(s, 1700, 1150, 300, 0, mix(PINE, INK, 0.2))
    return s


def _leaf(s: Sheet, x: float, y: float, r: float, lift: float, ink: str) -> None:
    flat = 0.36
    if lift:
        s.taper([(x, y), (x + r * 0.1, y + lift + r * 0.4)], mix(ink, INK, 0.3), r * 0.05, r * 0.04)
    s.shape(blob(x + r * 0.04, y + r * 0.1 + lift, r, r * flat, 40), INK, 0.2)
    s.shape(blob(x, y, r, r * flat, 44, 0.025, x), ink)
    s.shape(blob(x - r * 0.08, y - r * 0.04, r * 0.86, r * flat * 0.78, 40, 0.03, x), mix(ink, SAGE, 0.3))
    for k in range(13):
        a = math.tau * k / 13 + x
        s.taper([(x, y), (x + r * 0.84 * math.cos(a), y + r * flat * 0.84 * math.sin(a))], mix(ink, INK, 0.15), r * 0.022, r * 0.006, 0.8)
    s.disc(x, y, r * 0.07, mix(ink, CREAM, 0.5), ry=r * 0.035)


def _flower(s: Sheet, x: float, y: float, r: float, foot: float) -> None:
    s.taper(curve((x + r * 0.3, foot), (x + r * 0.1, (y + foot) / 2), (x, y), steps=6), mix(GREEN, PINE, 0.5), r * 0.1, r * 0.08)
    petals = [(-1.25, 0.9), (1.25, 0.9), (-0.85, 1.02), (0.85, 1.02), (-0.42, 1.1), (0.42, 1.1), (0, 1.12)]
    for i, (a, long) in enumerate(petals):
        tip = (x + r * long * math.sin(a), y - r * long * math.cos(a))
        nx, ny = math.cos(a) * r * 0.3, math.sin(a) * r * 0.3
        mid = (x + r * 0.55 * math.sin(a), y - r * 0.55 * math.cos(a))
        pink = mix(mix(ROSE, RED, 0.35), PAPER, 0.15 + 0.1 * i)
        s.shape([*curve((x, y), (mid[0] - nx, mid[1] - ny), tip, steps=8), *curve(tip, (mid[0] + nx, mid[1] + ny), (x, y), steps=8)], pink)
        s.taper([(x, y), mid, tip], mix(RED, ROSE, 0.4), r * 0.012, r * 0.05, 0.8)


def _heron(s: Sheet, x: float, y: float, tall: float) -> None:
    for lx in (x - tall * 0.03, x + tall * 0.05):
        s.taper([(lx, y - tall * 0.4), (lx + tall * 0.02, y - tall * 0.18), (lx, y)], COAL, tall * 0.022, tall * 0.014)
    body = curve((x - tall * 0.3, y - tall * 0.36), (x - tall * 0.08, y - tall * 0.56), (x + tall * 0.14, y - tall * 0.58), (x + tall * 0.13, y - tall * 0.42), (x - tall * 0.04, y - tall * 0.34))
    s.shape(body, PAPER)
    s.shape(curve((x - tall * 0.32, y - tall * 0.34), (x - tall * 0.1, y - tall * 0.5), (x + tall * 0.06, y - tall * 0.46), (x - tall * 0.06, y - tall * 0.36)), mix(MIST, DEEP, 0.25))
    s.taper(curve((x + tall * 0.1, y - tall * 0.5), (x + tall * 0.22, y - tall * 0.62), (x + tall * 0.1, y - tall * 0.78), (x + tall * 0.18, y - tall * 0.93)), PAPER, tall * 0.09, tall * 0.045)
    s.disc(x + tall * 0.19, y - tall * 0.94, tall * 0.036, PAPER)
    s.taper([(x + tall * 0.21, y - tall * 0.945), (x + tall * 0.38, y - tall * 0.91)], OCHRE, tall * 0.03, 1)
    s.taper([(x + tall * 0.2, y - tall * 0.96), (x + tall * 0.06, y - tall * 0.93)], INK, tall * 0.022, 1)
    s.shape(blob(x, y, tall * 0.2, tall * 0.03), PAPER, 0.35)


def snow() -> Sheet:
    """A lane in the first snow, a red umbrella: an upright print."""
    s = Sheet(1600, 2000, 15)
    s.wash([(0, mix(DEEP, MIST, 0.45)), (0.4, mix(MIST, SKY, 0.3)), (0.62, SKY), (1, PAPER)])
    for x, wide, tall, part in ((620, 130, 240, 0.7), (730, 110, 330, 0.76), (826, 150, 270, 0.72), (540, 100, 180, 0.66)):
        s.box(x, 1120 - tall, x + wide, 1140, mix(DEEP, MIST, part))
        s.box(x - 6, 1112 - tall, x + wide + 6, 1126 - tall, PAPER)
    s.mist(860, 1150, SKY, 0.8)
    for side in (-1, 1):
        for i in range(4):
            near, far = 560 * 0.62**i, 560 * 0.62 ** (i + 1)
            x0, x1 = 800 + side * (near + 120), 800 + side * (far + 120)
            y0, y1 = 1130 + near * 0.75, 1130 + far * 0.75
            t0, t1 = near * 1.3 + 110, far * 1.3 + 110
            wall = mix(mix(BROWN, COAL, 0.5), MIST, 0.13 * i + (0.08 if side > 0 else 0))
            s.cut([(x0, y0), (x1, y1), (x1, y1 - t1), (x0, y0 - t0)], wall)
            for k in range(3):
                a, b = (k + 0.25) / 3, (k + 0.75) / 3
                ax, bx = x0 + (x1 - x0) * a, x0 + (x1 - x0) * b
                ay, by = y0 + (y1 - y0) * a, y0 + (y1 - y0) * b
                at, bt = t0 + (t1 - t0) * a, t0 + (t1 - t0) * b
                pane = OCHRE if (i + k) % 3 == 0 else mix(wall, INK, 0.45)
                s.shape([(ax, ay - at * 0.42), (bx, by - bt * 0.42), (bx, by - bt * 0.72), (ax, ay - at * 0.72)], pane)
                s.stroke([((ax + bx) / 2, (ay + by) / 2 - (at + bt) * 0.21), ((ax + bx) / 2, (ay + by) / 2 - (at + bt) * 0.36)], wall, near * 0.012 + 1)
            over = near * 0.12 + 10
            s.cut([(x0 - side * over, y0 - t0 + over * 0.6), (x1 - side * over * 0.7, y1 - t1 + over * 0.4), (x1 + side * over * 2, y1 - t1 - over * 2.4), (x0 + side * over * 4, y0 - t0 - over * 3.6)], PAPER)
            s.taper([(x0 - side * over, y0 - t0 + over * 0.7), (x1 - side * over * 0.7, y1 - t1 + over * 0.45)], mix(COAL, MIST, 0.1 * i), near * 0.035 + 5, far * 0.035 + 4)
            lantern(s, x0 + (x1 - x0) * 0.45 - side * over, y0 - t0 * 0.93 + (y1 - y0 - t1 + t0) * 0.4, near * 0.05 + 7)
    s.wash([(0, mix(PAPER, MIST, 0.35)), (0.4, PAPER), (1, "#fbf6ea")], [(690, 1130), (910, 1130), (1480, 1560), (1640, 2000), (-40, 2000), (120, 1560)])
    for side in (-1, 1):
        s.taper(curve((800 + side * 30, 1140), (800 + side * 90, 1330), (800 + side * 210, 1640), (800 + side * 330, 2010)), mix(MIST, BLUE, 0.3), 6, 54, 0.55)
    for x, y, tall, coat in ((946, 1290, 150, RUST), (716, 1190, 92, COAL)):
        person(s, x, y, tall, "walk", coat=coat, face=-1, long=0.1)
    bare(s, 210, 1730, 1500, mix(INK, BROWN, 0.2), 0.06, 7)
    bare(s, 1420, 1640, 1180, mix(INK, BROWN, 0.3), -0.1, 7)
    for x, y, r in ((212, 1730, 150), (1420, 1640, 120)):
        s.shape(blob(x, y + 18, r, r * 0.3, 30, 0.04), "#fbf6ea")
    for i in range(15):
        y = 1990 - i * 34
        s.disc(812 + (24 if i % 2 else -24) * (1 - i * 0.03), y, 15 - i * 0.6, mix(MIST, BLUE, 0.4), 0.8, 8 - i * 0.3)
    s.shape(blob(830, 1496, 120, 16), mix(MIST, DEEP, 0.35), 0.7)
    hand = person(s, 800, 1490, 330, "walk", coat=mix(DEEP, NIGHT, 0.3), legs=INK, skin=INK, long=0.16)
    _umbrella(s, 812, hand[1] - 128, 158)
    for _ in range(520):
        r = s.rng.choice([2.2, 3, 3, 4.5, 7])
        s.disc(s.rng.uniform(0, 1600), s.rng.uniform(0, 2000), r, "#fffdf6", 0.9 if r < 6 else 0.6)
    return s


def _umbrella(s: Sheet, x: float, y: float, r: float) -> None:
    s.stroke([(x, y - r * 0.5), (x + r * 0.02, y + r * 1.05)], INK, 6)
    dome = [(x + r * math.cos(a), y - r * 0.72 * math.sin(a)) for a in (math.pi * i / 24 for i in range(25))]
    scallop = [(x - r + r * 2 * i / 24, y + 14 * abs(math.sin(math.pi * i / 6)) * -1 + 10) for i in range(25)]
    s.shape([*dome, *scallop], RED)
    for k in (-0.62, 0, 0.62):
        s.taper(curve((x, y - r * 0.72), (x + k * r * 0.62, y - r * 0.5), (x + k * r * 0.98, y + 4)), mix(RED, INK, 0.35), 3, 5)
    s.shape([*dome[2:9], (x + r * 0.36, y - r * 0.4)], PAPER, 0.14)
    s.shape([(x + r * 0.86 * math.cos(a), y - r * 0.7 * math.sin(a)) for a in (0.9 + 1.3 * i / 12 for i in range(13))], "#fbf6ea")
    s.stroke([(x, y - r * 0.72), (x, y - r * 0.84)], INK, 7)


def planting() -> Sheet:
    """Saplings going into a hillside."""
    s = Sheet(1800, 1200, 16)
    s.wash([(0, mix(SKY, BLUE, 0.35)), (0.3, SKY), (0.5, PAPER)])
    s.cuts([(0, 40), (1800, 40), (1800, 330), (0, 330)], PAPER, gap=36, width=12, length=420, fill=0.3, alpha=0.85)
    hills(s, [(400, 100, mix(MIST, SKY, 0.2)), (480, 80, mix(MIST, SAGE, 0.5)), (560, 50, mix(SAGE, GREEN, 0.4))], 700)
    s.mist(470, 660, PAPER, 0.55)
    slope = curve((-40, 560), (400, 600), (900, 690), (1400, 660), (1860, 560))
    s.wash([(0, mix(SAGE, OCHRE, 0.3)), (1, mix(GREEN, PINE, 0.25))], [*slope, (1860, 1200), (-40, 1200)])
    for row in range(5):
        y = 660 + row * 34
        for i in range(22):
            x = -20 + i * 88 + (row % 2) * 40
            if abs(x - 900) > 120 + row * 120 or row < 2:
                poplar(s, x, y + 40 * math.sin(x / 290), 40 + row * 15, mix(GREEN, SAGE, 0.55 - row * 0.12))
    s.cuts([*slope, (1860, 1200), (-40, 1200)], PINE, gap=20, width=5, angle=7, length=80, fill=0.32, alpha=0.4)
    earth = curve((-40, 930), (380, 900), (800, 950), (1300, 920), (1860, 960))
    s.wash([(0, mix(BROWN, RUST, 0.5)), (1, mix(BROWN, INK, 0.35))], [*earth, (1860, 1210), (-40, 1210)])
    s.cuts([*earth, (1860, 1210), (-40, 1210)], mix(SAND, RUST, 0.4), gap=17, width=5, angle=4, length=64, fill=0.4, alpha=0.6)
    for px, py, tall, coat, act in ((250, 800, 180, OCHRE, "bend"), (440, 790, 180, DEEP, "hold"), (1640, 800, 186, RED, "bend"), (1490, 786, 176, COAL, "stand")):
        person(s, px, py, tall, act, coat=coat, face=1 if px < 900 else -1)
    _sapling(s, 330, 812, 170, GREEN)
    _sapling(s, 1560, 816, 170, GREEN)
    s.shape(blob(905, 1080, 190, 46, 40, 0.03), mix(INK, BROWN, 0.4))
    s.shape(blob(905, 1070, 150, 30, 40, 0.04), INK)
    _sapling(s, 905, 1076, 620, mix(GREEN, SAGE, 0.2))
    hand = person(s, 640, 1118, 520, "push", coat=mix(DEEP, BLUE, 0.2), legs=NIGHT, hat=CREAM)
    s.taper([(hand[0] - 60, hand[1] - 96), (hand[0] + 86, 1052)], SAND, 15, 15)
    s.shape([(hand[0] + 62, 1022), (hand[0] + 116, 1036), (hand[0] + 124, 1098), (hand[0] + 92, 1122), (hand[0] + 66, 1086)], COAL)
    person(s, 1118, 1126, 500, "reach", coat=RED, legs=COAL, face=-1)
    person(s, 1300, 1130, 330, "hold", coat=OCHRE, legs=DEEP, face=-1, child=True)
    s.cut([(1186, 1016), (1270, 1016), (1258, 1110), (1198, 1110)], MIST)
    s.disc(1228, 1016, 42, mix(DEEP, BLUE, 0.4), ry=9)
    s.stroke(curve((1188, 1016), (1228, 960), (1268, 1016)), INK, 4)
    return s


def _sapling(s: Sheet, x: float, y: float, tall: float, ink: str) -> None:
    bark = mix(BROWN, INK, 0.2)
    s.taper(curve((x, y), (x + tall * 0.02, y - tall * 0.5), (x, y - tall)), bark, tall * 0.035, tall * 0.012)
    for i in range(13):
        t = 0.36 + i * 0.05
        side, long = (1 if i % 2 else -1), tall * 0.3 * (1.2 - t * 0.85)
        root = (x + tall * 0.012, y - tall * t)
        twig = curve(root, (root[0] + side * long * 0.5, root[1] - long * 0.45), (root[0] + side * long * 0.8, root[1] - long * 1.05), steps=4)
        s.taper(twig, bark, tall * 0.013, tall * 0.004)
        for k, (lx, ly) in enumerate(twig[2:]):
            turn = (0.5 if (k + i) % 2 else -1.1) * side
            s.shape(blob(lx + tall * 0.018 * math.cos(turn), ly + tall * 0.018 * math.sin(turn), tall * 0.03, tall * 0.012, 12, 0, turn), mix(ink, PINE, (i + k) % 4 * 0.18))


def kites() -> Sheet:
    """Kites over the meadow."""
    s = Sheet(1800, 1350, 17)
    s.wash([(0, mix(BLUE, DEEP, 0.15)), (0.45, mix(BLUE, SKY, 0.6)), (0.75, PAPER)])
    for cx, cy, r in ((300, 330, 150), (1480, 520, 190), (930, 240, 90), (640, 700, 120)):
        for k in range(5):
            s.shape(blob(cx + (k - 2) * r * 0.55, cy - (12 if k % 2 else -8), r * 0.55, r * (0.3 - abs(k - 2) * 0.05), 30), mix(PAPER, SKY, 0.25))
        s.cuts([(cx - r * 1.5, cy - 20), (cx + r * 1.5, cy - 20), (cx + r * 1.5, cy + r * 0.4), (cx - r * 1.5, cy + r * 0.4)], mix(SKY, BLUE, 0.35), gap=20, width=8, length=150, fill=0.5, alpha=0.5)
    hills(s, [(1010, 50, mix(MIST, SKY, 0.2)), (1050, 24, mix(SAGE, MIST, 0.4))], 1110)
    x = 1080.0
    while x < 1800:
        wide = s.rng.uniform(40, 80)
        s.box(x, 1060 - s.rng.uniform(50, 190), x + wide, 1110, mix(MIST, BLUE, s.rng.uniform(0.1, 0.35)))
        x += wide * s.rng.uniform(1, 1.5)
    s.mist(960, 1100, PAPER, 0.6)
    for i in range(24):
        crown(s, i * 80 + s.rng.uniform(-20, 20), 1096, s.rng.uniform(24, 50), mix(SAGE, GREEN, s.rng.uniform(0.2, 0.8)))
    ground = curve((-40, 1130), (500, 1100), (1100, 1124), (1860, 1090))
    s.wash([(0, mix(SAGE, OCHRE, 0.25)), (1, mix(GREEN, PINE, 0.35))], [*ground, (1860, 1350), (-40, 1350)])
    s.cuts([*ground, (1860, 1350), (-40, 1350)], CREAM, gap=20, width=4, angle=-3, length=70, fill=0.25, alpha=0.5)
    flyers = [(420, 1236, 205, "point", RED, 1, 560, 250), (1330, 1222, 190, "point", DEEP, -1, 1130, 420), (870, 1196, 140, "run", OCHRE, 1, 1500, 190), (190, 1190, 120, "point", RUST, 1, 240, 560)]
    for px, py, tall, pose, coat, face, kx, ky in flyers:
        hand = person(s, px, py, tall, pose, coat=coat, face=face, child=pose == "run")
        grip = (px + face * 0.3 * tall, py - tall * (0.98 if pose == "point" else 0.76))
        s.taper(curve(grip, ((grip[0] + kx) / 2 + (kx - hand[0]) * 0.08, (grip[1] + ky) / 2 + 90), (kx, ky + 30)), COAL, 2.4, 1.4)
    person(s, 350, 1240, 120, "stand", coat=OCHRE, legs=DEEP, child=True)
    person(s, 1420, 1226, 110, "jump", coat=RED, legs=COAL, child=True, face=-1)
    for px in (700, 760, 1130, 1210, 1700):
        person(s, px, 1160 + s.rng.uniform(-10, 10), s.rng.uniform(70, 84), s.rng.choice(["stand", "walk", "point"]), coat=s.rng.choice([DEEP, COAL, RUST, CREAM]))
    _swallow(s, 560, 250, 190, -0.16)
    _diamond(s, 1130, 420, 110, 0.25)
    _dragon(s, 1500, 190)
    _diamond(s, 240, 560, 70, -0.3, DEEP)
    return s


def _swallow(s: Sheet, x: float, y: float, r: float, turn: float) -> None:
    c, n = math.cos(turn), math.sin(turn)

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + r * (px * c - py * n), y + r * (px * n + py * c)) for px, py in points]

    for side in (-1, 1):
        s.shape(at(curve((0, -0.12), (side * 0.4, -0.5), (side * 0.95, -0.42), (side * 1.12, -0.12), (side * 0.8, 0.08), (side * 0.3, 0.18), (0, 0.2))), INK)
        s.shape(at(curve((side * 0.3, -0.16), (side * 0.55, -0.34), (side * 0.9, -0.26), (side * 0.94, -0.12), (side * 0.6, 0.0), (side * 0.3, -0.16))), RED)
        s.shape(at(curve((side * 0.42, -0.16), (side * 0.6, -0.26), (side * 0.78, -0.2), (side * 0.62, -0.08), (side * 0.42, -0.16))), CREAM)
        s.shape(at([(0, 0.42), (side * 0.1, 0.4), (side * 0.42, 1.1), (side * 0.2, 1.06)]), INK)
        s.shape(at([(side * 0.12, 0.6), (side * 0.17, 0.58), (side * 0.33, 0.98), (side * 0.24, 0.98)]), OCHRE)
    s.shape(at(curve((0, -0.5), (0.2, -0.38), (0.18, 0.1), (0.1, 0.5), (-0.1, 0.5), (-0.18, 0.1), (-0.2, -0.38), (0, -0.5))), CREAM)
    s.shape(at(curve((0, -0.5), (0.2, -0.38), (0.17, -0.16), (0, -0.1), (-0.17, -0.16), (-0.2, -0.38), (0, -0.5))), INK)
    for side in (-1, 1):
        s.disc(*at([(side * 0.08, -0.3)])[0], r * 0.05, CREAM)
        s.disc(*at([(side * 0.08, -0.3)])[0], r * 0.022, INK)
    s.shape(at([(0, -0.2), (0.04, -0.26), (-0.04, -0.26)]), RED)
    for k in range(3):
        s.shape(at(blob(0, 0.05 + k * 0.14, 0.06, 0.05, 16)), RED if k != 1 else OCHRE)


def _diamond(s: Sheet, x: float, y: float, r: float, turn: float, ink: str = RED) -> None:
    c, n = math.cos(turn), math.sin(turn)
    top, right, foot, left, heart = ((x + r * (a * c - b * n), y + r * (a * n + b * c)) for a, b in ((0, -1), (0.72, -0.15), (0, 1.05), (-0.72, -0.15), (0, -0.15)))
    s.shape([top, right, heart], ink)
    s.shape([top, left, heart], OCHRE)
    s.shape([left, foot, heart], mix(ink, INK, 0.3))
    s.shape([right, foot, heart], CREAM)
    tail = curve(foot, (foot[0] + r * 0.5, foot[1] + r * 0.6), (foot[0] - r * 0.1, foot[1] + r * 1.2), (foot[0] + r * 0.5, foot[1] + r * 1.9))
    s.taper(tail, COAL, 3, 2)
    for px, py in tail[6::7]:
        s.shape([(px, py), (px - r * 0.14, py - r * 0.1), (px - r * 0.14, py + r * 0.1)], ink)
        s.shape([(px, py), (px + r * 0.14, py - r * 0.1), (px + r * 0.14, py + r * 0.1)], OCHRE)


def _dragon(s: Sheet, x: float, y: float) -> None:
    spine = curve((x, y), (x - 90, y - 66), (x - 190, y - 20), (x - 260, y + 60), (x - 340, y + 70), (x - 420, y + 10), steps=4)
    for i, (px, py) in reversed(list(enumerate(spine))):
        r = 40 - i * 1.2
        s.stroke([(px - r * 1.7, py + 14), (px + r * 1.7, py - 14)], COAL, 2)
        s.disc(px, py, r, (RED, CREAM, OCHRE)[i % 3])
        s.disc(px, py, r * 0.55, (CREAM, RED, DEEP)[i % 3])
    for side in (-1, 1):
        s.disc(x + 14, y + side * 16 - 6, 10, CREAM)
        s.disc(x + 17, y + side * 16 - 6, 5, INK)
        s.taper(curve((x - 6, y + side * 26), (x + 10, y + side * 66), (x + 46, y + side * 80)), RED, 9, 2)


def greenway() -> Sheet:
    """A riverside path in the morning: a wide print."""
    s = Sheet(2000, 1000, 18)
    s.wash([(0, mix(BLUE, SKY, 0.5)), (0.3, mix(SKY, CREAM, 0.4)), (0.5, PAPER)])
    s.glow(520, 330, 420, PAPER, 0.9)
    s.cuts([(0, 20), (2000, 20), (2000, 280), (0, 280)], PAPER, gap=34, width=10, length=420, fill=0.28, alpha=0.8)
    hills(s, [(330, 80, mix(MIST, SKY, 0.2)), (390, 50, mix(MIST, BLUE, 0.3))], 470)
    x = 1180.0
    while x < 2040:
        wide, tall = s.rng.uniform(44, 92), s.rng.uniform(50, 220)
        block(s, x, 440, wide, tall, mix(MIST, BLUE, s.rng.uniform(0.1, 0.4)), pane=mix(MIST, BLUE, 0.6), cols=4, rows=max(3, int(tall / 16)))
        x += wide * s.rng.uniform(1, 1.4)
    s.mist(300, 450, PAPER, 0.75)
    for i in range(34):
        crown(s, i * 62 + s.rng.uniform(-20, 20), 432, s.rng.uniform(18, 40), mix(SAGE, GREEN, s.rng.uniform(0, 0.7)))
    s.mirror(452, 150, mix(BLUE, SKY, 0.4), 0.35)
    s.wash([(0, mix(BLUE, SKY, 0.35)), (1, mix(DEEP, BLUE, 0.3))], [(0, 560), (2000, 560), (2000, 1000), (0, 1000)], 0.75)
    s.cuts([(0, 470), (1100, 470), (700, 1000), (0, 1000)], PAPER, gap=20, width=5, length=150, fill=0.2, alpha=0.7)
    bank = curve((2040, 452), (1500, 470), (1060, 500), (760, 590), (640, 720), (560, 860), (380, 1040))
    s.wash([(0, mix(SAGE, GREEN, 0.3)), (1, mix(GREEN, PINE, 0.45))], [*bank, (2040, 1040)])
    s.cuts([*bank, (2040, 1040)], mix(SAGE, CREAM, 0.4), gap=17, width=4, angle=-6, length=50, fill=0.3, alpha=0.5)
    left = curve((1990, 470), (1560, 500), (1180, 540), (930, 640), (880, 780), (780, 1020))
    right = curve((2000, 476), (1600, 512), (1300, 566), (1150, 660), (1200, 790), (1390, 1020))
    s.shape([*left, *reversed(right)], mix(RED, ROSE, 0.45))
    middle = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in zip(left, right, strict=True)]
    for i in range(2, len(middle) - 3, 4):
        s.taper(middle[i : i + 3], PAPER, 1 + i * 0.14, 2 + i * 0.16)
    s.taper(left, PAPER, 2, 9)
    s.taper(right, PAPER, 2, 9)
    for x, y, r in ((1790, 440, 54), (1660, 450, 62), (1490, 452, 78)):
        crown(s, x, y, r, mix(GREEN, SAGE, 0.3), SAGE, r)
    for px, py, tall, pose, coat, face in ((1290, 560, 76, "run", RED, -1), (1350, 556, 74, "run", DEEP, -1), (1470, 520, 54, "walk", OCHRE, 1), (1084, 680, 150, "walk", COAL, 1), (1136, 684, 142, "walk", OCHRE, 1)):
        person(s, px, py, tall, pose, coat=coat, face=face)
    for x, y, r in ((1530, 560, 190), (1850, 540, 250)):
        crown(s, x, y, r, mix(GREEN, PINE, 0.45), mix(SAGE, CREAM, 0.1), r * 0.9)
    person(s, 1628, 852, 250, "sit", coat=DEEP, legs=COAL, face=-1, hair=ASH)
    person(s, 1720, 852, 240, "sit", coat=RUST, legs=COAL, face=-1, hair=ASH)
    for y in (764, 786, 806):
        s.stroke([(1560, y), (1800, y)], mix(BROWN, RUST, 0.4), 9)
    for x in (1576, 1784):
        s.stroke([(x, 756), (x, 866)], INK, 7)
    _cyclist(s, 1010, 900, 300)
    for x in range(300, 860, 9):
        y = 1010
        tall = s.rng.uniform(110, 250) * (1 - abs(x - 520) / 620)
        lean = s.rng.uniform(-16, 44)
        s.taper(curve((x, y), (x + lean * 0.3, y - tall * 0.6), (x + lean, y - tall), steps=5), mix(PINE, GREEN, s.rng.random()), 6, 1.5)
        if s.rng.random() < 0.4:
            s.taper([(x + lean * 0.8, y - tall * 0.9), (x + lean * 1.5, y - tall * 1.3)], mix(SAND, RUST, s.rng.uniform(0, 0.4)), 11, 2)
    for i in range(3):
        bird(s, 330 + i * 70, 250 - i * 24, 36, COAL)
    return s


def _cyclist(s: Sheet, x: float, y: float, tall: float) -> None:
    r = tall * 0.19
    back, front, crank, seat, bar = (x - tall * 0.27, y - r), (x + tall * 0.3, y - r), (x - tall * 0.01, y - r * 0.95), (x - tall * 0.1, y - tall * 0.43), (x + tall * 0.23, y - tall * 0.5)
    s.shape(blob(x, y + 2, tall * 0.5, tall * 0.035), INK, 0.3)
    for wx, wy in (back, front):
        s.draw.ellipse([(wx - r) * 2, (wy - r) * 2, (wx + r) * 2, (wy + r) * 2], outline=(34, 32, 29, 255), width=round(tall * 0.032))
        for k in range(8):
            a = math.tau * k / 8
            s.stroke([(wx, wy), (wx + r * math.cos(a), wy + r * math.sin(a))], COAL, 1.2)
    for a, b in ((back, crank), (crank, seat), (seat, back), (crank, (bar[0] - tall * 0.02, bar[1] + tall * 0.1)), (seat, (bar[0] - tall * 0.03, bar[1] + tall * 0.08)), (front, bar)):
        s.stroke([a, b], CREAM, tall * 0.024)
    s.stroke([bar, (bar[0] - tall * 0.06, bar[1] - tall * 0.01)], INK, tall * 0.025)
    person(s, x - tall * 0.1, y + tall * 0.12, tall, "ride", coat=DEEP, legs=NIGHT, hat=CREAM)
    s.taper([(seat[0] - tall * 0.09, seat[1]), (seat[0] + tall * 0.07, seat[1])], INK, tall * 0.05, tall * 0.02)


def tractor() -> Sheet:
    """A tractor turning stubble, egrets behind it."""
    s = Sheet(1800, 1200, 19)
    s.wash([(0, mix(SKY, MIST, 0.5)), (0.3, PAPER), (0.5, mix(CREAM, ROSE, 0.25))])
    s.disc(360, 330, 92, mix(ROSE, RED, 0.45))
    s.cuts([(0, 60), (1800, 60), (1800, 400), (0, 400)], mix(PAPER, ROSE, 0.12), gap=30, width=12, length=480, fill=0.35, alpha=0.95)
    hills(s, [(430, 100, mix(MIST, ROSE, 0.2)), (480, 60, mix(MIST, SAGE, 0.5))], 600)
    for hx, wide in ((1240, 130), (1390, 110), (1520, 150)):
        house(s, hx, 540, wide, wide * 0.8)
    for i in range(22):
        poplar(s, 40 + i * 82 + s.rng.uniform(-24, 24), 556, s.rng.uniform(70, 150), mix(GREEN, SAGE, s.rng.uniform(0.1, 0.8)))
    s.mist(430, 560, CREAM, 0.6)
    s.wash([(0, mix(SAND, OCHRE, 0.3)), (1, OCHRE)], [(0, 548), (1800, 548), (1800, 1200), (0, 1200)])
    s.cuts([(0, 556), (1800, 556), (1800, 1200), (0, 1200)], CREAM, gap=14, width=4, angle=2, length=44, fill=0.35, alpha=0.6)
    vx, vy = 520, 500
    s.wash([(0, mix(BROWN, RUST, 0.4)), (1, mix(BROWN, INK, 0.45))], [(vx + 40, 548), (vx + 420, 548), (1990, 1210), (-420, 1210)])
    for i in range(27):
        t = i / 26
        top, foot = (vx + 40 + 380 * t, 548), (-420 + 2410 * t, 1210)
        s.taper([top, foot], mix(INK, BROWN, 0.25), 1.5, 40, 0.85)
        s.taper([(top[0] + 5, 548), (foot[0] + 40, 1210)], mix(SAND, RUST, 0.55), 1, 13, 0.75)
    _tractor(s, 1130, 840)
    for x, y, span in ((250, 690, 70), (330, 640, 58), (470, 700, 84), (620, 640, 76), (560, 590, 48), (700, 720, 66)):
        bird(s, x, y, span, PAPER, s.rng.uniform(-0.1, 0.1))
    for x, y, face in ((330, 960, 1), (480, 890, -1), (590, 1000, 1), (230, 1070, 1), (690, 905, -1)):
        _egret(s, x, y, 64 + (y - 880) * 0.12, face)
    return s


def _egret(s: Sheet, x: float, y: float, tall: float, face: int) -> None:
    for dx in (-0.05, 0.08):
        s.stroke([(x + tall * dx, y - tall * 0.4), (x + tall * dx, y)], COAL, 2.4)
    body = [(-0.5, -0.36), (-0.1, -0.58), (0.22, -0.6), (0.24, -0.46), (0.0, -0.34), (-0.5, -0.36)]
    s.shape(curve(*((x + face * tall * px, y + tall * py) for px, py in body)), PAPER)
    neck = [(0.16, -0.52), (0.34, -0.68), (0.2, -0.88), (0.3, -1.04)]
    s.taper(curve(*((x + face * tall * px, y + tall * py) for px, py in neck)), PAPER, tall * 0.12, tall * 0.08)
    s.taper([(x + face * tall * 0.3, y - tall * 1.04), (x + face * tall * 0.6, y - tall * 0.98)], OCHRE, tall * 0.07, 1)


def _tractor(s: Sheet, x: float, y: float) -> None:
    s.shape([(x - 330, y + 60), (x + 360, y + 60), (x + 280, y + 104), (x - 420, y + 104)], INK, 0.4)
    s.cut([(x - 330, y - 30), (x - 150, y - 60), (x - 150, y - 34), (x - 320, y + 6)], COAL)
    for i in range(4):
        s.shape(curve((x - 330 + i * 52, y - 24), (x - 350 + i * 52, y + 30), (x - 306 + i * 52, y + 62), (x - 312 + i * 52, y - 20)), mix(MIST, DEEP, 0.4))
    s.cut([(x + 20, y - 160), (x + 300, y - 136), (x + 316, y - 40), (x + 290, y - 10), (x, y - 10)], RED)
    s.cut([(x + 20, y - 70), (x + 312, y - 70), (x + 290, y - 10), (x, y - 10)], mix(RED, INK, 0.3), 1)
    for i in range(5):
        s.stroke([(x + 200 + i * 18, y - 132), (x + 200 + i * 18, y - 84)], mix(RED, INK, 0.45), 5)
    s.cut([(x - 150, y - 20), (x - 130, y - 300), (x + 60, y - 300), (x + 92, y - 20)], mix(RED, INK, 0.2))
    s.cut([(x - 126, y - 130), (x - 112, y - 280), (x + 44, y - 280), (x + 60, y - 130)], mix(SKY, BLUE, 0.3))
    person(s, x - 36, y - 70, 200, "sit", coat=DEEP, hat=OCHRE)
    s.shape([(x - 112, y - 280), (x - 40, y - 280), (x - 90, y - 130), (x - 126, y - 130)], PAPER, 0.4)
    s.box(x - 152, y - 320, x + 84, y - 298, INK)
    s.stroke([(x + 130, y - 150), (x + 130, y - 262)], COAL, 14)
    s.stroke([(x + 130, y - 262), (x + 148, y - 274)], COAL, 12)
    for k in range(4):
        s.shape(blob(x + 120 - k * 46, y - 300 - k * 30, 22 + k * 14, 14 + k * 8, 24, 0.06), MIST, 0.5 - k * 0.11)
    for wx, wy, r in ((x - 66, y - 30, 132), (x + 250, y + 14, 84)):
        for k in range(22):
            a = math.tau * k / 22
            s.stroke([(wx + r * 0.9 * math.cos(a), wy + r * 0.9 * math.sin(a)), (wx + r * 1.06 * math.cos(a + 0.1), wy + r * 1.06 * math.sin(a + 0.1))], INK, r * 0.11)
        wheel(s, wx, wy, r, INK, OCHRE)


def greenhouse() -> Sheet:
    """Tomato rows under glass."""
    s = Sheet(1800, 1200, 20)
    s.wash([(0, mix(SKY, MIST, 0.35)), (0.5, PAPER), (1, CREAM)])
    vx, vy = 940, 520
    s.glow(vx, vy, 560, "#fffaf0", 0.9)
    s.wash([(0, mix(SAND, CREAM, 0.4)), (1, mix(BROWN, SAND, 0.3))], [(vx, vy + 30), (2600, 1560), (-720, 1560)])
    for i in range(9, 0, -1):
        t = 0.13 * 1.44**i / 1.9
        arch = [(vx + 1500 * t * math.cos(a), vy + 180 * t - 1000 * t * math.sin(a) ** 0.8) for a in (math.pi * k / 30 for k in range(31))]
        s.stroke(arch, mix(mix(DEEP, MIST, 0.5), PAPER, max(0, 0.75 - i * 0.09)), 1.5 + t * 16)
    for k in range(13):
        a = math.pi * (k + 0.5) / 13
        s.stroke([(vx + 60 * math.cos(a), vy + 8 - 40 * math.sin(a)), (vx + 2400 * math.cos(a), vy + 280 - 1600 * math.sin(a) ** 0.8)], mix(MIST, BLUE, 0.2), 3, 0.6)
    for i in range(15, -1, -1):
        t = 0.09 + 0.93 * (1 - i / 16) ** 2.1
        part = max(0.0, 0.62 - t * 0.75)
        for lane in (-1.62, -0.72, 0.72, 1.62):
            x, y, tall = vx + lane * 900 * t, vy + 30 + 660 * t, 780 * t
            s.taper([(x, y), (x, y - tall)], mix(GREEN, PAPER, part), 3 + t * 6, 2)
            for _ in range(30):
                ly = y - tall * s.rng.uniform(0.06, 1.04)
                lx = x + s.rng.gauss(0, 0.12) * tall
                ink = mix(mix(GREEN, PINE, s.rng.random()), PAPER, part)
                s.shape(blob(lx, ly, tall * 0.085, tall * 0.034, 16, 0.07, s.rng.uniform(-0.9, 0.9)), ink)
            for _ in range(6):
                fx, fy = x + s.rng.gauss(0, 0.12) * tall, y - tall * s.rng.uniform(0.15, 0.8)
                s.disc(fx, fy, tall * 0.034, mix(s.rng.choice([RED, RED, OCHRE, SAGE]), PAPER, part))
                s.disc(fx - tall * 0.009, fy - tall * 0.011, tall * 0.009, PAPER, 0.7)
        if i == 8:
            person(s, vx + 70, vy + 30 + 660 * t + 6, 200, "reach", coat=DEEP, legs=COAL, hat=OCHRE)
    person(s, 800, 1110, 520, "hold", coat=mix(CREAM, SAND, 0.3), legs=DEEP, hat=RED)
    s.shape([(884, 760), (958, 748), (966, 800), (892, 812)], INK)
    s.shape([(890, 766), (952, 756), (958, 794), (897, 804)], mix(BLUE, PAPER, 0.5))
    for x, y in ((1060, 1080), (1010, 1130)):
        s.cut([(x, y - 60), (x + 180, y - 60), (x + 168, y + 30), (x + 12, y + 30)], mix(BLUE, DEEP, 0.5))
        for _ in range(26):
            s.disc(x + s.rng.uniform(16, 164), y - 60 + s.rng.uniform(-22, 6), 17, s.rng.choice([RED, mix(RED, OCHRE, 0.25), mix(RED, INK, 0.15)]))
        s.cut([(x, y - 52), (x + 180, y - 52), (x + 168, y + 30), (x + 12, y + 30)], mix(BLUE, DEEP, 0.5))
        s.box(x + 50, y - 30, x + 130, y - 14, INK, 0.5)
    return s
