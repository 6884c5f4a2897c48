"""Pictures: the private original, what is known of it, and the renditions readers get. And attachments."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from media.specs import Spec, nearest
from newsroom.lib.slugs import public_id
from newsroom.lib.text import clean_line, clean_text
from people.credits import line as credit_line
from people.models import Credit

MOST_WORDS = 8  # of a search


class PhotoQuerySet(models.QuerySet["Photo"]):
    def unblocked(self) -> Self:
        return self.filter(blocked_at__isnull=True)

    def search(self, words: str) -> Self:
        """Photos that have every word, each in the caption, a credit, the place or the file's name."""
        try:
            clean_text(words)
        except ValidationError:
            return self.none()  # no text of ours has such characters, and databases stumble over them
        found = self
        for word in words.split()[:MOST_WORDS]:
            credited = PhotoCredit.objects.filter(photo=models.OuterRef("pk")).filter(
                models.Q(name__icontains=word) | models.Q(outlet__icontains=word)
            )
            found = found.filter(
                models.Q(caption__icontains=word)
                | models.Q(place__icontains=word)
                | models.Q(original_name__icontains=word)
                | models.Exists(credited)
            )
        return found

    def unfinished(self, stale_before: datetime) -> Self:
        """Photos whose renditions nobody is known to make: never sent for, or not heard of since then."""
        return self.filter(
            models.Q(claimed_at__isnull=True) | models.Q(claimed_at__lt=stale_before),
            state__in=[Photo.State.WAITING, Photo.State.WORKING],
        )


class Photo(models.Model):
    """A picture of the library (图片). One row a file: `sha256` is unique. The original is never changed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待处理")
        WORKING = "working", _("处理中")
        READY = "ready", _("已就绪")
        FAILED = "failed", _("处理失败")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    original = models.FileField(_("原图"), max_length=200, editable=False)
    original_name = models.CharField(_("原文件名"), max_length=200, blank=True, editable=False)
    format = models.CharField(_("格式"), max_length=10, editable=False)
    width = models.PositiveIntegerField(_("宽"), editable=False)
    height = models.PositiveIntegerField(_("高"), editable=False)
    bytes = models.PositiveBigIntegerField(_("大小"), editable=False)

    # The credit the file came with, as printed. It goes into the renditions, which so depend on the file
    # alone: what is later typed into the library reaches no reader but through a signed story.
    file_credit = models.CharField(_("文件自带署名"), max_length=500, blank=True, editable=False)

    caption = models.TextField(_("说明"), blank=True, validators=[clean_text])
    alt = models.TextField(
        _("替代文字"), blank=True, help_text=_("留空时用图片说明"), validators=[clean_text]
    )
    place = models.CharField(_("拍摄地点"), max_length=120, blank=True, validators=[clean_line])
    taken_at = models.DateTimeField(_("拍摄时间"), null=True, blank=True)
    # Focal point in thousandths of width and height, from the top left; signed content has no floats.
    focal_x = models.PositiveSmallIntegerField(_("焦点横"), default=500, validators=[MaxValueValidator(1000)])
    focal_y = models.PositiveSmallIntegerField(_("焦点纵"), default=500, validators=[MaxValueValidator(1000)])

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.WAITING, editable=False, db_index=True
    )
    done = models.PositiveSmallIntegerField(_("已完成"), default=0, editable=False)
    total = models.PositiveSmallIntegerField(_("应完成"), default=0, editable=False)
    error = models.TextField(_("失败原因"), blank=True, editable=False)
    # When a worker last gave a sign of life, or the sweep last sent for one.
    claimed_at = models.DateTimeField(null=True, editable=False)
    # How often a worker began since somebody asked; one that kills its workers is given up.
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    blocked_at = models.DateTimeField(_("封存时间"), null=True, blank=True, editable=False, db_index=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("封存人"),
    )
    blocked_reason = models.TextField(_("封存原因"), blank=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("图片")
        verbose_name_plural = pgettext_lazy("plural", "图片")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.caption[:30] or self.original_name or self.public_id

    @property
    def focal(self) -> tuple[int, int]:
        return self.focal_x, self.focal_y

    @property
    def thumb_name(self) -> str:
        """The smallest rendition of the whole picture."""
        return nearest(Spec(0, "webp"), self.width, self.height).name

    @property
    def credit_line(self) -> str:
        """The credits as printed: 通讯员 白苇 记者 石远舟 摄."""
        return credit_line(self.credits.all())

    @property
    def is_unfinished(self) -> bool:
        return self.state in (Photo.State.WAITING, Photo.State.WORKING)

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None


class PhotoCredit(Credit):
    """A name under a picture (图片署名): 通讯员 白苇 记者 石远舟摄 is two rows with the act 摄."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="credits", verbose_name=_("图片"))

    class Meta(Credit.Meta):
        verbose_name = _("图片署名")
        verbose_name_plural = _("图片署名")


class Rendition(models.Model):
    """A picture file made from an original (图片尺寸).

    `name` is its whole address under the photo and says what it is: `w640.webp` (width), or
    `4x3-640.f500x300.jpg` (crop, width, focal point in thousandths). A new focal point makes new files,
    so what an older release shows never changes.
    """

    photo = models.ForeignKey(
        Photo, on_delete=models.CASCADE, related_name="renditions", verbose_name=_("图片")
    )
    name = models.CharField(max_length=60)
    file = models.FileField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("图片尺寸")
        verbose_name_plural = _("图片尺寸")
        constraints = [models.UniqueConstraint(fields=["photo", "name"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.photo.public_id}/{self.name}"


class Attachment(models.Model):
    """A file that stories offer for download (附件). One row a file: `sha256` is unique. It never changes.

    `name` is the last part of its address and what browsers save it as; `kind` is one of
    `media.attachments.KINDS`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    file = models.FileField(_("文件"), max_length=200, editable=False)
    name = models.CharField(_("文件名"), max_length=120, editable=False)
    kind = models.CharField(_("格式"), max_length=10, editable=False)
    bytes = models.PositiveBigIntegerField(_("大小"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = pgettext_lazy("plural", "附件")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
