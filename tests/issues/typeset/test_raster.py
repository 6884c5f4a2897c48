"""A page's pictures: the widths asked for, few colours, and no eye sees which are missing."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from issues.typeset import press
from media import pdfium
from tests.factories.media import picture
from tests.issues.typeset.sheets import jpeg, looked_at, printed, sheet, text

PHOTO = picture(900, 600, 1)


def page() -> bytes:
    lines = [text("港口今日开航两岸居民盼了三年", 20, 170 + 12 * line) for line in range(10)]
    bar = ["rect", 200, 160, 180, 30, "accent", None, 0]
    photo = ["image", 20, 10, 180, 120, "a", [0, 0, 0, 0], ""]
    return printed(
        sheet(*lines, bar, text("通栏", 210, 180, 20, colour="paper"), photo), pictures=lambda key: PHOTO
    )


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        assert image.format == "PNG"
        image.load()
        return image


def distance(one: Image.Image, other: Image.Image) -> float:
    mean = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return sum(mean) / len(mean)


def test_each_width_is_made() -> None:
    made = press.pictures(page())
    assert list(made) == [480, 1080, 2160]
    for width, png in made.items():
        image = opened(png)
        assert image.size == (width, width * 3 // 4)
        assert image.mode == "P"


def test_few_colours_look_like_all_of_them() -> None:
    pdf = page()
    png = press.pictures(pdf, 0, [1600])[1600]
    few, all_of_them = opened(png).convert("RGB"), looked_at(pdf, 4)
    assert few.getpixel((3, 3)) == (255, 255, 255)
    assert few.getpixel((810, 650)) == all_of_them.getpixel((810, 650))  # the bar, to the level
    text_area, photo = (80, 640, 780, 1160), (90, 50, 790, 510)
    assert distance(few.crop(text_area), all_of_them.crop(text_area)) < 1.5
    blurred = [image.crop(photo).reduce(4) for image in (few, all_of_them)]
    assert distance(*blurred) < 2.5  # as the eye sees dots
    target = io.BytesIO()
    all_of_them.save(target, "PNG")
    assert len(png) < 0.6 * len(target.getvalue())


def test_a_page_without_photos_and_one_that_is_all_photo() -> None:
    for items in ([text("港口")], [], [["image", 0, 0, 400, 300, "a", [0, 0, 0, 0], ""]]):
        pdf = printed(sheet(*items), pictures=lambda key: PHOTO)
        few = opened(press.pictures(pdf, 0, [800])[800])
        assert distance(few, looked_at(pdf, 2)) < 6


def test_photos_are_found_on_a_turned_page() -> None:
    """Pages from outside come in every position; an undithered photo would show bands."""
    with pdfium.opened(page()) as document:
        document[0].set_rotation(90)
        turned = pdfium.saved(document)
    few = opened(press.pictures(turned, 0, [1200])[1200])
    assert few.size == (1200, 1600)
    whole = looked_at(turned, 4)
    where = (1200 - 510, 90, 1200 - 50, 790)
    assert distance(few.convert("RGB").crop(where).reduce(4), whole.crop(where).reduce(4)) < 2.5


def test_one_page_of_several() -> None:
    with pdfium.empty() as document:
        for run in ("第一", "第二"):
            with pdfium.opened(printed(sheet(text(run)))) as one:
                document.import_pages(one)
        both = pdfium.saved(document)
    first, second = (press.pictures(both, number, [400])[400] for number in (0, 1))
    assert first != second
    with pytest.raises(pdfium.PdfiumError):
        press.pictures(both, 2, [400])


def test_the_preview_is_the_page() -> None:
    pdf = page()
    with Image.open(io.BytesIO(press.preview(pdf, 800))) as image:
        assert image.format == "JPEG"
        assert image.size == (800, 600)
        assert distance(image, looked_at(pdf, 2)) < 3


@pytest.mark.parametrize("quick", [True, False])
def test_pictures_show_the_page_after_the_cut(quick: bool) -> None:
    """Hot areas and marks are places on the trimmed page."""
    corner = ["rect", 0, 0, 10, 10, "k100", None, 0]
    pdf = printed(sheet(corner, bleed=20), quick=quick)
    with Image.open(io.BytesIO(press.preview(pdf, 400))) as image:
        assert image.size == (400, 300)
        assert max(image.getpixel((4, 4))) < 60 < 250 < min(image.getpixel((14, 14)))
    assert opened(press.pictures(pdf, 0, [400])[400]).size == (400, 300)


def test_what_is_no_pdf() -> None:
    with pytest.raises(pdfium.PdfiumError):
        press.pictures(jpeg())
