"""Pictures of care and service: a hospital, a canteen, the citizens' hall."""

import math

from newsroom.demo.drawing.figures import person, reader
from newsroom.demo.drawing.ink import blob, curve, mix
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import crown, window_light

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def corridor() -> Sheet:
    """A hospital corridor in the evening."""
    s = Sheet(1800, 1200, 32)
    vx, vy = 900, 500

    def at(x: float, y: float, d: float) -> tuple[float, float]:
        return (vx + x * d, vy + y * d)
    s.wash([(0, "paper"), (1, "cream")])
    wall, low = "paper mist.3", "blue mist.35"
    for side in (-1, 1):
        s.shape([at(side * 900, -520, 1.1), at(side * 900, -520, 0.14), at(side * 900, 560, 0.14),
            at(side * 900, 560, 1.4)], mix(wall, "mist", 0.25 if side > 0 else 0))
        s.shape([at(side * 900, 130, 1.4), at(side * 900, 130, 0.14), at(side * 900, 560, 0.14),
            at(side * 900, 560, 1.4)], mix(low, "mist", 0.2 if side > 0 else 0))
    s.wash([(0, "paper mist.2"), (1, "mist blue.3")], [at(-900, 560, 0.14), at(900, 560, 0.14),
        at(900, 560, 1.5), at(-900, 560, 1.5)])
    s.shape([at(-900, -520, 0.14), at(900, -520, 0.14), at(900, -520, 1.3), at(-900, -520, 1.3)],
        "paper cream.4")
    for d0, d1 in ((0.17, 0.2), (0.24, 0.29), (0.36, 0.46), (0.58, 0.76), (0.95, 1.3)):
        s.shape([at(-300, -518, d0), at(300, -518, d0), at(300, -518, d1), at(-300, -518, d1)], "white")
        s.shape([at(-260, 562, d0), at(260, 562, d0), at(220, 562, d1), at(-220, 562, d1)], "white", 0.5)
    s.box(*at(-900, -520, 0.14), *at(900, 560, 0.14), "mist blue.35")
    window_light(s, *at(-560, -330, 0.14), 156, 92, frame="deep", glass="lamplight", cols=3, rows=2)
    s.glow(vx, vy + 10, 330, "lamplight", 0.85)
    for side in (-1, 1):
        for d0, d1 in ((0.17, 0.205), (0.245, 0.31), (0.39, 0.52), (0.72, 1.0)):
            door = "sand rust.28"
            s.shape([at(side * 900, -260, d0), at(side * 900, -260, d1), at(side * 900, 558, d1),
                at(side * 900, 558, d0)], mix(door, "paper", 0.35 if d1 < 0.4 else 0.05))
            m0, m1 = (d0 + (d1 - d0) * 0.25, d0 + (d1 - d0) * 0.62)
            s.shape([at(side * 900, -180, m0), at(side * 900, -180, m1), at(side * 900, 100, m1),
                at(side * 900, 100, m0)], "sky blue.35")
            s.shape([at(side * 892, -420, d0), at(side * 892, -420, d0 + (d1 - d0) * 0.5),
                at(side * 892, -320, d0 + (d1 - d0) * 0.5), at(side * 892, -320, d0)], "deep")
        s.taper([at(side * 890, 170, 0.14), at(side * 890, 170, 1.3)], "brown sand.3", 2, 24)
        s.taper([at(side * 900, 545, 0.14), at(side * 900, 545, 1.4)], "deep", 2, 22)
    s.box(846, 356, 954, 398, "green pine.4")
    s.box(894, 364, 906, 390, "paper")
    s.box(887, 371, 913, 383, "paper")
    for px, py, tall, coat, face in ((872, 628, 104, "white", 1), (926, 640, 110, "deep", -1)):
        person(s, px, py, tall, "walk", coat=coat, face=face, long=0.12)
    for px, py, tall, coat, legs, pose, face, long in ((1190, 960, 470, "white", "deep", "hold", -1, 0.16),
            (960, 950, 430, "rose paper.4", "rose paper.3", "walk", 1, 0.0)):
        s.shape(blob(px, py + 6, tall * 0.16, tall * 0.025), "deep", 0.25)
        person(s, px, py, tall, pose, coat=coat, legs=legs, face=face, long=long, hair="ink")
    s.shape("1080,640 1140,650 1132,730 1072,718", "blue deep.2")
    s.shape("1084,650 1134,658 1127,722 1078,712", "paper")
    _wheelchair(s, 560, 1050, 400)
    person(s, 400, 1070, 500, "push", coat="sage paper.35", legs="sage paper.25", face=1)
    return s


