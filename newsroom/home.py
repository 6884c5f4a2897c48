"""The home page, and the pages for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from articles import heads, making_up, moved, rules
from articles.admin import frontform
from articles.admin.preview import private
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


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The home page as readers would get it with the arrangement that is posted, now or at its moment.

    For editors alone. Where a row cannot be read, the form comes back and says which.
    """
    if not rules.may_arrange_front(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    formset, moment = frontform.posted(request.POST), frontform.MomentForm(request.POST)
    if not (formset.is_valid() and moment.is_valid()):
        return admin.site.get_model_admin(FrontSlot).changelist_view(request)
    with translation.override(settings.LANGUAGE_CODE):  # as for readers, whatever this person chose
        context = home_context(formset.slots(), moment.cleaned_data["at"] or timezone.now())
        return private(render(request, "home.html", context))


def publisher(issue: Issue | None) -> str:
    """Who publishes the paper, as its masthead says it: 某某区管委会主管主办."""
    masthead = issue.masthead if issue else None
    return f"{masthead.organ}{masthead.organ_role}" if masthead and masthead.organ else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for everyone alike. No cache may keep it: tomorrow a story may stand here."""
    return moved.led_on(request) or _refusal(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, "403.html", 403)


def _refusal(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = KEEPING
    return response
