"""The story in the admin: its form, with the workflow, versions, preview and list mixed in."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.changelist import ChangelistMixin
from articles.admin.outlets import OutletsMixin
from articles.admin.preview import PreviewMixin
from articles.admin.revisions import RevisionsMixin
from articles.admin.storyview import StoryFormMixin
from articles.admin.workflow import WorkflowMixin
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(  # type: ignore[misc]
    ChangelistMixin,
    WorkflowMixin,
    RevisionsMixin,
    PreviewMixin,
    OutletsMixin,
    StoryFormMixin,
    admin.ModelAdmin,
):
    """稿件."""
