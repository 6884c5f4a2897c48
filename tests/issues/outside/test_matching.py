"""Stories are found on a page that somebody else laid out, each where it stands."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest

from issues.outside.matching import propose
from issues.outside.reading import read_pdf
from tests.issues.outside.pages import Layout, prose, story

# x, y, width, height in points and columns: a page of six stories
BOXES = [
    (47, 60, 440, 380, 4),
    (498, 60, 228, 380, 2),
    (47, 460, 335, 300, 3),
    (393, 460, 335, 300, 3),
    (47, 780, 228, 280, 2),
    (285, 780, 440, 280, 4),
]
Rect = tuple[float, ...]


def lines(layout: Layout) -> list[tuple[str, int, int, int, int]]:
    [page] = read_pdf(io.BytesIO(layout.pdf()), "page.pdf")
    return page.text


def likeness(one: Rect, other: Rect) -> float:
    """The share of both together that they have in common, 0 to 1."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    common = max(across, 0) * max(down, 0)
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def overlap(areas: dict[Any, list[Rect]]) -> bool:
    all_of_them = [rect for rects in areas.values() for rect in rects]
    return any(
        likeness(one, other) > 0 for place, one in enumerate(all_of_them) for other in all_of_them[:place]
    )


@pytest.fixture(scope="module")
def six() -> tuple[Layout, dict[int, dict[str, str]]]:
    """A full page, and its stories."""
    layout = Layout()
    stories = {number: story(number, 4000) for number in range(len(BOXES))}
    for number, box in enumerate(BOXES):
        layout.place(number, stories[number], *box)
    return layout, stories


def test_each_story_is_found_where_it_stands(six: tuple[Layout, dict[int, dict[str, str]]]) -> None:
    layout, stories = six
    areas = propose(lines(layout), stories)
    assert areas.keys() == stories.keys()
    for key, rects in areas.items():
        assert len(rects) == 1
        assert likeness(rects[0], layout.truth[key]) > 0.9
    assert not overlap(areas)


def test_the_order_of_the_lines_says_nothing(six: tuple[Layout, dict[int, dict[str, str]]]) -> None:
    layout, stories = six
    found = lines(layout)
    shuffled = found[:]
    random.Random(1).shuffle(shuffled)
    assert propose(shuffled, stories) == propose(found, stories)


def test_punctuation_tags_and_width_say_nothing(six: tuple[Layout, dict[int, dict[str, str]]]) -> None:
    layout, stories = six
    bare = [(chars.replace("，", "").replace("。", ","), *box) for chars, *box in lines(layout)]
    tagged = {
        key: {
            "headline": f"{one['headline'][:4]}　{one['headline'][4:]}",
            "body": f"<p>{one['body']}</p>&nbsp;",
        }
        for key, one in stories.items()
    }
    areas = propose(bare, tagged)
    for key, rects in areas.items():
        assert likeness(rects[0], layout.truth[key]) > 0.9


def test_a_story_that_is_not_there_is_left_out(six: tuple[Layout, dict[int, dict[str, str]]]) -> None:
    layout, stories = six
    areas = propose(lines(layout), stories | {"other": story(99), "empty": {"headline": "", "body": ""}})
    assert areas.keys() == stories.keys()
    assert propose([], stories) == {}
    assert propose(lines(layout), {}) == {}


def test_stories_that_share_paragraphs() -> None:
    """The same meeting, told twice: what they have in common goes with what stands beside it."""
    shared = prose(50, 200)
    stories = {
        "a": {"headline": "全区经济工作会议", "body": prose(1, 500) + shared + prose(2, 500)},
        "b": {"headline": "经济工作会议侧记", "body": prose(3, 500) + shared + prose(4, 500)},
    }
    layout = Layout()
    layout.place("a", stories["a"], 47, 60, 335, 500, 3)
    layout.place("b", stories["b"], 393, 60, 335, 500, 3)
    areas = propose(lines(layout), stories)
    for key, rects in areas.items():
        assert likeness(rects[0], layout.truth[key]) > 0.8
    assert len(areas) == 2
    assert not overlap(areas)


def test_a_guide_on_page_one_is_not_the_story() -> None:
    stories = {"a": story(1, 900), "b": story(2, 900)}
    layout = Layout()
    layout.place("a", stories["a"], 47, 300, 600, 300, 4)
    layout.text("导读　" + stories["b"]["headline"] + "　见第2版", 47, 60, 500, 14)
    assert propose(lines(layout), stories).keys() == {"a"}


def test_a_headline_quoted_elsewhere_does_not_stretch_the_area() -> None:
    stories = {"a": story(1, 1500)}
    layout = Layout()
    layout.place("a", stories["a"], 47, 700, 600, 300, 4)
    layout.text("导读　" + stories["a"]["headline"], 47, 60, 500, 14)
    [rect] = propose(lines(layout), stories)["a"]
    assert likeness(rect, layout.truth["a"]) > 0.9


def test_a_story_around_another_is_in_parts() -> None:
    """Its text goes on beside and below a box in its middle."""
    stories = {"outer": story(1, 3000), "inner": story(2, 400)}
    layout = Layout()
    rest = layout.place("outer", stories["outer"], 47, 60, 220, 800, 2)
    layout.place("inner", stories["inner"], 285, 60, 220, 380, 2)
    layout.text(rest, 285, 460, 220, 400, 2)
    areas = propose(lines(layout), stories)
    assert len(areas["outer"]) == 2
    assert len(areas["inner"]) == 1
    assert not overlap(areas)
    assert likeness(areas["inner"][0], layout.truth["inner"]) > 0.85


def test_a_part_continued_from_another_page() -> None:
    """No headline and only the last third of the text."""
    stories = {"a": story(1, 3000)}
    layout = Layout()
    rest = {"headline": "", "body": stories["a"]["body"][2000:]}
    layout.place("a", rest, 47, 60, 440, 300, 4)
    [rect] = propose(lines(layout), stories)["a"]
    assert likeness(rect, layout.truth["a"]) > 0.75


def test_a_picture_with_little_text_is_found_by_its_headline() -> None:
    stories = {"picture": {"headline": "万亩油菜花竞相绽放", "body": "花海"}, "a": story(1, 900)}
    layout = Layout()
    layout.place("a", stories["a"], 47, 60, 600, 300, 4)
    layout.items.append(["text", 47, 600, 24, 2, 0, "万亩油菜花竞相绽放", "k100"])
    areas = propose(lines(layout), stories)
    assert areas.keys() == {"a", "picture"}


def test_a_tall_headline_down_the_side() -> None:
    stories = {"a": {"headline": "码头今日开航了", "body": prose(1, 700)}}
    layout = Layout()
    layout.place("a", {"headline": "", "body": stories["a"]["body"]}, 47, 60, 330, 300, 3)
    for place, character in enumerate(stories["a"]["headline"]):
        layout.items.append(["text", 390, 90 + 36 * place, 30, 2, 0, character, "k100"])
    [rect] = propose(lines(layout), stories)["a"]
    assert rect[0] + rect[2] > 390 / 773.858 * 1000 + 30


def test_every_number_lies_on_the_page(six: tuple[Layout, dict[int, dict[str, str]]]) -> None:
    layout, stories = six
    for rects in propose(lines(layout), stories).values():
        for x, y, width, height in rects:
            assert all(isinstance(number, int) for number in (x, y, width, height))
            assert 0 <= x < x + width <= 1000
            assert 0 <= y < y + height <= 1000
