"""How a page of the paper stands: its state, who has it, what is wrong with it, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from articles.models import Article
from issues import rules
from issues.facts import PageFacts
from issues.formats import rect
from issues.fullness import fit_words
from issues.models import Dispatch, Page, Placement, Proof
from issues.proofs import STALE
from issues.skeleton import stands
from people import roles
from people import rules as people_rules
from people.models import Signature, User

Status = Page.Status
MOST_NAMES = 2
QUIET = timedelta(minutes=1)  # that long nobody takes a proof up where there are workers


def is_silent(proof: Proof, now: datetime) -> bool:
    """Whether the proof lies there as if no worker ran."""
    if proof.state == Proof.State.WAITING:
        return max(proof.created_at, proof.claimed_at or proof.created_at) < now - QUIET
    return proof.state == Proof.State.WORKING and (proof.claimed_at or proof.created_at) < now - STALE


def press_words(proof: Proof, now: datetime) -> str:
    """How far the typesetting of a proof is."""
    if proof.state in (Proof.State.READY, Proof.State.FAILED):
        return str(proof.get_state_display())
    return _("后台没有响应，请找管理员") if is_silent(proof, now) else _("正在排")


@dataclass(frozen=True)
class Step:
    """The one button of a page. `does`: an action to post; else it leads to a page: `at` compose or proof."""

    label: str
    does: str = ""
    at: str = ""
    mine: bool = False  # it waits for this person
    anchor: str = ""


@dataclass(frozen=True)
class Area:
    """A box of the page's outline, in units of which the page is a thousand wide."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass
