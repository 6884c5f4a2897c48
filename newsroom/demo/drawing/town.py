"""Pictures of the town: its skyline, the library, a fire drill."""

import math

from newsroom.demo.drawing.figures import person, shadow
from newsroom.demo.drawing.ink import blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import block, crown, wheel

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def skyline() -> Sheet:
    """The zone at night, across the river."""
    s = Sheet(1920, 1080, 23)
    s.wash([(0, "night ink.45"), (0.4, "night"), (0.66, "deep blue.2")])
    s.speckle("0,0 1920,420", "cream", 120, 1.8, 0.7)
    s.glow(1490, 190, 240, "cream", 0.35)
    s.disc(1490, 190, 56, "cream")
    s.cuts("900,150 1920,420", "deep blue.5", gap=34, width=13, length=420, fill=0.4, alpha=0.7)
    for base, low, high, ink, wide in ((700, 90, 300, "deep blue.15", 84), (706, 60, 250, "deep night.4",
            96)):
        x = -30.0
        while x < 1940:
            w = s.rng.uniform(0.6, 1.4) * wide
            tall = s.rng.uniform(low, high) * (0.5 + 0.9 * math.exp(-((x - 900) / 620) ** 2))
            block(s, x, base, w, tall, ink, pane=mix(ink, "night", 0.35), lit="ochre cream.4", chance=0.22,
                cols=max(3, int(w / 17)), rows=max(3, int(tall / 22)))
            x += w * s.rng.uniform(0.95, 1.25)
        s.mist(base - 190, base, "deep blue.5", 0.5)
    for x, w, tall, crest in ((760, 112, 450, 60), (915, 136, 520, 0), (1100, 96, 380, 80),
            (560, 104, 330, 0), (1260, 120, 300, 0)):
        block(s, x, 710, w, tall, "night ink.35", pane="night deep.45", lit="#f0cf8a", chance=0.42, cols=7,
            rows=int(tall / 20))
        s.box(x + w * 0.84, 710 - tall, x + w, 710, "ink", 0.35)
        if crest:
            s.shape([(x, 710 - tall), (x + w, 710 - tall), (x + w / 2, 710 - tall - crest)], "night ink.35")
            s.stroke([(x + w / 2, 710 - tall - crest), (x + w / 2, 710 - tall - crest - 60)], "ink", 3)
            s.disc(x + w / 2, 710 - tall - crest - 62, 5, "red")
    s.box(915, 178, 1051, 196, "red")
    s.box(0, 700, 1920, 724, "night ink.5")
    for x in range(10, 1920, 44):
        crown(s, x, 696, s.rng.uniform(14, 26), "pine night.6")
    for x in range(24, 1920, 74):
        s.glow(x, 690, 26, "#ffdf9c", 0.9)
        s.disc(x, 690, 3.4, "lamplight")
    s.mirror(724, 356, "night ink.25", 0.42)
    for x in range(24, 1920, 74):
        s.cuts([(x - 9, 728), (x + 9, 728), (x + 20, 960), (x - 20, 960)], "#f3cd84", gap=9, width=5,
            length=26, fill=0.5, alpha=0.55)
    s.cuts("0,740 1920,1080", "blue deep.3", gap=22, width=5, length=170, fill=0.2, alpha=0.6)
    _cable_bridge(s)
    s.shape([*curve("-20,1010 300,1030 560,1060 700,1090"), (-20, 1090)], "ink")
    for px, tall, coat in ((190, 150, "ink red.45"), (250, 142, "ink deep.6")):
        person(s, px, 1044, tall, "stand", coat=coat, legs="ink", skin="brown ink.3")
    s.stroke("-20,968 430,1000", "ink", 6)
    for x in range(0, 440, 36):
        s.stroke([(x, 966 + x * 0.075), (x, 1040)], "ink", 4)
    return s


def _cable_bridge(s: Sheet) -> None:
    deck = [(1120 + i * 80, 760 - 0.06 * i * 80) for i in range(12)]
    ink = "cream blue.35"
    for tower, tall in ((1480, 330), (1830, 360)):
        y = 760 - 0.06 * (tower - 1120)
        for reach in range(-5, 6):
            if reach:
                tx = tower + reach * 58
                s.stroke([(tower, y - tall + abs(reach) * 16), (tx, 760 - 0.06 * (tx - 1120))], ink, 1.6,
                    0.75)
        s.taper([(tower, y + 80), (tower, y - tall)], ink, 20, 9)
        s.disc(tower, y - tall - 6, 6, "red")
    s.taper(deck, mix(ink, "night", 0.2), 13, 17)
    for x, y in deck:
        s.disc(x, y - 8, 4, "#ffe3a6")


