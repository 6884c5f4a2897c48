"""The list of stories: one glance, many ways to narrow it, few queries, and many stories at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Byline
from articles.workflow import claim, perform
from people.models import Region, Signature
from tests.articles.admin.posting import logged_in
from tests.articles.admin.states import edit, story
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def headlines(client: Client, **query: Any) -> list[str]:
    page = client.get(LIST, query)
    assert page.status_code == 200
    return re.findall(r'<span class="headline">([^<]*)</span>', page.content.decode())


def cells(client: Client, column: str, **query: Any) -> list[str]:
    page = client.get(LIST, query).content.decode()
    found = re.findall(rf'<t[dh][^>]*class="field-{column}[^"]*"[^>]*>(.*?)</t[dh]>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found]


def many(count: int, cast: Cast) -> None:
    """Published stories without the workflow's care, for their number alone."""
    now = timezone.now()
    made = Article.objects.bulk_create(
        Article(
            headline=f"第{n}条旧闻",
            body="<p>旧闻</p>",
            created_by=cast.reporter,
            status="published",
            moved_at=now,
        )
        for n in range(count)
    )
    reporter = ReporterFactory(name="林晚照")
    Byline.objects.bulk_create(Byline(article=a, name="林晚照", reporter=reporter) for a in made)


# One glance


def test_each_row_says_who_has_it_since_when_and_what_is_next(cast: Cast) -> None:
    cast.deputy  # noqa: B018 - someone holds the second stage
    made = story(cast, "stage 2")
    made.section = SectionFactory(name="社区", parent=SectionFactory(name="民生"))
    made.save()
    client = logged_in(cast.deputy)
    assert cells(client, "state") == ["复审"]
    assert cells(client, "holder") == [str(cast.deputy)]
    assert cells(client, "since") == ["刚刚"]
    assert cells(client, "next_step") == ["复审"]
    assert cells(client, "section_path") == ["民生 / 社区"]
    assert cells(client, "author") == ["林晚照"]
    assert '<strong class="mine">复审' in client.get(LIST).content.decode()
    assert '<strong class="mine">' not in logged_in(cast.chief).get(LIST).content.decode()


@pytest.mark.parametrize(
    ("where", "state", "following"),
    [("draft", "草稿", "提交审核"), ("stage 3", "终审", "终审"), ("published", "已发布", "—"),
     ("amended", "已发布", "改稿重发"), ("withdrawn", "已撤稿", "重新编辑"), ("spiked", "不用", "恢复")],
)  # fmt: skip
def test_state_and_next_step_in_words(where: str, state: str, following: str, cast: Cast) -> None:
    story(cast, where)
    client = logged_in(cast.chief)
    assert cells(client, "state") == [state]
    assert cells(client, "next_step") == [following]


def test_a_signed_story_says_its_moment(cast: Cast) -> None:
    story(cast, "signed")
    assert cells(logged_in(cast.chief), "next_step")[0].endswith("发布")
    assert re.search(r"\d\d:\d\d", cells(logged_in(cast.chief), "next_step")[0])


def test_what_came_back_says_so(cast: Cast) -> None:
    made = story(cast, "stage 1")
    perform("return", made, cast.editor, note="重写")
    client = logged_in(cast.reporter)
    assert cells(client, "next_step") == ["改后再提交"]
    assert cells(client, "holder") == [str(cast.reporter)]


def test_a_claimed_story_is_with_who_claimed_it(cast: Cast) -> None:
    claim(story(cast, "draft"), cast.editor, timezone.now())
    assert cells(logged_in(cast.chief), "holder") == [str(cast.editor)]


def test_a_hostile_headline_is_text(cast: Cast) -> None:
    ArticleFactory(headline="<script>alert(1)</script>", kicker="<b>", created_by=cast.reporter)
    page = logged_in(cast.chief).get(LIST).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_list_says_a_sentence(cast: Cast) -> None:
    client = logged_in(cast.reporter)
    assert "这里还没有稿件" in client.get(LIST).content.decode()
    ArticleFactory(created_by=cast.reporter)
    assert "没有符合条件的稿件" in client.get(LIST, {"status": "spiked"}).content.decode()


# Narrowing


