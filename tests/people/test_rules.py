"""Who may do what with people and places: every predicate by every person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from newsroom.lib.stages import GROUPS, parse_stages
from people import roles, rules
from people.models import User
from tests.cast import Cast
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
CREW = {"reporter", "reporter2", "editor", "deputy", "chief", "proofreader", "layout", "admin"}

# Predicate of one person → who may. Everyone else of the cast, and a visitor, may not.
TABLE: dict[str, set[str]] = {
    "is_editor": {"editor", "deputy", "chief"},
    "is_chief": {"chief"},
    "is_admin": {"admin", "superuser"},
    "sees_everything": {"editor", "deputy", "chief", "superuser"},
    "sees_all_stories": {"editor", "deputy", "chief", "proofreader", "layout", "superuser"},
    "files_stories": {"reporter", "reporter2", "editor", "deputy", "chief"},
    "may_enter_newsroom": CREW | {"superuser"},
    "may_look_up": CREW | {"superuser"},
    "may_edit_users": {"admin", "superuser"},
    "may_delete_user": set(),
    "may_edit_regions": {"admin", "superuser"},
    "may_create_reporter": {"reporter", "reporter2", "editor", "deputy", "chief", "admin", "superuser"},
    "may_edit_reporter": {"editor", "deputy", "chief", "admin", "superuser"},
    "may_link_login": {"admin", "superuser"},
    "may_delegate": {"chief", "admin", "superuser"},
    "may_read_chain": {"chief", "admin", "superuser"},
}


def those_who(rule: Callable[..., bool], cast: Cast) -> set[str]:
    return {name for name, person in cast.everyone().items() if rule(person)}


def test_the_cast_is_complete(cast: Cast) -> None:
    assert set(cast.everyone()) == CREW | {"superuser", "outsider", "retired"}


@pytest.mark.parametrize("name", TABLE)
def test_truth_table(cast: Cast, name: str) -> None:
    rule = getattr(rules, name)
    assert those_who(rule, cast) == TABLE[name]
    assert not rule(AnonymousUser())


def test_the_table_has_every_predicate_of_one_person() -> None:
    named = {name for name in vars(rules) if name.startswith(("is_", "may_", "sees_", "files_"))}
    assert named - {"may_edit_user", "may_lend_stage"} == set(TABLE)


@pytest.mark.parametrize("role", roles.ALL)
def test_a_role_is_held_by_its_own(cast: Cast, role: str) -> None:
    held = those_who(lambda person: rules.has_role(person, role), cast)
    assert held == {"reporter", "reporter2"} if role == roles.REPORTER else held == {role}


def test_an_inactive_person_holds_nothing(cast: Cast) -> None:
    for role in roles.ALL:
        person = UserFactory(roles=[role], is_active=False)
        assert not rules.has_role(person, role)
        assert not rules.may_enter_newsroom(person)
        assert not rules.stages_held(person, NOW)
    idle = UserFactory(is_superuser=True, is_active=False)
    assert not rules.may_enter_newsroom(idle)
    assert not rules.sees_everything(idle)


def test_a_superuser_with_roles_still_signs_nothing(cast: Cast) -> None:
    person = UserFactory(roles=roles.ALL, is_superuser=True)
    assert not rules.is_editor(person)
    assert not rules.is_chief(person)
    assert rules.stages_held(person, NOW) == {}
    assert not any(
        rules.holds_stage(person, stage, NOW) for stage in ("初审", "复审", "终审", "一校", "签样")
    )
    assert rules.sees_everything(person)


def test_only_a_superuser_edits_a_superuser(cast: Cast) -> None:
    other = UserFactory(is_superuser=True)
    assert rules.may_edit_user(cast.superuser, other)
    assert rules.may_edit_user(cast.admin, cast.chief)
    assert rules.may_edit_user(cast.admin, None)
    assert not rules.may_edit_user(cast.admin, other)
    assert not rules.may_edit_user(cast.chief, cast.reporter)


@pytest.mark.parametrize(
    ("stage", "holders"),
    [
        ("初审", {"editor"}),
        ("复审", {"deputy"}),
        ("终审", {"chief"}),
        ("一校", {"proofreader"}),
        ("三校", {"proofreader"}),
        ("签样", {"chief"}),
        ("四审", set()),
        ("", set()),
    ],
)
def test_a_stage_is_held_by_its_group(cast: Cast, stage: str, holders: set[str]) -> None:
    assert those_who(lambda person: rules.holds_stage(person, stage, NOW), cast) == holders
    reviewing = those_who(lambda person: stage in rules.stages_held(person, NOW), cast)
    assert reviewing == (holders if stage in ("初审", "复审", "终审") else set())


def test_stages_come_in_the_order_of_the_settings(settings: object, cast: Cast) -> None:
    person = UserFactory(roles=["chief", "editor", "deputy"])
    assert list(rules.stages_held(person, NOW)) == ["初审", "复审", "终审"]
    assert set(rules.stages_held(person, NOW).values()) == {None}


def test_one_stage_works_too(settings: object, cast: Cast) -> None:
    settings.REVIEW_STAGES = parse_stages("审核:deputy")  # type: ignore[attr-defined]
    assert rules.stages_held(cast.deputy, NOW) == {"审核": None}
    assert rules.stages_held(cast.chief, NOW) == {}
    assert not rules.holds_stage(cast.editor, "初审", NOW)


def test_the_day_is_the_bureau_s() -> None:
    assert str(rules.bureau_date(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC))) == "2026-11-22"
    assert str(rules.bureau_date(datetime(2026, 11, 22, 16, 0, tzinfo=UTC))) == "2026-11-23"


class TestRoles:
    def test_the_settings_know_the_same_names(self) -> None:
        assert set(GROUPS) == set(roles.ALL)

    def test_the_migration_made_them(self, db: None) -> None:
        assert set(Group.objects.values_list("name", flat=True)) == set(roles.ALL)

    def test_making_them_again_changes_nothing(self, db: None) -> None:
        Group.objects.get(name="layout").delete()
        before = dict(Group.objects.values_list("name", "pk"))
        roles.ensure_groups()
        roles.ensure_groups()
        after = dict(Group.objects.values_list("name", "pk"))
        assert set(after) == set(roles.ALL)
        assert {name: after[name] for name in before} == before

    def test_a_name_that_is_no_role_is_its_own_label(self) -> None:
        assert (roles.label("chief"), roles.label("visitors")) == ("总编辑", "visitors")


class TestUser:
    def test_django_lets_in_who_has_a_role(self, cast: Cast) -> None:
        assert those_who(lambda person: person.is_staff, cast) == CREW | {"superuser", "retired"}

    def test_a_group_that_is_no_role_opens_nothing(self, db: None) -> None:
        person = UserFactory()
        person.groups.add(Group.objects.create(name="visitors"))
        assert not User.objects.get(pk=person.pk).is_staff

    def test_django_s_own_ways_of_making_accounts_work(self, db: None) -> None:
        root = User.objects.create_superuser("root", password="x")
        assert (root.is_staff, str(root)) == (True, "root")
        assert not User.objects.create_user("someone", password="x", is_staff=True).is_staff
