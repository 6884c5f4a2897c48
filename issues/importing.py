"""Files and folders into drafts, one file after the other (批量导入): each in steps that a kill can't halve.

A file's pages are written together; then each page's drafts, issue and page together. Who runs it again goes
on where it stopped: a file is known by its content, and a page that waits, untouched, is accepted.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.intake import kept, shape, shelf
from articles.intake.refusals import Refused
from articles.models import Intake
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import rules
from issues.incoming import natural
from issues.intake import Accepted, accept
from issues.models import Issue
from media.child import MEGABYTE
from people.models import User

log = logging.getLogger(__name__)
MAX_BYTES = 200 * MEGABYTE  # of a file; each kind has its own limit below
READ, DOUBTED, REFUSED, KNOWN = "read", "doubted", "refused", "already here"


@dataclass(frozen=True)
class Wanted:
    """How to import. `issue` and `page`: where the stories go, whatever the pages say of themselves."""

    by: User | None = None
    issue: date | None = None
    page: int | None = None
    new_issue: bool = False
    dry_run: bool = False


@dataclass
class Outcome:
    """What became of a file. `told`: each page as contract.md's JSON object; `notes`: for who imported it."""

    name: str
    state: str
    told: list[dict[str, Any]] = field(default_factory=list)
    stories: int = 0
    notes: list[str] = field(default_factory=list)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and those of folders and of folders in them by name; not the hidden ones."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = (one for one in path.rglob("*") if one.is_file())
        shown = [one for one in found if not any(p.startswith(".") for p in one.relative_to(path).parts)]
        yield from sorted(shown, key=lambda one: natural(str(one)))


def import_file(path: Path, wanted: Wanted) -> Outcome:
    """Read one file and accept its pages. A file that can't be read, for whatever reason, is refused."""
    name = str(path)
    try:
        data = _bytes(path)
        return _dry(name, data) if wanted.dry_run else _import(name, data, wanted)
    except Refused as refused:
        return Outcome(name, REFUSED, notes=[str(refused)])
    except OSError as wrong:
        return Outcome(name, REFUSED, notes=[_("读不了这个文件：%s") % (wrong.strerror or wrong)])
    except OperationalError:
        raise  # of the database, not of the file
    except Exception as wrong:  # a fault of ours: the other thousands are imported all the same
        log.exception("import of %s", path)
        return Outcome(name, REFUSED, notes=[_("识别时出错（%s），请联系管理员。") % type(wrong).__name__])


def report(states: Counter[str]) -> str:
    """1000 files: 950 read, 40 doubted, 2 refused, 8 already here"""
    counts = ", ".join(f"{states[state]} {state}" for state in (READ, DOUBTED, REFUSED, KNOWN))
    return f"{states.total()} files: {counts}"


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Refused("large", path.name, size=size, limit=MAX_BYTES)
    return path.read_bytes()


def _dry(name: str, data: bytes) -> Outcome:
    arrived = shelf.read(Path(name).name, data)
    if arrived.error:
        return Outcome(name, REFUSED, notes=[arrived.error])
    told = [shape.as_json(reading, name) for _document, reading in arrived.pages]
    return _outcome(name, READ, told)


def _import(name: str, data: bytes, wanted: Wanted) -> Outcome:
    now = timezone.now()
    arrived = shelf.Arrived(Path(name).name, data)
    known = shelf.known_pages(arrived.sha256)
    rows = known or shelf.put(shelf.read(arrived.name, data), wanted.by, now)
    if rows[0].status == Intake.Status.REFUSED:
        return Outcome(name, REFUSED, notes=[rows[0].error])
    told = [shape.as_json(kept.reading_of(row), name) for row in rows]
    accepted = [one for row in rows if _is_ours(row) and (one := _accept(row, wanted))]
    left = not known and all(row.is_open for row in rows)  # for people to look at
    outcome = _outcome(name, READ if accepted or left else KNOWN, told)
    outcome.stories = sum(len(one.articles) for one in accepted)
    outcome.notes += [note for one in accepted for note in one.notes]
    if not accepted and any(row.is_open and row.version for row in rows):
        outcome.notes.append(_("别人正在收稿台上整理，没有动它。"))
    return outcome


def _is_ours(row: Intake) -> bool:
    """Whether it waits as it was read. A text that no story was found in is left for people to look at."""
    return row.is_open and not row.version and bool(row.page_pdf or kept.reading_of(row).groups)


def _accept(row: Intake, wanted: Wanted) -> Accepted | None:
    """None if it is, by now, somebody else's. What has no place in a paper becomes drafts all the same."""
    now, day = timezone.now(), wanted.issue or row.issue_date
    page = wanted.page + row.part - 1 if wanted.page else row.page_number
    note = ""
    try:
        if day and page and _is_placed(day, wanted):
            return accept(row, wanted.by, now, day, page, new_issue=wanted.new_issue)
    except (NotReady, Conflict) as refused:
        note = str(refused)
    try:
        accepted = accept(row, wanted.by, now)
    except (Conflict, NotAllowed):
        return None
    accepted.notes += [note] if note else []
    return accepted


def _is_placed(day: date, wanted: Wanted) -> bool:
    """Whether it goes into a paper: one that is there, or may be opened, and is his to lay out."""
    there = wanted.issue or wanted.new_issue or Issue.objects.filter(date=day).exists()
    return bool(there) and (wanted.by is None or rules.may_edit_issues(wanted.by))


def _outcome(name: str, state: str, told: list[dict[str, Any]]) -> Outcome:
    """Several pages are told apart by `part`, their number in the file."""
    if len(told) > 1:
        told = [{**page, "part": number} for number, page in enumerate(told, 1)]
    doubted = any(story["warnings"] for page in told for story in page["articles"])
    stories = sum(len(page["articles"]) for page in told)
    nothing = not stories and not any(page["photos"] for page in told)
    notes = [_("没有读出稿件，请到收稿台上看一看。")] if nothing else []
    return Outcome(name, DOUBTED if (doubted or nothing) and state == READ else state, told, stories, notes)
