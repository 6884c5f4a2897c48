"""What a reader's search finds, and that nothing typed into it does harm."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def found(client: Client, stories: list[Article], **query: str) -> list[int]:
    content = client.get("/search/", query).content.decode()
    return [n for n, story in enumerate(stories) if f'href="/articles/{story.pk}/"' in content]


def test_search_finds_every_word_anywhere(client: Client, cast: Cast, now: datetime) -> None:
    bridge = ArticleFactory(headline="新港大桥通车", body="<p>渔民郑阿海按响了汽笛。</p>", tags=["交通"])
    canteen = ArticleFactory(headline="社区食堂开张", body="<p>渔民也来吃饭。</p>")
    stories = [publish(article, cast, now) for article in (bridge, canteen)]
    assert found(client, stories, q="大桥") == [0]
    assert found(client, stories, q="渔民") == [0, 1]
    assert found(client, stories, q="渔民　汽笛") == [0]
    assert found(client, stories, q="大桥 食堂") == []
    assert found(client, stories, q="林晚照") == [0, 1]
    assert found(client, stories, q="交通") == [0]
    assert found(client, stories, q="") == []
    assert found(client, stories, q="%") == []
    assert found(client, stories, q="_") == []


def test_search_narrows_by_section_region_and_day(client: Client, cast: Cast, now: datetime) -> None:
    section, region = SectionFactory(slug="yaowen"), RegionFactory(code="130111")
    day = datetime(2026, 3, 5, 23, 30, tzinfo=timezone.get_default_timezone())
    stories = [
        publish(ArticleFactory(section=section, first_published_at=day), cast, now),
        publish(ArticleFactory(regions=[region]), cast, now),
    ]
    assert found(client, stories, q="桥", section="yaowen") == [0]
    assert found(client, stories, section="yaowen") == [0]
    assert found(client, stories, q="桥", section="nowhere") == []
    assert found(client, stories, q="桥", region="130000") == [1]
    assert found(client, stories, q="桥", **{"from": "2026-03-05", "to": "2026-03-05"}) == [0]
    assert found(client, stories, q="桥", **{"from": "2026-03-06"}) == [1]
    assert found(client, stories, q="桥", to="2026-03-04") == []


NAUGHTY = [
    "\0", "\ud800", "%00", "a" * 10_000, "%%%", "'; DROP TABLE", "\\", "𠮷野家", "\u202e", "()*&|!:", "' '",
]  # fmt: skip


@pytest.mark.parametrize("name", ["q", "section", "region", "from", "to", "page"])
def test_search_takes_anything(client: Client, name: str) -> None:
    for text in NAUGHTY:
        query = {"q": "桥", name: text.encode("utf-8", "surrogatepass")}
        assert client.get("/search/", query).status_code in (200, 404), ascii(text)
    for day in ["0000-00-00", "9999-12-31", "0001-01-01", "2026-02-31", "2026-1-1T"]:
        assert client.get("/search/", {"q": "桥", "from": day, "to": day}).status_code == 200


def test_search_takes_naughty_strings(client: Client, shared: Path) -> None:
    folder = shared / "corpora" / "naughty-strings"
    lines = [
        line for file in sorted(folder.rglob("*.txt")) for line in file.read_bytes().split(b"\n") if line
    ]
    assert len(lines) > 100
    for line in lines:
        assert client.get("/search/", {"q": line}).status_code == 200, line


def test_search_says_when_there_is_nothing(client: Client) -> None:
    assert "没有找到" in client.get("/search/?q=独角兽").content.decode()
