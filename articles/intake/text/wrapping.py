"""Text whose lines are as wide as a column: put together for reading, taken apart afterwards. Pure.

Extractors often give a page line by line as it was set. Such lines stand close, most are of one width, and a
paragraph begins with an indent or after a line that is not full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from articles.intake.pieces import Line, Piece
from articles.intake.text.forms import ends

NARROWEST, WIDEST = 8, 44  # ideographs to a line of a column
SLACK = 2  # ideographs that a full line may have less or more: punctuation does not begin a line
LEAST_LINES = 6
LONGEST = 400  # lines of a paragraph
BLOCK = 4  # full lines one after another that are no headline
LEAST_SHARE = 0.35  # of the page's lines that are full and stand close

Part = tuple[int, int]  # a line, and where it begins in the one it was put into


def width_of(lines: Sequence[Line]) -> int:
    """The column's width in ideographs; 0 where lines are not set to one."""
    sizes = Counter(
        _size(line.text)
        for line, following in pairwise(lines)
        if following.gap == 0 and not _is_indented(following.text)
    )
    usual = [size for size in sizes if NARROWEST <= size <= WIDEST]
    if not usual:
        return 0
    width = max(usual, key=lambda size: sum(sizes[size + slack] for slack in range(-SLACK, SLACK + 1)))
    full = sum(sizes[width + slack] for slack in range(-SLACK, SLACK + 1))
    return width if full >= max(LEAST_LINES, LEAST_SHARE * len(lines)) else 0


def unwrap(lines: Sequence[Line]) -> tuple[list[Line], list[list[Part]]]:
    """The lines with those that a column broke put together, and what each was put together from."""
    width = width_of(lines)
    whole: list[Line] = []
    parts: list[list[Part]] = []
    running = False  # what the last line belongs to is running text, and no stack of titles
    for number, line in enumerate(lines):
        if width and number and running and _goes_on(lines[number - 1], line, width, len(parts[-1])):
            parts[-1].append((number, len(whole[-1].text)))
            whole[-1] = replace(whole[-1], text=whole[-1].text + line.text.rstrip())
            continue
        cut = running and not ends(whole[-1].text)
        running = bool(width) and (_is_indented(line.text) or cut or _is_block(lines, number, width))
        parts.append([(number, 0)])
        whole.append(replace(line, text=line.text.rstrip()))
    return whole, parts


def _is_block(lines: Sequence[Line], number: int, width: int) -> bool:
    """Whether full lines follow, more than a headline has."""
    block = lines[number : number + BLOCK]
    close = not any(line.gap for line in block[1:])
    return len(block) == BLOCK and close and all(abs(_size(line.text) - width) <= SLACK for line in block)


def _goes_on(before: Line, line: Line, width: int, held: int) -> bool:
    """Whether the line is the next one of the paragraph that has `held` lines so far."""
    apart = line.gap or before.picture or line.picture or before.table or line.table
    if apart or held > LONGEST or _is_indented(line.text):
        return False
    size = _size(before.text)
    if width - SLACK <= size <= width + SLACK + 1:
        return True
    # Figures and Latin letters leave a line ragged.
    return 0.75 * width <= size < width and before.text.rstrip()[-1:] not in "。！？”"


def _size(text: str) -> int:
    """The room it takes in a column, in ideographs."""
    text = text.rstrip()
    narrow = sum(char.isascii() for char in text) if not text.isascii() else len(text)
    return len(text) - narrow + (narrow + 1) // 2


def _is_indented(text: str) -> bool:
    return text.startswith(("\u3000", "  ", "\t"))


def wrap(pieces: Iterable[Piece], parts: Sequence[Sequence[Part]]) -> Iterator[Piece]:
    """Pieces of lines put together, as pieces of the lines that they were put together from."""
    for piece in pieces:
        own = parts[piece.line]
        joined = piece.joined
        for place, (number, begin) in enumerate(own):
            end = own[place + 1][1] if place + 1 < len(own) else piece.end
            first, last = max(piece.start, begin), min(piece.end, end)
            if first < last or (piece.start == piece.end and len(own) == 1):
                yield replace(piece, line=number, start=first - begin, end=last - begin, joined=joined)
                joined = True
