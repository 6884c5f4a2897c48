"""The forms of captions and picture credits. Pure; each function looks at one text."""

from __future__ import annotations

import re

from articles.intake.text.forms import Span, people_in
from articles.intake.text.names import Person

_RUN = re.compile(r"[\u4e00-\u9fff]{4,}")


def phrases(text: str) -> set[str]:
    """Its runs of four ideographs."""
    return {run[place : place + 4] for run in _RUN.findall(text) for place in range(len(run) - 3)}


_OPENS_WITH_DAY = re.compile(r"^[▲▼▶◀►◄△▽↑↓←→\s]*(?:近日|日前|(?:\d{4}年)?\d{1,2}月\d{1,2}日)")


def is_news(text: str) -> bool:
    """Whether a caption opens as news does, with its day: it may have nothing to do with its place."""
    return _OPENS_WITH_DAY.match(text) is not None


ARROWS = "▲▼▶◀►◄△▽↑↓←→"

_NUMBERED_PICTURE = re.compile(r"图[①②③④⑤⑥⑦⑧⑨⑩]")

_POINTER = re.compile(
    r"^\s*(?:[▲▼▶◀►◄△▽↑↓←→]+\s*)?(?:(?:上|下|左|右|本|题|压题|资料)?图[①②③④⑤⑥⑦⑧⑨⑩一二三四五六\d]{0,3}[:：]"
    r"|(?:图片)?说明[:：]|(?:上|下|左|右|左上|右上|左下|右下)图[:：,，]?|图[①②③④⑤⑥⑦⑧⑨⑩][:：]?)?"
)


def pointer(text: str) -> int:
    """How many characters at the beginning only point to the picture: ▲, 上图:, 图①."""
    found = _POINTER.match(text)
    end = found.end() if found else 0
    if _NUMBERED_PICTURE.search(text, end):
        end = len(text) - len(text.lstrip(f"{ARROWS} "))  # 图①:… 图②:… are told apart by their numbers
    return end if text[:end].strip() else 0


def is_captioned(text: str) -> bool:
    """Whether the line says itself that it is a picture's caption."""
    return pointer(text) > 0 or re.match(r"\s*(?:图为|图中|上图为|图片为|图[①②③④⑤⑥⑦⑧⑨⑩])", text) is not None


SHORT = 30


def is_dependent(text: str) -> bool:
    """Whether the caption says nothing without the story it stands in: 图为…, 上图:…, or a few words."""
    if len(text) <= SHORT and not is_news(text):
        return True
    return (
        re.match(r"\s*[▲▼▶◀►◄△▽↑↓←→]*\s*(?:(?:上|下|左|右)?图为|[上下左右]图|图[①②③④⑤⑥⑦⑧⑨⑩])", text)
        is not None
    )


def credit_at_end(text: str) -> tuple[Span, list[Person]] | None:
    """The photographers at a caption's end: …面貌焕然一新。 通讯员 甲 记者 乙摄."""
    text = text.rstrip()
    if not re.search(r"(?:摄|摄影|报道|供图|提供|制图|图|文/图)\s*[)）]?$", text):
        return None
    for start in _starts(text):
        people = people_in(text[start:].strip()) if text[:start].strip() else []
        if people and all(person.act for person in people):
            return (start, len(text)), people
    return None


def _starts(text: str) -> list[int]:
    """Where a credit at the end could begin: behind a sentence, a bracket or white space; longest first."""
    window = max(0, len(text) - 60)
    return [
        place
        for place in range(window + 1, len(text) - 1)
        if text[place - 1] in "。！？!?”…)）》.；;"
        or (text[place - 1].isspace() and not text[place].isspace())
        or text[place] in "(（"
    ]
