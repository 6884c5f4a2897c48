"""Pictures of the land: harvest, planting, ploughing, a greenhouse."""

import math

from newsroom.demo.drawing.figures import bird, egret, person
from newsroom.demo.drawing.ink import blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import hills, house, poplar, wheel

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def harvest() -> Sheet:
    """A combine in ripe grain."""
    s = Sheet(1800, 1200, 11)
    s.wash([(0, "blue sky.45"), (0.3, "sky"), (0.45, "paper"), (1, "cream")])
    s.cuts("0,30 1800,380", "paper", gap=34, width=11, length=420, fill=0.35, alpha=0.8)
    hills(s, [(400, 70, "mist sky.3"), (455, 50, "sage mist.55"), (500, 26, "green mist.4")], 600)
    for i in range(30):
        poplar(s, 60 + i * 63 + s.rng.uniform(-14, 14), 528, s.rng.uniform(60, 120),
            mix("green", "pine", s.rng.uniform(0.1, 0.7)))
    s.mist(430, 535, "cream", 0.65)
    s.wash([(0, "ochre cream.55"), (0.3, "ochre"), (1, "rust ochre.5")], "0,522 1800,1200")
    vx = 1180
    for i in range(-30, 44):
        x = vx + i * 130
        s.taper([(vx + (x - vx) * 0.055, 530), (x, 1220)], "rust ochre.35", 1, 26, 0.38)
        s.taper([(vx + (x + 55 - vx) * 0.055, 530), (x + 55, 1220)], "cream", 0.6, 11, 0.35)
    s.wash([(0, "cream sand.3"), (1, "sand")], [(vx - 30, 528), (vx + 60, 528), (1330, 1200), (250, 1200)])
    s.cuts([(vx - 24, 540), (vx + 50, 540), (1290, 1200), (280, 1200)], "rust", gap=13, width=4, angle=116,
        length=70, fill=0.45, alpha=0.55)
    s.glow(1120, 640, 330, "paper", 0.8, 130)
    _combine(s, 930, 800)
    for x in range(-20, 1840, 9):
        if 330 < x < 1300:
            continue
        y, tall = 1215, s.rng.uniform(110, 210)
        lean = s.rng.uniform(-26, 30)
        s.taper(curve((x, y), (x + lean * 0.3, y - tall * 0.6), (x + lean, y - tall), steps=5),
            mix("rust", "ochre", s.rng.random()), 5, 2)
        for k in range(5):
            s.disc(x + lean + (k % 2 * 2 - 1) * 4, y - tall - k * 8 + 8, 4.2,
                mix("ochre", "cream", s.rng.uniform(0.1, 0.7)), ry=8)
    for i in range(9):
        bird(s, 360 + i * 44 + s.rng.uniform(-30, 30), 300 + s.rng.uniform(-70, 60), s.rng.uniform(20, 34),
            "coal")
    return s


def _combine(s: Sheet, x: float, y: float) -> None:
    s = s.at(x, y)
    s.shape("-190,92 420,92 330,130 -260,124", "ink", 0.35)
    s.cut("-40,-150 330,-150 370,-60 360,40 -60,40 -90,-20", "red")
    s.shape("150,-150 330,-150 370,-60 360,40 210,40", "red ink.22")
    s.cut("-60,-40 360,-52 362,-30 -64,-18", "cream", 1)
    s.cut("-70,-30 -50,-250 96,-250 110,-30", "red ink.35")
    s.cut("-50,-60 -34,-228 78,-228 90,-60", "blue paper.45")
    s.shape("-34,-228 20,-228 -20,-60 -50,-60", "paper", 0.4)
    person(s, 34, -20, 150, "sit", coat="deep", hat="cream", face=-1)
    s.box(-70, -266, 118, -248, "ink")
    s.box(130, -210, 150, -150, "coal")
    s.stroke("290,-140 470,-240", "red ink.2", 26)
    s.shape("470,-262 520,-236 505,-200 462,-222", "coal")
    s.cut("-110,0 -40,-20 -20,60 -130,60", "rust")
    reel = (-196, 12)
    for k in range(6):
        a = math.tau * k / 6 + 0.3
        s.stroke([reel, (reel[0] + 78 * math.cos(a), reel[1] + 66 * math.sin(a))], "ink", 5)
        s.stroke([(reel[0] + 78 * math.cos(a), reel[1] + 66 * math.sin(a)),
            (reel[0] + 78 * math.cos(a + 1.05), reel[1] + 66 * math.sin(a + 1.05))], "ink", 5)
    s.cut("-340,104 -60,104 -96,58 -128,20 -150,74 -300,82", "ochre")
    s.shape("-340,104 -60,104 -66,92 -320,94", "rust")
    wheel(s, 30, 40, 84)
    wheel(s, 300, 66, 54)


