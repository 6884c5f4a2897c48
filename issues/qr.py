"""The QR code of a page of the paper, for those who may read that page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.qr import drawing
from issues.shelf import Shelf, reading


@reading
def page(request: HttpRequest, shelf: Shelf, date: date, number: int) -> HttpResponse:
    if not shelf.pages.filter(date=date, page_number=number).exists():
        return shelf.missing(request, date, number)
    return drawing(reverse("issues:page", args=[date, number]))