@pytest.fixture
def library(cast: Cast) -> dict[str, Article]:
    """A few stories, different in all that the list can be narrowed to."""
    living = SectionFactory(name="民生")
    city = RegionFactory(code="371500", name="聊城市", level=Region.Level.CITY)
    county = RegionFactory(code="371526", name="高唐县", level=Region.Level.COUNTY, parent=city)
    reporter = ReporterFactory(name="石远", user=cast.reporter2)
    stories = {
        "draft": ArticleFactory(
            headline="草稿一篇", created_by=cast.reporter, section=living, regions=[city]
        ),
        "column": ArticleFactory(
            headline="社区新事", created_by=cast.reporter, section=SectionFactory(name="社区", parent=living)
        ),
        "county": ArticleFactory(headline="县里的事", created_by=cast.reporter2, regions=[county]),
        "bylined": ArticleFactory(
            headline="石远的稿", body="<p>台风将至</p>", created_by=cast.editor,
            bylines=[{"name": "石远", "reporter": reporter}],
        ),
        "review": story(cast, "stage 2"),
        "spiked": story(cast, "spiked"),
    }  # fmt: skip
    Article.objects.filter(pk=stories["review"].pk).update(headline="复审中的稿")
    Article.objects.filter(pk=stories["spiked"].pk).update(headline="不用的稿")
    Article.objects.filter(pk=stories["county"].pk).update(held=True)
    claim(stories["draft"], cast.editor, timezone.now())
    return stories


def test_filters(cast: Cast, library: dict[str, Article]) -> None:
    client = logged_in(cast.editor)
    section = library["draft"].section
    reporter = library["bylined"].bylines.get().reporter
    assert section
    assert reporter
    asked: list[tuple[dict[str, Any], set[str]]] = [
        ({"status": "review"}, {"复审中的稿"}),
        ({"at": "1"}, {"复审中的稿"}),
        ({"at": "0"}, set()),
        ({"section": section.pk}, {"草稿一篇", "社区新事"}),
        ({"section": library["column"].section_id}, {"社区新事"}),
        ({"region": "371500"}, {"草稿一篇", "县里的事"}),
        ({"region": "371526"}, {"县里的事"}),
        ({"reporter": reporter.pk}, {"石远的稿"}),
        ({"shelf": "held"}, {"县里的事"}),
        ({"shelf": "spiked"}, {"不用的稿"}),
        ({"shelf": "all"}, {"县里的事", "不用的稿"}),
        ({"mine": "1"}, {"草稿一篇", "石远的稿"}),
        ({"mine": "claimed"}, {"草稿一篇"}),
        ({"status": "draft", "mine": "free"}, {"社区新事", "县里的事", "石远的稿"}),
        ({"changed": "today", "status": "review"}, {"复审中的稿"}),
    ]
    for query, expected in asked:
        assert set(headlines(client, **query)) == expected, query


def test_an_old_story_is_not_changed_today(cast: Cast, library: dict[str, Article]) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    Article.objects.filter(pk=library["draft"].pk).update(updated_at=long_ago)
    client = logged_in(cast.editor)
    assert "草稿一篇" not in headlines(client, changed="month")
    assert "草稿一篇" in headlines(client, changed="quarter")
    assert headlines(client, updated_at__year=long_ago.year, updated_at__month=long_ago.month) == ["草稿一篇"]


@pytest.mark.parametrize("value", ["x", "-1", "99999", "' OR 1=1 --", "\x00", "💥", "1 2", "None"])
@pytest.mark.parametrize(
    "name", ["status", "at", "section", "region", "reporter", "changed", "shelf", "mine"]
)
def test_a_value_that_is_not_offered_counts_for_none(name: str, value: str, cast: Cast, library: Any) -> None:
    assert len(headlines(logged_in(cast.editor), **{name: value})) == len(library)


def test_search_finds_chinese_words_in_every_printed_place(cast: Cast, library: dict[str, Article]) -> None:
    client = logged_in(cast.editor)
    assert headlines(client, q="台风") == ["石远的稿"], "in the body"
    assert headlines(client, q="社区") == ["社区新事"], "in the headline"
    assert headlines(client, q="石远 台风") == ["石远的稿"], "in a name and the body"
    assert headlines(client, q="台风 社区") == []
    assert headlines(client, q="%") == []
    assert client.get(LIST, {"q": "\x00"}).status_code == 200


def test_a_person_finds_only_what_he_may_open(cast: Cast, library: dict[str, Article]) -> None:
    assert set(headlines(logged_in(cast.reporter2))) == {"县里的事", "石远的稿"}
    assert headlines(logged_in(cast.reporter2), q="社区") == []
    assert headlines(logged_in(cast.admin)) == []
    assert len(headlines(logged_in(cast.layout))) == len(library)


# Few queries


