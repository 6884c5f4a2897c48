"""Where a story belongs: section, series, tag, and the source it was taken from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import ItemBase, TagBase

from media.models import Photo
from newsroom.lib.slugs import slugify_pinyin
from newsroom.lib.text import clean_line


class Slugged(models.Model):
    """A name with an address in pinyin, made once from the name and kept when the name changes."""

    slug = models.SlugField(
        _("网址名"), max_length=80, unique=True, blank=True, help_text=_("留空时由名称的拼音生成")
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            others = type(self)._default_manager.exclude(pk=self.pk)
            self.slug = slugify_pinyin(str(self), taken=lambda slug: others.filter(slug=slug).exists())
        super().save(*args, **kwargs)


class Section(Slugged):
    """A part of the site (频道); a child of one is a column (栏目). Two levels, no more."""

    name = models.CharField(_("名称"), max_length=40, validators=[clean_line])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        verbose_name=_("上级频道"),
    )
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("频道与栏目")
        verbose_name_plural = pgettext_lazy("plural", "频道与栏目")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("栏目只有两级：上级须是频道。")})
        if self.parent and self.pk and self.children.exists():
            raise ValidationError({"parent": _("本频道下有栏目，不能再归入别的频道。")})


class Series(Slugged):
    """A running column of stories (专栏): its title (栏题), strapline and logo."""

    title = models.CharField(_("栏题"), max_length=60, validators=[clean_line])
    strapline = models.CharField(_("题语"), max_length=120, blank=True, validators=[clean_line])
    logo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("题图")
    )

    class Meta:
        verbose_name = _("专栏")
        verbose_name_plural = _("专栏")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Where reposted stories come from (来源), with the copyright notice its stories carry."""

    name = models.CharField(_("来源"), max_length=80, unique=True, validators=[clean_line])
    copyright_notice = models.TextField(_("版权声明"), blank=True)

    class Meta:
        verbose_name = _("稿件来源")
        verbose_name_plural = pgettext_lazy("plural", "稿件来源")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tag(TagBase):
    """A subject word (标签); its address is the word in pinyin."""

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = pgettext_lazy("plural", "标签")

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify_pinyin(tag)
        return f"{slug}-{i}" if i is not None else slug


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("稿件标签")
        verbose_name_plural = _("稿件标签")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_once")]
