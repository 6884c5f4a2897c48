"""The best arrangements of the pieces for a given width of the lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from issues.arranging.desk import GAP, Desk, Draft, Numbers
from issues.arranging.free_ground import Ground
from issues.arranging.slicing import IMPOSSIBLE, Area, Cut, Slicing

OUTDONE = 80  # cost of each column by which a lighter piece is wider than the lead
LOWER = 200  # cost of weight 100 in free ground at the foot of the page rather than at its head
MIRRORED = 15  # cost of the lead at the right
FIRST_CUTS = 12  # of them the best lead to drafts


@dataclass(frozen=True)
class Leaf:
    """One piece, or a few that are arranged as one."""

    pieces: tuple[int, ...]
    slicing: Slicing
    groups: Numbers  # (columns, rows): which of them are placed in a box of that size, as a mask
    costs: Numbers  # (columns, rows)

    def place(self, area: Area) -> Iterator[tuple[int, Area]]:
        group = int(self.groups[area.cols - 1, area.rows - 1])
        for number, box in self.slicing.place(group, area):
            yield self.pieces[number], box


def drafts(desk: Desk, groups: Sequence[tuple[int, ...]], lead: Sequence[int]) -> Iterator[Draft]:
    """The best arrangements of the pieces, each group of them as one, with the lead `lead` columns wide.

    The first group begins with the lead. Where no such arrangement has it, it is left out of the draft.
    """
    leaves = [_leaf(desk, group, lead) for group in groups]
    slicing = Slicing(
        np.array([leaf.costs for leaf in leaves]), [desk.weights[leaf.pieces[0]] for leaf in leaves]
    )
    left_out = _sums([int(desk.left_out[list(leaf.pieces)].sum()) for leaf in leaves])
    for ground in desk.grounds:
        cost, plan = _plan(desk, ground, slicing, leaves, left_out)
        yield from _variants(slicing, leaves, cost, plan)


def _leaf(desk: Desk, group: tuple[int, ...], lead: Sequence[int]) -> Leaf:
    prices = desk.prices[list(group)]
    cols = np.arange(1, desk.columns + 1)
    for place, number in enumerate(group):
        if number == 0:
            prices[place, ~np.isin(cols, lead)] = IMPOSSIBLE
        else:
            lighter = min(1, (desk.weights[0] - desk.weights[number]) / 20)
            prices[place] += (OUTDONE * lighter * (cols - max(lead)).clip(0)).astype(np.int64)[:, None]
    slicing = Slicing(prices.clip(0, IMPOSSIBLE).astype(np.int32), [desk.weights[number] for number in group])
    costs = slicing.table + _sums([int(desk.left_out[number]) for number in group])[::-1]
    groups = 1 + costs[:, :, 1:].argmin(axis=2)
    return Leaf(group, slicing, groups, costs[:, :, 1:].min(axis=2).clip(0, IMPOSSIBLE))


def _sums(costs: Sequence[int]) -> Numbers:
    """The sum of costs for each mask of them."""
    sums = np.zeros(1, np.int64)
    for cost in costs:
        sums = np.concatenate([sums, sums + cost])
    return sums


@lru_cache(maxsize=2)
def _parts(count: int) -> list[Numbers]:
    """For each mask of `count` bits all masks within it."""
    masks = np.arange(1 << count)
    return [masks[masks & mask == masks] for mask in masks]


Plan = list[tuple[Area, int]]  # free rectangles and which leaves go there, as a mask


def _plan(
    desk: Desk, ground: Ground, slicing: Slicing, leaves: Sequence[Leaf], left_out: Numbers
) -> tuple[int, Plan]:
    """The best share-out of the leaves to the free rectangles, and what it costs."""
    everything = slicing.everything
    tables = [_table(desk, ground, area, slicing, leaves) for area in ground]
    best = [*accumulate(tables, lambda one, other: _merged(one, other, len(leaves)))]
    if not best:
        return int(left_out[everything]), []
    used = int((best[-1] + left_out[::-1]).argmin())
    cost, plan = int(best[-1][used] + left_out[everything ^ used]), []
    for place in range(len(ground) - 1, 0, -1):
        parts = _parts(len(leaves))[used]
        part = int(parts[(tables[place][parts] + best[place - 1][used ^ parts]).argmin()])
        plan.append((ground[place], part))
        used ^= part
    return cost, [*plan, (ground[0], used)]


def _table(desk: Desk, ground: Ground, area: Area, slicing: Slicing, leaves: Sequence[Leaf]) -> Numbers:
    """What each mask of leaves costs in that rectangle."""
    height = (area.row - min(other.row for other in ground)) / desk.rows
    lower = _sums([int(LOWER * height * desk.weights[leaf.pieces[0]] / 100) for leaf in leaves])
    table = slicing.table[area.cols - 1, area.rows - 1].astype(np.int64) + lower
    table[0] = int(area.cells * desk.cell * (1 + GAP))
    return table


def _merged(one: Numbers, other: Numbers, count: int) -> Numbers:
    """The least cost of each mask shared out to both."""
    least = [(other[parts] + one[mask ^ parts]).min() for mask, parts in enumerate(_parts(count))]
    return np.array(least, np.int64)


def _variants(slicing: Slicing, leaves: Sequence[Leaf], cost: int, plan: Plan) -> Iterator[Draft]:
    """The plan with each of the best first cuts of its largest rectangle, and each of those mirrored."""
    place, area, group = max(
        ((place, area, group) for place, (area, group) in enumerate(plan) if group.bit_count() > 1),
        key=lambda entry: entry[1].cells,
        default=(0, Area(0, 0, 0, 0), 0),
    )
    cuts: list[Cut | None] = [*slicing.cuts(group, area.cols, area.rows, FIRST_CUTS)] or [None]
    for cut in cuts:
        dearer = cut.cost - slicing.cost(group, area.cols, area.rows) if cut else 0
        boxes = {
            piece: (box, box.mirrored(ground))
            for number, (ground, members) in enumerate(plan)
            for leaf, part in slicing.place(members, ground, cut if number == place else None)
            for piece, box in leaves[leaf].place(part)
        }
        yield Draft(cost + dearer, tuple((piece, boxes[piece][0]) for piece in sorted(boxes)))
        yield Draft(cost + dearer + MIRRORED, tuple((piece, boxes[piece][1]) for piece in sorted(boxes)))
