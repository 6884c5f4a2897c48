"""A month as a calendar shows it. Pure: which days have a paper is passed in."""

from __future__ import annotations

import calendar
import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Day:
    """A square of the calendar; `has_paper` makes it a link."""

    date: date
    has_paper: bool
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.replace(day=1))

    @classmethod
    def parse(cls, text: str) -> Month:
        """2026-11 and nothing else. Raises ValueError."""
        if not _MONTH.fullmatch(text):
            raise ValueError(f"not a month: {text[:20]!r}")
        return cls(date.fromisoformat(f"{text}-01"))

    @property
    def key(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    def weeks(self, papers: Container[date], today: date) -> list[list[Day | None]]:
        """Its weeks, Monday first; None where another month's days would stand."""

        def square(number: int) -> Day | None:
            if not number:
                return None
            day = self.first.replace(day=number)
            return Day(day, day in papers, day == today)

        weeks = calendar.Calendar().monthdayscalendar(self.first.year, self.first.month)
        return [[square(number) for number in week] for week in weeks]
