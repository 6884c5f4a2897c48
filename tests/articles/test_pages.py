"""Standing pages (固定页面): signed like a story, found at their address and the site's foot, in no list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.history import record
from articles.models import Article, Release, SearchText
from articles.verify import verify
from articles.workflow import NotReady, perform
from tests.articles.test_leaks import crawl, guesses
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WORD = "zkqxpage"
At = Callable[[datetime], None]


def page(path: str = "about", **fields: Any) -> Article:
    """A standing page without a byline."""
    fields = {"headline": "关于我们", "body": "<p>砚坪开发区新闻中心编印。</p>", "bylines": []} | fields
    return ArticleFactory(kind=Article.Kind.PAGE, path=path, **fields)


def amend(article: Article, cast: Cast, now: datetime, **fields: Any) -> None:
    """Another version of a published page, signed by two."""
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    record(article, cast.editor, now)
    perform("amend", article, cast.editor, now=now)
    perform("amend", article, cast.chief, now=now)


def test_a_page_is_public_from_its_second_until_its_withdrawal(
    client: Client, cast: Cast, now: datetime, at: At
) -> None:
    article = page()
    at(now)
    assert client.get("/pages/about/").status_code == 404
    publish(article, cast, now, release_at=now + HOUR)
    assert client.get("/pages/about/").status_code == 404
    assert "/pages/about/" not in client.get("/").content.decode()
    at(now + HOUR)
    shown = client.get("/pages/about/")
    assert shown.status_code == 200
    assert "砚坪开发区新闻中心编印" in shown.content.decode()
    assert '<a href="/pages/about/">关于我们</a>' in client.get("/").content.decode()
    perform("withdraw", article, cast.chief, note="内部原因", notice="本页已撤下。", now=now + 2 * HOUR)
    at(now + 2 * HOUR)
    gone = client.get("/pages/about/")
    assert gone.status_code == 410
    assert "本页已撤下。" in gone.content.decode()
    assert "内部原因" not in gone.content.decode()
    assert client.get(f"/articles/{article.pk}/").status_code == 410
    assert "/pages/about/" not in client.get("/").content.decode()


def test_its_number_leads_to_its_address(client: Client, cast: Cast, now: datetime) -> None:
    article = page()
    publish(article, cast, now)
    answer = client.get(f"/articles/{article.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, "/pages/about/")


def test_a_page_is_signed_without_a_byline_but_not_without_an_address(cast: Cast, now: datetime) -> None:
    article = page(path="")
    with pytest.raises(NotReady, match="还没有网址"):
        perform("submit", article, cast.chief, now=now)


def test_two_pages_never_have_one_address(client: Client, cast: Cast, now: datetime) -> None:
    first = page()
    publish(first, cast, now)
    second = page(headline="新的一页")
    with pytest.raises(NotReady, match="“about”已有别的固定页面在用"):
        perform("submit", second, cast.chief, now=now)
    perform("withdraw", first, cast.chief, note="并入新页", now=now)
    publish(second, cast, now)
    assert "新的一页" in client.get("/pages/about/").content.decode()


def test_a_page_that_moved_leads_there_from_its_old_address(
    client: Client, cast: Cast, now: datetime
) -> None:
    article = page()
    publish(article, cast, now - HOUR)
    amend(article, cast, now - HOUR / 2, path="about-us")
    assert client.get("/pages/about-us/").status_code == 200
    answer = client.get("/pages/about/")
    assert (answer.status_code, answer["Location"]) == (302, "/pages/about-us/")


def test_what_is_changed_and_not_signed_stays_in_the_newsroom(
    client: Client, cast: Cast, now: datetime
) -> None:
    article = page()
    publish(article, cast, now)
    Article.objects.filter(pk=article.pk).update(path="secret", body=f"<p>{WORD}</p>", headline=WORD)
    assert client.get("/pages/secret/").status_code == 404
    assert WORD not in client.get("/pages/about/").content.decode()


def test_the_foot_has_them_in_the_signed_order(client: Client, cast: Cast, now: datetime) -> None:
    for path, name, order in (("submit", "投稿", 3), ("about", "关于我们", 1), ("contact", "联系我们", 2)):
        publish(page(path, headline=name, page_order=order), cast, now)
    home = client.get("/").content.decode()
    places = [home.index(f"/pages/{path}/") for path in ("about", "contact", "submit")]
    assert places == sorted(places)


def test_a_page_stands_in_no_list_of_stories(client: Client, cast: Cast, now: datetime, at: At) -> None:
    """Walks every address: only its own, the foots and the map of pages know it."""
    article = page(
        headline=f"{WORD} 页",
        body=f"<p>{WORD} 正文</p>",
        section=SectionFactory(slug="yaowen"),
        tags=["公开"],
        regions=[RegionFactory(name="砚坪")],
        bylines=[{"name": "林晚照", "reporter": ReporterFactory(name="林晚照")}],
    )
    publish(article, cast, now - HOUR)
    publish(ArticleFactory(headline="一条新闻", section=article.section), cast, now - HOUR)
    at(now)
    answers = crawl(client, [*guesses(), "/pages/about/", "/search/?q=zkqx"])
    foot = f'<a href="/pages/about/">{WORD} 页</a>'
    naming = {
        address
        for address, (_, text) in answers.items()
        if WORD in text.replace(foot, "") or "/pages/about/" in text.replace(foot, "")
    }
    assert "一条新闻" in answers["/feeds/ninjs.json"][1]
    assert {address.partition("?")[0] for address in naming} == {
        "/pages/about/", "/sitemap-pages.xml", f"/articles/{article.pk}/"
    }  # fmt: skip
    assert f"/articles/{article.pk}/" not in answers["/sitemap-1.xml"][1]
    assert not SearchText.objects.filter(release__article=article).exists()


def test_verify_knows_a_page_that_was_put_elsewhere(cast: Cast, now: datetime) -> None:
    publish(page(), cast, now)
    assert list(verify()) == []
    Release.objects.update(page="elsewhere")
    assert any("its page is not the one that was signed" in told for told in verify())


@pytest.mark.parametrize("path", ["..", "About", "a b", "关于", "a/b", "-a", "a--b", "x" * 41, "%2e%2e"])
def test_odd_words_are_no_address(client: Client, cast: Cast, path: str) -> None:
    article = page(path="", created_by=cast.reporter)
    article.path = path
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert "path" in refused.value.message_dict
    assert client.get(f"/pages/{path}/").status_code == 404
