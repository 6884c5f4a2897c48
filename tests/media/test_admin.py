"""The picture library in the newsroom: who may what, and the page of a picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from media.models import Photo, PhotoCredit
from people.models import Identity, Signature
from tests.cast import Cast
from tests.factories.media import PhotoFactory, picture
from tests.factories.people import ReporterFactory
from tests.media.newsroom import address, allowed, entering, posted, read

pytestmark = pytest.mark.django_db

NEWSROOM = {
    "reporter",
    "reporter2",
    "editor",
    "deputy",
    "chief",
    "proofreader",
    "layout",
    "admin",
    "superuser",
}
WRITERS = {"reporter", "reporter2", "editor", "deputy", "chief", "superuser"}
EDITORS = {"editor", "deputy", "chief", "superuser"}


class TestWhoMay:
    def test_see_the_library_and_its_pictures(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter)
        for where in (address("changelist"), address("change", photo.pk), address("states")):
            assert allowed(cast, lambda client, where=where: client.get(where)) == NEWSROOM, where
        thumb = address("rendition", photo.pk, photo.thumb_name)
        assert allowed(cast, lambda client: client.head(thumb)) == NEWSROOM

    def test_pick_and_upload(self, cast: Cast) -> None:
        assert allowed(cast, lambda client: client.get(address("picker"))) == WRITERS
        assert allowed(cast, lambda client: client.get(address("add"))) == WRITERS

        def upload(client: Client) -> Any:
            return client.post(address("upload"), {"files": SimpleUploadedFile("a.jpg", picture())})

        assert allowed(cast, upload) == WRITERS
        assert Photo.objects.count() == len(WRITERS)

    def test_change_a_picture(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")

        def change(client: Client) -> Any:
            return client.post(address("change", photo.pk), posted(photo, caption="新说明"))

        assert allowed(cast, change) == {"reporter", *EDITORS}

    def test_download_the_original(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter)
        where = address("original", photo.pk)
        assert allowed(cast, lambda client: read(client.get(where))) == {
            "reporter",
            *EDITORS,
            "proofreader",
            "layout",
        }

    def test_retry_after_a_failure(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter)

        def retry(client: Client) -> Any:
            Photo.objects.update(state=Photo.State.FAILED)
            return client.post(address("retry", photo.pk))

        assert allowed(cast, retry) == {"reporter", *EDITORS}

    @pytest.mark.parametrize("what", ["block", "unblock"])
    def test_block_and_unblock(self, cast: Cast, what: str) -> None:
        photo = PhotoFactory()
        assert allowed(cast, lambda client: client.post(address(what, photo.pk), {"reason": "原因"})) == {
            "chief"
        }

    def test_delete_nobody(self, cast: Cast) -> None:
        photo = PhotoFactory()
        assert (
            allowed(cast, lambda client: client.post(address("delete", photo.pk), {"post": "yes"})) == set()
        )
        assert Photo.objects.exists()

    def test_nobody_without_a_login(self) -> None:
        photo = PhotoFactory()
        for where in (address("picker"), address("rendition", photo.pk, photo.thumb_name), address("add")):
            assert "/login/" in Client().get(where).headers["Location"]


class TestThePageOfAPicture:
    def test_words_credits_and_time(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        known = ReporterFactory(name="石远舟", identity=Identity.REPORTER, outlet="海港日报")
        rows = [
            {"position": 2, "reporter": known.pk},
            {"position": 1, "name": "白苇", "identity": "correspondent"},
        ]
        data = posted(
            photo, rows, caption="码头", alt="起重机", place="天津港", taken_at="2018-07-05T06:30:00"
        )
        response = entering(cast.reporter).post(address("change", photo.pk), data)
        assert response.status_code == 302, response.context["errors"]
        photo.refresh_from_db()
        assert (photo.caption, photo.alt, photo.place) == ("码头", "起重机", "天津港")
        assert photo.taken_at is not None
        assert photo.taken_at.isoformat() == "2018-07-04T22:30:00+00:00"
        assert photo.credit_line == "通讯员 白苇 海港日报记者 石远舟 摄"

    def test_a_credit_needs_a_name(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        response = entering(cast.reporter).post(
            address("change", photo.pk), posted(photo, [{"identity": "correspondent"}])
        )
        assert "请填写姓名，或选择署名人。" in response.content.decode()
        assert not PhotoCredit.objects.exists()

    def test_text_comes_back_unchanged_or_is_refused(self, cast: Cast, shared: Path) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        client = entering(cast.reporter)
        texts = json.loads((shared / "corpora" / "naughty-strings" / "blns.json").read_text())
        for text in texts:
            response = client.post(address("change", photo.pk), posted(photo, caption=text))
            photo.refresh_from_db()
            if response.status_code == 302:
                assert photo.caption == text.strip().replace("\n", "\r\n").replace("\r\r\n", "\r\n") or (
                    photo.caption == text.strip()
                ), repr(text)
            else:
                assert response.context["errors"], repr(text)
        Photo.objects.update(caption="\n".join(texts))
        assert client.get(address("change", photo.pk)).status_code == 200
        assert client.get(address("changelist")).status_code == 200

    def test_a_new_focal_point_asks_for_new_crops(self, cast: Cast, on_commit_now: Callable) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        Photo.objects.update(state=Photo.State.READY, done=8, total=8)
        client = entering(cast.reporter)
        with on_commit_now() as callbacks:
            client.post(address("change", photo.pk), posted(photo, caption="只改说明"))
        assert callbacks == []
        photo.refresh_from_db()
        assert photo.state == Photo.State.READY
        with on_commit_now() as callbacks:
            client.post(address("change", photo.pk), posted(photo, focal_x=120))
        assert len(callbacks) == 1
        photo.refresh_from_db()
        assert (photo.focal, photo.state) == ((120, 500), Photo.State.WAITING)

    @pytest.mark.parametrize("value", ["-1", "1001", "x", ""])
    def test_a_focal_point_lies_in_the_picture(self, cast: Cast, value: str) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        entering(cast.reporter).post(address("change", photo.pk), posted(photo, focal_y=value))
        photo.refresh_from_db()
        assert photo.focal == (500, 500)

    def test_saving_does_not_undo_a_worker_s_progress(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter, credit="")
        real = Photo.full_clean

        def meanwhile(self: Photo, *args: Any, **kwargs: Any) -> None:
            Photo.objects.filter(pk=self.pk).update(state=Photo.State.READY, done=8)
            real(self, *args, **kwargs)

        monkeypatch.setattr(Photo, "full_clean", meanwhile)
        entering(cast.reporter).post(address("change", photo.pk), posted(photo, caption="新"))
        photo.refresh_from_db()
        assert (photo.caption, photo.state, photo.done) == ("新", Photo.State.READY, 8)

    def test_a_failure_shows_its_reason_and_a_button(self, cast: Cast, on_commit_now: Callable) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter)
        Photo.objects.update(state=Photo.State.FAILED, error="磁盘已满", attempts=3)
        client = entering(cast.reporter)
        page = client.get(address("change", photo.pk)).content.decode()
        assert "磁盘已满" in page
        assert address("retry", photo.pk) in page
        with on_commit_now() as callbacks:
            client.post(address("retry", photo.pk))
        photo.refresh_from_db()
        assert (photo.state, photo.error, photo.attempts, len(callbacks)) == (Photo.State.WAITING, "", 0, 1)

    def test_a_reader_of_it_sees_no_buttons(self, cast: Cast) -> None:
        photo = PhotoFactory(uploaded_by=cast.reporter)
        Photo.objects.update(state=Photo.State.FAILED, error="磁盘已满")
        page = entering(cast.reporter2).get(address("change", photo.pk)).content.decode()
        for name in ("retry", "block", "original"):
            assert address(name, photo.pk) not in page
        assert 'name="caption"' not in page

    def test_blocking_and_letting_go(self, cast: Cast) -> None:
        photo, client = PhotoFactory(), entering(cast.chief)
        page = client.post(address("block", photo.pk), {"reason": ""}, follow=True).content.decode()
        assert "请写明原因。" in page
        page = client.post(
            address("block", photo.pk), {"reason": "<b>家长</b>不同意"}, follow=True
        ).content.decode()
        assert "&lt;b&gt;家长&lt;/b&gt;不同意" in page
        assert address("unblock", photo.pk) in page
        client.post(address("unblock", photo.pk), {"reason": "家长同意了"})
        photo.refresh_from_db()
        assert not photo.is_blocked
        assert [link.action for link in Signature.objects.all()] == ["block", "unblock"]

    def test_a_reason_that_no_database_takes_is_refused(self, cast: Cast) -> None:
        photo = PhotoFactory()
        response = entering(cast.chief).post(address("block", photo.pk), {"reason": "a\x00b"}, follow=True)
        assert "无法保存的控制字符" in response.content.decode()
        assert not Signature.objects.exists()
