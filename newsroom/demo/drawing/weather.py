"""Pictures of wind and snow: turbines, the first snow, kites."""

import math

from newsroom.demo.drawing.figures import person
from newsroom.demo.drawing.ink import arc, blob, curve, mix, wander
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.drawing.scenery import bare, crown, hills, lantern

# A drawing is read by its lines; one argument a line would hide it.
# fmt: off


def wind() -> Sheet:
    """Turbines on a ridge at first light."""
    s = Sheet(1800, 1200, 13)
    s.wash([(0, "deep"), (0.25, "blue"), (0.48, "rose sky.55"), (0.62, "cream")])
    s.glow(1180, 640, 620, "paper", 0.85, 380)
    s.disc(1180, 610, 74, "paper")
    s.cuts("0,120 1800,560", "cream", gap=40, width=13, length=520, fill=0.28, alpha=0.5)
    hills(s, [(620, 90, "mist rose.25"), (690, 90, "blue mist.5")], 900)
    for x, y, tall, turn in ((300, 690, 210, 0.2), (520, 668, 190, 0.9), (1560, 690, 230, 0.5),
            (1716, 706, 180, 1.4)):
        _turbine(s, x, y, tall, turn, "paper blue.25")
    hills(s, [(790, 80, "deep blue.55")], 1000)
    s.mist(690, 1010, "cream", 0.62)
    _turbine(s, 860, 1000, 680, 0.35, "paper")
    _turbine(s, 1350, 960, 520, 1.25, "paper mist.2")
    front = wander(s.rng, -40, 1840, 910, 70)
    s.wash([(0, "pine deep.5"), (1, "pine")], [*front, (1860, 1200), (-60, 1200)])
    s.cuts([*front, (1860, 1200), (-60, 1200)], "sage", gap=22, width=4, angle=-8, length=120, fill=0.3,
        alpha=0.4)
    _turbine(s, 330, 1130, 910, 0.75, "paper")
    near = wander(s.rng, -40, 1840, 1070, 46)
    s.shape([*near, (1860, 1210), (-60, 1210)], "pine ink.55")
    s.taper(curve("1260,1210 1130,1120 1220,1030 1090,960 980,905"), "cream", 60, 5)
    for x in range(-20, 1820, 26):
        if 1060 < x < 1330:
            continue
        s.taper(curve((x, 1215), (x + s.rng.uniform(-6, 14), 1150), (x + s.rng.uniform(4, 44),
            1215 - s.rng.uniform(50, 120)), steps=4), mix("pine", "ink", s.rng.uniform(0.5, 0.9)), 12, 1)
    person(s, 1096, 1078, 84, "point", coat="red", hat="cream")
    person(s, 1146, 1080, 84, "stand", coat="ochre", hat="cream", face=-1)
    return s


def _turbine(s: Sheet, x: float, y: float, tall: float, turn: float, ink: str) -> None:
    s = s.at(x, y, tall)
    s.taper("0,0 0,-1", ink, 0.045, 0.022)
    s.taper("0.012,0 0.006,-1", mix(ink, "deep", 0.35), 0.018, 0.008)
    s.shape(blob(0.02, -1, 0.045, 0.018), mix(ink, "deep", 0.2))
    for k in range(3):
        a = turn + math.tau * k / 3
        dx, dy = math.sin(a), -math.cos(a)
        tip, root = (dx * 0.58, dy * 0.58 - 1), (dx * 0.1, dy * 0.1 - 1)
        s.shape([(0, -1), (root[0] - dy * 0.03, root[1] + dx * 0.03), tip, (root[0] + dy * 0.008,
            root[1] - dx * 0.008)], ink)
    s.disc(0, -1, 0.024, ink)


