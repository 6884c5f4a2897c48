"""Sections, series, regions, tags and reporters: which stories each list shows, and which lists there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from articles.answering import PER_PAGE
from articles.workflow import perform
from media.library import block
from people.models import Identity
from tests.articles.seen import text_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def test_parent_section_shows_its_columns_stories(client: Client, cast: Cast, now: datetime) -> None:
    parent = SectionFactory(slug="yaowen")
    child, other = (
        SectionFactory(slug="dangjian", parent=parent),
        SectionFactory(slug="shizheng", parent=parent),
    )
    article = publish(ArticleFactory(headline="党建稿", section=child), cast, now)
    shown = {
        slug: article.headline in client.get(f"/sections/{slug}/").content.decode()
        for slug in ("yaowen", "dangjian", "shizheng")
    }
    assert shown == {"yaowen": True, "dangjian": True, "shizheng": False}
    assert f'href="/sections/{other.slug}/"' in client.get("/sections/yaowen/").content.decode()


def test_section_may_be_empty_or_unknown(client: Client) -> None:
    SectionFactory(slug="gonggao", name="公告")
    response = client.get("/sections/gonggao/")
    assert response.status_code == 200
    assert "这里还没有报道。" in response.content.decode()
    assert client.get("/sections/nowhere/").status_code == 404


def test_lists_appear_with_their_first_visible_story(client: Client, cast: Cast, now: datetime) -> None:
    province = RegionFactory(code="130000", name="海州省", level=1)
    town = RegionFactory(code="130111001", name="潮头镇", level=4)
    reporter = ReporterFactory(name="林晚照")
    article = ArticleFactory(
        series=SeriesFactory(title="听潮声", slug="tingchao"),
        regions=[town],
        tags=["海水稻"],
        bylines=[{"name": "林晚照", "identity": Identity.REPORTER, "reporter": reporter}],
    )
    addresses = {
        "/series/tingchao/": "听潮声",
        f"/regions/{town.code}/": "潮头镇",
        f"/regions/{province.code}/": "海州省",
        "/tags/hai-shui-dao/": "海水稻",
        f"/reporters/{reporter.pk}/": "林晚照",
    }
    for address in addresses:
        assert client.get(address).status_code == 404, address
    publish(article, cast, now)
    for address, name in addresses.items():
        response = client.get(address)
        assert response.status_code == 200, address
        seen = text_of(response.content.decode())
        assert name in seen
        assert article.headline in seen
    perform("withdraw", article, cast.chief, note="原因", now=now)
    for address in addresses:
        assert client.get(address).status_code == 404, address


def test_lists_name_people_and_tags_as_they_were_signed(client: Client, cast: Cast, now: datetime) -> None:
    reporter, series = ReporterFactory(name="林晚照"), SeriesFactory(title="听潮声", slug="tingchao")
    article = ArticleFactory(
        series=series, bylines=[{"name": "林晚照", "identity": Identity.REPORTER, "reporter": reporter}]
    )
    publish(article, cast, now)
    reporter.name, series.title = "改名以后", "改题以后"
    reporter.save()
    series.save()
    assert "<h1>林晚照</h1>" in client.get(f"/reporters/{reporter.pk}/").content.decode()
    assert "<h1>听潮声</h1>" in client.get("/series/tingchao/").content.decode()


def test_pages_of_a_list(client: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory(slug="yaowen")
    stories = [publish(ArticleFactory(section=section), cast, now - n * HOUR) for n in range(PER_PAGE + 2)]
    pages = [client.get("/sections/yaowen/", {"page": page}).content.decode() for page in (1, 2)]
    seen = [[s.pk for s in stories if f'href="/articles/{s.pk}/"' in content] for content in pages]
    assert seen == [[s.pk for s in stories[:PER_PAGE]], [s.pk for s in stories[PER_PAGE:]]]
    assert 'rel="next" href="?page=2"' in pages[0]
    for page in ["0", "-1", "3", "x", "1.5", "9" * 5000, "\0", "²"]:
        assert client.get("/sections/yaowen/", {"page": page}).status_code == 404, page
    assert client.get("/sections/yaowen/?page=").status_code == 200


def test_lists_keep_their_number_of_queries(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    section, series, region = SectionFactory(slug="yaowen"), SeriesFactory(slug="tingchao"), RegionFactory()

    def more(count: int) -> None:
        for _ in range(count):
            publish(
                ArticleFactory(
                    section=section, series=series, photos=[PhotoFactory()], tags=["港"], regions=[region]
                ),
                cast,
                now,
            )

    addresses = ["/sections/yaowen/", "/series/tingchao/", "/tags/gang/", f"/regions/{region.code}/"]
    for stories in (1, 4):
        more(stories)
        for address in addresses:
            client.get(address)  # its length is counted once until somebody signs something
            with django_assert_num_queries(4):
                client.get(address)


def test_regions_within_appear_with_their_first_story(client: Client, cast: Cast, now: datetime) -> None:
    city = RegionFactory(code="130100", name="海州市", level=2)
    near = RegionFactory(code="130111", name="港城区", level=3, parent=city)
    RegionFactory(code="130112", name="空无区", level=3, parent=city)
    publish(ArticleFactory(regions=[near]), cast, now)
    hidden = RegionFactory(code="130113", name="未到区", level=3, parent=city)
    publish(ArticleFactory(regions=[hidden]), cast, now, release_at=now + HOUR)
    page = client.get("/regions/130100/").content.decode()
    assert f'href="/regions/{near.code}/">港城区</a>' in page
    assert "空无区" not in page
    assert "未到区" not in page
    inside = client.get(f"/regions/{near.code}/").content.decode()
    assert 'href="/regions/130100/">海州市</a>' in inside


def test_blocked_logo_leaves_its_series(client: Client, cast: Cast, now: datetime) -> None:
    logo = PhotoFactory()
    publish(ArticleFactory(series=SeriesFactory(slug="tingchao", logo=logo)), cast, now)
    assert logo.public_id in client.get("/series/tingchao/").content.decode()
    block(logo, cast.chief, "肖像权", now)
    assert logo.public_id not in client.get("/series/tingchao/").content.decode()
