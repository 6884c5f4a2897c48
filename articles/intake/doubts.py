"""What in a reading people should look at, story by story. Pure."""

from __future__ import annotations

import re
from collections import Counter

from articles.intake.pieces import OF_PICTURE, Kind, Reading
from articles.intake.text import forms

NO_HEADLINE = "no headline"
NO_BODY = "no body"
UNSIGNED = "no byline"
NO_CAPTION = "no caption"
CUT_TAIL = "cut tail"
DRIFTED = "possible drifted paragraph"
DUPLICATE = "duplicate caption"
LOST_QUOTES = "lost quotation marks"

#: On a page of several stories, half of which are signed, one that is not may be none.
LEAST_STORIES = 1
LEAST_SIGNED = 0.5
_SAID = re.compile(r"[。！？!?][^。！？“”\"]{2,30}(?:说|表示|介绍|感慨|坦言|回忆|认为)[。]?$")
_LONG = 16  # a shorter last line without a stop is a list's, a verse's or a name
_QUOTES = re.compile(r"[“”\"「」]")


def doubts(reading: Reading) -> dict[int, list[str]]:
    """The doubts of each group that has any, in the words of the constants above."""
    page = _Overview(reading)
    return {group: own for group in reading.groups if (own := _of(reading, group, page))}


class _Overview:
    """What the doubts of one story need to know of the others."""

    def __init__(self, reading: Reading) -> None:
        groups = reading.groups
        self.captions = Counter(
            "".join(reading.told(pieces).split())
            for group in groups
            for _kind, pieces in reading.blocks(group, Kind.CAPTION)
        )
        stories = [group for group in groups if not reading.is_picture(group)]
        signed = sum(bool(reading.of(group, Kind.BYLINE)) for group in stories)
        self.signs = len(stories) > LEAST_STORIES and signed >= LEAST_SIGNED * len(stories)
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.count: Counter[int] = Counter()
        for place, piece in enumerate(p for p in reading.pieces if p.kind == Kind.PARAGRAPH):
            self.first.setdefault(piece.group, place)
            self.last[piece.group] = place
            self.count[piece.group] += 1

    def is_parted(self, group: int) -> bool:
        """Whether another story stands between its paragraphs."""
        return self.last[group] - self.first[group] + 1 > self.count[group]


def _of(reading: Reading, group: int, page: _Overview) -> list[str]:
    own = [DUPLICATE] if _has_twin(reading, group, page) else []
    if reading.is_picture(group):
        return own if reading.of(group, Kind.CAPTION) else [*own, NO_CAPTION]
    if not reading.of(group, Kind.HEADLINE):
        own.append(NO_HEADLINE)
    texts = [reading.told(pieces) for _kind, pieces in reading.blocks(group, Kind.PARAGRAPH)]
    if not texts:
        return own if reading.of(group, Kind.TABLE, *OF_PICTURE) else [*own, NO_BODY]
    if page.signs and not reading.of(group, Kind.BYLINE):
        own.append(UNSIGNED)
    if not forms.ends(texts[-1]) and forms.length(texts[-1]) >= _LONG:
        own.append(CUT_TAIL)
    if page.is_parted(group) or _goes_on_signed(reading, group):
        own.append(DRIFTED)
    if any(lost_quotes(text) for text in texts):
        own.append(LOST_QUOTES)
    return own


def _has_twin(reading: Reading, group: int, page: _Overview) -> bool:
    """Whether one of its captions came before, here or in another story."""
    own = ["".join(reading.told(pieces).split()) for _kind, pieces in reading.blocks(group, Kind.CAPTION)]
    return any(page.captions[caption] > 1 for caption in own)


def _goes_on_signed(reading: Reading, group: int) -> bool:
    """Whether it was signed in its middle."""
    pieces = reading.of(group)
    texts = [number for number, piece in enumerate(pieces) if piece.kind == Kind.PARAGRAPH]
    return any(p.kind == Kind.BYLINE and texts[0] < n < texts[-1] for n, p in enumerate(pieces))


def lost_quotes(text: str) -> bool:
    """Somebody speaks without a mark of it, or marks don't pair."""
    if text.count("“") != text.count("”"):
        return True
    return _SAID.search(text) is not None and not _QUOTES.search(text)
