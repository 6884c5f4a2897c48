"""The random sets of `pieces` as real stories and pictures: fitted and composed as they would print."""

from __future__ import annotations

from random import Random
from typing import Any

from issues.arrange import Box, Offer, Piece
from issues.composition import Composed, compose
from issues.composition.fit import shapes
from issues.fonts import FontSet
from issues.formats import frozen
from tests.issues.composition import paper
from tests.issues.pieces import TABLOID, Format, Story

SHOWN = ("public_id", "sha256", "width", "height", "focal")
MASTHEAD = 1000  # its number


def printed_pieces(format_: Format, stories: list[Story], seed: int) -> list[Piece]:
    form, fonts = frozen(_key(format_)), FontSet.default()
    return [
        Piece(number, story.weight, *shapes(_placement(number, story, seed), form, fonts))
        for number, story in enumerate(stories)
    ]


def printed(
    format_: Format, stories: list[Story], offer: Offer, fixed: tuple[Box, ...], seed: int
) -> Composed:
    """The page as it prints; a fixed box is a masthead."""
    placed = [
        _placement(int(box.key), stories[int(box.key)], seed)
        | {"col": box.col, "row": box.row, "cols": box.cols, "rows": box.rows}
        for box in offer.boxes
    ]
    heads = [paper.box(MASTHEAD, "masthead", (box.col, box.row, box.cols, box.rows)) for box in fixed]
    page = paper.page(*heads, *placed, number=1 if fixed else 2, key=_key(format_))
    return compose(page, FontSet.default())


def room_left(format_: Format, page: Composed) -> float:
    """The share of the page's area in which text would still go in."""
    under = sum(fit.under for number, fit in page.boxes.items() if number != MASTHEAD)
    return under / format_.cell / (format_.columns * format_.rows)


def overset(page: Composed) -> int:
    return sum(fit.over for number, fit in page.boxes.items() if number != MASTHEAD)


def _key(format_: Format) -> str:
    return "tabloid" if format_ is TABLOID else "broadsheet"


def _placement(number: int, story: Story, seed: int) -> dict[str, Any]:
    random = Random(seed * 100 + number)
    shown = [paper.photo(3000, round(3000 / story.picture))] if story.picture else []
    at = (0, 0, 1, 1)
    if not story.headline:
        only = {"photo": {key: shown[0][key] for key in SHOWN}} if shown else {}
        captions = {"caption": shown[0]["caption"], "credit": shown[0]["credit"]} if shown else {}
        return paper.box(number, "picture", at, weight=story.weight, **only, **captions)
    words = "".join(random.sample(paper.HEADLINES, 3)).replace(" ", "")
    text = paper.text(story.characters, seed * 100 + number)
    return paper.story(
        number, at, paper.content(text, words[: story.headline], photos=shown), weight=story.weight
    )
