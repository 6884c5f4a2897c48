"""What is tried for a page in the time there is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from issues.arranging.desk import Boxes, Desk, Draft
from issues.arranging.drafts import drafts
from issues.arranging.slicing import work

EXACT = range(3, 10)  # leaves that are arranged in all possible ways, by the time there is
SPEED = 150_000_000  # sums of two costs a second, on a slow machine
TURNS = 5  # widths of the lead that should be tried before more leaves are
CARELESS = 0.2  # what looks count where nothing good was found


def search(desk: Desk, seconds: float) -> list[Draft]:
    """Different drafts for all widths of the lead, the cheapest first; there is at least one.

    How much is tried follows from the numbers alone, but nothing more is begun when the time is over.
    """
    deadline = time.monotonic() + seconds
    found: dict[Boxes, Draft] = {}
    groups = _groups(len(desk.weights), exact(desk, seconds))
    for turn, lead in enumerate(_leads(desk, len(groups), seconds)):
        if not turn or time.monotonic() < deadline:
            made = list(drafts(desk, groups, lead))
            _add(found, made if not turn else (draft for draft in made if 0 in draft.at))
    if found and not any(desk.good(draft) for draft in found.values()) and time.monotonic() < deadline:
        _add(found, drafts(replace(desk, care=CARELESS), groups, range(1, desk.columns + 1)))
    return sorted(found.values(), key=lambda draft: draft.cost) or [Draft(0, ())]


def _add(found: dict[Boxes, Draft], made: Iterable[Draft]) -> None:
    for draft in made:
        found.setdefault(draft.boxes, draft)


def exact(desk: Desk, seconds: float) -> int:
    """How many leaves can be arranged in all ways, for a few widths of the lead, in that time."""
    fitting = [leaves for leaves in EXACT if TURNS * work(leaves, desk.columns, desk.rows) <= seconds * SPEED]
    return fitting[-1] if fitting else EXACT[0]


def _groups(count: int, leaves: int) -> list[tuple[int, ...]]:
    """The pieces in at most `leaves` groups: the heaviest by themselves, the others in small ones."""
    shared = min(max((count - leaves + 1) // 2, 0), leaves - 1)  # groups of about three
    single = min(count, leaves - shared)
    groups = [(number,) for number in range(single)]
    bounds = np.linspace(single, count, shared + 1).round().astype(int)
    return groups + [tuple(range(start, end)) for start, end in pairwise(bounds) if end > start]


def _leads(desk: Desk, leaves: int, seconds: float) -> list[range]:
    """The widths the lead may have, for each turn: first any; then full, two thirds, half and the others."""
    if not desk.weights:
        return []
    turns = int(seconds * SPEED / max(work(leaves, desk.columns, desk.rows), 1))
    full = desk.widest
    first = [full, round(full * 2 / 3), round(full / 2)]
    widths = [*dict.fromkeys([*first, *range(full, full // 3, -1)])]
    return [range(1, desk.columns + 1), *(range(width, width + 1) for width in widths if width)][
        : max(turns, 1)
    ]
