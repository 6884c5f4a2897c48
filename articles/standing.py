"""How stories stand: who has each, since when, what comes next. One answer for desks, lists and the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import rules
from articles.facts import Facts, facts_for
from articles.models import Article, Byline, Release
from articles.querysets import ArticleQuerySet
from articles.workflow import available
from newsroom.lib.stages import Stage
from people import roles
from people.models import Delegation, Signature, User
from people.rules import bureau_date

Status = Article.Status
# The columns no list shows; they are most of a story's bytes.
TEXTS = ("body", "lede", "editors_note", "copyright_notice")


class Holders:
    """Who holds each stage on a day, of the review unless others are named; two queries, when first asked."""

    def __init__(self, now: datetime, stages: Sequence[Stage] | None = None) -> None:
        self.now = now
        self.stages: Sequence[Stage] = settings.REVIEW_STAGES if stages is None else stages

    @cached_property
    def by_stage(self) -> dict[str, dict[int, str]]:
        """Stage name to its holders' names by user."""
        stages = self.stages
        members: dict[str, dict[int, str]] = defaultdict(dict)
        people = User.objects.filter(
            is_active=True, is_superuser=False, groups__name__in=[s.group for s in stages]
        )
        rows = people.order_by("pk").values_list("groups__name", "pk", "full_name", "username")
        for group, pk, name, username in rows:
            members[group][pk] = name or username
        held = {stage.name: dict(members[stage.group]) for stage in stages}
        lent = Delegation.objects.on(bureau_date(self.now)).filter(
            stage__in=held, deputy__is_active=True, deputy__is_superuser=False, principal__is_active=True
        )
        for stage, pk, name, username in lent.values_list(
            "stage", "deputy", "deputy__full_name", "deputy__username"
        ):
            held[stage].setdefault(pk, name or username)
        return held

    def of(self, facts: Facts) -> dict[int, str]:
        """Those who can sign the story at its present stage."""
        stage = facts.stage
        if stage is None:
            return {}
        barred = facts.authors | {s.person_id for s in facts.passes if s.stage != stage.name}
        return {pk: name for pk, name in self.by_stage[stage.name].items() if pk not in barred}

    def confirmers(self, facts: Facts) -> dict[int, str]:
        """Those who can confirm what the last stage's holder changed."""
        barred = facts.authors | facts.changed_since_earlier_stage
        earlier = [self.by_stage[stage.name] for stage in settings.REVIEW_STAGES[:-1]]
        return {pk: name for held in reversed(earlier) for pk, name in held.items() if pk not in barred}