def snow() -> Sheet:
    """A lane in the first snow, a red umbrella: an upright print."""
    s = Sheet(1600, 2000, 15)
    s.wash([(0, "deep mist.45"), (0.4, "mist sky.3"), (0.62, "sky"), (1, "paper")])
    for x, wide, tall, part in ((620, 130, 240, 0.7), (730, 110, 330, 0.76), (826, 150, 270, 0.72),
            (540, 100, 180, 0.66)):
        s.box(x, 1120 - tall, x + wide, 1140, mix("deep", "mist", part))
        s.box(x - 6, 1112 - tall, x + wide + 6, 1126 - tall, "paper")
    s.mist(860, 1150, "sky", 0.8)
    for side in (-1, 1):
        for i in range(4):
            near, far = 560 * 0.62 ** i, 560 * 0.62 ** (i + 1)
            x0, x1 = (800 + side * (near + 120), 800 + side * (far + 120))
            y0, y1 = (1130 + near * 0.75, 1130 + far * 0.75)
            t0, t1 = (near * 1.3 + 110, far * 1.3 + 110)
            wall = mix("brown coal.5", "mist", 0.13 * i + (0.08 if side > 0 else 0))
            s.cut([(x0, y0), (x1, y1), (x1, y1 - t1), (x0, y0 - t0)], wall)
            for k in range(3):
                a, b = (k + 0.25) / 3, (k + 0.75) / 3
                ax, bx = x0 + (x1 - x0) * a, x0 + (x1 - x0) * b
                ay, by = y0 + (y1 - y0) * a, y0 + (y1 - y0) * b
                at, bt = t0 + (t1 - t0) * a, t0 + (t1 - t0) * b
                pane = "ochre" if (i + k) % 3 == 0 else mix(wall, "ink", 0.45)
                s.shape([(ax, ay - at * 0.42), (bx, by - bt * 0.42), (bx, by - bt * 0.72),
                    (ax, ay - at * 0.72)], pane)
                s.stroke([((ax + bx) / 2, (ay + by) / 2 - (at + bt) * 0.21),
                    ((ax + bx) / 2, (ay + by) / 2 - (at + bt) * 0.36)], wall, near * 0.012 + 1)
            over = near * 0.12 + 10
            s.cut([(x0 - side * over, y0 - t0 + over * 0.6), (x1 - side * over * 0.7, y1 - t1 + over * 0.4),
                (x1 + side * over * 2, y1 - t1 - over * 2.4), (x0 + side * over * 4, y0 - t0 - over * 3.6)],
                "paper")
            s.taper([(x0 - side * over, y0 - t0 + over * 0.7), (x1 - side * over * 0.7,
                y1 - t1 + over * 0.45)], mix("coal", "mist", 0.1 * i), near * 0.035 + 5, far * 0.035 + 4)
            lantern(s, x0 + (x1 - x0) * 0.45 - side * over, y0 - t0 * 0.93 + (y1 - y0 - t1 + t0) * 0.4,
                near * 0.05 + 7)
    s.wash([(0, "paper mist.35"), (0.4, "paper"), (1, "white")],
        "690,1130 910,1130 1480,1560 1640,2000 -40,2000 120,1560")
    for side in (-1, 1):
        s.taper(curve((800 + side * 30, 1140), (800 + side * 90, 1330), (800 + side * 210, 1640),
            (800 + side * 330, 2010)), "mist blue.3", 6, 54, 0.55)
    for x, y, tall, coat in ((946, 1290, 150, "rust"), (716, 1190, 92, "coal")):
        person(s, x, y, tall, "walk", coat=coat, face=-1, long=0.1)
    bare(s, 210, 1730, 1500, "ink brown.2", 0.06, 7)
    bare(s, 1420, 1640, 1180, "ink brown.3", -0.1, 7)
    for x, y, r in ((212, 1730, 150), (1420, 1640, 120)):
        s.shape(blob(x, y + 18, r, r * 0.3, 30, 0.04), "white")
    for i in range(15):
        y = 1990 - i * 34
        s.disc(812 + (24 if i % 2 else -24) * (1 - i * 0.03), y, 15 - i * 0.6, "mist blue.4", 0.8,
            8 - i * 0.3)
    s.shape(blob(830, 1496, 120, 16), "mist deep.35", 0.7)
    hand = person(s, 800, 1490, 330, "walk", coat="deep night.3", legs="ink", skin="ink", long=0.16)
    _umbrella(s, 812, hand[1] - 128, 158)
    for _ in range(520):
        flake = s.rng.choice([2.2, 3, 3, 4.5, 7])
        s.disc(s.rng.uniform(0, 1600), s.rng.uniform(0, 2000), flake, "white", 0.9 if flake < 6 else 0.6)
    return s


