"""What was sent in is accepted (入库): its stories become drafts, its page a page of the issue."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.intake import kept, shape
from articles.intake.drafts import make_drafts, take_pictures
from articles.intake.pieces import Reading
from articles.intake.shelf import check_may_edit, check_may_take_in
from articles.models import Article, Intake, Origin
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import incoming, rules
from issues.arranging.slicing import Area
from issues.frame import frame
from issues.imprint import issue_for, page_for
from issues.models import Edit, Issue, Page, Placement
from issues.outside.geometry import Box
from issues.outside.matching import areas_of
from issues.skeleton import count_pages
from media import store
from newsroom.lib.html import count_characters
from people.models import User

PICTURE_CHARACTERS = 150  # what a picture takes of a page


@dataclass
class Accepted:
    """What came of it: the drafts in order; where they were put, if anywhere; what could not be."""

    intake: Intake
    articles: list[Article] = field(default_factory=list)
    issue: Issue | None = None
    page: Page | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where it goes. `outside`: the SHA-256 of the page's own PDF, "" for what is none."""

    day: date
    number: int
    new_issue: bool
    outside: str


def accept(
    intake: Intake,
    by: User | None,
    now: datetime,
    issue_date: date | None = None,
    page: int | None = None,
    new_issue: bool = False,
    version: int | None = None,
    without: Collection[int] = (),
) -> Accepted:
    """Make drafts of the page's stories and, with a date and a page, put them there.

    A PDF's page becomes that page, its stories' places hot areas; of other pages each story gets a box on
    free ground. `new_issue` opens the issue where there is none of that date. `version` is what was on the
    screen (default: whatever is there); `without`: groups of the reading that nobody wants. Raises
    NotAllowed, NotReady or Conflict, and then nothing has changed. Not inside a transaction, as pictures go
    into the library first. The instance is refreshed.
    """
    check_may_take_in(by)
    check_may_edit(intake, by)
    if issue_date and page and by is not None and not rules.may_edit_issues(by):
        raise NotAllowed(_("把来稿放上版面由版面编辑或编辑来做。"))
    if intake.status != Intake.Status.READ:
        raise _taken(intake)
    photos = take_pictures(intake, by)
    place = _Place(issue_date, page, new_issue, _outside(intake)) if issue_date and page else None
    try:
        with transaction.atomic():
            _claim(intake, by, now, version)
            origins = make_drafts(intake, photos, by, now, issue_date, without)
            accepted = Accepted(intake, [origin.article for origin in origins])
            if place:
                _put(accepted, origins, place, by, now)
    finally:
        intake.refresh_from_db()
    return accepted


def _claim(intake: Intake, by: User | None, now: datetime, version: int | None) -> None:
    """Of two who accept it, one does."""
    rows = Intake.objects.filter(pk=intake.pk, status=Intake.Status.READ)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(status=Intake.Status.ACCEPTED, accepted_by=by, accepted_at=now):
        intake.refresh_from_db()
        raise _taken(intake)
    intake.refresh_from_db()  # as it reads now, the row being ours


def _taken(intake: Intake) -> Conflict:
    said = {"intake": intake, "status": intake.get_status_display()}
    if intake.status == Intake.Status.READ:
        return Conflict(_("《%s》刚被改过，请刷新后再收。") % intake)
    return Conflict(_("《%(intake)s》现在是“%(status)s”，没有再收一次。") % said)


def _outside(intake: Intake) -> str:
    """The PDF of the page in its place as a page of the paper; its SHA-256, "" for what is none."""
    if not intake.page_pdf:
        return ""
    with default_storage.open(str(intake.page_pdf)) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if not default_storage.exists(incoming.file_of(digest)):
            store.put(incoming.file_of(digest), file)
    return digest


def _put(
    accepted: Accepted, origins: Sequence[Origin], place: _Place, by: User | None, now: datetime
) -> None:
    """The page of the issue, and the stories on it."""
    reading = kept.reading_of(accepted.intake)
    said = shape.issue_of(reading)
    issue = issue_for(place.day, said, place.new_issue)
    page = page_for(issue, place.number, said, reading, composed=not place.outside)
    if place.outside:
        intake = accepted.intake
        _check_replaceable(page, place.outside)
        incoming.become_outside(page, place.outside, (intake.width, intake.height))
        boxes = _hot_areas(page, reading, origins)
    else:
        boxes = _boxes(page, accepted)
    Placement.objects.bulk_create(boxes)
    count_pages(issue)
    if issue.release_at is None:
        Article.objects.filter(pk__in=[one.pk for one in accepted.articles]).update(with_issue=True)
    if by is not None:
        Edit.record(page, by, now, {"page": ["outside" if place.outside else "boxes"]})
    accepted.issue, accepted.page = issue, page


def _check_replaceable(page: Page, outside: str) -> None:
    """Raises NotReady where the page is laid out here, or is another PDF, or has its stories already."""
    if page.pk:
        incoming.check_replaceable(page)
    if page.is_outside and (page.outside_sha256 != outside or page.placements.exists()):
        raise NotReady([Problem("page", _("%s已有外来版面和稿件，没有再放。") % page.label)])


def _hot_areas(page: Page, reading: Reading, origins: Sequence[Origin]) -> list[Placement]:
    found: dict[int, list[Box]] = {}
    for origin in origins:
        places = [reading.lines[piece.line].box for piece in reading.of(origin.group)]
        boxes = [Box(x, y, x + width, y + height) for x, y, width, height in filter(None, places)]
        found[origin.article_id] = boxes
    return [
        Placement(page=page, kind=Placement.Kind.STORY, article_id=pk, col=x, row=y, cols=width, rows=height)
        for pk, rects in areas_of(found).items()
        for x, y, width, height in rects
    ]


def _boxes(page: Page, accepted: Accepted) -> list[Placement]:
    """A box for each story on what is free of the page; those without room wait in the composer's list."""
    if page.is_outside:
        accepted.notes.append(_("%s是外来版面，稿件没有上版，在拼版页的稿件列表里。") % page.label)
        return []
    form = page.frozen_format()
    taken = [Area(box.col, box.row, box.cols, box.rows) for box in page.placements.all()]
    lengths = [
        count_characters(one.body) + PICTURE_CHARACTERS * one.photos.count() for one in accepted.articles
    ]
    areas = frame(form["columns"], form["rows"], taken, lengths)
    if left := len(accepted.articles) - len(areas):
        accepted.notes.append(
            _("%(page)s放不下，还有%(count)d篇在拼版页的稿件列表里。") % {"page": page.label, "count": left}
        )
    return [
        Placement(
            page=page, kind=Placement.Kind.STORY, article=article,
            col=area.col, row=area.row, cols=area.cols, rows=area.rows,
        )
        for article, area in zip(accepted.articles, areas, strict=False)
    ]  # fmt: skip
