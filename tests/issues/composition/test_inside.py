"""Nothing of a placement is ever drawn outside its box, whatever it holds and however small it is."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.issues.composition.paper import HEADLINES, box, byline, content, page, photo, story, text
from tests.issues.composition.reading import rect_of, right_edge, set_page

DOWN, UP = 0.15, 0.9  # ems of a line below and above its baseline, at most
TOLERANCE = 1.0


def a_photo(random: Random) -> dict[str, Any]:
    size = random.choice([(3000, 2000), (2000, 3000), (1000, 3000), (4000, 900)])
    words = random.choice(["", "湖滨步道", text(random.randint(20, 160), 7)[3:-4].replace("</p><p>", "")])
    return photo(*size, caption=words, credit=random.choice(["", "孟小满 摄", "青湖新区融媒体中心供图"]))


def a_story(random: Random, kind: str) -> dict[str, Any]:
    photos = [a_photo(random) for _ in range(random.randint(1, 3))]
    body = text(random.choice([0, 30, 120, 800]), random.randint(0, 99))
    return content(
        body,
        random.choice(["", *HEADLINES]),
        kind=kind,
        photos=photos,
        kicker=random.choice(["", "延时开放"]),
        subheadline=random.choice(["", "读者多了，座位满了"]),
        bylines=[byline("罗小舟", random.choice(["headline", "end"]))],
    )


def a_placement(random: Random, kind: str) -> dict[str, Any]:
    cols, rows = random.randint(1, 6), random.randint(2, random.choice([8, 40]))
    at = (random.randint(0, 6 - cols), random.randint(0, 40 - rows), cols, rows)
    style = {
        "picture": random.choice(["auto", "top", "left", "right", "bottom"]),
        "picture_columns": random.choice([0, 0, 1, 2]),
        "crop": random.choice(["auto", "auto", "whole", "16x9", "3x4"]),
        "pictures": random.randint(1, 3),
        "columns": random.choice([0, 0, 0, 1, 2, 3]),
        "rule": random.choice(["none", "top", "frame"]),
        "vertical": random.random() < 0.2,
        "align": random.choice(["left", "center"]),
    }
    shown = a_photo(random)
    words = {name: shown.pop(name) for name in ("caption", "credit")}
    match kind:
        case "story" | "picture story":
            told = a_story(random, "story" if kind == "story" else "picture")
            placed: dict[str, Any] = story(1, at, told, style)
            return placed | ({"kind": "picture"} if random.random() < 0.1 else {})
        case "picture":
            return dict(box(1, "picture", at, style, photo=shown, **words))
        case "filler":
            given = {"title": "节约用水", "text": "水是生命之源\n珍惜每一滴水"}
            given["text"] = random.choice([given["text"], "清湖" * random.randint(1, 90)])
            return dict(box(1, "filler", at, style, photo=random.choice([None, shown]), **words, **given))
        case "guide":
            entry = {"page": 2, "kicker": "引题", "headline": "老街巷里的“新账本”", "subheadline": "副题"}
            return dict(box(1, "guide", at, style, guide=[entry] * random.randint(1, 6)))
    return dict(box(1, kind, at, style))


def edges(item: list[Any]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what an item inks."""
    match item[0]:
        case "text":
            _, x, y, size, *_ = item
            flush = size * 0.51 if item[6][0] in "（《〈「『【〔“‘" else 0.0
            closing = size * 0.51 if item[6][-1] in "，。、；：！？）》〉」』】〕”’" else 0.0
            high = UP if any(ord(char) > 0x2E7F for char in item[6]) else 0.0
            return x + flush, y - size * high, right_edge(item) - closing, y + size * DOWN * (high > 0)
        case "line":
            _, x1, y1, x2, y2, *_ = item
            return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    _, x, y, wide, high, *_ = item
    return x, y, x + wide, y + high


@pytest.mark.parametrize(
    "kind", ["story", "picture story", "picture", "filler", "guide", "banner", "masthead"]
)
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_drawn_outside_its_box(kind: str, seed: int) -> None:
    for number in range(40):
        random = Random(f"{kind}{seed}{number}")
        placed = a_placement(random, kind)
        made = page(placed, number=1, credits=[])
        rect = rect_of(made, placed)
        for item in set_page(made).drawing["items"]:
            left, top, right, bottom = edges(item)
            told = (kind, seed, number, item, rect)
            assert left >= rect.x - TOLERANCE, told
            assert top >= rect.y - TOLERANCE, told
            assert right <= rect.x + rect.width + TOLERANCE, told
            assert bottom <= rect.y + rect.height + TOLERANCE, told
