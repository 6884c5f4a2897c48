"""收稿: what was sent in, as a list; taking in pages, Word files and PDFs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import rules
from articles.admin.workflow import viewer
from articles.intake import queue, shelf
from articles.intake.pieces import Kind
from articles.models import Intake, IntakeBatch
from issues.admin import intakedesk
from media.child import MEGABYTE
from newsroom.lib.text import read_number
from people import rules as people_rules
from people.models import User

Status = Intake.Status
PER_PAGE = 50
MOST_FILES = 50  # at once, by a browser without scripts; scripts send one at a time
LARGEST_PASTE = 2_000_000  # characters
LARGEST = 100 * MEGABYTE + 1  # bytes: what is larger no reader takes
#: In the order in which they ask for somebody.
FILTERS = (Status.READ, Status.WAITING, Status.REFUSED, Status.ACCEPTED, Status.DROPPED)


@dataclass(frozen=True)
class Row:
    intake: Intake

    @property
    def stories(self) -> int:
        """How many stories and lone pictures it reads as."""
        return len(
            {group for _line, _start, _end, _kind, group, _joined in json.loads(self.intake.pieces) if group}
        )

    @property
    def headline(self) -> str:
        """Of the first story that has one."""
        rows = json.loads(self.intake.pieces)
        found = next((row for row in rows if row[3] == Kind.HEADLINE), None)
        if found is None:
            return ""
        line, start, end = found[:3]
        return str(json.loads(self.intake.lines)[line][0][start:end])

    @property
    def state(self) -> str:
        return {
            Status.READ: "draft",
            Status.WAITING: "review",
            Status.WORKING: "review",
            Status.ACCEPTED: "published",
            Status.DROPPED: "spiked",
            Status.REFUSED: "withdrawn",
        }[Status(self.intake.status)]


@dataclass(frozen=True)
class Progress:
    """A batch that is being read: how far it is."""

    batch: IntakeBatch
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts[status] for status in Status.values)

    @property
    def done(self) -> int:
        return self.total - self.counts[Status.WAITING] - self.counts[Status.WORKING]


@admin.register(Intake)
class IntakeAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"articles_intake_{name}")

        return [
            at("", require_safe(self.list_view), "changelist"),
            at("receive/", require_POST(self.receive_view), "receive"),
            at("<int:pk>/change/", require_safe(self.desk_view), "change"),
            at("<int:pk>/pieces/", intakedesk.save, "pieces"),
            at("<int:pk>/pictures/<int:number>/", intakedesk.picture, "picture"),
            at("<int:pk>/accept/", intakedesk.accept, "accept"),
            at("<int:pk>/attach/", intakedesk.attach, "attach"),
            at("<int:pk>/drop/", intakedesk.drop, "drop"),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return TemplateResponse(
            request, "admin/issues/intake/list.html", self._context(request) | listed(request)
        )

    def receive_view(self, request: HttpRequest) -> HttpResponse:
        """`files` and `text`. Answers scripts with {"pages": [{"url", "name", "said"}], "errors": […]}."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if batch := request.POST.get("batch"):
            return self._queued(request, batch)
        rows = taken_in(request)
        if request.headers.get("Accept") == "application/json":
            pages = [
                {"url": address(row), "name": str(row), "said": said(row)} for row in rows if not row.error
            ]
            errors = [row.error for row in rows if row.error]
            return JsonResponse({"pages": pages, "errors": errors}, headers={"Cache-Control": "no-store"})
        for row in rows:
            if row.error:
                messages.error(request, row.error)
        if not rows:
            messages.error(request, _("请选择文件，或粘贴文字。"))
        if len(rows) == 1 and not rows[0].error:
            return HttpResponseRedirect(address(rows[0]))
        return HttpResponseRedirect(reverse("admin:articles_intake_changelist"))

    def _queued(self, request: HttpRequest, asked: str) -> HttpResponse:
        """`files` for the workers, `batch` its number or "new"; answers {"batch": number}."""
        by, now = viewer(request), timezone.now()
        mine = IntakeBatch.objects.filter(created_by=by, pk=read_number(asked, 9) or 0)
        batch = mine.first() or queue.open_batch(by, now)
        for file in request.FILES.getlist("files")[:MOST_FILES]:
            queue.add(batch, file.name or "", _bytes(file), now)
        return JsonResponse({"batch": batch.pk}, headers={"Cache-Control": "no-store"})

    def desk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return intakedesk.show(request, pk, self._context(request))

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"opts": self.opts, "now": timezone.now()}

    # Who may: pages and lists ask `articles.rules` about each one.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Intake | None = None) -> bool:
        user = _someone(request)
        if user is None or obj is None:
            return user is not None and (rules.may_take_in(user) or people_rules.sees_all_stories(user))
        return rules.may_view_intake(user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Intake | None = None) -> bool:
        user = _someone(request)
        if user is None or obj is None:
            return user is not None and rules.may_take_in(user)
        return rules.may_edit_intake(user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Intake | None = None) -> bool:
        return False


def _someone(request: HttpRequest) -> User | None:
    """Who is logged in; the login page asks for permissions too."""
    return request.user if isinstance(request.user, User) else None


def address(intake: Intake) -> str:
    return reverse("admin:articles_intake_change", args=[intake.pk])


def listed(request: HttpRequest) -> dict[str, Any]:
    """What the list shows: `?state=` one of FILTERS, `?p=` the page of the list."""
    user = viewer(request)
    mine: QuerySet[Intake] = Intake.objects.visible_to(user)
    counts = dict(mine.order_by().values_list("status").annotate(Count("pk")))
    counts[Status.WAITING] = counts.get(Status.WAITING, 0) + counts.pop(Status.WORKING, 0)
    state = request.GET.get("state", "")
    chosen = Status(state) if state in FILTERS else None
    if chosen:
        alike = [Status.WAITING, Status.WORKING] if chosen == Status.WAITING else [chosen]
        mine = mine.filter(status__in=alike)
    rows = mine.select_related("sent_by", "changed_by", "accepted_by").defer("text", "pictures")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return {
        "title": _("收稿"),
        "page": page,
        "rows": [Row(intake) for intake in page],
        "state": chosen,
        "filters": [(one, one.label, counts.get(one, 0)) for one in FILTERS],
        "total": sum(counts.values()),
        "may_take_in": rules.may_take_in(user),
        "batches": progress(user),
    }


def progress(user: Any) -> list[Progress]:
    """The batches that are not through yet."""
    unfinished = Intake.objects.visible_to(user).filter(status__in=[Status.WAITING, Status.WORKING])
    found = IntakeBatch.objects.filter(pk__in=unfinished.order_by().values("batch"))[:10]
    return [Progress(batch, batch.counts) for batch in found]


def taken_in(request: HttpRequest) -> list[Intake]:
    """The pages of what was posted. One file that cannot be read keeps no other out."""
    by, now = viewer(request), timezone.now()
    rows: list[Intake] = []
    for file in request.FILES.getlist("files")[:MOST_FILES]:
        rows += shelf.receive(file.name or "", _bytes(file), by, now)
    text = request.POST.get("text", "")
    if text.strip():
        rows += shelf.paste(text[:LARGEST_PASTE], by, now)
    return rows


def said(intake: Intake) -> str:
    """5篇，2处存疑"""
    stories = Row(intake).stories
    return _("%d篇") % stories + (_("，%d处存疑") % intake.doubts if intake.doubts else "")


def _bytes(file: UploadedFile) -> bytes:
    return bytes(file.read(LARGEST))
