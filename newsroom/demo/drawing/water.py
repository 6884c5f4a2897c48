"""Pictures by the water: the canal, a lotus pond, the greenway."""

import math

from newsroom.demo.drawing.figures import bird, heron, person
from newsroom.demo.drawing.ink import arc, blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import block, crown, hills, house, willow

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def canal() -> Sheet:
    """A stone bridge over still water, old houses along the bank: a wide print."""
    s = Sheet(2400, 1000, 12)
    s.wash([(0, "sky blue.3"), (0.35, "sky"), (0.6, "paper")])
    s.cuts("0,20 2400,300", "paper", gap=30, width=9, length=520, fill=0.3, alpha=0.8)
    s.disc(1930, 190, 62, "red", 0.92)
    hills(s, [(360, 90, "mist sky.25"), (440, 60, "mist blue.25"), (505, 30, "sage mist.4")], 640)
    s.mist(420, 600, "paper", 0.7)
    for i in range(11):
        crown(s, 30 + i * 92 + s.rng.uniform(-20, 20), 545, s.rng.uniform(34, 60),
            mix("sage", "green", s.rng.uniform(0, 0.6)))
    x = 1290.0
    while x < 2480:
        wide, tall = s.rng.uniform(130, 210), s.rng.uniform(150, 245)
        house(s, x, 604, wide, tall, windows=2 if wide < 165 else 3)
        x += wide * s.rng.uniform(0.92, 1.1)
    for hx, wide, tall in ((-60, 190, 170), (120, 150, 130)):
        house(s, hx, 604, wide, tall)
    s.cut("1180,600 2420,640", "sand coal.35")
    s.cuts("1180,602 2420,638", "cream", gap=13, width=3, length=60, alpha=0.6)
    s.cut("-20,600 330,600 400,640 -20,640", "sand coal.35")
    _stone_bridge(s, 280, 1210, 640)
    for px, tall, pose, coat, face in ((640, 74, "walk", "deep", 1), (742, 78, "stand", "red", 1),
            (776, 70, "stand", "coal", -1), (930, 74, "walk", "brown", -1)):
        person(s, px, _deck(px, 280, 1210, 640) + 4, tall, pose, coat=coat, face=face)
    for px in range(1330, 2380, 97):
        person(s, px, 604, s.rng.uniform(50, 58), s.rng.choice(["walk", "stand", "walk"]),
            coat=s.rng.choice(["deep", "rust", "coal", "ochre"]), face=s.rng.choice([-1, 1]))
    s.mirror(640, 360, "deep blue.5", 0.36)
    s.cuts("0,660 2400,1000", "paper", gap=24, width=5, length=170, fill=0.14, alpha=0.6)
    s.mist(840, 1000, "night", 0.42)
    _boat(s, 1420, 800)
    for wx, tall in ((2190, 640), (60, 520)):
        willow(s, wx, 1010 if wx > 500 else 760, tall, "green pine.5", "sage")
    for i in range(7):
        bird(s, 1090 + i * 52 + s.rng.uniform(-12, 12), 176 - abs(i - 3) * -18, 30, "coal")
    return s


def _deck(x: float, x0: float, x1: float, water: float) -> float:
    t = (x - x0) / (x1 - x0)
    return water - 40 - 215 * math.sin(math.pi * t) ** 1.25


