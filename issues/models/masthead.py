"""What is the same in every issue: the head of page one, the letters, the printer's colours."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from media.models import Photo
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
    # How the printer's press prints colours; without it pictures stay in RGB, and the preflight says so.
    icc_profile = models.FileField(_("印刷厂 ICC 特性文件"), max_length=200, blank=True, upload_to="press/")

    class Meta:
        verbose_name = _("报头")
        verbose_name_plural = pgettext_lazy("plural", "报头")

    def __str__(self) -> str:
        return self.title


class Typeface(models.Model):
    """A font the bureau has a licence for, in the place of a role's default (字体)."""

    class Role(models.TextChoices):
        BODY = "body", _("正文（报宋）")
        HEADLINE = "headline", _("标题（小标宋）")
        HEI = "hei", _("黑体")
        KAI = "kai", _("楷体")
        FANGSONG = "fangsong", _("仿宋")

    role = models.CharField(_("用途"), max_length=10, choices=Role.choices, unique=True)
    family = models.CharField(_("字体名"), max_length=120, editable=False)
    file = models.FileField(_("字体文件"), max_length=200, upload_to="typefaces/")
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now=True)

    class Meta:
        verbose_name = _("字体")
        verbose_name_plural = pgettext_lazy("plural", "字体")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.family}"
