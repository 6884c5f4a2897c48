"""Making renditions: one decode, then a chain downwards, each file written whole.

The plain functions that say which renditions there are live in `media.specs`; they are repeated here by name.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.core.cache import cache
from PIL import Image

from media import pixels, store
from media.models import Photo, Rendition
from media.specs import Spec, nearest, parse, plan, sources

__all__ = ["Busy", "Spec", "Unknown", "Unmakeable", "ensure", "make", "parse", "plan", "sources"]

ENCODERS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True},
}
# A web process makes one at a time: a large PNG takes four bytes a pixel.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 20  # seconds a reader's request waits for its turn
REMEMBER_FAILURE = 60  # seconds


class Unknown(LookupError):
    """There is no such rendition of this photo."""


class Busy(RuntimeError):
    """This process is making another one; ask again in a moment."""


class Unmakeable(RuntimeError):
    """The original is missing or cannot be read."""


def make(
    photo: Photo, specs: Iterable[Spec] | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Rendition]:
    """Make what is missing of `specs` (default: the whole plan) and return what was made.

    `progress(done, total)` is called at the start and after each file, those that existed counted as done.
    What `progress` raises ends the work; files already made stay. Raises OSError and the rest of
    `pixels.BROKEN` when the original cannot be read or a file not written.
    """
    wanted = list(plan(photo.width, photo.height, photo.focal) if specs is None else specs)
    existing = set(photo.renditions.values_list("name", flat=True))
    missing = [spec for spec in wanted if spec.name not in existing]
    done = len(wanted) - len(missing)
    tell = progress or (lambda done, total: None)
    tell(done, len(wanted))
    made: list[Rendition] = []
    if missing:
        exif = _credit(photo)
        for spec, picture in _pictures(photo, missing):
            made.append(_keep(photo, spec, picture, exif))
            tell(done + len(made), len(wanted))
    return made


def ensure(photo: Photo, name: str, focals: Collection[tuple[int, int]] = ()) -> Rendition:
    """The rendition called `name`, made now if no worker has made it yet.

    Only what belongs to the photo can be asked for: its plan around the present focal point, or around one of
    `focals`, those that frozen content was signed with. A width that the original does not have means the
    widest below it, so that `w640.webp` is always a picture. Raises `Unknown`, `Busy` or `Unmakeable`.
    """
    spec = _asked(photo, name)
    name = spec.name
    found = photo.renditions.filter(name=name).first()
    if found and found.file.storage.exists(found.file.name or ""):
        return found
    if spec.focal not in (None, photo.focal, *focals):
        raise Unknown(name)
    if cache.get(broken := f"photo-unmakeable:{photo.pk}:{name}"):
        raise Unmakeable(name)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Busy(name)
    try:
        if found:
            found.delete()  # its file was lost; a restored archive may come without renditions
        make(photo, [spec])
    except (*pixels.BROKEN, MemoryError) as error:
        cache.set(broken, True, REMEMBER_FAILURE)
        raise Unmakeable(name) from error
    finally:
        _AT_ONCE.release()
    return photo.renditions.get(name=name)


def _asked(photo: Photo, name: str) -> Spec:
    spec = parse(name)
    if spec and not spec.crop:
        spec = nearest(spec, photo.width, photo.height)
    if spec is None or spec not in plan(photo.width, photo.height, spec.focal or photo.focal):
        raise Unknown(name)
    return spec


def _pictures(photo: Photo, specs: list[Spec]) -> Iterator[tuple[Spec, Image.Image]]:
    """Each spec with its pixels, the largest first; formats of one size share them. One is held at a time."""
    size = photo.width, photo.height

    def need(spec: Spec) -> int:
        """How wide the whole picture must be for this one not to be enlarged."""
        left, _top, right, _bottom = spec.box(*size)
        return -(-spec.width * photo.width // (right - left))

    def same(spec: Spec) -> tuple[int, str, int, tuple[int, int]]:
        return need(spec), spec.crop, spec.width, spec.focal or (0, 0)

    ordered = sorted(specs, key=same, reverse=True)
    current = _opened(photo, need(ordered[0]))
    for _key, group in groupby(ordered, key=same):
        formats = list(group)
        picture = _scaled(current, formats[0], size)
        if not formats[0].crop:
            current = picture
        for spec in formats:
            yield spec, picture


def _opened(photo: Photo, width: int) -> Image.Image:
    """The whole original, upright and in sRGB, `width` pixels wide."""
    target = Spec(width, "").size(photo.width, photo.height)

    def lying(orientation: int) -> tuple[int, int]:
        return target[::-1] if orientation >= 5 else target

    with photo.original.storage.open(photo.original.name or "", "rb") as file:
        image = pixels.open_as(file, photo.format)
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


def _scaled(image: Image.Image, spec: Spec, size: tuple[int, int]) -> Image.Image:
    """`spec`'s part of the whole picture `image`, whose original measures `size`."""
    target = spec.size(*size)
    if not spec.crop and image.size == target:
        return image
    across, down = image.width / size[0], image.height / size[1]
    left, top, right, bottom = spec.box(*size)
    box = (left * across, top * down, min(right * across, image.width), min(bottom * down, image.height))
    return image.resize(target, Image.Resampling.LANCZOS, box=box)


def _keep(photo: Photo, spec: Spec, picture: Image.Image, exif: bytes) -> Rendition:
    """Write the file, then its row. Two who make the same one write the same file, and one row stays."""
    data = encode(picture, spec.format, exif)
    name = store.put(f"renditions/{photo.public_id[:2]}/{photo.public_id}/{spec.name}", io.BytesIO(data))
    row, _created = Rendition.objects.get_or_create(
        photo=photo,
        name=spec.name,
        defaults={"file": name, "width": picture.width, "height": picture.height, "bytes": len(data)},
    )
    return row


def encode(picture: Image.Image, kind: str, exif: bytes = b"") -> bytes:
    """The file of a picture with no metadata but `exif`."""
    picture.info = {}
    target = io.BytesIO()
    picture.save(target, exif=exif, **ENCODERS[kind])
    return target.getvalue()


def _credit(photo: Photo) -> bytes:
    """EXIF that holds the credit line as its one field, in UTF-8; nothing for no credit."""
    line = photo.credit_line
    if not line:
        return b""
    exif = Image.Exif()
    exif[pixels.ARTIST] = line.encode()
    return exif.tobytes()
