"""Pictures in story boxes and alone: places, crops, captions."""

from __future__ import annotations

from typing import Any

import pytest

from issues.composition.picture import crop
from tests.issues.composition.paper import box, content, page, photo, story, text
from tests.issues.composition.reading import rect_of, set_page, text_in


def image(style: dict[str, Any], **given: Any) -> tuple[list[Any], Any, Any]:
    photos = given.pop("photos", [photo()])
    placed = story(1, (0, 0, 4, 24), content(text(800), photos=photos), style)
    made = page(placed)
    composed = set_page(made)
    items = [item for item in composed.drawing["items"] if item[0] == "image"]
    return items[0] if items else [], rect_of(made, placed), composed


@pytest.mark.parametrize(("place", "left"), [("left", True), ("right", False), ("top", True)])
def test_its_place(place: str, left: bool) -> None:
    item, rect, _ = image({"picture": place, "picture_columns": 1})
    assert (
        item[1] == pytest.approx(rect.x, abs=0.1)
        if left
        else item[1] + item[3] == pytest.approx(rect.x + rect.width, abs=0.1)
    )


def test_at_the_bottom_its_caption_ends_with_the_text() -> None:
    item, rect, _ = image({"picture": "bottom"})
    assert item[2] + item[4] > rect.y + rect.height * 0.9
    assert item[3] == pytest.approx(rect.width, abs=0.1)


def test_none_is_none() -> None:
    assert image({"picture": "none"})[0] == []
    assert image({"pictures": 0})[0] == []


def test_the_caption_and_the_credit_are_drawn() -> None:
    _, rect, composed = image({"picture": "right"})
    drawn = text_in(composed, rect)
    assert "湖滨步道建成后，每天都有不少居民前来散步健身。" in drawn
    assert "孟小满摄" in drawn


@pytest.mark.parametrize(("mode", "aspect"), [("16x9", 16 / 9), ("4x3", 4 / 3), ("1x1", 1), ("whole", 1.5)])
def test_a_fixed_crop_keeps_its_aspect(mode: str, aspect: float) -> None:
    item, _, _ = image({"picture": "right", "picture_columns": 1, "crop": mode})
    assert item[3] / item[4] == pytest.approx(aspect, rel=0.02)


def test_an_automatic_crop_stays_in_its_bounds() -> None:
    item, _, _ = image({"picture": "right", "picture_columns": 1})
    natural = item[3] / 1.5
    assert 0.79 * natural <= item[4] <= 1.26 * natural


def test_what_is_shown_is_not_distorted() -> None:
    item, _, _ = image({"picture": "right"})
    left, top, right, bottom = item[6]
    wide, high = 3000 * (1000 - left - right), 2000 * (1000 - top - bottom)
    assert item[3] / item[4] == pytest.approx(wide / high, rel=0.01)


def test_the_crop_keeps_the_focal_point() -> None:
    assert crop(1.5, 1.0, (500, 500)) == (167, 0, 166, 0)
    assert crop(1.5, 1.0, (0, 500)) == (0, 0, 333, 0)
    assert crop(1.5, 1.0, (1000, 500)) == (333, 0, 0, 0)
    assert crop(1.0, 2.0, (500, 900)) == (0, 500, 0, 0)


def test_a_group_of_pictures_shares_a_row_and_a_joint_caption() -> None:
    photos = [photo(), photo(2000, 2000, caption="", credit="", joined=True)]
    _, rect, composed = image({"picture": "top", "pictures": 2}, photos=photos)
    images = [i for i in composed.drawing["items"] if i[0] == "image"]
    assert len(images) == 2
    assert images[0][2] == images[1][2]
    assert images[0][4] == pytest.approx(images[1][4], abs=0.01)
    assert images[1][1] + images[1][3] == pytest.approx(rect.x + rect.width, abs=0.1)
    assert text_in(composed, rect).count("湖滨步道") == 1


@pytest.mark.parametrize("size", [(4000, 100), (100, 4000), (1, 1)])
@pytest.mark.parametrize("mode", ["auto", "whole", "3x4"])
def test_pictures_of_any_shape_stay_in_their_box(size: tuple[int, int], mode: str) -> None:
    for place in ("auto", "top", "left", "bottom"):
        item, rect, _ = image({"picture": place, "crop": mode}, photos=[photo(*size)])
        if item:
            assert item[3] > 0
            assert item[4] > 0
            assert item[2] >= rect.y
            assert item[2] + item[4] <= rect.y + rect.height
            assert rect.x - 0.1 <= item[1]
            assert item[1] + item[3] <= rect.x + rect.width + 0.1


def test_few_pixels_are_told() -> None:
    _, _, composed = image({"picture": "top"}, photos=[photo(300, 200)])
    warning = next(w for w in composed.warnings if w["warning"] == "few_pixels")
    assert warning["placement"] == 1
    assert warning["dpi"] < 200
    assert composed.images["p00300x00200"]["sha256"] == "0" * 64


def test_no_room_for_it_is_told() -> None:
    placed = story(1, (0, 0, 1, 2), content(text(20), "", photos=[photo(300, 900)]))
    composed = set_page(page(placed))
    assert "no_room_for_picture" in {w["warning"] for w in composed.warnings}


def test_a_picture_alone_fills_its_box_with_its_caption() -> None:
    placed = box(1, "picture", (0, 0, 3, 12), photo=photo(), caption="市民在湖滨健步走。", credit="路遥遥 摄")
    made = page(placed)
    composed, rect = set_page(made), rect_of(made, placed)
    item = next(i for i in composed.drawing["items"] if i[0] == "image")
    assert item[3] == pytest.approx(rect.width, abs=0.1)
    assert item[7] == "市民在湖滨健步走。"
    assert text_in(composed, rect) == "市民在湖滨健步走。路遥遥摄"
    assert composed.boxes[1].state == "full"


def test_a_caption_too_long_for_its_box_is_overset() -> None:
    placed = box(1, "picture", (0, 0, 1, 3), photo=photo(), caption="清湖" * 200)
    fit = set_page(page(placed)).boxes[1]
    assert fit.over == fit.total == 400