def _wheelchair(s: Sheet, x: float, y: float, tall: float) -> None:
    s = s.at(x, y, tall)
    s.shape(blob(0, 0.01, 0.4, 0.04), "deep", 0.3)
    s.stroke("-0.2,-0.62 -0.2,-0.3 0.16,-0.3 0.22,-0.06", "ink", 0.0275)
    s.box(-0.21, -0.6, -0.15, -0.28, "deep blue.3")
    person(s, -0.06, -0.03, 1, "sit", coat="rust sand.2", legs="coal", hair="ash")
    s.shape("-0.04,-0.36 0.2,-0.36 0.24,-0.12 0.08,-0.14", "red")
    for wx, wy, r, w in ((-0.08, -0.19, 0.2, 0.0225), (0.22, -0.05, 0.06, 0.015)):
        s.ring(wx, wy, r, "ink", w)
        for k in range(8):
            s.stroke([(wx, wy), (wx + r * math.cos(k * 0.785), wy + r * math.sin(k * 0.785))], "coal", 0.004)


def canteen() -> Sheet:
    """Old neighbours at lunch in the community canteen."""
    s = Sheet(1800, 1200, 38)
    s.wash([(0, "cream paper.4"), (0.62, "cream sand.5"), (1, "sand rose.3")])
    s.box(0, 430, 1800, 640, "sage paper.35")
    s.box(0, 420, 1800, 434, "green sage.4")
    for x in (90, 1360):
        window_light(s, x, 90, 340, 280, frame="brown sand.3", glass="sky", cols=3, rows=2)
        crown(s, x + 110, 320, 60, "sage sky.35")
        s.box(x - 20, 370, x + 360, 388, "brown sand.3")
    s.box(560, 130, 1240, 470, "brown rust.35")
    s.wash([(0, "#fff3d8"), (1, "cream")], "580,150 1220,470")
    for px, face in ((720, 1), (900, -1), (1090, 1)):
        person(s, px, 640, 440, "hold", coat="white", hat="white", face=face)
    s.box(540, 440, 1260, 480, "mist paper.3")
    s.box(540, 480, 1260, 640, "mist blue.25")
    for x in range(590, 1230, 104):
        s.shape([(x, 440), (x + 84, 440), (x + 76, 424), (x + 8, 424)], ("red", "green", "ochre", "rust",
            "sage", "cream", "red")[(x - 590) // 104])
        for k in range(2):
            s.stroke(curve((x + 28 + k * 26, 416), (x + 20 + k * 26, 390), (x + 34 + k * 26, 366),
                (x + 26 + k * 26, 340)), "paper", 5, 0.6)
    s.wash([(0, "sand rose.3"), (1, "rust sand.4")], "0,640 1800,1200")
    s.cuts("0,650 1800,1200", "cream", gap=40, width=4, length=240, fill=0.4, alpha=0.35)
    person(s, 200, 860, 420, "walk", coat="red rose.2", legs="coal", hair="ash", face=1)
    s.shape("262,622 352,622 346,636 268,636", "mist blue.4")
    for x, coat, hair in ((610, "deep", "ash"), (900, "green pine.3", "coal"), (1190, "rust", "ash paper.4")):
        reader(s, x, 940, 470, coat, 1, hair)
    for px, face, coat in ((340, 1, "ochre"), (1480, -1, "red ink.15")):
        s.box(px - 60, 930, px + 60, 950, "brown rust.3")
        for lx in (px - 50, px + 44):
            s.box(lx, 950, lx + 12, 1120, "brown ink.3")
        person(s, px, 1110, 590, "sit", coat=coat, legs="coal", hair="ash", face=face)
    s.cut("450,860 1370,860 1460,960 370,960", "rust sand.35", 1)
    s.box(370, 958, 1460, 990, "brown rust.35")
    for lx in (440, 1360):
        s.box(lx, 990, lx + 30, 1160, "brown ink.2")
    for x, y in ((520, 910), (700, 888), (830, 924), (990, 890), (1130, 922), (1290, 900)):
        s.shape(blob(x, y + 10, 66, 20), "brown rust.5", 0.6)
        s.shape(blob(x, y, 60, 19), "paper")
        s.shape(blob(x, y - 2, 46, 13), s.rng.choice(["green", "ochre", "red rose.3", "sage"]))
        s.cuts(blob(x, y - 2, 40, 10), "cream", gap=6, width=3, angle=20, length=14, fill=0.5, alpha=0.8)
    for x, y in ((610, 930), (910, 872), (1210, 866), (1370, 936), (440, 936)):
        s.shape([(x - 30, y - 14), (x + 30, y - 14), (x + 18, y + 16), (x - 18, y + 16)], "blue paper.4")
        s.shape(blob(x, y - 14, 30, 9), "paper")
    return s


def service_hall() -> Sheet:
    """Counters of the citizens' service hall."""
    s = Sheet(1800, 1200, 37)
    s.wash([(0, "paper sky.4"), (0.6, "paper"), (1, "cream")])
    for i in range(6):
        s.shape([(100 + i * 300, 0), (260 + i * 300, 0), (240 + i * 290, 60), (130 + i * 290, 60)], "white")
    s.box(0, 110, 1800, 560, "mist paper.45")
    for x in range(0, 1800, 300):
        s.stroke([(x, 110), (x, 560)], "mist blue.25", 3)
    s.box(0, 180, 1800, 270, "deep")
    for i in range(6):
        x = 70 + i * 300
        s.box(x, 196, x + 160, 254, "ink")
        for k in range(4):
            s.box(x + 16 + k * 34, 210, x + 36 + k * 34, 240, "red" if k == 0 else "ochre")
    for i in range(6):
        x = 150 + i * 300
        person(s, x, 800, 500, "sit", coat=("deep", "deep blue.3")[i % 2], face=-1 if i % 2 else 1)
        s.box(x + (70 if i % 2 else -160), 420, x + (160 if i % 2 else -70), 500, "ink")
        s.box(x + (110 if i % 2 else -120), 500, x + (122 if i % 2 else -108), 530, "ink")
    s.cut("-20,526 1820,566", "sand ochre.35", 1)
    s.wash([(0, "rust sand.5"), (1, "rust brown.3")], "-20,566 1820,790")
    s.cuts("-20,570 1820,786", "cream", gap=30, width=3, angle=90, length=300, fill=0.9, alpha=0.3)
    for i in range(7):
        s.box(-6 + i * 300, 440, 6 + i * 300, 790, "mist paper.2")
    s.wash([(0, "cream sand.35"), (1, "sand rose.25")], "0,790 1800,1200")
    for k in range(-7, 14):
        s.stroke([(900 + (k - 3) * 170, 790), (900 + (k - 3) * 330, 1200)], "sand brown.15", 2, 0.6)
    for y in (850, 950, 1090):
        s.stroke([(0, y), (1800, y)], "sand brown.15", 2, 0.6)
    clients = ((250, 900, 430, "reach", "rust", "coal", -1), (470, 910, 440, "hold", "sage green.4", "ink",
        1), (860, 905, 440, "reach", "red", "coal", 1), (1230, 900, 430, "stand", "ochre", "deep", -1),
        (1560, 905, 440, "hold", "coal", "ink", 1))
    for px, py, tall, pose, coat, legs, face in clients:
        s.shape(blob(px, py + 4, tall * 0.16, tall * 0.03), "brown", 0.3)
        hand = person(s, px, py, tall, pose, coat=coat, legs=legs, face=face)
        if pose == "hold":
            s.shape([(hand[0] - 26, hand[1] - 34), (hand[0] + 24, hand[1] - 28), (hand[0] + 20, hand[1] + 34),
                (hand[0] - 30, hand[1] + 28)], "paper")
    person(s, 1020, 1130, 470, "walk", coat="deep blue.2", legs="ink", face=1)
    person(s, 1110, 1136, 270, "walk", coat="red", legs="deep", face=1, child=True)
    s.shape(blob(1060, 1140, 130, 14), "brown", 0.3)
    for x in (120, 1690):
        _plant(s, x)
    return s


def _plant(s: Sheet, x: float) -> None:
    """A potted agave."""
    s.cut([(x - 60, 1010), (x + 60, 1010), (x + 44, 1160), (x - 44, 1160)], "mist paper.4", 1)
    for k in range(13):
        a = -math.pi * (0.06 + 0.88 * k / 12)
        long = s.rng.uniform(150, 270)
        tip = (x + long * math.cos(a), 1010 + long * math.sin(a))
        s.shape([*curve((x, 1012), ((x + tip[0]) / 2 - 16 * math.sin(a),
            (1012 + tip[1]) / 2 + 16 * math.cos(a)), tip), *curve(tip, ((x + tip[0]) / 2 + 16 * math.sin(a),
            (1012 + tip[1]) / 2 - 16 * math.cos(a)), (x, 1012))], mix("green", "pine", s.rng.random()))
