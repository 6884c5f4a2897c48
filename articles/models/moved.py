"""Addresses of the site that was here before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article


class OldAddress(models.Model):
    """An address of an old site (旧网址) and where readers who still have it are led: a story, a page here.

    `old` is a path with its query, unquoted, such as `/news.asp?id=12`. Either `article` or `target` is set.
    """

    old = models.CharField(_("旧网址"), max_length=400, unique=True)
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="old_addresses",
        verbose_name=_("稿件"),
    )
    target = models.CharField(_("新网址"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("旧网址")
        verbose_name_plural = pgettext_lazy("plural", "旧网址")
        ordering = ["old"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article=None) ^ models.Q(target=""), name="old_address_one_target"
            )
        ]

    def __str__(self) -> str:
        return self.old
