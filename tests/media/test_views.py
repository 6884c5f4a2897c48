"""Uploads answered file by file, the picker, the contact sheet and the files behind them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from media import library, views
from media.models import Photo
from people.models import Act, Signature
from tests.cast import Cast
from tests.factories.media import PhotoFactory, picture
from tests.media.newsroom import address, entering, stored

pytestmark = pytest.mark.django_db


class TestUploading:
    def test_each_file_is_answered_for_itself(self, cast: Cast, files: Path) -> None:
        same = picture()
        library.ingest(BytesIO(same), "a.jpg", None)
        response = entering(cast.reporter).post(
            address("upload"),
            {
                "files": [
                    SimpleUploadedFile("新.jpg", picture()),
                    SimpleUploadedFile("旧.jpg", same),
                    SimpleUploadedFile("坏.jpg", b"rubbish"),
                ]
            },
        )
        results = response.json()
        assert [(result["name"], result["status"]) for result in results] == [
            ("新.jpg", "added"), ("旧.jpg", "exists"), ("坏.jpg", "refused"),
        ]  # fmt: skip
        assert results[2]["message"].endswith("。")
        assert results[2]["photo"] is None
        assert results[0]["photo"]["state"] == "waiting"
        assert Photo.objects.get(pk=results[0]["photo"]["id"]).uploaded_by == cast.reporter
        assert len(stored(files)) == 2

    def test_the_page_works_without_scripts(self, cast: Cast) -> None:
        client = entering(cast.reporter)
        upload = [SimpleUploadedFile("新.jpg", picture()), SimpleUploadedFile("坏.jpg", b"rubbish")]
        page = client.post(address("add"), {"files": upload}).content.decode()
        assert "存入 1 张，未收 1 张" in page
        assert "这不是能识别的图片" in page
        assert address("change", Photo.objects.get().pk) in page

    def test_no_file_is_said(self, cast: Cast) -> None:
        client = entering(cast.reporter)
        assert "没有收到图片" in client.post(address("add")).content.decode()
        assert client.post(address("upload")).json() == {"error": "没有收到图片文件。"}

    def test_every_broken_picture_is_a_sentence_and_no_error(
        self, cast: Cast, shared: Path, files: Path
    ) -> None:
        client = entering(cast.reporter)
        for path in sorted((shared / "corpora" / "images-broken").iterdir()):
            file = SimpleUploadedFile(path.name, path.read_bytes())
            response = client.post(address("add"), {"files": file})
            assert response.status_code == 200, path.name
            [result] = response.context["results"]
            assert result["message"].endswith("。"), path.name
        assert len(stored(files)) == Photo.objects.count()

    def test_a_hostile_name_is_only_a_name(self, cast: Cast, files: Path) -> None:
        name = "../../<script>alert(1)</script>.php"
        file = SimpleUploadedFile("x", picture())
        file.name = name  # Django's own setter would tidy it
        client = entering(cast.reporter)
        page = client.post(address("add"), {"files": file}).content.decode()
        assert "<script>alert" not in page
        assert [path.suffix for path in stored(files)] == [".jpg"]

    def test_without_the_token_nothing_happens(self, cast: Cast, files: Path) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.chief)
        photo = PhotoFactory()
        for name, args in [("upload", ()), ("add", ()), ("retry", (photo.pk,)), ("block", (photo.pk,))]:
            file = SimpleUploadedFile("a.jpg", picture())
            response = client.post(address(name, *args), {"files": file, "reason": "原因"})
            assert response.status_code == 403, name
        assert Photo.objects.count() == 1
        assert not Signature.objects.exists()

    def test_asking_changes_nothing(self, cast: Cast) -> None:
        photo, client = PhotoFactory(), entering(cast.chief)
        for name in ("upload", "retry", "block", "unblock"):
            args = () if name == "upload" else (photo.pk,)
            assert client.get(address(name, *args)).status_code == 405, name


class TestPicker:
    def test_it_finds_chinese_words_anywhere(self, cast: Cast) -> None:
        quay = PhotoFactory(caption="集装箱在码头装船", credit="白苇", place="天津港")
        PhotoFactory(caption="龙舟竞渡", credit="石远舟")
        client = entering(cast.reporter)
        for words in ("装船", "白苇", "天津", "码头 白苇", quay.original_name[:8] + " 集装箱"):
            found = client.get(address("picker"), {"q": words}).json()
            assert [item["id"] for item in found] == [quay.pk], words
        assert client.get(address("picker"), {"q": "码头 石远舟"}).json() == []

    def test_an_item(self, cast: Cast) -> None:
        photo = PhotoFactory(width=700, height=500, caption="码头", credit="白苇")
        [item] = entering(cast.reporter).get(address("picker")).json()
        assert item == {
            "id": photo.pk, "public_id": photo.public_id, "caption": "码头", "alt": "",
            "credit": "记者 白苇 摄",
            "place": "", "name": "IMG_0001.jpg", "width": 700, "height": 500,
            "thumb": address("rendition", photo.pk, "w320.webp"), "change": address("change", photo.pk),
            "state": "waiting", "label": "等待处理", "done": 0, "total": 0, "error": "",
        }  # fmt: skip

    def test_blocked_pictures_are_not_offered(self, cast: Cast) -> None:
        photo = PhotoFactory()
        library.block(photo, cast.chief, "原因", timezone.now())
        client = entering(cast.editor)
        assert client.get(address("picker")).json() == []
        assert photo.caption in client.get(address("changelist")).content.decode()

    def test_pages_and_a_constant_number_of_queries(
        self, cast: Cast, django_assert_max_num_queries: Callable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "PICKER_PAGE", 4)
        photos = [PhotoFactory() for _ in range(5)]
        client = entering(cast.reporter)
        with django_assert_max_num_queries(6):
            first = client.get(address("picker")).json()
        second = client.get(address("picker"), {"page": "2"}).json()
        assert [item["id"] for item in first + second] == [photo.pk for photo in reversed(photos)]
        assert client.get(address("picker"), {"page": "3"}).json() == []
        for rubbish in ("0", "-1", "x", "9" * 40, "²"):
            assert client.get(address("picker"), {"page": rubbish}).json() == first, rubbish

    @pytest.mark.parametrize("words", ["\x00", "%", "'", "\\", "a" * 5000, "字 " * 500, "\ud800"])
    def test_any_words(self, cast: Cast, words: str) -> None:
        PhotoFactory()
        answer = entering(cast.reporter).get(address("picker"), {"q": words.encode("utf-8", "surrogatepass")})
        assert answer.json() == []


class TestTheContactSheet:
    def test_it_shows_what_matters(self, cast: Cast) -> None:
        photo = PhotoFactory(caption="码头", credit="白苇", uploaded_by=cast.reporter)
        Photo.objects.update(state=Photo.State.FAILED, error="磁盘已满")
        page = entering(cast.editor).get(address("changelist")).content.decode()
        for text in (
            "码头",
            "记者 白苇 摄",
            "林晚照",
            "处理失败",
            "磁盘已满",
            address("rendition", photo.pk, "w320.webp"),
        ):
            assert text in page

    def test_missing_words_are_named(self, cast: Cast) -> None:
        PhotoFactory(caption="", credit="")
        page = entering(cast.editor).get(address("changelist")).content.decode()
        assert "缺说明" in page
        assert "缺署名" in page

    def test_filters_and_search(self, cast: Cast) -> None:
        mine = PhotoFactory(caption="码头", uploaded_by=cast.reporter)
        other = PhotoFactory(caption="龙舟", uploaded_by=cast.reporter2)
        library.block(other, cast.chief, "原因", timezone.now())
        Photo.objects.filter(pk=mine.pk).update(state=Photo.State.READY)
        client = entering(cast.editor)
        for query, found in [
            ({"q": "码头"}, [mine]),
            ({"state__exact": "ready"}, [mine]),
            ({"blocked": "yes"}, [other]),
            ({"blocked": "no"}, [mine]),
            ({"uploaded_by__id__exact": cast.reporter2.pk}, [other]),
            ({"uploaded_at__gte": timezone.now() - timezone.timedelta(days=1)}, [other, mine]),
        ]:
            response = client.get(address("changelist"), query)
            assert list(response.context["cl"].result_list) == found, query

    def test_the_number_of_queries_does_not_grow(
        self, cast: Cast, django_assert_num_queries: Callable
    ) -> None:
        client = entering(cast.editor)
        PhotoFactory(uploaded_by=cast.reporter)
        client.get(address("changelist"))
        with django_assert_num_queries(7) as few:
            client.get(address("changelist"))
        for _ in range(10):
            PhotoFactory(uploaded_by=cast.reporter)
        with django_assert_num_queries(len(few)):
            client.get(address("changelist"))


class TestFiles:
    def test_a_thumb_is_made_on_the_spot_and_kept_by_this_browser_alone(self, cast: Cast) -> None:
        photo = PhotoFactory()
        response = entering(cast.reporter).head(address("rendition", photo.pk, photo.thumb_name))
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"].startswith("private")
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_the_original_is_a_download_and_nothing_else(self, cast: Cast) -> None:
        data = picture()
        photo, _created = library.ingest(BytesIO(data), '码头"\r\nX-Evil: 1.jpg', cast.reporter)
        response = entering(cast.reporter).get(address("original", photo.pk))
        assert b"".join(response) == data
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert "X-Evil" not in response.headers

    def test_a_lost_original_is_not_found(self, cast: Cast, files: Path) -> None:
        photo = PhotoFactory()
        (files / photo.original.name).unlink()
        client = entering(cast.editor)
        assert client.get(address("original", photo.pk)).status_code == 404
        assert client.get(address("rendition", photo.pk, photo.thumb_name)).status_code == 404
        assert client.get(address("change", photo.pk)).status_code == 200

    def test_states(self, cast: Cast) -> None:
        photo = PhotoFactory()
        Photo.objects.update(state=Photo.State.WORKING, done=3, total=8)
        client = entering(cast.reporter)
        assert client.get(address("states"), {"ids": f"{photo.pk},999,x"}).json() == [
            {"id": photo.pk, "state": "working", "label": "处理中", "done": 3, "total": 8, "error": ""}
        ]
        assert client.get(address("states")).json() == []
        assert client.get(address("states"), {"ids": "9" * 30}).json() == []


def test_a_credit_of_a_photo_is_photographed_by_default() -> None:
    photo = PhotoFactory()
    assert photo.credits.get().act == Act.PHOTO
