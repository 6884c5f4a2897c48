"""A page's proof in the newsroom: the page to read it on, its files, and what is posted from there.

`urls` are added to those of the page's admin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles.admin.workflow import viewer
from issues.admin import actions, posting
from issues.admin.actions import page_or_404
from issues.admin.proofpage import shown
from issues.admin.reading import Reading
from issues.models import Page, Proof
from issues.serve import thumb
from issues.sheet import THUMB
from issues.standing import is_silent, press_words
from issues.under_mark import words_under
from media.serve import file_response
from newsroom.lib.text import read_number

# A proof's files never change; only this person's browser keeps them.
KEPT = "private, max-age=86400"
View = Callable[..., HttpResponseBase]


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of proofs, below `/admin/issues/page/`."""

    def at(route: str, view: View, name: str, post: bool = False) -> URLPattern:
        method = require_POST if post else require_safe
        return path(f"<int:object_id>/{route}", method(site.admin_view(view)), name=f"issues_page_{name}")

    return [
        at("proof/", proof_view, "proof"),
        at("proof/<int:number>/<int:width>.png", picture, "picture"),
        at("proof/<int:number>.pdf", pdf, "pdf"),
        at("proof/<int:number>/state/", state, "proof_state"),
        at("proof/<int:number>/words/", words, "proof_words"),
        at("proof/<int:number>/retry/", posting.retry, "retry", post=True),
        at("proof/<int:number>/mark/", posting.mark, "mark", post=True),
        at("proof/<int:number>/send/", posting.send, "send", post=True),
        at("mark/<int:mark_id>/", posting.move, "move_mark", post=True),
        at("answer/<int:dispatch_id>/", posting.answer, "answer", post=True),
        at("action/", actions.on_page, "action", post=True),
    ]


def proof_view(request: HttpRequest, object_id: int) -> HttpResponse:
    """`?n=` an older proof by its number."""
    page = page_or_404(request, object_id)
    number = read_number(request.GET.get("n", ""), 5)
    return shown(request, Reading(page, viewer(request), timezone.now(), number))


def picture(request: HttpRequest, object_id: int, number: int, width: int) -> HttpResponseBase:
    proof = _proof(request, object_id, number)
    if not proof.is_ready or (width not in proof.sizes and width != THUMB):
        raise Http404
    name = thumb(proof) if width == THUMB else proof.picture_name(width)
    etag = f"{proof.digest[:32]}-{width}"
    return file_response(name, request, content_type="image/png", etag=etag, cache_control=KEPT)


def pdf(request: HttpRequest, object_id: int, number: int) -> HttpResponseBase:
    """For people of the newsroom; its name says which version it is."""
    proof = _proof(request, object_id, number)
    if not proof.is_ready:
        raise Http404
    called = f"{proof.date} {proof.label} {proof.digest[:8]}.pdf"
    return file_response(
        proof.pdf_name,
        request,
        content_type="application/pdf",
        etag=proof.pdf_sha256[:32],
        cache_control=KEPT,
        called=called,
    )


def state(request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """How far the worker is: {"state", "label", "silent", "done", "total", "error"}."""
    proof, now = _proof(request, object_id, number), timezone.now()
    found = {
        "state": proof.state,
        "label": press_words(proof, now),
        "silent": is_silent(proof, now),
        "done": proof.done,
        "total": proof.total,
    }
    return _json(found | {"error": proof.error})


def words(request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """What is printed within `?x=&y=&width=&height=` (`&back=1`), and where in its story it stands."""
    proof = _proof(request, object_id, number)
    place = posting.place_of(request.GET)
    if place is None:
        raise Http404
    found = words_under(proof, place, "back" in request.GET)
    return _json({"text": found.text, "article": found.article, "where": found.where})


def _proof(request: HttpRequest, page_id: int, number: int) -> Proof:
    page: Page = page_or_404(request, page_id)
    return get_object_or_404(page.proofs, number=number)


def _json(found: dict[str, Any]) -> HttpResponse:
    return JsonResponse(found, headers={"Cache-Control": "no-store"})
