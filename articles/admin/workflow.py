"""The workflow on the story's own page: one address for each decision, by POST alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import desk, rules, workflow
from articles.admin import words
from articles.admin.panel import anchor, buttons, panel_of, seen
from articles.checklist import Problem
from articles.facts import facts_of
from articles.models import Article
from articles.standing import standing_of
from articles.workflow import ACTIONS, Conflict, NotAllowed, NotReady, WorkflowError
from newsroom.lib.text import read_number
from people.models import User

KEPT = "kept_notes"  # in the session: notes that were typed and not accepted, by story and action
ASKED_HERE = ("note", "notice", "release_at")
A_MOMENT = timedelta(minutes=5)  # between choosing a time and pressing the button
FARTHEST = timedelta(days=3 * 366)
STATUS_OF = {NotAllowed: 403, Conflict: 409, NotReady: 422}


class WorkflowMixin:
    """Adds `admin:articles_article_action`, `…_claim` and `…_hold`, and the panel to the story's page."""

    def get_urls(self) -> list[URLPattern]:
        def at(name: str, view: Any) -> URLPattern:
            wrapped = require_POST(self.admin_site.admin_view(view))  # type: ignore[attr-defined]
            return path(f"<int:object_id>/{name}/", wrapped, name=f"articles_article_{name}")

        own = [at("action", self.action_view), at("claim", self.claim_view), at("hold", self.hold_view)]
        return own + super().get_urls()  # type: ignore[misc]

    def story_context(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        context = super().story_context(request, article)  # type: ignore[misc]
        if article is not None:
            kept = request.session.get(KEPT, {}).get(str(article.pk), {})
            context["panel"] = panel_of(article, viewer(request), timezone.now(), kept)
        return context

    def perform_after_save(self, request: HttpRequest, article: Article, action: str) -> HttpResponse:
        """Take the action that a button of the story's form asked for (`_then`), now that the form is saved.

        `_note` is the note typed beside it. Returns the answer to send: a redirect, or a page that says what
        was refused. The story stays saved either way.
        """
        if action not in ACTIONS:
            messages.error(request, _("没有这个操作，稿件已保存。"))
            return HttpResponseRedirect(_address(article))
        saved = request.POST.get("base", "") != article.digest  # else the form said nothing new
        # The version just saved is what this person saw; what another saves meanwhile is not.
        asked = Asked(action, request.POST.get("_note", ""), digest=article.digest, seen=seen(article))
        return self._take(request, self.story_or_404(request, article.pk), asked, saved)

    def action_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)
        asked = Asked.of(request)
        if asked.action not in ACTIONS:
            raise Http404
        return self._take(request, article, asked)

    def claim_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)
        try:
            workflow.claim(article, viewer(request), timezone.now())
        except WorkflowError as refused:
            return self._refused(request, article, Asked("claim"), refused)
        mine = article.claimed_by_id == viewer(request).pk
        messages.success(request, _("已认领《%s》。") % article if mine else _("已放回《%s》。") % article)
        return HttpResponseRedirect(safe_next(request) or _address(article))

    def hold_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)
        try:
            desk.hold(article, viewer(request), request.POST.get("held") == "1", timezone.now())
        except WorkflowError as refused:
            return self._refused(request, article, Asked("hold"), refused)
        said = _("《%s》已列为备用，可在“稿库”找到。") if article.held else _("《%s》已从稿库取回。")
        messages.success(request, said % article)
        return HttpResponseRedirect(safe_next(request) or _address(article))

    def story_or_404(self, request: HttpRequest, object_id: int) -> Article:
        """A story this person may open; for anyone else there is none."""
        article = Article.objects.filter(pk=object_id).first()
        if article is None or not rules.may_view(viewer(request), facts_of(article, timezone.now())):
            raise Http404
        return article

    def _take(
        self, request: HttpRequest, article: Article, asked: Asked, saved: bool = False
    ) -> HttpResponse:
        now = timezone.now()
        before = seen(article)
        try:
            release_at = asked.moment(now)
            if asked.seen:
                # Where the story stood on the page the button was on: `perform` compares.
                article.status, article.stage = asked.where()
            signature = workflow.perform(
                asked.action,
                article,
                viewer(request),
                note=asked.note,
                release_at=release_at,
                digest=asked.digest,
                now=now,
                notice=asked.notice,
            )
        except WorkflowError as refused:
            _keep(request, article, asked)
            return self._refused(request, article, asked, refused, saved)
        _keep(request, article, None)
        messages.success(request, words.done(signature, article, now, moved=seen(article) != before))
        return self._onward(request, article)

    def _onward(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Where the form wanted to go, else the story; a stand-in who has signed may not open it any more."""
        open_to_him = rules.may_view(viewer(request), facts_of(article, timezone.now()))
        own = _address(article) if open_to_him else reverse("admin:index")
        return HttpResponseRedirect(safe_next(request) or own)

    def _refused(
        self,
        request: HttpRequest,
        article: Article,
        asked: Asked,
        refused: WorkflowError,
        saved: bool = False,
    ) -> HttpResponse:
        """Say why, and give back what was typed; where another try may succeed, offer it."""
        article = Article.objects.get(pk=article.pk)
        standing = standing_of(article, viewer(request), timezone.now())
        again = {b.action: b for b in buttons(standing, {asked.action: asked.note})}.get(asked.action)
        found = refused.problems if isinstance(refused, NotReady) else []
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("未能%s") % words.label(asked.action) if asked.action in ACTIONS else _("没有办成"),
            "article": article,
            "opts": Article._meta,
            "standing": standing,
            "sentence": "" if found else str(refused),
            "problems": [(str(p), _anchor(article, p)) for p in found],
            "mend": next((where for p in found if (where := _anchor(article, p))), ""),
            "asked": asked,
            # What this page itself can mend may be tried again from here; a text must be seen first.
            "again": again if any(p.field in ASKED_HERE for p in found) else None,
            "saved": saved,
            "next": safe_next(request),
        }
        status = next(code for kind, code in STATUS_OF.items() if isinstance(refused, kind))
        return TemplateResponse(request, "admin/articles/article/action_refused.html", context, status=status)


@dataclass(frozen=True)
class Asked:
    """What a button posted."""

    action: str
    note: str = ""
    notice: str = ""
    release_at: str = ""
    at_once: str = ""
    digest: str = ""
    seen: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        data = request.POST
        return cls(**{name: data.get(name, "") for name in cls.__dataclass_fields__})

    def moment(self, now: datetime) -> datetime | None:
        """The release time asked for. Raises NotReady for a missing, unreadable or unlikely one."""
        if self.at_once:
            return now
        try:
            found: datetime | None = forms.DateTimeField(required=False).clean(self.release_at)
        except forms.ValidationError:
            raise NotReady([Problem("release_at", _("发布时间要写成“2026-11-22 08:30”这样。"))]) from None
        if found is None and self.action == "reschedule":
            raise NotReady([Problem("release_at", _("请写明新的发布时间。"))])
        if found and not now - A_MOMENT < found < now + FARTHEST:
            raise NotReady(
                [Problem("release_at", _("发布时间要在将来的三年以内；要现在发布，请按“立即发布”。"))]
            )
        return found

    def where(self) -> tuple[str, int | None]:
        status, _colon, stage = self.seen.partition(":")
        return status, read_number(stage, 3)


def viewer(request: HttpRequest) -> User:
    """The person of the newsroom asking; `admin_view` lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def safe_next(request: HttpRequest) -> str:
    """Where the form wants to go next, if that is a page of this site; else nothing."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if safe else ""


def _keep(request: HttpRequest, article: Article, asked: Asked | None) -> None:
    """Keep a refused note for the story's page, or forget what was kept."""
    kept = request.session.get(KEPT, {})
    kept.pop(str(article.pk), None)
    if asked and asked.note.strip():
        kept[str(article.pk)] = {asked.action: asked.note[:5000]}
    request.session[KEPT] = dict(list(kept.items())[-5:])


def _address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _anchor(article: Article, problem: Problem) -> str:
    """Where to mend it; nowhere for what stands on this page itself."""
    return "" if problem.field in ASKED_HERE else f"{_address(article)}#{anchor(problem)}"
