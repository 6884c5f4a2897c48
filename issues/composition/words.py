"""A text cut into what a line break never parts, with the width of each piece; made once for all widths.

Widths come in two parts: `cells`, the full-width characters, whose cell the column decides, and `ems`. A
piece that begins or ends with half an em of blank (（ or ，) can give that up; next to another mark it has
done so.
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
from issues.fonts import FontSet

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
    style: list[Style] = field(default_factory=list)
    first: list[int] = field(default_factory=list)  # where it begins in `text`
    until: list[int] = field(default_factory=list)  # where it ends; white space may follow before the next
    kind: list[str] = field(default_factory=list)
    cell: list[int] = field(default_factory=list)  # its width in cells,
    em: list[float] = field(default_factory=list)  # and beyond these in ems
    glue_cell: list[int] = field(default_factory=list)  # the gap before it
    glue_em: list[float] = field(default_factory=list)
    lead: list[float] = field(default_factory=list)  # blank given up before it
    head: list[float] = field(default_factory=list)  # blank it can give up before it,
    tail: list[float] = field(default_factory=list)  # and after it
    legal: list[bool] = field(default_factory=list)  # whether a line may begin with it
    spaced: list[bool] = field(default_factory=list)  # whether white space stands before it in the text
    missing: bool = False
    parted: set[int] = field(default_factory=set)  # letters of a word longer than a line
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


@lru_cache(maxsize=2048)
def words(fonts: FontSet, spans: Spans, longest: float = 1e9) -> Words:
    """The pieces of a paragraph without line breaks. Those wider than `longest` ems are parted anywhere."""
    text = "".join(span for span, _ in spans)
    made = Words(text, fonts)
    classes = text.translate(CLASSES)
    offset = 0
    for span, style in spans:
        _read(made, classes, offset, offset + len(span), style, longest)
        offset += len(span)
    _join(made)
    made.sum_count = [0, *accumulate(u - f for f, u in zip(made.first, made.until, strict=True))]
    return made


def _read(made: Words, classes: str, start: int, stop: int, style: Style, longest: float) -> None:
    """Add the pieces of one span. The one long loop of composition, so it keeps to plain lists."""
    glyphs, text, scale = made.fonts.glyphs[style.role], made.text, style.scale
    first, until, kinds, cells, ems = made.first, made.until, made.kind, made.cell, made.em
    before = len(first)
    for match in TOKEN.finditer(classes, start, stop):
        begin, end = match.span()
        kind = classes[begin]
        if kind == "S":
            continue
        if end - begin == 1:
            _, advance, _, missing = glyphs[text[begin]]
            whole = scale == 1.0 and (0.989 < advance < 1.011 or kind == "D")
            first.append(begin)
            until.append(end)
            kinds.append(kind)
            cells.append(1 if whole else 0)
            ems.append(0.0 if whole else advance * scale)
            made.missing |= missing
        else:
            _read_word(made, begin, end, kind, style, longest)
    made.style += [style] * (len(first) - before)


def _read_word(made: Words, begin: int, end: int, kind: str, style: Style, longest: float) -> None:
    """A word, a figure, or a pair of dashes."""
    drawn = [made.fonts.glyphs[style.role][char] for char in made.text[begin:end]]
    made.missing |= any(glyph.missing for glyph in drawn)
    width = sum(glyph.advance for glyph in drawn) * style.scale
    parted = kind not in "DE" and width > longest
    pieces = [(begin, end, width)]
    if parted:
        pieces = [(at, at + 1, glyph.advance * style.scale) for at, glyph in enumerate(drawn, begin)]
    for first, until, wide in pieces:
        whole = kind in "DE" and style.scale == 1.0
        if parted:
            made.parted.add(len(made.first))
        made.first.append(first)
        made.until.append(until)
        made.kind.append(kind if kind in "DE" else "L")
        made.cell.append(until - first if whole else 0)
        made.em.append(0.0 if whole else wide)


def _join(made: Words) -> None:
    """What neighbours do to each other: gaps, the blanks of adjacent marks, whether a line may part them."""
    count, kinds, cells = len(made.first), made.kind, made.cell
    made.glue_cell, made.glue_em, made.lead = [0] * count, [0.0] * count, [0.0] * count
    made.head = [0.5 if kind == "O" and cell else 0.0 for kind, cell in zip(kinds, cells, strict=True)]
    made.tail = [0.5 if kind in POINTS and cell else 0.0 for kind, cell in zip(kinds, cells, strict=True)]
    made.legal, made.spaced = [False] * count, [False] * count
    for two in range(1, count):
        one = two - 1
        left, right = kinds[one], kinds[two]
        if made.until[one] != made.first[two]:
            _space(made, one, two)
        elif left == right == "I":
            made.legal[two] = True
        else:
            _touch(made, one, two, left, right)


def _space(made: Words, one: int, two: int) -> None:
    """White space between two pieces."""
    made.spaced[two] = made.legal[two] = True
    wide = made.text.count("\u3000", made.until[one], made.first[two])
    made.glue_cell[two] = wide
    if not wide:
        made.glue_em[two] = SPACE[made.kind[one] in NARROW and made.kind[two] in NARROW]


def _touch(made: Words, one: int, two: int, left: str, right: str) -> None:
    if (right in SPACED_BEFORE and left in "IE") or (left in SPACED_AFTER and right in "IE"):
        made.glue_em[two] = AUTOSPACE
    if left in POINTS and right in PUNCTUATION and made.tail[one]:
        made.tail[one] = 0.0
        made.em[one] -= 0.5
    elif left == "O" and right == "O" and made.head[two]:
        made.head[two], made.lead[two] = 0.0, 0.5
        made.em[two] -= 0.5
    made.legal[two] = two in made.parted or not (
        right in NO_START
        or left in NO_END
        or (left == right and left in "DE")
        or (left in NARROW and right in NARROW)
    )
