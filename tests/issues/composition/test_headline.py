"""Headline stacks: sizes, breaks, what stands in them, horizontal and vertical."""

from __future__ import annotations

import pytest

from issues.composition.fit import shapes
from issues.composition.headline import LADDER, Head, headline_lines, stack
from issues.composition.vertical import upright
from issues.formats import frozen
from tests.issues.composition.paper import HEADLINES, byline, content, page, story, text
from tests.issues.composition.reading import FONTS, rect_of, runs_in, set_page, text_in


def broken(text: str, ems: float) -> list[str] | None:
    lines = headline_lines(FONTS, text, ems * 24, 24)
    return None if lines is None else ["".join(run[5] for run in line.runs(24.0)).strip() for line in lines]


def test_it_breaks_at_its_space_first() -> None:
    assert broken("白鹭回来了 游人多起来", 8) == ["白鹭回来了", "游人多起来"]


def test_on_one_line_the_space_stays() -> None:
    (line,) = headline_lines(FONTS, "精准发力 创城提速", 400, 24) or ()
    assert line.width == pytest.approx(8.5)


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("ems", [6, 8, 10])
def test_no_character_stands_alone_and_words_stay_whole(headline: str, ems: int) -> None:
    made = broken(headline, ems)
    if made is None:
        return
    assert 1 <= len(made) <= 3
    assert all(len(line) >= 2 for line in made)
    for word in ("新区", "群众", "运动会", "无人机", "图书", "推进会"):
        assert word not in headline or any(word in line for line in made)


def test_more_than_three_lines_are_not_offered() -> None:
    assert broken("清" * 40, 10) is None


def test_the_stack_holds_all_its_parts() -> None:
    told = content(
        text(300),
        "老街巷里的“新账本”",
        kicker="柳荫路街道治理见闻",
        subheadline="——从有人管到管得好",
        lede="三年前，这里是投诉最多的老街。",
        bylines=[byline("罗小舟", "headline")],
        series={"title": "家门口的变化", "strapline": ""},
        instalment="街巷篇",
    )
    placed = story(1, (0, 0, 4, 20), told)
    made = page(placed)
    drawn = text_in(set_page(made), rect_of(made, placed))
    stood = "家门口的变化·街巷篇柳荫路街道治理见闻老街巷里的“新账本”——从有人管到管得好"
    assert drawn.startswith(stood + "三年前，这里是投诉最多的老街。□记者罗小舟")


def test_the_placements_own_stack_replaces_the_storys() -> None:
    own = {"kicker": "", "headline": "老街新貌", "subheadline": ""}
    placed = story(1, (0, 0, 4, 20), content(text(300), kicker="引题"), stack=own)
    made = page(placed)
    composed = set_page(made)
    drawn = text_in(composed, rect_of(made, placed))
    assert drawn.startswith("老街新貌")
    assert "引题" not in drawn
    assert composed.drawing["marks"][0][0] == "老街新貌"


def test_automatic_sizes_are_of_the_ladder_and_grow_with_the_box() -> None:
    def size(cols: int, rows: int, characters: int) -> int:
        placed = story(1, (0, 0, cols, rows), content(text(characters)), weight=80)
        return set_page(page(placed)).boxes[1].size

    small, large = size(1, 14, 200), size(5, 30, 2600)
    assert {small, large} <= {round(s * 1000) for s in LADDER}
    assert small <= 18000 < large


@pytest.mark.parametrize(
    ("weight", "most"),
    [(90, 42), (75, 42), (74, 31.5), (60, 31.5), (59, 28), (45, 28), (44, 21), (30, 21), (29, 16)],
)
def test_the_lighter_story_is_not_the_louder(weight: int, most: float) -> None:
    for vertical in (False, True):
        placed = story(
            1, (0, 0, 6, 36), content(text(3600), "新桥通车"), {"vertical": vertical}, weight=weight
        )
        fit = set_page(page(placed)).boxes[1]
        assert fit.size <= most * 1000
        assert vertical or fit.size == most * 1000 or weight >= 75
        found = shapes(placed, frozen("tabloid"), FONTS)
        true = 0 if fit.state == "full" else fit.under - fit.over
        assert abs(int(found.free[5, 35]) - true) < 60


