"""自动拼版: a page arranges itself.

The free ground of the page is cut into one box a piece so that as little as possible is overset or left empty
and heavier pieces lie above lighter ones, in boxes of a newspaper's shapes and widths (`arranging.slicing`,
`arranging.desk`). It is worked out once for each width the lead may have (`arranging.search`); of all that
was found the offers are the best that really differ (`arranging.choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from issues.arranging.choice import choose
from issues.arranging.desk import MOST, OVERSET, Desk, Draft
from issues.arranging.free_ground import grounds
from issues.arranging.search import exact, search
from issues.arranging.slicing import Area

PIECES = 40  # looked at for one page


@dataclass(frozen=True)
class Piece:
    """A story or picture. `over` and `under` are (columns, rows); [c - 1, r - 1] is a box of c × r cells.

    over: characters that do not fit there; under: room left, in characters, that nothing can absorb.
    Weight 0-100; heavier pieces are more important.
    """

    key: str | int
    weight: int
    over: NDArray[np.integer]
    under: NDArray[np.integer]


@dataclass(frozen=True)
class Box:
    """A rectangle of grid cells for the piece, or the fixed furniture, of that key."""

    key: str | int
    col: int
    row: int
    cols: int
    rows: int


class Reason(NamedTuple):
    """Why a piece is not on the page.

    full: the page has no free cell; large: the largest free place is too small by `characters`;
    room: heavier ones took the place, it needs that of `characters`.
    """

    code: str
    characters: int = 0


@dataclass(frozen=True)
class Offer:
    """One arrangement: boxes in reading order; characters overset, and room left, in all of them.

    `empty` is the share of the page's whole area that lies in no box, placed or fixed, or is room left in a
    box beyond what headline, spacing and pictures absorb.
    """

    boxes: tuple[Box, ...]
    over: int
    under: int
    left_out: tuple[tuple[str | int, Reason], ...]
    empty: float


def arrange(
    pieces: Sequence[Piece],
    columns: int,
    rows: int,
    fixed: Sequence[Box] = (),
    offers: int = 3,
    seconds: float = 5.0,
    *,
    cells_per_area: float = 22,
) -> list[Offer]:
    """Up to `offers` different arrangements of the page, the best first; at least one.

    `cells_per_area`: characters that one grid cell holds. What is tried follows from the number of pieces and
    from `seconds`, so the same input gives the same offers; only on a machine so slow that the time is over
    before is the rest not tried. Raises for no set of pieces: what has no place is in `left_out`, and why.
    """
    ranked = sorted(pieces, key=lambda piece: (-piece.weight, -int(piece.over.max())))
    shape = (len(ranked), columns, rows)
    everyone = Desk(
        tuple(min(max(piece.weight, 0), 100) for piece in ranked),
        np.array([piece.over for piece in ranked], np.int64).reshape(shape).clip(0, MOST),
        np.array([piece.under for piece in ranked], np.int64).reshape(shape).clip(0, MOST),
        grounds(columns, rows, [Area(box.col, box.row, box.cols, box.rows) for box in fixed]),
        cells_per_area,
    )
    refused = _refused(everyone, exact(everyone, seconds))
    kept = [number for number in range(len(ranked)) if number not in refused]
    desk = everyone.only(kept)
    keys = [ranked[number].key for number in kept]
    others = tuple((ranked[number].key, reason) for number, reason in refused.items())
    return [_offer(desk, keys, draft, others) for draft in choose(desk, search(desk, seconds), offers)]


def _offer(
    desk: Desk, keys: Sequence[str | int], draft: Draft, refused: tuple[tuple[str | int, Reason], ...]
) -> Offer:
    boxes = [Box(keys[number], a.col, a.row, a.cols, a.rows) for number, a in draft.boxes]
    no_room = [
        (key, Reason("room", int(desk.need[number] * desk.cell)))
        for number, key in enumerate(keys)
        if number not in draft.at
    ]
    over, under = desk.misfit(draft)
    in_order = tuple(sorted(boxes, key=lambda box: (box.row, box.col)))
    return Offer(in_order, over, under, (*no_room, *refused), desk.faults(draft)[2])


def _refused(desk: Desk, leaves: int) -> dict[int, Reason]:
    """Pieces that can't be placed whatever is done with the others."""
    if not desk.areas:
        return {number: Reason("full") for number in range(len(desk.weights))}
    refused: dict[int, Reason] = {}
    for number, over in enumerate(desk.over):
        least = min(int(over[area.cols - 1, area.rows - 1]) for area in desk.areas)
        if OVERSET * least > desk.left_out[number]:
            refused[number] = Reason("large", least)
    fitting = [number for number in range(len(desk.weights)) if number not in refused]
    if len(fitting) <= leaves:
        return refused
    room = 1.15 * sum(area.cells for area in desk.grounds[0])
    for place, number in enumerate(fitting):
        room -= desk.need[number]
        if room < 0 or place >= PIECES:
            refused[number] = Reason("room", int(desk.need[number] * desk.cell))
            room += desk.need[number]
    return refused
