"""Which renditions a picture has and what they are called: pure functions of numbers, no database.

Releases are rendered from frozen content, so everything here depends on values alone. A name says what
the file is: `w640.webp` is the whole picture 640 pixels wide; `4x3-640.f500x300.jpg` is a crop, 640 wide,
cut around the focal point (thousandths of width and height from the top left).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypedDict

WIDTHS = (320, 640, 960, 1280, 1920)
CROP_WIDTHS = (320, 640, 1280)
CROPS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
FORMATS = {"webp": "image/webp", "jpg": "image/jpeg"}
# What the `src` of an <img> names: enough for a desk's column, for browsers that know no srcset.
FALLBACK_WIDTH = 960
# WebP can hold no longer side.
LONGEST_SIDE = 16383

_NAME = re.compile(
    r"(?:w(?P<whole>[1-9]\d{0,3})"
    r"|(?P<crop>16x9|4x3|1x1)-(?P<width>[1-9]\d{0,3})\.f(?P<x>0|[1-9]\d{0,3})x(?P<y>0|[1-9]\d{0,3}))"
    r"\.(?P<format>webp|jpg)",
    re.ASCII,
)


@dataclass(frozen=True)
class Spec:
    """One rendition: the whole picture (`crop` empty) or a crop around `focal`, `width` pixels wide."""

    width: int
    format: str
    crop: str = ""
    focal: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        if self.focal is None:
            return f"w{self.width}.{self.format}"
        return f"{self.crop}-{self.width}.f{self.focal[0]}x{self.focal[1]}.{self.format}"

    @property
    def content_type(self) -> str:
        return FORMATS[self.format]

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """(left, top, right, bottom) in the upright original of `width` x `height` that this one shows."""
        if self.focal is None:
            return 0, 0, width, height
        wide, high = crop_size(width, height, self.crop)
        left = min(max(width * self.focal[0] // 1000 - wide // 2, 0), width - wide)
        top = min(max(height * self.focal[1] // 1000 - high // 2, 0), height - high)
        return left, top, left + wide, top + high

    def size(self, width: int, height: int) -> tuple[int, int]:
        """(width, height) of this rendition of an upright original of `width` x `height` pixels."""
        if self.focal is None:
            return self.width, max(1, (self.width * height * 2 + width) // (2 * width))
        across, down = CROPS[self.crop]
        return self.width, max(1, self.width * down // across)


def nearest(spec: Spec, width: int, height: int) -> Spec:
    """The widest whole picture that there is, not wider than `spec`; the narrowest if all are."""
    widths = _whole_widths(width, height)
    return Spec(max([w for w in widths if w <= spec.width], default=widths[0]), spec.format)


class Sources(TypedDict):
    """What a <picture> needs: two srcsets, and the <img>'s own file with its size in pixels."""

    webp: str
    jpeg: str
    src: str
    width: int
    height: int


def crop_size(width: int, height: int, crop: str) -> tuple[int, int]:
    """The largest box of the crop's shape inside `width` x `height`."""
    across, down = CROPS[crop]
    wide = max(1, min(width, height * across // down))
    return wide, max(1, min(height, wide * down // across))


def parse(name: str) -> Spec | None:
    """The rendition that `name` names, or None. Strict: exactly one spelling for each."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    if found["whole"]:
        width = int(found["whole"])
        return Spec(width, found["format"]) if width in WIDTHS or width < WIDTHS[0] else None
    width, x, y = int(found["width"]), int(found["x"]), int(found["y"])
    if (width not in CROP_WIDTHS and width > CROP_WIDTHS[0]) or max(x, y) > 1000:
        return None
    return Spec(width, found["format"], found["crop"], (x, y))


def plan(width: int, height: int, focal: tuple[int, int]) -> list[Spec]:
    """Every rendition of an upright original of `width` x `height`: never wider than it is, never none."""
    whole = [Spec(w, f) for w in _whole_widths(width, height) for f in FORMATS]
    crops = [
        Spec(w, f, crop, focal) for crop in CROPS for w in _crop_widths(width, height, crop) for f in FORMATS
    ]
    return whole + crops


def sources(
    photo_id: str, width: int, height: int, focal: tuple[int, int], crop: str | None = None
) -> Sources:
    """The addresses of a picture's renditions, for a <picture>; `crop` is one of `CROPS`, or the whole."""
    widths = _crop_widths(width, height, crop) if crop else _whole_widths(width, height)
    sets = {
        f: [Spec(w, f, crop, (focal[0], focal[1])) if crop else Spec(w, f) for w in widths] for f in FORMATS
    }
    fallback = max([s for s in sets["jpg"] if s.width <= FALLBACK_WIDTH], key=lambda s: s.width)
    wide, high = fallback.size(width, height)
    return Sources(
        webp=", ".join(f"{address(photo_id, s.name)} {s.width}w" for s in sets["webp"]),
        jpeg=", ".join(f"{address(photo_id, s.name)} {s.width}w" for s in sets["jpg"]),
        src=address(photo_id, fallback.name),
        width=wide,
        height=high,
    )


def address(photo_id: str, name: str) -> str:
    """Where readers find a rendition: a promise of the site, so it is spelt out and not reversed."""
    return f"/photos/{photo_id}/{name}"


def _whole_widths(width: int, height: int) -> list[int]:
    fitting = [w for w in WIDTHS if w <= width and w * height // width < LONGEST_SIDE]
    return fitting or [min(width, WIDTHS[0])]


def _crop_widths(width: int, height: int, crop: str) -> list[int]:
    wide, _high = crop_size(width, height, crop)
    return [w for w in CROP_WIDTHS if w <= wide] or [wide]
