"""Who is reading which file of a batch. The database is the truth; a message only wakes a worker up.

A worker claims a file by a conditional UPDATE, as in `media.queue`: many of them are safe. A reading is one
step of bounded time (`media.child`), so the claim itself is the sign of life.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.intake import kept, shelf
from articles.models import Intake, IntakeBatch
from media.library import clean_name
from people.models import User

log = logging.getLogger(__name__)
Status = Intake.Status

STALE = timedelta(minutes=5)  # longer than the longest reading
MOST_ATTEMPTS = 5
SWEEP_AT_MOST = 500  # a turn; the next one goes on


def open_batch(by: User | None, now: datetime) -> IntakeBatch:
    """An empty batch. Raises NotAllowed."""
    shelf.check_may_take_in(by)
    return IntakeBatch.objects.create(created_by=by, created_at=now)


def add(batch: IntakeBatch, name: str, data: bytes, now: datetime) -> Intake:
    """A file for the batch: stored at once, read by a worker. One that is here already is only counted."""
    arrived = shelf.Arrived(name, data)
    row = Intake.objects.of_file(arrived.sha256).first()
    if row is not None and row.status != Status.REFUSED:
        return _known(batch, row)
    path = kept.put_file(arrived.sha256, name, arrived.form, data)
    values = {
        "name": clean_name(kept.possible(name)), "form": arrived.form, "file": path, "batch": batch,
        "sent_by": batch.created_by, "sent_at": now, "status": Status.WAITING, "error": "",
        "claimed_at": None, "attempts": 0,
    }  # fmt: skip
    try:
        with transaction.atomic():
            if row is None:
                row = Intake.objects.create(sha256=arrived.sha256, part=1, **values)
            elif not Intake.objects.filter(pk=row.pk, status=Status.REFUSED).update(**values):
                raise IntegrityError
            IntakeBatch.objects.filter(pk=batch.pk).update(files=F("files") + 1)
            pk = row.pk
            transaction.on_commit(lambda: send(pk))
    except IntegrityError:  # another batch brought it at the same moment
        return _known(batch, Intake.objects.get(sha256=arrived.sha256, part=1))
    row.refresh_from_db()
    return row


def add_all(batch: IntakeBatch, files: Iterable[tuple[str, bytes]], now: datetime) -> list[Intake]:
    return [add(batch, name, data, now) for name, data in files]


def send(intake_id: int) -> bool:
    """Tell a worker of the file. Whether that worked: with the broker down, the sweep finds it."""
    from articles.tasks import read_intake  # the tasks import this module

    try:
        read_intake.apply_async((intake_id,), retry=False)
    except Exception:  # whatever a broker of any kind raises when it is away
        log.warning("intake %s waits for the sweep: the broker does not answer", intake_id, exc_info=True)
        return False
    return True


def produce(intake_id: int) -> bool:
    """Claim the file and read it. Whether it was ours to do; running it again changes nothing."""
    now = timezone.now()
    if not _claim(intake_id, now):
        return False
    row = Intake.objects.get(pk=intake_id)
    try:
        if row.attempts > MOST_ATTEMPTS:
            arrived = shelf.Arrived(row.name, b"", error=_("读这个文件时多次意外中断，请检查后重新发送。"))
        else:
            with default_storage.open(str(row.file)) as file:
                arrived = shelf.read(row.name, file.read())
    except Exception as error:
        log.exception("intake %s", intake_id)
        return _finish(row, shelf.Arrived(row.name, b"", error=_reason(error)), now)
    except BaseException:
        Intake.objects.filter(pk=intake_id, status=Status.WORKING, claimed_at=now).update(
            status=Status.WAITING, claimed_at=None
        )
        raise
    return _finish(row, arrived, now)


def sweep(now: datetime) -> int:
    """Send for files left behind by a lost message, a dead worker or an emptied broker. How many."""
    stale = Intake.objects.unfinished(now - STALE)
    sent = 0
    for intake_id in list(stale.order_by("pk").values_list("pk", flat=True)[:SWEEP_AT_MOST]):
        waits = stale.filter(pk=intake_id).update(status=Status.WAITING, claimed_at=now)
        if waits and not send(intake_id):
            break
        sent += waits
    return sent


def _claim(intake_id: int, now: datetime) -> bool:
    free = Q(status=Status.WAITING) | Q(status=Status.WORKING, claimed_at__lt=now - STALE)
    rows = Intake.objects.filter(free, pk=intake_id)
    return bool(rows.update(status=Status.WORKING, claimed_at=now, attempts=F("attempts") + 1))


def _finish(row: Intake, arrived: shelf.Arrived, claimed_at: datetime) -> bool:
    """Write what was read, if the claim still holds. Of what is refused nothing is kept but the sentence."""
    files = shelf.keep_files(arrived)
    path = str(row.file)
    with transaction.atomic():
        held = Intake.objects.select_for_update(of=("self",)).filter(pk=row.pk)
        first = held.filter(status=Status.WORKING, claimed_at=claimed_at).first()
        if first is None:
            return False
        first.claimed_at = None
        shelf.write_pages(first, arrived, files)
        if arrived.error:
            transaction.on_commit(lambda: default_storage.delete(path))
    return True


def _known(batch: IntakeBatch, row: Intake) -> Intake:
    IntakeBatch.objects.filter(pk=batch.pk).update(known=F("known") + 1)
    return row


def _reason(error: Exception) -> str:
    """Why it failed, for the person who sees it in the list."""
    if isinstance(error, FileNotFoundError):
        return _("找不到这个文件了，请重新发送。")
    return _("读这个文件时出错（%(error)s），请重新发送；再次失败请联系管理员。") % {
        "error": type(error).__name__
    }
