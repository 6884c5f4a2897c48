"""What stands beside a story: its state, the next actions, what is missing, signatures, changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles import rules
from articles.admin import words
from articles.checklist import Problem, problems
from articles.comparison import Compared, changes_between
from articles.freeze import freeze
from articles.models import Article, OutsideAddress, Release, Revision
from articles.standing import Standing, standing_of
from articles.workflow import ACTIONS, DEFAULT_NOTICE, leaves
from newsroom.lib import canonical
from people import rules as people_rules
from people.models import Signature, User

Status = Article.Status

# Those that take what is typed in the form with them: the form is saved first, then the action is taken.
SAVING = frozenset({"submit", "pass", "return", "amend"})
# The one action that moves a story on, by state; the rest stands below it.
FIRST = {"draft": "submit", "review": "pass", "published": "amend", "spiked": "restore"}
WITH_NOTE = frozenset({"return", "withdraw", "correct"})
# Where a sentence about a field leads to.
ANCHORS = {"bylines": "bylines-group", "photos": "photos-group"}


@dataclass(frozen=True)
class Button:
    """One action on offer. `saves`: it goes through the story's own form, which is saved first."""

    action: str
    label: str
    saves: bool = False
    first: bool = False
    needs_note: bool = False
    note: str = ""  # typed before, and refused
    hint: str = ""
    dirty_label: str = ""  # what the button says once something was typed

    @property
    def takes_note(self) -> bool:
        return self.action in WITH_NOTE

    @property
    def takes_time(self) -> bool:
        return self.action == "reschedule"

    @property
    def takes_notice(self) -> bool:
        return self.action == "withdraw"

    @property
    def folded(self) -> bool:
        """Its fields open on demand."""
        return self.takes_note or self.takes_time

    @property
    def grave(self) -> bool:
        return self.action in ("withdraw", "spike")


@dataclass(frozen=True)
class Entry:
    """A line of the story's history."""

    signature: Signature
    words: str
    effect: dict[str, Any]

    @property
    def notice(self) -> str:
        return str(self.effect.get("notice", ""))


@dataclass(frozen=True)
class Missing:
    sentence: str
    anchor: str


@dataclass(frozen=True)
class Marked:
    """花脸稿: what changed since a version that some people signed."""

    since: str
    number: int | None  # of that version
    fields: list[Compared]

    @property
    def count(self) -> int:
        return sum(len(one.changed_lines) for one in self.fields)


@dataclass(frozen=True)
class Step:
    """A review stage on the way: done, present or still to come."""

    name: str
    state: str
    signature: Signature | None = None
    by: str = ""


@dataclass
class Panel:
    standing: Standing
    buttons: list[Button] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    live: Release | None = None
    newest: int = 0  # number of the newest version
    outside: list[OutsideAddress] = field(default_factory=list)  # copies that still stand elsewhere
    sendable: bool = False  # there is a release to copy, or a copy to look after
    loose: bool = False  # a picture's or section's words changed since the last save
    notice: str = DEFAULT_NOTICE

    @property
    def article(self) -> Article:
        return self.standing.article

    @property
    def first(self) -> list[Button]:
        return [button for button in self.buttons if button.first]

    @property
    def others(self) -> list[Button]:
        return [button for button in self.buttons if not button.first]

    @property
    def seen(self) -> str:
        """Where the story stood when this panel was drawn; posted back with each action."""
        return seen(self.article)


def seen(article: Article) -> str:
    return f"{article.status}:{'' if article.stage is None else article.stage}"


def panel_of(article: Article, viewer: User, now: datetime, kept: dict[str, str] | None = None) -> Panel:
    """Everything the panel shows. `kept` are notes by action that were typed and not accepted."""
    standing = standing_of(article, viewer, now)
    panel = Panel(standing)
    versions = Revision.objects.filter(article=article)
    panel.newest = versions.order_by("-number").values_list("number", flat=True).first() or 0
    panel.live = Release.objects.visible(now).filter(article=article).select_related("revision").last()
    if article.status == Status.REVIEW or standing.amended:
        panel.loose = canonical.digest(freeze(article)) != article.digest
    panel.buttons = buttons(standing, kept or {})
    panel.refusals = _refusals(standing)
    if article.status in (Status.DRAFT, Status.REVIEW, Status.PUBLISHED):
        panel.missing = [Missing(str(p), anchor(p)) for p in problems(article, now)]
        panel.marked = _marked(panel)
    panel.outside = list(OutsideAddress.objects.standing().filter(article=article).exclude(outcome="cleared"))
    panel.sendable = standing.facts.live or standing.facts.pending or bool(panel.outside)
    panel.steps = _steps(standing)
    panel.history = _history(standing.facts.history)
    return panel


def buttons(standing: Standing, kept: dict[str, str]) -> list[Button]:
    """The actions this person may take now, the one that moves the story on first."""
    facts, viewer = standing.facts, standing.viewer
    editable = rules.may_edit(viewer, facts)
    unamended = facts.status == Status.PUBLISHED and not standing.amended
    first = "" if unamended or standing.held else FIRST.get(facts.status, "")
    same = bool(standing.live_digest) and standing.live_digest == facts.article.digest
    # Readers have this very text: an amendment of it would only be refused.
    offered = [action for action in standing.actions if not (same and action == "amend")]
    offered.sort(key=lambda action: action != first)
    return [
        Button(
            action=action,
            label=button_label(action, standing),
            saves=editable and action in SAVING,
            first=action == first,
            needs_note=ACTIONS[action].needs_note,
            note=kept.get(action, ""),
            hint=_hint(action, standing),
            dirty_label=_dirty_label(action, standing) if editable and action in SAVING else "",
        )
        for action in offered
    ]


