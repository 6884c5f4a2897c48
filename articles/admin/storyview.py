"""The story's page: shown to read or to write, saved with a lock on the version it was opened with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import rules, workflow
from articles.admin import autosave, lookups
from articles.admin.storypage import StoryPage
from articles.facts import facts_of
from articles.models import Article
from people import rules as people_rules

View = Callable[..., HttpResponse]


class StoryFormMixin(admin.ModelAdmin):
    """Permissions by `articles.rules`, and the form in place of Django's."""

    # Who may

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user, timezone.now())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return people_rules.may_enter_newsroom(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return people_rules.may_enter_newsroom(request.user)
        return rules.may_view(request.user, facts_of(obj, timezone.now()))  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return people_rules.files_stories(request.user)
        return rules.may_edit(request.user, facts_of(obj, timezone.now()))  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_create(request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Never by Django's page: a draft is discarded, by `workflow.discard`."""
        return False

    # Addresses

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("names/", wrap(lookups.names), name="articles_article_names"),
            path("places/", wrap(lookups.places), name="articles_article_places"),
            path("words/", wrap(lookups.words), name="articles_article_words"),
            path("new/autosave/", wrap(self.autosave_view), name="articles_article_autosave_new"),
            path("new/autosave/drop/", wrap(self.drop_view), name="articles_article_autosave_drop_new"),
            path("<int:pk>/autosave/", wrap(self.autosave_view), name="articles_article_autosave"),
            path("<int:pk>/autosave/drop/", wrap(self.drop_view), name="articles_article_autosave_drop"),
            path("<int:pk>/discard/", wrap(self.discard_view), name="articles_article_discard"),
            path("add/", self._keeping(self.add_view), name="articles_article_add"),
            path("<path:object_id>/change/", self._keeping(self.change_view), name="articles_article_change"),
        ]
        return own + super().get_urls()

    def _keeping(self, view: View) -> View:
        """The view behind the login; what a form without a session brings is kept for its owner first."""
        protected = self.admin_site.admin_view(view)

        def outer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not self.admin_site.has_permission(request):
                autosave.keep_for_owner(request, timezone.now())
            return protected(request, *args, **kwargs)

        return outer

    def story_context(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        """What the story page's templates need; mixins add theirs to super()'s."""
        return {}

    def perform_after_save(self, request: HttpRequest, article: Article, action: str) -> HttpResponse:
        """What a button named `_then` asks for once the form is saved; `WorkflowMixin` knows the actions."""
        return HttpResponseRedirect(address(article))

    # Views

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not rules.may_create(request.user):  # type: ignore[arg-type]
            raise Http404
        return StoryPage(self, request, None, extra_context).answer()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        return StoryPage(self, request, article, extra_context).answer()

    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return require_POST(autosave.answer)(request, self._story(request, pk))

    def drop_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """丢弃: what was typed and not saved goes, at the person's word."""
        article = self._story(request, pk)
        if request.method == "POST":
            autosave.forget(request.user, article, request.POST.get("key"))  # type: ignore[arg-type]
        return HttpResponseRedirect(address(article))

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._story(request, pk)
        assert article is not None
        now = timezone.now()
        if not rules.may_discard(request.user, facts_of(article, now)):  # type: ignore[arg-type]
            messages.error(request, _("审签过的稿件不能删除，可以“不用”。"))
            return HttpResponseRedirect(address(article))
        if request.method == "POST":
            return self._discard(request, article, now)
        context = {
            **self.admin_site.each_context(request),
            "article": article,
            "opts": self.opts,
            "title": _("删除草稿"),
        }
        return TemplateResponse(request, "admin/articles/article/discard.html", context)

    def _discard(self, request: HttpRequest, article: Article, now: datetime) -> HttpResponse:
        headline = str(article)
        try:
            workflow.discard(article, request.user, now)  # type: ignore[arg-type]
        except workflow.WorkflowError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(address(article))
        messages.success(request, _("草稿“%s”已删除。") % headline)
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    def _story(self, request: HttpRequest, pk: int | None) -> Article | None:
        if pk is None:
            return None
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        return article


def address(article: Article | None) -> str:
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article.pk])
