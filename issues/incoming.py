"""Pages laid out elsewhere come in (传入外来版面): each PDF page becomes, or replaces, a page of the issue.

Where its stories stand is proposed by their text (`issues.outside.matching`), as boxes on a grid of a
thousand by a thousand; people correct them afterwards.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import rules
from issues.freeze import Text, texts_of
from issues.models import Edit, Issue, Page, Placement
from issues.outside.matching import Rect, propose
from issues.outside.reading import OutsidePage, Refused, read_pdf
from issues.skeleton import MOST_PAGES, count_pages, is_empty
from issues.waiting import waiting
from media import store
from people.models import User

MOST_FILES = 32
Files = Sequence[tuple[str, IO[bytes]]]


@dataclass
class Arrived:
    """What came in: the pages in order, and the stories whose places were found, by page."""

    pages: list[Page] = field(default_factory=list)
    found: dict[int, list[int]] = field(default_factory=dict)

    @property
    def stories(self) -> int:
        return sum(map(len, self.found.values()))


def take_in(
    issue: Issue, files: Files, by: User, now: datetime, first: int | None = None, replace: bool = False
) -> Arrived:
    """Read the PDFs and put their pages in the places from page `first` on.

    Without `first`, files of one page that are all numbered (01.pdf, 第3版.pdf) go to those pages, others to
    page 1 and on. A page on which something was laid out here is replaced only with `replace`. Raises
    NotAllowed, NotReady or Conflict with a sentence, and then nothing has changed.
    """
    if not rules.may_edit_issues(by):
        raise NotAllowed(_("外来版面由版面编辑或编辑传入。"))
    if not files:
        raise _unready(_("请选择要传入的 PDF。"))
    if len(files) > MOST_FILES:
        raise _unready(_("一次最多传%d个文件。") % MOST_FILES)
    numbered = _numbered(_read(files), first)
    texts = texts_of([one.article for one in waiting(issue, now)], now)
    for _number, read in numbered:  # before any row is held
        store.put(file_of(_sha256(read)), io.BytesIO(read.pdf))
    arrived = Arrived()
    with transaction.atomic():
        current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
        held = Page.objects.select_for_update(of=("self",)).filter(issue=current).order_by("number")
        pages = {page.number: page for page in held}
        for number, read in numbered:
            page = pages.get(number)
            if page is None and current.release_at:
                raise Conflict(_("这一期已定发布时间，不能再加第%d版。") % number)
            if page is not None:
                check_replaceable(page, replace)
            page = page or Page(issue=current, number=number)
            become_outside(page, _sha256(read), (read.width_um, read.height_um))
            Edit.record(page, by, now, {"page": ["outside"]})
            arrived.pages.append(page)
            arrived.found[page.pk] = _areas(page, read, texts)
        count_pages(current)
    return arrived


def _read(files: Files) -> list[tuple[str, list[OutsidePage]]]:
    """Each file's name with its pages, in the order people would put the names."""
    read = []
    for name, file in sorted(files, key=lambda one: natural(one[0])):
        try:
            read.append((name, read_pdf(file, name)))
        except Refused as refused:
            raise _unready(str(refused)) from refused
    return read


def _numbered(read: list[tuple[str, list[OutsidePage]]], first: int | None) -> list[tuple[int, OutsidePage]]:
    """Each page of the files with the number it gets."""
    pages = [page for _name, those in read for page in those]
    named = [number for name, _pages in read if (number := _number_in(name))]
    by_name = first is None and len(pages) == len(read) == len(set(named))
    begin = 1 if first is None else first
    numbers = named if by_name else list(range(begin, begin + len(pages)))
    if not 1 <= min(numbers) <= max(numbers) <= MOST_PAGES:
        raise _unready(_("版次要在1到%d之间。") % MOST_PAGES)
    return sorted(zip(numbers, pages, strict=True), key=lambda one: one[0])


def _number_in(name: str) -> int | None:
    """3 of 第3版.pdf, 2 of 20180705-02.pdf: the last number that could be a page's."""
    found = [int(digits) for digits in re.findall(r"\d+", name.rsplit(".", 1)[0]) if len(digits) < 4]
    return found[-1] if found and 1 <= found[-1] <= MOST_PAGES else None


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts 9 before 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def check_replaceable(page: Page, replace: bool = False) -> None:
    """Raises Conflict or NotReady where no page from outside may take the page's place."""
    if page.status == Page.Status.SIGNED:
        raise Conflict(_("%s已签样。要换，请编辑先退回改版。") % page.label)
    if not replace and not page.is_outside and not is_empty(page):
        raise _unready(_("%s已在这里拼版。确实要换成外来版面，请勾选“替换已拼的版面”。") % page.label)


def become_outside(page: Page, sha256: str, size: tuple[int, int]) -> None:
    """The page as that PDF (see `file_of`), its size in micrometres.

    What was laid out here goes; hot areas of another outside page stay for now.
    """
    if page.pk and not page.is_outside:
        page.placements.all().delete()
    page.outside, page.outside_sha256 = file_of(sha256), sha256
    page.width, page.height = size
    page.save(update_fields=["outside", "outside_sha256", "width", "height"] if page.pk else None)


def _areas(page: Page, read: OutsidePage, texts: dict[int, Text]) -> list[int]:
    """Propose where the stories stand; one that is not found keeps the place it was given by hand."""
    stories = {
        pk: {"headline": text.content["headline"], "body": text.content["body"]} for pk, text in texts.items()
    }
    found: dict[int, list[Rect]] = propose(read.text, stories)
    page.placements.filter(article__in=found).delete()
    Placement.objects.bulk_create(
        Placement(page=page, kind=Placement.Kind.STORY, article_id=pk, col=x, row=y, cols=width, rows=height)
        for pk, rects in found.items()
        for x, y, width, height in rects
    )
    return list(found)


def _sha256(read: OutsidePage) -> str:
    return hashlib.sha256(read.pdf).hexdigest()


def file_of(sha256: str) -> str:
    """Where the storage keeps the PDF of an outside page."""
    return f"outside/{sha256}.pdf"


def _unready(sentence: str) -> NotReady:
    return NotReady([Problem("files", sentence)])
