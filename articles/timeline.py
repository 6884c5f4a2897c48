"""When readers get what: the releases of today and tomorrow, and those that wait for a paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Release

MOST = 240


@dataclass(frozen=True)
class Moment:
    """A release and when it appears; `at` is empty while it waits for its issue."""

    release: Release
    at: datetime | None
    public: bool


@dataclass(frozen=True)
class Day:
    title: str
    date: datetime
    moments: list[Moment]


@dataclass
class Timeline:
    days: list[Day] = field(default_factory=list)
    with_issue: list[Moment] = field(default_factory=list)


def timeline(now: datetime) -> Timeline:
    """Two days' releases, without those withdrawn or taken back before their time; one query."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [midnight, midnight + timedelta(days=1), midnight + timedelta(days=2)]
    ended = (Release.End.WITHDRAWN, Release.End.TAKEN_BACK)
    planned = Q(visible_from__gte=starts[0], visible_from__lt=starts[2]) | Q(visible_from=None)
    releases = Release.objects.filter(planned).exclude(end_reason__in=ended)
    releases = releases.defer("body", "details", "notice").select_related("article__section")
    moments = [
        Moment(r, r.visible_from, bool(r.visible_from and r.visible_from <= now))
        for r in releases.order_by("visible_from", "pk")[:MOST]
    ]
    days = [
        Day(title, starts[i], [m for m in moments if m.at and starts[i] <= m.at < starts[i + 1]])
        for i, title in enumerate((_("今天"), _("明天")))
    ]
    return Timeline(days, [m for m in moments if m.at is None])
