"""JSON Feed 1.1, with what the format has no place for (sizes, credits, corrections) in `_newsroom`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from articles.addresses import absolute
from articles.feed_item import Channel, Item
from articles.told import LANGUAGE, Author, Picture, legal

VERSION = "https://jsonfeed.org/version/1.1"
CONTENT_TYPE = "application/feed+json; charset=utf-8"


def document(channel: Channel, items: Iterable[Item]) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "description": channel.description,
        "language": LANGUAGE,
        "authors": [{"name": legal(settings.SITE_NAME), "url": absolute("/")}],
        "items": [_item(item) for item in items],
    }


def _item(item: Item) -> dict[str, Any]:
    found = {
        "id": item.address,
        "url": item.address,
        "external_url": legal(item.more["source_url"]),
        "title": item.headline,
        "summary": item.summary,
        "content_html": item.content,
        "image": item.pictures[0].file.url if item.pictures else "",
        "date_published": item.published_at.isoformat(timespec="seconds"),
        "date_modified": item.modified_at.isoformat(timespec="seconds"),
        "authors": [_author(author) for author in item.authors],
        "tags": item.categories,
        "language": LANGUAGE,
        "attachments": [_attachment(picture) for picture in item.pictures],
    }
    own = {
        "source": legal(item.more["source"]),
        "pictures": [_picture(picture) for picture in item.pictures],
        "corrections": [
            {"date": correction.at.isoformat(timespec="seconds"), "text": correction.text}
            for correction in item.corrections
        ],
    }
    return _known(found) | {"_newsroom": _known(own)}


def _author(author: Author) -> dict[str, Any]:
    return _known({"name": author.name, "url": author.address})


def _attachment(picture: Picture) -> dict[str, Any]:
    return _known({"url": picture.file.url, "mime_type": picture.file.type, "title": picture.caption})


def _picture(picture: Picture) -> dict[str, Any]:
    file = picture.file
    return _known(
        {
            "url": file.url,
            "type": file.type,
            "width": file.width,
            "height": file.height,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [], {})}
