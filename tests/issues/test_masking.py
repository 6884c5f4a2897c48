"""A withdrawal takes its pages down in the same moment; they come back by themselves without it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.core.files.storage import default_storage

from articles import history
from articles.models import Article
from articles.workflow import perform as on_story
from issues.masking import mask, mask_pages
from issues.models import GuideEntry, Issue, Page, Placement, Proof
from issues.sending import send
from issues.verify import verify
from issues.workflow import NotReady, perform
from media.library import block, unblock
from people import chain
from tests.cast import Cast
from tests.factories.articles import publish
from tests.factories.media import PhotoFactory
from tests.issues import paper

HOUR = timedelta(hours=1)


def text_of(proof: Proof) -> str:
    with default_storage.open(proof.pdf_name, "rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    return document[0].get_textpage().get_text_range()


@pytest.fixture
def issue(cast: Cast, now: datetime) -> Issue:
    """Two stories on page one, and page two's headline in its guide; on the stands."""
    made = paper.issue(now)
    one, two = made.pages.all()
    inner = paper.waiting(cast, now, headline="里页的头条")
    GuideEntry.objects.create(issue=made, page_number=2, article=inner)
    paper.place(one, None, kind="guide", rows=4)
    paper.place(one, paper.waiting(cast, now, headline="留着的稿"))
    paper.place(one, paper.waiting(cast, now, headline="要撤的稿", body="<p>" + "撤下的正文。" * 40 + "</p>"))
    paper.place(two, inner)
    for page in (one, two):
        paper.sign_page(page, cast, now)
    perform("release", made, cast.chief, now=now)
    return made


@pytest.mark.django_db
def test_a_withdrawal_hides_its_page_at_once_and_the_mask_brings_it_back(
    issue: Issue, cast: Cast, now: datetime
) -> None:
    page = issue.pages.get(number=1)
    story = page.placements.get(article__headline="要撤的稿").article
    assert story is not None
    on_story("withdraw", story, cast.chief, note="有误", now=now + HOUR)
    assert list(Proof.objects.visible(now + HOUR).values_list("page__number", flat=True)) == [2]
    assert mask_pages(now + HOUR) == 1
    shown = Proof.objects.visible(now + HOUR).get(page=page)
    assert shown.masks == page.proofs.get(number=1)
    assert [s["headline"] for s in shown.on_card["stories"]] == ["留着的稿"]
    text = text_of(shown)
    assert "留着的稿" in text
    assert "撤下的正文" not in text
    assert "要撤的稿" not in text
    assert mask_pages(now + HOUR) == 0
    assert not [*chain.verify(), *verify()]


@pytest.mark.django_db
def test_a_withdrawn_story_leaves_the_guide_too(issue: Issue, cast: Cast, now: datetime) -> None:
    story = Placement.objects.get(page__number=2, kind="story").article
    assert story is not None
    on_story("withdraw", story, cast.chief, note="有误", now=now + HOUR)
    assert not Proof.objects.visible(now + HOUR).exists(), "both pages name it"
    assert mask_pages(now + HOUR) == 2
    for proof in Proof.objects.visible(now + HOUR):
        assert "里页的头条" not in text_of(proof) + proof.card


@pytest.mark.django_db
def test_a_second_withdrawal_masks_again(issue: Issue, cast: Cast, now: datetime) -> None:
    page = issue.pages.get(number=1)
    for hours, headline in ((1, "要撤的稿"), (2, "留着的稿")):
        story = page.placements.get(article__headline=headline).article
        assert story is not None
        on_story("withdraw", story, cast.chief, note="有误", now=now + hours * HOUR)
        mask_pages(now + hours * HOUR)
    shown = Proof.objects.visible(now + 2 * HOUR).get(page=page)
    assert shown.on_card["stories"] == []
    assert shown.masks == page.proofs.get(number=1)
    assert not [*chain.verify(), *verify()]


