"""People and birds."""

import math

from newsroom.demo.drawing.ink import Point, arc, blob, curve, mix, points
from newsroom.demo.drawing.press import Sheet

# Joints in units of the standing height, x forwards, feet at 0,0: neck, hip, near knee, near foot, far knee,
# far foot, near elbow, near hand, far elbow, far hand.
POSES = {
    "stand": "0,-.83 0,-.49 .03,-.26 .02,-.02 -.04,-.26 -.06,-.02 -.06,-.65 -.02,-.48 .08,-.65 .09,-.48",
    "walk": ".02,-.83 0,-.49 .1,-.28 .15,-.03 -.04,-.26 -.18,-.06 -.08,-.66 -.12,-.51 .1,-.66 .18,-.54",
    "run": ".1,-.82 0,-.5 .17,-.38 .12,-.13 -.1,-.29 -.3,-.26 -.06,-.64 .06,-.55 .2,-.66 .31,-.76",
    "jump": ".03,-.98 0,-.64 .12,-.5 .05,-.3 -.06,-.44 -.2,-.36 -.12,-.98 -.17,-1.18 .16,-1 .23,-1.2",
    "sit": ".02,-.63 0,-.29 .24,-.31 .22,-.02 .22,-.29 .18,-.02 .05,-.44 .21,-.42 .1,-.44 .25,-.42",
    "reach": ".03,-.83 0,-.49 .05,-.26 .05,-.02 -.05,-.26 -.08,-.02 .13,-.72 .28,-.8 .14,-.66 .29,-.68",
    "point": "0,-.83 0,-.49 .03,-.26 .03,-.02 -.04,-.26 -.06,-.02 .15,-.84 .3,-.98 -.07,-.66 -.03,-.5",
    "hold": ".02,-.83 0,-.49 .03,-.26 .03,-.02 -.04,-.26 -.05,-.02 .06,-.62 .2,-.62 .09,-.63 .21,-.65",
    "bend": ".24,-.68 -.02,-.5 .06,-.26 0,-.02 -.08,-.26 -.14,-.02 .3,-.48 .34,-.28 .34,-.5 .4,-.3",
    "push": ".1,-.8 0,-.48 .12,-.28 .08,-.03 -.08,-.26 -.22,-.05 .16,-.6 .32,-.56 .18,-.62 .34,-.58",
    "ride": ".2,-.86 0,-.56 .2,-.44 .1,-.18 .14,-.38 .14,-.08 .26,-.66 .4,-.62 .28,-.68 .42,-.64",
}


def person(
    sheet: Sheet,
    x: float,
    y: float,
    tall: float,
    pose: str = "stand",
    *,
    coat: str = "coal",
    legs: str = "ink",
    skin: str = "skin",
    hair: str = "ink",
    hat: str = "",
    long: float = 0,
    face: int = 1,
    child: bool = False,
) -> Point:
    """A figure with its feet at (x, y), looking right (`face` 1) or left (-1); returns its near hand.

    `hat` is the ink of a hat, none when empty; `long` the length of the coat below the hip.
    """
    s = sheet.at(x, y, tall, face)
    neck, hip, knee, foot, far_knee, far_foot, elbow, hand, far_elbow, far_hand = points(POSES[pose])
    thick = 0.95 if child else 0.8
    s.stroke([far_elbow, far_hand], mix(coat, "ink", 0.35), thick * 0.06)
    s.stroke([(neck[0], neck[1] + 0.05), far_elbow], mix(coat, "ink", 0.35), thick * 0.075)
    for bend, end in ((far_knee, far_foot), (knee, foot)):
        s.stroke([hip, bend], legs, thick * 0.115)
        s.stroke([bend, end], legs, thick * 0.085)
        s.stroke([end, (end[0] + 0.05, end[1] + 0.005)], mix(legs, "ink", 0.6), thick * 0.05)
    s.shape(_coat(neck, hip, thick * 0.115, long), coat)
    _head(s, neck, hip, 0.088 if child else 0.068, (skin, hair, hat))
    s.stroke([(neck[0], neck[1] + 0.06), elbow], mix(coat, "ink", 0.16), thick * 0.078)
    s.stroke([elbow, hand], mix(coat, "ink", 0.16), thick * 0.062)
    s.disc(*hand, thick * 0.034, skin)
    return x + face * hand[0] * tall, y + hand[1] * tall


def _coat(neck: Point, hip: Point, wide: float, long: float) -> list[Point]:
    hem, flare = (hip[0] + (hip[0] - neck[0]) * long, hip[1] + long + 0.03), wide * (1 + long * 1.2)
    waist = neck[0] + (hip[0] - neck[0]) * 0.5, (neck[1] + hip[1]) / 2
    left, right = (
        [
            (neck[0] + side * wide * 0.45, neck[1] + 0.01),
            (neck[0] + side * wide * 1.02, neck[1] + 0.045),
            (waist[0] + side * wide * 0.92, waist[1]),
            (hem[0] + side * flare, hem[1]),
        ]
        for side in (-1, 1)
    )
    return [*left, *reversed(right)]


