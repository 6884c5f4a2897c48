"""Filters for dates and times: `{% load newsroom_text %}`. An empty value stays empty."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone

from newsroom.lib import dates

register = template.Library()


@register.filter
def chinese_date(value: dt.date | dt.datetime | None) -> str:
    """2026年11月22日 星期日"""
    return dates.chinese_date(value) if value else ""


@register.filter
def short_date(value: dt.date | dt.datetime | None) -> str:
    """11月22日"""
    return dates.short_date(value) if value else ""


@register.filter
def lunar(value: dt.date | dt.datetime | None) -> str:
    """戊戌年五月廿二"""
    return dates.lunar(value) if value else ""


@register.filter
def clock(value: dt.datetime | None) -> str:
    """08:05"""
    return dates.clock(value) if value else ""


@register.filter
def relative_time(value: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """12分钟前, 今天 08:30…, seen from the moment given, else from the present one."""
    return dates.relative(value, now or timezone.now()) if value else ""


@register.filter
def since(value: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """刚刚, 昨天 17:05 起…: from when something has stood."""
    return dates.since(value, now or timezone.now()) if value else ""