@pytest.mark.parametrize("query", ["", "?status=published", "?q=旧闻", "?mine=1", "?o=4"])
def test_two_thousand_stories_take_the_queries_of_three(query: str, cast: Cast) -> None:
    many(3, cast)
    client = logged_in(cast.reporter)
    few = queries(client, LIST + query)
    many(1997, cast)
    assert queries(client, LIST + query) == few
    assert len(headlines(client)) == 50


def test_fifty_stories_in_review_take_the_queries_of_one(cast: Cast) -> None:
    story(cast, "stage 1")
    client = logged_in(cast.deputy)
    few = queries(client, LIST)
    for state in ("stage 1", "stage 2", "signed", "published", "amended", "draft", "spiked") * 2:
        story(cast, state)
    assert queries(client, LIST) == few


def test_the_list_reads_no_story_text_and_counts_once(cast: Cast) -> None:
    many(3, cast)
    with CaptureQueriesContext(connection) as found:
        logged_in(cast.chief).get(LIST)
    sql = [query["sql"] for query in found]
    assert not [one for one in sql if '"articles_article"."body"' in one]
    assert len([one for one in sql if "COUNT(*)" in one and "articles_article" in one]) == 1


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


# Many at once


def bulk(client: Client, action: str, *stories: Article, **extra: str) -> str:
    data = {"action": action, "_selected_action": [story.pk for story in stories]} | extra
    return client.post(LIST, data, follow=True).content.decode()


def test_each_story_is_told_of_by_itself(cast: Cast) -> None:
    ready = ArticleFactory(headline="写完的", created_by=cast.reporter)
    bare = ArticleFactory(headline="没署名的", created_by=cast.reporter, bylines=[])
    there = story(cast, "stage 1")
    page = bulk(logged_in(cast.reporter), "bulk_submit", ready, bare, there)
    assert "已提交审核1篇：《写完的》" in page
    assert "《没署名的》没有提交审核：还没有署名。" in page
    assert f"《{there}》没有提交审核：此稿现在是“审核中”" in page
    statuses = [Article.objects.get(pk=a.pk).status for a in (ready, bare, there)]
    assert statuses == ["review", "draft", "review"]
    assert Signature.objects.filter(action="submit").count() == 2


def test_what_one_may_not_do_singly_one_may_not_do_in_bulk(cast: Cast) -> None:
    own = ArticleFactory(created_by=cast.reporter)
    other = ArticleFactory(created_by=cast.reporter2)
    client = logged_in(cast.reporter)
    for action in ("bulk_spike", "bulk_restore", "bulk_claim", "bulk_hold", "bulk_unhold", "delete_selected"):
        bulk(client, action, own, post="yes")
    bulk(client, "bulk_submit", other)
    for article in (own, other):
        article.refresh_from_db()
        assert (article.status, article.held, article.claimed_by) == ("draft", False, None)
    assert not Signature.objects.exists()
    offered = client.get(LIST).content.decode()
    assert "bulk_submit" in offered
    assert "bulk_spike" not in offered
    assert 'name="action"' not in logged_in(cast.layout).get(LIST).content.decode()


def test_editors_claim_hold_spike_and_restore_many(cast: Cast) -> None:
    stories = [ArticleFactory(created_by=cast.reporter) for _ in range(3)]
    client = logged_in(cast.editor)

    def now(field: str) -> set[Any]:
        return {getattr(Article.objects.get(pk=story.pk), field) for story in stories}

    bulk(client, "bulk_claim", *stories)
    assert now("claimed_by") == {cast.editor}
    bulk(client, "bulk_claim", *stories)
    assert now("claimed_by") == {cast.editor}, "claiming again gives nothing back"
    bulk(client, "bulk_hold", *stories)
    assert now("held") == {True}
    bulk(client, "bulk_unhold", *stories)
    assert now("held") == {False}
    bulk(client, "bulk_spike", *stories)
    assert now("status") == {"spiked"}
    bulk(client, "bulk_restore", *stories)
    assert now("status") == {"draft"}


def test_too_many_at_once_are_refused(cast: Cast) -> None:
    many(201, cast)
    Article.objects.update(status="draft")
    first = Article.objects.first()
    assert first
    page = bulk(logged_in(cast.editor), "bulk_spike", first, select_across="1")
    assert "一次最多处理200篇" in page
    assert not Article.objects.filter(status="spiked").exists()


def test_a_live_story_is_listed_with_its_state_after_an_edit(cast: Cast) -> None:
    made = ArticleFactory(created_by=cast.reporter)
    publish(made, cast, timezone.now())
    edit(made, cast.editor, headline="改过的")
    perform("amend", made, cast.editor)
    assert cells(logged_in(cast.chief), "next_step") == ["改稿待第二人签发"]
