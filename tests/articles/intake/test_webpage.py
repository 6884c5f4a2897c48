"""A saved web page comes as the lines that a reader sees on it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.webpage import is_webpage, lines_of_webpage

PAGE = """<!DOCTYPE html>
<html><head><meta charset="gbk"><title>清河镇政府网站</title>
<style>p > b { color: red }</style><script>if (a < b) document.write("<p>广告</p>")</script></head>
<body><!-- <p>不显示</p> --><div><h1>清河镇<br>秋粮入库</h1>
<p style="a>b">　　本报讯（记者 林远舟）全镇三千吨粮食
颗粒归仓，<b>亩产</b>千斤&mdash;&mdash;A&amp;B Co.
Ltd&nbsp;供图。<p>第二段<img src="a.jpg" alt="图">
<table><tr><th>村</th><th>吨</th></tr><tr><td>柳树屯</td><td>120</td></tr></table>
<h2>入库</H2>尾 1 < 2</div></body></html>"""


def test_blocks_are_lines_and_headings_have_their_level() -> None:
    assert is_webpage(PAGE)
    assert [(line.text, line.level) for line in lines_of_webpage(PAGE)] == [
        ("清河镇", 1),
        ("秋粮入库", 1),
        ("　　本报讯（记者 林远舟）全镇三千吨粮食颗粒归仓，亩产千斤——A&B Co. Ltd 供图。", 0),
        ("第二段", 0),
        ("村\t吨", 0),
        ("柳树屯\t120", 0),
        ("入库", 2),
        ("尾 1 < 2", 0),
    ]


@pytest.mark.parametrize("text", ["<清河镇>", "1 < 2 <html>", "<p>", "<?xml version='1.0'?><rss/>", ""])
def test_a_text_with_angle_brackets_is_no_web_page(text: str) -> None:
    assert not is_webpage(text)


@pytest.mark.parametrize(
    "many",
    ["<div>", "<", "<a ", '<a "', "<a '\"", "<!--", "<!", "<svg>", "<script>", "&", "&#", "<td>", "\n中 "],
)
def test_a_megabyte_of_anything_takes_no_time(many: str) -> None:
    began = time.perf_counter()
    lines_of_webpage(many * (1_000_000 // len(many)))
    assert time.perf_counter() - began < 10  # a second alone


@given(st.text(alphabet="<>/!-'\"& abp中文\n", max_size=200))
def test_any_text_gives_lines_that_hold_something(html: str) -> None:
    for line in lines_of_webpage(html):
        assert line.text.strip()
        assert len(line.text.splitlines()) == 1
