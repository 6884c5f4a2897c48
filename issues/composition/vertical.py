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

STEP, WIDEST_STEP = 1.06, 1.35  # from character to character, of the size
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
    filled: float  # the share of the height that the headline takes

    def draw(self, canvas: Canvas, right: float, y: float) -> None:
        for dash in self.dashes:
            canvas.rect(dash._replace(x=right + dash.x, y=y + dash.y), "k100")
        for letters in self.letters:
            letters.draw(canvas, right, y)


@lru_cache(maxsize=1024)
def upright(fonts: FontSet, head: Head, tall: float, size: float, body: float = 9.0) -> Upright | None:
    """Kicker, headline, subheadline and byline; None where the headline wants more than three columns.

    A headline that leaves room below it is spread. The byline stands at its foot if there is room, else
    beside it.
    """
    steps = tall / size / STEP
    lines = _columns(fonts, head.headline, "headline", steps)
    if lines is None:
        if size > LADDER[-1]:
            return None
        lines = _chopped(fonts, head.headline, "headline", steps)
    made = _Upright(fonts, tall)
    small = min(max(size * 0.5, 10.5), 18.0)
    if head.kicker:
        made.add(made.broken(head.kicker, "kai", small), "kai", small)
    longest = max(map(len, lines), default=0)
    step = min(max((tall / size - 1) / (longest - 1), STEP), WIDEST_STEP) if longest > 1 else STEP
    made.add(lines, "headline", size, step)
    below = tall - longest * step * size
    byline = head.byline.lstrip("□").replace(" ", "\u3000")
    named = _chopped(fonts, byline, "kai", tall / body / STEP) if byline else []
    if named and len(named) == 1 and len(named[0]) * body * STEP + size <= below:
        made.add(named, "kai", body, at_bottom=True, under=size)
        named = []
    if head.subheadline:
        made.add(made.broken(DASH + head.subheadline, "fangsong", small), "fangsong", small, at_bottom=True)
    if named:
        made.add(named, "kai", body, at_bottom=True)
    filled = min(longest * step * size / tall, 1.0) if tall else 1.0
    return Upright(made.right, len(lines), tuple(made.letters), tuple(made.dashes), filled)


class _Upright:
    """Columns of characters from right to left; `right` is how far they have come."""

    def __init__(self, fonts: FontSet, tall: float) -> None:
        self.fonts, self.tall, self.right = fonts, tall, 0.0
        self.letters: list[Lettering] = []
        self.dashes: list[Rect] = []

    def broken(self, text: str, role: str, of: float) -> list[list[str]]:
        steps = self.tall / of / STEP
        return _columns(self.fonts, text, role, steps) or _chopped(self.fonts, text, role, steps)

    def add(
        self,
        columns: list[list[str]],
        role: str,
        of: float,
        step: float = STEP,
        at_bottom: bool = False,
        under: float = 0.0,
    ) -> None:
        """`under`: in the middle of the column before, which is so wide."""
        for column in columns:
            down = self.tall - len(column) * of * step if at_bottom else 0.0
            if under:
                left = -self.right + under * 0.325 + (under - of) / 2
            else:
                self.right += of * 1.25
                left = -self.right + of * 0.125
            self.letters += _set(self.fonts, column, role, of, left, down, step)
            # Drawn, so that two of them join.
            middle, high = left + of * 0.47, of * step
            self.dashes += [
                Rect(middle, down + n * high, of * 0.06, high) for n, c in enumerate(column) if c in DASHES
            ]
        self.right += of * 0.2 * (columns != [] and not under)


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


def _set(
    fonts: FontSet, cells: list[str], role: str, size: float, x: float, y: float, step: float
) -> Iterator[Lettering]:
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
            line, x + (size - width(line, of) - back) / 2 + back, y + (number * step + ASCENT) * size, of
        )
