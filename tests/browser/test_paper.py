"""One paper, from waiting stories to its readers: laid out, proofed, marked, signed, due, read.

Everybody has a browser of their own. The worker sets the proofs and is killed before the paper's moment; beat
never runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from articles.verify import verify as verify_stories
from issues.formats import share
from issues.models import Page as PaperPage
from issues.verify import verify as verify_pages
from newsroom.lib import html
from people import chain
from tests.browser import paper_desk, paper_made
from tests.browser.paper_desk import printed, stands_in
from tests.browser.paper_made import RIGHT, WRONG, Made
from tests.cast import Cast
from tests.factories.articles import sign as sign_story
from tests.server_fixtures import Worker
from tests.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
DUE_IN = 8  # seconds from the chief's choice to the paper's moment
UNSIGNED = "未签发"
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class Told:
    """A paper to make, and how the layout desk lays it out."""

    made: Made
    lay_out: Callable[[Page, Made], None]


@pytest.fixture(params=["seed", "our own"])
def told(request: pytest.FixtureRequest, transactional_db: None, cast: Cast) -> Told:
    """The front page of the shared seeds; and two pages of our own text, the lead going on on the second."""
    now = timezone.now()
    if request.param == "seed":
        made = paper_made.front_page(request.getfixturevalue("shared"), cast, now)
        return Told(made, paper_desk.lay_out_the_front)
    return Told(paper_made.our_own(cast, now), paper_desk.lay_out_two_pages)


def test_a_paper_goes_from_the_layout_desk_to_the_reader(
    told: Told, cast: Cast, new_page: NewPage, worker: Callable[..., Worker], console_errors: list[str]
) -> None:
    made, issue = told.made, told.made.issue
    typesetter = worker()
    layout, proofreader = new_page(cast.layout), new_page(cast.proofreader)
    told.lay_out(layout, made)
    proof_and_correct(layout, proofreader, new_page(cast.editor), cast, made)
    chief = new_page(cast.chief)
    for page in issue.pages.all():
        paper_desk.sign(proofreader, page, ["一校", "二校", "三校"])
        paper_desk.sign(chief, page, ["签样"])
    typesetter.kill()

    due = timezone.now().replace(microsecond=0) + timedelta(seconds=DUE_IN)
    paper_desk.give_moment(chief, issue, due)
    reader = new_page(**DESK)
    assert_unknown(reader, made)
    assert timezone.now() < due, "the test itself was too slow"
    console_errors.clear()  # the 404s asked for

    wait_until(lambda: timezone.now() >= due, "the paper's moment")
    pages = assert_files(reader, made)
    assert_read(reader, made, pages)
    assert_read(new_page(**PHONE), made, pages, touch=True)
    assert not typesetter.running
    assert not [*chain.verify(), *verify_stories(), *verify_pages()]
    assert {a.status for a in Article.objects.all()} == {"signed"}, "nobody but the clock released it"


def proof_and_correct(layout: Page, proofreader: Page, editor: Page, cast: Cast, made: Made) -> None:
    """Three rounds of proofs of page one (and one of the others): unsigned, corrected, signed."""
    for page in made.issue.pages.order_by("-number"):
        layout.goto(f"/admin/issues/page/{page.pk}/compose/")
        pdf = paper_desk.pull(layout, page, "出样")
    page = made.front
    assert stands_in(pdf, UNSIGNED, area_of(page, made.late)), "once, across the story in review"
    assert WRONG in printed(pdf)[0]
    expect(layout.locator("#panel")).to_contain_text("1篇未签发")
    expect(layout.locator("#panel")).to_contain_text(made.late.headline)

    proofreader.goto(f"/admin/issues/page/{page.pk}/proof/")
    paper_desk.correct(proofreader, page)
    made.late.refresh_from_db()
    assert RIGHT in made.late.body
    assert made.late.status == "review"
    layout.reload()
    expect(layout.locator("#panel")).to_contain_text(f"《{made.late.headline}》的稿件改了")
    pdf = paper_desk.pull(layout, page, "重新出样")
    assert WRONG not in printed(pdf)[0]
    assert UNSIGNED in printed(pdf)[0]
    paper_desk.check(editor, page)

    sign_story(made.late, cast, timezone.now())
    layout.reload()
    expect(layout.locator("#panel")).to_contain_text("样上的“未签发”还在")
    pdf = paper_desk.pull(layout, page, "重新出样")
    assert UNSIGNED not in printed(pdf)[0]


def area_of(page: PaperPage, story: Article) -> tuple[float, ...]:
    box = page.placements.get(article=story)
    return tuple(n / 1000 for n in share(page.frozen_format(), box.col, box.row, box.cols, box.rows))


def address(made: Made, number: int = 1) -> str:
    return f"/papers/{made.issue.date}/{number}/"


def bare(text: str) -> str:
    return "".join(text.split())


def assert_unknown(reader: Page, made: Made) -> None:
    answer = reader.goto(address(made))
    assert answer
    assert answer.status == 404
    stories = [f"/articles/{story.pk}/" for story in made.stories]
    for at in [*stories, f"{address(made)}1080.png", f"/papers/{made.issue.date}.pdf"]:
        assert reader.request.get(at).status == 404, at
    for at in ("/", "/papers/", "/feeds/rss.xml", "/sitemap.xml"):
        shown = reader.request.get(at).text()
        known = [address(made), *stories, *(story.headline for story in made.stories)]
        assert not [words for words in known if words in shown], at


def assert_files(reader: Page, made: Made) -> dict[int, bytes]:
    """The PDFs of the pages and of the paper, by the links that a reader has. Those of the pages."""
    pages = {}
    for page in made.issue.pages.all():
        reader.goto(address(made, page.number))
        pages[page.number] = pdf_at(reader, "本版 PDF")
    whole = printed(pdf_at(reader, "整期 PDF"))
    assert whole == [words for pdf in pages.values() for words in printed(pdf)]
    for words in made.told:
        assert bare(words) in whole[0], words
    assert UNSIGNED not in "".join(whole)
    for story in made.stories:
        story.refresh_from_db()
        assert bare(story.headline) in "".join(whole)
        assert_printed(story, whole)
    return pages


def pdf_at(reader: Page, link: str) -> bytes:
    answer = reader.request.get(reader.get_by_role("link", name=link).get_attribute("href") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def assert_printed(story: Article, pages: list[str]) -> None:
    """All of its text on one page; or the rest on the next one, from the very next character."""
    text = bare(html.text(story.body))
    places = [n for n, page in enumerate(pages, 1) if story.placements.filter(page__number=n)]
    if len(places) == 1:
        assert text in pages[places[0] - 1], story.headline
        return
    first, second = (pages[n - 1] for n in places)
    held = max(n for n in range(len(text)) if text[:n] in first)
    assert held
    assert text[held:] in second
    assert f"下转第{places[1]}版" in first
    assert f"上接第{places[0]}版" in second


def assert_read(reader: Page, made: Made, pages: dict[int, bytes], touch: bool = False) -> None:
    """Each story by its own area on each page where it stands, and back by the link on the story's page."""
    for page in made.issue.pages.order_by("number"):
        for story in Article.objects.filter(placements__page=page).distinct():
            if not reader.url.endswith(address(made, page.number)):
                reader.goto(address(made, page.number))
            first = made.issue.pages.filter(placements__article=story).order_by("number")[0]
            area = reader.locator(f".areas a[href='/articles/{story.pk}/']").first
            area.scroll_into_view_if_needed()
            bounds = place(area)
            if page == first:
                under = share_of(bounds, place(reader.locator(".plate img")))
                assert stands_in(pages[page.number], bare(story.headline), under), story.headline
            middle = bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2
            if touch:
                reader.touchscreen.tap(*middle)
            else:
                reader.mouse.click(*middle)
            reader.wait_for_url(f"**/articles/{story.pk}/")
            assert bare(reader.locator("h1").inner_text()) == bare(story.headline)
            day = made.issue.date
            said = f"{day.year}年{day.month}月{day.day}日第{first.number}版"
            reader.get_by_role("link", name=said).click()
            reader.wait_for_url(f"**{address(made, first.number)}")


def share_of(one: Any, whole: Any) -> tuple[float, float, float, float]:
    """Left, top, width and height of the one as shares of the other."""
    wide, high = whole["width"], whole["height"]
    left, top = (one["x"] - whole["x"]) / wide, (one["y"] - whole["y"]) / high
    return left, top, one["width"] / wide, one["height"] / high


def place(element: Locator) -> Any:
    bounds = element.bounding_box()
    assert bounds is not None
    return bounds
