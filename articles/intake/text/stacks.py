"""The lines of a headline: which is series, kicker, headline, subheadline. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.intake.pieces import Kind
from articles.intake.text.forms import is_dashed, is_genre, is_of_speaker, length

Part = tuple[int, int, int, Kind]  # line of the stack, start, end

_BAR = re.compile(r"\s*[|｜丨]\s*")
_BRACKETED = re.compile(r"^\s*[【〖［]([^】〗］]{2,16})[】〗］]\s*(?=\S)")
_LEADS_IN = re.compile(r"(?:强调|指出|要求|提出|表示|批示)[:：]?$")
_DASH = re.compile(r"——|──|－－|--")
_CLAUSE = re.compile(r"\S+")
_LABEL = re.compile(r"^\s*[【〖［][^】〗］]{2,16}[】〗］]\s*$")
_WIDE = re.compile(r"(?<=\S)(?:\s{4,}|\t+|\u3000{2,})(?=\S)")


def read_stack(texts: Sequence[str]) -> list[Part]:
    """Every line of a headline's stack cut into its parts.

    An unmarked stack: the shorter line is the headline; a longer one above is the kicker, below it the
    subheadline. A line with —— before it is a subheadline wherever it stands.
    """
    parts = [part for number, text in enumerate(texts) for part in _cut(number, text)]
    parts = [_series(place, parts, texts) for place in range(len(parts))]
    parts = _led_in(parts, texts)
    open_ones = [part for part in parts if part[3] == Kind.HEADLINE]
    if len(open_ones) > 1:
        main = _headline(open_ones, parts, texts)
        place = open_ones.index(main)
        for number, part in enumerate(open_ones):
            if number != place:
                kind = Kind.KICKER if number < place else Kind.SUBHEADLINE
                parts[parts.index(part)] = (*part[:3], kind)
    return parts


def _cut(number: int, text: str) -> list[Part]:
    """The parts of one line: `series | headline`, 【series】headline, kicker and headline side by side."""
    end = len(text)
    if is_dashed(text):
        return [(number, 0, end, Kind.SUBHEADLINE)]
    if (bar := _BAR.search(text)) and bar.start() >= 2 and bar.end() < end:
        return [(number, 0, bar.end(), Kind.SERIES), (number, bar.end(), end, Kind.HEADLINE)]
    if found := _BRACKETED.match(text):
        return [(number, 0, found.end(), Kind.SERIES), (number, found.end(), end, Kind.HEADLINE)]
    if (wide := _WIDE.search(text)) and length(text) > 24:
        return [(number, 0, wide.start(), Kind.HEADLINE), (number, wide.end(), end, Kind.HEADLINE)]
    if (space := _kicker_before(text)) > 0:
        return [(number, 0, space, Kind.KICKER), (number, space, end, Kind.HEADLINE)]
    if (dash := text.find("——")) > 0 and text[:dash].strip() and length(text) > 30 and " " not in text[dash:]:
        return [(number, 0, dash, Kind.HEADLINE), (number, dash, end, Kind.SUBHEADLINE)]
    return [(number, 0, end, Kind.HEADLINE)]


def _led_in(parts: list[Part], texts: Sequence[str]) -> list[Part]:
    """区委书记何某在某地调研时强调 leads in the headline that follows it; what stands above is a series."""
    for place, (number, start, end, kind) in enumerate(parts[:-1]):
        open_ones = kind == parts[place + 1][3] == Kind.HEADLINE
        if open_ones and _LEADS_IN.search(texts[number][start:end].strip()):
            above = [(*part[:3], Kind.SERIES) for part in parts[:place]]
            return [*above, (number, start, end, Kind.KICKER), *parts[place + 1 :]]
    return parts


def _kicker_before(text: str) -> int:
    """Where the headline begins that shares a line with its kicker: a long clause, and then a couplet."""
    first, *rest = list(_CLAUSE.finditer(text))
    sizes = {length(clause[0]) for clause in rest}
    couplet = len(rest) == 2 and len(sizes) == 1 and 3 <= sizes.pop() <= 9
    return rest[0].start() if couplet and length(first[0]) >= 11 else 0


def _series(place: int, parts: Sequence[Part], texts: Sequence[str]) -> Part:
    """The part as a series where it is one: a genre's name, or a short first line with a dot."""
    number, start, end, kind = part = parts[place]
    text = texts[number][start:end]
    if kind != Kind.HEADLINE or place:
        return part
    others = any(other[3] == Kind.HEADLINE for other in parts[1:])
    if others and (_LABEL.match(text) or is_genre(text) or ("·" in text and length(text) <= 16)):
        return (number, start, end, Kind.SERIES)
    return part


def _headline(parts: Sequence[Part], stack: Sequence[Part], texts: Sequence[str]) -> Part:
    """Of two lines the shortest; of equal ones the last, as what stands above introduces. Of three the middle
    one; with a marked subheadline below them, the last."""
    if any(part[3] == Kind.SUBHEADLINE for part in stack):
        return parts[-1]
    if len(parts) == 3:
        return parts[1]
    if len(parts) == 2 and is_of_speaker(texts[parts[1][0]][parts[1][1] : parts[1][2]]):
        return parts[0]
    sizes = [length(texts[number][start:end]) for number, start, end, _kind in parts]
    least = min(sizes)
    return parts[max(place for place, size in enumerate(sizes) if size == least)]


def is_banner(text: str) -> bool:
    """A slogan set across the page: a clause, a dash, watchwords parted by spaces."""
    head, *rest = _DASH.split(text, maxsplit=1)
    return bool(rest and head.strip()) and len(rest[0].split()) >= 2
