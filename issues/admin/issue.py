"""Numbered issues in the newsroom."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from issues import rules
from issues.models import Issue
from newsroom.lib import dates


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ["date", "weekday", "lunar", "numbers", "page_count", "banner"]
    list_filter = ["masthead"]
    date_hierarchy = "date"
    list_select_related = ["masthead"]
    readonly_fields = ["weekday", "lunar"]
    fieldsets = [
        (
            None,
            {"fields": ["masthead", ("date", "weekday", "lunar"), ("number", "total_number"), "page_count"]},
        ),
        (_("版面与印刷"), {"fields": ["banner", ("printed_on", "print_run")]}),
    ]

    @admin.display(description=_("星期"))
    def weekday(self, issue: Issue) -> str:
        return issue.weekday if issue.date else "—"

    @admin.display(description=_("农历"))
    def lunar(self, issue: Issue) -> str:
        return dates.lunar(issue.date) if issue.date else "—"

    @admin.display(description=_("期号"), ordering="total_number")
    def numbers(self, issue: Issue) -> str:
        return issue.numbers

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**Issue.proposed(), **super().get_changeform_initial_data(request)}

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