def button_label(action: str, standing: Standing) -> str:
    facts = standing.facts
    if action != "pass":
        return words.label(action)
    if rules.why_not_reviewer(standing.viewer, facts) is not None:
        return _("确认改动")
    if facts.at_last_stage:
        return _("签发")
    return _("改后通过") if standing.viewer.pk in facts.changed_since_earlier_stage else words.label("pass")


def anchor(problem: Problem) -> str:
    """The id of the field a problem belongs to, on the story's page."""
    return ANCHORS.get(problem.field, f"id_{problem.field}")


def _dirty_label(action: str, standing: Standing) -> str:
    if action == "pass":
        return _("保存改动") if standing.facts.at_last_stage else _("改后通过")
    return _("保存并%s") % words.label(action)


def _hint(action: str, standing: Standing) -> str:
    article, facts = standing.article, standing.facts
    if action == "pass" and facts.at_last_stage and rules.why_not_reviewer(standing.viewer, facts) is None:
        if article.with_issue:
            return _("签发后随报发布。")
        if article.release_at and article.release_at > facts.now:
            return ""  # the template says the moment
        return _("签发后立即发布。")
    if action == "amend":
        if names := _amenders(standing):
            return _("%s 已签这次改稿。你签发后，新版立即替换线上的版本。") % names
        return _("改稿由总编辑和另一位编辑共同签发，第二人签后立即替换线上的版本。")
    if action == "reopen" and facts.live:
        return _("线上的版本照常可见，直到新版签发。")
    if action == "reopen" and facts.pending:
        return _("还没到时间的发布会取消。")
    return ""


def _amenders(standing: Standing) -> str:
    signed = {s.person_name: None for s in standing.facts.history if s.person_id in standing.facts.amenders}
    return _("、").join(signed)


def _refusals(standing: Standing) -> list[str]:
    """Why the step that is due is not this person's, where he might think it is."""
    viewer, facts = standing.viewer, standing.facts
    found = []
    if leaves("pass", facts) and "pass" not in standing.actions and facts.stages_held(viewer):
        found.append(rules.why_not("pass", viewer, facts))
    if leaves("recall", facts) and "recall" not in standing.actions and rules.owns(viewer, facts):
        found.append(rules.why_not("recall", viewer, facts))
    if facts.amenders and "amend" not in standing.actions and people_rules.is_editor(viewer):
        found.append(rules.why_not("amend", viewer, facts))
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def _steps(standing: Standing) -> list[Step]:
    """The stages of the present round of review, each with its decision."""
    facts = standing.facts
    if facts.status in (Status.DRAFT, Status.SPIKED) or not facts.round:
        return []
    passed = {signature.stage: signature for signature in facts.passes}
    steps = []
    for stage in settings.REVIEW_STAGES:
        signature = passed.get(stage.name)
        if facts.stage == stage:
            steps.append(Step(stage.name, "now", by=standing.holder))
        elif signature:
            steps.append(Step(stage.name, "done", signature, _signer(signature)))
        else:
            steps.append(Step(stage.name, "ahead"))
    return steps


def _signer(signature: Signature) -> str:
    if signature.on_behalf_of_name:
        names = {"person": signature.person_name, "principal": signature.on_behalf_of_name}
        return _("%(person)s（代%(principal)s）") % names
    return signature.person_name


def _history(signatures: list[Signature]) -> list[Entry]:
    """The newest first."""
    entries: list[Entry] = []
    begun = 0
    for at, signature in enumerate(signatures):
        begun = at if signature.action == "submit" else begun
        effect = canonical.load(signature.effect) if signature.effect else {}
        entries.append(Entry(signature, words.entry(signature, signatures[begun:at]), effect))
    return entries[::-1]


def _marked(panel: Panel) -> list[Marked]:
    """What changed since each earlier signature of this round, and since what readers see."""
    facts, article = panel.standing.facts, panel.article
    signed: dict[str, list[str]] = {}
    if article.status != Status.PUBLISHED:
        for signature in facts.round:
            if signature.action in ("submit", "pass") and signature.digest != article.digest:
                passed = _("%(who)s%(stage)s") if signature.stage else _("%(who)s提交")
                names = {"who": _signer(signature), "stage": signature.stage}
                signed.setdefault(signature.digest, []).append(passed % names)
    if panel.live and panel.live.revision.digest != article.digest:
        signed.setdefault(panel.live.revision.digest, []).append(_("上线"))
    if not signed:
        return []
    wanted = Revision.objects.filter(article=article, digest__in=[*signed, article.digest])
    texts = {revision.digest: revision for revision in wanted.order_by("number")}
    if article.digest not in texts:
        return []
    present = texts[article.digest].data
    return [
        Marked(_("、").join(since), texts[digest].number, changes_between(texts[digest].data, present))
        for digest, since in signed.items()
        if digest in texts
    ]
