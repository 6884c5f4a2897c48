"""自动拼版 for the composer: what is to be arranged, and each offer as one list of changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from articles.models import Article
from issues import letters
from issues.arrange import Box, Offer, Piece, Reason, arrange
from issues.boxes import BIGGEST, GEOMETRY, State, state_of, whole
from issues.changes import name_of
from issues.checklist import GONE
from issues.composition.fit import Shapes, shapes
from issues.composition.told import WEIGHT
from issues.edits import Refused
from issues.freeze import Text, freeze, texts_of
from issues.models import Page, Placement
from issues.models.page import STYLE
from issues.moves import Key
from newsroom.lib import canonical

MOST = 40  # stories ticked at once
SECONDS = 5.0
CAPTION_ROWS, HEAD_ROWS = 2, 4  # grid rows round a picture alone, and of a picture story
LEAST_CROP, MOST_CROP = 0.8, 1.25  # of its own height
#: What stays where it is, as does whatever comes along from issue to issue.
FURNITURE = ("masthead", "guide", "banner", "filler")

Json = dict[str, Any]
_number, _weight = whole(1, BIGGEST), whole(0, 100)


@dataclass(frozen=True)
class Lying:
    """Something to be arranged: the frozen placement, and the box it has (None: none yet)."""

    key: Key
    weight: int
    frozen: Json
    state: State | None

    @property
    def article(self) -> int | None:
        return self.frozen["story"] and self.frozen["story"]["article"]

    @property
    def name(self) -> str:
        return _name(self.frozen)

    @property
    def picture(self) -> Json | None:
        """The photo that this is above all, with or without a headline."""
        story = self.frozen["story"]
        if story and story["content"]["kind"] == Article.Kind.PICTURE:
            return next(iter(story["content"]["photos"]), None)
        return self.frozen["photo"]


def offers(page: Page, asked: Any, now: datetime, cell: float) -> list[Json]:
    """Up to three arrangements of the page's stories and pictures and of those asked for.

    `asked`: [{"id", "weight"}, …], whatever JSON came. `cell`: characters in a grid cell. Raises Refused.
    """
    if page.is_outside:
        raise Refused(_("外来的版面不能自动拼版。"))
    weights = _weights(asked)
    content = canonical.load(freeze(page, now))
    rows = {row.pk: row for row in page.placements.select_related("photo")}
    lying, fixed = _on_page(content, rows)
    placed = {one.article for one in lying}
    lying += [_new(page, pk, text, weights[pk]) for pk, text in _texts(weights.keys() - placed, now).items()]
    if not lying:
        raise Refused(_("先在左边勾选稿件，或把稿件放上版。"))
    form = content["page"]["format"]
    pieces = [_piece(one, content, cell) for one in lying]
    furniture = [Box(one["id"], *(one[side] for side in GEOMETRY)) for one in fixed]
    found = arrange(pieces, form["columns"], form["rows"], furniture, seconds=SECONDS, cells_per_area=cell)
    over = {piece.key: piece.over for piece in pieces}
    by_key = {one.key: one for one in lying}
    return [_told(offer, by_key, [_box(one) for one in fixed], over) for offer in found]


def room(page: Page, box: int | None, story: int | None, now: datetime, cell: float) -> list[list[int]]:
    """About what a box of the page, or a story that would come there, has room for in every size of box.

    [cols - 1][rows - 1]: characters that would still go in, below 0 those that do not fit. [] for neither.
    """
    if page.is_outside:
        return []
    content = canonical.load(freeze(page, now))
    rows = {row.pk: row for row in page.placements.select_related("photo").filter(pk=box)} if box else {}
    found = [Lying(rows[one["id"]].pk, 0, one, None) for one in content["placements"] if one["id"] in rows]
    if story:
        found += [_new(page, pk, text, WEIGHT) for pk, text in _texts([story], now).items()]
    if not found or found[0].frozen["kind"] not in ("story", "picture"):
        return []
    piece = _piece(found[0], content, cell)
    free: list[list[int]] = (piece.under - piece.over).tolist()
    return free


def _weights(asked: Any) -> dict[int, int]:
    number, weight = whole(1, 10**9), whole(0, 100)
    asked = [] if asked is None else asked
    if not isinstance(asked, list) or len(asked) > MOST:
        raise Refused(_("一次最多排%d篇。") % MOST)
    if not all(
        isinstance(one, dict) and number(one.get("id")) and weight(one.get("weight")) for one in asked
    ):
        raise Refused(_("没有看懂送来的改动。"))
    return {one["id"]: one["weight"] for one in asked}


def _on_page(content: Json, rows: dict[int, Placement]) -> tuple[list[Lying], list[Json]]:
    lying, fixed = [], []
    for box in content["placements"]:
        row = rows[box["id"]]
        if box["kind"] in FURNITURE or row.template:
            fixed.append(box)
        else:
            lying.append(Lying(row.pk, row.weight, box, state_of(row)))
    return lying, fixed


def _texts(articles: Collection[int], now: datetime) -> dict[int, Text]:
    """What would be printed of those of the stories that may be."""
    return texts_of(Article.objects.filter(pk__in=articles).exclude(status__in=GONE), now)


def _new(page: Page, article: int, text: Text, weight: int) -> Lying:
    """The story as it would be frozen in a box of its own."""
    story = {"article": article, "revision": text.revision, "signed": text.signed, "cuts": [], "stack": None}
    frozen: Json = {
        "id": 0,
        "kind": "story",
        **dict.fromkeys(GEOMETRY, 1),
        "weight": weight,
        "style": dict(STYLE),
        "story": story | {"content": text.content},
        "start": None,
        "from_page": None,
        "to_page": None,
        "continued": False,
        "photo": None,
        "caption": "",
        "credit": "",
        "title": "",
        "text": "",
        "guide": [],
    }
    return Lying(f"new-{article}", weight, frozen, None)


def _piece(one: Lying, content: Json, cell: float) -> Piece:
    form = content["page"]["format"]
    made = shapes(one.frozen, form, letters.font_set(content["fonts"]), content)
    if one.picture:
        made = _shaped(made, one.picture, HEAD_ROWS if one.article else CAPTION_ROWS, form, cell)
    return Piece(one.key, one.weight, made.over, made.under)


def _shaped(made: Shapes, photo: Json, others: int, form: Json, cell: float) -> Shapes:
    """What is a picture above all wants a box of about its shape: cropped a little, not to a strip.

    `others`: rows of the box that the picture does not have.
    """
    cols, rows = np.ogrid[1 : form["columns"] + 1, 1 : form["rows"] + 1]
    wide = cols * (form["area_width"] + form["gutter"]) / form["columns"] - form["gutter"]
    tall = wide * photo["height"] / photo["width"] / (form["area_height"] / form["rows"])
    missing = np.ceil(tall * LEAST_CROP - rows + others).clip(0) * cols * cell
    left = np.floor(rows - others - tall * MOST_CROP).clip(0) * cols * cell
    over = np.maximum(made.over, missing)
    under = np.where(over > 0, 0, np.maximum(made.under, left))
    return Shapes(over.astype(np.int32), under.astype(np.int32))


def _told(offer: Offer, lying: dict[Key, Lying], fixed: list[Json], over: dict[Key, Any]) -> Json:
    boxes, changes = list(fixed), []
    for box in offer.boxes:
        one = lying[box.key]
        place = {side: getattr(box, side) for side in GEOMETRY}
        boxes.append(_box(one.frozen | place, int(over[box.key][box.cols - 1, box.rows - 1])))
        changes.append(_change(one, place))
    left_out = [(lying[key], reason) for key, reason in offer.left_out]
    changes += [{"id": one.key, "from": one.state, "to": None} for one, _reason in left_out if one.state]
    return {
        "boxes": boxes,
        "changes": changes,
        "over": int(offer.over),
        "under": int(offer.under),
        "empty": round(100 * float(offer.empty)),
        "left_out": [{"name": one.name, "why": _why(reason)} for one, reason in left_out],
    }


def _box(frozen: Json, over: int = 0) -> Json:
    told = {side: frozen[side] for side in (*GEOMETRY, "kind")}
    return told | {"name": _name(frozen), "over": over}


def _name(frozen: Json) -> str:
    return name_of(frozen).strip("《》")


def _change(one: Lying, place: Json) -> Json:
    if one.state:
        return {"id": one.key, "from": {side: one.state[side] for side in GEOMETRY}, "to": place}
    made = {"kind": "story", "article": one.article, "weight": one.weight}
    return {"id": one.key, "from": None, "to": made | place}


def _why(reason: Reason) -> str:
    said = {
        "full": _("版面没有空位"),
        "large": _("最大的空位也差%d字"),
        "room": _("没有地方，约要%d字的位置"),
    }[reason.code]
    return said % reason.characters if "%d" in said else said
