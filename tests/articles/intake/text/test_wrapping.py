"""Pages whose lines are as wide as a column read as those whose lines are paragraphs."""

from __future__ import annotations

from typing import Any

import pytest

from articles.intake.pieces import lines_of
from articles.intake.reading import read_text
from articles.intake.shape import as_json
from articles.intake.text.wrapping import unwrap, width_of, wrap
from tests.articles.intake.samples import samples

WIDTH = 20
NOT_FIRST = "，。、；：！？”’）》,.;:!?)"


def set_in_columns(text: str) -> str:
    """The page as a column sets it: paragraphs indented, no line begun with a stop."""
    rows: list[str] = []
    for paragraph in text.splitlines():
        if len(paragraph) <= 2 * WIDTH:
            rows.append(paragraph.rstrip())
            continue
        rows.append("")
        rest = "\u3000\u3000" + paragraph.strip()
        while rest:
            end = WIDTH
            while end < len(rest) and rest[end] in NOT_FIRST:
                end += 1
            rows.append(rest[:end])
            rest = rest[end:]
    return "\n".join(rows)


def told(text: str) -> dict[str, Any]:
    reading = read_text(text)
    reading.check()
    return {key: value for key, value in as_json(reading).items() if key in ("articles", "photos")}


@pytest.mark.parametrize("name", ["02", "04", "06", "08", "09"])
def test_a_page_set_in_columns_reads_the_same(name: str) -> None:
    text = next(text for own, text, _truth in samples() if own == name)
    assert width_of(lines_of(set_in_columns(text))), "this page is narrow"
    assert told(set_in_columns(text)) == told(text)


def test_paragraphs_are_left_alone() -> None:
    lines = lines_of("标题一行\n\n" + "这一段话很长，写了又写，一直写到这一行的末尾才停下来。\n\n" * 9)
    whole, parts = unwrap(lines)
    assert list(lines) == whole
    assert all(len(part) == 1 for part in parts)


def test_what_is_put_together_comes_apart_again() -> None:
    lines = lines_of("\n".join(["　　" + "长" * 18, "长" * 20, "短。"] * 5))
    _whole, parts = unwrap(lines)
    assert [len(part) for part in parts] == [3] * 5
    reading = read_text("\n".join(line.text for line in lines))
    assert list(wrap((), parts)) == []
    assert {piece.line for piece in reading.pieces} == set(range(15))
