"""Autosave: what was typed and not saved comes back to the one who typed it, and to nobody else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles.admin import autosave
from articles.models import Article, Autosave
from articles.workflow import perform
from tests.articles.admin.posting import ADD, change, form_of, logged_in
from tests.cast import Cast
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/new/autosave/"


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/autosave/"


def send(client: Client, where: str, form: dict[str, Any]) -> Any:
    pairs = [[name, value] for name, value in form.items()]
    return client.post(where, json.dumps(pairs), content_type="application/json")


@pytest.fixture
def article(cast: Cast) -> Article:
    return ArticleFactory(created_by=cast.reporter, headline="原题")


@pytest.fixture
def reporter(cast: Cast) -> Client:
    return logged_in(cast.reporter)


def typed(client: Client, article: Article, **changes: str) -> dict[str, Any]:
    return form_of(client.get(change(article))) | changes


def test_it_keeps_one_private_row_and_no_version(cast: Cast, reporter: Client, article: Article) -> None:
    form = typed(reporter, article)
    for headline in ("半句", "半句话"):
        assert send(reporter, address(article), form | {"headline": headline}).json()["saved_at"]
    row = Autosave.objects.get()
    assert (row.user, row.article) == (cast.reporter, article)
    assert ["headline", "半句话"] in json.loads(row.form)
    assert not article.revisions.exists()
    article.refresh_from_db()
    assert article.headline == "原题"


def test_it_is_offered_on_return_and_given_back_without_scripts(reporter: Client, article: Article) -> None:
    body = "<p>没有保存的一段。</p>"
    form = typed(reporter, article, headline="半句话", body=body) | {
        "bylines-TOTAL_FORMS": "2",
        "bylines-1-name": "没保存的人",
    }
    send(reporter, address(article), form)
    assert "没保存的内容" in reporter.get(change(article)).content.decode()
    back = reporter.get(change(article), {"restore": "1"})
    again = form_of(back)
    assert (again["headline"], again["body"], again["bylines-1-name"]) == ("半句话", body, "没保存的人")
    assert "没保存的内容" not in back.content.decode()
    response = reporter.post(change(article), again)
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.bylines.count()) == ("半句话", 2)


def test_a_save_clears_it(reporter: Client, article: Article) -> None:
    form = typed(reporter, article, headline="半句话")
    send(reporter, address(article), form)
    reporter.post(change(article), form)
    assert not Autosave.objects.exists()
    assert "没保存的内容" not in reporter.get(change(article)).content.decode()


def test_a_new_storys_copy_is_offered_at_the_next_new_story(cast: Cast, reporter: Client) -> None:
    form = form_of(reporter.get(ADD)) | {"headline": "还没存过的新稿"}
    assert send(reporter, NEW, form).status_code == 200
    assert "没保存的内容" in reporter.get(ADD).content.decode()
    again = form_of(reporter.get(ADD, {"restore": "1"}))
    assert again["headline"] == "还没存过的新稿"
    reporter.post(ADD, again)
    assert not Autosave.objects.exists()
    assert "没保存的内容" not in logged_in(cast.reporter2).get(ADD).content.decode()


def test_it_is_dropped_by_post_alone(reporter: Client, article: Article) -> None:
    send(reporter, address(article), typed(reporter, article, headline="半句话"))
    drop = f"{address(article)}drop/"
    reporter.get(drop)
    assert Autosave.objects.exists()
    assert reporter.post(drop).status_code == 302
    assert not Autosave.objects.exists()


def test_nothing_is_offered_where_nothing_differs(reporter: Client, article: Article) -> None:
    send(reporter, address(article), typed(reporter, article))
    assert "没保存的内容" not in reporter.get(change(article)).content.decode()


def test_nobody_else_sees_it(cast: Cast, reporter: Client, article: Article) -> None:
    send(reporter, address(article), typed(reporter, article, headline="私下写的半句话"))
    for who in ("editor", "chief", "superuser"):
        client = logged_in(getattr(cast, who))
        for query in ({}, {"restore": "1"}):
            assert "私下写的半句话" not in client.get(change(article), query).content.decode()
        client.post(f"{address(article)}drop/")
    assert Autosave.objects.get().user == cast.reporter


@pytest.mark.parametrize("who", ["reporter2", "outsider", "retired"])
def test_a_stranger_keeps_nothing(cast: Cast, reporter: Client, article: Article, who: str) -> None:
    form = typed(reporter, article, headline="半句话")
    assert send(logged_in(getattr(cast, who)), address(article), form).status_code in (302, 404)
    assert send(Client(), address(article), form).status_code == 302
    assert not Autosave.objects.exists()


def test_who_writes_nothing_keeps_no_new_story(cast: Cast, reporter: Client) -> None:
    form = form_of(reporter.get(ADD))
    assert send(logged_in(cast.layout), NEW, form).status_code == 403
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[", 400),
        ('{"a": "b"}', 400),
        ('[["a"]]', 400),
        ('[["a", 1]]', 400),
        ("[" * 100_000, 400),
        (json.dumps([["a", "b"]] * 5000), 400),
        (b'\xff[["a", "b"]]', 400),
        (json.dumps([["body", "长" * 1_200_000]], ensure_ascii=False).encode(), 413),
        (json.dumps([["headline", "\x00\ud800"]]), 200),
        (json.dumps([]), 200),
    ],
    ids=range(11),
)
def test_whatever_is_sent_gets_an_answer(reporter: Client, article: Article, body: Any, status: int) -> None:
    response = reporter.post(address(article), body, content_type="application/json")
    assert response.status_code == status
    assert response.json()
    assert reporter.get(change(article), {"restore": "1"}).status_code == 200


def test_it_takes_no_get_and_no_stranger_to_the_page(cast: Cast, article: Article) -> None:
    assert logged_in(cast.reporter).get(address(article)).status_code == 405
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reporter)
    assert send(client, address(article), {"headline": "伪造"}).status_code == 403
    assert not Autosave.objects.exists()


def test_a_refused_save_keeps_what_was_typed(reporter: Client, article: Article) -> None:
    response = reporter.post(
        change(article), typed(reporter, article, headline="题" * 300, lede="好好的提要")
    )
    assert response.status_code == 200
    assert form_of(response)["lede"] == "好好的提要"
    assert ["lede", "好好的提要"] in json.loads(Autosave.objects.get().form)


# A session that ended


def test_a_save_without_a_session_is_kept_for_the_one_whose_page_it_was(
    cast: Cast, reporter: Client, article: Article
) -> None:
    form = typed(reporter, article, headline="掉线时写的题")
    stranger = Client()
    response = stranger.post(change(article), form)
    assert response.status_code == 302
    assert "login" in response["Location"]
    article.refresh_from_db()
    assert article.headline == "原题"
    assert "没保存的内容" in reporter.get(change(article)).content.decode()
    assert form_of(reporter.get(change(article), {"restore": "1"}))["headline"] == "掉线时写的题"
    assert (
        "掉线时写的题" not in logged_in(cast.editor).get(change(article), {"restore": "1"}).content.decode()
    )


def test_a_new_story_posted_without_a_session_is_kept_too(reporter: Client) -> None:
    form = form_of(reporter.get(ADD)) | {"headline": "掉线时写的新稿"}
    Client().post(ADD, form)
    assert form_of(reporter.get(ADD, {"restore": "1"}))["headline"] == "掉线时写的新稿"


@pytest.mark.parametrize(
    "ticket",
    ["", "x", "1:2:3", "\0", signing.dumps([1, 1], salt="another")],
    ids=["none", "word", "numbers", "nul", "other"],
)
def test_without_a_ticket_of_ours_nothing_is_kept(reporter: Client, article: Article, ticket: str) -> None:
    Client().post(change(article), typed(reporter, article, headline="伪造") | {"ticket": ticket})
    assert not Autosave.objects.exists()


def test_a_ticket_of_a_deactivated_account_keeps_nothing(
    cast: Cast, reporter: Client, article: Article
) -> None:
    form = typed(reporter, article, headline="离职之后")
    cast.reporter.is_active = False
    cast.reporter.save()
    Client().post(change(article), form)
    assert not Autosave.objects.exists()


def test_a_ticket_runs_out(
    cast: Cast, reporter: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = typed(reporter, article, headline="太久以前")
    monkeypatch.setattr(autosave, "TICKET_AGE", timedelta(seconds=-1))
    Client().post(change(article), form)
    assert not Autosave.objects.exists()


def test_a_ticket_for_one_story_writes_over_no_other(cast: Cast, reporter: Client, article: Article) -> None:
    other = ArticleFactory(created_by=cast.reporter)
    Client().post(change(other), typed(reporter, article, headline="这一篇的"))
    assert Autosave.objects.get().article == article


def test_the_text_stays_while_the_story_is_out_of_hand(
    cast: Cast, reporter: Client, article: Article
) -> None:
    """Typed, not saved, and meanwhile submitted: it is said, and comes back with the story."""
    send(reporter, address(article), typed(reporter, article, headline="来不及存的题"))
    perform("submit", article, cast.reporter, now=timezone.now())
    page = reporter.get(change(article)).content.decode()
    assert "等稿件回到你手上时可以恢复" in page
    perform("return", article, cast.editor, note="改", now=timezone.now())
    assert "没保存的内容" in reporter.get(change(article)).content.decode()


# Each open form by itself


def kept_headlines() -> set[str]:
    return {row.headline for row in Autosave.objects.all()}


def offered(page: str) -> list[str]:
    """The keys a page offers to restore, in order."""
    keys = re.findall(r'href="\?restore=([^"]+)"', page)
    assert re.findall(r'form="drop-form" name="key" value="([^"]+)"', page) == keys
    return keys


def test_two_blank_forms_never_write_over_each_other(reporter: Client) -> None:
    first, second = (form_of(reporter.get(ADD)) for _ in range(2))
    assert first["key"] != second["key"]
    send(reporter, NEW, first | {"headline": "甲"})
    send(reporter, NEW, second | {"headline": "乙"})
    send(reporter, NEW, first | {"headline": "甲，又写了几个字"})
    assert kept_headlines() == {"甲，又写了几个字", "乙"}
    page = reporter.get(ADD).content.decode()
    assert offered(page) == [first["key"], second["key"]]
    assert "甲，又写了几个字" in page
    again = reporter.get(ADD, {"restore": second["key"]})
    assert form_of(again)["headline"] == "乙"
    assert offered(again.content.decode()) == [first["key"]]


def test_a_restored_page_goes_on_under_its_key_and_its_save_clears_that_alone(reporter: Client) -> None:
    for headline in ("甲", "乙"):
        send(reporter, NEW, form_of(reporter.get(ADD)) | {"headline": headline})
    key = Autosave.objects.get(form__contains=json.dumps("甲")[1:-1]).key
    form = form_of(reporter.get(ADD, {"restore": key}))
    assert (form["headline"], form["key"]) == ("甲", key)
    send(reporter, NEW, form | {"headline": "甲二"})
    assert kept_headlines() == {"甲二", "乙"}
    assert reporter.post(ADD, form | {"headline": "甲三"}).status_code == 302
    assert Article.objects.get().headline == "甲三"
    assert kept_headlines() == {"乙"}


def test_a_refused_new_story_comes_back_under_its_key(reporter: Client) -> None:
    form = form_of(reporter.get(ADD)) | {"headline": "题" * 300}
    assert form_of(reporter.post(ADD, form))["key"] == form["key"]
    reporter.post(ADD, form | {"headline": "短题"})
    assert not Autosave.objects.exists()


def test_one_is_dropped_by_its_key_and_the_other_stays(reporter: Client) -> None:
    forms = [form_of(reporter.get(ADD)) | {"headline": headline} for headline in ("甲", "乙")]
    for form in forms:
        send(reporter, NEW, form)
    reporter.post(f"{NEW}drop/", {"key": forms[0]["key"]})
    assert kept_headlines() == {"乙"}
    reporter.post(f"{NEW}drop/", {"key": "no-such-key"})
    assert kept_headlines() == {"乙"}


def test_an_unanswered_offer_of_a_story_is_not_written_over(reporter: Client, article: Article) -> None:
    send(reporter, address(article), typed(reporter, article, headline="先写的"))
    form = typed(reporter, article, headline="后写的")
    send(reporter, address(article), form)
    assert kept_headlines() == {"先写的", "后写的"}
    assert len(offered(reporter.get(change(article)).content.decode())) == 2
    reporter.post(change(article), form)
    assert kept_headlines() == {"先写的"}
    assert len(offered(reporter.get(change(article)).content.decode())) == 1


def test_a_key_of_anothers_row_restores_and_drops_nothing(cast: Cast, reporter: Client) -> None:
    form = form_of(reporter.get(ADD)) | {"headline": "私下写的"}
    send(reporter, NEW, form)
    other = logged_in(cast.reporter2)
    assert "私下写的" not in other.get(ADD, {"restore": form["key"]}).content.decode()
    other.post(f"{NEW}drop/", {"key": form["key"]})
    send(other, NEW, form | {"headline": "别人的"})
    assert kept_headlines() == {"私下写的", "别人的"}


def test_a_page_without_a_key_keeps_one_row(reporter: Client) -> None:
    for key in ("", "x" * 33, "\0", "一"):
        assert send(reporter, NEW, {"headline": f"无{len(key)}", "key": key}).status_code == 200
    row = Autosave.objects.get()
    assert (row.key, row.headline) == (Autosave.NO_KEY, "无1")
    assert form_of(reporter.get(ADD, {"restore": row.key}))["headline"] == "无1"


def test_the_oldest_go_first(reporter: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "MOST_KEPT", 3)
    send(reporter, address(article), typed(reporter, article, headline="最早的"))
    for number in range(3):
        send(reporter, NEW, {"headline": f"第{number}篇", "key": f"key-{number}"})
    assert kept_headlines() == {"第0篇", "第1篇", "第2篇"}


def test_without_a_session_each_form_is_kept_by_itself(reporter: Client) -> None:
    forms = [form_of(reporter.get(ADD)) | {"headline": headline} for headline in ("甲", "乙")]
    Client().post(ADD, forms[0])
    Client().post(ADD, forms[1] | {"key": forms[0]["key"]})  # the ticket's key counts
    assert kept_headlines() == {"甲", "乙"}
    assert form_of(reporter.get(ADD, {"restore": forms[1]["key"]}))["headline"] == "乙"
