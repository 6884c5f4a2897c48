"""The home page made up like page one: first what editors chose, then what fills the rest by itself.

All of it from what readers may see at a moment. A choice whose story is withdrawn, not yet due or run out is
passed over, and its place is filled as if nobody had chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from articles.models import FrontSlot, Listing, Release, Section
from articles.story import card_picture_ids
from articles.views import blocked_among

CONSIDERED = 60  # newest stories that page one chooses from
FRONT = 14  # of them, those that may lead
SECONDS = 3
PICTURES = 4
IN_SECTION = 5
RECENT = 24

Place = FrontSlot.Place
Columns = list[tuple[Section, list[Release]]]


@dataclass
class Chosen:
    """What editors chose, as far as readers may see it now. A story has the first place it was given."""

    lead: list[Release]
    seconds: list[Release]
    pictures: list[Release]
    pinned: list[Release]
    off: frozenset[int]  # articles

    @property
    def placed(self) -> set[int]:
        """Keys of those that nothing else takes: they stand where somebody put them."""
        return {release.pk for release in [*self.lead, *self.seconds, *self.pictures, *self.pinned]}


@dataclass
class Front:
    """Page one: each story stands on it once, above the list of what is most recent.

    `blocked`: public ids of the pictures of its stories that must not show.
    """

    lead: Release | None
    seconds: list[Release]
    pictures: list[Release]
    columns: Columns
    recent: list[Release]
    blocked: set[str]

    @property
    def used(self) -> set[int]:
        """Keys of the releases that stand above the sections."""
        shown = [*([self.lead] if self.lead else []), *self.seconds, *self.pictures]
        return {release.pk for release in shown}


def front(slots: Iterable[FrontSlot], now: datetime) -> Front:
    """The page at that moment with those choices, saved or not. Six queries, however many sections."""
    slots = sorted((slot for slot in slots if slot.stands_at(now)), key=lambda slot: slot.order)
    off = frozenset(slot.article_id for slot in slots if slot.place == Place.OFF)
    newest = list(Release.objects.stories(now).for_lists()[: CONSIDERED + len(off)])
    sections = list(Section.objects.filter(parent=None))
    listed = _listed(sections, now, IN_SECTION + 1 + SECONDS + PICTURES + len(off))
    releases = {release.pk: release for release in newest}
    releases |= _fetched({pk for keys in listed.values() for pk in keys} - releases.keys(), slots, now)
    blocked = blocked_among(card_picture_ids(releases.values()))
    chosen = _chosen(slots, off, releases.values(), blocked)
    chosen.pinned = [r for r in chosen.pinned if listed.keys() & set(_sections_of(r))]
    rows = {
        key: [releases[pk] for pk in keys if pk in releases and releases[pk].article_id not in off]
        for key, keys in listed.items()
    }
    made = make_up(chosen, [release for release in newest if release.article_id not in off], blocked)
    made.columns = _columns(sections, rows, chosen.pinned, made)
    return made


def make_up(chosen: Chosen, newest: Sequence[Release], blocked: set[str]) -> Front:
    """Of what nobody placed, the newest story with a picture leads, the next ones stand beside it: a notice
    seldom has one. Picture stories, then other pictures, make the picture news."""
    free = [release for release in newest if release.pk not in chosen.placed]
    stories = [release for release in free[:FRONT] if release.on_card["kind"] == "story"]
    stories.sort(key=lambda release: not pictured(release, blocked))  # keeps newest first among each kind
    leads = chosen.lead or stories[:1]
    lead = next(iter(leads), None)
    fill = [release for release in stories if release is not lead]
    seconds = [*chosen.seconds, *fill][:SECONDS]
    standing = {release.pk for release in [*leads, *seconds]}
    rest = [release for release in free if release.pk not in standing and pictured(release, blocked)]
    rest.sort(key=lambda release: release.on_card["kind"] != "picture")
    pictures = [*chosen.pictures, *rest][:PICTURES]
    recent = [release for release in newest if release is not lead][:RECENT]
    return Front(lead, seconds, pictures, [], recent, blocked)


def pictured(release: Release, blocked: set[str]) -> bool:
    picture = release.on_card["picture"]
    return bool(picture) and picture["public_id"] not in blocked


def _listed(sections: Sequence[Section], now: datetime, most: int) -> dict[int, list[int]]:
    """Keys of each section's newest releases, newest first, enough to fill its place when some stand above
    it. One query, which looks at no more rows than it finds: a window function would rank them all."""
    parts = [
        # No part of a union is sorted or cut on SQLite, so each asks for what a sorted and cut one found.
        Listing.objects.filter(
            pk__in=Listing.objects.visible(now).of(Listing.Kind.SECTION, section.pk).values("pk")[:most]
        ).order_by().values_list("key", "listed_at", "release_id")
        for section in sections
    ]  # fmt: skip
    found: dict[int, list[int]] = {section.pk: [] for section in sections}
    if parts:
        rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        for key, _listed_at, pk in sorted(rows, key=lambda row: row[1:], reverse=True):
            found[int(key)].append(pk)
    return found


def _fetched(keys: set[int], slots: Iterable[FrontSlot], now: datetime) -> dict[int, Release]:
    """The releases of those keys and what readers see of the chosen stories, in one query by their indexes:
    sorted by date, the database might walk that index instead."""
    wanted = Q(pk__in=keys) | Q(article__in={slot.article_id for slot in slots})
    found = Release.objects.stories(now).for_lists().filter(wanted).order_by()
    return {release.pk: release for release in found}


def _chosen(
    slots: Iterable[FrontSlot], off: frozenset[int], releases: Iterable[Release], blocked: set[str]
) -> Chosen:
    """What is kept off is only kept off what fills itself: who places it too means it."""
    seen = {release.article_id: release for release in sorted(releases, key=lambda release: release.pk)}
    placed: set[int] = set()
    most = {Place.LEAD: 1, Place.SECOND: SECONDS, Place.PICTURE: PICTURES, Place.SECTION: None}
    given: dict[str, list[Release]] = {}
    slots = list(slots)
    for place, count in most.items():
        fit = [
            seen[slot.article_id]
            for slot in slots
            if slot.place == place
            and slot.article_id in seen
            and slot.article_id not in placed
            and (place != Place.PICTURE or pictured(seen[slot.article_id], blocked))
        ]
        given[place] = fit[:count]
        placed |= {release.article_id for release in given[place]}
    return Chosen(given[Place.LEAD], given[Place.SECOND], given[Place.PICTURE], given[Place.SECTION], off)


def _columns(
    sections: Iterable[Section], rows: dict[int, list[Release]], pinned: Sequence[Release], made: Front
) -> Columns:
    """Each section with what was pinned to its top, then its newest that stand nowhere above, one with a
    picture first unless somebody chose; or it is left out."""
    columns = []
    for section in sections:
        top = [r for r in pinned if r.pk not in made.used and section.pk in _sections_of(r)]
        fresh = [r for r in rows[section.pk] if r.pk not in made.used and r not in top]
        if not top and (first := next((r for r in fresh[:IN_SECTION] if pictured(r, made.blocked)), None)):
            fresh = [first, *(r for r in fresh if r is not first)]
        if shown := [*top, *fresh][:IN_SECTION]:
            columns.append((section, shown))
    return columns


def _sections_of(release: Release) -> Iterator[int]:
    """Keys of its section and the one around it, as they were signed."""
    section = release.on_card["section"]
    while section:
        yield section["id"]
        section = section["parent"]
