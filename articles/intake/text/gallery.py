"""A story while it is read, and whose the pictures are that stand in it, before it or behind it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.intake.text import captions
from articles.intake.text.looks import Item, Look
from articles.intake.text.writing import Pieces, one_by_one


@dataclass
class Story:
    """A story while it is read."""

    group: int
    headed: bool = False
    dated: bool = False
    signed_on_top: bool = False
    closed: bool = False  # signed at its end
    web: bool = False
    paragraphs: int = 0
    cut: bool = False  # its last paragraph ends in the middle of a sentence
    subheads: list[int] = field(default_factory=list)  # their lengths


class Gallery:
    """The pictures seen since the last paragraph: whose they are shows in what comes after them."""

    def __init__(self, items: Sequence[Item], pieces: Pieces) -> None:
        self.items = items
        self.pieces = pieces
        self.seen: list[Item] = []

    def give(self, story: Story) -> None:
        """The story goes on: they stand in it, unless they are news and have nothing in common with it."""
        told = _caption(self.seen)
        alien = captions.is_news(told) and story.paragraphs and not story.web
        if alien and not self._shares(story, told):
            self._put_alone(story)
        else:
            self.pieces.put_pictures(self.seen, story.group)
        self.seen = []

    def leave(self, story: Story | None) -> None:
        """The story is over: they stand alone, unless it is all the page or they are all it has."""
        if story and (story.web or (story.headed and not story.paragraphs)):
            self.pieces.put_pictures(self.seen, story.group)
        else:
            self._put_alone(story)
        self.seen = []

    def _put_alone(self, story: Story | None) -> None:
        """Each picture by itself; but one whose caption says nothing alone belongs to the story above it."""
        for alone in one_by_one(self.seen):
            own = story is not None and story.paragraphs and captions.is_dependent(_caption(alone))
            self.pieces.put_pictures(alone, story.group if own and story else self.pieces.new_group())

    def _shares(self, story: Story, caption: str) -> bool:
        """Whether the story says something that the caption says."""
        own = [piece for piece in self.pieces if piece.group == story.group]
        text = "\n".join(self.items[piece.line].text for piece in own)
        return any(phrase in text for phrase in captions.phrases(caption))


def _caption(items: Sequence[Item]) -> str:
    """What the first caption says, without its credit; "" where there is none."""
    item = next((item for item in items if item.look == Look.CAPTION), None)
    if item is None:
        return ""
    return item.text[: item.credited[0]].strip() if item.credited else item.text
