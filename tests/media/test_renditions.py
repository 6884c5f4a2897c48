"""Renditions: upright, in sRGB, without metadata but the credit, made once, of every kind of original."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageChops, ImageCms, ImageStat

from media import library, pixels, renditions
from media.models import Photo, PhotoCredit, Rendition
from media.specs import Spec, plan
from people.models import Act, Identity
from tests.factories.media import PhotoFactory, picture

pytestmark = pytest.mark.django_db
SECRET_METADATA = (
    b"GPS",
    b"Exif",
    b"photoshop",
    b"<x:xmpmeta",
    b"ICC_PROFILE",
    b"NIKON",
    b"Apple",
    b"http://ns.adobe",
)


def taken_in(data: bytes) -> Photo:
    return library.ingest(BytesIO(data), "a.jpg", None)[0]


def opened(rendition: Rendition) -> Image.Image:
    with rendition.file.open("rb") as file, Image.open(file) as image:
        image.load()
        return image


def distance(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures of one size, 0 to 255."""
    mean = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return sum(mean) / len(mean)


def test_the_whole_plan_is_made_in_its_sizes() -> None:
    photo = PhotoFactory(width=1000, height=700)
    made = renditions.make(photo)
    assert {row.name for row in made} == {spec.name for spec in plan(1000, 700, (500, 500))}
    for row in made:
        spec = renditions.parse(row.name)
        assert spec is not None
        image = opened(row)
        assert image.size == (row.width, row.height) == spec.size(1000, 700)
        assert image.format == {"webp": "WEBP", "jpg": "JPEG"}[spec.format]
        assert row.bytes == default_storage.size(row.file.name)


def test_making_again_makes_nothing_and_a_new_focal_point_only_new_crops() -> None:
    photo = PhotoFactory(width=700, height=500)
    first = {row.name for row in renditions.make(photo)}
    assert renditions.make(photo) == []
    photo.focal_x = 100
    second = {row.name for row in renditions.make(photo)}
    assert all(".f100x500." in name for name in second)
    assert len(second) == len([name for name in first if ".f" in name])
    assert first | second == set(photo.renditions.values_list("name", flat=True)), "old ones stay"


def test_progress_is_told_with_what_existed_counted_as_done() -> None:
    photo = PhotoFactory(width=330, height=330)
    renditions.make(photo, [Spec(320, "webp")])
    told: list[tuple[int, int]] = []
    renditions.make(photo, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 8) for done in range(1, 9)]


def test_the_chain_downwards_looks_like_the_original() -> None:
    """Each width against the original scaled in one step."""
    data = picture(2500, 1600)
    photo = taken_in(data)
    for row in renditions.make(photo, [spec for spec in plan(2500, 1600, photo.focal) if not spec.crop]):
        with Image.open(BytesIO(data)) as original:
            expected = original.resize((row.width, row.height), Image.Resampling.LANCZOS)
        assert distance(opened(row), expected) < 3, row.name


@pytest.mark.parametrize("crop", ["16x9", "4x3", "1x1"])
def test_a_crop_shows_its_part_of_the_original(crop: str) -> None:
    data = picture(1400, 900)
    photo = taken_in(data)
    photo.focal_x, photo.focal_y = 120, 800
    spec = Spec(640, "jpg", crop, photo.focal)
    [row] = renditions.make(photo, [spec])
    with Image.open(BytesIO(data)) as original:
        expected = original.crop(spec.box(1400, 900)).resize(
            (row.width, row.height), Image.Resampling.LANCZOS
        )
    assert distance(opened(row), expected) < 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(kind: str, orientation: int) -> None:
    plain = Image.open(BytesIO(picture(400, 300, number=orientation, kind="PNG")))
    back = {6: 8, 8: 6}.get(orientation, orientation)
    lying = pixels.turned(plain, back)
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = BytesIO()
    lying.save(target, kind, exif=exif.tobytes(), **({"quality": 95} if kind in ("JPEG", "WEBP") else {}))
    photo = taken_in(target.getvalue())
    assert (photo.width, photo.height) == (400, 300)
    for row in renditions.make(photo, [Spec(320, "jpg"), Spec(320, "webp")]):
        assert distance(opened(row), plain.resize((320, 240))) < 6