def library() -> Sheet:
    """The new library after rain, lit from inside."""
    s = Sheet(1800, 1200, 35)
    s.wash([(0, "night"), (0.3, "deep"), (0.55, "blue rose.35"), (0.68, "rose cream.4")])
    s.cuts("0,60 1800,480", "rose blue.3", gap=38, width=15, length=520, fill=0.35, alpha=0.6)
    for x, wide, tall in ((-20, 120, 150), (90, 150, 100), (1520, 130, 190), (1640, 180, 130)):
        s.box(x, 740 - tall, x + wide, 760, "deep rose.35")
    s.glow(900, 600, 900, "ochre", 0.4, 420)
    hall = [(330, 300), (1530, 240), (1530, 750), (330, 750)]
    s.wash([(0, "#f8dfa6"), (1, "#fdf0cf")], hall)
    for floor in range(3):
        _storey(s, 330 + floor * 140, 440 + floor * 140)
    for x in range(330, 1531, 60):
        top = 300 - 60 * (x - 330) / 1200
        s.stroke([(x, top), (x, 750)], "night deep.3", 5 if (x - 330) % 240 else 10)
    s.cut("230,306 1680,206 1680,244 230,330", "ink", 1)
    s.shape("230,306 1680,206 1600,196 330,286", "night deep.4")
    s.cut("60,470 330,750", "rust night.45", 1)
    s.cuts("60,470 330,750", "ink", gap=14, width=4, length=70, fill=0.7, alpha=0.5)
    s.box(130, 540, 260, 556, "cream")
    s.box(150, 570, 240, 580, "cream")
    s.box(800, 590, 1000, 750, "white")
    s.stroke("900,590 900,750", "night", 5)
    for x, y, r in ((60, 640, 110), (1640, 640, 130), (1760, 680, 90)):
        crown(s, x, y, r, "pine night.4", "green night.3", 80)
    for i in range(4):
        s.box(700 - i * 40, 750 + i * 12, 1100 + i * 40, 764 + i * 12, mix("sand night.45", "ink", i * 0.08))
    s.box(0, 750, 660, 800, "night deep.3")
    s.box(1140, 750, 1800, 800, "night deep.3")
    for px, py, tall, coat, pose, face in ((860, 760, 110, "coal", "walk", 1), (960, 764, 112, "red", "walk",
            -1), (1020, 790, 120, "deep", "walk", -1), (760, 796, 124, "rust", "stand", 1),
            (690, 798, 90, "ochre", "walk", 1)):
        person(s, px, py, tall, pose, coat=coat, face=face, child=tall < 100)
    s.mirror(800, 400, "night deep.4", 0.36)
    s.cuts("0,810 1800,1200", "mist blue.4", gap=26, width=5, length=150, fill=0.16, alpha=0.5)
    person(s, 1330, 1090, 380, "walk", coat="red ink.1", legs="night", face=-1, long=0.1)
    person(s, 1440, 1096, 240, "walk", coat="ochre", legs="deep", face=-1, child=True)
    for px, wide in ((1330, 90), (1440, 60)):
        s.shape(blob(px, 1102, wide, 12), "ink", 0.45)
    return s


def _storey(s: Sheet, y0: float, y1: float) -> None:
    """Shelves and readers behind the glass."""
    x = 350.0
    while x < 1500:
        wide = s.rng.uniform(60, 130)
        if s.rng.random() < 0.74:
            for k in range(3):
                top = y0 + k * (y1 - y0) / 3
                s.box(x, top + 4, x + wide, top + (y1 - y0) / 3 - 2, "brown ochre.35")
                bx = x + 3
                while bx < x + wide - 9:
                    s.box(bx, top + s.rng.uniform(7, 15), bx + 6, top + (y1 - y0) / 3 - 4,
                        s.rng.choice(["red", "rust", "deep", "cream", "green", "ochre"]))
                    bx += 8
        x += wide + s.rng.uniform(14, 60)
    for _ in range(7):
        px = s.rng.uniform(370, 1490)
        person(s, px, y1 + 2, 78, s.rng.choice(["stand", "hold", "walk", "reach"]),
            coat=s.rng.choice(["coal", "deep", "rust"]), face=s.rng.choice([-1, 1]))
    s.box(330, y1 + 2, 1530, y1 + 16, "sand brown.3")


