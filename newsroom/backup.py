"""The whole bureau in one folder, with checksums: to keep, or to move from one database to another.

database.jsonl   every row, one JSON object a line, in an order that can be loaded from top to bottom
files/…          the originals of the pictures (renditions are made again), what was sent in, fonts, printers'
                 profiles, and each proof's PDF and pictures, which were signed
SHA256SUMS       as `sha256sum --check` reads it; written last, so that a folder without it is no backup
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.files import File
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from articles.intake.kept import files_of
from articles.models import Intake
from issues.models import Masthead, Page, Proof, Typeface
from media.models import Attachment, Photo, Rendition
from people.models import User

APPS = ("people", "media", "articles", "issues")
LEFT_OUT = {Rendition}
SUMS = "SHA256SUMS"
ROWS = "database.jsonl"


class BackupError(Exception):
    """Why a backup cannot be made or restored, as a sentence."""


class Exact(DjangoJSONEncoder):
    """Django's encoder cuts times to milliseconds; the chain is signed to the microsecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def models_in_order() -> list[type[models.Model]]:
    """Every model of the bureau, groups first; references within the database are checked at the end."""
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [Group, *(model for model in ours if model not in LEFT_OUT)]


def back_up(target: Path) -> int:
    """Write a backup into an empty or new folder; returns the number of rows. Raises BackupError."""
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty")
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)  # passwords' hashes, and stories that nobody has signed
    with transaction.atomic(), (target / ROWS).open("w", encoding="utf-8") as stream:
        if (
            connection.vendor == "postgresql"
        ):  # one moment for all tables; SQLite's transaction is one already
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        stream.write(f'{{"migrations": {len(applied())}}}\n')
        count = sum(_dump(model, stream) for model in models_in_order())
        originals = list(kept_files())
    storage = Photo._meta.get_field("original").storage
    for name in originals:
        path = target / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with storage.open(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    sums = "".join(f"{digest_of(path)}  {path.relative_to(target)}\n" for path in _files(target))
    (target / SUMS).write_text(sums, encoding="utf-8")
    return count


def restore(source: Path) -> int:
    """Bring a backup back into a migrated database without accounts; returns the number of rows.

    All or nothing for the database. Raises BackupError before anything is written if a file is damaged, the
    database is in use, or it is of another version.
    """
    _check(source)
    with (source / ROWS).open(encoding="utf-8") as stream, transaction.atomic():
        if next(stream).strip() != f'{{"migrations": {len(applied())}}}':
            raise BackupError("the backup is of another version of the software")
        if User.objects.exists():
            raise BackupError("the database is in use: restore into a new one")
        for model in reversed(models_in_order()):
            model._base_manager.all().delete()
        count = 0
        for row in serializers.deserialize("jsonl", stream):
            row.save()
            count += 1
        for statement in connection.ops.sequence_reset_sql(no_style(), models_in_order()):
            connection.cursor().execute(statement)
    storage = Photo._meta.get_field("original").storage
    for path in (source / "files").rglob("*"):
        name = str(path.relative_to(source / "files"))
        if path.is_file() and not storage.exists(name):
            with path.open("rb") as file:
                storage.save(name, File(file))
    Photo.objects.update(state=Photo.State.WAITING, claimed_at=None, done=0)
    return count


def kept_files() -> Iterator[str]:
    """Names in the storage of every file that nothing else can bring back."""
    yield from Photo.objects.values_list("original", flat=True)
    yield from Attachment.objects.values_list("file", flat=True)
    yield from dict.fromkeys(name for intake in Intake.objects.light() for name in files_of(intake))
    yield from Typeface.objects.values_list("file", flat=True)
    yield from Masthead.objects.exclude(icc_profile="").values_list("icc_profile", flat=True)
    yield from Page.objects.exclude(outside="").values_list("outside", flat=True)
    for proof in Proof.objects.filter(state=Proof.State.READY).defer("content", "card", "report"):
        yield proof.pdf_name
        yield from map(proof.picture_name, proof.sizes)


def applied() -> list[tuple[str, str]]:
    return [key for key in MigrationRecorder(connection).applied_migrations() if key[0] in APPS]


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(model: type[models.Model], stream: IO[str]) -> int:
    rows = model._base_manager.order_by("pk")
    serializers.serialize("jsonl", rows.iterator(chunk_size=500), stream=stream, cls=Exact)
    return rows.count()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SUMS)


def _check(source: Path) -> None:
    if not (source / SUMS).is_file():
        raise BackupError(f"{source} holds no whole backup: there is no {SUMS}")
    for line in (source / SUMS).read_text(encoding="utf-8").splitlines():
        expected, name = line.split("  ", 1)
        if not (source / name).is_file() or digest_of(source / name) != expected:
            raise BackupError(f"{name} is missing or damaged")
