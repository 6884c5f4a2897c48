"""What is visible now as feeds: RSS, Atom, JSON Feed and IPTC ninjs, of the site or of a section."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles import feed_json, feed_ninjs, feed_xml
from articles.addresses import absolute
from articles.answering import for_readers
from articles.feed_item import Channel, Item, draw
from articles.models import Correction, Listing, Release, Section
from articles.story import Correction as Shown
from articles.story import Story, picture_ids
from articles.told import legal
from articles.views import blocked_among

NEWEST = 30
JSON_KINDS = {"json": feed_json, "ninjs": feed_ninjs}


@for_readers
def feed(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    now = timezone.now()
    section = get_object_or_404(Section, slug=slug) if slug else None
    channel = channel_of(section, request.path)
    items = [Item(story) for story in stories(newest(section, now), now)]
    if kind in JSON_KINDS:
        written = JSON_KINDS[kind]
        return HttpResponse(_json(written.document(channel, items)), content_type=written.CONTENT_TYPE)
    xml = feed_xml.document(kind, channel, items)
    return HttpResponse(xml.writeString("utf-8"), content_type=xml.content_type)


def channel_of(section: Section | None, path: str) -> Channel:
    site = str(settings.SITE_NAME)
    return Channel(
        title=legal(f"{site}·{section.name}" if section else site),
        home=absolute(f"/sections/{section.slug}/" if section else "/"),
        address=absolute(path),
        description=legal(f"{site}“{section.name}”的最新报道" if section else f"{site}最新报道"),
    )


def newest(section: Section | None, now: datetime) -> list[Release]:
    """What is new here: a story reposted today is, though lists sort it by its original time."""
    visible = Release.objects.stories(now)
    if section:
        visible = visible.filter(listings__kind=Listing.Kind.SECTION, listings__key=str(section.pk))
    return list(visible.order_by("-visible_from", "-pk")[:NEWEST])


def stories(releases: list[Release], now: datetime) -> list[Story]:
    """The releases laid out with their corrections and without blocked pictures, in two queries."""
    corrections = defaultdict(list)
    for correction in Correction.objects.filter(article__in=[release.article_id for release in releases]):
        corrections[correction.article_id].append(Shown(correction.text, correction.at))
    blocked = blocked_among(public_id for release in releases for public_id in picture_ids(release))
    return [Story(release, now, corrections[release.article_id], blocked, draw) for release in releases]


def _json(document: dict[str, Any]) -> str:
    """Without the slash that would end a script, should somebody write it into a page."""
    return json.dumps(document, ensure_ascii=False, indent=1).replace("</", "<\\/")
