"""The picture library: taking files in, and closing a picture off everywhere at once (封存)."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from media import queue, rules, store
from media.inspection import Inspected, inspect, refuse_size
from media.models import Photo, PhotoCredit
from people import chain
from people.models import Act, Identity, Reporter, User

_CHUNK = 1024 * 1024
_WORDS_OF_ROLE = ((Identity.CORRESPONDENT, "通讯员"), (Identity.REPORTER, "记者"))


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def ingest(file: Readable, name: str, by: User | None) -> tuple[Photo, bool]:
    """Take a picture into the library: (photo, whether it is new). The same bytes are always the same photo.

    `file` is read from where it stands; `name` is what the sender called it. What the file says of itself
    prefills caption, alt, place, time and credits. Raises `Refused`, and then nothing is stored.

    Opens its own transaction and must not be called inside one: a rollback around it would leave the file
    behind without its row (RuntimeError).
    """
    with TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        digest = _copy(file, copy)
        if found := Photo.objects.filter(sha256=digest).first():
            _mend(found, copy)
            if found.state == Photo.State.FAILED:
                queue.ask_again(found.pk)
                transaction.on_commit(lambda: queue.send(found.pk))
            return found, False
        return _add(copy, digest, inspect(copy), name, by)


def block(photo: Photo, by: User, reason: str, now: datetime) -> None:
    """Close the photo off: from now on no reader gets it, wherever it stands. A link of the chain says why.

    Raises PermissionDenied for anyone but a chief, ValueError without a reason.
    """
    _decide(photo, by, reason, now, blocked=True)


def unblock(photo: Photo, by: User, reason: str, now: datetime) -> None:
    """Let readers have the photo again; as `block`."""
    _decide(photo, by, reason, now, blocked=False)


def _copy(file: Readable, copy: IO[bytes]) -> str:
    """Copy the upload to disk, within the limit, and return its SHA-256 in hex."""
    digest, size = sha256(), 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > settings.PHOTO_MAX_BYTES:
            refuse_size(getattr(file, "size", None) or size)
            refuse_size(size)
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    refuse_size(size)
    return digest.hexdigest()


def _mend(photo: Photo, copy: IO[bytes]) -> None:
    """Who uploads a file again whose original was lost brings it back."""
    path = photo.original.name or ""
    if not default_storage.exists(path):
        store.put(path, copy)


def _add(copy: IO[bytes], digest: str, seen: Inspected, name: str, by: User | None) -> tuple[Photo, bool]:
    path = f"originals/{digest[:2]}/{digest[2:4]}/{digest}.{seen.extension}"
    try:
        with transaction.atomic(durable=True):
            photo = _row(path, digest, seen, name, by, _size(copy))
            _credit(photo, seen)
            photo.file_credit = photo.credit_line[:500]
            photo.save(update_fields=["file_credit"])
            # Last: only who won the unique digest writes, and what fails before has written nothing.
            _write(path, copy)
            transaction.on_commit(lambda: queue.send(photo.pk))
    except IntegrityError:
        winner = Photo.objects.filter(sha256=digest).first()
        if winner is None:
            raise
        return winner, False
    except BaseException:
        if not Photo.objects.filter(sha256=digest).exists():
            default_storage.delete(path)
        raise
    _mend(photo, copy)
    return photo, True


def _write(path: str, copy: IO[bytes]) -> None:
    try:
        store.put(path, copy)
    except BaseException:
        default_storage.delete(path)
        raise


def _row(path: str, digest: str, seen: Inspected, name: str, by: User | None, size: int) -> Photo:
    return Photo.objects.create(
        sha256=digest,
        original=path,
        original_name=clean_name(name),
        format=seen.format,
        width=seen.width,
        height=seen.height,
        bytes=size,
        caption=seen.metadata["caption"],
        alt=seen.metadata["alt"],
        place=seen.metadata["place"],
        taken_at=seen.taken_at,
        uploaded_by=by,
    )


def _size(copy: IO[bytes]) -> int:
    return copy.seek(0, 2)


def clean_name(name: str) -> str:
    """What the sender called the file: without folders and unprintable characters, cut to length."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in base if c.isprintable()).strip()[:200]


def _credit(photo: Photo, seen: Inspected) -> None:
    """Credits as the file has them: its creators with the agency as their outlet, or the agency alone."""
    agency = seen.metadata["credit"]
    names = [_person(name) for name in seen.metadata["creators"]]
    rows: list[dict[str, Any]] = [{**person, "act": Act.PHOTO} for person in names if person["name"]]
    for row in rows:
        row["outlet"] = "" if agency == row["name"] else agency
    if not rows and agency:
        rows = [{"name": agency, "identity": Identity.INSTITUTION, "act": Act.COURTESY}]
    PhotoCredit.objects.bulk_create(
        PhotoCredit(photo=photo, position=position, **row) for position, row in enumerate(rows)
    )


def _person(text: str) -> dict[str, Any]:
    """`通讯员 许某摄` as name and identity, and who of the bureau that is, if it can only be one."""
    name = re.sub(r"\s*(摄影|摄|供图)$", "", text).strip()
    identity = Identity.NONE
    for role, word in _WORDS_OF_ROLE:
        if (before := re.match(rf"(本报)?{word}[\s:：]*", name)) and len(name) > before.end():
            identity, name = role, name[before.end() :]
            break
    known = list(Reporter.objects.filter(name=name, is_active=True)[:2])
    reporter = known[0] if len(known) == 1 else None
    if reporter and identity == Identity.NONE:
        identity = Identity(reporter.identity)
    return {"name": name, "identity": identity, "reporter": reporter}


def _decide(photo: Photo, by: User, reason: str, now: datetime, *, blocked: bool) -> None:
    if not rules.may_block(by):
        raise PermissionDenied(_("只有总编辑可以封存图片或解除封存。"))
    reason = reason.strip()
    if not reason:
        raise ValueError(_("请写明原因。"))
    with transaction.atomic():
        row = Photo.objects.select_for_update().get(pk=photo.pk)
        if row.is_blocked == blocked:
            raise ValueError(_("这张图片已经封存。") if blocked else _("这张图片没有封存。"))
        action = "block" if blocked else "unblock"
        chain.append(f"photo:{row.pk}", action, by, at=now, digest=row.sha256, note=reason)
        photo.blocked_at = now if blocked else None
        photo.blocked_by = by if blocked else None
        photo.blocked_reason = reason if blocked else ""
        photo.save(update_fields=["blocked_at", "blocked_by", "blocked_reason"])
