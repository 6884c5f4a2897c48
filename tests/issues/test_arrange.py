"""自动拼版: what holds for every set of pieces, however odd."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest

from issues.arrange import Box, Offer, Piece, arrange
from issues.arranging import search
from issues.arranging.free_ground import grounds
from issues.arranging.slicing import Area, Slicing, work
from tests.issues.pieces import BROADSHEET, TABLOID, Format, Story, pieces, random_set
from tests.issues.printed_sets import overset, printed, printed_pieces, room_left

SEEDS = range(20)
MASTHEAD = Box("masthead", 0, 0, 4, 7)
GUIDE = Box("guide", 4, 32, 2, 8)


def sets(seed: int) -> tuple[Format, list[Story], tuple[Box, ...]]:
    """Every size from 3 to 9, both formats, with and without a masthead."""
    format_ = BROADSHEET if seed % 4 == 3 else TABLOID
    fixed = (Box("masthead", 0, 0, format_.columns, 7),) if seed % 2 else ()
    return format_, random_set(seed, 3 + seed % 7, format_, fixed=fixed), fixed


def made(format_: Format, stories: list[Story], fixed: tuple[Box, ...] = (), **options: int) -> list[Offer]:
    given = pieces(format_, stories)
    return arrange(given, format_.columns, format_.rows, fixed, cells_per_area=format_.cell, **options)


def covered(format_: Format, offer: Offer, fixed: tuple[Box, ...] = ()) -> np.ndarray:
    """How many boxes lie on each cell; a box beyond the page fails."""
    cells = np.zeros((format_.columns, format_.rows), int)
    for box in (*offer.boxes, *fixed):
        assert 0 <= box.col < box.col + box.cols <= format_.columns, box
        assert 0 <= box.row < box.row + box.rows <= format_.rows, box
        cells[box.col : box.col + box.cols, box.row : box.row + box.rows] += 1
    return cells


@cache
def best_of(seed: int) -> Offer:
    """By the simple model."""
    return made(*sets(seed))[0]


class Arranged(NamedTuple):
    format: Format
    stories: list[Story]
    given: list[Piece]
    fixed: tuple[Box, ...]
    offers: list[Offer]
    seed: int


@pytest.fixture(scope="module", params=SEEDS)
def arranged(request: pytest.FixtureRequest) -> Arranged:
    """Stories and pictures as they would print."""
    format_, stories, fixed = sets(request.param)
    given = printed_pieces(format_, stories, request.param)
    offers = arrange(given, format_.columns, format_.rows, fixed, cells_per_area=format_.cell)
    return Arranged(format_, stories, given, fixed, offers, request.param)


def test_the_best_offer_prints_full(arranged):
    best = arranged.offers[0]
    page = printed(arranged.format, arranged.stories, best, arranged.fixed, arranged.seed)
    assert (best.over, best.left_out, overset(page)) == (0, (), 0)
    assert best.empty <= 0.03
    assert room_left(arranged.format, page) <= 0.03


def test_covers_the_page_once(arranged):
    for offer in arranged.offers:
        assert (covered(arranged.format, offer, arranged.fixed) == 1).all()


def test_places_or_reports_each_piece_once(arranged):
    for offer in arranged.offers:
        keys = [box.key for box in offer.boxes] + [key for key, _reason in offer.left_out]
        assert sorted(keys) == [piece.key for piece in arranged.given]


def test_counts_what_the_boxes_hold(arranged):
    for offer in arranged.offers:
        places = [(arranged.given[box.key], box.cols - 1, box.rows - 1) for box in offer.boxes]
        under = sum(piece.under[cols, rows] for piece, cols, rows in places)
        assert offer.over == sum(piece.over[cols, rows] for piece, cols, rows in places)
        assert offer.under == under
        assert offer.empty == pytest.approx(
            under / arranged.format.cell / arranged.format.columns / arranged.format.rows
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_fills_the_page_by_the_simple_model_too(seed):
    """Which counts every last line that isn't full."""
    best = best_of(seed)
    assert (best.over, best.left_out) == (0, ())
    assert best.empty <= 0.03


