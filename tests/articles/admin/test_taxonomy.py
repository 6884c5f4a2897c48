"""Sections, series, sources, tags: everyone picks from them, editors and administrators keep them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Correction, Release, Section, Series, Source, Tag
from articles.workflow import perform
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish

pytestmark = pytest.mark.django_db

KEPT = {"section": Section, "series": Series, "source": Source, "tag": Tag}
KEEPERS = {"editor", "deputy", "chief", "admin", "superuser"}
READERS = {"editor", "deputy", "chief", "proofreader", "layout", "superuser"}
STAFF = ["reporter", "editor", "deputy", "chief", "proofreader", "layout", "admin", "superuser"]


def url(model: str, *parts: object) -> str:
    return "/".join(["/admin/articles", model, *map(str, parts)]) + "/"


@pytest.mark.parametrize("name", STAFF)
@pytest.mark.parametrize("model", KEPT)
def test_who_keeps_them(model: str, name: str, cast: Cast) -> None:
    client = logged_in(getattr(cast, name))
    fields = {"name": "防汛", "title": "防汛", "order": "1"}
    answer = client.post(url(model, "add"), fields)
    made = KEPT[model].objects.first()
    assert (made is not None) == (name in KEEPERS)
    assert answer.status_code == (302 if name in KEEPERS else 403)
    assert client.get(url(model)).status_code == 200, "everyone may look things up"
    if made:
        assert client.post(url(model, made.pk, "delete"), {"post": "yes"}).status_code == 302
        assert not KEPT[model].objects.exists()


@pytest.mark.parametrize("model", ["section", "series", "tag"])
def test_an_address_readers_have_is_neither_changed_nor_taken_away(model: str, cast: Cast) -> None:
    article = ArticleFactory(
        created_by=cast.reporter, section=SectionFactory(), series=SeriesFactory(), tags=["交通"]
    )
    publish(article, cast, timezone.now())
    article.refresh_from_db()
    article.section, article.series = None, None
    article.tags.clear()
    article.save()
    one: Any = KEPT[model].objects.get()
    client = logged_in(cast.chief)
    assert client.post(url(model, one.pk, "delete"), {"post": "yes"}).status_code == 403
    slug = one.slug
    fields = {"name": "新名", "title": "新名", "order": "1", "slug": "elsewhere"}
    assert client.post(url(model, one.pk, "change"), fields).status_code == 302
    one.refresh_from_db()
    assert (str(one), one.slug) == ("新名", slug)


def test_a_section_with_stories_stays(cast: Cast) -> None:
    section = SectionFactory()
    ArticleFactory(section=section, created_by=cast.reporter)
    logged_in(cast.chief).post(url("section", section.pk, "delete"), {"post": "yes"})
    assert Section.objects.filter(pk=section.pk).exists()


def test_sections_stand_as_a_tree_of_two_levels(cast: Cast) -> None:
    second = SectionFactory(name="民生", order=2)
    first = SectionFactory(name="要闻", order=1)
    column = SectionFactory(name="社区", parent=second, order=1)
    client = logged_in(cast.editor)
    page = client.get(url("section")).content.decode()
    assert page.index("要闻") < page.index("民生") < page.index("　　社区")
    fields = {"name": "更深", "parent": column.pk, "order": "0"}
    assert client.post(url("section", "add"), fields).status_code == 200
    assert not Section.objects.filter(name="更深").exists()
    assert first.parent is None


@pytest.mark.parametrize("name", STAFF)
def test_what_readers_saw_is_read_only_and_for_who_may_read_all(name: str, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="新桥通车")
    publish(article, cast, timezone.now())
    perform("correct", article, cast.chief, note="七分钟应为八分钟。")
    client = logged_in(getattr(cast, name))
    for model, one in (("release", Release.objects.get()), ("correction", Correction.objects.get())):
        expected = 200 if name in READERS else 403
        assert client.get(url(model)).status_code == expected
        assert client.get(url(model, one.pk, "change")).status_code == expected
        for view in ("change", "delete"):
            answer = client.post(
                url(model, one.pk, view), {"post": "yes", "headline": "涂改", "text": "涂改"}
            )
            assert answer.status_code == 403
        assert client.post(url(model, "add"), {"text": "x"}).status_code == 403
    assert Release.objects.get().headline == "新桥通车"
    assert Correction.objects.get().text == "七分钟应为八分钟。"


def test_each_release_with_its_window(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="新桥通车")
    publish(article, cast, timezone.now())
    perform("withdraw", article, cast.chief, note="有误")
    page = logged_in(cast.chief).get(url("release")).content.decode()
    assert "新桥通车" in page
    assert "撤稿" in page


@pytest.mark.parametrize("name", [*STAFF, "outsider"])
def test_pickers_answer_the_newsroom_alone(name: str, cast: Cast) -> None:
    cast.everyone()
    query = {"app_label": "articles", "model_name": "series", "field_name": "logo", "term": ""}
    answer = logged_in(getattr(cast, name)).get("/admin/autocomplete/", query)
    assert answer.status_code == (302 if name == "outsider" else 200)
    if answer.status_code == 200:
        assert json.loads(answer.content)["results"] == []
