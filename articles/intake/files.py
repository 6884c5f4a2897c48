"""A file that was sent, as the pages it holds: what it is, its bytes say first, and its name only then."""

from __future__ import annotations

import struct
from pathlib import PurePath

from articles.intake import encodings
from articles.intake.pieces import Document, lines_of
from articles.intake.refusals import Refused
from articles.intake.webpage import is_webpage, lines_of_webpage
from articles.intake.word.old import as_docx
from articles.intake.word.reading import read_docx

_ZIP, _RTF = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"{\\rtf"
# The container of Word before 2007, of WPS, and of any .docx with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORD = (".doc", ".dot", ".wps", ".wpt", ".rtf")
_NEEDS = {".docx": _ZIP, ".docm": _ZIP, ".dotx": _ZIP, ".pdf": (b"%PDF-",)}
_WORD_97_MARK, _WORD_97_LOCKED = 0xA5EC, 0x0100


def read_file(name: str, data: bytes) -> list[Document]:
    """The pages of the file in order, one for what has no pages. Raises Refused; nothing is written."""
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    if not data:
        raise Refused("empty", name)
    if data.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in data[:1024]):
        from articles.intake.pdf.reading import read_pdf

        return read_pdf(data, name)
    if data.startswith(_ZIP):
        return [read_docx(data, name)]
    if data.startswith(_OLE):
        return [_read_ole(name, suffix, data)]
    if data.startswith(_RTF) or (suffix in _OLD_WORD and data.lstrip().startswith(b"<?xml")):
        return [read_docx(as_docx(data, name), name)]
    if suffix in _NEEDS:
        raise Refused("broken", name)
    return [_read_text(name, data)]


def _read_text(name: str, data: bytes) -> Document:
    try:
        text = encodings.decode(data)
    except encodings.Unreadable as unreadable:
        raise Refused(unreadable.reason, name, size=len(data), limit=encodings.MAX_BYTES) from unreadable
    lines = lines_of_webpage(text) if is_webpage(text) else lines_of(text)  # also what is called .doc
    if not lines:
        raise Refused("no_text", name)
    return Document(lines)


def _read_ole(name: str, suffix: str, data: bytes) -> Document:
    if _in_ole("EncryptedPackage", data) or _is_locked(data):
        raise Refused("encrypted", name)
    if suffix in _NEEDS or not (suffix in _OLD_WORD or _in_ole("WordDocument", data)):
        raise Refused("unknown", name)
    return read_docx(as_docx(data, name), name)


def _in_ole(stream: str, data: bytes) -> bool:
    return stream.encode("utf-16-le") in data


def _is_locked(data: bytes) -> bool:
    """Whether Word 97 and later put a password on it: a flag in the header of its text, as a rule the first
    sector after the container's own."""
    if len(data) < 524:
        return False
    mark, flags = struct.unpack_from("<H8xH", data, 512)
    return mark == _WORD_97_MARK and bool(flags & _WORD_97_LOCKED)
