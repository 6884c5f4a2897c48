"""The desk on which a page is arranged: the pieces, the page, and what a box costs a piece.

Costs are characters: room that is left empty costs what it could hold. Looks (shapes, widths by weight) cost
tens, so they decide between arrangements that fill the page about equally well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from issues.arranging.free_ground import Ground
from issues.arranging.slicing import IMPOSSIBLE, Area

Numbers = NDArray[np.int64]
Boxes = tuple[tuple[int, Area], ...]  # placed pieces by their number

MOST = 10**6  # characters over or under that are told apart in one box
OVERSET, TOO_LONG = 40, 400  # cost of a character that does not fit, and of the first on top
TRIMMED = 80  # characters overset before a light and short piece is rather left out
GAP = 2  # cost on top of each character left empty beyond one grid row

ASPECT = 4.7  # width of a grid column in rows
FLAT, TALL = 3.2, 0.45  # width by height of a box; beyond these it looks odd
ODD = 40  # cost of twice as flat or tall as that
STRAINED = 100  # cost of absorbing all that headline, white and pictures can where nothing suits
EASE = 0.6  # the share of it that suits the heaviest pieces: larger headlines and pictures
NARROW, WIDE = 40, 15  # cost of each column less, or more, than the weight asks for

FILLED = 0.03  # share of the page that may be empty


@dataclass(frozen=True)
class Draft:
    """Boxes of the placed pieces, and the cost of the whole page."""

    cost: int
    boxes: Boxes

    @cached_property
    def at(self) -> dict[int, Area]:
        return dict(self.boxes)


@dataclass(frozen=True, eq=False)
class Desk:
    """The pieces, heaviest first, and the page they go to. `over` and `under`: (pieces, columns, rows)."""

    weights: tuple[int, ...]
    over: Numbers
    under: Numbers
    grounds: list[Ground]
    cell: float  # characters in one grid cell
    care: float = 1  # for the looks of the page

    @property
    def columns(self) -> int:
        return self.over.shape[1]

    @property
    def rows(self) -> int:
        return self.over.shape[2]

    def only(self, numbers: Sequence[int]) -> Desk:
        """The same page with these pieces alone."""
        chosen = list(numbers)
        weights = tuple(self.weights[number] for number in chosen)
        return Desk(weights, self.over[chosen], self.under[chosen], self.grounds, self.cell)

    def good(self, draft: Draft) -> bool:
        """Is everything placed, nothing overset and the page filled?"""
        missing, over, empty = self.faults(draft)
        return not missing and not over and empty <= FILLED

    def faults(self, draft: Draft) -> tuple[int, int, float]:
        """What the pieces left out cost, how many characters are overset, what share of the page is empty."""
        over, under = self.misfit(draft)
        uncovered = sum(area.cells for area in self.grounds[0]) - sum(
            area.cells for _number, area in draft.boxes
        )
        empty = (uncovered + under / self.cell) / (self.columns * self.rows)
        missing = sum(int(cost) for number, cost in enumerate(self.left_out) if number not in draft.at)
        return missing, over, empty

    def misfit(self, draft: Draft) -> tuple[int, int]:
        """Characters over and under in all its boxes."""
        places = [(number, area.cols - 1, area.rows - 1) for number, area in draft.boxes]
        return sum(int(self.over[at]) for at in places), sum(int(self.under[at]) for at in places)

    @cached_property
    def need(self) -> Numbers:
        """Cells of the smallest box in which each piece fits; all of the page's where there is none."""
        cells = np.multiply.outer(np.arange(1, self.columns + 1), np.arange(1, self.rows + 1))
        return np.where(self.over == 0, cells, self.columns * self.rows).min(
            axis=(1, 2), initial=self.columns * self.rows
        )

    @cached_property
    def areas(self) -> list[Area]:
        """All free rectangles of whatever way of cutting."""
        return sorted({area for ground in self.grounds for area in ground}, key=lambda area: area.cells)

    @cached_property
    def widest(self) -> int:
        return max((area.cols for area in self.areas), default=0)

    @cached_property
    def left_out(self) -> Numbers:
        """What each piece costs that is not placed: dear for heavy and for long ones."""
        size = self.over.max(axis=(1, 2), initial=0)
        costs = OVERSET * (TRIMMED + size / 10) * (0.5 + np.array(self.weights) / 100)
        return costs.clip(0, IMPOSSIBLE // 1000).astype(np.int64)

    @cached_property
    def prices(self) -> Numbers:
        """What each piece costs in a box of each size, wherever it lies."""
        if not self.weights:
            return np.zeros_like(self.over)
        row = np.arange(1, self.columns + 1)[:, None] * self.cell
        gap = (self.under - row).clip(0).astype(np.int64)
        fit = OVERSET * self.over + TOO_LONG * (self.over > 0) + self.under + GAP * gap
        return fit + (self.care * self._looks()).astype(np.int64)

    def _looks(self) -> NDArray[np.float64]:
        cols, rows = np.ogrid[1 : self.columns + 1, 1 : self.rows + 1]
        aspect = np.log2(cols * ASPECT / rows)
        odd = ODD * ((aspect - np.log2(FLAT)).clip(0) + (np.log2(TALL) - aspect).clip(0))
        weight = np.array(self.weights)[:, None, None] / max(1, *self.weights)
        least, most = self.widest * (0.2 + 0.4 * weight**2), self.widest * (0.34 + 0.66 * weight)
        width = NARROW * (least - cols).clip(0) + WIDE * (cols - most).clip(0)
        looks: NDArray[np.float64] = odd + width + STRAINED * (self._strain() - EASE * weight) ** 2
        return looks

    def _strain(self) -> NDArray[np.float64]:
        """How much of what a piece can absorb it absorbs there, 0 to 1, for each width by itself."""
        fits, full = self.over == 0, (self.over == 0) & (self.under == 0)
        shortest = np.where(fits.any(axis=2), fits.argmax(axis=2), self.rows)[:, :, None]
        tallest = np.where(full.any(axis=2), self.rows - 1 - full[:, :, ::-1].argmax(axis=2), 0)[:, :, None]
        strain: NDArray[np.float64] = (np.arange(self.rows) - shortest) / (tallest - shortest).clip(1)
        return strain.clip(0, 1)
