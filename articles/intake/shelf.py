"""Taking files in: each once, by its content, read into pages that wait to be accepted; corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.intake import kept
from articles.intake.doubts import doubts
from articles.intake.files import read_file
from articles.intake.imprint import days_of, page_of
from articles.intake.pieces import Document, Line, Reading
from articles.intake.reading import read_document
from articles.intake.refusals import Refused
from articles.models import Intake, IntakeBatch
from articles.refusals import Conflict, NotAllowed
from media.library import clean_name
from people.models import User

Status = Intake.Status
MOST_GROUPS = 9999
_WORD = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


@dataclass(frozen=True)
class Arrived:
    """A file and what it reads as; `error` says in a sentence why it doesn't."""

    name: str
    data: bytes
    pages: Sequence[tuple[Document, Reading]] = ()
    error: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    @property
    def form(self) -> str:
        if (self.pages and self.pages[0][0].pdf) or self.data.startswith(b"%PDF-"):
            return Intake.Form.PDF
        return Intake.Form.WORD if self.data.startswith(_WORD) else Intake.Form.TEXT


def receive(
    name: str, data: bytes, by: User | None, now: datetime, batch: IntakeBatch | None = None
) -> list[Intake]:
    """The pages of the file, read; those that are here already if it ever came before, whatever its name.

    One that cannot be read is a single row with its sentence (`error`), and nothing of it is kept; sent
    again, it is tried again. `by` None is the bureau itself. Raises NotAllowed.
    """
    check_may_take_in(by)
    if known := known_pages(sha256(data).hexdigest()):
        return known
    return put(read(name, data), by, now, batch)


def paste(text: str, by: User | None, now: datetime) -> list[Intake]:
    """As `receive`, of text that was pasted."""
    return receive(_("粘贴的文字") + ".txt", text.encode("utf-8", "replace"), by, now)


def known_pages(digest: str) -> list[Intake]:
    """The pages of a file that came before, unless it was refused."""
    found = list(Intake.objects.of_file(digest))
    return [] if found and found[0].status == Status.REFUSED else found


def read(name: str, data: bytes) -> Arrived:
    """The file's pages and how they read. Writes nothing."""
    try:
        documents = [_storable(document) for document in read_file(name, data)]
    except Refused as refused:
        return Arrived(name, data, error=str(refused))
    return Arrived(name, data, [(document, read_document(document)) for document in documents])


def put(arrived: Arrived, by: User | None, now: datetime, batch: IntakeBatch | None = None) -> list[Intake]:
    """Keep what arrived. Of two who bring the same file at once, one puts it down and both get its pages."""
    first = Intake(sha256=arrived.sha256, part=1, batch=batch, sent_by=by, sent_at=now)
    files = keep_files(arrived)
    try:
        with transaction.atomic():
            refused = Intake.objects.select_for_update(of=("self",)).of_file(first.sha256).first()
            if refused and refused.status != Status.REFUSED:
                return list(Intake.objects.of_file(first.sha256))
            if refused:
                first.pk = refused.pk
            return write_pages(first, arrived, files)
    except IntegrityError:
        if known := list(Intake.objects.of_file(first.sha256)):
            return known
        raise


@dataclass(frozen=True)
class Files:
    """Where the storage has the file, and each page by itself with its pictures."""

    whole: str = ""
    pages: Sequence[tuple[str, dict[str, str]]] = ()


def keep_files(arrived: Arrived) -> Files:
    """Store the file and what is in it, before any row is held. Nothing of what is refused."""
    if arrived.error:
        return Files()
    pages = [(kept.put_page(document), kept.put_pictures(document)) for document, _reading in arrived.pages]
    return Files(kept.put_file(arrived.sha256, arrived.name, arrived.form, arrived.data), pages)


