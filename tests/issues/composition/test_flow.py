"""Copyfit: what is counted is what is drawn; text goes on in other boxes, all of it, once."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from issues.composition import text_of
from issues.composition.grid import Grid
from newsroom.lib.html import clean
from tests.issues.composition.paper import SENTENCES, content, page, photo, story, text
from tests.issues.composition.reading import (
    rect_of,
    right_edge,
    runs_in,
    set_page,
    shown,
    squeezed,
    text_in,
)

PIECES = [
    *"清湖，。；“”（）《》—… AB1%℃,😀①\u3000",
    "——",
    "。”",
    "98.5%",
    "W" * 30,
    "<br>",
    "<b>粗</b>",
    "CO<sub>2</sub>",
]
TABLE = "<table><tr><th>项目</th><th>数量</th></tr><tr><td>管网</td><td>37.6公里</td></tr></table>"


def odd_body(random: Random, paragraphs: int) -> str:
    made = []
    for _ in range(paragraphs):
        inner = "".join(random.choices(PIECES, k=random.randint(1, 60))) + random.choice(SENTENCES)
        tag = random.choice(["p", "p", "p", "h2", "blockquote"])
        made.append(f"<{tag}>{inner}</{tag}>")
        if random.random() < 0.1:
            made.append(TABLE)
    return clean("".join(made))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_counted_is_what_is_drawn(seed: int) -> None:
    random = Random(seed)
    style = {"columns": random.choice([0, 0, 1, 3]), "rule": random.choice(["none", "frame"])}
    at = (0, 0, random.randint(1, 6), random.randint(2, 30))
    placed = story(1, at, content(odd_body(random, random.randint(0, 12)), ""), style)
    made = page(placed)
    composed = set_page(made)
    fit, drawn = composed.boxes[1], text_in(composed, rect_of(made, placed))
    whole = shown(squeezed(text_of(placed)))
    assert fit.total == len(whole)
    assert fit.placed == len(drawn)
    assert whole.startswith(drawn)
    assert fit.over == fit.total - fit.placed


@pytest.mark.parametrize("seed", range(25))
def test_nothing_stands_outside_its_box_and_baselines_are_on_the_grid(seed: int) -> None:
    random = Random(seed)
    told = content(
        odd_body(random, random.randint(1, 9)), "白鹭回来了 游人多起来", kicker="引题", photos=[photo()]
    )
    at = (random.randint(0, 3), random.randint(1, 5), random.randint(1, 3), random.randint(3, 30))
    placed = story(1, at, told, {"rule": random.choice(["none", "frame"])})
    made = page(placed, number=1)
    composed, rect = set_page(made), rect_of(made, placed)
    grid = Grid.of(made["page"]["format"])
    for item in composed.drawing["items"]:
        if item[0] == "text" and item[2] < grid.area.y + grid.area.height:
            assert rect.y < item[2] <= rect.y + rect.height, item
            assert rect.x - item[3] * 0.51 <= item[1], item
            assert right_edge(item) <= rect.x + rect.width + item[3] * 0.52, item
    for item in runs_in(composed, rect):
        if item[3] == grid.size and item[4] == 0:  # body in the body's font
            lines = (item[2] - grid.area.y - grid.baseline(0)) / grid.leading
            assert lines == pytest.approx(round(lines), abs=0.01), item


def chain(random: Random, told: dict[str, Any], boxes: int) -> tuple[str, list[dict[str, Any]]]:
    """The text printed in boxes of random sizes that follow one another, signs left out."""
    start, printed = None, ""
    placed: list[dict[str, Any]] = []
    for number in range(boxes):
        at = (0, 0, random.randint(1, 4), random.randint(2, 9) if number < boxes - 1 else 40)
        turn = random.random() < 0.7
        box = story(
            number + 1,
            at,
            told,
            {"columns": random.choice([0, 1, 2])},
            start=start,
            continued=number < boxes - 1,
            to_page=number + 2 if turn and number < boxes - 1 else None,
            from_page=number if placed and placed[-1]["to_page"] else None,
        )
        placed.append(box)
        made = page(box, number=1)
        composed = set_page(made)
        fit = composed.boxes[number + 1]
        drawn = text_in(composed, rect_of(made, box))
        drawn = re.sub(r"（下转第\d+版）|（上接第\d+版）", "", drawn)
        assert len(drawn) == fit.placed
        printed += drawn
        start = list(fit.end)
    return printed, placed


@pytest.mark.parametrize("seed", range(30))
def test_a_story_runs_through_boxes_exactly_once(seed: int) -> None:
    random = Random(seed)
    told = content(odd_body(random, 10), "")
    printed, placed = chain(random, told, 5)
    whole = shown(squeezed(text_of(placed[0])))
    assert whole.startswith(printed)
    last = set_page(page(placed[-1], number=1)).boxes[len(placed)]
    assert len(printed) + last.over == len(whole)


def test_a_box_that_goes_on_elsewhere_says_where_and_is_not_overset() -> None:
    told = content(text(900, 3), "老街巷里的“新账本”")
    placed = story(1, (0, 0, 2, 10), told, continued=True, to_page=3)
    made = page(placed)
    composed = set_page(made)
    fit, rect = composed.boxes[1], rect_of(made, placed)
    assert text_in(composed, rect).endswith("（下转第3版）")
    assert fit.state == "full"
    assert fit.over == fit.total - fit.placed > 0
    last = [item for item in runs_in(composed, rect) if item[2] == max(i[2] for i in runs_in(composed, rect))]
    assert right_edge(last[-1]) == pytest.approx(rect.x + rect.width, abs=5)


def test_a_story_that_fits_needs_no_sign() -> None:
    placed = story(1, (0, 0, 3, 20), content(text(200, 3)), continued=True, to_page=3)
    composed = set_page(page(placed))
    assert "下转" not in text_in(composed, rect_of(page(placed), placed))
    assert composed.boxes[1].end[0] == 2


def test_where_it_goes_on_the_headline_is_small_and_the_text_says_whence() -> None:
    told = content(text(900, 3), "老街巷里的“新账本”")
    first = set_page(page(story(1, (0, 0, 2, 10), told, continued=True, to_page=3))).boxes[1]
    placed = story(2, (0, 0, 3, 20), told, start=list(first.end), from_page=2)
    made = page(placed, number=3)
    composed, rect = set_page(made), rect_of(page(placed), placed)
    sizes = {item[3] for item in runs_in(composed, rect) if "老街巷" in item[6]}
    assert sizes == {16.0}
    assert text_in(composed, rect).startswith("老街巷里的“新账本”（上接第2版）")
    assert composed.boxes[2].total == first.over


def test_on_the_same_page_it_goes_on_without_a_headline() -> None:
    told = content(text(900, 3), "老街巷里的“新账本”")
    placed = story(2, (0, 0, 3, 20), told, start=[1, 5])
    composed = set_page(page(placed))
    drawn = text_in(composed, rect_of(page(placed), placed))
    assert drawn.startswith(squeezed(text_of(placed).split("\n")[1][5:])[:10])


def test_a_paragraph_parted_between_columns_goes_on_without_indent() -> None:
    placed = story(1, (0, 0, 2, 8), content("<p>" + "清" * 300 + "</p>", ""), {"columns": 2})
    made = page(placed, number=1)
    rect = rect_of(made, placed)
    items = runs_in(set_page(made), rect)
    lefts = sorted({round(item[1] - rect.x, 1) for item in items})
    assert len(lefts) == 3  # the indented first line, and the two columns
    assert lefts[1] == pytest.approx(2 * 9 * 1.03, abs=0.6)


def test_a_subhead_is_never_last_in_a_column() -> None:
    for rows in range(3, 20):
        body = text(150, 1) + "<h2>小标题</h2>" + text(200, 2) + "<h2>又一个</h2>" + text(150, 3)
        placed = story(1, (0, 0, 2, rows), content(body, ""), {"columns": 2})
        made = page(placed, number=1)
        composed, rect = set_page(made), rect_of(made, placed)
        items = runs_in(composed, rect)
        for place, item in enumerate(items[:-1]):
            if item[6].endswith(("小标题", "又一个")):
                assert items[place + 1][2] > item[2], rows
        assert not items or not items[-1][6].endswith(("小标题", "又一个"))


def test_verse_keeps_its_lines_without_indent_and_a_blank_line_between_stanzas() -> None:
    long = "这一行诗比一栏宽得多所以它要折到下一行去再退一格"
    body = f"<p>船不来的时候<br>渡口</p><p>有人等船<br>有人等狗叫<br>有人不等<br>{long}</p>"
    placed = story(1, (0, 0, 2, 20), content(body, ""), {"columns": 1})
    made = page(placed, number=1, credits=[])
    rect = rect_of(made, placed)
    items = runs_in(set_page(made), rect)
    lines: dict[int, float] = {}
    for item in items:
        lines.setdefault(round((item[2] - items[0][2]) / 12.4016), item[1] - rect.x)
    assert list(lines) == [0, 1, 3, 4, 5, 6]
    assert all(left == pytest.approx(0, abs=0.1) for left in lines.values())
    narrow = story(1, (0, 0, 1, 20), content(body, ""), {"columns": 1})
    made = page(narrow, number=1, credits=[])
    last = runs_in(set_page(made), rect_of(made, narrow))[-1]
    assert last[1] - rect_of(made, narrow).x == pytest.approx(9, abs=0.5)


@pytest.mark.parametrize("rows", range(3, 8))
def test_no_line_of_a_stanza_stands_alone_in_a_column(rows: int) -> None:
    stanza = "<p>" + "<br>".join(f"{n}船不来的时候" for n in "一二三四五") + "</p>"
    placed = story(1, (0, 0, 2, rows), content(stanza * 4, ""), {"columns": 2})
    made = page(placed, number=1, credits=[])
    items = runs_in(set_page(made), rect_of(made, placed))
    parted = [(a[6][0], b[6][0]) for a, b in pairwise(items) if b[2] < a[2]]
    assert len(parted) == 1
    assert all(above not in "一四" and below not in "二五" for above, below in parted)


@pytest.mark.parametrize("rows", [14, 20])
def test_columns_are_as_wide_as_a_table_wants(rows: int) -> None:
    cells = [
        ("事项", "办理时限", "窗口"),
        ("户口迁移", "1个工作日", "3号窗口"),
        ("社保登记", "5个工作日", "12号窗口"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    body = clean(f"{text(150)}<table>{table}</table>{text(rows * 20, 3)}")
    placed = story(1, (0, 0, 2, rows), content(body, "新桥通车"))
    made = page(placed, number=1, credits=[])
    composed = set_page(made)
    assert composed.boxes[1].columns == 1
    lines: dict[int, str] = {}
    for item in runs_in(composed, rect_of(made, placed)):
        lines[round(item[2])] = lines.get(round(item[2]), "") + item[6]
    assert any("1个工作日" in "".join(line.split()) for line in lines.values())
    plain = story(1, (0, 0, 2, rows), content(text(rows * 24), "新桥通车"))
    assert set_page(page(plain)).boxes[1].columns == 2


def test_how_full_a_box_is_said_in_the_words_of_the_trade() -> None:
    def words(characters: int) -> str:
        placed = story(1, (0, 0, 2, 12), content(text(characters, 4), "短题"), {"size": 16000})
        return set_page(page(placed)).boxes[1].words

    assert re.fullmatch(r"欠\d+字", words(60))
    assert re.fullmatch(r"超\d+字", words(2000))
    assert any(words(n) == "满" for n in range(400, 470, 5))


def test_a_fit_can_be_stored() -> None:
    fit = set_page(page(story(1, (0, 0, 2, 12), content(text(100))))).boxes[1].as_dict()
    assert fit["end"] == [1, 0]
    assert fit["words"].startswith("欠")
    assert set(fit) >= {"total", "placed", "over", "under", "lines", "columns", "state"}
