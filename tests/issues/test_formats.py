"""Formats of the paper: the grid in whole micrometres."""

from __future__ import annotations

import pytest

from issues import formats


@pytest.mark.parametrize(
    ("key", "sheet", "area", "grid"),
    [
        ("tabloid", (273_000, 393_000), (240_000, 350_000), (6, 40)),
        ("broadsheet", (393_000, 546_000), (350_000, 490_000), (8, 56)),
    ],
)
def test_sheet_type_area_and_grid(
    key: str, sheet: tuple[int, int], area: tuple[int, int], grid: tuple[int, int]
) -> None:
    form = formats.frozen(key)
    assert (form["width"], form["height"]) == sheet
    assert (form["area_width"], form["area_height"]) == area
    assert (form["columns"], form["rows"]) == grid
    assert all(isinstance(value, int) for name, value in form.items() if name != "key")


def test_the_type_area_is_centred_across_and_stands_a_little_high() -> None:
    form = formats.frozen("tabloid")
    assert form["left"] * 2 + form["area_width"] == form["width"]
    below = form["height"] - form["area_height"] - form["top"]
    assert 0 < below - form["top"] < 6_000


def test_a_row_is_two_lines_and_boxes_fill_the_area() -> None:
    form = formats.frozen("broadsheet", bleed=3_000)
    x, y, width, height = formats.rect(form, 0, 0, 8, 56)
    assert (x, y, width, height) == pytest.approx((form["left"], form["top"], 350_000, 490_000))
    assert formats.rect(form, 0, 0, 1, 1)[3] == 2 * form["leading"]
    first, second = formats.rect(form, 0, 0, 2, 1), formats.rect(form, 2, 0, 2, 1)
    assert second[0] - first[0] - first[2] == pytest.approx(form["gutter"])
    assert form["bleed"] == 3_000


def test_a_page_from_outside_has_a_grid_over_the_whole_sheet() -> None:
    form = formats.outside(300_000, 400_000)
    assert formats.rect(form, 250, 500, 500, 250) == pytest.approx((75_000, 200_000, 150_000, 100_000))
    assert formats.share(form, 250, 500, 500, 250) == [250, 500, 500, 250]
