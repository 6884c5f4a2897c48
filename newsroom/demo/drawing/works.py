"""Pictures of work: a building site, an assembly line, a block printer."""

import math

from newsroom.demo.drawing.figures import person
from newsroom.demo.drawing.ink import arc, blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import block, window_light

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def cranes() -> Sheet:
    """Tower cranes at dusk."""
    s = Sheet(1920, 1200, 21)
    s.wash([(0, "night"), (0.25, "deep"), (0.5, "rose blue.4"), (0.72, "rose cream.35"), (0.9, "cream")])
    s.glow(1250, 830, 760, "cream ochre.2", 0.85)
    s.disc(1250, 800, 150, "red")
    s.cuts("0,120 1920,900", "cream rose.4", gap=36, width=13, length=560, fill=0.26, alpha=0.55)
    s.cuts("1050,740 1450,940", "cream rose.3", gap=26, width=10, length=300, fill=0.8, alpha=0.9)
    x = -20.0
    while x < 1940:
        wide, tall = s.rng.uniform(40, 110), s.rng.uniform(60, 230)
        s.box(x, 960 - tall, x + wide, 1000, "deep rose.55 cream.15")
        x += wide * s.rng.uniform(0.9, 1.3)
    s.mist(720, 1000, "rose cream.5", 0.7)
    x = -40.0
    while x < 1940:
        wide, tall = s.rng.uniform(80, 150), s.rng.uniform(50, 170)
        block(s, x, 1030, wide, tall, "deep night.3", pane="deep night.6", lit="ochre", chance=0.3, cols=6,
            rows=max(2, int(tall / 26)))
        x += wide * s.rng.uniform(0.95, 1.2)
    s.wash([(0, "deep night.4"), (1, "night ink.5")], "0,1026 1920,1200")
    s.cuts("0,1030 1920,1150", "rose deep.4", gap=20, width=5, length=160, fill=0.3, alpha=0.5)
    _crane(s, 1540, 1040, 540, -300, 130, "deep night.45")
    _crane(s, 470, 1060, 830, 620, 210, "night ink.3")
    frame = "night ink.6"
    for floor in range(8):
        y = 1130 - floor * 88
        right = 1060 - max(0, floor - 4) * 120
        s.cut([(560, y - 14), (right, y - 14), (right, y), (560, y)], frame, 1)
        for cx in range(584, int(right), 96):
            s.box(cx, y - (88 if floor < 7 else 46), cx + 15, y, frame)
        if floor < 4:
            for cx in range(600, 980, 96):
                s.box(cx, y - 74, cx + 80, y - 14, "rust ink.35", 0.55 if (cx // 96 + floor) % 3 else 0)
    for cx in range(540, 620, 40):
        s.stroke([(cx, 1140), (cx, 470)], frame, 3)
    for cy in range(500, 1140, 44):
        s.stroke([(540, cy), (580, cy)], frame, 2)
    person(s, 690, 412 + 88, 62, "stand", coat="red", hat="ochre", legs=frame)
    person(s, 634, 500, 62, "point", coat=frame, hat="red", legs=frame)
    _crane(s, 1180, 1180, 1020, -560, 260, "ink")
    s.shape([*curve("-40,1130 300,1096 700,1130 1200,1090 1960,1130"), (1960, 1220), (-40, 1220)], "ink")
    for px, pose, coat, hat, face in ((1390, "point", "red", "ochre", -1), (1478, "stand", "coal", "red", -1),
            (1560, "hold", "deep", "ochre", -1), (210, "walk", "coal", "ochre", 1),
            (306, "walk", "red", "ochre", 1)):
        person(s, px, 1140, 190, pose, coat=coat, hat=hat, face=face, legs="night")
    return s


def _crane(s: Sheet, x: float, y: float, tall: float, jib: float, counter: float, ink: str) -> None:
    """A tower crane; `jib` is its reach (negative to the left), `counter` the other arm's."""
    w = tall * 0.018 + 5
    top = y - tall
    line = max(1.6, tall * 0.0045)
    for side in (-1, 1):
        s.stroke([(x + side * w, y), (x + side * w, top)], ink, line * 1.7)
    step = w * 2.2
    n = int(tall / step)
    for i in range(n):
        a, b = y - i * step, y - (i + 1) * step
        s.stroke([(x - w, a), (x + w, b)], ink, line)
        s.stroke([(x + w, a), (x - w, b)], ink, line)
    turn = 1 if jib > 0 else -1
    head = top - tall * 0.13
    deep = w * 1.5
    for y0 in (top, top - deep):
        end = x + jib if y0 == top else x + jib * 0.97
        s.stroke([(x - turn * counter, top), (end, y0 if y0 == top else top - deep * 0.35)], ink, line * 1.6)
    for i in range(int(abs(jib) / step)):
        t, u = i * step / abs(jib), (i + 0.5) * step / abs(jib)
        s.stroke([(x + jib * t, top), (x + jib * u, top - deep * (1 - 0.65 * u))], ink, line)
        s.stroke([(x + jib * u, top - deep * (1 - 0.65 * u)), (x + jib * min(1, t + step / abs(jib)), top)],
            ink, line)
    s.shape([(x - w * 1.2, top), (x + w * 1.2, top), (x, head)], ink)
    for tip in (x + jib * 0.55, x + jib * 0.92, x - turn * counter * 0.95):
        s.stroke([(x, head), (tip, top - (deep * 0.5 if tip != x - turn * counter * 0.95 else 0))], ink,
            line * 0.9)
    s.box(min(x - turn * counter, x - turn * counter * 0.72), top, max(x - turn * counter,
        x - turn * counter * 0.72), top + tall * 0.06, ink)
    s.box(x + turn * w - (0 if turn > 0 else w * 2.4), top + w * 0.4, x + turn * w + (w * 2.4 if turn > 0
        else 0), top + w * 3, ink)
    hook = x + jib * 0.7
    s.stroke([(hook, top), (hook, top + tall * 0.26)], ink, line)
    s.stroke([(hook, top + tall * 0.26), (hook - tall * 0.05, top + tall * 0.31)], ink, line)
    s.stroke([(hook, top + tall * 0.26), (hook + tall * 0.05, top + tall * 0.31)], ink, line)
    s.box(hook - tall * 0.062, top + tall * 0.31, hook + tall * 0.062, top + tall * 0.33, ink)


def factory() -> Sheet:
    """Robot arms along an assembly line."""
    s = Sheet(1920, 1080, 33)
    s.wash([(0, "night deep.4"), (0.4, "deep blue.4"), (0.62, "mist sky.3"), (1, "mist blue.4")])
    vx, vy = 1240, 430
    s.glow(vx, vy, 520, "paper", 0.75)
    for i in range(8, 0, -1):
        d = 0.1 * 1.42 ** i
        left, right, top = vx - 1500 * d, vx + 1100 * d, vy - 560 * d
        ink = mix("night deep.4", "mist", max(0.0, 0.8 - i * 0.1))
        s.stroke([(left, top), (right, top)], ink, 3 + 16 * d)
        s.stroke([(left, top + 90 * d), (right, top + 90 * d)], ink, 2 + 9 * d)
        for k in range(14):
            a, b = left + (right - left) * k / 14, left + (right - left) * (k + 0.5) / 14
            s.stroke([(a, top), (b, top + 90 * d), (left + (right - left) * (k + 1) / 14, top)], ink,
                1 + 5 * d)
        s.stroke([(left, top), (left, vy + 520 * d)], ink, 4 + 26 * d)
        s.stroke([(right, top), (right, vy + 520 * d)], ink, 4 + 26 * d)
        for lx in (vx - 560 * d, vx + 240 * d):
            s.shape([(lx - 90 * d, top + 120 * d), (lx + 90 * d, top + 120 * d), (lx + 60 * d, top + 96 * d),
                (lx - 60 * d, top + 96 * d)], "lamplight")
    s.wash([(0, "mist paper.4"), (1, "blue deep.35")], [(vx - 90, vy + 40), (vx + 90, vy + 40), (2300, 1080),
        (-900, 1080), (-400, 800)])
    for k in (-1, 1):
        s.taper([(vx + k * 40, vy + 50), (vx + (760 if k > 0 else -1220), 1090)], "ochre", 3, 34)
    for i in range(7):
        d0 = 0.12 * 1.42 ** i
        s.taper([(vx - 1020 * d0 - 40, vy + 620 * d0 + 30), (vx - 560 * d0, vy + 620 * d0 + 30)], "paper", 2,
            2, 0.4)
    belt = [(vx - 30, vy + 44), (vx + 6, vy + 44), (1010, 1090), (150, 1090)]
    s.shape([(vx - 30, vy + 60), (150, 1090), (20, 1090), (vx - 36, vy + 52)], "ink", 0.6)
    s.wash([(0, "coal mist.5"), (1, "ink")], belt)
    for side in ((vx - 30, 150), (vx + 6, 1010)):
        s.taper([(side[0], vy + 44), (side[1], 1090)], "mist paper.4", 3, 26)
    for i in range(9):
        t = (i / 8.4) ** 2.1
        cx, cy = vx - 12 + (580 - vx + 12) * t, vy + 46 + 640 * t - 12 * t
        _gear(s, cx, cy, 8 + 150 * t, mix("ochre cream.3", "mist", 0.5 * (1 - t)))
    for i in range(5):
        d = 0.2 * 1.52 ** i
        part = max(0.0, 0.6 - i * 0.16)
        _robot(s, vx - 640 * d - 10, vy + 470 * d, 560 * d, 1, mix("red", "mist", part),
            mix("ink", "mist", part))
        if i < 4:
            _robot(s, vx + 250 * d + 16, vy + 470 * d, 540 * d, -1, mix("ochre", "mist", part),
                mix("ink", "mist", part))
    hand = person(s, 1500, 1040, 560, "hold", coat="deep blue.15", legs="night", hat="ochre", face=-1)
    s.shape([(hand[0] - 74, hand[1] - 50), (hand[0] + 10, hand[1] - 34), (hand[0] + 2, hand[1] + 32),
        (hand[0] - 80, hand[1] + 16)], "ink")
    s.shape([(hand[0] - 66, hand[1] - 40), (hand[0] + 2, hand[1] - 27), (hand[0] - 4, hand[1] + 22),
        (hand[0] - 71, hand[1] + 9)], "blue paper.5")
    person(s, 1690, 1030, 540, "stand", coat="deep blue.35", legs="night", hat="red", face=-1)
    return s


def _gear(s: Sheet, x: float, y: float, r: float, ink: str) -> None:
    flat = 0.5
    for lift, tone in ((0.0, mix(ink, "ink", 0.45)), (0.22, ink)):
        teeth = []
        for k in range(48):
            a, big = math.tau * k / 48, r * (1 if k % 4 in (0, 1) else 0.86)
            teeth.append((x + big * math.cos(a), y - r * lift + big * flat * math.sin(a)))
        s.shape(teeth, tone)
    s.disc(x, y - r * 0.22, r * 0.5, mix(ink, "paper", 0.4), ry=r * 0.5 * flat)
    s.disc(x, y - r * 0.22, r * 0.24, "ink", ry=r * 0.24 * flat)


def _robot(s: Sheet, x: float, y: float, tall: float, face: int, ink: str, dark: str) -> None:

    def at(px: float, py: float) -> tuple[float, float]:
        return (x + face * px * tall, y - py * tall)
    s.shape([at(-0.16, 0), at(0.16, 0), at(0.12, 0.13), at(-0.12, 0.13)], dark)
    s.shape([at(-0.1, 0.13), at(0.1, 0.13), at(0.08, 0.27), at(-0.08, 0.27)], mix(ink, dark, 0.25))
    joints = [at(0, 0.3), at(-0.12, 0.72), at(0.34, 0.86), at(0.5, 0.62)]
    s.taper(joints[:2], ink, tall * 0.14, tall * 0.11)
    s.taper([joints[0], joints[1]], mix(ink, "paper", 0.3), tall * 0.03, tall * 0.02)
    s.taper(joints[1:3], ink, tall * 0.11, tall * 0.075)
    s.taper(joints[2:], mix(ink, dark, 0.3), tall * 0.07, tall * 0.05)
    for (jx, jy), r in zip(joints, (0.1, 0.085, 0.06, 0.04), strict=True):
        s.disc(jx, jy, r * tall, dark)
        s.disc(jx, jy, r * tall * 0.5, mix(ink, "paper", 0.4))
    for off in (-0.035, 0.035):
        s.stroke([at(0.5 + off, 0.6), at(0.5 + off * 1.4, 0.52)], dark, max(1.5, tall * 0.02))
    s.stroke(curve(at(-0.06, 0.3), at(-0.24, 0.5), at(-0.16, 0.74), at(0.1, 0.9), at(0.32, 0.9)), dark,
        max(1.2, tall * 0.014))


def workshop() -> Sheet:
    """A block printer at the bench, sheets drying on the line."""
    s = Sheet(1800, 1350, 36)
    s.wash([(0, "brown ink.3"), (0.6, "brown rust.35"), (1, "brown ink.5")])
    s.cuts("0,0 1800,900", "brown sand.25", gap=66, width=3, angle=90, length=500, fill=0.9, alpha=0.5)
    window_light(s, 150, 150, 480, 560, frame="ink brown.3", glass="sky paper.4", cols=4, rows=4)
    s.glow(390, 430, 820, "lamplight", 0.45)
    s.shape("150,150 630,150 1500,1350 500,1350", "lamplight", 0.14)
    s.stroke(curve("680,180 1150,220 1830,170"), "cream", 4)
    for x, kind in ((760, "carp"), (1000, "sun"), (1240, "boat"), (1480, "leaf")):
        _sheet_print(s, x, 212, 190, 270, kind)
    s.wash([(0, "rust sand.25"), (1, "brown ink.2")], "-20,960 1820,1100")
    s.cuts("-20,962 1820,1060", "cream", gap=13, width=3, length=180, fill=0.35, alpha=0.45)
    s.box(-20, 1060, 1820, 1350, "ink brown.3")
    for x in (120, 660, 1260):
        s.box(x, 1110, x + 420, 1330, "brown ink.45")
        s.box(x + 180, 1200, x + 240, 1214, "ochre")
    _carver(s, 930, 1000, 620)
    s.cut("1060,940 1400,940 1450,1000 1030,1000", "sand ochre.4", 1)
    s.box(1030, 1000, 1450, 1030, "brown rust.3")
    s.cuts("1080,944 1390,944 1425,996 1055,996", "ink", gap=9, width=5, angle=-20, length=34, fill=0.6,
        alpha=0.85)
    for k, (x, ink) in enumerate(((300, "red"), (400, "ink"), (500, "ochre"))):
        s.shape(blob(x, 990, 44, 16), "mist paper.5")
        s.shape(blob(x, 986, 34, 11), ink)
        s.stroke([(x + 6, 984), (x + 40 - k * 34, 886)], "sand", 8)
        s.stroke([(x + 2, 986), (x + 10 - k * 6, 962)], mix(ink, "ink", 0.3), 13)
    for k in range(6):
        s.stroke([(1500 + k * 34, 1000), (1512 + k * 34, 930 - k % 3 * 14)], "brown rust.5", 10)
        s.taper([(1512 + k * 34, 930 - k % 3 * 14), (1518 + k * 34, 888 - k % 3 * 14)], "mist", 8, 3)
    s.box(1480, 962, 1720, 1010, "coal brown.4")
    for k in range(7):
        s.box(40 + k * 4, 992 - k * 9, 210 + k * 3, 1000 - k * 9, ("paper", "cream")[k % 2])
    return s


def _carver(s: Sheet, x: float, y: float, tall: float) -> None:
    s = s.at(x, y)
    coat = "deep night.2"
    s.shape(curve((-130, 0), (-140, -(tall * 0.34)), (-60, -(tall * 0.5)), (60, -(tall * 0.5)),
        (120, -(tall * 0.34)), (130, 0)), coat)
    s.shape([(-60, -(tall * 0.36)), (62, -(tall * 0.36)), (112, 0), (-100, 0)], "sand cream.3")
    for side in (-1, 1):
        s.stroke([(side * 52, -(tall * 0.48)), (side * 48, -(tall * 0.34))], "sand cream.3", 12)
    s.stroke([(14, -(tall * 0.5)), (26, -(tall * 0.58))], "skin brown.3", 54)
    s.disc(44, -(tall * 0.69), 60, "skin", ry=70)
    s.shape(arc(38, -(tall * 0.7), 68, 78, 0.75, 2.75), "ash")
    for dx in (60, 96):
        s.ring(dx, 4 - tall * 0.69, 16, "ink", 3.5)
    s.stroke([(16, -(tall * 0.69)), (44, -(tall * 0.69))], "ink", 4)
    for sx, ex, hx, hy in ((-104, -60, 190, -66), (96, 170, 250, -84)):
        s.stroke([(sx, -(tall * 0.42)), (ex, -(tall * 0.13)), (hx, hy)], mix(coat, "ink", 0.25), 56)
        s.disc(hx, hy, 32, "skin")
    s.stroke("206,-96 262,-30", "brown rust.5", 15)
    s.taper("258,-36 286,-6", "mist", 11, 5)


def _sheet_print(s: Sheet, x: float, y: float, wide: float, tall: float, kind: str) -> None:
    s = s.at(x, y)
    s.shape([(0, 0), (wide, 4), (wide - 4, tall), (5, tall - 5)], "paper")
    s.box(44, -16, 54, 18, "ochre")
    s.box(wide - 54, -14, wide - 44, 20, "ochre")
    cx, cy = wide / 2, tall * 0.5
    if kind == "carp":
        s.shape(curve((cx - 50, cy + 50), (cx - 46, cy - 20), (cx, cy - 66), (cx + 44, cy - 40),
            (cx + 20, cy + 24), (cx - 50, cy + 50)), "red")
        s.shape([(cx - 42, cy + 36), (cx - 70, cy + 84), (cx - 20, cy + 92)], "red")
        s.cuts(blob(cx, cy - 6, 34, 52), "cream", gap=13, width=6, angle=35, length=15, fill=0.7, alpha=0.9)
        s.disc(cx + 20, cy - 36, 7, "ink")
    elif kind == "sun":
        s.disc(cx, cy - 34, 46, "red")
        for k in range(4):
            s.stroke(curve((cx - 66, cy + 30 + k * 20), (cx - 22, cy + 18 + k * 20),
                (cx + 22, cy + 34 + k * 20), (cx + 66, cy + 22 + k * 20)), "deep", 7)
    elif kind == "boat":
        s.shape([(cx - 66, cy + 40), (cx + 66, cy + 40), (cx + 40, cy + 74), (cx - 40, cy + 74)], "ink")
        s.shape([(cx, cy + 34), (cx, cy - 88), (cx + 58, cy + 26)], "red")
        s.shape([(cx - 8, cy + 34), (cx - 8, cy - 66), (cx - 50, cy + 26)], "ochre")
    else:
        s.taper(curve((cx, cy + 96), (cx - 8, cy), (cx + 4, cy - 90)), "pine", 8, 3)
        for k in range(6):
            for side in (-1, 1):
                s.shape(blob(cx + side * 34, cy + 60 - k * 27, 30, 11, 16, 0, -side * 0.6),
                    mix("green", "pine", k * 0.15))
        s.disc(cx + 44, cy - 84, 15, "red")
