"""RSS and Atom: the whole signed text, and XML that any reader opens. And the map of the site."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client

from articles import sitemaps
from articles.workflow import perform
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _site(settings: object) -> None:
    settings.SITE_URL = SITE  # type: ignore[attr-defined]


def opened(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def entries(client: Client, address: str) -> list[dict[str, str]]:
    """title, link and content of each entry of a feed of either kind."""
    root = opened(client, address)
    if address.endswith("rss.xml"):
        return [
            {
                "title": i.findtext("title", ""),
                "link": i.findtext("link", ""),
                "content": i.findtext(CONTENT, ""),
            }
            for i in root.iter("item")
        ]
    return [
        {
            "title": e.findtext(f"{ATOM}title", ""),
            "link": e.find(f"{ATOM}link").get("href", ""),  # type: ignore[union-attr]
            "content": e.findtext(f"{ATOM}content", ""),
        }
        for e in root.iter(f"{ATOM}entry")
    ]


both = pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml"])


@both
def test_has_the_whole_text_with_its_pictures(
    client: Client, cast: Cast, now: datetime, address: str
) -> None:
    photo = PhotoFactory(width=1200, height=800, caption="桥头的清晨", credit="孟帆")
    body = '<p>开头，见<a href="/articles/7/">前文</a>。</p><h2>小题</h2><p>最后一句。</p>'
    article = ArticleFactory(
        headline="大桥 & 两岸", body=body, photos=[photo], dateline="本报讯", source="临港新闻网",
        source_url="https://news.example.com/1", responsible_editor="李瑾", copyright_notice="不得转载。",
    )  # fmt: skip
    publish(article, cast, now)
    (entry,) = entries(client, address)
    assert entry["title"] == "大桥 & 两岸"
    assert entry["link"] == f"{SITE}/articles/{article.pk}/"
    content = entry["content"]
    for words in [
        "本报讯", "开头", "<h2>小题</h2>", "最后一句。", "桥头的清晨", "记者 孟帆 摄", "李瑾", "不得转载。",
        "https://news.example.com/1", f'<a href="{SITE}/articles/7/">',
        f'src="{SITE}/photos/{photo.public_id}/w',
    ]:  # fmt: skip
        assert words in content, words
    assert 'src="/' not in content
    assert 'href="/' not in content


@both
def test_corrections_are_appended(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=now)
    (entry,) = entries(client, address)
    assert entry["content"].index("双向四车道") < entry["content"].index("桥长应为八百六十米。")


@both
def test_what_no_xml_may_hold_is_left_out(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = ArticleFactory(headline="控\x08制\ufffe符", lede="提\x0b要\x1f", editors_note="按\x01语")
    publish(article, cast, now)
    (entry,) = entries(client, address)
    assert entry["title"] == "控制符"
    assert "提要" in entry["content"]
    assert "按语" in entry["content"]


@both
def test_newest_first_and_only_what_is_visible(
    client: Client, cast: Cast, now: datetime, address: str, at: Callable[[datetime], None]
) -> None:
    older = publish(ArticleFactory(), cast, now - 2 * HOUR)
    newer = publish(ArticleFactory(), cast, now - HOUR)
    coming = publish(ArticleFactory(), cast, now, release_at=now + HOUR)
    ArticleFactory()
    at(now)
    assert [e["title"] for e in entries(client, address)] == [newer.headline, older.headline]
    at(now + HOUR)
    assert [e["title"] for e in entries(client, address)] == [coming.headline, newer.headline, older.headline]
    perform("withdraw", newer, cast.chief, note="原因", now=now + HOUR)
    assert [e["title"] for e in entries(client, address)] == [coming.headline, older.headline]


@pytest.mark.parametrize("where", ["/sections/yaowen/", "/sections/yaowen/feeds/"])
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_section_has_its_own(client: Client, cast: Cast, now: datetime, where: str, name: str) -> None:
    section = SectionFactory(slug="yaowen")
    inside = publish(ArticleFactory(section=SectionFactory(parent=section)), cast, now)
    publish(ArticleFactory(section=SectionFactory()), cast, now)
    assert [e["title"] for e in entries(client, where + name)] == [inside.headline]
    assert client.get(f"/sections/nowhere/{name}").status_code == 404


def test_times_are_those_of_the_signed_release(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("correct", article, cast.chief, note="更正一处。", now=now)
    (published,) = opened(client, "/feeds/rss.xml").iter("pubDate")
    assert parsedate_to_datetime(published.text or "") == (now - HOUR).replace(microsecond=0)
    (entry,) = opened(client, "/feeds/atom.xml").iter(f"{ATOM}entry")
    updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated", ""))
    assert abs(updated - now) < timedelta(seconds=1)


@both
def test_says_the_same_twice(client: Client, cast: Cast, now: datetime, address: str) -> None:
    empty = client.get(address)
    assert client.get(address)["ETag"] == empty["ETag"]
    assert empty["Cache-Control"] == "no-cache"
    publish(ArticleFactory(), cast, now)
    first = client.get(address)
    assert first["ETag"] != empty["ETag"]
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@both
def test_keeps_its_number_of_queries(
    client: Client, cast: Cast, now: datetime, address: str, django_assert_num_queries: Callable
) -> None:
    for _ in range(4):
        publish(ArticleFactory(photos=[PhotoFactory()]), cast, now)
    with django_assert_num_queries(3):
        client.get(address)


def test_map_lists_what_is_visible(client: Client, cast: Cast, now: datetime) -> None:
    SectionFactory(slug="yaowen")
    shown = publish(ArticleFactory(), cast, now - HOUR)
    publish(ArticleFactory(), cast, now, release_at=now + HOUR)
    places = [loc.text for loc in opened(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert places == [
        f"{SITE}/",
        f"{SITE}/papers/",
        f"{SITE}/sections/yaowen/",
        f"{SITE}/articles/{shown.pk}/",
    ]


def test_large_map_comes_in_parts(
    client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    stories = [publish(ArticleFactory(), cast, now) for _ in range(3)]
    index = [loc.text or "" for loc in opened(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert index == [f"{SITE}/sitemap.xml?page=1", f"{SITE}/sitemap.xml?page=2"]
    parts = [opened(client, place.removeprefix(SITE)) for place in index]
    places = [loc.text or "" for part in parts for loc in part.iter(f"{MAP}loc")]
    assert [p for p in places if "/articles/" in p] == [f"{SITE}/articles/{s.pk}/" for s in stories]
    assert client.get("/sitemap.xml?page=3").status_code == 404


def test_robots_are_shown_the_map(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {SITE}/sitemap.xml" in response.content.decode()


def test_a_reposted_story_is_new_here_whatever_its_original_time(
    client: Client, cast: Cast, now: datetime
) -> None:
    publish(ArticleFactory(headline="昨天的稿"), cast, now - HOUR)
    publish(ArticleFactory(headline="旧稿新转", first_published_at=now - 9999 * HOUR), cast, now)
    assert [entry["title"] for entry in entries(client, "/feeds/rss.xml")] == ["旧稿新转", "昨天的稿"]
