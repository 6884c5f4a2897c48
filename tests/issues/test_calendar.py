"""Months of the archive's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from issues.calendar import Month


def numbers(month: str) -> list[list[int]]:
    weeks = Month.parse(month).weeks(set(), date(2026, 1, 1))
    return [[day.date.day if day else 0 for day in week] for week in weeks]


def test_weeks_begin_on_monday() -> None:
    assert numbers("2026-11")[0] == [0, 0, 0, 0, 0, 0, 1]
    assert numbers("2026-11")[-1] == [30, 0, 0, 0, 0, 0, 0]
    assert numbers("2027-02") == [[*range(1 + 7 * week, 8 + 7 * week)] for week in range(4)]


@pytest.mark.parametrize(
    ("month", "days"), [("2024-02", 29), ("2026-02", 28), ("9999-12", 31), ("0001-01", 31)]
)
def test_every_day_of_a_month_stands_once(month: str, days: int) -> None:
    assert [n for week in numbers(month) for n in week if n] == [*range(1, days + 1)]
    assert Month.parse(month).last.day == days


def test_days_with_a_paper_and_today() -> None:
    weeks = Month.parse("2026-11").weeks({date(2026, 11, 20), date(2026, 10, 20)}, date(2026, 11, 24))
    days = [day for week in weeks for day in week if day]
    assert [day.date.day for day in days if day.has_paper] == [20]
    assert [day.date.day for day in days if day.is_today] == [24]


@pytest.mark.parametrize("text", ["2026-11", "0001-01", "9999-12"])
def test_a_month_is_written_in_one_way(text: str) -> None:
    assert Month.parse(text).key == text


NONE = ["", "2026", "2026-13", "2026-00", "0000-01", "2026-1", "2026-11-01", "26-11", " 2026-11", "2026-11\n"]


@pytest.mark.parametrize("text", [*NONE, "２０２６-11", "2026-W1", "x" * 9000], ids=range(13))
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        Month.parse(text)
