"""Pictures for a page: cut to the pixel, never finer than the press can print, in its inks alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from issues.typeset import images, preflight
from issues.typeset.images import Target
from tests.issues.typeset.sheets import ghostscript, jpeg, looked_at, printed, profile, sheet, text

RED, BLUE = (220, 30, 30), (30, 40, 200)
RGB = Target("rgb")


def quarters(width: int = 1200, height: int = 800, **options: object) -> bytes:
    """Blue, its upper left quarter red."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=95, **options)
    return target.getvalue()


def made(
    data: bytes,
    size: tuple[int, int] = (1200, 800),
    crop: images.Crop = images.WHOLE,
    printed: tuple[float, float] = (144, 96),
    target: Target = RGB,
) -> Image.Image:
    with Image.open(io.BytesIO(images.made(io.BytesIO(data), "JPEG", size, crop, printed, target))) as image:
        image.load()
        return image


@pytest.mark.parametrize(
    ("crop", "points", "dpi"),
    [
        ((0, 0, 0, 0), (72, 72), 800),
        ((0, 0, 0, 0), (144, 96), 600),
        ((250, 0, 250, 0), (72, 96), 600),
        ((0, 0, 0, 0), (14400, 9600), 6),
    ],
)
def test_effective_dpi(crop: images.Crop, points: tuple[float, float], dpi: int) -> None:
    assert images.effective_dpi((1200, 800), crop, points) == dpi


def test_it_is_no_finer_than_can_be_printed() -> None:
    assert made(quarters()).size == (600, 400)
    assert made(quarters(), target=Target("rgb", 150)).size == (300, 200)
    assert made(quarters(), printed=(720, 480)).size == (1200, 800)  # and never made larger


def test_only_what_is_shown_is_in_the_file() -> None:
    image = made(quarters(), crop=(0, 0, 500, 500), printed=(144, 96))
    assert image.size == (600, 400)
    for place in ((1, 1), (598, 398)):
        assert image.getpixel(place) == pytest.approx(RED, abs=8)
    image = made(quarters(), crop=(500, 500, 0, 0), printed=(144, 96))
    assert image.getpixel((1, 1)) == pytest.approx(BLUE, abs=8)


def test_phone_pictures_stand_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # what is stored above belongs to the right
    image = made(quarters(exif=exif), (800, 1200), crop=(500, 0, 0, 500), printed=(96, 144))
    assert image.getpixel((5, 5)) == pytest.approx(RED, abs=8)


def test_nothing_of_the_file_but_its_pixels_goes_along() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret"
    assert b"secret" not in images.made(
        io.BytesIO(quarters(exif=exif)), "JPEG", (1200, 800), images.WHOLE, (144, 96), Target("rgb")
    )


def test_the_printers_profile_makes_the_inks() -> None:
    press = profile()
    image = made(quarters(), target=images.target(True, press))
    assert image.mode == "CMYK"
    assert "icc_profile" not in image.info
    wanted = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), RED),
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(press)),
        outputMode="CMYK",
    )
    assert wanted is not None
    assert image.getpixel((5, 5)) == pytest.approx(wanted.getpixel((0, 0)), abs=10)


def test_without_a_profile_colours_stay_as_they_are() -> None:
    assert images.target(True, None).inks == "rgb"
    assert made(quarters(), target=images.target(True, b"")).mode == "RGB"


def test_on_a_black_page_there_is_one_ink() -> None:
    image = made(quarters(), target=images.target(False, b"any"))
    assert image.mode == "CMYK"
    bands = image.split()
    assert [band.getextrema() for band in bands[:3]] == [(0, 0)] * 3
    assert bands[3].getextrema()[0] > 100


@pytest.mark.parametrize("inks", ["cmyk", "black"])
def test_the_inks_arrive_in_the_pdf(inks: str, tmp_path: Path) -> None:
    """Typst hands a CMYK JPEG on as it is, its inversion with it: on paper and on screen it looks right."""
    ghostscript()
    pure = jpeg((255, 0, 0, 0) if inks == "cmyk" else (0, 0, 0, 255), (60, 40), "CMYK")
    pdf = printed(sheet(["image", 0, 0, 200, 300, "a", [0, 0, 0, 0], ""]), pictures=lambda key: pure)
    coverage = preflight.ink_coverage(pdf)
    assert coverage == pytest.approx((0.5, 0, 0, 0) if inks == "cmyk" else (0, 0, 0, 0.5), abs=0.01)
    shown = looked_at(pdf).getpixel((100, 100))
    assert shown == pytest.approx((0, 174, 239) if inks == "cmyk" else (35, 31, 32), abs=12)


def test_a_black_page_with_a_colour_photo_is_black() -> None:
    ghostscript()
    cut = images.made(io.BytesIO(quarters()), "JPEG", (1200, 800), images.WHOLE, (144, 96), Target("black"))
    drawing = sheet(text("港口"), ["image", 10, 110, 144, 96, "a", [0, 0, 0, 0], ""], colour=False)
    coverage = preflight.ink_coverage(printed(drawing, pictures=lambda key: cut))
    assert coverage is not None
    assert coverage[:3] == (0, 0, 0)
    assert coverage[3] > 0.1
