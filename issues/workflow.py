"""The one path by which a page and an issue change state.

`perform` locks the row, asks the rules, checks, acts, and adds one link to the signature chain, in one
transaction. Nobody else assigns `Page.status`; `Issue.release_at` and the windows of proofs are moved by
`issues.publication`, which this calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checklist import Problem
from articles.refusals import (
    LONGEST_NOTE,
    Conflict,
    NotAllowed,
    NotReady,
    WorkflowError,
    check_person,
    check_words,
)
from issues import changes, checklist, proofs, publication, rules
from issues.facts import PageFacts, facts_of
from issues.freeze import freeze
from issues.models import Issue, Page
from newsroom.lib import canonical
from people import chain
from people import rules as people_rules
from people.models import Signature, User

__all__ = ["ACTIONS", "Conflict", "NotAllowed", "NotReady", "WorkflowError", "available", "lock", "perform"]

Status = Page.Status


@dataclass
class Step:
    """One action on a page under way: what it was asked with, and what it did so far."""

    facts: PageFacts
    by: User
    now: datetime
    note: str
    stage: str = ""
    digest: str = ""
    on_behalf_of: User | None = None
    effect: dict[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.facts.page


@dataclass(frozen=True)
class Action:
    label: Promise
    leaves: frozenset[str]
    act: Callable[[Step], None]
    needs_note: bool = False


def perform(
    action: str,
    subject: Page | Issue,
    by: User,
    note: str = "",
    release_at: datetime | None = None,
    digest: str | None = None,
    now: datetime | None = None,
) -> Signature:
    """Take an action on a page, or on every page of an issue, and return its (last) link in the chain.

    "proof" makes a proof of the page as it stands; "sign" signs the newest one at the present stage, the last
    stage signing the page off; "return" gives it back to be composed; "release" gives the issue its moment
    (`release_at`, default at once), and "hold" takes a moment not yet come back. `digest` is the content
    digest of the proof that was seen (default: the passed page's). Raises NotAllowed, Conflict or NotReady,
    and then nothing has changed. The passed instance is refreshed.
    """
    now = now or timezone.now()
    note = note.strip()
    check_person(by)
    check_words("note", note)
    if action in ISSUE_ACTIONS:
        issue = subject if isinstance(subject, Issue) else subject.issue
        signature = ISSUE_ACTIONS[action](issue, by, note, release_at, now)
        subject.refresh_from_db()
        return signature
    if action not in ACTIONS:
        raise ValueError(f"no such action: {action}")
    if isinstance(subject, Page):
        return _on_page(action, subject, by, note, digest, now)
    pages = list(subject.pages.all())
    if not pages:
        raise NotReady([Problem("pages", _("这一期还没有版面。"))])
    with transaction.atomic():
        for page in pages:
            signature = _on_page(action, page, by, note, None, now)
    subject.refresh_from_db()
    return signature


def _on_page(action: str, page: Page, by: User, note: str, digest: str | None, now: datetime) -> Signature:
    what = ACTIONS[action]
    if action == "sign":
        if refused := rules.why_not(action, by, facts_of(page, now)):
            raise NotAllowed(refused)
        _make_ready(page)
    with transaction.atomic():
        current = lock(page)
        if (current.status, current.stage) != (page.status, page.stage):
            raise Conflict(_("此版刚被别人处理过，现在是“%s”。请刷新后再看。") % current.get_status_display())
        facts = facts_of(current, now)
        if refused := rules.why_not(action, by, facts):
            raise NotAllowed(refused)
        if current.status not in what.leaves:
            state = {"status": current.get_status_display(), "action": what.label}
            raise Conflict(_("此版现在是“%(status)s”，不能%(action)s。") % state)
        if not note and (what.needs_note or current.status == Status.SIGNED):
            raise NotReady([Problem("note", _("请写明%s的原因。") % what.label)])
        step = Step(facts, by, now, note)
        if action == "sign" and (page.digest if digest is None else digest) != current.digest:
            raise Conflict(_("你打开之后又出了新样，请看过再签。"))
        what.act(step)
        signature = chain.append(
            current.subject,
            action,
            by,
            at=now,
            stage=step.stage,
            digest=step.digest,
            note=step.note,
            effect=step.effect or None,
            on_behalf_of=step.on_behalf_of,
        )
    page.refresh_from_db()
    return signature


def lock(page: Page) -> Page:
    """The page as it stands, held until the transaction ends; its issue first, as a release takes them."""
    issue = Issue.objects.select_for_update(of=("self",)).select_related("masthead").get(pk=page.issue_id)
    current = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    current.issue = issue
    return current


def available(user: User, facts: PageFacts) -> list[str]:
    """The actions this person could take on this page now."""
    if not user.is_active or user.is_superuser:
        return []
    return [
        name
        for name, what in ACTIONS.items()
        if facts.page.status in what.leaves and rules.why_not(name, user, facts) is None
    ]


def _make_ready(page: Page) -> None:
    """What is signed has a PDF: outside the transaction, as it takes a moment."""
    newest = page.proofs.filter(masks=None).order_by("-number").first()
    if newest is None:
        return
    try:
        proofs.ensure(newest)
    except proofs.Failed as wrong:
        raise NotReady([Problem("proof", str(wrong))]) from wrong


def _move(page: Page, to: str, now: datetime, stage: int | None = None, digest: str | None = None) -> None:
    """The conditional UPDATE by which a lost race changes nothing."""
    new = page.digest if digest is None else digest
    claimed = Page.objects.filter(
        pk=page.pk, status=page.status, stage=page.stage, digest=page.digest
    ).update(status=to, stage=stage, digest=new, moved_at=now)
    if not claimed:
        raise Conflict(_("此版刚被别人处理过。请刷新后再看。"))
    page.status, page.stage, page.digest = to, stage, new


def _proof(step: Step) -> None:
    """出样. Signatures stand while all that changed since is what marks asked for; else they are void."""
    page, now = step.page, step.now
    content = freeze(page, now)
    if problems := checklist.layout_problems(canonical.load(content), page):
        raise NotReady(problems)
    stage = page.stage if page.status == Status.PROOF else 0
    if step.facts.signed:
        last = page.proofs.filter(masks=None, digest=step.facts.signed[-1].digest).first()
        with translation.override(settings.LANGUAGE_CODE):  # into the chain, whoever asks
            found = changes.changes(last.data, canonical.load(content)) if last else []
        marked = _marked(step)
        if any(change.article not in marked for change in found):
            stage = 0
            step.effect["voids"] = [s.stage for s in step.facts.signed]
            step.note = "；".join(filter(None, [step.note, *map(str, found)]))[:LONGEST_NOTE]
    made = proofs.record(page, content, step.by, now, step.note)
    step.digest = made.content_digest
    _move(page, Status.PROOF, now, stage, made.content_digest)


def _marked(step: Step) -> set[int | None]:
    """Stories that marks since the signatures asked to be corrected."""
    since = step.facts.signed[0].at
    marks = step.page.marks.filter(changed_at__gte=since, article__isnull=False)
    return set(marks.values_list("article", flat=True))


def _sign(step: Step) -> None:
    page, facts = step.page, step.facts
    stage, proof = facts.stage, facts.proof
    assert stage is not None  # the table lets only pages in proof come here
    assert proof is not None
    current = freeze(page, step.now)
    if canonical.digest(current) != page.digest:
        found = changes.changes(proof.data, canonical.load(current))
        said = "；".join(map(str, found)) or _("有稿件签发了，样上的“未签发”还在")
        raise Conflict(_("出样之后版面有改动（%s）。请重新出样再签。") % said)
    step.stage, step.digest = stage.name, proof.digest
    step.on_behalf_of = people_rules.delegated_by(step.by, stage.name, step.now)
    if not facts.at_last_stage:
        _move(page, Status.PROOF, step.now, (page.stage or 0) + 1)
        return
    if lacking := checklist.sign_off_problems(facts, proof):
        raise NotReady(lacking)
    step.effect["proof"] = [proof.pk, proof.digest]
    _move(page, Status.SIGNED, step.now)
    if page.issue.release_at:  # 签样后改版: the others have their moment already
        moment = max(page.issue.release_at, step.now)
        step.effect |= publication.publish([(page, proof)], page.issue, moment, step.now)


def _return(step: Step) -> None:
    page, now = step.page, step.now
    step.digest = step.facts.proof.digest if step.facts.proof else ""
    stage = step.facts.stage
    step.stage = stage.name if stage else ""
    if page.issue.release_at and page.issue.release_at > now:
        # All pages or none: without this one the others cannot come out.
        step.effect |= publication.take_back(page.issue, now) | {"took_back": page.issue.subject}
    _move(page, Status.COMPOSING, now)


ACTIONS: dict[str, Action] = {
    "proof": Action(gettext_lazy("出样"), frozenset({Status.COMPOSING, Status.PROOF}), _proof),
    "sign": Action(gettext_lazy("签字"), frozenset({Status.PROOF}), _sign),
    "return": Action(
        gettext_lazy("退回改版"), frozenset({Status.PROOF, Status.SIGNED}), _return, needs_note=True
    ),
}
ISSUE_ACTIONS: dict[str, Callable[[Issue, User, str, datetime | None, datetime], Signature]] = {
    "release": publication.release,
    "hold": publication.hold,
}
