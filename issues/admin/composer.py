"""The page composer: one page of HTML, and the JSON its scripts ask for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.workflow import Conflict, NotAllowed
from issues import edits, preview, rules
from issues.admin import arranging, composing
from issues.composition.headline import LADDER
from issues.edits import Overtaken, Refused
from issues.facts import facts_of
from issues.models import Page
from issues.workflow import available
from newsroom.lib.text import read_number

NO_STORE = {"Cache-Control": "no-store"}
MOST_BYTES = 1024 * 1024
LABELS = ("统稿", "视觉", "本版责编", "责任校对", "组版", "值班编委")


def compose(request: HttpRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    """The composer itself. `context`: what every page of the admin has."""
    page = _page(request, pk)
    now = timezone.now()
    may = rules.may_compose(request.user, page)
    context |= {
        "title": _("拼版 %s") % page.label,
        "page": page,
        "pages": page.issue.pages.order_by("number"),
        "standing": composing.standing(page),
        "may": may,
        "may_proof": "proof" in available(request.user, facts_of(page, now)),  # type: ignore[arg-type]
        "sentence": _sentence(page) if may else _why_not(request, page),
        "ladder": [(round(size * 1000), _("%g磅") % size) for size in LADDER],
        "columns": range(1, page.issue.columns + 1),
        "credit_labels": LABELS,
        "issue_url": _address("admin:issues_issue_change", page.issue_id),
        "proof_url": _address("admin:issues_page_proof", page.pk),
        "action_url": _address("admin:issues_page_action", page.pk),
    }
    return TemplateResponse(request, "admin/issues/page/compose.html", context, headers=NO_STORE)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it stands; after the changes that were posted: {"changes": […], "width": pixels}."""
    page, now = _page(request, pk), timezone.now()
    if request.method != "POST":
        return _answer(page, request, now, _width(request.GET.get("width")))
    asked = _asked(request)
    if isinstance(asked, HttpResponse):
        return asked
    width = _width(asked.get("width"))
    try:
        done = edits.apply(page, request.user, asked.get("changes"), now)  # type: ignore[arg-type]
    except Overtaken as late:
        taken = [{"id": one.id, "field": one.field, "now": one.now} for one in late.taken]
        return _answer(page, request, now, width, 409, error=str(late), taken=taken)
    except (Refused, NotAllowed, Conflict) as refused:
        status = {NotAllowed: 403, Conflict: 409}.get(type(refused), 422)
        return _answer(page, request, now, width, status, error=str(refused))
    return _answer(page, request, now, width, undo=done.undo, ids=done.ids)


@require_safe
def version(request: HttpRequest, pk: int) -> JsonResponse:
    """A few bytes that change when the page does, and by whom it was last changed, if not by who asks."""
    page = _page(request, pk)
    last = page.edits.select_related("by").first()
    by = str(last.by) if last and last.by_id != request.user.pk else ""
    return JsonResponse({"version": composing.version(page), "by": by}, headers=NO_STORE)


@require_safe
def stories(request: HttpRequest, pk: int) -> JsonResponse:
    page = _page(request, pk)
    found = composing.offered(page.issue, timezone.now(), request.GET.get("q", ""))
    return JsonResponse({"results": found}, headers=NO_STORE)


@require_safe
def pictures(request: HttpRequest, pk: int) -> JsonResponse:
    page = _page(request, pk)
    found = composing.pictures(page, request.user, request.GET.get("q", ""))  # type: ignore[arg-type]
    return JsonResponse({"results": found}, headers=NO_STORE)


@require_safe
def room(request: HttpRequest, pk: int) -> JsonResponse:
    """About how full `?box=` or `?story=` would be in every size of box, for who is dragging it."""
    page = _page(request, pk)
    box, story = (read_number(request.GET.get(name, ""), 9) for name in ("box", "story"))
    free = arranging.room(page, box, story, timezone.now(), composing.cell(page.frozen_format()))
    return JsonResponse({"free": free}, headers=NO_STORE)


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """自动拼版 of what is on the page and {"stories": [{"id", "weight"}, …]}: offers with their changes."""
    page = _page(request, pk)
    if not rules.may_compose(request.user, page):
        return _refused(_why_not(request, page), 403)
    asked = _asked(request)
    if isinstance(asked, HttpResponse):
        return asked
    try:
        cell = composing.cell(page.frozen_format())
        offers = arranging.offers(page, asked.get("stories"), timezone.now(), cell)
    except Refused as refused:
        return _refused(str(refused), 422)
    return JsonResponse({"offers": offers}, headers=NO_STORE)


def _page(request: HttpRequest, pk: int) -> Page:
    page = Page.objects.select_related("issue__masthead").filter(pk=pk).first()
    if page is None or not rules.may_view_issues(request.user):
        raise Http404
    return page


def _sentence(page: Page) -> str:
    if page.is_outside:
        return _("这一版是外来的：把稿件放到它在版面上的位置，读者在电子报上点这里看稿。")
    if page.status == Page.Status.PROOF:
        return _("这一版正在校对，改了版面要重新出样。")
    return ""


def _why_not(request: HttpRequest, page: Page) -> str:
    if rules.may_edit_issues(request.user):
        return _("%s已签样，只能看。要改版，请先退回改版。") % page.label
    return _("拼版由版面编辑或编辑来做，这里只能看。")


def _asked(request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """The JSON object that was posted, or the answer to what is none."""
    try:
        if len(request.body) > MOST_BYTES:
            return _refused(_("一次改得太多，请分几次。"), 413)
        asked = json.loads(request.body)
    except RequestDataTooBig:
        return _refused(_("一次改得太多，请分几次。"), 413)
    except (ValueError, RecursionError):
        return _refused(_("没有看懂送来的改动。"), 400)
    return asked if isinstance(asked, dict) else _refused(_("没有看懂送来的改动。"), 400)


def _width(asked: Any) -> int:
    """Of the picture wanted, in pixels, whatever was asked."""
    found = read_number(str(asked), 5) if type(asked) in (int, str) else None
    return preview.USUAL if found is None else found


def _answer(
    page: Page, request: HttpRequest, now: datetime, width: int, status: int = 200, **more: Any
) -> JsonResponse:
    stands = composing.state(page, request.user, now, width)  # type: ignore[arg-type]
    return JsonResponse(stands | more, status=status, headers=NO_STORE)


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers=NO_STORE)


def _address(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
