"""Stories that could go into an issue: those that wait for it first, and whatever is looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.models import Article, ArticlePhoto, Release
from articles.querysets import ArticleQuerySet
from issues.checklist import GONE
from issues.models import Issue, Placement
from newsroom.lib.html import count_characters
from newsroom.lib.text import clean_text

MOST = 120
FOUND = 40
RECENT = timedelta(days=10)  # that long after its release a story is still offered to the paper
OLD = timedelta(days=60)  # a draft that nobody touched for so long is no longer offered

Status = Article.Status
ORDER = [Status.SIGNED, Status.REVIEW, Status.PUBLISHED, Status.DRAFT]


@dataclass(frozen=True)
class Waiting:
    """A story for the composer's list. `placed`: the page of this issue where it stands;
    `elsewhere`: a box of another issue that is not public yet."""

    article: Article
    characters: int
    pictures: int
    placed: Placement | None
    elsewhere: Placement | None


def waiting(issue: Issue, now: datetime, words: str = "") -> list[Waiting]:
    """What waits for the issue, by state, and what stands in it; with `words`, any story that has them all.

    A story that is not used or was withdrawn is never offered.
    """
    stories = Article.objects.exclude(status__in=GONE)
    rows = list(_having(stories, words)[:FOUND] if words.strip() else _offered(stories, issue, now)[:MOST])
    here, elsewhere = _places(rows, issue, now)
    uses = ArticlePhoto.objects.filter(article__in=rows).order_by()
    pictures = dict(uses.values_list("article").annotate(Count("pk")))
    listed = [
        Waiting(row, length(row.body), pictures.get(row.pk, 0), here.get(row.pk), elsewhere.get(row.pk))
        for row in rows
    ]
    return sorted(listed, key=lambda one: (one.placed is not None, ORDER.index(Status(one.article.status))))


def state_of(article: Article) -> str:
    """Its state in a word, with the stage it waits at: 草稿, 复审, 已签发."""
    if article.status == Status.REVIEW and article.stage is not None:
        return settings.REVIEW_STAGES[min(article.stage, len(settings.REVIEW_STAGES) - 1)].name
    if article.status == Status.SIGNED and article.with_issue:
        return _("待随报发布")
    return str(article.get_status_display())


@lru_cache(maxsize=1024)
def length(body: str) -> int:
    return count_characters(body)


def _having(stories: ArticleQuerySet, words: str) -> ArticleQuerySet:
    try:
        clean_text(words)
    except ValidationError:
        return stories.none()
    return _newest(stories.search(words[:100]))


def _offered(stories: ArticleQuerySet, issue: Issue, now: datetime) -> ArticleQuerySet:
    placed = Exists(Placement.objects.filter(article=OuterRef("pk"), page__issue=issue))
    in_hand = Q(page__issue__release_at=None) | Q(page__issue__release_at__gt=now)
    taken = Exists(Placement.objects.filter(in_hand, article=OuterRef("pk")).exclude(page__issue=issue))
    printed = Exists(Placement.objects.filter(article=OuterRef("pk")))
    live = Release.objects.visible(now).filter(article=OuterRef("pk"), visible_from__gte=now - RECENT)
    waits = (
        Q(status=Status.SIGNED, with_issue=True)
        | Q(status=Status.REVIEW, held=False)
        | Q(status=Status.DRAFT, held=False, updated_at__gte=now - OLD)
        | (Q(status=Status.PUBLISHED) & ~printed & Exists(live))
    )
    return _newest(stories.filter(placed | (waits & ~taken)))


def _newest(stories: ArticleQuerySet) -> ArticleQuerySet:
    return stories.order_by("-updated_at", "-pk")


def _places(
    rows: Iterable[Article], issue: Issue, now: datetime
) -> tuple[dict[int, Placement], dict[int, Placement]]:
    here: dict[int, Placement] = {}
    elsewhere: dict[int, Placement] = {}
    boxes = Placement.objects.filter(article__in=rows, continues=None).select_related("page__issue")
    for box in boxes:
        if box.page.issue_id == issue.pk:
            here[box.article_id or 0] = box
        elif box.page.issue.release_at is None or box.page.issue.release_at > now:
            elsewhere[box.article_id or 0] = box
    return here, elsewhere
