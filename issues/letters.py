"""The letters a page is set in: the bureau's own fonts where it uploaded some, else those at hand."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from issues.fonts import FontSet
from issues.models.masthead import Typeface

Frozen = Mapping[str, Mapping[str, str]]


def frozen() -> dict[str, dict[str, str]]:
    """Role to {family, sha256} of the bureau's own fonts, as pages keep it."""
    rows = Typeface.objects.order_by("role").values_list("role", "family", "sha256")
    return {role: {"family": family, "sha256": sha256} for role, family, sha256 in rows}


def font_set(wanted: Frozen) -> FontSet:
    """The fonts a frozen page names. One that was replaced since is set in the role's default."""
    if not wanted:
        return FontSet.default()
    found = {}
    for role, font in wanted.items():
        if path := _local(font["sha256"]):
            found[role] = (path, font["family"])
    return FontSet.default(found)


def _local(sha256: str) -> Path | None:
    """The font's file on this machine: Typst reads no bucket."""
    path: Path = settings.VAR / "cache-typefaces" / f"{sha256}.font"
    if path.is_file():
        return path
    row = Typeface.objects.filter(sha256=sha256).first()
    if row is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid.uuid4().hex}")
    with row.file.open("rb") as source:
        draft.write_bytes(source.read())
    draft.replace(path)
    return path
