"""The page composer as the layout desk uses it: by mouse and by keys, undone, two at once, by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from issues.models import Page as PaperPage
from issues.models import Placement
from media import pdfium
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.media import PhotoFactory
from tests.issues import paper
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
NewPage = Callable[..., Page]
TEXT = "<p>" + "新桥今日通车，两岸居民盼了三年。" * 25 + "</p>"


@pytest.fixture
def sheet(transactional_db: None, now: datetime) -> PaperPage:
    """Page one of two, with the masthead in its upper six rows."""
    return paper.issue(now).pages.get(number=1)


def story(cast: Cast, headline: str, body: str = TEXT, **fields: Any) -> Article:
    return ArticleFactory(headline=headline, body=body, created_by=cast.reporter, **fields)


def address(page: PaperPage) -> str:
    return f"/admin/issues/page/{page.pk}/compose/"


def opened(page: Page, paper_page: PaperPage) -> Page:
    page.goto(address(paper_page))
    return settled(page)


def settled(page: Page) -> Page:
    """The page's picture is there, and everything that was done is in it."""
    page.locator("[data-picture]:not([hidden])").wait_for()
    expect(page.locator("#composer")).not_to_have_class(re.compile("is-saving"))
    expect(page.locator(".box.is-changing")).to_have_count(0)
    return page


def box(page: Page, name: str) -> Locator:
    return page.locator(".box", has_text=name)


def listed(page: Page, headline: str) -> Locator:
    return page.locator("[data-rows=stories] > li", has_text=headline)


def cell(page: Page, col: float, row: float, corner: bool = False) -> tuple[float, float]:
    """The middle of a grid cell, or its lower right corner, in pixels of the window."""
    bounds = page.locator("[data-sheet]").bounding_box()
    assert bounds is not None
    column, gutter, height = (240 - 5 * 4) / 6, 4, 350 / 40
    left, top = (273 - 240) / 2, (393 - 350) / 2 + 0.5
    share = 1 if corner else 0.5
    x = left + col * (column + gutter) + column * share
    y = top + row * height + height * share
    return bounds["x"] + x / 273 * bounds["width"], bounds["y"] + y / 393 * bounds["height"]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 6, start[1] + 6)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def middle(locator: Locator) -> tuple[float, float]:
    bounds = locator.bounding_box()
    assert bounds is not None
    return bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2


def place_of(name: str) -> tuple[int, int, int, int] | None:
    found = Placement.objects.filter(article__headline=name).first()
    return (found.col, found.row, found.cols, found.rows) if found else None


def becomes(name: str, where: tuple[int, int, int, int] | None) -> None:
    wait_until(lambda: place_of(name) == where, f"{name} at {where}")


