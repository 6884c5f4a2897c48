"""The search page: what it shows, how it helps, and that nothing typed into it does harm."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.search.snippets import Marker
from articles.search.words import read
from articles.workflow import perform
from tests.articles.naughty import OWN
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory

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


# The page


def page(client: Client, status: int = 200, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == status, query
    return response.content.decode()


def test_what_was_looked_for_is_marked(client: Client, cast: Cast, now: datetime) -> None:
    body = "<p>" + "前言。" * 60 + "</p><p>漁民說，新港　大橋通車了&lt;b&gt;。</p>"
    publish(ArticleFactory(headline="新港大桥<i>通车", body=body), cast, now)
    shown = page(client, q="大桥 <i>")
    assert "新港<mark>大桥</mark>&lt;<mark>i</mark>&gt;通车" in shown
    shown = page(client, q="“新港大桥通车” 渔民")
    assert "<mark>漁民</mark>說，<mark>新港　大橋通車</mark>了&lt;b&gt;" in shown


def test_a_name_looked_for_by_its_sound_is_marked(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(body="<p>李芳说：<b>通车</b>了。</p>", bylines=[{"name": "李芳"}]), cast, now)
    assert "<mark>李芳</mark>说" in page(client, q="li fang")


def test_snippets_can_be_of_any_text() -> None:
    terms = read("桥 大桥 “新港 大桥” a-b li").wanted
    for text in [*OWN, "桥" * 500, "大桥\n" * 300, "新港大桥" + "长" * 300 + "大桥a b", ""]:
        shown = Marker(terms).best(text)
        assert shown is None or re.sub(r"</?mark>", "", html.unescape(shown)).strip("…") in text.replace(
            "\n", " "
        )
        assert re.sub(r"</?mark>", "", html.unescape(Marker(terms).whole(text))) == text or "<mark>" in text


def test_helpful_without_words_and_without_results(client: Client) -> None:
    assert "怎样找" in page(client)
    assert "可以这样试试" in page(client, q="独角兽")
    assert "没有可以查找的字词" in page(client, q="%%")
    assert "只写了不要的词" in page(client, q="-大桥")
    assert "只按前8个" in page(client, q="春 夏 秋 冬 东 南 西 北 中")
    assert "只按前100个字" in page(client, q="长" * 10_000)
    assert "不是日历上的日期" in page(client, q="桥", **{"from": "2026-02-31"})
    assert "已对调" in page(client, q="桥", **{"from": "2026-03-02", "to": "2026-03-01"})


def test_a_page_that_there_is_not(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(), cast, now)
    for number in ["0", "-1", "2", "9" * 30, "一", "1.0", "1e3", "²", " "]:
        assert "没有这一页" in page(client, status=404, q="桥", page=number)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("section", "nowhere", "这个频道"),
        ("region", "999999", "999999"),
        ("region", "x", "六位或九位"),
        ("reporter", "9", "没有这位记者"),
        ("reporter", "0", "没有这位记者"),
        ("reporter", "9" * 40, "没有这位记者"),
    ],
)
def test_codes_that_nobody_has(client: Client, name: str, code: str, said: str) -> None:
    assert said in page(client, status=404, q="桥", **{name: code})


def test_results_lead_to_narrower_ones(client: Client, cast: Cast, now: datetime) -> None:
    reporter, region = ReporterFactory(name="李芳"), RegionFactory(code="130199", name="望海区")
    publish(ArticleFactory(bylines=[{"name": "李芳", "reporter": reporter}], regions=[region]), cast, now)
    shown = html.unescape(page(client, q="桥"))
    narrower = f"?q=%E6%A1%A5&reporter={reporter.pk}"
    assert f'href="{narrower}"' in shown
    assert 'href="?q=%E6%A1%A5&region=130199"' in shown
    shown = html.unescape(client.get(f"/search/{narrower}").content.decode())
    assert "找到 1 篇" in shown
    assert "记者：李芳" in shown
    assert 'href="?q=%E6%A1%A5"' in shown


def test_a_reporter_without_a_story_has_no_name_here(client: Client, cast: Cast, now: datetime) -> None:
    secret = ReporterFactory(name="卧底")
    publish(ArticleFactory(bylines=[{"name": "卧底", "reporter": secret}]), cast, now, now + HOUR)
    assert "卧底" not in page(client, status=404, reporter=str(secret.pk))


# Suggestions


def suggested(client: Client, typed: str) -> list[str]:
    response = client.get("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    echo, texts = response.json()
    assert echo == typed
    return texts


def test_suggestions_begin_as_typed(client: Client, cast: Cast, now: datetime) -> None:
    expected = {
        "李": ["李芳"],
        "lif": ["李芳"],
        "wangh": ["望海区"],
        "望": ["望海区"],
        "交": ["交通"],
        "交通": ["交通"],
        "新港": ["新港"],
        "新港大": ["新港大桥"],
        "大": ["大桥"],
        "l": [],
        "独": [],
        "": [],
        '"*': [],
    }
    publish(
        ArticleFactory(
            headline="新港大桥通车",
            tags=["交通"],
            bylines=[{"name": "李芳", "reporter": ReporterFactory(name="李芳")}],
            regions=[RegionFactory(code="130199", name="望海区")],
        ),
        cast,
        now,
    )
    draft = publish(ArticleFactory(headline="李家独院大火", tags=["望月"]), cast, now - HOUR)
    perform("withdraw", draft, cast.chief, note="有误", now=now)
    publish(ArticleFactory(headline="交大独立", tags=["李子"]), cast, now, now + HOUR)
    assert {typed: suggested(client, typed) for typed in expected} == expected


def test_the_page_offers_who_may_be_meant(client: Client, cast: Cast, now: datetime) -> None:
    reporter = ReporterFactory(name="李芳")
    publish(ArticleFactory(bylines=[{"name": "李芳", "reporter": reporter}]), cast, now)
    assert f'<a href="/reporters/{reporter.pk}/">李芳</a>' in page(client, q="lifang")


def test_suggestions_for_anything(client: Client) -> None:
    for typed in [*OWN, "长" * 10_000, "'; DROP TABLE", "%00", "\\"]:
        assert client.get("/search/suggest/", {"q": typed}).status_code == 200, ascii(typed)
