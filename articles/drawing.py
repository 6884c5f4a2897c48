"""Parts of readers' pages that the same content gives each time: drawn once, kept under that content."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles import heads
from articles.models import Release
from articles.story import Story
from newsroom.lib.keeper import Keeper

_ENTRIES: Keeper[SafeString] = Keeper(4_000)  # some two kilobytes each
_NAVIGATIONS: Keeper[SafeString] = Keeper(200)
_HEADS: Keeper[heads.Head] = Keeper(400)


def entries(
    releases: Iterable[Release], blocked: Collection[str]
) -> Iterator[tuple[date | None, SafeString]]:
    """Stories as a list shows them, each with its day if it is another than that of the story before it.

    `blocked` are public ids of pictures that must not show.
    """
    last = None
    for release in releases:
        day = timezone.localdate(release.listed_at)
        yield None if day == last else day, _entry(release, blocked)
        last = day


def navigation(here: str, sections: tuple[tuple[str, str], ...]) -> SafeString:
    """The links to the sections, (slug, name) each. `here`: the slug of the one around the page, or home,
    papers or paper."""
    context = {"sections": sections, "here": here}
    return _NAVIGATIONS.kept(
        (here, sections, get_language()), lambda: render_to_string("includes/channels.html", context)
    )


def head(story: Story) -> heads.Head:
    """What a story's page says to machines."""
    release, paper = story.release, story.paper
    frozen = (release.get_absolute_url(), release.headline, release.card, release.details)
    moments = (release.visible_from, release.listed_at or story.now, paper)
    later = (tuple(story.corrections), frozenset(story.blocked))
    return _HEADS.kept((*frozen, *moments, *later), lambda: heads.of_story(story))


def _entry(release: Release, blocked: Collection[str]) -> SafeString:
    card = release.on_card
    picture = card["picture"]
    shown = None if picture and picture["public_id"] in blocked else picture
    key = (
        release.get_absolute_url(),
        release.headline,
        release.card,
        release.listed_at,
        bool(shown),
        get_language(),
    )
    context = {"release": release, "card": card, "shown": shown}
    return _ENTRIES.kept(key, lambda: render_to_string("includes/entry.html", context))
