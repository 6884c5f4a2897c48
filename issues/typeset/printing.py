"""The pictures of a composed page, by key, as the press asks for them: finished, or rough and at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from issues.typeset import images
from issues.typeset.workshop import TypesetError
from media import pixels
from media.models import Photo

LONGEST_NAME = 20


class Composed(Protocol):
    """What is needed of `issues.composition.Composed`."""

    @property
    def drawing(self) -> dict[str, Any]: ...
    @property
    def images(self) -> Mapping[str, Mapping[str, Any]]: ...  # key to public_id, sha256


@dataclass(frozen=True)
class Printed:
    """A picture as it went onto the page. `dpi` is what its original has there, before it is made smaller."""

    key: str
    name: str
    dpi: int
    inks: str  # "rgb", "cmyk", "black"


class Pictures:
    """Finished pictures: cut, in the inks of the page, from the originals. Blocked photos are left out.

    `used` tells of those that were made. Calling raises TypesetError for an original that cannot be read.
    """

    def __init__(self, composed: Composed, content: Mapping[str, Any], profile: bytes | None) -> None:
        self.images = composed.images
        self.items = _items(composed.drawing)
        self.blocked = frozenset(content.get("blocked", ()))
        self.target = images.target(content["page"]["colour"], profile)
        self.used: list[Printed] = []

    def __call__(self, key: str) -> bytes | None:
        about = self.images[key]
        if about["public_id"] in self.blocked:
            return None
        photo = Photo.objects.filter(sha256=about["sha256"]).first()
        if photo is None:
            raise TypesetError(_("图片 %(name)s 不在图片库里了。") % {"name": about["public_id"]})
        uses = self.items[key]
        size = photo.width, photo.height
        dpi = min(images.effective_dpi(size, crop, printed) for crop, printed in uses)
        try:
            made = self._made(photo, uses)
        except (*pixels.BROKEN, MemoryError) as error:
            raise TypesetError(_("图片《%(name)s》的原图读不出来。") % {"name": _name(photo)}) from error
        self.used.append(Printed(key, _name(photo), dpi, self.target.inks))
        return made

    def _made(self, photo: Photo, uses: list[_Use]) -> bytes:
        crop, printed = uses[0]
        if all(use == uses[0] for use in uses):
            return images.placed(photo, crop, printed, self.target)
        # Shown twice, cut differently: the press cuts the whole picture, large enough for either.
        largest = max(_whole(crop, printed) for crop, printed in uses)
        return bytes(images.placed(photo, images.WHOLE, largest, self.target))


class Coarse:
    """Pictures for the composer's screen, whole and small, from the renditions."""

    def __init__(self, composed: Composed) -> None:
        self.images = composed.images
        self.items = _items(composed.drawing)
        wanted = {about["sha256"] for about in composed.images.values()}
        self.photos = {photo.sha256: photo for photo in Photo.objects.filter(sha256__in=wanted)}

    def __call__(self, key: str) -> Path | bytes | None:
        photo = self.photos.get(self.images[key]["sha256"])
        if photo is None or photo.is_blocked:
            return None
        return images.coarse(photo, max(_whole(*use) for use in self.items[key]))


_Use = tuple[images.Crop, tuple[float, float]]


def _items(drawing: Mapping[str, Any]) -> dict[str, list[_Use]]:
    """The places of each picture: what of it is cut off, and how large the rest is, in points."""
    found: dict[str, list[_Use]] = {}
    for item in drawing["items"]:
        if item[0] == "image":
            _kind, _x, _y, w, h, key, crop, _alt = item
            found.setdefault(key, []).append((tuple(crop), (w, h)))
    return found


def _whole(crop: images.Crop, printed: tuple[float, float]) -> tuple[float, float]:
    """How large the whole picture would be, in points."""
    left, top, right, bottom = crop
    return printed[0] * 1000 / (1000 - left - right), printed[1] * 1000 / (1000 - top - bottom)


def _name(photo: Photo) -> str:
    return (photo.caption.strip() or photo.original_name or photo.public_id)[:LONGEST_NAME]
