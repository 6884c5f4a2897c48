"""The maps of the site: what is visible, each once, in files that keep to the protocol."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from articles import sitemaps
from articles.models import Article
from articles.workflow import perform
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ORDER = {f"{MAP}{name}": place for place, name in enumerate(("loc", "lastmod"))}


@pytest.fixture(autouse=True)
def _site(settings: object) -> None:
    settings.SITE_URL = SITE  # type: ignore[attr-defined]


def opened(client: Client, address: str) -> ElementTree.Element:
    """A map, held against the protocol: names, their order and number, whole addresses, dated moments."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    assert len(response.content) <= 50 * 1024 * 1024
    root = ElementTree.fromstring(response.content)
    inside = {f"{MAP}sitemapindex": f"{MAP}sitemap", f"{MAP}urlset": f"{MAP}url"}[root.tag]
    assert len(root) <= 50_000
    places = [entry.findtext(f"{MAP}loc", "") for entry in root]
    assert len(places) == len(set(places))
    for entry in root:
        assert entry.tag == inside
        named = [child.tag for child in entry if child.tag.startswith(MAP)]
        assert named == sorted(set(named), key=ORDER.__getitem__)
        assert entry.findtext(f"{MAP}loc", "").startswith(f"{SITE}/")
        assert len(entry.findtext(f"{MAP}loc", "")) < 2048
        if (stamp := entry.findtext(f"{MAP}lastmod")) is not None:
            assert datetime.fromisoformat(stamp).tzinfo
    return root


def places(client: Client, address: str) -> list[str]:
    return [loc.text or "" for loc in opened(client, address).iter(f"{MAP}loc")]


def parts(client: Client) -> list[str]:
    return [place.removeprefix(SITE) for place in places(client, "/sitemap.xml")]


def changed(client: Client, address: str, place: str) -> datetime:
    """The lastmod of a place in a map."""
    (entry,) = [e for e in opened(client, address) if e.findtext(f"{MAP}loc") == f"{SITE}{place}"]
    return datetime.fromisoformat(entry.findtext(f"{MAP}lastmod", ""))


def test_the_index_leads_to_what_is_visible(client: Client, cast: Cast, now: datetime) -> None:
    SectionFactory(slug="yaowen")
    shown = publish(ArticleFactory(), cast, now - HOUR)
    publish(ArticleFactory(), cast, now, release_at=now + HOUR)
    ArticleFactory()
    assert parts(client) == ["/sitemap-pages.xml", "/sitemap-1.xml"]
    assert places(client, "/sitemap-pages.xml") == [f"{SITE}/", f"{SITE}/papers/", f"{SITE}/sections/yaowen/"]
    assert places(client, "/sitemap-1.xml") == [f"{SITE}/articles/{shown.pk}/"]


def test_stories_come_in_parts_by_their_numbers(
    client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PER_PART", 2)
    stories = [publish(ArticleFactory(pk=pk), cast, now) for pk in (3, 4, 8)]
    named = [part for part in parts(client) if part != "/sitemap-pages.xml"]
    assert named == ["/sitemap-2.xml", "/sitemap-3.xml", "/sitemap-5.xml"]
    found = [place for part in named for place in places(client, part)]
    assert found == [f"{SITE}/articles/{story.pk}/" for story in stories]
    kept = client.get("/sitemap-2.xml").content
    publish(ArticleFactory(pk=9), cast, now)
    assert client.get("/sitemap-2.xml").content == kept
    for nowhere in ("/sitemap-1.xml", "/sitemap-6.xml", "/sitemap-0.xml", "/sitemap-9999999999999.xml"):
        assert client.get(nowhere).status_code == 404


def test_lastmod_tells_a_release_a_correction_and_a_withdrawal(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    def is_from(hours: int) -> bool:
        return changed(client, "/sitemap.xml", "/sitemap-1.xml") == second(now - hours * HOUR)

    article = publish(ArticleFactory(), cast, now - 9 * HOUR)
    place = f"/articles/{article.pk}/"
    assert is_from(9)
    perform("correct", article, cast.chief, note="更正一处。", now=now - 8 * HOUR)
    assert is_from(8)
    assert changed(client, "/sitemap-1.xml", place) == second(now - 8 * HOUR)
    other = publish(ArticleFactory(), cast, now - 7 * HOUR)
    assert is_from(7)
    perform("withdraw", other, cast.chief, note="原因", now=now - 6 * HOUR)
    assert is_from(6)
    assert places(client, "/sitemap-1.xml") == [f"{SITE}{place}"]


def second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def headlines(client: Client) -> list[str]:
    return [title.text or "" for title in opened(client, "/news-sitemap.xml").iter(f"{NEWS}title")]


def test_news_are_those_of_two_days(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    publish(ArticleFactory(headline="昨天"), cast, now - 24 * HOUR)
    publish(ArticleFactory(headline="旧稿新转", first_published_at=now - 90 * HOUR), cast, now - HOUR)
    publish(ArticleFactory(headline="今天 & <此刻>"), cast, now - HOUR)
    publish(ArticleFactory(headline="明天"), cast, now - HOUR, release_at=now + HOUR)
    at(now)
    assert headlines(client) == ["今天 & <此刻>", "昨天"]
    at(now + 24 * HOUR + timedelta(seconds=1))
    assert headlines(client) == ["明天", "今天 & <此刻>"]


def test_news_have_what_the_format_requires(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(headline="控\x08制]]>符"), cast, now - HOUR)
    (entry,) = opened(client, "/news-sitemap.xml")
    assert entry.findtext(f"{MAP}loc") == f"{SITE}/articles/{article.pk}/"
    (told,) = entry.findall(f"{NEWS}news")
    assert told.findtext(f"{NEWS}publication/{NEWS}name") == "东岸周报"
    assert told.findtext(f"{NEWS}publication/{NEWS}language") == "zh-cn"
    assert told.findtext(f"{NEWS}title") == "控制]]>符"
    stamp = datetime.fromisoformat(told.findtext(f"{NEWS}publication_date", ""))
    assert stamp == second(now - HOUR)


def test_a_withdrawn_story_leaves_every_map_at_once(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("withdraw", article, cast.chief, note="原因", now=now)
    assert parts(client) == ["/sitemap-pages.xml"]
    assert client.get("/sitemap-1.xml").status_code == 404
    assert len(opened(client, "/news-sitemap.xml")) == 0


def test_maps_keep_their_number_of_queries(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    for _ in range(3):
        corrected: Article = publish(ArticleFactory(), cast, now - HOUR)
        perform("correct", corrected, cast.chief, note="更正一处。", now=now)
    for address, queries in (("/sitemap.xml", 4), ("/sitemap-1.xml", 2), ("/news-sitemap.xml", 1)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_robots_are_shown_the_maps(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert f"Sitemap: {SITE}/news-sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
