"""The one path by which a page and an issue change state.

`perform` locks the row, asks the rules, checks, acts, and adds one link to the signature chain, in one
transaction. Nobody else assigns `Page.status`, `Issue.release_at` or a proof's window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import release as releases
from articles.checklist import Problem
from articles.models import Release
from articles.workflow import (
    Conflict,
    NotAllowed,
    NotReady,
    WorkflowError,
    open_with_paper,
    take_back_from_paper,
)
from issues import changes, checklist, proofs, rules
from issues.facts import PageFacts, facts_of
from issues.freeze import freeze
from issues.models import Issue, Page, Proof, ProofStory
from newsroom.lib import canonical
from newsroom.lib.text import clean_text
from people import chain
from people import rules as people_rules
from people.models import Signature, User

__all__ = [
    "ACTIONS",
    "Conflict",
    "NotAllowed",
    "NotReady",
    "WorkflowError",
    "available",
    "perform",
    "replace",
]

Status = Page.Status
LONGEST_NOTE = 5000


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
    _check_person(by)
    _check_note(note)
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


def _check_person(by: User) -> None:
    if not by.is_active or by.is_superuser:
        raise NotAllowed(_("停用的账号和系统管理员不参与采编审签。"))


def _check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise NotReady([Problem("note", _("文字太长，最多%d个字。") % LONGEST_NOTE)])
    try:
        clean_text(note)
    except ValidationError as refused:
        raise NotReady([Problem("note", sentence) for sentence in refused.messages]) from None


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


# ---- a page ----


def _proof(step: Step) -> None:
    """出样. Signatures stand while all that changed since is what marks asked for; else they are void."""
    page, now = step.page, step.now
    content = freeze(page, now)
    if problems := checklist.layout_problems(canonical.load(content), page):
        raise NotReady(problems)
    stage = page.stage if page.status == Status.PROOF else 0
    if step.facts.signed:
        last = page.proofs.filter(masks=None, digest=step.facts.signed[-1].digest).first()
        found_changes = changes.changes(last.data, canonical.load(content)) if last else []
        if any(change.article not in _marked(step) for change in found_changes):
            stage = 0
            step.effect["voids"] = [s.stage for s in step.facts.signed]
            step.note = "；".join([*([step.note] if step.note else []), *map(str, found_changes)])[
                :LONGEST_NOTE
            ]
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
        found = changes.changes(page.proofs.get(pk=proof.pk).data, canonical.load(current))
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
        step.effect |= _publish([(page, proof)], page.issue, moment, step.now)


def _return(step: Step) -> None:
    page, now = step.page, step.now
    step.digest = step.facts.proof.digest if step.facts.proof else ""
    stage = step.facts.stage
    step.stage = stage.name if stage else ""
    if page.issue.release_at and page.issue.release_at > now:
        # All pages or none: without this one the others cannot come out.
        step.effect |= _take_back(page.issue, now) | {"took_back": page.issue.subject}
    _move(page, Status.COMPOSING, now)


# ---- an issue ----


def _release(issue: Issue, by: User, note: str, release_at: datetime | None, now: datetime) -> Signature:
    """The moment of the whole paper: its pages, and the stories that wait for it, in one transaction."""
    if not rules.may_release(by):
        raise NotAllowed(_("这一步由终审（总编辑）来做。"))
    with transaction.atomic():
        current = Issue.objects.select_for_update(of=("self",)).select_related("masthead").get(pk=issue.pk)
        if current.release_at and current.release_at <= now:
            raise Conflict(_("这一期已经发布。"))
        pages = list(
            Page.objects.select_for_update(of=("self",))
            .select_related("issue__masthead")
            .filter(issue=current)
            .order_by("number")
        )
        signed = [(page, _signed_proof(page)) for page in pages]
        moment = max(release_at or now, now)
        if found := checklist.release_problems(signed, moment, now):
            raise NotReady(found)
        effect = _take_back(current, now) if current.release_at else {}
        again = _publish([(page, proof) for page, proof in signed if proof], current, moment, now)
        # A window moved twice is told once, as it is now.
        moved = {row[0]: row for row in [*effect.get("windows", []), *again["windows"]]}
        again["windows"] = list(moved.values())
        Issue.objects.filter(pk=current.pk).update(release_at=moment)
        return chain.append(
            current.subject, "release", by, at=now, note=note, effect=again | {"release_at": moment}
        )


def _hold(issue: Issue, by: User, note: str, release_at: datetime | None, now: datetime) -> Signature:
    """Take back a moment that has not come."""
    if not rules.may_release(by):
        raise NotAllowed(_("这一步由终审（总编辑）来做。"))
    with transaction.atomic():
        current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
        if current.release_at is None or current.release_at <= now:
            raise Conflict(_("这一期没有待发布的时间可以收回。"))
        effect = _take_back(current, now)
        return chain.append(current.subject, "hold", by, at=now, note=note, effect=effect)


def _signed_proof(page: Page) -> Proof | None:
    """The newest proof, if the page is signed: then that is what was signed."""
    if page.status != Status.SIGNED:
        return None
    return page.proofs.filter(masks=None).order_by("-number").first()


def _publish(
    pages: Iterable[tuple[Page, Proof]], issue: Issue, moment: datetime, now: datetime
) -> dict[str, list[Any]]:
    """Open the windows of signed proofs and of the stories on them. What the chain is to repeat."""
    moved: list[list[Any]] = []
    places: dict[int, int] = {}
    for page, proof in pages:
        moved += _open(page, proof, moment)
        for pk in _printed(proof):
            places.setdefault(pk, page.number)
    # Where it was printed is told to readers who can look it up.
    printed_on = None if issue.masthead.epaper_internal else issue.date
    opened = open_with_paper(places, printed_on, moment, now)
    return {"windows": [releases.window(r) for r in opened], "proofs": moved}


def _printed(proof: Proof) -> list[int]:
    """The stories in the page's boxes; a story that only the guide names has its place elsewhere."""
    boxes = [box["story"]["article"] for box in proof.data["placements"] if box["story"]]
    return list(dict.fromkeys(boxes))


