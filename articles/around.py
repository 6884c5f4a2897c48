"""What stands around a story: its series, its neighbours in the section, what is related, who reviewed it.

One query finds all of it, together with what happened after the story was signed (corrections, blocked
pictures), so that a story's page takes three. Each part of the union looks at one list and reads a few of its
newest rows by the index `listing_page`, however long the list is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from articles.models import Article, Correction, Listing, Release
from articles.story import Correction as Shown
from articles.story import picture_ids
from media.models import Photo
from newsroom.lib import canonical
from people.models import Signature

PARTS = 5  # of the series
RELATED = 5
LOOKED_AT = 8  # the newest of each list that may be related
MOST_KEYS = 5  # lists asked for what is related: a tag, a person, a region, then the next of each
WEIGHTS = {Listing.Kind.TAG: 4, Listing.Kind.REPORTER: 2, Listing.Kind.REGION: 1}
NUMERALS = "一二三四五六七八九"

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Near:
    """Another story that readers see."""

    article: int
    headline: str
    at: datetime
    instalment: str = ""

    @property
    def address(self) -> str:
        return f"/articles/{self.article}/"


@dataclass
class Around:
    """`reviewers` are what to call a signature, and who gave it: ("一审", "王编辑")."""

    corrections: list[Shown] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    series: list[Near] = field(default_factory=list)
    newer: Near | None = None
    older: Near | None = None
    related: list[Near] = field(default_factory=list)
    reviewers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def leads_on(self) -> bool:
        """Is there another story to go to?"""
        return bool(self.series or self.related or self.newer or self.older)


class Row(NamedTuple):
    """`what` says what the rest means."""

    what: str
    at: datetime
    text: str
    extra: str
    number: int


def around(release: Release, now: datetime) -> Around:
    """All that stands around a release that readers see; one query."""
    found = _found([*_happened(release), *_signed(release), *_neighbours(release, now)])
    of = {what: [row for row in found if row.what == what] for what in {row.what for row in found}}
    series = [
        Near(row.number, row.text, row.at, canonical.load(row.extra)["instalment"])
        for row in _newest(of.get("series", []))
    ]
    return Around(
        *_after(found),
        series=series,
        newer=next(_near(of.get("newer", [])), None),
        older=next(_near(of.get("older", [])), None),
        related=_related(found, {part.article for part in series}),
        reviewers=reviewers([row for row in found if row.what in SIGNED]),
    )


def since(release: Release) -> tuple[list[Shown], set[str]]:
    """What happened after a story was signed, in one query: its corrections and blocked pictures."""
    return _after(_found(_happened(release)))


def _found(parts: list[Rows]) -> list[Row]:
    return [Row(*row) for row in parts[0].union(*parts[1:], all=True)]


def _after(found: Iterable[Row]) -> tuple[list[Shown], set[str]]:
    corrections = sorted((row for row in found if row.what == "correction"), key=lambda row: row[1:])
    return (
        [Shown(row.text, row.at) for row in corrections],
        {row.text for row in found if row.what == "photo"},
    )


def _happened(release: Release) -> list[Rows]:
    corrections = Correction.objects.filter(article=release.article_id)
    blocked = Photo.objects.filter(public_id__in=picture_ids(release), blocked_at__isnull=False)
    return [
        _rows(corrections, "correction", "at", "text", number="pk"),
        _rows(blocked, "photo", "blocked_at", "public_id", number="pk"),
    ]


def _rows(
    query: QuerySet[Any, Any], what: Any, at: str, text: str, extra: Any = "", number: str = "article_id"
) -> Rows:
    """A part of the union. A word that is no expression stands for itself in `what` and `extra`."""
    if isinstance(what, str):
        what = Value(what, CharField())
    if isinstance(extra, str):
        extra = Value(extra, TextField())
    return query.order_by().values_list(what, at, Cast(text, TextField()), extra, number)


# Its neighbours


def _neighbours(release: Release, now: datetime) -> Iterator[Rows]:
    card, more = release.on_card, release.more
    others = Listing.objects.visible(now).exclude(release__article=release.article_id)
    newest = others.order_by("-listed_at", "-release_id")
    if more["series"]:
        listed = newest.filter(kind=Listing.Kind.SERIES, key=str(more["series"]["id"]))
        yield _first(listed, PARTS, "series", F("details"))
    if card["section"] and release.listed_at:
        listed = others.filter(kind=Listing.Kind.SECTION, key=str(card["section"]["id"]))
        at, here = release.listed_at, Q(listed_at=release.listed_at)
        # The first condition alone is what the index can use.
        newer = listed.filter(listed_at__gte=at).exclude(here, release__lt=release.pk)
        older = listed.filter(listed_at__lte=at).exclude(here, release__gt=release.pk)
        yield _first(newer.order_by("listed_at", "release_id"), 1, "newer")
        yield _first(older.order_by("-listed_at", "-release_id"), 1, "older")
    for kind, key in _keys(more):
        yield _first(newest.filter(kind=kind, key=key), LOOKED_AT, kind)


def _first(listed: QuerySet[Listing], count: int, what: str, extra: Any = "") -> Rows:
    releases = Release.objects.filter(pk__in=listed.values("release")[:count])
    return _rows(releases, what, "listed_at", "headline", extra)


def _keys(more: dict[str, Any]) -> list[tuple[str, str]]:
    """The lists in which related stories may stand; the wider regions around a story's own say too little."""
    tags = [(Listing.Kind.TAG, str(tag["id"])) for tag in more["tags"]]
    people = [(Listing.Kind.REPORTER, str(b["reporter"])) for b in more["bylines"] if b["reporter"]]
    regions = [(Listing.Kind.REGION, region["code"]) for region in more["regions"]]
    by_turns = [key for row in zip_longest(tags, people, regions) for key in row if key]
    return [(str(kind), key) for kind, key in dict.fromkeys(by_turns)][:MOST_KEYS]