def test_the_orientation_corpus_comes_out_upright(shared: Path) -> None:
    """Small and square, so that detail does not count: of eight ways each must be most like the upright."""
    folder = shared / "corpora" / "images-orientation"
    upright = Image.open(folder / "libvips-rotation-1.jpg").convert("RGB").resize((24, 24))
    ways = {way: pixels.turned(upright, way) for way in range(1, 9)}
    for path in sorted(folder.iterdir()):
        photo = taken_in(path.read_bytes())
        [row] = renditions.make(photo, [Spec(min(320, photo.width), "jpg")])
        found = opened(row).resize((24, 24))
        assert row.height > row.width, path.name
        assert min(ways, key=lambda way: distance(found, ways[way])) == 1, path.name


def test_no_rendition_of_a_real_picture_says_where_or_with_what_it_was_taken(shared: Path) -> None:
    folders = [shared / "corpora" / "images-gps", shared / "photos"]
    for path in [p for folder in folders for p in sorted(folder.iterdir()) if p.suffix != ".md"]:
        photo = taken_in(path.read_bytes())
        photo.file_credit = ""
        for row in renditions.make(
            photo, [spec for spec in plan(photo.width, photo.height, photo.focal) if spec.width <= 640]
        ):
            with row.file.open("rb") as file:
                data = file.read()
            found = [word for word in SECRET_METADATA if word in data]
            assert not found, f"{path.name} {row.name}"
            image = opened(row)
            assert not image.getexif(), f"{path.name} {row.name}"
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
                "loop",
                "background",
                "timestamp",
                "duration",
            }


def test_the_credit_the_file_came_with_is_the_one_thing_written_into_renditions() -> None:
    exif = Image.Exif()
    exif[pixels.ARTIST] = "通讯员 白苇".encode()
    photo = taken_in(picture(330, 330, exif=exif))
    assert photo.file_credit == "通讯员 白苇 摄"
    for row in renditions.make(photo):
        written = opened(row).getexif()
        assert set(written) == {pixels.ARTIST}, row.name
        assert written[pixels.ARTIST].encode("latin-1").decode() == photo.file_credit


def test_a_credit_typed_later_is_in_no_rendition() -> None:
    """It is unsigned: readers get it with a story that somebody signed, or not at all."""
    photo = PhotoFactory(width=330, height=330, credit="")
    PhotoCredit.objects.create(photo=photo, name="白苇", identity=Identity.REPORTER, act=Act.PHOTO)
    for row in renditions.make(photo):
        assert not opened(row).getexif(), row.name


def test_colours_are_brought_to_srgb() -> None:
    """A picture whose profile has red and blue exchanged looks right only if the profile was heeded."""
    exchanged = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = exchanged.index(b"rXYZ"), exchanged.index(b"bXYZ")
    exchanged[red : red + 4], exchanged[blue : blue + 4] = b"bXYZ", b"rXYZ"
    for kind in ("JPEG", "PNG", "TIFF"):
        target = BytesIO()
        Image.new("RGB", (330, 330), (220, 20, 20)).save(target, kind, icc_profile=bytes(exchanged))
        [row] = renditions.make(taken_in(target.getvalue()), [Spec(320, "jpg")])
        red_value, _green, blue_value = opened(row).getpixel((160, 160))
        assert blue_value > 180 > 80 > red_value, kind


def test_a_broken_profile_is_ignored() -> None:
    target = BytesIO()
    Image.new("RGB", (330, 330), (220, 20, 20)).save(target, "PNG", icc_profile=b"no profile at all" * 20)
    [row] = renditions.make(taken_in(target.getvalue()), [Spec(320, "jpg")])
    assert opened(row).getpixel((160, 160))[0] > 200


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("1", 1, "PNG"),
        ("L", 255, "PNG"),
        ("LA", (0, 0), "PNG"),
        ("P", 255, "PNG"),
        ("RGBA", (0, 0, 0, 0), "PNG"),
        ("RGBA", (9, 9, 9, 0), "WEBP"),
        ("I;16", 65535, "PNG"),
        ("I;16", 65535, "TIFF"),
        ("I", 65535, "TIFF"),
        ("CMYK", (0, 0, 0, 0), "JPEG"),
        ("CMYK", (0, 0, 0, 0), "TIFF"),
        ("L", 255, "GIF"),
    ],
)  # fmt: skip
def test_every_kind_of_pixel_becomes_rgb_on_white_paper(mode: str, colour: Any, kind: str) -> None:
    target = BytesIO()
    image = Image.new(mode, (330, 330), colour)
    if mode == "P":
        image.putpalette([value for value in range(256) for _channel in range(3)])
    image.save(target, kind)
    for row in renditions.make(taken_in(target.getvalue()), [Spec(320, "jpg"), Spec(320, "webp")]):
        found = opened(row)
        assert found.mode == "RGB"
        assert min(found.getpixel((160, 160))) >= 250


