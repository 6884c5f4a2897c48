"""What every kind of page says to machines of itself: once, whole, and whatever its words are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Byline
from articles.workflow import perform
from media.library import block
from people.models import Act, Identity
from tests.articles.headed import Reader, head_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
TEXT = ("ArticleTitle", "PubDate", "ContentSource")
GRAPH = ("og:type", "og:site_name", "og:title", "og:description", "og:url", "og:locale")


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = SITE
    settings.SITE_ID_CODE = "1310000001"


@pytest.fixture
def article(cast: Cast, now: datetime) -> Article:
    section = SectionFactory(slug="shizheng", name="时政", parent=SectionFactory(slug="yaowen", name="要闻"))
    article = ArticleFactory(
        headline="大桥“通车” & 两岸", subheadline="今起免费通行", lede="大桥今日通车。", section=section,
        series=SeriesFactory(slug="daan", title="港城新答卷", strapline="开局之年看基层"),
        tags=["大桥", "通车"], regions=[RegionFactory(code="130111", name="滨海区")],
        photos=[PhotoFactory(width=1200, height=800, caption="桥头的清晨", credit="孟帆")],
        source="临港新闻网", source_url="https://news.example.com/1",
        bylines=[
            {"name": "林晚照", "identity": Identity.REPORTER, "reporter": ReporterFactory(name="林晚照")},
            {"name": "区气象局", "identity": Identity.INSTITUTION, "place": Byline.Place.END},
            {"name": "孟帆", "identity": Identity.REPORTER, "act": Act.PHOTO},
        ],
    )  # fmt: skip
    return publish(article, cast, now - HOUR)


def pages(article: Article) -> dict[str, str]:
    """An address of each kind of page; the canonical one where it is another."""
    reporter = article.bylines.get(name="林晚照").reporter_id
    paths = [
        "/", f"/articles/{article.pk}/", "/sections/yaowen/", "/sections/shizheng/", "/series/daan/",
        "/regions/130111/", "/tags/da-qiao/", f"/reporters/{reporter}/", "/papers/", "/search/",
    ]  # fmt: skip
    return {path: path for path in paths} | {"/search/?q=%E6%A1%A5": "/search/", "/?from=wx": "/"}


def test_each_kind_of_page_names_itself_once(client: Client, article: Article) -> None:
    for address, canonical in pages(article).items():
        head = head_of(client, address)
        assert head.canonical == [f"{SITE}{canonical}"], address
        assert len(head.titles) == 1, address
        assert head.twice == [], address
        assert head["SiteName"] == "东岸周报"
        assert head["SiteDomain"] == "paper.example.com"
        assert head["SiteIDCode"] == "1310000001"
        assert {"/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"} <= set(head.feeds), address
        if not address.startswith("/search/"):
            for name in (*COLUMN, *GRAPH):
                assert head[name], (address, name)
            assert head["og:url"] == f"{SITE}{canonical}"


def test_a_site_without_a_code_claims_none(client: Client, settings: Any) -> None:
    settings.SITE_ID_CODE = ""
    assert head_of(client, "/").all("SiteIDCode") == []


def test_columns_are_described(client: Client, article: Article, settings: Any) -> None:
    settings.COLUMN_TYPES = {"yaowen": "政策文件"}
    home, section = head_of(client, "/"), head_of(client, "/sections/yaowen/")
    assert (home["ColumnName"], home["ColumnType"]) == ("首页", "首页")
    assert [section[name] for name in COLUMN] == ["要闻", "东岸周报“要闻”的报道", "要闻,时政", "政策文件"]
    story = head_of(client, f"/articles/{article.pk}/")
    assert [story[name] for name in COLUMN] == ["时政", "东岸周报“时政”的报道", "时政,要闻", "工作动态"]
    assert section.feeds[:3] == [f"/sections/yaowen/{name}" for name in ("rss.xml", "atom.xml", "feed.json")]


def test_a_story_says_what_government_sites_say(client: Client, article: Article) -> None:
    head = head_of(client, f"/articles/{article.pk}/")
    printed = timezone.localtime(article.releases.get().visible_from)
    assert printed
    assert {name: head[name] for name in TEXT} == {
        "ArticleTitle": "大桥“通车” & 两岸",
        "PubDate": printed.strftime("%Y-%m-%d %H:%M"),
        "ContentSource": "临港新闻网",
    }
    assert head["Keywords"] == "大桥,通车,滨海区,时政,要闻"
    assert head["Author"] == "林晚照、区气象局"
    assert head["Description"] == "大桥今日通车。"
    assert head["Image"].startswith(f"{SITE}/photos/")
    assert head["Url"] == f"{SITE}/articles/{article.pk}/"


def test_a_story_of_our_own_names_the_paper_as_its_source(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(bylines=[{"name": "林晚照"}]), cast, now)
    head = head_of(client, f"/articles/{article.pk}/")
    assert head["ContentSource"] == "东岸周报"
    assert head["ColumnName"] == "首页"
    assert head["twitter:card"] == "summary"
    assert head.all("Image") == head.all("og:image") == []


def test_open_graph_has_the_picture_and_the_moments(
    client: Client, article: Article, cast: Cast, now: datetime
) -> None:
    perform("correct", article, cast.chief, note="更正一处。", now=now)
    head = head_of(client, f"/articles/{article.pk}/")
    assert head["og:image"] == head["Image"]
    assert [head[f"og:image:{name}"] for name in ("type", "width", "height", "alt")] == [
        "image/jpeg", "960", "640", "桥头的清晨",
    ]  # fmt: skip
    assert moment(head["article:published_time"]) == second(now - HOUR)
    assert moment(head["article:modified_time"]) == second(now)
    assert head.all("article:tag") == ["大桥", "通车"]
    assert head["twitter:card"] == "summary_large_image"


def moment(stamp: str) -> datetime:
    found = datetime.fromisoformat(stamp)
    assert found.tzinfo
    return found


def second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def test_later_pages_of_a_list_are_followed_and_not_kept(client: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory(slug="yaowen")
    for _ in range(31):
        publish(ArticleFactory(section=section), cast, now)
    first, second_page = head_of(client, "/sections/yaowen/"), head_of(client, "/sections/yaowen/?page=2")
    assert first.all("robots") == []
    assert second_page["robots"] == "noindex, follow"
    assert second_page.canonical == [f"{SITE}/sections/yaowen/?page=2"]


def test_what_is_not_there_has_no_address(client: Client, article: Article, cast: Cast) -> None:
    perform("withdraw", article, cast.chief, note="原因")
    for address, status in (("/nowhere/", 404), (f"/articles/{article.pk}/", 410)):
        head = head_of(client, address, status)
        assert head.canonical == head.data == []
        assert "noindex" in head["robots"]
        assert head["SiteName"] == "东岸周报"
        assert head.all("ArticleTitle") == []


# Structured data


def test_structured_data_has_its_fields(client: Client, article: Article, cast: Cast, now: datetime) -> None:
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=now)
    told = head_of(client, f"/articles/{article.pk}/").thing("NewsArticle")
    public_id = article.photos.get().photo.public_id
    address = f"{SITE}/articles/{article.pk}/"
    assert told["mainEntityOfPage"] == told["url"] == address
    assert told["headline"] == "大桥“通车” & 两岸"
    assert told["alternativeHeadline"] == "今起免费通行"
    assert moment(told["datePublished"]) == second(now - HOUR)
    assert moment(told["dateModified"]) == second(now)
    assert [(author["@type"], author["name"]) for author in told["author"]] == [
        ("Person", "林晚照"), ("Organization", "区气象局"),
    ]  # fmt: skip
    assert told["author"][0]["url"].startswith(f"{SITE}/reporters/")
    assert told["publisher"]["@id"] == f"{SITE}/#publisher"
    (image,) = told["image"]
    assert image["url"] == f"{SITE}/photos/{public_id}/w960.jpg"
    assert (image["width"], image["height"], image["encodingFormat"]) == (960, 640, "image/jpeg")
    assert (image["caption"], image["creditText"]) == ("桥头的清晨", "记者 孟帆 摄")
    assert told["articleSection"] == ["要闻", "时政"]
    assert told["keywords"] == ["大桥", "通车"]
    assert told["isPartOf"] == {
        "@type": "CreativeWorkSeries", "name": "港城新答卷", "url": f"{SITE}/series/daan/",
    }  # fmt: skip
    assert told["isBasedOn"] == "https://news.example.com/1"
    assert [c["text"] for c in told["correction"]] == ["桥长应为八百六十米。"]


def test_breadcrumbs_lead_from_home_to_the_page(client: Client, article: Article) -> None:
    def trail(address: str) -> list[tuple[int, str, str]]:
        crumbs = head_of(client, address).thing("BreadcrumbList")["itemListElement"]
        return [(crumb["position"], crumb["name"], crumb["item"]) for crumb in crumbs]

    above = [
        (1, "首页", f"{SITE}/"), (2, "要闻", f"{SITE}/sections/yaowen/"),
        (3, "时政", f"{SITE}/sections/shizheng/"),
    ]  # fmt: skip
    assert trail("/sections/shizheng/") == above
    here = f"/articles/{article.pk}/"
    assert trail(here) == [*above, (4, "大桥“通车” & 两岸", f"{SITE}{here}")]


def test_home_names_site_and_publisher(client: Client, settings: Any) -> None:
    settings.ORGAN, settings.CONTACT_PHONE = "临港新区管委会", "0300-1234567"
    head = head_of(client, "/")
    assert head.thing("WebSite")["name"] == "东岸周报"
    publisher = head.thing("NewsMediaOrganization")
    assert publisher["parentOrganization"]["name"] == "临港新区管委会"
    assert publisher["telephone"] == "0300-1234567"


def test_blocked_picture_is_in_no_head(client: Client, article: Article, cast: Cast, now: datetime) -> None:
    photo = article.photos.get().photo
    block(photo, cast.chief, "肖像权", now)
    page = client.get(f"/articles/{article.pk}/").content.decode()
    assert photo.public_id not in page
    assert "image" not in head_of(client, f"/articles/{article.pk}/").thing("NewsArticle")


HOSTILE = "</script><script>alert(1)</script><!--\"'>]]>&lt;\u2028\x08{{ x }}"


def test_hostile_words_break_out_of_nothing(client: Client, cast: Cast, now: datetime) -> None:
    article = ArticleFactory(
        headline=HOSTILE, subheadline=HOSTILE, lede=HOSTILE, source=HOSTILE, copyright_notice=HOSTILE,
        section=SectionFactory(slug="s", name=HOSTILE[:40]), tags=[HOSTILE[:60]],
        photos=[PhotoFactory(caption=HOSTILE, alt=HOSTILE, credit=HOSTILE[:60])],
        bylines=[{"name": HOSTILE[:40], "identity": Identity.NONE}],
    )  # fmt: skip
    publish(article, cast, now)
    clean = HOSTILE.replace("\x08", "")
    head = head_of(client, f"/articles/{article.pk}/")
    assert_whole(head)
    assert head["ArticleTitle"] == head["og:title"] == head.thing("NewsArticle")["headline"] == clean
    assert head["ContentSource"] == clean
    assert_whole(head_of(client, "/sections/s/"))


def assert_whole(head: Reader) -> None:
    assert [kind for kind in head.scripts if kind != "module"] == ["application/ld+json"]
    assert len(head.titles) == len(head.canonical) == len(head.data) == 1
    assert head.twice == []
