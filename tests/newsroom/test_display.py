"""What readers choose of how pages look: bounded, without scripts, and never a way out of the site."""

from __future__ import annotations

import pytest
from django.test import Client

from newsroom.lib.display import COOKIE, DEFAULT, VALUES, Display, changed, chosen

HOME = "http://testserver/"
pytestmark = pytest.mark.django_db


def look(client: Client) -> str:
    content = client.get("/").content.decode()
    return content[content.index("<html") : content.index(">", content.index("<html"))]


def test_a_cookie_has_few_values() -> None:
    assert len(VALUES) == 12
    assert all(str(chosen(value)) == value for value in VALUES)
    for nonsense in (None, "", "dark", "dark-3", "DARK-1", "dark-1 ", "elder-0; x=1", "x" * 10_000):
        assert chosen(nonsense) == DEFAULT
    assert changed(Display("dark", "1"), "pink", "99") == Display("dark", "1")


def test_one_thing_changes_at_a_time_and_stays(client: Client) -> None:
    assert 'data-theme="auto" data-size="0"' in look(client)
    for choice, shown in (
        ("theme=dark", 'data-theme="dark" data-size="0"'),
        ("size=2", 'data-theme="dark" data-size="2"'),
        ("theme=elder", 'data-theme="elder" data-size="2"'),
        ("theme=nonsense&size=-1", 'data-theme="elder" data-size="2"'),
    ):
        response = client.get(f"/display/?{choice}", headers={"referer": f"{HOME}search/?q=桥"})
        assert response["Location"] == "/search/?q=%E6%A1%A5"
        assert response["Cache-Control"] == "no-store"
        assert client.cookies[COOKIE]["samesite"] == "Lax"
        assert shown in look(client)
    client.get("/display/?theme=auto&size=0")
    assert client.cookies[COOKIE].value == "", "who looks as set needs no cookie"


def test_it_leads_back_to_our_own_pages_alone(client: Client) -> None:
    for referer in (
        "https://elsewhere.example/", "//elsewhere.example/", "http://testserver//elsewhere.example/",
        "http://testserver.elsewhere.example/", "javascript:alert(1)", "http://[", "/\\elsewhere.example", "",
        f"{HOME}display/?theme=dark",
    ):  # fmt: skip
        response = client.get("/display/?theme=dark", headers={"referer": referer})
        assert (response.status_code, response["Location"]) == (302, "/"), referer


def test_only_the_elder_edition_has_its_sheet(client: Client) -> None:
    for value in VALUES:
        client.cookies[COOKIE] = value
        content = client.get("/nowhere/").content.decode()
        assert ("elder.css" in content) is value.startswith("elder"), value
        assert ("返回普通版" in content) is value.startswith("elder"), value
