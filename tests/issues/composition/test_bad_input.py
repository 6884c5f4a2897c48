"""Whatever the models allow is set without an error, inside its box."""

from __future__ import annotations

import json
import math
from random import Random
from typing import Any

import pytest

from newsroom.lib.html import clean
from tests.issues.composition.paper import box, byline, content, page, photo, story, text
from tests.issues.composition.reading import rect_of, set_page

POOL = [
    *"清湖新区，。、；：？！“”‘’（）《》—…·abXY 12.%℃$￥%:;()[]-/'\"\u3000😀𠮷\u0301①→×",
    "——", "……", "http://www.example.com/a/long/address?x=1", "W" * 50, "#let x", "*粗*", "\\",
    "\u202e", "\u200b",
]  # fmt: skip


def words(random: Random, most: int) -> str:
    return "".join(random.choices(POOL, k=random.choice([0, 1, most // 4, most])))


def body(random: Random) -> str:
    made = []
    for _ in range(random.choice([0, 1, 3, 12])):
        inner = words(random, 120)
        cells = "".join(f"<td>{words(random, 20)}</td>" for _ in range(random.choice([1, 3, 30])))
        made.append(
            random.choice(
                [
                    f"<p>{inner}</p>",
                    f"<p>{inner}</p>",
                    f"<h2>{words(random, 30)}</h2>",
                    f"<ul><li>{inner}<ol><li>{words(random, 9)}</li></ol></li></ul>",
                    f"<blockquote><p>{inner}</p></blockquote>",
                    f'<aside class="editors-note"><h3>{words(random, 4)}</h3><p>{inner}</p></aside>',
                    f"<table><tr>{cells}</tr><tr><td rowspan=2 colspan=9>{inner}</td></tr></table><hr>",
                ]
            )
        )
    return clean("".join(made))


def style(random: Random) -> dict[str, Any]:
    choose = random.choice
    return {
        "size": choose([0, 0, 8000, 72000]),
        "align": choose(["left", "center"]),
        "vertical": random.random() < 0.2,
        "columns": choose([0, 0, 1, 5, 12]),
        "picture": choose(["none", "top", "left", "right", "bottom", "auto"]),
        "picture_columns": choose([0, 1, 9]),
        "crop": choose(["auto", "whole", "16x9", "3x4"]),
        "pictures": random.randint(0, 4),
        "rule": choose(["none", "top", "frame"]),
        "shade": choose([0, 15]),
        "reverse": random.random() < 0.5,
    }


def placement(random: Random) -> Any:
    kind = random.choice(["story"] * 5 + ["picture", "masthead", "guide", "banner", "filler"])
    at = (0, 8, random.randint(1, 6), random.randint(1, random.choice([2, 8, 32])))
    shapes = [(3000, 2000), (4000, 100), (100, 4000), (1, 1)]
    photos = [
        photo(*random.choice(shapes), caption=words(random, 60), joined=random.random() < 0.4)
        for _ in range(random.choice([0, 1, 4]))
    ]
    told = content(
        body(random),
        words(random, 200),
        kicker=words(random, 60),
        subheadline=words(random, 200),
        lede=words(random, 300),
        dateline=words(random, 8),
        editors_note=words(random, 60),
        bylines=[byline(words(random, 4), place) for place in ("headline", "dateline", "end")],
        photos=photos,
        series=random.choice([None, {"title": words(random, 30), "strapline": ""}]),
    )
    if kind == "story":
        start = random.choice([None, None, [0, 0], [1, 3], [999, 0]])
        return story(
            1, at, told, style(random), start=start, continued=random.random() < 0.4, to_page=3, from_page=1
        )
    own = photos[0] if photos else None
    guide = [
        {"page": n, "kicker": words(random, 9), "headline": words(random, 60), "subheadline": ""}
        for n in range(4)
    ]
    texts = {"title": words(random, 60), "text": words(random, 300), "caption": words(random, 100)}
    return box(1, kind, at, style(random), photo=own, guide=guide, **texts)


@pytest.mark.parametrize("seed", range(60))
def test_anything_is_set_inside_its_box(seed: int) -> None:
    random = Random(seed)
    placed = placement(random)
    titles = {"title": words(random, 40), "organ": words(random, 80), "compiled_by": words(random, 120)}
    made = page(placed, number=1, credits=[], masthead=titles | {"kind": random.choice(["cn", "permit"])})
    composed, rect = set_page(made), rect_of(made, placed)
    json.dumps(composed.drawing, allow_nan=False)
    json.dumps([composed.missing, composed.warnings, composed.images, composed.boxes[1].as_dict()])
    for item in composed.drawing["items"]:
        assert all(math.isfinite(value) for value in item if isinstance(value, float))
        if item[0] in ("rect", "image"):
            assert item[1] >= rect.x - 0.1, item
            assert item[2] >= rect.y - 0.1, item
            assert item[1] + item[3] <= rect.x + rect.width + 0.1, item
            assert item[2] + item[4] <= rect.y + rect.height + 0.1, item
        if item[0] == "text":
            assert rect.x - item[3] * 0.56 <= item[1] <= rect.x + rect.width, item
            assert rect.y < item[2] <= rect.y + rect.height + 0.1, item


def test_a_story_of_thirty_thousand_characters() -> None:
    fit = set_page(page(story(1, (0, 0, 6, 40), content(text(30_000, 5))))).boxes[1]
    assert fit.state == "over"
    assert fit.placed > 3_000
    assert fit.placed + fit.over == fit.total


def test_an_empty_story() -> None:
    fit = set_page(page(story(1, (0, 0, 2, 9), content("", "")))).boxes[1]
    assert (fit.total, fit.over, fit.end) == (0, 0, (0, 0))


def test_a_box_of_one_cell() -> None:
    fit = set_page(page(story(1, (0, 0, 1, 1), content(text(200), "一泓清水润新区")))).boxes[1]
    assert fit.over == fit.total == 200
    assert fit.state == "over"


def test_a_table_wider_than_the_column_is_set_as_lines() -> None:
    cells = "".join(f"<td>第{number}格</td>" for number in range(30))
    placed = story(1, (0, 0, 1, 30), content(clean(f"<table><tr>{cells}</tr></table>"), ""))
    fit = set_page(page(placed)).boxes[1]
    assert fit.placed == fit.total > 90
