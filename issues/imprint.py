"""The issue and page that something read belongs to, with what it says of them where they said nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.intake.imprint import name_of
from articles.intake.pieces import Reading
from articles.workflow import Conflict, NotReady
from issues.boxes import MOST_CREDITS
from issues.models import GuideEntry, Issue, Masthead, Page, Placement
from issues.skeleton import MASTHEAD_ROWS, MOST_PAGES
from newsroom.lib import dates

LONGEST_BANNER, LONGEST_NAME, LONGEST_ENTRY = 200, 40, 200
_STACK = ("kicker", "headline", "subheadline")

Said = dict[str, Any]  # as `articles.intake.shape.issue_of` gives it


def issue_for(day: date, said: Said, new: bool) -> Issue:
    """The issue of that day, its row held; opened from what the page says of it, if `new` and there is none.

    Raises NotReady or Conflict.
    """
    issue = Issue.objects.select_for_update(of=("self",)).filter(date=day).first()
    if issue is None:
        if not new:
            raise _unready("issue_date", _("还没有%s的报纸，请先开好这一期。") % dates.chinese_date(day))
        issue = _open(day, said)
    if issue.release_at:
        raise Conflict(_("%s已定发布时间，不能再收稿上版。") % issue)
    _guide(issue, said.get("guide", []))
    return issue


def page_for(issue: Issue, number: int, said: Said, reading: Reading, composed: bool) -> Page:
    """The page of that number, its row held, with name, banner and names where it had none.

    A new one is not saved yet unless it is to be `composed` here. Raises NotReady or Conflict.
    """
    if not 1 <= number <= MOST_PAGES:
        raise _unready("page", _("版次要在1到%d之间。") % MOST_PAGES)
    # All of the issue, in one order: as whoever composes holds them.
    held = Page.objects.select_for_update(of=("self",)).select_related("issue").filter(issue=issue)
    pages = {page.number: page for page in held.order_by("number")}
    page = pages.get(number) or Page(issue=issue, number=number)
    if page.status == Page.Status.SIGNED:
        raise Conflict(_("%s已签样。要收稿上版，请编辑先退回改版。") % page.label)
    _describe(page, said, name_of(reading))
    if page.pk or composed:
        new = page.pk is None
        page.save()
        if new and number == 1:
            box = {"col": 0, "row": 0, "cols": issue.columns, "rows": MASTHEAD_ROWS}
            Placement.objects.create(page=page, kind=Placement.Kind.MASTHEAD, template=True, **box)
    return page


def _open(day: date, said: Said) -> Issue:
    masthead = _masthead(said.get("title", ""))
    if masthead is None:
        raise _unready("issue_date", _("这一版没有写明是哪张报纸，请先开好这一期。"))
    if not said.get("number") or not said.get("total_number"):
        raise _unready("issue_date", _("这一版没有写期号和总期号，请先开好这一期。"))
    issue = Issue(masthead=masthead, date=day, number=said["number"], total_number=said["total_number"])
    try:
        issue.full_clean()
        with transaction.atomic():
            issue.save()
    except ValidationError as wrong:
        raise NotReady([Problem("issue_date", sentence) for sentence in wrong.messages]) from wrong
    except IntegrityError as lost:
        raise Conflict(_("刚有人开了这一期，请再试一次。")) from lost
    return issue


def _masthead(title: str) -> Masthead | None:
    """By its title, white space aside; the only one there is where the page doesn't say."""
    known = list(Masthead.objects.order_by("pk"))
    wanted = "".join(title.split())
    alike = [one for one in known if wanted and "".join(one.title.split()) == wanted]
    if alike:
        return alike[0]
    return known[0] if len(known) == 1 and not wanted else None


def _describe(page: Page, said: Said, name: str) -> None:
    banner = said.get("banner", "")
    if not page.name and len(name) <= LONGEST_NAME:
        page.name = name
    if not page.banner and len(banner) <= LONGEST_BANNER:
        page.banner = banner
    if not page.credits:
        page.credits = [[label, who] for label, who in said.get("editor_credits", {}).items()][:MOST_CREDITS]


def _guide(issue: Issue, entries: list[dict[str, Any]]) -> None:
    """The guide as the page prints it, where the issue has none yet."""
    if issue.guide.exists():
        return
    GuideEntry.objects.bulk_create(
        GuideEntry(
            issue=issue,
            position=position,
            page_number=entry["page"],
            **{name: (entry[name] or "")[:LONGEST_ENTRY] for name in _STACK},
        )
        for position, entry in enumerate(entries)
        if entry["page"] and 1 <= entry["page"] <= MOST_PAGES
    )


def _unready(field: str, sentence: str) -> NotReady:
    return NotReady([Problem(field, sentence)])
