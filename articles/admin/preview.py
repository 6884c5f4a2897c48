"""What readers would get of a story, by the readers' own template, at phone and desk width."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import page_views, release, views
from articles.around import since
from articles.freeze import freeze
from articles.models import Article, Release, Revision
from newsroom.lib import canonical
from newsroom.lib.text import read_number

WIDTHS = {"phone": 390, "desk": 0}  # pixels; 0 is all there is


class PreviewMixin:
    """Adds `admin:articles_article_preview` (the two widths) and `…_preview_page` (what is in the frame)."""

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(view)  # type: ignore[attr-defined]
            return path(f"<int:object_id>/{route}/", require_safe(wrapped), name=f"articles_article_{name}")

        own = [
            at("preview", self.preview_view, "preview"),
            at("preview/page", self.preview_page_view, "preview_page"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """`?revision=` chooses a version by number, `?width=phone` or `desk` the frame."""
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        revision = revision_of(article, request.GET.get("revision"))
        width = request.GET.get("width", "")
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("预览"),
            "subtitle": str(article),
            "article": article,
            "opts": Article._meta,
            "revision": revision,
            "chosen": request.GET.get("revision", ""),
            "width": width if width in WIDTHS else "phone",
            "newest": article.revisions.order_by("-number").values_list("number", flat=True).first(),
        }
        return private(TemplateResponse(request, "admin/articles/article/preview.html", context))

    def preview_page_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        now = timezone.now()
        shown = foreseen(article, revision_of(article, request.GET.get("revision")), now)
        corrections, blocked = since(shown)
        context = views.story_context(shown, now, corrections, blocked)
        with translation.override(settings.LANGUAGE_CODE):  # as for readers, whatever this person chose
            return private(render(request, page_views.template_of(shown), context))


def revision_of(article: Article, asked: str | None) -> Revision:
    """The version of that number, else the newest; Http404 for a number that is not there.

    A story that was never saved in the newsroom shows as it stands.
    """
    versions = article.revisions.select_related("author").order_by("-number")
    if asked:
        found = versions.filter(number=read_number(asked, 8) or 0).first()
        if found is None:
            raise Http404
        return found
    if newest := versions.first():
        return newest
    content = freeze(article)
    return Revision(article=article, number=0, content=content, digest=canonical.digest(content))


def foreseen(article: Article, revision: Revision, now: datetime) -> Release:
    """The release that signing this version now would make; unsaved."""
    earlier = Release.objects.filter(article=article)
    shown = release.build(revision, earlier.count() + 1, now)
    shown.replaces = earlier.visible(now).first()
    shown.visible_from = max(article.release_at or now, now)
    shown.listed_at = release.listed_at(shown)
    return shown


def private(response: HttpResponse) -> HttpResponse:
    """For one signed-in person: kept by no cache and no search engine."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
