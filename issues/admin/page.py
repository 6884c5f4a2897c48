"""Pages in the admin: each is its composer. They are listed where their issue is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from issues import rules
from issues.admin import composer, proof
from issues.models import Page

View = Callable[..., HttpResponse]


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            *proof.urls(self.admin_site),
            path("", wrap(self.changelist_view), name="issues_page_changelist"),
            path("<int:pk>/change/", wrap(self.to_composer), name="issues_page_change"),
            path("<int:pk>/compose/", wrap(self.compose_view), name="issues_page_compose"),
            path("<int:pk>/compose/state/", wrap(composer.state), name="issues_page_compose_state"),
            path("<int:pk>/compose/version/", wrap(composer.version), name="issues_page_compose_version"),
            path("<int:pk>/compose/stories/", wrap(composer.stories), name="issues_page_compose_stories"),
            path("<int:pk>/compose/pictures/", wrap(composer.pictures), name="issues_page_compose_pictures"),
            path("<int:pk>/compose/room/", wrap(composer.room), name="issues_page_compose_room"),
            path("<int:pk>/compose/arrange/", wrap(composer.arrange), name="issues_page_compose_arrange"),
        ]

    def compose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        return require_safe(composer.compose)(request, pk, context)

    def to_composer(self, request: HttpRequest, pk: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:issues_page_compose", args=[pk]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:issues_issue_changelist"))

    # Not in the index: there is nothing to see of pages without their issue.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return rules.may_view_issues(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return rules.may_edit_issues(request.user) if obj is None else rules.may_compose(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False
