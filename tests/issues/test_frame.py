"""A first frame: boxes for stories that come together, on free ground, in order."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from issues.arranging.slicing import Area
from issues.frame import LEAST_COLS, LEAST_ROWS, frame

COLUMNS, ROWS = 6, 40


@st.composite
def areas(draw: st.DrawFn) -> Area:
    col, row = draw(st.integers(0, COLUMNS - 1)), draw(st.integers(0, ROWS - 1))
    return Area(col, row, draw(st.integers(1, COLUMNS - col)), draw(st.integers(1, ROWS - row)))


@given(st.lists(areas(), max_size=5), st.lists(st.integers(0, 5000), max_size=30))
def test_boxes_lie_on_free_ground_and_apart(taken: list[Area], lengths: list[int]) -> None:
    boxes = frame(COLUMNS, ROWS, taken, lengths)
    assert len(boxes) <= len(lengths)
    for one, other in itertools.combinations([*boxes, *taken], 2):
        assert one in taken or not one.shared(other)
    for box in boxes:
        assert box.col >= 0
        assert box.row >= 0
        assert box.col + box.cols <= COLUMNS
        assert box.row + box.rows <= ROWS
        assert box.cells
        assert len(boxes) == 1 or (box.cols >= LEAST_COLS and box.rows >= LEAST_ROWS)


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=24))
def test_an_empty_page_is_filled_with_all_that_fit(lengths: list[int]) -> None:
    boxes = frame(COLUMNS, ROWS, [], lengths)
    assert len(boxes) == len(lengths)
    assert sum(box.cells for box in boxes) == COLUMNS * ROWS


def test_a_full_page_has_room_for_none() -> None:
    assert frame(COLUMNS, ROWS, [Area(0, 0, COLUMNS, ROWS)], [100, 200]) == []


def test_of_two_the_longer_gets_more() -> None:
    short, long = frame(COLUMNS, ROWS, [], [300, 1500])
    assert long.cells > 2 * short.cells
