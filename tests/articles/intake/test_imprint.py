"""For which paper and page something is: what it says itself, what its file is called."""

from __future__ import annotations

from datetime import date

import pytest

from articles.intake.imprint import day_in, days_of, name_of, number_in, page_of
from articles.intake.pieces import WEB, Kind
from tests.factories.intake import reading

HEAD, FURNITURE = Kind.ISSUE, Kind.FURNITURE


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("第3版.txt", 3),
        ("3版 要闻.docx", 3), ("02.pdf", 2), ("20180705-02.pdf", 2), ("20180705_A12.pdf", 12),
        ("2018-07-05.pdf", None), ("2018-07-05-03.pdf", 3),
        ("000_a7d1d7ea64419927.txt", None), ("20180705.pdf", None), ("第99版.txt", None),
        ("来稿.txt", None), ("", None),
    ],
)  # fmt: skip
def test_the_number_in_a_files_name(name: str, number: int | None) -> None:
    assert number_in(name) == number


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        ("第3版 要闻", 3, "要闻"), ("民生·综合 04版", 4, "民生·综合"), ("A2 影像", 2, "影像"),
        ("2026年3月5日 星期四 第2版 综合新闻", 2, "综合新闻"), ("今日 4 版", None, ""),
        ("责任编辑 何山", None, ""),
    ],
)  # fmt: skip
def test_a_page_says_its_number_and_its_name(line: str, number: int | None, name: str) -> None:
    page = reading((FURNITURE, line))
    assert page_of(page, "来稿.txt") == number
    assert name_of(page) == name


def test_the_papers_head_stands_on_page_one() -> None:
    head = reading((HEAD, "柳湾县融媒体中心主办"), (HEAD, "第9期（总第309期）"))
    assert page_of(head, "20180705-07.txt") == 1


def test_pages_of_one_file_follow_one_another() -> None:
    page = reading((Kind.HEADLINE, "新桥通车"))
    assert [page_of(page, "整期.pdf", part, 4) for part in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_web_pages_are_of_no_paper() -> None:
    page = reading((HEAD, "2026年3月5日 第2版"), form=WEB)
    assert (days_of([page], "20260305.txt"), page_of(page, "第3版.txt")) == ([None], None)


def test_a_page_without_a_date_has_that_of_its_file() -> None:
    dated, bare = reading((HEAD, "2026年3月5日")), reading((Kind.HEADLINE, "新桥通车"))
    assert days_of([bare, dated, bare], "20200101.pdf") == [date(2026, 3, 5)] * 3
    assert days_of([bare], "20200101-03.pdf") == [date(2020, 1, 1)]
    assert days_of([bare], "来稿.pdf") == [None]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20180705-02.pdf", date(2018, 7, 5)), ("柳湾时报2018-07-05.txt", date(2018, 7, 5)),
        ("2018年7月5日第3版.docx", date(2018, 7, 5)), ("2018.7.5.txt", date(2018, 7, 5)),
        ("20189999.txt", None), ("120180705.txt", None), ("201807051.txt", None), ("2018.txt", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_in_a_files_name(name: str, day: date | None) -> None:
    assert day_in(name) == day
