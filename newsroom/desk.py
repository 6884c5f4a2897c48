"""The first page of the newsroom: everyone's own desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import desk
from articles.due import LAST_SWEEP
from issues.desk import paper_of
from people import roles
from people import rules as people_rules
from people.models import Delegation, User


@dataclass
class Keeping:
    """What an administrator watches: accounts by role, who stands in for whom, whether the clockwork runs."""

    accounts: list[tuple[str, int]]
    delegations: list[Delegation]
    last_sweep: datetime | None
    stale: bool


def index(
    site: AdminSite, request: HttpRequest, extra_context: dict[str, Any] | None = None
) -> TemplateResponse:
    """Only GET and HEAD matter: nothing on the desk changes by looking at it."""
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    context = {
        **site.each_context(request),
        "title": site.index_title,
        "subtitle": None,
        "app_list": site.get_app_list(request),
        "desk": desk.desk_of(user, now),
        "paper": paper_of(user, now),
        "keeping": keeping(now) if people_rules.is_admin(user) else None,
        "now": now,
        **(extra_context or {}),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/index.html", context)


def keeping(now: datetime) -> Keeping:
    active = Q(user__is_active=True)
    counts = dict(Group.objects.annotate(people=Count("user", filter=active)).values_list("name", "people"))
    swept = cache.get(LAST_SWEEP)
    last = datetime.fromtimestamp(swept, UTC) if swept else None
    today = Delegation.objects.on(people_rules.bureau_date(now)).select_related("principal", "deputy")
    return Keeping(
        accounts=[(roles.label(role), counts.get(role, 0)) for role in roles.ALL],
        delegations=list(today),
        last_sweep=last,
        stale=last is None or (now - last).total_seconds() > settings.SWEEP_STALE_AFTER,
    )
