"""When a story is there, when it is gone, and how its page answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from articles.models import Article
from articles.workflow import perform
from media.library import block
from newsroom.lib.blocks import picture
from tests.articles.seen import read
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish, sign
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


# When


def test_unknown_and_unsigned_stories_are_not_found(client: Client, cast: Cast, now: datetime) -> None:
    draft = ArticleFactory()
    review = ArticleFactory()
    perform("submit", review, review.created_by, now=now)
    for number in [draft.pk, review.pk, 999_999, 10**17]:
        assert client.get(f"/articles/{number}/").status_code == 404


@pytest.mark.parametrize("address", ["/articles/0/", "/articles/01/", f"/articles/{10**30}/", "/articles/x/"])
def test_what_is_no_number_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_appears_on_its_second(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    due = now + HOUR
    section = SectionFactory(slug="yaowen")
    article = publish(ArticleFactory(section=section), cast, now, release_at=due)
    for moment, status in [(now, 404), (due - timedelta(microseconds=1), 404), (due, 200)]:
        at(moment)
        assert client.get(f"/articles/{article.pk}/").status_code == status
        listed = article.headline in client.get("/sections/yaowen/").content.decode()
        assert listed is (status == 200)
    article.refresh_from_db()
    assert article.status == "signed"  # no worker has been near it


def test_successor_replaces_on_its_second(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    article = publish(ArticleFactory(headline="旧题"), cast, now - HOUR)
    perform("reopen", article, cast.editor, now=now - HOUR)
    Article.objects.filter(pk=article.pk).update(headline="新题")
    article.refresh_from_db()
    publish(article, cast, now - HOUR, release_at=now + HOUR)
    at(now + HOUR - timedelta(microseconds=1))
    assert "旧题" in read(client, article)
    at(now + HOUR)
    page = read(client, article)
    assert "新题" in page
    assert "旧题" not in page


def test_withdrawn_is_gone_with_its_notice(client: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory(slug="yaowen")
    article = publish(ArticleFactory(headline="撤下的题目", section=section), cast, now - HOUR)
    perform("withdraw", article, cast.chief, note="内部的原因", notice="来源有待核实。", now=now)
    response = client.get(f"/articles/{article.pk}/")
    assert response.status_code == 410
    page = response.content.decode()
    assert "来源有待核实。" in page
    assert "内部的原因" not in page
    assert "撤下的题目" not in page
    assert response["Cache-Control"] == "no-cache"
    lists = ["/", "/sections/yaowen/", "/search/?q=撤下", "/news-sitemap.xml"]
    for address in [*lists, "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/ninjs.json"]:
        content = client.get(address).content.decode()
        assert "撤下的题目" not in content
        assert f"/articles/{article.pk}/" not in content


def test_gone_without_a_notice_says_so(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR)
    perform("withdraw", article, cast.chief, note="内部的原因", now=now)
    response = client.get(f"/articles/{article.pk}/")
    assert response.status_code == 410
    assert "该内容已撤下" in response.content.decode()


def test_withdrawn_before_it_was_due_was_never_there(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    article = publish(ArticleFactory(), cast, now - HOUR, release_at=now + HOUR)
    perform("withdraw", article, cast.chief, note="内部的原因", notice="来源有待核实。", now=now)
    for moment in (now, now + 2 * HOUR):
        at(moment)
        assert client.get(f"/articles/{article.pk}/").status_code == 404


def test_gone_until_its_next_release(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    article = publish(ArticleFactory(), cast, now - DAY)
    perform("withdraw", article, cast.chief, note="内部的原因", now=now - HOUR)
    perform("reopen", article, cast.chief, now=now - HOUR)
    perform("submit", article, article.created_by, now=now - HOUR)
    at(now)
    assert client.get(f"/articles/{article.pk}/").status_code == 410
    sign(article, cast, now)
    assert client.get(f"/articles/{article.pk}/").status_code == 200


def test_expired_is_gone(client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]) -> None:
    article = publish(ArticleFactory(expires_at=now + HOUR), cast, now)
    at(now + HOUR - timedelta(microseconds=1))
    assert client.get(f"/articles/{article.pk}/").status_code == 200
    at(now + HOUR)
    response = client.get(f"/articles/{article.pk}/")
    assert response.status_code == 410
    assert "该内容已下线" in response.content.decode()


# How it answers


def test_story_takes_three_queries(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    SectionFactory()
    bad, *good = [PhotoFactory() for _ in range(4)]
    body = "<p>开头。</p>" + "".join(picture(photo.public_id) for photo in good[:2]) + "<p>结尾。</p>"
    article = ArticleFactory(
        body=body,
        section=SectionFactory(parent=SectionFactory()),
        series=SeriesFactory(logo=PhotoFactory()),
        photos=[*good, bad],
        tags=["一", "二"],
        regions=[RegionFactory()],
    )
    publish(article, cast, now)
    perform("correct", article, cast.chief, note="更正一处。", now=now)
    block(bad, cast.chief, "肖像权", now)
    with django_assert_num_queries(3):
        page = read(client, article)
    assert "更正一处。" in page
    assert bad.public_id not in page


def test_answers_304_to_who_has_it(client: Client, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now)
    for address in [
        f"/articles/{article.pk}/",
        "/",
        "/search/?q=桥",
        "/papers/",
        "/sitemap.xml",
        "/robots.txt",
    ]:
        first = client.get(address)
        assert first["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304, address
        assert not again.content
    perform("correct", article, cast.chief, note="更正一处。", now=now)
    changed = client.get(f"/articles/{article.pk}/", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_is_the_same_for_everyone(client: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory(slug="yaowen")
    article = publish(ArticleFactory(section=section), cast, now)
    insider = Client()
    insider.force_login(cast.chief)
    for address in [f"/articles/{article.pk}/", "/", "/sections/yaowen/", "/search/?q=桥", "/nowhere/"]:
        public = client.get(address)
        private = insider.get(address, headers={"accept-language": "en"})
        assert public.content == private.content, address
        assert "Cookie" not in private.get("Vary", "")
        assert "Accept-Language" not in private.get("Vary", "")
        assert not private.cookies


@pytest.mark.parametrize("address", ["/", "/search/", "/papers/", "/sitemap.xml", "/feeds/rss.xml"])
def test_takes_get_and_head_alone(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_no_cache_keeps_a_refusal(client: Client) -> None:
    response = client.get("/articles/999/")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-cache"
    assert "没有这个页面" in response.content.decode()