def _umbrella(s: Sheet, x: float, y: float, r: float) -> None:
    s.stroke([(x, y - r * 0.5), (x + r * 0.02, y + r * 1.05)], "ink", 6)
    dome = arc(x, y, r, r * 0.72)
    scallop = [(x - r + r * 2 * i / 24, y + 14 * abs(math.sin(math.pi * i / 6)) * -1 + 10) for i in range(25)]
    s.shape([*dome, *scallop], "red")
    for k in (-0.62, 0, 0.62):
        s.taper(curve((x, y - r * 0.72), (x + k * r * 0.62, y - r * 0.5), (x + k * r * 0.98, y + 4)),
            "red ink.35", 3, 5)
    s.shape([*dome[2:9], (x + r * 0.36, y - r * 0.4)], "paper", 0.14)
    s.shape(arc(x, y, r * 0.86, r * 0.7, 0.9, 1.3), "white")
    s.stroke([(x, y - r * 0.72), (x, y - r * 0.84)], "ink", 7)


def kites() -> Sheet:
    """Kites over the meadow."""
    s = Sheet(1800, 1350, 17)
    s.wash([(0, "blue deep.15"), (0.45, "blue sky.6"), (0.75, "paper")])
    for cx, cy, r in ((300, 330, 150), (1480, 520, 190), (930, 240, 90), (640, 700, 120)):
        for k in range(5):
            s.shape(blob(cx + (k - 2) * r * 0.55, cy - (12 if k % 2 else -8), r * 0.55,
                r * (0.3 - abs(k - 2) * 0.05), 30), "paper sky.25")
        s.cuts([(cx - r * 1.5, cy - 20), (cx + r * 1.5, cy - 20), (cx + r * 1.5, cy + r * 0.4),
            (cx - r * 1.5, cy + r * 0.4)], "sky blue.35", gap=20, width=8, length=150, fill=0.5, alpha=0.5)
    hills(s, [(1010, 50, "mist sky.2"), (1050, 24, "sage mist.4")], 1110)
    x = 1080.0
    while x < 1800:
        wide = s.rng.uniform(40, 80)
        s.box(x, 1060 - s.rng.uniform(50, 190), x + wide, 1110, mix("mist", "blue", s.rng.uniform(0.1, 0.35)))
        x += wide * s.rng.uniform(1, 1.5)
    s.mist(960, 1100, "paper", 0.6)
    for i in range(24):
        crown(s, i * 80 + s.rng.uniform(-20, 20), 1096, s.rng.uniform(24, 50),
            mix("sage", "green", s.rng.uniform(0.2, 0.8)))
    ground = curve("-40,1130 500,1100 1100,1124 1860,1090")
    s.wash([(0, "sage ochre.25"), (1, "green pine.35")], [*ground, (1860, 1350), (-40, 1350)])
    s.cuts([*ground, (1860, 1350), (-40, 1350)], "cream", gap=20, width=4, angle=-3, length=70, fill=0.25,
        alpha=0.5)
    flyers = [(420, 1236, 205, "point", "red", 1, 560, 250), (1330, 1222, 190, "point", "deep", -1, 1130,
        420), (870, 1196, 140, "run", "ochre", 1, 1500, 190), (190, 1190, 120, "point", "rust", 1, 240, 560)]
    for px, py, tall, pose, coat, face, kx, ky in flyers:
        hand = person(s, px, py, tall, pose, coat=coat, face=face, child=pose == "run")
        grip = (px + face * 0.3 * tall, py - tall * (0.98 if pose == "point" else 0.76))
        s.taper(curve(grip, ((grip[0] + kx) / 2 + (kx - hand[0]) * 0.08, (grip[1] + ky) / 2 + 90),
            (kx, ky + 30)), "coal", 2.4, 1.4)
    person(s, 350, 1240, 120, "stand", coat="ochre", legs="deep", child=True)
    person(s, 1420, 1226, 110, "jump", coat="red", legs="coal", child=True, face=-1)
    for px in (700, 760, 1130, 1210, 1700):
        person(s, px, 1160 + s.rng.uniform(-10, 10), s.rng.uniform(70, 84),
            s.rng.choice(["stand", "walk", "point"]), coat=s.rng.choice(["deep", "coal", "rust", "cream"]))
    _swallow(s, 560, 250, 190, -0.16)
    _diamond(s, 1130, 420, 110, 0.25)
    _dragon(s, 1500, 190)
    _diamond(s, 240, 560, 70, -0.3, "deep")
    return s


