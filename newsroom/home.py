"""The home page, and the pages for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import heads, making_up
from articles.answering import KEEPING, for_readers
from articles.models import FrontSlot
from issues.models import Issue
from issues.views import front_page


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_context(FrontSlot.objects.all(), timezone.now()))


def home_context(slots: Iterable[FrontSlot], now: datetime) -> dict[str, Any]:
    """What `home.html` needs, with those slots, saved or not, at that moment."""
    issue = Issue.objects.visible(now).select_related("masthead").first()
    return {
        "now": now,
        "front": making_up.front(slots, now),
        "issue": issue,
        "paper": front_page(now),
        "head": heads.of_home(publisher(issue)),
    }


def publisher(issue: Issue | None) -> str:
    """Who publishes the paper, as its masthead says it: 某某区管委会主管主办."""
    masthead = issue.masthead if issue else None
    return f"{masthead.organ}{masthead.organ_role}" if masthead and masthead.organ else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for everyone alike. No cache may keep it: tomorrow a story may stand here."""
    return _refusal(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, "403.html", 403)


def _refusal(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = KEEPING
    return response
