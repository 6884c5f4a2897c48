"""Picture files and attachments that come with the story form itself, from a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from media import rules as media_rules
from media.attachments import take_in
from media.inspection import Refused
from media.library import ingest


def with_uploads(request: HttpRequest) -> QueryDict:
    """The posted form, with a row for each picture or attachment sent along. A refusal becomes a message.

    Call it outside a transaction, as each file is stored in one of its own.
    """
    data: QueryDict = request.POST
    for posted, rows, field, take in (
        ("uploads", "photos", "photo", ingest),
        ("attachments", "files", "file", take_in),
    ):
        files = request.FILES.getlist(posted)
        if files and media_rules.may_upload(request.user):
            data = data.copy()
            taken = _taken(request, files, take)
            ends = (f"{rows}-", f"-{field}")
            listed = {
                value for name, value in data.items() if name.startswith(ends[0]) and name.endswith(ends[1])
            }
            for public_id in dict.fromkeys(taken):
                if public_id not in listed:
                    _append(data, rows, field, public_id)
    return data


def _taken(request: HttpRequest, files: list[Any], take: Callable[..., tuple[Any, bool]]) -> list[str]:
    """Public ids of the files that were taken in."""
    ids = []
    for file in files:
        try:
            row, _created = take(file, file.name or "", request.user)
        except Refused as refused:
            messages.error(request, _("“%(name)s”没有收：%(why)s") % {"name": file.name, "why": refused})
            continue
        ids.append(row.public_id)
    return ids


def _append(data: QueryDict, rows: str, field: str, public_id: str) -> None:
    total = data.get(f"{rows}-TOTAL_FORMS", "")
    number = int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    data[f"{rows}-TOTAL_FORMS"] = str(number + 1)
    data.setdefault(f"{rows}-INITIAL_FORMS", "0")
    data[f"{rows}-{number}-{field}"] = public_id
    data[f"{rows}-{number}-ORDER"] = str(number + 1)
