"""Readers' pages of the paper: the list of its issues, by month."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.answering import for_readers, turned_to
from issues.models import Issue
from newsroom.lib.dates import day

PER_PAGE = 60


@for_readers
def papers(request: HttpRequest) -> HttpResponse:
    """Every issue up to today, newest first, under its month."""
    issues = Issue.objects.visible(day(timezone.now())).select_related("masthead")
    page = turned_to(request, issues, PER_PAGE)
    months = [
        (month, list(those)) for month, those in groupby(page, key=lambda issue: issue.date.replace(day=1))
    ]
    return render(request, "issues/papers.html", {"page": page, "months": months})


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The newest paper. Until its pages can be read, that is the head of the list."""
    return redirect("issues:papers")
