"""What every page of the site links to: the sections at its head, the standing pages at its foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from articles.models import Release, Section
from newsroom.lib import canonical

Link = tuple[str, str]


@dataclass(frozen=True)
class Places:
    """`sections`: (slug, name) of the first level; `pages`: (path, headline). Both in their order."""

    sections: tuple[Link, ...]
    pages: tuple[Link, ...]


def places(now: datetime) -> Places:
    """In one query, as every page asks it."""
    return places_and(now, [])[0]


def places_and(now: datetime, parts: Iterable[QuerySet[Any, Any]]) -> tuple[Places, list[Any]]:
    """Likewise, with what else a page must know in the same query.

    `parts` have five columns, text but for the last two, which are numbers; the first begins with a colon.
    """
    none = Value("", TextField())
    sections = Section.objects.filter(parent=None).order_by()
    rows = sections.values_list(
        Cast("slug", CharField()), Cast("name", CharField()), none, F("order"), F("pk")
    )
    pages = Release.objects.pages(now).order_by()
    found = rows.union(
        pages.values_list(
            Cast("page", CharField()), Cast("headline", CharField()), F("card"), F("number"), F("pk")
        ),
        *parts,
        all=True,
    )
    tops: list[tuple[int, int, Link]] = []
    feet: list[tuple[int, str, Link]] = []
    others: list[Any] = []
    for word, name, card, order, pk in found:
        if word.startswith(":"):
            others.append((word, name, card, order))
        elif card:
            feet.append((canonical.load(card)["page_order"], word, (word, name)))
        else:
            tops.append((order, pk, (word, name)))
    known = Places(tuple(row[2] for row in sorted(tops)), tuple(row[2] for row in sorted(feet)))
    return known, others
