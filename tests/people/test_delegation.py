"""Standing in for somebody (代审): on which days, for whom, and for whom not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people import rules
from people.models import Delegation, User
from tests.cast import Cast
from tests.factories.people import DelegationFactory, UserFactory

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # noon in the bureau


def lend(
    principal: User, deputy: User, stage: str = "终审", starts: date = DAY, ends: date = DAY
) -> Delegation:
    return DelegationFactory(principal=principal, deputy=deputy, stage=stage, starts_on=starts, ends_on=ends)


def test_the_deputy_holds_the_stage_for_the_principal(cast: Cast) -> None:
    lend(cast.chief, cast.deputy)
    assert rules.stages_held(cast.deputy, NOW) == {"复审": None, "终审": cast.chief}
    assert rules.holds_stage(cast.deputy, "终审", NOW)
    assert rules.delegated_by(cast.deputy, "终审", NOW) == cast.chief
    assert rules.delegated_by(cast.deputy, "复审", NOW) is None


def test_the_principal_keeps_it_and_nobody_else_gets_it(cast: Cast) -> None:
    lend(cast.chief, cast.deputy)
    assert rules.stages_held(cast.chief, NOW) == {"终审": None}
    assert rules.stages_held(cast.editor, NOW) == {"初审": None}
    assert not rules.holds_stage(cast.deputy, "签样", NOW)


def test_standing_in_makes_no_editor_and_no_chief(cast: Cast) -> None:
    lend(cast.chief, cast.reporter)
    assert rules.holds_stage(cast.reporter, "终审", NOW)
    assert not rules.is_editor(cast.reporter)
    assert not rules.is_chief(cast.reporter)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2026-11-20T15:59:59.999999", False),
        ("2026-11-20T16:00:00", True),  # midnight in the bureau
        ("2026-11-22T15:59:59.999999", True),
        ("2026-11-22T16:00:00", False),
    ],
)
def test_both_days_are_included_by_the_bureau_s_clock(cast: Cast, moment: str, holds: bool) -> None:
    lend(cast.chief, cast.deputy, starts=date(2026, 11, 21), ends=date(2026, 11, 22))
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert rules.holds_stage(cast.deputy, "终审", now) is holds


def test_a_principal_who_lost_the_stage_lends_nothing(cast: Cast) -> None:
    lend(cast.chief, cast.deputy)
    cast.chief.groups.clear()
    assert not rules.holds_stage(cast.deputy, "终审", NOW)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_an_inactive_principal_or_a_superuser_lends_nothing(cast: Cast, change: dict[str, bool]) -> None:
    lend(cast.chief, cast.deputy)
    User.objects.filter(pk=cast.chief.pk).update(**change)
    assert not rules.holds_stage(cast.deputy, "终审", NOW)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_an_inactive_deputy_or_a_superuser_holds_nothing(cast: Cast, change: dict[str, bool]) -> None:
    lend(cast.chief, cast.deputy)
    User.objects.filter(pk=cast.deputy.pk).update(**change)
    deputy = User.objects.get(pk=cast.deputy.pk)
    assert rules.stages_held(deputy, NOW) == {}
    assert rules.delegated_by(deputy, "终审", NOW) is None


def test_what_was_lent_cannot_be_lent_on(cast: Cast) -> None:
    lend(cast.chief, cast.deputy)
    lend(cast.deputy, cast.editor)
    assert not rules.holds_stage(cast.editor, "终审", NOW)
    assert not rules.may_lend_stage(cast.deputy, "终审")


def test_the_own_group_comes_before_a_loan(cast: Cast) -> None:
    both = UserFactory(roles=["deputy", "chief"])
    lend(cast.chief, both)
    assert rules.delegated_by(both, "终审", NOW) is None


def test_of_two_principals_the_same_one_is_named_each_time(cast: Cast) -> None:
    other = UserFactory(roles=["chief"])
    lend(other, cast.deputy, starts=DAY - timedelta(days=1))
    lend(cast.chief, cast.deputy)
    assert {rules.delegated_by(cast.deputy, "终审", NOW) for _ in range(3)} == {other}


def test_a_stage_of_the_proofs_is_lent_too(cast: Cast) -> None:
    lend(cast.chief, cast.deputy, stage="签样")
    assert rules.delegated_by(cast.deputy, "签样", NOW) == cast.chief
    assert rules.stages_held(cast.deputy, NOW) == {"复审": None}


def test_a_loan_of_a_stage_the_principal_never_held_counts_nothing(cast: Cast) -> None:
    lend(cast.editor, cast.deputy)
    lend(cast.chief, cast.deputy, stage="初审")
    assert rules.stages_held(cast.deputy, NOW) == {"复审": None}


def test_asking_costs_one_query_however_many_stages(cast: Cast, django_assert_num_queries: object) -> None:
    for stage, principal in (("初审", cast.editor), ("终审", cast.chief)):
        lend(principal, cast.deputy, stage=stage)
    deputy = User.objects.get(pk=cast.deputy.pk)
    with django_assert_num_queries(2):  # type: ignore[operator] - his groups, and the loans
        assert list(rules.stages_held(deputy, NOW)) == ["初审", "复审", "终审"]


def test_the_database_refuses_a_loan_backwards_or_to_oneself(cast: Cast) -> None:
    for changes in ({"ends_on": DAY - timedelta(days=1)}, {"deputy": cast.chief}):
        words = {
            "stage": "终审",
            "principal": cast.chief,
            "deputy": cast.deputy,
            "starts_on": DAY,
            "ends_on": DAY,
        }
        loan = Delegation(**(words | changes))
        with pytest.raises(ValidationError):
            loan.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            loan.save()


def test_groups_are_matched_by_stage(cast: Cast) -> None:
    """A principal with several groups lends only the stage that was named."""
    cast.chief.groups.add(Group.objects.get(name="editor"))
    lend(cast.chief, cast.deputy, stage="初审")
    assert rules.stages_held(cast.deputy, NOW) == {"初审": cast.chief, "复审": None}
