"""What editors put on the home page (首页编排)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Min, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article

HIGHEST_ORDER = 999


class FrontSlotQuerySet(models.QuerySet["FrontSlot"]):
    def at(self, now: datetime) -> Self:
        """Those whose own hours it is, in the order in which they are given their places."""
        begun = Q(shown_from=None) | Q(shown_from__lte=now)
        return self.filter(begun, Q(shown_until=None) | Q(shown_until__gt=now)).order_by("order", "pk")

    def next_change(self, now: datetime) -> datetime | None:
        """The next moment at which `at` answers otherwise, if nobody arranges meanwhile. One small query."""
        ahead = self.aggregate(
            begins=Min("shown_from", filter=Q(shown_from__gt=now)),
            ends=Min("shown_until", filter=Q(shown_until__gt=now)),
        )
        return min((moment for moment in ahead.values() if moment), default=None)


class FrontSlot(models.Model):
    """A story an editor gave a place on the home page, or kept off it.

    It says where a story stands, never what readers see of it: that is its visible release, and without one
    the place is filled by itself. `shown_from` and `shown_until` may bound it further. Only `articles.front`
    writes these rows.
    """

    class Place(models.TextChoices):
        LEAD = "lead", _("头条")
        SECOND = "second", _("次头条")
        PICTURE = "picture", _("图片新闻")
        SECTION = "section", _("栏目置顶")
        OFF = "off", _("不自动上首页")

    place = models.CharField(_("位置"), max_length=10, choices=Place.choices)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="front_slots", verbose_name=_("稿件")
    )
    order = models.PositiveSmallIntegerField(
        _("次序"), default=1, validators=[MaxValueValidator(HIGHEST_ORDER)]
    )
    shown_from = models.DateTimeField(_("起"), null=True, blank=True)
    shown_until = models.DateTimeField(_("止"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("编排人")
    )
    set_at = models.DateTimeField(_("编排时间"))

    objects = FrontSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("首页编排")
        verbose_name_plural = pgettext_lazy("plural", "首页编排")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "article"], name="front_place_once"),
            models.CheckConstraint(
                condition=Q(shown_from=None) | Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                name="front_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.order} {self.article_id}"

    def clean(self) -> None:
        if self.shown_from and self.shown_until and self.shown_until <= self.shown_from:
            raise ValidationError({"shown_until": _("止须在起之后。")})

    def stands_at(self, now: datetime) -> bool:
        """`FrontSlotQuerySet.at` for one row, saved or not."""
        begun = self.shown_from is None or self.shown_from <= now
        return begun and (self.shown_until is None or self.shown_until > now)


class FrontSheet(models.Model):
    """The one row (pk 1) that is locked to arrange the home page; who did so last."""

    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.set_by} {self.set_at}"
