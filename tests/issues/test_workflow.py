"""From an empty page to the paper on the stands: what moves a page and an issue, and what stops them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from articles import history
from articles.models import Article, Release
from articles.workflow import perform as on_story
from issues.models import GuideEntry, Issue, Mark, Page, Placement, Proof
from issues.verify import verify
from issues.workflow import Conflict, NotAllowed, NotReady, perform
from people import chain
from people.models import Signature
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return paper.issue(now).pages.get(number=1)


# A page


def test_a_proof_freezes_the_page_and_is_signed_stage_by_stage(page: Page, cast: Cast, now: datetime) -> None:
    paper.place(page, paper.waiting(cast, now))
    perform("proof", page, cast.layout, now=now)
    assert (page.status, page.stage) == ("proof", 0)
    for stage in range(3):
        assert page.stage == stage
        perform("sign", page, cast.proofreader, now=now)
    last = perform("sign", page, cast.chief, now=now)
    assert (page.status, last.stage) == ("signed", "签样")
    proof = page.proofs.get()
    assert proof.is_ready
    assert last.digest == proof.digest
    assert not [*chain.verify(), *verify()]


def test_a_page_with_an_unsigned_story_is_proofed_but_not_signed_off(
    page: Page, cast: Cast, now: datetime
) -> None:
    story = ArticleFactory(body=paper.TEXT, created_by=cast.reporter, with_issue=True)
    on_story("submit", story, cast.reporter, now=now)
    paper.place(page, story)
    paper.sign_page(page, cast, now, stages=3)
    with pytest.raises(NotReady, match="还没有签发"):
        perform("sign", page, cast.chief, now=now)
    for person in (cast.editor, cast.deputy, cast.chief):
        on_story("pass", story, person, now=now)
    with pytest.raises(Conflict, match="未签发"):
        perform("sign", page, cast.chief, now=now)
    perform("proof", page, cast.layout, now=now)
    assert page.stage == 3, "that the story was signed meanwhile is no change of the page"
    perform("sign", page, cast.chief, now=now)
    assert page.status == "signed"


def test_overset_text_keeps_a_page_from_sign_off(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, paper.waiting(cast, now, body=paper.TEXT * 20), cols=2, rows=6)
    paper.sign_page(page, cast, now, stages=3)
    with pytest.raises(NotReady, match=r"超\d+字"):
        perform("sign", page, cast.chief, now=now)
    Placement.objects.filter(pk=box.pk).update(cols=6, rows=30)
    with pytest.raises(Conflict, match="移动或改了大小"):
        perform("sign", page, cast.chief, now=now)


def test_an_open_mark_keeps_a_page_from_sign_off(page: Page, cast: Cast, now: datetime) -> None:
    paper.place(page, paper.waiting(cast, now))
    paper.sign_page(page, cast, now, stages=3)
    mark = Mark.objects.create(
        page=page, proof=page.proofs.get(), x=1, y=1, text="漏字", made_by=cast.proofreader, made_at=now
    )
    with pytest.raises(NotReady, match="还有1处批注"):
        perform("sign", page, cast.chief, now=now)
    Mark.objects.filter(pk=mark.pk).update(status="checked")
    perform("sign", page, cast.chief, now=now)


def test_a_change_voids_the_signatures_and_is_named(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, paper.waiting(cast, now, headline="大桥通车"))
    paper.sign_page(page, cast, now, stages=2)
    Placement.objects.filter(pk=box.pk).update(rows=14)
    again = perform("proof", page, cast.layout, now=now)
    assert page.stage == 0
    assert "《大桥通车》移动或改了大小" in again.note
    assert '"voids":["一校","二校"]' in again.effect


def test_what_a_mark_asked_for_leaves_the_signatures_standing(page: Page, cast: Cast, now: datetime) -> None:
    story = ArticleFactory(body=paper.TEXT, created_by=cast.reporter, with_issue=True)
    history.record(story, cast.reporter, now)
    box = paper.place(page, story)
    paper.sign_page(page, cast, now, stages=1)
    Mark.objects.create(
        page=page, proof=page.proofs.get(), placement=box, article=story, x=1, y=1, text="改",
        status="changed", made_by=cast.proofreader, made_at=now, changed_by=cast.editor, changed_at=now,
    )  # fmt: skip
    Article.objects.filter(pk=story.pk).update(body=paper.TEXT.replace("三年", "四年"))
    story.refresh_from_db()
    history.record(story, cast.proofreader, now)
    perform("proof", page, cast.layout, now=now)
    assert page.stage == 1


def test_who_signs_off_has_signed_no_earlier_stage(
    page: Page, cast: Cast, now: datetime, settings: object
) -> None:
    from newsroom.lib.stages import parse_stages

    settings.PROOF_STAGES = parse_stages("校对:chief,签样:chief")  # type: ignore[attr-defined]
    paper.place(page, paper.waiting(cast, now))
    perform("proof", page, cast.layout, now=now)
    perform("sign", page, cast.chief, now=now)
    with pytest.raises(NotAllowed, match="另一位"):
        perform("sign", page, cast.chief, now=now)


def test_only_the_proof_that_was_seen_is_signed(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, paper.waiting(cast, now))
    perform("proof", page, cast.layout, now=now)
    seen = Page.objects.get(pk=page.pk)
    Placement.objects.filter(pk=box.pk).update(rows=14)
    perform("proof", page, cast.layout, now=now)
    with pytest.raises(Conflict, match="又出了新样"):
        perform("sign", seen, cast.proofreader, now=now)


def test_after_sign_off_a_change_needs_a_reason(page: Page, cast: Cast, now: datetime) -> None:
    paper.place(page, paper.waiting(cast, now))
    paper.sign_page(page, cast, now)
    with pytest.raises(Conflict, match="不能出样"):
        perform("proof", page, cast.layout, now=now)
    with pytest.raises(NotReady, match="原因"):
        perform("return", page, cast.editor, now=now)
    perform("return", page, cast.editor, note="头条换照片", now=now)
    assert page.status == "composing"


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        ({"row": 0, "rows": 10}, "重叠"),
        ({"row": 38, "rows": 10}, "超出了版心"),
        ({"col": 4, "cols": 6, "row": 10}, "超出了版心"),
        ({"cols": 0, "row": 10}, "超出了版心"),
    ],
)
def test_a_layout_that_cannot_be_printed_gets_no_proof(
    page: Page, cast: Cast, now: datetime, box: dict[str, int], sentence: str
) -> None:
    paper.place(page, paper.waiting(cast, now), **box)
    with pytest.raises(NotReady, match=sentence):
        perform("proof", page, cast.layout, now=now)
    assert not Proof.objects.exists()


def test_a_withdrawn_story_gets_no_proof(page: Page, cast: Cast, now: datetime) -> None:
    story = paper.waiting(cast, now, headline="要撤的稿")
    paper.place(page, story)
    on_story("withdraw", story, cast.chief, note="有误", now=now)
    with pytest.raises(NotReady, match="《要撤的稿》已撤稿"):
        perform("proof", page, cast.layout, now=now)


# An issue


def test_pages_and_stories_are_public_together_on_their_second(cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    moment = now + HOUR
    perform("release", issue, cast.chief, release_at=moment, now=now)
    just_before = moment - timedelta(microseconds=1)
    assert not Proof.objects.visible(just_before).exists()
    assert not Release.objects.visible(just_before).exists()
    assert set(Proof.objects.visible(moment).values_list("page__number", flat=True)) == {1, 2}
    assert set(Release.objects.visible(moment).values_list("article", flat=True)) == {s.pk for s in stories}
    printed = Release.objects.get(article=stories[1])
    assert (printed.paper_date, printed.paper_page) == (issue.date, 2)
    assert not [*chain.verify(), *verify()]


def test_an_issue_waits_for_its_last_page(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now)
    page = issue.pages.get(number=2)
    perform("return", page, cast.editor, note="换稿", now=now)
    with pytest.raises(NotReady, match="第2版"):
        perform("release", issue, cast.chief, now=now)
    assert not Proof.objects.visible(now).exists()


def test_only_a_chief_releases(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now)
    for person in (cast.layout, cast.editor, cast.deputy, cast.proofreader):
        with pytest.raises(NotAllowed):
            perform("release", issue, person, now=now)


def test_a_moment_not_yet_come_is_moved_and_taken_back(cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, release_at=now + HOUR, now=now)
    perform("release", issue, cast.chief, release_at=now + 2 * HOUR, now=now)
    assert not Release.objects.visible(now + HOUR).exists()
    assert not Proof.objects.visible(now + HOUR).exists()
    perform("hold", issue, cast.chief, now=now)
    assert not Proof.objects.visible(now + 9 * HOUR).exists()
    assert not Release.objects.visible(now + 9 * HOUR).exists()
    stories[0].refresh_from_db()
    assert stories[0].status == "signed"
    assert not [*chain.verify(), *verify()]


def test_a_page_given_back_takes_the_whole_moment_with_it(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, release_at=now + HOUR, now=now)
    perform("return", issue.pages.get(number=1), cast.editor, note="换照片", now=now)
    assert not Proof.objects.visible(now + 2 * HOUR).exists()
    assert Issue.objects.get(pk=issue.pk).release_at is None


def test_a_page_changed_after_publication_replaces_the_old_one(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, now=now)
    page = issue.pages.get(number=1)
    old = page.proofs.get()
    perform("return", page, cast.editor, note="照片说明有误", now=now + HOUR)
    assert Proof.objects.visible(now + HOUR).get(page=page) == old, "readers keep the signed page meanwhile"
    Placement.objects.filter(page=page, kind="story").update(rows=13)
    paper.sign_page(page, cast, now + HOUR)
    assert Proof.objects.visible(now + HOUR).get(page=page) != old
    assert not [*chain.verify(), *verify()]


def test_a_story_changed_after_sign_off_stops_the_issue(cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    on_story("reopen", stories[0], cast.editor, now=now)
    with pytest.raises(NotReady, match="第1版"):
        perform("release", issue, cast.chief, now=now)


def test_a_story_due_later_than_the_paper_stops_the_issue(cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    on_story("reschedule", stories[0], cast.chief, release_at=now + 5 * HOUR, now=now)
    with pytest.raises(NotReady, match="晚"):
        perform("release", issue, cast.chief, release_at=now + HOUR, now=now)
    assert Issue.objects.get(pk=issue.pk).release_at is None


def test_a_story_only_in_the_guide_must_be_public_by_then(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=1)
    page = issue.pages.get()
    perform("return", page, cast.editor, note="加导读", now=now)
    GuideEntry.objects.create(
        issue=issue, page_number=2, article=paper.waiting(cast, now, headline="以后再登")
    )
    paper.place(page, None, kind="guide", rows=4)
    paper.sign_page(page, cast, now)
    with pytest.raises(NotReady, match="导读里的《以后再登》"):
        perform("release", issue, cast.chief, now=now)


def test_a_story_already_on_the_web_can_be_printed(cast: Cast, now: datetime) -> None:
    issue = paper.issue(now, pages=1)
    story = paper.waiting(cast, now, with_issue=False)
    assert Release.objects.visible(now).filter(article=story).exists()
    paper.place(issue.pages.get(), story)
    paper.sign_page(issue.pages.get(), cast, now)
    perform("release", issue, cast.chief, release_at=now + HOUR, now=now)
    assert Release.objects.visible(now).filter(article=story).exists(), "the web does not wait for the paper"
    assert Release.objects.get(article=story).paper_page == 1
    assert Release.objects.get(article=story).paper_from == now + HOUR


def test_each_step_is_a_link_with_the_digest_that_was_seen(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=1)
    page = issue.pages.get()
    links = list(Signature.objects.about(page.subject))
    assert [link.action for link in links] == ["proof", "sign", "sign", "sign", "sign"]
    assert {link.digest for link in links[1:]} == {page.proofs.get().digest}


def test_text_goes_on_in_another_box_where_it_stops(cast: Cast, now: datetime) -> None:
    issue = paper.issue(now)
    one, two = issue.pages.all()
    story = paper.waiting(cast, now, body=paper.TEXT * 12)
    first = paper.place(one, story, rows=8, cols=3)
    paper.place(two, story, rows=30, continues=first)
    perform("proof", one, cast.layout, now=now)
    perform("proof", two, cast.layout, now=now)
    box = two.proofs.get().data["placements"][0]
    assert box["from_page"] == 1
    assert box["start"] > [0, 0]
    paper.sign_page(two, cast, now)
    Placement.objects.filter(pk=first.pk).update(rows=10)
    perform("return", two, cast.editor, note="接排变了", now=now)
    again = perform("proof", two, cast.layout, now=now)
    assert two.proofs.first().data["placements"][0]["start"] > box["start"]
    assert again.effect == "", "given back, nothing stood that could be voided"
