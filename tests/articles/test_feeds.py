"""RSS, Atom and JSON Feed: the whole signed text, in files that any reader opens."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from django.test import Client

from articles.models import Article
from articles.workflow import perform
from media.library import block
from people.models import Identity
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import ReporterFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture(autouse=True)
def _site(settings: object) -> None:
    settings.SITE_URL = SITE  # type: ignore[attr-defined]


def opened(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def entries(client: Client, address: str) -> list[dict[str, str]]:
    """title, link and content of each entry of a feed of any kind."""
    if address.endswith(".json"):
        return [
            {"title": i["title"], "link": i["url"], "content": i["content_html"]}
            for i in json.loads(client.get(address).content)["items"]
        ]
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


each = pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"])
xml = pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml"])


@each
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


@each
def test_corrections_are_appended(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=now)
    (entry,) = entries(client, address)
    assert entry["content"].index("双向四车道") < entry["content"].index("桥长应为八百六十米。")


@each
def test_what_no_xml_may_hold_is_left_out(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = ArticleFactory(headline="控\x08制\ufffe符", lede="提\x0b要\x1f", editors_note="按\x01语")
    publish(article, cast, now)
    (entry,) = entries(client, address)
    assert entry["title"] == "控制符"
    assert "提要" in entry["content"]
    assert "按语" in entry["content"]


@each
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
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
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


@each
def test_says_the_same_twice(client: Client, cast: Cast, now: datetime, address: str) -> None:
    empty = client.get(address)
    assert client.get(address)["ETag"] == empty["ETag"]
    assert empty["Cache-Control"] == "no-cache"
    publish(ArticleFactory(), cast, now)
    first = client.get(address)
    assert first["ETag"] != empty["ETag"]
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@each
def test_keeps_its_number_of_queries(
    client: Client, cast: Cast, now: datetime, address: str, django_assert_num_queries: Callable
) -> None:
    for _ in range(4):
        publish(ArticleFactory(photos=[PhotoFactory()]), cast, now)
    with django_assert_num_queries(3):
        client.get(address)


def test_a_reposted_story_is_new_here_whatever_its_original_time(
    client: Client, cast: Cast, now: datetime
) -> None:
    publish(ArticleFactory(headline="昨天的稿"), cast, now - HOUR)
    publish(ArticleFactory(headline="旧稿新转", first_published_at=now - 9999 * HOUR), cast, now)
    assert [entry["title"] for entry in entries(client, "/feeds/rss.xml")] == ["旧稿新转", "昨天的稿"]


# As their readers read them


def article_with_everything(cast: Cast, now: datetime, **fields: Any) -> Article:
    photo = PhotoFactory(width=1200, height=800, caption="桥头的清晨", credit="孟帆")
    section = SectionFactory(slug="shizheng", name="时政", parent=SectionFactory(slug="yaowen", name="要闻"))
    article = ArticleFactory(photos=[photo], section=section, tags=["大桥"], lede="大桥今日通车。", **fields)
    publish(article, cast, now - HOUR)
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=now)
    return article


@xml
def test_feedparser_reads_it(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = article_with_everything(cast, now, headline="大桥 <通车> & “两岸”")
    public_id = article.photos.get().photo.public_id
    read = feedparser.parse(client.get(address).content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.feed.title == "东岸周报"
    assert read.feed.language == "zh-CN" if address.endswith("rss.xml") else True
    assert read.feed.author == "东岸周报" if address.endswith("atom.xml") else True
    (entry,) = read.entries
    assert entry.title == "大桥 <通车> & “两岸”"
    assert entry.link == entry.id == f"{SITE}/articles/{article.pk}/"
    assert entry.author == "林晚照"
    assert [tag.term for tag in entry.tags] == ["要闻", "时政", "大桥"]
    assert entry.summary == "大桥今日通车。"
    assert "桥长应为八百六十米。" in entry.content[0].value
    assert moment(entry.published_parsed) == (now - HOUR).replace(microsecond=0)
    assert moment(entry.updated_parsed) == now.replace(microsecond=0)
    (picture,) = entry.media_content
    assert picture == {
        "url": f"{SITE}/photos/{public_id}/w960.jpg", "type": "image/jpeg", "medium": "image",
        "width": "960", "height": "640",
    }  # fmt: skip
    assert [credit["content"] for credit in entry.media_credit] == ["记者 孟帆 摄"]


def moment(parsed: Any) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def test_json_feed_has_its_fields(client: Client, cast: Cast, now: datetime) -> None:
    reporter = ReporterFactory(name="林晚照")
    one = {"name": "林晚照", "identity": Identity.REPORTER, "reporter": reporter}
    article = article_with_everything(cast, now, headline="大桥通车", bylines=[one])
    public_id = article.photos.get().photo.public_id
    response = client.get("/sections/yaowen/feed.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == f"{SITE}/sections/yaowen/"
    assert feed["feed_url"] == f"{SITE}/sections/yaowen/feed.json"
    assert feed["language"] == "zh-CN"
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"{SITE}/articles/{article.pk}/"
    assert item["authors"] == [{"name": "林晚照", "url": f"{SITE}/reporters/{reporter.pk}/"}]
    assert item["image"] == f"{SITE}/photos/{public_id}/w960.jpg"
    assert datetime.fromisoformat(item["date_published"]) == (now - HOUR).replace(microsecond=0)
    assert datetime.fromisoformat(item["date_modified"]) == now.replace(microsecond=0)
    assert item["date_modified"].endswith("+08:00")
    own = item["_newsroom"]
    assert [c["text"] for c in own["corrections"]] == ["桥长应为八百六十米。"]
    (picture,) = own["pictures"]
    assert (picture["width"], picture["height"], picture["type"]) == (960, 640, "image/jpeg")
    assert (picture["caption"], picture["credit"]) == ("桥头的清晨", "记者 孟帆 摄")


@each
def test_blocked_picture_is_in_none(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article = article_with_everything(cast, now)
    photo = article.photos.get().photo
    assert photo.public_id in client.get(address).content.decode()
    block(photo, cast.chief, "肖像权", now)
    assert photo.public_id not in client.get(address).content.decode()


HOSTILE = "</script><script>alert(1)</script>]]>&amp;\"'\u2028<!--\x08"


@each
def test_hostile_words_stay_words(client: Client, cast: Cast, now: datetime, address: str) -> None:
    article_with_everything(
        cast, now, headline=HOSTILE, source=HOSTILE, editors_note=HOSTILE, copyright_notice=HOSTILE,
        bylines=[{"name": HOSTILE[:40], "identity": Identity.NONE}],
    )  # fmt: skip
    (entry,) = entries(client, address)
    assert entry["title"] == HOSTILE.replace("\x08", "")
    assert "<script" not in entry["content"]
    assert "&lt;script&gt;" in entry["content"]
