"""Who gets a picture: readers when a visible story shows it, the newsroom when it may open the story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image

from articles.models import Article, ArticlePhoto
from articles.workflow import perform
from media.library import block
from media.models import Photo
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def photo(cast: Cast) -> Photo:
    return PhotoFactory(width=640, height=480, uploaded_by=cast.reporter)


def get(photo: Photo, name: str = "w320.webp", user: User | None = None, **headers: str) -> HttpResponseBase:
    """The answer; its file, if it has one, is read to its end as `body`."""
    client = Client()
    if user:
        client.force_login(user)
    response = client.get(f"/photos/{photo.public_id}/{name}", headers=headers)
    response.body = response.getvalue()  # type: ignore[attr-defined]
    return response


def test_reader_gets_the_picture_of_a_visible_story(photo: Photo, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    for name, kind in [("w320.webp", "WEBP"), ("w640.jpg", "JPEG"), ("4x3-320.f500x500.jpg", "JPEG")]:
        response = get(photo, name)
        assert response.status_code == 200, name
        assert response["Content-Type"] == f"image/{kind.lower()}"
        assert response["Cache-Control"] == "no-cache"
        assert "Cookie" not in response.get("Vary", "")
        image = Image.open(BytesIO(response.body))  # type: ignore[attr-defined]
        assert (image.format, image.width) == (kind, int(name.split(".")[0][1:]) if name[0] == "w" else 320)


def test_is_sent_once(photo: Photo, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    first = get(photo)
    again = get(photo, **{"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("state", ["library", "draft", "review", "signed", "withdrawn", "spiked"])
def test_picture_of_no_visible_story_is_not_there(
    photo: Photo, cast: Cast, now: datetime, state: str
) -> None:
    if state != "library":
        article = ArticleFactory(photos=[photo], created_by=cast.reporter)
        if state == "review":
            perform("submit", article, cast.reporter, now=now)
        if state == "signed":
            publish(article, cast, now, release_at=now + HOUR)
        if state == "withdrawn":
            publish(article, cast, now - HOUR)
            perform("withdraw", article, cast.chief, note="原因", now=now)
        if state == "spiked":
            perform("spike", article, cast.editor, now=now)
        assert article.status == state
    for name in ("w320.webp", "w640.jpg", "1x1-320.f500x500.webp"):
        assert get(photo, name).status_code == 404
        assert get(photo, name, cast.outsider).status_code == 404
        assert get(photo, name, cast.retired).status_code in (302, 404)


def test_appears_and_goes_with_its_story(
    photo: Photo, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    article = ArticleFactory(photos=[photo], expires_at=now + 2 * HOUR)
    publish(article, cast, now, release_at=now + HOUR)
    answers = []
    for hours in (0, 1, 2):
        at(now + hours * HOUR)
        answers.append(get(photo).status_code)
    assert answers == [404, 200, 404]


def test_unsigned_picture_of_a_live_story_is_not_there(photo: Photo, cast: Cast, now: datetime) -> None:
    article = publish(ArticleFactory(), cast, now)
    ArticlePhoto.objects.create(article=article, photo=photo)
    assert get(photo).status_code == 404


def test_series_logo_is_shown_with_its_stories(photo: Photo, cast: Cast, now: datetime) -> None:
    series = SeriesFactory(logo=photo)
    assert get(photo).status_code == 404
    publish(ArticleFactory(series=series), cast, now)
    assert get(photo).status_code == 200


def test_newsroom_gets_what_it_may_open(photo: Photo, cast: Cast, now: datetime) -> None:
    ArticleFactory(photos=[photo], created_by=cast.reporter)
    mine = ArticleFactory(created_by=cast.reporter2)
    allowed = {
        name: get(photo, user=user).status_code == 200
        for name, user in cast.everyone().items()
        if name not in ("outsider", "retired")
    }
    assert allowed == {
        "reporter": True, "reporter2": False, "editor": True, "deputy": True, "chief": True,
        "proofreader": True, "layout": True, "admin": False, "superuser": True,
    }  # fmt: skip
    ArticlePhoto.objects.create(article=mine, photo=photo)
    response = get(photo, user=cast.reporter2)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_blocked_picture_is_for_the_newsroom_alone(photo: Photo, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    assert get(photo).status_code == 200
    block(photo, cast.chief, "肖像权", now)
    assert get(photo).status_code == 404
    assert get(photo, user=cast.chief).status_code == 200


def test_crops_of_a_release_keep_their_focal_point(photo: Photo, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    Photo.objects.filter(pk=photo.pk).update(focal_x=100, focal_y=900)
    signed, unsigned, made_up = (f"4x3-320.f{focal}.webp" for focal in ("500x500", "100x900", "1x1"))
    assert get(photo, signed).status_code == 200
    assert get(photo, unsigned).status_code == 404
    assert get(photo, made_up).status_code == 404
    assert get(photo, unsigned, cast.editor).status_code == 200
    assert get(photo, signed, cast.editor).status_code == 200
    assert get(photo, made_up, cast.editor).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "w641.webp", "w0320.webp", "w99999.webp", "w320.png", "w320.WEBP", "original.jpg", "..%2fsecret-key",
        "4x3-320.webp", "4x3-320.f500x500.gif", "4x3-320.f5000x500.webp",
        "w320.webp%00", "w320.webp/", "%F0%9F%98%80.webp",
    ],
)  # fmt: skip
def test_only_the_names_of_renditions_are_known(photo: Photo, cast: Cast, now: datetime, name: str) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    assert get(photo, name).status_code == 404
    assert get(photo, name, cast.chief).status_code == 404


def test_takes_get_and_head_alone(photo: Photo, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(photos=[photo]), cast, now)
    address = f"/photos/{photo.public_id}/w320.webp"
    assert Client().post(address).status_code == 405
    head = Client().head(address)
    assert head.status_code == 200
    assert int(head["Content-Length"]) > 100


def test_unknown_picture_is_not_found(client: Client) -> None:
    assert client.get("/photos/bcdfghjkmnpq/w320.webp").status_code == 404


def test_draft_that_lists_a_picture_changes_nothing_for_its_reader(cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    publish(ArticleFactory(photos=[photo]), cast, now)
    Article.objects.update(headline="改过")
    assert get(photo).status_code == 200
