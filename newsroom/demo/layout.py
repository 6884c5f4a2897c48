"""Lays out a planned page of the demo as the layout desk does: boxes dropped on it, then moved to their places.

What has a place in the plan goes there; the automatic layout finds one for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from articles.models import Article
from issues import edits, letters
from issues.arrange import Box, Piece, arrange
from issues.boxes import GEOMETRY
from issues.composition.characters import tidy
from issues.composition.fit import shapes
from issues.composition.text import block_key, blocks
from issues.freeze import freeze, texts_of
from issues.models import Page, Placement
from issues.skeleton import STANDING
from media.models import Photo
from newsroom.demo import plan
from newsroom.lib import canonical
from people.models import User

CELL = 22  # characters in a cell of the grid
SECONDS = 2.0  # for the automatic layout of a page


def lay_out(
    page: Page,
    planned: plan.Page,
    stories: Mapping[str, Article],
    photos: Mapping[str, Photo],
    by: User,
    now: datetime,
) -> None:
    """Put the planned boxes on the page; those standing on every paper are there already."""
    standing = {box.kind: box for box in page.placements.filter(kind__in=STANDING)}
    changes, free = [], _free_cells(page, planned)
    for number, box in enumerate(planned.boxes):
        state = _state(box, stories, photos, now) | dict(zip(GEOMETRY, box.at or next(free), strict=True))
        if old := standing.pop(box.kind, None):
            seen = {name: getattr(old, name) for name in state if name in SEEN}
            changes.append({"id": old.pk, "from": seen, "to": {name: state[name] for name in seen}})
        else:
            changes.append({"id": f"new-{number}", "from": None, "to": state})
    changes += [{"id": old.pk, "from": {"col": old.col}, "to": None} for old in standing.values()]
    made = edits.apply(page, by, changes, now).ids
    if moving := [made[f"new-{number}"] for number, box in enumerate(planned.boxes) if not box.at]:
        edits.apply(page, by, list(_moves(page, moving, now)), now)


#: Fields that a standing box has from the last paper and may have otherwise in this one.
SEEN = (*GEOMETRY, "title", "text")


def _state(
    box: plan.Box, stories: Mapping[str, Article], photos: Mapping[str, Photo], now: datetime
) -> dict[str, Any]:
    words = {"title": box.title, "text": box.text, "caption": box.caption, "credit": box.credit}
    state: dict[str, Any] = {"kind": box.kind, "weight": box.weight, "template": box.template, **words}
    state |= {"photo": photos[box.photo].public_id if box.photo else None, **box.style}
    if box.story:
        story = stories[box.story]
        state |= {"article": story.pk, "stack": box.stack, "cuts": _cuts(story, box.cuts, now)}
    return state


def _cuts(story: Article, beginnings: tuple[str, ...], now: datetime) -> list[str]:
    """Keys of the standfirst or blocks that begin so."""
    if not beginnings:
        return []
    content = texts_of([story], now)[story.pk].content
    lede = tidy(content["lede"])
    told = [(lede, block_key(lede)), *((block.text.lstrip("●"), block.key) for block in blocks(content))]
    return [key for text, key in told if text.startswith(beginnings)]


def _free_cells(page: Page, planned: plan.Page) -> Iterator[tuple[int, int, int, int]]:
    """Single cells of the grid that no box with a place covers: there boxes are dropped at first."""
    form = page.frozen_format()
    taken = [box.at for box in planned.boxes if box.at]
    for row in range(form["rows"]):
        for col in range(form["columns"]):
            if not any(c <= col < c + w and r <= row < r + h for c, r, w, h in taken):
                yield col, row, 1, 1


def _moves(page: Page, moving: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    """From where they were dropped to where the automatic layout puts them."""
    content = canonical.load(freeze(page, now))
    form, fonts = content["page"]["format"], letters.font_set(content["fonts"])
    weights = dict(Placement.objects.filter(page=page).values_list("pk", "weight"))
    boxes = {box["id"]: box for box in content["placements"]}
    pieces = []
    for pk in moving:
        found = shapes(boxes[pk], form, fonts, content)
        pieces.append(Piece(pk, weights[pk], found.over, found.under))
    fixed = [Box(pk, *(box[name] for name in GEOMETRY)) for pk, box in boxes.items() if pk not in moving]
    offer = arrange(pieces, form["columns"], form["rows"], fixed, 1, SECONDS, cells_per_area=CELL)[0]
    for place in offer.boxes:
        seen = {name: boxes[int(place.key)][name] for name in GEOMETRY}
        yield {"id": place.key, "from": seen, "to": {name: getattr(place, name) for name in GEOMETRY}}
