"""Days and times in words, in the bureau's zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from newsroom.lib import dates

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=SHANGHAI)


def test_a_day_is_written_in_full() -> None:
    assert dates.chinese_date(dt.date(2026, 11, 22)) == "2026年11月22日 星期日"
    assert dates.short_date(dt.date(2026, 1, 2)) == "1月2日"
    assert dates.weekday(dt.date(2018, 7, 5)) == "星期四"


def test_a_moment_falls_on_the_bureaus_day() -> None:
    assert dates.chinese_date(dt.datetime(2026, 11, 22, 23, 0, tzinfo=dt.UTC)) == "2026年11月23日 星期一"
    assert dates.clock(dt.datetime(2026, 11, 22, 0, 5, tzinfo=dt.UTC)) == "08:05"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ((2018, 7, 5), "戊戌年五月廿二"),
        ((2025, 7, 25), "乙巳年闰六月初一"),
        ((2026, 2, 16), "乙巳年腊月廿九"),
        ((2026, 2, 17), "丙午年正月初一"),
        ((1949, 10, 1), "己丑年八月初十"),
        ((1582, 10, 10), ""),
        ((1, 1, 1), ""),
        ((9999, 12, 31), ""),
    ],
)
def test_the_lunar_date(date: tuple[int, int, int], expected: str) -> None:
    assert dates.lunar(dt.date(*date)) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22 11:59:30", "刚刚"),
        ("2026-11-22 12:00:00", "刚刚"),
        ("2026-11-22 11:48:00", "12分钟前"),
        ("2026-11-22 08:30:00", "今天 08:30"),
        ("2026-11-21 17:05:00", "昨天 17:05"),
        ("2026-11-20 09:00:00", "11月20日 09:00"),
        ("2025-11-20 09:00:00", "2025年11月20日 09:00"),
        ("2026-11-22 12:00:20", "1分钟内"),
        ("2026-11-22 12:03:00", "3分钟后"),
        ("2026-11-22 20:00:00", "今天 20:00"),
        ("2026-11-23 08:00:00", "明天 08:00"),
        ("2026-11-24 08:00:00", "11月24日 08:00"),
    ],
)
def test_a_moment_seen_from_now(moment: str, expected: str) -> None:
    assert dates.relative(dt.datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), NOW) == expected


def test_templates_have_them_as_filters() -> None:
    template = Template(
        "{% load newsroom_text %}{{ day|chinese_date }}，{{ day|lunar }}，{{ day|short_date }}，"
        "{{ now|clock }}，{{ now|relative_time:now }}，{{ none|chinese_date }}{{ none|relative_time }}"
    )
    context = Context({"day": dt.date(2018, 7, 5), "now": NOW, "none": None})
    assert template.render(context) == "2018年7月5日 星期四，戊戌年五月廿二，7月5日，12:00，刚刚，"
