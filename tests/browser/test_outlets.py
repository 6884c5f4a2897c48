"""Copying a story for a 公众号, with a real clipboard; and the record of where it went, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, OutsideAddress
from articles.workflow import perform
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NewPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (type) => item.types.includes(type) ? (await item.getType(type)).text() : "";
  return [await text("text/html"), await text("text/plain")];
}"""


@pytest.fixture
def article(cast: Cast) -> Article:
    body = "<h2>一桥飞架</h2><p>桥长<strong>八百米</strong>。&lt;script&gt;不是标签&lt;/script&gt;</p>"
    made = ArticleFactory(headline="新桥今日通车", lede="桥通了。", body=body, created_by=cast.reporter)
    return publish(made, cast, timezone.now())


def opened(page: Page, article: Article) -> Page:
    page.goto(f"/admin/articles/article/{article.pk}/outlets/")
    return page


def press(page: Page, name: str, said: str) -> None:
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(said)


def test_a_story_is_copied_as_html_and_as_text(cast: Cast, article: Article, new_page: NewPage) -> None:
    page = opened(new_page(cast.editor, permissions=["clipboard-read", "clipboard-write"]), article)
    press(page, "复制正文", "正文已复制，可以粘贴了。")
    html, plain = page.evaluate(READ)
    assert "新桥今日通车" in html
    assert re.search(r"<strong[^>]*>八百米</strong>", html)
    assert "font-weight" in html
    assert "<script" not in html
    assert "class=" not in html
    assert "桥长八百米。<script>不是标签</script>" in plain
    press(page, "复制标题", "标题已复制。")
    assert page.evaluate(READ) == ["", "新桥今日通车"]
    press(page, "复制摘要", "摘要已复制。")
    assert page.evaluate(READ)[1].startswith("桥通了。")


def test_without_the_clipboards_leave_the_copy_event_takes_the_same(
    cast: Cast, article: Article, new_page: NewPage
) -> None:
    page = new_page(cast.editor, permissions=["clipboard-read"])
    page.add_init_script("delete window.ClipboardItem")
    opened(page, article)
    press(page, "复制正文", "正文已复制，可以粘贴了。")
    html, plain = page.evaluate(READ)
    assert "八百米</strong>" in html
    assert "桥长八百米" in plain


def test_from_the_panel_to_the_record_and_its_clearing(
    cast: Cast, article: Article, new_page: NewPage
) -> None:
    page = new_page(cast.chief, viewport=PHONE)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("link", name="发到公众号等").click()
    expect(page.frame_locator("iframe").get_by_text("一桥飞架")).to_be_visible()
    page.get_by_label("网址").fill("https://mp.weixin.qq.com/s/abc")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("已登记：公众号")
    perform("withdraw", Article.objects.get(pk=article.pk), cast.chief, note="有误")
    page.goto("/admin/")
    page.locator("[aria-labelledby=desk-outside]").get_by_role("link", name="新桥今日通车").click()
    assert violations(page) == []
    page.get_by_role("button", name="公众号：已清除").click()
    expect(page.locator(".outlets-rows")).to_contain_text("已清除")
    assert OutsideAddress.objects.get().handled_by == cast.chief
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def violations(page: Page) -> list[Any]:
    return [found["id"] for found in Axe().run(page, options={"iframes": False}).response["violations"]]
