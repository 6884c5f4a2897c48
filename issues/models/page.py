"""A page as the layout desk works on it, and what stands on it. Readers' code never queries these."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from articles.models import Article
from issues.formats import outside
from issues.models.issue import Issue
from issues.models.masthead import line
from media.models import Photo

#: What a box's style holds, and what it means where nothing is said; see docs/architecture.md.
STYLE: dict[str, Any] = {
    "size": 0,
    "align": "center",
    "vertical": False,
    "columns": 0,
    "picture": "auto",
    "picture_columns": 0,
    "crop": "auto",
    "pictures": 1,
    "rule": "top",
    "shade": 0,
    "reverse": False,
}


class Page(models.Model):
    """One page of an issue (版). Its status changes in `issues.workflow` alone."""

    class Status(models.TextChoices):
        COMPOSING = "composing", _("拼版中")
        PROOF = "proof", _("校对中")
        SIGNED = "signed", _("已签样")

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="pages", verbose_name=_("期"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("page", "版次"))
    name = line(_("版名"), 40)
    banner = line(_("本版通栏"), 200)
    colour = models.BooleanField(_("彩色"), default=True)
    # [[label, name], …] in the order printed: 统稿, 视觉, 本版责编, 责任校对.
    credits = models.JSONField(_("出版署名"), default=list, blank=True)

    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.COMPOSING, editable=False
    )
    stage = models.PositiveSmallIntegerField(_("校次"), null=True, editable=False)
    # Of the content that the last proof was made of; empty before the first.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    moved_at = models.DateTimeField(_("状态变动时间"), null=True, editable=False)

    # A page made elsewhere: its own PDF, size in micrometres. Its placements are hot areas only.
    outside = models.FileField(_("外来版面"), max_length=200, blank=True, editable=False)
    outside_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("版面")
        verbose_name_plural = _("版面")
        ordering = ["issue", "number"]
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="page_number_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """第1版 要闻"""
        return (pgettext("page", "第%d版") % self.number + f" {self.name}").strip()

    @property
    def subject(self) -> str:
        """What the signature chain calls it."""
        return f"page:{self.pk}"

    @property
    def is_outside(self) -> bool:
        return bool(self.outside_sha256)

    def frozen_format(self) -> dict[str, Any]:
        return outside(self.width, self.height) if self.is_outside else self.issue.frozen_format()


class Placement(models.Model):
    """A box on a page's grid and what it holds (版块): a story, a picture, the masthead, a notice."""

    class Kind(models.TextChoices):
        STORY = "story", _("稿件")
        PICTURE = "picture", _("图片")
        MASTHEAD = "masthead", _("报头")
        GUIDE = "guide", _("导读")
        BANNER = "banner", _("通栏")
        FILLER = "filler", _("补白")

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="placements", verbose_name=_("版面")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("稿件"),
    )
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("图片")
    )
    # The box whose overflow stands here (转文), on this page or another.
    continues = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("接"),
    )
    # In columns and rows of the page's grid, from the top left, 0 first.
    col = models.PositiveSmallIntegerField(_("栏"))
    row = models.PositiveSmallIntegerField(_("行"))
    cols = models.PositiveSmallIntegerField(_("宽"))
    rows = models.PositiveSmallIntegerField(_("高"))

    style = models.JSONField(_("样式"), default=dict, blank=True)  # only what differs from STYLE
    stack = models.JSONField(_("见报标题"), null=True, blank=True)  # kicker, headline, subheadline
    cuts = models.JSONField(
        _("不见报"), default=list, blank=True
    )  # keys of blocks: composition.text.block_key
    caption = models.TextField(_("说明"), blank=True)
    credit = line(pgettext_lazy("picture", "署名"), 120)
    title = line(_("标题"), 200)
    text = models.TextField(_("文字"), blank=True)
    # How much a story counts in automatic layout, 0 to 100.
    weight = models.PositiveSmallIntegerField(_("分量"), default=50)
    # Comes along into the next issue's skeleton.
    template = models.BooleanField(_("常设"), default=False)

    class Meta:
        verbose_name = _("版块")
        verbose_name_plural = _("版块")
        ordering = ["row", "col", "pk"]

    def __str__(self) -> str:
        return str(self.article or self.title or self.get_kind_display())

    @property
    def whole_style(self) -> dict[str, Any]:
        return STYLE | self.style
