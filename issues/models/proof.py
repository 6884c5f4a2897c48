"""What was proofed and signed of a page, and what readers were given of it, and when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from issues.models.page import Page, Placement
from issues.querysets import ProofQuerySet
from media.models import Photo
from newsroom.lib import canonical
from newsroom.lib.text import clean_text

WIDTHS = (480, 1080, 2160)  # pixels of the page's pictures


class Proof(models.Model):
    """A page at one moment, typeset (样): content, PDF and pictures, under one digest.

    `content` is canonical JSON text (`issues.freeze`), written once. A worker makes PDF and pictures of it;
    from then on (`state` ready) `digest` is over everything, and nothing changes but the window in which
    readers see it, set by `issues.workflow` alone and repeated in the chain.
    `card` is canonical JSON text too: what readers' pages say of it (`issues.card`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待排版")
        WORKING = "working", _("排版中")
        READY = "ready", _("已就绪")
        FAILED = "failed", _("排版失败")

    class End(models.TextChoices):
        REPLACED = "replaced", _("有新版")
        TAKEN_BACK = "taken back", _("发布前收回")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="proofs", verbose_name=_("版面"))
    number = models.PositiveIntegerField(_("样次"))
    # Where readers find it, as it was when it was made.
    date = models.DateField(_("出版日期"), db_index=True)
    page_number = models.PositiveSmallIntegerField(pgettext_lazy("page", "版次"))

    content = models.TextField()
    content_digest = models.CharField(max_length=64)
    card = models.TextField(blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    note = models.TextField(pgettext_lazy("version", "说明"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("出样人"),
    )
    created_at = models.DateTimeField(_("出样时间"))
    # The signed proof of which this one shows all but what was withdrawn since; it needs no signature.
    masks = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="masked_by")

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("失败原因"), blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pictures = models.TextField(blank=True)  # canonical JSON: {width: [height, SHA-256]}
    report = models.TextField(blank=True)  # canonical JSON: fits, missing glyphs, preflight findings

    visible_from = models.DateTimeField(_("可见起"), null=True, db_index=True)
    visible_until = models.DateTimeField(_("可见止"), null=True)
    end_reason = models.CharField(max_length=10, choices=End.choices, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("样")
        verbose_name_plural = _("样")
        ordering = ["page", "-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="proof_number_once")]
        indexes = [models.Index(fields=["date", "page_number"], name="proof_address")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """1版 第2次"""
        return gettext("%(page)d版 第%(number)d次") % {"page": self.page_number, "number": self.number}

    @property
    def is_ready(self) -> bool:
        return self.state == Proof.State.READY

    def signed_text(self) -> str:
        """The canonical text that `digest` is taken over."""
        parts = {
            "page": self.page_id,
            "number": self.number,
            "content": self.content_digest,
            "card": self.card,
            "pdf": self.pdf_sha256,
            "pictures": self.pictures,
        }
        return canonical.dump(parts)

    @cached_property
    def data(self) -> dict[str, Any]:
        return canonical.load(self.content)

    @cached_property
    def on_card(self) -> dict[str, Any]:
        return canonical.load(self.card)

    @cached_property
    def sizes(self) -> dict[int, list[Any]]:
        """Width to [height, SHA-256] of each picture."""
        return {int(width): rest for width, rest in canonical.load(self.pictures or "{}").items()}

    @cached_property
    def findings(self) -> dict[str, Any]:
        return canonical.load(self.report or "{}")

    def picture_name(self, width: int) -> str:
        """Where the storage has the picture of that width."""
        return self.file_name(f"w{width}", self.sizes[width][1], "png")

    @property
    def pdf_name(self) -> str:
        return self.file_name("page", self.pdf_sha256, "pdf")

    def file_name(self, what: str, sha256: str, ending: str) -> str:
        """Named by its bytes: nothing that was signed can be written over."""
        return f"proofs/{self.page_id}/{self.number}/{what}-{sha256[:16]}.{ending}"


class ProofStory(models.Model):
    """A story that a proof shows: the page is public only while the story is."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="stories")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="proofs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "article"], name="story_once_on_proof")]

    def __str__(self) -> str:
        return f"{self.proof_id}:{self.article_id}"


class ProofPhoto(models.Model):
    """A photo that a proof shows: the page is public only while the photo is not blocked."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="proofs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "photo"], name="photo_once_on_proof")]

    def __str__(self) -> str:
        return f"{self.proof_id}:{self.photo_id}"


class Mark(models.Model):
    """A proofreader's mark on a page's picture (校样批注). Place and size in thousandths of the page."""

    class Status(models.TextChoices):
        OPEN = "open", _("未改")
        CHANGED = "changed", _("已改")
        CHECKED = "checked", _("已核红")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="marks", verbose_name=_("版面"))
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="marks", verbose_name=_("样"))
    placement = models.ForeignKey(
        Placement, on_delete=models.SET_NULL, null=True, related_name="marks", verbose_name=_("版块")
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="marks", verbose_name=_("稿件")
    )
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("批注"), validators=[clean_text])
    # A correction of the story's text: these words, and what they become.
    before = models.TextField(_("原文"), blank=True, validators=[clean_text])
    after = models.TextField(_("改为"), blank=True, validators=[clean_text])
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("批注人")
    )
    made_at = models.DateTimeField(_("批注时间"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("改的人"),
    )
    changed_at = models.DateTimeField(_("改的时间"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("核红人"),
    )
    checked_at = models.DateTimeField(_("核红时间"), null=True)

    class Meta:
        verbose_name = _("批注")
        verbose_name_plural = pgettext_lazy("plural", "批注")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40] or self.before[:40]


class Dispatch(models.Model):
    """A page's PDF sent to the printer (传版): who, when, to whom, and the answer."""

    proof = models.ForeignKey(
        Proof, on_delete=models.PROTECT, related_name="dispatches", verbose_name=_("样")
    )
    to = models.CharField(_("印刷厂"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("传版人")
    )
    at = models.DateTimeField(_("传版时间"))
    answer = models.CharField(_("印刷厂答复"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )

    class Meta:
        verbose_name = _("传版")
        verbose_name_plural = _("传版记录")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.proof} → {self.to}"
