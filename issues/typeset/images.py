"""A photo's original becomes the picture on a page: cut, at its printed size, in the press's inks.

Colour goes by way of sRGB, as readers' screens have it: newsprint's own gamut is far smaller. The printer's
profile makes the numbers and does not come along with them. On pages without colour a picture is a CMYK JPEG
with black alone: Typst gives a grey one a profile, by which a printer's software would make it of four inks.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Literal

from PIL import Image, ImageChops, ImageCms

from media import renditions
from media.models import Photo
from media.scaling import scaled
from media.specs import WIDTHS, Spec, nearest

PRINT_DPI = 300
COARSE_DPI = 130  # the composer's screen
QUALITY = 90
LARGEST_COARSE = 1280

Crop = tuple[int, int, int, int]  # cut off at the left, top, right, bottom; thousandths of the picture
WHOLE: Crop = (0, 0, 0, 0)


class Cut(bytes):
    """The file of a picture that holds no more than the part shown."""


@dataclass(frozen=True)
class Target:
    """What the picture is for. `cmyk` needs the printer's ICC profile; `black` is black ink alone."""

    inks: Literal["rgb", "cmyk", "black"]
    dpi: int = PRINT_DPI
    profile: bytes = b""


def target(colour: bool, profile: bytes | None, dpi: int = PRINT_DPI) -> Target:
    """How pictures go onto a page, in colour or not, of a bureau whose printer has that profile or none."""
    if not colour:
        return Target("black", dpi)
    return Target("cmyk", dpi, profile) if profile else Target("rgb", dpi)


def shown(size: tuple[int, int], crop: Crop) -> tuple[float, float]:
    """How much is left, in pixels, of a picture of that many."""
    left, top, right, bottom = crop
    return size[0] * (1000 - left - right) / 1000, size[1] * (1000 - top - bottom) / 1000


def effective_dpi(size: tuple[int, int], crop: Crop, printed: tuple[float, float]) -> int:
    """The dots an inch that an original of `size` pixels has, cropped, where it measures `printed` points."""
    wide, high = shown(size, crop)
    return int(min(wide / (printed[0] / 72), high / (printed[1] / 72)))


def placed(photo: Photo, crop: Crop, printed: tuple[float, float], target: Target) -> Cut:
    """The JPEG of what is shown of the photo, `printed` points large. Raises OSError and `pixels.BROKEN`."""
    with photo.original.storage.open(photo.original.name or "", "rb") as file:
        return made(file, photo.format, (photo.width, photo.height), crop, printed, target)


def made(
    file: IO[bytes],
    kind: str,
    size: tuple[int, int],
    crop: Crop,
    printed: tuple[float, float],
    target: Target,
) -> Cut:
    """The same of a file of `kind` that measures `size` when upright."""
    scale = min(1.0, target.dpi / max(1, effective_dpi(size, crop, printed)))
    whole = Spec(min(size[0], max(1, round(size[0] * scale))), "jpg")
    [(_spec, picture)] = scaled(file, kind, size, [whole])
    if crop != WHOLE:
        wide, high = shown(size, crop)
        wanted = max(1, round(wide * scale)), max(1, round(high * scale))
        picture = picture.resize(wanted, Image.Resampling.LANCZOS, box=_box(picture, crop))
    return Cut(_jpeg(inked(picture, target)))


def _box(picture: Image.Image, crop: Crop) -> tuple[float, float, float, float]:
    across, down = picture.width / 1000, picture.height / 1000
    left, top, right, bottom = crop
    return left * across, top * down, (1000 - right) * across, (1000 - bottom) * down


def inked(picture: Image.Image, target: Target) -> Image.Image:
    """The picture (RGB in sRGB) in the inks of the target."""
    if target.inks == "black":
        none = Image.new("L", picture.size, 0)
        return Image.merge("CMYK", (none, none, none, ImageChops.invert(picture.convert("L"))))
    if target.inks == "cmyk":
        separated = ImageCms.applyTransform(picture, _separation(target.profile))
        assert separated is not None  # only the in-place form returns None
        return separated
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    picture.info = {}
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, subsampling=0)
    return target.getvalue()


@lru_cache(maxsize=4)
def _separation(profile: bytes) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        "RGB",
        "CMYK",
        ImageCms.Intent.PERCEPTUAL,
        ImageCms.Flags.NOCACHE,  # so that threads can share it
    )


def coarse(photo: Photo, printed: tuple[float, float]) -> Path | bytes | None:
    """The whole photo for the composer's screen: a rendition about as large as it is seen there.

    `printed` is the size of the whole in points. None if there is none.
    """
    wanted = printed[0] / 72 * COARSE_DPI
    width = next((width for width in WIDTHS if wanted <= width <= LARGEST_COARSE), LARGEST_COARSE)
    name = nearest(Spec(width, "jpg"), photo.width, photo.height).name
    try:
        file = renditions.ensure(photo, name).file
        try:
            return Path(file.path)
        except NotImplementedError:  # a bucket
            with file.open("rb") as stored:
                data: bytes = stored.read()
                return data
    except (renditions.Unknown, renditions.Busy, renditions.Unmakeable, OSError):
        return None
