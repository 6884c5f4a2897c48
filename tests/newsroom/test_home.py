"""The home page, made up like page one, and the pages for what is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from articles import making_up
from articles.models import Article, FrontSlot
from articles.workflow import perform as on_story
from media.library import block
from newsroom.lib import dates
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.issues import (
    IssueFactory,
    MastheadFactory,
    PageFactory,
    PlacementFactory,
    put_out,
    released_issue,
)
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def part(content: str, css: str) -> str:
    """From the element of that class to the end of the page."""
    return content[content.index(f'class="{css}"') :]


def place(where: str, article: Article, order: int = 1, *, by: User, **hours: datetime) -> FrontSlot:
    return FrontSlot.objects.create(
        place=where, article=article, order=order, set_by=by, set_at=timezone.now(), **hours
    )


def test_empty_bureau_has_a_home(client: Client) -> None:
    content = page(client)
    assert "今天的报道正在编辑" in content
    assert "<h1" in content


def test_masthead_says_what_page_one_says(client: Client, cast: Cast, now: datetime) -> None:
    today = dates.day(now)
    masthead = MastheadFactory(title="潮头晚报", organ="潮头区融媒体中心", organ_role="主办")
    for days, number in ((-7, 45), (0, 46), (7, 47)):
        on, moment = today + timedelta(days=days), now + timedelta(days=days)
        issue = IssueFactory(masthead=masthead, date=on, number=number, total_number=1000 + number)
        PlacementFactory(page=PageFactory(issue=issue), article=ArticleFactory())
        put_out(issue, cast, moment)
    content = page(client)
    assert 'style="--letters: 4">潮头晚报</h1>' in content
    for words in [
        f"{today.year}年{today.month}月{today.day}日", dates.weekday(today), dates.lunar(today),
        "第46期（总第1046期）", "潮头区融媒体中心主办",
    ]:  # fmt: skip
        assert words in content, words
    assert "第47期" not in content
    assert 'href="/papers/latest/"' in content


def test_the_newest_paper_shows_its_front_page(client: Client, cast: Cast, now: datetime) -> None:
    assert "报纸</h2>" not in page(client)
    stories = [ArticleFactory(headline="头版头条"), ArticleFactory(headline="头版二条")]
    today = dates.day(now)
    released_issue(now, cast, [stories, [ArticleFactory(headline="里页头条")]], date=today)
    shown = part(page(client), "front-page")
    shown = shown[: shown.index("</section>")]
    address = f"/papers/{today}/1/"
    for words in ["今日报纸", f'href="{address}"', f'src="{address}240.png"', "头版头条", "头版二条"]:
        assert words in shown, words
    assert "里页头条" not in shown
    stories[0].refresh_from_db()
    on_story("withdraw", stories[0], cast.chief, note="有误", now=now)
    assert "头版二条" not in part(page(client), "front-page").split("</section>")[0], "its page is hidden too"


def test_a_paper_of_another_day_is_the_newest_not_todays(client: Client, cast: Cast, now: datetime) -> None:
    released_issue(now, cast, 1, date=dates.day(now) - timedelta(days=2))
    content = page(client)
    assert "最新报纸</h2>" in content
    assert "今日报纸" not in content


def test_newest_story_with_a_picture_leads(client: Client, cast: Cast, now: datetime) -> None:
    plain = publish(ArticleFactory(), cast, now - HOUR)
    lead = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 2 * HOUR)
    older = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 3 * HOUR)
    picture = publish(
        ArticleFactory(kind=Article.Kind.PICTURE, body="", photos=[PhotoFactory()]), cast, now - 4 * HOUR
    )
    content = page(client)
    leading, seconds, pictures = (part(content, css) for css in ("lead", "seconds", "picture-news"))
    assert leading.index(lead.headline) < leading.index("seconds")
    assert seconds.index(older.headline) < seconds.index(plain.headline) < seconds.index("picture-news")
    assert pictures.index(picture.headline) < pictures.index('class="recent"')


def test_without_pictures_the_newest_leads(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(), cast, now - 2 * HOUR)
    newest = publish(ArticleFactory(), cast, now - HOUR)
    content = page(client)
    assert 'class="front front-words"' in content
    leading = part(content, "lead")
    assert leading.index(newest.headline) < leading.index("seconds")


def test_blocked_picture_leads_nothing(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    blocked = publish(ArticleFactory(photos=[photo]), cast, now - HOUR)
    lead = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 2 * HOUR)
    block(photo, cast.chief, "肖像权", now)
    content = page(client)
    leading = part(content, "lead")
    assert leading.index(lead.headline) < leading.index("seconds")
    assert blocked.headline in content
    assert photo.public_id not in content


def test_each_section_has_its_newest(client: Client, cast: Cast, now: datetime) -> None:
    section, empty = SectionFactory(name="民生"), SectionFactory(name="公告")
    column = SectionFactory(name="健康", parent=section)
    for number in range(4 + making_up.IN_SECTION):
        publish(ArticleFactory(headline=f"民生稿{number}号", section=column), cast, now - (number + 1) * HOUR)
    block = part(page(client), "section-block").split("</section>")[0]
    assert f'href="/sections/{section.slug}/"' in block
    shown = [number for number in range(4 + making_up.IN_SECTION) if f"民生稿{number}号" in block]
    assert shown == list(range(4, 4 + making_up.IN_SECTION))  # the four newest stand above
    navigation = part(page(client), "channels").split("</nav>")[0]
    assert [s.name in navigation for s in (section, empty, column)] == [True, True, False]


def test_only_what_is_visible(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(headline="已经见报"), cast, now - HOUR)
    publish(ArticleFactory(headline="明天见报"), cast, now, release_at=now + 24 * HOUR)
    ArticleFactory(headline="还是草稿")
    content = page(client)
    assert [word in content for word in ("已经见报", "明天见报", "还是草稿")] == [True, False, False]


def test_number_of_queries_does_not_grow(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    """Neither with stories nor with sections nor with what editors chose."""

    def more(sections: int, stories: int) -> None:
        for _section in range(sections):
            section = SectionFactory()
            for _story in range(stories):
                story = publish(ArticleFactory(section=section, photos=[PhotoFactory()]), cast, now)
            place("section", story, by=cast.editor)

    more(1, 2)
    with django_assert_num_queries(9):
        client.get("/")
    more(8, 3)
    with django_assert_num_queries(9):
        client.get("/")


def test_is_not_rendered_anew_for_who_has_it(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(), cast, now)
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_refusals_speak_chinese_and_are_not_kept(client: Client, cast: Cast) -> None:
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.content.decode()
    assert missing["Cache-Control"] == "no-cache"
    client.force_login(cast.reporter)
    forbidden = client.get("/admin/people/user/")
    assert forbidden.status_code == 403
    assert "没有这一页的权限" in forbidden.content.decode()
    assert forbidden["Cache-Control"] == "no-cache"


def test_failure_page_needs_nothing() -> None:
    """It is rendered without a request, a database or a context."""
    assert "出错了" in render_to_string("500.html")
