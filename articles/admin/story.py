"""The story in the admin: its form, with the workflow, versions, preview and list mixed in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.admin.changelist import ChangelistMixin
from articles.admin.preview import PreviewMixin
from articles.admin.revisions import RevisionsMixin
from articles.admin.workflow import WorkflowMixin
from articles.models import Article


class StoryFormMixin:
    """The story form itself."""

    def story_context(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        """What the story page's templates need; mixins add theirs to super()'s."""
        return {}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)  # type: ignore[attr-defined]
        context = (extra_context or {}) | (self.story_context(request, article) if article else {})
        return super().change_view(request, object_id, form_url, context)  # type: ignore[misc]


@admin.register(Article)
class ArticleAdmin(ChangelistMixin, WorkflowMixin, RevisionsMixin, PreviewMixin, StoryFormMixin, admin.ModelAdmin):
    """稿件."""
