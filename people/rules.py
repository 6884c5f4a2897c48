"""Who may do what with people, places and stages: pure predicates over a user and, where it matters, a time.

An inactive account may nothing. A superuser sees and repairs everything but holds no role: it never signs,
so it counts as no editor and no chief.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from newsroom.lib.stages import Stage
from people import roles
from people.models import Delegation, User

# Whoever asks: `request.user`.
Person: TypeAlias = User | AnonymousUser


def has_role(user: Person, role: str) -> bool:
    return role in _roles(user)


def is_editor(user: Person) -> bool:
    """Holds a group that counts as editor (编辑, 副总编辑, 总编辑). Standing in (代审) is not enough."""
    return bool(_roles(user) & roles.EDITORS)


def is_chief(user: Person) -> bool:
    return has_role(user, roles.CHIEF)


def is_admin(user: Person) -> bool:
    """Keeps the accounts and settings: the role, or a superuser."""
    return _is_active_superuser(user) or has_role(user, roles.ADMIN)


def sees_everything(user: Person) -> bool:
    """May read whatever there is: editors, and a superuser (who still signs nothing)."""
    return _is_active_superuser(user) or is_editor(user)


def sees_all_stories(user: Person) -> bool:
    """May open every story: those who see everything, and those who make up and read the pages."""
    return sees_everything(user) or bool(_roles(user) & {roles.PROOFREADER, roles.LAYOUT})


def files_stories(user: Person) -> bool:
    """Writes stories of his own: a reporter, or an editor."""
    return is_editor(user) or has_role(user, roles.REPORTER)


def may_enter_newsroom(user: Person) -> bool:
    """May log in to the admin at all: has any role of ours, or is a superuser."""
    return _is_active_superuser(user) or bool(_roles(user) & roles.ALL.keys())


# Stages -------------------------------------------------------------------------------------------------


def stages_held(user: Person, now: datetime, stages: Iterable[Stage] | None = None) -> dict[str, User | None]:
    """The stages this person may sign at `now`, in their order, each with the one he signs for.

    None means for himself, by his own group; a user is the principal of a delegation (代审) that covers the
    day. A principal must hold the stage by his own group and be active: what was lent cannot be lent on.
    `stages` defaults to the review stages of the settings. At most one query besides the user's groups.
    """
    if not _may_sign(user):
        return {}
    wanted = list(settings.REVIEW_STAGES if stages is None else stages)
    own = {stage.name for stage in wanted if has_role(user, stage.group)}
    lent = _lent(user, [stage for stage in wanted if stage.name not in own], bureau_date(now))
    return {s.name: lent.get(s.name) for s in wanted if s.name in own or s.name in lent}


def holds_stage(user: Person, stage_name: str, now: datetime) -> bool:
    """Whether this person may sign the review or proof stage of that name; False for an unknown name."""
    return stage_name in stages_held(user, now, _named(stage_name))


def delegated_by(user: Person, stage_name: str, now: datetime) -> User | None:
    """For whom this person would sign the stage; None when for himself or when he does not hold it."""
    return stages_held(user, now, _named(stage_name)).get(stage_name)


def may_lend_stage(principal: User, stage_name: str) -> bool:
    """Whether a stage is this person's own to lend."""
    return _may_sign(principal) and any(has_role(principal, stage.group) for stage in _named(stage_name))


def bureau_date(now: datetime) -> date:
    """The day it is in the bureau at that moment."""
    return timezone.localtime(now, timezone.get_default_timezone()).date()


# People and places ----------------------------------------------------------------------------------------


def may_edit_users(user: Person) -> bool:
    return is_admin(user)


def may_edit_user(user: Person, account: User | None) -> bool:
    """An administrator edits any account but a superuser's, which only a superuser touches."""
    return is_admin(user) and (account is None or not account.is_superuser or bool(user.is_superuser))


def may_delete_user(user: Person, account: User | None = None) -> bool:
    """Nobody may: signatures point at accounts. They are deactivated."""
    return False


def may_edit_regions(user: Person) -> bool:
    return is_admin(user)


def may_look_up(user: Person) -> bool:
    """May see the lists of regions and reporters, and pick from them."""
    return may_enter_newsroom(user)


def may_create_reporter(user: Person) -> bool:
    """A new correspondent is made on the spot by whoever writes or edits."""
    return may_edit_reporter(user) or files_stories(user)


def may_edit_reporter(user: Person) -> bool:
    return is_admin(user) or is_editor(user)


def may_link_login(user: Person) -> bool:
    """May say which login a reporter is: a bylined login is an author, and authors do not sign."""
    return is_admin(user)


def may_delegate(user: Person) -> bool:
    return is_chief(user) or is_admin(user)


def may_read_chain(user: Person) -> bool:
    return is_chief(user) or is_admin(user)


# ----------------------------------------------------------------------------------------------------------


def _may_sign(user: Person) -> bool:
    return bool(user.is_active and not user.is_superuser)


def _is_active_superuser(user: Person) -> bool:
    return bool(user.is_active and user.is_superuser)


def _roles(user: Person) -> frozenset[str]:
    return user.roles if isinstance(user, User) and _may_sign(user) else frozenset()


def _named(stage_name: str) -> list[Stage]:
    return [s for s in (*settings.REVIEW_STAGES, *settings.PROOF_STAGES) if s.name == stage_name]


def _lent(user: Person, stages: list[Stage], today: date) -> dict[str, User]:
    """Stage name to principal, of the delegations to `user` that count today. No query for no stages."""
    if not stages or not isinstance(user, User):
        return {}
    held_by_principal = Q()
    for stage in stages:
        held_by_principal |= Q(stage=stage.name, principal__groups__name=stage.group)
    lent = (
        Delegation.objects.on(today)
        .filter(held_by_principal, deputy=user, principal__is_active=True, principal__is_superuser=False)
        .select_related("principal")
        .order_by("-starts_on", "-pk")
    )
    return {delegation.stage: delegation.principal for delegation in lent}
