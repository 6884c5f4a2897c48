"""Attachments: those of stories that are visible now for readers, those it may open for the newsroom."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Listing, Release
from articles.page_views import no_longer
from articles.photo_views import may_see
from media.attachments import KINDS
from media.models import Attachment
from media.serve import NEWSROOM, READERS, file_response
from people.rules import may_enter_newsroom

SHUT_IN = "sandbox; default-src 'none'"


@require_safe
def file(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    """200 while a visible release lists the file, 410 once it was withdrawn, else 404 as if it never was."""
    now = timezone.now()
    offered = {"listings__kind": Listing.Kind.FILE, "listings__key": public_id}
    found = Attachment.objects.filter(public_id=public_id, name=name).first()
    if found and Release.objects.visible(now).filter(**offered).exists():
        return served(found, request, READERS)
    if may_enter_newsroom(request.user) and found and may_see(request.user, found):
        return served(found, request, NEWSROOM)
    if found is None:
        raise Http404
    response = no_longer(request, now, **offered)
    response["Cache-Control"] = READERS
    return response


def served(attachment: Attachment, request: HttpRequest, cache_control: str) -> HttpResponseBase:
    """A PDF opens in the browser; everything else is saved. Neither is ever taken for a page of this site."""
    response = file_response(
        attachment.file.name or "",
        request,
        content_type=KINDS[attachment.kind],
        etag=attachment.sha256[:32],
        cache_control=cache_control,
        called=attachment.name,
    )
    disposition = response["Content-Disposition"]
    if attachment.kind != "pdf":
        response["Content-Disposition"] = disposition.replace("inline", "attachment", 1)
        response["Content-Security-Policy"] = SHUT_IN  # browsers open no PDF that is shut in like this
    return response
