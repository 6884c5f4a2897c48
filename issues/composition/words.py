"""A text cut into what a line break never parts, with the width of each piece; made once for all widths.

Widths come in two parts: `cells`, the full-width characters, whose cell the column decides, and `ems`. A piece
that begins or ends with half an em of blank (（ or ，) can give that up; next to another mark it has done so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from issues.composition.characters import (
    CLASSES,
    NARROW,
    NO_END,
    NO_START,
    POINTS,
    PUNCTUATION,
    SPACED_AFTER,
    SPACED_BEFORE,
    TOKEN,
)
from issues.fonts import FontSet, Glyph

AUTOSPACE = 0.25
SPACE = {True: 0.25, False: 0.5}  # between Latin words, between ideographs


class Style(NamedTuple):
    role: str
    scale: float = 1.0
    rise: float = 0.0  # ems above the baseline


Spans = tuple[tuple[str, Style], ...]


@dataclass(eq=False, slots=True)
class Words:
    """Pieces 0 … n-1; each list has an entry a piece, those called `sum_…` one more."""

    text: str
    fonts: FontSet
    style: list[Style]
    first: list[int]  # where it begins in `text`
    until: list[int]  # where it ends; white space may follow before the next
    kind: list[str]
    cell: list[int]  # its width in cells,
    em: list[float]  # and beyond these in ems
    glue_cell: list[int]  # the gap before it
    glue_em: list[float]
    lead: list[float]  # blank given up before it
    head: list[float]  # blank it can give up before it,
    tail: list[float]  # and after it
    legal: list[bool]  # whether a line may begin with it
    spaced: list[bool]  # whether white space stands before it in the text
    missing: bool = False
    sum_count: list[int] = field(default_factory=list)
    _ends: dict[float, tuple[list[float], list[float]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first)

    @property
    def widest(self) -> float:
        """Of the pieces without full-width characters, in ems."""
        return max((e for e, c in zip(self.em, self.cell, strict=True) if not c), default=0.0)

    def places(self, cell: float) -> tuple[list[float], list[float]]:
        """Where each piece begins and ends on an endless line, in ems, where a cell is `cell` ems wide."""
        if cell not in self._ends:
            widths = [c * cell + e for c, e in zip(self.cell, self.em, strict=True)]
            gaps = [c * cell + e for c, e in zip(self.glue_cell, self.glue_em, strict=True)]
            ends = list(accumulate(w + g for w, g in zip(widths, gaps, strict=True)))
            self._ends[cell] = [end - width for end, width in zip(ends, widths, strict=True)], ends
        return self._ends[cell]

    def give(self, first: int, until: int) -> float:
        """How many ems a line of those pieces can be narrowed by: blanks within it and half of its spaces."""
        inner = sum(self.tail[first : until - 1]) + sum(self.head[first + 1 : until])
        return inner + sum(self.glue_em[first + 1 : until]) / 2

    def count(self, first: int, until: int) -> int:
        return self.sum_count[until] - self.sum_count[first]


@lru_cache(maxsize=8192)
def words(fonts: FontSet, spans: Spans, longest: float = 1e9) -> Words:
    """The pieces of a paragraph without line breaks. Those wider than `longest` ems are parted anywhere."""
    text = "".join(span for span, _ in spans)
    made = Words(text, fonts, *([] for _ in range(13)))
    classes = text.translate(CLASSES)
    offset = 0
    for span, style in spans:
        _read(made, classes, offset, offset + len(span), style, longest)
        offset += len(span)
    for before in range(len(made) - 1):
        _join(made, before, before + 1, classes)
    made.sum_count = [0, *accumulate(u - f for f, u in zip(made.first, made.until, strict=True))]
    return made


def _read(made: Words, classes: str, start: int, stop: int, style: Style, longest: float) -> None:
    """Add the pieces of one span."""
    glyphs = made.fonts.glyphs[style.role]
    text, scale = made.text, style.scale
    for match in TOKEN.finditer(classes, start, stop):
        first, until = match.span()
        kind = classes[first]
        if kind == "S":
            continue
        if until - first == 1:
            glyph = glyphs[text[first]]
            _add(made, first, until, kind, glyph, glyph.advance * scale, style)
            continue
        drawn = [glyphs[char] for char in text[first:until]]
        width = sum(glyph.advance for glyph in drawn) * scale
        if kind in "DE":
            _add(made, first, until, kind, drawn[0], width, style)
        elif width <= longest:
            made.missing |= any(glyph.missing for glyph in drawn)
            _append(made, first, until, "L", 0, width, style)
        else:
            for place, glyph in enumerate(drawn, first):
                made.missing |= glyph.missing
                _append(made, place, place + 1, "L", 0, glyph.advance * scale, style)
                made.legal[-1] = True


def _add(made: Words, first: int, until: int, kind: str, glyph: Glyph, width: float, style: Style) -> None:
    made.missing |= glyph.missing
    whole = style.scale == 1.0 and (kind in "DE" or abs(glyph.advance - 1.0) < 0.011)
    _append(made, first, until, kind, until - first if whole else 0, 0.0 if whole else width, style)
    if whole and kind in PUNCTUATION:
        (made.head if kind == "O" else made.tail)[-1] = 0.5


def _append(made: Words, first: int, until: int, kind: str, cells: int, ems: float, style: Style) -> None:
    made.style.append(style)
    made.first.append(first)
    made.until.append(until)
    made.kind.append(kind)
    made.cell.append(cells)
    made.em.append(ems)
    made.glue_cell.append(0)
    made.glue_em.append(0.0)
    made.lead.append(0.0)
    made.head.append(0.0)
    made.tail.append(0.0)
    made.legal.append(False)
    made.spaced.append(False)


def _join(made: Words, one: int, two: int, classes: str) -> None:
    """What two neighbours do to each other: the gap, the blanks of adjacent marks, whether a line may part them."""
    left, right = made.kind[one], made.kind[two]
    between = made.text[made.until[one] : made.first[two]]
    if between:
        made.spaced[two] = made.legal[two] = True
        wide = between.count("\u3000")
        made.glue_cell[two] = wide
        if not wide:
            made.glue_em[two] = SPACE[left in NARROW and right in NARROW]
        return
    if (right in SPACED_BEFORE and left in "IE") or (left in SPACED_AFTER and right in "IE"):
        made.glue_em[two] = AUTOSPACE
    if left in POINTS and right in PUNCTUATION and made.tail[one]:
        made.tail[one] = 0.0
        made.em[one] -= 0.5
    elif left == "O" and right == "O" and made.head[two]:
        made.head[two], made.lead[two] = 0.0, 0.5
        made.em[two] -= 0.5
    if not made.legal[two]:  # the letters of a word longer than a line are legal already
        made.legal[two] = not (
            right in NO_START
            or left in NO_END
            or (left == right and left in "DE")
            or (left in NARROW and right in NARROW)
        )