class Card:
    """One page as a person of the newsroom finds it at `facts.now`."""

    facts: PageFacts
    viewer: User
    picture: Proof | None = None  # the newest that has one, without what was withdrawn since
    withdrawn: int | None = None  # how many stories the picture has lost by withdrawals; None: it is no mask
    boxes: list[Placement] = field(default_factory=list)
    unsigned: list[Article] = field(default_factory=list)
    open_marks: int = 0
    to_check: int = 0  # changed marks that wait for this person
    unproofed: int = 0  # changed marks that no proof shows yet
    holders: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    dispatch: Dispatch | None = None  # the last
    signed_proof: int | None = None

    @property
    def page(self) -> Page:
        return self.facts.page

    @property
    def proof(self) -> Proof | None:
        return self.facts.proof

    @property
    def state(self) -> str:
        """拼版中, 一校…, 已签样; 正在排 while the proof is being set."""
        if self.typesetting and self.proof:
            return press_words(self.proof, self.facts.now)
        stage = self.facts.stage
        return stage.name if stage else str(self.page.get_status_display())

    @property
    def kind(self) -> str:
        """The state's colour."""
        return str(self.page.status)

    @property
    def typesetting(self) -> bool:
        return self.page.status == Status.PROOF and self.proof is not None and not self.settled

    @property
    def is_silent(self) -> bool:
        return self.typesetting and self.proof is not None and is_silent(self.proof, self.facts.now)

    @property
    def mask(self) -> str:
        """What readers no longer see of the signed page."""
        if self.withdrawn is None:
            return ""
        if not self.withdrawn:
            return _("有图片封存，电子报已挖空")
        return _("已撤%d篇，电子报已挖空") % self.withdrawn

    @property
    def settled(self) -> bool:
        return self.proof is not None and self.proof.state in (Proof.State.READY, Proof.State.FAILED)

    @property
    def failed(self) -> bool:
        return self.proof is not None and self.proof.state == Proof.State.FAILED

    @property
    def returned(self) -> Signature | None:
        """Why it came back, while no new proof was made since."""
        last = self.facts.history[-1] if self.facts.history else None
        return last if last and last.action == "return" and self.page.status == Status.COMPOSING else None

    @property
    def holder(self) -> str:
        """Who has it now; empty where nobody needs to do anything."""
        if self.page.status == Status.COMPOSING:
            return roles.label(roles.LAYOUT)
        stage = self.facts.stage
        if stage is None:
            return ""
        if not self.holders:
            return _("无人可签")
        return roles.label(stage.group) if len(self.holders) > MOST_NAMES else _("、").join(self.holders)

    @property
    def over(self) -> list[str]:
        """超86字 of each overset box of the newest proof."""
        fits = self.proof.findings.get("fits", {}) if self.proof else {}
        return [fit_words(fit) for fit in fits.values() if fit.get("state") == "over"]

    @property
    def is_void(self) -> bool:
        """What the printer has is no longer what is signed."""
        return self.dispatch is not None and (
            self.page.status != Status.SIGNED or self.dispatch.proof_id != self.signed_proof
        )

    @property
    def is_sent(self) -> bool:
        return self.dispatch is not None and not self.is_void

    @property
    def problems(self) -> list[str]:
        """What keeps it from being signed off, in short; nothing once it is."""
        if self.page.status == Status.SIGNED:
            return []
        found = []
        if self.failed:
            found.append(_("排版失败"))
        found += self.over
        if self.open_marks:
            found.append(_("批注%d处未改") % self.open_marks)
        if waiting := self.facts.open_marks - self.open_marks:
            found.append(_("批注%d处待核红") % waiting)
        if self.unsigned:  # last, as the proof's page goes on with their names
            found.append(_("%d篇未签发") % len(self.unsigned))
        return found

    @property
    def step(self) -> Step:
        """What comes next, as far as this person can do it; `mine` where it waits for his hand."""
        if self.page.status == Status.COMPOSING:
            return self._composing()
        if self.page.status == Status.SIGNED:
            send = rules.may_send(self.viewer) and not self.is_sent
            return Step(_("传版"), at="proof", anchor="#sending") if send else Step(_("看样"), at="proof")
        lays_out = people_rules.has_role(self.viewer, roles.LAYOUT)
        stage = self.facts.stage
        if self.failed and "proof" in self.actions:
            return Step(_("看原因"), at="proof", mine=lays_out)
        if self.open_marks and lays_out:
            return Step(_("改批注"), at="proof", mine=True)
        if self.unproofed and lays_out and self.settled and "proof" in self.actions:
            return Step(_("重新出样"), at="proof", mine=True)
        ready = self.proof is not None and self.proof.is_ready
        if "sign" in self.actions and stage and ready and not (self.facts.at_last_stage and self.problems):
            return Step(_("去%s") % stage.name, at="proof", mine=True)
        if self.to_check:
            return Step(_("核红"), at="proof", mine=True)
        return Step(_("看样"), at="proof")

    @property
    def is_removable(self) -> bool:
        """Never proofed, and nothing on it but what stands there every time."""
        empty = all(stands(box) and not box.article_id for box in self.boxes)
        return self.proof is None and empty and not self.page.is_outside

    @property
    def outline(self) -> list[Area]:
        """What stands where, for a page without a picture."""
        form = self.page.frozen_format()
        found = []
        for box in self.boxes:
            x, y, width, height = rect(form, box.col, box.row, box.cols, box.rows)
            scale = 1000 / form["width"]
            sides = [round(side * scale) for side in (x, y, width, height)]
            found.append(Area(sides[0], sides[1], sides[2], sides[3], box.kind))
        return found

    @property
    def tall(self) -> int:
        """The page's height in those units."""
        width, height = self.shape
        return round(height * 1000 / width)

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the page in millimetres."""
        form = self.page.frozen_format()
        return form["width"] // 1000, form["height"] // 1000

    def _composing(self) -> Step:
        if "proof" not in self.actions:
            return Step(_("看样"), at="proof") if self.proof else Step("")
        lays_out = people_rules.has_role(self.viewer, roles.LAYOUT)
        if any(box.article_id or box.photo_id for box in self.boxes) or self.page.is_outside:
            return Step(_("出样"), does="proof", mine=lays_out)
        return Step(_("拼版"), at="compose", mine=lays_out)
