"""Pieces as they are put down, one item after another. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.intake.pieces import Kind, Piece
from articles.intake.text import forms
from articles.intake.text.looks import Item, Look

_OF_PICTURES = {Look.PICTURE: Kind.PICTURE, Look.CREDIT: Kind.CREDIT}


class Pieces(list[Piece]):
    """The pieces of a page, in the order they read."""

    groups = 0

    def new_group(self) -> int:
        """The number of the next story or lone picture."""
        self.groups += 1
        return self.groups

    def put(
        self, item: Item, kind: Kind, group: int, start: int = 0, end: int | None = None, joined: bool = False
    ) -> None:
        """A piece of the item, white space around it left out; an extractor's `#` belongs to it."""
        text = item.text
        end = len(text) if end is None else end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end and kind != Kind.PICTURE:
            return
        first = item.start + start if start else min(item.start, _indent(item))
        self.append(Piece(item.number, first, item.start + end, kind, group, joined))

    def lengthen(self, amount: int) -> None:
        """Give the last piece what follows it."""
        self[-1] = replace(self[-1], end=self[-1].end + amount)

    def turn(self, group: int, old: Kind, new: Kind) -> None:
        """Make pieces of one kind another."""
        self[:] = [
            replace(piece, kind=new) if (piece.group, piece.kind) == (group, old) else piece for piece in self
        ]

    def put_pictures(self, items: Sequence[Item], group: int) -> None:
        """Pictures with their captions and credits."""
        previous: Item | None = None
        for item in items:
            kind = _OF_PICTURES.get(item.look, Kind.CAPTION)
            end = item.credited[0] if item.credited else None
            self.put(item, kind, group, 0, end, joined=previous is not None and _follows(item, previous))
            if item.credited:
                self.put(item, Kind.CREDIT, group, *item.credited)
            previous = item


def _indent(item: Item) -> int:
    return len(item.line.text) - len(item.line.text.lstrip())


def _follows(item: Item, previous: Item) -> bool:
    """Whether it is the next line of the caption that the item before began."""
    return (
        item.look == previous.look == Look.CAPTION
        and item.number == previous.number + 1
        and item.line.gap == 0
        and not previous.credited
        and not forms.ends(previous.text)
    )


def one_by_one(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Pictures that stand alone: each with what is said of it; several before the first word are a group."""
    alone: list[Item] = []
    for item in items:
        told = any(one.look == Look.CAPTION for one in alone)
        group = item.look == alone[-1].look == Look.PICTURE if alone else False
        if alone and told and item.look != Look.CREDIT and not group:
            yield alone
            alone = []
        alone.append(item)
    if alone:
        yield alone
