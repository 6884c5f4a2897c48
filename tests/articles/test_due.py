"""Due stories with real workers, beats and kill -9: readers never wait, and each story moves once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from articles import due
from articles.models import Article, Byline, Release
from articles.tasks import release_due
from articles.verify import verify
from articles.workflow import perform
from people import chain
from people.models import Signature
from tests.cast import Cast
from tests.server_fixtures import Worker
from tests.waiting import wait_until

STORIES = int(os.environ.get("DUE_STORIES", "20"))  # bench/due_releases.py asks for more


def due_stories(count: int) -> list[Article]:
    """Signed ten minutes ago for five minutes ago; nothing has moved them on."""
    cast, signed = Cast(), timezone.now() - timedelta(minutes=10)
    stories = []
    for number in range(count):
        story = Article.objects.create(
            headline=f"第{number}条", body=f"<p>第{number}条的正文。</p>", created_by=cast.reporter
        )
        Byline.objects.create(article=story, name="林晚照")
        perform("submit", story, cast.reporter, now=signed)
        for person in (cast.editor, cast.deputy):
            perform("pass", story, person, now=signed)
        perform("pass", story, cast.chief, now=signed, release_at=signed + timedelta(minutes=5))
        stories.append(story)
    return stories


def published() -> int:
    return Article.objects.filter(status="published").count()


def moves() -> Counter[int]:
    rows = Signature.objects.filter(action="publish").values("subject").annotate(n=Count("pk"))
    return Counter({row["subject"]: row["n"] for row in rows})


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_two_beats_move_each_story_once(
    worker: Callable[..., Worker], beat: Callable[..., Worker]
) -> None:
    stories = due_stories(STORIES)
    assert Release.objects.visible(timezone.now()).count() == STORIES, "readers wait for no worker"
    for start in (worker, worker, beat, beat):
        start()
    for _ in range(4):
        release_due.delay()
    wait_until(lambda: published() == STORIES, "every story published", 60)
    assert moves() == Counter({story.subject: 1 for story in stories})
    assert not [*chain.verify(), *verify()]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_nothing_undone(worker: Callable[..., Worker]) -> None:
    stories = due_stories(STORIES)
    first = worker()
    release_due.delay()
    wait_until(lambda: published() > 2, "the worker is at it")
    first.kill()
    worker()
    release_due.delay()  # what the beat does every few seconds
    wait_until(lambda: published() == STORIES, "every story published")
    assert moves() == Counter({story.subject: 1 for story in stories})
    assert not [*chain.verify(), *verify()]


@pytest.mark.django_db(transaction=True)
def test_one_story_that_fails_stops_no_other() -> None:
    stories = due_stories(5)
    Release.objects.filter(article=stories[2]).update(body="<p>换过的正文。</p>")
    outcomes = list(due.release_due(timezone.now()))
    assert [bool(outcome.trouble) for outcome in outcomes] == [False, False, True, False, False]
    assert published() == 4
    stories[2].refresh_from_db()
    assert "不符" in stories[2].trouble
    assert stories[2].status == "signed"


@pytest.mark.django_db
def test_the_command_prints_a_line_a_story_and_then_none() -> None:
    stories = due_stories(2)
    out = StringIO()
    call_command("release_due", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split("\t") for line in lines] == [[str(s.pk), "published", s.headline] for s in stories]
    again = StringIO()
    call_command("release_due", stdout=again)
    assert again.getvalue() == ""


@pytest.mark.django_db
def test_an_expired_story_is_marked_and_is_not_listed_again() -> None:
    story = due_stories(1)[0]
    now = timezone.now()
    list(due.release_due(now))
    Release.objects.filter(article=story).update(
        expires_at=now, visible_until=now, end_reason=Release.End.EXPIRED
    )
    assert [outcome.status for outcome in due.release_due(now)] == ["withdrawn"]
    assert list(due.release_due(now)) == []
