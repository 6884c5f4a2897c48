"""Stories for tests: complete drafts, and the real way from a draft to the reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import factory
from django.conf import settings

from articles.models import Article, ArticlePhoto, Byline, Section, Series
from articles.workflow import perform
from media.models import Photo
from people import roles
from people.models import Identity, Region, User
from tests.cast import Cast
from tests.factories.people import UserFactory

BODY = "<p>新桥今日通车，两岸居民盼了三年。</p><h2>一桥飞架</h2><p>桥长八百米，双向四车道。</p>"


class SectionFactory(factory.django.DjangoModelFactory[Section]):
    """A section of the first level; `parent=` makes a column of it."""

    class Meta:
        model = Section

    name = factory.Sequence(lambda n: f"第{n}频道")
    slug = factory.Sequence(lambda n: f"pindao-{n}")


class SeriesFactory(factory.django.DjangoModelFactory[Series]):
    class Meta:
        model = Series

    title = factory.Sequence(lambda n: f"港城新答卷之{n}")
    slug = factory.Sequence(lambda n: f"daan-{n}")


class ArticleFactory(factory.django.DjangoModelFactory[Article]):
    """A complete draft by a reporter, ready to be submitted.

    `regions`, `tags` (names) and `photos` take lists; a photo comes with the library's caption and credit.
    `bylines` takes keyword dicts of `Byline`; without it there is one reporter, 林晚照, under the headline.
    """

    class Meta:
        model = Article
        skip_postgeneration_save = True

    headline = factory.Sequence(lambda n: f"第{n}座新桥今日通车")
    body = BODY
    created_by = factory.SubFactory(UserFactory, roles=[roles.REPORTER])

    @factory.post_generation
    def bylines(self, create: bool, extracted: Iterable[dict[str, Any]] | None, **kwargs: Any) -> None:
        one = {"name": "林晚照", "identity": Identity.REPORTER}
        for position, byline in enumerate([one] if extracted is None else extracted):
            Byline.objects.create(article=self, position=position, **byline)  # type: ignore[misc]

    @factory.post_generation
    def photos(self, create: bool, extracted: Iterable[Photo] | None, **kwargs: Any) -> None:
        for position, photo in enumerate(extracted or []):
            ArticlePhoto.objects.create(article=self, photo=photo, position=position)  # type: ignore[misc]

    @factory.post_generation
    def regions(self, create: bool, extracted: Iterable[Region] | None, **kwargs: Any) -> None:
        if extracted:
            self.regions.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def tags(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        if extracted:
            self.tags.set(list(extracted))  # type: ignore[attr-defined]


def sign(article: Article, cast: Cast, now: datetime, release_at: datetime | None = None) -> Article:
    """Pass a submitted story at every stage that is left, each by a person of the cast who holds it."""
    first = article.stage or 0
    stages = settings.REVIEW_STAGES
    for position, stage in list(enumerate(stages))[first:]:
        last = position == len(stages) - 1
        perform("pass", article, getattr(cast, stage.group), release_at=release_at if last else None, now=now)
    return article


def publish(article: Article, cast: Cast, now: datetime, release_at: datetime | None = None) -> Article:
    """Take a complete draft through the whole workflow: submitted by its maker, signed at every stage.

    Readers see it from `release_at` (default: the story's own moment, else `now`).
    """
    author: User = article.created_by or cast.reporter
    perform("submit", article, author, now=now)
    return sign(article, cast, now, release_at)
