"""RSS 2.0 and Atom, both with the whole text, and with their pictures by Media RSS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feed_item import Channel, Item
from articles.told import LANGUAGE, Picture, legal

EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}


class Dated(SyndicationFeed):
    """A feed that says the same twice: an empty one is not dated by the moment of asking."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EMPTY_SINCE


class Rss(Dated, Rss201rev2Feed):
    """The whole text in content:encoded, as its readers expect it."""

    def rss_attributes(self) -> dict[str, str]:
        own = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
        return super().rss_attributes() | own | MEDIA

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["content"])
        add_pictures(handler, item["pictures"])


class Atom(Dated, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | MEDIA

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        add_pictures(handler, item["pictures"])


KINDS: dict[str, type[Rss] | type[Atom]] = {"rss": Rss, "atom": Atom}


def document(kind: str, channel: Channel, items: Iterable[Item]) -> Rss | Atom:
    """`kind` is one of KINDS."""
    written = KINDS[kind](
        title=channel.title,
        link=channel.home,
        description=channel.description,
        language=LANGUAGE,
        feed_url=channel.address,
        author_name=legal(settings.SITE_NAME),
    )
    for item in items:
        written.add_item(
            title=item.headline,
            link=item.address,
            unique_id=item.address,
            unique_id_is_permalink=True,
            description=item.summary,
            author_name=item.byline or None,
            pubdate=item.published_at.astimezone(UTC),
            updateddate=item.modified_at.astimezone(UTC),
            categories=item.categories,
            content=item.content,
            pictures=item.pictures,
        )
    return written


def add_pictures(handler: SimplerXMLGenerator, pictures: Iterable[Picture]) -> None:
    for picture in pictures:
        file = picture.file
        size = {"width": str(file.width), "height": str(file.height)}
        about = {"url": file.url, "type": file.type, "medium": "image"} | size
        handler.startElement("media:content", about)  # type: ignore[arg-type]  # as Django's own feeds do
        if picture.caption:
            handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
        if picture.credit:
            handler.addQuickElement("media:credit", picture.credit)
        handler.endElement("media:content")
