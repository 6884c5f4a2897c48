"""A story's pictures over the whole window: by keyboard alone, and nothing lost without the script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.slow


@pytest.fixture
def story(live_server: Any) -> Article:
    photos = [PhotoFactory(width=800, height=600, caption=f"第{n}张的说明") for n in "一二三"]
    return publish(ArticleFactory(kind="picture", photos=photos), Cast(), timezone.now() - timedelta(hours=1))


def test_pictures_open_large_and_turn_by_keyboard(page: Page, story: Article) -> None:
    page.goto(f"/articles/{story.pk}/")
    buttons = page.locator(".enlarge")
    expect(buttons).to_have_count(3)
    buttons.nth(1).focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    expect(viewer).to_be_visible()
    expect(viewer).to_contain_text("2/3")
    expect(viewer).to_contain_text("第二张的说明")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("第三张的说明")
    page.keyboard.press("ArrowRight")  # there is no fourth
    expect(viewer).to_contain_text("3/3")
    page.keyboard.press("Home")
    expect(viewer).to_contain_text("第一张的说明")
    expect(viewer.locator("img")).to_have_attribute("alt", "第一张的说明")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(buttons.nth(1)).to_be_focused()


def test_without_the_script_the_pictures_are_a_column(new_page: Callable[..., Page], story: Article) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/articles/{story.pk}/")
    expect(page.locator(".enlarge")).to_have_count(0)
    expect(page.locator(".story .picture img")).to_have_count(3)
    for n, place in enumerate(["1/3", "2/3", "3/3"]):
        expect(page.locator(".story .picture figcaption").nth(n)).to_contain_text(place)
