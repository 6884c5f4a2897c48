"""The newsroom in a real browser: desk, panel, versions, preview and list, at desk and phone width."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Release
from articles.workflow import perform
from people.models import Signature
from tests.articles.admin.states import edit, story
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
NewPage = Callable[..., Page]
HOSTILE = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"


def change(article: Article, view: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{view}/"


def ready(page: Page) -> Page:
    page.locator("#story-form[data-editor=ready]").wait_for()
    return page


@pytest.fixture
def bureau(cast: Cast) -> dict[str, Article]:
    """A story in each state, and a few things that went wrong."""
    names = (
        "draft",
        "stage 1",
        "stage 2",
        "stage 3",
        "signed",
        "published",
        "amended",
        "withdrawn",
        "spiked",
    )
    stories = {name: story(cast, name) for name in names}
    edit(stories["stage 3"], cast.chief, headline="新桥昨日通车")
    perform("return", stories["stage 2"], cast.deputy, note="第二段的数字请核实，再写明来源。")
    Article.objects.filter(pk=stories["published"].pk).update(trouble="发布件与签发时的内容不符")
    return stories


# From the desk to the reader


def test_three_people_take_a_story_from_desk_to_reader(cast: Cast, new_page: NewPage) -> None:
    """Each finds it on the desk, opens it by the one button and moves it on by the first one there."""
    article = ArticleFactory(headline="新桥今日通车", created_by=cast.reporter)
    page = new_page(cast.reporter)
    page.goto("/admin/")
    page.get_by_role("link", name="接着写").click()
    ready(page)
    page.locator("#panel").get_by_role("button", name="提交审核").click()
    expect(page.locator(".messagelist")).to_contain_text("已提交审核，现在等初审")
    for user, waiting, button, said in (
        (cast.editor, "初审", "通过", "初审已通过，转复审"),
        (cast.deputy, "复审", "通过", "复审已通过，转终审"),
        (cast.chief, "终审", "签发", "读者现在就能看到"),
    ):
        page = new_page(user)
        page.goto("/admin/")
        page.locator(".is-waiting").get_by_role("link", name=waiting, exact=True).click()
        ready(page)
        page.locator("#panel").get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text(said)
    page.locator("#panel").get_by_role("link", name="线上网页").click()
    expect(page.locator("h1")).to_contain_text("新桥今日通车")
    article.refresh_from_db()
    assert article.status == "published"


def test_what_was_typed_goes_with_the_decision(cast: Cast, new_page: NewPage) -> None:
    """改后通过: the button says so as soon as something is typed, and saves before it signs."""
    article = story(cast, "stage 1")
    page = new_page(cast.editor)
    page.goto(change(article))
    ready(page)
    button = page.locator("#panel .is-first button")
    expect(button).to_have_text("通过")
    page.get_by_label("主题", exact=True).fill("新桥周一通车")
    expect(button).to_have_text("改后通过")
    button.click()
    expect(page.locator(".messagelist")).to_contain_text("初审已通过")
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("新桥周一通车", 1)
    signed = Signature.objects.latest("sequence")
    assert signed.digest == article.digest

    page = new_page(cast.deputy)
    page.goto(change(article))
    marked = page.locator(".panel-marked")
    expect(marked.locator("del")).to_have_text("今日")
    expect(marked.locator("ins")).to_have_text("周一")


def test_enter_in_a_field_signs_nothing(cast: Cast, new_page: NewPage) -> None:
    """A browser presses a form's first button for Enter: that one only saves."""
    article = story(cast, "stage 1")
    page = new_page(cast.editor, java_script_enabled=False)
    page.goto(change(article))
    page.get_by_label("责任编辑").fill("顾知秋")
    with page.expect_navigation():
        page.get_by_label("责任编辑").press("Enter")
    article.refresh_from_db()
    assert article.responsible_editor == "顾知秋"
    assert (article.status, article.stage) == ("review", 0)


