"""首页编排: the home page's places on one form, saved together; `newsroom.home.preview` shows it unsaved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import front, making_up, rules
from articles.admin import frontform, frontrows
from articles.admin.frontform import SlotFormSet
from articles.admin.preview import private
from articles.admin.taxonomy import ReadOnly
from articles.models import FrontSheet, FrontSlot
from articles.refusals import Conflict, NotAllowed, WorkflowError

TEMPLATE = "admin/articles/front/arrange.html"


@admin.register(FrontSlot)
class FrontAdmin(ReadOnly):
    """One page in place of a list: a choice alone says nothing."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="articles_frontslot_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_arrange_front(request.user)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_arrange_front(request.user)  # type: ignore[arg-type]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """GET shows the page as it is saved. POST shows it as it was sent, with a story looked for or added,
        and saves it where `_save` was pressed; a refusal keeps all that was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            slots = list(FrontSlot.objects.all())
            return self.page(request, frontform.unchanged(slots), front.digest(slots))
        formset = frontform.posted(request.POST)
        if "_save" not in request.POST:
            return self.page(request, formset, request.POST.get("seen", ""))
        return self.save(request, formset)

    def save(self, request: HttpRequest, formset: SlotFormSet) -> HttpResponse:
        seen = request.POST.get("seen", "")
        if not formset.is_valid():
            return self.page(request, formset, seen, status=422)
        try:
            changed = front.arrange(formset.slots(), request.user, seen, timezone.now())  # type: ignore[arg-type]
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None
        except Conflict as refused:
            theirs = list(FrontSlot.objects.select_related("set_by"))
            return self.page(request, formset, front.digest(theirs), refused, theirs, status=409)
        except WorkflowError as refused:
            return self.page(request, formset, seen, refused, status=422)
        messages.success(request, _("首页编排已保存。") if changed else _("没有改动。"))
        return HttpResponseRedirect(reverse("admin:articles_frontslot_changelist"))

    def page(
        self,
        request: HttpRequest,
        formset: SlotFormSet,
        seen: str,
        refused: WorkflowError | None = None,
        theirs: list[FrontSlot] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """`seen`: the digest of the arrangement that saving would replace. `theirs`: the other person's."""
        now = timezone.now()
        asked = request.POST if request.method == "POST" else request.GET
        words, section = asked.get("q", "").replace("\0", "").strip(), asked.get("section", "")
        slots = formset.slots() if formset.is_bound else list(FrontSlot.objects.all())
        made = making_up.front(slots, now)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name,
            "opts": self.opts,
            "formset": formset,
            "groups": frontrows.groups(formset, made, now),
            "columns": [(column, rows[:1]) for column, rows in made.columns],
            "found": frontrows.found(words, section, now),
            "sections": frontrows.sections(),
            "places": FrontSlot.Place.choices,
            "q": words[: frontrows.LONGEST],
            "section": section,
            "to": asked.get("to", ""),
            "moment": frontform.MomentForm(request.POST or None),
            "seen": seen,
            "refused": refused,
            "theirs": _told(theirs, now) if theirs is not None else None,
            "sheet": FrontSheet.objects.select_related("set_by").first(),
            "now": now,
        }
        return private(TemplateResponse(request, TEMPLATE, context, status=status))


def _told(slots: list[FrontSlot], now: datetime) -> list[tuple[str, int, str]]:
    """Place, order and headline of each, in the order of the page."""
    stories = frontrows.told((slot.article_id for slot in slots), now)
    rank = FrontSlot.Place.values.index
    return [
        (slot.get_place_display(), slot.order, stories[slot.article_id].headline)
        for slot in sorted(slots, key=lambda slot: (rank(slot.place), slot.order))
    ]
