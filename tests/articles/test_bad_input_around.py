"""Every text field of the newsroom that is not the story's, and all that is sought: as test_bad_input.py."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles.admin.forms import BylineForm, PhotoForm, StoryForm
from articles.models import Article, Correction, Section, Series, Source, Tag
from issues.models import Issue, Masthead
from media.models import Photo
from people.models import Region, Reporter, User
from tests.articles.admin.posting import change, logged_in
from tests.articles.asking import Build, expected, takes, text_fields
from tests.articles.naughty import BROKEN, LONG, OWN, all_strings
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

STRINGS = all_strings()


# Every string, every field


def story_forms() -> list[Build]:
    return [StoryForm, BylineForm, PhotoForm]


def admin_forms(cast: Cast) -> Iterator[Build]:
    """The form that adds or changes a row, of each model in the newsroom, and of the rows in it."""
    request = RequestFactory().get("/admin/")
    request.user = cast.superuser
    for model, its_admin in admin.site._registry.items():
        if model is not Article and (its_admin.has_add_permission(request) or model is Photo):
            yield its_admin.get_form(request, None)
            for inline in its_admin.inlines:
                yield inline(model, admin.site).get_formset(request, None).form
    yield partial(admin.site.get_model_admin(User).get_form(request, cast.editor), instance=cast.editor)


def test_every_string_in_every_field(cast: Cast) -> None:
    fields = 0
    for build in (*story_forms(), *admin_forms(cast)):
        ask = takes(build)
        for typed in STRINGS:
            ask(typed)
        names = {name for name, _field in text_fields(build({}))}
        assert ask("改革开放四十年") == names, build
        fields += len(names)
    assert fields > 35


def test_what_no_field_can_keep(cast: Cast) -> None:
    """NUL breaks PostgreSQL; the other controls break feeds, so no field that is printed takes them."""
    for build in (*story_forms(), *admin_forms(cast)):
        assert takes(build)("有\x00空") == set(), build
    for build in story_forms():
        for typed in BROKEN:
            assert takes(build)(typed) == set(), (build, typed)


# The other forms of the newsroom

WORDS = "Passw0rd-临港"
# What a form needs besides its texts; its texts are found by asking it.
OTHERS: dict[type[Model], dict[str, str]] = {
    Section: {"order": "1"},
    Series: {},
    Source: {},
    Tag: {},
    Reporter: {"identity": "correspondent"},
    Masthead: {"kind": "cn"},
    User: {"username": "u{n}", "password1": WORDS, "password2": WORDS, "usable_password": "true"},
}


@pytest.mark.parametrize("model", OTHERS, ids=lambda model: model.__name__)
def test_the_other_forms_give_back_what_was_typed(cast: Cast, model: type[Any]) -> None:
    client = logged_in(cast.superuser)
    its_admin = admin.site.get_model_admin(model)
    request = RequestFactory().get("/admin/")
    request.user = cast.superuser
    build = its_admin.get_form(request, None)
    ask, fields = takes(build), dict(text_fields(build({})))
    name = f"admin:{model._meta.label_lower.replace('.', '_')}"
    for number, typed in enumerate(OWN):
        rest = {key: value.format(n=number) for key, value in OTHERS[model].items()}
        taken = ask(typed)
        if refused := fields.keys() - taken:
            answer = client.post(reverse(f"{name}_add"), rest | dict.fromkeys(fields, typed))
            assert answer.status_code == 200, (typed, refused)
            assert "errorlist" in answer.content.decode(), typed
        filled = {key: typed if key in taken else f"{key}-{number}" for key in fields}
        answer = client.post(reverse(f"{name}_add"), rest | filled)
        assert answer.status_code == 302, (typed, re.findall("errorlist.*", answer.content.decode()))
        row = model._default_manager.latest("pk")
        given = {key: expected(field, filled[key]) for key, field in fields.items()}
        assert {key: getattr(row, key) for key in fields} == given
        if number % 4 == 0:
            page = client.get(reverse(f"{name}_change", args=[row.pk])).content.decode()
            assert {key: shown(page, key) for key in fields} == given


def shown(page: str, name: str) -> str:
    """What a field of an admin page holds."""
    area = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    line = re.search(rf'<input type="\w+" name="{name}" value="(.*?)"', page, re.DOTALL)
    found = area or line
    assert found, f"no field {name}"
    return html.unescape(found[1]).replace("\r\n", "\n")


def test_places_and_issues_give_back_what_was_typed(cast: Cast) -> None:
    keeper, chief = logged_in(cast.superuser), logged_in(cast.chief)
    masthead = Masthead.objects.create(title="报")
    province = Region.objects.get_or_create(code="130000", defaults={"name": "河北省", "level": 1})[0]
    for number, typed in enumerate(OWN):
        if "\u2028" in typed:
            continue
        numbers = {
            "number": number + 1,
            "total_number": 100 + number,
            "page_count": 4,
            "masthead": masthead.pk,
            "format": "tabloid",
            "columns": 6,
            "body_size": 90,
            "guide-TOTAL_FORMS": 0,
            "guide-INITIAL_FORMS": 0,
        }
        issue = numbers | {"date": f"2026-10-{number + 1:02d}", "banner": typed}
        assert chief.post(reverse("admin:issues_issue_add"), issue).status_code == 302, typed
        assert Issue.objects.latest("pk").banner == typed.strip()
        place = keeper.post(reverse("admin:people_region_change", args=[province.pk]), {"name": typed})
        assert place.status_code == 302, typed
        province.refresh_from_db()
        assert province.name == typed.strip()


def test_a_photo_gives_back_what_was_typed(cast: Cast) -> None:
    photo, client = PhotoFactory(uploaded_by=cast.reporter), logged_in(cast.reporter)
    address = reverse("admin:media_photo_change", args=[photo.pk])
    rows = {f"credits-{name}_FORMS": "1" for name in ("TOTAL", "INITIAL")}
    rows |= {"credits-0-id": str(photo.credits.get().pk), "credits-0-photo": str(photo.pk)}
    rows |= {"credits-0-position": "0", "credits-0-act": "photo", "focal_x": "500", "focal_y": "500"}
    for typed in OWN:
        words = dict.fromkeys(("caption", "alt", "place", "credits-0-name", "credits-0-outlet"), typed)
        if "\u2028" in typed:
            words |= dict.fromkeys(("place", "credits-0-name", "credits-0-outlet"), "一行")
        answer = client.post(address, rows | words)
        assert answer.status_code == 302, (typed, re.findall("errorlist.*", answer.content.decode()))
        page = client.get(address).content.decode()
        assert {name: shown(page, name) for name in words} == {n: w.strip() for n, w in words.items()}, typed
    for typed in (*BROKEN, LONG * 3):
        answer = client.post(address, rows | dict.fromkeys(words, typed))
        assert answer.status_code == 200
        assert len(re.findall('class="errorlist', answer.content.decode())) >= len(words), typed


# Notes of the workflow


def test_notes_in_the_workflow(cast: Cast) -> None:
    story = ArticleFactory(created_by=cast.reporter)
    publish(story, cast, timezone.now())
    chief = logged_in(cast.chief)
    act = reverse("admin:articles_article_action", args=[story.pk])
    for typed in (*BROKEN, LONG):
        answer = chief.post(act, {"action": "correct", "note": typed})
        assert answer.status_code == 422, typed
        assert re.search("第\\d+个字是|文字太长", answer.content.decode()), typed
        assert html.escape(typed) in answer.content.decode(), "what was typed is given back"
    for typed in OWN:
        assert chief.post(act, {"action": "correct", "note": typed}).status_code == 302, typed
    assert [c.text for c in Correction.objects.order_by("pk")] == [typed.strip() for typed in OWN]
    page = html.unescape(Client().get(f"/articles/{story.pk}/").content.decode())
    panel = html.unescape(chief.get(change(story)).content.decode())
    for typed in OWN:
        for line in typed.strip().splitlines() or [typed.strip()]:
            assert line.strip() in page, typed
            assert line.strip() in panel, typed
    notice = "\n".join(OWN)
    answer = chief.post(act, {"action": "withdraw", "note": notice, "notice": notice})
    assert answer.status_code == 302
    gone = Client().get(f"/articles/{story.pk}/")
    assert gone.status_code == 410
    assert "{{ headline }}" in html.unescape(gone.content.decode())


# What is sought


def test_whatever_readers_search_for(cast: Cast) -> None:
    client = Client()
    for typed in (*STRINGS, LONG * 2):
        assert client.get("/search/", {"q": typed}).status_code == 200, typed
        words = {"q": typed, "section": typed, "region": typed, "from": typed, "to": typed}
        answer = client.get("/search/", words)
        named = typed.replace("\x00", "").strip()
        assert answer.status_code in ((404,) if named.isalnum() else (200, 404)), "there is no such section"
        said = re.search(r'name="q" value="(.*?)"', answer.content.decode(), re.DOTALL)
        assert said
        assert html.unescape(said[1]) == re.sub("[\x00-\x1f\x7f]", " ", typed).strip()[:100], typed


def test_whatever_the_newsroom_looks_up(cast: Cast) -> None:
    ArticleFactory(created_by=cast.reporter)
    client = logged_in(cast.chief)
    pages = [reverse(f"admin:articles_article_{name}") for name in ("names", "places", "words", "changelist")]
    pages += [reverse(f"admin:{name}") for name in ("media_photo_picker", "media_photo_changelist")]
    pages += [reverse(f"admin:people_{name}_changelist") for name in ("region", "reporter", "signature")]
    for typed in (*OWN, *BROKEN, LONG, "_%\\", "' OR 1=1 --", "(((((", "[a-z]{999999}"):
        for page in pages:
            assert client.get(page, {"q": typed}).status_code == 200, (page, typed)
        asked = {"app_label": "media", "model_name": "photocredit", "field_name": "reporter", "term": typed}
        answer = client.get(reverse("admin:autocomplete"), asked)
        assert answer.status_code == (400 if "\x00" in typed else 200), typed
