"""A story's versions: listed, compared, brought back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, Revision
from articles.workflow import perform
from tests.articles.admin.posting import change, logged_in
from tests.articles.admin.states import edit, story
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast: Cast) -> Article:
    """Three versions by two people; the second was submitted."""
    made = ArticleFactory(
        headline="新桥今日通车", created_by=cast.reporter, tags=["交通"], photos=[PhotoFactory()]
    )
    edit(made, cast.reporter, lede="桥通了。")
    edit(made, cast.reporter, lede="桥今天通了。")
    perform("submit", made, cast.reporter)
    edit(made, cast.editor, headline="新桥周一通车", body="<p>新桥周一通车，两岸居民盼了三年。</p>")
    return made


def url(article: Article, view: str = "revisions") -> str:
    return f"/admin/articles/article/{article.pk}/{view}/"


def test_the_list_says_who_when_how_much_and_what_was_signed(cast: Cast, article: Article) -> None:
    page = logged_in(cast.editor).get(url(article)).content.decode()
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]
    assert [re.search(r"第(\d)版", row)[1] for row in rows] == ["3", "2", "1"]  # type: ignore[index]
    assert str(cast.editor) in rows[0]
    assert f"提交审核 {cast.reporter}" in rows[1]
    assert "提交审核" not in rows[0] + rows[2]
    assert re.search(r"<small>[-+]\d+</small>", rows[0]), "the body grew or shrank"
    assert "±0" in rows[1]


def test_what_was_released_is_marked(cast: Cast) -> None:
    made = ArticleFactory(created_by=cast.reporter)
    publish(made, cast, timezone.now())
    edit(made, cast.editor, headline="又改了")
    page = logged_in(cast.chief).get(url(made)).content.decode()
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]
    assert ["线上" in row for row in rows] == [False, True]
    assert "与线上对照" in page


def test_a_story_never_saved_has_an_empty_list(cast: Cast) -> None:
    made = ArticleFactory(created_by=cast.reporter)
    assert "还没有保存过" in logged_in(cast.reporter).get(url(made)).content.decode()
    assert logged_in(cast.reporter).get(url(made, "compare")).status_code == 404


def test_any_two_versions_stand_side_by_side(cast: Cast, article: Article) -> None:
    client = logged_in(cast.editor)
    page = client.get(url(article, "compare"), {"a": 1, "b": 3}).content.decode()
    assert "新桥<del>今日</del>通车" in page
    assert "新桥<ins>周一</ins>通车" in page
    assert re.search("<ins>[^<]*今天", page)
    page = client.get(url(article, "compare"), {"a": 1, "b": 2}).content.decode()
    assert "周一" not in page.split("<table")[1]


def test_the_last_two_are_compared_unless_asked_otherwise(cast: Cast, article: Article) -> None:
    table = logged_in(cast.editor).get(url(article, "compare")).content.decode().split("<table")[1]
    assert "<ins>周一</ins>" in table
    assert "今天" not in table


def test_the_draft_against_what_readers_see(cast: Cast) -> None:
    made = ArticleFactory(headline="新桥今日通车", created_by=cast.reporter)
    publish(made, cast, timezone.now())
    edit(made, cast.editor, headline="新桥昨日通车")
    edit(made, cast.editor, headline="大桥昨日通车")
    page = logged_in(cast.chief).get(url(made, "compare"), {"a": "live"}).content.decode()
    assert "<del>新桥今日</del>" in page
    assert "<ins>大桥昨日</ins>" in page


def test_every_field_is_listed_on_demand(cast: Cast, article: Article) -> None:
    client = logged_in(cast.editor)
    assert "没有改动：" in client.get(url(article, "compare")).content.decode()
    page = client.get(url(article, "compare"), {"whole": "on"}).content.decode()
    assert "交通" in page
    assert "图1 说明" in page


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "9" * 30, "live", "１"])
def test_versions_that_are_not_there(number: str, cast: Cast, article: Article) -> None:
    client = logged_in(cast.editor)
    for query in ({"a": number}, {"b": number}):
        answer = client.get(url(article, "compare"), query)
        assert answer.status_code == 404 or (number == "１" and answer.status_code == 200)
    if number != "１":
        assert client.post(url(article, "restore"), {"number": number}).status_code == 404


def test_a_version_of_another_story_is_not_there(cast: Cast, article: Article) -> None:
    other = ArticleFactory(created_by=cast.reporter2, headline="别人的稿")
    for n in range(5):
        edit(other, cast.reporter2, lede=f"{n}")
    answer = logged_in(cast.reporter).get(url(article, "compare"), {"a": 5})
    assert answer.status_code == 404


def test_restoring_brings_text_and_relations_back_as_a_new_version(cast: Cast) -> None:
    section = SectionFactory(name="社区")
    made = ArticleFactory(
        headline="旧题",
        section=section,
        created_by=cast.reporter,
        tags=["交通"],
        photos=[PhotoFactory(caption="桥")],
    )
    edit(made, cast.reporter, lede="一")
    made.tags.set(["防汛"])
    made.photos.all().delete()
    made.bylines.all().delete()
    edit(made, cast.editor, headline="新题", section=None)  # type: ignore[arg-type]
    answer = logged_in(cast.editor).post(url(made, "restore"), {"number": 1})
    assert answer.status_code == 302
    assert answer["Location"] == change(made)
    made.refresh_from_db()
    assert (made.headline, made.section) == ("旧题", section)
    assert [tag.name for tag in made.tags.all()] == ["交通"]
    assert [use.photo.caption for use in made.photos.all()] == ["桥"]
    assert made.bylines.count() == 1
    newest = made.revisions.latest("number")
    assert (newest.number, newest.digest, newest.author) == (3, made.digest, cast.editor)
    assert newest.digest == made.revisions.get(number=1).digest
    assert "恢复第1版" in logged_in(cast.editor).get(url(made)).content.decode()


@pytest.mark.parametrize(
    ("where", "name"),
    [("stage 1", "reporter"), ("stage 1", "chief"), ("stage 2", "editor"), ("signed", "chief"),
     ("withdrawn", "chief"), ("spiked", "editor"), ("draft", "layout"), ("draft", "superuser")],
)  # fmt: skip
def test_who_may_not_edit_may_not_restore(where: str, name: str, cast: Cast) -> None:
    made = story(cast, where)
    if where in ("draft", "spiked"):
        edit(made, cast.reporter, lede="一")
    before = Revision.objects.count()
    user = getattr(cast, name)
    page = logged_in(user).get(url(made)).content.decode()
    assert "restore-form" not in page
    assert logged_in(user).post(url(made, "restore"), {"number": 1}).status_code == 403
    assert Revision.objects.count() == before


def test_a_get_restores_nothing(cast: Cast, article: Article) -> None:
    before = Revision.objects.count()
    assert logged_in(cast.editor).get(url(article, "restore") + "?number=1").status_code == 405
    assert Revision.objects.count() == before


def test_the_list_takes_as_many_queries_for_thirty_versions_as_for_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    made = ArticleFactory(created_by=cast.reporter)
    for n in range(3):
        edit(made, cast.reporter, lede=f"{n}")
    client = logged_in(cast.editor)
    client.get(url(made))
    few = queries(client, url(made))
    for n in range(30):
        edit(made, cast.reporter, lede=f"又{n}")
    assert queries(client, url(made)) == few


def queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_hostile_markup_in_versions_is_text(cast: Cast, article: Article) -> None:
    edit(article, cast.editor, headline="<script>alert(1)</script>", kicker='"><img src=x onerror=alert(1)>')
    for view in ("revisions", "compare"):
        page = logged_in(cast.editor).get(url(article, view)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