def test_a_page_is_made_with_the_mouse(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    story(cast, "大桥通车", TEXT * 2)
    story(cast, "公交改线")
    page = opened(new_page(cast.layout), sheet)
    before = page.locator("[data-picture]").get_attribute("src")

    # Onto the empty page, near its upper left.
    row = listed(page, "大桥通车")
    start = middle(row.locator("strong"))
    drag(page, start, cell(page, 1, 6))
    expect(box(page, "大桥通车")).to_be_focused()
    wait_until(lambda: place_of("大桥通车"), "大桥通车 on the page")
    settled(page)
    assert page.locator("[data-picture]").get_attribute("src") != before
    first = Placement.objects.get(article__headline="大桥通车")
    assert (first.col, first.row, first.cols) == (0, 6, 3)
    expect(listed(page, "大桥通车")).to_contain_text("已上版")

    # By its lower right corner it grows and shrinks, and the number at the box follows.
    handle = box(page, "大桥通车").locator(".handle.is-se")
    drag(page, middle(handle), cell(page, 3, 13, corner=True))
    becomes("大桥通车", (0, 6, 4, 8))
    expect(box(page, "大桥通车").locator(".box-fit")).to_have_text(re.compile(r"超\d+字"))
    drag(page, middle(box(page, "大桥通车").locator(".handle.is-se")), cell(page, 3, 21, True))
    becomes("大桥通车", (0, 6, 4, 16))
    settled(page)
    expect(box(page, "大桥通车").locator(".box-fit")).not_to_have_text(re.compile("超"))

    # The second beside it; then both change places.
    drag(page, middle(listed(page, "公交改线").locator("strong")), cell(page, 5, 7))
    wait_until(lambda: place_of("公交改线"), "公交改线 on the page")
    settled(page)
    second = place_of("公交改线")
    drag(page, middle(box(page, "公交改线")), middle(box(page, "大桥通车")))
    becomes("公交改线", (0, 6, 4, 16))
    becomes("大桥通车", second)

    # Away from the page nothing happens; over free ground it moves.
    drag(page, middle(box(page, "大桥通车")), middle(listed(page, "公交改线")))
    drag(page, cell(page, 5, 7), cell(page, 5, 30))
    wait_until(lambda: (place_of("大桥通车") or second or (0,) * 4)[1] > 20, "大桥通车 moved down")
    settled(page)


def test_a_page_is_made_with_the_keyboard(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    story(cast, "大桥通车")
    story(cast, "公交改线")
    page = opened(new_page(cast.layout), sheet)
    said = page.locator("[data-said]")
    put = listed(page, "大桥通车").get_by_role("button", name="上版")
    put.focus()
    put.press("Enter")
    expect(box(page, "大桥通车")).to_be_focused()
    wait_until(lambda: place_of("大桥通车"), "大桥通车 on the page")
    settled(page)
    start = place_of("大桥通车")
    assert start is not None
    col, row, cols, rows = start

    page.keyboard.press("ArrowRight")
    becomes("大桥通车", (col + 1, row, cols, rows))
    expect(said).to_have_text(re.compile(rf"《大桥通车》第{col + 2}栏第{row + 1}行，宽{cols}栏高{rows}行，"))
    page.keyboard.press("Shift+ArrowLeft")
    becomes("大桥通车", (col + 1, row, cols - 1, rows))
    page.keyboard.press("Shift+ArrowUp")
    becomes("大桥通车", (col + 1, row, cols - 1, rows - 1))
    page.keyboard.press("ArrowUp")  # the masthead is there
    expect(said).to_have_text(re.compile("那边动不了"))

    for _ in range(3):
        page.keyboard.press("Control+z")
    becomes("大桥通车", start)
    expect(said).to_have_text(re.compile("已撤销"))
    page.keyboard.press("Control+Shift+z")
    becomes("大桥通车", (col + 1, row, cols, rows))
    settled(page)

    # Tab goes from box to box in reading order; Delete takes one off; undo brings it back.
    page.keyboard.press("Shift+Tab")
    expect(box(page, "报头")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Delete")
    becomes("大桥通车", None)
    page.keyboard.press("Control+z")
    becomes("大桥通车", (col + 1, row, cols, rows))
    settled(page)
    box(page, "大桥通车").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=size]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page, "大桥通车")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".box.is-selected")).to_have_count(0)


