"""A page's lines with a place among them, and what stands behind it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.intake.text.heads import FAR
from articles.intake.text.looks import Item, Look

#: What says nothing of the stories around it.
SILENT = (Look.FIELD, Look.FURNITURE, Look.POINTER, Look.COPYRIGHT)
OF_PICTURES = (Look.PICTURE, Look.CAPTION, Look.CREDIT)
LONGEST_RUN = 40


class Walk:
    """The items of a page and the place of the one that is looked at."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = list(items)
        self.place = 0

    def run(self) -> list[Item]:
        """The titles from here on that stand together."""
        run = []
        for item in self.ahead(0, LONGEST_RUN):
            if item.look != Look.TITLE:
                break
            run.append(item)
        return run

    def ahead(self, ahead: int, most: int = FAR) -> Iterator[Item]:
        """The items from so many after this one on; not to the end of a page without end."""
        first = self.place + ahead
        return iter(self.items[first : first + most])

    def after(self, titles: int, over_pictures: bool = True) -> Item | None:
        """What follows them, the page's own lines and pictures left out."""
        for item in self.ahead(titles):
            if item.look not in SILENT and not (over_pictures and item.look in OF_PICTURES):
                return item
        return None

    def begins(self, titles: int) -> bool:
        """Whether what follows the titles says that they are a headline."""
        following = self.after(titles)
        if following is None:
            return False
        return following.look in (Look.BYLINE, Look.NOTE) or following.is_strong

    def leading(self, run: list[Item]) -> list[Item]:
        """Of many titles those that are lines of a list or verses: without the headline of what follows."""
        if not self.begins(len(run)):
            return run
        last = len(run) - 1
        while last > len(run) - 3 and run[last].line.gap == 0:
            last -= 1
        return run[:last]
