"""One page that was sent in, on its desk: the source beside its stories, corrections, accepting, dropping."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import rules
from articles.admin.workflow import STATUS_OF, viewer
from articles.facts import facts_of
from articles.intake import drafts, kept, shelf
from articles.models import Article, Intake, Origin
from articles.refusals import WorkflowError
from issues import intake as paper
from issues import rules as paper_rules
from issues.admin.actions import context_for, sentences
from issues.admin.intakepage import GIVEN, KINDS, Sheet
from issues.models import Issue, Page
from media.inspection import Refused
from media.library import ingest
from media.rules import may_upload
from media.serve import NEWSROOM, file_response
from newsroom.lib.text import read_number

NO_STORE = {"Cache-Control": "no-store"}
MOST_BYTES = 4 * 1024 * 1024
MOST_ISSUES = 400
#: Pictures in files are whatever somebody put there: shown only as what browsers show as pictures.
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
            ".webp": "image/webp"}  # fmt: skip


def intake_or_404(request: HttpRequest, pk: int) -> Intake:
    """One that this person may see; for anyone else there is none."""
    found = Intake.objects.select_related("sent_by", "changed_by", "accepted_by").filter(pk=pk).first()
    if found is None or not rules.may_view_intake(viewer(request), found):
        raise Http404
    return found


def show(
    request: HttpRequest,
    pk: int,
    context: dict[str, Any],
    refused: list[str] | None = None,
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The split screen; `refused` and `typed` after an acceptance that was refused."""
    intake = intake_or_404(request, pk)
    user = viewer(request)
    context |= {
        "title": str(intake),
        "intake": intake,
        "may": rules.may_edit_intake(user, intake) and intake.is_open,
        "may_drop": rules.may_edit_intake(user, intake),
        "refused": refused or [],
        "siblings": list(Intake.objects.light().of_file(intake.sha256)),
    }
    if intake.is_unfinished or intake.error:
        return TemplateResponse(request, "admin/issues/intake/unread.html", context, headers=NO_STORE)
    sheet = Sheet(intake)
    context |= {
        "sheet": sheet,
        "kinds": [(kind.value, name, key, kind.is_of_page) for kind, (name, key) in KINDS.items()],
        "data": _data(sheet),
        **_acceptance(request, intake, typed or {}),
        **_outcome(intake),
    }
    return TemplateResponse(
        request, "admin/issues/intake/desk.html", context, status=status, headers=NO_STORE
    )


def _data(sheet: Sheet) -> dict[str, Any]:
    """For the page's scripts, together with what each save answers."""
    labels = {kind.value: str(name) for kind, name in GIVEN.items()}
    labels |= {kind.value: str(name) for kind, (name, _key) in KINDS.items()}
    return {"lines": sheet.lines, "rows": sheet.reading.as_rows(), "labels": labels} | _stands(sheet)


def _stands(sheet: Sheet) -> dict[str, Any]:
    return {
        "version": sheet.intake.version,
        "doubts": _doubted(sheet),
    }


def _doubted(sheet: Sheet) -> dict[str, str]:
    """What is doubted at each place; several doubts of one place are told together."""
    told: dict[str, str] = {}
    for doubt in (doubt for story in sheet.stories for doubt in story.doubts):
        told[doubt.places] = f"{told[doubt.places]}；{doubt.said}" if doubt.places in told else doubt.said
    return told


def _acceptance(request: HttpRequest, intake: Intake, typed: dict[str, Any]) -> dict[str, Any]:
    """The form below: into which paper, or none."""
    may_place = paper_rules.may_edit_issues(request.user)
    proposed = {
        "date": intake.issue_date.isoformat() if intake.issue_date else "",
        "page": intake.page_number or "",
        "into": "paper" if may_place and intake.issue_date and intake.page_number else "drafts",
    }
    issues = Issue.objects.order_by("-date")
    return {
        "may_place": may_place,
        "form": proposed | typed,
        "in_hand": list(issues.in_hand()[:4]) if may_place else [],
        "days": {one.date.isoformat(): one.numbers for one in issues[:MOST_ISSUES]} if may_place else {},
    }


def _outcome(intake: Intake) -> dict[str, Any]:
    """The drafts that were made of it, and the page they were put on."""
    if intake.status != Intake.Status.ACCEPTED:
        return {}
    origins = intake.origins.select_related("article").order_by("position")
    page = Page.objects.filter(placements__article__in=[origin.article_id for origin in origins])
    placed = page.select_related("issue").order_by("-issue__date").first()
    return {"origins": list(origins), "placed": placed}


