"""Batches are read by the workers: every file once, whatever dies meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from articles.intake import queue, shelf
from articles.models import Intake, IntakeBatch
from articles.refusals import NotAllowed
from articles.tasks import read_intake, sweep_intakes
from tests.articles.intake import sent
from tests.cast import Cast
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db
Status = Intake.Status


@pytest.fixture
def batch(cast: Cast, now: datetime) -> IntakeBatch:
    return queue.open_batch(cast.editor, now)


def add(batch: IntakeBatch, number: int, now: datetime) -> Intake:
    return queue.add(batch, f"{number}.txt", sent.page(number).encode(), now)


def fresh(row: Intake) -> Intake:
    return Intake.objects.get(pk=row.pk)


def counted(batch: IntakeBatch) -> dict[str, int]:
    return {state: count for state, count in batch.counts.items() if count}


def test_a_batch_waits_and_is_read(batch: IntakeBatch, now: datetime) -> None:
    rows = queue.add_all(batch, [(f"{n}.txt", sent.page(n).encode()) for n in range(3)], now)
    assert counted(batch) == {"waiting": 3}
    for row in rows:
        read_intake(row.pk)
    batch.refresh_from_db()
    assert (batch.files, batch.known, counted(batch)) == (3, 0, {"read": 3})
    assert {fresh(row).claimed_at for row in rows} == {None}


def test_what_is_here_already_is_counted_and_not_read_again(
    batch: IntakeBatch, cast: Cast, now: datetime
) -> None:
    [here] = shelf.receive("旧名.txt", sent.page(1).encode(), cast.reporter, now)
    assert add(batch, 1, now).pk == here.pk
    add(batch, 2, now)
    assert add(batch, 2, now).status == Status.WAITING
    batch.refresh_from_db()
    assert (batch.files, batch.known) == (1, 2)


def test_what_is_refused_leaves_its_sentence_alone(batch: IntakeBatch, now: datetime) -> None:
    row = queue.add(batch, "乱.txt", bytes(range(256)) * 20, now)
    path = row.file.name
    assert default_storage.exists(path)
    read_intake(row.pk)
    row = fresh(row)
    assert (row.status, row.file.name) == (Status.REFUSED, "")
    assert "乱.txt" in row.error
    assert counted(batch) == {"refused": 1}


@pytest.mark.django_db(transaction=True)
def test_its_file_goes_when_the_sentence_is_written(batch: IntakeBatch, now: datetime) -> None:
    row = queue.add(batch, "乱.txt", bytes(range(256)) * 20, now)
    path = row.file.name
    queue.produce(row.pk)
    assert not default_storage.exists(path)


def test_a_file_of_several_pages_becomes_several(batch: IntakeBatch, now: datetime) -> None:
    row = queue.add(batch, "整期.txt", sent.page(1).encode(), now)
    pages = shelf.read("整期.txt", sent.page(1).encode()).pages * 3
    first = fresh(row)
    shelf.write_pages(first, shelf.Arrived("整期.txt", b"", pages), shelf.Files("", [("", {})] * 3))
    assert [one.part for one in Intake.objects.of_file(row.sha256)] == [1, 2, 3]
    assert {one.batch for one in Intake.objects.all()} == {batch}


def test_a_second_message_changes_nothing(batch: IntakeBatch, now: datetime) -> None:
    row = add(batch, 1, now)
    assert queue.produce(row.pk)
    before = Intake.objects.values().get()
    assert not queue.produce(row.pk)
    assert Intake.objects.values().get() == before
    assert not queue.produce(10**9)


@pytest.mark.parametrize(
    ("state", "age", "ours"),
    [
        (Status.WAITING, None, True),
        (Status.WAITING, timedelta(seconds=1), True),
        (Status.WORKING, queue.STALE - timedelta(seconds=5), False),
        (Status.WORKING, queue.STALE + timedelta(seconds=5), True),
        (Status.READ, timedelta(days=1), False),
        (Status.REFUSED, timedelta(days=1), False),
        (Status.ACCEPTED, timedelta(days=1), False),
        (Status.DROPPED, timedelta(days=1), False),
    ],
)
def test_who_may_claim(
    batch: IntakeBatch, now: datetime, state: str, age: timedelta | None, ours: bool
) -> None:
    row = add(batch, 1, now)
    Intake.objects.update(status=state, claimed_at=age and timezone.now() - age)
    assert queue.produce(row.pk) is ours


def test_a_worker_that_lost_its_claim_writes_nothing(
    batch: IntakeBatch, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, real = add(batch, 1, now), shelf.read

    def slow(name: str, data: bytes) -> shelf.Arrived:
        Intake.objects.update(claimed_at=now + timedelta(seconds=30))  # thought dead, another took over
        return real(name, data)

    monkeypatch.setattr(shelf, "read", slow)
    assert not queue.produce(row.pk)
    assert (fresh(row).status, fresh(row).text) == (Status.WORKING, "")


def test_a_file_that_kills_its_workers_is_given_up(batch: IntakeBatch, now: datetime) -> None:
    row = add(batch, 1, now)
    Intake.objects.update(attempts=queue.MOST_ATTEMPTS)
    queue.produce(row.pk)
    assert fresh(row).status == Status.REFUSED
    again = add(batch, 1, now)
    assert (again.pk, again.status, again.attempts) == (row.pk, Status.WAITING, 0), "sent again, tried again"


def test_a_lost_file_is_told(batch: IntakeBatch, now: datetime) -> None:
    row = add(batch, 1, now)
    default_storage.delete(row.file.name)
    queue.produce(row.pk)
    assert "找不到" in fresh(row).error


def test_the_sweep_finds_what_was_left_behind(batch: IntakeBatch, now: datetime) -> None:
    lost, dead, taken, done = (add(batch, n, now) for n in range(4))
    old, young = now - queue.STALE - timedelta(seconds=1), now - timedelta(seconds=1)
    Intake.objects.filter(pk=dead.pk).update(status=Status.WORKING, claimed_at=old)
    Intake.objects.filter(pk=taken.pk).update(status=Status.WORKING, claimed_at=young)
    queue.produce(done.pk)
    assert queue.sweep(now) == 2
    assert queue.sweep(now) == 0, "what was just sent for is not sent for again"
    assert {fresh(row).status for row in (lost, dead)} == {Status.WAITING}


def test_who_may_send_batches(cast: Cast, now: datetime) -> None:
    for person in ("proofreader", "admin", "superuser", "outsider", "retired"):
        with pytest.raises(NotAllowed):
            queue.open_batch(getattr(cast, person), now)


@pytest.mark.django_db(transaction=True)
class TestRealWorker:
    @pytest.fixture(autouse=True)
    def _empty_broker(self) -> Iterator[None]:
        yield
        current_app.control.purge()

    def test_two_workers_read_a_batch_and_one_dies(
        self, batch: IntakeBatch, now: datetime, worker: Callable
    ) -> None:
        first = worker()
        for number in range(60):
            add(batch, number, now)
        wait_until(lambda: batch.counts["read"] >= 5, "the first pages", 60)
        first.kill()
        # Five minutes later, and with every message lost:
        current_app.control.purge()
        Intake.objects.filter(status=Status.WORKING).update(claimed_at=now - queue.STALE * 2)
        worker()
        worker()
        sweep_intakes()
        wait_until(lambda: batch.counts["read"] == 60, "all pages", 60)
        assert Intake.objects.count() == 60
        assert Intake.objects.filter(text="").count() == 0

    def test_two_batches_bring_the_same_file_at_once(self, cast: Cast, now: datetime) -> None:
        batches = [queue.open_batch(cast.editor, now) for _ in range(2)]
        gate, found = threading.Barrier(2), []

        def run(batch: IntakeBatch) -> None:
            gate.wait()
            found.append(add(batch, 1, now).pk)
            connection.close()

        threads = [threading.Thread(target=run, args=(batch,)) for batch in batches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1
        assert sorted((b.files, b.known) for b in IntakeBatch.objects.all()) == [(0, 1), (1, 0)]
