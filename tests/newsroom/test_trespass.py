"""Nobody comes further than the rules let him, by whatever address: pages, lists, decisions, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.workflow import ACTIONS
from people.models import Signature
from tests.factories.articles import ArticleFactory
from tests.newsroom.addresses import Route, routes
from tests.newsroom.bureau import CANARY, STATES, Bureau, Visitor, build, client_of, writes

pytestmark = pytest.mark.django_db

# Shared by the newsroom: everyone looks these up, keeping them is for others. (Of intake: his own.)
SHARED = {"people.region", "people.reporter", "articles.section", "articles.series", "articles.source",
          "articles.tag", "media.photo", "articles.intake"}  # fmt: skip
WORDS = {
    "action": "withdraw", "note": "x", "reason": "x", "held": "1", "number": "1", "post": "yes",
    "headline": "涂改", "body": "<p>涂改</p>", "name": "涂改", "title": "涂改", "_then": "submit",
    "username": "x", "is_superuser": "on",
}  # fmt: skip
SOUGHT = CANARY[:2]  # finds it, and isn't it where the page repeats what was sought


@pytest.fixture
def bureau() -> Bureau:
    return build(timezone.now())


def newsroom() -> list[Route]:
    return [r for r in routes() if r.in_newsroom and r.name not in ("admin:login", "admin:logout")]


def refused(client: Visitor, address: str, **sent: Any) -> None:
    """Neither GET nor POST shows the secret, writes anything or answers as to one who may."""
    for method, words in (("get", {}), ("post", WORDS | sent)):
        with writes() as found:
            answer = getattr(client, method)(address, words)
        assert found == [], (method, address)
        assert answer.status_code in (302, 403, 404, 405), (method, address, answer.status_code)
        assert CANARY not in answer.content.decode(), (method, address)
        if answer.status_code == 302:
            assert answer["Location"].startswith(("/admin/login/", "/admin/")), (method, address)


@pytest.mark.parametrize("who", ["nobody", "outsider"])
def test_without_a_role_there_is_no_newsroom(bureau: Bureau, who: str) -> None:
    client = client_of(None if who == "nobody" else bureau.cast.outsider)
    for route in newsroom():
        address = bureau.address(route, bureau.stories["review"])
        refused(client, address)
        answer = client.get(address)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/admin/login/"), address
    for address in (reverse("admin:articles_article_autosave_new"), reverse("admin:media_photo_upload")):
        answer = client.post(address, "[]", content_type="application/json")
        assert answer.status_code in (302, 403), address


def test_a_reporter_reaches_no_story_of_another(bureau: Bureau) -> None:
    client = client_of(bureau.cast.reporter2)
    tried = [route for route in newsroom() if route.about_a_story]
    assert len(tried) >= 12
    for route in tried:
        for story in bureau.stories.values():
            address = bureau.address(route, story)
            refused(client, address, base=story.digest, digest=story.digest)
            with writes() as found:
                answer = client.post(address, "[]", content_type="application/json")
            assert answer.status_code in (302, 403, 404, 405), address
            assert found == [], address


def test_the_author_reaches_the_same_addresses(bureau: Bureau) -> None:
    """So that the test before this one refuses for the right reason."""
    client = client_of(bureau.cast.reporter)
    opened = set()
    for route in newsroom():
        if (
            route.about_a_story
            and client.get(bureau.address(route, bureau.stories["draft"])).status_code == 200
        ):
            opened.add(route.name.removeprefix("admin:articles_article_"))
    assert opened >= {"change", "preview", "preview_page", "revisions", "compare", "discard"}


@pytest.mark.parametrize("who", ["reporter2", "admin"])
def test_no_list_shows_stories_of_others(bureau: Bureau, who: str) -> None:
    client = client_of(getattr(bureau.cast, who))
    stories = reverse("admin:articles_article_changelist")
    queries = [
        "", f"?q={SOUGHT}", "?all=", "?status=draft", "?status=review", "?status__exact=draft", "?mine=0",
        "?o=1", "?p=0", "?created_by=1", f"?series={bureau.stories['draft'].series_id}", "?_popup=1",
    ]  # fmt: skip
    pages = [f"{stories}{query}" for query in queries]
    pages += [reverse("admin:index"), reverse("admin:app_list", args=["articles"])]
    lookups = ("names", "places", "words")
    pages += [reverse(f"admin:articles_article_{name}") + f"?q={SOUGHT}" for name in lookups]
    pages += autocompletes()
    for page in pages:
        answer = client.get(page)
        assert answer.status_code < 500, page
        assert CANARY not in answer.content.decode(), page
    assert CANARY in client_of(bureau.cast.chief).get(stories).content.decode()


def autocompletes() -> list[str]:
    """What Django's picker answers, for each field of each model that has one."""
    return [
        f"{reverse('admin:autocomplete')}?app_label={m._meta.app_label}&model_name={m._meta.model_name}"
        f"&field_name={f.name}&term={SOUGHT if term else ''}"
        for m in (
            *admin.site._registry,
            *(inline.model for a in admin.site._registry.values() for inline in a.inlines),
        )
        for f in m._meta.get_fields()
        if f.is_relation and getattr(f, "remote_field", None) and hasattr(f, "attname")
        for term in (True, False)
    ]


