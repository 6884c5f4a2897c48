"""Pictures: those of stories that are visible now for readers, those it may open for the newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Listing, Release
from media.models import Attachment, Photo
from media.serve import NEWSROOM, READERS, rendition_response
from media.specs import Spec, parse
from people.models import User
from people.rules import Person, may_enter_newsroom, sees_all_stories

Focal = tuple[int, int]


@require_safe
def photo(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    now = timezone.now()
    spec = parse(name)
    if spec is None:
        raise Http404
    found = Photo.objects.filter(public_id=public_id).first()
    signed = signed_focals(found, spec, now) if found else None
    if found and not found.is_blocked and signed is not None and (spec.focal is None or spec.focal in signed):
        return rendition_response(found, name, request, focals=signed, cache_control=READERS)
    # The person is asked for before an unknown picture is: hidden and unknown ones answer alike, headers too.
    if may_enter_newsroom(request.user) and found and may_see(request.user, found):
        return rendition_response(
            found, name, request, focals=all_focals(found), cache_control=NEWSROOM, blocked_too=True
        )
    raise Http404


def signed_focals(photo: Photo, spec: Spec, now: datetime) -> set[Focal] | None:
    """The focal points that visible releases were signed with; None if none of them shows the photo.

    Only a crop needs them, and only then are the releases read.
    """
    shown = Release.objects.visible(now).filter(
        listings__kind=Listing.Kind.PHOTO, listings__key=photo.public_id
    )
    if spec.focal is None:
        return set() if shown.exists() else None
    focals = {focal for release in shown for focal in _focals(release, photo.public_id)}
    return focals or None


def all_focals(photo: Photo) -> set[Focal]:
    """Those of any release: the newsroom looks at stories not yet due and at withdrawn ones too."""
    releases = Release.objects.filter(listings__kind=Listing.Kind.PHOTO, listings__key=photo.public_id)
    return {focal for release in releases for focal in _focals(release, photo.public_id)}


def _focals(release: Release, public_id: str) -> Iterator[Focal]:
    series = release.more["series"]
    logo = [series["logo"]] if series and series["logo"] else []
    for frozen in [*release.more["photos"], *logo]:
        if frozen["public_id"] == public_id:
            yield frozen["focal"][0], frozen["focal"][1]


def may_see(user: Person, upload: Photo | Attachment) -> bool:
    """In the newsroom: the uploader, who sees all stories, and who may open a story that uses it."""
    if not isinstance(user, User) or not may_enter_newsroom(user):
        return False
    if upload.uploaded_by_id == user.pk or sees_all_stories(user):
        return True
    used = {"photos__photo": upload} if isinstance(upload, Photo) else {"files__attachment": upload}
    return Article.objects.visible_to(user, timezone.now()).filter(**used).exists()
