"""What the rules must know of a page: its present round of proofs, who signed what of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from issues.models import Mark, Page, Proof
from newsroom.lib.stages import Stage
from people import rules as people_rules
from people.models import Signature, User
from people.rules import Person


@dataclass
class PageFacts:
    """One page as the rules see it at `now`."""

    page: Page
    now: datetime
    history: list[Signature] = field(default_factory=list)
    proof: Proof | None = None  # the newest, masks apart
    open_marks: int = 0
    # Of each person asked for, shared by the facts that were loaded together.
    stages: dict[int | None, dict[str, User | None]] = field(default_factory=dict, repr=False)

    def stages_held(self, user: Person) -> dict[str, User | None]:
        """The proof stages that are this person's at `now`, asked once for any number of pages."""
        if user.pk not in self.stages:
            self.stages[user.pk] = people_rules.stages_held(user, self.now, settings.PROOF_STAGES)
        return self.stages[user.pk]

    @property
    def stage(self) -> Stage | None:
        """The proof stage the page waits at."""
        if self.page.status != Page.Status.PROOF or self.page.stage is None:
            return None
        return settings.PROOF_STAGES[min(self.page.stage, len(settings.PROOF_STAGES) - 1)]

    @property
    def at_last_stage(self) -> bool:
        return self.stage is not None and self.stage == settings.PROOF_STAGES[-1]

    @property
    def round(self) -> list[Signature]:
        """The chain's entries since a change voided the signatures before it, or the page was given back."""
        ends = [i for i, s in enumerate(self.history) if s.action == "return" or '"voids"' in s.effect]
        return self.history[ends[-1] :] if ends else self.history

    @property
    def signed(self) -> list[Signature]:
        """The signatures that stand."""
        return [s for s in self.round if s.action == "sign"]


def facts_of(page: Page, now: datetime) -> PageFacts:
    return next(facts_for([page], now))


def facts_for(pages: Iterable[Page], now: datetime) -> Iterator[PageFacts]:
    """The facts of each page, in order; three queries however many there are."""
    pages = list(pages)
    history = defaultdict(list)
    for signature in Signature.objects.filter(subject__in=[p.subject for p in pages]).order_by("sequence"):
        history[signature.subject].append(signature)
    newest: dict[int, Proof] = {}
    for proof in Proof.objects.filter(page__in=pages, masks=None).defer("content").order_by("number"):
        newest[proof.page_id] = proof
    marks: dict[int, int] = defaultdict(int)
    for page_id in (
        Mark.objects.filter(page__in=pages).exclude(status="checked").values_list("page", flat=True)
    ):
        marks[page_id] += 1
    stages: dict[int | None, dict[str, User | None]] = {}
    for page in pages:
        last = newest.get(page.pk)
        yield PageFacts(page, now, history[page.subject], last, marks[page.pk], stages)
