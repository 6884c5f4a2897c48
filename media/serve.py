"""Handing a rendition to a browser. Whether this person may have it, the calling view has decided."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from media import renditions
from media.models import Photo, Rendition
from media.specs import parse

READERS = "no-cache"  # kept by browsers and asked about each time: a block or a withdrawal works at once
NEWSROOM = "private, no-cache"


def rendition_response(
    photo: Photo,
    name: str,
    request: HttpRequest,
    *,
    focals: Collection[tuple[int, int]] = (),
    cache_control: str = READERS,
    blocked_too: bool = False,
) -> HttpResponseBase:
    """The file of a rendition, or 304; made on the spot if no worker has made it yet.

    `focals` are the focal points that frozen content names besides the photo's present one. Raises Http404
    for a name that is none of this photo's, an original that cannot be read, and a blocked photo (unless
    `blocked_too`, for the newsroom). 503 with Retry-After while this process makes another one.
    """
    if photo.is_blocked and not blocked_too:
        raise Http404
    try:
        rendition = renditions.ensure(photo, name, focals)
    except renditions.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    except (renditions.Unknown, renditions.Unmakeable) as absent:
        raise Http404 from absent
    etag = f'"{photo.sha256[:16]}-{rendition.pk}-{rendition.bytes}"'
    response = get_conditional_response(request, etag=etag) or _file(rendition, request)
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(rendition: Rendition, request: HttpRequest) -> HttpResponseBase:
    spec = parse(rendition.name)
    assert spec is not None  # `ensure` made it
    if settings.X_ACCEL_LOCATION:
        address = f"{settings.X_ACCEL_LOCATION.rstrip('/')}/{quote(rendition.file.name or '')}"
        return HttpResponse(content_type=spec.content_type, headers={"X-Accel-Redirect": address})
    if request.method == "HEAD":
        return HttpResponse(
            content_type=spec.content_type, headers={"Content-Length": str(rendition.file.size)}
        )
    try:
        # Whole: some hundred kilobytes, and no file is left open by whoever hangs up.
        with rendition.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError as lost:  # in the moment since it was looked for
        raise Http404 from lost
    length = {"Content-Length": str(len(data))}
    return HttpResponse(data, content_type=spec.content_type, headers=length)
