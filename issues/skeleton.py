"""The frame of an issue: a new one after the last (照上期开新一期); its pages added, renamed, taken away."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import rules
from issues.models import Edit, Issue, Page, Placement
from people.models import User

MOST_PAGES = 64
USUAL_NAMES = ("要闻", "综合", "专题", "副刊")  # printed, so never translated
MASTHEAD_ROWS = 6
Kind = Placement.Kind
#: What stands on a page issue after issue, marked as such or not.
STANDING = (Kind.MASTHEAD, Kind.GUIDE, Kind.BANNER)


def next_issue(by: User, now: datetime, after: int | None = None) -> Issue:
    """A new issue with the numbers, pages, format and standing boxes of the last one; the guide is empty.

    `after` is the primary key of the issue that was the last one on the screen (0: there was none), so that
    two people, or two clicks, don't open two. Raises NotAllowed, NotReady or Conflict.
    """
    if not rules.may_edit_issues(by):
        raise NotAllowed(_("新一期由版面编辑或编辑来开。"))
    try:
        with transaction.atomic():
            last = Issue.objects.order_by("-date").first()
            if after is not None and after != (last.pk if last else 0):
                raise Conflict(_("刚有人开了新一期（%s）。") % last)
            issue = Issue(**_proposed())
            issue.full_clean(exclude=["masthead"])
            issue.save()
            give_pages(issue)
    except ValidationError as wrong:
        raise NotReady([Problem("issue", sentence) for sentence in wrong.messages]) from wrong
    except IntegrityError as lost:
        raise Conflict(_("刚有人开了新一期，请刷新后再看。")) from lost
    issue.refresh_from_db()
    return issue


def give_pages(issue: Issue) -> None:
    """The pages of the issue before it with their standing boxes; where that has none, a first issue's."""
    last = Issue.objects.exclude(pk=issue.pk).filter(date__lte=issue.date).order_by("-date").first()
    _copy_pages(last, issue) if last and last.pages.exists() else _first_pages(issue)
    count_pages(issue)


def add_page(issue: Issue, by: User, name: str) -> Page:
    """A page after the last one. Raises NotAllowed, NotReady or Conflict."""
    with transaction.atomic():
        current = _lock(issue, by)
        last = current.pages.aggregate(last=Max("number"))["last"] or 0
        if last >= MOST_PAGES:
            raise NotReady([Problem("pages", _("一期最多%d个版。") % MOST_PAGES)])
        page = Page(issue=current, number=last + 1, name=name.strip())
        _clean(page)
        page.save()
        count_pages(current)
    return page


def rename_page(page: Page, by: User, name: str, now: datetime) -> None:
    """Raises NotAllowed, NotReady or Conflict. The passed instance is refreshed."""
    with transaction.atomic():
        _lock(page.issue, by)
        current = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if not rules.may_compose(by, current):
            raise Conflict(_("%s已签样，要改请先退回改版。") % current.label)
        current.name = name.strip()
        _clean(current)
        current.save(update_fields=["name"])
        Edit.record(current, by, now, {"page": ["name"]})
    page.refresh_from_db()


def remove_page(page: Page, by: User) -> None:
    """Take away a page that never had anything but standing boxes and no proof; those behind it move up.

    Raises NotAllowed, NotReady or Conflict.
    """
    with transaction.atomic():
        issue = _lock(page.issue, by)
        current = Page.objects.get(pk=page.pk)
        if current.proofs.exists():
            raise NotReady([Problem("pages", _("%s出过样，不能再去掉。") % current.label)])
        if not is_empty(current):
            raise NotReady([Problem("pages", _("%s上还有稿件或图片，先撤下再去掉。") % current.label)])
        behind = list(issue.pages.filter(number__gt=current.number).order_by("number"))
        if fixed := next((other for other in behind if other.proofs.exists()), None):
            raise NotReady([Problem("pages", _("%s已出过样，它前面的版不能去掉。") % fixed.label)])
        current.delete()
        for other in behind:  # in order, so that no number stands twice
            Page.objects.filter(pk=other.pk).update(number=other.number - 1)
        count_pages(issue)


def is_empty(page: Page) -> bool:
    """Whether nothing stands on it but what stands there every time."""
    return not page.is_outside and all(stands(box) and not box.article_id for box in page.placements.all())


def stands(box: Placement) -> bool:
    """Whether the box comes along into the next issue."""
    return box.template or box.kind in STANDING


def _proposed() -> dict[str, object]:
    proposed = Issue.proposed()
    if proposed["masthead"] is None:
        raise NotReady([Problem("masthead", _("还没有报头。请总编辑或管理员先在“报头”里写好报名和刊号。"))])
    return proposed


def _copy_pages(last: Issue, issue: Issue) -> None:
    for old in last.pages.prefetch_related("placements__photo"):
        page = Page.objects.create(
            issue=issue, number=old.number, name=old.name, colour=old.colour, credits=old.credits
        )
        if not old.is_outside:  # their boxes are hot areas of that one picture
            boxes = [_copy(box, page) for box in old.placements.all() if stands(box)]
            Placement.objects.bulk_create(boxes)


def _copy(box: Placement, page: Page) -> Placement:
    """The box without its story; a notice keeps its picture unless that was blocked meanwhile."""
    copied = ("kind", "col", "row", "cols", "rows", "style", "weight")
    copy = Placement(page=page, template=True, **{name: getattr(box, name) for name in copied})
    if box.kind != Kind.STORY:
        for name in ("title", "text", "caption", "credit"):
            setattr(copy, name, getattr(box, name))
        copy.photo = None if box.photo and box.photo.is_blocked else box.photo
    return copy


def _first_pages(issue: Issue) -> None:
    """The four pages most such papers have, the masthead across the first."""
    pages = [Page.objects.create(issue=issue, number=n, name=name) for n, name in enumerate(USUAL_NAMES, 1)]
    box = {"col": 0, "row": 0, "cols": issue.columns, "rows": MASTHEAD_ROWS}
    Placement.objects.create(page=pages[0], kind=Kind.MASTHEAD, template=True, **box)


def _lock(issue: Issue, by: User) -> Issue:
    """The issue's row, held; whether its pages may still be changed by this person."""
    if not rules.may_edit_issues(by):
        raise NotAllowed(_("版面由版面编辑或编辑来增减。"))
    current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if current.release_at:
        raise Conflict(_("这一期已定发布时间，版面不能再增减。"))
    return current


def _clean(page: Page) -> None:
    try:
        page.clean_fields(exclude=["issue"])
    except ValidationError as wrong:
        raise NotReady([Problem("name", sentence) for sentence in wrong.messages]) from wrong


def count_pages(issue: Issue) -> None:
    """The number of pages that the masthead prints follows the pages."""
    Issue.objects.filter(pk=issue.pk).update(page_count=issue.pages.count())