def _head(s: Sheet, neck: Point, hip: Point, big: float, inks: tuple[str, str, str]) -> None:
    """In profile. `inks`: skin, hair and hat (empty for none)."""
    skin, hair, hat = inks
    x, y = neck[0] + 0.012 + (neck[0] - hip[0]) * 0.16, neck[1] - big * 0.98
    s.stroke([neck, (x, y)], mix(skin, "brown", 0.3), big * 0.7)
    s.disc(x, y, big * 0.86, skin, ry=big)
    s.shape(arc(x, y, big * 0.98, big * 1.06, 0.75, 2.95), hair)
    if hat:
        s.shape(arc(x, y - big * 0.22, big * 1.08, big * 0.98), hat)
        s.stroke(
            [(x - big, y - big * 0.22), (x + big * 1.5, y - big * 0.2)], mix(hat, "ink", 0.25), big * 0.2
        )


def reader(s: Sheet, x: float, y: float, tall: float, coat: str, face: int, hair: str = "ink") -> None:
    """Someone at the far side of a table, seen from the front, head bent."""
    s = s.at(x, y, tall, face)
    s.shape(curve("-0.2,0 -0.19,-0.4 -0.09,-0.48 0.09,-0.48 0.19,-0.4 0.2,0"), coat)
    s.stroke("0,-0.46 0,-0.54", "skin brown.3", 0.07)
    s.disc(0.015, -0.59, 0.08, "skin", ry=0.095)
    s.shape(arc(0.01, -0.61, 0.09, 0.1, -0.15, math.pi + 0.3), hair)
    for side in (-1, 1):
        s.stroke(
            [(side * 0.17, -0.36), (side * 0.2, -0.18), (side * 0.06, -0.2)], mix(coat, "ink", 0.2), 0.075
        )
        s.disc(side * 0.05, -0.2, 0.03, "skin")


def shadow(
    sheet: Sheet, x: float, y: float, wide: float, ink: str = "ink", alpha: float = 0.22, slant: float = 0
) -> None:
    """A cast shadow on the ground; `slant` moves its far end."""
    sheet.shape(
        [
            (x - wide * 0.12, y),
            (x + wide * 0.12, y),
            (x + slant + wide * 0.2, y + wide * 0.18),
            (x + slant - wide * 0.05, y + wide * 0.2),
        ],
        ink,
        alpha,
    )


def bird(s: Sheet, x: float, y: float, span: float, ink: str = "ink", tilt: float = 0) -> None:
    """A bird on the wing."""
    s = s.at(x, y, span)
    for side in (-1, 1):
        s.taper(
            curve((0, 0), (side * 0.3, -(0.22 + side * tilt)), (side * 0.62, -(0.02 + side * tilt)), steps=6),
            ink,
            0.11,
            0.015,
        )
    s.disc(0, 0, 0.09, ink, ry=0.05)


def heron(s: Sheet, x: float, y: float, tall: float) -> None:
    """A heron standing in water."""
    s = s.at(x, y, tall)
    for lx in (-0.03, 0.05):
        s.taper([(lx, -0.4), (lx + 0.02, -0.18), (lx, 0)], "coal", 0.022, 0.014)
    body = curve("-0.3,-0.36 -0.08,-0.56 0.14,-0.58 0.13,-0.42 -0.04,-0.34")
    s.shape(body, "paper")
    s.shape(curve("-0.32,-0.34 -0.1,-0.5 0.06,-0.46 -0.06,-0.36"), "mist deep.25")
    s.taper(curve("0.1,-0.5 0.22,-0.62 0.1,-0.78 0.18,-0.93"), "paper", 0.09, 0.045)
    s.disc(0.19, -0.94, 0.036, "paper")
    s.taper("0.21,-0.945 0.38,-0.91", "ochre", 0.03, 0.003)
    s.taper("0.2,-0.96 0.06,-0.93", "ink", 0.022, 0.003)
    s.shape(blob(0, 0, 0.2, 0.03), "paper", 0.35)


def egret(s: Sheet, x: float, y: float, tall: float, face: int) -> None:
    """An egret on land."""
    s = s.at(x, y, tall, face)
    for dx in (-0.05, 0.08):
        s.stroke([(dx, -0.4), (dx, 0)], "coal", 0.036)
    s.shape(curve("-0.5,-0.36 -0.1,-0.58 0.22,-0.6 0.24,-0.46 0,-0.34 -0.5,-0.36"), "paper")
    s.taper(curve("0.16,-0.52 0.34,-0.68 0.2,-0.88 0.3,-1.04"), "paper", 0.12, 0.08)
    s.taper("0.3,-1.04 0.6,-0.98", "ochre", 0.07, 0.015)
