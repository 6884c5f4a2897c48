"""The head of the paper in the newsroom."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from issues import rules
from issues.models import Masthead


@admin.register(Masthead)
class MastheadAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "permit_number", "organ", "hotline"]
    autocomplete_fields = ["lettering"]
    fieldsets = [
        (None, {"fields": ["title", "lettering", "kind", "permit_number", ("organ", "organ_role")]}),
        (_("联系与发行"), {"fields": [("website_name", "website_url"), "hotline", "distribution"]}),
        (
            _("准印证报纸另印"),
            {"fields": ["compiled_by", "sent_to", ("printed_by", "print_run"), "epaper_internal"]},
        ),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_view_issues(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Masthead | None = None) -> bool:
        return rules.may_view_issues(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_masthead(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Masthead | None = None) -> bool:
        return rules.may_edit_masthead(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Masthead | None = None) -> bool:
        return False
