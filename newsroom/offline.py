"""What a browser needs to install the site and to read the last paper without a network.

The service worker (templates/sw.js) asks the network first, always. It keeps what `paper` lists: what the
public may read of the newest paper at this moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone

from articles.answering import for_readers
from articles.models import Correction, Release
from issues.sheet import Sheet
from issues.shelf import Shelf
from issues.views import front_page
from media.models import Photo
from newsroom import icons
from newsroom.lib.dates import chinese_date

Listed = dict[str, Any]


# Installing


@for_readers
def manifest(request: HttpRequest) -> HttpResponse:
    kinds = [(192, "any"), (512, "any"), (512, "maskable")]
    content = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": settings.SITE_DESCRIPTION or settings.SITE_NAME,
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": icons.PAPER,
        "theme_color": icons.PAPER,
        "icons": [
            {
                "src": reverse("icon", args=[purpose, size]),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in kinds
        ],
        "shortcuts": [{"name": "最新一期", "url": reverse("issues:latest")}],
    }
    return _json(content, "application/manifest+json")


@for_readers
def icon(request: HttpRequest, purpose: str, size: int) -> HttpResponse:
    if size not in icons.SIZES or purpose not in ("any", "maskable"):
        raise Http404
    return HttpResponse(icons.drawn(size, purpose == "maskable"), content_type="image/png")


@for_readers
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It is another one, and is installed anew, when any static file is another one."""
    return render(request, "sw.js", {"version": version()}, content_type="text/javascript; charset=utf-8")


@for_readers
def away(request: HttpRequest) -> HttpResponse:
    """The page for when there is no network."""
    return render(request, "offline.html")


def version() -> str:
    """Another word for other static files, another worker or another page for no network."""
    names = sorted(getattr(staticfiles_storage, "hashed_files", {}).values())
    own = [render_to_string(name) for name in ("sw.js", "offline.html")]
    return _digest([*names, *own])


# The paper to keep


@for_readers
def paper(request: HttpRequest) -> HttpResponse:
    """The newest paper's pages, their pictures and stories, each with a word that changes with what it shows.

    `{"date": "2026-11-20", "title": …, "pages": [{url, title, digest, picture: {url, digest}}],
    "stories": [{url, title, digest}]}`. 404 while there is no paper.
    """
    now = timezone.now()
    front = front_page(now)
    if front is None:
        raise Http404
    sheets = [Sheet(proof) for proof in Shelf(now, inside=False).paper(front.proof.date)]
    return _json(listed(sheets, now), "application/json")


def listed(sheets: list[Sheet], now: datetime) -> Listed:
    wanted = dict.fromkeys(story.article for sheet in sheets for story in sheet.stories)
    found = Release.objects.visible(now).filter(article__in=wanted).for_lists()
    releases = {release.article_id: release for release in found}
    digest = _digest([version(), *_marks(sheets), *(str(r.pk) for r in releases.values()), *_changes(now)])
    issue = sheets[0].issue
    return {
        "date": str(sheets[0].proof.date),
        "title": f"{issue['title']} {chinese_date(sheets[0].proof.date)}",
        "pages": [_page(sheet, digest) for sheet in sheets],
        "stories": [
            {
                "url": reverse("articles:story", args=[article]),
                "title": releases[article].headline,
                "digest": digest,
            }
            for article in wanted
            if article in releases
        ],
    }


def _page(sheet: Sheet, digest: str) -> Listed:
    name = f"第{sheet.number}版"
    picture = sheet.picture
    drawn = {"url": picture.src, "digest": _digest([sheet.proof.sizes[picture.width][1]])}
    title = f"{name} {sheet.name}".strip()
    return {"url": sheet.address, "title": title, "digest": digest, "picture": drawn}


def _marks(sheets: Iterable[Sheet]) -> list[str]:
    return [f"{sheet.number}:{sheet.proof.pk}" for sheet in sheets]


def _changes(now: datetime) -> list[str]:
    """When anything was last withdrawn, blocked or corrected. Pages name other stories too, so a kept page is
    fetched again after any of these."""
    ended = Release.objects.filter(visible_until__lte=now).aggregate(at=Max("visible_until"))
    blocked = Photo.objects.aggregate(at=Max("blocked_at"))
    corrected = Correction.objects.aggregate(at=Max("at"))
    return [str(found["at"]) for found in (ended, blocked, corrected)]


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _json(content: Listed, kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type=kind)


urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", worker, name="worker"),
    path("icons/<slug:purpose>-<int:size>.png", icon, name="icon"),
    path("offline/", away, name="offline"),
    path("offline/paper.json", paper, name="offline_paper"),
]
