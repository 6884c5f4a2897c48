"""Two editors on one story: neither loses a word, and the second sees both texts."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin import conflict, posted
from articles.freeze import freeze
from articles.models import Article, Autosave
from articles.workflow import perform
from newsroom.lib import canonical
from people.models import Region
from tests.articles.admin.posting import change, form_of, logged_in, with_names, with_photos
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast: Cast) -> Article:
    made = ArticleFactory(
        created_by=cast.reporter, headline="旧题", kicker="旧引题", lede="旧提要", body="<p>旧正文。</p>"
    )
    client = logged_in(cast.reporter)
    client.post(change(made), form_of(client.get(change(made))))
    made.refresh_from_db()
    assert made.digest
    return made


@pytest.fixture
def mine(cast: Cast) -> Client:
    return logged_in(cast.editor)


@pytest.fixture
def theirs(cast: Cast) -> Client:
    return logged_in(cast.deputy)


def save(client: Client, article: Article, **typed: Any) -> None:
    assert client.post(change(article), form_of(client.get(change(article))) | typed).status_code == 302


def clash(response: Any, field: str) -> conflict.Difference:
    return {one.field: one for one in response.context["differences"]}[field]


def test_the_second_sees_both_texts_and_loses_none(
    cast: Cast, article: Article, mine: Client, theirs: Client
) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题", kicker="对方的引题")
    response = mine.post(change(article), form | {"headline": "我的题", "lede": "我的提要"})
    assert response.status_code == 409
    article.refresh_from_db()
    assert (article.headline, article.lede) == ("对方的题", "旧提要")
    page = response.content.decode()
    assert "对方的题" in page.replace("<del>", "").replace("</del>", "").replace("<ins>", "").replace(
        "</ins>", ""
    )
    held = form_of(response)
    assert (held["headline"], held["lede"]) == ("我的题", "我的提要")
    assert held["kicker"] == "对方的引题"  # I had not touched it
    assert clash(response, "headline").both
    assert not clash(response, "kicker").both
    assert {one.field for one in response.context["differences"]} == {"headline", "kicker", "lede"}
    assert ["headline", "我的题"] in json.loads(Autosave.objects.get(user=cast.editor).form)


def test_saving_again_writes_over_on_purpose(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题", kicker="对方的引题")
    response = mine.post(change(article), form | {"headline": "我的题"})
    assert mine.post(change(article), form_of(response)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.kicker) == ("我的题", "对方的引题")
    assert [r.data["headline"] for r in article.revisions.order_by("number")] == [
        "旧题",
        "对方的题",
        "我的题",
    ]


def test_each_field_can_be_taken_from_either(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题", lede="对方的提要")
    response = mine.post(change(article), form | {"headline": "我的题", "lede": "我的提要"})
    response = mine.post(change(article), form_of(response) | {"take": "headline"})
    assert response.status_code == 200
    held = form_of(response)
    assert (held["headline"], held["lede"]) == ("对方的题", "我的提要")
    assert (clash(response, "headline").stands, clash(response, "lede").stands) == ("theirs", "mine")
    response = mine.post(change(article), held | {"mine": "headline"})
    assert form_of(response)["headline"] == "我的题"
    response = mine.post(change(article), form_of(response) | {"take": "lede"})
    article.refresh_from_db()
    assert article.headline == "对方的题"  # deciding saves nothing
    assert mine.post(change(article), form_of(response)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.lede) == ("我的题", "对方的提要")


def test_a_third_change_in_between_is_a_conflict_again(
    article: Article, mine: Client, theirs: Client
) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题")
    response = mine.post(change(article), form | {"headline": "我的题"})
    save(theirs, article, headline="对方又改的题")
    response = mine.post(change(article), form_of(response))
    assert response.status_code == 409
    assert form_of(response)["headline"] == "我的题"


def test_relations_are_compared_in_words_and_taken_whole(
    cast: Cast, article: Article, mine: Client, theirs: Client
) -> None:
    one, two = PhotoFactory(caption="一号图"), PhotoFactory(caption="二号图")
    region = Region.objects.create(code="991100", name="甲县", level=3)
    section = SectionFactory(name="要闻")
    form = form_of(mine.get(change(article)))
    other = form_of(theirs.get(change(article)))
    other = with_names(other, {"name": "对方加的人", "identity": "reporter", "outlet": "港报"})
    other = with_photos(other, {"photo": one.public_id, "caption": "对方写的说明"})
    other |= {"regions": "甲县", "tags": "对方的标签", "section": section.pk}
    assert theirs.post(change(article), other).status_code == 302
    form = with_names(form, {"name": "我加的人", "identity": "correspondent"})
    form = with_photos(form, {"photo": two.public_id})
    response = mine.post(change(article), form | {"tags": "我的标签"})
    assert response.status_code == 409
    assert "对方加的人" in clash(response, "bylines").theirs
    assert "我加的人" in clash(response, "bylines").mine
    assert "对方写的说明" in clash(response, "photos").theirs
    assert "二号图" in clash(response, "photos").mine
    assert "甲县" in clash(response, "regions").theirs
    assert "要闻" in clash(response, "section").theirs
    assert region in Article.objects.get(pk=article.pk).regions.all()
    for field in ("bylines", "photos"):
        response = mine.post(change(article), form_of(response) | {"take": field})
    assert mine.post(change(article), form_of(response)).status_code == 302
    article.refresh_from_db()
    assert list(article.bylines.values_list("name", "outlet")) == [("对方加的人", "港报")]
    assert list(article.photos.values_list("photo", "caption")) == [(one.pk, "对方写的说明")]
    assert list(article.tags.names()) == ["我的标签"]
    assert list(article.regions.all()) == [region]
    assert article.section == section


def test_the_same_change_by_both_is_no_dispute(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, body="<p>新正文。</p>")
    response = mine.post(change(article), form | {"body": "<p>新正文。</p>"})
    assert response.status_code == 409
    assert response.context["differences"] == []
    assert mine.post(change(article), form_of(response)).status_code == 302
    assert article.revisions.count() == 2


def test_a_form_of_no_known_version_shows_every_difference(article: Article, mine: Client) -> None:
    form = form_of(mine.get(change(article))) | {"base": "f" * 64, "headline": "我的题"}
    response = mine.post(change(article), form)
    assert response.status_code == 409
    assert clash(response, "headline").both


def test_a_conflict_in_a_broken_form_keeps_it_whole(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题")
    response = mine.post(change(article), form | {"headline": "题" * 300, "lede": "我的提要"})
    assert response.status_code == 409
    assert form_of(response)["headline"] == "题" * 300
    assert form_of(response)["lede"] == "我的提要"


def test_what_was_restored_from_autosave_meets_newer_words_as_a_conflict(
    cast: Cast, article: Article, mine: Client, theirs: Client
) -> None:
    form = form_of(mine.get(change(article))) | {"headline": "我昨天的题"}
    pairs = json.dumps([[name, value] for name, value in form.items()])
    mine.post(f"/admin/articles/article/{article.pk}/autosave/", pairs, content_type="application/json")
    save(theirs, article, headline="对方今天的题")
    back = form_of(mine.get(change(article), {"restore": "1"}))
    assert back["headline"] == "我昨天的题"
    assert mine.post(change(article), back).status_code == 409


def test_a_story_that_left_my_hands_keeps_my_words_beside_it(cast: Cast, article: Article) -> None:
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(article))) | {"headline": "晚了一步的题"}
    perform("submit", article, cast.reporter, now=timezone.now())
    response = client.post(change(article), form)
    assert response.status_code == 409
    page = response.content.decode()
    assert "晚了一步" in page
    assert "已为你另存" in page
    article.refresh_from_db()
    assert article.headline == "旧题"
    assert ["headline", "晚了一步的题"] in json.loads(Autosave.objects.get().form)


def test_a_conflict_runs_no_action(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="对方的题")
    assert mine.post(change(article), form | {"headline": "我的题", "_then": "submit"}).status_code == 409
    article.refresh_from_db()
    assert article.status == "draft"


def test_hostile_words_stay_words_in_the_comparison(article: Article, mine: Client, theirs: Client) -> None:
    form = form_of(mine.get(change(article)))
    save(theirs, article, headline="<img src=x onerror=alert(1)>")
    response = mine.post(
        change(article), form | {"headline": "<script>alert(2)</script>", "lede": "</textarea><b>"}
    )
    page = response.content.decode()
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert form_of(response)["lede"] == "</textarea><b>"


def test_a_version_reads_as_the_form_would_post_it(cast: Cast, mine: Client) -> None:
    """The one shape of `posted` agrees with the real form, field by field."""
    full = ArticleFactory(
        created_by=cast.reporter,
        section=SectionFactory(),
        series=SeriesFactory(),
        lede="一\n二",
        first_published_at=timezone.now().replace(microsecond=0),
        tags=["桥", "路"],
        regions=[Region.objects.create(code="991100", name="甲县", level=3)],
        photos=[PhotoFactory(), PhotoFactory()],
        bylines=[{"name": "甲", "identity": "reporter"}, {"name": "乙", "act": "photo", "place": "end"}],
    )
    from django.http import QueryDict

    form = QueryDict(mutable=True)
    form.update(form_of(mine.get(change(full))))
    version = posted.from_content(canonical.load(freeze(full)))
    for field in posted.FIELDS:
        assert posted.value(field, form) == posted.value(field, version), field
        assert posted.words(field, form) == posted.words(field, version), field


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_saves_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    from django.db import connection

    article = ArticleFactory(created_by=cast.reporter, headline="旧题")
    clients = {name: logged_in(getattr(cast, name)) for name in ("editor", "deputy", "chief", "reporter")}
    forms = {name: form_of(client.get(change(article))) for name, client in clients.items()}
    gate = threading.Barrier(len(clients))
    answers: dict[str, int] = {}

    def post(name: str) -> None:
        try:
            gate.wait(20)
            answers[name] = (
                clients[name].post(change(article), forms[name] | {"headline": f"{name}的题"}).status_code
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[name]) for name in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers.values()) == [302, 409, 409, 409]
    winner = next(name for name, status in answers.items() if status == 302)
    article.refresh_from_db()
    assert article.headline == f"{winner}的题"
    assert article.revisions.count() == 1
    assert set(Autosave.objects.values_list("user__username", flat=True)) == set(clients) - {winner}
