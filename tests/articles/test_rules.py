"""The newsroom's truth table: every action, person and state; and the queries that must agree with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles import rules
from articles.facts import facts_of
from articles.models import Article, Byline, Revision
from articles.workflow import ACTIONS, Conflict, NotAllowed, WorkflowError, available, perform
from people.models import Delegation, Signature
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.get_default_timezone())
PEOPLE = [
    *("reporter", "reporter2", "editor", "deputy", "chief", "proofreader"),
    *("layout", "admin", "superuser", "outsider", "retired"),
]
EDITORS = {"editor", "deputy", "chief"}
NOBODY: set[str] = set()

# Who may, by action and state. A state that is not named allows nobody.
TABLE: dict[str, dict[str, set[str]]] = {
    "submit": {"draft": {"reporter"} | EDITORS, "reopened": {"reporter"} | EDITORS},
    "pass": {"stage 1": {"editor"}, "stage 2": {"deputy"}, "stage 3": {"chief"}},
    "return": {"stage 1": {"editor"}, "stage 2": {"deputy"}, "stage 3": {"chief"}},
    "recall": {"stage 1": {"reporter"}},
    "spike": {"draft": EDITORS, "reopened": EDITORS},
    "restore": {"spiked": EDITORS},
    "reschedule": {"signed": {"chief"}},
    "reopen": {"signed": EDITORS, "published": EDITORS, "amended": EDITORS, "withdrawn": {"chief"}},
    "amend": {"amended": EDITORS},
    "withdraw": {state: {"chief"} for state in ("signed", "published", "amended", "reopened")},
    "correct": {state: {"chief"} for state in ("published", "amended", "reopened")},
}
MAY_EDIT: dict[str, set[str]] = {
    "draft": {"reporter"} | EDITORS,
    "reopened": {"reporter"} | EDITORS,
    "stage 1": {"editor"},
    "stage 2": {"deputy"},
    "stage 3": {"chief"},
    "published": EDITORS,
    "amended": EDITORS,
}
MAY_VIEW = {"reporter", "proofreader", "layout", "superuser"} | EDITORS
STATES = (
    "draft",
    "stage 1",
    "stage 2",
    "stage 3",
    "signed",
    "published",
    "amended",
    "reopened",
    "withdrawn",
    "spiked",
)


def story(cast: Cast, state: str) -> Article:
    """A story of `cast.reporter` in that state, brought there by the workflow itself."""
    article = Article.objects.create(
        headline="新桥通车", body="<p>新桥今日通车。</p>", created_by=cast.reporter
    )
    Byline.objects.create(article=article, name="林晚照")

    def go(action: str, *people: str, **kwargs: object) -> None:
        for name in people:
            perform(action, article, getattr(cast, name), now=NOW, **kwargs)  # type: ignore[arg-type]

    match state:
        case "spiked":
            go("spike", "editor")
        case "stage 1" | "stage 2" | "stage 3":
            go("submit", "reporter")
            go("pass", *["editor", "deputy"][: int(state[-1]) - 1])
        case "signed" | "published" | "amended" | "reopened" | "withdrawn":
            go("submit", "reporter")
            go("pass", "editor", "deputy")
            go("pass", "chief", release_at=NOW + timedelta(days=1) if state == "signed" else None)
    if state == "reopened":
        go("reopen", "editor")
    if state == "withdrawn":
        go("withdraw", "chief", note="有误")
    if state == "amended":
        from articles import history

        Article.objects.filter(pk=article.pk).update(body="<p>新桥昨日通车。</p>")
        article.refresh_from_db()
        history.record(article, cast.admin, NOW)
        article.refresh_from_db()
    return article


@pytest.mark.parametrize("state", STATES)
def test_every_action_of_every_person(state: str, cast: Cast) -> None:
    article = story(cast, state)
    before = (article.status, article.stage, article.digest)
    links = Signature.objects.count()
    for action in ACTIONS:
        allowed = {name for name in PEOPLE if attempt(action, article, cast, name) is None}
        assert allowed == TABLE[action].get(state, NOBODY), f"{action} from {state}"
    article.refresh_from_db()
    assert (article.status, article.stage, article.digest) == before
    assert Signature.objects.count() == links


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_offered_are_the_actions_allowed(state: str, cast: Cast) -> None:
    article = story(cast, state)
    for name in PEOPLE:
        offered = set(available(getattr(cast, name), facts_of(article, NOW)))
        expected = {a for a in ACTIONS if name in TABLE[a].get(state, NOBODY)}
        if state == "published":
            expected |= (
                {"amend"} if name in EDITORS else set()
            )  # offered; refused until something was changed
        assert offered == expected, f"{name} at {state}"


@pytest.mark.parametrize("state", STATES)
def test_editing_and_viewing(state: str, cast: Cast) -> None:
    article = story(cast, state)
    facts = facts_of(article, NOW)
    people = {name: getattr(cast, name) for name in PEOPLE}
    assert {n for n, p in people.items() if rules.may_edit(p, facts)} == MAY_EDIT.get(state, NOBODY)
    assert {n for n, p in people.items() if rules.may_view(p, facts)} == MAY_VIEW
    for name, person in people.items():
        listed = Article.objects.visible_to(person, NOW).filter(pk=article.pk).exists()
        assert listed == (name in MAY_VIEW), f"the list and the rule differ for {name}"


def attempt(action: str, article: Article, cast: Cast, name: str) -> WorkflowError | None:
    """Try it and undo it; the refusal, or None."""
    fresh = Article.objects.get(pk=article.pk)
    try:
        with transaction.atomic():
            perform(action, fresh, getattr(cast, name), note="理由", now=NOW)
            transaction.set_rollback(True)
    except WorkflowError as refused:
        return refused
    return None


def test_a_wrong_state_is_a_conflict_and_a_wrong_person_is_not_allowed(cast: Cast) -> None:
    article = story(cast, "published")
    assert isinstance(attempt("submit", article, cast, "reporter"), Conflict)
    assert isinstance(attempt("withdraw", article, cast, "deputy"), NotAllowed)


def test_a_bylined_login_is_an_author(cast: Cast) -> None:
    from people.models import Reporter

    article = story(cast, "draft")
    person = Reporter.objects.create(name="顾知秋", user=cast.editor)
    Byline.objects.create(article=article, name=person.name, reporter=person, position=1)
    perform("submit", article, cast.reporter, now=NOW)
    assert isinstance(attempt("pass", article, cast, "editor"), NotAllowed)


def test_a_stand_in_from_outside_the_desk_sees_what_he_is_to_review(cast: Cast) -> None:
    article, other = story(cast, "stage 2"), story(cast, "stage 1")
    today = timezone.localdate(NOW)
    Delegation.objects.create(
        stage="复审", principal=cast.deputy, deputy=cast.reporter2, starts_on=today, ends_on=today
    )
    assert rules.may_edit(cast.reporter2, facts_of(article, NOW))
    assert list(Article.objects.visible_to(cast.reporter2, NOW)) == [article]
    assert not rules.may_view(cast.reporter2, facts_of(other, NOW))
    assert list(Article.objects.visible_to(cast.reporter2, NOW + timedelta(days=1))) == []


def test_only_a_story_never_signed_can_be_deleted(cast: Cast) -> None:
    from articles.workflow import discard

    signed = story(cast, "reopened")
    with pytest.raises(NotAllowed):
        discard(signed, cast.chief, NOW)
    draft = story(cast, "draft")
    perform("submit", draft, cast.reporter, now=NOW)
    perform("recall", draft, cast.reporter, now=NOW)
    with pytest.raises(NotAllowed):
        discard(draft, cast.reporter2, NOW)
    discard(draft, cast.reporter, NOW)
    assert not Article.objects.filter(pk=draft.pk).exists()
    assert not Revision.objects.filter(article_id=draft.pk).exists()
    assert Signature.objects.filter(action="delete").count() == 1


def test_one_stage_is_enough_where_the_bureau_is_small(cast: Cast, settings: object) -> None:
    from newsroom.lib.stages import parse_stages

    settings.REVIEW_STAGES = parse_stages("审签:chief")  # type: ignore[attr-defined]
    article = story(cast, "stage 1")
    perform("pass", article, cast.chief, now=NOW)
    assert article.status == "published"