def test_a_return_needs_a_note_and_keeps_what_was_typed(cast: Cast, new_page: NewPage) -> None:
    article = story(cast, "stage 1")
    page = new_page(cast.editor)
    page.goto(change(article))
    ready(page)
    back = page.locator("details.action", has_text="退回修改")
    back.locator("summary").click()
    expect(back.locator("textarea")).to_be_focused()
    page.keyboard.type("副题太长。")
    back.get_by_role("button", name="退回修改").click()
    expect(page.locator(".messagelist")).to_contain_text("已退回修改")
    page = new_page(cast.reporter)
    page.goto("/admin/")
    expect(page.locator(".is-returned blockquote")).to_contain_text("副题太长。")
    page.get_by_role("link", name="去修改").click()
    expect(page.locator(".panel-returned")).to_contain_text("副题太长。")


def test_withdrawing_from_the_storys_page(cast: Cast, new_page: NewPage, console_errors: list[str]) -> None:
    article = story(cast, "published")
    page = new_page(cast.chief)
    page.goto(change(article))
    ready(page)
    action = page.locator("details.action", has_text="撤稿")
    action.locator("summary").click()
    page.get_by_label("主题", exact=True).fill("正在改的题")  # nothing unsaved holds up a withdrawal
    action.get_by_label("撤稿原因（内部）").fill("事实有误")
    action.get_by_label("给读者的告示").fill("该文有误，已撤下")
    action.get_by_role("button", name="撤稿").click()
    expect(page.locator(".messagelist")).to_contain_text("已撤稿")
    answer = page.goto(f"/articles/{article.pk}/")
    assert answer
    assert answer.status == 410
    expect(page.locator("body")).to_contain_text("该文有误，已撤下")
    console_errors.clear()  # the 410 asked for


def test_two_signers_at_once_and_the_second_is_told(
    cast: Cast, new_page: NewPage, console_errors: list[str]
) -> None:
    article = story(cast, "stage 1")
    page = new_page(cast.editor)
    page.goto(change(article))
    ready(page)
    perform("pass", article, type(cast.editor).objects.get(pk=cast.editor.pk))
    page.locator("#panel .is-first button").click()
    expect(page.locator("body")).to_contain_text(re.compile("不由你|刚被"))
    article.refresh_from_db()
    assert article.stage == 1
    console_errors.clear()  # the refusal's own status


# Rescheduling, claiming, listing


def test_a_new_time_chosen_in_the_panel(cast: Cast, new_page: NewPage) -> None:
    article = story(cast, "signed")
    page = new_page(cast.chief)
    page.goto(change(article))
    action = page.locator("details.action", has_text="改发布时间")
    action.locator("summary").click()
    moment = timezone.localtime().replace(hour=8, minute=30, second=0, microsecond=0) + timedelta(days=4)
    action.get_by_label("新的发布时间").fill(f"{moment:%Y-%m-%dT%H:%M}")
    action.get_by_role("button", name="改发布时间").click()
    expect(page.locator(".messagelist")).to_contain_text("08:30发布")
    assert Release.objects.get(article=article).visible_from == moment


def test_claiming_on_the_desk_keeps_the_person_there(cast: Cast, new_page: NewPage) -> None:
    ArticleFactory(headline="来稿", created_by=cast.reporter)
    page = new_page(cast.editor)
    page.goto("/admin/")
    page.get_by_role("button", name="认领《来稿》").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.locator(".is-hand")).to_contain_text("来稿")


def test_a_filter_applies_as_soon_as_it_is_chosen(
    cast: Cast, new_page: NewPage, bureau: dict[str, Any]
) -> None:
    SectionFactory(name="民生")
    page = new_page(cast.editor)
    page.goto("/admin/articles/article/")
    page.get_by_label("状态", exact=True).select_option(label="不用")
    expect(page).to_have_url(re.compile(r"\?status=spiked$"))
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="全部清除").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(len(bureau))
    page.locator("#result_list tbody tr", has_text="草稿").first.locator("input").check()
    page.get_by_label("动作").select_option(label="列为备用")
    page.get_by_role("button", name="执行").click()
    expect(page.locator(".messagelist")).to_contain_text("已备用1篇")


