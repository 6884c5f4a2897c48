"""Reading proofs in a real browser: marks by mouse, touch and keyboard, corrections, progress, the board."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.workflow import perform as on_story
from issues import marks, proofs
from issues.marks import Place
from issues.models import Issue, Mark, Proof
from issues.models import Page as PaperPage
from issues.workflow import perform
from tests.browser.test_desk import offences
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues import paper
from tests.issues.test_under_mark import drag
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

NewPage = Callable[..., Page]
BODY = (
    "<p>清晨六点，第一班公交车驶上新桥，乘客们举起手机拍照。</p>"
    "<p>跑运输的老周算过一笔账：过去绕行四十分钟，现在只要七分钟，一年省下四万元。</p>"
)


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    made.proofreader, made.layout, made.chief, made.editor  # noqa: B018 - holders of every stage
    return made


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return paper.issue(timezone.now())


@pytest.fixture
def article(cast: Cast) -> Article:
    made = ArticleFactory(headline="新桥今日通车", body=BODY, created_by=cast.reporter)
    on_story("submit", made, cast.reporter)
    return made


@pytest.fixture
def page_two(issue: Issue, article: Article, cast: Cast) -> PaperPage:
    made = issue.pages.get(number=2)
    paper.place(made, article, rows=12)
    paper.place(made, paper.waiting(cast, timezone.now(), headline="食堂上周开张"), rows=20)
    perform("proof", made, cast.layout)
    proofs.ensure(made.proofs.get())
    return made


def address(page: PaperPage) -> str:
    return f"/admin/issues/page/{page.pk}/proof/"


def opened(new_page: NewPage, user: Any, page: PaperPage, **options: Any) -> Page:
    window = new_page(user, **options)
    window.goto(address(page))
    expect(window.locator(".sheet-picture")).to_be_visible()
    return window


def drag_over(window: Page, proof: Proof, words: str) -> None:
    """From the middle of the first of these words' left edge to the last one's right edge."""
    place, back = drag(proof, words)
    bounds = window.locator("[data-sheet]").bounding_box()
    assert bounds is not None

    def point(x: float, y: float) -> tuple[float, float]:
        return bounds["x"] + x * bounds["width"] / 1000, bounds["y"] + y * bounds["height"] / 1000

    left, right = place.x, place.x + place.width
    window.mouse.move(*point(right if back else left, place.y))
    window.mouse.down()
    window.mouse.move(*point((left + right) / 2, place.y + place.height / 2))
    window.mouse.move(*point(left if back else right, place.y + place.height))
    window.mouse.up()


def test_words_dragged_over_are_corrected_in_their_story(
    new_page: NewPage, page_two: PaperPage, article: Article, cast: Cast
) -> None:
    window = opened(new_page, cast.proofreader, page_two)
    drag_over(window, page_two.proofs.get(), "四十分钟")
    expect(window.get_by_label("原文")).to_have_value("四十分钟")
    expect(window.get_by_label("改为")).to_be_focused()
    window.keyboard.type("五十分钟")
    window.keyboard.press("Control+Enter")
    row = window.locator("[data-mark-row]")
    expect(row).to_be_focused()
    expect(row.locator("del")).to_have_text("四十分钟")
    expect(row.locator("ins")).to_have_text("五十分钟")
    expect(window.locator(".messagelist")).to_contain_text("已改，稿件另存一个版本")
    expect(window.locator("#panel")).to_contain_text("出样后有改动")
    article.refresh_from_db()
    assert "绕行五十分钟" in article.body
    assert article.revisions.latest("number").author == cast.proofreader


def test_words_that_run_over_the_end_of_a_line(
    new_page: NewPage, page_two: PaperPage, article: Article, cast: Cast
) -> None:
    proof = page_two.proofs.get()
    broken = next(words for words in pairs(BODY) if drag(proof, words)[1])
    window = opened(new_page, cast.proofreader, page_two)
    drag_over(window, proof, broken)
    expect(window.get_by_label("原文")).to_have_value(broken)


def pairs(html: str) -> list[str]:
    """Every two characters that stand once in the text."""
    text = re.sub("<[^>]*>", " ", html)
    found = [text[n : n + 2] for n in range(len(text) - 1)]
    return [two for two in found if " " not in two and found.count(two) == 1]


def test_a_click_takes_a_note_and_the_list_leads_to_the_place(
    new_page: NewPage, page_two: PaperPage, cast: Cast
) -> None:
    window = opened(new_page, cast.layout, page_two)
    sheet = window.locator("[data-sheet]")
    sheet.click(position={"x": 400, "y": 500})
    field = window.locator("[data-mark-form]").get_by_role("textbox", name="批注")
    expect(field).to_be_focused()
    window.keyboard.type("照片压暗一点")
    window.get_by_role("button", name="添加批注").click()
    expect(window.locator("[data-mark-row]")).to_contain_text("照片压暗一点")
    bounds = sheet.bounding_box()
    mark = Mark.objects.get()
    assert bounds is not None
    assert (mark.x, mark.y) == pytest.approx(
        (400 / bounds["width"] * 1000, 500 / bounds["height"] * 1000), abs=4
    )
    tag = window.locator(f"[data-mark='{mark.pk}']")
    tag.locator("span").click()
    expect(window.locator(f"#mark-{mark.pk}")).to_be_focused()
    expect(tag).to_have_class(re.compile("is-lit"))


def test_everything_by_keyboard(new_page: NewPage, page_two: PaperPage, cast: Cast) -> None:
    window = opened(new_page, cast.proofreader, page_two)
    window.get_by_role("button", name="批注《食堂上周开张》").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_role("combobox", name="位置")).to_have_value(
        str(page_two.placements.get(article__headline="食堂上周开张").pk)
    )
    window.keyboard.type("框线太粗")
    window.keyboard.press("Escape")
    expect(window.locator("[data-new]")).to_be_hidden()
    window.get_by_role("button", name="批注《食堂上周开张》").focus()
    window.keyboard.press("Enter")
    window.keyboard.type("框线太粗")
    window.keyboard.press("Control+Enter")
    expect(window.locator("[data-mark-row]")).to_contain_text("框线太粗")
    width = window.locator("[data-sheet]").evaluate("one => one.clientWidth")
    window.locator("body").press("+")
    assert window.locator("[data-sheet]").evaluate("one => one.clientWidth") > width * 1.3
    window.locator("body").press("0")
    assert window.locator("[data-sheet]").evaluate("one => one.clientWidth") == width


def test_what_is_refused_stays_typed(
    new_page: NewPage, page_two: PaperPage, cast: Cast, console_errors: list[str]
) -> None:
    window = opened(new_page, cast.proofreader, page_two)
    drag_over(window, page_two.proofs.get(), "林晚照")  # a byline: no correction, but a note may be written
    expect(window.get_by_role("textbox", name="批注").first).to_be_focused()
    window.get_by_role("radio", name="改字").check()
    expect(window.get_by_label("原文")).to_have_value("林晚照")
    window.get_by_label("改为").fill("林晚昭")
    window.get_by_role("button", name="改正").click()
    expect(window.locator(".mark-refused")).to_contain_text("没有“林晚照”")
    expect(window.get_by_label("改为")).to_have_value("林晚昭")
    assert not Mark.objects.exists()
    wait_until(lambda: bool(console_errors), "the browser's own word of the refusal")
    assert all("422" in error for error in console_errors)
    console_errors.clear()


def test_a_signed_story_is_not_offered_for_correction(
    new_page: NewPage, page_two: PaperPage, cast: Cast
) -> None:
    window = opened(new_page, cast.proofreader, page_two)
    correct = window.get_by_role("radio", name="改字")
    why = window.locator("[data-mark-why]")
    drag_over(window, page_two.proofs.get(), "食堂")
    expect(correct).to_be_disabled()
    expect(why).to_have_text("《食堂上周开张》已签发，要改须由编辑重新编辑，再走审签。")
    expect(window.get_by_role("textbox", name="批注").first).to_be_focused()
    expect(window.get_by_role("button", name="改正")).to_have_count(0)
    drag_over(window, page_two.proofs.get(), "四十分钟")
    expect(window.get_by_label("改为")).to_be_focused()
    expect(correct).to_be_enabled()
    expect(why).to_be_hidden()
    window.keyboard.press("Escape")
    window.get_by_role("combobox", name="位置").select_option(label="《食堂上周开张》")
    expect(why).to_contain_text("已签发")
    window.get_by_role("combobox", name="位置").select_option("")
    expect(why).to_contain_text("这里不是稿件")


def test_marks_are_checked_without_leaving_the_page(
    new_page: NewPage, page_two: PaperPage, cast: Cast
) -> None:
    proof = page_two.proofs.get()
    for text in ("太松", "太紧"):
        mark = marks.make(proof, cast.layout, text, timezone.now(), place=Place(500, 300))
        marks.change(mark, cast.layout, timezone.now())
    window = opened(new_page, cast.proofreader, page_two)
    expect(window.locator("[data-mark-row]").first).to_contain_text("先重新出样，在新样上核红")
    expect(window.get_by_role("button", name="核红")).to_have_count(0)
    paper.proof(page_two, cast, timezone.now())
    window.reload()
    window.evaluate("window.here = true")
    first, second = window.locator("[data-mark-row]").all()
    first.get_by_role("button", name="核红").click()
    expect(first).to_contain_text("已核红")
    expect(first).to_be_focused()
    second.get_by_role("button", name="改错了，退回").click()
    expect(second).to_contain_text("未改")
    assert window.evaluate("window.here")
    assert list(Mark.objects.values_list("status", flat=True)) == ["checked", "open"]


def test_progress_is_shown_and_then_the_page(new_page: NewPage, page_two: PaperPage, cast: Cast) -> None:
    perform("proof", page_two, cast.layout)
    window = new_page(cast.proofreader)
    window.goto(address(page_two))
    expect(window.get_by_role("progressbar")).to_be_visible()
    Proof.objects.filter(number=2).update(
        state=Proof.State.WORKING, done=2, total=4, claimed_at=timezone.now()
    )
    expect(window.locator("[data-progress-label]")).to_have_text("正在排")
    expect(window.locator("#panel-state")).to_have_text("正在排")
    expect(window.get_by_role("button", name="一校签字")).to_have_count(0)
    Proof.objects.filter(number=2).update(state=Proof.State.WAITING, claimed_at=None)
    proofs.ensure(Proof.objects.get(number=2))
    expect(window.locator(".sheet-picture")).to_be_visible()
    expect(window.get_by_role("button", name="一校签字")).to_be_visible()


def test_signing_and_giving_back(new_page: NewPage, page_two: PaperPage, cast: Cast) -> None:
    window = opened(new_page, cast.proofreader, page_two)
    window.get_by_role("button", name="一校签字").click()
    expect(window.locator(".messagelist")).to_contain_text("一校已签")
    window.locator("summary", has_text="退回改版").click()
    window.get_by_label("要改什么").fill("头条换一篇")
    window.locator("form").get_by_role("button", name="退回改版").click()
    expect(window.locator(".messagelist")).to_contain_text("已退回改版")
    page_two.refresh_from_db()
    assert page_two.status == "composing"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everything_fits_and_is_within_reach(
    width: int, scheme: str, new_page: NewPage, page_two: PaperPage, issue: Issue, cast: Cast
) -> None:
    """No sideways scrolling, nothing axe objects to, nothing in the console."""
    proof = page_two.proofs.get()
    mark = marks.make(proof, cast.proofreader, "太松" * 40, timezone.now(), place=Place(100, 300, 200, 50))
    marks.change(mark, cast.layout, timezone.now())
    for user in (cast.proofreader, cast.chief, cast.layout):
        window = new_page(user, viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages = [
            "/admin/",
            "/admin/issues/issue/",
            f"/admin/issues/issue/{issue.pk}/change/",
            address(page_two),
        ]
        if user != cast.proofreader:
            pages.append(f"/admin/issues/issue/{issue.pk}/outside/")
        for one in pages:
            window.goto(one)
            expect(window.locator("#content")).to_be_visible()
            assert window.evaluate("document.documentElement.scrollWidth") <= width, one
            assert offences(window) == [], one


def test_on_a_phone_a_tap_marks_and_scrolling_does_not(
    new_page: NewPage, page_two: PaperPage, cast: Cast
) -> None:
    window = opened(
        new_page,
        cast.proofreader,
        page_two,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    window.locator("[data-sheet]").tap(position={"x": 200, "y": 250})
    field = window.get_by_role("textbox", name="批注").first
    expect(field).to_be_focused()
    field.fill("字太密")
    window.get_by_role("button", name="添加批注").tap()
    expect(window.locator("[data-mark-row]")).to_contain_text("字太密")


def test_without_scripts_marks_can_be_written_and_moved(
    new_page: NewPage, page_two: PaperPage, cast: Cast
) -> None:
    window = opened(new_page, cast.proofreader, page_two, java_script_enabled=False)
    window.get_by_label("位置").select_option(label="《食堂上周开张》")
    window.get_by_role("textbox", name="批注").fill("框线太粗")
    window.get_by_role("button", name="添加批注").click()
    expect(window.locator("[data-mark-row]")).to_contain_text("框线太粗")
    window.get_by_role("button", name="已改").click()
    expect(window.locator("[data-mark-row]")).to_contain_text("须由他人核红")
    window.get_by_role("button", name="一校签字").click()
    expect(window.locator(".messagelist")).to_contain_text("一校已签")


HOSTILE = "<img src=x onerror=\"document.title='ran'\">{{ 7*7 }}#panic()"


def test_hostile_texts_run_nowhere(new_page: NewPage, page_two: PaperPage, issue: Issue, cast: Cast) -> None:
    now = timezone.now()
    Issue.objects.filter(pk=issue.pk).update(banner=HOSTILE)
    PaperPage.objects.filter(pk=page_two.pk).update(name=HOSTILE[:40])
    mark = marks.make(page_two.proofs.get(), cast.proofreader, HOSTILE, now, place=Place(1, 1))
    marks.change(mark, cast.layout, now)
    perform("return", page_two, cast.editor, note=HOSTILE)
    perform("proof", page_two, cast.layout, note=HOSTILE, now=now + timedelta(seconds=1))
    proofs.ensure(page_two.proofs.latest("number"))
    window = new_page(cast.layout)
    for one in (
        "/admin/",
        "/admin/issues/issue/",
        f"/admin/issues/issue/{issue.pk}/change/",
        address(page_two),
    ):
        window.goto(one)
        expect(window.locator("#content")).to_be_visible()
        assert window.title() != "ran", one
        assert window.locator("img[src=x]").count() == 0, one