def planting() -> Sheet:
    """Saplings going into a hillside."""
    s = Sheet(1800, 1200, 16)
    s.wash([(0, "sky blue.35"), (0.3, "sky"), (0.5, "paper")])
    s.cuts("0,40 1800,330", "paper", gap=36, width=12, length=420, fill=0.3, alpha=0.85)
    hills(s, [(400, 100, "mist sky.2"), (480, 80, "mist sage.5"), (560, 50, "sage green.4")], 700)
    s.mist(470, 660, "paper", 0.55)
    slope = curve("-40,560 400,600 900,690 1400,660 1860,560")
    s.wash([(0, "sage ochre.3"), (1, "green pine.25")], [*slope, (1860, 1200), (-40, 1200)])
    for row in range(5):
        y = 660 + row * 34
        for i in range(22):
            x = -20 + i * 88 + row % 2 * 40
            if abs(x - 900) > 120 + row * 120 or row < 2:
                poplar(s, x, y + 40 * math.sin(x / 290), 40 + row * 15,
                    mix("green", "sage", 0.55 - row * 0.12))
    s.cuts([*slope, (1860, 1200), (-40, 1200)], "pine", gap=20, width=5, angle=7, length=80, fill=0.32,
        alpha=0.4)
    earth = curve("-40,930 380,900 800,950 1300,920 1860,960")
    s.wash([(0, "brown rust.5"), (1, "brown ink.35")], [*earth, (1860, 1210), (-40, 1210)])
    s.cuts([*earth, (1860, 1210), (-40, 1210)], "sand rust.4", gap=17, width=5, angle=4, length=64, fill=0.4,
        alpha=0.6)
    for px, py, tall, coat, act in ((250, 800, 180, "ochre", "bend"), (440, 790, 180, "deep", "hold"),
            (1640, 800, 186, "red", "bend"), (1490, 786, 176, "coal", "stand")):
        person(s, px, py, tall, act, coat=coat, face=1 if px < 900 else -1)
    _sapling(s, 330, 812, 170, "green")
    _sapling(s, 1560, 816, 170, "green")
    s.shape(blob(905, 1080, 190, 46, 40, 0.03), "ink brown.4")
    s.shape(blob(905, 1070, 150, 30, 40, 0.04), "ink")
    _sapling(s, 905, 1076, 620, "green sage.2")
    hand = person(s, 640, 1118, 520, "push", coat="deep blue.2", legs="night", hat="cream")
    s.taper([(hand[0] - 60, hand[1] - 96), (hand[0] + 86, 1052)], "sand", 15, 15)
    s.shape([(hand[0] + 62, 1022), (hand[0] + 116, 1036), (hand[0] + 124, 1098), (hand[0] + 92, 1122),
        (hand[0] + 66, 1086)], "coal")
    person(s, 1118, 1126, 500, "reach", coat="red", legs="coal", face=-1)
    person(s, 1300, 1130, 330, "hold", coat="ochre", legs="deep", face=-1, child=True)
    s.cut("1186,1016 1270,1016 1258,1110 1198,1110", "mist")
    s.disc(1228, 1016, 42, "deep blue.4", ry=9)
    s.stroke(curve("1188,1016 1228,960 1268,1016"), "ink", 4)
    return s


