"""A story's body from its pieces: text, tables and notes as HTML, pictures where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from articles.intake import shape
from articles.intake.pieces import OF_PICTURE, Kind, Piece, Reading
from articles.intake.text.names import Person
from newsroom.lib.blocks import escape

_BODY = (Kind.PARAGRAPH, Kind.SUBHEAD, Kind.TABLE, Kind.NOTE, Kind.BYLINE, *OF_PICTURE)
_NAMED = re.compile(r"^\s*[【〔\[(（]?\s*编者按\s*[】〕\])）]?\s*[:：]?\s*")
_BREAKS = re.compile(r"\s*[\n\r\u2028\u2029\x85]+\s*")


@dataclass(frozen=True)
class Shown:
    """A picture of the story. `picture` names it in the document; "" is one that did not come along.

    `joined`: stands under the caption of the one before it.
    """

    picture: str = ""
    caption: str = ""
    people: tuple[Person, ...] = ()
    joined: bool = False


@dataclass
class Body:
    """`blocks`: HTML, and each picture in its place. `note` stood above the first paragraph."""

    blocks: list[str | Shown] = field(default_factory=list)
    note: str = ""

    @property
    def shown(self) -> list[Shown]:
        return [block for block in self.blocks if isinstance(block, Shown)]


def one_line(text: str) -> str:
    """As a field of one line takes it."""
    return _BREAKS.sub(" ", text).strip()


def paragraph(text: str) -> str:
    return f"<p>{_broken(text)}</p>" if text.strip() else ""


def body_of(reading: Reading, group: int) -> Body:
    """All that stands between the story's headline and its end, in the order it reads."""
    body, run = Body(), list[tuple[Kind, list[Piece]]]()
    signed = _signed_within(reading, group)
    started = False
    for kind, pieces in reading.blocks(group, *_BODY):
        if kind in OF_PICTURE:
            run.append((kind, pieces))
            continue
        if kind == Kind.BYLINE and pieces[0] not in signed:
            continue
        body.blocks += _shown(reading, run)
        run = []
        text = _text(reading, kind, pieces)
        if kind == Kind.NOTE and not started:
            body.note = "\n".join(filter(None, [body.note, _NAMED.sub("", text)]))
            continue
        started = True
        body.blocks += [html for html in [_html(reading, kind, pieces, text)] if html]
    body.blocks += _shown(reading, run)
    body.blocks = _boxed(body.blocks)
    return body


def _signed_within(reading: Reading, group: int) -> list[Piece]:
    """Signatures of single paragraphs (简讯), which stay where they are: several, not all at the end."""
    pieces = reading.of(group, Kind.PARAGRAPH, Kind.BYLINE)
    texts = [n for n, piece in enumerate(pieces) if piece.kind == Kind.PARAGRAPH]
    behind = [p for n, p in enumerate(pieces) if p.kind == Kind.BYLINE and texts and n > texts[0]]
    within = [p for n, p in enumerate(pieces) if p in behind and n < texts[-1]]
    return behind if within and len(behind) > 1 else []


def _text(reading: Reading, kind: Kind, pieces: Sequence[Piece]) -> str:
    return shape.clean(kind, reading.told(pieces, "\n" if kind == Kind.SUBHEAD else ""))


def _html(reading: Reading, kind: Kind, pieces: Sequence[Piece], text: str) -> str:
    if kind == Kind.SUBHEAD:
        return f"<h2>{_broken(text)}</h2>"
    if kind == Kind.NOTE:
        return f'<aside class="editors-note">{paragraph(text)}</aside>'
    if kind == Kind.TABLE:
        return _table([row for piece in pieces for row in _rows(reading, piece)])
    return paragraph(text)


def _broken(text: str) -> str:
    return _BREAKS.sub("<br>", escape(text.strip()))


def _rows(reading: Reading, piece: Piece) -> Iterable[Sequence[str]]:
    """As the file has them; else what tabs part."""
    line, text = reading.lines[piece.line], reading.text(piece)
    if line.table and text.strip() == line.text.strip():
        return line.table
    return [row.split("\t") for row in text.split("\n")]


def _table(rows: Iterable[Sequence[str]]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{_broken(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<figure class="table"><table><tbody>{cells}</tbody></table></figure>'


def _boxed(blocks: list[str | Shown]) -> list[str | Shown]:
    """Paragraphs of one note stand in one box."""
    closes, opens = "</aside>", '<aside class="editors-note">'
    boxed: list[str | Shown] = []
    for block in blocks:
        before = boxed[-1] if boxed else ""
        if not isinstance(block, str) or not isinstance(before, str):
            boxed.append(block)
        elif block.startswith(opens) and before.endswith(closes):
            boxed[-1] = before.removesuffix(closes) + block.removeprefix(opens)
        else:
            boxed.append(block)
    return boxed


# Pictures


def _shown(reading: Reading, run: Sequence[tuple[Kind, list[Piece]]]) -> list[Shown]:
    """Pictures and what is said of them, of a stretch with nothing else in it.

    As many captions as pictures go together in order, wherever they stand; one caption behind several
    pictures is all of theirs. A caption, or a credit, without a picture is one that did not come along.
    """
    names = [reading.lines[p.line].picture for kind, pieces in run for p in pieces if kind == Kind.PICTURE]
    told = _told(reading, run)
    if len(names) > 1 and len(told) == 1:
        first = replace(told[0], picture=names[0])
        return [first, *(Shown(name, joined=True) for name in names[1:])]
    found = [replace(one, picture=name) for name, one in zip(names, told, strict=False)]
    return [*found, *told[len(names) :], *map(Shown, names[len(told) :])]


def _told(reading: Reading, run: Sequence[tuple[Kind, list[Piece]]]) -> list[Shown]:
    """The captions in order with whom they credit."""
    told: list[Shown] = []
    for kind, pieces in run:
        if kind == Kind.CAPTION:
            told.append(Shown(caption=one_line(shape.clean(kind, reading.told(pieces)))))
        elif kind == Kind.CREDIT:
            told = told or [Shown()]
            told[-1] = replace(told[-1], people=(*told[-1].people, *shape.people([reading.told(pieces)])))
    return told
