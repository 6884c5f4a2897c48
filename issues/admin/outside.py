"""The form by which pages made elsewhere come into an issue."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.workflow import viewer
from articles.workflow import WorkflowError
from issues import incoming, rules
from issues.admin.actions import context_for, issue_address, issue_or_404, sentences, status_of
from newsroom.lib.text import read_number


def outside(request: HttpRequest, object_id: int) -> HttpResponse:
    """Post `files`, `first` (the page number to begin with, or nothing), `replace`."""
    issue = issue_or_404(request, object_id)
    if not rules.may_edit_issues(request.user):
        raise PermissionDenied
    refused: list[str] = []
    status = 200
    first = request.POST.get("first", "")
    replace = "replace" in request.POST
    if request.method == "POST":
        files = [(file.name or "", file) for file in request.FILES.getlist("files")]
        number = read_number(first, 3)
        try:
            arrived = incoming.take_in(issue, files, viewer(request), timezone.now(), number, replace)
        except WorkflowError as wrong:
            refused, status = sentences(wrong), status_of(wrong)
        else:
            said = {"pages": len(arrived.pages), "stories": arrived.stories}
            told = (
                _("传入%(pages)d个版，找到%(stories)d篇稿件的位置。请到“拼版”核对。")
                if arrived.stories
                else _("已传入%(pages)d个版。没认出稿件，请到“拼版”里逐篇画出位置。")
            )
            messages.success(request, told % said)
            return HttpResponseRedirect(f"{issue_address(issue)}#pages")
    context = context_for(
        request,
        _("传入外来版面"),
        issue=issue,
        refused=refused,
        typed={"first": first, "replace": replace},
    )
    return TemplateResponse(request, "admin/issues/issue/outside.html", context, status=status)
