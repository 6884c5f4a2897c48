"""The best way to cut a rectangle of grid cells into boxes, one a piece, straight across or straight down.

A newspaper page is a slicing layout: a cut from edge to edge parts its pieces in two groups, and each part is
cut again. The best cost of every group of pieces in every size of rectangle is therefore the least, over its
partings in two and over the places of the cut, of the sum of two smaller ones. `Slicing` keeps all of them in
one table; what is read from it covers its rectangle, overlaps nowhere, and is the optimum of its kind.

Groups are bit masks: bit i is piece i. Piece 0 is the heaviest. The part that holds a group's heaviest piece
always lies above or to the left of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.int32]

IMPOSSIBLE = 10**8  # two of them still fit in 32 bits
BATCH = 384  # partings worked on at once: three arrays of that many tables stay in the processor's cache
DISORDER = 60  # cost of a piece of weight 100 below one of weight 0, of less for less


@dataclass(frozen=True)
class Area:
    """A rectangle of grid cells."""

    col: int
    row: int
    cols: int
    rows: int

    @property
    def cells(self) -> int:
        return self.cols * self.rows

    def mirrored(self, within: Area) -> Area:
        return Area(2 * within.col + within.cols - self.col - self.cols, self.row, self.cols, self.rows)

    def shared(self, other: Area) -> int:
        """How many cells lie in both."""
        cols = min(self.col + self.cols, other.col + other.cols) - max(self.col, other.col)
        rows = min(self.row + self.rows, other.row + other.rows) - max(self.row, other.row)
        return max(cols, 0) * max(rows, 0)


def parted(area: Area, at: int, *, across: bool) -> tuple[Area, Area]:
    """The upper `at` rows and the others, or the left `at` columns and the others."""
    if across:
        return (
            Area(area.col, area.row, area.cols, at),
            Area(area.col, area.row + at, area.cols, area.rows - at),
        )
    return (
        Area(area.col, area.row, at, area.rows),
        Area(area.col + at, area.row, area.cols - at, area.rows),
    )


@dataclass(frozen=True)
class Cut:
    """`first` gets the upper `at` rows where the cut goes across, else the left `at` columns."""

    cost: int
    first: int
    second: int
    across: bool
    at: int


def work(pieces: int, columns: int, rows: int) -> int:
    """How many sums of two costs a table of that size takes."""
    partings = (3**pieces - 2 ** (pieces + 1) + 1) // 2
    cuts = columns * rows * (rows - 1) // 2 + rows * columns * (columns - 1) // 2
    return partings * cuts


class Slicing:
    """`table[c - 1, r - 1, group]` is the least cost of the group in c columns × r rows.

    `leaves[i, c - 1, r - 1]` is what piece i costs in such a box, IMPOSSIBLE where it must not be.
    """

    def __init__(self, leaves: Costs, weights: Sequence[int]) -> None:
        self.count, self.columns, self.rows = leaves.shape
        self.everything = (1 << self.count) - 1
        self.table: Costs = np.full((self.columns, self.rows, 1 << self.count), IMPOSSIBLE, np.int32)
        heavier = np.subtract.outer(np.array(weights, np.int32), np.array(weights, np.int32)).T
        self._disorder = np.maximum(heavier, 0) * DISORDER // 100
        self._bits = (np.arange(1 << self.count)[:, None] >> np.arange(self.count)) & 1
        for piece in range(self.count):
            self.table[:, :, 1 << piece] = np.minimum(leaves[piece], IMPOSSIBLE)
        for size in range(2, self.count + 1):
            self._fill(size)

    def _fill(self, size: int) -> None:
        """All groups of `size` pieces, from the smaller ones."""
        groups = np.flatnonzero(self._bits.sum(axis=1) == size)
        step = max(1, BATCH >> (size - 1))
        for start in range(0, len(groups), step):
            batch = groups[start : start + step]
            firsts = self._firsts(batch, size)
            seconds = batch[:, None] - firsts
            first, second = self.table[:, :, firsts], self.table[:, :, seconds]
            best = np.full_like(first, IMPOSSIBLE)
            room = np.empty_like(first)
            for at in range(1, self.columns):  # down: `first` has `at` columns, `second` the others
                sums = np.add(first[at - 1], second[: self.columns - at], out=room[at:])
                np.minimum(best[at:], sums, out=best[at:])
            first += self._disorders(firsts, seconds)
            for at in range(1, self.rows):  # across
                sums = np.add(first[:, at - 1 : at], second[:, : self.rows - at], out=room[:, at:])
                np.minimum(best[:, at:], sums, out=best[:, at:])
            self.table[:, :, batch] = best.min(axis=-1)

    def _firsts(self, groups: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """For each group (of `size` pieces) all its true parts that hold its heaviest piece."""
        members = np.nonzero(self._bits[groups])[1].reshape(-1, size)
        chosen = np.arange((1 << (size - 1)) - 1)
        firsts = np.repeat(1 << members[:, :1], len(chosen), axis=1)
        for place in range(1, size):
            firsts += ((chosen >> (place - 1)) & 1) << members[:, place : place + 1]
        return firsts

    def _disorders(self, above: NDArray[np.int64], below: NDArray[np.int64]) -> Costs:
        """What it costs to have lighter pieces above heavier ones."""
        costs: NDArray[np.int64] = (self._bits[above] @ self._disorder * self._bits[below]).sum(axis=-1)
        return costs.astype(np.int32)

    def cost(self, group: int, cols: int, rows: int) -> int:
        return int(self.table[cols - 1, rows - 1, group])

    def cuts(self, group: int, cols: int, rows: int, most: int) -> list[Cut]:
        """The best cuts of a rectangle that holds the group, at most one for each parting and direction."""
        members = group.bit_count()
        if members < 2:
            return []
        firsts = self._firsts(np.array([group]), members)[0]
        seconds = group - firsts
        found: list[Cut] = []
        for across in (False, True):
            if across:
                first, second = (
                    self.table[cols - 1, : rows - 1, firsts],
                    self.table[cols - 1, : rows - 1, seconds],
                )
                sums = first + second[:, ::-1] + self._disorders(firsts, seconds)[:, None]
            else:
                first, second = (
                    self.table[: cols - 1, rows - 1, firsts],
                    self.table[: cols - 1, rows - 1, seconds],
                )
                sums = (first + second[::-1]).T
            if not sums.size:
                continue
            places = sums.argmin(axis=1)
            least = sums[np.arange(len(firsts)), places]
            for parting in np.argsort(least, kind="stable")[:most]:
                one, other = int(firsts[parting]), int(seconds[parting])
                found.append(Cut(int(least[parting]), one, other, across, int(places[parting]) + 1))
        found.sort(key=lambda cut: cut.cost)
        # What can't be is only taken where nothing can: its parts may have fewer cells than pieces.
        return [cut for cut in found[:most] if cut.cost < IMPOSSIBLE] or found[:1]

    def place(self, group: int, area: Area, cut: Cut | None = None) -> Iterator[tuple[int, Area]]:
        """Each piece of the group with its box, by the best cuts; the first of them may be given."""
        if not group:
            return
        if group.bit_count() == 1:
            yield group.bit_length() - 1, area
            return
        cut = cut or self.cuts(group, area.cols, area.rows, 1)[0]
        for part, ground in zip(
            (cut.first, cut.second), parted(area, cut.at, across=cut.across), strict=True
        ):
            yield from self.place(part, ground)
