"""Searching what readers can see: every word, somewhere in the story's text, names or tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode

from articles.models import Listing, Release, Section

LONGEST = 100
MOST_WORDS = 8
# What no database or page can carry.
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. `start` and `end` are days of the bureau, both included."""

    q: str = ""
    section: str = ""
    region: str = ""
    start: date | None = None
    end: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From the address; what cannot be read counts as not asked."""
        return cls(
            q=_line(query.get("q", "")),
            section=_line(query.get("section", "")),
            region=_line(query.get("region", "")),
            start=_day(query.get("from", "")),
            end=_day(query.get("to", "")),
        )

    @property
    def words(self) -> list[str]:
        return self.q.split()[:MOST_WORDS]

    @property
    def query(self) -> str:
        """As an address has it, ready for `page=` to follow."""
        asked = {
            "q": self.q,
            "section": self.section,
            "region": self.region,
            "from": self.start,
            "to": self.end,
        }
        return "".join(f"{urlencode({name: str(value)})}&" for name, value in asked.items() if value)

    def __bool__(self) -> bool:
        return bool(self.words or self.section or self.region or self.start or self.end)


def find(asked: Asked, now: datetime) -> QuerySet[Release]:
    """Visible releases, newest first; none at all when nothing is asked."""
    if not asked:
        return Release.objects.none()
    found = Release.objects.visible(now).for_lists()
    for word in asked.words:
        found = found.filter(search_text__text__icontains=word)
    if asked.section:
        section = Section.objects.filter(slug=asked.section).values_list("pk", flat=True).first()
        found = found.filter(pk__in=_listed(Listing.Kind.SECTION, section))
    if asked.region:
        found = found.filter(pk__in=_listed(Listing.Kind.REGION, asked.region))
    if asked.start:
        found = found.filter(listed_at__gte=_midnight(asked.start))
    if asked.end:
        found = found.filter(listed_at__lt=_midnight(asked.end + timedelta(days=1)))
    return found


def _listed(kind: str, key: object) -> QuerySet[Any]:
    return Listing.objects.filter(kind=kind, key=str(key)).values("release")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def _line(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()[:LONGEST]


def _day(text: str) -> date | None:
    """A day near enough to ours to be turned into any zone's moments."""
    try:
        day = parse_date(text.strip())
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None
