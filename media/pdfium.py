"""PDFium, one thread at a time: the library is not safe from several, so all its use goes through here."""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

import pypdfium2

Document: TypeAlias = pypdfium2.PdfDocument
Page: TypeAlias = pypdfium2.PdfPage
PdfiumError = pypdfium2.PdfiumError

_ALONE = threading.RLock()
_ID = re.compile(rb"/ID\[(<[0-9A-Fa-f]*>|\((?:\\.|[^\\()])*\))(<[0-9A-Fa-f]*>|\((?:\\.|[^\\()])*\))\]", re.S)
_DATE = re.compile(rb"/CreationDate\(D:[^)]*\)(?=/Creator\(PDFium\))")
_HEAD = 4096  # bytes; the document's own objects come first


@contextmanager
def alone() -> Iterator[None]:
    """Hold PDFium: whatever is opened within must be closed within."""
    with _ALONE:
        yield


@contextmanager
def opened(pdf: bytes) -> Iterator[Document]:
    """The PDF, for as long as the block lasts. Raises PdfiumError for what is none."""
    with _ALONE:
        document = Document(pdf)
        try:
            yield document
        finally:
            document.close()


@contextmanager
def empty() -> Iterator[Document]:
    """A PDF without pages."""
    with _ALONE:
        document = Document.new()
        try:
            yield document
        finally:
            document.close()


def saved(document: Document) -> bytes:
    """The file of it: the same bytes for the same content.

    PDFium makes up an identifier each time, and notes the time in a document that it began. Here the one is
    a digest of the file and the other is left out.
    """
    target = io.BytesIO()
    document.save(target)
    data = target.getvalue()
    if date := _DATE.search(data, 0, _HEAD):
        data = data[: date.start()] + b" " * (date.end() - date.start()) + data[date.end() :]
    found = _ID.search(data, data.rfind(b"trailer"))
    if found is None:
        return data
    name = hashlib.sha256(data[: found.start()]).hexdigest()[:32].upper().encode()
    return data[: found.start()] + b"/ID[<%b><%b>]" % (name, name) + data[found.end() :]
