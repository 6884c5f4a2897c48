"""A page's whole address as a QR code, for the phone's camera: from the screen of a desk and from paper."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.addresses import absolute
from articles.answering import for_readers
from articles.models import Release
from articles.views import gone

QUIET = 4  # modules of white around it, as the standard (ISO/IEC 18004) asks


def drawing(path: str) -> HttpResponse:
    """The code of a page of this site as SVG, black on white by night too: cameras need the contrast."""
    code = segno.make(absolute(path), error="m", micro=False)
    target = io.BytesIO()
    code.save(target, kind="svg", border=QUIET, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return HttpResponse(target.getvalue(), content_type="image/svg+xml")


@for_readers
def story(request: HttpRequest, article_id: int) -> HttpResponse:
    """There for as long as the story itself: 404 and 410 are the story's."""
    now = timezone.now()
    if not Release.objects.visible(now).filter(article=article_id).exists():
        return gone(request, article_id, now)
    return drawing(reverse("articles:story", args=[article_id]))
