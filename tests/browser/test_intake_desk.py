"""The desk for what is sent in: every step has its key, nothing is lost, everybody can use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.intake import shelf
from articles.intake.pieces import Kind
from articles.models import Article, Intake
from people.models import User
from tests.browser import intake_hands
from tests.browser.intake_hands import OWN, block, kinds, opened, piece, saved
from tests.cast import Cast
from tests.factories.intake import reading, sent
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
NewPage = Callable[..., Page]


@pytest.fixture
def desk_editor() -> User:
    return intake_hands.desk_editor()


# ---- nothing is lost ----


@pytest.fixture
def intake(desk_editor: User) -> Intake:
    return sent(
        reading(
            (Kind.HEADLINE, "望渡桥昨日合龙", 1),
            [
                (Kind.DATELINE, "本报讯", 1),
                (Kind.BYLINE, "(记者 贺明川)", 1),
                (Kind.PARAGRAPH, "钢梁落位。", 1),
            ],
            (Kind.PARAGRAPH, "两岸居民盼了三年，", 1),
            (Kind.PARAGRAPH, "今天终于通了。", 1),
            (Kind.HEADLINE, "老渡口停航", 2),
            (Kind.PARAGRAPH, "末班船昨晚开出。", 2),
            (Kind.FURNITURE, "扫码阅读"),
        ),
        desk_editor,
    )


def test_every_step_has_its_key_and_can_be_taken_back(
    intake: Intake, new_page: NewPage, desk_editor: User
) -> None:
    page = opened(new_page(desk_editor), intake)
    before = kinds(intake)
    page.locator(".source").focus()
    expect(page.locator(".piece[aria-selected=true]")).to_have_text("望渡桥昨日合龙")
    for _ in range(5):
        page.keyboard.press("j")
    expect(page.locator(".piece[aria-selected=true]")).to_have_text("今天终于通了。")
    page.keyboard.press("Backspace")
    expect(block(page, "两岸居民盼了三年，今天终于通了。")).to_be_visible()
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator(".piece[aria-selected=true]")).to_have_count(2)
    page.keyboard.press("2")
    expect(page.locator(".card[data-group='2']")).to_contain_text("今天终于通了。")
    page.keyboard.press("Escape")
    piece(page, "末班船").click()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".card[data-group='2'] .block.is-paragraph").first).to_contain_text("末班船")
    page.keyboard.press("Alt+ArrowUp")  # it is the first already
    piece(page, "扫码阅读").click()
    page.keyboard.press("w")
    expect(page.locator(".cards")).not_to_contain_text("不进稿件的文字")
    page.keyboard.press("n")
    expect(page.locator(".card[data-group]")).to_have_count(3)
    page.keyboard.press("b")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".piece", has_text=re.compile("^.*阅读$")).last).to_be_visible()
    saved(page)
    assert kinds(intake) != before
    while page.get_by_role("button", name="撤销").is_enabled():
        page.keyboard.press("ControlOrMeta+z")
    saved(page)
    wait_until(lambda: kinds(intake) == before, "everything taken back")
    page.keyboard.press("?")
    expect(page.locator("#intake-help")).to_be_visible()


def test_one_side_lights_and_chooses_the_other(intake: Intake, new_page: NewPage, desk_editor: User) -> None:
    page = opened(new_page(desk_editor), intake)
    block(page, "末班船").hover()
    expect(piece(page, "末班船")).to_have_class(re.compile("is-lit"))
    piece(page, "老渡口").hover()
    expect(block(page, "老渡口")).to_have_class(re.compile("is-lit"))
    block(page, "末班船").click()
    expect(piece(page, "末班船")).to_have_attribute("aria-selected", "true")


def test_a_dead_line_loses_nothing(
    intake: Intake, new_page: NewPage, desk_editor: User, console_errors: list[str]
) -> None:
    page = opened(new_page(desk_editor), intake)
    page.context.set_offline(True)
    piece(page, "老渡口停航").click()
    page.keyboard.press("f")
    expect(page.locator("[data-status]")).to_have_text("保存失败")
    expect(page.get_by_role("alert")).to_contain_text("改动先存在这台电脑上")
    page.context.set_offline(False)
    saved(page)
    wait_until(lambda: ("subheadline", 2) in kinds(intake), "the step to arrive")
    expect(page.locator("[data-notice]")).to_be_hidden()
    console_errors.clear()  # the requests that found no line


def test_what_was_not_saved_is_offered_on_return(
    intake: Intake, new_page: NewPage, desk_editor: User
) -> None:
    page = opened(new_page(desk_editor), intake)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")
    piece(page, "老渡口停航").click()
    page.keyboard.press("f")
    expect(page.locator("[data-status]")).to_have_text("保存失败")
    other = page.context.new_page()
    page.close()  # with the line still dead
    opened(other, intake)
    assert ("subheadline", 2) not in kinds(intake)
    other.get_by_role("button", name="接着用").click()
    saved(other)
    wait_until(lambda: ("subheadline", 2) in kinds(intake), "the step to arrive")


def test_two_people_do_not_overwrite_each_other(
    intake: Intake, new_page: NewPage, desk_editor: User, console_errors: list[str]
) -> None:
    mine, theirs = opened(new_page(desk_editor), intake), opened(new_page(Cast().layout), intake)
    piece(theirs, "老渡口停航").click()
    theirs.keyboard.press("f")
    saved(theirs)
    piece(mine, "望渡桥").click()
    mine.keyboard.press("y")
    expect(mine.get_by_role("alert")).to_contain_text("乔一帆刚改过这一页")
    assert ("kicker", 1) not in kinds(intake)
    mine.get_by_role("button", name="载入最新").click()
    expect(block(mine, "老渡口停航")).to_have_class(re.compile("is-subheadline"))
    expect(block(mine, "望渡桥")).to_have_class(re.compile("is-headline"))
    console_errors.clear()  # the 409


def test_a_story_that_is_not_wanted_stays_out(intake: Intake, new_page: NewPage, desk_editor: User) -> None:
    page = opened(new_page(desk_editor), intake)
    page.locator(".card[data-group='2'] [data-take]").uncheck()
    expect(page.get_by_role("button", name="收为草稿（1篇）")).to_be_visible()
    piece(page, "两岸居民").click()
    page.keyboard.press("c")
    saved(page)
    expect(page.locator(".card[data-group='2'] [data-take]")).not_to_be_checked()
    page.get_by_role("button", name="收为草稿").click()
    expect(page.locator(".outcome-stories > li")).to_have_count(1)
    assert Article.objects.get().headline == "望渡桥昨日合龙"


def test_accepting_waits_for_what_is_not_saved_yet(
    intake: Intake, new_page: NewPage, desk_editor: User
) -> None:
    page = opened(new_page(desk_editor), intake)
    piece(page, "今天终于通了").click()
    page.keyboard.press("c")
    page.get_by_role("button", name="收为草稿").click()
    expect(page.locator(".outcome h2")).to_contain_text("已收下")
    assert "<h2>今天终于通了。</h2>" in Article.objects.get(headline="望渡桥昨日合龙").body


def test_without_scripts_it_is_accepted_as_it_reads(
    intake: Intake, new_page: NewPage, desk_editor: User
) -> None:
    page = new_page(desk_editor, java_script_enabled=False)
    page.goto(f"/admin/articles/intake/{intake.pk}/change/")
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("button", name="收为草稿").click()
    expect(page.locator(".outcome h2")).to_contain_text("已收下")
    assert Article.objects.count() == 2


# ---- taking in ----


def test_files_come_one_after_another_and_a_refusal_keeps_none_out(
    new_page: NewPage, desk_editor: User
) -> None:
    page = new_page(desk_editor)
    page.goto("/admin/articles/intake/")
    expect(page.get_by_text("还没有来稿。")).to_be_visible()
    files = [
        {"name": "一版.txt", "mimeType": "text/plain", "buffer": OWN.encode()},
        {"name": "坏稿.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 no"},
        {"name": "二版.txt", "mimeType": "text/plain", "buffer": OWN.encode("utf-16")},
    ]
    page.locator("#files").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator("[data-files] .is-wrong")).to_contain_text("已损坏或不完整")
    expect(page.locator("[data-files] a")).to_have_count(2)
    expect(page.locator(".intake-row")).to_have_count(3)
    page.get_by_role("link", name=re.compile("^读不了")).click()
    expect(page.locator(".intake-row")).to_have_count(1)


def test_pasted_text_opens_its_desk(new_page: NewPage, desk_editor: User) -> None:
    page = new_page(desk_editor)
    page.goto("/admin/articles/intake/")
    page.get_by_label("或粘贴文字").fill(OWN)
    page.get_by_role("button", name="收稿").click()
    expect(block(page, "老渡口图书角开放")).to_have_class(re.compile("is-headline"))


# ---- for everybody ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_fits_and_is_within_reach(
    width: int, scheme: str, new_page: NewPage, desk_editor: User, intake: Intake
) -> None:
    shelf.receive("坏稿.docx", b"PK\x03\x04 no", desk_editor, timezone.now() - timedelta(minutes=3))
    page = new_page(desk_editor, viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.goto("/admin/articles/intake/")
    fits(page, width)
    opened(page, intake)
    piece(page, "老渡口").click()
    page.keyboard.press("?")
    fits(page, width)
    page.keyboard.press("?")
    if width < 1024:
        page.get_by_role("button", name="稿件", exact=False).last.click()
        expect(page.locator(".cards")).to_be_visible()
        fits(page, width)
    page.get_by_role("button", name="收为草稿").click()
    expect(page.locator(".outcome")).to_be_visible()
    fits(page, width)


def fits(page: Page, width: int) -> None:
    """No sideways scrolling, nothing axe objects to."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]] == []


def test_hostile_texts_run_nowhere(new_page: NewPage, desk_editor: User) -> None:
    hostile = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    read_as = reading((Kind.HEADLINE, hostile), (Kind.PARAGRAPH, hostile), (Kind.BYLINE, hostile))
    intake = sent(read_as, desk_editor, name=f"{hostile}.txt")
    page = new_page(desk_editor)
    page.goto("/admin/articles/intake/")
    assert page.title() != "ran"
    opened(page, intake)
    page.locator(".piece").nth(1).click()
    page.keyboard.press("c")
    saved(page)
    assert page.title() != "ran"
    assert page.locator("img[src=x]").count() == 0
