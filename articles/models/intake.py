"""What was sent in, as it came and as it reads, and what of it stands behind a story."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.querysets import IntakeQuerySet


def person(label: Any, **kwargs: Any) -> Any:
    """Who did it. `import_page` may do it for nobody."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name=label,
        **kwargs,
    )


class IntakeBatch(models.Model):
    """Files sent in together and read one by one by the workers (批量收稿)."""

    created_by = person(_("收稿人"), related_name="intake_batches")
    created_at = models.DateTimeField(_("收稿时间"))
    files = models.PositiveIntegerField(_("文件数"), default=0)
    # Files that were here already: by their content, whatever they are called.
    known = models.PositiveIntegerField(_("重复"), default=0)

    class Meta:
        verbose_name = _("批量收稿")
        verbose_name_plural = _("批量收稿")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def counts(self) -> dict[str, int]:
        """How many of its pages stand where: `Intake.Status` to a number, and "doubted" of them."""
        found = dict.fromkeys(Intake.Status.values, 0)
        rows = self.intakes.order_by().values_list("status").annotate(models.Count("pk"))
        doubted = self.intakes.filter(doubts__gt=0).count()
        return {**found, **dict(rows), "doubted": doubted}


class Intake(models.Model):
    """A page that was sent in, as it came and as it reads (来稿): each file once, by its content.

    A file of several pages is several of them, `part` 1 and on. Nothing else in the newsroom changes before
    it is accepted. `lines`, `pieces` and `pictures` are JSON text, which `articles.intake.kept` reads.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("intake", "等待识别")
        WORKING = "working", pgettext_lazy("intake", "识别中")
        READ = "read", pgettext_lazy("intake", "待收")
        REFUSED = "refused", pgettext_lazy("intake", "读不了")
        ACCEPTED = "accepted", pgettext_lazy("intake", "已收")
        DROPPED = "dropped", pgettext_lazy("intake", "不收")

    class Form(models.TextChoices):
        TEXT = "text", pgettext_lazy("intake", "文本")
        WORD = "word", "Word"
        PDF = "pdf", "PDF"

    sha256 = models.CharField(max_length=64, editable=False)
    part = models.PositiveSmallIntegerField(_("页"), default=1, editable=False)
    name = models.CharField(_("文件名"), max_length=200, blank=True)
    form = models.CharField(_("种类"), max_length=10, choices=Form.choices, default=Form.TEXT)
    # Private, and kept for ever; empty for what was refused.
    file = models.FileField(_("原文件"), max_length=200, blank=True, editable=False)
    # Of a PDF's page: that page alone, and its size in micrometres.
    page_pdf = models.FileField(max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)

    text = models.TextField(_("原文"), blank=True, editable=False)
    lines = models.TextField(default="[]", editable=False)
    pictures = models.TextField(default="{}", editable=False)  # name in a line: the picture's file here
    lost = models.PositiveSmallIntegerField(_("缺图"), default=0, editable=False)
    pieces = models.TextField(default="[]", editable=False)
    reading_form = models.CharField(max_length=20, blank=True, editable=False)
    doubts = models.PositiveSmallIntegerField(_("存疑"), default=0, editable=False)
    # Grows with each save: who saves over an older one is told so.
    version = models.PositiveIntegerField(default=0, editable=False)

    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.WAITING, editable=False
    )
    error = models.TextField(_("读不了的原因"), blank=True, editable=False)
    batch = models.ForeignKey(
        IntakeBatch,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="intakes",
        verbose_name=_("批次"),
    )
    # The paper it was printed in or is meant for: proposed from what it says.
    issue_date = models.DateField(_("见报日期"), null=True, blank=True)
    page_number = models.PositiveSmallIntegerField(_("见报版次"), null=True, blank=True)

    sent_by = person(_("收稿人"), related_name="intakes")
    sent_at = models.DateTimeField(_("收稿时间"), editable=False)
    changed_by = person(_("整理人"), related_name="+")
    changed_at = models.DateTimeField(_("整理时间"), null=True, editable=False)
    accepted_by = person(_("入库人"), related_name="+")
    accepted_at = models.DateTimeField(_("入库时间"), null=True, editable=False)

    # A worker's sign of life, or when the sweep last sent for one; and how often one began.
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("来稿")
        verbose_name_plural = pgettext_lazy("plural", "来稿")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["sha256", "part"], name="intake_once")]
        indexes = [models.Index(fields=["status", "claimed_at"], name="intake_queue")]

    def __str__(self) -> str:
        return f"{self.name} {self.part}" if self.part > 1 else self.name

    @property
    def is_open(self) -> bool:
        """Whether people can still change how it reads, and accept it."""
        return self.status == self.Status.READ

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.WORKING)


class Origin(models.Model):
    """What a story was made of (原稿): its own text as it came, in the order of the page.

    `loose` and `doubts` are JSON text: captions whose picture did not come along, each
    {"caption", "credit", "credits": [{"identity", "act", "name", "outlet"}]}; and what was doubtful about the
    reading, in the words of `articles.intake.doubts`.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="origin", verbose_name=_("稿件")
    )
    intake = models.ForeignKey(
        Intake, on_delete=models.PROTECT, related_name="origins", verbose_name=_("来稿")
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    group = models.PositiveSmallIntegerField(default=0)  # of the reading's pieces
    text = models.TextField(_("原文"), blank=True)
    loose = models.TextField(default="[]")
    doubts = models.TextField(default="[]")

    class Meta:
        verbose_name = _("原稿")
        verbose_name_plural = _("原稿")
        ordering = ["intake", "position"]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.group}"

    @property
    def loose_captions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.loose)
        return found

    @property
    def warnings(self) -> list[str]:
        found: list[str] = json.loads(self.doubts)
        return found
