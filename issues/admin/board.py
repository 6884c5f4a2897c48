"""An issue on its board: all pages at a glance, its moment, who signed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Correction, Release
from issues import rules
from issues.admin.words import Entry, history, history_of
from issues.board import cards, pages_of
from issues.models import Issue, Page
from issues.standing import Card
from people.models import Signature, User

USUAL_HOUR = time(6, 0)
MOST_CORRECTIONS = 40


@dataclass(frozen=True)
class Line:
    """A line of the board's history: of a page, or of the whole issue."""

    entry: Entry
    page: Page | None = None


@dataclass
class Board:
    issue: Issue
    viewer: User
    now: datetime

    @cached_property
    def cards(self) -> list[Card]:
        return cards(pages_of([self.issue]), self.viewer, self.now)

    @property
    def may_edit(self) -> bool:
        return rules.may_edit_issues(self.viewer)

    @property
    def may_change_pages(self) -> bool:
        return self.may_edit and self.issue.release_at is None

    @property
    def may_release(self) -> bool:
        return rules.may_release(self.viewer)

    @property
    def is_public(self) -> bool:
        return self.issue.release_at is not None and self.issue.release_at <= self.now

    @property
    def is_due(self) -> bool:
        return self.issue.release_at is not None and not self.is_public

    @property
    def unsigned(self) -> list[Page]:
        return [card.page for card in self.cards if card.page.status != Page.Status.SIGNED]

    @property
    def is_signed(self) -> bool:
        return bool(self.cards) and not self.unsigned

    @property
    def may_proof_all(self) -> bool:
        """Every page can be proofed, and more than one is waiting for its first."""
        able = all("proof" in card.actions for card in self.cards)
        composing = [
            c for c in self.cards if c.page.status == Page.Status.COMPOSING and c.step.does == "proof"
        ]
        return able and len(composing) == len(self.cards) > 1

    @cached_property
    def with_paper(self) -> int:
        """How many stories on the pages become public with the paper."""
        stories = {box.article_id for card in self.cards for box in card.boxes if box.article_id}
        waiting = Release.objects.pending(self.now).filter(article__in=stories, visible_from=None)
        return waiting.values("article").distinct().count()

    @property
    def proposed_moment(self) -> datetime | None:
        """In the early morning of the paper's day, unless that is over."""
        moment = timezone.make_aware(datetime.combine(self.issue.date, USUAL_HOUR))
        return self.issue.release_at or (moment if moment > self.now else None)

    @cached_property
    def history(self) -> list[Line]:
        """Everything that was signed or decided, the newest first."""
        own = list(Signature.objects.about(self.issue.subject))
        lines = [Line(entry) for entry in history(own, own)]
        for card in self.cards:
            lines += [Line(entry, card.page) for entry in history_of(card.facts)]
        return sorted(lines, key=lambda line: line.entry.signature.sequence, reverse=True)

    @property
    def voided(self) -> list[Line]:
        """Steps that voided signatures, and say what changed."""
        return [line for line in self.history if line.entry.voids]

    @cached_property
    def corrections(self) -> list[Correction]:
        """更正 that this paper carries, or that no paper has carried yet."""
        found = Correction.objects.filter(Q(printed_on=None) | Q(printed_on=self.issue.date))
        return list(found.select_related("article").defer("article__body")[:MOST_CORRECTIONS])

    @property
    def waits_for(self) -> str:
        """1版、3版"""
        return _("、").join(_("%d版") % page.number for page in self.unsigned)
