"""How long nothing that readers see can change.

An epoch is a stretch of time: from the moment it was looked for, while `Generation` keeps its mark, until
the next moment at which something comes or goes by the clock. Kept answers live in their epoch and end with
it, so no answer needs to be told that it is no longer right.

The mark is asked of the database by the request that finds it too old, in its own thread: nothing runs beside
the requests, and a process that was forked needs to know nothing. Ages are measured by a clock that only runs
forward, moments by the clock on the wall.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.models import Min, QuerySet
from django.utils import timezone

from articles.models import FrontSlot, Release
from issues.models import Issue, Proof
from newsroom.kept.answers import Store
from newsroom.models import Generation

# Seconds since the database was asked for the mark. With nginx's half second before it, less than one second.
ASK_AFTER = 0.2
TRUST_FOR = 0.4  # while another request asks
WAIT = 2.0  # for another request's question; then Django answers by itself


class Epoch:
    """`since` and `until` are Unix seconds by the clock on the wall; a clock put back ends an epoch too."""

    __slots__ = ("mark", "since", "store", "until")

    def __init__(self, mark: int | None, since: float, until: float) -> None:
        self.mark, self.since, self.until = mark, since, until
        self.store = Store(settings.KEPT_BYTES)

    def is_on(self) -> bool:
        return self.since <= time.time() < self.until


class Watch:
    """Knows the epoch, for one process."""

    def __init__(self) -> None:
        self._epoch: Epoch | None = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def epoch(self) -> Epoch | None:
        """The one that is on; None where the database can't be asked, so nobody can know."""
        epoch = self._known(ASK_AFTER)
        if epoch is not None:
            return epoch
        if not self._lock.acquire(blocking=False):
            epoch = self._known(TRUST_FOR)
            if epoch is not None:
                return epoch
            if not self._lock.acquire(timeout=WAIT):
                return None
        try:
            return self._known(ASK_AFTER) or self._ask()
        finally:
            self._lock.release()

    def asked_now(self) -> Epoch | None:
        """The epoch that is on by what the database says at this moment; None as above."""
        with self._lock:
            return self._ask()

    def _known(self, age: float) -> Epoch | None:
        epoch = self._epoch
        if epoch is not None and time.monotonic() - self._asked < age and epoch.is_on():
            return epoch
        return None

    def _ask(self) -> Epoch | None:
        """Ages count from before the question: what is committed while it is on its way may be unknown."""
        began = time.monotonic()
        try:
            connection.close_if_unusable_or_obsolete()
            mark = Generation.objects.values_list("mark", flat=True).filter(pk=1).first()
            epoch = self._epoch
            if epoch is None or epoch.mark != mark or not epoch.is_on():
                now = timezone.now()
                epoch = Epoch(mark, now.timestamp(), next_moment(now).timestamp())
        except Error:
            self._epoch = None
            return None
        finally:
            connection.close_if_unusable_or_obsolete()
        self._epoch, self._asked = epoch, began
        return epoch


def next_moment(now: datetime) -> datetime:
    """When something next comes or goes by the clock alone: a story, a page, an arrangement, or the day that
    the home page names. A story's place in the paper comes with its issue."""
    moments = [
        Release.objects.next_change(now),
        _next(Proof.objects.all(), "visible_from", now),
        _next(Proof.objects.all(), "visible_until", now),
        _next(Issue.objects.all(), "release_at", now),
        FrontSlot.objects.next_change(now),
        _midnight(now),
    ]
    return min(moment for moment in moments if moment)


def _next(rows: QuerySet, column: str, now: datetime) -> datetime | None:
    return rows.filter(**{f"{column}__gt": now}).aggregate(next=Min(column))["next"]


def _midnight(now: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), zone).astimezone(UTC)
