"""自动拼版 of 200 random sets of 3 to 9 stories and pictures that need 60 to 85% of a page's free ground.

How a story fills a box is the simple model of `tests/issues/pieces.py`. Two of three pages are tabloids, every
other has a masthead. Empty is what no box covers, and room left in boxes beyond what headline, white and
pictures absorb, down to the last line; as a share of the page's whole area.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from itertools import combinations

import numpy as np

from issues.arrange import Box, Offer, Piece, arrange
from tests.issues.pieces import BROADSHEET, TABLOID, Format, pieces, random_set

SETS = 200
SECONDS, LIMIT = 5.0, 10.0
EMPTY, AIM = 0.03, 0.95
APART = 20  # of two weights, for the order of two boxes to count


def covered(format_: Format, boxes: tuple[Box, ...]) -> np.ndarray:
    cells = np.zeros((format_.columns, format_.rows), int)
    for box in boxes:
        cells[box.col : box.col + box.cols, box.row : box.row + box.rows] += 1
    return cells


def sound(format_: Format, given: list[Piece], fixed: tuple[Box, ...], offer: Offer) -> bool:
    """Nothing overlaps or leaves the page, everything is placed or reported once."""
    keys = [box.key for box in offer.boxes] + [key for key, _reason in offer.left_out]
    area = sum(box.cols * box.rows for box in (*offer.boxes, *fixed))
    cells = covered(format_, (*offer.boxes, *fixed))
    return sorted(keys) == sorted(piece.key for piece in given) and cells.max() == 1 and cells.sum() == area


def order(given: list[Piece], offer: Offer) -> tuple[int, int]:
    """Of the pairs in the same columns whose weights are well apart: how many, and how many lie in order."""
    pairs = right = 0
    for one, other in combinations(offer.boxes, 2):
        apart = given[int(one.key)].weight - given[int(other.key)].weight
        if abs(apart) >= APART and one.col < other.col + other.cols and other.col < one.col + one.cols:
            pairs += 1
            right += (apart > 0) == (one.row < other.row)
    return pairs, right


def moved(offers: list[Offer], format_: Format) -> float:
    """The share of the page that shows another piece, in the two offers that are most alike."""
    maps = []
    for offer in offers:
        shown = np.full((format_.columns, format_.rows), -1)
        for box in offer.boxes:
            shown[box.col : box.col + box.cols, box.row : box.row + box.rows] = box.key
        maps.append(shown)
    return min((float((one != other).mean()) for one, other in combinations(maps, 2)), default=0)


def main() -> None:
    times: dict[int, list[float]] = defaultdict(list)
    good = all_sound = three = boxes = gaps = pairs = in_order = 0
    empty, differ = [], []
    for seed in range(SETS):
        format_, count = BROADSHEET if seed % 3 == 2 else TABLOID, 3 + seed % 7
        fixed = (Box("masthead", 0, 0, format_.columns, 7),) if seed % 2 else ()
        given = pieces(format_, random_set(seed, count, format_, fixed=fixed))
        started = time.perf_counter()
        offers = arrange(
            given, format_.columns, format_.rows, fixed, seconds=SECONDS, cells_per_area=format_.cell
        )
        times[count].append(time.perf_counter() - started)
        best = offers[0]
        all_sound += all(sound(format_, given, fixed, offer) for offer in offers)
        good += not best.left_out and not best.over and best.empty <= EMPTY
        three += len(offers) == 3
        empty.append(best.empty)
        differ.append(moved(offers, format_))
        boxes += len(best.boxes)
        under = [given[int(box.key)].under[box.cols - 1, box.rows - 1] / box.cols for box in best.boxes]
        gaps += sum(room > format_.cell for room in under)
        found = order(given, best)
        pairs, in_order = pairs + found[0], in_order + found[1]
    print(f"arrangement: {SETS} random sets; no overlap, all placed or reported: {all_sound / SETS:.1%}")
    print(f"  best offer without overset and at most {EMPTY:.0%} empty: {good / SETS:.1%} (aim: {AIM:.0%})")
    print(f"  empty: median {statistics.median(empty):.1%}, most {max(empty):.1%}")
    print(f"  boxes with a gap beyond a grid row: {gaps / boxes:.1%}")
    print(f"  heavier of two in the same columns lies higher: {in_order / pairs:.1%}")
    print(f"  three offers: {three / SETS:.1%}; the two most alike show another piece in")
    print(f"  {statistics.median(differ):.0%} of the page (median; least {min(differ):.0%})")
    for count, taken in sorted(times.items()):
        median, most = statistics.median(taken) / SECONDS, max(taken) / SECONDS
        print(f"  {count} pieces: median {median:.1%}, at most {most:.1%} of {SECONDS:.0f} s")
    if all_sound < SETS or good < AIM * SETS or max(map(max, times.values())) > LIMIT:
        sys.exit("arrangement: short of its aim")


if __name__ == "__main__":
    main()