def _stone_bridge(s: Sheet, x0: float, x1: float, water: float) -> None:
    stone, dark = "sand mist.35", "coal brown.4"
    deck = [(x0 + (x1 - x0) * i / 40, _deck(x0 + (x1 - x0) * i / 40, x0, x1, water)) for i in range(41)]
    side = [*deck, (x1, water), (x0, water)]
    s.shape(side, stone)
    for y in range(int(water) - 218, int(water), 22):
        s.cuts([(x0, y), (x1, y + 8)], dark, gap=8, width=3, length=58, alpha=0.4)
    middle = (x0 + x1) / 2
    for cx, r, high in ((middle, 172, 190), (middle - 285, 82, 96), (middle + 285, 82, 96)):
        ring = arc(cx, water, r + 20, high + 20)
        s.shape(ring, mix(stone, "paper", 0.4))
        for i in range(1, 18):
            a = math.pi * i / 18
            s.stroke([(cx + r * math.cos(a), water - high * math.sin(a)), (cx + (r + 20) * math.cos(a),
                water - (high + 20) * math.sin(a))], dark, 2, 0.7)
        hole = arc(cx, water, r, high)
        s.wash([(0, "mist sky.4"), (0.75, "paper"), (1, "mist")], hole)
        inner = arc(cx - 12, water, r * 0.94, high * 0.97)
        s.shape([*hole[:16], *reversed(inner[:16])], dark)
    far = [(px, py - 6) for px, py in deck[3:-3]]
    s.stroke(far, dark, 7)
    s.stroke([(px, py - 46) for px, py in deck[3:-3]], mix(stone, "paper", 0.3), 9)
    for px, py in deck[3:-2:2]:
        s.box(px - 6, py - 58, px + 6, py, mix(stone, "paper", 0.2))
        s.box(px + 2, py - 58, px + 6, py, dark, 0.5)


def _boat(s: Sheet, x: float, y: float) -> None:
    s = s.at(x, y)
    s.shape("-190,24 200,24 120,66 -130,60", "ink", 0.35)
    s.shape([*curve("-210,-24 -120,18 120,18 215,-30"), (150, 34), (-140, 34)], "brown ink.5")
    s.shape([*curve("-70,0 -62,-78 60,-78 72,0"), (-70, 0)], "red")
    for k in range(5):
        s.stroke([(-56 + k * 28, 0), (-52 + k * 26, -74)], "red ink.35", 3)
    hand = person(s, 132, 8, 128, "push", coat="deep", hat="ochre", face=1)
    s.taper([(hand[0] - 30, hand[1] - 66), (262, 88)], "brown ink.3", 5, 8)


def lotus() -> Sheet:
    """A lotus pond and a heron."""
    s = Sheet(1800, 1200, 14)
    s.wash([(0, "sky mist.4"), (0.18, "sky"), (0.3, "sky mist.6"), (0.55, "blue mist.3"), (1, "deep")])
    hills(s, [(190, 40, "mist sky.3"), (240, 24, "sage mist.5")], 330)
    for i in range(26):
        crown(s, i * 74 + s.rng.uniform(-20, 20), 278, s.rng.uniform(20, 42),
            mix("sage", "green", s.rng.uniform(0, 0.7)))
    s.mist(220, 330, "paper", 0.7)
    s.cuts("0,330 1800,1200", "paper", gap=30, width=6, length=230, fill=0.18, alpha=0.55)
    for row in range(13):
        y = 380 + 62 * row * (0.55 + row * 0.045)
        scale = 0.3 + 0.72 * (y - 380) / 820
        for _ in range(round(9 / (scale + 0.45))):
            x = s.rng.uniform(-60, 1860)
            if abs(x - 1180 + (y - 560) * 0.9) < 250 - row * 8:
                continue
            rx = 150 * scale * s.rng.uniform(0.7, 1.1)
            lift = s.rng.choice([0, 0, 60, 120]) * scale
            _leaf(s, x, y - lift, rx, lift, mix(mix("green", "pine", s.rng.uniform(0, 0.75)), "mist",
                max(0, 0.5 - scale * 0.7)))
        for _ in range(2 if row > 1 else 0):
            x = s.rng.uniform(60, 1740)
            if abs(x - 1180 + (y - 560) * 0.9) > 220:
                _flower(s, x, y - 150 * scale, 74 * scale, y)
    heron(s, 1120, 790, 330)
    _flower(s, 470, 640, 104, 1200)
    _flower(s, 1560, 760, 88, 1220)
    _leaf(s, 250, 1120, 270, 0, "pine green.3")
    _leaf(s, 1700, 1150, 300, 0, "pine ink.2")
    return s