def _sapling(s: Sheet, x: float, y: float, tall: float, ink: str) -> None:
    bark = "brown ink.2"
    s.taper(curve((x, y), (x + tall * 0.02, y - tall * 0.5), (x, y - tall)), bark, tall * 0.035, tall * 0.012)
    for i in range(13):
        t = 0.36 + i * 0.05
        side, long = 1 if i % 2 else -1, tall * 0.3 * (1.2 - t * 0.85)
        root = (x + tall * 0.012, y - tall * t)
        twig = curve(root, (root[0] + side * long * 0.5, root[1] - long * 0.45), (root[0] + side * long * 0.8,
            root[1] - long * 1.05), steps=4)
        s.taper(twig, bark, tall * 0.013, tall * 0.004)
        for k, (lx, ly) in enumerate(twig[2:]):
            turn = (0.5 if (k + i) % 2 else -1.1) * side
            s.shape(blob(lx + tall * 0.018 * math.cos(turn), ly + tall * 0.018 * math.sin(turn), tall * 0.03,
                tall * 0.012, 12, 0, turn), mix(ink, "pine", (i + k) % 4 * 0.18))


def tractor() -> Sheet:
    """A tractor turning stubble, egrets behind it."""
    s = Sheet(1800, 1200, 19)
    s.wash([(0, "sky mist.5"), (0.3, "paper"), (0.5, "cream rose.25")])
    s.disc(360, 330, 92, "rose red.45")
    s.cuts("0,60 1800,400", "paper rose.12", gap=30, width=12, length=480, fill=0.35, alpha=0.95)
    hills(s, [(430, 100, "mist rose.2"), (480, 60, "mist sage.5")], 600)
    for hx, wide in ((1240, 130), (1390, 110), (1520, 150)):
        house(s, hx, 540, wide, wide * 0.8)
    for i in range(22):
        poplar(s, 40 + i * 82 + s.rng.uniform(-24, 24), 556, s.rng.uniform(70, 150),
            mix("green", "sage", s.rng.uniform(0.1, 0.8)))
    s.mist(430, 560, "cream", 0.6)
    s.wash([(0, "sand ochre.3"), (1, "ochre")], "0,548 1800,1200")
    s.cuts("0,556 1800,1200", "cream", gap=14, width=4, angle=2, length=44, fill=0.35, alpha=0.6)
    vx = 520
    s.wash([(0, "brown rust.4"), (1, "brown ink.45")], [(vx + 40, 548), (vx + 420, 548), (1990, 1210),
        (-420, 1210)])
    for i in range(27):
        t = i / 26
        top, foot = (vx + 40 + 380 * t, 548), (-420 + 2410 * t, 1210)
        s.taper([top, foot], "ink brown.25", 1.5, 40, 0.85)
        s.taper([(top[0] + 5, 548), (foot[0] + 40, 1210)], "sand rust.55", 1, 13, 0.75)
    _tractor(s, 1130, 840)
    for x, y, span in ((250, 690, 70), (330, 640, 58), (470, 700, 84), (620, 640, 76), (560, 590, 48),
            (700, 720, 66)):
        bird(s, x, y, span, "paper", s.rng.uniform(-0.1, 0.1))
    for x, y, face in ((330, 960, 1), (480, 890, -1), (590, 1000, 1), (230, 1070, 1), (690, 905, -1)):
        egret(s, x, y, 64 + (y - 880) * 0.12, face)
    return s


def _tractor(s: Sheet, x: float, y: float) -> None:
    s = s.at(x, y)
    s.shape("-330,60 360,60 280,104 -420,104", "ink", 0.4)
    s.cut("-330,-30 -150,-60 -150,-34 -320,6", "coal")
    for i in range(4):
        s.shape(curve((-330 + i * 52, -24), (-350 + i * 52, 30), (-306 + i * 52, 62), (-312 + i * 52, -20)),
            "mist deep.4")
    s.cut("20,-160 300,-136 316,-40 290,-10 0,-10", "red")
    s.cut("20,-70 312,-70 290,-10 0,-10", "red ink.3", 1)
    for i in range(5):
        s.stroke([(200 + i * 18, -132), (200 + i * 18, -84)], "red ink.45", 5)
    s.cut("-150,-20 -130,-300 60,-300 92,-20", "red ink.2")
    s.cut("-126,-130 -112,-280 44,-280 60,-130", "sky blue.3")
    person(s, -36, -70, 200, "sit", coat="deep", hat="ochre")
    s.shape("-112,-280 -40,-280 -90,-130 -126,-130", "paper", 0.4)
    s.box(-152, -320, 84, -298, "ink")
    s.stroke("130,-150 130,-262", "coal", 14)
    s.stroke("130,-262 148,-274", "coal", 12)
    for k in range(4):
        s.shape(blob(120 - k * 46, -300 - k * 30, 22 + k * 14, 14 + k * 8, 24, 0.06), "mist", 0.5 - k * 0.11)
    for wx, wy, r in ((-66, -30, 132), (250, 14, 84)):
        for k in range(22):
            a = math.tau * k / 22
            s.stroke([(wx + r * 0.9 * math.cos(a), wy + r * 0.9 * math.sin(a)),
                (wx + r * 1.06 * math.cos(a + 0.1), wy + r * 1.06 * math.sin(a + 0.1))], "ink", r * 0.11)
        wheel(s, wx, wy, r, "ink", "ochre")


