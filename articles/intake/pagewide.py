"""What a page says once and each of its stories has: time, source, editor; the bureau's series, regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from articles.intake import shape
from articles.intake.pieces import PAGE, WEB, Kind, Reading
from articles.intake.text import masthead
from articles.intake.text.names import AUTHOR, Person
from articles.models import Series
from newsroom.lib.text import LONGEST
from people.models import Region

LONGEST_TITLE, LONGEST_INSTALMENT, LONGEST_SOURCE, LONGEST_EDITOR = 60, 40, 80, 60
_INSTALMENTS = ("篇", "期", "季", "辑")
_EDITORS = ("责编", "责任编辑", "编辑")


@dataclass(frozen=True)
class Pagewide:
    fields: dict[str, Any]  # columns of `Article`
    author: Person | None = None  # whom a web page names above its only story
    is_web: bool = False
    counties: Sequence[Region] = ()

    @classmethod
    def of(cls, reading: Reading, now: datetime, day: date | None) -> Pagewide:
        said = shape.issue_of(reading)
        is_web = reading.form == WEB
        names = said.get("editor_credits", {})
        editor = next((names[label] for label in _EDITORS if label in names), "")
        fields: dict[str, Any] = {
            "source": said.get("source", "")[:LONGEST_SOURCE],
            "copyright_notice": said.get("copyright_notice", "")[:LONGEST],
            "responsible_editor": editor[:LONGEST_EDITOR],
            "first_published_at": _moment(said, now, None if is_web else day),
        }
        texts = (reading.text(piece) for piece in reading.of(PAGE, Kind.ISSUE))
        name = masthead.read(texts).get("author") if is_web else None
        return cls(fields, Person(AUTHOR, name) if name else None, is_web, _counties())

    def without_author(self) -> Pagewide:
        return replace(self, author=None)

    def regions(self, *texts: str) -> list[Region]:
        """Counties whose whole name stands there, and belongs to no other county."""
        named = [text for text in texts if text]
        return [region for region in self.counties if any(region.name in text for text in named)]


def series_of(title: str) -> dict[str, Any] | None:
    """The series of that title, made if there is none: {"series", "instalment"}; None if it is too long.

    `港城新答卷·湾区篇` is an instalment, where it ends so or a series has the title before the dot.
    """
    before, _dot, instalment = (part.strip() for part in title.partition("·"))
    if known := _series(title):
        return {"series": known, "instalment": ""}
    if 0 < len(instalment) <= LONGEST_INSTALMENT and len(before) <= LONGEST_TITLE:
        known = _series(before)
        if known or instalment.endswith(_INSTALMENTS):
            return {"series": known or _new_series(before), "instalment": instalment}
    return {"series": _new_series(title), "instalment": ""} if len(title) <= LONGEST_TITLE else None


def _series(title: str) -> Series | None:
    return Series.objects.filter(title=title).order_by("pk").first()


def _new_series(title: str) -> Series:
    """Of two who make it at once, the second finds the first one's."""
    try:
        with transaction.atomic():
            return Series.objects.create(title=title)
    except IntegrityError:
        return _series(title) or Series.objects.create(title=title)


def _moment(said: dict[str, Any], now: datetime, day: date | None) -> datetime | None:
    """When it was first published: by the page's own clock, else that day. None for what is to come."""
    if stamp := said.get("published_at"):
        moment = datetime.fromisoformat(stamp)
    elif day or said.get("date"):
        moment = datetime.combine(day or date.fromisoformat(said["date"]), time())
    else:
        return None
    aware = timezone.make_aware(moment, timezone.get_default_timezone())
    today = timezone.localtime(now, timezone.get_default_timezone()).date()
    return aware if aware <= now and (stamp or aware.date() < today) else None


def _counties() -> list[Region]:
    counties = Region.objects.filter(level=Region.Level.COUNTY)
    single = counties.values("name").annotate(times=Count("pk")).filter(times=1).values("name")
    return [region for region in counties.filter(name__in=single) if len(region.name) > 2]
