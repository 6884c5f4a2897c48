"""The filesystem broker under several processes, and real workers on whichever broker the suite runs."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from django.core.cache import cache
from kombu import Connection, Exchange, Queue

from newsroom import health
from newsroom.broker import write_whole
from newsroom.celery import app
from tests.waiting import wait_until


@pytest.fixture
def wires() -> str:
    """A name of its own: kombu remembers a process's exchanges whatever their folder."""
    return f"wires-{uuid4().hex}"


@pytest.fixture
def connect(tmp_path: Path) -> Callable[[], Connection]:
    """A broker in a folder of its own, through the address that the settings use."""
    (tmp_path / "messages").mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    return lambda: Connection("filesystem://", transport_options=options)


def test_our_transport_stands_behind_the_address(connect: Callable[[], Connection]) -> None:
    with connect() as connection:
        assert type(connection.transport).__module__ == "newsroom.broker"


def test_order_and_emptiness(connect: Callable[[], Connection], wires: str) -> None:
    with connect() as connection, connection.SimpleQueue(wires) as queue:
        for number in range(20):
            queue.put({"number": number})
        assert [queue.get(block=False).payload["number"] for _ in range(20)] == list(range(20))
        with pytest.raises(Empty):
            queue.get(block=False)


def test_many_writers_and_readers_lose_and_double_nothing(
    connect: Callable[[], Connection], tmp_path: Path, wires: str
) -> None:
    taken: list[int] = []
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as failure:  # reported by the test's own thread
                failures.append(failure)

        return run

    def write(first: int) -> Callable[[], None]:
        def run() -> None:
            with connect() as connection, connection.SimpleQueue(wires) as queue:
                for number in range(first, first + 50):
                    queue.put({"number": number, "text": "稿" * 2000})

        return run

    def read() -> None:
        with connect() as connection, connection.SimpleQueue(wires) as queue:
            while len(taken) < 200 and not failures:
                try:
                    message = queue.get(block=False)
                except Empty:
                    continue
                taken.append(message.payload["number"])
                message.ack()

    work = [*(write(first) for first in range(0, 200, 50)), read, read, read]
    threads = [threading.Thread(target=guarded(one), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sorted(taken) == list(range(200))
    assert list((tmp_path / "messages").iterdir()) == []


def test_many_connections_bind_one_exchange(
    connect: Callable[[], Connection], tmp_path: Path, wires: str
) -> None:
    exchange = Exchange(wires)

    def bind(number: int) -> None:
        with connect() as connection:
            Queue(f"desk{number}", exchange, routing_key=str(number))(connection.default_channel).declare()

    threads = [threading.Thread(target=bind, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    table = json.loads((tmp_path / "control" / f"{wires}.exchange").read_text())
    assert sorted(row[2] for row in table) == sorted(f"desk{number}" for number in range(12))


def test_an_emptied_folder_is_made_again(
    connect: Callable[[], Connection], tmp_path: Path, wires: str
) -> None:
    with connect() as connection, connection.SimpleQueue(wires) as queue:
        queue.put({"number": 1})
        shutil.rmtree(tmp_path / "messages")
        shutil.rmtree(tmp_path / "control")
        with pytest.raises(Empty):
            queue.get(block=False)
        queue.put({"number": 2})
        assert queue.get(block=False).payload == {"number": 2}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "table"
    write_whole(path, "old")
    with path.open() as reader:
        write_whole(path, "new")
        assert reader.read() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_worker_and_beat_sweep_and_survive_a_kill(worker: Callable, beat: Callable) -> None:
    first = worker()
    clock = beat()
    wait_until(lambda: cache.get(health.LAST_SWEEP), "the first sweep")
    first.kill()
    assert not first.running
    cache.delete(health.LAST_SWEEP)
    worker()
    wait_until(lambda: cache.get(health.LAST_SWEEP), "a sweep by the second worker")
    clock.stop()
    assert not clock.running


def test_a_message_waits_for_a_worker(worker: Callable) -> None:
    app.send_task("articles.tasks.release_due")
    assert cache.get(health.LAST_SWEEP) is None
    worker()
    wait_until(lambda: cache.get(health.LAST_SWEEP), "the sweep that was asked for")


def test_a_sweep_does_not_wait_behind_every_picture(worker: Callable) -> None:
    for _ in range(300):
        app.send_task("media.tasks.make_renditions", args=[0])  # of no photo: done at once
    app.send_task("articles.tasks.release_due")
    busy = worker()
    wait_until(lambda: "release_due" in busy.said.rpartition(" ready.")[2], "the sweep")
    before = busy.said.rpartition(" ready.")[2].partition("Task articles.tasks.release_due")[0]
    assert before.count("Task media.tasks.make_renditions") < 60
