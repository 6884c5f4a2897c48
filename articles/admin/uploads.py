"""Picture files that come with the story form itself, from a browser without scripts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from media import rules as media_rules
from media.inspection import Refused
from media.library import ingest


def with_uploads(request: HttpRequest) -> QueryDict:
    """The posted form, with a row for each picture file sent along. What is refused becomes a message.

    Call it outside a transaction, as the library stores each picture in one of its own.
    """
    files = request.FILES.getlist("uploads")
    if not files or not media_rules.may_upload(request.user):
        return request.POST
    data = request.POST.copy()
    listed = {value for name, value in data.items() if name.startswith("photos-") and name.endswith("-photo")}
    for file in files:
        try:
            photo, _created = ingest(file, file.name or "", request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, _("“%(name)s”没有收：%(why)s") % {"name": file.name, "why": refused})
            continue
        if photo.public_id not in listed:
            _append(data, photo.public_id)
            listed.add(photo.public_id)
    return data


def _append(data: QueryDict, public_id: str) -> None:
    total = data.get("photos-TOTAL_FORMS", "")
    number = int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    data["photos-TOTAL_FORMS"] = str(number + 1)
    data.setdefault("photos-INITIAL_FORMS", "0")
    data[f"photos-{number}-photo"] = public_id
    data[f"photos-{number}-ORDER"] = str(number + 1)
