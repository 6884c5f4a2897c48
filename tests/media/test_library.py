"""Taking files in: once each, with nothing left behind; and closing a picture off."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from media import library
from media.inspection import Refused
from media.models import Photo, PhotoCredit
from people import chain
from people.models import Act, Identity, Signature
from tests.cast import Cast
from tests.factories.media import PhotoFactory, picture
from tests.factories.people import ReporterFactory
from tests.media.test_metadata import dataset, with_iptc
from tests.server_fixtures import test_database_url

pytestmark = pytest.mark.django_db


def stored(files: Path) -> list[str]:
    return sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())


def test_the_original_is_kept_untouched_under_its_digest(cast: Cast, files: Path) -> None:
    data = picture(300, 200)
    photo, created = library.ingest(BytesIO(data), r"C:\相册\码头.JPG", cast.reporter)
    digest = sha256(data).hexdigest()
    assert created
    assert stored(files) == [f"originals/{digest[:2]}/{digest[2:4]}/{digest}.jpg"]
    assert (files / photo.original.name).read_bytes() == data
    assert (photo.sha256, photo.bytes, photo.width, photo.height) == (digest, len(data), 300, 200)
    assert (photo.original_name, photo.format, photo.uploaded_by) == ("码头.JPG", "JPEG", cast.reporter)
    assert photo.state == Photo.State.WAITING


def test_the_name_has_no_say_in_the_format(files: Path) -> None:
    photo, _created = library.ingest(BytesIO(picture(300, 200, kind="PNG")), "fake.jpg", None)
    assert photo.format == "PNG"
    assert stored(files)[0].endswith(".png")


def test_the_same_file_twice_is_one_photo(cast: Cast, files: Path) -> None:
    data = picture()
    first, created = library.ingest(BytesIO(data), "a.jpg", cast.reporter)
    again, created_again = library.ingest(BytesIO(data), "b.jpg", cast.reporter2)
    assert (created, created_again) == (True, False)
    assert again == first
    assert again.original_name == "a.jpg"
    assert len(stored(files)) == 1


def test_an_original_that_was_lost_comes_back_with_the_same_file(files: Path) -> None:
    data = picture()
    photo, _created = library.ingest(BytesIO(data), "a.jpg", None)
    default_storage.delete(photo.original.name)
    Photo.objects.update(state=Photo.State.FAILED, error="找不到原图文件")
    library.ingest(BytesIO(data), "a.jpg", None)
    assert (files / photo.original.name).read_bytes() == data
    photo.refresh_from_db()
    assert (photo.state, photo.error) == (Photo.State.WAITING, ""), "and is tried again"


@pytest.mark.django_db(transaction=True)
def test_the_same_file_at_once_is_one_photo(files: Path) -> None:
    data = picture()
    together = Barrier(4)

    def upload() -> tuple[int, bool]:
        together.wait()
        try:
            photo, created = library.ingest(BytesIO(data), "a.jpg", None)
            return photo.pk, created
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(upload) for _ in range(4)]]
    assert len({pk for pk, _created in answers}) == 1
    assert [created for _pk, created in answers].count(True) == 1
    assert len(stored(files)) == 1
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:200]], ids=["empty", "text", "cut"])
def test_what_is_refused_leaves_nothing(data: bytes, files: Path) -> None:
    with pytest.raises(Refused):
        library.ingest(BytesIO(data), "a.jpg", None)
    assert stored(files) == []
    assert not Photo.objects.exists()


def test_a_file_over_the_limit_is_not_read_to_its_end(settings: Any, files: Path) -> None:
    settings.PHOTO_MAX_BYTES = 2 * 1024 * 1024

    class Endless:
        read_so_far = 0

        def read(self, size: int = -1, /) -> bytes:
            self.read_so_far += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    endless = Endless()
    with pytest.raises(Refused, match="超过上限 2 MB"):
        library.ingest(endless, "endless.jpg", None)
    assert endless.read_so_far < 5 * 1024 * 1024
    assert stored(files) == []


@pytest.mark.parametrize("broken", ["credits", "file"])
def test_an_upload_that_fails_half_way_leaves_nothing(
    broken: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    if broken == "credits":
        monkeypatch.setattr(PhotoCredit.objects, "bulk_create", fail)
    else:
        monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        library.ingest(BytesIO(picture()), "a.jpg", None)
    assert stored(files) == []
    assert not Photo.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_run_inside_a_transaction_that_could_undo_it(files: Path) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        library.ingest(BytesIO(picture()), "a.jpg", None)
    assert stored(files) == []


UPLOAD = """
import io, sys
import django
django.setup()
from media import library
photo, created = library.ingest(io.BytesIO(sys.stdin.buffer.read()), "a.jpg", None)
print(photo.pk, created)
"""


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_does_not_fail_the_upload(files: Path) -> None:
    """In a process of its own, whose Redis is a port that nobody listens on."""
    env = {**os.environ, "DATABASE_URL": test_database_url(), "REDIS_URL": "redis://127.0.0.1:1/0"}
    done = subprocess.run([sys.executable, "-c", UPLOAD], input=picture(), capture_output=True, env=env)
    photo = Photo.objects.get()
    assert done.stdout.decode().split() == [str(photo.pk), "True"], done.stderr.decode()
    assert b"the broker does not answer" in done.stderr
    assert photo.state == Photo.State.WAITING
    assert len(stored(files)) == 1


def test_metadata_prefills_the_photo(cast: Cast) -> None:
    known = ReporterFactory(name="石远舟", identity=Identity.REPORTER)
    block = dataset(120, "集装箱装船。".encode()) + dataset(80, "通讯员白苇".encode())
    block += dataset(80, "石远舟 摄".encode()) + dataset(110, "海港日报".encode())
    block += dataset(55, b"20180705") + dataset(60, b"063000") + dataset(90, "廊坊市".encode())
    photo, _created = library.ingest(BytesIO(with_iptc(block)), "a.jpg", cast.reporter)
    assert (photo.caption, photo.place) == ("集装箱装船。", "廊坊市")
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2018-07-05T06:30:00+08:00", "the bureau's own zone"
    assert list(photo.credits.values_list("name", "identity", "outlet", "act", "reporter")) == [
        ("白苇", Identity.CORRESPONDENT, "海港日报", Act.PHOTO, None),
        ("石远舟", Identity.REPORTER, "海港日报", Act.PHOTO, known.pk),
    ]


def test_an_agency_alone_is_credited_for_the_picture() -> None:
    photo, _created = library.ingest(BytesIO(with_iptc(dataset(110, "县气象局".encode()))), "a.jpg", None)
    assert photo.credit_line == "县气象局供图"


def test_every_broken_picture_of_the_corpus_leaves_a_photo_or_nothing(shared: Path, files: Path) -> None:
    for path in sorted((shared / "corpora" / "images-broken").iterdir()):
        try:
            library.ingest(BytesIO(path.read_bytes()), path.name, None)
        except Refused:
            continue
    assert len(stored(files)) == Photo.objects.count() > 0
    assert {str(files / name) for name in stored(files)} == {
        default_storage.path(photo.original.name) for photo in Photo.objects.all()
    }


class TestBlocking:
    def test_a_chief_blocks_with_a_reason_and_the_chain_says_so(self, cast: Cast) -> None:
        photo, now = PhotoFactory(), timezone.now()
        library.block(photo, cast.chief, " 家长不同意 ", now)
        photo.refresh_from_db()
        assert (photo.blocked_at, photo.blocked_by, photo.blocked_reason) == (now, cast.chief, "家长不同意")
        link = Signature.objects.about(f"photo:{photo.pk}").get()
        assert (link.action, link.person, link.note, link.digest) == (
            "block", cast.chief, "家长不同意", photo.sha256,
        )  # fmt: skip
        library.unblock(photo, cast.chief, "家长已同意", now)
        photo.refresh_from_db()
        assert (photo.is_blocked, photo.blocked_reason) == (False, "")
        assert list(Signature.objects.values_list("action", flat=True)) == ["block", "unblock"]
        assert list(chain.verify()) == []

    def test_nobody_else_may(self, cast: Cast) -> None:
        photo, now = PhotoFactory(), timezone.now()
        others = {name: person for name, person in cast.everyone().items() if name != "chief"}
        for name, person in others.items():
            for change in (library.block, library.unblock):
                with pytest.raises(PermissionDenied):
                    change(photo, person, "想", now)
            assert not Signature.objects.exists(), name
        photo.refresh_from_db()
        assert not photo.is_blocked

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_a_reason_is_required(self, cast: Cast, reason: str) -> None:
        photo = PhotoFactory()
        with pytest.raises(ValueError, match="请写明原因"):
            library.block(photo, cast.chief, reason, timezone.now())
        assert not Signature.objects.exists()

    def test_twice_is_refused(self, cast: Cast) -> None:
        photo = PhotoFactory()
        with pytest.raises(ValueError, match="没有封存"):
            library.unblock(photo, cast.chief, "原因", timezone.now())
        library.block(photo, cast.chief, "原因", timezone.now())
        with pytest.raises(ValueError, match="已经封存"):
            library.block(Photo.objects.get(pk=photo.pk), cast.chief, "原因", timezone.now())
        assert Signature.objects.count() == 1

    def test_a_worker_s_progress_is_not_overwritten(self, cast: Cast) -> None:
        photo = PhotoFactory()
        Photo.objects.filter(pk=photo.pk).update(state=Photo.State.READY, done=9)
        library.block(photo, cast.chief, "原因", timezone.now())
        photo.refresh_from_db()
        assert (photo.state, photo.done) == (Photo.State.READY, 9)


def test_the_factory_makes_real_pictures() -> None:
    photos = [PhotoFactory() for _ in range(3)]
    assert len({photo.sha256 for photo in photos}) == 3
    with Image.open(default_storage.path(photos[0].original.name)) as image:
        assert image.size == (480, 320)
