"""Copyfit is exact: the characters that are said to fit a box are those that the PDF prints in it."""

from __future__ import annotations

import random
from typing import Any

import pypdfium2
import pytest

from issues import formats
from issues.composition import compose, text_of
from issues.fonts import FontSet
from issues.typeset import press
from media import pdfium
from tests.issues.composition import paper as frozen

PAGES = 60  # each with the boxes of SPLITS
SPLITS = [(0, 0, 3, 20), (3, 0, 3, 12), (3, 12, 2, 28), (5, 12, 1, 28), (0, 20, 3, 20)]
HEADLINE = "新桥通车"
WORDS = "新桥今日通车两岸居民盼了三年港口吞吐量增长码头工人说这是第一次园区企业订单排到明年春天社区食堂开张"
MARKS = ["，", "。", "、", "；", "：“", "”", "（", "）", "《", "》", "——", "……", "！", "？"]
OTHERS = ["2026年", "3.5%", "GDP", "WiFi", "18℃", "A座", "1,200万元", "№7"]


def story(rng: random.Random, length: int) -> str:
    """The body of a story of about that many characters."""
    blocks, count = [], 0
    while count < length:
        words = [rng.choice("    ")]
        for _ in range(rng.randint(3, 40)):
            words.append("".join(rng.choice(WORDS) for _ in range(rng.randint(1, 9))))
            words.append(rng.choice(MARKS) if rng.random() < 0.8 else rng.choice(OTHERS))
        text = "".join(words).strip()
        count += len(text)
        blocks.append(f"<h2>{text[:9]}</h2>" if rng.random() < 0.1 else f"<p>{text}</p>")
    return "".join(blocks)


def page(rng: random.Random) -> dict[str, Any]:
    return frozen.page(*(box(rng, pk, at) for pk, at in enumerate(SPLITS, 1)))


def box(rng: random.Random, pk: int, at: tuple[int, int, int, int]) -> dict[str, Any]:
    told = frozen.content(story(rng, rng.randint(1, at[2] * at[3] * 30)), HEADLINE)
    style = {"columns": rng.choice([0, 0, 1, 2, 3]), "rule": rng.choice(["none", "top", "frame"])}
    made: dict[str, Any] = frozen.story(pk, at, told, style)
    return made


def printed(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """Every character with the middle of its box, in points from the top left."""
    text, height = page.get_textpage(), page.get_height()
    found = []
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(index, loose=True)
            found.append((char, (left + right) / 2, height - (bottom + top) / 2))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PAGES // 10))
def test_what_fits_is_what_prints(seed: int) -> None:
    rng, fonts = random.Random(seed), FontSet.default()
    for _ in range(10):
        content = page(rng)
        composed = compose(content, fonts)
        pdf = press.pdf(composed.drawing, fonts.faces, lambda key: None, timestamp=None)
        with pdfium.opened(pdf) as document:
            chars = printed(document[0])
        for placed in content["placements"]:
            fit, text = composed.boxes[placed["id"]], "".join(text_of(placed).split())
            found = inside(chars, content["page"]["format"], placed).removeprefix(HEADLINE)
            assert found == text[: fit.placed], f"seed {seed}, box {placed['id']}"
            assert fit.placed + fit.over == fit.total == len(text)


def inside(chars: list[tuple[str, float, float]], form: dict[str, Any], placed: dict[str, Any]) -> str:
    cells = (placed[key] for key in ("col", "row", "cols", "rows"))
    x, y, width, height = (um / formats.POINT for um in formats.rect(form, *cells))
    # The middle of an opening mark that stands flush lies on the edge.
    return "".join(c for c, across, down in chars if x - 2 <= across <= x + width and y <= down <= y + height)
