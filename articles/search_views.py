"""Readers' search: a page that works without scripts, and suggestions for the box where there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.answering import for_readers
from articles.models import Listing, Release, Section
from articles.search.asking import LONGEST, Asked
from articles.search.finding import PER_PAGE, Search
from articles.search.snippets import Marker
from articles.search.suggesting import Suggestion, suggest
from articles.search.words import MOST_WORDS
from newsroom.lib.text import read_number
from people.models import Region

LONGEST_PAGE = 6  # digits


@dataclass(frozen=True)
class Found:
    """A release in the list of results."""

    release: Release
    headline: SafeString
    snippet: SafeString | str


@for_readers
def search(request: HttpRequest) -> HttpResponse:
    """404 with the same page where something is named that there is not: a section, a place, a page."""
    now = timezone.now()
    sections = list(Section.objects.all())
    asked, names = named(Asked.of(request.GET, sections), now)
    looking = Search(asked, now)
    number = read_number(request.GET.get("page") or "1", LONGEST_PAGE) or 0
    there = 1 <= number <= looking.pages
    releases = looking.page(number) if there else []
    context: dict[str, Any] = {
        "asked": asked,
        "looking": looking,
        "doubts": [*asked.doubts, *doubts(asked)],
        "found": [shown(release, asked) for release in releases],
        "number": number,
        "there": there,
        "names": names,
        "sections": [
            section for section in sections if section.parent_id is None or section == asked.section
        ],
        "narrower": narrower(releases, asked),
        "first": (number - 1) * PER_PAGE + 1,
        "without_region": asked.but(region=""),
        "without_reporter": asked.but(reporter=""),
        "alone": asked.but(section="", region="", reporter="", **{"from": "", "to": ""}),
        "suggestions": _others(asked.q, now) if there and number == 1 and asked.q else [],
    }
    status = 404 if asked.unknown or not there else 200
    return render(request, "articles/search.html", context, status=status)


def _others(typed: str, now: datetime) -> list[Suggestion]:
    """What else it could be: pages, and other words than those that were typed."""
    return [other for other in suggest(typed, now) if other.url or other.text != typed]


@for_readers
def suggestions(request: HttpRequest) -> HttpResponse:
    """What was typed and a list of texts, as browsers take suggestions."""
    typed = request.GET.get("q", "")[:LONGEST]
    found = [suggestion.text for suggestion in suggest(typed, timezone.now())]
    return JsonResponse(
        [typed, list(dict.fromkeys(found))], safe=False, json_dumps_params={"ensure_ascii": True}
    )


def named(asked: Asked, now: datetime) -> tuple[Asked, dict[str, str]]:
    """The names of the place and the reporter asked for; the search is `unknown` where there are none.

    A reporter is who has a visible story, by the name that stands there.
    """
    names, wrong = {}, []
    if asked.region:
        region = Region.objects.filter(code=asked.region).first()
        names["region"] = region.name if region else asked.region
        listed = Listing.objects.visible(now).filter(kind=Listing.Kind.REGION, key=asked.region)
        wrong += [] if region or listed.exists() else [f"没有代码为{asked.region}的地区。"]
    if asked.reporter:
        listed = Listing.objects.visible(now).filter(kind=Listing.Kind.REPORTER, key=asked.reporter)
        row = listed.select_related("release").order_by("-listed_at", "-release_id").first()
        bylines = row.release.more["bylines"] if row else []
        name = next((b["name"] for b in bylines if str(b["reporter"]) == asked.reporter), "")
        names["reporter"] = name or asked.reporter
        wrong += [] if name else ["没有这位记者。"]
    if wrong:
        asked = replace(asked, unknown=True, doubts=(*wrong, *asked.doubts))
    return asked, names


def doubts(asked: Asked) -> list[str]:
    """What of the words could not be looked for."""
    if asked.words.cut:
        return [f"词太多，只按前{MOST_WORDS}个查找。"]
    if asked.q and not asked.words:
        return [f"“{asked.q}”里没有可以查找的字词。"]
    if asked.words.unwanted and not asked.words.wanted and not asked.narrowed:
        return ["只写了不要的词，请再写一个要找的词。"]
    return []


def shown(release: Release, asked: Asked) -> Found:
    marker = Marker(asked.words.wanted, release)
    snippet = marker.best(release.search_text.text)
    return Found(release, marker.whole(release.headline), snippet or release.on_card["summary"])


def narrower(releases: list[Release], asked: Asked) -> list[tuple[str, str]]:
    """Places and reporters of these releases, with the address that asks for theirs alone."""
    offered: dict[str, str] = {}
    for release in releases:
        more = release.more
        if not asked.region:
            offered |= {r["name"]: asked.but(region=r["code"]) for r in more["regions"]}
        if not asked.reporter:
            offered |= {
                b["name"]: asked.but(reporter=str(b["reporter"])) for b in more["bylines"] if b["reporter"]
            }
    return list(offered.items())[:8]
