"""Pictures of the street: an evening market, the old lane, a bus stop."""

import math

from newsroom.demo.drawing.figures import person, shadow
from newsroom.demo.drawing.ink import arc, blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import block, crown, lantern, wheel

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def market() -> Sheet:
    """An evening market."""
    s = Sheet(1800, 1350, 22)
    s.wash([(0, "night"), (0.35, "deep"), (0.55, "rust deep.4"), (1, "brown ink.3")])
    for x, wide, tall in ((-30, 300, 520), (250, 220, 430), (470, 260, 590), (1120, 250, 470),
            (1350, 220, 560), (1550, 320, 450)):
        block(s, x, 760, wide, tall, "night deep.5", pane="night deep.2", lit="ochre cream.2", chance=0.3,
            cols=6, rows=int(tall / 52))
    s.glow(900, 720, 820, "ochre", 0.75, 420)
    s.wash([(0, "ochre brown.4"), (1, "brown ink.5")], "740,720 1060,720 1900,1360 -100,1360")
    s.cuts("740,720 1060,720 1900,1360 -100,1360", "cream", gap=26, width=5, length=90, fill=0.25, alpha=0.35)
    for px, tall, coat in ((840, 120, "coal"), (880, 118, "rust"), (930, 124, "deep"), (985, 116, "coal"),
            (800, 122, "brown"), (1010, 126, "deep")):
        person(s, px, 800, tall, "walk", coat=coat, face=s.rng.choice([-1, 1]))
    for row, (depth, part) in enumerate(((0.42, 0.3), (0.68, 0.12), (1.0, 0.0))):
        for side in (-1, 1):
            _stall(s, 900 + side * (180 + 540 * depth), 700 + 440 * depth, 640 * depth, side, part,
                ("red", "deep", "green", "ochre", "red", "deep")[row * 2 + (side > 0)])
    bulbs = [curve((-20, 150 + k * 40), (500, 330 - k * 10), (900, 360 - k * 40), (1300, 310),
        (1820, 130 + k * 60)) for k in range(2)]
    for line in bulbs:
        s.stroke(line, "ink", 3)
        for bx, by in line[3::5]:
            s.glow(bx, by + 16, 64, "cream", 0.75)
            s.disc(bx, by + 14, 11, "lamplight")
    for px, tall, coat, pose, face in ((720, 330, "rust", "walk", 1), (1040, 320, "deep", "walk", -1)):
        person(s, px, 1090, tall, pose, coat=coat, face=face, legs="coal")
    person(s, 1120, 1094, 190, "walk", coat="red", face=-1, child=True)
    for px, tall, coat in ((560, 640, "ink night.6"), (1330, 670, "ink brown.25"), (700, 590, "ink")):
        person(s, px, 1530, tall, "hold" if px == 700 else "stand", coat=coat, skin="ink")
    return s


def _stall(s: Sheet, x: float, y: float, wide: float, side: int, part: float, ink: str) -> None:
    tone = "ochre deep.3"
    tall = wide * 0.62
    left, right = x - wide / 2, x + wide / 2
    roof = y - tall
    s.glow(x, roof + tall * 0.3, wide * 0.62, "cream", 0.85, tall * 0.5)
    for px in (left + wide * 0.04, right - wide * 0.04):
        s.stroke([(px, y), (px, roof)], mix("ink", tone, part), wide * 0.016 + 1)
    person(s, x + side * wide * 0.12, y - wide * 0.01, tall * 0.9, "hold", coat=mix("paper", tone,
        part * 0.6), hat="red", face=-side)
    s.cut([(left, y - tall * 0.36), (right, y - tall * 0.36), (right - wide * 0.02, y),
        (left + wide * 0.02, y)], mix("brown ink.4", tone, part), 1)
    s.box(left - wide * 0.01, y - tall * 0.385, right + wide * 0.01, y - tall * 0.34, mix("sand", tone, part))
    for heap, hue in enumerate(("red", "sage", "ochre", "cream")):
        hx = left + wide * (0.14 + heap * 0.24)
        r = wide * 0.026
        for row in range(4):
            for k in range(5 - row):
                shade = s.rng.uniform(0, 0.25)
                s.disc(hx + (k - (4 - row) / 2) * r * 1.75, y - tall * 0.4 - row * r * 1.5, r,
                    mix(mix(hue, "ink", shade), tone, part))
    n = 8
    for i in range(n):
        a, b = left - wide * 0.06 + wide * 1.12 * i / n, left - wide * 0.06 + wide * 1.12 * (i + 1) / n
        a2, b2 = (left + wide * 0.03 + wide * 0.94 * i / n, left + wide * 0.03 + wide * 0.94 * (i + 1) / n)
        hue = mix(ink if i % 2 else "cream", tone, part)
        s.shape([(a2, roof - tall * 0.2), (b2, roof - tall * 0.2), (b, roof + tall * 0.04),
            (a, roof + tall * 0.04)], hue)
        s.shape([(a + (b - a) * (0.5 + 0.5 * math.cos(t)), roof + tall * 0.035 + tall * 0.07 * math.sin(t))
            for t in (math.pi * k / 8 for k in range(9))], mix(hue, "ink", 0.12))
    s.disc(x - side * wide * 0.2, roof + tall * 0.2, wide * 0.02 + 2, "lamplight")


