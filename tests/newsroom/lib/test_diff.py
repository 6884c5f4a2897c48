"""Comparison of texts: complete, readable, bounded."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.lib.diff import Change, compare, marked

WORDS = st.lists(
    st.sampled_from(["廊坊", "开发区", "召开", "会议", "的", "，", "2018", "news", "\n", "<", "\u3000"]),
    max_size=40,
).map("".join)


def sides(changes: list[Change]) -> tuple[str, str]:
    old = "".join(change.text for change in changes if change.kind != "ins")
    return old, "".join(change.text for change in changes if change.kind != "del")


@given(WORDS | st.text(), WORDS | st.text())
@settings(deadline=None)  # the first one reads the dictionary
def test_both_texts_can_be_read_from_the_comparison(old: str, new: str) -> None:
    changes = compare(old, new)
    assert sides(changes) == (old, new)
    assert (old == new) == all(change.kind == "same" for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("市委组织部召开会议", "市委宣传部召开会议", "市委<del>组织部</del><ins>宣传部</ins>召开会议"),
        ("6月7日，", "6月8日，", "6月<del>7</del><ins>8</ins>日，"),
        ("一段\n", "一段\n又一段\n", "一段\n<ins>又一段\n</ins>"),
        ("<b>甲</b>", "<b>乙</b>", "&lt;b&gt;<del>甲</del><ins>乙</ins>&lt;/b&gt;"),
        ("", "", ""),
    ],
)
def test_words_are_marked(old: str, new: str, expected: str) -> None:
    assert marked(compare(old, new)) == expected


def test_a_comma_between_two_changes_goes_with_them() -> None:
    rest = "廊坊经济技术开发区召开党建工作会议。"
    changes = compare(f"今天，下雨{rest}", f"昨日，刮风{rest}")
    assert changes == [Change("del", "今天，下雨"), Change("ins", "昨日，刮风"), Change("same", rest)]


def test_a_changed_paragraph_is_found_beside_a_new_one() -> None:
    old = "廊坊市召开党建工作会议。\n最后一段。\n"
    new = "新的开头，完全不同。\n廊坊市昨日召开党建工作会议。\n最后一段。\n"
    assert marked(compare(old, new)) == (
        "<ins>新的开头，完全不同。\n</ins>廊坊市<ins>昨日</ins>召开党建工作会议。\n最后一段。\n"
    )


def _chinese(seed: int, length: int, every: int) -> str:
    chance = random.Random(seed)
    signs = [chr(chance.randrange(0x4E00, 0x5200)) for _ in range(length)]
    signs[every::every] = "\n" * len(signs[every::every])
    return "".join(signs)


@pytest.mark.parametrize("every", [2, 100, 40_000], ids=["short lines", "paragraphs", "one paragraph"])
def test_texts_with_nothing_in_common_cost_little(every: int) -> None:
    old, new = _chinese(1, 30_000, every), _chinese(2, 30_000, every)
    began = time.process_time()
    changes = compare(old, new)
    took = time.process_time() - began
    assert sides(changes) == (old, new)
    assert took < 3  # a third of that on an idle machine
