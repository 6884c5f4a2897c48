"""What readers' templates need beside their context: `{% load readers %}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Section
from media.markup import picture_html
from media.specs import sources

register = template.Library()
_SPACES = re.compile(r"(\s+)")


@register.simple_tag
def channels() -> QuerySet[Section]:
    """The sections of the first level, in their order."""
    return Section.objects.filter(parent=None)


@register.simple_tag
def site_name() -> str:
    return str(settings.SITE_NAME)


@register.simple_tag
def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


@register.simple_tag
def picture(
    content: Mapping[str, Any], sizes: str, crop: str | None = None, eager: bool = False
) -> SafeString:
    """A <picture> of frozen content; `sizes` as in HTML. The page's first picture is `eager`."""
    return picture_html(content, sizes, lazy=not eager, crop=crop)


@register.simple_tag
def picture_file(content: Mapping[str, Any]) -> dict[str, Any]:
    """One JPEG that anything can show, with its whole address: url, width, height."""
    found = sources(content["public_id"], content["width"], content["height"], tuple(content["focal"]))
    return {"url": f"{settings.SITE_URL}{found['src']}", "width": found["width"], "height": found["height"]}


@register.filter
def moment(stamp: str) -> datetime | None:
    """A moment as frozen content writes it."""
    return parse_datetime(stamp) if stamp else None


@register.filter
def pieces(line: str) -> SafeString:
    """A headline in the pieces its spaces make of it: where it needs two lines, it parts there first."""
    parts = _SPACES.split(line.strip())  # words and, between them, the spaces they were written with
    words = parts[::2]
    if len(words) < 2 or not all(any(character > "\u2e80" for character in word) for word in words):
        return conditional_escape(line)
    wrapped = [format_html('<span class="piece">{}</span>', word) for word in words]
    return format_html_join("", "{}{}", zip(["", *parts[1::2]], wrapped, strict=True))


@register.filter
def unblocked(content: Mapping[str, Any] | None, blocked: set[str]) -> Mapping[str, Any] | None:
    """The picture, unless it is among the blocked ones."""
    return None if content is None or content["public_id"] in blocked else content