def test_no_lookup_in_an_address_reads_what_is_not_shown(bureau: Bureau) -> None:
    """Filtering by a column is a way of reading it, a letter at a time."""
    client = client_of(bureau.cast.reporter2)
    ArticleFactory(headline="自己的稿", created_by=bureau.cast.reporter2)
    lookups = [
        "created_by__password__startswith=m", "created_by__username=reporter2", "bylines__name=x",
        "revisions__content__contains=x", "releases__notice__contains=x", "autosaves__form__contains=x",
        "claimed_by__groups__name=chief", "photos__photo__caption__contains=x",
    ]  # fmt: skip
    for lookup in lookups:
        answer = client.get(f"{reverse('admin:articles_article_changelist')}?{lookup}")
        assert answer.status_code in (302, 400), lookup
    for lookup in ("uploaded_by__password__startswith=m", "uploaded_by__email__contains=a"):
        answer = client.get(f"{reverse('admin:media_photo_changelist')}?{lookup}")
        assert answer.status_code in (302, 400), lookup


def test_a_bulk_action_moves_no_story_of_another(bureau: Bureau) -> None:
    client = client_of(bureau.cast.reporter2)
    assert "bulk_submit" in bulk_actions()
    for name in bulk_actions():
        chosen = [story.pk for story in bureau.stories.values()]
        words = {"action": name, "_selected_action": chosen, "select_across": "1", "index": "0"}
        with writes() as found:
            client.post(reverse("admin:articles_article_changelist"), words)
        assert found == [], name


def bulk_actions() -> list[str]:
    return [name for _act, name, _label in admin.site.get_model_admin(Article)._get_base_actions()]


