"""自动拼版 of 200 random sets of 3 to 9 stories and pictures that need 60 to 85% of a page's free ground.

Two of three pages are tabloids, every other has a masthead. Each best offer is composed as it prints; overset
and empty room are counted there: characters that do not fit, and those that would still go in when headline,
white and pictures have taken what they can. Fitting the pieces to boxes is not in the times.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from issues.arrange import Box, Offer, Piece
    from tests.issues.pieces import Format

SETS = 200
SECONDS, LIMIT = 5.0, 10.0
EMPTY, AIM = 0.03, 0.95
APART = 20  # of two weights, for the order of two boxes to count


def sound(format_: Format, given: list[Piece], fixed: tuple[Box, ...], offer: Offer) -> bool:
    """The page's cells are covered once each, everything is placed or reported once."""
    keys = [box.key for box in offer.boxes] + [key for key, _reason in offer.left_out]
    cells = np.zeros((format_.columns, format_.rows), int)
    for box in (*offer.boxes, *fixed):
        cells[box.col : box.col + box.cols, box.row : box.row + box.rows] += 1
    area = sum(box.cols * box.rows for box in (*offer.boxes, *fixed))
    return sorted(keys) == [piece.key for piece in given] and (cells == 1).all() and area == cells.size


def order(given: list[Piece], offer: Offer) -> tuple[int, int]:
    """Of the pairs in the same columns whose weights are well apart: how many, and how many lie in order."""
    pairs = right = 0
    for one, other in combinations(offer.boxes, 2):
        apart = given[int(one.key)].weight - given[int(other.key)].weight
        if abs(apart) >= APART and one.col < other.col + other.cols and other.col < one.col + one.cols:
            pairs += 1
            right += (apart > 0) == (one.row < other.row)
    return pairs, right


def apart(format_: Format, offers: list[Offer]) -> float:
    """The share of the page that shows another piece, in the two offers that are most alike."""
    maps = []
    for offer in offers:
        shown = np.full((format_.columns, format_.rows), -1)
        for box in offer.boxes:
            shown[box.col : box.col + box.cols, box.row : box.row + box.rows] = box.key
        maps.append(shown)
    return min((float((one != other).mean()) for one, other in combinations(maps, 2)), default=0)


def measure() -> None:
    from issues.arrange import Box, arrange
    from tests.issues.pieces import BROADSHEET, TABLOID, random_set
    from tests.issues.printed_sets import overset, printed, printed_pieces, room_left

    times: dict[int, list[float]] = defaultdict(list)
    good = all_sound = three = pairs = in_order = boxes = gaps = unpictured = 0
    empty, differ = [], []
    for seed in range(SETS):
        format_, count = BROADSHEET if seed % 3 == 2 else TABLOID, 3 + seed % 7
        fixed = (Box("masthead", 0, 0, format_.columns, 7),) if seed % 2 else ()
        stories = random_set(seed, count, format_, fixed=fixed)
        given = printed_pieces(format_, stories, seed)
        started = time.perf_counter()
        offers = arrange(
            given, format_.columns, format_.rows, fixed, seconds=SECONDS, cells_per_area=format_.cell
        )
        times[count].append(time.perf_counter() - started)
        best = offers[0]
        page = printed(format_, stories, best, fixed, seed)
        all_sound += all(sound(format_, given, fixed, offer) for offer in offers)
        empty.append(room_left(format_, page))
        good += not best.left_out and not overset(page) and empty[-1] <= EMPTY
        unpictured += any(warning["warning"] == "no_room_for_picture" for warning in page.warnings)
        boxes += len(best.boxes)
        gaps += sum(page.boxes[int(box.key)].under > box.cols * format_.cell for box in best.boxes)
        three += len(offers) == 3
        differ.append(apart(format_, offers))
        found = order(given, best)
        pairs, in_order = pairs + found[0], in_order + found[1]
    print(f"arrangement: {SETS} random sets; no overlap, all placed or reported: {all_sound / SETS:.1%}")
    print(f"  best offer without overset and at most {EMPTY:.0%} empty: {good / SETS:.1%} (aim: {AIM:.0%})")
    print(f"  empty: median {statistics.median(empty):.1%}, at most {max(empty):.1%}")
    print(f"  boxes with a gap beyond a grid row: {gaps / boxes:.1%}")
    print(f"  pages on which a story lost its picture: {unpictured / SETS:.1%}")
    print(f"  heavier of two in the same columns lies higher: {in_order / pairs:.1%}")
    print(f"  three offers: {three / SETS:.1%}; the two most alike show another piece in")
    print(f"    {statistics.median(differ):.0%} of the page (median; least {min(differ):.0%})")
    for count, taken in sorted(times.items()):
        median, most = statistics.median(taken) / SECONDS, max(taken) / SECONDS
        print(f"  {count} pieces: median {median:.1%}, at most {most:.1%} of {SECONDS:.0f} s")
    if all_sound < SETS or good < AIM * SETS or max(map(max, times.values())) > LIMIT:
        sys.exit("arrangement: short of its aim")


def main() -> None:
    var = tempfile.mkdtemp(prefix="newsroom-bench-")
    try:
        os.environ |= {"NEWSROOM_VAR": var, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        import django

        django.setup()  # composition asks for the words of bylines
        measure()
    finally:
        shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    main()
