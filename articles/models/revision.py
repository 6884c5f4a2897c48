"""Immutable versions of a story."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.lib import canonical
from people.models import AppendOnly


class Revision(AppendOnly):
    """The whole content of a story at one explicit save (版本).

    `content` is canonical JSON text (see `articles.freeze`); `digest` is the SHA-256 of exactly that text.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("稿件")
    )
    number = models.PositiveIntegerField(_("版次"))
    content = models.TextField()
    digest = models.CharField(_("摘要"), max_length=64, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("修改人"),
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"

    @property
    def data(self) -> dict[str, Any]:
        """The content as Python values; a new dict each time."""
        return canonical.load(self.content)
