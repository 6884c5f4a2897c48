"""A page's proof as a person reads it: the picture with what lies where, marks, differences, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from articles import rules as story_rules
from articles.facts import facts_for as story_facts
from articles.models import Article, Revision
from issues import rules, sending
from issues.admin.composing import cell
from issues.board import card_of
from issues.changes import Change, changes, name_of
from issues.formats import share
from issues.freeze import freeze
from issues.fullness import blank, fit_words, percent
from issues.marks import with_proof
from issues.models import Dispatch, Mark, Page, Proof
from issues.standing import Card
from newsroom.lib import canonical
from people import roles
from people import rules as people_rules
from people.models import User

Status = Page.Status
HEAVY = ("content", "card")
WHITE = 15  # percent of a page that stay white and are worth a word before it is signed off


def css(x: int, y: int, width: int, height: int) -> str:
    """A place in thousandths as CSS has it."""
    return f"left:{x / 10:g}%;top:{y / 10:g}%;width:{width / 10:g}%;height:{height / 10:g}%"


@dataclass(frozen=True)
class Box:
    """A box of the proof on its picture."""

    pk: int
    name: str
    article: int | None
    style: str
    fit: dict[str, Any]  # of the copyfit: state, over, under
    why_not_correct: str = ""  # why this person puts no words right here

    @property
    def fit_words(self) -> str:
        return fit_words(self.fit)


@dataclass(frozen=True)
class Row:
    """A mark in the list, and what this person may do with it."""

    mark: Mark
    number: int
    older: bool  # made on an earlier proof
    steps: list[str]
    by_another: bool = False  # the check is someone else's
    unproofed: bool = False  # changed since the newest proof

    @property
    def style(self) -> str:
        return css(self.mark.x, self.mark.y, self.mark.width, self.mark.height)

    @property
    def is_point(self) -> bool:
        return not (self.mark.width or self.mark.height)

    @property
    def is_correction(self) -> bool:
        return bool(self.mark.before)


@dataclass(frozen=True)
class Difference:
    """A change of a proof; `compare` leads to the story's versions, word by word."""

    sentence: str
    article: int | None = None
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True)
class Since:
    """What changed since the proof that these people signed; without names: since the one before."""

    proof: Proof
    signers: list[str]
    differences: list[Difference]


