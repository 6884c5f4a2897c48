"""IPTC ninjs 3.0 for syndication: the feed is one composite news object, its stories are associated with it.

So the whole document is valid by the published schema, which describes a single news object.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from articles.addresses import absolute
from articles.feed_item import Channel, Item
from articles.told import Picture, legal
from media.specs import FORMATS, address, plan

STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#",
}
CONTENT_TYPE = "application/json; charset=utf-8"
LANGUAGE = "zh-Hans"  # BCP 47: the script, which is what a reader's system needs
TEXT, HTML = "text/plain", "text/html"


def document(channel: Channel, items: Iterable[Item]) -> dict[str, Any]:
    return {
        "uri": channel.address,
        "standard": STANDARD,
        "type": "composite",
        "representationType": "full",
        "language": LANGUAGE,
        "title": channel.title,
        "associations": [_story(item) for item in items],
    }


def _story(item: Item) -> dict[str, Any]:
    more, html = item.more, item.content
    return _known(
        {
            "name": "story",
            "rel": "member",
            "uri": item.address,
            "standard": STANDARD,
            "type": "composite" if item.story.is_picture_story else "text",
            "representationType": "full",
            "version": str(item.story.release.number),
            "firstCreated": item.published_at.isoformat(timespec="seconds"),
            "versionCreated": item.modified_at.isoformat(timespec="seconds"),
            "contentCreated": item.published_at.isoformat(timespec="seconds"),
            "pubStatus": "usable",
            "language": LANGUAGE,
            "title": item.headline,
            "by": item.byline,
            "copyrightHolder": item.source,
            "copyrightNotice": legal(more["copyright_notice"]),
            "edNote": "\n".join(f"更正（{c.at:%Y-%m-%d %H:%M}）：{c.text}" for c in item.corrections),
            "headlines": _headlines(item),
            "descriptions": [{"role": "summary", "contentType": TEXT, "value": item.summary}],
            "bodies": [{"role": "main", "contentType": HTML, "charCount": len(html), "value": html}],
            "subjects": _subjects(item),
            "places": [
                {"name": name, "literal": code, "uri": absolute(f"/regions/{code}/")}
                for code, name in item.regions
            ],
            "infoSources": _sources(item),
            "associations": [_picture(picture) for picture in item.pictures],
        }
    )


def _headlines(item: Item) -> list[dict[str, str]]:
    lines = {"main": item.headline, "kicker": legal(item.card["kicker"]), "subheadline": item.subheadline}
    return [{"role": role, "contentType": TEXT, "value": line} for role, line in lines.items() if line]


def _subjects(item: Item) -> list[dict[str, str]]:
    lists = [(name, f"/sections/{slug}/") for slug, name in item.sections]
    lists += [(name, f"/tags/{slug}/") for slug, name in item.tags]
    return [{"name": name, "uri": absolute(path)} for name, path in lists]


def _sources(item: Item) -> list[dict[str, str]]:
    """Where it was taken from, else who publishes it; then its authors."""
    origin = {"name": item.source, "role": "source", "uri": legal(item.more["source_url"])}
    if not item.more["source"]:
        origin = {"name": legal(settings.SITE_NAME), "role": "publisher", "uri": absolute("/")}
    authors = [{"name": a.name, "role": "author", "uri": a.address} for a in item.authors]
    return [_known(party) for party in [origin, *authors]]


def _picture(picture: Picture) -> dict[str, Any]:
    content = picture.content
    return _known(
        {
            "name": "picture",
            "rel": "illustration",
            "uri": picture.file.url,
            "type": "picture",
            "pubStatus": "usable",
            "by": picture.credit,
            "descriptions": [
                {"role": role, "contentType": TEXT, "value": text}
                for role, text in (("caption", picture.caption), ("alt", picture.alt))
                if text
            ],
            "renditions": list(_renditions(content)),
        }
    )


def _renditions(content: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The whole picture in every width that there is, with the place its crops are cut around."""
    width, height, focal = content["width"], content["height"], tuple(content["focal"])
    for spec in plan(width, height, focal):
        if spec.crop or spec.format != "jpg":
            continue
        wide, high = spec.size(width, height)
        yield {
            "name": f"w{wide}",
            "href": absolute(address(content["public_id"], spec.name)),
            "contentType": FORMATS[spec.format],
            "width": wide,
            "height": high,
            "poi": {"x": wide * focal[0] // 1000, "y": high * focal[1] // 1000},
        }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [])}
