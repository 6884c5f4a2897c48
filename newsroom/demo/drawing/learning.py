"""Pictures of learning: a playground, a reading room, an evening class."""

from newsroom.demo.drawing.figures import person, reader, shadow
from newsroom.demo.drawing.ink import blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import crown, window_light

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def playground() -> Sheet:
    """A long break on the school's running track."""
    s = Sheet(1800, 1200, 26)
    s.wash([(0, "blue sky.55"), (0.35, "paper")])
    s.cuts("0,30 1800,220", "paper", gap=32, width=12, length=360, fill=0.35, alpha=0.9)
    for i in range(16):
        crown(s, i * 122, 430, s.rng.uniform(50, 90), mix("sage", "mist", s.rng.uniform(0.2, 0.6)))
    s.cut("300,520 1560,170", "cream paper.5", 1)
    s.box(280, 150, 1580, 178, "red rust.3")
    s.box(820, 110, 1040, 520, "rose cream.45")
    s.box(800, 92, 1060, 116, "red rust.3")
    s.disc(930, 180, 42, "paper")
    s.stroke("930,180 930,152", "ink", 5)
    s.stroke("930,180 950,188", "ink", 5)
    for floor in range(3):
        y = 206 + floor * 104
        for x in [*range(330, 800, 78), *range(1070, 1540, 78)]:
            s.box(x, y, x + 54, y + 62, "blue deep.25")
            s.shape([(x, y), (x + 24, y), (x, y + 40)], "paper", 0.35)
        s.box(300, y + 76, 820, y + 84, "sand rose.3")
        s.box(1040, y + 76, 1560, y + 84, "sand rose.3")
    for x in (856, 946):
        s.box(x, 404, x + 60, 520, "brown rust.4")
        s.box(x, 262, x + 60, 350, "blue deep.25")
    s.mist(380, 540, "paper", 0.35)
    for i in range(13):
        crown(s, 40 + i * 146, 505, s.rng.uniform(26, 44), mix("green", "pine", s.rng.uniform(0, 0.5)))
    s.wash([(0, "sage green.5"), (1, "green pine.2")], "0,530 1800,1200")
    s.cuts("0,540 1800,700", "cream", gap=16, width=4, length=70, fill=0.25, alpha=0.4)
    top, foot = curve("-60,700 500,620 1100,640 1860,760"), curve("-60,1120 400,1010 1000,1030 1860,1230")
    s.shape([*top, *reversed(foot)], "red rose.42")
    for i in range(6):
        t = (i / 5) ** 1.15
        s.taper([(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in zip(top, foot, strict=True)],
            "paper", 3 + 4 * t, 3 + 5 * t)
    kids = ((230, 742, 120, "run", "deep", 1), (420, 716, 118, "run", "ochre", 1), (1500, 800, 150, "run",
        "cream", -1), (1330, 762, 140, "run", "deep", -1), (640, 600, 84, "stand", "rust", 1),
        (700, 604, 84, "jump", "deep", 1), (1180, 606, 88, "walk", "ochre", -1), (1250, 604, 84, "run",
        "rust", 1), (980, 590, 80, "jump", "coal", 1))
    for px, py, tall, pose, coat, face in kids:
        shadow(s, px, py, tall * 0.5, slant=tall * 0.4)
        person(s, px, py, tall, pose, coat=coat, legs="deep ink.4", face=face, child=True)
    rope = ((470, 1000, "ochre", 1), (1060, 1010, "deep", -1))
    hands = []
    for px, py, coat, face in rope:
        shadow(s, px, py, 150, slant=130)
        hands.append(person(s, px, py, 330, "reach", coat=coat, legs="coal", face=face, child=True))
    for px, py, tall, coat in ((700, 965, 300, "red"), (836, 972, 310, "cream sand.4")):
        s.shape(blob(px + 50, py + 36, 90, 14), "ink", 0.2)
        person(s, px, py, tall, "jump", coat=coat, legs="deep", child=True)
    s.stroke(curve(hands[0], (620, 1010), (770, 1040), (920, 1014), hands[1]), "paper", 6)
    person(s, 1380, 1090, 430, "stand", coat="sage paper.3", legs="coal", face=-1, long=0.1)
    shadow(s, 1380, 1090, 180, slant=150)
    person(s, 190, 1150, 360, "run", coat="red", legs="night", face=1, child=True)
    shadow(s, 190, 1150, 150, slant=130)
    return s


def reading_room() -> Sheet:
    """Lamps and readers along a table, sun through tall windows."""
    s = Sheet(1800, 1200, 31)
    s.wash([(0, "sand brown.25"), (0.7, "cream sand.6"), (1, "brown rust.3")])
    for i in range(4):
        x = 190 + i * 400
        window_light(s, x, 90, 220, 520, frame="brown ink.25", glass="sky cream.5", cols=2, rows=4)
        crown(s, x + 110 + i % 2 * 30, 560, 60, "sage sky.5")
        s.box(x - 22, 612, x + 242, 634, "brown ink.25")
    for x in (0, 440, 840, 1240, 1620):
        _shelf(s, x if x else -30, 70, 120 if x not in (0, 1620) else 190, 590)
    s.wash([(0, "brown rust.4"), (1, "brown ink.5")], "0,660 1800,1200")
    for i in range(4):
        x = 190 + i * 400
        s.shape([(x, 90), (x + 220, 90), (x + 620, 1200), (x + 150, 1200)], "lamplight", 0.12)
        s.shape([(x + 60, 800), (x + 250, 800), (x + 620, 1200), (x + 150, 1200)], "lamplight", 0.14)
    for i in range(4):
        x = 260 + i * 430
        reader(s, x, 888, 400, ("deep", "ochre", "coal", "red")[i], 1 if i % 2 else -1)
    wood = "rust brown.35"
    s.cut("60,800 1740,800 1860,900 -60,900", mix(wood, "sand", 0.3), 1)
    s.cuts("60,802 1740,802 1860,898 -60,898", "cream", gap=12, width=3, length=160, fill=0.35, alpha=0.45)
    s.box(-60, 898, 1860, 938, mix(wood, "ink", 0.25))
    for i in range(4):
        x = 150 + i * 500
        _lamp(s, x, 846, 160)
    for x, y in ((330, 850), (690, 836), (1000, 858), (1310, 838), (1560, 856)):
        s.shape([(x - 62, y + 18), (x, y + 8), (x + 62, y + 18), (x + 50, y - 10), (x, y - 18),
            (x - 50, y - 10)], "paper")
        s.stroke([(x, y - 18), (x, y + 8)], "sand brown.3", 2)
        for k in range(3):
            s.stroke([(x - 44, y - 4 + k * 6), (x - 10, y - 8 + k * 6)], "sand brown.2", 1.6)
            s.stroke([(x + 10, y - 8 + k * 6), (x + 44, y - 4 + k * 6)], "sand brown.2", 1.6)
    for x, pile in ((520, 4), (1170, 6), (1700, 3)):
        for k in range(pile):
            off = s.rng.uniform(-8, 8)
            s.box(x - 58 + off, 856 - k * 19, x + 58 + off, 873 - k * 19, ("red", "deep", "ochre", "cream",
                "green", "coal")[(k + pile) % 6])
            s.box(x + 40 + off, 859 - k * 19, x + 56 + off, 870 - k * 19, "paper")
    for i in range(3):
        x = 420 + i * 500
        _back(s, x, 1230, 430, ("deep night.4", "red ink.25", "coal ink.3")[i])
    return s


def _shelf(s: Sheet, x: float, y: float, wide: float, tall: float, shelves: int=6) -> None:
    frame = "brown ink.4"
    s.box(x, y, x + wide, y + tall, frame)
    for k in range(shelves):
        top, floor = y + tall * k / shelves + 10, y + tall * (k + 1) / shelves - 6
        s.box(x + 8, top, x + wide - 8, floor, mix(frame, "ink", 0.4))
        bx = x + 10
        while bx < x + wide - 20:
            thick = s.rng.uniform(7, 17)
            high = (floor - top) * s.rng.uniform(0.62, 0.95)
            s.box(bx, floor - high, bx + thick - 1.5, floor,
                mix(s.rng.choice(["red", "rust", "ochre", "sand", "deep", "blue", "green", "cream", "coal"]),
                "brown", s.rng.uniform(0, 0.35)))
            bx += thick


def _back(s: Sheet, x: float, y: float, tall: float, coat: str) -> None:
    """Someone seated, seen from behind."""
    s = s.at(x, y, tall)
    s.shape(curve("-0.25,0 -0.24,-0.44 -0.1,-0.54 0.1,-0.54 0.24,-0.44 0.25,0"), coat)
    s.stroke("0,-0.52 0,-0.64", "skin brown.35", 0.09)
    s.disc(0, -0.68, 0.105, "ink", ry=0.12)
    s.cuts(blob(0, -0.69, 0.08, 0.09, 16), "coal brown.5", gap=0.016, width=0.0056, angle=70, length=0.07,
        fill=0.5, alpha=0.6)
    s.box(-0.22, -0.24, 0.22, -0.17, "brown ink.35")


def _lamp(s: Sheet, x: float, y: float, tall: float) -> None:
    s = s.at(x, y, tall)
    s.glow(0, -0.4, 0.95, "lamplight", 0.6)
    s.stroke("0,0 0,-0.8", "ochre", 0.044)
    s.shape(blob(0, 0, 0.2, 0.05), "ochre")
    s.shape("-0.34,-0.62 -0.24,-0.9 0.24,-0.9 0.34,-0.62", "green pine.6")
    s.shape("-0.2,-0.66 -0.15,-0.87 -0.05,-0.87 -0.08,-0.66", "sage", 0.7)
    s.box(-0.34, -0.63, 0.34, -0.6, "ochre")


def lecture() -> Sheet:
    """An evening class seen from the back row."""
    s = Sheet(1800, 1200, 34)
    s.wash([(0, "brown ink.35"), (0.5, "rust brown.4"), (1, "ink brown.25")])
    for x in range(0, 1800, 60):
        s.box(x, 0, x + 22, 700, "rust brown.15", 0.35)
    for x in (120, 1580):
        s.glow(x + 50, 240, 260, "ochre", 0.65, 420)
        s.box(x + 34, 190, x + 66, 300, "cream")
    s.box(400, 76, 1400, 560, "ink brown.2")
    s.wash([(0, "paper"), (1, "paper cream.6")], "420,96 1380,540")
    s.cut("480,150 880,176", "red", 1)
    for k, long in enumerate((300, 340, 260, 320, 200)):
        s.box(480, 214 + k * 42, 480 + long, 228 + k * 42, "coal mist.4")
    bars = (0.35, 0.5, 0.42, 0.68, 0.8, 0.95)
    for k, high in enumerate(bars):
        s.box(960 + k * 62, 470 - 270 * high, 1000 + k * 62, 470, ("deep", "blue", "deep", "blue", "deep",
            "red")[k])
    s.stroke("940,470 1340,470", "ink", 4)
    s.glow(900, 330, 900, "lamplight", 0.28, 620)
    s.cut("0,640 1800,720", "ochre rust.45", 1)
    s.box(0, 716, 1800, 760, "brown ink.4")
    s.cut("1440,470 1600,470 1586,650 1454,650", "rust ink.3", 1)
    s.box(1428, 456, 1612, 476, "ochre rust.3")
    person(s, 1360, 652, 330, "point", coat="deep", legs="ink", face=-1)
    s.stroke("1266,340 1180,290", "sand brown.3", 5)
    for row in range(5):
        scale = 0.52 + row * 0.17
        y = 770 + row * row * 17 + row * 52
        tint = 0.35 - row * 0.08
        n = int(13 - row * 1.9)
        for i in range(n + 1):
            seat = (i + row % 2 * 0.5) * 1800 / n + s.rng.uniform(-14, 14)
            coat = mix(s.rng.choice(["deep", "coal", "rust", "ochre", "red ink.2", "green", "cream sand.5"]),
                "ink", 0.25 + row * 0.08)
            if s.rng.random() < 0.92:
                _listener(s, seat, y + 190 * scale, 210 * scale, coat, s.rng.random())
        s.box(0, y + 168 * scale, 1800, y + 196 * scale, mix("red ink.5", "brown", tint))
        s.box(0, y + 190 * scale, 1800, y + 330 * scale, mix("red ink.66", "ink", 0.1 * row))
        for i in range(n + 2):
            gap = (i - 0.5 + row % 2 * 0.5) * 1800 / n
            s.stroke([(gap, y + 170 * scale), (gap, y + 330 * scale)], "ink", 3)
    return s


def _listener(s: Sheet, x: float, y: float, r: float, coat: str, kind: float) -> None:
    s = s.at(x, y, r)
    s.shape(curve("-0.52,0 -0.47,-0.34 -0.16,-0.5 0.16,-0.5 0.47,-0.34 0.52,0"), coat)
    s.stroke("0,-0.5 0,-0.62", "skin brown.5", 0.17)
    lean = (kind - 0.5) * 0.1
    hair = ("ink", "ink brown.5", "coal", "ash coal.3")[int(kind * 3.5)]
    s.disc(lean, -0.84, 0.21, hair, ry=0.25)
    if kind < 0.3:
        s.disc(lean, -1.12, 0.09, hair)
    elif kind < 0.55:
        s.shape([(lean - 0.23, -0.86), (lean + 0.23, -0.86), (lean + 0.25, -0.5), (lean - 0.25, -0.5)], hair)
    s.stroke(curve((lean - 0.1, -1.04), (lean + 0.06, -1.07), (lean + 0.17, -0.95), steps=4), "ochre cream.3",
        0.018)
