"""The working copy of a story and what hangs on it. Readers' code never queries these."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager

from articles.models.taxonomy import Section, Series, TaggedArticle
from articles.querysets import ArticleQuerySet
from media.models import Attachment, Photo
from newsroom.lib.html import CleanHTMLField
from newsroom.lib.text import clean_line
from people.models import Credit, Region

page_path = RegexValidator(
    r"\A[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", _("只用小写字母、数字和短横，以字母开头，如 about-us。")
)


def line(label: object, length: int, **kwargs: object) -> models.CharField:
    """A one-line text field that may stay empty."""
    return models.CharField(label, max_length=length, blank=True, validators=[clean_line], **kwargs)  # type: ignore[arg-type]


class Article(models.Model):  # type: ignore[django-manager-missing]  # taggit is untyped
    """A story as the newsroom works on it (稿件). Its status changes in `articles.workflow` alone."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        REVIEW = "review", _("审核中")
        SIGNED = "signed", _("已签发")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤稿")
        SPIKED = "spiked", pgettext_lazy("status", "不用")

    class Kind(models.TextChoices):
        STORY = "story", _("文字稿")
        PICTURE = "picture", _("图片稿")
        PAGE = "page", _("固定页面")

    kind = models.CharField(_("体裁"), max_length=10, choices=Kind.choices, default=Kind.STORY)
    # Of a standing page (固定页面) alone: the last part of its address, and its place at the site's foot.
    path = models.CharField(
        _("页面网址"),
        max_length=40,
        blank=True,
        validators=[page_path],
        help_text=_("如 about，用小写字母、数字和短横"),
    )
    page_order = models.PositiveSmallIntegerField(_("页脚次序"), default=0)
    kicker = line(_("引题"), 200)
    headline = line(_("主题"), 200)
    subheadline = line(_("副题"), 200)
    lede = models.TextField(_("提要"), blank=True)
    dateline = line(_("消息头"), 40)
    body = CleanHTMLField(_("正文"), blank=True)
    editors_note = models.TextField(_("编者按"), blank=True)

    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("栏目"),
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("专栏"),
    )
    instalment = line(_("专栏篇次"), 40)
    regions = models.ManyToManyField(
        Region, blank=True, related_name="articles", verbose_name=pgettext_lazy("plural", "地区")
    )
    tags = TaggableManager(
        pgettext_lazy("plural", "标签"),
        through=TaggedArticle,
        blank=True,
        help_text=_("以逗号、顿号或空格分开"),
    )

    source = line(_("来源"), 80)
    source_url = models.CharField(
        _("原文网址"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    first_published_at = models.DateTimeField(_("原发时间"), null=True, blank=True)
    copyright_notice = models.TextField(_("版权声明"), blank=True, help_text=_("留空时用来源的版权声明"))
    responsible_editor = line(_("责任编辑"), 60)

    # When readers get it. Not content: a new moment needs no new signature of the text.
    release_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, help_text=_("留空即签发后立即发布")
    )
    with_issue = models.BooleanField(_("随报发布"), default=False)
    expires_at = models.DateTimeField(_("下线时间"), null=True, blank=True)

    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False, db_index=True
    )
    stage = models.PositiveSmallIntegerField(_("审级"), null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    held = models.BooleanField(_("备用"), default=False)
    due_at = models.DateTimeField(_("交稿时限"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="articles_created",
        verbose_name=_("建稿人"),
    )
    keyed_in_for_another = models.BooleanField(
        _("代传"), default=False, help_text=_("替他人录入，录入者不算作者")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles_claimed",
        verbose_name=_("认领人"),
    )
    created_at = models.DateTimeField(_("建稿时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)
    moved_at = models.DateTimeField(_("状态变动时间"), null=True, editable=False)
    trouble = models.TextField(_("发布故障"), blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("稿件")
        verbose_name_plural = pgettext_lazy("plural", "稿件")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "stage", "moved_at"], name="article_desk"),
            models.Index(fields=["-updated_at", "-id"], name="article_recent"),
        ]

    def __str__(self) -> str:
        return self.headline or _("（无题）%s") % (self.pk or "")

    @property
    def subject(self) -> str:
        """What the signature chain calls this story."""
        return f"article:{self.pk}"


class Byline(Credit):
    """A name on a story (署名), in the order it is printed."""

    class Place(models.TextChoices):
        UNDER_HEADLINE = "headline", _("题下")
        DATELINE = "dateline", _("消息头")
        END = "end", _("文末")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="bylines", verbose_name=_("稿件")
    )
    place = models.CharField(_("位置"), max_length=10, choices=Place.choices, default=Place.UNDER_HEADLINE)

    class Meta(Credit.Meta):
        verbose_name = _("署名")
        verbose_name_plural = _("署名")


class ArticlePhoto(models.Model):
    """A picture in a story (配图): its caption, alt and credit here where given, else the photo's own."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="photos", verbose_name=_("稿件")
    )
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses", verbose_name=_("图片"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    caption = models.TextField(_("说明"), blank=True, help_text=_("留空时用图片库里的说明"))
    alt = models.TextField(_("替代文字"), blank=True)
    credit = line(pgettext_lazy("picture", "署名"), 120, help_text=_("留空时用图片库里的署名"))
    joined = models.BooleanField(
        _("与上一张合为一组"), default=False, help_text=_("一组图片共用第一张的说明")
    )

    class Meta:
        verbose_name = _("配图")
        verbose_name_plural = _("配图")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "photo"], name="photo_once_in_article")]

    def __str__(self) -> str:
        return str(self.photo)


class ArticleFile(models.Model):
    """A file that a story offers for download (附件), under the title it has there."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="files", verbose_name=_("稿件")
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="uses", verbose_name=_("附件")
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    title = line(_("附件标题"), 120, help_text=_("留空时用文件名"))

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = pgettext_lazy("plural", "附件")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "attachment"], name="file_once_in_article")]

    def __str__(self) -> str:
        return self.title or str(self.attachment)


class Autosave(models.Model):
    """What one person has typed into one open form and not yet saved (自动保存). Private; no revision."""

    NO_KEY = "0"  # of a form that brings no key

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="autosaves")
    # Of the page it was typed into: two pages never write over each other.
    key = models.CharField(max_length=32, default=NO_KEY)
    form = models.TextField()  # JSON text: [name, value] pairs as the browser would post them
    base = models.CharField(max_length=64, blank=True)  # digest of the version it was typed over
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "article", "key"], name="autosave_once"),
            models.UniqueConstraint(
                fields=["user", "key"], condition=models.Q(article=None), name="autosave_new_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.article_id}:{self.key}"

    @property
    def headline(self) -> str:
        """What was typed as the headline, to tell one from another."""
        return next((value for name, value in json.loads(self.form) if name == "headline"), "").strip()
