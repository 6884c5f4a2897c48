"""Names and sizes of renditions: functions of numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.specs import CROP_WIDTHS, CROPS, WIDTHS, Spec, crop_size, parse, plan, sources

sides = st.integers(1, 20_000)
thousandths = st.integers(0, 1000)


@given(sides, sides, thousandths, thousandths)
def test_every_planned_rendition_fits_inside_the_original(width: int, height: int, x: int, y: int) -> None:
    for spec in plan(width, height, (x, y)):
        left, top, right, bottom = spec.box(width, height)
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert spec.width <= right - left, "enlarged"
        assert spec.size(width, height)[1] >= 1


@given(sides, sides, thousandths, thousandths)
def test_every_name_is_read_back_as_what_it_names(width: int, height: int, x: int, y: int) -> None:
    specs = plan(width, height, (x, y))
    assert [parse(spec.name) for spec in specs] == specs
    assert len({spec.name for spec in specs}) == len(specs)


@given(sides, sides)
def test_each_shape_has_at_least_one_rendition_of_each_format(width: int, height: int) -> None:
    made = {(spec.crop, spec.format) for spec in plan(width, height, (500, 500))}
    assert made == {(crop, kind) for crop in ("", *CROPS) for kind in ("webp", "jpg")}


def test_a_large_photo_has_all_widths_and_all_crops() -> None:
    names = {spec.name for spec in plan(6000, 4000, (250, 750))}
    assert names == {f"w{w}.{kind}" for w in WIDTHS for kind in ("webp", "jpg")} | {
        f"{crop}-{w}.f250x750.{kind}" for crop in CROPS for w in CROP_WIDTHS for kind in ("webp", "jpg")
    }


def test_a_small_picture_keeps_its_own_width() -> None:
    names = [spec.name for spec in plan(200, 100, (500, 500)) if not spec.crop]
    assert names == ["w200.webp", "w200.jpg"]


def test_no_rendition_is_longer_than_a_webp_can_be() -> None:
    heights = [spec.size(1080, 21_600)[1] for spec in plan(1080, 21_600, (500, 500))]
    assert max(heights) <= 16_383


@pytest.mark.parametrize(
    ("focal", "box"),
    [
        ((500, 500), (1000, 0, 5000, 4000)),
        ((0, 0), (0, 0, 4000, 4000)),
        ((1000, 1000), (2000, 0, 6000, 4000)),
        ((400, 0), (400, 0, 4400, 4000)),
    ],
)
def test_a_crop_is_centred_on_the_focal_point_as_far_as_the_picture_goes(
    focal: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    assert Spec(640, "jpg", "1x1", focal).box(6000, 4000) == box


@given(sides, sides, st.sampled_from(sorted(CROPS)))
def test_a_crop_is_as_large_as_the_picture_allows(width: int, height: int, crop: str) -> None:
    wide, high = crop_size(width, height, crop)
    assert wide <= width
    assert high <= height
    assert wide >= width - 1 or high >= height - CROPS[crop][1]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "w640",
        "w640.png",
        "w0640.webp",
        "w641.webp",
        "w+640.webp",
        "w640.webp\n",
        "w６４０.webp",
        "w640.webp/../../secret",
        "../w640.webp",
        "W640.webp",
        "w99999.webp",
        "16x9-640.webp",
        "16x9-640.f500x1001.webp",
        "16x9-640.f0500x500.webp",
        "16x9-641.f500x500.webp",
        "3x2-640.f500x500.webp",
        "16x9-640.f-1x500.webp",
        "16x9-0.f500x500.webp",
    ],
)
def test_a_name_has_exactly_one_spelling(name: str) -> None:
    assert parse(name) is None


@given(st.text(max_size=40))
def test_any_text_is_a_name_or_none(text: str) -> None:
    spec = parse(text)
    assert spec is None or spec.name == text


def test_the_sources_of_a_picture() -> None:
    found = sources("abc", 1000, 750, (500, 500))
    assert found == {
        "webp": "/photos/abc/w320.webp 320w, /photos/abc/w640.webp 640w, /photos/abc/w960.webp 960w",
        "jpeg": "/photos/abc/w320.jpg 320w, /photos/abc/w640.jpg 640w, /photos/abc/w960.jpg 960w",
        "src": "/photos/abc/w960.jpg",
        "width": 960,
        "height": 720,
    }


def test_the_sources_of_a_crop_name_the_focal_point() -> None:
    found = sources("abc", 1000, 750, (100, 900), "16x9")
    assert found["webp"] == "/photos/abc/16x9-320.f100x900.webp 320w, /photos/abc/16x9-640.f100x900.webp 640w"
    assert (found["src"], found["width"], found["height"]) == ("/photos/abc/16x9-640.f100x900.jpg", 640, 360)


@given(sides, sides, thousandths, thousandths, st.sampled_from([None, *CROPS]))
def test_readers_are_sent_only_to_planned_renditions(
    width: int, height: int, x: int, y: int, crop: str | None
) -> None:
    planned = {spec.name for spec in plan(width, height, (x, y))}
    found = sources("abc", width, height, (x, y), crop)
    named = [part.split()[0] for part in f"{found['webp']}, {found['jpeg']}".split(", ")]
    assert {address.removeprefix("/photos/abc/") for address in [*named, found["src"]]} <= planned
