"""Comparison of bodies: nothing that differs stays unseen."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.lib import html
from newsroom.lib.html_diff import compare_html, pieces

_TAGS = [
    "p", "b", "a href=/x", "a href=/y", "/a", "h2", "ul", "ol", "li", "/ul", "table", "tr", "td", "/table",
    "blockquote", "/blockquote", "img src=/photos/abcdefghij12/w", "br", "hr",
]  # fmt: skip
_WORDS = ["廊坊", "会议", "的", "x", " "]
SCRAPS = st.lists(st.sampled_from([f"<{tag}>" for tag in _TAGS] + _WORDS), max_size=15).map("".join)


@given(SCRAPS, SCRAPS)
@settings(max_examples=200, deadline=None)
def test_every_difference_has_a_row(old: str, new: str) -> None:
    old, new = html.clean(old), html.clean(new)
    rows = compare_html(old, new)
    assert (old == new) == all(row.change == "same" for row in rows)
    for side, kind, body in (("old", "del", old), ("new", "ins", new)):
        shown = [re.sub(f"</?{kind}>", "", getattr(row, side)) for row in rows]
        assert [unescape(line) for line in shown if line] == [
            piece.text for piece in pieces(body) if piece.text
        ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>甲乙</p>", "<p>甲<b>乙</b></p>", ("p", "form", "甲乙", "甲乙")),
        ("<p>甲</p>", "<h2>甲</h2>", ("h2", "form", "甲", "甲")),
        ("<p>同样的话</p>", "", ("p", "removed", "<del>同样的话</del>", "")),
        ("", "<h3>甲</h3>", ("h3", "added", "", "<ins>甲</ins>")),
        ("<p>见<a href=/aa>此处</a></p>", "<p>见<a href=/bb>此处</a></p>",
         ("p", "changed", "见此处〔链接 /<del>aa</del>〕", "见此处〔链接 /<ins>bb</ins>〕")),
        ("<img src=/photos/aaaaaaaaa1/x>", "<img src=/photos/aaaaaaaaa2/x>",
         ("figure", "changed", "<del>图片 aaaaaaaaa1</del>", "<ins>图片 aaaaaaaaa2</ins>")),
        ("<table><tr><td>人口<td>五万</table>", "<table><tr><td>人口<td>六万</table>",
         ("table", "changed", "人口 | <del>五万</del>", "人口 | <ins>六万</ins>")),
        ("<aside class=editors-note>甲</aside>", "<aside class=link-box>甲</aside>",
         ("link-box", "form", "甲", "甲")),
    ],
)  # fmt: skip
def test_a_row_says_what_changed(old: str, new: str, expected: tuple[str, str, str, str]) -> None:
    (row,) = compare_html(old, new)
    assert (row.kind, row.change, row.old, row.new) == expected
    assert row.label


def test_blocks_are_escaped_and_named() -> None:
    rows = compare_html("<h2>题</h2><p>1 &lt; 2</p>", "<h2>题</h2><p>1 &lt; 3</p>")
    assert [(row.kind, row.old, row.new) for row in rows] == [
        ("h2", "题", "题"),
        ("p", "1 &lt; <del>2</del>", "1 &lt; <ins>3</ins>"),
    ]
