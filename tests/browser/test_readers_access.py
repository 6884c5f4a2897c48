"""Everyone can read: by axe's rules, by keys, enlarged, without scripts, by day and night, in large type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

from tests.browser.readers_pages import twelve

pytestmark = pytest.mark.slow
MODES = ("light", "dark", "elder")
DAY, NIGHT = "rgb(247, 242, 231)", "rgb(22, 19, 15)"
WIDTHS = (320, 768, 1280)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Wider than the window, though nobody can scroll there to see it, is what hides within its own scroller.
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL = """
(least) => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter(e => e.checkVisibility())
  .filter(e => !e.closest(".skip, .unseen, .text p, .areas, .colophon-facts, [aria-hidden=true]"))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.height < least - .5 || box.width < least - .5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width}×${box.height}`)
"""


@pytest.fixture
def pages(live_server: Any) -> dict[str, str]:
    return twelve()


@pytest.fixture
def reader(new_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """`reader("dark-1", **options)`: a page of somebody who chose that."""

    def of(chosen: str, **options: Any) -> Page:
        page = new_page(**options)
        page.context.add_cookies([{"name": "display", "value": chosen, "url": live_server.url}])
        return page

    return of


@pytest.fixture(autouse=True)
def _expected(console_errors: list[str]) -> Any:
    """A refusal is written to the console; axe itself tries a style sheet, which our policy forbids."""
    yield
    noise = ("status of 404", "Applying inline style")
    console_errors[:] = [error for error in console_errors if not any(words in error for words in noise)]


def found_by_axe(page: Page) -> str:
    found = AxeResults(page.evaluate("rules => axe.run(document, rules)", RULES))
    return found.generate_report() if found.violations_count else ""


def test_axe_is_content_and_nothing_is_too_wide(
    reader: Callable[..., Page], live_server: Any, console_errors: list[str]
) -> None:
    pages = twelve(more=30)
    assert len(pages) == 12
    wrong = []
    for mode in MODES:
        page = reader(f"{mode}-0")
        for kind, address in pages.items():
            page.goto(address)
            assert page.locator("html").get_attribute("data-theme") == mode
            page.evaluate(AXE_SCRIPT)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate(TOO_WIDE):
                    wrong.append(f"{kind}, {mode}, {width}: wider than the window")
                if report := found_by_axe(page):
                    wrong.append(f"{kind}, {mode}, {width}: {report}")
    assert not wrong, "\n".join(wrong)


def test_the_elder_edition_is_large(
    reader: Callable[..., Page], pages: dict[str, str], console_errors: list[str]
) -> None:
    """Text of 26 pixels and targets of 44; a way back on top of every page. At the largest, too, and on the
    narrowest (320 pixels are also a desk of 640 at 200%), nothing is scrolled sideways.
    """
    wrong = []
    for chosen in ("auto-2", "elder-2"):
        page = reader(chosen, viewport={"width": 320, "height": 640})
        for kind, address in pages.items():
            page.goto(address)
            if page.evaluate(TOO_WIDE):
                wrong.append(f"{kind} in {chosen}")
    assert not wrong
    page = reader("elder-0", viewport={"width": 390, "height": 844})
    small = {}
    for kind, address in pages.items():
        page.goto(address)
        back = page.locator(".edition button")
        expect(back).to_have_text("返回普通版")
        expect(back).to_be_in_viewport()
        if found := page.evaluate(SMALL, 44):
            small[kind] = found
    assert not small
    page.goto(pages["story"])
    size = page.locator(".text p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    assert size >= 26
    back.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "auto")
    assert page.url.endswith(pages["story"])


LIT = """
() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  if (e === document.body) return null;
  const style = getComputedStyle(e);
  return { name: e.outerHTML.slice(0, 120), seen: box.width > 1 && box.height > 1,
    lit: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
}
"""
STOPS = """
[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select")]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0 && !e.disabled).length
"""


def test_keys_reach_everything_and_show_where_they_are(
    reader: Callable[..., Page], pages: dict[str, str], console_errors: list[str]
) -> None:
    the_first_key_skips_to_the_text(reader("auto-0"), pages["story"])
    for mode in ("light", "elder"):
        page = reader(f"{mode}-0")
        for kind in ("home", "story", "search", "papers", "e-paper", "missing"):
            page.goto(pages[kind])
            page.evaluate("document.activeElement.blur()")  # search begins in its field
            page.evaluate("getSelection().setPosition(document.body, 0)")
            stops, reached = page.evaluate(STOPS), 0
            page.keyboard.press("Tab")
            while found := page.evaluate(LIT):
                reached += 1
                assert found["seen"], (kind, mode, found)
                assert found["lit"], (kind, mode, found)
                page.keyboard.press("Tab")
                assert reached <= 2 * stops + 10, "the focus is caught"
            assert reached >= stops, (kind, mode)


def the_first_key_skips_to_the_text(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_was_chosen_stays(new_page: Callable[..., Page], pages: dict[str, str]) -> None:
    """At once with scripts, by the server without; the page, with its query, is the same one."""
    for scripts in (True, False):
        page = new_page(java_script_enabled=scripts)
        page.goto(pages["search"])
        loads = chosen_by_hand(page, page.url)
        assert bool(loads) is not scripts
        html = page.locator("html")
        page.goto(pages["story"])
        expect(html).to_have_css("background-color", NIGHT)
        page.get_by_role("button", name="适老版").first.click()
        expect(html).to_have_css("background-color", "rgb(255, 255, 255)")
        page.goto(pages["home"])
        page.get_by_role("button", name="返回普通版").first.click()
        expect(html).to_have_attribute("data-theme", "auto")


def chosen_by_hand(page: Page, here: str) -> list[str]:
    """Dark, then the largest type; the pages that were loaded for it."""
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
    for choice, size in (("深色", "16px"), ("特大", "22px")):
        button = page.get_by_role("button", name=choice, exact=True)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("html")).to_have_css("background-color", NIGHT)
        expect(page.locator("html")).to_have_css("font-size", size)
        assert page.url == here
    return list(loads)


def test_night_is_the_system_s_or_the_reader_s(reader: Callable[..., Page], live_server: Any) -> None:
    for chosen, system, colour in (
        ("auto-0", "dark", NIGHT),
        ("auto-0", "light", DAY),
        ("light-0", "dark", DAY),
        ("dark-0", "light", NIGHT),
    ):
        page = reader(chosen, color_scheme=system)
        page.goto("/")
        expect(page.locator("html")).to_have_css("background-color", colour)


def test_without_scripts_everything_is_read_and_found(
    new_page: Callable[..., Page], pages: dict[str, str]
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/")
    page.locator(".lead h2 a").click()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator(".text")).to_be_visible()
    page.locator("#q-top").fill("新桥")
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_contain_text("新桥")
    page.goto(pages["missing"])
    page.locator("#q-top").fill("渡口")
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_contain_text("渡口")
