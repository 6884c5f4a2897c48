"""How the pages of a paper stand: picture, state, who has each, what is wrong with it, what comes next.

One answer for the board of an issue, the proof page and the desk; a fixed number of queries for any number of
pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from articles.models import Article, Release
from articles.standing import Holders
from issues import rules
from issues.facts import PageFacts, facts_for
from issues.formats import share
from issues.models import Dispatch, Issue, Mark, Page, Placement, Proof
from issues.sending import signed_proofs
from issues.workflow import available
from people import roles
from people import rules as people_rules
from people.models import Signature, User

Status = Page.Status
MOST_NAMES = 2


@dataclass(frozen=True)
class Step:
    """The one button of a page. `does`: an action to post; else it leads to a page: `at` compose or proof."""

    label: str
    does: str = ""
    at: str = ""
    mine: bool = False  # it waits for this person


@dataclass(frozen=True)
class Area:
    """A box of the page's outline, in thousandths of it."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    words: str

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass
class Card:
    """One page as a person of the newsroom finds it at `facts.now`."""

    facts: PageFacts
    viewer: User
    picture: Proof | None = None  # the newest that has one
    boxes: list[Placement] = field(default_factory=list)
    unsigned: list[Article] = field(default_factory=list)
    open_marks: int = 0
    changed_marks: int = 0  # that this person may check
    holders: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    dispatch: Dispatch | None = None  # the last
    signed_proof: int | None = None
    now_public: bool = False

    @property
    def page(self) -> Page:
        return self.facts.page

    @property
    def proof(self) -> Proof | None:
        return self.facts.proof

    @property
    def state(self) -> str:
        """拼版中, 一校…, 已签样; with 排版中 while the proof is being set."""
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
        return [fit["words"] for fit in fits.values() if fit.get("state") == "over"]

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
        if self.unsigned:
            found.append(_("%d篇未签发") % len(self.unsigned))
        found += self.over
        if self.open_marks:
            found.append(_("批注%d处未改") % self.open_marks)
        if waiting := self.facts.open_marks - self.open_marks:
            found.append(_("批注%d处待核红") % waiting)
        return found

    @property
    def step(self) -> Step:
        if self.page.status == Status.COMPOSING:
            return self._composing()
        if self.page.status == Status.SIGNED:
            send = rules.may_send(self.viewer) and not self.is_sent
            return Step(_("传版") if send else _("看样"), at="proof")
        stage = self.facts.stage
        if self.failed and "proof" in self.actions:
            return Step(_("看原因"), at="proof", mine=True)
        if self.open_marks and rules.may_edit_issues(self.viewer):
            return Step(_("改批注"), at="proof", mine=True)
        if "sign" in self.actions and stage:
            return Step(_("去%s") % stage.name, at="proof", mine=True)
        if self.changed_marks:
            return Step(_("核红"), at="proof", mine=True)
        return Step(_("看样"), at="proof")

    @property
    def outline(self) -> list[Area]:
        """What stands where, for a page without a picture."""
        form = self.page.frozen_format()
        found = []
        for box in self.boxes:
            x, y, width, height = share(form, box.col, box.row, box.cols, box.rows)
            found.append(Area(x, y, width, height, box.kind, str(box)))
        return found

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the page in millimetres."""
        form = self.page.frozen_format()
        return form["width"] // 1000, form["height"] // 1000

    def _composing(self) -> Step:
        if "proof" not in self.actions:
            return Step(_("看样"), at="proof") if self.proof else Step("")
        if any(box.article_id or box.photo_id for box in self.boxes) or self.page.is_outside:
            return Step(_("出样"), does="proof", mine=True)
        return Step(_("拼版"), at="compose", mine=True)


def pages_of(issues: Iterable[Issue]) -> list[Page]:
    """The pages of these issues in order, each with its issue and masthead; one query."""
    pages = Page.objects.filter(issue__in=issues).select_related("issue__masthead")
    return list(pages.order_by("issue__date", "number"))


def cards(pages: Sequence[Page], viewer: User, now: datetime) -> list[Card]:
    """The pages in order; they come with their issue."""
    holders = Holders(now, settings.PROOF_STAGES)
    pictures = _pictures(pages)
    boxes = _boxes(pages)
    public = _public({box.article_id for those in boxes.values() for box in those if box.article_id}, now)
    marks = _marks(pages)
    sent = _sent(pages)
    signed = signed_proofs(pages)
    checks = _to_check(pages, viewer) if rules.may_mark(viewer) else Counter()
    found = []
    for facts in facts_for(pages, now):
        page = facts.page
        stories = {box.article_id: box.article for box in boxes[page.pk] if box.article}
        found.append(
            Card(
                facts,
                viewer,
                picture=pictures.get(page.pk),
                boxes=boxes[page.pk],
                unsigned=[story for pk, story in stories.items() if pk not in public],
                open_marks=marks[page.pk],
                changed_marks=checks[page.pk],
                holders=_holders(facts, holders),
                actions=available(viewer, facts),
                dispatch=sent.get(page.pk),
                signed_proof=signed.get(page.pk),
                now_public=bool(page.issue.release_at and page.issue.release_at <= now),
            )
        )
    return found


def card_of(page: Page, viewer: User, now: datetime) -> Card:
    return cards([page], viewer, now)[0]


def _holders(facts: PageFacts, holders: Holders) -> list[str]:
    """Who can sign the page at its present stage."""
    stage = facts.stage
    if stage is None:
        return []
    barred = {s.person_id for s in facts.signed} if facts.at_last_stage else set()
    return [name for pk, name in holders.by_stage[stage.name].items() if pk not in barred]


def _pictures(pages: Sequence[Page]) -> dict[int, Proof]:
    """The newest proof of each page that can be looked at, without its texts."""
    ready = Proof.objects.filter(page__in=pages, masks=None, state=Proof.State.READY)
    rows = ready.order_by("number").only(
        "page", "number", "pictures", "digest", "state", "date", "page_number"
    )
    return {proof.page_id: proof for proof in rows}


def _boxes(pages: Sequence[Page]) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = defaultdict(list)
    rows = Placement.objects.filter(page__in=pages).select_related("article")
    columns = ("page", "kind", "article", "photo", "title", "col", "row", "cols", "rows")
    for box in rows.only(*columns, "article__headline", "article__status"):
        found[box.page_id].append(box)
    return found


def _public(stories: set[int], now: datetime) -> set[int]:
    """Those of the stories that are signed for readers."""
    signed = Release.objects.visible(now) | Release.objects.pending(now)
    return set(signed.filter(article__in=stories).values_list("article", flat=True))


def _marks(pages: Sequence[Page]) -> Counter[int]:
    rows = Mark.objects.filter(page__in=pages, status=Mark.Status.OPEN).order_by()
    return Counter(dict(rows.values_list("page").annotate(Count("pk"))))


def _to_check(pages: Sequence[Page], viewer: User) -> Counter[int]:
    """Changed marks that somebody else changed."""
    rows = (
        Mark.objects.filter(page__in=pages, status=Mark.Status.CHANGED).exclude(changed_by=viewer).order_by()
    )
    return Counter(dict(rows.values_list("page").annotate(Count("pk"))))


def _sent(pages: Sequence[Page]) -> dict[int, Dispatch]:
    rows = Dispatch.objects.filter(proof__page__in=pages).select_related("by", "proof")
    rows = rows.defer("proof__content", "proof__card", "proof__report").order_by("at", "pk")
    return {dispatch.proof.page_id: dispatch for dispatch in rows}


def holds_a_proof_stage(user: User, now: datetime) -> bool:
    return bool(people_rules.stages_held(user, now, settings.PROOF_STAGES))


__all__ = ["Area", "Card", "Step", "card_of", "cards", "holds_a_proof_stage", "pages_of"]
