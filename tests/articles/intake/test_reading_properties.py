"""Pages made up at random are read back, whole or cut; what cannot be known is doubted; nothing vanishes.

Recovered in full: stacks, bylines in each of their places, datelines, subheads, captions with their credits,
paragraphs that a column's end cut inside a clause, with a caption in the gap or not.
Doubted where it happened: a lost headline, a drifted tail, lost quotation marks, a caption that came twice.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from articles.intake.doubts import DUPLICATE, LOST_QUOTES, NO_HEADLINE, doubts
from articles.intake.pieces import Reading
from articles.intake.reading import read_text
from articles.intake.shape import as_json
from tests.articles import naughty
from tests.articles.intake.pages import (
    LINE,
    Page,
    Signed,
    blocks_of,
    cut_of,
    cut_pages,
    pages,
    set_out,
    signed_as,
    text_of,
    truth_of,
)
from tests.articles.intake.samples import samples
from tests.articles.intake.scoring import score

#: Items of news: what stands alone at a page's foot is known by its dateline.
dated = partial(signed_as, Signed.IN_DATELINE)
SAMPLES = [text for _name, text, _truth in samples()]


def assert_recovered(page: Page) -> None:
    text = text_of(blocks_of(page))
    note(text)
    figures = score(truth_of(page), as_json(read_text(text)))
    wrong = {figure: count for figure, count in figures.items() if count.f1 < 1}
    assert not wrong, wrong


def warnings(text: str) -> dict[str | None, list[str]]:
    note(text)
    return {story["headline"]: story["warnings"] for story in as_json(read_text(text))["articles"]}


# What is recovered


@given(pages())
def test_a_whole_page_is_read_as_it_was_set(page: Page) -> None:
    assert_recovered(page)


@given(cut_pages())
def test_cut_paragraphs_are_joined_whatever_stands_in_the_gap(page: Page) -> None:
    assert_recovered(page)


@given(cut_pages(least=LINE))
def test_a_line_alone_above_a_cut_spoils_its_own_paragraphs_at_most(page: Page) -> None:
    """It looks like a subhead, and nobody could tell; stories, names and pictures stand all the same."""
    text = text_of(blocks_of(page))

    figures = score(truth_of(page), as_json(read_text(text)))
    lasting = ("stories found", "headlines", "bylines", "datelines", "captions", "photo credits")
    assert all(figures[figure].f1 == 1 for figure in lasting) or any(warnings(text).values()), figures


@given(pages(least=2), st.sampled_from(Signed))
def test_every_form_of_byline_is_read(page: Page, signed: Signed) -> None:
    first = signed_as(signed, page.stories[0])

    assert_recovered(replace(page, stories=(first, *page.stories[1:])))


# What is at least doubted


@given(pages(least=2))
def test_a_lost_headline_is_doubted(page: Page) -> None:
    """The last story has its dateline left, as at a page's foot."""
    headless = replace(dated(page.stories[-1]), headline="", kicker="", subheadline="")
    text = text_of(blocks_of(replace(page, stories=(*map(dated, page.stories[:-1]), headless), pictures=())))

    assert NO_HEADLINE in warnings(text).get(None, [])


@given(pages(least=2, most=2), st.integers(0, 100))
def test_a_drifted_tail_goes_home_or_is_doubted(page: Page, where: int) -> None:
    """The first story's last paragraph is cut, and its second half stands behind the second story."""
    first, second = map(dated, page.stories)
    whole = replace(page, stories=(first, second), pictures=(), cuts=(), furniture=False)
    text = first.paragraphs[-1]
    at = cut_of(text, where) or cut_of(text, 0)
    blocks = [*set_out(replace(first, paragraphs=(*first.paragraphs[:-1], text[:at]))), *set_out(second)]
    page_text = text_of([*blocks, [text[at:]]])

    figures = score(truth_of(whole), as_json(read_text(page_text)))
    home = figures["order and joins"].f1 == 1
    assert home or any(warnings(page_text).values()), figures


@given(pages(), st.sampled_from(("说", "表示", "介绍")))
def test_lost_quotation_marks_are_doubted(page: Page, said: str) -> None:
    story = dated(page.stories[0])
    speech = f"这条渠修好以后,我们再也不用半夜起来等水了。村民周大年{said}。"
    quoted = replace(story, paragraphs=(story.paragraphs[0], speech, *story.paragraphs[1:]))
    text = text_of(blocks_of(replace(page, stories=(quoted, *page.stories[1:]), pictures=())))

    assert LOST_QUOTES in warnings(text)[story.headline]


