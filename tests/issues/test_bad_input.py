"""Stories that no page was made for: each is printed as far as it goes, and what is wrong is said by name."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from django.core.files.storage import default_storage

from articles import history
from articles.models import Article
from issues.models import Page, Proof
from issues.proofs import ensure
from issues.workflow import perform
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.media import PhotoFactory
from tests.issues import paper


def proof_of(page: Page, cast: Cast, now: datetime) -> Proof:
    perform("proof", page, cast.layout, now=now)
    return ensure(page.proofs.get())


def draft(cast: Cast, now: datetime, **fields: object) -> Article:
    story = ArticleFactory(created_by=cast.reporter, **fields)
    history.record(story, cast.reporter, now)
    story.refresh_from_db()
    return story


def text_of(proof: Proof) -> str:
    with default_storage.open(proof.pdf_name, "rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    return "".join(document[0].get_textpage().get_text_range().split())


@pytest.fixture
def page(now: datetime) -> Page:
    return paper.issue(now, pages=1).pages.get()


@pytest.mark.django_db
def test_a_story_of_30_000_characters(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, draft(cast, now, body=f"<p>{'新桥今日通车。' * 4286}</p>"), rows=34)
    fit = proof_of(page, cast, now).findings["fits"][str(box.pk)]
    assert fit["state"] == "over"
    assert fit["placed"] + fit["over"] == fit["total"] == 7 * 4286


@pytest.mark.django_db
def test_a_story_without_a_body_or_a_headline(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, draft(cast, now, body="", headline=""))
    assert proof_of(page, cast, now).findings["fits"][str(box.pk)]["placed"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [
        '#read("/etc/passwd")',
        "#let x = 1; #x $x^2$ *粗* _斜_ `原样` <标签> @引用 // 注释 /* 注 */",
        "\\#\\$\\* #import sys: inputs",
        "]#panic()[",
        "{{ 7 * 7 }} {% load x %}",
    ],
)
def test_code_in_a_text_is_text(page: Page, cast: Cast, now: datetime, code: str) -> None:
    body = "<p>" + code.replace("&", "&amp;").replace("<", "&lt;") + "</p>"
    paper.place(page, draft(cast, now, body=body, headline=code[:40]))
    assert "".join(code.split()) in text_of(proof_of(page, cast, now))


@pytest.mark.django_db
def test_characters_that_no_font_has_are_named(page: Page, cast: Cast, now: datetime) -> None:
    paper.place(page, draft(cast, now, body="<p>村名里的\U00031350字，还有\ue000和😀。</p>"))
    proof = proof_of(page, cast, now)
    assert {found["character"] for found in proof.findings["missing"]} >= {"\U00031350", "\ue000"}
    said = " ".join(found["sentence"] for found in proof.findings["findings"])
    assert "U+31350" in said


@pytest.mark.django_db(transaction=True)
def test_a_picture_forty_times_as_wide_as_high(page: Page, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory(width=4000, height=100)
    paper.place(page, draft(cast, now, photos=[photo], body=paper.TEXT))
    paper.place(page, None, kind="picture", photo=photo, rows=6)
    proof = proof_of(page, cast, now)
    assert proof.is_ready
    assert proof.photos.get().photo == photo
