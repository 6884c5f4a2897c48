"""The e-paper's pictures and PDFs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from articles.models import Article
from articles.workflow import perform as on_story
from issues.masking import mask_pages
from issues.models import Proof
from issues.sheet import THUMB
from issues.workflow import perform
from media import serve as media_serve
from tests.cast import Cast
from tests.issues import paper
from tests.issues.readers import AREA, FILES, PAGE, bookmarks_of, pages_of, read, released, texts_of, withdraw

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_pictures_in_every_width(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for width, height in ((THUMB, 346), (480, 691), (1080, 1555), (2160, 3109)):
        response = client.get(f"{PAGE}{width}.png")
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(response.content)) as image:
            assert (image.width, image.height) == (width, height)


def test_pdf_of_a_page_and_of_the_paper(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast, 3)
    assert pages_of(client, "/papers/2026-11-20/2.pdf") == [702]
    assert pages_of(client) == [701, 702, 703]
    response = client.get("/papers/2026-11-20.pdf")
    assert response["Content-Type"] == "application/pdf"
    name = "%E6%BD%AE%E5%A4%B4%E6%99%9A%E6%8A%A5%202026-11-20.pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{name}"


def test_a_known_file_is_not_sent_again(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for address in FILES:
        first = client.get(address)
        assert first["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_the_bound_paper_is_kept_until_a_page_changes(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, 2)

    def bound() -> list[str]:
        return [name for name in default_storage.listdir("papers/2026-11-20")[1] if name.endswith(".pdf")]

    assert pages_of(client) == [701, 702]
    kept = bound()
    default_storage.delete(issue.pages.get(number=2).proofs.get().pdf_name)
    assert pages_of(client) == [701, 702], "not bound again"
    withdraw(Article.objects.get(placements__page__number=2), cast, now)
    assert pages_of(client) == [701]
    assert len(bound()) == 1
    assert bound() != kept, "what was bound with the withdrawn page is gone"


def test_a_large_file_goes_in_pieces(
    client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(now, cast)
    whole = client.get("/papers/2026-11-20/1.pdf")
    monkeypatch.setattr(media_serve, "WHOLE", 100)
    pieces = client.get("/papers/2026-11-20/1.pdf")
    assert pieces.streaming
    assert b"".join(pieces) == whole.content
    for name in ("Content-Type", "Content-Length", "Content-Disposition", "ETag", "Cache-Control"):
        assert pieces[name] == whole[name], name


def test_nginx_is_told_where_the_files_are(client: Client, cast: Cast, now: datetime, settings: Any) -> None:
    released(now, cast)
    settings.X_ACCEL_LOCATION = "/internal/"
    for address in FILES:
        response = client.get(address)
        assert response["X-Accel-Redirect"].startswith("/internal/p")
        assert default_storage.exists(response["X-Accel-Redirect"].removeprefix("/internal/"))
        assert response.content == b""
    assert {client.get(address).status_code for address in ("/papers/2026-11-21.pdf", f"{PAGE}9.png")} == {
        404
    }


def test_a_lost_file_is_not_there(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, 1)
    proof = issue.pages.get().proofs.get()
    for name in [proof.pdf_name, *map(proof.picture_name, proof.sizes)]:
        default_storage.delete(name)
    assert {client.get(address).status_code for address in FILES} == {404}


# Made, signed and given its moment as people do it


def test_a_signed_paper_is_read_as_it_was_signed(client: Client, cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, now=now)
    address = f"/papers/{issue.date}/"
    assert client.get("/papers/latest/")["Location"] == f"{address}1/"
    for page, story in zip(issue.pages.all(), stories, strict=True):
        proof = Proof.objects.visible(now).get(page=page)
        (area,) = AREA.findall(read(client, f"{address}{page.number}/"))
        assert (int(area[0]), area[3]) == (story.pk, story.headline)
        for width, (height, digest) in proof.sizes.items():
            data = client.get(f"{address}{page.number}/{width}.png").content
            assert hashlib.sha256(data).hexdigest() == digest
            with Image.open(io.BytesIO(data)) as image:
                assert image.size == (width, height)
        data = client.get(f"/papers/{issue.date}/{page.number}.pdf").content
        assert hashlib.sha256(data).hexdigest() == proof.pdf_sha256
        assert f'href="{address}{page.number}/"' in read(client, f"/articles/{story.pk}/")
    whole = client.get(f"/papers/{issue.date}.pdf").content
    first, second = texts_of(whole)
    assert stories[0].headline in first
    assert stories[1].headline in second
    names = [page.label for page in issue.pages.all()]
    marks = [(0, names[0]), (1, stories[0].headline), (0, names[1]), (1, stories[1].headline)]
    assert bookmarks_of(whole) == marks


def test_a_withdrawn_story_leaves_its_page_and_the_page_returns(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    issue, stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, now=now)
    address = f"/papers/{issue.date}"
    known = client.get(f"{address}.pdf")["ETag"]
    at(now + HOUR)
    on_story("withdraw", stories[0], cast.chief, note="有误", now=now + HOUR)
    assert client.get(f"{address}/1/").status_code == 410
    mask_pages(now + HOUR)
    assert stories[0].headline not in read(client, f"{address}/1/")
    assert not AREA.findall(read(client, f"{address}/1/"))
    again = client.get(f"{address}.pdf", headers={"if-none-match": known})
    first, second = texts_of(again.content)
    assert stories[0].headline not in first
    assert stories[0].headline not in dict(bookmarks_of(again.content)).values()
    assert stories[1].headline in second
