"""Handing a file to a browser. Whether this person may have it, the calling view has decided."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from media import renditions
from media.models import Photo
from media.specs import parse

READERS = "no-cache"  # kept by browsers and asked about each time: a block or a withdrawal works at once
NEWSROOM = "private, no-cache"
WHOLE = 4 * 1024 * 1024  # bytes; a larger file is sent in pieces


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
    spec = parse(rendition.name)
    assert spec is not None  # `ensure` made it
    return file_response(
        rendition.file.name or "",
        request,
        content_type=spec.content_type,
        etag=f"{photo.sha256[:16]}-{rendition.pk}-{rendition.bytes}",
        cache_control=cache_control,
    )


def file_response(
    name: str,
    request: HttpRequest,
    *,
    content_type: str,
    etag: str,
    cache_control: str = READERS,
    called: str = "",
) -> HttpResponseBase:
    """The file that the storage has under `name`, 304 to who has it, or where nginx is to find it.

    `etag` is a word without quotation marks that is another one for other bytes; `called` the name under
    which a browser saves the file. Raises Http404 for a file that is not there.
    """
    quoted = f'"{etag}"'
    response = get_conditional_response(request, etag=quoted) or _file(name, request, content_type)
    response["ETag"] = quoted
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    if called:
        response["Content-Disposition"] = content_disposition_header(False, called) or "inline"
    return response


def _file(name: str, request: HttpRequest, content_type: str) -> HttpResponseBase:
    if settings.X_ACCEL_LOCATION:
        address = f"{settings.X_ACCEL_LOCATION.rstrip('/')}/{quote(name)}"
        return HttpResponse(content_type=content_type, headers={"X-Accel-Redirect": address})
    try:
        file = default_storage.open(name, "rb")
    except FileNotFoundError as lost:  # in the moment since it was looked for
        raise Http404 from lost
    if request.method != "HEAD" and file.size > WHOLE:
        return FileResponse(file, content_type=content_type)
    with file:  # whole: no file is left open by whoever hangs up
        length = {"Content-Length": str(file.size)}
        data = b"" if request.method == "HEAD" else file.read()
    return HttpResponse(data, content_type=content_type, headers=length)