def _swallow(s: Sheet, x: float, y: float, r: float, turn: float) -> None:
    c, n = math.cos(turn), math.sin(turn)

    def at(outline: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + r * (px * c - py * n), y + r * (px * n + py * c)) for px, py in outline]

    for side in (-1, 1):
        s.shape(at(curve((0, -0.12), (side * 0.4, -0.5), (side * 0.95, -0.42), (side * 1.12, -0.12),
            (side * 0.8, 0.08), (side * 0.3, 0.18), (0, 0.2))), "ink")
        s.shape(at(curve((side * 0.3, -0.16), (side * 0.55, -0.34), (side * 0.9, -0.26), (side * 0.94, -0.12),
            (side * 0.6, 0.0), (side * 0.3, -0.16))), "red")
        s.shape(at(curve((side * 0.42, -0.16), (side * 0.6, -0.26), (side * 0.78, -0.2), (side * 0.62, -0.08),
            (side * 0.42, -0.16))), "cream")
        s.shape(at([(0, 0.42), (side * 0.1, 0.4), (side * 0.42, 1.1), (side * 0.2, 1.06)]), "ink")
        s.shape(at([(side * 0.12, 0.6), (side * 0.17, 0.58), (side * 0.33, 0.98), (side * 0.24, 0.98)]),
            "ochre")
    s.shape(at(curve("0,-0.5 0.2,-0.38 0.18,0.1 0.1,0.5 -0.1,0.5 -0.18,0.1 -0.2,-0.38 0,-0.5")), "cream")
    s.shape(at(curve("0,-0.5 0.2,-0.38 0.17,-0.16 0,-0.1 -0.17,-0.16 -0.2,-0.38 0,-0.5")), "ink")
    for side in (-1, 1):
        s.disc(*at([(side * 0.08, -0.3)])[0], r * 0.05, "cream")
        s.disc(*at([(side * 0.08, -0.3)])[0], r * 0.022, "ink")
    s.shape(at([(0, -0.2), (0.04, -0.26), (-0.04, -0.26)]), "red")
    for k in range(3):
        s.shape(at(blob(0, 0.05 + k * 0.14, 0.06, 0.05, 16)), "red" if k != 1 else "ochre")


def _diamond(s: Sheet, x: float, y: float, r: float, turn: float, ink: str="red") -> None:
    c, n = math.cos(turn), math.sin(turn)
    top, right, foot, left, heart = ((x + r * (a * c - b * n), y + r * (a * n + b * c)) for a,
        b in ((0, -1), (0.72, -0.15), (0, 1.05), (-0.72, -0.15), (0, -0.15)))
    s.shape([top, right, heart], ink)
    s.shape([top, left, heart], "ochre")
    s.shape([left, foot, heart], mix(ink, "ink", 0.3))
    s.shape([right, foot, heart], "cream")
    tail = curve(foot, (foot[0] + r * 0.5, foot[1] + r * 0.6), (foot[0] - r * 0.1, foot[1] + r * 1.2),
        (foot[0] + r * 0.5, foot[1] + r * 1.9))
    s.taper(tail, "coal", 3, 2)
    for px, py in tail[6::7]:
        s.shape([(px, py), (px - r * 0.14, py - r * 0.1), (px - r * 0.14, py + r * 0.1)], ink)
        s.shape([(px, py), (px + r * 0.14, py - r * 0.1), (px + r * 0.14, py + r * 0.1)], "ochre")


def _dragon(s: Sheet, x: float, y: float) -> None:
    spine = curve((x, y), (x - 90, y - 66), (x - 190, y - 20), (x - 260, y + 60), (x - 340, y + 70),
        (x - 420, y + 10), steps=4)
    for i, (px, py) in reversed(list(enumerate(spine))):
        r = 40 - i * 1.2
        s.stroke([(px - r * 1.7, py + 14), (px + r * 1.7, py - 14)], "coal", 2)
        s.disc(px, py, r, ("red", "cream", "ochre")[i % 3])
        s.disc(px, py, r * 0.55, ("cream", "red", "deep")[i % 3])
    for side in (-1, 1):
        s.disc(x + 14, y + side * 16 - 6, 10, "cream")
        s.disc(x + 17, y + side * 16 - 6, 5, "ink")
        s.taper(curve((x - 6, y + side * 26), (x + 10, y + side * 66), (x + 46, y + side * 80)), "red", 9, 2)
