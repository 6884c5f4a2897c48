"""首页编排 by hand: by keyboard, without scripts, on a phone, and seen before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import FrontSlot
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PAGE = "/admin/articles/frontslot/"
HOUR = timedelta(hours=1)
NewPage = Callable[..., Page]


def test_an_editor_puts_a_story_in_the_lead_and_looks_before_saving(new_page: NewPage) -> None:
    cast, now = Cast(), timezone.now()
    section = SectionFactory(name="要闻")
    wanted = publish(ArticleFactory(headline="老街修灯 夜里亮堂", section=section), cast, now - 2 * HOUR)
    publish(ArticleFactory(headline="新桥通车", section=section), cast, now - HOUR)
    page = new_page(cast.editor, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(PAGE)
    expect(page.locator(".is-lead")).to_contain_text("自动选用：《新桥通车》")

    page.get_by_label("标题里的词").fill("老街")
    page.get_by_label("标题里的词").press("Enter")
    page.get_by_label("放到").select_option("lead")
    page.get_by_role("button", name="放上").press("Enter")
    row = page.get_by_role("group", name=wanted.headline)
    expect(row).to_contain_text("在首页")
    assert not FrontSlot.objects.exists()

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="预览首页").press("Enter")
    expect(opened.value.locator(".lead h2")).to_have_text(wanted.headline)
    public = new_page()
    public.goto("/")
    expect(public.locator(".lead h2")).to_have_text("新桥通车")

    page.get_by_role("button", name="保存").press("Enter")
    expect(page.get_by_text("首页编排已保存。")).to_be_visible()
    public.goto("/")
    expect(public.locator(".lead h2")).to_have_text(wanted.headline)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_for_every_editor(new_page: NewPage, width: int) -> None:
    cast, now = Cast(), timezone.now()
    for place in ("lead", "second", "off"):
        story = publish(ArticleFactory(headline="长标题" * 20), cast, now - HOUR)
        FrontSlot.objects.create(place=place, article=story, set_by=cast.editor, set_at=now)
    page = new_page(cast.editor, viewport={"width": width, "height": 900})
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == [], found.generate_report()
