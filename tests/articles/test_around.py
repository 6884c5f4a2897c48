"""What stands around a story: only what readers see, the nearest of it, and who signed the text they read."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from articles.around import PARTS, RELATED, Around, around
from articles.history import record
from articles.models import Article, Release, Section, Series
from articles.workflow import perform
from people import roles
from people.models import Identity
from tests.articles.seen import read, text_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory, UserFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def section(db: None) -> Section:
    return SectionFactory(slug="yaowen")


@pytest.fixture
def series(db: None) -> Series:
    return SeriesFactory(title="听潮声", slug="tingchao")


def of(article: Article, now: datetime) -> Around:
    return around(Release.objects.visible(now).get(article=article), now)


def stories(found: Any) -> list[int]:
    return [near.article for near in found]


# Only what readers see


def test_nothing_invisible_stands_around_a_story(
    client: Client, cast: Cast, now: datetime, section: Section, series: Series
) -> None:
    def one(headline: str, **more: Any) -> Article:
        return ArticleFactory(headline=headline, section=section, series=series, tags=["潮"], **more)

    before = now - 3 * HOUR
    here = publish(one("此稿"), cast, before)
    publish(one("未到时间"), cast, before, release_at=now + HOUR)
    publish(one("已经到期", expires_at=now - HOUR), cast, before)
    withdrawn = publish(one("撤下的"), cast, before - HOUR)
    perform("withdraw", withdrawn, cast.chief, note="原因", now=now - HOUR)
    perform("submit", unsigned := one("还在审的"), unsigned.created_by, now=before)
    replaced = publish(one("改前的题"), cast, before - HOUR)
    perform("reopen", replaced, cast.editor, now=now - HOUR)
    Article.objects.filter(pk=replaced.pk).update(headline="改后的题")
    replaced.refresh_from_db()
    publish(replaced, cast, now - HOUR)

    found = of(here, now)
    assert found.related == []  # the one there is stands in the series box
    assert stories(found.series) == [replaced.pk]
    assert [part.headline for part in found.series] == ["改后的题"]
    assert {near.article for near in (found.newer, found.older) if near} == {replaced.pk}
    page = read(client, here)
    assert "改后的题" in page
    for headline in ("未到时间", "已经到期", "撤下的", "还在审的", "改前的题"):
        assert headline not in page


def test_a_story_alone_has_nothing_around_it(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(
        ArticleFactory(tags=["潮"], series=SeriesFactory(), section=SectionFactory()), cast, now
    )
    found = of(article, now)
    assert (found.series, found.newer, found.older, found.related) == ([], None, None, [])
    assert "相关报道" not in read(client, article)


# The nearest of it


def test_series_box_has_the_newest_parts_with_their_instalments(
    client: Client, cast: Cast, now: datetime, series: Series
) -> None:
    parts = [
        publish(ArticleFactory(series=series, instalment=f"第{n}篇"), cast, now - n * HOUR)
        for n in range(PARTS + 2)
    ]
    found = of(parts[1], now)
    assert stories(found.series) == [part.pk for part in [parts[0], *parts[2 : PARTS + 1]]]
    assert found.series[0].instalment == "第0篇"
    assert "听潮声全部报道" in text_of(read(client, parts[1]))


def test_neighbours_stand_next_to_it_in_its_section(cast: Cast, now: datetime, section: Section) -> None:
    row = [publish(ArticleFactory(section=section), cast, now - n * HOUR) for n in range(5)]
    publish(ArticleFactory(section=SectionFactory()), cast, now - 2 * HOUR)
    found = of(row[2], now)
    assert found.newer
    assert found.newer.article == row[1].pk
    assert found.older
    assert found.older.article == row[3].pk
    assert of(row[0], now).newer is None
    assert of(row[4], now).older is None


def test_neighbours_of_the_same_moment_are_each_passed_once(
    cast: Cast, now: datetime, section: Section
) -> None:
    row = [publish(ArticleFactory(section=section), cast, now) for _ in range(3)]
    for before, here in itertools.pairwise(row):
        older, newer = of(here, now).older, of(before, now).newer
        assert older
        assert older.article == before.pk
        assert newer
        assert newer.article == here.pk


def test_related_share_most_and_are_the_newest_among_equals(cast: Cast, now: datetime) -> None:
    region, reporter = RegionFactory(), ReporterFactory(name="林晚照")
    signed = [{"name": "林晚照", "identity": Identity.REPORTER, "reporter": reporter}]
    here = publish(ArticleFactory(tags=["港", "桥"], regions=[region], bylines=signed), cast, now)
    only_region = publish(ArticleFactory(regions=[region]), cast, now)
    older_tag = publish(ArticleFactory(tags=["桥"]), cast, now - 2 * HOUR)
    newer_tag = publish(ArticleFactory(tags=["港"]), cast, now - HOUR)
    same_person = publish(ArticleFactory(bylines=signed), cast, now)
    most = publish(ArticleFactory(tags=["港", "桥"], regions=[region]), cast, now - 3 * HOUR)
    publish(ArticleFactory(tags=["山"]), cast, now)
    expected = [most, newer_tag, older_tag, same_person, only_region]
    assert stories(of(here, now).related) == [article.pk for article in expected]
    publish(ArticleFactory(tags=["港", "桥"]), cast, now)
    assert len(of(here, now).related) == RELATED


def test_parts_of_the_series_are_not_told_twice(cast: Cast, now: datetime, series: Series) -> None:
    here, part = (publish(ArticleFactory(series=series, tags=["潮"]), cast, now) for _ in range(2))
    found = of(here, now)
    assert stories(found.series) == [part.pk]
    assert found.related == []


def test_all_of_it_takes_one_query(
    cast: Cast, now: datetime, section: Section, series: Series, django_assert_num_queries: Callable
) -> None:
    def one() -> Article:
        tags = ["一", "二", "三", "四", "五", "六"]
        return ArticleFactory(section=section, series=series, tags=tags, regions=[region])

    region = RegionFactory()
    here, other = publish(one(), cast, now), publish(one(), cast, now)
    release = Release.objects.visible(now).get(article=here)
    with django_assert_num_queries(1):
        found = around(release, now)
    assert found.newer
    assert found.newer.article == other.pk


# Who reviewed it


def names(article: Article, now: datetime) -> list[tuple[str, str]]:
    return of(article, now).reviewers


def test_reviewers_stand_at_the_foot_where_the_bureau_wants_it(
    client: Client, cast: Cast, now: datetime, settings: Any
) -> None:
    article = publish(ArticleFactory(), cast, now)
    assert names(article, now) == []
    assert "一审" not in read(client, article)
    settings.SHOW_REVIEWERS = True
    signers = [cast.editor, cast.deputy, cast.chief]
    told = list(zip(["一审", "二审", "三审"], [str(user) for user in signers], strict=True))
    assert names(article, now) == told
    assert f"一审：{cast.editor}" in text_of(read(client, article))


def test_what_a_later_stage_changed_keeps_its_first_review(cast: Cast, now: datetime, settings: Any) -> None:
    settings.SHOW_REVIEWERS = True
    article = ArticleFactory()
    perform("submit", article, article.created_by, now=now)
    perform("pass", article, cast.editor, now=now)
    Article.objects.filter(pk=article.pk).update(headline="二审改过的题")
    article.refresh_from_db()
    record(article, cast.deputy, now)
    article.refresh_from_db()
    perform("pass", article, cast.deputy, now=now)
    perform("pass", article, cast.chief, now=now)
    assert [label for label, _ in names(article, now)] == ["一审", "二审", "三审"]


def test_an_amendment_names_the_two_who_signed_it(cast: Cast, now: datetime, settings: Any) -> None:
    settings.SHOW_REVIEWERS = True
    article = publish(ArticleFactory(), cast, now - HOUR)
    Article.objects.filter(pk=article.pk).update(headline="改过的题")
    article.refresh_from_db()
    record(article, cast.editor, now)
    article.refresh_from_db()
    perform("amend", article, cast.editor, now=now)
    assert [label for label, _ in names(article, now)] == [
        "一审",
        "二审",
        "三审",
    ]  # readers see the first text
    perform("amend", article, cast.chief, now=now)
    assert names(article, now) == [("改稿签发", f"{cast.editor}、{cast.chief}")]


def test_a_second_round_counts_alone(cast: Cast, now: datetime, settings: Any) -> None:
    settings.SHOW_REVIEWERS = True
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("reopen", article, cast.editor, now=now)
    another = UserFactory(full_name="许霁", roles=[roles.EDITOR])
    perform("submit", article, article.created_by, now=now)
    for person in (another, cast.deputy, cast.chief):
        perform("pass", article, person, now=now)
    assert names(article, now)[0] == ("一审", "许霁")
