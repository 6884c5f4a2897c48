"""The e-paper's pages in the map of the site, a part a year."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.answering import for_readers
from articles.sitemaps import Entry, listing
from issues.models import Proof


def parts(now: datetime) -> list[Entry]:
    """The years with a page that the public can read."""
    years = Proof.objects.visible(now).order_by("date__year").values_list("date__year")
    return [(f"/sitemap-papers-{year}.xml", last) for year, last in years.annotate(Max("visible_from"))]


@for_readers
def papers(request: HttpRequest, year: int) -> HttpResponse:
    days = (date(year, 1, 1), date(year, 12, 31))
    visible = Proof.objects.visible(timezone.now()).filter(date__range=days).order_by("date", "page_number")
    rows = visible.values_list("date", "page_number", "visible_from")
    places = {(day, page): since for day, page, since in rows}
    if not places:
        raise Http404
    return listing("urlset", "url", ((f"/papers/{d}/{page}/", at) for (d, page), at in places.items()))
