"""The preview is what readers will get, and nobody but the newsroom gets it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Release
from articles.workflow import perform
from newsroom.lib import blocks
from tests.articles.admin.posting import logged_in
from tests.articles.admin.states import edit, story
from tests.articles.test_rules import MAY_VIEW, STATES
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast: Cast) -> Article:
    photo = PhotoFactory(caption="桥上的第一辆车")
    made = ArticleFactory(
        kicker="三年建成",
        headline="新桥今日通车",
        subheadline="两岸只要七分钟",
        dateline="本报讯",
        section=SectionFactory(name="民生"),
        series=SeriesFactory(title="港城新答卷"),
        tags=["交通"],
        photos=[photo],
        body=f"<p>新桥今日通车。</p>{blocks.picture(photo.public_id)}",
        created_by=cast.reporter,
    )
    edit(made, cast.reporter, lede="桥通了。")
    return made


def url(article: Article, view: str = "preview/page") -> str:
    return f"/admin/articles/article/{article.pk}/{view}/"


def main(page: Any) -> str:
    text: str = page.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def without_times(text: str) -> str:
    return " ".join(re.sub(r"<time.*?</time>", "", text, flags=re.DOTALL).split())


def of_readers(page: Any) -> str:
    """Without what only a public page has: listening to it, and its code for phones."""
    text = main(page)
    for tool in (r'<div class="read-aloud".*?</script>', r'<figure class="page-code".*?</figure>'):
        text, times = re.subn(tool, "", text, flags=re.DOTALL)
        assert times == 1, tool
    return without_times(text)


def test_the_preview_is_the_page_that_readers_get_afterwards(cast: Cast, article: Article) -> None:
    shown = main(logged_in(cast.chief).get(url(article)))
    assert "桥上的第一辆车" in shown
    publish(article, cast, timezone.now())
    assert of_readers(Client().get(f"/articles/{article.pk}/")) == without_times(shown)


def test_an_amendment_is_previewed_as_the_new_version_of_the_story(cast: Cast, article: Article) -> None:
    publish(article, cast, timezone.now())
    perform("correct", article, cast.chief, note="七分钟应为八分钟。")
    edit(article, cast.editor, headline="新桥昨日通车")
    shown = main(logged_in(cast.chief).get(url(article)))
    assert "新桥昨日通车" in shown
    assert "七分钟应为八分钟。" in shown
    perform("amend", article, cast.editor)
    perform("amend", article, cast.chief)
    assert of_readers(Client().get(f"/articles/{article.pk}/")) == without_times(shown)


def test_the_newest_version_shows_unless_another_is_asked_for(cast: Cast, article: Article) -> None:
    edit(article, cast.reporter, headline="新桥周一通车")
    client = logged_in(cast.reporter)
    assert "新桥周一通车" in main(client.get(url(article)))
    assert "新桥今日通车" in main(client.get(url(article) + "?revision=1"))
    assert (
        f"{url(article)}?revision=1" in client.get(url(article, "preview") + "?revision=1").content.decode()
    )
    for number in ("9", "x", "-1", "0", "9" * 40):
        assert client.get(url(article) + f"?revision={number}").status_code == 404
        assert client.get(url(article, "preview") + f"?revision={number}").status_code == 404


def test_a_story_not_yet_saved_as_a_version_shows_as_it_stands(cast: Cast) -> None:
    made = ArticleFactory(headline="急稿", created_by=cast.reporter)
    assert "急稿" in main(logged_in(cast.reporter).get(url(made)))


@pytest.mark.parametrize("width", ["phone", "desk", "", "<script>"])
def test_two_widths_by_the_address(width: str, cast: Cast, article: Article) -> None:
    page = logged_in(cast.reporter).get(url(article, "preview"), {"width": width}).content.decode()
    frame = re.search(r"<iframe[^>]*>", page)
    assert frame
    assert ('width="390"' in frame[0]) == (width != "desk")
    assert "<script>" not in page.replace("<script>\n", "")


def test_nothing_is_kept_or_found_by_others(cast: Cast, article: Article) -> None:
    for view in ("preview", "preview/page"):
        answer = logged_in(cast.reporter).get(url(article, view))
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert Client().get(url(article, view)).status_code == 302, "to the login"
        assert logged_in(cast.reporter).post(url(article, view)).status_code == 405


@pytest.mark.parametrize("where", STATES)
def test_who_may_view_the_story_may_preview_it(where: str, cast: Cast) -> None:
    made = story(cast, where)
    for name in (
        "reporter",
        "reporter2",
        "editor",
        "deputy",
        "chief",
        "proofreader",
        "layout",
        "admin",
        "superuser",
    ):
        for view in ("preview", "preview/page"):
            answer = logged_in(getattr(cast, name)).get(url(made, view))
            assert answer.status_code == (200 if name in MAY_VIEW else 404), name


def test_previewing_makes_no_release(cast: Cast, article: Article) -> None:
    logged_in(cast.chief).get(url(article))
    assert not Release.objects.exists()
    assert Client().get(f"/articles/{article.pk}/").status_code == 404


def test_the_pictures_load_for_who_may_preview(cast: Cast, article: Article, on_commit_now: Any) -> None:
    from media.tasks import make_renditions

    photo = article.photos.get().photo
    make_renditions(photo.pk)
    shown = main(logged_in(cast.reporter).get(url(article)))
    addresses = re.findall(rf"/photos/{photo.public_id}/[\w.-]+", shown)
    assert addresses
    answer = logged_in(cast.reporter).get(addresses[0])
    assert answer.status_code == 200
    assert answer.content
    assert Client().get(addresses[0]).status_code == 404
