"""The e-paper in a real browser: by mouse, by keys, by finger, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from articles.workflow import perform as on_story
from issues.models import GuideEntry
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.issues import IssueFactory, PageFactory, PlacementFactory, put_out, released_issue
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

LONG = "从“有没有”到“好不好” 从“跟着走”到“领着跑” 临港开发区推进公共服务均等化纪实"
PAGE = "/papers/2026-11-20/1/"
INNER = "/papers/2026-11-20/2/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def stories(live_server: Any) -> list[Article]:
    """Three papers; the stories of page one of the middle one, of which the first stands in two boxes."""
    cast, now = Cast(), timezone.now() - timedelta(hours=2)
    for on in (date(2026, 11, 13), date(2026, 11, 27)):
        released_issue(now, cast, 1, date=on, total_number=on.toordinal())
    issue = IssueFactory(date=date(2026, 11, 20), number=47, total_number=652, page_count=3)
    front, inner, hidden = PageFactory(issue=issue), PageFactory(issue=issue), PageFactory(issue=issue)
    stories = [ArticleFactory(headline=line) for line in (LONG, "左下的稿", "右下的稿")]
    PlacementFactory(page=front, article=stories[0], rows=10)
    PlacementFactory(page=front, article=stories[1], row=10, rows=20, cols=3)
    PlacementFactory(page=front, article=stories[2], row=10, rows=20, col=3, cols=3)
    PlacementFactory(page=front, article=stories[0], row=30, rows=6, cols=4)
    PlacementFactory(page=front, kind="guide", row=30, rows=6, col=4, cols=2)
    GuideEntry.objects.create(issue=issue, page_number=2, headline=LONG)
    PlacementFactory(page=inner, article=ArticleFactory(headline="里页的头条"), rows=30)
    bad = ArticleFactory()
    PlacementFactory(page=hidden, article=bad)
    put_out(issue, cast, now)
    bad.refresh_from_db()
    on_story("withdraw", bad, cast.chief, note="有误", now=now + timedelta(hours=1))
    return stories


def read(page: Page, address: str = PAGE) -> None:
    page.goto(address)
    page.wait_for_load_state("load")


def box_of(element: Locator) -> Any:
    box = element.bounding_box()
    assert box is not None
    return box


def areas(page: Page) -> Locator:
    return page.locator(".areas a")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen_and_axe_is_content(
    new_page: Callable[..., Page], stories: list[Article], console_errors: list[str], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    for address in ("/papers/", "/papers/?month=2026-11", PAGE, INNER, "/papers/2026-11-20/3/", "/"):
        read(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    read(page)
    page.get_by_role("button", name="放大").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # A refusal is written to the console too; axe itself tries a style sheet, which our policy forbids.
    noise = ("status of 410", "Applying inline style")
    console_errors[:] = [error for error in console_errors if not any(words in error for words in noise)]


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False, **PHONE}], ids=["desk", "phone"])
def test_every_area_leads_to_its_story(
    new_page: Callable[..., Page], stories: list[Article], options: dict[str, Any]
) -> None:
    page = new_page(**options)
    wanted = [stories[0], stories[0], stories[1], stories[2]]
    for number, story in enumerate(wanted):
        read(page)
        areas(page).nth(number).scroll_into_view_if_needed()
        box = box_of(areas(page).nth(number))
        press = page.touchscreen.tap if options else page.mouse.click
        press(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url(f"**/articles/{story.pk}/")
        expect(page.locator("h1")).to_contain_text(story.headline[:4])


def test_the_page_is_as_large_as_the_screen_allows(
    new_page: Callable[..., Page], stories: list[Article]
) -> None:
    for width, least in ((390, 375), (1280, 780), (1920, 1180)):
        page = new_page(viewport={"width": width, "height": 900})
        read(page)
        box = box_of(page.locator(".plate"))
        assert box["width"] >= least
        assert box["width"] / box["height"] == pytest.approx(273 / 393, abs=0.01)


def test_a_story_is_one_stop_of_the_tab_key(page: Page, stories: list[Article]) -> None:
    read(page)
    page.locator(".turn a").last.focus()
    while page.evaluate("!document.activeElement.closest('.areas')"):
        page.keyboard.press("Tab")
    names = []
    while page.evaluate("document.activeElement.closest('.areas') !== null"):
        names.append(page.evaluate("document.activeElement.textContent"))
        frames = page.evaluate(
            "[...document.activeElement.closest('li').querySelectorAll('a')]"
            ".map(a => getComputedStyle(a).outlineColor)"
        )
        assert set(frames) == {"rgb(179, 38, 26)"}, "all boxes of the story are framed"
        page.keyboard.press("Tab")
    *told, entry = names
    assert told == [story.headline for story in stories]
    assert entry == f"导读：{LONG}，第2版", "the guide leads on as well"
    assert areas(page).first.evaluate("a => getComputedStyle(a).outlineColor") == "rgba(0, 0, 0, 0)"
    assert page.get_by_role("link", name="左下的稿").count() == 2, "on the page and in the list"


def test_arrow_keys_turn_pages(page: Page, stories: list[Article]) -> None:
    read(page)
    page.keyboard.press("ArrowLeft")  # there is none before page one
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{INNER}")
    page.locator("#q-top").fill("桥")
    page.keyboard.press("ArrowLeft")  # somebody types
    page.locator("h1").click()
    assert page.url.endswith(INNER)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{PAGE}")


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """One finger, by the browser's own means, so that it is really it who judges."""
    page.wait_for_function("performance.getEntriesByType('paint').length > 0")  # before, it drops touches
    session = page.context.new_cdp_session(page)
    steps = 5

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", start)
    for n in range(1, steps + 1):
        part = n / steps
        send("touchMove", (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    send("touchEnd")


def test_swipes_turn_pages_on_a_phone(new_page: Callable[..., Page], stories: list[Article]) -> None:
    page = new_page(**PHONE)
    read(page)
    swipe(page, (200, 500), (190, 440))  # down the page
    swipe(page, (200, 400), (170, 400))  # a trembling finger
    page.wait_for_timeout(300)
    assert page.url.endswith(PAGE)
    swipe(page, (300, 400), (100, 410))
    page.wait_for_url(f"**{INNER}")
    page.wait_for_load_state("load")
    swipe(page, (100, 400), (300, 390))
    page.wait_for_url(f"**{PAGE}")


def test_the_page_is_enlarged_in_its_place(new_page: Callable[..., Page], stories: list[Article]) -> None:
    page = new_page(**PHONE)
    read(page)
    page.get_by_role("button", name="放大").tap()
    plate = page.locator(".plate")
    assert box_of(plate)["width"] >= 1200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shown = "document.querySelector('.plate img').currentSrc"
    wait_until(lambda: page.evaluate(shown).endswith("/2160.png"), "the largest picture")
    page.locator(".window").evaluate("view => view.scrollTo(0, 700)")
    swipe(page, (300, 400), (100, 400))  # moves the enlarged page
    page.wait_for_timeout(300)
    assert page.url.endswith(PAGE)
    page.wait_for_timeout(1000)  # a tap stops what still glides, and does nothing else
    page.get_by_role("button", name="还原").tap()
    assert box_of(plate)["width"] == 390
    page.get_by_role("button", name="放大").tap()
    page.locator(".window").evaluate("view => view.scrollTo(0, 500)")
    page.touchscreen.tap(150, 400)
    page.wait_for_url(f"**/articles/{stories[1].pk}/")


def test_without_scripts_links_do_it(new_page: Callable[..., Page], stories: list[Article]) -> None:
    page = new_page(java_script_enabled=False)
    read(page)
    expect(page.get_by_role("link", name="放大")).to_have_attribute("href", f"{PAGE}2160.png")
    page.get_by_role("link", name="下一版").click()
    page.wait_for_url(f"**{INNER}")
    page.get_by_role("link", name="上一期").click()
    page.wait_for_url("**/papers/2026-11-13/1/")
    page.get_by_role("link", name="往期").click()
    page.wait_for_url("**/papers/?month=2026-11")
    page.get_by_role("link", name="11月20日的报纸").click()
    page.wait_for_url(f"**{PAGE}")
    page.get_by_role("navigation", name="本期各版").get_by_role("link", name="里页的头条").click()
    page.get_by_role("link", name="2026年11月20日第2版").click()
    page.wait_for_url(f"**{INNER}")


def test_the_right_picture_is_fetched_and_nothing_moves(
    new_page: Callable[..., Page], stories: list[Article]
) -> None:
    for width, ratio, wanted in ((390, 1, "480"), (390, 2, "1080"), (1280, 1, "1080"), (1280, 2, "2160")):
        page = new_page(viewport={"width": width, "height": 844}, device_scale_factor=ratio)
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(shifts => shifts.getEntries().forEach("
            "shift => window.moved += shift.value)).observe({type: 'layout-shift', buffered: true})"
        )
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        read(page)
        page.wait_for_load_state("networkidle")
        whole = [url for url in asked if PAGE in url and url.endswith(".png") and "240" not in url]
        assert [url.rpartition("/")[2] for url in whole] == [f"{wanted}.png"]
        assert page.evaluate("window.moved") < 0.02
