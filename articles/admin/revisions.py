"""A story's versions: the list of them, any two side by side, and bringing one back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import history, rules, workflow
from articles.admin import words
from articles.admin.workflow import viewer
from articles.comparison import compare_contents
from articles.facts import facts_of
from articles.models import Article, Release, Revision
from newsroom.lib.html import count_characters
from newsroom.lib.text import read_number
from people.models import Signature

PER_PAGE = 40
SIGNS = ("submit", "pass", "amend")


@dataclass
class Version:
    """A line of the list: a version, its growth, who signed it and which releases were made of it."""

    revision: Revision
    characters: int
    grown: int | None = None
    signed: list[str] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)

    @property
    def growth(self) -> str:
        return f"{self.grown:+d}" if self.grown else "" if self.grown is None else "±0"


class RevisionsMixin:
    """Adds `admin:articles_article_revisions`, `…_compare` and `…_restore`."""

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(view)  # type: ignore[attr-defined]
            kind = require_POST if name == "restore" else require_safe
            return path(f"<int:object_id>/{route}/", kind(wrapped), name=f"articles_article_{name}")

        own = [
            at("revisions", self.revisions_view, "revisions"),
            at("compare", self.compare_view, "compare"),
            at("restore", self.restore_view, "restore"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def revisions_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        facts = facts_of(article, timezone.now())
        page = Paginator(article.revisions.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
        context = self._page(request, article, _("版本")) | {
            "page": page,
            "versions": versions(page.object_list, facts.history),
            "may_restore": rules.may_edit(viewer(request), facts),
            "live": _live(article, facts.now),
        }
        return TemplateResponse(request, "admin/articles/article/revisions.html", context)

    def compare_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """`?a=` and `?b=` name versions by number, or `live`: what readers see. Default: the last two."""
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        newest = article.revisions.order_by("-number").first()
        if newest is None:
            raise Http404
        new = self._version(article, request.GET.get("b"), newest)
        before = article.revisions.filter(number__lt=new.number).order_by("-number").first()
        old = self._version(article, request.GET.get("a"), before or new)
        fields = compare_contents(old.data, new.data)
        context = self._page(request, article, _("版本对照")) | {
            "old": old,
            "new": new,
            "fields": fields,
            "changed": [one for one in fields if one.changed],
            "same": [one.label for one in fields if not one.changed],
            "whole": "whole" in request.GET,
            "numbers": article.revisions.order_by("-number").values_list("number", flat=True),
            "live": _live(article, timezone.now()),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Bring an earlier version back, as a new one; the version posted is `number`."""
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        revision = self._version(article, request.POST.get("number"), None)
        now = timezone.now()
        with transaction.atomic():
            if not rules.may_edit(viewer(request), facts_of(workflow.lock(article), now)):
                raise PermissionDenied(_("这篇稿件现在不由你修改。"))
            made, lost = history.restore(article, revision, viewer(request), now)
        messages.success(
            request,
            _("已恢复第%(old)d版的内容，存为第%(new)d版。") % {"old": revision.number, "new": made.number},
        )
        if lost:
            messages.warning(request, _("找不回来的：%s") % "、".join(lost))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _version(self, article: Article, asked: str | None, default: Revision | None) -> Revision:
        if asked == "live":
            live = _live(article, timezone.now())
            found = live.revision if live else None
        elif asked:
            found = (
                article.revisions.filter(number=read_number(asked, 8) or 0).select_related("author").first()
            )
        else:
            found = default
        if found is None:
            raise Http404
        return found

    def _page(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "subtitle": str(article),
            "article": article,
            "opts": Article._meta,
            "now": timezone.now(),
        }


def _live(article: Article, now: datetime) -> Release | None:
    """What readers see of the story."""
    return Release.objects.visible(now).filter(article=article).select_related("revision").last()


def versions(page: Any, signatures: list[Signature]) -> list[Version]:
    """The versions of a page, newest first; three queries."""
    found = list(page.select_related("author"))
    if not found:
        return []
    releases: dict[int, list[Release]] = {}
    for release in Release.objects.filter(revision__in=found).defer("body", "card", "details"):
        releases.setdefault(release.revision_id, []).append(release)
    oldest = found[-1]
    earlier = Revision.objects.filter(article=oldest.article_id, number__lt=oldest.number)
    sizes = [count_characters(one.data["body"]) for one in [*found, *earlier.order_by("-number")[:1]]]
    lines = []
    for at, revision in enumerate(found):
        signed = [s for s in signatures if s.digest == revision.digest and s.action in SIGNS]
        lines.append(
            Version(
                revision,
                sizes[at],
                sizes[at] - sizes[at + 1] if at + 1 < len(sizes) else None,
                [f"{words.entry(s, [])} {s.person_name}" for s in signed],
                releases.get(revision.pk, []),
            )
        )
    return lines
