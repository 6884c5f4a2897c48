"""What must hold at every address there is: looking changes nothing, forged requests change nothing, no way
leads off the site, and each answer tells the browser to be careful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from people.models import User
from tests.factories.people import PASSWORD
from tests.newsroom.addresses import routes
from tests.newsroom.bureau import Bureau, Visitor, build, client_of, writes

pytestmark = pytest.mark.django_db

CSP = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
}
# Where a decision is made; the pages that offer them are others.
POST_ONLY = {
    "admin:articles_article_action",
    "admin:articles_article_claim",
    "admin:articles_article_hold",
    "admin:articles_article_restore",
    "admin:articles_article_autosave",
    "admin:articles_article_autosave_new",
    "admin:logout",
    "admin:media_photo_block",
    "admin:media_photo_retry",
    "admin:media_photo_unblock",
    "admin:media_photo_upload",
    "articles:editor_upload",
}
# What a browser would take for another site, or for a program, in one of its readings.
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "http:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//evil.example\\@testserver/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//testserver/",
    "data:text/html,<script>alert(1)</script>",
    "/\x00/evil.example",
    "//[evil",
    "/admin/\r\nLocation: https://evil.example/",
]


@pytest.fixture
def bureau() -> Bureau:
    return build(timezone.now())


# Looking


@pytest.mark.parametrize("who", ["nobody", "reporter", "chief", "superuser"])
def test_looking_changes_nothing(bureau: Bureau, who: str) -> None:
    """Every address, for the chief with each story; nothing breaks either."""
    client = client_of(None if who == "nobody" else getattr(bureau.cast, who))
    stories = list(bureau.stories.values()) if who == "chief" else [bureau.stories["review"]]
    broken, written = [], []
    for route in routes():
        for story in stories if route.about_a_story or "article_id" in route.parameters else stories[:1]:
            address = bureau.address(route, story)
            with writes() as found:
                status = client.get(address).status_code
            written += [f"{address}: {sql}" for sql in found]
            broken += [f"{address}: {status}"] * (status >= 500 and route.name != "readyz")
    assert written == []
    assert broken == []


def test_asking_for_more_changes_nothing(bureau: Bureau) -> None:
    """What pages add to addresses: popups, restoring, choosing, and an action's own words."""
    client = client_of(bureau.cast.chief)
    client.post(reverse("admin:articles_article_autosave_new"), "[]", content_type="application/json")
    queries = [
        "?restore=1&revision=1&a=1&b=live", "?_popup=1&_to_field=id&all=", "?q=新桥&page=1&next=/admin/",
        "?action=withdraw&note=x&reason=x&_selected_action=1&index=0&_then=withdraw&held=1&number=1&take=body",
    ]  # fmt: skip
    for route in routes():
        if route.about_a_story or route.name.endswith(("_changelist", "_picker", "admin:index")):
            for query in queries:
                with writes() as found:
                    status = client.get(bureau.address(route) + query).status_code
                assert found == [], (route.template, query)
                assert status < 500, (route.template, query)


def test_decisions_are_not_for_looking_at(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief)
    found = {r.name for r in routes() if client.get(bureau.address(r)).status_code == 405}
    assert found >= POST_ONLY


def test_readers_pages_take_no_posts(bureau: Bureau) -> None:
    client = Visitor()
    for route in routes():
        if not route.in_newsroom and route.name != "set_language":
            assert client.post(bureau.address(route), {"q": "x"}).status_code in (404, 405), route


# Forged requests


def test_a_post_without_its_token_changes_nothing(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief, enforce_csrf_checks=True)
    words = {
        "action": "withdraw", "note": "x", "reason": "x", "held": "1", "number": "1", "language": "en",
        "headline": "伪造", "post": "yes", "_then": "withdraw", "next": "/", "name": "伪造",
    }  # fmt: skip
    for route in routes():
        with writes() as found:
            response = client.post(bureau.address(route), words)
        assert response.status_code == 403, route
        assert found == [], route
        assert settings.LANGUAGE_COOKIE_NAME not in client.cookies, route


def test_a_token_from_another_site_changes_nothing(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief, enforce_csrf_checks=True)
    client.get(reverse("admin:password_change"))
    token = client.cookies["csrftoken"].value
    address = reverse("admin:articles_article_action", args=[bureau.stories["published"].pk])
    words = {"action": "withdraw", "note": "伪造", "csrfmiddlewaretoken": token}
    with writes() as found:
        assert client.post(address, words, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert found == []
    assert client.post(address, words, HTTP_ORIGIN="http://testserver").status_code == 302


def test_the_refusal_of_a_token_says_what_to_do() -> None:
    response = Visitor(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "x"})
    assert response.status_code == 403
    assert "后退" in response.content.decode()


# Ways off the site


def leads_to(location: str) -> str:
    """The host a browser goes to: to it, controls are nothing and a backslash is a slash."""
    address = "".join(c for c in location if c >= " ").strip().replace("\\", "/")
    parts = urlsplit(urljoin("http://testserver/admin/", address))
    return parts.netloc if parts.scheme in ("http", "https") else parts.scheme


