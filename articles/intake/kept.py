"""What was sent in as the database keeps it, and back: lines and pieces as JSON text, files."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage

from articles.intake.pieces import NEWSPAPER, Document, Line, Reading
from articles.models import Intake
from media import store

FOLDER = "intake"
#: How the kept file may end; anything else becomes .txt, .docx or .pdf by what it is.
_ENDINGS = {".txt", ".md", ".htm", ".html", ".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".pdf"}
_USUAL = {Intake.Form.TEXT: ".txt", Intake.Form.WORD: ".docx", Intake.Form.PDF: ".pdf"}
# What no database and no feed takes (see newsroom.lib.text). One for one, so that no place in a line moves.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def possible(text: str) -> str:
    """The text with U+FFFD for each character that cannot be stored."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_lines(lines: tuple[Line, ...]) -> str:
    return dump([[*_plain(line), line.box, line.picture, line.table] for line in lines])


def load_lines(text: str) -> tuple[Line, ...]:
    return tuple(map(_line, json.loads(text)))


def _line(row: list[Any]) -> Line:
    text, gap, level, size, bold, box, picture, table = row
    return Line(text, gap, level, size, bold, tuple(box) if box else None, picture, tuple(map(tuple, table)))


def _plain(line: Line) -> list[Any]:
    return [line.text, line.gap, line.level, line.size, line.bold]


def reading_of(intake: Intake) -> Reading:
    """How the page reads now, with what people corrected."""
    form = intake.reading_form or NEWSPAPER
    return Reading(load_lines(intake.lines), (), form).with_rows(json.loads(intake.pieces))


def put_file(digest: str, name: str, form: str, data: bytes) -> str:
    """Store the file as it was sent; returns its name in the storage."""
    return _put(f"{FOLDER}/{digest}{_ending(name, form)}", data)


def put_page(document: Document) -> str:
    """Store a PDF's page by itself; "" for what is none."""
    return _put(f"{FOLDER}/pages/{_digest(document.pdf)}.pdf", document.pdf) if document.pdf else ""


def put_pictures(document: Document) -> dict[str, str]:
    """Store the page's pictures; each one's name in the lines, and its name in the storage."""
    return {
        name: _put(f"{FOLDER}/pictures/{_digest(data)}{PurePath(name).suffix.lower()[:8]}", data)
        for name, data in document.pictures.items()
    }


def pictures_of(intake: Intake) -> dict[str, str]:
    found: dict[str, str] = json.loads(intake.pictures)
    return found


def files_of(intake: Intake) -> list[str]:
    """Names in the storage of all that is kept of the page."""
    return [name for name in (str(intake.file), str(intake.page_pdf), *pictures_of(intake).values()) if name]


def _put(path: str, data: bytes) -> str:
    """Files are named by their bytes: what is there already is the same."""
    return path if default_storage.exists(path) else store.put(path, io.BytesIO(data))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _ending(name: str, form: str) -> str:
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    return suffix if suffix in _ENDINGS else _USUAL[Intake.Form(form)]