def write_pages(first: Intake, arrived: Arrived, files: Files) -> list[Intake]:
    """The rows of a file, `first` its first page's: new, or one that waited. In the caller's transaction."""
    first.name, first.form, first.file = clean_name(kept.possible(arrived.name)), arrived.form, files.whole
    if arrived.error:
        first.status, first.error = Status.REFUSED, arrived.error
        first.save()
        return [first]
    rows: list[Intake] = []
    days = days_of([reading for _document, reading in arrived.pages], first.name)
    for (document, reading), (pdf, pictures) in zip(arrived.pages, files.pages, strict=True):
        row = first if not rows else _another(first)
        row.part, row.status, row.error = len(rows) + 1, Status.READ, ""
        row.page_pdf, row.pictures = pdf, kept.dump(pictures)
        row.width, row.height = document.size
        row.text, row.lines, row.lost = document.text, kept.dump_lines(document.lines), document.lost
        _lay(row, reading)
        row.reading_form = reading.form
        row.issue_date = days[len(rows)]
        row.page_number = page_of(reading, row.name, row.part, len(arrived.pages))
        row.save()
        rows.append(row)
    return rows


def save_pieces(intake: Intake, rows: Any, version: int, by: User, now: datetime) -> Intake:
    """What a person corrected: `rows` as `Reading.as_rows` gives them, over the `version` that was on screen.

    Raises NotAllowed; ValueError for what is no reading of the whole page; Conflict if somebody else saved
    meanwhile or it is no longer open. Then nothing has changed. The passed instance is refreshed.
    """
    check_may_edit(intake, by)
    try:
        reading = kept.reading_of(intake).with_rows(rows)
    except OverflowError as wrong:  # JSON's Infinity
        raise ValueError(str(wrong)) from wrong
    if any(not 0 <= piece.group <= MOST_GROUPS for piece in reading.pieces):
        raise ValueError("no such group")
    _lay(intake, reading)
    changed = Intake.objects.filter(pk=intake.pk, version=version, status=Status.READ).update(
        pieces=intake.pieces, doubts=intake.doubts, version=version + 1, changed_by=by, changed_at=now
    )
    intake.refresh_from_db()
    if changed:
        return intake
    if intake.status != Status.READ:
        raise Conflict(_("《%s》已经收下或不收，不能再改。") % intake)
    raise Conflict(_("%s刚改过这一页，请刷新后再改。") % (intake.changed_by or _("有人")))


def drop(intake: Intake, by: User, now: datetime) -> None:
    """不收: it makes no stories; nothing is lost. Raises NotAllowed or Conflict."""
    _move(intake, by, now, [Status.READ, Status.REFUSED], Status.DROPPED)


def restore(intake: Intake, by: User, now: datetime) -> None:
    """Take up again what was dropped. Raises NotAllowed or Conflict."""
    _move(intake, by, now, [Status.DROPPED], Status.REFUSED if intake.error else Status.READ)


def check_may_take_in(by: User | None) -> None:
    if by is not None and not rules.may_take_in(by):
        raise NotAllowed(_("收稿由记者、编辑和版面编辑来做。"))


def check_may_edit(intake: Intake, by: User | None) -> None:
    if by is not None and not rules.may_edit_intake(by, intake):
        raise NotAllowed(_("只能整理自己收的来稿。"))


def _move(intake: Intake, by: User, now: datetime, leaves: list[Status], to: Status) -> None:
    check_may_edit(intake, by)
    open_rows = Intake.objects.filter(pk=intake.pk, status__in=leaves)
    moved = open_rows.update(status=to, changed_by=by, changed_at=now)
    intake.refresh_from_db()
    if not moved:
        raise Conflict(_("《%(intake)s》现在是“%(status)s”。") % _said(intake))


def _said(intake: Intake) -> dict[str, str]:
    return {"intake": str(intake), "status": str(intake.get_status_display())}


def _lay(row: Intake, reading: Reading) -> None:
    row.pieces = kept.dump(reading.as_rows())
    # Words that no story was found in are a doubt of their own.
    row.doubts = sum(map(len, doubts(reading).values())) + bool(reading.lines and not reading.groups)


def _another(first: Intake) -> Intake:
    """A further page of the same file."""
    same = ("sha256", "name", "form", "file", "batch", "sent_by", "sent_at")
    return Intake(**{name: getattr(first, name) for name in same})


def _storable(document: Document) -> Document:
    """Without characters that no database takes; every place in a line stays where it is."""
    return replace(document, lines=tuple(map(_storable_line, document.lines)))


def _storable_line(line: Line) -> Line:
    table = tuple(tuple(map(kept.possible, row)) for row in line.table)
    return replace(line, text=kept.possible(line.text), table=table)