def _open(page: Page, proof: Proof, moment: datetime) -> list[list[Any]]:
    """Readers see that proof from then on, and until then the one they see now."""
    moved = []
    for before in page.proofs.in_window(moment).exclude(pk=proof.pk):
        before.visible_until, before.end_reason = moment, Proof.End.REPLACED
        before.save(update_fields=["visible_until", "end_reason"])
        moved.append(window(before))
    proof.visible_from, proof.visible_until, proof.end_reason = moment, None, ""
    proof.save(update_fields=["visible_from", "visible_until", "end_reason"])
    return [*moved, window(proof)]


def replace(before: Proof, after: Proof, now: datetime) -> list[list[Any]]:
    """A masked proof takes the place of the one it masks. Inside a transaction that holds the page's row."""
    before.visible_until, before.end_reason = now, Proof.End.REPLACED
    before.save(update_fields=["visible_until", "end_reason"])
    after.visible_from, after.visible_until, after.end_reason = now, None, ""
    after.save(update_fields=["visible_from", "visible_until", "end_reason"])
    return [window(before), window(after)]


def _take_back(issue: Issue, now: datetime) -> dict[str, list[Any]]:
    """Nothing of the issue will appear at the moment it had; its stories wait for another one."""
    moved = []
    pending = Proof.objects.select_for_update().filter(page__issue=issue, visible_from__gt=now)
    for proof in pending.order_by("pk"):
        proof.visible_from, proof.visible_until, proof.end_reason = None, None, Proof.End.TAKEN_BACK
        proof.save(update_fields=["visible_from", "visible_until", "end_reason"])
        moved.append(window(proof))
    stories = ProofStory.objects.filter(proof__in=[row[0] for row in moved]).values_list("article", flat=True)
    closed: list[Release] = take_back_from_paper(set(stories), issue.release_at, now)
    Issue.objects.filter(pk=issue.pk).update(release_at=None)
    issue.release_at = None
    return {"windows": [releases.window(r) for r in closed], "proofs": moved}


def window(proof: Proof) -> list[Any]:
    """A proof's window as the chain repeats it."""
    return [proof.pk, proof.digest, proof.visible_from, proof.visible_until, proof.end_reason]


ACTIONS: dict[str, Action] = {
    "proof": Action(gettext_lazy("出样"), frozenset({Status.COMPOSING, Status.PROOF}), _proof),
    "sign": Action(gettext_lazy("签字"), frozenset({Status.PROOF}), _sign),
    "return": Action(
        gettext_lazy("退回改版"), frozenset({Status.PROOF, Status.SIGNED}), _return, needs_note=True
    ),
}
ISSUE_ACTIONS: dict[str, Callable[[Issue, User, str, datetime | None, datetime], Signature]] = {
    "release": _release,
    "hold": _hold,
}
