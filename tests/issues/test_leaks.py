"""Canaries over the e-paper: nothing of a page that is not due, not signed or withdrawn answers to anyone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.test import Client

from articles.models import Article
from articles.workflow import perform as on_story
from issues.masking import mask_pages
from issues.models import GuideEntry, Issue, Mark, Proof
from issues.models.proof import WIDTHS
from issues.workflow import perform
from tests.articles.test_leaks import crawl
from tests.cast import Cast
from tests.issues import paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SONG = "金丝雀"


@pytest.fixture
def stands(cast: Cast, now: datetime) -> Issue:
    """A paper on the stands: one story stays, one is withdrawn an hour later; a newer proof is in hand."""
    issue = paper.issue(now - timedelta(days=7), number=25)
    one, two = issue.pages.all()
    paper.place(one, paper.waiting(cast, now, headline="留着的稿"))
    withdrawn = paper.waiting(cast, now, headline=f"{SONG}撤下的", body=f"<p>{SONG}撤下的正文。</p>")
    paper.place(one, withdrawn)
    paper.place(two, paper.waiting(cast, now, headline="里页的稿"))
    for page in (one, two):
        paper.sign_page(page, cast, now)
    perform("release", issue, cast.chief, now=now)
    on_story("withdraw", withdrawn, cast.chief, note=f"{SONG}的原因", now=now + HOUR)
    perform("return", two, cast.editor, note=f"{SONG}改版的原因", now=now + HOUR)
    paper.place(two, paper.waiting(cast, now + HOUR, headline=f"{SONG}补上的"))
    perform("proof", two, cast.layout, now=now + HOUR)
    Mark.objects.create(
        page=two, proof=two.proofs.first(), x=1, y=1, text=f"{SONG}批注", made_by=cast.editor, made_at=now
    )
    return issue


@pytest.fixture
def tomorrow(cast: Cast, now: datetime) -> Issue:
    """A paper that is signed and has its moment, in five hours."""
    issue = paper.issue(now + timedelta(days=1), banner=f"{SONG}通栏")
    GuideEntry.objects.create(issue=issue, page_number=2, headline=f"{SONG}导读")
    for page in issue.pages.all():
        paper.place(page, paper.waiting(cast, now, headline=f"{SONG}{page.number}版"))
        if page.number == 1:
            paper.place(page, None, kind="guide", rows=4)
        paper.sign_page(page, cast, now)
    perform("release", issue, cast.chief, release_at=now + 5 * HOUR, now=now)
    return issue


def guesses() -> list[str]:
    """Every address of the paper that somebody who knows our rows could try."""
    found = ["/", "/papers/", "/papers/latest/", "/feeds/rss.xml", "/sitemap.xml", "/search/?q=稿"]
    for issue in Issue.objects.all():
        found += [f"/papers/{issue.date}/", f"/papers/{issue.date}.pdf", f"/papers/?month={issue.date:%Y-%m}"]
        for number in (1, 2, 3):
            found += [f"/papers/{issue.date}/{number}/", f"/papers/{issue.date}/{number}.pdf"]
            found += [f"/papers/{issue.date}/{number}/{width}.png" for width in (*WIDTHS, 100, 5000)]
    return found + [f"/articles/{pk}/" for pk in Article.objects.values_list("pk", flat=True)]


def sung(client: Client) -> dict[str, int]:
    """The addresses that say a canary's name, in a page, a header or a PDF."""
    answers = crawl(client, guesses())
    singing = {a: status for a, (status, text) in answers.items() if SONG in text}
    for address in answers:
        if address.endswith(".pdf") and answers[address][0] == 200:
            document = pypdfium2.PdfDocument(client.get(address).getvalue())
            words = "".join(page.get_textpage().get_text_range() for page in document)
            words += str(document.get_metadata_dict()) + str(
                [mark.get_title() for mark in document.get_toc()]
            )
            if SONG in words:
                singing[address] = 200
    return singing


def pictures(client: Client) -> set[str]:
    """SHA-256 of every picture of a page that can be had."""
    answers = [client.get(address) for address in guesses() if address.endswith(".png")]
    return {hashlib.sha256(a.getvalue()).hexdigest() for a in answers if a.status_code == 200}


def test_no_canary_sings(
    client: Client, stands: Issue, tomorrow: Issue, now: datetime, at: Callable[[datetime], None]
) -> None:
    at(now + 2 * HOUR)
    assert sung(client) == {}
    assert client.get(f"/papers/{stands.date}/1/").status_code == 410, "hidden, until it is masked"
    mask_pages(now + 2 * HOUR)
    assert sung(client) == {}
    assert client.get(f"/papers/{stands.date}/1/").status_code == 200
    visible = Proof.objects.visible(now + 2 * HOUR)
    assert pictures(client)
    assert pictures(client) <= {digest for proof in visible for _height, digest in proof.sizes.values()}
    assert client.get(f"/papers/{tomorrow.date}/1/").status_code == 404


def test_from_its_second_the_paper_is_there(
    client: Client, stands: Issue, tomorrow: Issue, now: datetime, at: Callable[[datetime], None]
) -> None:
    at(now + 5 * HOUR)
    assert {f"/papers/{tomorrow.date}/1/", f"/papers/{tomorrow.date}/2.pdf"} <= set(sung(client))
    assert client.get("/papers/latest/")["Location"] == f"/papers/{tomorrow.date}/1/"


def test_a_paper_not_yet_due_answers_like_a_day_without_one(
    client: Client, tomorrow: Issue, now: datetime, at: Callable[[datetime], None]
) -> None:
    at(now)
    for address in ("{}/", "{}.pdf", "{}/1/", "{}/1.pdf", "{}/1/1080.png"):
        due, none = (client.get("/papers/" + address.format(day)) for day in (tomorrow.date, "2001-01-01"))
        assert (due.status_code, due.content) == (none.status_code, none.content)
        assert dict(due.items()) == dict(none.items())
        assert due.status_code == 404
