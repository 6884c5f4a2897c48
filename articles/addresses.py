"""Whole addresses, for whatever is read away from the site: feeds, maps, heads of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

from media.specs import FORMATS, sources


@dataclass(frozen=True)
class File:
    """A picture's file that anything can show: its whole address, size in pixels and media type."""

    url: str
    width: int
    height: int
    type: str = FORMATS["jpg"]


def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


def file_of(content: Mapping[str, Any]) -> File:
    """One JPEG of a picture as frozen content has it."""
    found = sources(content["public_id"], content["width"], content["height"], tuple(content["focal"]))
    return File(absolute(found["src"]), found["width"], found["height"])
