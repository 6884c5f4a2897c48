"""What a proofreader dragged over is read from the PDF and found again in its story."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.storage import default_storage

from articles.models import Article
from articles.proofreading import correct
from articles.workflow import perform as on_story
from issues import proofs
from issues.marks import Place
from issues.models import Page, Proof
from issues.under_mark import Words, pieces, words_under
from issues.workflow import perform
from media import pdfium
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

BODY = (
    "<p>清晨六点，第一班公交车驶上新桥，乘客们举起手机拍照。</p>"
    "<p>跑运输的老周算过一笔账：过去绕行<strong>四十分钟</strong>，现在只要七分钟，一年省下四万元。</p>"
    "<p>跑运输的老周说，七分钟就到。</p>"
)


@pytest.fixture
def story(cast: Cast, now: datetime) -> Article:
    """In review: an early proof, whose words may still be put right."""
    made = ArticleFactory(headline="新桥今日通车　两岸七分钟可达", body=BODY, created_by=cast.reporter)
    on_story("submit", made, cast.reporter, now=now)
    return made


@pytest.fixture
def proof(story: Article, cast: Cast, now: datetime) -> Proof:
    page = paper.issue(now).pages.get(number=2)
    paper.place(page, story, rows=10)
    perform("proof", page, cast.layout, now=now)
    return proofs.ensure(page.proofs.get())


def drag(proof: Proof, words: str) -> tuple[Place, bool]:
    """A drag from the first of these words to the last, and whether it ran back to the next line."""
    with default_storage.open(proof.pdf_name, "rb") as file, pdfium.opened(file.read()) as document:
        page = document[0]
        text = page.get_textpage()
        found = text.search(words).get_next()
        assert found is not None, words
        first, last = (text.get_charbox(found[0] + n, loose=True) for n in (0, found[1] - 1))
        width, height = page.get_size()
        text.close()
        page.close()
    x1, y1 = first[0] * 1000 / width, 1000 - (first[1] + first[3]) / 2 * 1000 / height
    x2, y2 = last[2] * 1000 / width, 1000 - (last[1] + last[3]) / 2 * 1000 / height
    place = Place(round(min(x1, x2)), round(min(y1, y2)), round(abs(x2 - x1)), round(abs(y2 - y1)))
    return place, x2 < x1


def read(proof: Proof, words: str) -> Words:
    return words_under(proof, *drag(proof, words))


@pytest.mark.parametrize(
    ("words", "where"),
    [("通车", "headline"), ("第一班公交车", "body:0"), ("账：过去", "body:1"), ("七分钟就到。", "body:2")],
)
def test_words_are_read_and_found_in_their_story(
    proof: Proof, story: Article, words: str, where: str
) -> None:
    found = read(proof, words)
    assert (found.text, found.article, found.where) == (words, story.pk, where)


def test_on_one_line_a_drag_may_run_any_way(proof: Proof) -> None:
    place, _back = drag(proof, "第一班公交车")
    for tilted in (Place(place.x, place.y - 1, place.width, 3), place):
        for back in (False, True):
            assert words_under(proof, tilted, back).text == "第一班公交车", (tilted, back)


def test_what_stands_twice_or_nowhere_in_the_story_has_no_place(proof: Proof, story: Article) -> None:
    twice = read(proof, "老周")
    assert (twice.text, twice.article, twice.where) == ("老周", story.pk, "")
    byline = read(proof, "林晚照")
    assert (byline.text, byline.where) == ("林晚照", "")


def test_white_space_of_the_story_comes_along(proof: Proof) -> None:
    """The headline's inner space is kept in the story; in print it may be a line's end."""
    (first, _back), (second, _also) = drag(proof, "今日通车"), drag(proof, "两岸七分钟")
    x, y = min(first.x, second.x), min(first.y, second.y)
    right = max(first.x + first.width, second.x + second.width)
    found = words_under(proof, Place(x, y, right - x, max(first.y, second.y) - y + 1))
    assert "通车　两岸" in found.text
    assert found.where == "headline"


def test_what_was_read_can_be_corrected(proof: Proof, story: Article, cast: Cast, now: datetime) -> None:
    found = read(proof, "四十分钟")
    correct(story, cast.proofreader, found.text, "五十分钟", now, found.where)
    assert "<strong>五十分钟</strong>" in story.body


def test_there_may_be_nothing_to_read(proof: Proof) -> None:
    assert words_under(proof, Place(500, 500)).text == ""
    assert words_under(proof, Place(990, 990, 5, 5)).text == ""
    default_storage.delete(proof.pdf_name)
    assert words_under(proof, Place(0, 0, 999, 999)).text == ""
    Proof.objects.update(state=Proof.State.FAILED)
    assert words_under(Proof.objects.get(), Place(0, 0, 999, 999)).text == ""


def test_a_headline_of_the_pages_own_is_not_the_storys(proof: Proof) -> None:
    content = proof.data["placements"][0]["story"]["content"]
    assert [where for where, _ in pieces(content, None)][:2] == ["headline", "body:0"]
    own = {"kicker": "", "headline": "短题", "subheadline": ""}
    assert [where for where, _ in pieces(content, own)][:1] == ["body:0"]


def test_the_whole_page_is_read_up_to_a_bound(proof: Proof) -> None:
    Page.objects.update(name="综合")
    found = words_under(proof, Place(0, 0, 1000, 1000))
    assert 50 < len(found.text) <= 500
