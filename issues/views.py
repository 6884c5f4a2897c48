"""Readers' pages of the paper: its archive with a calendar, and the e-paper.

What there is to see the reader's shelf says (`issues.shelf`); what is said of it, the signed proofs.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from django.db.models import Min, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from articles.answering import turned_to
from issues import heads
from issues.calendar import WEEKDAYS, Month
from issues.models import Proof
from issues.sheet import Sheet
from issues.shelf import Shelf, reading

PER_PAGE = 31  # a month of a daily
Row = TypeVar("Row")
Place = tuple[date, int]  # a paper's day and a page's number


# The archive


@reading
def papers(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Every paper, newest first, under its month; `?month=2026-11` those of one month."""
    days = shelf.pages.values("date").annotate(first=Min("page_number")).order_by("-date")
    month = asked_month(request)
    if month:
        days = days.filter(date__range=(month.first, month.last))
    page = turned_to(request, days, PER_PAGE)
    listed = fronts(shelf, [(row["date"], row["first"]) for row in page])
    today = timezone.localdate(shelf.now)
    shown = month or Month.of(listed[0].proof.date if listed else today)
    before, after = neighbours(shelf, shown.first, shown.last)
    if month and not listed and not (before and after):
        raise Http404  # before the first paper, or after the last
    context = {
        "page": page,
        "head": heads.of_papers(month, page.number),
        "month": shown,
        "asked": month,
        "weekdays": WEEKDAYS,
        "weeks": shown.weeks(papers_of(shelf, shown), today),
        "before": before and Month.of(before[0]),
        "after": after and Month.of(after[0]),
        "months": [(key.first, list(those)) for key, those in groupby(listed, key=month_of)],
    }
    return render(request, "issues/papers.html", context)


def asked_month(request: HttpRequest) -> Month | None:
    text = request.GET.get("month", "")
    try:
        return Month.parse(text) if text else None
    except ValueError:
        raise Http404 from None


def papers_of(shelf: Shelf, month: Month) -> set[date]:
    """The days of a month that have a paper."""
    found = shelf.pages.filter(date__range=(month.first, month.last))
    return set(found.values_list("date", flat=True).distinct())


def fronts(shelf: Shelf, firsts: list[Place]) -> list[Sheet]:
    """The first pages of papers, in that order, in one query."""
    days, numbers = {day for day, _ in firsts}, {number for _, number in firsts}
    found = shelf.pages.filter(date__in=days, page_number__in=numbers).order_by("visible_from")
    sheets = {(proof.date, proof.page_number): Sheet(proof) for proof in found}
    return [sheets[place] for place in firsts if place in sheets]


def month_of(sheet: Sheet) -> Month:
    return Month.of(sheet.proof.date)


def neighbours(shelf: Shelf, first: date, last: date) -> tuple[Place | None, Place | None]:
    """The first page of the last paper before those days, and of the next one after them."""
    places = shelf.pages.values_list("date", "page_number")
    before = opening(places.filter(date__lt=first), "-date").first()
    return before, opening(places.filter(date__gt=last), "date").first()


def opening(pages: QuerySet[Proof, Row], order: str) -> QuerySet[Proof, Row]:
    """The pages of the first paper in that order, from its first page on.

    Its day is found by itself: along the index, and no further than the first page that can be read.
    """
    return pages.filter(date=Subquery(pages.order_by(order).values("date")[:1])).order_by("page_number")


# The e-paper


@reading
def latest(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    newest = opening(shelf.pages, "-date").values_list("date", "page_number").first()
    return redirect("issues:page", *newest) if newest else redirect("issues:papers")


@reading
def paper(request: HttpRequest, shelf: Shelf, date: date) -> HttpResponse:
    """A paper opens at its first page that can be read."""
    first = shelf.pages.filter(date=date).order_by("page_number").values_list("date", "page_number").first()
    return redirect("issues:page", *first) if first else shelf.missing(request, date)


@reading
def page(request: HttpRequest, shelf: Shelf, date: date, number: int) -> HttpResponse:
    sheets = [Sheet(proof) for proof in shelf.paper(date)]
    place = next((n for n, sheet in enumerate(sheets) if sheet.number == number), None)
    if place is None:
        return shelf.missing(request, date, number)
    before, after = neighbours(shelf, date, date)
    sheet = sheets[place]
    context = {
        "head": heads.of_page(sheet),
        "sheet": sheet,
        "sheets": sheets,
        "guide": list(sheet.guide({other.number for other in sheets})),
        "previous": sheets[place - 1] if place else None,
        "next": sheets[place + 1] if place + 1 < len(sheets) else None,
        "before": before,
        "after": after,
    }
    return render(request, "issues/page.html", context)


def front_page(now: datetime) -> Sheet | None:
    """The first page of the newest paper that the public can read."""
    newest = opening(Shelf(now, inside=False).pages, "-date").first()
    return Sheet(newest) if newest else None
