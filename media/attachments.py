"""Files that stories offer for download: what is taken in, under which name, and what it is served as.

A refusal is one sentence for the person at the form.
"""

from __future__ import annotations

import re
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from media import child, store
from media.child import MEGABYTE
from media.inspection import Refused
from media.library import Readable, clean_name
from media.models import Attachment
from people.models import User

MOST_BYTES = 30 * MEGABYTE
LONGEST_NAME = 100
WALL_SECONDS = 20
_CHUNK = MEGABYTE
#: Kind (and end of the name) to content type. No kind that runs anything in a browser or by itself.
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
}
# Letters and digits of any script, and the marks that names of official files have.
_ODD = re.compile(r"[^\w（）()《》〔〕【】·、，—+-]+")


def take_in(file: Readable, name: str, by: User | None) -> tuple[Attachment, bool]:
    """Take a file in: (attachment, whether it is new). The same bytes are always the same attachment.

    Raises `Refused`, and then nothing is stored. Opens its own transaction and must not be called inside
    one (RuntimeError): a rollback around it would leave the file behind without its row.
    """
    with TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        digest, size = _copy(file, copy)
        if found := Attachment.objects.filter(sha256=digest).first():
            _mend(found, copy)
            return found, False
        kind = kind_of(copy)
        row = Attachment(sha256=digest, name=named(name, kind), kind=kind, bytes=size, uploaded_by=by)
        return _add(row, copy)


def kind_of(file: IO[bytes]) -> str:
    """Which of `KINDS` the bytes are, whatever the file is called. Raises `Refused`."""
    file.seek(0)
    head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("这是旧版 Office 文件，请另存为 DOCX、XLSX 或 PDF 后再上传。"))
    if not head.startswith((b"%PDF-", b"PK\x03\x04")):
        raise Refused(_("附件只收 PDF、OFD、DOCX 和 XLSX 文件。"))
    with child.real(file) as real:
        answer = child.answer("media.fileprobe", {}, WALL_SECONDS, real)
    if answer.get("kind") in KINDS:
        return str(answer["kind"])
    raise Refused(
        {
            "unknown": _("附件只收 PDF、OFD、DOCX 和 XLSX 文件。"),
            "macros": _("文件里有宏，不能作附件，请另存为不带宏的文件或 PDF 后再上传。"),
            "locked": _("文件有打开密码，读者打不开，请去掉密码后再上传。"),
            "heavy": _("文件太大或结构异常，检查时超出了时间或内存上限。"),
        }.get(str(answer.get("refused")), _("文件已损坏或不完整，无法打开，请从原处重新导出后再上传。"))
    )


def named(name: str, kind: str) -> str:
    """A name that is safe in an address and on any disk, with the end that its content has."""
    stem = clean_name(name).rpartition(".")[0] or clean_name(name)
    stem = _ODD.sub("-", stem).strip("-")[:LONGEST_NAME].rstrip("-")
    return f"{stem or 'file'}.{kind}"


def digest_of(attachment: Attachment) -> str:
    """SHA-256, in hex, of what the storage has now. Raises OSError for a file that is not there."""
    digest = sha256()
    with default_storage.open(attachment.file.name or "", "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _copy(file: Readable, copy: IO[bytes]) -> tuple[str, int]:
    digest, size = sha256(), 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refused(_("附件超过上限 %d MB。") % (MOST_BYTES // MEGABYTE))
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    if not size:
        raise Refused(_("文件是空的，请重新选择。"))
    return digest.hexdigest(), size


def _mend(attachment: Attachment, copy: IO[bytes]) -> None:
    """Who uploads a file again that was lost brings it back."""
    path = attachment.file.name or ""
    if not default_storage.exists(path):
        store.put(path, copy)


def _add(row: Attachment, copy: IO[bytes]) -> tuple[Attachment, bool]:
    path = f"attachments/{row.sha256[:2]}/{row.sha256}.{row.kind}"
    row.file.name = path
    try:
        with transaction.atomic(durable=True):
            row.save()
            store.put(path, copy)  # last: only who won the unique digest writes
    except IntegrityError:
        winner = Attachment.objects.filter(sha256=row.sha256).first()
        if winner is None:
            raise
        return winner, False
    except BaseException:
        if not Attachment.objects.filter(sha256=row.sha256).exists():
            default_storage.delete(path)
        raise
    return row, True
