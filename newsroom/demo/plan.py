"""The demo's papers: when they come out, what stands on their pages, what proofreaders wrote on them.

Plain data, made by `newsroom.demo.content.load`; `newsroom.demo.paper` makes the papers of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from newsroom.lib import dates

OUT = dt.time(6)  # when a paper comes out
CLOSING = dt.timedelta(hours=14)  # before that: what is not public by then appears with the paper


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box and what it holds: a story by its key, a picture by its drawing, or words of the page's own.

    `at` is its place (column, row, columns, rows); without one the automatic layout finds it. `cuts` are the
    beginnings of blocks that are not printed; `stack` is a headline for print alone.
    """

    kind: str = "story"
    story: str = ""
    photo: str = ""
    at: tuple[int, ...] = ()
    weight: int = 50
    style: dict[str, Any] = field(default_factory=dict)
    cuts: tuple[str, ...] = ()
    stack: dict[str, str] | None = None
    title: str = ""
    text: str = ""
    caption: str = ""
    credit: str = ""
    template: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A proofreader's mark on words of a story: what they are to `become`, or in `text` what to look at.

    `status`: how far it came (open, changed, checked).
    """

    story: str
    words: str
    text: str = ""
    become: str = ""
    status: str = "open"


@dataclass(frozen=True, kw_only=True)
class Page:
    """`proof`: how many stages signed it where the paper is not out yet; None is still being composed."""

    number: int
    boxes: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()
    banner: str = ""
    proof: int | None = None


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A number of the paper, counted in weeks before the newest (-1: the one being made).

    An entry of the guide names a page, and a story on it or, before there is one, a headline.
    """

    weeks_ago: int
    banner: str = ""
    guide: tuple[dict[str, Any], ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def stories(self) -> list[str]:
        """Keys of the stories in its boxes."""
        return [box.story for page in self.pages for box in page.boxes if box.story]


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """A weekly that comes out on whatever day the demo is made. `first`: about the day of number 1; `pages`:
    their names and standing credits."""

    first: dt.date
    pages: tuple[dict[str, Any], ...]

    def date(self, now: dt.datetime, weeks_ago: int) -> dt.date:
        """The newest paper is of today, once it is out."""
        out = dt.timedelta(hours=OUT.hour)
        return dates.day(now - out) - dt.timedelta(weeks=weeks_ago)

    def moment(self, now: dt.datetime, weeks_ago: int) -> dt.datetime:
        """When that paper comes out."""
        return timezone.make_aware(dt.datetime.combine(self.date(now, weeks_ago), OUT))

    def numbers(self, date: dt.date) -> tuple[int, int]:
        """Number within the year and total number of the paper of that date."""
        return (date.timetuple().tm_yday - 1) // 7 + 1, (date - self.first).days // 7 + 1
