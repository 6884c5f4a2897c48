"""A page of a newspaper on its desk: sent in, corrected by mouse and by keys, accepted, signed, read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.intake import shelf
from articles.intake.pieces import Kind
from articles.models import Article, Intake
from articles.workflow import perform
from newsroom.demo.pictures import draw
from people import roles
from people.models import User
from tests.cast import Cast
from tests.factories.articles import sign
from tests.factories.intake import reading, sent
from tests.factories.issues import IssueFactory
from tests.factories.people import UserFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
NewPage = Callable[..., Page]

DAY = date(2019, 11, 1)
OWN = """望渡桥今晨通车 两岸同贺

城东新区建设 一年一个样

本报讯(记者贺明川)11月1日早晨,望渡桥的护栏上还挂着露水,第一辆公交车已经从桥上开过。老渡口的船一天八班,错过末班就要绕行十七公里。

桥面两侧各留了两米半的步道,坡度按轮椅能上来的标准做,栏杆高一米二。桥头的公交站月底启用,两岸的小店也添了灯。

老渡口图书角开放

本报讯(通讯员尹素芬)近日,老渡口候船室改成的图书角向居民开放,首批上架图书三千册。

图书角由社区志愿者轮流值守,每周二至周日开门,孩子放学后可以在这里写作业。

10月30日,工人在望渡桥东岸安装护栏。目前,桥面附属工程已全部完成。

记者 贺明川摄

10月31日,西岸苗圃的工人给桥头花坛换上菊花,新区今秋共布置花坛四十二处。

记者 丁望舒摄
"""


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
    """Takes in and submits; who submits a story signs none of its stages."""
    return UserFactory(username="night", full_name="程望", roles=[roles.EDITOR])


# ---- what people do ----


def piece(page: Page, text: str) -> Locator:
    return page.locator(".source .piece", has_text=text).first


def block(page: Page, text: str) -> Locator:
    return page.locator(".cards .block", has_text=text).first


def opened(page: Page, intake: Intake) -> Page:
    page.goto(f"/admin/articles/intake/{intake.pk}/change/")
    page.locator(".intake.is-scripted").wait_for()
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("已保存")


def click_before(page: Page, text: str, words: str) -> None:
    """Click in the piece just before some words of it, as a hand would."""
    place = piece(page, text).evaluate(
        """(span, words) => {
            span.scrollIntoView({block: "center"});
            const node = [...span.childNodes].find(n => n.nodeType === 3 && n.data.includes(words));
            const range = document.createRange();
            range.setStart(node, node.data.indexOf(words));
            range.setEnd(node, node.data.indexOf(words) + 1);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.top + box.height / 2];
        }""",
        words,
    )
    page.mouse.click(*place)


def kinds(intake: Intake) -> list[tuple[str, int]]:
    intake.refresh_from_db()
    return [(kind, group) for _line, _start, _end, kind, group, _joined in json.loads(intake.pieces)]


# ---- from the file to the reader ----


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
    image = reader.locator("article figure img")
    wait_until(lambda: image.evaluate("i => i.complete && i.naturalWidth > 0"), "the picture to show")
    expect(reader.locator("article figcaption")).to_contain_text("摄")


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
