"""Paragraphs into lines (断行): justified, by the rules of Chinese newspapers.

A line is filled as far as it goes. Where it would part what belongs together (避头尾) or leave a gap,
either marks give up their blank halves to take one more piece in, or the pieces are spread, whichever
changes the line less. Widths are in ems here; a line is drawn in points.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from issues.composition.characters import MARKS, PUNCTUATION
from issues.composition.grid import Measure
from issues.composition.words import Spans, Style, Words, words
from issues.fonts import FontSet

WIDEST_GAP = 0.6  # a line that would need more between its pieces stays ragged
USUAL_GAP = 0.08  # spreading by as much between two pieces counts as much …
USUAL_GIVE = 0.6  # … as giving up this share of the blanks
TIGHTER = 0.02  # what each gap can give besides, once all blanks are gone
LOOSE_FOR_COMPANY = 0.13
SLACK = 1e-6
FURTHEST = 12  # pieces looked ahead for a place to break

Run = tuple[float, float, float, int, float, str]  # dx, dy, size, face, tracking, text


class Line:
    """Pieces `first` to `until` of a paragraph on one line. `start` and `end` are places in its text."""

    __slots__ = ("_drawn", "cell", "extra", "first", "indent", "squeeze", "until", "words")

    def __init__(
        self, words: Words, first: int, until: int, cell: float, indent: float, extra: float, squeeze: float
    ) -> None:
        self.words, self.first, self.until = words, first, until
        self.cell, self.indent, self.extra, self.squeeze = cell, indent, extra, squeeze
        self._drawn: tuple[float, tuple[Run, ...]] | None = None

    @property
    def start(self) -> int:
        return self.words.first[self.first]

    @property
    def end(self) -> int:
        """Where the next line begins, or the text ends."""
        return self.words.first[self.until] if self.until < len(self.words) else len(self.words.text)

    @property
    def count(self) -> int:
        return self.words.count(self.first, self.until)

    @property
    def width(self) -> float:
        """In ems, without the blank that a mark at its end has."""
        words, first, until = self.words, self.first, self.until
        if first >= until:
            return 0.0
        natural = natural_width(words, first, until, self.cell) - words.tail[until - 1]
        given = self.squeeze * words.give(first, until) if self.squeeze else 0.0
        return self.indent + natural - given + self.extra * (until - first - 1)

    @property
    def missing(self) -> str:
        """The characters on it that no font has."""
        if not self.words.missing:
            return ""
        glyphs, pieces = self.words.fonts.glyphs, range(self.first, self.until)
        chars = (
            (self.words.style[i].role, self.words.text[self.words.first[i] : self.words.until[i]])
            for i in pieces
        )
        return "".join(char for role, text in chars for char in text if glyphs[role][char].missing)

    def runs(self, size: float) -> tuple[Run, ...]:
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, tuple(_draw(self, size))
        return self._drawn[1]


class Broken(NamedTuple):
    """A place to break: the line's pieces end before `until`."""

    until: int
    extra: float
    squeeze: float


@lru_cache(maxsize=4096)
def paragraph(
    fonts: FontSet, spans: Spans, measure: Measure, indent: float = 0.0, justify: bool = True
) -> tuple[Line, ...]:
    """The lines of a paragraph without line breaks in it; `indent` of the first, in cells."""
    room = measure.cells * measure.cell
    indent = min(indent * measure.cell, room - 2 * measure.cell)
    pieces = words(fonts, spans)
    if pieces.widest > room - indent:
        pieces = words(fonts, spans, room - indent)
    lines: list[Line] = []
    first = 0
    while first < len(pieces):
        inset = 0.0 if lines else indent
        found = _next(pieces, first, measure.cell, room - inset, justify)
        lines.append(Line(pieces, first, found.until, measure.cell, inset, found.extra, found.squeeze))
        first = found.until
    if justify and len(lines) > 1:
        _give_company(lines, room)
    return tuple(lines)


