"""Whatever is changed of a signed page is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from issues.models import Issue, Proof
from issues.verify import verify
from issues.workflow import perform
from media import store
from tests.cast import Cast
from tests.issues import paper

pytestmark = pytest.mark.django_db

TAMPERINGS: dict[str, Callable[[Proof], object]] = {
    "content": lambda p: change(p, content=p.content.replace("第1版的头条", "另一条")),
    "content with its digest": lambda p: change(p, content=p.content + " ", content_digest="0" * 64),
    "card": lambda p: change(p, card=p.card.replace("第1版的头条", "另一条")),
    "digest": lambda p: change(p, digest="0" * 64),
    "pdf": lambda p: store.put(p.pdf_name, io.BytesIO(b"%PDF-1.4")),
    "picture": lambda p: store.put(p.picture_name(1080), io.BytesIO(b"png")),
    "earlier": lambda p: change(p, visible_from=p.visible_from - timedelta(days=1)),
    "for ever": lambda p: change(p, visible_until=p.visible_from),
    "why": lambda p: change(p, end_reason="replaced"),
    "unfinished": lambda p: change(p, state="waiting"),
    "another day": lambda p: change(p, date=p.date - timedelta(days=1)),
    "another page": lambda p: change(p, page_number=9),
    "its stories": lambda p: p.stories.all().delete(),
    "the proof itself": lambda p: (p.stories.all().delete(), Proof.objects.filter(pk=p.pk).delete()),
    "the issue's moment": lambda p: Issue.objects.update(release_at=None),
}


def change(proof: Proof, **fields: object) -> None:
    Proof.objects.filter(pk=proof.pk).update(**fields)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_it_finds(name: str, cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=1)
    perform("release", issue, cast.chief, now=now)
    assert list(verify()) == []
    TAMPERINGS[name](Proof.objects.get())
    assert list(verify()) != []


def test_a_proof_nobody_signed_is_found_when_readers_see_it(cast: Cast, now: datetime) -> None:
    page = paper.issue(now, pages=1).pages.get()
    paper.place(page, paper.waiting(cast, now))
    paper.sign_page(page, cast, now, stages=1)
    assert list(verify()) == []
    Proof.objects.update(visible_from=now)
    assert any("nobody signed it" in sentence for sentence in verify())