def test_versions_compared_and_restored(cast: Cast, new_page: NewPage) -> None:
    article = ArticleFactory(headline="新桥今日通车", created_by=cast.reporter)
    for headline in ("新桥今日通车", "新桥周一通车", "新桥周二通车"):
        edit(article, cast.reporter, headline=headline, lede=headline)
    page = new_page(cast.reporter)
    page.goto(change(article, "revisions"))
    page.get_by_label("以第1版为旧").check()
    page.get_by_role("button", name="对照选中的两版").click()
    expect(page.locator(".is-headline del")).to_have_text("今日")
    expect(page.locator(".is-headline ins")).to_have_text("周二")
    page.go_back()
    page.locator("tr", has_text="第1版").get_by_role("button", name="恢复").click()
    expect(page.locator(".messagelist")).to_contain_text("已恢复第1版的内容，存为第4版")
    expect(page.get_by_label("主题", exact=True)).to_have_value("新桥今日通车")


def test_the_preview_shows_the_page_in_two_widths(cast: Cast, new_page: NewPage) -> None:
    article = story(cast, "stage 1")
    page = new_page(cast.editor)
    page.goto(change(article, "preview"))
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("新桥今日通车")
    assert page.locator("iframe").bounding_box()["width"] <= 392  # type: ignore[index]
    page.get_by_role("link", name="电脑").click()
    expect(frame.locator("h1")).to_contain_text("新桥今日通车")
    assert page.locator("iframe").bounding_box()["width"] > 1000  # type: ignore[index]


# Everywhere


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_fits_and_is_within_reach(
    width: int, scheme: str, cast: Cast, new_page: NewPage, bureau: dict[str, Article]
) -> None:
    """No sideways scrolling, nothing axe objects to, nothing in the console."""
    for user in (cast.reporter, cast.editor, cast.chief):
        page = new_page(user, viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages = ["/admin/", "/admin/articles/article/"]
        pages += [change(bureau["stage 3"], view) for view in ("change", "revisions", "compare", "preview")]
        for address in pages:
            page.goto(address)
            expect(page.locator("#content")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert offences(page) == [], address


def offences(page: Page) -> list[str]:
    """What axe finds wrong in our own parts; the editor answers for itself."""
    options = {"preload": False}  # it would read sheets by writing others into the page
    context = {"exclude": [[".ck-editor"], ["iframe"]]}
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_hostile_texts_run_nowhere(cast: Cast, new_page: NewPage) -> None:
    article = story(cast, "stage 1")
    edit(
        article, cast.editor, headline=HOSTILE, lede=HOSTILE, kicker=HOSTILE, body=f"<p>桥通了。{HOSTILE}</p>"
    )
    perform("pass", article, cast.editor, note=HOSTILE)
    perform("return", article, cast.deputy, note=HOSTILE)
    page = new_page(cast.reporter)
    pages = ["/admin/", "/admin/articles/article/"]
    pages += [change(article, view) for view in ("change", "revisions", "compare", "preview", "preview/page")]
    for address in pages:
        page.goto(address)
        expect(page.locator("main").first).to_be_visible()
        assert page.title() != "ran", address
        assert page.locator("img[src=x]").count() == 0, address


def test_without_scripts_everything_can_be_done(cast: Cast, new_page: NewPage) -> None:
    article = story(cast, "stage 1")
    page = new_page(cast.editor, java_script_enabled=False)
    page.goto(change(article))
    page.locator("details.action", has_text="退回修改").locator("summary").click()
    page.locator("#note-return").fill("重写")
    page.locator("details.action", has_text="退回修改").get_by_role("button").click()
    expect(page.locator(".messagelist")).to_contain_text("已退回修改")
    page.goto("/admin/articles/article/")
    page.get_by_label("状态", exact=True).select_option(label="草稿")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_published_stories_show_on_the_chiefs_time_line(cast: Cast, new_page: NewPage) -> None:
    article = ArticleFactory(headline="今日已发", created_by=cast.reporter)
    publish(article, cast, timezone.now())
    page = new_page(cast.chief)
    page.goto("/admin/")
    expect(page.locator(".timeline .is-public")).to_contain_text("今日已发")
