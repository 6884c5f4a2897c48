"""The page on which a proof is read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from issues import rules
from issues.admin.actions import context_for, seen
from issues.admin.reading import Reading
from issues.admin.words import history_of


def shown(request: HttpRequest, reading: Reading, status: int = 200, **context: Any) -> HttpResponse:
    """The proof page, also as the answer to something refused: with what was typed."""
    if reading.shown is None and reading.number is not None:
        raise Http404
    page = reading.page
    filled = context_for(
        request,
        page.label,
        reading=reading,
        page=page,
        issue=page.issue,
        card=reading.card,
        proof=reading.shown,
        history=history_of(reading.card.facts),
        seen=seen(page),
        may_compose=rules.may_compose(reading.viewer, page),
        subtitle=_("校样"),
        **context,
    )
    return TemplateResponse(request, "admin/issues/proof/proof.html", filled, status=status)
