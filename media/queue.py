"""Who is making which photo's renditions. The database is the truth; a message only wakes a worker up.

A worker claims a photo by a conditional UPDATE, so many of them are safe. `claimed_at` is its sign of life
and its proof of the claim: every progress report moves it, and whoever finds it moved by another stops.
"""

from __future__ import annotations

import errno
import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from media import pixels, renditions
from media.models import Photo

log = logging.getLogger(__name__)

STALE = timedelta(minutes=2)  # without a sign of life
MOST_ATTEMPTS = 5
SWEEP_AT_MOST = 500  # a turn; the next one goes on


class Lost(Exception):
    """The claim is somebody else's by now."""


def send(photo_id: int) -> bool:
    """Tell a worker of the photo. Whether that worked: with the broker down, the sweep finds the photo."""
    from media.tasks import make_renditions  # the tasks import this module

    try:
        make_renditions.apply_async((photo_id,), retry=False)
    except Exception:  # whatever a broker of any kind raises when it is away
        log.warning("photo %s waits for the sweep: the broker does not answer", photo_id, exc_info=True)
        return False
    return True


def ask_again(photo_id: int) -> None:
    """Have the photo's plan made again: after a failure, or for a new focal point. Send after commit."""
    Photo.objects.filter(pk=photo_id).update(
        state=Photo.State.WAITING, error="", claimed_at=None, attempts=0, done=0, total=0
    )


def produce(photo_id: int) -> bool:
    """Claim the photo and make what it lacks. Whether it was ours to do; running it again changes nothing."""
    claim = _Claim.take(photo_id, timezone.now())
    if claim is None:
        return False
    photo = Photo.objects.get(pk=photo_id)
    try:
        renditions.make(photo, progress=claim.report)
    except Lost:
        return False
    except Exception as error:
        log.exception("renditions of photo %s", photo_id)
        claim.fail(_reason(error))
    except BaseException:
        claim.give_back()
        raise
    else:
        claim.finish()
    return True


def sweep(now: datetime) -> int:
    """Send for photos left behind by a lost message, a dead worker or an emptied broker. How many."""
    stale = Photo.objects.unfinished(now - STALE)
    ids = list(stale.order_by("pk").values_list("pk", flat=True)[:SWEEP_AT_MOST])
    sent = 0
    for photo_id in ids:
        waits = stale.filter(pk=photo_id).update(state=Photo.State.WAITING, claimed_at=now)
        if waits and not send(photo_id):
            break
        sent += waits
    return sent


class _Claim:
    """A worker's hold on a photo."""

    def __init__(self, photo_id: int, at: datetime) -> None:
        self.photo_id = photo_id
        self.at = at

    @classmethod
    def take(cls, photo_id: int, now: datetime) -> _Claim | None:
        free = Q(state__in=[Photo.State.WAITING, Photo.State.FAILED]) | Q(
            state=Photo.State.WORKING, claimed_at__lt=now - STALE
        )
        taken = Photo.objects.filter(free, pk=photo_id).update(
            state=Photo.State.WORKING, claimed_at=now, attempts=F("attempts") + 1, error=""
        )
        if not taken:
            return None
        claim = cls(photo_id, now)
        if Photo.objects.filter(pk=photo_id, attempts__gt=MOST_ATTEMPTS).exists():
            claim.fail(_("处理时多次意外中断，请检查原图后重试。"))
            return None
        return claim

    def report(self, done: int, total: int) -> None:
        now = timezone.now()
        if not self._update(done=done, total=total, claimed_at=now):
            raise Lost
        self.at = now

    def finish(self) -> None:
        self._update(state=Photo.State.READY, attempts=0)

    def fail(self, reason: str) -> None:
        self._update(state=Photo.State.FAILED, error=reason)

    def give_back(self) -> None:
        self._update(state=Photo.State.WAITING, claimed_at=None)

    def _update(self, **values: Any) -> int:
        """Write, if the claim still holds; 0 if not."""
        mine = Photo.objects.filter(pk=self.photo_id, state=Photo.State.WORKING, claimed_at=self.at)
        return mine.update(**values)


def _reason(error: Exception) -> str:
    """Why it failed, for the person who reads it beside the picture."""
    if isinstance(error, FileNotFoundError):
        return _("找不到原图文件，请重新上传这张图片。")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("磁盘已满，图片存不下，请联系管理员后重试。")
    if isinstance(error, MemoryError):
        return _("内存不足，图片太大，请稍后重试或缩小后重新上传。")
    if isinstance(error, OSError) and error.errno:
        return _("读写文件出错（%(error)s），请联系管理员后重试。") % {"error": error.strerror}
    if isinstance(error, pixels.BROKEN):
        return _("原图读不出来，可能已经损坏，请重新上传这张图片。")
    return _("处理图片时出错（%(error)s），请重试；再次失败请联系管理员。") % {"error": type(error).__name__}
