"""The newsroom's own addresses of pictures: files, uploads, picking. `PhotoAdmin` names and guards them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from media import library, queue, rules
from media.inspection import Refused
from media.models import Photo
from media.serve import rendition_response
from newsroom.lib.text import clean_text

PICKER_PAGE = 24
MOST_STATES = 200
# A rendition never changes under its name; only this person's browser keeps it.
KEPT = "private, max-age=86400"


@require_safe
def rendition(request: HttpRequest, photo_id: int, name: str) -> HttpResponseBase:
    """A picture file for anyone in the newsroom, blocked or not."""
    if not rules.may_see(request.user):
        raise PermissionDenied
    photo = get_object_or_404(Photo, pk=photo_id)
    return rendition_response(photo, name, request, cache_control=KEPT, blocked_too=True)


@require_safe
def original(request: HttpRequest, photo_id: int) -> HttpResponseBase:
    """The untouched original, as a download under the name it came with."""
    photo = get_object_or_404(Photo, pk=photo_id)
    if not rules.may_download(request.user, photo):
        raise PermissionDenied
    try:
        file = photo.original.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        file,
        as_attachment=True,
        filename=photo.original_name or photo.public_id,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def picker(request: HttpRequest) -> JsonResponse:
    """The library for a story's form: a list of `described` photos, newest first; `?q=` words, `?page=`.

    A page is full with `PICKER_PAGE` photos; a shorter one is the last.
    """
    if not rules.may_upload(request.user):
        raise PermissionDenied
    found = for_cards(Photo.objects.unblocked().search(request.GET.get("q", "")))
    page = request.GET.get("page", "1")
    start = (int(page) - 1) * PICKER_PAGE if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 0
    return JsonResponse([described(photo) for photo in found[start : start + PICKER_PAGE]], safe=False)


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take in every file of the form, whatever its field: a list with one `taken` result each."""
    if not rules.may_upload(request.user):
        raise PermissionDenied
    results = [taken(file, request) for file in posted_files(request)]
    if not results:
        return JsonResponse({"error": _("没有收到图片文件。")}, status=400)
    return JsonResponse(results, safe=False)


@require_GET
def states(request: HttpRequest) -> JsonResponse:
    """How far the photos `?ids=1,2,3` are."""
    if not rules.may_see(request.user):
        raise PermissionDenied
    ids = [int(part) for part in re.findall(r"\d{1,15}", request.GET.get("ids", ""))[:MOST_STATES]]
    return JsonResponse([progress(photo) for photo in Photo.objects.filter(pk__in=ids)], safe=False)


@require_POST
def retry(request: HttpRequest, photo_id: int) -> HttpResponseBase:
    """Make the renditions again after a failure."""
    photo = get_object_or_404(Photo, pk=photo_id)
    if not rules.may_edit(request.user, photo):
        raise PermissionDenied
    if photo.state == Photo.State.FAILED:
        with transaction.atomic():
            queue.ask_again(photo.pk)
            transaction.on_commit(lambda: queue.send(photo.pk))
    return HttpResponseRedirect(reverse("admin:media_photo_change", args=[photo.pk]))


def decide(request: HttpRequest, photo_id: int, *, block: bool) -> str:
    """Block or unblock for the posted `reason`; returns what kept it from happening, or nothing."""
    photo = get_object_or_404(Photo, pk=photo_id)
    if not rules.may_block(request.user):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    try:
        clean_text(reason)
        (library.block if block else library.unblock)(photo, request.user, reason, timezone.now())  # type: ignore[arg-type]
    except ValidationError as wrong:
        return wrong.messages[0]
    except ValueError as wrong:
        return str(wrong)
    return ""


def posted_files(request: HttpRequest) -> list[Any]:
    return [file for field in request.FILES for file in request.FILES.getlist(field)]


def taken(file: Any, request: HttpRequest) -> dict[str, Any]:
    """What became of one upload: {"name", "status": added | exists | refused, "message", "photo"}."""
    name = library.clean_name(file.name or "")
    try:
        photo, created = library.ingest(file, name, request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return {"name": name, "status": "refused", "message": str(refused), "photo": None}
    if created:
        return {"name": name, "status": "added", "message": _("已存入图片库。"), "photo": described(photo)}
    message = _("图片库里已有这张图片，已被封存。") if photo.is_blocked else _("图片库里已有这张图片。")
    return {"name": name, "status": "exists", "message": message, "photo": described(photo)}


def for_cards(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """With what a card shows, in a constant number of queries."""
    return photos.select_related("uploaded_by").prefetch_related("credits")


def described(photo: Photo) -> dict[str, Any]:
    """A photo for scripts: ids, the picture's small address and size, its words, how far it is."""
    return {
        "id": photo.pk,
        "public_id": photo.public_id,
        "thumb": reverse("admin:media_photo_rendition", args=[photo.pk, photo.thumb_name]),
        "change": reverse("admin:media_photo_change", args=[photo.pk]),
        "caption": photo.caption,
        "alt": photo.alt,
        "credit": photo.credit_line,
        "place": photo.place,
        "name": photo.original_name,
        "width": photo.width,
        "height": photo.height,
        **progress(photo),
    }


def progress(photo: Photo) -> dict[str, Any]:
    return {
        "id": photo.pk,
        "state": photo.state,
        "label": photo.get_state_display(),
        "done": photo.done,
        "total": photo.total,
        "error": photo.error,
    }


def summary(results: Iterable[dict[str, Any]]) -> str:
    """`存入 3 张，已有 1 张，未收 1 张`."""
    counted = [result["status"] for result in results]
    words = {"added": _("存入 %d 张"), "exists": _("已有 %d 张"), "refused": _("未收 %d 张")}
    return _("，").join(text % counted.count(kind) for kind, text in words.items() if kind in counted)
