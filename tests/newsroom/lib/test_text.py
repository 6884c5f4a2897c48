"""Text fields: unchanged, or refused with a sentence."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from newsroom.lib.text import LONGEST, clean_line, clean_text, read_number


@pytest.mark.parametrize(
    "value", ["", "港城新答卷　　桥头篇", "a\tb", "\u202eRTL", "👨‍👩‍👧", "\x85", "<script>"]
)
def test_any_text_is_taken(value: str) -> None:
    clean_line(value)
    clean_text(value + "\n")


@pytest.mark.parametrize("value", ["甲\x00", "\x1b", "甲\ud800", "\uffff"])
def test_broken_characters_are_refused_by_place(value: str) -> None:
    for validate in (clean_line, clean_text):
        with pytest.raises(ValidationError) as refusal:
            validate(value)
        assert refusal.value.messages[0].startswith(f"第{len(value)}个字")


@pytest.mark.parametrize("value", ["甲\n乙", "甲\r", "甲\u2028"])
def test_one_line_is_one_line(value: str) -> None:
    with pytest.raises(ValidationError, match="一行"):
        clean_line(value)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("０１２", 12), ("999", 999), ("1000", None), ("", None), ("-1", None)],
)
def test_a_number_of_so_many_digits(text: str, number: int | None) -> None:
    assert read_number(text, 3) == number


def test_what_is_taken_can_be_stored_and_fed(shared: Path) -> None:
    from xml.etree import ElementTree

    taken = 0
    for value in json.loads((shared / "corpora/naughty-strings/blns.json").read_text(encoding="utf-8")):
        try:
            clean_text(value)
        except ValidationError:
            continue
        taken += 1
        element = ElementTree.Element("title")
        element.text = value
        ElementTree.fromstring(ElementTree.tostring(element, "utf-8"))
    assert taken > 450


def test_a_text_has_an_end() -> None:
    clean_text("字" * LONGEST)
    with pytest.raises(ValidationError) as refused:
        clean_text("字" * (LONGEST + 1))
    assert refused.value.messages == ["文字太长，最多20000个字，现在有20001个。"]
