"""Of all drafts of a page the few best that really differ."""

from __future__ import annotations

from collections.abc import Sequence

from issues.arranging.desk import FILLED, Desk, Draft
from issues.arranging.slicing import Area

FAIR = 0.08  # share of the page that may be empty in an offer that is not good but fair
MIRROR = 0.15  # a mirrored page is that much less alike

# What is asked, from the first to the last resort: the lead lies in other columns than in those chosen; what
# share of the page may show the same piece; how much may be empty.
ASKED = [
    (True, 0.5, FILLED),
    (False, 0.5, FILLED),
    (True, 0.5, FAIR),
    (False, 0.5, FAIR),
    (False, 0.8, FILLED),
    (False, 0.8, 1),
    (False, 0.99, 1),
]


def choose(desk: Desk, pool: Sequence[Draft], most: int) -> list[Draft]:
    """At most that many drafts out of `pool`, the best and then the cheapest ones that differ.

    None but the last resort leaves out or oversets more than the best.
    """
    faults = {draft: desk.faults(draft) for draft in pool}
    pool = sorted(pool, key=lambda draft: (not desk.good(draft), draft.cost))
    chosen = [pool[0]]
    best = faults[pool[0]][:2]
    for elsewhere, alike, empty in ASKED:
        for draft in pool:
            if len(chosen) >= most:
                return chosen
            if empty < 1 and not _good(faults[draft], best, empty):
                continue
            if not any(
                _alike(desk, draft, other) > alike or (elsewhere and _same_lead(draft, other))
                for other in chosen
            ):
                chosen.append(draft)
    return chosen


def _good(faults: tuple[int, int, float], best: tuple[int, int], empty: float) -> bool:
    return faults[0] <= best[0] and faults[1] <= best[1] and faults[2] <= empty


def _same_lead(one: Draft, other: Draft) -> bool:
    first, second = one.at.get(0), other.at.get(0)
    if first is None or second is None:
        return first == second
    return (first.col, first.cols) == (second.col, second.cols)


def _alike(desk: Desk, one: Draft, other: Draft) -> float:
    """The share of the placed area that shows the same piece in both, or nearly so in a mirror."""
    placed = max(sum(area.cells for area in draft.at.values()) for draft in (one, other))
    if not placed:
        return 1
    both = [(area, other.at[number]) for number, area in one.at.items() if number in other.at]
    same = sum(area.shared(there) for area, there in both)
    mirrored = sum(area.shared(there.mirrored(Area(0, 0, desk.columns, desk.rows))) for area, there in both)
    return max(same / placed, mirrored / placed - MIRROR)