def greenhouse() -> Sheet:
    """Tomato rows under glass."""
    s = Sheet(1800, 1200, 20)
    s.wash([(0, "sky mist.35"), (0.5, "paper"), (1, "cream")])
    vx, vy = 940, 520
    s.glow(vx, vy, 560, "white", 0.9)
    s.wash([(0, "sand cream.4"), (1, "brown sand.3")], [(vx, vy + 30), (2600, 1560), (-720, 1560)])
    for i in range(9, 0, -1):
        t = 0.13 * 1.44 ** i / 1.9
        arch = [(vx + 1500 * t * math.cos(a), vy + 180 * t - 1000 * t * math.sin(a) ** 0.8)
            for a in (math.pi * k / 30 for k in range(31))]
        s.stroke(arch, mix("deep mist.5", "paper", max(0, 0.75 - i * 0.09)), 1.5 + t * 16)
    for k in range(13):
        a = math.pi * (k + 0.5) / 13
        s.stroke([(vx + 60 * math.cos(a), vy + 8 - 40 * math.sin(a)), (vx + 2400 * math.cos(a),
            vy + 280 - 1600 * math.sin(a) ** 0.8)], "mist blue.2", 3, 0.6)
    for i in range(15, -1, -1):
        t = 0.09 + 0.93 * (1 - i / 16) ** 2.1
        part = max(0.0, 0.62 - t * 0.75)
        for lane in (-1.62, -0.72, 0.72, 1.62):
            x, y, tall = vx + lane * 900 * t, vy + 30 + 660 * t, 780 * t
            s.taper([(x, y), (x, y - tall)], mix("green", "paper", part), 3 + t * 6, 2)
            for _ in range(30):
                ly = y - tall * s.rng.uniform(0.06, 1.04)
                lx = x + s.rng.gauss(0, 0.12) * tall
                ink = mix(mix("green", "pine", s.rng.random()), "paper", part)
                s.shape(blob(lx, ly, tall * 0.085, tall * 0.034, 16, 0.07, s.rng.uniform(-0.9, 0.9)), ink)
            for _ in range(6):
                fx, fy = x + s.rng.gauss(0, 0.12) * tall, y - tall * s.rng.uniform(0.15, 0.8)
                s.disc(fx, fy, tall * 0.034, mix(s.rng.choice(["red", "red", "ochre", "sage"]), "paper",
                    part))
                s.disc(fx - tall * 0.009, fy - tall * 0.011, tall * 0.009, "paper", 0.7)
        if i == 8:
            person(s, vx + 70, vy + 30 + 660 * t + 6, 200, "reach", coat="deep", legs="coal", hat="ochre")
    person(s, 800, 1110, 520, "hold", coat="cream sand.3", legs="deep", hat="red")
    s.shape("884,760 958,748 966,800 892,812", "ink")
    s.shape("890,766 952,756 958,794 897,804", "blue paper.5")
    for x, y in ((1060, 1080), (1010, 1130)):
        s.cut([(x, y - 60), (x + 180, y - 60), (x + 168, y + 30), (x + 12, y + 30)], "blue deep.5")
        for _ in range(26):
            s.disc(x + s.rng.uniform(16, 164), y - 60 + s.rng.uniform(-22, 6), 17,
                s.rng.choice(["red", "red ochre.25", "red ink.15"]))
        s.cut([(x, y - 52), (x + 180, y - 52), (x + 168, y + 30), (x + 12, y + 30)], "blue deep.5")
        s.box(x + 50, y - 30, x + 130, y - 14, "ink", 0.5)
    return s
