"""Handing pages to the printer (传版): who sent which proof to whom, when, and what the printer answered.

Only the newest signed proof goes out; the ones before it are void (作废) from then on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import rules
from issues.checklist import blocked_problems
from issues.models import Dispatch, Page, Proof
from newsroom.lib import canonical
from newsroom.lib.text import clean_line
from people import chain
from people.models import Signature, User

LONGEST = {"to": 120, "answer": 500}


def send(proof: Proof, by: User, to: str, now: datetime) -> Dispatch:
    """Log that the proof's PDF went to that printer, also in the signature chain.

    Raises NotAllowed, NotReady or Conflict with a sentence, and then nothing has changed.
    """
    if not rules.may_send(by):
        raise NotAllowed(_("传版由版面编辑或编辑来做。"))
    with transaction.atomic():
        page = Page.objects.select_for_update(of=("self",)).get(pk=proof.page_id)
        signed = signed_proofs([page]).get(page.pk)
        if signed is None:
            raise Conflict(_("%s还没有签样，不能传版。") % page.label)
        if page.status != Page.Status.SIGNED:
            raise Conflict(_("%s正在改版，等重新签样再传。") % page.label)
        if signed != proof.pk:
            newest = page.proofs.get(pk=signed)
            raise Conflict(_("%(old)s已作废，要传的是%(new)s。") % {"old": proof.label, "new": newest.label})
        if problems := blocked_problems(proof.data):
            raise NotReady(problems)
        to = _line(to, "to", _("请写明传给哪家印刷厂。"))
        dispatch = Dispatch.objects.create(proof=proof, to=to, by=by, at=now)
        chain.append(page.subject, "send", by, at=now, digest=proof.digest, note=dispatch.to)
    return dispatch


def answer(dispatch: Dispatch, by: User, words: str, now: datetime) -> None:
    """Write down what the printer answered; said again, the later answer stands. The instance is refreshed.

    Raises NotAllowed or NotReady.
    """
    if not rules.may_send(by):
        raise NotAllowed(_("印刷厂的答复由版面编辑或编辑登记。"))
    dispatch.answer = _line(words, "answer", _("请写下印刷厂怎么答复。"))
    dispatch.answered_at, dispatch.answered_by = now, by
    dispatch.save(update_fields=["answer", "answered_at", "answered_by"])


def signed_proofs(pages: Iterable[Page]) -> dict[int, int]:
    """Page to the proof that was signed off last, by their primary keys; one query."""
    subjects = {page.subject: page.pk for page in pages}
    entries = Signature.objects.filter(subject__in=subjects, action="sign").exclude(effect="")
    found = {}
    for subject, effect in entries.order_by("sequence").values_list("subject", "effect"):
        signed = canonical.load(effect)
        if "proof" in signed:
            found[subjects[subject]] = signed["proof"][0]
    return found


def _line(text: str, field: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise NotReady([Problem(field, missing)])
    if len(text) > LONGEST[field]:
        raise NotReady([Problem(field, _("文字太长，最多%d个字。") % LONGEST[field])])
    try:
        clean_line(text)
    except ValidationError as wrong:
        raise NotReady([Problem(field, sentence) for sentence in wrong.messages]) from wrong
    return text
