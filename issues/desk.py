"""The paper on a person's desk: the next one's pages, and the pages that wait for him.

A fixed number of queries, however many pages there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from issues import rules
from issues.board import cards, holds_a_proof_stage
from issues.models import Issue, Page
from issues.standing import Card
from newsroom.lib.dates import day
from people import rules as people_rules
from people.models import User

FORGOTTEN = timedelta(days=30)  # a paper so old that was never released is no longer being made
MOST_ISSUES = 5
MOST_PAGES = 120


@dataclass
class Paper:
    """`issue`: the next paper, with its pages; None where there is none, or the person sees but his own."""

    user: User
    now: datetime
    issue: Issue | None = None
    cards: list[Card] = field(default_factory=list)
    others: list[Issue] = field(default_factory=list)  # further ones in hand
    waiting: list[Card] = field(default_factory=list)  # at a stage of his, or with marks for him
    last: int = 0  # primary key of the newest issue
    sees: bool = False

    @property
    def may_open(self) -> bool:
        return rules.may_edit_issues(self.user)

    @property
    def is_due(self) -> bool:
        return bool(self.issue and self.issue.release_at)

    @property
    def is_signed(self) -> bool:
        """All of it, so that it waits for its moment."""
        signed = all(card.page.status == Page.Status.SIGNED for card in self.cards)
        return bool(self.cards) and signed and not self.is_due

    @property
    def may_release(self) -> bool:
        return rules.may_release(self.user)


def paper_of(user: User, now: datetime) -> Paper | None:
    """None for whoever has no part in the paper."""
    sees = rules.may_edit_issues(user) or rules.may_mark(user) or people_rules.sees_everything(user)
    if not sees and not holds_a_proof_stage(user, now):
        return None
    paper = Paper(user, now, sees=sees)
    in_hand = list(_in_hand(now))
    found = cards(_pages(in_hand, now), user, now)
    paper.waiting = [card for card in found if _waits(card)]
    if not sees:
        return paper
    paper.last = Issue.objects.order_by("-date").values_list("pk", flat=True).first() or 0
    if in_hand:
        paper.issue, *paper.others = in_hand
        paper.cards = [card for card in found if card.page.issue_id == paper.issue.pk]
    return paper


def _in_hand(now: datetime) -> list[Issue]:
    """Papers that are being made, or wait for their moment, the next one first."""
    has_pages = Exists(Page.objects.filter(issue=OuterRef("pk")))
    ahead = Q(release_at=None) | Q(release_at__gt=now)
    issues = Issue.objects.filter(ahead, has_pages, date__gte=day(now) - FORGOTTEN)
    return list(issues.select_related("masthead").order_by("date")[:MOST_ISSUES])


def _pages(in_hand: list[Issue], now: datetime) -> list[Page]:
    """Their pages, and those of papers already out that are being changed (签样后改版)."""
    changing = Q(issue__release_at__lte=now) & ~Q(status=Page.Status.SIGNED)
    pages = Page.objects.filter(Q(issue__in=in_hand) | changing).select_related("issue__masthead")
    return list(pages.order_by("issue__date", "number")[:MOST_PAGES])


def _waits(card: Card) -> bool:
    """Work on a proof is this person's; what is still being laid out shows with the next paper."""
    return card.step.mine and card.page.status == Page.Status.PROOF
