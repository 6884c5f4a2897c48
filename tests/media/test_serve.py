"""Handing renditions to browsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from media import library, renditions
from media.models import Photo
from media.serve import rendition_response
from tests.cast import Cast
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo() -> Photo:
    return PhotoFactory(width=700, height=500)


def get(photo: Photo, name: str, method: str = "get", focals: Any = (), **headers: str) -> Any:
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return rendition_response(photo, name, request, focals=focals)


@pytest.mark.parametrize(("name", "kind"), [("w640.webp", "image/webp"), ("w640.jpg", "image/jpeg")])
def test_the_file_with_its_headers(photo: Photo, name: str, kind: str) -> None:
    response = get(photo, name)
    data = response.content
    assert data == Path(default_storage.path(photo.renditions.get(name=name).file.name)).read_bytes()
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Length"] == str(len(data))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-cache"


def test_a_known_file_is_not_sent_again(photo: Photo) -> None:
    first = get(photo, "w320.webp")
    again = get(photo, "w320.webp", if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "no-cache"
    other = get(photo, "w640.webp", if_none_match=first["ETag"])
    assert other.status_code == 200


def test_head_has_no_body(photo: Photo) -> None:
    response = get(photo, "w320.webp", "head")
    assert (response.content, response["Content-Type"]) == (b"", "image/webp")
    assert int(response["Content-Length"]) > 0


def test_nginx_is_told_where_the_file_is(photo: Photo, settings: Any) -> None:
    settings.X_ACCEL_LOCATION = "/internal/"
    response = get(photo, "w320.webp")
    stored = photo.renditions.get(name="w320.webp").file.name
    assert response["X-Accel-Redirect"] == f"/internal/{stored}"
    assert (response.content, response["Content-Type"]) == (b"", "image/webp")


@pytest.mark.parametrize("name", ["w641.webp", "1x1-320.f1x1.webp", "../../../etc/passwd", "w320.webp\n"])
def test_what_is_not_the_photo_s_is_not_found(photo: Photo, name: str) -> None:
    with pytest.raises(Http404):
        get(photo, name)


def test_a_focal_point_that_was_signed_is_found(photo: Photo) -> None:
    response = get(photo, "1x1-320.f1x1.webp", focals=[(1, 1)])
    assert response.status_code == 200


def test_a_blocked_photo_is_not_found_but_in_the_newsroom(photo: Photo) -> None:
    from django.utils import timezone

    get(photo, "w320.webp")
    library.block(photo, Cast().chief, "原因", timezone.now())
    with pytest.raises(Http404):
        get(photo, "w320.webp")
    response = rendition_response(photo, "w320.webp", RequestFactory().get("/"), blocked_too=True)
    assert response.status_code == 200


def test_a_lost_original_is_not_found(photo: Photo) -> None:
    default_storage.delete(photo.original.name)
    with pytest.raises(Http404):
        get(photo, "w320.webp")


def test_a_busy_process_asks_to_come_again(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "PATIENCE", 0.05)
    with renditions._AT_ONCE:
        response = get(photo, "w320.webp")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
