"""The workflow of pages and issues in the newsroom: one address for a decision, by POST alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.workflow import STATUS_OF, Asked, safe_next, viewer
from articles.checklist import Problem
from articles.workflow import NotReady, WorkflowError
from issues import rules, workflow
from issues.admin import words
from issues.facts import facts_of
from issues.models import Issue, Page
from issues.workflow import ACTIONS, ISSUE_ACTIONS

#: What this page itself can mend may be tried again from it; anything else must be seen first.
ASKED_HERE = ("note", "release_at")
ON_ISSUES = (*ISSUE_ACTIONS, "proof")


def page_or_404(request: HttpRequest, pk: int) -> Page:
    """A page that this person may see; for anyone else there is none."""
    page = Page.objects.select_related("issue__masthead").filter(pk=pk).first()
    if page is None or not rules.may_view_page(viewer(request), facts_of(page, timezone.now())):
        raise Http404
    return page


def issue_or_404(request: HttpRequest, pk: int) -> Issue:
    issue = Issue.objects.select_related("masthead").filter(pk=pk).first()
    if issue is None or not rules.may_view_issues(request.user):
        raise Http404
    return issue


def on_page(request: HttpRequest, object_id: int) -> HttpResponse:
    """Post `action` (proof, sign, return), `note`, `digest` and `seen` of what was on the screen, `next`."""
    page = page_or_404(request, object_id)
    asked = Asked.of(request)
    if asked.action not in ACTIONS:
        raise Http404
    now = timezone.now()
    if asked.seen:
        # Where the page stood on the screen the button was on: `perform` compares.
        page.status, page.stage = asked.where()
    try:
        signature = workflow.perform(
            asked.action, page, viewer(request), note=asked.note, digest=asked.digest or None, now=now
        )
    except WorkflowError as refused:
        return refusal(request, Page.objects.select_related("issue").get(pk=page.pk), asked, refused)
    messages.success(request, words.done(signature, page, now))
    own = (
        proof_address(page)
        if rules.may_view_page(viewer(request), facts_of(page, now))
        else reverse("admin:index")
    )
    return HttpResponseRedirect(safe_next(request) or own)


def on_issue(request: HttpRequest, object_id: int) -> HttpResponse:
    """Post `action` (release, hold; proof for all pages), `release_at` or `at_once`, `note`, `next`."""
    issue = issue_or_404(request, object_id)
    asked = Asked.of(request)
    if asked.action not in ON_ISSUES:
        raise Http404
    now = timezone.now()
    try:
        moment = _moment(asked, now) if asked.action == "release" else None
        signature = workflow.perform(
            asked.action, issue, viewer(request), note=asked.note, release_at=moment, now=now
        )
    except WorkflowError as refused:
        return refusal(request, issue, asked, refused)
    messages.success(request, words.done_with_issue(signature, issue, now))
    return HttpResponseRedirect(safe_next(request) or issue_address(issue))


def refusal(
    request: HttpRequest, subject: Page | Issue, asked: Asked, refused: WorkflowError, title: str = ""
) -> HttpResponse:
    """Say why, and give back what was typed; where another try may succeed, offer it."""
    page = subject if isinstance(subject, Page) else None
    found = refused.problems if isinstance(refused, NotReady) else []
    here = any(problem.field in ASKED_HERE for problem in found)
    context = {
        **admin.site.each_context(request),
        "title": title or _("未能%s") % words.label(asked.action),
        "opts": Issue._meta,
        "issue": page.issue if page else subject,
        "page": page,
        "subject": subject,
        "problems": sentences(refused),
        "asked": asked,
        "again": words.label(asked.action) if here else "",
        "action_url": reverse(f"admin:issues_{'page' if page else 'issue'}_action", args=[subject.pk]),
        "takes_moment": asked.action == "release",
        "next": safe_next(request),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "admin/issues/refused.html", context, status=status_of(refused))


def status_of(refused: WorkflowError) -> int:
    """403, 409 or 422."""
    return next(code for kind, code in STATUS_OF.items() if isinstance(refused, kind))


def sentences(refused: WorkflowError) -> list[str]:
    return [str(p) for p in refused.problems] if isinstance(refused, NotReady) else [str(refused)]


def proof_address(page: Page) -> str:
    return reverse("admin:issues_page_proof", args=[page.pk])


def issue_address(issue: Issue) -> str:
    return reverse("admin:issues_issue_change", args=[issue.pk])


def seen(page: Page) -> str:
    """Where the page stood when a button was drawn; posted back with it."""
    return f"{page.status}:{'' if page.stage is None else page.stage}"


def _moment(asked: Asked, now: datetime) -> datetime | None:
    """None: at once. A time that was forgotten is not taken for that."""
    if asked.at_once:
        return None
    if not asked.release_at.strip():
        raise NotReady([Problem("release_at", _("请写明发布时间；要现在发布，请按“立即发布”。"))])
    return replace(asked, action="reschedule").moment(now)


def context_for(request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
    """What every page of the paper's needs."""
    return {
        **admin.site.each_context(request),
        "title": title,
        "opts": Issue._meta,
        "now": timezone.now(),
        **context,
    }
