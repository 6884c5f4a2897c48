"""What lines of a page say of the page."""

from __future__ import annotations

from typing import Any

import pytest

from articles.intake.text import masthead

LINES: list[tuple[str, dict[str, Any]]] = [
    ("中共望川经济技术开发区工委主管主办", {"organ": "中共望川经济技术开发区工委"}),
    (
        "2018年7月5日 星期四 戊戌年五月廿二",
        {"date": "2018-07-05", "weekday": "星期四", "lunar": "戊戌年五月廿二"},
    ),
    ("二〇二一年六月七日 星期一", {"date": "2021-06-07", "weekday": "星期一"}),
    ("(内部资料免费交流)", {"distribution": "内部资料免费交流"}),
    (
        "准印证号:(鲁)1500004号 望川网:www.example.cn 热线:0635-8512627 第26期(总第604期) 今日4版",
        {
            "permit": "(鲁)1500004号",
            "website": "www.example.cn",
            "hotline": "0635-8512627",
            "number": 26,
            "total_number": 604,
            "pages": 4,
        },
    ),
    (
        "国内统一连续出版物号 CN 13-0088 第1234期 今日八版",
        {"permit": "CN 13-0088", "number": 1234, "pages": 8},
    ),
    (
        "统稿:赵宏 视觉:徐民 本版责编:宋芳 责任校对:杨绘",
        {"editor_credits": {"统稿": "赵宏", "视觉": "徐民", "责编": "宋芳", "校对": "杨绘"}},
    ),
    ("编辑 张三 校对 李四", {"editor_credits": {"编辑": "张三", "校对": "李四"}}),
    ("2021-06-07 10:02:52 来源:望川新闻网", {"published_at": "2021-06-07T10:02:52", "source": "望川新闻网"}),
]
STORIES = [
    "2018年,是我市创城工作的起步年、关键年。",
    "第26期干部培训班开班",
    "编辑工作会议召开",
    "审核通过率提高",
    "本报讯(记者孟宪峰)10月15日,记者在现场看到,工人们正在施工。",
]


@pytest.mark.parametrize(("text", "fields"), LINES)
def test_a_line_may_hold_several_fields(text: str, fields: dict[str, Any]) -> None:
    assert masthead.is_of_page(text)
    assert masthead.read([text]) == fields


@pytest.mark.parametrize("text", STORIES)
def test_a_story_s_line_is_not_the_page_s(text: str) -> None:
    assert not masthead.is_of_page(text)


def test_impossible_days_are_no_dates() -> None:
    assert masthead.read(["2018年13月45日 星期四"]) == {"weekday": "星期四"}


def test_the_first_of_two_counts() -> None:
    assert masthead.read(["第26期", "第27期"])["number"] == 26
