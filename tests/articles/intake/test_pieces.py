"""A reading is the whole page, each character once, whatever people do to it."""

from __future__ import annotations

from typing import Any

import pytest

from articles.intake.doubts import CUT_TAIL, DUPLICATE, LOST_QUOTES, NO_HEADLINE, doubts
from articles.intake.pieces import Document, Kind, lines_of
from articles.intake.reading import read_text
from articles.intake.shape import as_json

PAGE = """河堤加固完工

本报讯(记者 何雨)近日,河堤加固工程完工。

工程总投资两千万元,历时半年。 □郑晓

白河新桥通车

▲10月1日,白河新桥通车。记者 何雨摄
"""


def test_rows_come_back_as_they_were() -> None:
    reading = read_text(PAGE)
    assert reading.with_rows(reading.as_rows()) == reading


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[1:],  # a piece is gone
        lambda rows: [*rows, rows[0]],  # one comes twice
        lambda rows: [[99, *rows[0][1:]], *rows[1:]],  # of no line
        lambda rows: [[rows[0][0], 0, 999, *rows[0][3:]], *rows[1:]],
        lambda rows: [[*rows[0][:3], "poem", *rows[0][4:]], *rows[1:]],
        lambda rows: [[*rows[0][:4], 0, 0], *rows[1:]],  # a headline of nobody
        lambda rows: [rows[0][:3], *rows[1:]],
        lambda rows: None,
        lambda rows: 7,
        lambda rows: [None, *rows[1:]],
        lambda rows: [[None, *rows[0][1:]], *rows[1:]],
    ],
)
def test_what_is_not_the_whole_page_is_refused(spoil: Any) -> None:
    reading = read_text(PAGE)
    with pytest.raises(ValueError):  # noqa: PT011 - its text is for developers
        reading.with_rows(spoil(reading.as_rows()))


def test_a_picture_between_stories_stands_alone() -> None:
    reading = read_text(PAGE)
    assert [reading.is_picture(group) for group in reading.groups] == [False, True]
    read = as_json(reading)
    assert read["photos"] == [
        {
            "caption": "10月1日,白河新桥通车。",
            "credits": [{"role": "记者", "name": "何雨", "outlet": None}],
            "belongs_to_headline": "白河新桥通车",
        }
    ]


def test_empty_lines_are_gaps() -> None:
    assert [(line.text, line.gap) for line in lines_of("\n\n甲\n\n \n乙\n")] == [("甲", 2), ("乙", 2)]
    assert Document(lines_of("甲\n\n乙\n")).text == "甲\n\n乙"


def test_a_headline_twice_is_put_together() -> None:
    reading = read_text("甲乙丙丁\n\n本报讯 近日,桥通车。\n")
    rows = reading.as_rows()
    cut = [[0, 0, 2, "headline", 1, 0], [0, 2, 4, "headline", 1, 0], *rows[1:]]
    assert as_json(reading.with_rows(cut))["articles"][0]["headline"] == "甲乙 丙丁"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("本报讯 近日,桥通车。", NO_HEADLINE),
        ("桥通车\n\n本报讯 近日,白河新桥正式通车,沿线居民出行更加方便,车辆", CUT_TAIL),
        ("桥通车\n\n本报讯 近日,桥通车。以后过河方便了。居民老王高兴地说。", LOST_QUOTES),
        ("桥通车\n\n本报讯 近日,“桥通车。", LOST_QUOTES),
        ("桥通车\n\n本报讯 近日,桥通车。\n\n图为新桥。\n\n图为新桥。\n", DUPLICATE),
    ],
)
def test_what_people_should_look_at(text: str, doubt: str) -> None:
    reading = read_text(text)
    assert doubt in {one for own in doubts(reading).values() for one in own}


def test_a_whole_story_is_in_no_doubt() -> None:
    assert doubts(read_text("桥通车\n\n本报讯 近日,桥通车。“以后过河方便了。”居民老王说。")) == {}


def test_kinds_know_whose_they_are() -> None:
    assert {kind for kind in Kind if kind.is_of_page} == {
        Kind.ISSUE,
        Kind.BANNER,
        Kind.GUIDE,
        Kind.FURNITURE,
    }
