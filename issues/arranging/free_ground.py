"""What is left of a page round its fixed boxes, cut into rectangles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from issues.arranging.slicing import Area, parted

KEPT = 4  # ways of cutting that are followed, at each step
MANY = 7  # fixed boxes; from there on few cuts are tried and one way is followed
FEW = 2

Ground = tuple[Area, ...]


def grounds(columns: int, rows: int, taken: Sequence[Area]) -> list[Ground]:
    """Ways to cut the free cells of the page into rectangles, from edge to edge along edges of `taken`.

    The fewest and largest rectangles first; each way covers every free cell once. `taken` may overlap and
    reach beyond the page. A page without free cells has one way, of no rectangle.
    """
    free = np.ones((columns, rows), bool)
    for area in taken:
        left, top = max(area.col, 0), max(area.row, 0)
        free[left : max(area.col + area.cols, left), top : max(area.row + area.rows, top)] = False
    return _ways(free, Area(0, 0, columns, rows), len(taken) >= MANY, {})


def _ways(free: NDArray[np.bool_], area: Area, many: bool, known: dict[Area, list[Ground]]) -> list[Ground]:
    if area in known:
        return known[area]
    cells = free[area.col : area.col + area.cols, area.row : area.row + area.rows]
    found: set[Ground] = set()
    if cells.all():
        found = {(area,)}
    elif not cells.any():
        found = {()}
    else:
        for one, other in _halves(cells, area)[: FEW if many else None]:
            for first in _ways(free, one, many, known):
                found |= {_sorted(first + second) for second in _ways(free, other, many, known)}
    known[area] = sorted(found, key=_rank)[: 1 if many else KEPT]
    return known[area]


def _halves(cells: NDArray[np.bool_], area: Area) -> list[tuple[Area, Area]]:
    """The area parted where free and taken cells meet; where most of them meet first."""
    down = (cells[1:] != cells[:-1]).sum(axis=1)
    across = (cells[:, 1:] != cells[:, :-1]).sum(axis=0)
    found = [(-int(met), parted(area, at, across=False)) for at, met in enumerate(down, 1) if met]
    found += [(-int(met), parted(area, at, across=True)) for at, met in enumerate(across, 1) if met]
    return [halves for _met, halves in sorted(found, key=lambda cut: cut[0])]


def _sorted(ground: Ground) -> Ground:
    return tuple(sorted(ground, key=lambda area: (area.row, area.col)))


def _rank(ground: Ground) -> tuple[int, int, list[tuple[int, int, int]]]:
    """Few rectangles first, then those with much in one."""
    return len(ground), -sum(area.cells**2 for area in ground), [(a.row, a.col, a.cols) for a in ground]
