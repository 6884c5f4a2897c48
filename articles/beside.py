"""What a page of a list needs beside its rows: found with the site's own links in one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from articles.models import Listing, Release
from articles.site_map import Places, places_and
from articles.story import card_picture_ids
from media.models import Photo
from newsroom.lib import canonical
from people.models import Region

Rows = QuerySet[Any, Any]
Link = tuple[str, str]


@dataclass
class Beside:
    """`blocked`: public ids of pictures that must not show. `more`: of the page's first release, what
    `Release.more` is. `wider` and `inner`: (code, name) of the regions around one and of those within it
    that readers find something in."""

    blocked: set[str] = field(default_factory=set)
    more: dict[str, Any] = field(default_factory=dict)
    wider: list[Link] = field(default_factory=list)
    inner: list[Link] = field(default_factory=list)


def beside(releases: Sequence[Release], now: datetime, region: Region | None = None) -> tuple[Places, Beside]:
    """Of a page that lists those releases; `region` is the one whose list it is."""
    parts = [*_of(releases), *(_around(region, now) if region else [])]
    places, rows = places_and(now, parts)
    found = Beside()
    for what, word, text, _order in sorted(rows, key=lambda row: (row[3], row[1])):
        if what == ":blocked":
            found.blocked.add(word)
        elif what == ":more":
            found.more = canonical.load(text)
        elif what == ":wider":
            found.wider.append((word, text))
        else:
            found.inner.append((word, text))
    return places, found


def _of(releases: Sequence[Release]) -> Iterator[Rows]:
    """The blocked ones of all pictures that the page may show: on cards, and of the first release, whose
    series lends the page its logo."""
    if not releases:
        return
    first = releases[0]
    lent = Listing.objects.filter(release=first, kind=Listing.Kind.PHOTO).values("key")
    shown = Q(public_id__in=list(card_picture_ids(releases))) | Q(public_id__in=lent)
    yield _rows(Photo.objects.filter(shown, blocked_at__isnull=False), ":blocked", "public_id")
    yield _rows(Release.objects.filter(pk=first.pk), ":more", "page", "details")


def _around(region: Region, now: datetime) -> Iterator[Rows]:
    wider = Region.objects.filter(code__in=region.lineage[:-1])
    here = Listing.objects.visible(now).filter(kind=Listing.Kind.REGION, key=OuterRef("code"))
    yield _rows(wider, ":wider", "code", "name", "level")
    yield _rows(Region.objects.filter(Exists(here), parent=region), ":inner", "code", "name", "level")


def _rows(query: Rows, what: str, word: str, text: str = "", order: str = "pk") -> Rows:
    return query.order_by().values_list(
        Value(what, CharField()),
        Cast(word, CharField()),
        Cast(text, TextField()) if text else Value("", TextField()),
        F(order),
        F("pk"),
    )
