"""`kill -9` at every point of a release: the pages and the stories of a paper are all public, or none is."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from articles.models import Release
from issues.models import Issue, Proof
from issues.verify import verify
from issues.workflow import perform
from people import chain
from tests.cast import Cast
from tests.issues import paper

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 200
NONE, ALL = (0, 0), (3, 3)  # pages and stories that are public


def killed_at(statement: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process that is killed before its n-th statement. False if it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        count = 0

        def watch(execute: Any, *args: Any) -> Any:
            nonlocal count
            count += 1
            if count == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*args)

        try:
            with connection.execute_wrapper(watch):
                act()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def public(moment: datetime) -> tuple[int, int]:
    return Proof.objects.visible(moment).count(), Release.objects.visible(moment).count()


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(hours=1)], ids=["at once", "in an hour"])
def test_a_release_killed_anywhere_is_whole_or_was_not(cast: Cast, now: datetime, wait: timedelta) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=3)
    chief, moment = cast.chief, now + wait

    def release() -> None:
        perform("release", Issue.objects.get(pk=issue.pk), chief, release_at=moment, now=now)

    kills = 1
    while killed_at(kills, release) and public(moment) != ALL:
        assert public(moment) == NONE, f"killed before statement {kills}"
        kills += 1
        assert kills < MOST_STATEMENTS
    assert kills > 20, "it was killed between all of its statements"
    assert public(moment) == ALL
    assert not [*chain.verify(), *verify()]


def test_a_page_given_back_while_killed_keeps_the_moment_or_loses_all_of_it(
    cast: Cast, now: datetime
) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=3)
    moment = now + timedelta(hours=1)
    perform("release", issue, cast.chief, release_at=moment, now=now)
    page, editor = issue.pages.get(number=2), cast.editor
    kills = 1
    while (
        killed_at(kills, lambda: perform("return", page, editor, note="换稿", now=now))
        and public(moment) != NONE
    ):
        assert public(moment) == ALL, f"killed before statement {kills}"
        kills += 1
        assert kills < MOST_STATEMENTS
    assert kills > 20
    assert public(moment) == NONE
    assert not [*chain.verify(), *verify()]
