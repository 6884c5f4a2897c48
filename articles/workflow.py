"""The one path by which a story changes state.

`perform` locks the story, lets a due moment take effect, asks the rules, checks, acts, and adds one link to
the signature chain, in one transaction. Nobody else assigns `Article.status` or a release's window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import history, release, rules
from articles.checklist import Problem, problems
from articles.facts import Facts, facts_of
from articles.freeze import freeze
from articles.models import Article, Correction, Release, Revision
from articles.refusals import Conflict, NotAllowed, NotReady, WorkflowError, check_person, check_words
from newsroom.lib import canonical
from newsroom.lib.stages import Stage
from people import chain
from people import rules as people_rules
from people.models import Signature, User

__all__ = [
    "ACTIONS", "Conflict", "NotAllowed", "NotReady", "WorkflowError", "apply_due", "available", "claim",
    "discard", "leaves", "lock", "perform",
]  # fmt: skip

log = logging.getLogger(__name__)
Status = Article.Status
DEFAULT_NOTICE = "该内容已撤下"


@dataclass
class Step:
    """One action under way: what it was asked with, and what it did so far."""

    action: str
    facts: Facts
    by: User
    now: datetime
    note: str
    notice: str
    release_at: datetime | None
    stage: str = ""
    on_behalf_of: User | None = None
    moved: list[Release] = field(default_factory=list)
    made: Release | None = None

    @property
    def article(self) -> Article:
        return self.facts.article


@dataclass(frozen=True)
class Action:
    label: Promise
    leaves: frozenset[str]
    act: Callable[[Step], None]
    needs_note: bool = False
    needs_release: bool = False  # a release that readers see or will see


def perform(
    action: str,
    article: Article,
    by: User,
    note: str = "",
    release_at: datetime | None = None,
    digest: str | None = None,
    now: datetime | None = None,
    notice: str = "",
) -> Signature:
    """Take one action of `ACTIONS` on a story and return its link in the chain.

    `digest` is the content the person saw (default: the passed instance's). `release_at` None means the
    story's own moment, else at once. `notice` is what readers of a withdrawn story are told. Raises
    NotAllowed, Conflict or NotReady, and then nothing has changed. The passed instance is refreshed.
    """
    now = now or timezone.now()
    what = ACTIONS.get(action)
    if what is None:
        raise ValueError(f"no such action: {action}")
    with transaction.atomic():
        current = lock(article)
        stale = (current.status, current.stage) != (article.status, article.stage)
        flipped = apply_due(current, now)
        facts = facts_of(current, now)
        step = Step(action, facts, by, now, note.strip(), notice.strip(), release_at)
        _check(step, what, stale and not flipped)
        if action in SIGNING:
            _check_digest(current, digest if digest is not None else article.digest)
        what.act(step)
        signature = _sign(step)
    article.refresh_from_db()
    return signature


def lock(article: Article) -> Article:
    """The story as it stands, its row held until the transaction ends."""
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def apply_due(article: Article, now: datetime) -> bool:
    """Let the status follow what readers already see. True if this call changed it.

    Many workers may try: the conditional UPDATE lets one through.
    """
    for status, query, to, action in (
        (Status.SIGNED, Article.objects.due(now), Status.PUBLISHED, "publish"),
        (Status.PUBLISHED, Article.objects.run_out(now), Status.WITHDRAWN, "expire"),
    ):
        if article.status != status or not query.filter(pk=article.pk).exists():
            continue
        claimed = Article.objects.filter(pk=article.pk, status=status).update(
            status=to, stage=None, moved_at=now, trouble=""
        )
        if claimed:
            live = article.releases.visible(now).first()
            chain.append(article.subject, action, None, at=now, digest=live.revision.digest if live else "")
        article.refresh_from_db()
        return bool(claimed)
    return False


def _check(step: Step, what: Action, stale: bool) -> None:
    check_person(step.by)
    if stale:
        raise Conflict(
            _("此稿刚被别人处理过，现在是“%s”。请刷新后再看。") % step.article.get_status_display()
        )
    refused = rules.why_not(step.action, step.by, step.facts)
    if refused:
        raise NotAllowed(refused)
    if not leaves(step.action, step.facts):
        raise Conflict(_("此稿现在是“%s”，不能%s。") % (step.article.get_status_display(), what.label))
    if what.needs_note and not step.note:
        raise NotReady([Problem("note", _("请写明%s的原因或内容。") % what.label)])
    check_words("note", step.note)
    check_words("notice", step.notice)


def leaves(action: str, facts: Facts) -> bool:
    """Is the story in a state that this action leaves from?"""
    what = ACTIONS[action]
    if what.needs_release and not (facts.live or facts.pending):
        return False
    if action == "correct" and not facts.live:
        return False
    return facts.status in what.leaves


def available(user: User, facts: Facts) -> list[str]:
    """The actions this person could take on this story now, in the order of the table."""
    if not user.is_active or user.is_superuser:
        return []
    return [a for a in ACTIONS if leaves(a, facts) and rules.why_not(a, user, facts) is None]


def _check_digest(current: Article, seen: str) -> None:
    if seen != current.digest or canonical.digest(freeze(current)) != current.digest:
        raise Conflict(_("稿件内容（或所用图片、栏目的文字）在你打开之后有改动，请重新查看后再签。"))


def _move(article: Article, to: str, now: datetime, stage: int | None = None) -> None:
    """The conditional UPDATE by which a lost race changes nothing."""
    claimed = Article.objects.filter(
        pk=article.pk, status=article.status, stage=article.stage, digest=article.digest
    ).update(status=to, stage=stage, moved_at=now, trouble="")
    if not claimed:
        raise Conflict(_("此稿刚被别人处理过。请刷新后再看。"))
    article.status, article.stage = to, stage


def _sign(step: Step) -> Signature:
    effect: dict[str, Any] = {}
    if step.made:
        effect["release"] = [step.made.pk, step.made.digest]
    if step.moved:
        effect["windows"] = [release.window(r) for r in step.moved]
    if step.notice:
        effect["notice"] = step.notice
    return chain.append(
        step.article.subject,
        step.action,
        step.by,
        at=step.now,
        stage=step.stage,
        digest=step.article.digest,
        note=step.note,
        effect=effect or None,
        on_behalf_of=step.on_behalf_of,
    )


# ---- the actions ----


def _submit(step: Step) -> None:
    history.record(step.article, step.by, step.now)
    found = problems(step.article, step.now)
    if found:
        raise NotReady(found)
    _move(step.article, Status.REVIEW, step.now, stage=0)


def _pass(step: Step) -> None:
    found = problems(step.article, step.now)
    if found:
        raise NotReady(found)
    stages = settings.REVIEW_STAGES
    if rules.why_not_reviewer(step.by, step.facts):  # then it is a confirmation, and the story stays
        held = people_rules.stages_held(step.by, step.now)
        _in_stage(step, [s for s in stages[:-1] if s.name in held][-1])
        return
    _in_stage(step, step.facts.stage)
    position = step.article.stage or 0
    if position + 1 < len(stages):
        _move(step.article, Status.REVIEW, step.now, stage=position + 1)
    else:
        _release(step)


def _in_stage(step: Step, stage: Stage | None) -> None:
    """Sign in that stage, for whoever lent it."""
    assert stage is not None  # the table lets only stories in review come here
    step.stage = stage.name
    step.on_behalf_of = people_rules.delegated_by(step.by, step.stage, step.now)


def _release(step: Step) -> None:
    article, now = step.article, step.now
    revision = Revision.objects.filter(article=article, digest=article.digest).latest("number")
    with_issue = article.with_issue and step.release_at is None
    moment = None if with_issue else max(step.release_at or article.release_at or now, now)
    step.moved = release.issue(revision, now, visible_from=moment, expires_at=article.expires_at)
    step.made = step.moved[0]
    if step.release_at:
        Article.objects.filter(pk=article.pk).update(release_at=step.release_at, with_issue=False)
    _move(article, Status.PUBLISHED if moment == now else Status.SIGNED, now)


def _return(step: Step) -> None:
    _in_stage(step, step.facts.stage)
    _move(step.article, Status.DRAFT, step.now)


def _to_draft(step: Step) -> None:
    _move(step.article, Status.DRAFT, step.now)


def _spike(step: Step) -> None:
    _move(step.article, Status.SPIKED, step.now)


def _reschedule(step: Step) -> None:
    article, now = step.article, step.now
    moment = max(step.release_at or article.release_at or now, now)
    pending = article.releases.pending(now).latest("number")
    step.moved += release.open_window(pending, moment)
    Article.objects.filter(pk=article.pk).update(release_at=moment, with_issue=False)
    _move(article, Status.PUBLISHED if moment == now else Status.SIGNED, now)


def _take_back_pending(step: Step) -> None:
    for pending in step.article.releases.pending(step.now):
        step.moved += release.take_back(pending, step.now)


def _reopen(step: Step) -> None:
    _take_back_pending(step)
    _move(step.article, Status.DRAFT, step.now)


def _amend(step: Step) -> None:
    """改稿重发: the first signature proposes, the second, with a chief among the two, releases at once."""
    article, now = step.article, step.now
    live = article.releases.visible(now).latest("number")
    if live.revision.digest == article.digest:
        raise NotReady([Problem("body", _("改稿与线上版本相同，没有可重发的改动。"))])
    found = problems(article, now)
    if found:
        raise NotReady(found)
    signers = User.objects.filter(pk__in=[*step.facts.amenders, step.by.pk])
    if len(signers) < 2:
        return
    if not any(people_rules.is_chief(user) for user in signers):
        raise NotReady([Problem("note", _("两位签发人中须有一位总编辑（终审）。"))])
    revision = Revision.objects.filter(article=article, digest=article.digest).latest("number")
    step.moved = release.issue(revision, now, visible_from=now, expires_at=article.expires_at)
    step.made = step.moved[0]
    _move(article, Status.PUBLISHED, now)


def _withdraw(step: Step) -> None:
    step.notice = step.notice or DEFAULT_NOTICE
    step.moved += release.withdraw(step.article, step.now, step.notice)
    _move(step.article, Status.WITHDRAWN, step.now)


def _correct(step: Step) -> None:
    Correction.objects.create(article=step.article, text=step.note, at=step.now, by=step.by)


def claim(article: Article, by: User, now: datetime) -> None:
    """认领: say who works on it. A second claim takes it over; claiming one's own gives it back."""
    with transaction.atomic():
        current = lock(article)
        if not rules.may_claim(by, facts_of(current, now)):
            raise NotAllowed(_("认领由编辑在稿件签发前进行。"))
        owner = None if current.claimed_by_id == by.pk else by
        Article.objects.filter(pk=current.pk).update(claimed_by=owner)
    article.refresh_from_db()


def discard(article: Article, by: User, now: datetime) -> None:
    """Delete a story that was never signed, with its versions; the chain keeps that it was there."""
    with transaction.atomic():
        current = lock(article)
        if not rules.may_discard(by, facts_of(current, now)):
            raise NotAllowed(_("审签过的稿件不能删除，可以“不用”。"))
        chain.append(current.subject, "delete", by, at=now, digest=current.digest, note=str(current))
        revisions = Revision.objects.filter(article=current)
        revisions._raw_delete(revisions.db)
        try:
            current.delete()
        except ProtectedError:
            raise NotAllowed(_("此稿在报纸的版面或导读上，请先从那里撤下。")) from None


SIGNING = {"pass", "amend"}
ANY = frozenset(Status.values)
ACTIONS: dict[str, Action] = {
    "submit": Action(gettext_lazy("提交审核"), frozenset({Status.DRAFT}), _submit),
    "pass": Action(gettext_lazy("通过"), frozenset({Status.REVIEW}), _pass),
    "return": Action(gettext_lazy("退回修改"), frozenset({Status.REVIEW}), _return, needs_note=True),
    "recall": Action(gettext_lazy("收回"), frozenset({Status.REVIEW}), _to_draft),
    "spike": Action(gettext_lazy("不用"), frozenset({Status.DRAFT}), _spike),
    "restore": Action(gettext_lazy("恢复"), frozenset({Status.SPIKED}), _to_draft),
    "reschedule": Action(
        gettext_lazy("改发布时间"), frozenset({Status.SIGNED}), _reschedule, needs_release=True
    ),
    "reopen": Action(
        gettext_lazy("重新编辑"), frozenset({Status.SIGNED, Status.PUBLISHED, Status.WITHDRAWN}), _reopen
    ),
    "amend": Action(gettext_lazy("改稿重发"), frozenset({Status.PUBLISHED}), _amend, needs_release=True),
    "withdraw": Action(gettext_lazy("撤稿"), ANY, _withdraw, needs_note=True, needs_release=True),
    "correct": Action(gettext_lazy("更正"), ANY, _correct, needs_note=True, needs_release=True),
}
