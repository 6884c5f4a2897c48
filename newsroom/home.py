"""The home page, made up like page one, and the pages for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import heads
from articles.answering import KEEPING, for_readers
from articles.models import Listing, Release, Section
from articles.views import blocked_among
from issues.models import Issue
from issues.views import front_page

CONSIDERED = 60  # newest stories that page one chooses from
FRONT = 14  # of them, those that may lead
SECONDS = 3
PICTURES = 4
IN_SECTION = 5
RECENT = 24


@dataclass
class Front:
    """Page one: each story stands on it once, above the list of what is most recent."""

    lead: Release | None
    seconds: list[Release]
    pictures: list[Release]
    recent: list[Release]

    @property
    def used(self) -> set[int]:
        shown = [*([self.lead] if self.lead else []), *self.seconds, *self.pictures]
        return {release.pk for release in shown}


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    newest = list(Release.objects.visible(now).for_lists()[:CONSIDERED])
    sections = list(Section.objects.filter(parent=None))
    rows = {section.pk: _newest_of(section, now) for section in sections}
    candidates = {r.pk: r for r in [*newest, *(r for listed in rows.values() for r in listed)]}.values()
    blocked = blocked_among(r.on_card["picture"]["public_id"] for r in candidates if r.on_card["picture"])
    front = make_up(newest, blocked)
    issue = Issue.objects.visible(now).select_related("masthead").first()
    return render(
        request,
        "home.html",
        {
            "now": now,
            "front": front,
            "blocked": blocked,
            "columns": _columns(sections, rows, front.used, blocked),
            "issue": issue,
            "paper": front_page(now),
            "head": heads.of_home(publisher(issue)),
        },
    )


def publisher(issue: Issue | None) -> str:
    """Who publishes the paper, as its masthead says it: 某某区管委会主管主办."""
    masthead = issue.masthead if issue else None
    return f"{masthead.organ}{masthead.organ_role}" if masthead and masthead.organ else ""


def make_up(newest: list[Release], blocked: set[str]) -> Front:
    """The newest story with a picture leads, the next ones stand beside it: a notice seldom has one. Picture
    stories, then other pictures, make the picture news."""
    stories = [r for r in newest[:FRONT] if r.on_card["kind"] == "story"]
    stories.sort(key=lambda r: not _pictured(r, blocked))  # keeps newest first among each kind
    lead, seconds = next(iter(stories), None), stories[1 : 1 + SECONDS]
    rest = [r for r in newest if r is not lead and r not in seconds and _pictured(r, blocked)]
    rest.sort(key=lambda r: r.on_card["kind"] != "picture")
    return Front(lead, seconds, rest[:PICTURES], [r for r in newest if r is not lead][:RECENT])


def _pictured(release: Release, blocked: set[str]) -> bool:
    picture = release.on_card["picture"]
    return bool(picture) and picture["public_id"] not in blocked


def _newest_of(section: Section, now: datetime) -> list[Release]:
    """Enough of them to fill the section's place when some stand above it."""
    rows = Listing.objects.visible(now).of(Listing.Kind.SECTION, section.pk)
    return [row.release for row in rows[: IN_SECTION + 1 + SECONDS + PICTURES]]


def _columns(
    sections: Iterable[Section], rows: dict[int, list[Release]], used: set[int], blocked: set[str]
) -> list[tuple[Section, list[Release]]]:
    """Each section with its newest that stand nowhere above, one with a picture first; or it is left out."""
    columns = []
    for section in sections:
        fresh = [release for release in rows[section.pk] if release.pk not in used][:IN_SECTION]
        if fresh:
            first = next((release for release in fresh if _pictured(release, blocked)), fresh[0])
            fresh.sort(key=lambda release: release is not first)
            columns.append((section, fresh))
    return columns


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for everyone alike. No cache may keep it: tomorrow a story may stand here."""
    return _refusal(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, "403.html", 403)


def _refusal(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = KEEPING
    return response