def test_offers_three_that_differ(arranged):
    assert len(arranged.offers) == 3
    for one, other in combinations(arranged.offers, 2):
        here, there = ({box.key: box for box in offer.boxes} for offer in (one, other))
        moved = [key for key in here if here[key] != there[key]]
        assert len(moved) >= len(here) / 2


def test_puts_the_heaviest_at_the_head(arranged):
    lead = max(arranged.given, key=lambda piece: (piece.weight, piece.over.max())).key
    head = sum(box.rows for box in arranged.fixed)
    for offer in arranged.offers:
        assert next(box for box in offer.boxes if box.key == lead).row == head


def test_puts_lighter_ones_below_heavier_ones():
    """Most of the pairs that share columns; the fit comes first."""
    lower = higher = 0
    for seed in SEEDS:
        _format, stories, _fixed = sets(seed)
        for one, other in combinations(best_of(seed).boxes, 2):
            apart = stories[one.key].weight - stories[other.key].weight
            if abs(apart) >= 20 and one.col < other.col + other.cols and other.col < one.col + one.cols:
                heavier, lighter = (one, other) if apart > 0 else (other, one)
                higher += heavier.row < lighter.row
                lower += heavier.row > lighter.row
    assert higher > 5 * lower, (higher, lower)


def test_the_same_set_gives_the_same_offers():
    format_, stories, fixed = sets(4)
    assert made(format_, stories, fixed) == made(format_, stories, fixed)


@pytest.mark.parametrize("fixed", [(MASTHEAD,), (MASTHEAD, GUIDE), (Box("advertisement", 2, 12, 2, 6),)])
def test_leaves_fixed_boxes_alone(fixed):
    stories = random_set(7, 6, TABLOID, fixed=fixed)
    for offer in made(TABLOID, stories, fixed):
        cells = covered(TABLOID, offer, fixed)
        assert cells.max() == 1
        uncovered = int((cells == 0).sum())
        assert offer.empty == pytest.approx((uncovered + offer.under / TABLOID.cell) / cells.size)
    assert len(made(TABLOID, stories, fixed)[0].boxes) == 6


@pytest.mark.parametrize(
    "fixed",
    [
        (Box("a", 0, 0, 6, 40),),
        (Box("a", -3, -5, 20, 90),),
        (Box("a", 0, 0, 6, 30), Box("b", 0, 20, 6, 20)),
    ],
)
def test_a_full_page_takes_nothing(fixed):
    offers = made(TABLOID, random_set(1, 3, TABLOID), fixed)
    assert [offer.boxes for offer in offers] == [()]
    assert sorted((key, reason.code) for key, reason in offers[0].left_out) == [(n, "full") for n in range(3)]


def test_no_pieces():
    assert [(offer.boxes, offer.empty) for offer in made(TABLOID, [])] == [((), 1)]


def test_leaves_out_what_no_page_could_hold():
    stories = [Story(90, 30_000, 12, None), Story(50, 1500, 12, 1.5), Story(40, 900, 12, None)]
    for offer in made(TABLOID, stories):
        assert {box.key for box in offer.boxes} == {1, 2}
        ((key, reason),) = offer.left_out
        assert (key, reason.code) == (0, "large")
        assert 24_000 < reason.characters < 30_000


def test_leaves_out_the_lighter_where_not_all_have_room():
    stories = [Story(weight, 1500, 12, None) for weight in (90, 70, 60, 50, 10)]
    offers = made(TABLOID, stories)
    assert offers[0].over == 0
    for offer in offers:
        assert {box.key for box in offer.boxes} == {0, 1, 2}
        assert [(key, reason.code) for key, reason in offer.left_out] == [(3, "room"), (4, "room")]


@pytest.mark.parametrize(
    "story",
    [
        Story(50, 0, 12, None),
        Story(50, 0, 0, 40.0),
        Story(50, 0, 0, 0.025),
        Story(500, 1, 60, 0.1),
        Story(-5, 400, 9, None),
    ],
)
def test_odd_pieces_do_no_harm(story):
    stories = [*random_set(2, 4, TABLOID), story]
    for offer in made(TABLOID, stories):
        assert covered(TABLOID, offer).max() == 1
        assert len(offer.boxes) + len(offer.left_out) == 5
        assert {0, 1, 2, 3} <= {box.key for box in offer.boxes}


