"""The table of what can be searched: a row a release, written with it and made anew by command.

Rows stay when a story is withdrawn: what readers find is decided by `Release.objects.visible` alone.
The index itself follows the table by triggers (SQLite) or is one of its own (PostgreSQL): migration 0005.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Manager, QuerySet

from articles.models import Release, SearchText
from articles.search.documents import document

BATCH = 200
COLUMNS = ["listed_at", "text", "folded", "tokens"]


def add(release: Release) -> None:
    """Beside a new release, in its transaction."""
    SearchText.objects.create(release=release, listed_at=release.listed_at, **document(release)._asdict())


def fill(releases: Manager[Any] | QuerySet[Any], table: Manager[Any]) -> Iterator[int]:
    """Write every release's row again, a batch a transaction; gives the number of rows written so far.

    Takes managers, so that a migration can pass its own.
    """
    written, last = 0, 0
    while True:
        with transaction.atomic():  # locked, as a release may be given another moment
            batch = list(releases.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))[:BATCH])
            rows = [
                table.model(release_id=r.pk, listed_at=r.listed_at, **document(r)._asdict()) for r in batch
            ]
            if not rows:
                return
            table.bulk_create(rows, update_conflicts=True, unique_fields=["release"], update_fields=COLUMNS)
        written, last = written + len(rows), batch[-1].pk
        yield written


def rebuild() -> Iterator[int]:
    """Every row from its release. Stories that are released meanwhile write their own."""
    yield from fill(Release.objects.filter(page=""), SearchText.objects)
