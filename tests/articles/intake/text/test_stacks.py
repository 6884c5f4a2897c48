"""The lines over a story: which of them is what."""

from __future__ import annotations

import pytest

from articles.intake.text.stacks import is_banner, read_stack

STACKS = [
    (["河堤加固完工"], [("headline", "河堤加固完工")]),
    (
        ["推动主题教育走深走实 聚焦解难题办实事", "开发区开展 狠抓落实 行动"],
        [("kicker", "推动主题教育走深走实 聚焦解难题办实事"), ("headline", "开发区开展 狠抓落实 行动")],
    ),
    (
        ["服务 神经末梢 情暖居民", "开发区大力推动文明社区建设记事"],
        [("headline", "服务 神经末梢 情暖居民"), ("subheadline", "开发区大力推动文明社区建设记事")],
    ),
    (
        ["精准发力 创城提速", "——开发区创建工作再升温"],
        [("headline", "精准发力 创城提速"), ("subheadline", "——开发区创建工作再升温")],
    ),
    (
        ["新答卷·望川篇 | 汇聚前行力量"],
        [("series", "新答卷·望川篇 | "), ("headline", "汇聚前行力量")],
    ),
    (
        ["区委书记何伟主持召开常委会会议强调", "把项目建设的进度条拉满", "——一季度项目推进情况通报"],
        [
            ("kicker", "区委书记何伟主持召开常委会会议强调"),
            ("headline", "把项目建设的进度条拉满"),
            ("subheadline", "——一季度项目推进情况通报"),
        ],
    ),
    (
        ["全市三夏生产现场观摩会在我区举行", "徐志勇出席并讲话"],
        [("headline", "全市三夏生产现场观摩会在我区举行"), ("subheadline", "徐志勇出席并讲话")],
    ),
    (["短评", "榜样的力量"], [("series", "短评"), ("headline", "榜样的力量")]),
    (["遗失声明"], [("headline", "遗失声明")]),
]


@pytest.mark.parametrize(("lines", "parts"), STACKS)
def test_every_line_of_a_stack_has_its_place(lines: list[str], parts: list[tuple[str, str]]) -> None:
    read = [(kind.value, lines[number][start:end]) for number, start, end, kind in read_stack(lines)]
    assert read == parts


def test_a_slogan_across_the_page_is_no_kicker() -> None:
    assert is_banner("在春天的号召下——新时代 新作为 新篇章")
    assert not is_banner("精准发力 创城提速")
    assert not is_banner("——开发区创建工作再升温")