def test_a_killed_worker_leaves_no_half_file(files: Path) -> None:
    """What was written before a row came is replaced, and drafts are not taken for files."""
    photo = PhotoFactory(width=330, height=330)
    [row] = renditions.make(photo, [Spec(320, "webp")])
    whole = Path(default_storage.path(row.file.name))
    expected = whole.read_bytes()
    row.delete()
    whole.write_bytes(expected[:100])
    [again] = renditions.make(photo, [Spec(320, "webp")])
    assert Path(default_storage.path(again.file.name)) == whole
    assert whole.read_bytes() == expected
    assert [path.name for path in whole.parent.iterdir()] == ["w320.webp"]


class TestEnsure:
    def test_it_makes_one_that_no_worker_has_made(self) -> None:
        photo = PhotoFactory(width=700, height=500)
        row = renditions.ensure(photo, "w640.webp")
        assert (row.width, photo.renditions.count()) == (640, 1)
        assert renditions.ensure(photo, "w640.webp") == row

    @pytest.mark.parametrize(
        "name",
        ["w641.webp", "w640.webpx", "16x9-1280.f500x500.webp", "1x1-320.f1x1.webp", "../../secret", ""],
    )
    def test_it_makes_nothing_that_is_not_the_photo_s(self, name: str) -> None:
        photo = PhotoFactory(width=700, height=500)
        with pytest.raises(renditions.Unknown):
            renditions.ensure(photo, name)
        assert not photo.renditions.exists()

    @pytest.mark.parametrize(("asked", "given"), [("w640.webp", "w320.webp"), ("w1920.jpg", "w320.jpg")])
    def test_a_width_the_original_lacks_is_the_widest_below(self, asked: str, given: str) -> None:
        assert renditions.ensure(PhotoFactory(width=480, height=320), asked).name == given

    def test_a_focal_point_must_be_the_photo_s_or_a_release_s(self) -> None:
        photo = PhotoFactory(width=700, height=500)
        assert renditions.ensure(photo, "1x1-320.f1x1.webp", [(1, 1)]).width == 320
        photo.focal_x = 7
        assert renditions.ensure(photo, "1x1-320.f7x500.webp").width == 320
        assert renditions.ensure(photo, "1x1-320.f1x1.webp").width == 320, "what exists is given"

    def test_a_file_that_was_lost_is_made_again(self) -> None:
        photo = PhotoFactory()
        row = renditions.ensure(photo, "w320.webp")
        default_storage.delete(row.file.name)
        again = renditions.ensure(photo, "w320.webp")
        assert default_storage.exists(again.file.name)
        assert photo.renditions.count() == 1

    def test_a_lost_original_is_said_and_not_tried_again_at_once(self) -> None:
        photo = PhotoFactory()
        original = Path(default_storage.path(photo.original.name))
        data = original.read_bytes()
        original.unlink()
        with pytest.raises(renditions.Unmakeable):
            renditions.ensure(photo, "w320.webp")
        original.write_bytes(data)
        with pytest.raises(renditions.Unmakeable):
            renditions.ensure(photo, "w320.webp")

    def test_only_one_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(renditions, "PATIENCE", 0.05)
        photo = PhotoFactory()
        with renditions._AT_ONCE, pytest.raises(renditions.Busy):
            renditions.ensure(photo, "w320.webp")
        assert renditions.ensure(photo, "w320.webp").width == 320


def test_memory_stays_bounded_for_a_large_photo(tmp_path: Path) -> None:
    """Five WebP widths of 24 megapixels, in a process of their own; the benchmark has the exact figure."""
    script = Path(__file__).resolve().parents[2] / "bench" / "renditions.py"
    done = subprocess.run(
        [sys.executable, str(script), "--once"],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        cwd=script.parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["peak_mb"] < 100
