"""What readers were given, and when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.revision import Revision
from articles.querysets import ListingQuerySet, ReleaseQuerySet
from newsroom.lib import canonical


class Release(models.Model):
    """A signed revision in the shape readers need (发布件).

    Its content never changes. `visible_from` (empty: waits for its issue), `visible_until` and `end_reason`
    are set by `articles.workflow` alone, through `articles.release.set_window`, and repeated in the chain.
    `card` and `details` are canonical JSON text: what lists show, and what else the story's own page shows.
    """

    class End(models.TextChoices):
        REPLACED = "replaced", _("有新版")
        WITHDRAWN = "withdrawn", pgettext_lazy("status", "撤稿")
        EXPIRED = "expired", _("到期下线")
        TAKEN_BACK = "taken back", _("发布前收回")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="releases", verbose_name=_("稿件")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="releases", verbose_name=_("版本")
    )
    number = models.PositiveIntegerField(_("发布次"))
    headline = models.CharField(_("主题"), max_length=200)
    body = models.TextField(_("正文"))
    card = models.TextField()
    details = models.TextField()
    digest = models.CharField(max_length=64)
    # Of a standing page, the `path` on its card; empty for a story. Lists are of stories alone.
    page = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(_("签发时间"))

    visible_from = models.DateTimeField(_("可见起"), null=True, db_index=True)
    visible_until = models.DateTimeField(_("可见止"), null=True)
    end_reason = models.CharField(_("结束原因"), max_length=10, choices=End.choices, blank=True)
    expires_at = models.DateTimeField(_("下线时间"), null=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("替换")
    )
    # The moment lists sort by: first publication elsewhere, else the moment it became visible here.
    listed_at = models.DateTimeField(null=True, db_index=True)
    notice = models.TextField(_("撤稿告示"), blank=True)
    paper_date = models.DateField(null=True)
    paper_page = models.PositiveSmallIntegerField(null=True)
    paper_from = models.DateTimeField(null=True)  # since when readers can look it up there

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("发布件")
        verbose_name_plural = pgettext_lazy("plural", "发布件")
        ordering = ["-listed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="release_number_once")]
        indexes = [
            models.Index(
                "visible_until", name="release_ended", condition=models.Q(visible_until__isnull=False)
            ),
            models.Index("page", name="release_page", condition=~models.Q(page="")),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return f"/pages/{self.page}/" if self.page else f"/articles/{self.article_id}/"

    def signed_text(self) -> str:
        """The canonical text that `digest` is taken over."""
        parts = {
            "article": self.article_id,
            "number": self.number,
            "revision": self.revision.digest,
            "headline": self.headline,
            "body": self.body,
            "card": self.card,
            "details": self.details,
        }
        return canonical.dump(parts)

    @cached_property
    def on_card(self) -> dict[str, Any]:
        return canonical.load(self.card)

    @cached_property
    def more(self) -> dict[str, Any]:
        return canonical.load(self.details)


class Listing(models.Model):
    """A release's place in one list: a section or its parent, a series, a region or one around it, a tag,
    a reporter, and the photos and files it shows. So every list is one indexed query."""

    class Kind(models.TextChoices):
        SECTION = "section"
        SERIES = "series"
        REGION = "region"
        TAG = "tag"
        REPORTER = "reporter"
        PHOTO = "photo"
        FILE = "file"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="listings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=100)
    listed_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "kind", "key"], name="listed_once")]
        # To the last column of the order: else a planner that knows its tables sorts a whole list for a page.
        indexes = [models.Index(fields=["kind", "key", "-listed_at", "-release"], name="listing_page")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key} {self.release_id}"


class SearchText(models.Model):
    """What of a release readers can search, out of the row that pages fetch; see `articles.search`.

    `text` is what stands under the headline, for snippets; `folded` all of it in one spelling; `tokens` what
    the index holds. On SQLite triggers carry `tokens` into the index: a migration that makes this table anew
    must make them anew too.
    """

    release = models.OneToOneField(
        Release, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    listed_at = models.DateTimeField(null=True)
    text = models.TextField()
    folded = models.TextField(default="")
    tokens = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["-listed_at", "-release"], name="search_newest")]

    def __str__(self) -> str:
        return str(self.release_id)


class Correction(models.Model):
    """A mistake put right in public (更正), shown with the story and in feeds."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("稿件")
    )
    text = models.TextField(_("更正内容"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("签发人")
    )
    # A reminder to print it in the next issue; the issue that does sets it.
    printed_on = models.DateField(_("见报日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = pgettext_lazy("plural", "更正")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
