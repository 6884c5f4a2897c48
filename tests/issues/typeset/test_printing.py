"""The pictures of a composed page: from the originals for the printer, from renditions for the composer."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from issues.typeset.images import Cut
from issues.typeset.printing import Coarse, Pictures
from issues.typeset.workshop import TypesetError
from media.models import Photo
from tests.factories.media import PhotoFactory
from tests.issues.typeset.sheets import profile, sheet

pytestmark = pytest.mark.django_db


@dataclass
class Composed:
    drawing: dict[str, Any]
    images: dict[str, dict[str, Any]] = field(default_factory=dict)


def composed(photo: Photo, *uses: tuple[float, float, list[int]]) -> Composed:
    items = [["image", 0, 0, w, h, photo.public_id, crop, "港口"] for w, h, crop in uses]
    return Composed(sheet(*items), {photo.public_id: {"public_id": photo.public_id, "sha256": photo.sha256}})


def content(**page: Any) -> dict[str, Any]:
    return {"page": {"colour": True} | page}


def size(data: bytes | None) -> tuple[int, int]:
    assert data is not None
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def test_a_picture_is_cut_at_its_printed_size() -> None:
    photo = PhotoFactory(width=1200, height=800, caption="临港码头的清晨")
    pictures = Pictures(composed(photo, (72, 96, [250, 0, 250, 0])), content(), None)
    made = pictures(photo.public_id)
    assert isinstance(made, Cut)
    assert size(made) == (300, 400)
    [used] = pictures.used
    assert (used.key, used.name, used.dpi, used.inks) == (photo.public_id, "临港码头的清晨", 600, "rgb")


def test_shown_twice_it_is_whole_and_large_enough_for_both() -> None:
    photo = PhotoFactory(width=1200, height=800)
    pictures = Pictures(composed(photo, (144, 96, [0, 0, 0, 0]), (144, 192, [500, 0, 0, 0])), content(), None)
    made = pictures(photo.public_id)
    assert not isinstance(made, Cut)
    assert size(made) == (1200, 800)
    assert pictures.used[0].dpi == 300


def test_inks_follow_the_page_and_the_printer() -> None:
    photo = PhotoFactory()
    page = composed(photo, (72, 48, [0, 0, 0, 0]))
    for about, press, inks, mode in (
        (content(), profile(), "cmyk", "CMYK"),
        (content(colour=False), profile(), "black", "CMYK"),
        (content(colour=False), None, "black", "CMYK"),
    ):
        pictures = Pictures(page, about, press)
        with Image.open(io.BytesIO(pictures(photo.public_id) or b"")) as image:
            assert image.mode == mode
        assert pictures.used[0].inks == inks


def test_a_blocked_photo_is_left_out() -> None:
    photo = PhotoFactory()
    page = composed(photo, (72, 48, [0, 0, 0, 0]))
    pictures = Pictures(page, content() | {"blocked": [photo.public_id]}, None)
    assert pictures(photo.public_id) is None
    assert pictures.used == []


def test_an_original_that_is_gone_or_broken_is_named() -> None:
    photo = PhotoFactory(caption="临港码头")
    page = composed(photo, (72, 48, [0, 0, 0, 0]))
    Path(photo.original.path).write_bytes(b"\xff\xd8\xff\xe0 half a picture")
    with pytest.raises(TypesetError, match="临港码头"):
        Pictures(page, content(), None)(photo.public_id)
    page.images[photo.public_id]["sha256"] = "0" * 64
    with pytest.raises(TypesetError, match="不在图片库"):
        Pictures(page, content(), None)(photo.public_id)


def test_the_composer_gets_a_rendition_of_about_the_size() -> None:
    photo = PhotoFactory(width=1400, height=1000)
    for width, wanted in ((144, 320), (300, 640), (2000, 1280)):
        found = Coarse(composed(photo, (width, width * 5 / 7, [0, 0, 0, 0])))(photo.public_id)
        assert isinstance(found, Path)
        assert size(found.read_bytes())[0] == wanted


def test_the_composer_does_without_what_cannot_be_made() -> None:
    photo = PhotoFactory()
    page = composed(photo, (72, 48, [0, 0, 0, 0]))
    Path(photo.original.path).unlink()
    assert Coarse(page)(photo.public_id) is None
    Photo.objects.all().delete()
    assert Coarse(page)(photo.public_id) is None