def test_no_parameter_leads_off_the_site(bureau: Bureau) -> None:
    found = {(place, answer["Location"]) for place, answer in ways_on(bureau) if "Location" in answer}
    assert {place for place, _ in found} >= {
        "login",
        "logged in",
        "hold",
        "claim",
        "action",
        "language",
        "referer",
    }
    assert {(place, address) for place, address in found if leads_to(address) != "testserver"} == set()


def ways_on(bureau: Bureau) -> Iterator[tuple[str, Any]]:
    """Each address of ELSEWHERE, put wherever the site takes one to go on to, with what it answers."""
    login, language = reverse("admin:login"), reverse("set_language")
    hold, claim, act = (
        reverse(f"admin:articles_article_{name}", args=[bureau.stories["draft"].pk])
        for name in ("hold", "claim", "action")
    )
    chief = client_of(bureau.cast.chief)
    for to in ELSEWHERE:
        words = {"username": "chief", "password": PASSWORD, "next": to}
        yield "login", Visitor().post(login, words)
        yield "login by address", Visitor().post(f"{login}?next={quote(to)}", words | {"next": ""})
        yield "logged in", chief.get(login, {"next": to})
        yield "hold", chief.post(hold, {"held": "1", "next": to})
        yield "claim", chief.post(f"{claim}?next={quote(to)}")
        yield "action", chief.post(act, {"action": "submit", "next": to})
        yield "action", chief.post(act, {"action": "return", "note": "x", "next": to})
        yield "language", Visitor().post(language, {"language": "en", "next": to})
        yield "referer", Visitor().post(language, {"language": "en"}, HTTP_REFERER=to.replace("\r\n", ""))


def test_next_leads_on_within_the_site(bureau: Bureau) -> None:
    address = reverse("admin:articles_article_hold", args=[bureau.stories["draft"].pk])
    answer = client_of(bureau.cast.chief).post(address, {"held": "1", "next": "/admin/?q=1"})
    assert answer["Location"] == "/admin/?q=1"


# What browsers are told


def test_every_page_carries_its_safety_headers(bureau: Bureau) -> None:
    story = bureau.stories["published"]
    pages = ["/", f"/articles/{story.pk}/", "/search/?q=x", "/feeds/rss.xml", "/nowhere", "/admin/login/"]
    pages += [reverse("admin:index"), reverse("admin:articles_article_changelist")]
    of_story = ("change", "preview", "preview_page")
    pages += [reverse(f"admin:articles_article_{name}", args=[story.pk]) for name in of_story]
    client = client_of(bureau.cast.chief)
    for page in [*pages, f"/photos/{bureau.photo.public_id}/w320.webp"]:
        answer = client.get(page)
        policy = {directive.strip() for directive in answer["Content-Security-Policy"].split(";")}
        assert policy - {""} == CSP, page
        assert answer["X-Content-Type-Options"] == "nosniff", page
        assert answer["X-Frame-Options"] == "SAMEORIGIN", page
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin", page
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", page
        if page.startswith("/admin/"):
            assert "no-store" in answer["Cache-Control"], page
            assert "private" in answer["Cache-Control"], page


def test_cookies_stay_with_the_browser_and_the_site(bureau: Bureau) -> None:
    client = Visitor()
    client.get(reverse("admin:login"))
    client.post(reverse("admin:login"), {"username": "chief", "password": PASSWORD})
    client.post(reverse("set_language"), {"language": "en"})
    for name in ("sessionid", "csrftoken", settings.LANGUAGE_COOKIE_NAME):
        assert client.cookies[name]["samesite"] == "Lax", name
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name


def test_readers_get_no_cookies(bureau: Bureau) -> None:
    client = Visitor()
    for route in routes():
        if not route.in_newsroom:
            client.get(bureau.address(route))
    assert not client.cookies


# Sessions


def test_logging_in_begins_a_new_session_and_logging_out_ends_it(bureau: Bureau) -> None:
    client = Visitor()
    client.post(reverse("admin:login"), {"username": "reporter", "password": PASSWORD})
    first = client.cookies["sessionid"].value
    client.post(reverse("admin:login"), {"username": "chief", "password": PASSWORD})
    second = client.cookies["sessionid"].value
    assert first != second
    client.post(reverse("admin:logout"))
    client.cookies["sessionid"] = second
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_new_password_ends_the_other_sessions(bureau: Bureau) -> None:
    here, elsewhere = client_of(bureau.cast.chief), client_of(bureau.cast.chief)
    fresh = "临港-潮水-2026"
    words = {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    assert here.post(reverse("admin:password_change"), words).status_code == 302
    assert here.get(reverse("admin:index")).status_code == 200
    assert elsewhere.get(reverse("admin:index")).status_code == 302


def test_an_account_that_is_closed_is_out_at_once(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief)
    address = reverse("admin:articles_article_action", args=[bureau.stories["published"].pk])
    User.objects.filter(username="chief").update(is_active=False)
    with writes() as found:
        assert client.post(address, {"action": "withdraw", "note": "x"}).status_code == 302
        assert client.get(reverse("admin:index")).status_code == 302
    assert found == []
    bureau.stories["published"].refresh_from_db()
    assert bureau.stories["published"].status == "published"


def test_a_session_does_not_last_for_ever() -> None:
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) <= timedelta(days=14)