def _leaf(s: Sheet, x: float, y: float, r: float, lift: float, ink: str) -> None:
    flat = 0.36
    if lift:
        s.taper([(x, y), (x + r * 0.1, y + lift + r * 0.4)], mix(ink, "ink", 0.3), r * 0.05, r * 0.04)
    s.shape(blob(x + r * 0.04, y + r * 0.1 + lift, r, r * flat, 40), "ink", 0.2)
    s.shape(blob(x, y, r, r * flat, 44, 0.025, x), ink)
    s.shape(blob(x - r * 0.08, y - r * 0.04, r * 0.86, r * flat * 0.78, 40, 0.03, x), mix(ink, "sage", 0.3))
    for k in range(13):
        a = math.tau * k / 13 + x
        s.taper([(x, y), (x + r * 0.84 * math.cos(a), y + r * flat * 0.84 * math.sin(a))],
            mix(ink, "ink", 0.15), r * 0.022, r * 0.006, 0.8)
    s.disc(x, y, r * 0.07, mix(ink, "cream", 0.5), ry=r * 0.035)


def _flower(s: Sheet, x: float, y: float, r: float, foot: float) -> None:
    s.taper(curve((x + r * 0.3, foot), (x + r * 0.1, (y + foot) / 2), (x, y), steps=6), "green pine.5",
        r * 0.1, r * 0.08)
    petals = [(-1.25, 0.9), (1.25, 0.9), (-0.85, 1.02), (0.85, 1.02), (-0.42, 1.1), (0.42, 1.1), (0, 1.12)]
    for i, (a, long) in enumerate(petals):
        tip = (x + r * long * math.sin(a), y - r * long * math.cos(a))
        nx, ny = math.cos(a) * r * 0.3, math.sin(a) * r * 0.3
        mid = (x + r * 0.55 * math.sin(a), y - r * 0.55 * math.cos(a))
        pink = mix("rose red.35", "paper", 0.15 + 0.1 * i)
        s.shape([*curve((x, y), (mid[0] - nx, mid[1] - ny), tip, steps=8),
            *curve(tip, (mid[0] + nx, mid[1] + ny), (x, y), steps=8)], pink)
        s.taper([(x, y), mid, tip], "red rose.4", r * 0.012, r * 0.05, 0.8)


