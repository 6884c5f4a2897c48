"""Claims, sweeps and dead workers: every photo gets its renditions, each once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.utils import timezone

from media import queue, renditions
from media.models import Photo, Rendition
from media.specs import plan
from media.tasks import make_renditions, sweep_renditions
from tests.factories.media import PhotoFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


def fresh(photo: Photo) -> Photo:
    return Photo.objects.get(pk=photo.pk)


def is_complete(photo: Photo) -> bool:
    names = set(photo.renditions.values_list("name", flat=True))
    return names == {spec.name for spec in plan(photo.width, photo.height, photo.focal)}


def test_a_photo_is_made_ready_with_its_progress() -> None:
    photo = PhotoFactory(width=330, height=330)
    make_renditions(photo.pk)
    photo = fresh(photo)
    assert (photo.state, photo.done, photo.total, photo.attempts) == (Photo.State.READY, 8, 8, 0)
    assert is_complete(photo)


def test_a_second_message_changes_nothing() -> None:
    photo = PhotoFactory(width=330, height=330)
    make_renditions(photo.pk)
    before = list(Rendition.objects.values_list("pk", "made_at"))
    make_renditions(photo.pk)
    assert list(Rendition.objects.values_list("pk", "made_at")) == before
    assert fresh(photo).state == Photo.State.READY


def test_a_message_for_nobody_is_nothing() -> None:
    make_renditions(10**9)


@pytest.mark.parametrize(
    ("state", "age", "ours"),
    [
        (Photo.State.WAITING, None, True),
        (Photo.State.WAITING, timedelta(seconds=1), True),
        (Photo.State.FAILED, timedelta(seconds=1), True),
        (Photo.State.WORKING, timedelta(seconds=119), False),
        (Photo.State.WORKING, timedelta(seconds=121), True),
        (Photo.State.READY, timedelta(days=1), False),
    ],
)
def test_who_may_claim(state: str, age: timedelta | None, ours: bool) -> None:
    photo = PhotoFactory(width=330, height=330)
    claimed = age and timezone.now() - age
    Photo.objects.filter(pk=photo.pk).update(state=state, claimed_at=claimed)
    assert queue.produce(photo.pk) is ours
    assert is_complete(photo) is ours


def test_a_worker_that_lost_its_claim_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thought dead, it finds another's sign of life in its place at the next report."""
    photo = PhotoFactory(width=330, height=330)
    real, other = renditions.make, timezone.now() + timedelta(seconds=30)

    def slow(photo: Photo, progress: Any) -> Any:
        def report(done: int, total: int) -> None:
            if done == 3:
                Photo.objects.filter(pk=photo.pk).update(claimed_at=other)
            progress(done, total)

        return real(photo, progress=report)

    monkeypatch.setattr(renditions, "make", slow)
    assert queue.produce(photo.pk) is False
    photo = fresh(photo)
    assert (photo.state, photo.claimed_at, photo.done) == (Photo.State.WORKING, other, 2)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.unlink(), "找不到原图文件，请重新上传这张图片。"),
        (
            lambda path: path.write_bytes(b"\xff\xd8\xff rubbish"),
            "原图读不出来，可能已经损坏，请重新上传这张图片。",
        ),
        (
            lambda path: os.truncate(path, path.stat().st_size // 2),
            "原图读不出来，可能已经损坏，请重新上传这张图片。",
        ),
    ],
    ids=["lost", "rubbish", "cut"],
)
def test_a_failure_says_why_and_can_be_tried_again(damage: Callable[[Path], Any], reason: str) -> None:
    photo = PhotoFactory(width=330, height=330)
    path = Path(default_storage.path(photo.original.name))
    data = path.read_bytes()
    damage(path)
    make_renditions(photo.pk)
    assert fresh(photo).state == Photo.State.FAILED
    assert fresh(photo).error.startswith(reason)
    path.write_bytes(data)
    queue.ask_again(photo.pk)
    assert (fresh(photo).state, fresh(photo).error) == (Photo.State.WAITING, "")
    make_renditions(photo.pk)
    assert fresh(photo).state == Photo.State.READY


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = PhotoFactory(width=330, height=330)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        make_renditions(photo.pk)
    assert fresh(photo).error == "磁盘已满，图片存不下，请联系管理员后重试。"
    assert not photo.renditions.exists()


