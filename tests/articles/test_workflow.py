"""A story's way from draft to reader and back, as the newsroom's table has it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Byline, Release, Revision
from articles.verify import verify
from articles.workflow import Conflict, NotAllowed, NotReady, perform
from people import chain
from people.models import Delegation, Identity, Signature
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.get_default_timezone())


def later(**kwargs: float) -> datetime:
    return NOW + timedelta(**kwargs)


@pytest.fixture
def draft(cast: Cast) -> Article:
    article = Article.objects.create(
        headline="新桥今日通车", body="<p>两岸居民盼了三年的新桥今日通车。</p>", created_by=cast.reporter
    )
    Byline.objects.create(article=article, identity=Identity.REPORTER, name="林晚照")
    return article


def rewrite(article: Article, by: object, now: datetime, body: str) -> None:
    """What an explicit save in the form does."""
    from articles import history

    Article.objects.filter(pk=article.pk).update(body=body)
    article.refresh_from_db()
    history.record(article, by, now)  # type: ignore[arg-type]
    article.refresh_from_db()


def to_stage(article: Article, cast: Cast, stage: int, now: datetime = NOW) -> Article:
    perform("submit", article, cast.reporter, now=now)
    for person in [cast.editor, cast.deputy][:stage]:
        perform("pass", article, person, now=now)
    return article


def published(article: Article, cast: Cast, now: datetime = NOW, **kwargs: object) -> Article:
    to_stage(article, cast, 2, now)
    perform("pass", article, cast.chief, now=now, **kwargs)  # type: ignore[arg-type]
    return article


def visible(article: Article, now: datetime) -> Release | None:
    return Release.objects.visible(now).filter(article=article).first()


def proven() -> bool:
    return not [*chain.verify(), *verify()]


def test_three_signatures_release_the_text_that_was_signed(draft: Article, cast: Cast) -> None:
    published(draft, cast)
    release = visible(draft, NOW)
    assert draft.status == "published"
    assert release
    assert release.body == draft.body
    assert [s.action for s in Signature.objects.about(draft.subject)] == ["submit", "pass", "pass", "pass"]
    assert proven()


def test_a_later_edit_does_not_reach_readers(draft: Article, cast: Cast) -> None:
    published(draft, cast)
    rewrite(draft, cast.editor, later(hours=1), "<p>还没签的新话。</p>")
    release = visible(draft, later(hours=2))
    assert release
    assert "还没签" not in release.body
    assert Revision.objects.filter(article=draft).count() == 2


def test_a_scheduled_story_appears_on_its_second_without_any_worker(draft: Article, cast: Cast) -> None:
    due = later(minutes=5)
    published(draft, cast, release_at=due)
    assert draft.status == "signed"
    assert visible(draft, due - timedelta(microseconds=1)) is None
    assert visible(draft, due) is not None
    assert proven()


def test_submit_says_what_is_missing(cast: Cast) -> None:
    bare = Article.objects.create(created_by=cast.reporter)
    with pytest.raises(NotReady) as refused:
        perform("submit", bare, cast.reporter, now=NOW)
    assert [p.field for p in refused.value.problems] == ["headline", "body", "bylines"]
    assert Revision.objects.count() == 0
    assert Signature.objects.count() == 0


def test_return_needs_a_note(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    with pytest.raises(NotReady):
        perform("return", draft, cast.editor, now=NOW)
    perform("return", draft, cast.editor, note="请核实通车时间", now=NOW)
    assert draft.status == "draft"


def test_only_the_holder_of_the_stage_passes(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    for person in (cast.reporter, cast.deputy, cast.chief, cast.proofreader, cast.superuser, cast.outsider):
        with pytest.raises(NotAllowed):
            perform("pass", draft, person, now=NOW)
    assert Signature.objects.filter(action="pass").count() == 0


def test_an_author_does_not_review_his_own_story(draft: Article, cast: Cast) -> None:
    draft.created_by = cast.editor
    draft.save()
    perform("submit", draft, cast.editor, now=NOW)
    with pytest.raises(NotAllowed):
        perform("pass", draft, cast.editor, now=NOW)


def test_keying_in_for_another_makes_no_author(draft: Article, cast: Cast) -> None:
    draft.created_by, draft.keyed_in_for_another = cast.editor, True
    draft.save()
    perform("submit", draft, cast.editor, now=NOW)
    perform("pass", draft, cast.editor, now=NOW)
    assert draft.stage == 1


def test_nobody_signs_two_stages(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 1)
    today = timezone.localdate(NOW)
    Delegation.objects.create(
        stage="复审", principal=cast.deputy, deputy=cast.editor, starts_on=today, ends_on=today
    )
    with pytest.raises(NotAllowed, match="两级"):
        perform("pass", draft, cast.editor, now=NOW)


def test_a_delegate_signs_for_his_principal(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 1)
    today = timezone.localdate(NOW)
    Delegation.objects.create(
        stage="复审", principal=cast.deputy, deputy=cast.chief, starts_on=today, ends_on=today
    )
    signature = perform("pass", draft, cast.chief, now=NOW)
    assert (signature.stage, signature.on_behalf_of) == ("复审", cast.deputy)


def test_a_signature_is_for_the_text_that_was_seen(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    seen = Article.objects.get(pk=draft.pk)
    rewrite(draft, cast.editor, NOW, "<p>换过的话。</p>")
    with pytest.raises(Conflict):
        perform("pass", seen, cast.editor, now=NOW)
    with pytest.raises(Conflict):
        perform("pass", draft, cast.editor, digest="0" * 64, now=NOW)
    perform("pass", draft, cast.editor, digest=draft.digest, now=NOW)


def test_a_change_without_a_revision_voids_the_signing(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    Article.objects.filter(pk=draft.pk).update(headline="悄悄换了题")
    draft.refresh_from_db()
    with pytest.raises(Conflict):
        perform("pass", draft, cast.editor, now=NOW)


def test_a_stale_page_loses_the_race(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    stale = Article.objects.get(pk=draft.pk)
    perform("pass", draft, cast.editor, now=NOW)
    with pytest.raises(Conflict):
        perform("return", stale, cast.editor, note="晚了一步", now=NOW)


def test_what_the_chief_changed_himself_is_confirmed_by_an_earlier_stage(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 2)
    rewrite(draft, cast.chief, NOW, "<p>终审改过的话。</p>")
    with pytest.raises(NotAllowed, match="确认"):
        perform("pass", draft, cast.chief, now=NOW)
    confirmed = perform("pass", draft, cast.deputy, now=NOW)
    assert (confirmed.stage, draft.status, draft.stage) == ("复审", "review", 2)
    perform("pass", draft, cast.chief, now=NOW)
    release = visible(draft, NOW)
    assert release
    assert "终审改过" in release.body


def test_recall_only_before_the_first_signature(draft: Article, cast: Cast) -> None:
    to_stage(draft, cast, 0)
    perform("recall", draft, cast.reporter, now=NOW)
    assert draft.status == "draft"
    to_stage(draft, cast, 1)
    with pytest.raises(NotAllowed):
        perform("recall", draft, cast.reporter, now=NOW)


def test_reopening_a_story_not_yet_due_takes_it_back(draft: Article, cast: Cast) -> None:
    due = later(hours=1)
    published(draft, cast, release_at=due)
    perform("reopen", draft, cast.editor, now=later(minutes=1))
    assert draft.status == "draft"
    assert visible(draft, due) is None
    assert proven()


def test_a_scheduled_successor_neither_hides_nor_shortens_the_live_release(
    draft: Article, cast: Cast
) -> None:
    published(draft, cast)
    first = visible(draft, NOW)
    perform("reopen", draft, cast.editor, now=later(minutes=1))
    rewrite(draft, cast.reporter, later(minutes=2), "<p>第二版。</p>")
    due = later(hours=1)
    published(draft, cast, now=later(minutes=3), release_at=due)
    assert visible(draft, due - timedelta(microseconds=1)) == first
    assert visible(draft, due) != first
    assert Release.objects.visible(due).filter(article=draft).count() == 1
    perform("reopen", draft, cast.editor, now=later(minutes=10))
    assert visible(draft, due) == first
    assert proven()


def test_withdrawing_ends_it_at_once_and_reopening_is_the_chiefs(draft: Article, cast: Cast) -> None:
    published(draft, cast)
    with pytest.raises(NotAllowed):
        perform("withdraw", draft, cast.deputy, note="有误", now=later(minutes=1))
    perform("withdraw", draft, cast.chief, note="有误", notice="本稿已撤下。", now=later(minutes=1))
    assert visible(draft, later(minutes=1)) is None
    assert visible(draft, later(seconds=59)) is not None
    assert draft.releases.get().notice == "本稿已撤下。"
    with pytest.raises(NotAllowed):
        perform("reopen", draft, cast.editor, now=later(minutes=2))
    perform("reopen", draft, cast.chief, now=later(minutes=2))
    assert visible(draft, later(minutes=3)) is None
    assert proven()


def test_a_due_story_is_withdrawn_and_amended_though_no_worker_ran(draft: Article, cast: Cast) -> None:
    published(draft, cast, release_at=later(minutes=5))
    assert draft.status == "signed"
    perform("withdraw", draft, cast.chief, note="有误", now=later(minutes=6))
    assert visible(draft, later(minutes=6)) is None
    assert "publish" in [s.action for s in Signature.objects.about(draft.subject)]


def test_an_amendment_takes_a_chief_and_one_other(draft: Article, cast: Cast) -> None:
    published(draft, cast)
    rewrite(draft, cast.editor, later(minutes=1), "<p>改好的话。</p>")
    perform("amend", draft, cast.editor, now=later(minutes=2))
    assert "改好" not in visible(draft, later(minutes=2)).body  # type: ignore[union-attr]
    with pytest.raises(NotAllowed):
        perform("amend", draft, cast.editor, now=later(minutes=2))
    with pytest.raises(NotReady):
        perform("amend", draft, cast.deputy, now=later(minutes=2))
    perform("amend", draft, cast.chief, now=later(minutes=3))
    assert "改好" in visible(draft, later(minutes=3)).body  # type: ignore[union-attr]
    assert Release.objects.visible(later(minutes=3)).filter(article=draft).count() == 1
    assert proven()


def test_rescheduling_moves_the_moment_and_stands_in_the_chain(draft: Article, cast: Cast) -> None:
    published(draft, cast, release_at=later(hours=1))
    perform("reschedule", draft, cast.chief, release_at=later(hours=3), now=later(minutes=1))
    assert visible(draft, later(hours=2)) is None
    assert visible(draft, later(hours=3)) is not None
    assert proven()


def test_a_story_for_the_paper_waits_for_its_issue(draft: Article, cast: Cast) -> None:
    Article.objects.filter(pk=draft.pk).update(with_issue=True)
    draft.refresh_from_db()
    published(draft, cast)
    assert draft.status == "signed"
    assert visible(draft, later(days=365)) is None
    assert Article.objects.due(later(days=365)).count() == 0


def test_an_expired_story_goes_by_itself(draft: Article, cast: Cast) -> None:
    Article.objects.filter(pk=draft.pk).update(expires_at=later(days=1))
    draft.refresh_from_db()
    published(draft, cast)
    assert visible(draft, later(hours=23)) is not None
    assert visible(draft, later(days=1)) is None
    assert list(Article.objects.run_out(later(days=1))) == [draft]


def test_corrections_need_a_live_story_and_words(draft: Article, cast: Cast) -> None:
    with pytest.raises(Conflict):
        perform("correct", draft, cast.chief, note="应为三年", now=NOW)
    published(draft, cast)
    perform("correct", draft, cast.chief, note="“三年”应为“两年”。", now=later(minutes=1))
    assert draft.corrections.get().text == "“三年”应为“两年”。"
    assert draft.status == "published"


def test_spiked_stories_come_back_whole(draft: Article, cast: Cast) -> None:
    body = draft.body
    perform("spike", draft, cast.editor, now=NOW)
    perform("restore", draft, cast.editor, now=NOW)
    assert (draft.status, draft.body) == ("draft", body)