@given(pages(least=2), st.sampled_from(("▲", "▶", "上图:")))
def test_a_caption_that_came_twice_is_doubted(page: Page, mark: str) -> None:
    caption = f"{mark}柳湾镇的村民在新修的水渠边洗菜。 记者 何山摄"
    told = [set_out(story) for story in map(dated, page.stories[:2])]
    text = text_of([*told[0], [caption], *told[1], [caption]])
    reading = read_text(text)
    note(text)

    captions = [photo["caption"] for photo in as_json(reading)["photos"]]
    assert captions == ["柳湾镇的村民在新修的水渠边洗菜。"] * 2
    assert any(DUPLICATE in found for found in doubts(reading).values())


# Nothing vanishes, nothing comes twice


def assert_whole(text: str) -> Reading:
    """Every character of the text that is no white space is in one piece, and in the order of its line."""
    reading = read_text(text)
    reading.check()
    held = Counter(char for piece in reading.pieces for char in reading.text(piece) if not char.isspace())
    assert held == Counter(char for char in text if not char.isspace())
    as_json(reading)
    return reading


@given(st.text())
def test_no_character_of_any_text_vanishes(text: str) -> None:
    assert_whole(text)


#: Pieces of pages in any order: what the reader looks for, where nobody would put it.
SCRAPS = (
    *(
        "本报讯",
        "(记者",
        "记者 何山",
        "通讯员",
        "摄",
        "□",
        "■",
        "▲",
        "上图:",
        "——",
        "—",
        "|",
        "#",
        "##",
        ")",
        "(",
    ),
    *(
        "新华社北京5月1日电",
        "责任编辑:",
        "校对:李",
        "导读",
        "2版",
        "第3期",
        "总第604期",
        "今日4版",
        "转第3版",
    ),
    *(
        "(上接第1版)",
        "来源:",
        "2021-06-07 10:02:52",
        "扫码阅读手机版",
        "准印证号:",
        "星期四",
        "一、",
        "编者按",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "\t",
        "。",
        ",",
        "“",
        "”",
        "修渠",
        "村民在渠边洗菜。",
        "供图",
        "文/图",
        "、",
    ),
)


@given(st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=8)), max_size=60).map("".join))
def test_no_character_of_scraps_of_pages_vanishes(text: str) -> None:
    assert_whole(text)


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
def test_no_line_of_a_shuffled_page_vanishes(text: str, dice: random.Random) -> None:
    lines = text.split("\n")
    dice.shuffle(lines)
    assert_whole("\n".join(lines))


@given(st.sampled_from(SAMPLES), st.data())
def test_no_character_of_a_torn_page_vanishes(text: str, data: st.DataObject) -> None:
    """Cut anywhere, and broken into lines or run together anywhere."""
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
    torn = text[start:end]
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(torn)))
        torn = torn[:at] + data.draw(st.sampled_from(("\n", "\n\n", " ", "\r\n", "\u2028"))) + torn[at:]
    assert_whole(torn if data.draw(st.booleans()) else torn.replace("\n", ""))


@pytest.mark.parametrize("text", naughty.all_strings(), ids=lambda text: ascii(text[:12]))
def test_no_character_of_a_naughty_string_vanishes(text: str) -> None:
    assert_whole(text)
    assert_whole(f"清淤疏浚为民生\n\n本报讯(记者 {text})近日,{text}。\n\n{text}\n\n□{text}")


@pytest.mark.parametrize(
    "unit", ["字", "近日,水渠通水。", "记者 何山摄", "(记者 ", "——", " ", "a b", "□甲", "1版"]
)
def test_a_line_of_two_megabytes_is_read(unit: str) -> None:
    text = unit * (2_000_000 // len(unit.encode()))
    assert_whole(text)


@given(st.one_of(pages().map(blocks_of).map(text_of), st.text(), st.sampled_from(SAMPLES)))
def test_the_same_text_reads_the_same(text: str) -> None:
    assert read_text(text) == read_text(text)


@given(cut_pages(), st.sampled_from(("\r\n", "\r", "\n")), st.sampled_from(("", "\u3000\u3000", "  ", "\t")))
def test_line_ends_and_indents_change_nothing(page: Page, end: str, indent: str) -> None:
    text = text_of(blocks_of(page))
    other = end.join(indent + line if line else line for line in text.split("\n"))
    note(other)

    def told(text: str) -> Any:
        return {**as_json(read_text(text)), "file": ""}

    assert told(other) == told(text)


@given(cut_pages())
def test_a_reading_outlives_storage(page: Page) -> None:
    """Its rows, kept as JSON, are the same reading of the same lines."""
    reading = read_text(text_of(blocks_of(page)))

    assert reading.with_rows(json.loads(json.dumps(reading.as_rows()))) == reading
