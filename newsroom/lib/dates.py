"""Days and times as a Chinese newspaper writes them, in the bureau's zone."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from lunar_python import Solar

_WEEKDAYS = "一二三四五六日"


def day(moment: dt.date | dt.datetime) -> dt.date:
    """The date, in the bureau's zone where a moment is given."""
    if not isinstance(moment, dt.datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


def chinese_date(date: dt.date | dt.datetime) -> str:
    """2026年11月22日 星期日"""
    date = day(date)
    return f"{date.year}年{short_date(date)} {weekday(date)}"


def short_date(date: dt.date | dt.datetime) -> str:
    """11月22日"""
    date = day(date)
    return f"{date.month}月{date.day}日"


def weekday(date: dt.date | dt.datetime) -> str:
    """星期日"""
    return f"星期{_WEEKDAYS[day(date).weekday()]}"


def lunar(date: dt.date | dt.datetime) -> str:
    """戊戌年五月廿二; the year changes at the lunar new year; leap months are 闰六月; "" out of 1900–2100."""
    date = day(date)
    if not 1900 <= date.year <= 2100:
        return ""  # the calendar's tables end somewhere, and a wrong date is worse than none
    found = Solar.fromYmd(date.year, date.month, date.day).getLunar()
    return f"{found.getYearInGanZhi()}年{found.getMonthInChinese()}月{found.getDayInChinese()}"


def clock(moment: dt.datetime) -> str:
    """08:05"""
    return f"{timezone.localtime(moment):%H:%M}"


def relative(moment: dt.datetime, now: dt.datetime) -> str:
    """A moment seen from `now`: 刚刚, 12分钟前, 3分钟后, 今天 08:30, 昨天 17:05, 明天 08:00, 11月20日 09:00,
    with the year where it is another one."""
    minutes = int((moment - now).total_seconds() / 60)
    if abs(minutes) < 60:
        return _minutes(minutes, ahead=moment > now)
    date, today = day(moment), day(now)
    name = {-1: "昨天", 0: "今天", 1: "明天"}.get((date - today).days)
    if name is None:
        name = short_date(date) if date.year == today.year else f"{date.year}年{short_date(date)}"
    return f"{name} {clock(moment)}"


def _minutes(minutes: int, ahead: bool) -> str:
    if not minutes:
        return "1分钟内" if ahead else "刚刚"
    return f"{abs(minutes)}分钟{'后' if ahead else '前'}"
