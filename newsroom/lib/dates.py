"""Days and times as a Chinese newspaper writes them, in the bureau's zone; English in an English admin."""

from __future__ import annotations

import datetime as dt

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from lunar_python import Solar


def day(moment: dt.date | dt.datetime) -> dt.date:
    """The date, in the bureau's zone where a moment is given."""
    if not isinstance(moment, dt.datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


def chinese_date(date: dt.date | dt.datetime) -> str:
    """2026年11月22日 星期日"""
    return dateformat.format(day(date), _("Y年n月j日 l"))


def short_date(date: dt.date | dt.datetime) -> str:
    """11月22日"""
    return dateformat.format(day(date), _("n月j日"))


def weekday(date: dt.date | dt.datetime) -> str:
    """星期日"""
    return dateformat.format(day(date), "l")


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
    name = {-1: _("昨天 %s"), 0: _("今天 %s"), 1: _("明天 %s")}.get((date - today).days)
    if name:
        return name % clock(moment)
    name = short_date(date) if date.year == today.year else dateformat.format(date, _("Y年n月j日"))
    return f"{name} {clock(moment)}"


def since(moment: dt.datetime, now: dt.datetime) -> str:
    """From when something has stood, seen from `now`: 刚刚, 12分钟前, 昨天 17:05 起."""
    words = relative(moment, now)
    return words if now - moment < dt.timedelta(hours=1) else _("%s 起") % words


def _minutes(minutes: int, ahead: bool) -> str:
    if not minutes:
        return _("1分钟内") if ahead else _("刚刚")
    return (_("%d分钟后") if ahead else _("%d分钟前")) % abs(minutes)