def old_street() -> Sheet:
    """A lane of wooden shopfronts: an upright print."""
    s = Sheet(1500, 2000, 25)
    s.wash([(0, "sky blue.3"), (0.4, "sky"), (0.55, "paper")])
    s.glow(760, 1060, 520, "lamplight", 0.95)
    s.wash([(0, "sand paper.5"), (1, "coal blue.35")], "700,1180 820,1180 1560,2010 -60,2010")
    vx, vy = 760, 1130
    for i in range(13):
        y = vy + 50 + 13 * 1.38 ** i
        s.stroke([(vx - (y - vy) * 1.0, y), (vx + (y - vy) * 0.95, y)], "coal blue.3", 1 + i * 0.35, 0.55)
    for k in range(-5, 6):
        s.taper([(vx + k * 9, vy + 50), (vx + k * 175, 2010)], "coal blue.3", 1, 5, 0.5)
    for i in range(5, -1, -1):
        for side in (-1, 1):
            _shopfront(s, vx, vy, side, i)
    for px, py, tall, pose, coat, face in ((740, 1212, 66, "walk", "coal", 1), (780, 1220, 70, "walk", "rust",
            -1), (700, 1268, 120, "walk", "deep", 1), (842, 1300, 140, "stand", "ochre", -1)):
        person(s, px, py, tall, pose, coat=coat, face=face)
    person(s, 640, 1530, 350, "walk", coat="deep blue.3", legs="coal", face=1)
    person(s, 520, 1540, 230, "walk", coat="red", legs="deep", face=1, child=True)
    person(s, 1090, 1690, 400, "sit", coat="mist paper.3", legs="coal", hair="ash", face=-1)
    s.cut("1040,1588 1160,1588 1150,1606 1050,1606", "brown rust.3", 1)
    for lx in (1060, 1140):
        s.stroke([(lx, 1606), (lx, 1692)], "brown ink.3", 9)
    s.shape(blob(930, 1700, 80, 12), "ink", 0.25)
    cat = curve("890,1700 884,1652 912,1630 950,1640 962,1700")
    s.shape(cat, "ochre")
    s.disc(900, 1626, 22, "ochre")
    for ex in (886, 912):
        s.shape([(ex - 9, 1614), (ex + 9, 1612), (ex + (-6 if ex < 900 else 6), 1590)], "ochre")
    s.stroke(curve("958,1690 996,1680 990,1640"), "ochre", 11)
    return s