@require_http_methods(["PUT"])
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """{"rows": as `Reading.as_rows`, "version": the one they were made from}; the stories they make."""
    intake = intake_or_404(request, pk)
    try:
        if len(request.body) > MOST_BYTES:
            return _no(_("这一页太长，存不下。"), 413)
        asked = json.loads(request.body)
        rows, version = asked["rows"], int(asked["version"])
    except RequestDataTooBig:
        return _no(_("这一页太长，存不下。"), 413)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _no(_("没有看懂送来的改动。"), 400)
    try:
        intake = shelf.save_pieces(intake, rows, version, viewer(request), timezone.now())
    except (ValueError, OverflowError):
        return _no(_("改动之后这一页不完整了，没有保存。"), 400)
    except WorkflowError as refused:
        return _no(str(refused), STATUS_OF[type(refused)])
    sheet = Sheet(intake)
    context = {"sheet": sheet, "intake": intake, "may": True}
    html = render_to_string("admin/issues/intake/_stories.html", context, request)
    return JsonResponse(_stands(sheet) | {"html": html}, headers=NO_STORE)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A picture that came with the file, by its place among them."""
    names = list(kept.pictures_of(intake_or_404(request, pk)).values())
    if number >= len(names):
        raise Http404
    ending = "." + names[number].rpartition(".")[2].lower()
    if ending not in PICTURES:
        raise Http404
    etag = names[number].rpartition("/")[2]
    return file_response(
        names[number], request, content_type=PICTURES[ending], etag=etag, cache_control=NEWSROOM
    )


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """`into`: paper (then `date`, `page`, `new_issue`) or drafts; `version`; `story`: the groups to take."""
    intake = intake_or_404(request, pk)
    typed = {name: request.POST.get(name, "") for name in ("into", "date", "page", "new_issue")}
    wanted = {read_number(one, 5) for one in request.POST.getlist("story")}
    without = [group for group in kept.reading_of(intake).groups if group not in wanted]
    into_paper = typed["into"] == "paper"
    day, number = _day(typed["date"]), read_number(typed["page"], 2)
    if not wanted:
        return _back(request, pk, [_("一篇也没有选。都不要的话，请点“不收”。")], typed, 422)
    if into_paper and not (day and number):
        return _back(request, pk, [_("请填见报日期和版次，或选“只作草稿”。")], typed, 422)
    try:
        done = paper.accept(
            intake,
            viewer(request),
            timezone.now(),
            day if into_paper else None,
            number if into_paper else None,
            new_issue=bool(typed["new_issue"]),
            version=read_number(request.POST.get("version", ""), 9),
            without=without,
        )
    except WorkflowError as refused:
        return _back(request, pk, sentences(refused), typed, STATUS_OF[type(refused)])
    for note in done.notes:
        messages.warning(request, note)
    return HttpResponseRedirect(_address(pk))


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The `picture` of caption `number` of a draft, `article`, whose picture did not come along."""
    intake, by, now = intake_or_404(request, pk), viewer(request), timezone.now()
    article = read_number(request.POST.get("article", ""), 9)
    origin = intake.origins.select_related("article").filter(article=article or 0).first()
    file = request.FILES.get("picture")
    if origin is None:
        raise Http404
    back = HttpResponseRedirect(f"{_address(pk)}#origin-{origin.article_id}")
    if not file or not rules.may_edit(by, facts_of(origin.article, now)) or not may_upload(by):
        messages.error(request, _("这篇稿件现在不由你配图。") if file else _("请选择图片。"))
        return back
    try:
        photo, _new = ingest(file, file.name or "", by)
        with transaction.atomic():
            Article.objects.select_for_update(of=("self",)).get(pk=origin.article_id)
            held = Origin.objects.select_related("article").get(pk=origin.pk)
            drafts.attach(held, read_number(request.POST.get("number", ""), 4) or 0, photo, by, now)
    except Refused as refused:
        messages.error(request, str(refused))
    except IndexError:
        messages.error(request, _("这条图片说明已经配了图。"))
    except ValueError:
        messages.error(request, _("这篇稿件已经有这张图片。"))
    return back


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """不收; with `back`, 恢复."""
    intake = intake_or_404(request, pk)
    act = shelf.restore if "back" in request.POST else shelf.drop
    try:
        act(intake, viewer(request), timezone.now())
    except WorkflowError as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(_address(pk))


def _address(pk: int) -> str:
    return reverse("admin:articles_intake_change", args=[pk])


def _back(
    request: HttpRequest, pk: int, refused: list[str], typed: dict[str, Any], status: int
) -> HttpResponse:
    return show(request, pk, context_for(request, "", opts=Intake._meta), refused, typed, status)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _no(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers=NO_STORE)
