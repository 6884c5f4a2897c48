"""Writing files so that nobody ever reads half of one, on disk or in a bucket."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage


def put(name: str, content: IO[bytes], storage: Storage = default_storage) -> str:
    """Store `content` under exactly `name`, replacing what is there, and return the name.

    On disk it appears whole or not at all, also when the process is killed; a bucket does that by itself.
    """
    content.seek(0)
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        if storage.exists(name):
            storage.delete(name)
        return storage.save(name, File(content))
    _replace(path, content, storage)
    return name


def _replace(path: Path, content: IO[bytes], storage: Storage) -> None:
    mode = getattr(storage, "directory_permissions_mode", None) or 0o755
    path.parent.mkdir(parents=True, exist_ok=True, mode=mode)
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with draft.open("xb") as target:
            shutil.copyfileobj(content, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        draft.chmod(getattr(storage, "file_permissions_mode", None) or 0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
