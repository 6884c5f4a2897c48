"""What readers' templates need beside their context: `{% load readers %}`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from articles import addresses, drawing, heads
from articles.colophon import Fact, facts
from articles.models import Release
from articles.site_map import Places, places
from media.markup import picture_html

register = template.Library()
_SPACES = re.compile(r"(\s+)")


@register.simple_tag(takes_context=True)
def navigation(context: Context, here: str = "") -> SafeString:
    """The sections of the first level, in their order; `here` is marked."""
    return drawing.navigation(here, _places(context).sections)


@register.simple_tag
def entries(releases: Iterable[Release], blocked: Collection[str]) -> list[tuple[date | None, SafeString]]:
    """Stories of a list as HTML, each with the day that begins with it."""
    return list(drawing.entries(releases, blocked))


@register.simple_tag(takes_context=True)
def standing_pages(context: Context) -> tuple[tuple[str, str], ...]:
    """(path, headline) of the standing pages, in the order they were signed with."""
    return _places(context).pages


def _places(context: Context) -> Places:
    """Head and foot of a page ask once."""
    request: Any = context.get("request")
    if request is None:
        return places(timezone.now())
    if not hasattr(request, "places"):
        request.places = places(timezone.now())
    found: Places = request.places
    return found


@register.simple_tag
def site_name() -> str:
    return str(settings.SITE_NAME)


@register.simple_tag
def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return addresses.absolute(path)


@register.simple_tag
def site_tags() -> heads.Pairs:
    """Names and contents of the <meta>s that every page has."""
    return heads.of_site()


@register.simple_tag
def colophon() -> list[list[Fact]]:
    """The lines at every page's foot."""
    return facts()


@register.simple_tag
def picture(
    content: Mapping[str, Any], sizes: str, crop: str | None = None, eager: bool = False
) -> SafeString:
    """A <picture> of frozen content; `sizes` as in HTML. The page's first picture is `eager`."""
    return picture_html(content, sizes, lazy=not eager, crop=crop)


@register.simple_tag
def picture_file(content: Mapping[str, Any]) -> addresses.File:
    """One JPEG that anything can show, with its whole address: url, width, height."""
    return addresses.file_of(content)


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
