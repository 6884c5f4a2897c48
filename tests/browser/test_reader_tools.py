"""Beside showing pages: reading them aloud, their codes, the paper without a network."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, ArticlePhoto
from articles.workflow import perform as on_story
from newsroom.lib.blocks import picture
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.issues import IssueFactory, PageFactory, PlacementFactory, put_out
from tests.factories.media import PhotoFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
HOUR = timedelta(hours=1)
PHONE = {"viewport": {"width": 390, "height": 844}}
PAPER = "/papers/2026-11-20/1/"

# The browser's voice, as machines without sound lack it: it says nothing and is done when it is told to be.
VOICE = """
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  said: [], now: null,
  getVoices: () => ["en-US", "zh_CN"].map((lang) => ({ lang, localService: true, name: lang })),
  speak(utterance) { this.now = utterance; this.said.push(utterance.text); },
  cancel() { const cut = this.now; this.now = null; cut?.onerror?.({ error: "interrupted" }); },
}) });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.sayOn = () => { const done = speechSynthesis.now; speechSynthesis.now = null; done.onend(); };
"""
SAID, NOW = "speechSynthesis.said", "speechSynthesis.now?.text"
LONG = "渡口的老人说，" * 30 + "水落了。"


@pytest.fixture
def story(live_server: Any) -> Article:
    table = '<figure class="table"><table><tbody><tr><td>四千吨</td></tr></tbody></table></figure>'
    photo = PhotoFactory(width=800, height=600)
    article = ArticleFactory(
        headline="浮桥修好",
        lede="今晨七点通车。",
        body=f"<p>第一句。“第二句！”</p>{picture(photo.public_id)}{table}<ul><li>其一</li></ul><p>{LONG}</p>",
        photos=[photo],
    )
    ArticlePhoto.objects.update(caption="桥上的人。")
    return publish(article, Cast(), timezone.now() - HOUR)


# Reading aloud


def listen(new_page: Callable[..., Page], story: Article, **options: Any) -> Page:
    page = new_page(reduced_motion="reduce", **options)
    page.add_init_script(VOICE)
    page.goto(f"/articles/{story.pk}/")
    return page


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_without_a_voice_nothing_is_offered(page: Page, story: Article) -> None:
    page.add_init_script("speechSynthesis.getVoices = () => [{ lang: 'en-US' }]")
    page.goto(f"/articles/{story.pk}/")
    page.wait_for_load_state("load")
    expect(button(page, "听新闻")).to_be_hidden()


def test_it_reads_the_story_in_order_and_marks_where_it_is(
    new_page: Callable[..., Page], story: Article
) -> None:
    page = listen(new_page, story, **PHONE)
    button(page, "听新闻").click()
    expect(page.get_by_role("status").filter(has_text="正在朗读")).to_be_visible()
    while page.evaluate(NOW):
        expect(page.locator(".being-read")).to_have_count(1)
        expect(page.locator(".being-read")).to_be_in_viewport()
        words = page.evaluate(NOW)
        assert words.strip() in page.locator(".being-read").inner_text()
        assert len(words) <= 50, "no longer than the browser speaks without falling silent"
        page.evaluate("sayOn()")
    said = page.evaluate(SAID)
    order = ["浮桥修好", "今晨七点通车。", "第一句。", "“第二句！”", "桥上的人。", "其一", "渡口的老人说，"]
    places = [next(n for n, words in enumerate(said) if line in words) for line in order]
    assert places == sorted(places), said
    assert "".join(said).count(LONG) == 1
    assert "四千吨" not in "".join(said)
    assert "扫码" not in "".join(said)
    expect(page.locator(".being-read")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="读完了")).to_be_visible()


def test_keys_pause_go_on_and_stop(new_page: Callable[..., Page], story: Article) -> None:
    page = listen(new_page, story)
    button(page, "听新闻").focus()
    page.keyboard.press("Enter")
    page.evaluate("sayOn()")
    second = page.evaluate(NOW)
    page.keyboard.press("Enter")
    expect(button(page, "继续")).to_be_focused()
    assert page.evaluate(NOW) is None, "it is silent"
    page.keyboard.press("Enter")
    assert page.evaluate(NOW) == second, "it goes on where it was"
    page.get_by_label("语速").select_option("快")
    assert page.evaluate("[speechSynthesis.now.text, speechSynthesis.now.rate]") == [second, 1.5]
    button(page, "停止").focus()
    page.keyboard.press("Space")
    assert page.evaluate(NOW) is None
    expect(button(page, "听新闻")).to_be_focused()
    expect(button(page, "停止")).to_be_hidden()


def test_it_falls_silent_when_the_reader_leaves(new_page: Callable[..., Page], story: Article) -> None:
    page = listen(new_page, story)
    button(page, "听新闻").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate(NOW) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_is_content_while_it_reads(
    new_page: Callable[..., Page], story: Article, console_errors: list[str], scheme: str
) -> None:
    page = listen(new_page, story, color_scheme=scheme, **PHONE)
    button(page, "听新闻").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    console_errors[:] = [error for error in console_errors if "Applying inline style" not in error]


# The code


def test_a_camera_reads_the_page_s_address(page: Page, story: Article, settings: Any) -> None:
    settings.SITE_URL = "https://chaotou.example"
    page.goto(f"/articles/{story.pk}/")
    code = page.get_by_role("img", name="本页地址的二维码")
    code.scroll_into_view_if_needed()
    wait_until(
        lambda: code.evaluate("image => image.complete && image.naturalWidth > 0"), "the code is drawn"
    )
    with Image.open(io.BytesIO(code.screenshot())) as shot:
        read = zxingcpp.read_barcodes(shot)
    assert [found.text for found in read] == [f"https://chaotou.example/articles/{story.pk}/"]
    expect(page.get_by_text("扫码阅读手机版")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(code).to_be_visible()


# Without a network


@pytest.fixture
def stories(live_server: Any, cast: Cast) -> list[Article]:
    """A paper of two pages; a story on each."""
    issue = IssueFactory(date=date(2026, 11, 20), page_count=2)
    stories = [ArticleFactory(headline=line) for line in ("码头开港", "小桥通车")]
    for article in stories:
        PlacementFactory(page=PageFactory(issue=issue), article=article)
    put_out(issue, cast, timezone.now() - 2 * HOUR)
    for article in stories:
        article.refresh_from_db()
    return stories


KEPT = """async () => {
  const cache = await caches.has("paper") && await caches.open("paper");
  return cache ? (await cache.keys()).map(({ url }) => new URL(url).pathname) : [];
}"""


def take(page: Page) -> None:
    """Open the newest paper, keep it, and come back under the worker's eyes."""
    page.goto("/papers/latest/")
    page.get_by_role("button", name="离线阅读本期").click()
    expect(page.get_by_text("已存，没有网络也能读")).to_be_visible()