@dataclass
class Reading:
    """`shown` is the proof looked at: the newest, or an older one by its number."""

    page: Page
    viewer: User
    now: datetime
    number: int | None = None
    typed: dict[str, Any] = field(default_factory=dict)  # a refused mark, as it was posted

    @cached_property
    def card(self) -> Card:
        return card_of(self.page, self.viewer, self.now)

    @cached_property
    def versions(self) -> list[Proof]:
        """All proofs of the page, the newest first; masked ones are readers' alone."""
        proofs = self.page.proofs.filter(masks=None).select_related("created_by").defer(*HEAVY)
        return list(proofs.order_by("-number"))

    @cached_property
    def newest(self) -> Proof | None:
        return self.versions[0] if self.versions else None

    @cached_property
    def shown(self) -> Proof | None:
        if self.number is None:
            return self.newest
        return next((proof for proof in self.versions if proof.number == self.number), None)

    @property
    def is_newest(self) -> bool:
        return self.shown is not None and self.shown == self.newest

    # The picture

    @property
    def size(self) -> tuple[int, int]:
        """Of the largest picture, in pixels."""
        assert self.shown is not None
        width = max(self.shown.sizes)
        return width, self.shown.sizes[width][0]

    @cached_property
    def boxes(self) -> list[Box]:
        if self.shown is None:
            return []
        form = self.shown.data["page"]["format"]
        fits = self.shown.findings.get("fits", {})
        why_not = self._why_not_correct
        return [
            Box(
                one["id"],
                name_of(one),
                one["story"]["article"] if one["story"] else None,
                css(*share(form, one["col"], one["row"], one["cols"], one["rows"])),
                fits.get(str(one["id"]), {}),
                why_not.get(one["story"]["article"], "") if one["story"] else self.no_story,
            )
            for one in self.shown.data["placements"]
        ]

    @property
    def misfits(self) -> list[Box]:
        return [box for box in self.boxes if box.fit.get("state") in ("over", "under")]

    @property
    def blank(self) -> int:
        """Percent of the page that stay white, where that is worth a word before it is signed off."""
        proof = self.shown
        if proof is None or not proof.is_ready or self.page.status != Status.PROOF or self.page.is_outside:
            return 0
        form = proof.data["page"]["format"]
        under = sum(fit.get("under", 0) for fit in proof.findings.get("fits", {}).values())
        white = percent(blank(proof.data["placements"], form, under / cell(form)))
        return white if white > WHITE else 0

    @property
    def no_story(self) -> str:
        return _("这里不是稿件。要改的是版面自己的文字，请只写批注。")

    @cached_property
    def _why_not_correct(self) -> dict[int, str]:
        """Of the stories on the proof that this person cannot correct: why."""
        if self.shown is None or not (self.may_correct and self.takes_marks):
            return {}
        ids = {one["story"]["article"] for one in self.shown.data["placements"] if one["story"]}
        stories = Article.objects.filter(pk__in=ids).defer("body")
        asked = ((f, story_rules.why_not_correct(self.viewer, f)) for f in story_facts(stories, self.now))
        return {facts.article.pk: refused for facts, refused in asked if refused}

    # Marks

    @cached_property
    def rows(self) -> list[Row]:
        """Every mark that is still to be dealt with, all of this proof, and those that were checked on it."""
        marks = self.page.marks.select_related("made_by", "changed_by", "checked_by", "article", "proof")
        marks = marks.defer("article__body", *(f"proof__{name}" for name in (*HEAVY, "report")))
        numbered = list(enumerate(with_proof(marks), 1))
        own = self.shown.pk if self.shown else None
        since = self.shown.created_at if self.shown and self.is_newest else None
        kept = [
            (n, mark)
            for n, mark in numbered
            if mark.proof_id == own
            or mark.status != Mark.Status.CHECKED
            or (since and mark.checked_at and mark.checked_at >= since)
        ]
        return [self._row(n, mark, mark.proof_id != own) for n, mark in kept]

    def _row(self, number: int, mark: Any, older: bool) -> Row:
        if not self.may_mark:
            return Row(mark, number, older, [])
        may_check = rules.may_check(self.viewer, mark)
        match mark.status:
            case Mark.Status.OPEN:
                steps = ["change", *(["drop"] if mark.made_by_id == self.viewer.pk else [])]
            case Mark.Status.CHANGED:
                checks = may_check and mark.is_proofed and self.is_newest
                steps = [*(["check"] if checks else []), "reopen"]
            case _:
                steps = ["reopen"]
        changed = mark.status == Mark.Status.CHANGED
        return Row(mark, number, older, steps, changed and not may_check, changed and not mark.is_proofed)

    @property
    def may_mark(self) -> bool:
        return rules.may_mark(self.viewer) and self.page.status != Status.SIGNED

    @property
    def may_correct(self) -> bool:
        """Whether 改字 is this person's at all; whether the story is still open, is asked of the story."""
        return people_rules.is_editor(self.viewer) or people_rules.has_role(self.viewer, roles.PROOFREADER)

    @property
    def takes_marks(self) -> bool:
        return self.may_mark and self.is_newest and self.shown is not None and self.shown.is_ready

    # What changed

    @cached_property
    def pending(self) -> list[Difference]:
        """What was changed on the page since its newest proof: that proof can no longer be signed."""
        if self.page.status != Status.PROOF or not self.is_newest or self.shown is None:
            return []
        content = freeze(self.page, self.now)
        if canonical.digest(content) == self.page.digest:
            return []
        found = changes(self.shown.data, canonical.load(content)) or [Change("")]
        return self._differences(found, self.shown.data, canonical.load(content))

    @cached_property
    def since(self) -> list[Since]:
        """What the proof differs in from each one that somebody signed, else from the one before it."""
        if self.shown is None:
            return []
        signed: dict[str, list[str]] = {}
        for one in self.card.facts.history:
            if one.action == "sign" and one.digest != self.shown.digest:
                signed.setdefault(one.digest, []).append(f"{one.person_name}（{one.stage}）")
        earlier = [proof for proof in self.versions if proof.number < self.shown.number]
        chosen = [(proof, signed[proof.digest]) for proof in earlier if proof.digest in signed]
        if not chosen and earlier:
            chosen = [(earlier[0], [])]
        found = []
        for proof, signers in chosen[:4]:
            data = proof.data
            listed = self._differences(changes(data, self.shown.data), data, self.shown.data)
            found.append(Since(proof, list(dict.fromkeys(signers)), listed))
        return found

    def _differences(
        self, found: Iterable[Change], old: dict[str, Any], new: dict[str, Any]
    ) -> list[Difference]:
        found = list(found)
        articles = {change.article for change in found if change.article}
        numbers: dict[tuple[int | None, str], int] = {
            (article, digest): number
            for article, digest, number in Revision.objects.filter(article__in=articles)
            .order_by("number")
            .values_list("article", "digest", "number")
        }
        return [
            Difference(
                str(change),
                change.article,
                numbers.get((change.article, _revision(old, change.article))),
                numbers.get((change.article, _revision(new, change.article))),
            )
            for change in found
        ]

    # Sending

    @cached_property
    def dispatches(self) -> list[Dispatch]:
        sent = Dispatch.objects.filter(proof__page=self.page).select_related("proof", "by", "answered_by")
        return list(sent.defer(*(f"proof__{name}" for name in (*HEAVY, "report"))))

    @cached_property
    def signed(self) -> int | None:
        """The proof that was signed off last."""
        return sending.signed_proofs([self.page]).get(self.page.pk)

    @property
    def is_void(self) -> bool:
        """Whether a later proof took the place of the one shown."""
        return self.shown is not None and not self.is_newest

    @property
    def may_send(self) -> bool:
        signed = self.page.status == Status.SIGNED and self.shown is not None and self.shown.pk == self.signed
        return signed and rules.may_send(self.viewer)

    @property
    def may_answer(self) -> bool:
        return rules.may_send(self.viewer)

    @property
    def usual_printer(self) -> str:
        last = Dispatch.objects.order_by("-at", "-pk").values_list("to", flat=True).first()
        return last or self.page.issue.masthead.printed_by

    # Deciding

    @property
    def actions(self) -> list[str]:
        return self.card.actions


def _revision(content: dict[str, Any], article: int | None) -> str:
    boxes = content["placements"]
    return next(
        (b["story"]["revision"] for b in boxes if b["story"] and b["story"]["article"] == article), ""
    )
