"""A real Chromium, the one that Debian packages."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def console_errors() -> Iterator[list[str]]:
    """Errors in any page's console, CSP refusals among them.

    One left at the end fails the test: `clear()` those that it provoked on purpose (a 404 writes one).
    """
    errors: list[str] = []
    yield errors
    assert errors == [], "errors in the browser's console"


@pytest.fixture
def new_page(browser: Browser, live_server: Any, console_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """`new_page(user=None, **options)`: a page in a context of its own, so that several people can be there.

    `user` is logged in by a session of the database. `options` go to playwright's `new_context`, such as
    `viewport={"width": 390, "height": 844}`, `java_script_enabled=False` or `color_scheme="dark"`. Addresses
    may be relative.
    """
    contexts: list[BrowserContext] = []

    def watch(message: ConsoleMessage) -> None:
        if message.type == "error":
            console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open_page(user: Any = None, **options: Any) -> Page:
        options = {
            "locale": "zh-CN",
            "viewport": {"width": 1280, "height": 900},
            "service_workers": "block",  # it is a test's of its own, and asks for things after others' end
        } | options
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", watch)
        context.on("weberror", lambda error: console_errors.append(str(error.error)))
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page at desk width, nobody logged in."""
    return new_page()


def session_cookie(user: Any, url: str) -> Any:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
