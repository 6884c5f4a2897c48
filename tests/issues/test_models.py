"""Numbers of the paper."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from issues.models import Issue, Masthead

pytestmark = pytest.mark.django_db


@pytest.fixture
def masthead() -> Masthead:
    return Masthead.objects.create(title="潮头晚报")


def test_the_date_has_its_weekday_and_lunar_date(masthead: Masthead) -> None:
    issue = Issue(masthead=masthead, date=date(2018, 7, 5), number=26, total_number=604)
    assert (issue.weekday, issue.lunar) == ("星期四", "戊戌年五月廿二")


def test_the_next_number_is_proposed_and_starts_anew_each_year(masthead: Masthead) -> None:
    Issue.objects.create(masthead=masthead, date=date(2026, 12, 18), number=51, total_number=668)
    proposed = Issue.proposed()
    assert (proposed["date"], proposed["number"], proposed["total_number"]) == (date(2026, 12, 25), 52, 669)
    Issue.objects.create(masthead=masthead, date=date(2026, 12, 25), number=52, total_number=669)
    assert Issue.proposed()["number"] == 1


def test_a_number_stands_once_in_a_year(masthead: Masthead) -> None:
    Issue.objects.create(masthead=masthead, date=date(2026, 12, 4), number=49, total_number=666)
    with pytest.raises(ValidationError) as refused:
        Issue(masthead=masthead, date=date(2026, 12, 11), number=49, total_number=667).full_clean()
    assert "number" in refused.value.message_dict
    Issue(masthead=masthead, date=date(2027, 12, 3), number=49, total_number=718).full_clean()


def test_the_total_number_is_never_below_the_number(masthead: Masthead) -> None:
    with pytest.raises(ValidationError):
        Issue(masthead=masthead, date=date(2026, 12, 4), number=49, total_number=48).full_clean()
