"""The admin as a newsroom: its names, and the desk as its first page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from people.login import LoginForm


class NewsroomAdminSite(AdminSite):
    site_header = _("新闻编辑部")
    site_title = _("新闻编辑部")
    index_title = _("工作台")
    enable_nav_sidebar = False
    login_form = LoginForm

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from articles.rules import may_take_in  # the apps are not ready when this site is made
        from issues.rules import may_view_issues

        user: Any = request.user
        own = {"sees_papers": may_view_issues(user), "takes_in": may_take_in(user)}
        return super().each_context(request) | own

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from newsroom import desk  # the apps are not ready when this site is made

        return desk.index(self, request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Django asks the database for any term, and PostgreSQL fails on NUL."""
        if "\0" in request.GET.get("term", ""):
            raise BadRequest("NUL in a term")
        return super().autocomplete_view(request)