def _newest(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.at, row.number), reverse=True)


def _near(rows: Iterable[Row]) -> Iterator[Near]:
    return (Near(row.number, row.text, row.at) for row in rows)


def _related(found: Iterable[Row], named: set[int]) -> list[Near]:
    """Those that share most, the newest among equals; none that the page names as a part of the series."""
    shared: Counter[Near] = Counter()
    for row in found:
        if row.what in WEIGHTS and row.number not in named:
            shared[Near(row.number, row.text, row.at)] += WEIGHTS[Listing.Kind(row.what)]
    best = sorted(shared, key=lambda near: (shared[near], near.at, near.article), reverse=True)
    return best[:RELATED]


# Who reviewed it

SIGNED = ("submit", "pass", "amend")


def _signed(release: Release) -> Iterator[Rows]:
    """The chain's links up to the one that made the release; none where readers are not to see them.

    Read from the chain and not kept with the release, whose content is made before its last signature.
    """
    if not settings.SHOW_REVIEWERS:
        return
    subject = Article(pk=release.article_id).subject
    links = Signature.objects.filter(subject=subject, action__in=SIGNED, at__lte=release.created_at)
    seen = Case(When(action="amend", then=Cast("digest", TextField())), default=Cast("stage", TextField()))
    yield _rows(links, F("action"), "at", "person_name", seen, "sequence")


def reviewers(links: Iterable[Row]) -> list[tuple[str, str]]:
    """Of each stage who signed in it last, since the story was submitted: 初审 is called 一审, and so on.

    A text that a later stage changed keeps the earlier one's name: it had its first review. An amendment
    went through no stages, so those two are named who signed it.
    """
    links = sorted(links, key=lambda row: row.number)
    if not links:
        return []
    last = links[-1]
    if last.what == "amend":
        names = [row.text for row in links if row.what == "amend" and row.extra == last.extra]
        return [("改稿签发", "、".join(dict.fromkeys(names)))]
    begun = max((n for n, row in enumerate(links) if row.what == "submit"), default=0)
    signed = {row.extra: row.text for row in links[begun:] if row.what == "pass"}
    stages = [stage.name for stage in settings.REVIEW_STAGES]
    return [
        (f"{numeral}审", signed[stage])
        for numeral, stage in zip(NUMERALS, stages, strict=False)
        if stage in signed
    ]
