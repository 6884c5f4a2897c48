"""The story's own bar stays above the editor's: neither covers the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [1280, 390])
def test_the_bars_lie_under_each_other(new_page: Callable[..., Page], width: int) -> None:
    cast = Cast()
    article = ArticleFactory(created_by=cast.reporter, body="<p>很长的正文。</p>" * 80)
    page = new_page(cast.reporter, viewport={"width": width, "height": 844})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator("#story-form[data-editor=ready]").wait_for()
    page.locator(".ck-editor__editable p").nth(40).click()
    page.locator(".ck-sticky-panel__content_sticky").wait_for()
    page.evaluate(
        "document.querySelector('[data-kept]').textContent = '没有自动保存：网络不通，请别关这一页。'"
    )
    page.wait_for_function(
        """() => {
            const bar = document.querySelector(".story-bar").getBoundingClientRect();
            const tools = document.querySelector(".ck-sticky-panel__content_sticky").getBoundingClientRect();
            return tools.top >= bar.bottom;
        }"""
    )
    bar = page.locator(".story-bar").bounding_box()
    tools = page.locator(".ck-sticky-panel__content_sticky").bounding_box()
    assert bar is not None
    assert tools is not None
    assert bar["y"] == 0
    assert 0 <= tools["y"] - bar["height"] < 2, (bar, tools)
