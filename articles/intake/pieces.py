"""What a page reads as: every stretch of its lines once, with what it is and whose it is. Pure.

A `Document` is what came in: lines, in the order they came. A `Reading` cuts the lines into pieces and puts a
kind and a group on each; nothing is copied, so nothing can vanish or come twice. People correct a reading by
giving pieces other kinds, groups and places; `Reading.check` refuses whatever no longer is the whole page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

#: Group of what belongs to the page and to no story.
PAGE = 0
NEWSPAPER, WEB = "newspaper page", "web article"

Box = tuple[int, int, int, int]  # left, top, width, height in thousandths of the page


class Kind(StrEnum):
    """What a piece is. Those from ISSUE on belong to the page, the others to a story or a picture."""

    SERIES = "series"
    KICKER = "kicker"
    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    LEDE = "lede"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    NOTE = "note"
    TABLE = "table"
    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    ISSUE = "issue"
    BANNER = "banner"
    GUIDE = "guide"
    FURNITURE = "furniture"

    @property
    def is_of_page(self) -> bool:
        return self in OF_PAGE


OF_PAGE = frozenset({Kind.ISSUE, Kind.BANNER, Kind.GUIDE, Kind.FURNITURE})
#: Said of a picture, or the picture itself; a group of nothing else is a picture story.
OF_PICTURE = frozenset({Kind.PICTURE, Kind.CAPTION, Kind.CREDIT})
#: A story has each of them once; what comes in two pieces is put together with a space.
STACK = (Kind.SERIES, Kind.KICKER, Kind.HEADLINE, Kind.SUBHEADLINE)


@dataclass(frozen=True)
class Line:
    """A line as it came, or a paragraph where the file knows paragraphs (Word, PDF).

    `gap`: empty lines before it. Where the file tells: `level` of a heading (1 to 6), `size` of its letters
    in points, `bold`, its `box` on the page. `picture` names a file in `Document.pictures`; `table` holds its
    rows of cells, `text` then has them too (cells parted by tabs, rows by line feeds).
    """

    text: str
    gap: int = 0
    level: int = 0
    size: float = 0.0
    bold: bool = False
    box: Box | None = None
    picture: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """One page, or one file without pages. `page`: its number in the file, from 1. `raster`, for a PDF's
    page, is that page's own PDF; `size` its width and height in micrometres. `lost`: pictures that the
    file speaks of and does not hold, or not in a kind that we take."""

    lines: tuple[Line, ...]
    page: int = 1
    pictures: dict[str, bytes] = field(default_factory=dict)
    pdf: bytes = b""
    size: tuple[int, int] = (0, 0)
    lost: int = 0

    @property
    def text(self) -> str:
        """All lines with the empty ones between them, as a person would copy them."""
        return "\n".join("\n" * line.gap + line.text for line in self.lines)


@dataclass(frozen=True)
class Piece:
    """Characters `start` to `end` of line `line` (from 0), surrounding white space left out.

    `joined`: goes on the piece before it of the same group that has the same kind: the two are one paragraph.
    """

    line: int
    start: int
    end: int
    kind: Kind
    group: int = PAGE
    joined: bool = False


@dataclass(frozen=True)
class Reading:
    """`pieces` in the order they read; `form` is NEWSPAPER or WEB."""

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    form: str = NEWSPAPER

    def text(self, piece: Piece) -> str:
        return self.lines[piece.line].text[piece.start : piece.end]

    @property
    def groups(self) -> list[int]:
        """The stories and lone pictures, in the order in which each begins."""
        return list(dict.fromkeys(piece.group for piece in self.pieces if piece.group != PAGE))

    @cached_property
    def _of_group(self) -> dict[int, list[Piece]]:
        """Each group's pieces: a page may have hundreds of groups, and each is asked for many times."""
        held: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            held.setdefault(piece.group, []).append(piece)
        return held

    def of(self, group: int, *kinds: Kind) -> list[Piece]:
        return [p for p in self._of_group.get(group, ()) if not kinds or p.kind in kinds]

    def is_picture(self, group: int) -> bool:
        """Whether it is a picture that stands alone (图片新闻): nothing but it and what is said of it."""
        kinds = {piece.kind for piece in self.of(group)}
        return bool(kinds & OF_PICTURE) and kinds <= OF_PICTURE | set(STACK)

    def blocks(self, group: int, *kinds: Kind) -> Iterator[tuple[Kind, list[Piece]]]:
        """The group's pieces with joined ones put together, each where it begins."""
        blocks: list[tuple[Kind, list[Piece]]] = []
        for piece in self.of(group, *kinds):
            before = next((b for b in reversed(blocks) if b[0] == piece.kind), None) if piece.joined else None
            if before:
                before[1].append(piece)
            else:
                blocks.append((piece.kind, [piece]))
        yield from blocks

    def told(self, pieces: Iterable[Piece], between: str = "") -> str:
        return between.join(self.text(piece) for piece in pieces)

    def check(self) -> None:
        """Raises ValueError unless the pieces hold each character that is no white space exactly once."""
        held = [bytearray(len(line.text)) for line in self.lines]
        for piece in self.pieces:
            if not 0 <= piece.line < len(held) or not 0 <= piece.start <= piece.end <= len(held[piece.line]):
                raise ValueError(f"no such place: {piece}")
            if (piece.group == PAGE) != piece.kind.is_of_page:
                raise ValueError(f"of nobody: {piece}")
            for place in range(piece.start, piece.end):
                held[piece.line][place] += 1
                if held[piece.line][place] > 1:
                    raise ValueError(f"twice: {piece}")
        for number, (line, counts) in enumerate(zip(self.lines, held, strict=True)):
            if any(not count and not char.isspace() for char, count in zip(line.text, counts, strict=True)):
                raise ValueError(f"line {number} is not whole")
            if line.picture and not any(p.line == number and p.kind == Kind.PICTURE for p in self.pieces):
                raise ValueError(f"the picture of line {number} is missing")

    def as_rows(self) -> list[list[Any]]:
        """The pieces as JSON keeps them: [line, start, end, kind, group, joined]."""
        return [[p.line, p.start, p.end, p.kind.value, p.group, int(p.joined)] for p in self.pieces]

    def with_rows(self, rows: Any) -> Reading:
        """The same lines with other pieces. Raises ValueError for what is no reading of them."""
        try:
            pieces = tuple(
                Piece(int(line), int(start), int(end), Kind(kind), int(group), bool(joined))
                for line, start, end, kind, group, joined in rows
            )
        except TypeError as wrong:
            raise ValueError(str(wrong)) from wrong
        reading = replace(self, pieces=pieces)
        reading.check()
        return reading


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a plain text that hold anything; empty ones become the next one's `gap`."""
    lines, gap = [], 0
    for row in text.splitlines():
        if row.strip():
            lines.append(Line(row, gap))
            gap = 0
        else:
            gap += 1
    return tuple(lines)
