"""How tags are typed: words parted by commas (Chinese or not), enumeration commas, semicolons or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.models.taxonomy import Tag

BREAK = re.compile(r"[,，、;；\s]+")


def parse_tags(text: str) -> list[str]:
    """Each tag once, in the order typed."""
    return list(dict.fromkeys(word for word in BREAK.split(text) if word))


def edit_string(tags: Iterable[Tag]) -> str:
    return "，".join(sorted(tag.name for tag in tags))