def first_line(fonts: FontSet, spans: Spans, measure: Measure, indent: float, less: float) -> Line | None:
    """The first line alone, `less` ems narrower than the column; None if nothing fits there."""
    room = measure.cells * measure.cell - indent * measure.cell - less
    pieces = words(fonts, spans)
    if pieces.widest > measure.cells * measure.cell:
        pieces = words(fonts, spans, measure.cells * measure.cell)
    if room < 1 or not len(pieces):
        return None
    found = _next(pieces, 0, measure.cell, room, True)
    line = Line(pieces, 0, found.until, measure.cell, indent * measure.cell, found.extra, found.squeeze)
    return line if line.width - line.indent <= room + SLACK * 10 else None


def natural_width(pieces: Words, first: int, until: int, cell: float) -> float:
    """In ems, with an opening mark flush at the start."""
    if first >= until:
        return 0.0
    starts, ends = pieces.places(cell)
    return ends[until - 1] - starts[first] - pieces.head[first]


def natural(pieces: Words, first: int, until: int, cell: float = 1.0) -> Line:
    """A line of those pieces as wide as they are."""
    return Line(pieces, first, until, cell, 0.0, 0.0, 0.0)


def _next(pieces: Words, first: int, cell: float, room: float, justify: bool) -> Broken:
    starts, ends = pieces.places(cell)
    base = starts[first] + pieces.head[first]
    limit = base + room + SLACK
    count = len(pieces)
    fits = bisect_right(ends, limit, first)  # the first piece that does not fit
    if fits < count and ends[fits] - pieces.tail[fits] <= limit:
        fits += 1  # by giving up the blank at the line's end
    if fits >= count:
        return Broken(count, 0.0, 0.0)
    before = fits
    while before > first and not pieces.legal[before]:
        before -= 1
    after, furthest = fits + 1, min(count, fits + FURTHEST)
    while after < furthest and not pieces.legal[after]:
        after += 1
    if before > first:
        width = ends[before - 1] - base
        width = width - pieces.tail[before - 1] if width > room else width
        left, gaps = max(room - width, 0.0), before - first - 1
    else:
        left, gaps = room, 1
    need = ends[after - 1] - pieces.tail[after - 1] - limit
    blank = pieces.give(first, after)
    give = blank + (after - first - 1) * TIGHTER if after >= count or pieces.legal[after] else 0.0
    spread = left / gaps if gaps else WIDEST_GAP + 1
    better = before == first or (
        left > SLACK * 10 and need / give * USUAL_GAP <= spread * USUAL_GIVE if give else False
    )
    if give and need <= give and better:
        need = max(need, 0.0)
        squeeze = min(need / blank, 1.0) if blank else 0.0
        return Broken(after, (squeeze * blank - need) / max(after - first - 1, 1), squeeze)
    if before > first:
        return Broken(before, spread if justify and spread <= WIDEST_GAP else 0.0, 0.0)
    return Broken(max(fits, first + 1), 0.0, 0.0)  # longer than a line and nowhere to part: anywhere


def _give_company(lines: list[Line], room: float) -> None:
    """No character alone on a paragraph's last line (单字不成行), if the line before can spare one."""
    last, before = lines[-1], lines[-2]
    pieces = last.words
    alone = [i for i in range(last.first, last.until) if pieces.kind[i] not in PUNCTUATION]
    if len(alone) != 1 or last.count > 3 or pieces.kind[alone[0]] != "I":
        return
    moved = last.first - 1
    while moved > before.first and not pieces.legal[moved]:
        moved -= 1
    gaps = moved - before.first - 1
    if gaps < 1:
        return
    width = natural_width(pieces, before.first, moved, before.cell)
    spread = (room - before.indent - width) / gaps
    if 0 <= spread <= LOOSE_FOR_COMPANY:
        lines[-2:] = [
            Line(pieces, before.first, moved, before.cell, before.indent, spread, 0.0),
            Line(pieces, moved, last.until, last.cell, 0.0, 0.0, 0.0),
        ]


