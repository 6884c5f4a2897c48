"""/sitemap.xml: every visible story, in several files where there are many."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.answering import for_readers, turned_to
from articles.models import Release, Section

PER_FILE = 20_000  # the protocol allows 50,000


@for_readers
def sitemap(request: HttpRequest) -> HttpResponse:
    """By number, so that a new story moves no other from file to file; an index where one is too few."""
    visible = (
        Release.objects.visible(timezone.now()).values("article_id", "visible_from").order_by("article_id")
    )
    page = turned_to(request, visible, PER_FILE)
    context = {
        "site": settings.SITE_URL,
        "page": page,
        "newest": visible.aggregate(at=Max("visible_from"))["at"],
    }
    if page.paginator.num_pages > 1 and "page" not in request.GET:
        return render(request, "articles/sitemap_index.xml", context, content_type="application/xml")
    context["sections"] = Section.objects.values_list("slug", flat=True) if page.number == 1 else []
    return render(request, "articles/sitemap.xml", context, content_type="application/xml")
