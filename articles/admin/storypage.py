"""One visit to a story's page: what is shown, and what happens to what is posted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import checklist, release, rules, workflow
from articles.admin import autosave, conflict, posted
from articles.admin.storyforms import StoryForms
from articles.admin.uploads import with_uploads
from articles.admin.workflow import KEPT
from articles.facts import Facts, facts_of
from articles.models import Article, Autosave, Source
from articles.story import Story
from newsroom.lib.html import count_characters
from people.models import User

if TYPE_CHECKING:
    from articles.admin.storyview import StoryFormMixin

FORM = "admin/articles/article/change_form.html"
READING = "admin/articles/article/read.html"
Status = Article.Status


class StoryPage:
    """`article` None is a new story. The person may see the story; whether they may write is asked here."""

    def __init__(
        self,
        model_admin: StoryFormMixin,
        request: HttpRequest,
        article: Article | None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        self.admin = model_admin
        self.request = request
        self.user: User = request.user  # type: ignore[assignment]
        self.article = article
        self.extra = extra or {}
        self.now = timezone.now()

    def answer(self) -> HttpResponse:
        if self.request.method == "POST":
            return self._posted()
        if self.article and not self.may_write:
            return self._reading()
        rows = autosave.kept(self.user, self.article)
        offers = [row for row in rows if self._differs(row)]
        if back := autosave.chosen(rows, self.request.GET.get("restore", "")):
            data = autosave.as_posted(autosave.read(back.form))
            others = [row for row in offers if row != back]
            forms = StoryForms(self.article, self.user, data)
            return self._form(forms, base=back.base, key=back.key, dirty=True, offers=others)
        return self._form(StoryForms(self.article, self.user), base=self.digest, offers=offers)

    @cached_property
    def facts(self) -> Facts | None:
        return facts_of(self.article, self.now) if self.article else None

    @property
    def may_write(self) -> bool:
        return rules.may_edit(self.user, self.facts) if self.facts else rules.may_create(self.user)

    @property
    def digest(self) -> str:
        return self.article.digest if self.article else ""

    def _differs(self, kept: Autosave) -> bool:
        """Whether autosave kept anything that the story does not hold anyway."""
        mine = autosave.as_posted(autosave.read(kept.form))
        theirs = posted.from_article(self.article) if self.article else QueryDict()
        return bool(conflict.differences(None, theirs, mine, mine))

    # Posting

    def _posted(self) -> HttpResponse:
        data = with_uploads(self.request)
        if self.article is None:
            return self._write(data)
        if not self.may_write:
            return self._too_late(data)
        if "take" in data or "mine" in data:
            return self._decide(data)
        if data.get("base", "") != self.digest:
            return self._conflict(data)
        return self._write(data)

    def _write(self, data: QueryDict) -> HttpResponse:
        """Save in one transaction that holds the story's row, where another's latest save is seen."""
        with transaction.atomic():
            if self.article:
                seen = self.article
                self.article = workflow.lock(seen)
                self.__dict__.pop("facts", None)
                if not self.may_write:
                    return self._too_late(data)
                if self.article.digest != seen.digest:
                    return self._conflict(data)
            forms = StoryForms(self.article, self.user, data)
            valid = forms.is_valid()
            if valid:
                article, revision, changed = forms.save(self.now)
                autosave.forget(self.user, self.article, autosave.key_of(data.get("key")))
        if not valid:
            self._keep(data)
            self._refresh()
            return self._form(forms, base=data.get("base", ""), dirty=True)
        if changed:
            messages.success(self.request, _("已保存为第%d版。") % revision.number)
        elif "_then" not in data:
            messages.info(self.request, _("没有改动，仍是第%d版。") % revision.number)
        if then := data.get("_then"):
            return self.admin.perform_after_save(self.request, article, then)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _keep(self, data: QueryDict) -> None:
        pairs = autosave.pairs_of(data)
        if len(autosave.write(pairs)) <= autosave.MOST_BYTES:
            autosave.keep(self.user, self.article, pairs, self.now)
        action, note = data.get("_then"), data.get("_note", "").strip()
        if self.article and action and note:
            # The panel shows it again beside its button.
            self.request.session[KEPT] = {str(self.article.pk): {action: note[:5000]}}

    def _refresh(self) -> None:
        """The form has written what was typed onto the instance; the page tells what the database says."""
        if self.article:
            self.article = Article.objects.get(pk=self.article.pk)

    # Conflicts

    def _conflict(self, data: QueryDict) -> HttpResponse:
        """The story changed since the form was opened. Nothing is saved and nothing typed is lost."""
        assert self.article is not None
        self._keep(data)
        theirs = posted.from_article(self.article)
        base = conflict.base_of(self.article, data.get("base", ""))
        merged = conflict.merge(base, theirs, data)
        return self._disputed(merged, autosave.as_posted(autosave.pairs_of(data)), 409)

    def _decide(self, data: QueryDict) -> HttpResponse:
        """用对方的 or 留我的 for one field; saves nothing."""
        assert self.article is not None
        try:
            mine = autosave.as_posted(autosave.read(data.get("typed", "")))
        except autosave.Unusable:
            mine = data
        form = data.copy()
        source = posted.from_article(self.article) if "take" in data else mine
        field = data.get("take") or data.get("mine") or ""
        if field in posted.FIELDS:
            posted.copy(field, source, form)
        self._keep(form)
        return self._disputed(form, mine, 200)

    def _disputed(self, form: QueryDict, mine: QueryDict, status: int) -> HttpResponse:
        assert self.article is not None
        theirs = posted.from_article(self.article)
        base = conflict.base_of(self.article, mine.get("base", ""))
        found = conflict.differences(base, theirs, mine, form)
        newest = self.article.revisions.select_related("author").order_by("-number").first()
        forms = StoryForms(self.article, self.user, form)
        forms.is_valid()
        self._refresh()
        context: dict[str, Any] = {
            "differences": found,
            "newest": newest,
            "typed": autosave.write(autosave.pairs_of(mine)),
        }
        return self._form(forms, base=self.digest, dirty=True, status=status, **context)

    def _too_late(self, data: QueryDict) -> HttpResponse:
        """The person may no longer write the story. What was typed is kept and shown beside what stands."""
        assert self.article is not None
        self._keep(data)
        theirs = posted.from_article(self.article)
        found = conflict.differences(conflict.base_of(self.article, data.get("base", "")), theirs, data, data)
        return self._reading(status=409, differences=found, too_late=True)

    # Pages

    def _form(
        self, forms: StoryForms, base: str, key: str = "", status: int = 200, **context: Any
    ) -> HttpResponse:
        """`key` names the open form; one that comes back keeps the key it was posted with."""
        article = self.article
        key = key or self._posted_key or autosave.new_key()
        context |= {
            "story": forms,
            "media": self.admin.media + forms.form.media,
            "base": base,
            "key": key,
            "ticket": autosave.ticket(self.user, article, key),
            "missing": self._missing(forms),
            "live": self._live,
            "count": count_characters(article.body) if article else 0,
            "sources": Source.objects.values_list("name", flat=True),
            "may_discard": bool(self.facts and rules.may_discard(self.user, self.facts)),
            "is_bound": forms.form.is_bound,
        }
        return self._render(FORM, status, context)

    def _reading(self, status: int = 200, **context: Any) -> HttpResponse:
        assert self.article is not None
        assert self.facts is not None
        newest = self.article.revisions.order_by("-number").first()
        shown = Story(release.build(newest, newest.number, self.now), self.now) if newest else None
        context |= {
            "shown": shown,
            "newest": newest,
            "live": self._live,
            "offers": autosave.kept(self.user, self.article),
            "may_discard": rules.may_discard(self.user, self.facts),
        }
        return self._render(READING, status, context)

    @property
    def _posted_key(self) -> str:
        return autosave.key_of(self.request.POST["key"]) if "key" in self.request.POST else ""

    @property
    def _live(self) -> Any:
        """The release readers see now."""
        return self.article.releases.visible(self.now).order_by("-number").first() if self.article else None

    def _missing(self, forms: StoryForms) -> dict[str, list[str]]:
        """What the story still lacks, by field. Not said of what was just typed and not saved."""
        found: dict[str, list[str]] = defaultdict(list)
        if self.article and not forms.form.is_bound and self.article.status in (Status.DRAFT, Status.REVIEW):
            for problem in checklist.problems(self.article, self.now):
                found[problem.field].append(problem.sentence)
        return dict(found)

    def _render(self, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
        title = str(self.article) if self.article else _("写稿")
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "article": self.article,
            "original": self.article,
            "facts": self.facts,
            "title": title,
            "now": self.now,
            "change": self.article is not None,
            "add": self.article is None,
            **context,
            **self.admin.story_context(self.request, self.article),
            **self.extra,
        }
        return TemplateResponse(self.request, template, context, status=status)
