"""What a story still lacks before it can be submitted or signed, in words for the person who must mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.freeze import caption_of, credit_of, uses
from articles.models import Article, Release
from media.models import Photo
from newsroom.lib.html import photo_ids, text


@dataclass(frozen=True)
class Problem:
    """`field` is the form field (or inline) the sentence belongs beside."""

    field: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def problems(article: Article, now: datetime) -> list[Problem]:
    """Everything missing, in the order of the form; empty when the story is ready."""
    found: list[Problem] = []
    if not article.headline.strip():
        found.append(Problem("headline", _("还没有主题（标题）。")))
    if not text(article.body).strip() and not (
        article.kind == Article.Kind.PICTURE and article.photos.exists()
    ):
        found.append(Problem("body", _("还没有正文。")))
    if article.kind == Article.Kind.PICTURE and not article.photos.exists():
        found.append(Problem("photos", _("图片稿至少要有一张图片。")))
    if article.kind == Article.Kind.PAGE:
        found += _page_problems(article, now)
    elif not any(name.strip() for name in article.bylines.values_list("name", flat=True)):
        found.append(Problem("bylines", _("还没有署名。")))
    if article.first_published_at and article.first_published_at > now:
        found.append(Problem("first_published_at", _("原发时间不能在将来。")))
    return found + _picture_problems(article)


def _page_problems(article: Article, now: datetime) -> list[Problem]:
    """A standing page needs an address of its own; nobody has to put his name to it."""
    if not article.path:
        return [Problem("path", _("固定页面还没有网址。"))]
    live = Release.objects.visible(now) | Release.objects.pending(now)
    others = Article.objects.filter(kind=Article.Kind.PAGE, path=article.path).exclude(
        status__in=[Article.Status.SPIKED, Article.Status.WITHDRAWN]
    )
    if (
        others.exclude(pk=article.pk).exists()
        or live.filter(page=article.path).exclude(article=article).exists()
    ):
        return [Problem("path", _("网址“%s”已有别的固定页面在用。") % article.path)]
    return []


def _picture_problems(article: Article) -> list[Problem]:
    found: list[Problem] = []
    used = uses(article)
    group_caption = ""
    for number, use in enumerate(used, 1):
        group_caption = caption_of(use) or (group_caption if use.joined else "")
        if not group_caption:
            found.append(Problem("photos", _("第%d张图片没有说明。") % number))
        if not credit_of(use).strip():
            found.append(Problem("photos", _("第%d张图片没有署名。") % number))
        if use.photo.state == Photo.State.FAILED:
            found.append(Problem("photos", _("第%d张图片处理失败，请重试或换图。") % number))
        if use.photo.blocked_at:
            found.append(Problem("photos", _("第%d张图片已被封存，不能使用。") % number))
    listed = {use.photo.public_id for use in used}
    if any(public_id not in listed for public_id in photo_ids(article.body)):
        found.append(Problem("body", _("正文里有图片不在“配图”之列，请先保存一次。")))
    return found
