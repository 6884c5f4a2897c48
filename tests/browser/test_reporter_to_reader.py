"""One story, from the reporter's desk to the reader: filed, returned, mended, changed, signed, due, read.

Everybody has a login and a browser of their own; the worker and beat are not running until the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Section, Series
from articles.verify import verify
from people import chain, regions
from tests.browser import filed
from tests.browser.filed import Filed
from tests.cast import Cast
from tests.factories.people import PASSWORD
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

DUE_IN = 12  # seconds from the chief's choice to the story's moment
NOTE = "第一段请写明地点，小标题再短一些。"


@pytest.fixture
def desk(new_page: Callable[..., Page]) -> Callable[[Any], Page]:
    """`desk(user)`: that person's own browser, logged in through the login page."""

    def log_in(user: Any) -> Page:
        page = new_page()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/admin/")
        page.locator("[name=username]").fill(user.username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form [type=submit]").first.click()
        expect(page.locator("#user-tools")).to_contain_text(str(user))
        return page

    return log_in


@pytest.fixture(params=["seed", "our own"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Filed:
    """The web article of the shared seeds, and the same flow with a text of our own."""
    if request.param == "seed":
        return filed.seed(request.getfixturevalue("shared"))
    return filed.our_own(tmp_path)


def test_a_story_goes_from_the_reporters_desk_to_the_reader(
    story: Filed,
    desk: Callable[[Any], Page],
    new_page: Callable[..., Page],
    worker: Callable[..., Any],
    beat: Callable[..., Any],
    console_errors: list[str],
) -> None:
    cast = Cast()
    regions.load(regions.read(regions.SHIPPED))
    section = Section.objects.create(name="区县")
    Series.objects.create(title=story.series)

    reporter = desk(cast.reporter)
    article = file_and_submit(reporter, story)
    return_it(desk(cast.editor), article)
    mend(reporter, article, story)
    passes(desk(cast.editor), article, "通过")
    change_two_words(desk(cast.deputy), article, story)
    due = sign(desk(cast.chief), article, story)

    reader = new_page()
    address = f"/articles/{article.pk}/"
    before = reader.goto(address)
    assert timezone.now() < due, "the test itself was too slow"
    assert before
    assert before.status == 404
    assert story.headline not in (
        reader.request.get("/feeds/rss.xml").text() + reader.request.get("/").text()
    )
    console_errors.clear()  # the 404 asked for

    wait_until(lambda: timezone.now() >= due, "the story's moment")
    assert_read(reader, address, story, section)
    article.refresh_from_db()
    assert article.status == "signed", "nobody but the clock released it"

    worker()
    beat()
    wait_until(lambda: Article.objects.get(pk=article.pk).status == "published", "the status to follow")
    assert not [*chain.verify(), *verify()]


def open_story(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ck-editor__editable").wait_for()


def paste(page: Page, html: str) -> None:
    """From the clipboard into the body, as from a text program."""
    page.evaluate(
        """html => navigator.clipboard.write([new ClipboardItem({
             "text/html": new Blob([html], {type: "text/html"}),
             "text/plain": new Blob([html.replace(/<[^>]+>/g, "\\n")], {type: "text/plain"}),
           })])""",
        html,
    )
    page.locator(".ck-editor__editable").press("ControlOrMeta+End")
    page.keyboard.press("ControlOrMeta+V")


def file_and_submit(page: Page, story: Filed) -> Article:
    page.goto("/admin/")
    page.get_by_role("link", name="写新稿").first.click()
    page.locator(".ck-editor__editable").wait_for()
    page.get_by_label("主题", exact=True).fill(story.headline)
    page.get_by_label("专栏", exact=True).select_option(label=story.series)
    page.get_by_label("专栏篇次").fill(story.instalment)
    page.get_by_label("栏目", exact=True).select_option(label="区县")
    page.get_by_label("地区").fill("131000")
    page.get_by_label("标签").fill("党建、基层")
    page.get_by_label("来源", exact=True).fill(story.source)
    page.get_by_label("原发时间").fill(story.published)
    page.get_by_label("版权声明").fill(story.notice)
    page.get_by_label("责任编辑").fill(story.editor)
    page.get_by_label("代传").check()
    name_the_writers(page, story)
    page.locator("[data-upload-files]").set_input_files([picture.file for picture in story.pictures])
    rows = page.locator("[data-rows=photos] > li")
    expect(rows).to_have_count(len(story.pictures), timeout=60_000)
    write_the_body(page, story)
    caption_the_pictures(page, story)
    page.get_by_role("button", name="保存并提交审核").click()
    page.wait_for_url("**/change/")
    expect(page.locator("#panel-state")).to_contain_text("初审")
    return Article.objects.get(headline=story.headline)


def name_the_writers(page: Page, story: Filed) -> None:
    rows = page.locator("[data-rows=bylines] > li")
    while rows.count() < len(story.names):
        page.locator("[data-add=bylines]").click()
    for row, name in zip(rows.all(), story.names, strict=True):
        row.locator("[name$=-name]").fill(name.name)
        row.locator("[name$=-name]").press("Tab")
        row.locator("[name$=-identity]").select_option(name.identity)
        row.locator("[name$=-outlet]").fill(name.outlet)


def picture_rows(page: Page, story: Filed) -> list[Any]:
    """The rows of the uploaded files, in the order of the story (uploads may end in another)."""
    rows = {
        Path(row.locator("[name$=-photo]").input_value()).name: row
        for row in page.locator("[data-rows=photos] > li").all()
    }
    from media.models import Photo

    known = {photo.original_name: photo.public_id for photo in Photo.objects.all()}
    return [rows[known[picture.file.name]] for picture in story.pictures]


def write_the_body(page: Page, story: Filed) -> None:
    """Text from the clipboard, each picture put where the story has it."""
    rows = picture_rows(page, story)
    start = 0
    for number, (kind, text) in enumerate(story.blocks):
        if kind == "photo":
            paste(page, story.html(start, number))
            rows[int(text)].locator("[data-place]").click()
            page.locator(".ck-editor__editable").press("ControlOrMeta+End")
            page.keyboard.press("Enter")
            start = number + 1
    paste(page, story.html(start))
    expect(page.locator(".ck-editor__editable figure.image")).to_have_count(len(story.pictures))


def caption_the_pictures(page: Page, story: Filed) -> None:
    for row, picture in zip(picture_rows(page, story), story.pictures, strict=True):
        row.locator("[name$=-caption]").fill(picture.caption)
        row.locator("[name$=-credit]").fill(picture.credit)


def return_it(page: Page, article: Article) -> None:
    page.goto("/admin/")
    row = page.locator("li, tr, article").filter(has_text=article.headline).first
    expect(row).to_be_visible()
    open_story(page, article)
    page.locator("details.action summary", has_text="退回修改").click()
    page.locator("#note-return").fill(NOTE)
    page.locator("details.action[open] button[value=return]").click()
    expect(page.locator("#panel-state")).to_contain_text("退回修改")
    article.refresh_from_db()
    assert article.status == "draft"


def mend(page: Page, article: Article, story: Filed) -> None:
    page.goto("/admin/")
    expect(page.locator("#content-start")).to_contain_text(NOTE)
    open_story(page, article)
    page.get_by_label("提要").fill("记者在一线看到的变化。")
    page.locator("#panel button[value=submit]").click()
    expect(page.locator("#panel-state")).to_contain_text("初审")


def passes(page: Page, article: Article, label: str) -> None:
    open_story(page, article)
    stage = page.locator("#panel-state").inner_text()
    button = page.locator("#panel button[value=pass]")
    expect(button).to_have_text(label)
    button.click()
    expect(page.locator("#panel-state")).not_to_contain_text(stage)


def change_two_words(page: Page, article: Article, story: Filed) -> None:
    """The deputy puts two words into the headline's place for them, and passes what he made."""
    open_story(page, article)
    page.get_by_label("副题").fill("一线见闻")
    page.get_by_label("提要").fill("记者在现场看到的变化。")
    page.locator("#panel button[value=pass]").click()
    expect(page.locator("#panel-state")).to_contain_text("终审")
    article.refresh_from_db()
    assert (article.status, article.stage, article.subheadline) == ("review", 2, "一线见闻")


def sign(page: Page, article: Article, story: Filed) -> datetime:
    """The chief sees the two words marked, sets the moment, and signs."""
    open_story(page, article)
    marked = page.locator("#panel .panel-marked").first
    expect(marked.locator("ins").filter(has_text="现场")).to_be_visible()
    expect(marked.locator("del").filter(has_text="一线")).to_be_visible()
    due = timezone.localtime().replace(microsecond=0) + timedelta(seconds=DUE_IN)
    page.get_by_label("发布时间", exact=True).fill(due.strftime("%Y-%m-%dT%H:%M:%S"))
    page.locator("#panel button[value=pass]").click()
    expect(page.locator("#panel-state")).to_contain_text("已签发")
    return due


def assert_read(reader: Page, address: str, story: Filed, section: Section) -> None:
    """The full story, and its place in every list it belongs to."""
    answer = reader.goto(address)
    assert answer
    assert answer.status == 200
    page = reader.locator("main")
    expect(page.get_by_role("heading", name=story.headline)).to_be_visible()
    shown = page.inner_text().replace("\n", "")
    for text in [*story.paragraphs, story.series, story.instalment, story.source, story.editor, story.notice]:
        assert text in shown, f"missing: {text[:30]}"
    for name in story.names:
        assert name.name in shown
    for picture in story.pictures:
        assert picture.caption in shown
        assert picture.credit in shown
    images = page.locator("article figure picture img")
    expect(images).to_have_count(len(story.pictures))
    for image in images.all():
        image.scroll_into_view_if_needed()
        wait_until(
            lambda image=image: image.evaluate("i => i.complete && i.naturalWidth > 0"), "a picture to show"
        )
    lists = ["/", f"/sections/{section.slug}/", "/regions/131000/", "/regions/130000/", "/feeds/rss.xml"]
    lists += [f"/series/{Series.objects.get().slug}/", "/search/?q=" + story.headline[:4], "/sitemap-1.xml"]
    for place in lists:
        assert address in reader.request.get(place).text(), f"not in {place}"
