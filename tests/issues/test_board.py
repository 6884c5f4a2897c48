"""How pages stand: state, who has them, what is wrong, the one button, for each person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.workflow import perform as on_story
from issues import marks, masking, sending
from issues.board import card_of, cards, pages_of
from issues.marks import Place
from issues.models import Page, Placement, Proof
from issues.standing import Card
from issues.workflow import perform
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.people import DelegationFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return paper.issue(now).pages.get(number=1)


@pytest.fixture
def proofed(page: Page, cast: Cast, now: datetime) -> Page:
    paper.place(page, paper.waiting(cast, now))
    paper.proof(page, cast, now)
    return page


def card(page: Page, user: User, now: datetime) -> Card:
    fresh = Page.objects.select_related("issue__masthead").get(pk=page.pk)
    return card_of(fresh, User.objects.get(pk=user.pk), now)


def step(page: Page, user: User, now: datetime) -> tuple[str, bool]:
    found = card(page, user, now).step
    return found.label, found.mine


def test_a_page_being_laid_out(page: Page, cast: Cast, now: datetime) -> None:
    found = card(page, cast.layout, now)
    assert (found.state, found.holder, found.problems, found.picture) == ("拼版中", "版面编辑", [], None)
    assert [area.kind for area in found.outline] == ["masthead"]
    assert step(page, cast.layout, now) == ("拼版", True)
    assert step(page, cast.editor, now) == ("拼版", False)
    assert step(page, cast.proofreader, now) == ("", False)
    paper.place(page, paper.waiting(cast, now))
    assert step(page, cast.layout, now) == ("出样", True)
    assert card(page, cast.layout, now).step.does == "proof"


def test_a_page_at_its_proofs(proofed: Page, cast: Cast, now: datetime) -> None:
    assert card(proofed, cast.chief, now).holder == "无人可签"
    cast.proofreader  # noqa: B018 - someone holds the first stages
    assert card(proofed, cast.chief, now).state == "一校"
    assert card(proofed, cast.chief, now).holder == str(cast.proofreader)
    assert step(proofed, cast.proofreader, now) == ("去一校", True)
    assert step(proofed, cast.layout, now) == step(proofed, cast.chief, now) == ("看样", False)
    for _ in range(3):
        perform("sign", proofed, cast.proofreader, now=now)
    assert card(proofed, cast.chief, now).holder == str(cast.chief)
    assert step(proofed, cast.chief, now) == ("去签样", True)


def test_a_page_is_offered_to_be_read_once_its_proof_lies_there(
    proofed: Page, cast: Cast, now: datetime
) -> None:
    assert step(proofed, cast.proofreader, now) == ("去一校", True)
    perform("proof", proofed, cast.layout, now=now + HOUR)
    for seconds, state in ((0, "正在排"), (50, "正在排"), (70, "后台没有响应，请找管理员")):
        moment = now + HOUR + timedelta(seconds=seconds)
        assert card(proofed, cast.proofreader, moment).state == state
        assert step(proofed, cast.proofreader, moment) == ("看样", False)
    taken = now + HOUR + timedelta(seconds=65)
    Proof.objects.filter(number=2).update(state=Proof.State.WORKING, claimed_at=taken)
    assert card(proofed, cast.proofreader, taken + timedelta(seconds=90)).state == "正在排"
    assert card(proofed, cast.proofreader, taken + timedelta(minutes=3)).is_silent
    Proof.objects.filter(number=2).update(state=Proof.State.READY)
    assert card(proofed, cast.proofreader, now + 2 * HOUR).state == "一校"
    assert step(proofed, cast.proofreader, now + 2 * HOUR) == ("去一校", True)


def test_a_page_that_lost_a_story_is_shown_as_readers_see_it(cast: Cast, now: datetime) -> None:
    issue, (story,) = paper.signed_issue(cast, now, pages=1)
    page = issue.pages.get()
    perform("release", issue, cast.chief, now=now)
    page.refresh_from_db()
    assert (card(page, cast.chief, now).mask, card(page, cast.chief, now).picture.number) == ("", 1)  # type: ignore[union-attr]
    on_story("withdraw", story, cast.chief, note="失实", now=now + HOUR)
    masking.mask_pages(now + HOUR)
    later = timezone.now() + 2 * HOUR
    found = card(page, cast.chief, later)
    assert found.picture == page.proofs.get(masks__isnull=False)
    assert found.mask == "已撤1篇，电子报已挖空"
    perform("return", page, cast.editor, note="换一篇", now=later)
    found = card(page, cast.chief, later)
    assert (found.mask, found.picture.number) == ("", 1), "what is made anew is what was signed"  # type: ignore[union-attr]


def test_a_stage_lent_for_today(proofed: Page, cast: Cast, now: datetime) -> None:
    DelegationFactory(stage="一校", principal=cast.proofreader, deputy=cast.reporter)
    found = card(proofed, cast.reporter, now)
    assert found.step.label == "去一校"
    assert set(found.holders) == {str(cast.proofreader), str(cast.reporter)}


def test_what_keeps_it_from_sign_off(page: Page, cast: Cast, now: datetime) -> None:
    unsigned = ArticleFactory(body=paper.TEXT, created_by=cast.reporter)
    on_story("submit", unsigned, cast.reporter, now=now)
    paper.place(page, unsigned)
    paper.place(page, paper.waiting(cast, now, body=paper.TEXT * 20), cols=2, rows=6)
    paper.sign_page(page, cast, now, stages=3)
    proof = page.proofs.get()
    over = next(fit for fit in proof.findings["fits"].values() if fit["state"] == "over")
    for text in ("太松", "太紧"):
        marks.make(proof, cast.proofreader, text, now, place=Place(500, 500))
    marks.change(page.marks.all()[0], cast.layout, now)
    found = card(page, cast.chief, now)
    assert found.problems == [over["words"], "批注1处未改", "批注1处待核红", "1篇未签发"]
    assert found.unsigned == [unsigned]
    assert step(page, cast.chief, now) == ("看样", False), "sign-off would be refused"
    assert step(page, cast.layout, now) == ("改批注", True)
    assert step(page, cast.proofreader, now) == ("看样", False), "the change is on no proof yet"
    paper.proof(page, cast, now + HOUR)
    assert step(page, cast.proofreader, now) == ("核红", True)
    marks.change(page.marks.all()[1], cast.layout, now + HOUR)
    assert step(page, cast.layout, now) == ("重新出样", True)
    paper.proof(page, cast, now + 2 * HOUR)
    assert step(page, cast.layout, now) == step(page, cast.editor, now) == ("看样", False)


def test_marks_of_ones_own_come_back_to_be_checked(proofed: Page, cast: Cast, now: datetime) -> None:
    mark = marks.make(proofed.proofs.get(), cast.editor, "图换一张", now, place=Place(500, 500))
    marks.change(mark, cast.layout, now)
    assert step(proofed, cast.editor, now) == ("看样", False)
    paper.proof(proofed, cast, now + HOUR)
    assert step(proofed, cast.editor, now) == ("核红", True)
    assert step(proofed, cast.deputy, now) == ("看样", False)


def test_a_page_given_back_says_why(proofed: Page, cast: Cast, now: datetime) -> None:
    perform("return", proofed, cast.editor, note="头条换一篇", now=now)
    found = card(proofed, cast.layout, now)
    assert found.returned is not None
    assert found.returned.note == "头条换一篇"
    perform("proof", proofed, cast.layout, now=now)
    assert card(proofed, cast.layout, now).returned is None


def test_a_signed_page_is_sent_and_becomes_void_with_a_new_proof(
    page: Page, cast: Cast, now: datetime
) -> None:
    paper.place(page, paper.waiting(cast, now))
    paper.sign_page(page, cast, now)
    assert card(page, cast.chief, now).state == "已签样"
    assert step(page, cast.layout, now) == ("传版", False)
    assert step(page, cast.proofreader, now) == ("看样", False)
    sending.send(page.proofs.get(), cast.layout, "印刷厂", now)
    found = card(page, cast.layout, now)
    assert (found.is_sent, found.is_void, found.step.label) == (True, False, "看样")
    perform("return", page, cast.editor, note="改错字", now=now)
    assert card(page, cast.layout, now).is_void
    paper.sign_page(page, cast, now + HOUR)
    assert (card(page, cast.layout, now).is_void, step(page, cast.layout, now)[0]) == (True, "传版")


def test_a_failed_proof_is_told_and_the_last_picture_stays(proofed: Page, cast: Cast, now: datetime) -> None:
    perform("proof", proofed, cast.layout, now=now)
    Proof.objects.filter(number=2).update(state=Proof.State.FAILED, error="字体坏了")
    found = card(proofed, cast.layout, now)
    assert found.problems == ["排版失败"]
    assert (found.step.label, found.step.mine) == ("看原因", True)
    assert found.picture is not None
    assert found.picture.number == 1


def test_an_empty_page_may_go_a_used_one_stays(page: Page, cast: Cast, now: datetime) -> None:
    assert card(page, cast.layout, now).is_removable
    box = paper.place(page, paper.waiting(cast, now))
    assert not card(page, cast.layout, now).is_removable
    box.delete()
    Placement.objects.create(page=page, kind="filler", col=0, row=30, cols=2, rows=3)
    assert not card(page, cast.layout, now).is_removable


def queries(look: Callable[[], object]) -> int:
    look()
    with CaptureQueriesContext(connection) as found:
        look()
    return len(found)


@pytest.mark.parametrize("name", ["layout", "proofreader", "chief", "superuser"])
def test_more_pages_take_no_more_queries(name: str, cast: Cast, now: datetime) -> None:
    user = getattr(cast, name)
    few, many = paper.issue(now, pages=1), paper.issue(now + 24 * HOUR, pages=6, number=27)
    story: Article = paper.waiting(cast, now)
    for issue in (few, many):
        for page in issue.pages.all():
            paper.place(page, story)
            perform("proof", page, cast.layout, now=now)
            marks.make(page.proofs.get(), cast.proofreader, "太松", now, place=Place(1, 1))

    def look(issue: object) -> list[object]:
        found = cards(pages_of([issue]), User.objects.get(pk=user.pk), now)  # type: ignore[list-item]
        return [(c.step, c.problems, c.holder, c.outline, c.is_void) for c in found]

    assert queries(lambda: look(few)) == queries(lambda: look(many))