def test_a_reporter_keeps_to_his_own_rooms(bureau: Bureau) -> None:
    """Accounts, the chain, the paper's head, the words of the house: looked up at most, never changed."""
    client = client_of(bureau.cast.reporter2)
    known = {route.name for route in routes()}
    closed = set()
    for model in admin.site._registry.keys() - {Article}:
        label = model._meta.label_lower
        base = f"admin:{label.replace('.', '_')}"
        pk = bureau.one(*label.split("."))
        pages = {
            name: reverse(f"{base}_{name}") for name in ("changelist", "add") if f"{base}_{name}" in known
        }
        own_pages = [name for name in ("change", "delete", "history") if f"{base}_{name}" in known]
        pages |= {name: reverse(f"{base}_{name}", args=[pk]) for name in own_pages}
        if label not in SHARED:
            closed.add(label)
            for page in pages.values():
                refused(client, page)
        # A new correspondent and a new picture are his to add.
        own = {"add"} if label in ("people.reporter", "media.photo") else set()
        for name in pages.keys() - own:
            with writes() as found:
                client.post(pages[name], WORDS | {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
            assert found == [], pages[name]
    assert closed >= {
        "people.user", "people.delegation", "people.signature", "issues.masthead", "issues.issue",
        "issues.page", "issues.typeface", "articles.release", "articles.correction",
    }  # fmt: skip


def test_a_reporter_reaches_nothing_of_a_paper_being_made(bureau: Bureau) -> None:
    """Pages, proofs with their pictures and PDFs, marks, decisions, uploads."""
    client = client_of(bureau.cast.reporter2)
    tried = [route for route in newsroom() if route.template.startswith("/admin/issues/")]
    assert len(tried) >= 30
    for route in tried:
        for words in (
            {"action": "proof"},
            {"action": "release", "at_once": "1"},
            {"do": "change", "name": "涂改"},
        ):
            refused(client, bureau.address(route), **words)


def test_the_newsroom_has_no_rooms_but_its_own() -> None:
    """What a library registers by itself asks Django's permissions, or nobody's."""
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps == {"articles", "issues", "media", "people"}


def test_a_picture_of_another_is_neither_changed_nor_taken(bureau: Bureau) -> None:
    client = client_of(bureau.cast.reporter2)
    for name in ("retry", "block", "unblock", "original"):
        refused(client, reverse(f"admin:media_photo_{name}", args=[bureau.photo.pk]))
    with writes() as found:
        client.post(
            reverse("admin:media_photo_change", args=[bureau.photo.pk]), {"caption": "涂改", "focal_x": "1"}
        )
    assert found == []


@pytest.mark.parametrize("who", ["superuser", "admin", "proofreader", "layout", "retired"])
def test_who_has_no_part_in_stories_signs_nothing(bureau: Bureau, who: str) -> None:
    client = client_of(getattr(bureau.cast, who))
    signed, stood = Signature.objects.count(), standing()
    for state in STATES if who == "superuser" else ("draft", "review", "published"):
        story = bureau.stories[state]
        for name, words in attempts(story):
            answer = client.post(reverse(f"admin:articles_article_{name}", args=[story.pk]), words)
            assert answer.status_code in (302, 403, 404, 409, 422), (name, words)
    for name in bulk_actions():
        words = {"action": name, "_selected_action": [story.pk for story in bureau.stories.values()]}
        client.post(reverse("admin:articles_article_changelist"), words)
    assert Signature.objects.count() == signed
    assert standing() == stood


def attempts(story: Article) -> Iterator[tuple[str, dict[str, str]]]:
    for action in ACTIONS:
        yield "action", {"action": action, "note": "越权", "digest": story.digest, "at_once": "1"}
    form = {"base": story.digest, "headline": "涂改", "body": "<p>涂改</p>"}
    yield "change", form | {"_then": "submit", "perform": "submit"}
    yield "change", form | {"_then": "pass", "_note": "越权"}
    yield "claim", {}
    yield "hold", {"held": "1"}
    yield "restore", {"number": "1"}
    yield "discard", {"post": "yes"}


def standing() -> list[Any]:
    columns = ("pk", "status", "stage", "held", "claimed_by", "digest", "headline", "body")
    return list(Article.objects.order_by("pk").values_list(*columns))


def test_a_form_brings_no_more_than_its_fields(bureau: Bureau) -> None:
    """State, owner and signed content are not the form's to set, whatever is posted with it."""
    story = bureau.stories["draft"]
    client = client_of(bureau.cast.reporter)
    words = {
        "base": story.digest, "headline": "改过的标题", "body": "<p>改过。</p>", "bylines-TOTAL_FORMS": "0",
        "bylines-INITIAL_FORMS": "0", "photos-TOTAL_FORMS": "0", "photos-INITIAL_FORMS": "0",
        "status": "published", "stage": "2", "digest": "0" * 64, "created_by": str(bureau.cast.reporter2.pk),
        "claimed_by": str(bureau.cast.reporter.pk), "held": "on", "trouble": "x", "moved_at": "2020-01-01",
    }  # fmt: skip
    address = reverse("admin:articles_article_change", args=[story.pk])
    assert client.post(address, words).status_code == 302
    changed = Article.objects.get(pk=story.pk)
    assert changed.headline == "改过的标题"
    for name in ("status", "stage", "created_by_id", "claimed_by_id", "held", "trouble", "moved_at"):
        assert getattr(changed, name) == getattr(story, name), name
    assert changed.digest == changed.revisions.latest("number").digest


def test_what_scripts_ask_for_is_guarded_too(bureau: Bureau) -> None:
    """JSON for the story form and the picture picker."""
    asked = [reverse(f"admin:articles_article_{name}") for name in ("names", "places", "words")]
    asked += [reverse("admin:media_photo_picker"), reverse("admin:media_photo_states") + "?ids=1"]
    for address in asked:
        assert client_of(bureau.cast.outsider).get(address).status_code == 302, address
        answer = client_of(bureau.cast.reporter).get(address)
        assert answer.status_code == 200, address
        assert json.loads(answer.content) is not None
    # Who only reads pages picks no pictures.
    assert client_of(bureau.cast.proofreader).get(reverse("admin:media_photo_picker")).status_code == 403
