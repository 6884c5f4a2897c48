"""How full a page is, in words for the newsroom: what its boxes lack, and how much of it stays white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

ROOMY = 40  # characters of room in a box that are worth a word
FILLED = 0.03  # share of the page that may be white, as automatic layout has it

Fit = Mapping[str, Any]
Box = Mapping[str, Any]


def fit_words(fit: Fit) -> str:
    """满, 超86字, 欠120字 of a kept fit (`Fit.as_dict`), in the language of who reads it."""
    match fit.get("state"):
        case "over":
            return _("超%d字") % fit["over"]
        case "under":
            return _("欠%d字") % fit["under"] if fit["under"] else _("空着")
        case "full":
            return _("满")
    return ""


def blank(boxes: Iterable[Box], form: Mapping[str, Any], under: float = 0) -> float:
    """The share of the type area that no box covers; `under`: cells that are white within the boxes."""
    covered = sum(box["cols"] * box["rows"] for box in boxes)
    return min(1.0, max(0.0, 1 - (covered - under) / (form["columns"] * form["rows"])))


def percent(share: float) -> int:
    return round(100 * share)


def gaps(
    boxes: Iterable[Box], form: Mapping[str, Any], fits: Mapping[int, Fit]
) -> Iterator[tuple[str, int | None]]:
    """What is still to be filled on a page that is being laid out: sentences, each with a box's id or None.

    Boxes as `issues.boxes` has them. None of this keeps the page from being proofed.
    """
    boxes = list(boxes)
    if not any(box["kind"] in ("story", "picture", "filler") for box in boxes):
        yield _("空版"), None
        return
    share = blank(boxes, form)
    if share > FILLED:
        yield _("空白%d%%") % percent(share), None
    empty = [box for box in boxes if box["kind"] == "filler" and not _has_words(box)]
    if empty:
        yield _("补白是空的"), empty[0]["id"]
    short = [box for box in boxes if fits.get(box["id"], {}).get("under", 0) > ROOMY]
    if short:
        yield _("欠%d字") % sum(fits[box["id"]]["under"] for box in short), short[0]["id"]


def _has_words(box: Box) -> bool:
    return bool(box["title"].strip() or box["text"].strip() or box["photo"])