# Drawing


def _draw(line: Line, size: float) -> list[Run]:
    """The runs of a line, from its left edge. A run is a stretch of one font with even steps."""
    pen = _Pen(line, size)
    for piece in range(line.first, line.until):
        pen.piece(piece)
    pen.flush()
    return pen.runs


class _Pen:
    """Walks along a line. `at` is where the next piece begins, in points."""

    def __init__(self, line: Line, size: float) -> None:
        self.line, self.size, self.words = line, size, line.words
        self.glyphs = line.words.fonts.glyphs
        self.runs: list[Run] = []
        self.at = line.indent * size
        self.step = (line.cell + line.extra) * size
        self.text = ""
        self.run: tuple[float, float, float, int, float] = (0.0, 0.0, 0.0, -1, 0.0)
        self.next = 0.0  # where the run's next character would stand
        self.marked = False  # whether the run ends with a mark

    def piece(self, piece: int) -> None:
        words, line, size = self.words, self.line, self.size
        squeeze, opened = line.squeeze, piece == line.first
        if not opened:
            glue = words.glue_cell[piece] * line.cell + words.glue_em[piece] * (1 - squeeze / 2)
            self.at += (glue + line.extra) * size
            if words.spaced[piece]:
                self.text += " " if self.text else ""
                self.flush()
        style = words.style[piece]
        text = words.text[words.first[piece] : words.until[piece]]
        if not words.cell[piece]:
            self._narrow(text, style, size)
            return
        before = words.lead[piece] + words.head[piece] * (1.0 if opened else squeeze)
        after = words.tail[piece] * squeeze
        origin = self.at - before * size
        kind = words.kind[piece]
        if kind in "DE":
            self._dashes(text, style, origin)
        else:
            self._whole(text, style, origin, kind in MARKS)
        width = words.cell[piece] * line.cell + words.em[piece] + words.lead[piece]
        self.at = origin + (width - after) * size

    def _whole(self, char: str, style: Style, origin: float, mark: bool) -> None:
        """A full-width character."""
        glyph = self.glyphs[style.role][char]
        tracking = self.step - self.size
        same = self.run[1:] == (0.0, self.size, glyph.face, tracking) and abs(self.next - origin) < 0.01
        if not same or (mark and self.marked):
            self._begin(origin, 0.0, self.size, glyph.face, tracking)
        self.text += glyph.char
        self.next = origin + self.step
        self.marked = mark

    def _dashes(self, text: str, style: Style, origin: float) -> None:
        """A run of its own, as the press makes it full-width."""
        glyphs = [self.glyphs[style.role][char] for char in text]
        self._begin(origin, 0.0, self.size, glyphs[0].face, (self.line.cell - 1) * self.size)
        self.text = "".join(glyph.char for glyph in glyphs)
        self.flush()

    def _narrow(self, text: str, style: Style, size: float) -> None:
        """Letters and figures, at their own widths."""
        scaled, rise = size * style.scale, -style.rise * size
        for char in text:
            glyph = self.glyphs[style.role][char]
            same = self.run[1:] == (rise, scaled, glyph.face, 0.0) and abs(self.next - self.at) < 0.01
            if not same or not self.text:
                self._begin(self.at, rise, scaled, glyph.face, 0.0)
            self.text += glyph.char
            self.at += glyph.advance * scaled
            self.next = self.at
        self.marked = False

    def _begin(self, x: float, dy: float, size: float, face: int, tracking: float) -> None:
        self.flush()
        self.run = x, dy, size, face, tracking

    def flush(self) -> None:
        if self.text:
            self.runs.append((*self.run, self.text))
        self.text, self.marked = "", False
        self.run = (0.0, 0.0, 0.0, -1, 0.0)
