"""The door of the newsroom: it opens to the right password, and not to guessing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from people import login
from tests.cast import Cast
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def knock(username: str, password: str, address: str = "203.0.113.7", **more: Any) -> Any:
    words = {"username": username, "password": password}
    return Client().post(reverse("admin:login"), words, REMOTE_ADDR=address, **more)


def opens(username: str, password: str = PASSWORD, address: str = "203.0.113.7", **more: Any) -> bool:
    return bool(knock(username, password, address, **more).status_code == 302)


def guess(username: str, times: int, address: str = "203.0.113.7", **more: Any) -> None:
    for number in range(times):
        assert not opens(username, f"guess-{number}", address, **more)


def test_ten_failures_close_the_door_even_to_the_right_password(cast: Cast) -> None:
    guess(cast.chief.username, login.MOST_OF_ACCOUNT)
    refusal = knock("chief", PASSWORD)
    assert refusal.status_code == 200
    assert "登录失败的次数太多，请15分钟后再试" in refusal.content.decode()
    cache.clear()  # fifteen minutes later
    assert opens("chief")


def test_one_less_does_not(cast: Cast) -> None:
    guess(cast.chief.username, login.MOST_OF_ACCOUNT - 1)
    assert opens("chief")
    # And the count begins anew.
    guess("chief", login.MOST_OF_ACCOUNT - 1)
    assert opens("chief")


def test_the_owner_still_gets_in_from_elsewhere_and_others_from_here(cast: Cast) -> None:
    guess(cast.chief.username, login.MOST_OF_ACCOUNT + 1)
    assert not opens("chief")
    assert opens("chief", address="203.0.113.8")
    assert opens(cast.editor.username)


def test_guessing_at_many_accounts_closes_the_address(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "MOST_OF_ADDRESS", 12)
    for number in range(12):
        guess(f"nobody{number}", 1)
    assert not opens(cast.chief.username)
    assert opens("chief", address="203.0.113.8")


def test_the_refused_do_not_make_the_wait_longer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    guess(cast.chief.username, login.MOST_OF_ACCOUNT)
    monkeypatch.setattr(cache, "touch", lambda *_: pytest.fail("counted again"))
    guess("chief", 3)


def test_a_name_of_any_characters_is_a_name(cast: Cast) -> None:
    for name in (
        "x" * 5000,
        "名\u202e字",
        "a b\tc",
        "../../x",
        "\U0001f468\u200d\U0001f469",
        "'; DROP TABLE",
    ):
        guess(name, 2)
    assert not opens("\x00chief")


def test_an_account_without_a_role_counts_as_a_failure(cast: Cast) -> None:
    for _ in range(login.MOST_OF_ACCOUNT):
        assert not opens(cast.outsider.username)
    assert "次数太多" in knock("outsider", PASSWORD).content.decode()


def address_of(**meta: str) -> str:
    return login.address_of(RequestFactory().get("/", **meta))  # type: ignore[arg-type]


def test_where_a_request_comes_from(settings: Any) -> None:
    said = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.7"}
    assert (
        address_of(**said) == "10.0.0.1"
    )  # nobody in front of us: the header is the visitor's own invention
    settings.PRODUCTION = True
    assert address_of(**said) == "203.0.113.7"
    assert address_of(REMOTE_ADDR="10.0.0.1") == "10.0.0.1"
    assert address_of(REMOTE_ADDR="") == ""
    assert address_of(REMOTE_ADDR="2001:db8:1:2:aaaa::1") == address_of(REMOTE_ADDR="2001:db8:1:2:bbbb::9")
    assert address_of(REMOTE_ADDR="2001:db8:1:2::1") != address_of(REMOTE_ADDR="2001:db8:1:3::1")
