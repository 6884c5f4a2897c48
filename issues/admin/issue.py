"""Numbered issues in the newsroom: the list, and each one's board."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.workflow import Asked, viewer
from articles.models import Correction
from articles.workflow import WorkflowError
from issues import corrections, rules, skeleton
from issues.admin import actions, outside
from issues.admin.board import Board
from issues.models import GuideEntry, Issue, Page
from newsroom.lib import dates
from newsroom.lib.text import read_number

NUMBERING = ("masthead", "date", "number", "total_number")
SETTING = ("format", "columns", "body_size", "bleed")
# The browser's own calendar.
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class GuideInline(admin.TabularInline):
    """Lines of the guide, each to a page, or to a story on it; empty words are the story's own."""

    model = GuideEntry
    fields = ["position", "page_number", "article", "kicker", "headline", "subheadline"]
    autocomplete_fields = ["article"]
    extra = 0
    verbose_name = _("导读条目")
    verbose_name_plural = _("头版导读")

    def has_view_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return rules.may_view_issues(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return rules.may_edit_issues(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Issue | None) -> bool:  # type: ignore[override]
        return rules.may_edit_issues(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return rules.may_edit_issues(request.user)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Stories are written elsewhere."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "article":
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = field.widget.can_delete_related = False
        return field


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    actions = None
    formfield_overrides = {DateField: {"widget": DAY}}
    list_display = ["day", "numbers", "state", "pages_state", "banner"]
    list_display_links = ["day"]
    date_hierarchy = "date"
    list_per_page = 50
    empty_value_display = ""
    show_full_result_count = False
    readonly_fields = ["weekday", "lunar", "page_count"]
    inlines = [GuideInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("date", "weekday", "lunar"),
                    ("number", "total_number", "page_count"),
                    "masthead",
                    "banner",
                ]
            },
        ),
        (_("开本与排版"), {"fields": [("format", "columns", "body_size"), "bleed"]}),
        (_("印刷"), {"fields": [("printed_on", "print_run")]}),
    ]

    # Another person's release must not be undone by a form that was opened before it.

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Issue | None:
        if request.method == "POST" and (pk := read_number(object_id, 18)):
            Issue.objects.select_for_update().filter(pk=pk).first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request: HttpRequest, obj: Issue, form: Any, change: bool) -> None:
        obj.save(update_fields=form.changed_data if change else None)

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        pages = Prefetch("pages", Page.objects.order_by("number").only("issue", "number", "status"))
        return super().get_queryset(request).select_related("masthead").prefetch_related(pages)

    @admin.display(description=_("日期"), ordering="date")
    def day(self, issue: Issue) -> str:
        return dates.chinese_date(issue.date)

    @admin.display(description=_("期号"), ordering="total_number")
    def numbers(self, issue: Issue) -> str:
        return issue.numbers

    @admin.display(description=_("状态"))
    def state(self, issue: Issue) -> SafeString:
        now = timezone.now()
        if issue.release_at is None:
            return format_html('<span class="state is-draft">{}</span>', gettext("编排中"))
        if issue.release_at <= now:
            return format_html('<span class="state is-published">{}</span>', gettext("已发布"))
        words = gettext("%s 发布") % dates.relative(issue.release_at, now)
        return format_html('<span class="state is-signed">{}</span>', words)

    @admin.display(description=_("各版"))
    def pages_state(self, issue: Issue) -> str:
        """4版：2已签样 1校对中 1拼版中"""
        pages = issue.pages.all()
        if not pages:
            return gettext("没有版面")
        counts = Counter(str(page.get_status_display()) for page in pages)
        if len(counts) == 1:
            return gettext("%(n)d版，都%(state)s") % {"n": len(pages), "state": next(iter(counts))}
        parts = [f"{n}{state}" for state, n in counts.most_common()]
        return gettext("%(n)d版：%(parts)s") % {"n": len(pages), "parts": " ".join(parts)}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        last = Issue.objects.order_by("-date").values_list("pk", flat=True).first()
        context = {"last": last or 0, "may_open": rules.may_edit_issues(request.user)}
        return super().changelist_view(request, context | (extra_context or {}))

    # The board

    @admin.display(description=_("星期"))
    def weekday(self, issue: Issue) -> str:
        return issue.weekday if issue.date else "—"

    @admin.display(description=_("农历"))
    def lunar(self, issue: Issue) -> str:
        return dates.lunar(issue.date) if issue.date else "—"

    def get_readonly_fields(self, request: HttpRequest, obj: Issue | None = None) -> list[str]:
        """Once the issue has its moment, what names it stays; the pages were signed with it."""
        fixed = [*NUMBERING, *SETTING] if obj and obj.release_at else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**Issue.proposed(), **super().get_changeform_initial_data(request)}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Issue | None = None,
    ) -> HttpResponse:
        if obj:
            context |= {
                "board": Board(obj, viewer(request), timezone.now()),
                "issue": obj,
                "now": timezone.now(),
                "title": str(obj),
                "subtitle": None,
                "show_save_and_add_another": False,
            }
        else:
            context |= {"title": gettext("开新一期"), "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            skeleton.give_pages(form.instance)

    # What is posted

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, require_POST(self.admin_site.admin_view(view)), name=f"issues_issue_{name}")

        own = [
            at("next/", self.next_view, "next"),
            at("<int:object_id>/action/", actions.on_issue, "action"),
            at("<int:object_id>/pages/", self.pages_view, "pages"),
            at("<int:object_id>/corrections/", self.corrections_view, "corrections"),
            path(
                "<int:object_id>/outside/",
                self.admin_site.admin_view(outside.outside),
                name="issues_issue_outside",
            ),
        ]
        return own + super().get_urls()

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """照上期开新一期; `after` is the issue that was the last one on the screen."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        after = request.POST.get("after", "")
        try:
            issue = skeleton.next_issue(viewer(request), timezone.now(), read_number(after, 9))
        except WorkflowError as refused:
            return self._not_opened(request, refused)
        messages.success(request, gettext("已开%s。") % issue.numbers)
        return HttpResponseRedirect(actions.issue_address(issue))

    def pages_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """`do`: add (`name`), rename (`page`, `name`) or remove (`page`)."""
        issue = actions.issue_or_404(request, object_id)
        do, name, by = request.POST.get("do", ""), request.POST.get("name", ""), viewer(request)
        try:
            if do == "add":
                skeleton.add_page(issue, by, name)
            elif do == "rename":
                skeleton.rename_page(_page(request, issue), by, name, timezone.now())
            elif do == "remove":
                skeleton.remove_page(_page(request, issue), by)
            else:
                raise Http404
        except WorkflowError as refused:
            asked = Asked(do, note=name)
            return actions.refusal(request, issue, asked, refused, gettext("版面没有改动"))
        return HttpResponseRedirect(f"{actions.issue_address(issue)}#pages")

    def corrections_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """`correction`, and `do`: in (已排进本期) or out."""
        issue = actions.issue_or_404(request, object_id)
        do, asked = request.POST.get("do", ""), request.POST.get("correction", "")
        found = Correction.objects.filter(pk=read_number(asked, 9) or 0).first()
        if found is None or do not in ("in", "out"):
            raise Http404
        try:
            (corrections.put_in if do == "in" else corrections.take_out)(found, issue, viewer(request))
        except WorkflowError as refused:
            return actions.refusal(request, issue, Asked(do), refused, gettext("更正没有改动"))
        return HttpResponseRedirect(f"{actions.issue_address(issue)}#corrections")

    def _not_opened(self, request: HttpRequest, refused: WorkflowError) -> HttpResponse:
        for sentence in actions.sentences(refused):
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:issues_issue_changelist"))

    # Who may

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_view_issues(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return rules.may_view_issues(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_issues(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return rules.may_edit_issues(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return False


def _page(request: HttpRequest, issue: Issue) -> Page:
    asked = read_number(request.POST.get("page", ""), 9)
    page = issue.pages.select_related("issue").filter(pk=asked or 0).first()
    if page is None:
        raise Http404
    return page
