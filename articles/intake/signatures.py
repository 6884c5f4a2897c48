"""Who signed a story, and where: behind the dateline, under the headline, at the end. Pure."""

from __future__ import annotations

from typing import Any

from articles.intake import credited, shape
from articles.intake.pieces import Kind, Piece, Reading
from articles.intake.text.names import Person
from articles.models import Byline

Place = Byline.Place
_TEXT = (Kind.PARAGRAPH, Kind.SUBHEAD, Kind.TABLE)


def signatures(reading: Reading, group: int, author: Person | None = None) -> list[dict[str, Any]]:
    """Rows of `Byline` in the order of the page, nobody twice. `author` signs what nobody else did."""
    rows: list[dict[str, Any]] = []
    seen: set[Person] = set()
    for place, texts in _runs(reading, group):
        people = [person for person in shape.people(texts) if person not in seen]
        seen.update(people)
        rows += [row | {"place": place.value} for row in credited.rows_of(people)]
    if not rows and author:
        rows = [row | {"place": Place.UNDER_HEADLINE.value} for row in credited.rows_of([author])]
    return rows


def _runs(reading: Reading, group: int) -> list[tuple[Place, list[str]]]:
    """Signatures with nothing between them, and the place they have."""
    runs: list[tuple[Place, list[str]]] = []
    before: Piece | None = None
    started = False
    for kind, pieces in reading.blocks(group):
        if kind == Kind.BYLINE:
            text = reading.told(pieces)
            if before and before.kind == Kind.BYLINE:
                runs[-1][1].append(text)
            elif before and before.kind == Kind.DATELINE and before.line == pieces[0].line:
                runs.append((Place.DATELINE, [text]))
            else:
                runs.append((Place.END if started else Place.UNDER_HEADLINE, [text]))
        started = started or kind in _TEXT
        before = pieces[-1]
    return runs
