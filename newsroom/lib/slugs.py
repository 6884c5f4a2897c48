"""Names for addresses: pinyin slugs of Chinese titles, and public ids that tell nothing."""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Callable

from django.utils.text import slugify
from pypinyin import lazy_pinyin

#: No i, l, o, 0, 1: ids are read out on the telephone.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def slugify_pinyin(text: str, taken: Callable[[str], bool] | None = None, max_length: int = 60) -> str:
    """A slug of lower-case letters, digits and hyphens: "开发区 2026" is "kai-fa-qu-2026".

    Never empty: text without any reading gets a short hash. `taken(slug)` says whether a slug is in use; the
    first free one of slug, slug-2, slug-3… is returned, never longer than `max_length` (at least 12).
    """
    base = slugify(" ".join(lazy_pinyin(text))) or _hashed(text)
    for number in itertools.count(1):
        suffix = "" if number == 1 else f"-{number}"
        slug = _cut(base, max_length - len(suffix)) + suffix
        if taken is None or not taken(slug):
            return slug
    raise AssertionError("unreachable")


def public_id() -> str:
    """A random id of 12 characters, 59 bits: unguessable enough not to be walked, short enough to be read."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def _hashed(text: str) -> str:
    return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _cut(slug: str, length: int) -> str:
    """At most `length` characters, cut between syllables where that leaves anything."""
    if len(slug) <= length:
        return slug
    whole, hyphen, _ = slug[: length + 1].rpartition("-")
    return whole if hyphen else slug[:length]
