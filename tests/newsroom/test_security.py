"""Headers that every answer carries, and what a real browser makes of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/no-such-page/"])
def test_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split(";")}
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts(client: Client) -> None:
    get_user_model().objects.create_superuser("chief-admin", password="a long one indeed")
    answer = client.post("/admin/login/", {"username": "chief-admin", "password": "a long one indeed"})
    assert answer.status_code == 302
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


@pytest.mark.django_db
def test_login_never_leaves_the_site(client: Client) -> None:
    get_user_model().objects.create_superuser("chief-admin", password="a long one indeed")
    form = {"username": "chief-admin", "password": "a long one indeed", "next": "//evil.example/"}
    assert "evil" not in client.post("/admin/login/", form).headers["Location"]


def test_a_person_logs_in(page: Page) -> None:
    get_user_model().objects.create_superuser("chief-admin", password="a long one indeed")
    page.goto("/admin/")
    page.get_by_label("用户名").fill("chief-admin")
    page.get_by_label("密码").fill("a long one indeed")
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url("/admin/")
    expect(page.get_by_text("新闻编辑部").first).to_be_visible()


def test_an_inline_script_does_not_run(new_page: Callable[..., Page], console_errors: list[str]) -> None:
    page = new_page(get_user_model().objects.create_superuser("chief-admin"))
    page.goto("/admin/password_change/")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
    }""")
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in console_errors.pop()
