"""How a page was typed changes nothing in what it says: marks, indents and spaces are a paper's habits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.articles.intake.samples import read, samples
from tests.articles.intake.scoring import score, total

SAMPLES = samples()
ASCII = str.maketrans("，：（）！？；", ",:()!?;")
FULL = str.maketrans(",()!?;", "，（）！？；")
Change = Callable[[str], str]
#: Changes to the page that its expected reading undergoes as well.
MARKS: dict[str, Change] = {
    "ASCII punctuation": lambda text: text.translate(ASCII),
    "full-width punctuation": lambda text: text.translate(FULL),
    "ASCII quotation marks": lambda text: re.sub("[“”]", '"', text),
    "corner quotation marks": lambda text: text.replace("“", "「").replace("”", "」"),
}
#: Changes that its expected reading does not show.
SPACES: dict[str, Change] = {
    "indents": lambda text: re.sub("(?m)^(?=.)", "\u3000\u3000", text),
    "twice as many empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "spaces at line ends": lambda text: re.sub("(?m)$", "  ", text),
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "spaces of full width": lambda text: text.replace(" ", "\u3000"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "squares that are filled": lambda text: text.replace("□", "■"),
    "circles for squares": lambda text: text.replace("□", "○"),
}


def everywhere(change: Change, value: Any) -> Any:
    """The expected reading with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [everywhere(change, one) for one in value]
    if isinstance(value, dict):
        return {key: everywhere(change, one) for key, one in value.items()}
    return value


@pytest.mark.parametrize("habit", [*MARKS, *SPACES])
def test_the_same_page_typed_otherwise_reads_as_well(habit: str) -> None:
    change = MARKS.get(habit) or SPACES[habit]
    as_told = MARKS.get(habit, str)
    before = total(score(truth, read(text)) for _name, text, truth in SAMPLES)
    after = total(score(everywhere(as_told, truth), read(change(text))) for _name, text, truth in SAMPLES)

    worse = {
        figure: (before[figure].f1, after[figure].f1)
        for figure in before
        if after[figure].f1 < before[figure].f1
    }
    assert not worse