def test_a_story_frozen_without_a_weight_is_of_the_middle() -> None:
    placed = story(1, (0, 0, 6, 36), content(text(3600), "新桥通车"))
    del placed["weight"]
    assert set_page(page(placed)).boxes[1].size == 28000


def test_a_size_asked_for_is_kept() -> None:
    assert set_page(page(story(1, (0, 0, 4, 20), content(text(400)), {"size": 28000}))).boxes[1].size == 28000


def test_a_very_long_headline_makes_the_box_overset_or_fits() -> None:
    for rows in (2, 4, 40):
        fit = set_page(page(story(1, (0, 0, 1, rows), content(text(100), "清湖" * 100)))).boxes[1]
        assert fit.placed in (0, fit.total) or fit.over
    assert set_page(page(story(1, (0, 0, 1, 2), content(text(100), "清湖" * 100)))).boxes[1].over == 100


def test_alignment_left_and_centre() -> None:
    def left(align: str) -> float:
        placed = story(1, (0, 0, 4, 14), content(text(300), "新桥通车"), {"align": align})
        made = page(placed)
        rect = rect_of(made, placed)
        return next(i[1] for i in runs_in(set_page(made), rect) if "新桥" in i[6]) - rect.x

    assert left("left") == pytest.approx(0, abs=0.01)
    assert left("center") > 100


def test_a_vertical_headline_stands_at_the_right_and_the_text_beside_it() -> None:
    told = content(text(500), "书香伴着灯光亮到夜深", kicker="延时开放", subheadline="读者多了")
    placed = story(1, (0, 0, 3, 24), told, {"vertical": True})
    made = page(placed)
    composed, rect = set_page(made), rect_of(made, placed)
    items = runs_in(composed, rect)
    head = [item for item in items if item[6] in "书香伴着灯光亮到夜深" and item[3] > 12]
    assert len(head) == 10
    assert len({round(item[1], 1) for item in head}) == 1
    assert [item[2] for item in head] == sorted(item[2] for item in head)
    body = [item for item in items if item[3] == 9.0 and len(item[6]) > 5]
    assert max(item[1] for item in body) < head[0][1]
    assert composed.boxes[1].placed + composed.boxes[1].over == composed.boxes[1].total


def test_a_vertical_headline_is_as_tall_as_its_box_allows() -> None:
    for rows, least in ((12, 28000), (20, 31500)):
        told = content(text(rows * 38), "书香伴着灯光亮", bylines=[byline("罗小舟", "headline")])
        placed = story(1, (0, 0, 3, rows), told, {"vertical": True}, weight=80)
        made = page(placed, number=1, credits=[])
        composed, rect = set_page(made), rect_of(made, placed)
        items = runs_in(composed, rect)
        assert composed.boxes[1].size >= least
        head = [item for item in items if item[3] * 1000 == composed.boxes[1].size]
        top, foot = min(item[2] - item[3] for item in head), max(item[2] for item in head)
        assert len({round(item[1], 1) for item in head}) > 1 or foot - top > rect.height * 0.6


def test_the_byline_of_a_vertical_headline_stands_upright_at_its_foot() -> None:
    told = content(text(700), "书香伴着灯光亮", bylines=[byline("罗小舟", "headline")])
    placed = story(1, (0, 0, 3, 24), told, {"vertical": True}, weight=60)
    made = page(placed, number=1, credits=[])
    rect = rect_of(made, placed)
    items = runs_in(set_page(made), rect)
    named = [item for item in items if item[6] in "罗小舟"][-3:]
    assert [item[6] for item in named] == ["罗", "小", "舟"]
    assert len({round(item[1]) for item in named}) == 1
    assert named[0][1] > rect.x + rect.width * 0.8
    assert named[-1][2] > rect.y + rect.height - 15


def test_vertical_marks_take_their_upright_forms() -> None:
    made = upright(FONTS, Head(headline="“清湖”28日通车，"), 400, 24)
    assert made is not None
    drawn = [letters.line.words.text for letters in made.letters]
    assert drawn == ["﹁", "清", "湖", "﹂", "28", "日", "通", "车", "︐"]


def test_a_stack_without_a_headline_has_no_height_but_its_white() -> None:
    assert (stack(FONTS, Head(), 200, 24, "left", 9.0) or [0, 99])[1] < 9
