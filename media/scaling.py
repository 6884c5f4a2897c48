"""Many sizes of a picture from one decode: a chain downwards, one in memory at a time. Knows no Django."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Any

from PIL import Image

from media import pixels
from media.specs import Spec

ENCODERS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True},
}


def scaled(
    file: IO[bytes], kind: str, size: tuple[int, int], specs: Iterable[Spec]
) -> Iterator[tuple[Spec, Image.Image]]:
    """Each of `specs` with its pixels, the largest first; the formats of one size share them.

    `file` holds a picture of `kind` (see `pixels.FORMATS`) that measures `size` when upright. The pixels are
    upright, RGB in sRGB. Raises one of `pixels.BROKEN` for a file that cannot be read.
    """

    def order(spec: Spec) -> tuple[int, str, int, tuple[int, int]]:
        return _need(spec, size), spec.crop, spec.width, spec.focal or (0, 0)

    ordered = sorted(specs, key=order, reverse=True)
    current = _opened(file, kind, Spec(_need(ordered[0], size), "").size(*size))
    for _key, group in groupby(ordered, key=order):
        formats = list(group)
        picture = _cut(current, formats[0], size)
        if not formats[0].crop:
            current = picture
        for spec in formats:
            yield spec, picture


def encode(picture: Image.Image, kind: str, exif: bytes = b"") -> bytes:
    """The file of a picture, with no metadata but `exif`."""
    picture.info = {}
    target = io.BytesIO()
    picture.save(target, exif=exif, **ENCODERS[kind])
    return target.getvalue()


def _need(spec: Spec, size: tuple[int, int]) -> int:
    """How wide the whole picture must be so that this one is not enlarged."""
    left, _top, right, _bottom = spec.box(*size)
    return -(-spec.width * size[0] // (right - left))


def _opened(file: IO[bytes], kind: str, target: tuple[int, int]) -> Image.Image:
    """The whole picture at the size `target`, upright and in sRGB."""

    def lying(orientation: int) -> tuple[int, int]:
        return target[::-1] if orientation >= 5 else target

    image = pixels.open_as(file, kind)
    image.draft(image.mode, lying(pixels.orientation(image)))  # JPEG: at a half, a quarter, …
    image.load()
    turn = pixels.orientation(image)  # after loading: TIFF turns itself
    image = pixels.plain(image)
    if image.size != lying(turn):
        image = _resized(image, lying(turn))
    return pixels.to_srgb(pixels.turned(image, turn))


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    profile = image.info.get("icc_profile")
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {"icc_profile": profile} if profile else {}
    return small


def _cut(image: Image.Image, spec: Spec, size: tuple[int, int]) -> Image.Image:
    """`spec`'s part of the whole picture `image`, whose original measures `size`."""
    target = spec.size(*size)
    if not spec.crop and image.size == target:
        return image
    across, down = image.width / size[0], image.height / size[1]
    left, top, right, bottom = spec.box(*size)
    box = (left * across, top * down, min(right * across, image.width), min(bottom * down, image.height))
    return image.resize(target, Image.Resampling.LANCZOS, box=box)
