"""Pictures of the town: building sites, streets, a market, a drill."""

import math

from newsroom.demo.figures import bird, block, crown, house, lantern, person, poplar, shadow, wheel
from newsroom.demo.press import (
    ASH, BLUE, BROWN, COAL, CREAM, DEEP, GREEN, INK, MIST, NIGHT, OCHRE, PAPER, PINE, RED, ROSE, RUST, SAGE, SAND, SKY, Sheet, blob, curve, mix,
)  # fmt: skip


def cranes() -> Sheet:
    """Tower cranes at dusk."""
    s = Sheet(1920, 1200, 21)
    s.wash([(0, NIGHT), (0.25, DEEP), (0.5, mix(ROSE, BLUE, 0.4)), (0.72, mix(ROSE, CREAM, 0.35)), (0.9, CREAM)])
    s.glow(1250, 830, 760, mix(CREAM, OCHRE, 0.2), 0.85)
    s.disc(1250, 800, 150, RED)
    s.cuts([(0, 120), (1920, 120), (1920, 900), (0, 900)], mix(CREAM, ROSE, 0.4), gap=36, width=13, length=560, fill=0.26, alpha=0.55)
    s.cuts([(1050, 740), (1450, 740), (1450, 940), (1050, 940)], mix(CREAM, ROSE, 0.3), gap=26, width=10, length=300, fill=0.8, alpha=0.9)
    x = -20.0
    while x < 1940:
        wide, tall = s.rng.uniform(40, 110), s.rng.uniform(60, 230)
        s.box(x, 960 - tall, x + wide, 1000, mix(mix(DEEP, ROSE, 0.55), CREAM, 0.15))
        x += wide * s.rng.uniform(0.9, 1.3)
    s.mist(720, 1000, mix(ROSE, CREAM, 0.5), 0.7)
    x = -40.0
    while x < 1940:
        wide, tall = s.rng.uniform(80, 150), s.rng.uniform(50, 170)
        block(s, x, 1030, wide, tall, mix(DEEP, NIGHT, 0.3), pane=mix(DEEP, NIGHT, 0.6), lit=OCHRE, chance=0.3, cols=6, rows=max(2, int(tall / 26)))
        x += wide * s.rng.uniform(0.95, 1.2)
    s.wash([(0, mix(DEEP, NIGHT, 0.4)), (1, mix(NIGHT, INK, 0.5))], [(0, 1026), (1920, 1026), (1920, 1200), (0, 1200)])
    s.cuts([(0, 1030), (1920, 1030), (1920, 1150), (0, 1150)], mix(ROSE, DEEP, 0.4), gap=20, width=5, length=160, fill=0.3, alpha=0.5)
    _crane(s, 1540, 1040, 540, -300, 130, mix(DEEP, NIGHT, 0.45))
    _crane(s, 470, 1060, 830, 620, 210, mix(NIGHT, INK, 0.3))
    frame = mix(NIGHT, INK, 0.6)
    for floor in range(8):
        y = 1130 - floor * 88
        right = 1060 - max(0, floor - 4) * 120
        s.cut([(560, y - 14), (right, y - 14), (right, y), (560, y)], frame, 1)
        for cx in range(584, int(right), 96):
            s.box(cx, y - (88 if floor < 7 else 46), cx + 15, y, frame)
        if floor < 4:
            for cx in range(600, 980, 96):
                s.box(cx, y - 74, cx + 80, y - 14, mix(RUST, INK, 0.35), 0.55 if (cx // 96 + floor) % 3 else 0)
    for cx in range(540, 620, 40):
        s.stroke([(cx, 1140), (cx, 470)], frame, 3)
    for cy in range(500, 1140, 44):
        s.stroke([(540, cy), (580, cy)], frame, 2)
    person(s, 690, 412 + 88, 62, "stand", coat=RED, hat=OCHRE, legs=frame)
    person(s, 634, 500, 62, "point", coat=frame, hat=RED, legs=frame)
    _crane(s, 1180, 1180, 1020, -560, 260, INK)
    s.shape([*curve((-40, 1130), (300, 1096), (700, 1130), (1200, 1090), (1960, 1130)), (1960, 1220), (-40, 1220)], INK)
    for px, pose, coat, hat, face in ((1390, "point", RED, OCHRE, -1), (1478, "stand", COAL, RED, -1), (1560, "hold", DEEP, OCHRE, -1), (210, "walk", COAL, OCHRE, 1), (306, "walk", RED, OCHRE, 1)):
        person(s, px, 1140, 190, pose, coat=coat, hat=hat, face=face, legs=NIGHT)
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
        s.stroke([(x + jib * u, top - deep * (1 - 0.65 * u)), (x + jib * min(1, t + step / abs(jib)), top)], ink, line)
    s.shape([(x - w * 1.2, top), (x + w * 1.2, top), (x, head)], ink)
    for tip in (x + jib * 0.55, x + jib * 0.92, x - turn * counter * 0.95):
        s.stroke([(x, head), (tip, top - (deep * 0.5 if tip != x - turn * counter * 0.95 else 0))], ink, line * 0.9)
    s.box(min(x - turn * counter, x - turn * counter * 0.72), top, max(x - turn * counter, x - turn * counter * 0.72), top + tall * 0.06, ink)
    s.box(x + turn * w - (0 if turn > 0 else w * 2.4), top + w * 0.4, x + turn * w + (w * 2.4 if turn > 0 else 0), top + w * 3, ink)
    hook = x + jib * 0.7
    s.stroke([(hook, top), (hook, top + tall * 0.26)], ink, line)
    s.stroke([(hook, top + tall * 0.26), (hook - tall * 0.05, top + tall * 0.31)], ink, line)
    s.stroke([(hook, top + tall * 0.26), (hook + tall * 0.05, top + tall * 0.31)], ink, line)
    s.box(hook - tall * 0.062, top + tall * 0.31, hook + tall * 0.062, top + tall * 0.33, ink)


def market() -> Sheet:
    """An evening market."""
    s = Sheet(1800, 1350, 22)
    s.wash([(0, NIGHT), (0.35, DEEP), (0.55, mix(RUST, DEEP, 0.4)), (1, mix(BROWN, INK, 0.3))])
    for x, wide, tall in ((-30, 300, 520), (250, 220, 430), (470, 260, 590), (1120, 250, 470), (1350, 220, 560), (1550, 320, 450)):
        block(s, x, 760, wide, tall, mix(NIGHT, DEEP, 0.5), pane=mix(NIGHT, DEEP, 0.2), lit=mix(OCHRE, CREAM, 0.2), chance=0.3, cols=6, rows=int(tall / 52))
    s.glow(900, 720, 820, OCHRE, 0.75, 420)
    s.wash([(0, mix(OCHRE, BROWN, 0.4)), (1, mix(BROWN, INK, 0.5))], [(740, 720), (1060, 720), (1900, 1360), (-100, 1360)])
    s.cuts([(740, 720), (1060, 720), (1900, 1360), (-100, 1360)], CREAM, gap=26, width=5, length=90, fill=0.25, alpha=0.35)
    for px, tall, coat in ((840, 120, COAL), (880, 118, RUST), (930, 124, DEEP), (985, 116, COAL), (800, 122, BROWN), (1010, 126, DEEP)):
        person(s, px, 800, tall, "walk", coat=coat, face=s.rng.choice([-1, 1]))
    for row, (depth, part) in enumerate(((0.42, 0.3), (0.68, 0.12), (1.0, 0.0))):
        for side in (-1, 1):
            _stall(s, 900 + side * (180 + 540 * depth), 700 + 440 * depth, 640 * depth, side, part, (RED, DEEP, GREEN, OCHRE, RED, DEEP)[row * 2 + (side > 0)])
    bulbs = [curve((-20, 150 + k * 40), (500, 330 - k * 10), (900, 360 - k * 40), (1300, 310), (1820, 130 + k * 60)) for k in range(2)]
    for line in bulbs:
        s.stroke(line, INK, 3)
        for x, y in line[3::5]:
            s.glow(x, y + 16, 64, CREAM, 0.75)
            s.disc(x, y + 14, 11, "#fff3d2")
    for px, tall, coat, pose, face in ((720, 330, RUST, "walk", 1), (1040, 320, DEEP, "walk", -1)):
        person(s, px, 1090, tall, pose, coat=coat, face=face, legs=COAL)
    person(s, 1120, 1094, 190, "walk", coat=RED, face=-1, child=True)
    for px, tall, coat in ((560, 640, mix(INK, NIGHT, 0.6)), (1330, 670, mix(INK, BROWN, 0.25)), (700, 590, INK)):
        person(s, px, 1530, tall, "hold" if px == 700 else "stand", coat=coat, skin=INK)
    return s


def _stall(s: Sheet, x: float, y: float, wide: float, side: int, part: float, ink: str) -> None:
    tone = mix(OCHRE, DEEP, 0.3)
    tall = wide * 0.62
    left, right = x - wide / 2, x + wide / 2
    roof = y - tall
    s.glow(x, roof + tall * 0.3, wide * 0.62, CREAM, 0.85, tall * 0.5)
    for px in (left + wide * 0.04, right - wide * 0.04):
        s.stroke([(px, y), (px, roof)], mix(INK, tone, part), wide * 0.016 + 1)
    person(s, x + side * wide * 0.12, y - wide * 0.01, tall * 0.9, "hold", coat=mix(PAPER, tone, part * 0.6), hat=RED, face=-side)
    s.cut([(left, y - tall * 0.36), (right, y - tall * 0.36), (right - wide * 0.02, y), (left + wide * 0.02, y)], mix(mix(BROWN, INK, 0.4), tone, part), 1)
    s.box(left - wide * 0.01, y - tall * 0.385, right + wide * 0.01, y - tall * 0.34, mix(SAND, tone, part))
    for heap, hue in enumerate((RED, SAGE, OCHRE, CREAM)):
        hx = left + wide * (0.14 + heap * 0.24)
        r = wide * 0.026
        for row in range(4):
            for k in range(5 - row):
                shade = s.rng.uniform(0, 0.25)
                s.disc(hx + (k - (4 - row) / 2) * r * 1.75, y - tall * 0.4 - row * r * 1.5, r, mix(mix(hue, INK, shade), tone, part))
    n = 8
    for i in range(n):
        a, b = left - wide * 0.06 + wide * 1.12 * i / n, left - wide * 0.06 + wide * 1.12 * (i + 1) / n
        a2, b2 = left + wide * 0.03 + wide * 0.94 * i / n, left + wide * 0.03 + wide * 0.94 * (i + 1) / n
        hue = mix(ink if i % 2 else CREAM, tone, part)
        s.shape([(a2, roof - tall * 0.2), (b2, roof - tall * 0.2), (b, roof + tall * 0.04), (a, roof + tall * 0.04)], hue)
        s.shape([(a + (b - a) * (0.5 + 0.5 * math.cos(t)), roof + tall * 0.035 + tall * 0.07 * math.sin(t)) for t in (math.pi * k / 8 for k in range(9))], mix(hue, INK, 0.12))
    s.disc(x - side * wide * 0.2, roof + tall * 0.2, wide * 0.02 + 2, "#fff3d2")


def skyline() -> Sheet:
    """The zone at night, across the river."""
    s = Sheet(1920, 1080, 23)
    s.wash([(0, mix(NIGHT, INK, 0.45)), (0.4, NIGHT), (0.66, mix(DEEP, BLUE, 0.2))])
    s.speckle([(0, 0), (1920, 420)], CREAM, 120, 1.8, 0.7)
    s.glow(1490, 190, 240, CREAM, 0.35)
    s.disc(1490, 190, 56, CREAM)
    s.cuts([(900, 150), (1920, 150), (1920, 420), (900, 420)], mix(DEEP, BLUE, 0.5), gap=34, width=13, length=420, fill=0.4, alpha=0.7)
    for base, low, high, ink, wide in ((700, 90, 300, mix(DEEP, BLUE, 0.15), 84), (706, 60, 250, mix(DEEP, NIGHT, 0.4), 96)):
        x = -30.0
        while x < 1940:
            w = s.rng.uniform(0.6, 1.4) * wide
            tall = s.rng.uniform(low, high) * (0.5 + 0.9 * math.exp(-(((x - 900) / 620) ** 2)))
            block(s, x, base, w, tall, ink, pane=mix(ink, NIGHT, 0.35), lit=mix(OCHRE, CREAM, 0.4), chance=0.22, cols=max(3, int(w / 17)), rows=max(3, int(tall / 22)))
            x += w * s.rng.uniform(0.95, 1.25)
        s.mist(base - 190, base, mix(DEEP, BLUE, 0.5), 0.5)
    for x, w, tall, crest in ((760, 112, 450, 60), (915, 136, 520, 0), (1100, 96, 380, 80), (560, 104, 330, 0), (1260, 120, 300, 0)):
        block(s, x, 710, w, tall, mix(NIGHT, INK, 0.35), pane=mix(NIGHT, DEEP, 0.45), lit="#f0cf8a", chance=0.42, cols=7, rows=int(tall / 20), side=None or "")
        s.box(x + w * 0.84, 710 - tall, x + w, 710, INK, 0.35)
        if crest:
            s.shape([(x, 710 - tall), (x + w, 710 - tall), (x + w / 2, 710 - tall - crest)], mix(NIGHT, INK, 0.35))
            s.stroke([(x + w / 2, 710 - tall - crest), (x + w / 2, 710 - tall - crest - 60)], INK, 3)
            s.disc(x + w / 2, 710 - tall - crest - 62, 5, RED)
    s.box(915, 178, 1051, 196, RED)
    s.box(0, 700, 1920, 724, mix(NIGHT, INK, 0.5))
    for x in range(10, 1920, 44):
        crown(s, x, 696, s.rng.uniform(14, 26), mix(PINE, NIGHT, 0.6))
    for x in range(24, 1920, 74):
        s.glow(x, 690, 26, "#ffdf9c", 0.9)
        s.disc(x, 690, 3.4, "#fff0c9")
    s.mirror(724, 356, mix(NIGHT, INK, 0.25), 0.42)
    for x in range(24, 1920, 74):
        s.cuts([(x - 9, 728), (x + 9, 728), (x + 20, 960), (x - 20, 960)], "#f3cd84", gap=9, width=5, length=26, fill=0.5, alpha=0.55)
    s.cuts([(0, 740), (1920, 740), (1920, 1080), (0, 1080)], mix(BLUE, DEEP, 0.3), gap=22, width=5, length=170, fill=0.2, alpha=0.6)
    _cable_bridge(s)
    s.shape([*curve((-20, 1010), (300, 1030), (560, 1060), (700, 1090)), (-20, 1090)], INK)
    for px, tall, coat in ((190, 150, mix(INK, RED, 0.45)), (250, 142, mix(INK, DEEP, 0.6))):
        person(s, px, 1044, tall, "stand", coat=coat, legs=INK, skin=mix(BROWN, INK, 0.3))
    s.stroke([(-20, 968), (430, 1000)], INK, 6)
    for x in range(0, 440, 36):
        s.stroke([(x, 966 + x * 0.075), (x, 1040)], INK, 4)
    return s


def _cable_bridge(s: Sheet) -> None:
    deck = [(1120 + i * 80, 760 - 0.06 * i * 80) for i in range(12)]
    ink = mix(CREAM, BLUE, 0.35)
    for tower, tall in ((1480, 330), (1830, 360)):
        y = 760 - 0.06 * (tower - 1120)
        for reach in range(-5, 6):
            if reach:
                tx = tower + reach * 58
                s.stroke([(tower, y - tall + abs(reach) * 16), (tx, 760 - 0.06 * (tx - 1120))], ink, 1.6, 0.75)
        s.taper([(tower, y + 80), (tower, y - tall)], ink, 20, 9)
        s.disc(tower, y - tall - 6, 6, RED)
    s.taper(deck, mix(ink, NIGHT, 0.2), 13, 17)
    for x, y in deck:
        s.disc(x, y - 8, 4, "#ffe3a6")


def bus_stop() -> Sheet:
    """A bus at its stop."""
    s = Sheet(1800, 1200, 24)
    s.wash([(0, mix(SKY, BLUE, 0.25)), (0.4, SKY), (0.7, PAPER)])
    s.cuts([(0, 30), (1800, 30), (1800, 260), (0, 260)], PAPER, gap=36, width=12, length=380, fill=0.3, alpha=0.9)
    for x, wide, tall, ink in ((-20, 260, 560, CREAM), (250, 210, 430, SAND), (480, 280, 640, mix(SAND, ROSE, 0.35)), (780, 230, 500, CREAM), (1030, 260, 600, mix(SAND, MIST, 0.5)), (1310, 230, 450, mix(CREAM, ROSE, 0.3)), (1560, 280, 570, SAND)):
        soft = mix(ink, MIST, 0.5)
        block(s, x, 800, wide, tall, soft, pane=mix(soft, BLUE, 0.45), cols=5, rows=int(tall / 58), side=mix(soft, MIST, 0.5))
    s.mist(420, 800, PAPER, 0.6)
    for x in (60, 330, 640, 1010, 1330, 1700):
        crown(s, x, 560, 105, mix(GREEN, SAGE, 0.35), SAGE, 180)
    s.box(0, 790, 1800, 830, mix(MIST, SAND, 0.4))
    s.box(0, 826, 1800, 840, mix(COAL, MIST, 0.5))
    s.wash([(0, mix(COAL, MIST, 0.35)), (1, mix(COAL, MIST, 0.15))], [(0, 838), (1800, 838), (1800, 1010), (0, 1010)])
    _bus(s, 330, 900)
    s.wash([(0, mix(SAND, CREAM, 0.5)), (1, mix(SAND, ROSE, 0.25))], [(0, 990), (1800, 990), (1800, 1200), (0, 1200)])
    s.box(0, 984, 1800, 1000, mix(MIST, PAPER, 0.5))
    for i in range(24):
        s.stroke([(i * 95 - 260 + 60, 1000), (i * 95 * 1.25 - 560, 1200)], mix(SAND, BROWN, 0.25), 2, 0.7)
    s.stroke([(0, 1080), (1800, 1080)], mix(SAND, BROWN, 0.25), 2, 0.7)
    for x in (1230, 1690):
        s.stroke([(x, 1040), (x, 560)], DEEP, 14)
    s.box(1236, 640, 1684, 900, mix(MIST, PAPER, 0.4), 0.35)
    s.cut([(1180, 548), (1740, 528), (1740, 560), (1180, 580)], DEEP, 1)
    s.box(1262, 660, 1440, 880, RED)
    for y in (700, 730, 760, 790, 820):
        s.stroke([(1286, y), (1286 + s.rng.uniform(70, 130), y)], CREAM, 7)
    for y in (934, 958):
        s.stroke([(1470, y), (1660, y)], mix(BROWN, RUST, 0.4), 12)
    people = ((1110, 360, "stand", OCHRE, COAL, -1), (1010, 372, "walk", DEEP, INK, -1), (910, 250, "walk", RED, DEEP, -1), (1400, 380, "hold", RUST, INK, -1))
    for px, tall, pose, coat, legs, face in people:
        shadow(s, px, 1090, tall * 0.5, slant=70)
        person(s, px, 1092, tall, pose, coat=coat, legs=legs, face=face, long=0.1 if coat == OCHRE else 0, child=tall < 300)
    person(s, 1590, 1082, 350, "sit", coat=MIST, legs=COAL, hair=ASH, face=-1)
    s.cut([(936, 960), (986, 960), (980, 1060), (942, 1060)], OCHRE, 1)
    return s


def _bus(s: Sheet, x: float, y: float) -> None:
    s.shape([(x - 330, y + 74), (x + 700, y + 74), (x + 680, y + 104), (x - 340, y + 104)], INK, 0.4)
    body = [(x - 330, y + 60), (x - 330, y - 250), (x - 300, y - 286), (x + 660, y - 286), (x + 694, y - 240), (x + 700, y + 60)]
    s.shape(body, CREAM)
    s.shape([(x - 330, y + 60), (x - 330, y - 44), (x + 698, y - 44), (x + 700, y + 60)], RED)
    s.box(x - 330, y - 62, x + 698, y - 52, RED)
    s.box(x - 250, y - 312, x + 260, y - 284, mix(CREAM, MIST, 0.6))
    for i in range(6):
        wx = x - 306 + i * 132
        if i in (2, 5):
            for k in (0, 1):
                s.box(wx + k * 58, y - 232, wx + k * 58 + 53, y + 46, COAL)
                s.box(wx + k * 58 + 6, y - 224, wx + k * 58 + 47, y + 26, mix(BLUE, DEEP, 0.35))
        else:
            s.box(wx, y - 232, wx + 120, y - 84, mix(DEEP, BLUE, 0.35))
            s.shape([(wx + 16, y - 232), (wx + 52, y - 232), (wx + 14, y - 84), (wx, y - 84), (wx, y - 160)], PAPER, 0.22)
            if i in (0, 1, 3):
                s.disc(wx + 62, y - 152, 22, mix(INK, DEEP, 0.3), ry=26)
                s.shape([(wx + 26, y - 84), (wx + 40, y - 126), (wx + 84, y - 126), (wx + 98, y - 84)], mix(INK, DEEP, 0.3))
    s.shape([(x + 500, y - 232), (x + 668, y - 232), (x + 690, y - 90), (x + 500, y - 90)], mix(DEEP, BLUE, 0.35))
    s.shape([(x + 520, y - 232), (x + 580, y - 232), (x + 530, y - 90), (x + 500, y - 90), (x + 500, y - 180)], PAPER, 0.22)
    person(s, x + 596, y - 10, 190, "sit", coat=MIST)
    s.box(x + 500, y - 90, x + 696, y - 62, CREAM)
    s.box(x + 500, y - 276, x + 640, y - 242, INK)
    for k in range(5):
        s.box(x + 514 + k * 24, y - 268, x + 528 + k * 24, y - 250, OCHRE)
    s.disc(x + 680, y + 4, 15, "#fff3d2")
    for wx in (x - 190, x + 410):
        s.shape([(wx + 84 * math.cos(a), y + 62 - 84 * math.sin(a)) for a in (math.pi * k / 20 for k in range(21))], INK)
        wheel(s, wx, y + 54, 60, INK, MIST)


def old_street() -> Sheet:
    """A lane of wooden shopfronts: an upright print."""
    s = Sheet(1500, 2000, 25)
    s.wash([(0, mix(SKY, BLUE, 0.3)), (0.4, SKY), (0.55, PAPER)])
    s.glow(760, 1060, 520, "#fff3da", 0.95)
    s.wash([(0, mix(SAND, PAPER, 0.5)), (1, mix(COAL, BLUE, 0.35))], [(700, 1180), (820, 1180), (1560, 2010), (-60, 2010)])
    vx, vy = 760, 1130
    for i in range(13):
        y = vy + 50 + 13 * 1.38**i
        s.stroke([(vx - (y - vy) * 1.0, y), (vx + (y - vy) * 0.95, y)], mix(COAL, BLUE, 0.3), 1 + i * 0.35, 0.55)
    for k in range(-5, 6):
        s.taper([(vx + k * 9, vy + 50), (vx + k * 175, 2010)], mix(COAL, BLUE, 0.3), 1, 5, 0.5)
    for i in range(5, -1, -1):
        for side in (-1, 1):
            _shopfront(s, vx, vy, side, i)
    for px, py, tall, pose, coat, face in ((740, 1212, 66, "walk", COAL, 1), (780, 1220, 70, "walk", RUST, -1), (700, 1268, 120, "walk", DEEP, 1), (842, 1300, 140, "stand", OCHRE, -1)):
        person(s, px, py, tall, pose, coat=coat, face=face)
    person(s, 640, 1530, 350, "walk", coat=mix(DEEP, BLUE, 0.3), legs=COAL, face=1)
    person(s, 520, 1540, 230, "walk", coat=RED, legs=DEEP, face=1, child=True)
    person(s, 1090, 1690, 400, "sit", coat=mix(MIST, PAPER, 0.3), legs=COAL, hair=ASH, face=-1)
    s.cut([(1040, 1588), (1160, 1588), (1150, 1606), (1050, 1606)], mix(BROWN, RUST, 0.3), 1)
    for lx in (1060, 1140):
        s.stroke([(lx, 1606), (lx, 1692)], mix(BROWN, INK, 0.3), 9)
    s.shape(blob(930, 1700, 80, 12), INK, 0.25)
    cat = curve((890, 1700), (884, 1652), (912, 1630), (950, 1640), (962, 1700))
    s.shape(cat, OCHRE)
    s.disc(900, 1626, 22, OCHRE)
    for ex in (886, 912):
        s.shape([(ex - 9, 1614), (ex + 9, 1612), (ex + (-6 if ex < 900 else 6), 1590)], OCHRE)
    s.stroke(curve((958, 1690), (996, 1680), (990, 1640)), OCHRE, 11)
    return s


def _shopfront(s: Sheet, vx: float, vy: float, side: int, i: int) -> None:
    near, far = 1000 * 0.6**i, 1000 * 0.6 ** (i + 1)
    part = i * 0.13
    haze = mix(CREAM, MIST, 0.3)

    def at(t: float, up: float) -> tuple[float, float]:
        d = near + (far - near) * t
        return vx + side * (d * 0.82 + 30), vy + 40 + d * 0.9 - up * (d * 1.95 + 60)

    wood = mix(mix(RUST, BROWN, 0.55 + 0.2 * (i % 2)), haze, part)
    s.shape([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], wood)
    dark = mix(mix(INK, BROWN, 0.3), haze, part)
    for k in range(5):
        a, b = 0.04 + k * 0.19, 0.04 + k * 0.19 + 0.155
        open_door = k == 2
        s.shape([at(a, 0.02 if open_door else 0.16), at(b, 0.02 if open_door else 0.16), at(b, 0.44), at(a, 0.44)], mix(OCHRE if (i + k) % 2 or open_door else CREAM, haze, part) if k % 2 == 0 else dark)
        for m in (0.25, 0.5, 0.75):
            s.stroke([at(a + (b - a) * m, 0.18), at(a + (b - a) * m, 0.44)], dark, 5 * 0.6**i + 0.8) if not open_door else None
        if not open_door:
            for up in (0.25, 0.34):
                s.stroke([at(a, up), at(b, up)], dark, 5 * 0.6**i + 0.8)
        s.shape([at(a + 0.02, 0.6), at(b - 0.01, 0.6), at(b - 0.01, 0.82), at(a + 0.02, 0.82)], dark)
        s.stroke([at((a + b) / 2, 0.6), at((a + b) / 2, 0.82)], wood, 6 * 0.6**i + 0.8)
        s.stroke([at(a, 0.71), at(b, 0.71)], wood, 6 * 0.6**i + 0.8)
    roof = mix(mix(COAL, DEEP, 0.3), haze, part)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(-0.02, 0.52), at(1.02, 0.52), at(1.02, 0.59), at(-0.02, 0.59)
    out_a, out_b = side * near * 0.16, side * far * 0.16
    s.shape([(ax - out_a, ay + near * 0.05), (bx - out_b, by + far * 0.05), (cx, cy), (dx, dy)], roof)
    s.taper([(ax - out_a, ay + near * 0.055), (bx - out_b, by + far * 0.055)], mix(roof, INK, 0.4), near * 0.022, far * 0.022)
    for m in range(1, 13):
        t = m / 13
        s.stroke([(ax - out_a + (bx - out_b - ax + out_a) * t, ay + near * 0.05 + (by + far * 0.05 - ay - near * 0.05) * t), (dx + (cx - dx) * t, dy + (cy - dy) * t)], mix(roof, haze, 0.25), near * 0.005 + 0.6)
    (ax, ay), (bx, by) = at(-0.02, 1), at(1.02, 1)
    out_a, out_b = side * near * 0.2, side * far * 0.2
    s.shape([(ax, ay), (bx, by), (bx - out_b, by), (ax - out_a, ay)], mix(dark, wood, 0.25))
    for m in range(1, 15):
        x, y = ax + (bx - ax) * m / 15, ay + (by - ay) * m / 15
        s.stroke([(x, y), (x - out_a + (out_a - out_b) * m / 15, y)], dark, near * 0.007 + 0.8)
    s.taper([(ax - out_a, ay), (bx - out_b, by)], roof, near * 0.04, far * 0.04)
    lx, ly = at(0.5, 0.5)
    lantern(s, lx - side * near * 0.15, ly + near * 0.03, near * 0.06 + 4, mix(RED, haze, part * 0.7))
    if i in (1, 3):
        bx, by = at(0.15, 0.45)
        flag = near * 0.16
        s.shape([(bx - side * flag * 1.4, by), (bx - side * flag * 0.7, by + flag * 0.1), (bx - side * flag * 0.7, by + flag * 2.3), (bx - side * flag * 1.4, by + flag * 2.2)], mix(CREAM, haze, part))
        s.disc(bx - side * flag * 1.05, by + flag * 0.7, flag * 0.2, mix(RED, haze, part))
        s.disc(bx - side * flag * 1.05, by + flag * 1.4, flag * 0.2, mix(RED, haze, part))


def playground() -> Sheet:
    """A long break on the school's running track."""
    s = Sheet(1800, 1200, 26)
    s.wash([(0, mix(BLUE, SKY, 0.55)), (0.35, PAPER)])
    s.cuts([(0, 30), (1800, 30), (1800, 220), (0, 220)], PAPER, gap=32, width=12, length=360, fill=0.35, alpha=0.9)
    for i in range(16):
        crown(s, i * 122, 430, s.rng.uniform(50, 90), mix(SAGE, MIST, s.rng.uniform(0.2, 0.6)))
    s.cut([(300, 520), (300, 170), (1560, 170), (1560, 520)], mix(CREAM, PAPER, 0.5), 1)
    s.box(280, 150, 1580, 178, mix(RED, RUST, 0.3))
    s.box(820, 110, 1040, 520, mix(ROSE, CREAM, 0.45))
    s.box(800, 92, 1060, 116, mix(RED, RUST, 0.3))
    s.disc(930, 180, 42, PAPER)
    s.stroke([(930, 180), (930, 152)], INK, 5)
    s.stroke([(930, 180), (950, 188)], INK, 5)
    for floor in range(3):
        y = 206 + floor * 104
        for x in [*range(330, 800, 78), *range(1070, 1540, 78)]:
            s.box(x, y, x + 54, y + 62, mix(BLUE, DEEP, 0.25))
            s.shape([(x, y), (x + 24, y), (x, y + 40)], PAPER, 0.35)
        s.box(300, y + 76, 820, y + 84, mix(SAND, ROSE, 0.3))
        s.box(1040, y + 76, 1560, y + 84, mix(SAND, ROSE, 0.3))
    for x in (856, 946):
        s.box(x, 404, x + 60, 520, mix(BROWN, RUST, 0.4))
        s.box(x, 262, x + 60, 350, mix(BLUE, DEEP, 0.25))
    s.mist(380, 540, PAPER, 0.35)
    for i in range(13):
        crown(s, 40 + i * 146, 505, s.rng.uniform(26, 44), mix(GREEN, PINE, s.rng.uniform(0, 0.5)))
    s.wash([(0, mix(SAGE, GREEN, 0.5)), (1, mix(GREEN, PINE, 0.2))], [(0, 530), (1800, 530), (1800, 1200), (0, 1200)])
    s.cuts([(0, 540), (1800, 540), (1800, 700), (0, 700)], CREAM, gap=16, width=4, length=70, fill=0.25, alpha=0.4)
    top, foot = curve((-60, 700), (500, 620), (1100, 640), (1860, 760)), curve((-60, 1120), (400, 1010), (1000, 1030), (1860, 1230))
    s.shape([*top, *reversed(foot)], mix(RED, ROSE, 0.42))
    for i in range(6):
        t = (i / 5) ** 1.15
        s.taper([(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in zip(top, foot, strict=True)], PAPER, 3 + 4 * t, 3 + 5 * t)
    kids = (
        (230, 742, 120, "run", DEEP, 1), (420, 716, 118, "run", OCHRE, 1), (1500, 800, 150, "run", CREAM, -1), (1330, 762, 140, "run", DEEP, -1),
        (640, 600, 84, "stand", RUST, 1), (700, 604, 84, "jump", DEEP, 1), (1180, 606, 88, "walk", OCHRE, -1), (1250, 604, 84, "run", RUST, 1), (980, 590, 80, "jump", COAL, 1),
    )  # fmt: skip
    for px, py, tall, pose, coat, face in kids:
        shadow(s, px, py, tall * 0.5, slant=tall * 0.4)
        person(s, px, py, tall, pose, coat=coat, legs=mix(DEEP, INK, 0.4), face=face, child=True)
    rope = ((470, 1000, OCHRE, 1), (1060, 1010, DEEP, -1))
    hands = []
    for px, py, coat, face in rope:
        shadow(s, px, py, 150, slant=130)
        hands.append(person(s, px, py, 330, "reach", coat=coat, legs=COAL, face=face, child=True))
    for px, py, tall, coat in ((700, 965, 300, RED), (836, 972, 310, mix(CREAM, SAND, 0.4))):
        s.shape(blob(px + 50, py + 36, 90, 14), INK, 0.2)
        person(s, px, py, tall, "jump", coat=coat, legs=DEEP, child=True)
    s.stroke(curve(hands[0], (620, 1010), (770, 1040), (920, 1014), hands[1]), PAPER, 6)
    person(s, 1380, 1090, 430, "stand", coat=mix(SAGE, PAPER, 0.3), legs=COAL, face=-1, long=0.1)
    shadow(s, 1380, 1090, 180, slant=150)
    person(s, 190, 1150, 360, "run", coat=RED, legs=NIGHT, face=1, child=True)
    shadow(s, 190, 1150, 150, slant=130)
    return s


def drill() -> Sheet:
    """A fire drill at a tower block."""
    s = Sheet(1800, 1350, 27)
    s.wash([(0, mix(BLUE, SKY, 0.4)), (0.5, SKY), (0.8, PAPER)])
    for x, wide, tall in ((-20, 190, 560), (180, 150, 440), (1480, 170, 500), (1640, 200, 640)):
        block(s, x, 1060, wide, tall, mix(MIST, SKY, 0.3), pane=mix(MIST, BLUE, 0.35), cols=5, rows=int(tall / 46))
    s.mist(620, 1060, PAPER, 0.7)
    s.box(860, 40, 1440, 1070, mix(CREAM, ROSE, 0.18))
    s.box(1300, 40, 1440, 1070, mix(SAND, MIST, 0.35))
    s.box(846, 20, 1454, 52, mix(SAND, BROWN, 0.3))
    for floor in range(10):
        y = 80 + floor * 98
        for col in range(4):
            x = 892 + col * 138
            s.box(x, y, x + 84, y + 58, mix(DEEP, BLUE, 0.4 if col < 3 else 0.1))
            s.shape([(x, y), (x + 36, y), (x, y + 50)], PAPER, 0.28)
            s.box(x - 8, y + 60, x + 92, y + 74, mix(SAND, BROWN, 0.2))
    for k in range(13):
        t = k / 12
        s.shape(blob(1110 - 260 * t**1.2 + 30 * math.sin(k * 2.1), 330 - 330 * t, 44 + 120 * t, 36 + 84 * t, 30, 0.08, k), mix(mix(OCHRE, MIST, 0.7), PAPER, t * 0.6), 0.92 - 0.4 * t)
    s.box(1030, 276, 1114, 334, mix(RUST, OCHRE, 0.5))
    s.wash([(0, mix(MIST, SAND, 0.5)), (1, mix(COAL, MIST, 0.45))], [(0, 1056), (1800, 1056), (1800, 1350), (0, 1350)])
    s.cuts([(0, 1060), (1800, 1060), (1800, 1350), (0, 1350)], PAPER, gap=22, width=5, length=160, fill=0.3, alpha=0.35)
    for x in (60, 250, 1560, 1740):
        crown(s, x, 970, 86, mix(GREEN, SAGE, 0.3), SAGE, 60)
    for i in range(9):
        person(s, 1470 + i * 42, 1110 + (i % 3) * 20, 130 + (i % 3) * 10, "walk", coat=(DEEP, OCHRE, COAL, RUST, CREAM)[i % 5], face=1, child=i == 4)
    ladder, tip = (470, 884), (1010, 352)
    for off in (-13, 13):
        s.stroke([(ladder[0] + off, ladder[1] + off), (tip[0] + off * 0.7, tip[1] + off * 0.7)], mix(MIST, DEEP, 0.25), 10)
    for i in range(26):
        t = i / 25
        x, y = ladder[0] + (tip[0] - ladder[0]) * t, ladder[1] + (tip[1] - ladder[1]) * t
        s.stroke([(x - 13, y - 13), (x + 13, y + 13)], mix(MIST, DEEP, 0.25), 4)
    s.cut([(960, 350), (1060, 350), (1052, 410), (968, 410)], RED, 1)
    person(s, 990, 396, 110, "reach", coat=mix(OCHRE, RUST, 0.2), hat=RED, legs=COAL)
    person(s, 1034, 396, 110, "stand", coat=mix(OCHRE, RUST, 0.2), hat=RED, legs=COAL)
    _engine(s, 420, 1150)
    fire = mix(OCHRE, RUST, 0.3)
    for px, py, tall, pose, face in ((980, 1260, 330, "push", 1), (1120, 1230, 310, "walk", 1), (820, 1290, 350, "point", 1)):
        shadow(s, px, py, tall * 0.5, slant=-90)
        person(s, px, py, tall, pose, coat=fire, legs=mix(fire, INK, 0.55), hat=RED, face=face, long=0.1)
        for up in (0.52, 0.68):
            s.stroke([(px - tall * 0.07, py - tall * up), (px + tall * 0.1, py - tall * up)], CREAM, 7) if pose != "push" else None
    s.stroke(curve((560, 1240), (700, 1310), (860, 1320), (1000, 1270), (1086, 1078)), mix(CREAM, SAND, 0.5), 13)
    return s


def _engine(s: Sheet, x: float, y: float) -> None:
    s.shape([(x - 380, y + 66), (x + 380, y + 66), (x + 350, y + 100), (x - 400, y + 100)], INK, 0.35)
    s.shape([(x + 150, y + 50), (x + 150, y - 210), (x + 300, y - 210), (x + 366, y - 70), (x + 372, y + 50)], RED)
    s.shape([(x + 186, y - 70), (x + 186, y - 182), (x + 286, y - 182), (x + 336, y - 70)], mix(DEEP, BLUE, 0.3))
    s.shape([(x + 186, y - 100), (x + 186, y - 182), (x + 240, y - 182)], PAPER, 0.3)
    s.box(x - 370, y - 150, x + 140, y + 50, mix(RED, INK, 0.1))
    s.box(x - 370, y - 54, x + 370, y - 34, CREAM)
    for i in range(4):
        s.box(x - 350 + i * 122, y - 134, x - 246 + i * 122, y - 66, mix(MIST, COAL, 0.35))
        for k in range(5):
            s.stroke([(x - 346 + i * 122, y - 126 + k * 12), (x - 250 + i * 122, y - 126 + k * 12)], mix(MIST, PAPER, 0.4), 3)
    s.box(x - 40, y - 210, x + 110, y - 150, COAL)
    s.disc(x + 40, y - 232, 46, mix(COAL, DEEP, 0.4))
    s.box(x + 190, y - 236, x + 260, y - 210, mix(BLUE, DEEP, 0.2))
    s.disc(x + 360, y - 10, 14, "#fff3d2")
    for wx in (x - 270, x - 130, x + 250):
        wheel(s, wx, y + 46, 56, INK, MIST)
