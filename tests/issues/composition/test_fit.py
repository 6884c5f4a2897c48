"""What automatic layout asks agrees with the composed page."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from issues.composition import Composed
from issues.composition.fit import NEVER, PICTURE, shapes
from issues.formats import frozen
from tests.issues.composition.paper import HEADLINES, box, byline, content, page, photo, story, text
from tests.issues.composition.reading import FONTS, set_page


def left_out(made: Composed) -> bool:
    return bool({"no_room", "no_room_for_picture"} & {warning["warning"] for warning in made.warnings})


@pytest.mark.parametrize("seed", range(12))
def test_it_agrees_with_composing_within_two_lines_a_column(seed: int) -> None:
    random = Random(seed)
    key = random.choice(["tabloid", "broadsheet"])
    form = frozen(key)
    body = text(random.choice([150, 500, 1200, 3000]), seed)
    if seed % 3 == 0:
        body = body + "<h2>小标题</h2>" + text(300, seed + 50)
    told = content(body, random.choice(HEADLINES), photos=[photo()] if seed % 2 else [])
    style = {"rule": random.choice(["top", "frame"]), "vertical": seed == 5}
    found = shapes(story(1, (0, 0, 1, 1), told, style), form, FONTS)
    for _ in range(12):
        cols, rows = random.randint(1, form["columns"]), random.randint(2, form["rows"])
        made = set_page(page(story(1, (0, 0, cols, rows), told, style), key=key))
        fit = made.boxes[1]
        true = 0 if fit.state == "full" else fit.under - fit.over
        if left_out(made):
            true = -fit.over - PICTURE * bool(told["photos"])
        assert abs(int(found.free[cols - 1, rows - 1]) - true) <= 2 * max(fit.columns, 1) * 18, (
            cols,
            rows,
            fit,
        )


def test_more_room_is_never_less() -> None:
    found = shapes(story(1, (0, 0, 1, 1), content(text(800, 2))), frozen("tabloid"), FONTS)
    assert found.over.shape == found.under.shape == (6, 40)
    assert (np.diff(found.over, axis=1) <= 0).all()
    assert not ((found.over > 0) & (found.under > 0)).any()
    assert (found.over == 0).any()
    assert ((found.over == 0) & (found.under == 0)).any()


def test_the_kinds_without_columns() -> None:
    form, content_ = frozen("tabloid"), page()
    masthead = shapes(box(1, "masthead", (0, 0, 1, 1)), form, FONTS, content_)
    assert masthead.over[5, 4] == 0
    assert masthead.over[4, 4] == NEVER
    banner = shapes(box(1, "banner", (0, 0, 1, 1)), form, FONTS, content_)
    assert banner.over[5, 1] == 0
    assert banner.over[0, 1] == NEVER
    filler = shapes(box(1, "filler", (0, 0, 1, 1), title="节约用水"), form, FONTS, content_)
    assert filler.over[2, 10] == 0
    assert filler.over[0, 0] > 0
    picture = shapes(box(1, "picture", (0, 0, 1, 1), photo=photo(), caption="说明"), form, FONTS, content_)
    assert picture.free[2, 8] == 0
    assert picture.under[2, 30] > 0


CAPTION = "湖滨步道建成后，每天都有不少居民前来散步健身，"


@pytest.mark.parametrize("shape", [(3000, 2000), (2000, 3000)])
@pytest.mark.parametrize("body", ["", "<p>清晨的湖面，薄雾初散，白鹭从芦苇间飞起。</p>"])
def test_a_picture_story_fills_boxes_of_its_own_shape(shape: tuple[int, int], body: str) -> None:
    told = content(
        body,
        "湖上白鹭",
        kind="picture",
        photos=[photo(*shape, caption=CAPTION * 4)],
        bylines=[byline("陆禾")],
    )
    found = shapes(story(1, (0, 0, 1, 1), told), frozen("tabloid"), FONTS)
    for cols in range(1, 6):
        full = {rows for rows in range(2, 40) if found.free[cols - 1, rows - 1] == 0}
        assert full, cols
        for rows in range(2, 40):
            made = set_page(page(story(1, (0, 0, cols, rows), told)))
            assert (rows in full) == (made.boxes[1].state == "full" and not left_out(made)), (cols, rows)


def test_a_box_in_which_the_picture_is_left_out_is_never_full() -> None:
    for body in ("", text(300)):
        told = content(body, "湖上白鹭", photos=[photo(2000, 3000)])
        found = shapes(story(1, (0, 0, 1, 1), told), frozen("tabloid"), FONTS)
        for cols in range(1, 7):
            for rows in range(2, 14):
                if left_out(set_page(page(story(1, (0, 0, cols, rows), told)))):
                    assert found.over[cols - 1, rows - 1] >= PICTURE, (cols, rows)
