"""The paper: its masthead and its numbered issues. Pages and their layout come on top of these."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from media.models import Photo
from newsroom.lib import dates
from newsroom.lib.text import clean_line


def line(label: object, length: int = 120, **kwargs: object) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True, validators=[clean_line], **kwargs)  # type: ignore[arg-type]


class Masthead(models.Model):
    """What stands at the head of page one, issue after issue (报头)."""

    class Kind(models.TextChoices):
        CN = "cn", _("国内统一连续出版物号（CN）")
        PERMIT = "permit", _("内部资料准印证")

    title = models.CharField(_("报名"), max_length=60, validators=[clean_line])
    lettering = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报名题字")
    )
    kind = models.CharField(_("刊号种类"), max_length=10, choices=Kind.choices, default=Kind.CN)
    permit_number = line(_("刊号或准印证号"))
    organ = line(_("主办单位"))
    organ_role = line(_("与报纸的关系"), 40, default="主管主办", help_text=_("如：主管主办、主办"))
    website_name = line(_("网站名"))
    website_url = line(_("网址"))
    hotline = line(_("新闻热线"), 60)
    distribution = line(_("发行说明"), help_text=_("如：内部资料 免费交流"))
    # Printed by papers under a permit (准印证) only.
    compiled_by = line(_("编印单位"))
    sent_to = line(_("发送对象"))
    printed_by = line(_("印刷单位"))
    print_run = line(_("印数"), 40)
    epaper_internal = models.BooleanField(_("电子报只供内部"), default=False)

    class Meta:
        verbose_name = _("报头")
        verbose_name_plural = pgettext_lazy("plural", "报头")

    def __str__(self) -> str:
        return self.title


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible(self, today: date) -> Self:
        """Issues of the day and before, of papers that are open to the public."""
        return self.filter(date__lte=today, masthead__epaper_internal=False)


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
    printed_on = models.DateField(_("印刷日期"), null=True, blank=True)
    print_run = line(_("印数"), 40, help_text=_("留空时用报头的印数"))

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
    def proposed(cls) -> dict[str, object]:
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
        }
