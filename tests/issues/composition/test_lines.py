"""Breaking lines by the rules of Chinese newspapers (断行、避头尾、标点挤压)."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.composition.characters import CLASSES, NO_END, NO_START
from issues.composition.grid import Measure, columns
from issues.composition.lines import WIDEST_GAP, Line, first_line, paragraph
from issues.composition.words import Style
from tests.issues.composition.paper import SENTENCES
from tests.issues.composition.reading import FONTS, squeezed

BODY = Style("body")
TWELVE = Measure(12, 1.0, 9.0)


def lines(text: str, measure: Measure = TWELVE, indent: int = 0) -> tuple[Line, ...]:
    return paragraph(FONTS, ((text, BODY),), measure, indent)


def texts(text: str, measure: Measure = TWELVE, indent: int = 0) -> list[str]:
    return ["".join(run[5] for run in line.runs(9.0)).strip() for line in lines(text, measure, indent)]


def right(line: Line) -> float:
    """The right edge of the last character's box in ems."""
    dx, _, size, _, tracking, run = line.runs(9.0)[-1]
    wide = sum(FONTS.advance("body", char) for char in run) * size + tracking * (len(run) - 1)
    return (dx + wide) / 9.0


def test_plain_lines_keep_to_the_grid_of_cells() -> None:
    made = lines("清" * 30)
    assert [line.count for line in made] == [12, 12, 6]
    assert all(line.extra == 0 and line.squeeze == 0 for line in made)
    assert made[0].runs(9.0) == ((0.0, 0.0, 9.0, 0, 0.0, "清" * 12),)


def test_the_first_line_is_indented_and_the_rest_is_not() -> None:
    made = lines("清" * 30, indent=2)
    assert [line.count for line in made] == [10, 12, 8]
    assert [line.runs(9.0)[0][0] for line in made] == [18.0, 0.0, 0.0]


@pytest.mark.parametrize("mark", "。，、；：？！）》」』】”’％·")
def test_no_such_mark_begins_a_line(mark: str) -> None:
    made = texts("清" * 12 + mark + "湖" * 20)
    assert not any(line[0] == mark for line in made)


@pytest.mark.parametrize("mark", "（《「『【“‘")
def test_no_such_mark_ends_a_line(mark: str) -> None:
    made = texts("清" * 11 + mark + "湖" * 20)
    assert not any(line[-1] == mark for line in made)


@pytest.mark.parametrize("whole", ["——", "……", "98.5%", "1,200", "WiFi", "37℃", "don’t", "2026"])
def test_it_is_never_parted(whole: str) -> None:
    for before in range(1, 14):
        assert any(whole in line for line in texts("湖" * before + whole + "清" * 16)), before


def test_adjacent_marks_take_half_a_width() -> None:
    (line,) = lines("他说：“好。”")
    # 他 说 ： “ 好 。 ” with the blanks of ： and 。 gone
    places = {run[5][0]: run[0] / 9.0 for run in line.runs(9.0)}
    assert places["“"] == pytest.approx(2.5)
    assert right(line) == pytest.approx(6.0)


def test_an_opening_mark_stands_flush_at_the_beginning() -> None:
    (line,) = lines("（清湖）")
    assert line.runs(9.0)[0][0] == pytest.approx(-4.5)
    assert line.width == pytest.approx(3.0)


def test_a_closing_mark_at_the_end_may_take_half() -> None:
    wide = Measure(12.5, 1.0, 9.0)
    assert paragraph(FONTS, (("清" * 12 + "，" + "湖" * 9, BODY),), wide)[0].count == 13


def test_marks_give_up_their_blanks_before_a_line_is_spread() -> None:
    """Nine ideographs, two commas within: one more piece comes in for half an em of each."""
    made = lines("清清清，清清清，清清清清" + "，" + "湖" * 12)
    assert made[0].count == 13
    assert made[0].squeeze > 0
    assert made[0].extra == 0


def test_latin_and_figures_are_spaced_a_quarter() -> None:
    (line,) = lines("清AI湖", Measure(30, 1.0, 9.0))
    latin = next(run for run in line.runs(9.0) if run[5] == "AI")
    assert latin[0] / 9.0 == pytest.approx(1.25)
    ends = 1.25 + FONTS.advance("body", "A") + FONTS.advance("body", "I")
    assert line.runs(9.0)[-1][0] / 9.0 == pytest.approx(ends + 0.25)


def test_no_space_is_left_at_the_ends_of_lines() -> None:
    made = lines("清" * 12 + "AI" + "湖" * 3 + "AI")
    assert made[1].runs(9.0)[0][0] == 0.0
    assert right(made[0]) == pytest.approx(12.0)


def test_half_width_marks_between_ideographs_keep_off_the_next_one() -> None:
    made = texts("清" * 12 + "," + "湖" * 12)
    assert not any(line.startswith(",") for line in made)


def test_a_word_longer_than_the_line_is_parted_anywhere() -> None:
    made = lines("W" * 90)
    assert all(line.width <= 12.01 for line in made)
    assert squeezed("".join(texts("W" * 90))) == "W" * 90


def test_no_character_is_left_alone_on_the_last_line() -> None:
    made = lines("清" * 24 + "湖。")
    assert made[-1].count >= 3
    assert squeezed("".join(texts("清" * 24 + "湖。"))) == "清" * 24 + "湖。"


def test_the_last_line_is_not_stretched() -> None:
    made = lines("清" * 15 + "湖AI。")
    assert made[-1].extra == 0


def test_the_first_line_alone_can_leave_room() -> None:
    line = first_line(FONTS, (("清" * 40, BODY),), TWELVE, 0, 5.0)
    assert line is not None
    assert line.count == 7
    assert first_line(FONTS, (("W" * 40, BODY),), TWELVE, 0, 11.5) is None


def test_a_long_row_of_marks_is_broken_somewhere() -> None:
    made = lines("，" * 400)
    assert sum(line.count for line in made) == 400
    assert len(made) < 40


LETTERS = st.text(alphabet="清湖新区，。：“”（）《》——……AIx12.5%, ·！？①", max_size=160)


@settings(max_examples=150, deadline=None)
@given(text=LETTERS, cells=st.integers(4, 24), indent=st.sampled_from([0, 2]))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, cells: int, indent: int) -> None:
    measure = Measure(cells, 1.02, 9.0)
    made = paragraph(FONTS, ((text.strip(), BODY),), measure, indent)
    drawn = "".join(run[5] for line in made for run in line.runs(9.0))
    assert squeezed(drawn) == squeezed(text)
    assert sum(line.count for line in made) == len(squeezed(text))
    for line in made:
        assert line.width <= measure.cells * measure.cell + 0.02
        assert right(line) <= measure.cells * measure.cell + 0.52  # the blank of a mark may hang
    for one, two in pairwise(made):
        assert one.end == two.start


def test_the_rules_hold_over_much_plain_text() -> None:
    random = Random(1)
    for number in range(40):
        text = "".join(random.choices(SENTENCES, k=6))
        found = columns(random.uniform(90, 300), random.choice([1, 1, 2]), 9.0)
        measure = found.measure if found else TWELVE
        made = paragraph(FONTS, ((text, BODY),), measure, 2)
        for line in made[1:]:
            assert CLASSES[ord(text[line.start])] not in NO_START, (number, text[line.start :][:8])
        for line in made[:-1]:
            assert CLASSES[ord(text[: line.end].rstrip()[-1])] not in NO_END
            assert line.extra <= WIDEST_GAP
            if line.extra or line.squeeze:
                assert line.width == pytest.approx(measure.cells * measure.cell, abs=0.51)
