"""Who may move a page: every action, person and state, performed and undone, against a written table."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from issues.facts import facts_of
from issues.models import Page
from issues.workflow import ACTIONS, Conflict, NotAllowed, WorkflowError, available, perform
from people.models import Signature
from tests.cast import Cast
from tests.issues import paper

pytestmark = pytest.mark.django_db

PEOPLE = [
    *("reporter", "editor", "deputy", "chief", "proofreader"),
    *("layout", "admin", "superuser", "outsider", "retired"),
]
EDITORS = {"editor", "deputy", "chief"}
MAKERS = EDITORS | {"layout"}
NOBODY: set[str] = set()
PAGES = ("compose", "compose_state", "compose_stories", "compose_pictures", "proof")
TABLE: dict[str, dict[str, set[str]]] = {
    "proof": dict.fromkeys(("composing", "stage 1", "stage 4", "returned"), MAKERS),
    "sign": {"stage 1": {"proofreader"}, "stage 4": {"chief"}},
    "return": {"stage 1": MAKERS | {"proofreader"}, "stage 4": MAKERS, "signed": EDITORS},
}
STATES = ("composing", "stage 1", "stage 4", "signed", "returned")


def page_in(state: str, cast: Cast, now: datetime) -> Page:
    page = paper.issue(now, pages=1).pages.get()
    paper.place(page, paper.waiting(cast, now))
    if state != "composing":
        stages = {"stage 1": 0, "stage 4": 3}.get(state)
        paper.sign_page(page, cast, now, stages)
    if state == "returned":
        perform("return", page, cast.editor, note="重拼", now=now)
    return page


@pytest.mark.parametrize("state", STATES)
def test_every_action_of_every_person(state: str, cast: Cast, now: datetime) -> None:
    page = page_in(state, cast, now)
    links = Signature.objects.count()
    for action in ACTIONS:
        allowed = {name for name in PEOPLE if attempt(action, page, cast, name, now) is None}
        assert allowed == TABLE[action].get(state, NOBODY), f"{action} from {state}"
    assert Signature.objects.count() == links


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_offered_are_the_actions_allowed(state: str, cast: Cast, now: datetime) -> None:
    page = page_in(state, cast, now)
    for name in PEOPLE:
        offered = set(available(getattr(cast, name), facts_of(page, now)))
        assert offered == {a for a in ACTIONS if name in TABLE[a].get(state, NOBODY)}, name


def attempt(action: str, page: Page, cast: Cast, name: str, now: datetime) -> WorkflowError | None:
    """What refused it; None where it was done. Nothing stays done."""

    class Undo(Exception):
        pass

    fresh = Page.objects.get(pk=page.pk)
    try:
        with transaction.atomic():
            perform(action, fresh, getattr(cast, name), note="说明", now=now)
            raise Undo
    except Undo:
        return None
    except (NotAllowed, Conflict) as refused:
        return refused


@pytest.mark.parametrize("name", ["reporter", "admin", "outsider"])
def test_who_may_not_read_all_stories_sees_no_page_in_the_making(
    name: str, client: Client, cast: Cast, now: datetime
) -> None:
    page = page_in("stage 1", cast, now)
    client.force_login(getattr(cast, name))
    addresses = [reverse(f"admin:issues_page_{view}", args=[page.pk]) for view in PAGES]
    addresses.append(reverse("admin:issues_issue_change", args=[page.issue_id]))
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not any("座新桥" in answer.content.decode("utf-8", "replace") for answer in answers)
