"""The newsroom in English, in a real browser: what scripts say, and the editor's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.articles import ArticleFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


def test_a_reporter_switches_to_english_and_makes_an_editors_note(new_page: NewPage) -> None:
    cast = Cast()
    article = ArticleFactory(created_by=cast.reporter, body="<p>From the editor.</p><p>News.</p>")
    page = new_page(cast.reporter)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("button", name="English", exact=True).click()
    page.locator("html[lang=en] #story-form[data-editor=ready]").wait_for()
    expect(page.get_by_label("Standfirst", exact=True)).to_be_visible()
    page.locator(".ck-editor__editable p").first.click()
    tool = page.get_by_role("toolbar")
    expect(tool.get_by_role("button", name="Bold")).to_be_visible()
    tool.get_by_role("button", name="Link box").click()
    tool.get_by_role("button", name="Editor's note").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()
    article.refresh_from_db()
    assert article.body == '<aside class="editors-note"><p>From the editor.</p></aside><p>News.</p>'
