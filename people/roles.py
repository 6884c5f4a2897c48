"""The roles of the bureau: one group each, by name. What a role may do is said in the apps' `rules`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REPORTER = "reporter"
EDITOR = "editor"
DEPUTY = "deputy"
CHIEF = "chief"
PROOFREADER = "proofreader"
LAYOUT = "layout"
ADMIN = "admin"

# Who counts as an editor: they see every story, and hold the stages of review.
EDITORS = frozenset({EDITOR, DEPUTY, CHIEF})

# Every role with what people call it, in the order in which a story meets them.
ALL: dict[str, Promise] = {
    REPORTER: _("记者"),
    EDITOR: _("编辑"),
    DEPUTY: _("副总编辑"),
    CHIEF: _("总编辑"),
    PROOFREADER: _("校对"),
    LAYOUT: _("版面编辑"),
    ADMIN: _("管理员"),
}


def label(role: str) -> str:
    """What people call a role; a name that is no role is its own label."""
    return str(ALL.get(role, role))


def ensure_groups() -> None:
    """Create the group of each role that is missing. Running it again changes nothing."""
    from django.contrib.auth.models import Group  # roles are read before the apps are ready

    Group.objects.bulk_create([Group(name=role) for role in ALL], ignore_conflicts=True)