def test_the_paper_is_read_without_a_network(
    new_page: Callable[..., Page], stories: list[Article], console_errors: list[str]
) -> None:
    page = new_page(service_workers="allow", **PHONE)
    take(page)
    page.goto("/")
    page.context.set_offline(True)
    page.goto("/papers/latest/")
    expect(page.locator("h1")).to_contain_text("1")
    shown = page.locator(".plate img")
    wait_until(
        lambda: shown.evaluate("image => image.complete && image.naturalWidth > 0"), "the page's picture"
    )
    assert page.locator("body").evaluate("body => getComputedStyle(body).display") == "flex", (
        "its style is kept"
    )
    page.get_by_role("link", name="下一版").click()
    page.wait_for_url("**/papers/2026-11-20/2/")
    page.locator(".contents").get_by_role("link", name="小桥通车").click()
    expect(page.locator("h1")).to_have_text("小桥通车")
    page.goto("/sections/nothing/")
    expect(page.locator("h1")).to_have_text("现在没有网络")
    page.get_by_role("link", name="码头开港").click()
    expect(page.locator("h1")).to_have_text("码头开港")
    console_errors[:] = [error for error in console_errors if "Failed to load" not in error]


def test_what_was_withdrawn_is_not_kept(
    new_page: Callable[..., Page], stories: list[Article], cast: Cast, console_errors: list[str]
) -> None:
    page = new_page(service_workers="allow")
    take(page)
    bad, good = (f"/articles/{article.pk}/" for article in stories)
    assert {bad, good, PAPER, f"{PAPER}1080.png"} <= set(page.evaluate(KEPT))
    page.goto("/")
    page.context.set_offline(True)
    on_story("withdraw", stories[0], cast.chief, note="有误", now=timezone.now())
    page.context.set_offline(False)  # the browser says so, and the page asks the worker to look
    wait_until(
        lambda: not {bad, PAPER, f"{PAPER}1080.png"} & set(page.evaluate(KEPT)), "the story is dropped"
    )
    wait_until(lambda: good in page.evaluate(KEPT), "the other one is there")
    page.context.set_offline(True)
    page.goto(bad)
    expect(page.locator("h1")).to_have_text("现在没有网络")
    expect(page.get_by_role("link", name="小桥通车")).to_be_visible()
    expect(page.get_by_role("link", name="码头开港")).to_have_count(0)
    page.goto("/papers/2026-11-20/2/")
    expect(page.locator("body")).not_to_contain_text("码头开港")
    page.goto("/offline/")
    page.get_by_role("button", name="删除本机所存").click()
    wait_until(lambda: page.evaluate(KEPT) == [], "all is deleted")
    console_errors[:] = [error for error in console_errors if "Failed to load" not in error]


def test_the_newsroom_and_searches_are_never_kept(
    new_page: Callable[..., Page], stories: list[Article], cast: Cast, console_errors: list[str]
) -> None:
    page = new_page(cast.chief, service_workers="allow")
    take(page)
    for address in ("/admin/", "/search/?q=桥"):
        page.goto(address)
    assert all(not path.startswith(("/admin", "/search")) for path in page.evaluate(KEPT))
    page.goto("/")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/admin/")
    console_errors[:] = [error for error in console_errors if "Failed to load" not in error]