@dataclass
class Standing:
    """One story as a person of the newsroom finds it at `facts.now`."""

    facts: Facts
    viewer: User
    holders: Holders
    live_digest: str = ""  # of the revision that readers see
    due: datetime | None = None  # when its release appears, where one is pending
    actions: list[str] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return self.facts.article

    @property
    def since(self) -> datetime:
        return self.article.moved_at or self.article.created_at

    @property
    def deadline(self) -> datetime | None:
        """When it must have moved on: the hand-in time, or the moment it is meant for readers."""
        times = [t for t in (self.article.due_at, self.article.release_at) if t]
        return min(times) if times and self.article.status in (Status.DRAFT, Status.REVIEW) else None

    @property
    def late(self) -> bool:
        return self.deadline is not None and self.deadline < self.facts.now

    @property
    def urgency(self) -> tuple[bool, datetime]:
        """What lists of work sort by: the nearest deadline first, then who has waited longest."""
        return (self.deadline is None, self.deadline or self.since)

    @property
    def author(self) -> str:
        """The printed names, the first three of them."""
        names = [b.name or b.outlet for b in self.article.bylines.all() if b.name or b.outlet]
        names = list(dict.fromkeys(names))
        if not names:
            return str(self.article.created_by or "")
        return _("、").join(names[:3]) + (_("等") if len(names) > 3 else "")

    @property
    def state(self) -> str:
        """The state in words, with the stage while in review."""
        stage = self.facts.stage
        return stage.name if stage else str(self.article.get_status_display())

    @property
    def returned(self) -> Signature | None:
        """The decision by which it came back, while nobody has done anything since."""
        last = self.facts.history[-1] if self.facts.history else None
        return last if last and last.action == "return" and self.article.status == Status.DRAFT else None

    @property
    def rounds(self) -> int:
        """How often it was submitted."""
        return sum(1 for s in self.facts.history if s.action == "submit")

    @property
    def amended(self) -> bool:
        """A published story whose text is no longer what readers see."""
        published = self.article.status == Status.PUBLISHED
        return published and bool(self.live_digest) and self.live_digest != self.article.digest

    @property
    def amend_waits(self) -> bool:
        return self.amended and bool(self.facts.amenders)

    @property
    def confirm_waits(self) -> bool:
        """Changed by everyone who holds the last stage: someone of an earlier stage must confirm first."""
        names = self.holders.of(self.facts) if self.facts.at_last_stage else {}
        return bool(names) and names.keys() <= self.facts.changed_since_earlier_stage

    @property
    def holder(self) -> str:
        """Who has it now; empty where nobody needs to do anything."""
        article = self.article
        if article.status == Status.DRAFT:
            return str(article.claimed_by or article.created_by or "")
        if article.status != Status.REVIEW:
            return ""
        names = self.holders.confirmers(self.facts) if self.confirm_waits else self.holders.of(self.facts)
        if article.claimed_by_id in names:
            return str(article.claimed_by)
        if not names:
            return _("无人可审")
        if len(names) > 2 and self.facts.stage:
            return roles.label(self.facts.stage.group)
        return _("、").join(names.values())

    @property
    def held(self) -> bool:
        """Kept for another day; once signed, it was needed after all."""
        return self.article.held and self.article.status in (Status.DRAFT, Status.REVIEW)

    @property
    def next(self) -> str:
        """What has to happen next, in the newsroom's words; empty when nothing has to."""
        if self.held:
            return _("备用")
        match self.article.status:
            case Status.DRAFT:
                return _("改后再提交") if self.returned else _("提交审核")
            case Status.REVIEW:
                return (
                    _("确认改动")
                    if self.confirm_waits
                    else (self.facts.stage.name if self.facts.stage else "")
                )
            case Status.SIGNED:
                return _("随报发布") if self.due is None else _("到时发布")
            case Status.PUBLISHED:
                if self.amend_waits:
                    return _("改稿待第二人签发")
                return _("改稿重发") if self.amended else ""
            case Status.WITHDRAWN:
                return _("重新编辑")
        return _("恢复")

    @property
    def mine(self) -> bool:
        """The next step is this viewer's."""
        status = self.article.status
        if self.held and status == Status.REVIEW:
            return False
        if status == Status.DRAFT:
            return "submit" in self.actions and (
                self.article.claimed_by_id == self.viewer.pk
                or (self.article.claimed_by_id is None and rules.owns(self.viewer, self.facts))
            )
        if status == Status.REVIEW:
            return "pass" in self.actions
        return self.amend_waits and "amend" in self.actions

    @property
    def may_claim(self) -> bool:
        return rules.may_claim(self.viewer, self.facts)

    @property
    def may_hold(self) -> bool:
        return rules.may_hold(self.viewer, self.facts)


def for_lists(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Stories with what a line about each shows, without their texts; two queries."""
    related = ("section__parent", "series", "created_by", "claimed_by")
    names = Prefetch("bylines", Byline.objects.only("article_id", "position", "name", "outlet"))
    return stories.select_related(*related).prefetch_related(names).defer(*TEXTS)


def standings(stories: Iterable[Article], viewer: User, now: datetime) -> Iterator[Standing]:
    """How each story stands, in order; a fixed number of queries however many there are."""
    stories = list(stories)
    holders = Holders(now)
    releases = Release.objects.filter(article__in=[story.pk for story in stories])
    live = dict(releases.visible(now).order_by("number").values_list("article_id", "revision__digest"))
    due = dict(releases.pending(now).order_by("number").values_list("article_id", "visible_from"))
    for facts in facts_for(stories, now):
        yield Standing(
            facts=facts,
            viewer=viewer,
            holders=holders,
            live_digest=live.get(facts.article.pk, ""),
            due=due.get(facts.article.pk),
            actions=available(viewer, facts),
        )


def standing_of(article: Article, viewer: User, now: datetime) -> Standing:
    return next(standings([article], viewer, now))