def greenway() -> Sheet:
    """A riverside path in the morning: a wide print."""
    s = Sheet(2000, 1000, 18)
    s.wash([(0, "blue sky.5"), (0.3, "sky cream.4"), (0.5, "paper")])
    s.glow(520, 330, 420, "paper", 0.9)
    s.cuts("0,20 2000,280", "paper", gap=34, width=10, length=420, fill=0.28, alpha=0.8)
    hills(s, [(330, 80, "mist sky.2"), (390, 50, "mist blue.3")], 470)
    x = 1180.0
    while x < 2040:
        wide, tall = s.rng.uniform(44, 92), s.rng.uniform(50, 220)
        block(s, x, 440, wide, tall, mix("mist", "blue", s.rng.uniform(0.1, 0.4)), pane="mist blue.6", cols=4,
            rows=max(3, int(tall / 16)))
        x += wide * s.rng.uniform(1, 1.4)
    s.mist(300, 450, "paper", 0.75)
    for i in range(34):
        crown(s, i * 62 + s.rng.uniform(-20, 20), 432, s.rng.uniform(18, 40),
            mix("sage", "green", s.rng.uniform(0, 0.7)))
    s.mirror(452, 150, "blue sky.4", 0.35)
    s.wash([(0, "blue sky.35"), (1, "deep blue.3")], "0,560 2000,1000", 0.75)
    s.cuts("0,470 1100,470 700,1000 0,1000", "paper", gap=20, width=5, length=150, fill=0.2, alpha=0.7)
    bank = curve("2040,452 1500,470 1060,500 760,590 640,720 560,860 380,1040")
    s.wash([(0, "sage green.3"), (1, "green pine.45")], [*bank, (2040, 1040)])
    s.cuts([*bank, (2040, 1040)], "sage cream.4", gap=17, width=4, angle=-6, length=50, fill=0.3, alpha=0.5)
    left = curve("1990,470 1560,500 1180,540 930,640 880,780 780,1020")
    right = curve("2000,476 1600,512 1300,566 1150,660 1200,790 1390,1020")
    s.shape([*left, *reversed(right)], "red rose.45")
    middle = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in zip(left, right, strict=True)]
    for i in range(2, len(middle) - 3, 4):
        s.taper(middle[i:i + 3], "paper", 1 + i * 0.14, 2 + i * 0.16)
    s.taper(left, "paper", 2, 9)
    s.taper(right, "paper", 2, 9)
    for x, y, r in ((1790, 440, 54), (1660, 450, 62), (1490, 452, 78)):
        crown(s, x, y, r, "green sage.3", "sage", r)
    for px, py, tall, pose, coat, face in ((1290, 560, 76, "run", "red", -1), (1350, 556, 74, "run", "deep",
            -1), (1470, 520, 54, "walk", "ochre", 1), (1084, 680, 150, "walk", "coal", 1),
            (1136, 684, 142, "walk", "ochre", 1)):
        person(s, px, py, tall, pose, coat=coat, face=face)
    for x, y, r in ((1530, 560, 190), (1850, 540, 250)):
        crown(s, x, y, r, "green pine.45", "sage cream.1", r * 0.9)
    person(s, 1628, 852, 250, "sit", coat="deep", legs="coal", face=-1, hair="ash")
    person(s, 1720, 852, 240, "sit", coat="rust", legs="coal", face=-1, hair="ash")
    for y in (764, 786, 806):
        s.stroke([(1560, y), (1800, y)], "brown rust.4", 9)
    for x in (1576, 1784):
        s.stroke([(x, 756), (x, 866)], "ink", 7)
    _cyclist(s, 1010, 900, 300)
    for x in range(300, 860, 9):
        y = 1010
        tall = s.rng.uniform(110, 250) * (1 - abs(x - 520) / 620)
        lean = s.rng.uniform(-16, 44)
        s.taper(curve((x, y), (x + lean * 0.3, y - tall * 0.6), (x + lean, y - tall), steps=5),
            mix("pine", "green", s.rng.random()), 6, 1.5)
        if s.rng.random() < 0.4:
            s.taper([(x + lean * 0.8, y - tall * 0.9), (x + lean * 1.5, y - tall * 1.3)],
                mix("sand", "rust", s.rng.uniform(0, 0.4)), 11, 2)
    for i in range(3):
        bird(s, 330 + i * 70, 250 - i * 24, 36, "coal")
    return s


def _cyclist(s: Sheet, x: float, y: float, tall: float) -> None:
    s = s.at(x, y, tall)
    r = 0.19
    back, front, crank, seat, bar = (-0.27, -r), (0.3, -r), (-0.01, -0.18), (-0.1, -0.43), (0.23, -0.5)
    s.shape(blob(0, 0.007, 0.5, 0.035), "ink", 0.3)
    for wx, wy in (back, front):
        s.ring(wx, wy, r, "ink", 0.016)
        for k in range(8):
            a = math.tau * k / 8
            s.stroke([(wx, wy), (wx + r * math.cos(a), wy + r * math.sin(a))], "coal", 0.004)
    for tube in ([back, crank, seat, back], [crank, (0.21, -0.4)], [seat, (0.2, -0.42)], [front, bar]):
        s.stroke(tube, "cream", 0.024)
    s.stroke("0.23,-0.5 0.17,-0.51", "ink", 0.025)
    person(s, -0.1, 0.12, 1, "ride", coat="deep", legs="night", hat="cream")
    s.taper("-0.19,-0.43 -0.03,-0.43", "ink", 0.05, 0.02)