@pytest.mark.django_db
def test_a_page_made_elsewhere_stays_hidden(issue: Issue, cast: Cast, now: datetime) -> None:
    Page.objects.filter(issue=issue).update(outside_sha256="0" * 64)
    story = Placement.objects.get(article__headline="要撤的稿").article
    assert story is not None
    on_story("withdraw", story, cast.chief, note="有误", now=now + HOUR)
    assert mask_pages(now + HOUR) == 0
    assert not Proof.objects.visible(now + HOUR).filter(page__number=1).exists()
    signed_again(story, cast, now + 2 * HOUR)
    assert not Proof.objects.visible(now + 3 * HOUR).filter(page__number=1).exists(), "it has the old words"


@pytest.mark.django_db
def test_a_story_released_again_brings_no_old_page_back(issue: Issue, cast: Cast, now: datetime) -> None:
    story = Placement.objects.get(article__headline="要撤的稿").article
    assert story is not None
    on_story("withdraw", story, cast.chief, note="有误", now=now + HOUR)
    signed_again(story, cast, now + 2 * HOUR)
    assert not Proof.objects.visible(now + 3 * HOUR).filter(page__number=1).exists()
    assert mask_pages(now + 3 * HOUR) == 1
    assert "撤下的正文" not in text_of(Proof.objects.visible(now + 3 * HOUR).get(page__number=1))


def signed_again(story: Article, cast: Cast, now: datetime) -> None:
    """The withdrawn story, mended, goes its way once more and is public at `now`."""
    on_story("reopen", story, cast.chief, now=now)
    Article.objects.filter(pk=story.pk).update(body="<p>改好的正文。</p>", with_issue=False)
    story.refresh_from_db()
    history.record(story, cast.editor, now)
    story.refresh_from_db()
    publish(story, cast, now)


@pytest.mark.django_db
def test_a_page_signed_anew_while_its_mask_was_made_stays(issue: Issue, cast: Cast, now: datetime) -> None:
    page = issue.pages.get(number=1)
    old = page.proofs.get()
    story = page.placements.get(article__headline="要撤的稿").article
    assert story is not None
    on_story("withdraw", story, cast.chief, note="有误", now=now + HOUR)

    def signed_meanwhile() -> datetime:
        perform("return", page, cast.editor, note="撤稿", now=now + HOUR)
        page.placements.filter(article=story).delete()
        paper.sign_page(page, cast, now + HOUR)
        return now + 2 * HOUR

    assert mask(old, now + HOUR, clock=signed_meanwhile) is False
    in_window = Proof.objects.in_window(now + 2 * HOUR).filter(page=page)
    assert [proof.masks_id for proof in in_window] == [None]
    assert not [*chain.verify(), *verify()]


@pytest.mark.django_db(transaction=True)
def test_a_blocked_photo_is_neither_signed_nor_sent(cast: Cast, now: datetime) -> None:
    photo = PhotoFactory(width=1200, height=800)
    page = paper.issue(now, pages=1).pages.get()
    paper.place(page, paper.waiting(cast, now, photos=[photo]), rows=20)
    paper.sign_page(page, cast, now, stages=3)
    block(photo, cast.chief, "肖像权", now)
    with pytest.raises(NotReady, match="已被封存"):
        perform("sign", page, cast.chief, now=now)
    unblock(photo, cast.chief, "已获授权", now)
    perform("sign", page, cast.chief, now=now)
    block(photo, cast.chief, "又有异议", now)
    with pytest.raises(NotReady, match="已被封存"):
        send(page.proofs.get(), cast.layout, "印刷厂", now)


@pytest.mark.django_db(transaction=True)
def test_a_blocked_photo_leaves_the_page(cast: Cast, now: datetime) -> None:
    photo = PhotoFactory(width=1200, height=800)
    made = paper.issue(now, pages=1)
    page = made.pages.get()
    paper.place(page, paper.waiting(cast, now, photos=[photo]), rows=20)
    paper.sign_page(page, cast, now)
    perform("release", made, cast.chief, now=now)
    whole = Proof.objects.visible(now).get()
    block(photo, cast.chief, "肖像权", now + HOUR)
    assert not Proof.objects.visible(now + HOUR).exists()
    assert mask_pages(now + HOUR) == 1
    shown = Proof.objects.visible(now + HOUR).get()
    assert photo_count(whole) == 1
    assert photo_count(shown) == 0
    assert shown.on_card["stories"], "the story stays"


def photo_count(proof: Proof) -> int:
    with default_storage.open(proof.pdf_name, "rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    objects = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
    return len(list(objects))
