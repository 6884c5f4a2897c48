"""The page as it would print now: set and drawn at once, for the composer's screen."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from issues import letters
from issues.changes import name_of
from issues.checklist import layout_problems
from issues.composition import Composed, compose
from issues.freeze import freeze
from issues.models import Page
from issues.typeset import press, printing
from media import pdfium
from newsroom.lib import canonical

NARROWEST, WIDEST, USUAL = 320, 2400, 1080
KEPT = 12  # looks that a process remembers: what is undone, or looked at by two, is not set twice


@dataclass(frozen=True)
class Said:
    """A sentence about the page; `box` where it concerns one."""

    sentence: str
    box: int | None = None


@dataclass(frozen=True)
class Look:
    """`picture` is a JPEG, None where the page could not be drawn; `troubles` says why, among others."""

    content: dict[str, Any]
    composed: Composed
    picture: bytes | None
    troubles: tuple[Said, ...]


_kept: OrderedDict[tuple[str, int], Look] = OrderedDict()
_keeping = threading.Lock()


def look(page: Page, now: datetime, width: int = USUAL) -> Look:
    """The page as it stands in the database, its picture `width` pixels wide."""
    width = min(max(width, NARROWEST), WIDEST)
    text = freeze(page, now)
    key = canonical.digest(text), width
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(page, canonical.load(text), width)
    if made.picture is not None:
        with _keeping:
            _kept[key] = made
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return made


def _made(page: Page, content: dict[str, Any], width: int) -> Look:
    fonts = letters.font_set(content["fonts"])
    composed = compose(content, fonts)
    troubles = [*_troubles(content, composed)]
    try:
        if page.is_outside:
            with default_storage.open(page.outside.name or "", "rb") as file:
                pdf = file.read()
        else:
            pdf = press.pdf(
                composed.drawing, fonts.faces, printing.Coarse(composed), timestamp=None, quick=True
            )
        picture = press.preview(pdf, width)
    except press.TypesetError as wrong:
        return Look(content, composed, None, (Said(str(wrong)), *troubles))
    except (pdfium.PdfiumError, OSError):
        return Look(content, composed, None, (Said(_("版面的图没有画出来。")), *troubles))
    return Look(content, composed, picture, tuple(troubles))


def problems(page: Page, seen: Look) -> Iterator[Said]:
    """What must be mended before the page can be signed, as far as the layout goes."""
    for problem in layout_problems(seen.content, page):
        yield Said(problem.sentence)
    for box in seen.content["placements"]:
        fit = seen.composed.boxes.get(box["id"])
        if fit and fit.over and not box["continued"]:
            yield Said(_("%(name)s%(fit)s。") % {"name": name_of(box), "fit": fit.words}, box["id"])
    yield from seen.troubles


def _troubles(content: dict[str, Any], composed: Composed) -> Iterator[Said]:
    boxes = {box["id"]: box for box in content["placements"]}
    told = {
        "no_room": _("%(name)s太小，排不下。"),
        "no_room_for_picture": _("%(name)s里图片放不下。"),
        "few_pixels": _("%(name)s的图片只有%(dpi)s dpi，印出来不清楚。"),
        "unreadable_font": _("字体“%(family)s”读不出来，用了别的。"),
    }
    for warning in composed.warnings:
        box = boxes.get(warning.get("placement"))
        words = {"name": name_of(box) if box else _("版面"), **warning}
        yield Said(told.get(warning["warning"], "%(name)s：%(warning)s") % words, box and box["id"])
    lacking: dict[int, str] = {}
    for missing in composed.missing:
        lacking[missing["where"]] = lacking.get(missing["where"], "") + missing["character"]
    for where, characters in lacking.items():
        box = boxes.get(where)
        said = {"name": name_of(box) if box else _("版面"), "characters": " ".join(characters)}
        yield Said(_("%(name)s有字没有字形：%(characters)s") % said, box and box["id"])
