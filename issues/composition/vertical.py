"""Vertical headlines (竖排标题): kicker, headline, subheadline as columns of characters, right to left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from issues.composition.characters import NARROW
from issues.composition.drawing import Canvas
from issues.composition.grid import ASCENT, Rect
from issues.composition.headline import DASH, LADDER, MOST_LINES, Head, break_up
from issues.composition.setting import Lettering, label, width
from issues.composition.words import Style, words
from issues.fonts import FontSet

STEP = 1.06  # from character to character, of the size
UPRIGHT = 2  # so many letters or figures stand side by side in one cell
DASHES = ("—", "―")
FORMS = dict(
    zip(
        "，、。：；！？（）《》〈〉「」『』【】〔〕…“”‘’",
        "︐︑︒︓︔︕︖︵︶︽︾︿﹀﹁﹂﹃﹄︻︼︹︺︙﹁﹂﹃﹄",
        strict=True,
    )
)


class Upright(NamedTuple):
    """A vertical stack, from its top right corner."""

    width: float
    lines: int
    letters: tuple[Lettering, ...]
    dashes: tuple[Rect, ...]

    def draw(self, canvas: Canvas, right: float, y: float) -> None:
        for dash in self.dashes:
            canvas.rect(dash._replace(x=right + dash.x, y=y + dash.y), "k100")
        for letters in self.letters:
            letters.draw(canvas, right, y)


@lru_cache(maxsize=1024)
def upright(fonts: FontSet, head: Head, tall: float, size: float) -> Upright | None:
    """None where the headline would take more than three columns of that size."""
    steps = tall / size / STEP
    lines = _columns(fonts, head.headline, "headline", steps)
    if lines is None:
        if size > LADDER[-1]:
            return None
        lines = _chopped(fonts, head.headline, "headline", steps)
    small = min(max(size * 0.5, 10.5), 18.0)
    made: list[Lettering] = []
    dashes: list[Rect] = []
    right = 0.0
    for text, role, of, at_bottom in (
        (head.kicker, "kai", small, False),
        (head.headline, "headline", size, False),
        (DASH + head.subheadline if head.subheadline else "", "fangsong", small, True),
    ):
        if not text:
            continue
        room = tall / of / STEP
        columns = (
            lines
            if role == "headline"
            else _columns(fonts, text, role, room) or _chopped(fonts, text, role, room)
        )
        for column in columns:
            down = tall - len(column) * of * STEP if at_bottom else 0.0
            right += of * 1.25
            left = -right + of * 0.125
            made += _set(fonts, column, role, of, left, down)
            # Drawn, so that two of them join.
            middle, high = left + of * 0.47, of * STEP
            dashes += [
                Rect(middle, down + n * high, of * 0.06, high) for n, c in enumerate(column) if c in DASHES
            ]
        right += of * 0.2
    return Upright(right, len(lines), tuple(made), tuple(dashes))


def _columns(fonts: FontSet, text: str, role: str, steps: float) -> list[list[str]] | None:
    """The cells of each column; None if more than three would be needed."""
    if not text:
        return []
    broken = break_up(fonts, text, Style(role), steps, MOST_LINES)
    if broken is None:
        return None
    made = words(fonts, ((text, Style(role)),))
    columns = [list(_cells(text, made.kind, made.first, made.until, range(*line))) for line in broken]
    return None if any(len(column) > steps for column in columns) else columns


def _chopped(fonts: FontSet, text: str, role: str, steps: float) -> list[list[str]]:
    made = words(fonts, ((text, Style(role)),))
    cells = list(_cells(text, made.kind, made.first, made.until, range(len(made))))
    deep = max(int(steps), 1)
    return [cells[at : at + deep] for at in range(0, len(cells), deep)]


def _cells(text: str, kind: list[str], first: list[int], until: list[int], pieces: range) -> Iterator[str]:
    for piece in pieces:
        part = text[first[piece] : until[piece]]
        if piece > pieces.start and text[until[piece - 1] : first[piece]].strip(" "):
            yield ""  # a wide space
        if kind[piece] in NARROW and len(part) <= UPRIGHT:
            yield part
        else:
            yield from part


def _set(fonts: FontSet, cells: list[str], role: str, size: float, x: float, y: float) -> Iterator[Lettering]:
    for number, cell in enumerate(cells):
        if not cell or cell in DASHES:
            continue
        form = FORMS.get(cell, cell)
        shown = form if fonts.face_for(role, form[0]) is not None else cell
        line = label(fonts, shown, role)
        of = size if len(shown) == 1 else size * min(1.0, 1.0 / width(line, 1.0))
        # An opening mark alone on its line is set flush: give it its half back.
        back = line.words.head[0] * of if len(line.words) else 0.0
        yield Lettering(
            line, x + (size - width(line, of) - back) / 2 + back, y + (number * STEP + ASCENT) * size, of
        )
