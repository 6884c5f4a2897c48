"""Pages that were sent in, with a reading that the test says piece by piece."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from articles.intake import shelf
from articles.intake.pieces import NEWSPAPER, PAGE, Box, Document, Kind, Line, Piece, Reading
from articles.models import Intake
from people.models import User

#: (kind, text) or (kind, text, group); a list of them is one line.
Said = tuple[Kind, str] | tuple[Kind, str, int]
Row = Said | Sequence[Said]

_numbers = itertools.count(1)


def reading(
    *rows: Row, form: str = NEWSPAPER, boxes: Sequence[Box] = (), joined: Sequence[int] = ()
) -> Reading:
    """A reading of lines that hold exactly these pieces, of group 1 where none is said.

    The text of a PICTURE is the picture's name. `boxes`: of the lines, in order; `joined`: numbers of pieces.
    """
    lines, pieces = [], []
    for number, row in enumerate(rows):
        said = [row] if isinstance(row[0], Kind) else list(row)
        text, name = "", ""
        for kind, words, *group in said:  # type: ignore[misc]
            shown = "" if kind == Kind.PICTURE else words
            name = words if kind == Kind.PICTURE else name
            owner = PAGE if kind.is_of_page else (group or [1])[0]
            goes_on = len(pieces) in joined
            pieces.append(Piece(number, len(text), len(text) + len(shown), kind, owner, goes_on))
            text += shown
        lines.append(Line(text, box=boxes[number] if boxes else None, picture=name))
    return Reading(tuple(lines), tuple(pieces), form)


def sent(
    read: Reading,
    by: User | None = None,
    now: datetime | None = None,
    pictures: Mapping[str, bytes] | None = None,
    pdf: bytes = b"",
    size: tuple[int, int] = (0, 0),
    name: str = "来稿.txt",
) -> Intake:
    """The page as it was put down when it came in. Each is of another file."""
    read.check()
    document = Document(read.lines, pictures=dict(pictures or {}), pdf=pdf, size=size)
    data = pdf or f"{next(_numbers)}\n{document.text}".encode()
    [row] = shelf.put(shelf.Arrived(name, data, [(document, read)]), by, now or timezone.now())
    return row
