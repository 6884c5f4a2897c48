"""Credits as papers print them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from people.credits import in_brackets, line
from people.models import Act, Identity


def credit(identity: str, act: str, name: str, outlet: str = "") -> dict[str, Any]:
    return {"identity": identity, "act": act, "name": name, "outlet": outlet}


REPORTER = ("reporter", "text")
PHOTOS = [
    (
        [credit("correspondent", "photo", "许一诺"), credit("reporter", "photo", "孟川")],
        "通讯员 许一诺 记者 孟川 摄",
    ),
    ([credit("reporter", "photo", "孟川")], "记者 孟川 摄"),
    ([credit("", "photo", "孟川")], "孟川 摄"),
    ([credit("", "courtesy", "受访者")], "受访者供图"),
    ([credit("correspondent", "courtesy", "许一诺")], "通讯员 许一诺 供图"),
    ([credit("institution", "courtesy", "临港市委宣传部")], "临港市委宣传部供图"),
    ([credit("institution", "courtesy", "甲局"), credit("institution", "courtesy", "乙局")], "甲局 乙局供图"),
    ([credit("institution", "graphics", "大数据中心")], "大数据中心制图"),
    ([credit("reporter", "graphics", "孟川", "临港日报")], "临港日报记者 孟川 制图"),
    ([credit("institution", "courtesy", "", "临港市档案馆")], "临港市档案馆供图"),
]
BYLINES = [
    ([], ""),
    ([credit(*REPORTER, "孟川")], "记者 孟川"),
    ([credit("", "text", "一位老读者")], "一位老读者"),
    ([credit("", "text", "解小满", "临港日报")], "临港日报 解小满"),
    (
        [
            credit(*REPORTER, "解小满", "临港日报"),
            credit(*REPORTER, "孟川", "临港日报"),
            credit("correspondent", "text", "周禾"),
        ],
        "临港日报记者 解小满 孟川 通讯员 周禾",
    ),
    ([credit(*REPORTER, "甲", "本报"), credit(*REPORTER, "乙")], "本报记者 甲 记者 乙"),
    (
        [
            credit("correspondent", "text", "甲"),
            credit(*REPORTER, "乙"),
            credit("correspondent", "text", "丙"),
        ],
        "通讯员 甲 记者 乙 通讯员 丙",
    ),
    ([credit(*REPORTER, "  "), credit(*REPORTER, "孟川")], "记者 孟川"),
]
MIXED = [
    ([credit(*REPORTER, "甲"), credit("correspondent", "photo", "乙")], "记者 甲 文 通讯员 乙 摄"),
    ([credit("reporter", "photo", "甲"), credit(*REPORTER, "乙")], "记者 甲 摄 记者 乙 文"),
    ([credit(*REPORTER, "甲"), credit("reporter", "photo", "甲")], "记者 甲 文/摄"),
    (
        [
            credit(*REPORTER, "甲"),
            credit("reporter", "photo", "甲"),
            credit("institution", "courtesy", "丙局"),
        ],
        "记者 甲 文/摄 丙局供图",
    ),
]


@pytest.mark.parametrize(("credits_", "printed"), PHOTOS + BYLINES + MIXED)
def test_line(credits_: list[dict[str, Any]], printed: str) -> None:
    assert line(credits_) == printed
    assert line(SimpleNamespace(**one) for one in credits_) == printed


def test_it_is_chinese_whatever_the_reader_of_the_admin_speaks() -> None:
    with translation.override("en"):
        assert line([credit("reporter", "photo", "孟川")]) == "记者 孟川 摄"


def test_behind_a_dateline() -> None:
    assert in_brackets([credit(*REPORTER, "孟川")]) == "（记者 孟川）"
    assert in_brackets([]) == ""


@given(
    st.lists(
        st.builds(
            credit,
            st.sampled_from(Identity.values),
            st.sampled_from(Act.values),
            st.text("甲乙丙丁", min_size=1, max_size=3),
            st.sampled_from(["", "本报", "临港日报"]),
        ),
        max_size=6,
    )
)
def test_the_order_of_names_is_never_changed_and_none_is_lost(named: list[dict[str, Any]]) -> None:
    printed = line(named)
    position = 0
    previous = None
    for one in named:
        who = {key: one[key] for key in ("identity", "name", "outlet")}
        if who == previous:
            continue  # printed once, with several acts
        position = printed.index(one["name"], position) + len(one["name"])
        previous = who
