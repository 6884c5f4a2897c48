"""Who may read which page of the paper, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from issues.models import Masthead, Proof
from issues.publication import replace
from media.library import block
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.issues import (
    MastheadFactory,
    PageFactory,
    PlacementFactory,
    proof_of,
)
from tests.factories.media import PhotoFactory
from tests.issues.readers import DAY, FILES, PAGE, pages_of, read, released, withdraw

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


# When


def test_from_its_second_and_not_before(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    released(now + HOUR, cast)
    addresses = [PAGE, "/papers/2026-11-20/", *FILES]
    at(now + HOUR - timedelta(microseconds=1))
    unknown = client.get("/nowhere/")
    for address in addresses:
        hidden = client.get(address)
        assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (
            404, unknown.content, dict(unknown.headers),
        ), address  # fmt: skip
    at(now + HOUR)
    assert {client.get(address).status_code for address in addresses} == {200, 302}


@pytest.mark.parametrize(
    "address",
    [
        "/papers/2026-02-30/1/", "/papers/2026-11-20/0/", "/papers/2026-11-20/01/", "/papers/2026-11-20/3/",
        "/papers/2026-11-20/1000/", "/papers/2026-11-20/1/1081.png", "/papers/2026-11-20/1/01080.png",
        "/papers/2026-11-20/1/0.png", "/papers/2026-11-20/1/99999.png", "/papers/2026-11-20/3/1080.png",
        "/papers/2026-11-20/3.pdf", "/papers/2026-11-21.pdf", "/papers/2026-11-21/", "/papers/0000-00-00/",
        "/papers/26-11-20/", "/papers/2026-11-20/1/1080.jpg", "/papers/２０２６-11-20/1/",
    ],
)  # fmt: skip
def test_what_is_no_page(client: Client, cast: Cast, now: datetime, address: str) -> None:
    released(now, cast)
    unknown, answer = client.get("/nowhere/"), client.get(address)
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert dict(answer.headers) == dict(unknown.headers)


def test_get_and_head_alone(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for address in [PAGE, "/papers/2026-11-20/", *FILES]:
        assert client.post(address).status_code == 405, address
        head, whole = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        for name in ("Content-Type", "ETag", "Cache-Control", "Content-Length"):
            assert head.get(name) == whole.get(name), (address, name)


# Withdrawn


def test_a_hidden_page_says_that_it_returns(client: Client, cast: Cast, now: datetime) -> None:
    bad, good = ArticleFactory(headline="要撤的稿"), ArticleFactory(headline="留着的稿")
    released(now - HOUR, cast, [[bad], [good]])
    assert "要撤的稿" in read(client)
    withdraw(bad, cast, now)
    for address in [PAGE, *FILES[:-1]]:
        gone = client.get(address)
        assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache"), address
        assert "稍后恢复" in gone.content.decode()
        assert "要撤的稿" not in gone.content.decode()
        assert 'href="/papers/2026-11-20/2/"' in gone.content.decode()
    other = read(client, "/papers/2026-11-20/2/")
    assert "要撤的稿" not in other
    assert PAGE not in other
    assert pages_of(client) == [702], "the hidden page is not in the whole paper either"


def test_a_whole_paper_that_is_hidden(client: Client, cast: Cast, now: datetime) -> None:
    story = ArticleFactory()
    released(now - HOUR, cast, [[story]])
    withdraw(story, cast, now)
    assert {client.get(a).status_code for a in ("/papers/2026-11-20/", "/papers/2026-11-20.pdf", PAGE)} == {
        410
    }
    assert client.get("/papers/2026-11-20/2/").status_code == 404


def test_a_page_that_nobody_ever_saw_is_unknown(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    """Withdrawn before the paper's moment: its window opened on nothing."""
    story = ArticleFactory()
    publish(story, cast, now)
    released(now + 2 * HOUR, cast, [[story], [ArticleFactory()]])
    withdraw(story, cast, now + HOUR)
    at(now + 3 * HOUR)
    assert client.get(PAGE).status_code == 404
    read(client, "/papers/2026-11-20/2/")


def test_a_blocked_photo_hides_its_page(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    issue = released(now - HOUR, cast, [[ArticleFactory()], [ArticleFactory()]])
    page = issue.pages.get(number=1)
    page.proofs.all().delete()
    PlacementFactory(page=page, kind="picture", photo=photo, rows=4)
    proof_of(page, now - HOUR)
    read(client)
    block(photo, cast.chief, "肖像权", now)
    assert client.get(PAGE).status_code == 410
    assert client.get(f"{PAGE}1080.png").status_code == 410


def test_a_masked_page_takes_the_place(client: Client, cast: Cast, now: datetime) -> None:
    bad, good = ArticleFactory(headline="要撤的稿"), ArticleFactory(headline="留着的稿")
    issue = released(now - HOUR, cast, [[bad, good]])
    before = {address: client.get(address)["ETag"] for address in FILES}
    withdraw(bad, cast, now)
    page = issue.pages.get()
    signed = page.proofs.get()
    page.placements.filter(article=bad).delete()
    masked = proof_of(page, None)
    replace(signed, masked, now)
    text = read(client)
    assert "留着的稿" in text
    assert "要撤的稿" not in text
    for address in FILES:
        again = client.get(address, headers={"if-none-match": before[address]})
        assert again.status_code == (304 if address.endswith(".pdf") else 200), address  # the PDF is blank


# Internal papers


def test_internal_papers(client: Client, cast: Cast, now: datetime) -> None:
    story = ArticleFactory()
    released(now - HOUR, cast, [[story], [ArticleFactory()]], masthead=MastheadFactory(epaper_internal=True))
    unknown = client.get("/nowhere/")
    for address in [PAGE, "/papers/2026-11-20/", *FILES]:
        public = client.get(address)
        assert (public.status_code, public.content) == (404, unknown.content), address
        assert dict(public.headers) == dict(unknown.headers), address
    insider, outsider = Client(), Client()
    insider.force_login(cast.proofreader)
    outsider.force_login(cast.outsider)
    for address in [PAGE, *FILES]:
        assert outsider.get(address).status_code == 404
        seen = insider.get(address)
        assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-cache"), address
    withdraw(story, cast, now)
    assert insider.get(PAGE).status_code == 410, "withdrawn for the newsroom's readers too"
    assert client.get(PAGE).status_code == 404
    Masthead.objects.update(epaper_internal=False)
    assert client.get(PAGE).status_code == 410


def test_proofs_not_released_are_for_nobody(client: Client, cast: Cast, now: datetime) -> None:
    page = PageFactory(issue__date=DAY, issue__masthead__epaper_internal=True)
    PlacementFactory(page=page, article=publish(ArticleFactory(), cast, now))
    proof_of(page, None)
    client.force_login(cast.chief)
    assert client.get(PAGE).status_code == 404
    assert Proof.objects.count() == 1
