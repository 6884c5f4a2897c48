"""A first frame for stories that come to a page together: each gets a box on free ground. Pure.

No arrangement (see `issues.arrange`): it measures nothing, so that a thousand pages take no time.
"""

from __future__ import annotations

from collections.abc import Sequence

from issues.arranging.free_ground import grounds
from issues.arranging.slicing import Area, parted

LEAST_COLS, LEAST_ROWS = 2, 5  # of a box
ASPECT = 4.7  # width of a grid column in rows


def frame(columns: int, rows: int, taken: Sequence[Area], lengths: Sequence[int]) -> list[Area]:
    """Boxes for the first of the stories, in order, as many as there is room for, beside what is there.

    `lengths`: characters. All stand in the largest free rectangle of the page.
    """
    ground = max(grounds(columns, rows, taken)[0], key=lambda area: area.cells, default=None)
    if ground is None:
        return []
    count = min(len(lengths), _room(ground))
    return _sliced(ground, [max(length, 1) for length in lengths[:count]])


def _room(area: Area) -> int:
    """How many boxes the area has room for."""
    return (area.cols // LEAST_COLS) * (area.rows // LEAST_ROWS)


def _sliced(area: Area, lengths: Sequence[int]) -> list[Area]:
    if len(lengths) < 2:
        return [area] * len(lengths)
    _cost, number, (one, other) = min(_cuts(area, lengths), key=lambda cut: cut[0])
    return _sliced(one, lengths[:number]) + _sliced(other, lengths[number:])


def _cuts(area: Area, lengths: Sequence[int]) -> list[tuple[float, int, tuple[Area, Area]]]:
    """Every cut that leaves room for all on both sides: its cost, the stories before it, the two parts.

    Cheap where both parts get what their stories' length asks for, and are no strips.
    """
    total, cuts = sum(lengths), []
    for number in range(1, len(lengths)):
        wanted = sum(lengths[:number]) / total
        for across, most in ((True, area.rows), (False, area.cols)):
            for at in range(1, most):
                parts = parted(area, at, across=across)
                if _room(parts[0]) >= number and _room(parts[1]) >= len(lengths) - number:
                    cost = abs(at / most - wanted) + abs(wanted - 0.5) / 4 + max(map(_oddity, parts)) / 20
                    cuts.append((cost, number, parts))
    return cuts


def _oddity(area: Area) -> float:
    """0 for a square, and more the flatter or taller."""
    wide, tall = area.cols * ASPECT, area.rows
    return max(wide / tall, tall / wide) - 1