def _shopfront(s: Sheet, vx: float, vy: float, side: int, i: int) -> None:
    near, far = 1000 * 0.6 ** i, 1000 * 0.6 ** (i + 1)
    part = i * 0.13
    haze = "cream mist.3"

    def at(t: float, up: float) -> tuple[float, float]:
        d = near + (far - near) * t
        return (vx + side * (d * 0.82 + 30), vy + 40 + d * 0.9 - up * (d * 1.95 + 60))

    wood = mix(mix("rust", "brown", 0.55 + 0.2 * (i % 2)), haze, part)
    s.shape([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], wood)
    dark = mix("ink brown.3", haze, part)
    for k in range(5):
        a, b = 0.04 + k * 0.19, 0.04 + k * 0.19 + 0.155
        open_door = k == 2
        s.shape([at(a, 0.02 if open_door else 0.16), at(b, 0.02 if open_door else 0.16), at(b, 0.44),
            at(a, 0.44)], mix("ochre" if (i + k) % 2 or open_door else "cream", haze, part) if k % 2 == 0
            else dark)
        for m in (0.25, 0.5, 0.75):
            if not open_door:
                s.stroke([at(a + (b - a) * m, 0.18), at(a + (b - a) * m, 0.44)], dark, 5 * 0.6 ** i + 0.8)
        if not open_door:
            for up in (0.25, 0.34):
                s.stroke([at(a, up), at(b, up)], dark, 5 * 0.6 ** i + 0.8)
        s.shape([at(a + 0.02, 0.6), at(b - 0.01, 0.6), at(b - 0.01, 0.82), at(a + 0.02, 0.82)], dark)
        s.stroke([at((a + b) / 2, 0.6), at((a + b) / 2, 0.82)], wood, 6 * 0.6 ** i + 0.8)
        s.stroke([at(a, 0.71), at(b, 0.71)], wood, 6 * 0.6 ** i + 0.8)
    roof = mix("coal deep.3", haze, part)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(-0.02, 0.52), at(1.02, 0.52), at(1.02, 0.59),
        at(-0.02, 0.59))
    out_a, out_b = side * near * 0.16, side * far * 0.16
    s.shape([(ax - out_a, ay + near * 0.05), (bx - out_b, by + far * 0.05), (cx, cy), (dx, dy)], roof)
    s.taper([(ax - out_a, ay + near * 0.055), (bx - out_b, by + far * 0.055)], mix(roof, "ink", 0.4),
        near * 0.022, far * 0.022)
    for m in range(1, 13):
        t = m / 13
        s.stroke([(ax - out_a + (bx - out_b - ax + out_a) * t,
            ay + near * 0.05 + (by + far * 0.05 - ay - near * 0.05) * t),
            (dx + (cx - dx) * t, dy + (cy - dy) * t)], mix(roof, haze, 0.25), near * 0.005 + 0.6)
    (ax, ay), (bx, by) = (at(-0.02, 1), at(1.02, 1))
    out_a, out_b = side * near * 0.2, side * far * 0.2
    s.shape([(ax, ay), (bx, by), (bx - out_b, by), (ax - out_a, ay)], mix(dark, wood, 0.25))
    for m in range(1, 15):
        x, y = ax + (bx - ax) * m / 15, ay + (by - ay) * m / 15
        s.stroke([(x, y), (x - out_a + (out_a - out_b) * m / 15, y)], dark, near * 0.007 + 0.8)
    s.taper([(ax - out_a, ay), (bx - out_b, by)], roof, near * 0.04, far * 0.04)
    lx, ly = at(0.5, 0.5)
    lantern(s, lx - side * near * 0.15, ly + near * 0.03, near * 0.06 + 4, mix("red", haze, part * 0.7))
    if i in (1, 3):
        bx, by = at(0.15, 0.45)
        flag = near * 0.16
        s.shape([(bx - side * flag * 1.4, by), (bx - side * flag * 0.7, by + flag * 0.1),
            (bx - side * flag * 0.7, by + flag * 2.3), (bx - side * flag * 1.4, by + flag * 2.2)],
            mix("cream", haze, part))
        s.disc(bx - side * flag * 1.05, by + flag * 0.7, flag * 0.2, mix("red", haze, part))
        s.disc(bx - side * flag * 1.05, by + flag * 1.4, flag * 0.2, mix("red", haze, part))