def test_what_is_said_of_a_box_is_printed(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    paper.place(sheet, story(cast, "大桥通车", "<p>桥长八百米。</p><p>明日另有专题。</p>" + TEXT), cols=4)
    page = opened(new_page(cast.layout), sheet)
    box(page, "大桥通车").click()
    total = page.locator("[data-inspector-fit]").inner_text()
    page.locator("[data-field=size]").select_option("21000")
    page.get_by_text("标题竖排").click()
    page.get_by_text("见报标题").click()
    page.locator("[data-stack-field=headline]").fill("八百米，两岸通")
    page.get_by_text("不见报", exact=True).click()
    page.locator(".cuts label", has_text="明日另有专题").click()
    page.get_by_label("高", exact=True).fill("20")
    page.get_by_label("高", exact=True).press("Tab")
    wait_until(lambda: Placement.objects.get(kind="story").rows == 20, "the new height")
    settled(page)
    placed = Placement.objects.get(kind="story")
    assert placed.style == {"size": 21000, "vertical": True}
    assert placed.stack == {"kicker": "", "headline": "八百米，两岸通", "subheadline": ""}
    assert len(placed.cuts) == 1
    expect(page.locator("[data-inspector-fit]")).not_to_have_text(total)
    expect(page.locator("[data-inspector-name]")).to_have_text("《八百米，两岸通》")
    placed.article.refresh_from_db()
    assert placed.article.headline == "大桥通车"


def test_a_story_goes_on_on_the_next_page(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    paper.place(sheet, story(cast, "大桥通车", TEXT * 3), cols=3, rows=10)
    page = opened(new_page(cast.layout), sheet)
    expect(box(page, "大桥通车").locator(".box-fit")).to_have_text(re.compile(r"超\d+字"))
    box(page, "大桥通车").click()
    page.locator("[data-continue]").select_option(label="第2版")
    expect(box(page, "大桥通车").locator(".box-fit")).to_contain_text("下转第2版")
    second = Placement.objects.get(page__number=2)
    assert second.continues == Placement.objects.get(page=sheet, kind="story")
    page.locator("[data-links] a").click()
    page.wait_for_url("**" + address(second.page))
    settled(page)
    expect(box(page, "大桥通车").locator(".box-fit")).to_contain_text("上接第1版")
    page.go_back()
    settled(page)


def test_two_people_in_one_page(
    new_page: NewPage, sheet: PaperPage, cast: Cast, console_errors: list[str]
) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    paper.place(sheet, None, kind="filler", col=3, row=6, cols=3, rows=8, title="公告")
    mine = opened(new_page(cast.layout), sheet)
    theirs = opened(new_page(cast.editor), sheet)

    # One moves a box while the other writes into another: both are kept, and both see it.
    box(mine, "大桥通车").focus()
    mine.keyboard.press("ArrowDown")
    box(theirs, "补白").click()
    theirs.locator("[data-field=text]").fill("周六停水。")
    becomes("大桥通车", (0, 7, 3, 12))
    wait_until(lambda: Placement.objects.get(kind="filler").text == "周六停水。", "the notice")
    box(mine, "补白").focus()
    expect(mine.locator("[data-field=text]")).to_have_value("周六停水。")
    expect(mine.locator("[data-status]")).to_contain_text("顾知秋改了这一版")

    # Both change the same field before they could see: who is late is told, and keeps what was typed.
    theirs.locator("[data-field=text]").fill("周六、周日停水。")
    wait_until(lambda: Placement.objects.get(kind="filler").text == "周六、周日停水。", "their text")
    mine.locator("[data-field=text]").fill("周六停水，请储水。")
    expect(mine.locator("[data-notice]")).to_contain_text("“文字”刚被顾知秋改过")
    expect(mine.locator("[data-field=text]")).to_have_value("周六停水，请储水。")
    expect(mine.locator(".dispute")).to_contain_text("周六、周日停水。")
    assert Placement.objects.get(kind="filler").text == "周六、周日停水。"
    mine.get_by_role("button", name="用我的").click()
    wait_until(lambda: Placement.objects.get(kind="filler").text == "周六停水，请储水。", "my text")
    console_errors.clear()  # the answer 409


def test_a_page_arranges_itself(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    names = ["大桥通车", "公交改线", "学校开学", "夜市开街", "水厂扩建"]
    for name in names:
        story(cast, name, TEXT + TEXT)
    page = opened(new_page(cast.layout), sheet)
    for name in names:
        listed(page, name).get_by_role("checkbox").check()
    listed(page, "夜市开街").locator("select").select_option("90")
    page.get_by_role("button", name="自动拼版").click()
    offers = page.locator(".offer")
    expect(offers).to_have_count(3)
    expect(offers.nth(0)).to_contain_text("都满")
    offers.nth(1).hover()
    expect(page.locator(".ghost.is-offered")).to_have_count(6)
    offers.nth(1).click()
    wait_until(lambda: Placement.objects.filter(kind="story").count() == 5, "five stories on the page")
    settled(page)
    expect(page.locator(".box")).to_have_count(6)
    expect(page.locator("[data-problems]")).to_have_text("版面齐了")
    assert Placement.objects.get(article__headline="夜市开街").weight == 90
    page.keyboard.press("Control+z")
    wait_until(lambda: not Placement.objects.filter(kind="story").exists(), "all of it undone")


def test_pictures_and_furniture(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    photo = PhotoFactory(width=900, height=600, caption="码头的清晨", uploaded_by=cast.reporter)
    page = opened(new_page(cast.layout), sheet)
    page.get_by_role("button", name="导读").click()
    wait_until(lambda: Placement.objects.filter(kind="guide").exists(), "a guide")
    page.get_by_role("tab", name="图片").click()
    page.locator("[data-search=pictures]").fill("清晨")
    found = page.locator("[data-rows=pictures] > li")
    expect(found).to_have_count(1)
    drag(page, middle(found.locator(".picture-words")), cell(page, 4, 20))
    wait_until(lambda: Placement.objects.filter(photo=photo).exists(), "a picture")
    placed = Placement.objects.get(photo=photo)
    assert placed.caption == "码头的清晨"
    expect(page.locator("[data-field=caption]")).to_have_value("码头的清晨")
    page.locator("[data-field=caption]").fill("码头，七点。")
    wait_until(lambda: Placement.objects.get(photo=photo).caption == "码头，七点。", "the caption")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("[data-page-field=name]").fill("要闻")
    expect(page.locator("[data-page-label]")).to_have_text("第1版 要闻")
    wait_until(lambda: PaperPage.objects.get(pk=sheet.pk).name == "要闻", "the page's name")


def test_nothing_is_lost_while_the_network_is_away(
    new_page: NewPage, sheet: PaperPage, cast: Cast, console_errors: list[str]
) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    page = opened(new_page(cast.layout), sheet)
    page.route("**/compose/state/", lambda route: route.abort())
    box(page, "大桥通车").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-notice]")).to_contain_text("网络不通")
    page.keyboard.press("ArrowDown")
    page.unroute("**/compose/state/")
    becomes("大桥通车", (0, 8, 3, 12))
    expect(page.locator("[data-notice]")).to_be_hidden()
    console_errors.clear()


def test_nothing_is_lost_when_the_login_is(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    page = opened(new_page(cast.layout), sheet)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    box(page, "大桥通车").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-notice]")).to_contain_text("登录已失效")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="再试").click()
    becomes("大桥通车", (0, 7, 3, 12))
    expect(page.locator("[data-notice]")).to_be_hidden()


def test_a_page_made_elsewhere_gets_its_hot_areas(
    new_page: NewPage, sheet: PaperPage, cast: Cast, now: datetime
) -> None:
    with pdfium.empty() as document:
        document.new_page(774, 1114).close()
        pdf = pdfium.saved(document)
    name = default_storage.save("outside/test.pdf", ContentFile(pdf))
    facts = {"outside": name, "outside_sha256": "0" * 64, "width": 273_000, "height": 393_000}
    PaperPage.objects.filter(pk=sheet.pk).update(**facts)
    sheet.placements.all().delete()
    story(cast, "大桥通车")
    page = opened(new_page(cast.layout), sheet)
    expect(page.get_by_text("这一版是外来的")).to_be_visible()
    expect(page.get_by_role("button", name="自动拼版")).to_have_count(0)
    drag(page, middle(listed(page, "大桥通车").locator("strong")), cell(page, 3, 10))
    wait_until(lambda: place_of("大桥通车"), "a hot area")
    placed = place_of("大桥通车")
    assert placed is not None
    assert placed[2:] == (300, 200)
    settled(page)
    page.keyboard.press("ArrowRight")
    becomes("大桥通车", (placed[0] + 10, *placed[1:]))
    settled(page)


def test_who_only_reads_moves_nothing(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    page = opened(new_page(cast.proofreader), sheet)
    expect(page.get_by_text("这里只能看")).to_be_visible()
    drag(page, middle(box(page, "大桥通车")), cell(page, 4, 30))
    box(page, "大桥通车").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(page.locator("[data-field=size]")).to_be_disabled()
    assert place_of("大桥通车") == (0, 6, 3, 12)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(new_page: NewPage, sheet: PaperPage, cast: Cast, scheme: str) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    page = opened(new_page(cast.layout, color_scheme=scheme), sheet)
    assert Axe().run(page).response["violations"] == []
    box(page, "大桥通车").click()
    page.get_by_text("见报标题").click()
    assert Axe().run(page).response["violations"] == []
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert fits
    bounds = page.locator("[data-sheet]").bounding_box()
    assert bounds is not None
    assert bounds["y"] + bounds["height"] <= 900


def test_on_a_phone_it_is_for_reading(new_page: NewPage, sheet: PaperPage, cast: Cast) -> None:
    paper.place(sheet, story(cast, "大桥通车"), cols=3, rows=12)
    page = opened(new_page(cast.layout, viewport={"width": 390, "height": 844}), sheet)
    expect(page.get_by_text("手机上只能看")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
