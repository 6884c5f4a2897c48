"""Marks on a proof: where they lie, who may do what with them, and corrections of the story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles.models import Article
from articles.workflow import Conflict, NotAllowed, NotReady, perform
from issues import marks
from issues.marks import Correction, Place
from issues.models import Mark, Page, Proof
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.issues import PageFactory, PlacementFactory, proof_of

pytestmark = pytest.mark.django_db

MARKERS = {"editor", "deputy", "chief", "proofreader", "layout"}
Step = Callable[[Mark, object], None]
HOUR = timedelta(hours=1)


@pytest.fixture
def article(cast: Cast) -> Article:
    return ArticleFactory(
        headline="新桥通车", body="<p>两岸居民盼了三年。</p><p>盼了三年。</p>", created_by=cast.reporter
    )


@pytest.fixture
def page(article: Article) -> Page:
    """A masthead, a story over the left half below it, a banner over all of the foot."""
    made = PageFactory(status=Page.Status.PROOF, stage=0)
    PlacementFactory(page=made, kind="masthead", rows=8)
    PlacementFactory(page=made, article=article, row=8, cols=3, rows=20)
    PlacementFactory(page=made, kind="banner", row=28, rows=12)
    return made


@pytest.fixture
def proof(page: Page, now: datetime) -> Proof:
    return proof_of(page, None, files=False)


def make(proof: Proof, by: object, now: datetime, text: str = "字距太松", **where: object) -> Mark:
    return marks.make(proof, by, text, now, **({"place": Place(100, 400, 50, 20)} | where))  # type: ignore[arg-type]


def proof_again(page: Page, at: datetime) -> Proof:
    """A newer proof, made at that moment and ready."""
    made = proof_of(page, None, files=False)
    Proof.objects.filter(pk=made.pk).update(created_at=at)
    made.refresh_from_db()
    return made


# Where it lies


def test_the_box_and_the_story_under_a_mark_are_found(
    proof: Proof, cast: Cast, now: datetime, article: Article
) -> None:
    mark = make(proof, cast.proofreader, now)
    assert (mark.x, mark.y, mark.width, mark.height) == (100, 400, 50, 20)
    assert (mark.placement.kind, mark.article) == ("story", article)  # type: ignore[union-attr]
    assert (mark.page, mark.proof, mark.status, mark.made_by) == (proof.page, proof, "open", cast.proofreader)
    beside = make(proof, cast.layout, now, place=Place(800, 400))
    assert (beside.placement, beside.article) == (None, None)
    head = make(proof, cast.editor, now, place=Place(500, 100))
    assert (head.placement.kind, head.article) == ("masthead", None)  # type: ignore[union-attr]


def test_a_box_may_be_named_in_place_of_a_place(proof: Proof, cast: Cast, now: datetime, page: Page) -> None:
    box = page.placements.get(kind="banner")
    mark = make(proof, cast.editor, now, place=None, box=box.pk)
    left, top, width, height = marks.area(proof.data["placements"][2], proof.data["page"]["format"])
    assert (mark.placement, mark.x, mark.y, mark.width, mark.height) == (box, left, top, width, height)
    whole = make(proof, cast.editor, now, place=None)
    assert (whole.placement, whole.x, whole.y, whole.width) == (None, 0, 0, 0)
    assert make(proof, cast.editor, now, place=None, box=10**6).placement is None


def test_the_smallest_box_is_meant_where_two_overlap(page: Page, cast: Cast, now: datetime) -> None:
    small = PlacementFactory(page=page, kind="filler", row=10, cols=1, rows=2)
    mark = make(proof_of(page, None, files=False), cast.editor, now, place=Place(100, 310))
    assert mark.placement == small


def test_a_place_is_kept_within_the_page_and_a_click_is_a_point(
    proof: Proof, cast: Cast, now: datetime
) -> None:
    over = make(proof, cast.editor, now, place=Place(950, -20, 500, 3000))
    assert (over.x, over.y, over.width, over.height) == (950, 0, 50, 1000)
    click = make(proof, cast.editor, now, place=Place(300, 300, 3, 2))
    assert (click.width, click.height) == (0, 0)


def test_a_box_taken_off_since_the_proof_leaves_the_mark_with_its_story(
    proof: Proof, cast: Cast, now: datetime, page: Page, article: Article
) -> None:
    page.placements.filter(article=article).delete()
    mark = make(proof, cast.proofreader, now)
    assert (mark.placement, mark.article) == (None, article)


# Who may, and when


def test_who_reads_or_makes_the_page_marks_it(proof: Proof, cast: Cast, now: datetime) -> None:
    for name, person in cast.everyone().items():
        if name in MARKERS:
            make(proof, person, now)
        else:
            with pytest.raises(NotAllowed):
                make(proof, person, now)


@pytest.mark.parametrize(
    ("text", "said"), [("", "请写下"), (" \r\n ", "请写下"), ("x" * 2001, "最多2000"), ("a\x00", "控制字符")]
)
def test_a_mark_says_something(proof: Proof, cast: Cast, now: datetime, text: str, said: str) -> None:
    with pytest.raises(NotReady, match=said):
        make(proof, cast.proofreader, now, text)
    assert not Mark.objects.exists()


def test_marks_lie_on_the_newest_proof_of_an_unsigned_page(proof: Proof, cast: Cast, now: datetime) -> None:
    proof_of(proof.page, None, files=False)
    with pytest.raises(Conflict, match="已经出了新样"):
        make(proof, cast.proofreader, now)
    newest = proof.page.proofs.get(number=2)
    made = make(newest, cast.proofreader, now)
    Page.objects.update(status=Page.Status.SIGNED)
    with pytest.raises(Conflict, match="已签样"):
        make(newest, cast.proofreader, now)
    for step in (marks.change, marks.check, marks.reopen):
        with pytest.raises(Conflict, match="已签样"):
            step(made, cast.chief, now)


# The way of a mark


def test_changed_then_checked_by_someone_else(proof: Proof, cast: Cast, now: datetime) -> None:
    mark = make(proof, cast.proofreader, now)
    Proof.objects.update(created_at=now)
    marks.change(mark, cast.layout, now)
    assert (mark.status, mark.changed_by, mark.changed_at) == ("changed", cast.layout, now)
    with pytest.raises(NotAllowed, match="另一位"):
        marks.check(mark, cast.layout, now)
    with pytest.raises(NotReady, match="先重新出样，在新样上核红"):
        marks.check(mark, cast.proofreader, now)
    proof_again(proof.page, now + HOUR)
    marks.check(mark, cast.proofreader, now)
    assert (mark.status, mark.checked_by, mark.checked_at) == ("checked", cast.proofreader, now)


def test_not_put_right_after_all(proof: Proof, cast: Cast, now: datetime) -> None:
    mark = make(proof, cast.proofreader, now)
    for steps in ([marks.change], [marks.change, marks.check]):
        for step, person in zip(steps, (cast.layout, cast.editor), strict=False):
            step(mark, person, now)
            proof_again(proof.page, now + HOUR)
        marks.reopen(mark, cast.proofreader, now)
        assert (mark.status, mark.changed_by, mark.checked_by, mark.checked_at) == ("open", None, None, None)


def test_every_step_leaves_only_where_it_may(proof: Proof, cast: Cast, now: datetime) -> None:
    """Status by step: what is refused tells that someone else was first."""
    later = proof_again(proof.page, now + HOUR)
    allowed = {"open": {marks.change}, "changed": {marks.check, marks.reopen}, "checked": {marks.reopen}}
    for status, may in allowed.items():
        for step in (marks.change, marks.check, marks.reopen):
            mark = make(later, cast.proofreader, now)
            Mark.objects.filter(pk=mark.pk).update(status=status, changed_at=now)
            if step in may:
                step(mark, cast.editor, now)
            else:
                with pytest.raises(Conflict, match="刚被别人处理过"):
                    step(mark, cast.editor, now)
                assert Mark.objects.get(pk=mark.pk).status == status


def test_strangers_move_no_mark(proof: Proof, cast: Cast, now: datetime) -> None:
    mark = make(proof, cast.proofreader, now)
    for name in ("reporter", "admin", "superuser", "retired"):
        for step in (marks.change, marks.check, marks.reopen):
            with pytest.raises(NotAllowed):
                step(mark, getattr(cast, name), now)
        with pytest.raises(NotAllowed):
            marks.drop(mark, getattr(cast, name))


def test_a_mark_is_taken_back_by_its_maker_until_someone_acts(
    proof: Proof, cast: Cast, now: datetime
) -> None:
    mark = make(proof, cast.proofreader, now)
    with pytest.raises(NotAllowed, match="写的人自己"):
        marks.drop(mark, cast.editor)
    marks.drop(mark, cast.proofreader)
    with pytest.raises(Conflict, match="已被撤回"):
        marks.change(mark, cast.editor, now)
    other = make(proof, cast.proofreader, now)
    marks.change(other, cast.editor, now)
    with pytest.raises(Conflict, match="已经改过"):
        marks.drop(other, cast.proofreader)


def test_a_change_is_checked_on_a_proof_made_after_it(proof: Proof, cast: Cast, now: datetime) -> None:
    """One made before shows the old words, and one that the press has not made yet shows none."""
    mark = make(proof, cast.proofreader, now)
    proof_again(proof.page, now + HOUR)
    marks.change(mark, cast.layout, now + HOUR)
    with pytest.raises(NotReady, match="在新样上核红"):
        marks.check(mark, cast.proofreader, now)
    newest = proof_again(proof.page, now + 2 * HOUR)
    Proof.objects.filter(pk=newest.pk).update(state=Proof.State.WAITING)
    with pytest.raises(NotReady, match="在新样上核红"):
        marks.check(mark, cast.proofreader, now)
    assert Mark.objects.get().status == "changed"
    Proof.objects.filter(pk=newest.pk).update(state=Proof.State.READY)
    marks.check(mark, cast.proofreader, now)
    assert mark.status == "checked"
    marks.reopen(mark, cast.editor, now)
    marks.change(mark, cast.layout, now + 3 * HOUR)
    with pytest.raises(NotReady):
        marks.check(mark, cast.proofreader, now)


# Corrections


def test_a_correction_makes_a_version_and_waits_for_its_check(
    proof: Proof, cast: Cast, now: datetime, article: Article
) -> None:
    mark = make(proof, cast.proofreader, now, "", correction=Correction("居民盼了", "居民们盼了"))
    article.refresh_from_db()
    assert "两岸居民们盼了三年。" in article.body
    assert article.revisions.latest("number").author == cast.proofreader
    assert (mark.before, mark.after, mark.status, mark.changed_by) == (
        "居民盼了", "居民们盼了", "changed", cast.proofreader,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        marks.check(mark, cast.proofreader, now)
    proof_again(proof.page, now + HOUR)
    marks.check(mark, cast.layout, now)


def test_a_correction_may_say_which_block_is_meant(
    proof: Proof, cast: Cast, now: datetime, article: Article
) -> None:
    with pytest.raises(NotReady, match="有2处"):
        make(proof, cast.editor, now, correction=Correction("盼了三年", "盼了十年"))
    make(proof, cast.editor, now, correction=Correction("盼了三年", "盼了十年", "body:1"))
    article.refresh_from_db()
    assert article.body == "<p>两岸居民盼了三年。</p><p>盼了十年。</p>"


def test_a_correction_refused_leaves_no_mark(
    proof: Proof, cast: Cast, now: datetime, article: Article
) -> None:
    wrong = [
        (cast.layout, {}, NotAllowed, "校对和编辑"),
        (cast.editor, {"place": Place(500, 100)}, NotReady, "不是稿件"),
    ]
    for person, where, kind, said in wrong:
        with pytest.raises(kind, match=said):
            make(proof, person, now, correction=Correction("居民盼了", "x"), **where)
    perform("submit", article, cast.reporter)
    for person in (cast.editor, cast.deputy, cast.chief):
        perform("pass", article, person)
    with pytest.raises(NotAllowed, match="须由编辑重新编辑"):
        make(proof, cast.proofreader, now, correction=Correction("居民盼了", "x"))
    assert not Mark.objects.exists()
