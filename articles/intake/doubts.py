"""What in a reading people should look at, story by story. Pure."""

from __future__ import annotations

import re
from collections import Counter

from articles.intake import forms
from articles.intake.pieces import Kind, Reading

NO_HEADLINE = "no headline"
NO_BODY = "no body"
CUT_TAIL = "cut tail"
DRIFTED = "possible drifted paragraph"
DUPLICATE = "duplicate caption"
LOST_QUOTES = "lost quotation marks"

_SAID = re.compile(r"[。！？!?][^。！？“”\"]{2,30}(?:说|表示|介绍|感慨|坦言|回忆|认为)[。]?$")
_LONG = 16  # a shorter last line without a stop is a list's, a verse's or a name
_QUOTES = re.compile(r"[“”\"「」]")


def doubts(reading: Reading) -> dict[int, list[str]]:
    """The doubts of each group that has any, in the words of the constants above."""
    captions = Counter(
        "".join(reading.text(p).split()) for group in reading.groups for p in reading.of(group, Kind.CAPTION)
    )
    found = {}
    for group in reading.groups:
        if own := list(_of(reading, group, captions)):
            found[group] = own
    return found


def _of(reading: Reading, group: int, captions: Counter[str]) -> list[str]:
    own = []
    if any(captions["".join(reading.text(p).split())] > 1 for p in reading.of(group, Kind.CAPTION)):
        own.append(DUPLICATE)
    if reading.is_picture(group):
        return own
    if not reading.of(group, Kind.HEADLINE):
        own.append(NO_HEADLINE)
    paragraphs = [pieces for _kind, pieces in reading.blocks(group, Kind.PARAGRAPH)]
    if not paragraphs:
        return [*own, NO_BODY] if not reading.of(group, Kind.TABLE, Kind.CAPTION, Kind.PICTURE) else own
    texts = ["".join(reading.text(piece) for piece in pieces) for pieces in paragraphs]
    if not forms.ends(texts[-1]) and forms.length(texts[-1]) >= _LONG:
        own.append(CUT_TAIL)
    if _drifted(reading, group):
        own.append(DRIFTED)
    if any(lost_quotes(text) for text in texts):
        own.append(LOST_QUOTES)
    return own


def _drifted(reading: Reading, group: int) -> bool:
    """Another story stands between two paragraphs of this one; or it was signed in its middle."""
    order = [p.group for p in reading.pieces if p.kind == Kind.PARAGRAPH]
    first, last = order.index(group), len(order) - 1 - order[::-1].index(group)
    if any(other != group for other in order[first:last]):
        return True
    pieces = reading.of(group)
    signed = [n for n, p in enumerate(pieces) if p.kind == Kind.BYLINE and n]
    texts = [n for n, p in enumerate(pieces) if p.kind == Kind.PARAGRAPH]
    return any(texts and texts[0] < n < texts[-1] for n in signed)


def lost_quotes(text: str) -> bool:
    """Somebody speaks without a mark of it, or marks don't pair."""
    if text.count("“") != text.count("”"):
        return True
    return _SAID.search(text) is not None and not _QUOTES.search(text)
