"""RSS and Atom of what is visible now: the whole text, its pictures, its corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.answering import for_readers
from articles.models import Correction, Listing, Release, Section
from articles.story import Correction as Shown
from articles.story import Figure, Story, picture_ids
from articles.views import blocked_among

NEWEST = 30
EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
# No XML file may hold these, however they are written.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_LINK = re.compile(r'(<a href=")(?=/)')


class Dated(SyndicationFeed):
    """A feed that says the same twice: an empty one is not dated by the moment of asking."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EMPTY_SINCE


class Rss(Dated, Rss201rev2Feed):
    """RSS 2.0 with the whole text in content:encoded, as its readers expect it."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(Dated, Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


KINDS: dict[str, type[Rss] | type[Atom]] = {"rss": Rss, "atom": Atom}


@for_readers
def feed(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    now = timezone.now()
    section = get_object_or_404(Section, slug=slug) if slug else None
    written = KINDS[kind](
        title=legal(f"{settings.SITE_NAME}·{section.name}" if section else settings.SITE_NAME),
        link=f"{settings.SITE_URL}/sections/{section.slug}/" if section else f"{settings.SITE_URL}/",
        description=legal(f"{settings.SITE_NAME}最新报道"),
        language="zh-CN",
        feed_url=f"{settings.SITE_URL}{request.path}",
    )
    for story in stories(newest(section, now), now):
        written.add_item(**item(story))
    return HttpResponse(written.writeString("utf-8"), content_type=written.content_type)


def newest(section: Section | None, now: datetime) -> list[Release]:
    """What is new here: a story reposted today is, though lists sort it by its original time."""
    visible = Release.objects.visible(now)
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


def item(story: Story) -> dict[str, Any]:
    release = story.release
    address = f"{settings.SITE_URL}{release.get_absolute_url()}"
    content = render_to_string(
        "articles/feed_story.html", {"story": story, "card": story.card, "more": story.more}
    )
    moments = [release.visible_from or story.published_at, *(c.at for c in story.corrections)]
    return {
        "title": legal(story.release.headline),
        "link": address,
        "unique_id": address,
        "unique_id_is_permalink": True,
        "description": legal(story.card["summary"]),
        "author_name": legal("、".join(dict.fromkeys(b["name"] for b in story.more["bylines"] if b["name"])))
        or None,
        "pubdate": story.published_at.astimezone(UTC),
        "updateddate": max(moments).astimezone(UTC),
        "categories": [legal(name) for name in categories(story)],
        "content": legal(_OWN_LINK.sub(rf"\g<1>{settings.SITE_URL}", content)),
    }


def categories(story: Story) -> list[str]:
    return [section["name"] for section in story.sections] + [tag["name"] for tag in story.more["tags"]]


def draw(figure: Figure) -> str:
    return render_to_string("articles/feed_figure.html", {"figure": figure})


def legal(text: str) -> str:
    """Without the characters that make an XML file unreadable."""
    return _ILLEGAL.sub("", text)