def drill() -> Sheet:
    """A fire drill at a tower block."""
    s = Sheet(1800, 1350, 27)
    s.wash([(0, "blue sky.4"), (0.5, "sky"), (0.8, "paper")])
    for x, wide, tall in ((-20, 190, 560), (180, 150, 440), (1480, 170, 500), (1640, 200, 640)):
        block(s, x, 1060, wide, tall, "mist sky.3", pane="mist blue.35", cols=5, rows=int(tall / 46))
    s.mist(620, 1060, "paper", 0.7)
    s.box(860, 40, 1440, 1070, "cream rose.18")
    s.box(1300, 40, 1440, 1070, "sand mist.35")
    s.box(846, 20, 1454, 52, "sand brown.3")
    for floor in range(10):
        y = 80 + floor * 98
        for col in range(4):
            x = 892 + col * 138
            s.box(x, y, x + 84, y + 58, mix("deep", "blue", 0.4 if col < 3 else 0.1))
            s.shape([(x, y), (x + 36, y), (x, y + 50)], "paper", 0.28)
            s.box(x - 8, y + 60, x + 92, y + 74, "sand brown.2")
    for k in range(13):
        t = k / 12
        s.shape(blob(1110 - 260 * t ** 1.2 + 30 * math.sin(k * 2.1), 330 - 330 * t, 44 + 120 * t, 36 + 84 * t,
            30, 0.08, k), mix("ochre mist.7", "paper", t * 0.6), 0.92 - 0.4 * t)
    s.box(1030, 276, 1114, 334, "rust ochre.5")
    s.wash([(0, "mist sand.5"), (1, "coal mist.45")], "0,1056 1800,1350")
    s.cuts("0,1060 1800,1350", "paper", gap=22, width=5, length=160, fill=0.3, alpha=0.35)
    for x in (60, 250, 1560, 1740):
        crown(s, x, 970, 86, "green sage.3", "sage", 60)
    for i in range(9):
        person(s, 1470 + i * 42, 1110 + i % 3 * 20, 130 + i % 3 * 10, "walk", coat=("deep", "ochre", "coal",
            "rust", "cream")[i % 5], face=1, child=i == 4)
    ladder, tip = (470, 884), (1010, 352)
    for off in (-13, 13):
        s.stroke([(ladder[0] + off, ladder[1] + off), (tip[0] + off * 0.7, tip[1] + off * 0.7)],
            "mist deep.25", 10)
    for i in range(26):
        t = i / 25
        rx, ry = ladder[0] + (tip[0] - ladder[0]) * t, ladder[1] + (tip[1] - ladder[1]) * t
        s.stroke([(rx - 13, ry - 13), (rx + 13, ry + 13)], "mist deep.25", 4)
    s.cut("960,350 1060,350 1052,410 968,410", "red", 1)
    person(s, 990, 396, 110, "reach", coat="ochre rust.2", hat="red", legs="coal")
    person(s, 1034, 396, 110, "stand", coat="ochre rust.2", hat="red", legs="coal")
    _engine(s, 420, 1150)
    fire = "ochre rust.3"
    for px, py, tall, pose, face in ((980, 1260, 330, "push", 1), (1120, 1230, 310, "walk", 1),
            (820, 1290, 350, "point", 1)):
        shadow(s, px, py, tall * 0.5, slant=-90)
        person(s, px, py, tall, pose, coat=fire, legs=mix(fire, "ink", 0.55), hat="red", face=face, long=0.1)
        for up in (0.52, 0.68):
            if pose != "push":
                s.stroke([(px - tall * 0.07, py - tall * up), (px + tall * 0.1, py - tall * up)], "cream", 7)
    s.stroke(curve("560,1240 700,1310 860,1320 1000,1270 1086,1078"), "cream sand.5", 13)
    return s


def _engine(s: Sheet, x: float, y: float) -> None:
    s = s.at(x, y)
    s.shape("-380,66 380,66 350,100 -400,100", "ink", 0.35)
    s.shape("150,50 150,-210 300,-210 366,-70 372,50", "red")
    s.shape("186,-70 186,-182 286,-182 336,-70", "deep blue.3")
    s.shape("186,-100 186,-182 240,-182", "paper", 0.3)
    s.box(-370, -150, 140, 50, "red ink.1")
    s.box(-370, -54, 370, -34, "cream")
    for i in range(4):
        s.box(-350 + i * 122, -134, -246 + i * 122, -66, "mist coal.35")
        for k in range(5):
            s.stroke([(-346 + i * 122, -126 + k * 12), (-250 + i * 122, -126 + k * 12)], "mist paper.4", 3)
    s.box(-40, -210, 110, -150, "coal")
    s.disc(40, -232, 46, "coal deep.4")
    s.box(190, -236, 260, -210, "blue deep.2")
    s.disc(360, -10, 14, "lamplight")
    for wx in (-270, -130, 250):
        wheel(s, wx, 46, 56, "ink", "mist")