def test_a_worker_that_is_told_to_stop_gives_the_photo_back(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = PhotoFactory(width=330, height=330)

    def stop(_descriptor: int) -> None:
        raise SystemExit

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(SystemExit):
        make_renditions(photo.pk)
    assert (fresh(photo).state, fresh(photo).claimed_at) == (Photo.State.WAITING, None)


def test_a_photo_that_kills_its_workers_is_given_up() -> None:
    photo = PhotoFactory(width=330, height=330)
    long_ago = timezone.now() - timedelta(hours=1)
    Photo.objects.filter(pk=photo.pk).update(
        state=Photo.State.WORKING, claimed_at=long_ago, attempts=queue.MOST_ATTEMPTS
    )
    make_renditions(photo.pk)
    assert (fresh(photo).state, fresh(photo).error) == (
        Photo.State.FAILED,
        "处理时多次意外中断，请检查原图后重试。",
    )


class TestSweep:
    @pytest.fixture
    def sent(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """The photos whose message reached the broker."""
        sent: list[int] = []
        monkeypatch.setattr(queue, "send", lambda photo_id: sent.append(photo_id) or True)
        return sent

    @pytest.mark.parametrize(
        ("state", "age", "found"),
        [
            (Photo.State.WAITING, None, True),
            (Photo.State.WAITING, 60, False),
            (Photo.State.WAITING, 121, True),
            (Photo.State.WORKING, 60, False),
            (Photo.State.WORKING, 121, True),
            (Photo.State.FAILED, 121, False),
            (Photo.State.READY, 121, False),
        ],
    )
    def test_it_sends_for_what_nobody_makes(
        self, sent: list[int], state: str, age: int | None, found: bool
    ) -> None:
        photo, now = PhotoFactory(), timezone.now()
        claimed = age and now - timedelta(seconds=age)
        Photo.objects.filter(pk=photo.pk).update(state=state, claimed_at=claimed)
        assert queue.sweep(now) == len(sent) == int(found)
        assert queue.sweep(now) == 0, "a second beat sends for nothing again"

    def test_a_dead_broker_is_asked_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        photos, asked = [PhotoFactory() for _ in range(3)], []
        monkeypatch.setattr(queue, "send", lambda photo_id: asked.append(photo_id))
        assert queue.sweep(timezone.now()) == 0
        assert asked == [photos[0].pk]


@pytest.mark.django_db(transaction=True)
class TestRealWorker:
    @pytest.fixture(autouse=True)
    def _empty_broker(self) -> Iterator[None]:
        yield
        current_app.control.purge()

    def test_an_upload_is_made_ready(self, worker: Callable) -> None:
        worker()
        photo = PhotoFactory(width=700, height=500)
        wait_until(lambda: fresh(photo).state == Photo.State.READY, "the renditions")
        assert is_complete(photo)

    def test_an_emptied_broker_is_made_good_by_the_sweep(self, worker: Callable) -> None:
        photo = PhotoFactory(width=330, height=330)
        current_app.control.purge()
        worker()
        assert fresh(photo).state == Photo.State.WAITING
        sweep_renditions()
        wait_until(lambda: fresh(photo).state == Photo.State.READY, "the renditions")

    def test_kill_9_in_the_middle_is_made_good(self, worker: Callable, files: Path) -> None:
        first = worker()
        photo = PhotoFactory(width=6000, height=4000)
        wait_until(lambda: 2 <= fresh(photo).done < fresh(photo).total, "the middle of the work", 60)
        first.kill()
        made = fresh(photo).done
        assert fresh(photo).state == Photo.State.WORKING
        assert not is_complete(photo)
        # Two minutes later:
        Photo.objects.filter(pk=photo.pk).update(
            claimed_at=timezone.now() - queue.STALE - timedelta(seconds=1)
        )
        before = dict(photo.renditions.values_list("name", "made_at"))
        worker()
        sweep_renditions()
        wait_until(lambda: fresh(photo).state == Photo.State.READY, "the rest of the work", 60)
        assert is_complete(photo)
        after = dict(photo.renditions.values_list("name", "made_at"))
        assert len(before) >= made
        assert {name: after[name] for name in before} == before, "what was made is not made again"
        stored = {
            str(path.relative_to(files)) for path in (files / "renditions").rglob("*.*") if path.is_file()
        }
        known = set(photo.renditions.values_list("file", flat=True))
        assert known <= stored
        assert all("/." in name for name in stored - known), "only drafts of the killed process may lie about"

    def test_two_workers_share_the_photos(self, worker: Callable) -> None:
        worker()
        worker()
        photos = [PhotoFactory(width=330, height=330) for _ in range(12)]
        for photo in photos:
            queue.send(photo.pk)  # and every message twice
        wait_until(lambda: all(fresh(photo).state == Photo.State.READY for photo in photos), "all renditions")
        assert all(is_complete(photo) for photo in photos)
        assert Rendition.objects.count() == 12 * 8
