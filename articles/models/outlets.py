"""Where else a story went: the addresses outside of this site that somebody has to look after."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.release import Correction, Release


class OutsideAddressQuerySet(models.QuerySet["OutsideAddress"]):
    def standing(self) -> Self:
        """Without those that were recorded by mistake."""
        return self.filter(mistaken_at=None)

    def to_handle(self, now: datetime) -> Self:
        """Those whose story was withdrawn, replaced or corrected at `now`, and since then nobody has dealt
        with the copy. A copy that is gone stays gone, whatever happens to its story later."""
        releases = Release.objects.filter(article=OuterRef("article"))
        gone = releases.filter(number__gte=OuterRef("release__number"), visible_until__lte=now)
        gone = gone.exclude(end_reason=Release.End.REPLACED)
        newer = releases.filter(number__gt=OuterRef("release__number"), visible_from__lte=now)
        # A copy made after a correction has it already; an old version is old even if recorded today.
        corrected = Correction.objects.filter(
            article=OuterRef("article"), at__gt=OuterRef("since"), at__lte=now
        )
        handled = OuterRef("handled_at")
        return (
            self.standing()
            .exclude(outcome=OutsideAddress.Outcome.CLEARED)
            .annotate(since=Coalesce("handled_at", "at"))
            .filter(
                Q(Exists(corrected))
                | Q(Q(handled_at=None), Exists(gone) | Exists(newer))
                | Q(Exists(gone.filter(visible_until__gt=handled)))
                | Q(Exists(newer.filter(visible_from__gt=handled)))
            )
        )


class OutsideAddress(models.Model):
    """An address outside of this site where a copy of a release stands.

    Only `articles.outlets.record` writes these rows. None is ever deleted: what was recorded by mistake is
    marked so. `handled_at` is the last time somebody dealt with the copy, `outcome` how.
    """

    class Outlet(models.TextChoices):
        WECHAT = "wechat", _("公众号")
        CHANNELS = "channels", _("视频号")
        WEIBO = "weibo", _("微博")
        TOUTIAO = "toutiao", _("头条")
        DOUYIN = "douyin", _("抖音")
        XUEXI = "xuexi", _("学习强国")
        OTHER = "other", pgettext_lazy("outlet", "其他")

    class Outcome(models.TextChoices):
        CLEARED = "cleared", _("已清除")
        UPDATED = "updated", _("已更新")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="outside_addresses", verbose_name=_("稿件")
    )
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="outside_addresses", verbose_name=_("发布件")
    )
    outlet = models.CharField(_("平台"), max_length=10, choices=Outlet.choices)
    name = models.CharField(_("平台名称"), max_length=40, blank=True)
    url = models.URLField(_("网址"), max_length=1000, validators=[URLValidator(schemes=["http", "https"])])
    note = models.CharField(_("备注"), max_length=200, blank=True)
    at = models.DateTimeField(_("登记时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    handled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome.choices, blank=True)
    mistaken_at = models.DateTimeField(null=True, blank=True)
    mistaken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OutsideAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("站外地址")
        verbose_name_plural = pgettext_lazy("plural", "站外地址")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.url}"

    @property
    def place(self) -> str:
        """The outlet as people call it."""
        return self.name or self.get_outlet_display()

    def clean(self) -> None:
        if self.outlet == self.Outlet.OTHER and not self.name:
            raise ValidationError({"name": _("选“其他”时，请写明是哪个平台。")})
