"""A page of a newspaper on its desk: sent in, corrected by mouse and by keys, accepted, signed, read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Intake
from articles.workflow import perform
from newsroom.demo.pictures import draw
from people.models import User
from tests.browser import intake_hands
from tests.browser.intake_hands import OWN, block, click_before, opened, piece, saved
from tests.cast import Cast
from tests.factories.articles import sign
from tests.factories.issues import IssueFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
NewPage = Callable[..., Page]

DAY = date(2019, 11, 1)


@dataclass(frozen=True)
class Sample:
    """A page; parts of pieces that the test takes hold of, and what must be read in the end."""

    name: str
    data: bytes
    kicker: str  # becomes the subheadline
    cut: str  # a paragraph is cut before these words
    lone: str  # a picture's caption that is merged into the story before it
    picture: str  # the caption that becomes the picture story
    lead: str  # words of the first story's headline
    told: tuple[str, ...]  # in the first story, as readers see it


def seed(shared: Path) -> Sample:
    (file,) = (shared / "seeds").glob("000_*.txt")
    return Sample(
        file.name,
        file.read_bytes(),
        kicker="推动主题教育走深走实",
        cut="为加快项目建设",
        lone="行政审批大厅窗口工作人员",
        picture="红楼梦·戏剧幻城",
        lead="深入一线、狠抓落实",
        told=("推动主题教育走深走实", "孟宪峰", "为加快项目建设,开发区成立了工作专班下沉一线"),
    )


def our_own() -> Sample:
    return Sample(
        "第1版.txt",
        OWN.encode("gb18030"),
        kicker="望渡桥今晨通车",
        cut="桥头的公交站月底启用",
        lone="安装护栏",
        picture="换上菊花",
        lead="城东新区建设",
        told=("望渡桥今晨通车", "贺明川", "桥头的公交站月底启用"),
    )


@pytest.fixture(params=["seed", "our own"])
def sample(request: pytest.FixtureRequest) -> Sample:
    return seed(request.getfixturevalue("shared")) if request.param == "seed" else our_own()


@pytest.fixture
def desk_editor() -> User:
    return intake_hands.desk_editor()


def test_a_page_becomes_signed_stories(
    sample: Sample, new_page: NewPage, desk_editor: User, tmp_path: Path
) -> None:
    cast = Cast()
    IssueFactory(date=DAY)
    intake = take_in(new_page(desk_editor), sample)
    correct(opened(new_page(desk_editor), intake), sample)
    reader_of_corrections = opened(new_page(desk_editor), intake)  # another browser, as after a crash
    accept(reader_of_corrections, sample)
    put_picture(reader_of_corrections, sample, tmp_path)
    name_the_picture_story(new_page(desk_editor), sample)
    for article in Article.objects.all():
        perform("submit", article, desk_editor)
        sign(article, cast, timezone.now(), release_at=timezone.now())
    read(new_page(), sample)


def take_in(page: Page, sample: Sample) -> Intake:
    page.goto("/admin/")
    page.get_by_role("navigation", name="编辑部").get_by_role("link", name="收稿").click()
    page.locator("#files").set_input_files(
        {"name": sample.name, "mimeType": "text/plain", "buffer": sample.data}
    )
    line = page.locator("[data-files] li")
    expect(line.get_by_role("link")).to_have_text(sample.name)
    expect(line).to_contain_text(re.compile(r"\d篇"))
    expect(page.locator(".intake-row")).to_have_count(1)
    line.get_by_role("link").click()
    page.locator(".intake.is-scripted").wait_for()
    return Intake.objects.get()


def correct(page: Page, sample: Sample) -> None:
    """A kind by mouse, a cut by Enter, a story merged by key; a step too many is taken back."""
    cards = page.locator(".cards .card[data-group]")
    stories = cards.count()

    piece(page, sample.kicker).click()
    page.get_by_role("toolbar").get_by_role("button", name="副题").click()
    expect(block(page, sample.kicker)).to_have_class(re.compile("is-subheadline"))

    click_before(page, sample.cut, sample.cut)
    page.keyboard.press("Enter")
    expect(block(page, sample.cut)).to_have_text(re.compile(rf"^正文\s*{sample.cut}"))
    saved(page)
    page.reload()  # and everything is still there
    expect(block(page, sample.kicker)).to_have_class(re.compile("is-subheadline"))
    expect(piece(page, sample.cut)).to_have_text(re.compile(rf"^(正文)?{sample.cut}"))

    piece(page, sample.lone).click()
    page.keyboard.press("m")
    expect(cards).to_have_count(stories - 1)
    piece(page, sample.cut).click()
    page.keyboard.press("2")
    expect(cards.nth(1)).to_contain_text(sample.cut)
    page.keyboard.press("ControlOrMeta+z")
    expect(cards.nth(0)).to_contain_text(sample.cut)
    expect(cards.nth(1)).to_contain_text(sample.lone)
    saved(page)


def accept(page: Page, sample: Sample) -> None:
    page.locator("#accept-date").fill(DAY.isoformat())
    expect(page.locator("[data-day]")).to_contain_text("已有第")
    page.locator("#accept-page").fill("1")
    page.get_by_role("button", name="收为草稿").click()
    expect(page.locator(".outcome h2")).to_contain_text("已收下")
    expect(page.locator(".outcome-stories > li")).to_have_count(Article.objects.count())
    expect(page.get_by_role("link", name=re.compile("去拼"))).to_be_visible()


def put_picture(page: Page, sample: Sample, folder: Path) -> None:
    file = folder / "现场.jpg"
    file.write_bytes(draw("cranes"))
    form = page.locator(".outcome-loose", has_text=sample.picture)
    form.locator("[name=picture]").set_input_files(file)
    form.get_by_role("button", name="配上").click()
    expect(page.locator(".outcome-loose", has_text=sample.picture)).to_have_count(0)


def picture_story() -> Article:
    return Article.objects.get(kind=Article.Kind.PICTURE)


def name_the_picture_story(page: Page, sample: Sample) -> None:
    """It came without a headline. Caption and credit are there, and the raw text beside it."""
    page.goto(f"/admin/articles/article/{picture_story().pk}/change/")
    page.locator("#story-form[data-editor=ready]").wait_for()
    row = page.locator("[data-rows=photos] > li")
    assert sample.picture in row.locator("[name$=-caption]").input_value()
    assert "记者" in row.locator("[name$=-credit]").input_value()
    page.get_by_text("看收来时的文字").click()
    expect(page.locator(".origin-text")).to_contain_text(sample.picture)
    page.get_by_label("主题", exact=True).fill("一线见闻")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/change/")
    wait_until(lambda: picture_story().headline == "一线见闻", "the headline to be saved")


def read(reader: Page, sample: Sample) -> None:
    lead = Article.objects.get(headline__contains=sample.lead)
    for article, told in ((lead, sample.told), (picture_story(), ("一线见闻", sample.picture))):
        answer = reader.goto(f"/articles/{article.pk}/")
        assert answer
        assert answer.status == 200
        for words in told:
            expect(reader.locator("main")).to_contain_text(words)
    image = reader.locator("article figure.picture img")
    wait_until(lambda: image.evaluate("i => i.complete && i.naturalWidth > 0"), "the picture to show")
    expect(reader.locator("article .picture figcaption")).to_contain_text("摄")
