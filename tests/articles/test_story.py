"""What a story's page shows of what was signed, and where."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles import history
from articles.models import Article, ArticlePhoto, Byline
from articles.story import Figure, Story
from articles.workflow import perform
from media.library import block
from media.models import Photo
from newsroom.lib.blocks import picture
from people.models import Act, Identity
from tests.articles.seen import read, text_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def amend(article: Article, cast: Cast, now: datetime, **changes: Any) -> None:
    """改稿重发, as the form and two signatures do it."""
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**changes)
        article.refresh_from_db()
        history.record(article, cast.editor, now)
    article.refresh_from_db()
    perform("amend", article, cast.editor, now=now)
    perform("amend", article, cast.chief, now=now)


def test_story_has_everything_that_was_signed(client: Client, cast: Cast, now: datetime) -> None:
    parent = SectionFactory(name="要闻", slug="yaowen")
    article = ArticleFactory(
        kicker="跨越老港湾",
        headline="新港大桥今日通车 两岸从此六分钟",
        subheadline="今起免费通行",
        lede="历时三年，大桥投用。",
        editors_note="本报今起推出专栏。",
        section=SectionFactory(name="时政", slug="shizheng", parent=parent),
        series=SeriesFactory(title="港城新答卷", slug="daan", strapline="开局之年看基层"),
        instalment="大桥篇",
        source="临港新闻网",
        source_url="https://news.example.com/1",
        first_published_at=datetime(2026, 6, 7, 10, 2, tzinfo=timezone.get_default_timezone()),
        copyright_notice="未经许可不得转载。",
        responsible_editor="李瑾",
        regions=[RegionFactory(code="130111", name="滨海区")],
        tags=["大桥"],
    )
    publish(article, cast, now)
    page = read(client, article)
    seen = text_of(page)
    for words in [
        "跨越老港湾", "新港大桥今日通车 两岸从此六分钟", "今起免费通行", "历时三年，大桥投用。", "编者按",
        "本报今起推出专栏。", "港城新答卷", "大桥篇", "开局之年看基层", "来源：临港新闻网", "李瑾",
        "滨海区", "大桥",
        "2026年6月7日 星期日 10:02", "未经许可不得转载。", "记者 林晚照", "新桥今日通车，两岸居民盼了三年。",
    ]:  # fmt: skip
        assert words in seen, words
    for address in [
        "/sections/yaowen/", "/sections/shizheng/", "/series/daan/", "/regions/130111/", "/tags/da-qiao/",
        "https://news.example.com/1",
    ]:  # fmt: skip
        assert f'href="{address}"' in page
    assert "<h2>一桥飞架</h2>" in page
    assert "更新：" not in seen


def test_head_names_the_page(client: Client, cast: Cast, now: datetime, settings: Any) -> None:
    settings.SITE_URL = "https://paper.example.com"
    photo = PhotoFactory(width=1200, height=800)
    article = publish(ArticleFactory(headline="大桥“通车”", photos=[photo]), cast, now)
    page = read(client, article)
    address = f"https://paper.example.com/articles/{article.pk}/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert "<title>大桥“通车”" in page
    assert '<meta name="Description" content="新桥今日通车' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert f'<meta property="og:image" content="https://paper.example.com/photos/{photo.public_id}/' in page
    assert 'type="application/rss+xml"' in page


def test_dateline_and_its_byline_open_the_first_paragraph(client: Client, cast: Cast, now: datetime) -> None:
    article = ArticleFactory(
        dateline="本报讯",
        bylines=[
            {"name": "林晚照", "identity": Identity.REPORTER, "place": Byline.Place.DATELINE},
            {"name": "周望舒", "identity": Identity.CORRESPONDENT, "place": Byline.Place.END},
        ],
    )
    page = read(client, publish(article, cast, now))
    assert '<p><span class="opening">本报讯（记者 林晚照）</span>新桥今日通车' in page
    assert '<p class="end-byline">（通讯员 周望舒）</p>' in page
    assert 'class="byline"' not in page


NOTE = '<aside class="editors-note"><p>编者按：按语</p></aside>'


@pytest.mark.parametrize(
    ("body", "opened"),
    [
        ("<h2>小题</h2><p>正文</p>", '<p><span class="opening">本报讯</span></p><h2>小题</h2><p>正文</p>'),
        (
            f"{NOTE}<p>正文</p>",
            f'{NOTE}<p><span class="opening">本报讯</span>正文</p>',
        ),
    ],
)
def test_opening_finds_its_place(client: Client, cast: Cast, now: datetime, body: str, opened: str) -> None:
    assert opened in read(client, publish(ArticleFactory(dateline="本报讯", body=body), cast, now))


def test_pictures_stand_where_the_body_places_them(client: Client, cast: Cast, now: datetime) -> None:
    lead, middle, last = (PhotoFactory(caption=f"第{n}张的说明", credit="孟帆") for n in "一二三")
    body = f"<p>开头。</p>{picture(middle.public_id)}<p>结尾。</p>"
    article = publish(ArticleFactory(body=body, photos=[lead, middle, last]), cast, now)
    seen = text_of(read(client, article))
    order = ["第一张的说明", "开头。", "第二张的说明", "结尾。", "第三张的说明"]
    assert [seen.index(words) for words in order] == sorted(seen.index(words) for words in order)
    assert seen.count("记者 孟帆 摄") == 3


def test_group_stands_together_under_the_first_caption(client: Client, cast: Cast, now: datetime) -> None:
    first, second = PhotoFactory(caption="合写的说明"), PhotoFactory(caption="图库里的另一句")
    body = f"<p>开头。</p>{picture(second.public_id)}<p>结尾。</p>"
    article = ArticleFactory(body=body, photos=[first, second])
    ArticlePhoto.objects.filter(photo=second).update(joined=True)
    page = read(client, publish(article, cast, now))
    assert page.count('<figure class="picture') == 1
    story = page[page.index("<article") :]
    order = ["开头。", f"{first.public_id}/w", f"{second.public_id}/w", ">合写的说明<", "结尾。"]
    assert [story.index(words) for words in order] == sorted(story.index(words) for words in order)
    assert "图库里的另一句" not in text_of(page)


def test_picture_story_shows_its_pictures_first(client: Client, cast: Cast, now: datetime) -> None:
    photos = [PhotoFactory(caption="海水稻开镰。"), PhotoFactory(caption="收割机来回穿梭。")]
    article = ArticleFactory(kind=Article.Kind.PICTURE, body="<p>补记。</p>", photos=photos)
    seen = text_of(read(client, publish(article, cast, now)))
    assert seen.index("海水稻开镰。") < seen.index("收割机来回穿梭。") < seen.index("补记。")


def test_captions_are_the_signed_ones(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory(caption="签发时的说明")
    article = publish(ArticleFactory(photos=[photo]), cast, now)
    Photo.objects.update(caption="后来改的说明")
    page = read(client, article)
    assert "签发时的说明" in page
    assert "后来改的说明" not in page


def test_blocked_picture_is_gone_everywhere_at_once(client: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory(slug="yaowen")
    good, bad = PhotoFactory(caption="留下的图"), PhotoFactory(caption="封存的图")
    body = f"<p>开头。</p>{picture(bad.public_id)}<p>结尾。</p>"
    article = publish(ArticleFactory(body=body, photos=[bad, good], section=section), cast, now)
    pages = [f"/articles/{article.pk}/", "/sections/yaowen/", "/", "/feeds/rss.xml", "/feeds/atom.xml"]
    assert all(bad.public_id in client.get(page).content.decode() for page in pages)
    block(bad, cast.chief, "肖像权", now)
    for page in pages:
        content = client.get(page).content.decode()
        assert bad.public_id not in content, page
        assert "封存的图" not in content, page
    assert "留下的图" in read(client, article)


def test_correction_is_shown_with_its_time(client: Client, cast: Cast, now: datetime) -> None:
    moment = datetime(2026, 11, 20, 9, 5, tzinfo=timezone.get_default_timezone())
    article = publish(ArticleFactory(), cast, moment - HOUR)
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=moment)
    seen = text_of(read(client, article))
    assert seen.index("2026年11月20日 星期五 09:05") < seen.index("桥长应为八百六十米。")
    assert seen.index("更正") < seen.index("新桥今日通车，")


def test_amended_story_says_when(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now - DAY)
    amend(article, cast, now - HOUR, subheadline="改过的副题")
    seen = text_of(read(client, article))
    assert "改过的副题" in seen
    assert f"更新：{timezone.localtime(now - HOUR):%-m月%-d日 %H:%M}" in seen
    assert f"{timezone.localtime(now - DAY):%-m月%-d日}" in seen


def test_version_taken_back_before_anyone_saw_it_is_no_update(
    client: Client, cast: Cast, now: datetime
) -> None:
    article = publish(ArticleFactory(), cast, now - DAY, release_at=now + DAY)
    perform("reopen", article, cast.editor, now=now - HOUR)
    publish(article, cast, now - HOUR, release_at=now - HOUR)
    assert article.releases.count() == 2
    assert "更新：" not in read(client, article)


def test_names_are_escaped(client: Client, cast: Cast, now: datetime) -> None:
    bad = '<script>alert("x")</script>'
    photo = PhotoFactory(caption=bad, alt=bad)
    article = ArticleFactory(
        kicker=bad, headline=bad, subheadline=f"{bad} 某某", lede=bad, dateline="<b>讯</b>", editors_note=bad,
        section=SectionFactory(name=bad, slug="s"), series=SeriesFactory(title=bad, strapline=bad),
        instalment=bad,
        source=bad, responsible_editor=bad, copyright_notice=bad, photos=[photo], tags=[bad],
        bylines=[
            {"name": bad, "identity": Identity.NONE, "place": place, "act": Act.TEXT}
            for place in Byline.Place.values
        ],
    )  # fmt: skip
    publish(article, cast, now)
    perform("correct", article, cast.chief, note=bad, now=now)
    for address in [f"/articles/{article.pk}/", "/", "/sections/s/", "/search/?q=%3Cscript%3E"]:
        content = client.get(address).content.decode()
        assert "alert" in content, address
        assert "<script" not in re.sub('<script type="(module"|application/ld.json">{)', "", content), address
        assert "<b>" not in content.replace("<b>1</b>", ""), address


@pytest.mark.parametrize(
    ("headline", "html"),
    [
        ("新桥通车", "<h1>新桥通车</h1>"),
        (
            "警报响起　全员到达",
            '<h1><span class="piece">警报响起</span>　<span class="piece">全员到达</span></h1>',
        ),
        ("5G & AI 来了", "<h1>5G &amp; AI 来了</h1>"),
    ],
)
def test_headline_parts_at_its_own_spaces(
    client: Client, cast: Cast, now: datetime, headline: str, html: str
) -> None:
    assert html in read(client, publish(ArticleFactory(headline=headline), cast, now))


@pytest.mark.parametrize(
    ("count", "rows"), [(1, []), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 3, 1])]
)
def test_rows_of_a_group(count: int, rows: list[int]) -> None:
    assert [len(row) for row in Figure([{}] * count, "").rows] == rows


def test_a_note_in_the_text_is_named_for_readers_once(cast: Cast, now: datetime) -> None:
    notes = [f'<aside class="editors-note"><p>{words}</p></aside>' for words in ("请看。", "编者按：看。")]
    body = "<p>一。</p>" + "".join(notes)
    release = publish(ArticleFactory(body=body), cast, now).releases.get()
    shown = Story(release, now).body
    assert shown.count("编者按") == 2
    assert '<p class="box-name">编者按</p><p>请看。</p>' in shown


def test_a_dash_typed_before_the_subheadline_is_not_drawn_twice(cast: Cast, now: datetime) -> None:
    release = publish(ArticleFactory(subheadline="——两岸的十二分钟"), cast, now).releases.get()
    assert release.on_card["subheadline"] == "两岸的十二分钟"
    assert release.revision.data["subheadline"] == "——两岸的十二分钟"