@pytest.mark.parametrize("count", [10, 13, 25, 90])
def test_many_pieces(count):
    """Grouped, with little work; what is beyond the page's room is the lightest."""
    stories = [Story(100 - number, 60, 8, None) for number in range(count)]
    for offer in made(TABLOID, stories):
        assert covered(TABLOID, offer).max() == 1
        assert len(offer.boxes) + len(offer.left_out) == count
        assert {key for key, _reason in offer.left_out}.isdisjoint(range(25))


def test_the_work_is_bounded(monkeypatch):
    """Counted in sums of two costs, for as many seconds of a slow machine."""
    done = []
    fill = Slicing.__init__

    def counted(self, leaves, weights):
        done.append(work(*leaves.shape))
        fill(self, leaves, weights)

    monkeypatch.setattr(Slicing, "__init__", counted)
    for seconds, count in ((5, 9), (0.5, 9), (5, 14)):
        done.clear()
        made(BROADSHEET, random_set(3, count, BROADSHEET), seconds=seconds)
        assert sum(done) <= 1.2 * seconds * search.SPEED, (seconds, count)


def test_the_table_holds_the_best_of_all_ways_to_cut():
    """Against trying all of them, for three pieces on a small page."""
    random = np.random.default_rng(1)
    leaves = random.integers(0, 50, (3, 3, 4)).astype(np.int32)

    def best(pieces_: frozenset[int], cols: int, rows: int) -> int:
        if len(pieces_) == 1:
            return int(leaves[next(iter(pieces_)), cols - 1, rows - 1])
        found = [10**8]
        for count in range(1, len(pieces_)):
            for one in map(frozenset, combinations(pieces_, count)):
                found += [best(one, at, rows) + best(pieces_ - one, cols - at, rows) for at in range(1, cols)]
                found += [best(one, cols, at) + best(pieces_ - one, cols, rows - at) for at in range(1, rows)]
        return min(found)

    slicing = Slicing(leaves, [1, 1, 1])
    for cols in range(1, 4):
        for rows in range(1, 5):
            expected = best(frozenset(range(3)), cols, rows)
            assert slicing.cost(0b111, cols, rows) == expected, (cols, rows)
            if expected < 10**8:
                placed = list(slicing.place(0b111, Area(0, 0, cols, rows)))
                assert sum(leaves[piece, a.cols - 1, a.rows - 1] for piece, a in placed) == expected


def test_every_way_of_cutting_the_ground_covers_it_once():
    taken = [Area(0, 0, 4, 7), Area(2, 15, 2, 5), Area(5, 30, 3, 30)]
    free = np.ones((6, 40), int)
    for area in taken:
        free[area.col : area.col + area.cols, area.row : area.row + area.rows] = 0
    ways = grounds(6, 40, taken)
    assert len(ways) > 1
    for ground in ways:
        cells = np.zeros((6, 40), int)
        for area in ground:
            cells[area.col : area.col + area.cols, area.row : area.row + area.rows] += 1
        assert (cells == free).all()


def test_wide_leads_are_among_the_offers():
    """Leads of full width and of part of it are offered, at the left and at the right."""
    seen = set()
    for seed in range(6):
        stories = [replace(story, weight=story.weight // 2) for story in random_set(seed, 6, TABLOID)]
        stories[0] = replace(stories[0], weight=100)
        for offer in made(TABLOID, stories):
            lead = next(box for box in offer.boxes if box.key == 0)
            seen.add("full" if lead.cols == 6 else "left" if lead.col == 0 else "right")
    assert seen == {"full", "left", "right"}


def test_no_cut_leaves_fewer_cells_than_pieces() -> None:
    slicing = Slicing(np.zeros((4, 2, 2), np.int32), [1, 1, 1, 1])
    cuts = slicing.cuts(0b1111, 2, 2, 50)
    assert cuts
    for cut in cuts:
        placed = list(slicing.place(0b1111, Area(0, 0, 2, 2), cut))
        assert sorted(piece for piece, _area in placed) == [0, 1, 2, 3]