def bus_stop() -> Sheet:
    """A bus at its stop."""
    s = Sheet(1800, 1200, 24)
    s.wash([(0, "sky blue.25"), (0.4, "sky"), (0.7, "paper")])
    s.cuts("0,30 1800,260", "paper", gap=36, width=12, length=380, fill=0.3, alpha=0.9)
    for x, wide, tall, ink in ((-20, 260, 560, "cream"), (250, 210, 430, "sand"),
            (480, 280, 640, "sand rose.35"), (780, 230, 500, "cream"), (1030, 260, 600, "sand mist.5"),
            (1310, 230, 450, "cream rose.3"), (1560, 280, 570, "sand")):
        soft = mix(ink, "mist", 0.5)
        block(s, x, 800, wide, tall, soft, pane=mix(soft, "blue", 0.45), cols=5, rows=int(tall / 58),
            side=mix(soft, "mist", 0.5))
    s.mist(420, 800, "paper", 0.6)
    for x in (60, 330, 640, 1010, 1330, 1700):
        crown(s, x, 560, 105, "green sage.35", "sage", 180)
    s.box(0, 790, 1800, 830, "mist sand.4")
    s.box(0, 826, 1800, 840, "coal mist.5")
    s.wash([(0, "coal mist.35"), (1, "coal mist.15")], "0,838 1800,1010")
    _bus(s, 330, 900)
    s.wash([(0, "sand cream.5"), (1, "sand rose.25")], "0,990 1800,1200")
    s.box(0, 984, 1800, 1000, "mist paper.5")
    for i in range(24):
        s.stroke([(i * 95 - 260 + 60, 1000), (i * 95 * 1.25 - 560, 1200)], "sand brown.25", 2, 0.7)
    s.stroke("0,1080 1800,1080", "sand brown.25", 2, 0.7)
    for x in (1230, 1690):
        s.stroke([(x, 1040), (x, 560)], "deep", 14)
    s.box(1236, 640, 1684, 900, "mist paper.4", 0.35)
    s.cut("1180,548 1740,528 1740,560 1180,580", "deep", 1)
    s.box(1262, 660, 1440, 880, "red")
    for y in (700, 730, 760, 790, 820):
        s.stroke([(1286, y), (1286 + s.rng.uniform(70, 130), y)], "cream", 7)
    for y in (934, 958):
        s.stroke([(1470, y), (1660, y)], "brown rust.4", 12)
    people = ((1110, 360, "stand", "ochre", "coal", -1), (1010, 372, "walk", "deep", "ink", -1),
        (910, 250, "walk", "red", "deep", -1), (1400, 380, "hold", "rust", "ink", -1))
    for px, tall, pose, coat, legs, face in people:
        shadow(s, px, 1090, tall * 0.5, slant=70)
        person(s, px, 1092, tall, pose, coat=coat, legs=legs, face=face, long=0.1 if coat == "ochre" else 0,
            child=tall < 300)
    person(s, 1590, 1082, 350, "sit", coat="mist", legs="coal", hair="ash", face=-1)
    s.cut("936,960 986,960 980,1060 942,1060", "ochre", 1)
    return s


def _bus(s: Sheet, x: float, y: float) -> None:
    s = s.at(x, y)
    s.shape("-330,74 700,74 680,104 -340,104", "ink", 0.4)
    body = [(-330, 60), (-330, -250), (-300, -286), (660, -286), (694, -240), (700, 60)]
    s.shape(body, "cream")
    s.shape("-330,60 -330,-44 698,-44 700,60", "red")
    s.box(-330, -62, 698, -52, "red")
    s.box(-250, -312, 260, -284, "cream mist.6")
    for i in range(6):
        wx = -306 + i * 132
        if i in (2, 5):
            for k in (0, 1):
                s.box(wx + k * 58, -232, wx + k * 58 + 53, 46, "coal")
                s.box(wx + k * 58 + 6, -224, wx + k * 58 + 47, 26, "blue deep.35")
        else:
            s.box(wx, -232, wx + 120, -84, "deep blue.35")
            s.shape([(wx + 16, -232), (wx + 52, -232), (wx + 14, -84), (wx, -84), (wx, -160)], "paper", 0.22)
            if i in (0, 1, 3):
                s.disc(wx + 62, -152, 22, "ink deep.3", ry=26)
                s.shape([(wx + 26, -84), (wx + 40, -126), (wx + 84, -126), (wx + 98, -84)], "ink deep.3")
    s.shape("500,-232 668,-232 690,-90 500,-90", "deep blue.35")
    s.shape("520,-232 580,-232 530,-90 500,-90 500,-180", "paper", 0.22)
    person(s, 596, -10, 190, "sit", coat="mist")
    s.box(500, -90, 696, -62, "cream")
    s.box(500, -276, 640, -242, "ink")
    for k in range(5):
        s.box(514 + k * 24, -268, 528 + k * 24, -250, "ochre")
    s.disc(680, 4, 15, "lamplight")
    for wx in (-190, 410):
        s.shape(arc(wx, 62, 84, 84), "ink")
        wheel(s, wx, 54, 60, "ink", "mist")
