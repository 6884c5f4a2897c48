"""How many stories a list has and where its pages begin: counted once for as long as nothing can change it.

What readers see changes when somebody writes, whereupon the database draws another mark in the same
transaction (`newsroom.generation`), and when a moment comes that was written before. So a figure holds while
the mark is the same and the next such moment is not there yet; it is kept in this process, and every page
asks the database for the mark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property

from articles.models import Listing, Release

if TYPE_CHECKING:
    _Pages = Paginator[Listing]
else:
    _Pages = Paginator

MOST = 2_000  # lists
EVER = datetime.max.replace(tzinfo=UTC)
Mark = tuple[datetime, int]  # listed_at and release of a row


@dataclass
class Figures:
    """Of one list, from `since` until before `until`. `marks`: the last rows of its pages, in order."""

    total: int
    since: datetime
    until: datetime
    marks: list[Mark] = field(default_factory=list)


class _Kept:
    """The figures under the mark they were counted under."""

    def __init__(self) -> None:
        self._under: tuple[int | None, dict[tuple[str, str], Figures]] = (None, {})

    def of(self, name: tuple[str, str], now: datetime, count: Callable[[], int]) -> Figures:
        """Inside a transaction nothing is kept: it may see what is never to be, and not yet have its mark."""
        mark = None if connection.in_atomic_block else _mark()
        if mark is None:
            return Figures(count(), now, now)
        under, figures = self._under  # one read and one write: other threads do the same
        if mark != under or len(figures) >= MOST:
            self._under = mark, (figures := {})
        found = figures.get(name)
        if found is None or not found.since <= now < found.until:
            # Beside the mark that was read before it: what is counted is no older.
            found = figures[name] = Figures(count(), now, Release.objects.next_change(now) or EVER)
        return found


def _mark() -> int | None:
    """By the table's name: no app imports the wiring. None where nobody has written yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM newsroom_generation")
        row = cursor.fetchone()
    return row[0] if row else None


_KEPT = _Kept()


class LongList(_Pages):
    """A list of stories in pages: its length is kept, and no page is reached by counting rows off."""

    def __init__(self, kind: str, key: object, now: datetime, per_page: int) -> None:
        super().__init__(Listing.objects.visible(now).of(kind, key), per_page)
        self._listed = Listing.objects.visible(now).of(kind, key)
        self._name, self._now = (str(kind), str(key)), now

    @cached_property
    def figures(self) -> Figures:
        return _KEPT.of(self._name, self._now, self._listed.count)

    @cached_property
    def count(self) -> int:
        return self.figures.total

    def page(self, number: Any) -> Page[Listing]:
        number = self.validate_number(number)
        rows = self._listed
        if number > 1:
            rows = rows.behind(*self._mark(number - 1))
        return Page(list(rows[: self.per_page]), number, self)

    def _mark(self, number: int) -> Mark:
        """The last row of that page. All of a list are found at once, when the first is asked for."""
        if not self.figures.marks:
            place = Window(RowNumber(), order_by=[F("listed_at").desc(), F("release_id").desc()])
            rows = self._listed.select_related(None).annotate(place=place)
            last = rows.annotate(over=F("place") % self.per_page).filter(over=0).order_by("place")
            self.figures.marks = [(at, key) for at, key in last.values_list("listed_at", "release_id") if at]
        return self.figures.marks[number - 1]
