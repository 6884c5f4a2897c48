"""Structured data for search engines: schema.org as JSON-LD, one graph a page."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from articles.addresses import absolute
from articles.told import LANGUAGE, Author, Picture, Told, legal

Thing = dict[str, Any]
Trail = list[tuple[str, str]]  # (name, path) of the pages above one, then its own

# What could end a <script>, begin a comment in it, or end a line in an older JavaScript.
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script(*things: Thing) -> SafeString:
    """The JSON-LD text of one graph, safe inside <script type="application/ld+json">."""
    graph = {"@context": "https://schema.org", "@graph": [_filled(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(text)  # noqa: S308 - no character of it is markup


def publisher() -> Thing:
    organ = str(settings.ORGAN)
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#publisher"),
        "name": legal(settings.SITE_NAME),
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": absolute(static("site/mark.svg"))},
        "parentOrganization": organ and {"@type": "Organization", "name": legal(organ)},
        "email": settings.CONTACT_EMAIL,
        "telephone": settings.CONTACT_PHONE,
        "address": settings.CONTACT_ADDRESS,
    }


def website() -> Thing:
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": legal(settings.SITE_NAME),
        "url": absolute("/"),
        "inLanguage": LANGUAGE,
        "publisher": {"@id": absolute("/#publisher")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{absolute('/search/')}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail: Trail) -> Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": legal(name), "item": absolute(path)}
            for position, (name, path) in enumerate([("首页", "/"), *trail], start=1)
        ],
    }


def news_article(told: Told) -> Thing:
    more, sections = told.more, told.sections
    return {
        "@type": "NewsArticle",
        "@id": f"{told.address}#story",
        "mainEntityOfPage": told.address,
        "url": told.address,
        "headline": told.headline,
        "alternativeHeadline": told.subheadline,
        "description": told.summary,
        "inLanguage": LANGUAGE,
        "datePublished": told.published_at.isoformat(timespec="seconds"),
        "dateModified": told.modified_at.isoformat(timespec="seconds"),
        "author": [_author(author) for author in told.authors] or [{"@id": absolute("/#publisher")}],
        "publisher": {"@id": absolute("/#publisher")},
        "isAccessibleForFree": True,
        "image": [_image(picture) for picture in told.pictures],
        "articleSection": [name for _, name in sections],
        "keywords": [name for _, name in told.tags],
        "contentLocation": [{"@type": "Place", "name": name} for _, name in told.regions],
        "isPartOf": _series(more["series"]),
        "isBasedOn": more["source_url"],
        "sourceOrganization": more["source"] and {"@type": "Organization", "name": legal(more["source"])},
        "copyrightNotice": legal(more["copyright_notice"]),
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction.text,
                "datePublished": correction.at.isoformat(timespec="seconds"),
            }
            for correction in told.corrections
        ],
    } | _printed(told)


def _filled(thing: Thing) -> Thing:
    """Without what is not known."""
    return {key: value for key, value in thing.items() if value not in ("", None, [], {})}


def _author(author: Author) -> Thing:
    kind = "Organization" if author.institution else "Person"
    outlet = author.outlet and {"@type": "Organization", "name": author.outlet}
    return _filled({"@type": kind, "name": author.name, "url": author.address, "affiliation": outlet})


def _image(picture: Picture) -> Thing:
    return _filled(
        {
            "@type": "ImageObject",
            "url": picture.file.url,
            "width": picture.file.width,
            "height": picture.file.height,
            "encodingFormat": picture.file.type,
            "caption": picture.caption,
            "creditText": picture.credit,
        }
    )


def _series(series: Thing | None) -> Thing | None:
    if not series:
        return None
    address = absolute(f"/series/{series['slug']}/")
    return {"@type": "CreativeWorkSeries", "name": legal(series["title"]), "url": address}


def _printed(told: Told) -> Thing:
    """Where the paper printed it, once that is public."""
    if not told.story.paper:
        return {}
    day, page = told.story.paper
    return {"printEdition": day.isoformat(), "printPage": str(page)}
