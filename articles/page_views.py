"""Standing pages (固定页面) for readers, and what answers where something was and is no longer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from articles import views
from articles.answering import for_readers
from articles.models import Correction, Release


@for_readers
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page that moved to another address leads there from the one it had."""
    now = timezone.now()
    release = Release.objects.pages(now).filter(page=path).order_by("-pk").first()
    if release:
        corrections = Correction.objects.filter(article=release.article_id)
        return render(request, template_of(release), views.story_context(release, now, corrections))
    earlier = Release.objects.once_public(now).filter(page=path).values("article")
    moved = Release.objects.visible(now).filter(article__in=earlier).order_by("-pk").first()
    return redirect(moved) if moved else no_longer(request, now, page=path)


def template_of(release: Release) -> str:
    return "articles/page.html" if release.page else "articles/story.html"


def no_longer(request: HttpRequest, now: datetime, **of: Any) -> HttpResponse:
    """410 with the public notice for what readers once saw; for anything else there is nothing here.

    `of`: a filter of releases that names the address.
    """
    last = Release.objects.once_public(now).filter(**of).order_by("-visible_until", "-pk").first()
    if last is None:
        raise Http404
    notice = last.notice or (views.EXPIRED if last.end_reason == Release.End.EXPIRED else "")
    return render(request, "410.html", {"notice": notice}, status=410)
