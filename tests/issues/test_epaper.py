"""A page of the e-paper: hot areas, list, guide, neighbours."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from articles.models import Article
from issues.formats import FORMATS
from issues.models import GuideEntry, Page, Placement
from issues.sheet import THUMB
from tests.articles.seen import text_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.issues import (
    PlacementFactory,
    proof_of,
    put_out,
    released_issue,
)
from tests.issues.readers import AREA, DAY, FILES, PAGE, read, released

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_what_stands_on_a_page(client: Client, cast: Cast, now: datetime) -> None:
    stories = [ArticleFactory(headline="海水稻开镰"), ArticleFactory(headline="“两岸” & 六分钟")]
    inner = [ArticleFactory(headline="里页的头条")]
    released(now, cast, [stories, inner])
    page = read(client)
    seen = text_of(page)
    for words in [
        "2026年11月20日 星期五", "农历丙午年十月十二", "第47期（总第652期）", "第1版 要闻", "第2版 综合",
        "海水稻开镰", "“两岸” & 六分钟", "里页的头条", "潮头晚报",
    ]:  # fmt: skip
        assert words in seen, words
    assert "<title>第1版：要闻 - 潮头晚报 2026年11月20日</title>" in page
    assert 'rel="next" href="/papers/2026-11-20/2/"' in page
    assert 'rel="prev"' not in page
    assert 'rel="prev" href="/papers/2026-11-20/1/"' in read(client, "/papers/2026-11-20/2/")


def test_hot_areas_lie_where_the_boxes_do(client: Client, cast: Cast, now: datetime) -> None:
    """In percent of the sheet: 273 by 393 mm, a type area of 240 by 350, 16.5 from the left."""
    one, two = ArticleFactory(headline="左边的稿"), ArticleFactory(headline="右边的稿")
    issue = released(now, cast, [[]])
    page = issue.pages.get()
    page.proofs.all().delete()
    PlacementFactory(page=page, article=one, col=0, row=0, cols=3, rows=20)
    PlacementFactory(page=page, article=two, col=3, row=0, cols=3, rows=40)
    PlacementFactory(page=page, article=one, col=0, row=20, cols=3, rows=20)
    put_out(issue, cast, now)
    areas = AREA.findall(read(client))
    top = FORMATS["tabloid"].top / 1000
    left, right, whole, half = 16.5, 16.5 + 122, 118, 175
    expected = [
        (one.pk, left, top, whole, half, True),
        (one.pk, left, top + half, whole, half, False),
        (two.pk, right, top, whole, 2 * half, True),
    ]
    for (pk, x, y, width, height, tabbed), (found, style, rest, name) in zip(expected, areas, strict=True):
        assert int(found) == pk
        assert name == Article.objects.get(pk=pk).headline
        numbers = [float(n) for n in re.findall(r"[\d.]+", style)]
        wanted = [x / 2.73, y / 3.93, width / 2.73, height / 3.93]
        assert numbers == pytest.approx(wanted, abs=0.11), style
        assert ("tabindex" in rest, "aria-hidden" in rest) == (not tabbed, not tabbed)


def test_areas_name_what_was_printed(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, [[]])
    page = issue.pages.get()
    page.proofs.all().delete()
    story = ArticleFactory(headline="网上的标题")
    stack = {"kicker": "", "headline": "<b>见报</b>的标题", "subheadline": ""}
    PlacementFactory(page=page, article=story, stack=stack)
    put_out(issue, cast, now)
    Placement.objects.update(stack=None)
    Page.objects.update(name="后来改的版名")
    text = read(client)
    assert [html.unescape(area[3]) for area in AREA.findall(text)] == ["<b>见报</b>的标题"]
    assert "<b>见报" not in text
    assert "后来改的版名" not in text


def test_the_picture_says_its_sizes(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    page = read(client)
    srcset = ", ".join(f"{PAGE}{width}.png {width}w" for width in (480, 1080, 2160))
    assert f'<img src="{PAGE}1080.png" srcset="{srcset}"' in page
    assert re.search(r'width="1080" height="1555" alt="2026年11月20日第1版版面" fetchpriority="high"', page)
    thumbs = re.findall(
        rf'<img src="[^"]*/{THUMB}.png" width="{THUMB}" height="346" alt="" loading="lazy"', page
    )
    assert len(thumbs) == 2


def test_the_guide_leads_to_stories_and_pages(client: Client, cast: Cast, now: datetime) -> None:
    inner = ArticleFactory(headline="里页的头条")
    issue = released(now, cast, [[ArticleFactory()], [inner]])
    front = issue.pages.get(number=1)
    front.proofs.all().delete()
    GuideEntry.objects.create(issue=issue, position=1, page_number=2, article=inner)
    GuideEntry.objects.create(issue=issue, position=2, page_number=2, headline="只说版面")
    GuideEntry.objects.create(issue=issue, position=3, page_number=8, headline="没有的版")
    PlacementFactory(page=front, kind="guide", cols=2, rows=4)
    proof_of(front, now)
    guide = read(client).split('class="guide"')[1].split("</div>")[0]
    assert f'<a href="/articles/{inner.pk}/">里页的头条</a>' in guide
    assert '<a class="guide-page" href="/papers/2026-11-20/2/">2版</a>' in guide
    assert '<a href="/papers/2026-11-20/2/">只说版面</a>' in guide
    assert "没有的版" in guide
    assert "/papers/2026-11-20/8/" not in guide
    assert 'class="guide"' not in read(client, "/papers/2026-11-20/2/")


def test_neighbouring_papers(client: Client, cast: Cast, now: datetime) -> None:
    for on in (13, 20, 27):
        released_issue(now, cast, 2, date=date(2026, 11, on), total_number=700 + on)
    links = re.findall(r'<a href="([^"]*)">(上一期|下一期|往期)</a>', read(client, "/papers/2026-11-20/2/"))
    assert links == [
        ("/papers/2026-11-13/1/", "上一期"),
        ("/papers/2026-11-27/1/", "下一期"),
        ("/papers/?month=2026-11", "往期"),
    ]
    assert "<span>上一期</span>" in read(client, "/papers/2026-11-13/1/")


def test_a_story_names_its_paper_and_leads_back(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    story, online = ArticleFactory(), publish(ArticleFactory(), cast, now)
    released(now, cast, [[ArticleFactory()], [story]])
    with django_assert_num_queries(3):
        page = read(client, f"/articles/{story.pk}/")
    assert "见报：2026年11月20日第2版" in text_of(page)
    assert 'href="/papers/2026-11-20/2/"' in page
    assert "见报：" not in read(client, f"/articles/{online.pk}/")


def test_queries_of_a_page(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    """The pages of the paper, those before and after, the channels; a file's own page alone."""
    released(now, cast, [[ArticleFactory()]])
    with django_assert_num_queries(4):
        read(client)
    lists = [[ArticleFactory() for _ in range(5)] for _ in range(4)]
    released_issue(now, cast, lists, date=DAY + timedelta(days=7), total_number=800)
    with django_assert_num_queries(4):
        read(client, "/papers/2026-11-27/3/")
    for address in FILES:
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200
