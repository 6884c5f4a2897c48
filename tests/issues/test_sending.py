"""Pages handed to the printer: the newest signed proof alone, in the chain, with the answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from articles.workflow import Conflict, NotAllowed, NotReady
from issues import sending
from issues.models import Dispatch, Page, Proof
from people import chain
from people.models import Signature
from tests.cast import Cast
from tests.factories.issues import PageFactory, proof_of

pytestmark = pytest.mark.django_db

PRINTER = "廊坊新彩印刷厂"


def signed(page: Page, cast: Cast, now: datetime) -> Proof:
    """Another proof, signed off as the workflow notes it."""
    proof = proof_of(page, None, files=False)
    effect = {"proof": [proof.pk, proof.digest]}
    chain.append(page.subject, "sign", cast.chief, at=now, digest=proof.digest, effect=effect)
    Page.objects.filter(pk=page.pk).update(status=Page.Status.SIGNED)
    return proof


@pytest.fixture
def page() -> Page:
    return PageFactory(number=1, name="要闻")


def test_what_was_sent_is_logged_and_chained(page: Page, cast: Cast, now: datetime) -> None:
    proof = signed(page, cast, now)
    sent = sending.send(proof, cast.layout, f" {PRINTER} ", now)
    assert (sent.proof, sent.to, sent.by, sent.at) == (proof, PRINTER, cast.layout, now)
    link = Signature.objects.latest("sequence")
    assert (link.subject, link.action, link.digest, link.person, link.note) == (
        page.subject, "send", proof.digest, cast.layout, PRINTER,
    )  # fmt: skip
    assert list(chain.verify()) == []


def test_an_older_proof_is_void(page: Page, cast: Cast, now: datetime) -> None:
    old, new = signed(page, cast, now), signed(page, cast, now)
    with pytest.raises(Conflict, match="1版 第1次已作废，要传的是1版 第2次"):
        sending.send(old, cast.layout, PRINTER, now)
    sending.send(new, cast.layout, PRINTER, now)
    assert Dispatch.objects.get().proof == new


def test_what_is_not_signed_is_not_sent(page: Page, cast: Cast, now: datetime) -> None:
    unsigned = proof_of(page, None, files=False)
    with pytest.raises(Conflict, match="第1版 要闻还没有签样"):
        sending.send(unsigned, cast.layout, PRINTER, now)
    proof = signed(page, cast, now)
    later = proof_of(page, None, files=False)  # 签样后改版
    Page.objects.update(status=Page.Status.PROOF)
    for one in (proof, later):
        with pytest.raises(Conflict, match="正在改版"):
            sending.send(one, cast.layout, PRINTER, now)
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize(
    ("to", "said"), [(" ", "传给哪家"), ("长" * 121, "最多120"), ("a\nb", "一行"), ("a\x00", "控制字符")]
)
def test_to_whom_is_said(page: Page, cast: Cast, now: datetime, to: str, said: str) -> None:
    proof = signed(page, cast, now)
    with pytest.raises(NotReady, match=said):
        sending.send(proof, cast.layout, to, now)
    assert Signature.objects.filter(action="send").count() == Dispatch.objects.count() == 0


def test_the_answer_is_written_down_later(page: Page, cast: Cast, now: datetime) -> None:
    sent = sending.send(signed(page, cast, now), cast.layout, PRINTER, now)
    for words in ("收到，22点上机", "已上机"):
        sending.answer(sent, cast.editor, words, now)
        kept = Dispatch.objects.get()
        assert (kept.answer, kept.answered_by, kept.answered_at) == (words, cast.editor, now)
    with pytest.raises(NotReady):
        sending.answer(sent, cast.editor, " ", now)


def test_makers_and_editors_send(page: Page, cast: Cast, now: datetime) -> None:
    proof = signed(page, cast, now)
    for name, person in cast.everyone().items():
        if name in ("editor", "deputy", "chief", "layout"):
            sending.answer(sending.send(proof, person, PRINTER, now), person, "收到", now)
        else:
            with pytest.raises(NotAllowed):
                sending.send(proof, person, PRINTER, now)
            with pytest.raises(NotAllowed):
                sending.answer(Dispatch(proof=proof), person, "收到", now)
