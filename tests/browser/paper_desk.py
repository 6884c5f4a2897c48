"""What people do to a paper in their browsers: lay it out, have it proofed, read and mark it, sign it."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from issues.formats import share
from issues.models import Issue, Placement
from issues.models import Page as PaperPage
from media import pdfium
from newsroom.lib.html import count_characters
from tests.browser.paper_made import RIGHT, WRONG, Made
from tests.browser.test_composer import box, drag, listed, middle, opened, settled
from tests.waiting import wait_until

FITS = re.compile(r"^(满|欠\d+字)")
OVER = re.compile(r"^超\d+字")
SETTING = 60_000  # milliseconds that a worker may take on a busy machine


# ---- the composer ----


def lay_out_the_front(page: Page, made: Made) -> None:
    """Banner, guide, the lead by mouse, a second story by keys, all the others by 自动拼版."""
    paper = made.front
    opened(page, paper)
    for story in made.stories:
        expect(listed(page, story.headline)).to_contain_text(f"{count_characters(story.body)}字")
        state = "初审" if story == made.late else "待随报发布"
        expect(listed(page, story.headline)).to_contain_text(state)
    add(page, "通栏")
    add(page, "导读")
    # With the keys to the right edge, so that the lead may stand beside it.
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    wait_until(lambda: place_of(paper, kind="guide") == (6, 11, 2, 8), "the guide at the right edge")
    settled(page)
    lead, second, *others = made.stories
    listed(page, lead.headline).locator("select").select_option("90")
    drag(page, middle(listed(page, lead.headline).locator("strong")), cell(page, paper, 2, 13))
    wait_until(lambda: place_of(paper, article=lead), "the lead on the page")
    expect(fit_of(page, lead)).to_have_text(re.compile(r"满|超|欠"))
    put(page, second)
    for story in others:
        listed(page, story.headline).get_by_role("checkbox").check()
    page.get_by_role("button", name="自动拼版").click()
    offers = page.locator(".offer")
    expect(offers).to_have_count(3)
    offers.filter(has_text="都满").first.click()
    placed = Placement.objects.filter(page=paper, kind="story")
    wait_until(lambda: placed.count() == len(made.stories), "every story on the page")
    fits_all(page, made.stories)


def lay_out_two_pages(page: Page, made: Made) -> None:
    """A lead too long for its box goes on on page two; one story below it, one beside what goes on."""
    front, inner = made.issue.pages.order_by("number")
    lead, second, third = made.stories
    opened(page, front)
    drag(page, middle(listed(page, lead.headline).locator("strong")), cell(page, front, 1, 8))
    wait_until(lambda: place_of(front, article=lead), "the lead on the page")
    settled(page)
    box(page, lead.headline).click()
    size(page, cols=6, rows=8)
    expect(fit_of(page, lead)).to_have_text(OVER)
    page.locator("[data-continue]").select_option(label="第2版")
    expect(fit_of(page, lead)).to_have_text(re.compile(r"^余\d+字 · 下转第2版$"))
    put(page, second)
    grow(page, second)
    fits_all(page, [second])
    page.get_by_role("navigation", name="各版").get_by_role("link", name="2", exact=True).click()
    page.wait_for_url(f"**/page/{inner.pk}/compose/")
    settled(page)
    expect(fit_of(page, lead)).to_contain_text("上接第1版")
    grow(page, lead)
    put(page, third)
    grow(page, third)
    fits_all(page, [lead, third])


def add(page: Page, name: str) -> None:
    before = page.locator(".box").count()
    page.get_by_role("group", name="加版块").get_by_role("button", name=name).click()
    expect(page.locator(".box")).to_have_count(before + 1)
    settled(page)


def put(page: Page, story: Article) -> None:
    """By keyboard: where the composer finds room."""
    listed(page, story.headline).get_by_role("button", name="上版").focus()
    page.keyboard.press("Enter")
    expect(box(page, story.headline)).to_be_focused()
    settled(page)


def size(page: Page, **sides: int) -> None:
    for name, value in sides.items():
        page.locator(f"[data-place={name}]").fill(str(value))
        page.locator(f"[data-place={name}]").press("Tab")
    settled(page)


def grow(page: Page, story: Article) -> None:
    """A row at a time, until the text is all in."""
    box(page, story.headline).focus()
    for _ in range(30):
        settled(page)
        if not OVER.match(fit_of(page, story).inner_text()):
            return
        page.keyboard.press("Shift+ArrowDown")
    raise AssertionError(f"{story} never fits")


def fits_all(page: Page, stories: list[Article]) -> None:
    settled(page)
    for story in stories:
        expect(fit_of(page, story)).to_have_text(FITS)
    expect(page.locator("[data-problems]")).not_to_have_text(re.compile("处要改"))


def fit_of(page: Page, story: Article) -> Locator:
    return box(page, story.headline).locator(".box-fit")


def place_of(paper: PaperPage, **which: object) -> tuple[int, int, int, int] | None:
    return Placement.objects.filter(page=paper, **which).values_list("col", "row", "cols", "rows").first()


def cell(page: Page, paper: PaperPage, col: int, row: int) -> tuple[float, float]:
    """The middle of a grid cell in pixels of the window."""
    bounds = page.locator("[data-sheet]").bounding_box()
    assert bounds is not None
    left, top, width, height = share(paper.frozen_format(), col, row, 1, 1)
    x, y = (left + width / 2) / 1000, (top + height / 2) / 1000
    return bounds["x"] + x * bounds["width"], bounds["y"] + y * bounds["height"]


# ---- proofs ----


def pull(page: Page, paper: PaperPage, button: str) -> bytes:
    """A new proof from where the person is; shown when the worker has set it. Its PDF."""
    number = paper.proofs.count() + 1
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**/page/{paper.pk}/proof/")
    expect(page.locator("#proof-head")).to_contain_text(f"第{number}次")
    expect(page.locator(".sheet-picture")).to_be_visible(timeout=SETTING)
    return pdf_of(page)


def pdf_of(page: Page) -> bytes:
    answer = page.request.get(page.get_by_role("link", name="PDF", exact=True).get_attribute("href") or "")
    assert answer.ok
    return answer.body()


def correct(page: Page, paper: PaperPage) -> None:
    """The proofreader drags over the wrong character on the enlarged page, and writes the right one."""
    (wrong, right) = next((a, b) for a, b in zip(WRONG, RIGHT, strict=True) if a != b)
    for _ in range(2):
        page.get_by_role("button", name="放大").click()
    at = printed_at(pdf_of(page), WRONG)[WRONG.index(wrong)]
    page.locator("#sheet-frame").evaluate(
        """(frame, { left, top }) => {
             const { offsetWidth: wide, offsetHeight: high } = frame.querySelector("[data-sheet]");
             frame.scrollTo(left * wide - frame.clientWidth / 2, top * high - frame.clientHeight / 2);
           }""",
        at._asdict(),
    )
    bounds = page.locator("[data-sheet]").bounding_box()
    assert bounds is not None
    x, y = bounds["x"] + at.left * bounds["width"], bounds["y"] + at.top * bounds["height"]
    page.mouse.move(x - 1, y - 1)
    page.mouse.down()
    x, y = x + at.width * bounds["width"], y + at.height * bounds["height"]
    page.mouse.move(x + 1, y + 1, steps=4)
    page.mouse.up()
    expect(page.get_by_role("textbox", name="原文")).to_have_value(wrong)
    page.get_by_role("textbox", name="改为").fill(right)
    page.get_by_role("button", name="改正").click()
    row = page.locator("[data-mark-row]")
    expect(row).to_contain_text("已改")
    expect(row.locator("del")).to_have_text(wrong)
    expect(row.locator("ins")).to_have_text(right)
    expect(row).to_contain_text("须由他人核红")


def check(page: Page, paper: PaperPage) -> None:
    """核红 by another."""
    page.goto(f"/admin/issues/page/{paper.pk}/proof/")
    page.locator("[data-mark-row]").get_by_role("button", name="核红").click()
    expect(page.locator("[data-mark-row]")).to_contain_text("已核红")
    assert paper.marks.get().status == "checked"


def sign(page: Page, paper: PaperPage, stages: list[str]) -> None:
    for stage in stages:
        page.goto(f"/admin/issues/page/{paper.pk}/proof/")
        expect(page.locator("#panel-state")).to_have_text(stage)
        page.locator("#panel form.is-first button").click()
        expect(page.locator("#panel-state")).not_to_have_text(stage)


def give_moment(page: Page, issue: Issue, due: datetime) -> None:
    page.goto(f"/admin/issues/issue/{issue.pk}/change/")
    page.get_by_label("发布时间").fill(timezone.localtime(due).strftime("%Y-%m-%dT%H:%M:%S"))
    page.get_by_role("button", name="定时发布").click()
    expect(page.locator("[aria-labelledby=release-title]")).to_contain_text("定于")


# ---- what is printed ----


class Character(NamedTuple):
    """Of the first page of a PDF. Left, top, width and height are shares of the page."""

    character: str
    left: float
    top: float
    width: float
    height: float


def printed(pdf: bytes) -> list[str]:
    """What each page says, without white space."""
    with pdfium.opened(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def stands_in(pdf: bytes, words: str, area: tuple[float, ...]) -> bool:
    """Whether words that are printed once begin and end in the area: left, top, width, height as shares."""
    for one in (printed_at(pdf, words)[0], printed_at(pdf, words)[-1]):
        x, y = one.left + one.width / 2, one.top + one.height / 2
        if not (area[0] < x < area[0] + area[2] and area[1] < y < area[1] + area[3]):
            return False
    return True


def printed_at(pdf: bytes, words: str) -> list[Character]:
    """Of words that are printed once."""
    found = characters(pdf)
    bare = "".join(one.character for one in found)
    assert bare.count(words) == 1
    return found[bare.index(words) :][: len(words)]


@lru_cache(maxsize=8)
def characters(pdf: bytes) -> list[Character]:
    """All but white space."""
    with pdfium.opened(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        wide, high = page.get_size()
        found = []
        for number, character in enumerate(text.get_text_range()):
            if not character.isspace():
                left, bottom, right, top = text.get_charbox(number, loose=True)
                place = (left / wide, 1 - top / high, (right - left) / wide, (top - bottom) / high)
                found.append(Character(character, *place))
        return found
