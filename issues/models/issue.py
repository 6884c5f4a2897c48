"""Numbered issues of the paper and the guide on page one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from issues.formats import FORMATS, frozen
from issues.models.masthead import Masthead, line
from newsroom.lib import dates


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible(self, now: datetime) -> Self:
        """Issues whose moment has come, of papers that are open to the public."""
        return self.filter(release_at__lte=now, masthead__epaper_internal=False)

    def in_hand(self) -> Self:
        """Those being made: not yet given their moment."""
        return self.filter(release_at=None)


class Issue(models.Model):
    """One number of the paper (期): 第26期（总第604期）. At most one a day."""

    masthead = models.ForeignKey(
        Masthead, on_delete=models.PROTECT, related_name="issues", verbose_name=_("报头")
    )
    date = models.DateField(_("出版日期"), unique=True)
    number = models.PositiveIntegerField(_("期号"))
    total_number = models.PositiveIntegerField(_("总期号"), unique=True)
    page_count = models.PositiveSmallIntegerField(_("版数"), default=4)
    banner = line(_("通栏题"), 200)

    # How its pages are set. A page's grid, and what its boxes hold, follow from these.
    format = models.CharField(
        _("开本"), max_length=12, choices=[(key, f.label) for key, f in FORMATS.items()], default="tabloid"
    )
    columns = models.PositiveSmallIntegerField(
        _("基本栏数"), default=6, validators=[MinValueValidator(3), MaxValueValidator(10)]
    )
    body_size = models.PositiveSmallIntegerField(
        _("正文字号"),
        default=90,
        choices=[(90, _("小五（9磅）")), (85, _("8.5磅")), (95, _("9.5磅")), (105, _("五号（10.5磅）"))],
    )
    bleed = models.BooleanField(_("出血3毫米"), default=False)

    printed_on = models.DateField(_("印刷日期"), null=True, blank=True)
    print_run = line(_("印数"), 40, help_text=_("留空时用报头的印数"))

    # The moment its signed pages, and the stories that wait for it, become public together. Empty until it is
    # given; only `issues.workflow` does that.
    release_at = models.DateTimeField(_("发布时间"), null=True, blank=True, editable=False, db_index=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("期")
        verbose_name_plural = _("各期报纸")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{dates.chinese_date(self.date)} {self.numbers}"

    def clean(self) -> None:
        if self.total_number and self.number and self.total_number < self.number:
            raise ValidationError({"total_number": _("总期号不会小于期号。")})
        if self.date and self.masthead_id:
            same = Issue.objects.filter(
                masthead=self.masthead_id, date__year=self.date.year, number=self.number
            )
            if taken := same.exclude(pk=self.pk).first():
                said = _("本年第%(number)d期已经有了：%(issue)s。") % {"number": self.number, "issue": taken}
                raise ValidationError({"number": said})

    @property
    def subject(self) -> str:
        """What the signature chain calls it."""
        return f"issue:{self.pk}"

    def frozen_format(self) -> dict[str, Any]:
        """Page size, type area and grid of its pages; see `issues.formats`."""
        return frozen(self.format, self.columns, self.body_size * 100, 3000 if self.bleed else 0)

    @property
    def numbers(self) -> str:
        """第26期（总第604期）"""
        return gettext("第%(number)d期（总第%(total)d期）") % {
            "number": self.number,
            "total": self.total_number,
        }

    @property
    def weekday(self) -> str:
        return dates.weekday(self.date)

    @property
    def lunar(self) -> str:
        return dates.lunar(self.date)

    @classmethod
    def proposed(cls) -> dict[str, Any]:
        """What the next issue will be, after the last one; numbers start anew each year."""
        last = cls.objects.select_related("masthead").order_by("-date").first()
        if last is None:
            return {
                "date": timezone.localdate(),
                "number": 1,
                "total_number": 1,
                "masthead": Masthead.objects.first(),
            }
        following = last.date + timedelta(days=7)
        return {
            "date": following,
            "number": 1 if following.year > last.date.year else last.number + 1,
            "total_number": last.total_number + 1,
            "masthead": last.masthead,
            "page_count": last.page_count,
            "format": last.format,
            "columns": last.columns,
            "body_size": last.body_size,
            "bleed": last.bleed,
        }


class GuideEntry(models.Model):
    """A line of the guide on page one (导读): to a page, or to a story on it, also before either exists."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="guide", verbose_name=_("期"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    page_number = models.PositiveSmallIntegerField(_("版"))
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("稿件")
    )
    # Where empty, the story's own are printed.
    kicker = line(_("引题"), 200)
    headline = line(_("主题"), 200)
    subheadline = line(_("副题"), 200)

    class Meta:
        verbose_name = _("导读")
        verbose_name_plural = _("导读")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.headline or str(self.article or self.page_number)
