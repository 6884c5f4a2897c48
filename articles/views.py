"""Readers' pages of stories. They ask `visible(now)` and nothing else what there is to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from articles import drawing, heads
from articles.answering import PER_PAGE, for_readers, turn
from articles.around import around
from articles.around import since as since
from articles.beside import Beside, beside
from articles.models import Correction, Listing, Release, Section, Series, Tag
from articles.story import Correction as Shown
from articles.story import Story, picture_ids
from articles.totals import LongList
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
    top = Q(slug=slug) | Q(parent__slug=slug) | Q(parent__children__slug=slug)
    family = list(Section.objects.filter(top).select_related("parent").distinct())
    found = next((each for each in family if each.slug == slug), None)
    if found is None:
        raise Http404
    around_it = found.parent or found
    columns = [each for each in family if each.parent_id == around_it.pk]
    now = timezone.now()
    page = listed(request, Listing.Kind.SECTION, found.pk, now)
    context = {
        "section": found,
        "columns": columns,
        "top": around_it,
        "head": heads.of_section(found, columns, page.number),
    }
    return show_list(request, "articles/section.html", page, context, look(request, page, now))


@for_readers
def series(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    key = get_object_or_404(Series.objects.only("pk"), slug=slug).pk
    page = listed(request, Listing.Kind.SERIES, key, now, may_be_empty=False)
    seen = look(request, page, now)
    frozen = seen.more["series"]
    logo = frozen["logo"]
    context = {
        "series": frozen,
        "logo": None if logo and logo["public_id"] in seen.blocked else logo,
        "head": heads.of_words(
            frozen["title"], frozen["strapline"] or frozen["title"], request.path, page.number
        ),
    }
    return show_list(request, "articles/series.html", page, context, seen)


@for_readers
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Everything inside the region too: a release is listed under each region around its own."""
    now = timezone.now()
    found = get_object_or_404(Region, code=code)
    page = listed(request, Listing.Kind.REGION, code, now, may_be_empty=False)
    head = heads.of_words(found.name, f"{found.name}的报道", request.path, page.number)
    seen = look(request, page, now, found)
    context = {"region": found, "wider": seen.wider, "inner": seen.inner, "head": head}
    return show_list(request, "articles/region.html", page, context, seen)


@for_readers
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    key = get_object_or_404(Tag.objects.only("pk"), slug=slug).pk
    page = listed(request, Listing.Kind.TAG, key, now, may_be_empty=False)
    seen = look(request, page, now)
    frozen = next(t for t in seen.more["tags"] if t["id"] == key)
    head = heads.of_words(frozen["name"], f"关于“{frozen['name']}”的报道", request.path, page.number)
    return show_list(request, "articles/tag.html", page, {"tag": frozen, "head": head}, seen)


@for_readers
def reporter(request: HttpRequest, reporter_id: int) -> HttpResponse:
    now = timezone.now()
    page = listed(request, Listing.Kind.REPORTER, reporter_id, now, may_be_empty=False)
    seen = look(request, page, now)
    frozen = next(b for b in seen.more["bylines"] if b["reporter"] == reporter_id)
    name = frozen["name"]
    head = heads.of_words(f"{name}的报道", f"{name}采写的报道", request.path, page.number)
    return show_list(request, "articles/reporter.html", page, {"reporter": frozen, "head": head}, seen)


def listed(
    request: HttpRequest, kind: str, key: object, now: datetime, may_be_empty: bool = True
) -> Page[Listing]:
    """The page of a list that is asked for. 404 for an empty one whose name may be the secret of a draft."""
    page = turn(request, LongList(kind, key, now, PER_PAGE))
    if not page.object_list and not may_be_empty:
        raise Http404
    return page


def look(request: HttpRequest, page: Page[Listing], now: datetime, region: Region | None = None) -> Beside:
    """What stands beside the rows; the links at the head and foot of the site go to the request."""
    places, found = beside([row.release for row in page], now, region)
    request.places = places  # type: ignore[attr-defined]
    return found


def show_list(
    request: HttpRequest, template: str, page: Page[Listing], context: dict[str, Any], seen: Beside
) -> HttpResponse:
    releases = [row.release for row in page]
    shown = {"page": page, "releases": releases, "blocked": seen.blocked}
    return render(request, template, context | shown)
