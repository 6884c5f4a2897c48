"""Readers' pages of stories. They ask `visible(now)` and nothing else what there is to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from articles import drawing, heads
from articles.answering import for_readers, turned_to
from articles.around import around
from articles.around import since as since
from articles.models import Correction, Listing, Release, Section, Series, Tag
from articles.story import Correction as Shown
from articles.story import Story, card_picture_ids, picture_ids
from media.models import Photo
from people.models import Region

EXPIRED = "该内容已下线"


# A story


@for_readers
def story(request: HttpRequest, article_id: int) -> HttpResponse:
    now = timezone.now()
    release = Release.objects.visible(now).filter(article=article_id).first()
    if release is None:
        return gone(request, article_id, now)
    if release.page:
        return redirect(release, permanent=True)
    found = around(release, now)
    context = story_context(release, now, found.corrections, found.blocked)
    return render(request, "articles/story.html", context | {"around": found})


def story_context(
    release: Release,
    now: datetime,
    corrections: Iterable[Shown | Correction] = (),
    blocked: Collection[str] | None = None,
) -> dict[str, Any]:
    """What `articles/story.html` needs, of a released story or of an unsaved release (`release.build`).

    `blocked` are public ids of pictures that must not show; by default the database is asked.
    """
    if blocked is None:
        blocked = blocked_among(picture_ids(release))
    shown = [Shown(c.text, c.at) for c in corrections]
    page = Story(release, now, shown, blocked)
    return {
        "release": release,
        "story": page,
        "card": page.card,
        "more": page.more,
        "head": drawing.head(page),
    }


def gone(request: HttpRequest, article_id: int, now: datetime) -> HttpResponse:
    """410 with the public notice for what readers once saw; for anything else there is nothing here."""
    last = (
        Release.objects.once_public(now).filter(article=article_id).order_by("-visible_until", "-pk").first()
    )
    if last is None:
        raise Http404
    notice = last.notice or (EXPIRED if last.end_reason == Release.End.EXPIRED else "")
    return render(request, "410.html", {"notice": notice}, status=410)


def blocked_among(public_ids: Iterable[str]) -> set[str]:
    """Those of the pictures that a chief has blocked. No query for no pictures."""
    wanted = set(public_ids)
    if not wanted:
        return set()
    found = Photo.objects.filter(public_id__in=wanted, blocked_at__isnull=False)
    return set(found.values_list("public_id", flat=True))


# Lists


@for_readers
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section may be empty: it stands in the navigation."""
    found = get_object_or_404(Section.objects.select_related("parent"), slug=slug)
    page = listed(request, Listing.Kind.SECTION, found.pk, timezone.now())
    columns = Section.objects.filter(parent=found.parent or found)
    context = {
        "section": found,
        "columns": columns,
        "top": found.parent or found,
        "head": heads.of_section(found, columns, page.number),
    }
    return show_list(request, "articles/section.html", page, context)


@for_readers
def series(request: HttpRequest, slug: str) -> HttpResponse:
    key = get_object_or_404(Series.objects.only("pk"), slug=slug).pk
    page = listed(request, Listing.Kind.SERIES, key, timezone.now())
    frozen = newest(page).more["series"]
    blocked = blocked_among([frozen["logo"]["public_id"]] if frozen["logo"] else [])
    logo = None if blocked else frozen["logo"]
    head = heads.of_words(frozen["title"], frozen["strapline"] or frozen["title"], request.path, page.number)
    return show_list(request, "articles/series.html", page, {"series": frozen, "logo": logo, "head": head})


@for_readers
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Everything inside the region too: a release is listed under each region around its own."""
    found = get_object_or_404(Region, code=code)
    page = listed(request, Listing.Kind.REGION, code, timezone.now())
    newest(page)
    around = Region.objects.filter(code__in=found.lineage[:-1]).order_by("level")
    head = heads.of_words(found.name, f"{found.name}的报道", request.path, page.number)
    return show_list(request, "articles/region.html", page, {"region": found, "around": around, "head": head})


@for_readers
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    key = get_object_or_404(Tag.objects.only("pk"), slug=slug).pk
    page = listed(request, Listing.Kind.TAG, key, timezone.now())
    frozen = next(t for t in newest(page).more["tags"] if t["id"] == key)
    head = heads.of_words(frozen["name"], f"关于“{frozen['name']}”的报道", request.path, page.number)
    return show_list(request, "articles/tag.html", page, {"tag": frozen, "head": head})


@for_readers
def reporter(request: HttpRequest, reporter_id: int) -> HttpResponse:
    page = listed(request, Listing.Kind.REPORTER, reporter_id, timezone.now())
    frozen = next(b for b in newest(page).more["bylines"] if b["reporter"] == reporter_id)
    name = frozen["name"]
    head = heads.of_words(f"{name}的报道", f"{name}采写的报道", request.path, page.number)
    return show_list(request, "articles/reporter.html", page, {"reporter": frozen, "head": head})


def listed(request: HttpRequest, kind: str, key: object, now: datetime) -> Page[Listing]:
    return turned_to(request, Listing.objects.visible(now).of(kind, key))


def newest(page: Page[Listing]) -> Release:
    """The first release of this page of a list, which names it as it was signed.

    404 for an empty list, whose name may be the secret of a draft.
    """
    if not page.object_list:
        raise Http404
    return page.object_list[0].release


def show_list(
    request: HttpRequest, template: str, page: Page[Listing], context: dict[str, Any]
) -> HttpResponse:
    releases = [row.release for row in page]
    blocked = blocked_among(card_picture_ids(releases))
    return render(request, template, context | {"page": page, "releases": releases, "blocked": blocked})
