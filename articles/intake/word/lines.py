"""The lines of a Word file that mammoth has opened: paragraphs, headings, tables, pictures, notes, in order.

mammoth has by then accepted tracked changes and left out comments, headers and footers. We take its document
and not its HTML, which no longer knows the size of letters. Knows no Django: it runs in the probe's child.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from mammoth import documents as word

MAX_COLUMNS = 64  # of a table; a cell can claim to span a thousand million columns

# The names that Word and WPS give their styles, in either language.
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6一二三四五六])(?!\d)", re.I)
_TITLES = {"title": 1, "标题": 1, "大标题": 1, "主标题": 1, "subtitle": 2, "副标题": 2}
_NUMERALS = "一二三四五六"


class Letters(NamedTuple):
    """A stretch of text with one look. `size` in points, 0 where the file leaves it to a style."""

    text: str
    size: float
    bold: bool


PLAIN = Letters("", 0.0, False)


class Lines:
    """`lines`: [text, gap, level, size, bold, picture, rows] as a `Line` has them, `picture` a place in
    `pictures` or -1, `rows` a table's or []. `lost` counts pictures that the file names and does not hold."""

    def __init__(self) -> None:
        self.lines: list[list[Any]] = []
        self.pictures: list[bytes] = []
        self.lost = 0
        self._places: dict[bytes, int] = {}
        self._gap = 0
        self._notes: list[Any] = []

    def read(self, document: Any) -> None:
        self._blocks(document.children)
        self._gap += 1
        noted: set[tuple[str, str]] = set()
        while self._notes:  # a note's text may itself refer to another
            reference = self._notes.pop(0)
            key = (reference.note_type, reference.note_id)
            try:
                note = document.notes.resolve(reference)
            except KeyError:
                continue
            if key not in noted:
                noted.add(key)
                self._blocks(note.body)

    def _blocks(self, elements: Iterable[Any]) -> None:
        for element in elements:
            if isinstance(element, word.Table):
                self._table(element)
            elif isinstance(element, word.Paragraph):
                self._paragraph(element)
            else:
                self._paragraph(word.paragraph([element]))  # a picture or text box outside of any

    def _paragraph(self, paragraph: Any) -> None:
        """Its text, line by line where it is broken by hand; a picture in its midst comes after it."""
        parts = list(self._parts(paragraph))
        if not parts or not any(map(_has_text, parts)):
            pictures = [part for part in parts if self._picture(part)]
            self._gap += not pictures
            return
        first = next(number for number, part in enumerate(parts) if _has_text(part))
        for part in parts[:first]:
            self._picture(part)
        level = _level(paragraph.style_name or "")
        for row in _rows([part for part in parts if isinstance(part, Letters)]):
            written = [letters for letters in row if letters.text.strip()]
            if written:
                text = "".join(letters.text for letters in row)
                self._add(text, level, _size(written), all(letters.bold for letters in written))
            else:
                self._gap += 1
        for part in parts[first:]:
            self._picture(part)

    def _parts(self, element: Any, look: Letters = PLAIN) -> Iterator[Any]:
        """Its `Letters` and pictures; references to notes are put aside."""
        if isinstance(element, word.Run):
            look = Letters("", element.font_size or look.size, element.is_bold)
        if isinstance(element, word.Text):
            yield look._replace(text=" ".join(element.value.splitlines()))
        elif isinstance(element, word.Tab):
            yield look._replace(text="\t")
        elif isinstance(element, word.Break):
            yield look._replace(text="\n")
        elif isinstance(element, word.Image):
            yield element
        elif isinstance(element, word.NoteReference):
            self._notes.append(element)
        for child in getattr(element, "children", ()):
            yield from self._parts(child, look)

    def _picture(self, image: Any) -> bool:
        """Whether it is one."""
        if not isinstance(image, word.Image):
            return False
        try:
            with image.open() as stream:
                data = stream.read()
        except MemoryError:
            raise
        except Exception:  # it is linked and not sent along, or its bytes are damaged: the text still counts
            self.lost += 1
            return True
        place = self._places.setdefault(hashlib.sha256(data).digest(), len(self.pictures))
        if place == len(self.pictures):
            self.pictures.append(data)
        self._add("", picture=place)
        return True

    def _table(self, table: Any) -> None:
        """A grid of text. A frame of one column, or one that holds pictures, only arranges its contents."""
        rows = [row for row in table.children if isinstance(row, word.TableRow)]
        if max((len(row.children) for row in rows), default=0) < 2 or _holds(table, word.Image):
            for row in rows:
                for cell in row.children:
                    self._blocks(cell.children)
            return
        grid = _grid(rows, self._cell)
        if any(any(row) for row in grid):
            self._add("\n".join("\t".join(row) for row in grid), rows=grid)

    def _cell(self, cell: Any) -> str:
        paragraphs = ("".join(p.text for p in self._parts(part)) for part in _paragraphs(cell))
        return " ".join(" ".join(paragraphs).split())

    def _add(
        self,
        text: str,
        level: int = 0,
        size: float = 0,
        bold: bool = False,
        picture: int = -1,
        rows: Any = (),
    ) -> None:
        self.lines.append([text, self._gap, level, size, bold, picture, list(rows)])
        self._gap = 0


def _has_text(part: Any) -> bool:
    return isinstance(part, Letters) and bool(part.text.strip())


def _rows(parts: list[Letters]) -> list[list[Letters]]:
    """The letters of each line."""
    rows: list[list[Letters]] = [[]]
    for letters in parts:
        if letters.text == "\n":
            rows.append([])
        else:
            rows[-1].append(letters)
    return rows


def _size(row: list[Letters]) -> float:
    """That of most of its characters."""
    sizes: Counter[float] = Counter()
    for letters in row:
        sizes[letters.size] += len(letters.text.strip())
    return sizes.most_common(1)[0][0]


def _level(style: str) -> int:
    name = style.strip().lower()
    if found := _HEADING.match(name):
        digit = found[1]
        return int(digit) if digit.isdigit() else _NUMERALS.index(digit) + 1
    return _TITLES.get(name, 0)


def _holds(element: Any, kind: type) -> bool:
    return any(isinstance(one, kind) or _holds(one, kind) for one in getattr(element, "children", ()))


def _paragraphs(element: Any) -> Iterator[Any]:
    """Those in it, at any depth."""
    for one in getattr(element, "children", ()):
        if isinstance(one, word.Paragraph):
            yield one
        else:
            yield from _paragraphs(one)


def _grid(rows: list[Any], told: Callable[[Any], str]) -> list[list[str]]:
    """The cells' texts. A cell over several columns or rows stands in the first, the others are empty."""
    below: Counter[int] = Counter()  # column -> rows that a cell from above still covers
    return [_texts(row, below, told) for row in rows]


def _texts(row: Any, below: Counter[int], told: Callable[[Any], str]) -> list[str]:
    texts: list[str] = []
    for cell in [*row.children, None]:
        while below[len(texts)] > 0:
            below[len(texts)] -= 1
            texts.append("")
        if cell is not None:
            columns = max(1, min(cell.colspan, MAX_COLUMNS - len(texts)))
            for place in range(columns):
                below[len(texts)] = cell.rowspan - 1
                texts.append("" if place else told(cell))
    return texts
