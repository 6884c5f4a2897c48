"""The readers' site in a real browser: narrow phone and desk, by day and by night, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from articles.models import ArticlePhoto
from articles.workflow import perform
from issues.models import Issue, Masthead
from newsroom.lib.blocks import picture
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.slow
LONG = "从“有没有”到“好不好” 从“跟着走”到“领着跑” 临港开发区推进公共服务均等化纪实"
WIDE = "".join(f"<td>第{n}季度增加值（亿元）</td>" for n in range(9))
UNBROKEN = "https://news.example.com/" + "a1b2c3" * 40


@pytest.fixture
def addresses(live_server: Any) -> list[str]:
    """Pages with what is hardest to set: long and unbroken lines, wide tables, pictures of all shapes."""
    cast, now = Cast(), timezone.now()
    section = SectionFactory(name="要闻", slug="yaowen", parent=SectionFactory(name="新闻", slug="xinwen"))
    photos = [PhotoFactory(width=w, height=h) for w, h in [(1600, 700), (600, 1400), (800, 600), (500, 900)]]
    table = f'<figure class="table"><table><tbody><tr>{WIDE}</tr></tbody></table></figure>'
    rich = ArticleFactory(
        kicker=LONG,
        headline=LONG,
        subheadline=LONG,
        section=section,
        series=SeriesFactory(slug="daan", logo=photos[2]),
        body=f"<p>{UNBROKEN}</p>{picture(photos[1].public_id)}{table}",
        source=LONG,
        source_url=UNBROKEN,
        photos=photos,
        tags=["港口"],
    )
    ArticlePhoto.objects.filter(photo=photos[3]).update(joined=True)
    publish(rich, cast, now - timedelta(hours=2))
    perform("correct", rich, cast.chief, note=UNBROKEN, now=now)
    plain = publish(ArticleFactory(headline="0" * 120), cast, now - timedelta(hours=1))
    withdrawn = publish(ArticleFactory(), cast, now - timedelta(hours=3))
    perform("withdraw", withdrawn, cast.chief, note="原因", notice=UNBROKEN, now=now)
    masthead = Masthead.objects.create(title="临港经济技术开发区报", organ=LONG[:60])
    Issue.objects.create(masthead=masthead, date=date(2018, 7, 5), number=26, total_number=604, banner=LONG)
    lists = ["/sections/xinwen/", "/series/daan/", "/tags/gang-kou/", "/search/?q=桥", "/papers/"]
    pages = ["/", *lists, "/nowhere/"]
    return [*pages, *(f"/articles/{article.pk}/" for article in (rich, plain, withdrawn))]


def read(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("load")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen_and_axe_is_content(
    new_page: Callable[..., Page], addresses: list[str], console_errors: list[str], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in addresses:
        read(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    # A refusal is written to the console too; axe itself tries a style sheet, which our policy forbids.
    noise = ("status of 404", "status of 410", "Applying inline style")
    console_errors[:] = [error for error in console_errors if not any(words in error for words in noise)]


def test_pages_need_no_scripts_and_show_their_pictures(
    new_page: Callable[..., Page], addresses: list[str]
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    read(page, addresses[7])
    assert page.locator("script:not([type='application/ld+json'], [type=module])").count() == 0  # data
    shown = page.locator("article .picture img")
    assert shown.count() == 4
    for image in shown.all():
        image.scroll_into_view_if_needed()
        box = image.bounding_box()
        assert box is not None
        assert box["width"] > 80
        assert box["x"] + box["width"] <= 391


def test_nothing_moves_after_the_first_paint(new_page: Callable[..., Page], addresses: list[str]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(shifts => shifts.getEntries().forEach("
        "shift => window.moved += shift.value)).observe({type: 'layout-shift', buffered: true})"
    )
    for address in (addresses[0], addresses[7]):
        read(page, address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < 0.02, address


def test_measure_of_a_story(new_page: Callable[..., Page], addresses: list[str]) -> None:
    """30 to 36 characters of at least 18 pixels, leading 1.8; no piece of a headline is one character."""
    page = new_page(viewport={"width": 1280, "height": 900})
    read(page, addresses[7])
    size, leading, width = page.evaluate(
        "(() => { const t = document.querySelector('.text'), s = getComputedStyle(t);"
        " return [parseFloat(s.fontSize), parseFloat(s.lineHeight), t.clientWidth] })()"
    )
    assert size >= 18
    assert leading / size >= 1.8
    assert 30 <= width / size <= 36
    alone = page.evaluate(
        "[...document.querySelectorAll('h1 .piece')].filter(p => p.getClientRects()[0].width"
        " < 2 * parseFloat(getComputedStyle(p).fontSize)).length"
    )
    assert alone == 0
