"""What is posted from a proof: marks and their steps, another try at typesetting, sending to the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.workflow import Asked, viewer
from articles.workflow import WorkflowError
from issues import marks, proofs, rules, sending
from issues.admin.actions import page_or_404, proof_address, refusal, sentences, status_of
from issues.admin.proofpage import shown
from issues.admin.reading import Reading
from issues.marks import Correction, Place
from issues.models import Dispatch, Page
from newsroom.lib.text import read_number

if TYPE_CHECKING:
    from issues.models import Mark

STEPS: dict[str, Callable[..., None]] = {
    "change": marks.change,
    "check": marks.check,
    "reopen": marks.reopen,
}
TYPED = ("text", "before", "after", "where", "box", "x", "y", "width", "height", "mode")


def mark(request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """A new mark: `text`; its place or `box`; with `mode` correct also `before`, `after` and `where`."""
    page = page_or_404(request, object_id)
    proof = get_object_or_404(page.proofs, number=number)
    data = request.POST
    correction = None
    if data.get("mode") == "correct":
        correction = Correction(data.get("before", ""), data.get("after", ""), data.get("where", ""))
    try:
        made = marks.make(
            proof,
            viewer(request),
            data.get("text", ""),
            timezone.now(),
            place=place_of(data),
            box=read_number(data.get("box", ""), 9),
            correction=correction,
        )
    except WorkflowError as refused:
        typed = {name: data.get(name, "") for name in TYPED}
        reading = Reading(page, viewer(request), timezone.now(), typed=typed)  # of the newest proof
        return shown(request, reading, status_of(refused), refused=sentences(refused))
    if correction:
        messages.success(request, _("已改，稿件另存一个版本。改完请重新出样。"))
    return HttpResponseRedirect(f"{proof_address(page)}#mark-{made.pk}")


def move(request: HttpRequest, object_id: int, mark_id: int) -> HttpResponse:
    """`do`: change, check, reopen or drop."""
    page = page_or_404(request, object_id)
    found: Mark = get_object_or_404(page.marks, pk=mark_id)
    do = request.POST.get("do", "")
    try:
        if do == "drop":
            marks.drop(found, viewer(request))
        elif do in STEPS:
            STEPS[do](found, viewer(request), timezone.now())
        else:
            raise Http404
    except WorkflowError as refused:
        return refusal(request, page, Asked(do), refused, _("批注没有改动"))
    anchor = "marks" if do == "drop" else f"mark-{mark_id}"
    number = read_number(request.POST.get("n", ""), 5)
    query = "" if number is None else f"?n={number}"
    return HttpResponseRedirect(f"{proof_address(page)}{query}#{anchor}")


def retry(request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """重试: typeset a proof again that failed."""
    page = page_or_404(request, object_id)
    if not (rules.may_edit_issues(request.user) or rules.may_mark(request.user)):
        raise Http404
    proofs.ask_again(get_object_or_404(page.proofs, number=number))
    return HttpResponseRedirect(proof_address(page))


def send(request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """传版, to whom: `to`."""
    page = page_or_404(request, object_id)
    proof = get_object_or_404(page.proofs, number=number)
    try:
        sent = sending.send(proof, viewer(request), request.POST.get("to", ""), timezone.now())
    except WorkflowError as refused:
        return _refused(request, page, number, refused, to=request.POST.get("to", ""))
    messages.success(request, _("已登记：%(proof)s传给%(to)s。") % {"proof": proof.label, "to": sent.to})
    return HttpResponseRedirect(f"{proof_address(page)}#sending")


def answer(request: HttpRequest, object_id: int, dispatch_id: int) -> HttpResponse:
    """What the printer answered: `answer`."""
    page = page_or_404(request, object_id)
    dispatch = get_object_or_404(Dispatch, pk=dispatch_id, proof__page=page)
    try:
        sending.answer(dispatch, viewer(request), request.POST.get("answer", ""), timezone.now())
    except WorkflowError as refused:
        typed = {"answer": request.POST.get("answer", ""), "answered": dispatch_id}
        return _refused(request, page, None, refused, **typed)
    return HttpResponseRedirect(f"{proof_address(page)}#sending")


def place_of(data: Mapping[str, str]) -> Place | None:
    """The place that was posted or asked for; None without one that makes sense."""
    x, y, width, height = (read_number(data.get(name, ""), 4) for name in ("x", "y", "width", "height"))
    return None if x is None or y is None else Place(x, y, width or 0, height or 0)


def _refused(
    request: HttpRequest, page: Page, number: int | None, refused: WorkflowError, **typed: object
) -> HttpResponse:
    reading = Reading(page, viewer(request), timezone.now(), number)
    return shown(request, reading, status_of(refused), refused_sending=sentences(refused), sending=typed)
