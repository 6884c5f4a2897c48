"""The list of stories: who has each, since when, what is next; and what can be done to many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import desk, workflow
from articles.admin import filters
from articles.admin.workflow import viewer
from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.standing import Standing, for_lists, standings
from articles.workflow import WorkflowError
from newsroom.lib import dates
from people import rules as people_rules

MOST_AT_ONCE = 200
NOTHING = mark_safe('<span class="nothing">—</span>')
TOLD = 10  # refusals told one by one


class StoryList(ChangeList):
    """A page of stories, each with its standing: a fixed number of queries, without the texts."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if self.query and not any(key.startswith(f"{self.date_hierarchy}__") for key in self.params):
            self.date_hierarchy = None  # each of its two queries would search every text again

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        return for_lists(super().get_queryset(request, exclude_parameters))  # type: ignore[arg-type]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for standing in standings(self.result_list, viewer(request), timezone.now()):
            standing.article.standing = standing  # type: ignore[attr-defined]


class ChangelistMixin:
    """The columns, the filters, the search and the bulk actions."""

    list_display = ["title_column", "state", "holder", "since", "next_step", "section_path", "author"]
    list_filter = filters.ALL
    list_per_page = 50
    list_max_show_all = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "updated_at"
    ordering = ["-updated_at", "-pk"]
    search_fields = ["headline"]  # makes the search box; what it finds is `ArticleQuerySet.search`
    actions = ["bulk_submit", "bulk_claim", "bulk_hold", "bulk_unhold", "bulk_spike", "bulk_restore"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryList

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[ArticleQuerySet, bool]:
        return queryset.search(search_term), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only what the person's role can do at all; each story is asked again."""
        offered = super().get_actions(request)  # type: ignore[misc]
        offered.pop("delete_selected", None)
        if people_rules.is_editor(viewer(request)):
            return offered
        files = people_rules.files_stories(viewer(request))
        return {name: action for name, action in offered.items() if files and name == "bulk_submit"}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_create = self.has_add_permission(request)  # type: ignore[attr-defined]
        context = {"title": pgettext("plural", "稿件"), "may_create": may_create} | (extra_context or {})
        return super().changelist_view(request, context)  # type: ignore[misc]

    # Columns

    @admin.display(description=gettext_lazy("标题"))
    def title_column(self, article: Article) -> SafeString:
        kicker = article.kicker or (article.series.title if article.series else "")
        trouble = format_html('<strong class="trouble">{}</strong>', _("发布故障")) if article.trouble else ""
        return format_html(
            '{}<span class="headline">{}</span>{}',
            format_html('<small class="kicker">{}</small>', kicker) if kicker else "",
            article,
            trouble,
        )

    @admin.display(description=gettext_lazy("状态"))
    def state(self, article: Article) -> SafeString:
        held = format_html(' <span class="state is-held">{}</span>', _("备用")) if article.held else ""
        return format_html('<span class="state is-{}">{}</span>{}', article.status, _of(article).state, held)

    @admin.display(description=gettext_lazy("在谁手上"))
    def holder(self, article: Article) -> str:
        return _of(article).holder or NOTHING

    @admin.display(description=gettext_lazy("进入时间"), ordering="moved_at")
    def since(self, article: Article) -> SafeString:
        standing = _of(article)
        moment = timezone.localtime(standing.since)
        return format_html(
            '<time datetime="{}" title="{}">{}</time>',
            moment.isoformat(),
            f"{moment:%Y-%m-%d %H:%M}",
            dates.relative(moment, standing.facts.now),
        )

    @admin.display(description=gettext_lazy("下一步"))
    def next_step(self, article: Article) -> SafeString | str:
        standing = _of(article)
        words = standing.next
        if standing.due:
            words = _("%s 发布") % dates.relative(standing.due, standing.facts.now)
        return (
            format_html('<strong class="mine">{}</strong>', words)
            if standing.mine and not standing.held
            else words or NOTHING
        )

    @admin.display(description=gettext_lazy("栏目"))
    def section_path(self, article: Article) -> str:
        section = article.section
        if section is None:
            return NOTHING
        return f"{section.parent} / {section}" if section.parent else str(section)

    @admin.display(description=gettext_lazy("署名"))
    def author(self, article: Article) -> str:
        return _of(article).author or NOTHING

    # Many at once

    @admin.action(description=gettext_lazy("提交审核"))
    def bulk_submit(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._perform_each(request, queryset, "submit", _("提交审核"))

    @admin.action(description=gettext_lazy("不用"))
    def bulk_spike(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._perform_each(request, queryset, "spike", _("不用"))

    @admin.action(description=gettext_lazy("恢复为草稿"))
    def bulk_restore(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._perform_each(request, queryset, "restore", _("恢复"))

    @admin.action(description=gettext_lazy("认领"))
    def bulk_claim(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        user, now = viewer(request), timezone.now()

        def claim(article: Article) -> None:
            if article.claimed_by_id != user.pk:  # a second claim of one's own would give it back
                workflow.claim(article, user, now)

        self._each(request, queryset, claim, _("认领"))

    @admin.action(description=gettext_lazy("列为备用"))
    def bulk_hold(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._hold_each(request, queryset, True, _("备用"))

    @admin.action(description=gettext_lazy("从备用取回"))
    def bulk_unhold(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._hold_each(request, queryset, False, _("取回"))

    def _perform_each(self, request: HttpRequest, stories: QuerySet[Article], action: str, word: str) -> None:
        user, now = viewer(request), timezone.now()
        self._each(request, stories, lambda article: workflow.perform(action, article, user, now=now), word)

    def _hold_each(self, request: HttpRequest, stories: QuerySet[Article], held: bool, word: str) -> None:
        user, now = viewer(request), timezone.now()
        self._each(request, stories, lambda article: desk.hold(article, user, held, now), word)

    def _each(
        self, request: HttpRequest, stories: QuerySet[Article], act: Callable[[Article], Any], word: str
    ) -> None:
        """Do it to each story by itself, so that one refusal stops no other, and tell how each went."""
        found = list(stories[: MOST_AT_ONCE + 1])
        if len(found) > MOST_AT_ONCE:
            messages.error(request, _("一次最多处理%d篇，请分几次选。") % MOST_AT_ONCE)
            return
        done, refused = [], []
        for article in found:
            try:
                act(article)
            except WorkflowError as why:
                refused.append(_("《%(headline)s》没有%(word)s：%(why)s") % _told(article, word, why))
            else:
                done.append(_("《%s》") % article)
        if done:
            names = "".join(done[:TOLD]) + (_("等") if len(done) > TOLD else "")
            messages.success(
                request,
                _("已%(word)s%(count)d篇：%(names)s") % {"word": word, "count": len(done), "names": names},
            )
        for sentence in refused[:TOLD]:
            messages.warning(request, sentence)
        if len(refused) > TOLD:
            messages.warning(request, _("还有%d篇也没有办成。") % (len(refused) - TOLD))


def _told(article: Article, word: str, why: WorkflowError) -> dict[str, Any]:
    return {"headline": article, "word": word, "why": why}


def _of(article: Article) -> Standing:
    standing: Standing = article.standing  # type: ignore[attr-defined]
    return standing
