"""The story's form as people use it: names, pictures, keeping, leaving, two at once, without scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article, Autosave
from media.models import Photo
from newsroom.lib.html import count_characters
from people.models import Region, Reporter
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.media import PhotoFactory, picture
from tests.factories.people import PASSWORD, ReporterFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
ADD = "/admin/articles/article/add/"
EDITOR = ".ck-editor__editable"
PHONE = {"width": 390, "height": 844}
NewPage = Callable[..., Page]


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return ready(page)


def ready(page: Page) -> Page:
    page.locator("#story-form[data-editor=ready]").wait_for()
    return page


def body_of(page: Page) -> str:
    return str(page.evaluate("window.editors.id_body.getData()"))


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()


def rows(page: Page, of: str) -> Any:
    return page.locator(f"[data-rows={of}] > li")


def figure(photo: Photo) -> str:
    return f'<figure class="image"><img src="/photos/{photo.public_id}/w640.webp" alt=""></figure>'


def jpeg(name: str = "a.jpg") -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(900, 600)}


def test_a_reporter_writes_a_story(new_page: NewPage, cast: Cast) -> None:
    ReporterFactory(name="林晚照", user=cast.reporter)
    ReporterFactory(name="白苇", identity="correspondent", outlet="临港街道")
    Region.objects.create(code="991100", name="临港开发区", level=3)
    page = opened(new_page(cast.reporter), ADD)
    page.get_by_label("引题", exact=True).fill("开发区里春意浓")
    headline = page.get_by_label("主题", exact=True)
    headline.fill("三月项目　集中开工")
    headline.press("Enter")
    expect(page.get_by_label("副题", exact=True)).to_be_focused()
    page.locator(EDITOR).click()
    page.keyboard.type("第一段三月开工。")
    page.keyboard.press("Enter")
    page.keyboard.type("GDP增长8%")
    written = "<p>第一段三月开工。</p><p>GDP增长8%</p>"
    expect(page.locator("[data-count]")).to_have_text(str(count_characters(written)))

    page.get_by_role("button", name="加一个署名").click()
    name = rows(page, "bylines").last.get_by_label("姓名")
    expect(name).to_be_focused()
    name.press_sequentially("baiw")
    expect(page.get_by_role("option", name="临港街道 通讯员 白苇")).to_be_visible()
    name.press("ArrowDown")
    name.press("Enter")
    expect(name).to_have_value("白苇")
    expect(rows(page, "bylines").last.get_by_label("媒体或单位")).to_have_value("临港街道")
    page.get_by_role("button", name="加一个署名").click()
    rows(page, "bylines").last.get_by_label("姓名").fill("新来的人")
    page.get_by_label("地区", exact=True).press_sequentially("临港")
    page.get_by_role("option", name="临港开发区").click()
    expect(page.get_by_label("地区", exact=True)).to_have_value("临港开发区(991100)、")
    page.get_by_label("标签", exact=True).fill("项目，开工")
    expect(rows(page, "bylines").last.get_by_role("status")).to_have_text("新通讯员，保存时建档")
    save(page)

    article = Article.objects.get()
    assert (article.kicker, article.headline) == ("开发区里春意浓", "三月项目　集中开工")
    assert article.body == written
    assert list(article.bylines.values_list("name", "identity")) == [
        ("林晚照", "reporter"),
        ("白苇", "correspondent"),
        ("新来的人", "correspondent"),
    ]
    assert Reporter.objects.filter(name="新来的人").exists()
    assert article.regions.get().code == "991100"
    assert not Autosave.objects.exists()


def test_names_are_ordered_by_keys_buttons_and_the_grip(new_page: NewPage, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, bylines=[{"name": name} for name in "甲乙丙"])
    page = opened(new_page(cast.reporter), change(article))
    listed = lambda: [row.get_by_label("姓名").input_value() for row in rows(page, "bylines").all()]  # noqa: E731
    rows(page, "bylines").nth(2).get_by_label("姓名").press("Alt+ArrowUp")
    assert listed() == ["甲", "丙", "乙"]
    rows(page, "bylines").nth(0).get_by_role("button", name="下移").click()
    assert listed() == ["丙", "甲", "乙"]
    grip, onto = rows(page, "bylines").nth(2).locator("[data-grip]"), rows(page, "bylines").nth(0)
    grip.hover()
    page.mouse.down()
    box = onto.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 4, steps=6)
    page.mouse.up()
    assert listed() == ["乙", "丙", "甲"]
    rows(page, "bylines").nth(1).get_by_role("button", name="移除").click()
    save(page)
    assert list(article.bylines.values_list("name", flat=True)) == ["乙", "甲"]


def test_pictures_from_the_library_stand_between_paragraphs(new_page: NewPage, cast: Cast) -> None:
    one, two = PhotoFactory(caption="一号码头"), PhotoFactory(caption="二号码头", uploaded_by=cast.editor)
    PhotoFactory(caption="别的图")
    article = ArticleFactory(created_by=cast.reporter, body="<p>第一段。</p><p>第二段。</p>")
    page = opened(new_page(cast.reporter), change(article))
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("End")
    page.get_by_role("button", name="插入图片").click()
    dialog = page.get_by_role("dialog", name="图片库")
    dialog.get_by_role("searchbox").fill("码头")
    expect(dialog.locator(".picker-pick")).to_have_count(2)
    dialog.get_by_role("button", name="一号码头").click()
    dialog.get_by_role("button", name="二号码头").click()
    expect(dialog.get_by_text("已选 2 张")).to_be_visible()
    dialog.get_by_role("button", name="插入正文").click()
    expect(dialog).to_be_hidden()
    expect(rows(page, "photos")).to_have_count(2)
    shown = page.locator(f"{EDITOR} img")
    expect(shown).to_have_count(2)
    wait_until(lambda: shown.evaluate_all("all => all.every(img => img.naturalWidth > 0)"), "pictures shown")
    rows(page, "photos").first.get_by_label("说明").fill("自己写的说明")
    expect(page.locator(f"{EDITOR} figure").first).to_have_attribute("data-words", "自己写的说明")
    save(page)
    article.refresh_from_db()
    kinds = re.findall(r"<p>[^<]*|/photos/(\w+)/", article.body)
    assert kinds == ["", one.public_id, two.public_id, ""]
    assert list(article.photos.values_list("photo", "caption")) == [(one.pk, "自己写的说明"), (two.pk, "")]

    opened(page, change(article))
    expect(rows(page, "photos").first.get_by_text("已在正文中")).to_be_visible()
    rows(page, "photos").first.get_by_role("button", name="移除").click()
    expect(page.locator(f"{EDITOR} img")).to_have_count(1)
    save(page)
    article.refresh_from_db()
    assert one.public_id not in article.body
    assert article.photos.get().photo == two


def test_files_are_uploaded_chosen_dropped_and_pasted(new_page: NewPage, cast: Cast) -> None:
    page = opened(new_page(cast.reporter), ADD)
    bad = {"name": "bad.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    page.get_by_label("上传图片…").set_input_files([jpeg("好图.jpg"), bad])
    expect(rows(page, "photos")).to_have_count(1)
    expect(page.get_by_text("bad.jpg：")).to_be_visible()
    page.locator("#photos-group").get_by_role("button", name="插入正文").click()
    expect(page.locator(f"{EDITOR} img")).to_have_count(1)

    give_file(page, "drop", ".story-side", jpeg("拖来.jpg"))
    expect(rows(page, "photos")).to_have_count(2)
    page.locator(f"{EDITOR} figure").click()
    page.keyboard.press("Enter")
    page.keyboard.type("图下的一段。")
    give_file(page, "paste", EDITOR, jpeg("粘贴.jpg"))
    expect(rows(page, "photos")).to_have_count(3)
    expect(page.locator(f"{EDITOR} img")).to_have_count(2)
    page.get_by_label("主题", exact=True).fill("三张图")
    save(page)
    article = Article.objects.get()
    assert article.photos.count() == 3
    assert article.body.count("<img") == 2
    assert Photo.objects.filter(uploaded_by=cast.reporter).count() == 3


def test_pictures_in_pasted_text_are_uploaded_and_those_of_other_sites_stay_out(
    new_page: NewPage, cast: Cast
) -> None:
    page = opened(new_page(cast.reporter), ADD)
    page.locator(EDITOR).click()
    inside = f"data:image/jpeg;base64,{b64encode(picture(900, 600, number=77)).decode()}"
    html = f'<p>前文</p><p><img src="{inside}"></p><p>后文<img src="https://example.org/a.jpg"></p>'
    page.evaluate(
        """([where, html]) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(where).dispatchEvent(
                new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data}));
        }""",
        [EDITOR, html],
    )
    expect(rows(page, "photos")).to_have_count(1)
    expect(page.get_by_role("alert").filter(has_text="别处网页的图片")).to_be_visible()
    save(page)
    photo = Photo.objects.get()
    assert photo.sha256 == sha256(picture(900, 600, number=77)).hexdigest()
    assert Article.objects.get().body == f"<p>前文</p>{figure(photo)}<p>后文</p>"


def give_file(page: Page, how: str, where: str, file: dict[str, Any]) -> None:
    """A file dropped on, or pasted into, an element, as the browser tells the page."""
    page.evaluate(
        """async ([how, where, name, bytes]) => {
            const file = new File([Uint8Array.from(bytes)], name, {type: "image/jpeg"});
            const data = new DataTransfer();
            data.items.add(file);
            const target = document.querySelector(where);
            const event = how === "drop"
                ? new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data})
                : new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data});
            target.dispatchEvent(event);
        }""",
        [how, where, file["name"], list(file["buffer"])],
    )


def test_a_refused_picture_in_the_editor_is_said_in_a_sentence(
    new_page: NewPage, cast: Cast, console_errors: list[str]
) -> None:
    page = opened(new_page(cast.reporter), ADD)
    page.locator(EDITOR).click()
    give_file(page, "paste", EDITOR, jpeg() | {"buffer": b"\xff\xd8\xff no picture"})
    expect(page.get_by_role("alert").filter(has_text="。")).to_be_visible()
    expect(page.locator(f"{EDITOR} img")).to_have_count(0)
    assert not Photo.objects.exists()
    console_errors.clear()  # the 400 itself


BODY = (
    '<p>第一段 <strong>粗</strong>、<em>斜</em>、<a href="https://example.org/x" title="题"'
    ' rel="noopener noreferrer">链接</a>。<br>换行。</p><h2>小标题</h2>'
    '<aside class="editors-note"><p>编者按一。</p><p>编者按二。</p></aside><h3>次级</h3>'
    "<ul><li>一</li><li>二<ul><li>二之一</li></ul></li></ul><ol><li>甲</li></ol><blockquote><p>引文</p></blockquote>"
    '<aside class="link-box"><p><a href="/articles/1/">相关</a></p></aside>'
    '<figure class="table"><table><thead><tr><th>栏</th></tr></thead>'
    "<tbody><tr><td>1</td></tr></tbody></table>"
    "<figcaption>表一</figcaption></figure><hr><p>末段</p>"
)


def test_the_editor_gives_every_block_back(new_page: NewPage, cast: Cast) -> None:
    photo = PhotoFactory()
    body = BODY + figure(photo)
    article = ArticleFactory(created_by=cast.reporter, body=body, photos=[photo])
    assert article.body == body
    page = opened(new_page(cast.reporter), change(article))
    page.locator(f"{EDITOR} p").filter(has_text="末段").click()
    page.keyboard.press("End")
    page.keyboard.type("，加两字")
    save(page)
    article.refresh_from_db()
    assert article.body == body.replace("末段", "末段，加两字")


def test_a_paragraph_becomes_an_editors_note_a_link_box_and_a_paragraph_again(
    new_page: NewPage, cast: Cast
) -> None:
    article = ArticleFactory(created_by=cast.reporter, body="<p>这是按语。</p><p>正文。</p>")
    page = opened(new_page(cast.reporter), change(article))
    page.locator(f"{EDITOR} p").first.click()
    tool = page.get_by_role("toolbar")
    tool.get_by_role("button", name="编者按").click()
    save(page)
    article.refresh_from_db()
    assert article.body == '<aside class="editors-note"><p>这是按语。</p></aside><p>正文。</p>'
    ready(page)
    page.locator(f"{EDITOR} .editors-note p").click()
    tool.get_by_role("button", name="链接框").click()
    save(page)
    article.refresh_from_db()
    assert article.body == '<aside class="link-box"><p>这是按语。</p></aside><p>正文。</p>'
    ready(page)
    page.locator(f"{EDITOR} .link-box p").click()
    expect(tool.get_by_role("button", name="链接框")).to_have_attribute("aria-pressed", "true")
    tool.get_by_role("button", name="链接框").click()
    save(page)
    article.refresh_from_db()
    assert article.body == "<p>这是按语。</p><p>正文。</p>"


# Keeping


def test_what_was_typed_is_kept_and_offered_on_return(new_page: NewPage, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="原题")
    page = opened(new_page(cast.reporter), change(article))
    page.get_by_label("主题", exact=True).fill("没有保存的题")
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("没有保存的话。")
    expect(page.locator("[data-kept]")).to_contain_text("已自动保存")
    wait_until(
        lambda: "没有保存的话" in Autosave.objects.get().form.encode().decode("unicode_escape"), "kept"
    )
    page.once("dialog", lambda dialog: dialog.accept())
    opened(page, change(article))
    expect(page.get_by_label("主题", exact=True)).to_have_value("原题")
    page.get_by_role("link", name="恢复").click()
    ready(page)
    expect(page.get_by_label("主题", exact=True)).to_have_value("没有保存的题")
    assert "没有保存的话。" in body_of(page)
    save(page)
    article.refresh_from_db()
    assert article.headline == "没有保存的题"
    assert not Autosave.objects.exists()


def test_leaving_with_unsaved_words_asks_first(new_page: NewPage, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    page = opened(new_page(cast.reporter), change(article))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("主题", exact=True).fill("写了一半")
    page.get_by_role("link", name="工作台").click()
    wait_until(lambda: asked, "the question")
    assert asked == ["beforeunload"]
    assert page.url.endswith(change(article))


def test_ctrl_s_saves(new_page: NewPage, cast: Cast) -> None:
    page = opened(new_page(cast.reporter), ADD)
    page.locator(EDITOR).click()
    page.keyboard.type("写在正文里就保存。")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert Article.objects.get().body == "<p>写在正文里就保存。</p>"


def test_a_lost_session_loses_no_word(new_page: NewPage, cast: Cast, console_errors: list[str]) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="原题")
    page = opened(new_page(cast.reporter), change(article))
    page.get_by_label("主题", exact=True).fill("掉线时写的题")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="登录已失效")).to_be_visible()
    expect(page.get_by_label("主题", exact=True)).to_have_value("掉线时写的题")
    with page.expect_popup() as window:
        page.get_by_role("link", name="去登录").click()
    login = window.value
    login.get_by_label("用户名").fill("reporter")
    login.get_by_label("密码").fill(PASSWORD)
    login.get_by_role("button", name="登录").click()
    login.wait_for_url("**/admin/")
    login.close()
    save(page)
    article.refresh_from_db()
    assert article.headline == "掉线时写的题"
    assert all("403" in error for error in console_errors)  # the old page's token, tried once
    console_errors.clear()


# Two at once


def test_two_editors_on_one_story(new_page: NewPage, cast: Cast, console_errors: list[str]) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="旧题", lede="旧提要")
    mine, theirs = (
        opened(new_page(cast.editor), change(article)),
        opened(new_page(cast.deputy), change(article)),
    )
    theirs.get_by_label("主题", exact=True).fill("对方的题")
    save(theirs)
    mine.get_by_label("主题", exact=True).fill("我的题")
    mine.locator(f"{EDITOR} p").first.click()
    mine.keyboard.press("End")
    mine.keyboard.type("我加的一句。")
    save(mine)
    expect(mine.get_by_role("heading", name="被别人改过")).to_be_visible()
    ready(mine)
    expect(mine.get_by_label("主题", exact=True)).to_have_value("我的题")
    assert "我加的一句。" in body_of(mine)
    with mine.expect_navigation():
        mine.locator("#clash-headline").get_by_role("button", name="用对方的").click()
    ready(mine)
    expect(mine.get_by_label("主题", exact=True)).to_have_value("对方的题")
    save(mine)
    article.refresh_from_db()
    assert article.headline == "对方的题"
    assert "我加的一句。" in article.body
    assert all("409" in error for error in console_errors)
    console_errors.clear()


# Everywhere


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_everybody_can_use_it(new_page: NewPage, cast: Cast, width: int, scheme: str) -> None:
    article = ArticleFactory(created_by=cast.reporter, body=BODY, photos=[PhotoFactory(), PhotoFactory()])
    page = new_page(cast.reporter, viewport={"width": width, "height": 844}, color_scheme=scheme)
    opened(page, change(article))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # The panel of the workflow and the bundled editor have tests, and bugs, of their own.
    found = Axe().run(
        page, context={"include": [["#story-form"]], "exclude": [[".story-panel"], [".ck-editor"]]}
    )
    assert found.violations_count == 0, found.generate_report()


def test_a_published_story_is_read_by_its_reporter_on_a_phone(new_page: NewPage, cast: Cast) -> None:
    from django.utils import timezone

    article = ArticleFactory(created_by=cast.reporter, headline="已发布的稿")
    publish(article, cast, timezone.now())
    page = new_page(cast.reporter, viewport=PHONE)
    page.goto(change(article))
    expect(page.get_by_role("heading", name="已发布的稿").last).to_be_visible()
    assert page.locator("#story-form").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_it_works_without_scripts(new_page: NewPage, cast: Cast) -> None:
    page = new_page(cast.reporter, java_script_enabled=False)
    page.goto(ADD)
    page.get_by_label("主题", exact=True).fill("没有脚本的稿")
    page.get_by_label("正文", exact=True).fill("<p>照样能写。</p>")
    names = page.locator("[data-rows=bylines] > li")
    for number, name in enumerate(("后一个", "前一个")):
        names.nth(number).get_by_label("姓名").fill(name)
        names.nth(number).get_by_label("次序").fill(str(2 - number))
    page.get_by_label("上传图片…").set_input_files([jpeg()])
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.get_by_text("已保存为第1版")).to_be_visible()
    article = Article.objects.get()
    assert article.body == "<p>照样能写。</p>"
    assert list(article.bylines.order_by("position").values_list("name", flat=True)) == ["前一个", "后一个"]
    assert article.photos.count() == 1
