"""Readers' pages speak Chinese whatever the browser asks for; the admin speaks as its user chose."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.mark.django_db
def test_accept_language_changes_nothing(client: Client) -> None:
    plain = client.get("/admin/login/")
    english = client.get("/admin/login/", headers={"Accept-Language": "en"})
    assert 'lang="zh-hans"' in plain.text
    assert 'lang="zh-hans"' in english.text
    assert english.headers["Content-Language"] == "zh-hans"


@pytest.mark.django_db
def test_the_choice_is_kept_and_stays_in_the_admin(client: Client) -> None:
    chosen = client.post("/i18n/setlang/", {"language": "en", "next": "/admin/"})
    assert chosen.headers["Location"] == "/admin/"
    assert 'lang="en"' in client.get("/admin/login/").text
    assert client.get("/healthz").headers["Content-Language"] == "zh-hans"


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["fr", "zh-hans;x", "../en", "", "en\x00"])
def test_a_made_up_language_is_ignored(client: Client, value: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = value
    assert 'lang="zh-hans"' in client.get("/admin/login/").text


@pytest.mark.django_db
def test_next_never_leaves_the_site(client: Client) -> None:
    chosen = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in chosen.headers["Location"]


@pytest.mark.django_db
def test_choosing_needs_the_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/i18n/setlang/", {"language": "en"}).status_code == 403
    assert settings.LANGUAGE_COOKIE_NAME not in strict.cookies
