"""What the rules must know of a story: its authors, its present round of review, what readers see of it.

Loaded for many stories in a fixed number of queries, so that desks and lists can ask the rules buttons ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from articles.models import Article, Byline, Release, Revision
from newsroom.lib.stages import Stage
from people import rules as people_rules
from people.models import Signature, User


@dataclass
class Facts:
    """One story as the rules see it at `now`."""

    article: Article
    now: datetime
    history: list[Signature] = field(default_factory=list)
    bylined: set[int] = field(default_factory=set)
    versions: Sequence[tuple[str, int | None]] = field(default_factory=list)  # (digest, author) by number
    live: bool = False
    pending: bool = False
    # Of each person asked for, shared by the facts that were loaded together.
    stages: dict[int, dict[str, User | None]] = field(default_factory=dict, repr=False)

    def stages_held(self, user: User) -> dict[str, User | None]:
        """`people.rules.stages_held` at `now`, asked once for any number of stories."""
        if user.pk not in self.stages:
            self.stages[user.pk] = people_rules.stages_held(user, self.now)
        return self.stages[user.pk]

    @property
    def status(self) -> str:
        return self.article.status

    @property
    def stage(self) -> Stage | None:
        """The stage the story waits at, while in review."""
        if self.status != Article.Status.REVIEW or self.article.stage is None:
            return None
        return settings.REVIEW_STAGES[min(self.article.stage, len(settings.REVIEW_STAGES) - 1)]

    @property
    def at_last_stage(self) -> bool:
        return self.stage is not None and self.stage == settings.REVIEW_STAGES[-1]

    @property
    def round(self) -> list[Signature]:
        """The chain's entries since the story was last submitted, that submission first."""
        last = max((i for i, s in enumerate(self.history) if s.action == "submit"), default=len(self.history))
        return self.history[last:]

    @property
    def passes(self) -> list[Signature]:
        return [s for s in self.round if s.action == "pass"]

    @property
    def authors(self) -> set[int]:
        """Creator, submitter and bylined logins; keying in someone else's text makes no author."""
        people = {self.article.created_by_id} | {s.person_id for s in self.round[:1]}
        if self.article.keyed_in_for_another:
            people.discard(self.article.created_by_id)
        return {person for person in people if person} | self.bylined

    @property
    def changed_since_earlier_stage(self) -> set[int | None]:
        """Who made the versions newer than the one an earlier stage (or the submitter) last signed."""
        stage = self.stage
        signed = [
            s.digest
            for s in self.round
            if s.digest and (s.action == "submit" or s.stage != (stage and stage.name))
        ]
        if not signed or signed[-1] == self.article.digest:
            return set()
        digests = [digest for digest, _ in self.versions]
        last = max((i for i, digest in enumerate(digests) if digest == signed[-1]), default=-1)
        return {author for _, author in self.versions[last + 1 :]}

    @property
    def amenders(self) -> set[int]:
        """Who has signed the present text of a published story as its amendment."""
        since = max((i for i, s in enumerate(self.history) if '"release"' in s.effect), default=-1)
        return {
            s.person_id
            for s in self.history[since + 1 :]
            if s.action == "amend" and s.digest == self.article.digest and s.person_id
        }


def facts_of(article: Article, now: datetime) -> Facts:
    return next(facts_for([article], now))


def facts_for(articles: Iterable[Article], now: datetime) -> Iterator[Facts]:
    """The facts of each story, in order; five queries however many there are."""
    stories = list(articles)
    ids = [story.pk for story in stories]
    history = defaultdict(list)
    for signature in Signature.objects.filter(subject__in=[s.subject for s in stories]).order_by("sequence"):
        history[signature.subject].append(signature)
    bylined = defaultdict(set)
    logins = Byline.objects.filter(article__in=ids, reporter__user__isnull=False)
    for article_id, user_id in logins.values_list("article_id", "reporter__user_id"):
        bylined[article_id].add(user_id)
    versions = defaultdict(list)
    for article_id, digest, author in (
        Revision.objects.filter(article__in=ids)
        .order_by("number")
        .values_list("article_id", "digest", "author_id")
    ):
        versions[article_id].append((digest, author))
    releases = Release.objects.filter(article__in=ids)
    live = set(releases.visible(now).values_list("article_id", flat=True))
    pending = set(releases.pending(now).values_list("article_id", flat=True))
    stages: dict[int, dict[str, User | None]] = {}
    for story in stories:
        yield Facts(
            article=story,
            now=now,
            history=history[story.subject],
            bylined=bylined[story.pk],
            versions=versions[story.pk],
            live=story.pk in live,
            pending=story.pk in pending,
            stages=stages,
        )
