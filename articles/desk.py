"""What lies on a person's desk: what waits, what came back, what is due, what went wrong.

Each desk is a fixed number of queries, however much lies on it; the longest piles are cut, with the way to
all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from articles import rules
from articles.facts import facts_of
from articles.models import Article, Autosave, Correction, OutsideAddress, Release
from articles.querysets import ArticleQuerySet
from articles.standing import Standing, for_lists, standings
from articles.timeline import Timeline, timeline
from articles.workflow import NotAllowed, lock
from media.models import Photo
from people import roles
from people import rules as people_rules
from people.models import Signature, User

Status = Article.Status
LONGEST = 60  # stories fetched for a pile
SHOWN = 20  # of them shown at once
HELD = Q(held=True, status__in=(Status.DRAFT, Status.REVIEW))  # once signed, it was needed after all
AMENDMENTS_WAIT = timedelta(days=90)


@dataclass
class Pile:
    """Stories that lie together. `more` is the query string of the list that has all of them."""

    key: str
    title: str
    empty: str
    rows: list[Standing]
    more: str = ""
    quiet: bool = False  # shown only if something lies on it

    @property
    def shown(self) -> list[Standing]:
        return self.rows[:SHOWN]

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if len(self.rows) >= LONGEST else str(len(self.rows))


@dataclass
class Desk:
    """Everything on one person's desk at `now`."""

    user: User
    now: datetime
    piles: list[Pile] = field(default_factory=list)
    unsaved: list[Autosave] = field(default_factory=list)  # new stories typed and never saved
    timeline: Timeline | None = None
    troubled: list[Article] = field(default_factory=list)
    failed_photos: list[Photo] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    outside: list[OutsideAddress] = field(default_factory=list)  # copies of what was withdrawn or changed
    live: list[Release] = field(default_factory=list)
    shelf: dict[str, int] = field(default_factory=dict)

    @property
    def may_create(self) -> bool:
        return rules.may_create(self.user)

    @property
    def is_editor(self) -> bool:
        return people_rules.is_editor(self.user)


def desk_of(user: User, now: datetime) -> Desk:
    """The desk of a person's role."""
    desk = Desk(user, now)
    if people_rules.sees_everything(user):
        _editors_desk(desk)
    elif people_rules.has_role(user, roles.REPORTER):
        _reporters_desk(desk)
    elif people_rules.sees_all_stories(user):
        _readers_desk(desk)
    if not desk.is_editor:
        _stand_in(desk)
    if desk.may_create:
        own = Autosave.objects.filter(user=user, article=None)
        desk.unsaved = list(own.order_by("-saved_at", "-pk")[:SHOWN])
    return desk


def hold(article: Article, by: User, held: bool, now: datetime) -> None:
    """备用: keep a story in the store for another day, or bring it back. Raises workflow.NotAllowed."""
    with transaction.atomic():
        if not rules.may_hold(by, facts_of(lock(article), now)):
            raise NotAllowed(_("备用由编辑在稿件签发前设定。"))
        Article.objects.filter(pk=article.pk).update(held=held)
    article.refresh_from_db(fields=["held"])


# ---- each role's desk ----


def _reporters_desk(desk: Desk) -> None:
    """My stories by state, what came back first."""
    mine = for_lists(Article.objects.owned_by(desk.user))
    unfinished = (Status.DRAFT, Status.REVIEW, Status.SIGNED)
    rows = _standings(
        desk,
        mine.filter(status__in=unfinished).order_by("-updated_at", "-pk")[: 2 * LONGEST],
        _latest(mine, Status.PUBLISHED, 10),
        _latest(mine, Status.WITHDRAWN, 5),
    )
    at = _by_status(rows)
    back = [row for row in at(Status.DRAFT) if row.returned]
    desk.piles = [
        Pile("returned", _("退回给我的"), _("没有退回的稿件。"), _newest(back), quiet=True),
        Pile(
            "drafts",
            _("我的草稿"),
            _("手上没有草稿。有料就写一篇。"),
            [row for row in at(Status.DRAFT) if not row.returned],
            "mine=1&status=draft",
        ),
        Pile("review", _("审核中"), _("没有送审的稿件。"), at(Status.REVIEW), "mine=1&status=review"),
        Pile("signed", _("待发布"), _("没有待发布的稿件。"), _by_due(at(Status.SIGNED)), quiet=True),
        Pile(
            "published",
            _("已发布"),
            _("还没有发布过稿件。"),
            _newest(at(Status.PUBLISHED)),
            "mine=1&status=published",
        ),
        Pile(
            "withdrawn", _("已撤稿"), "", _newest(at(Status.WITHDRAWN)), "mine=1&status=withdrawn", quiet=True
        ),
    ]
    desk.failed_photos = _failed_photos(Photo.objects.filter(uploaded_by=desk.user))


def _editors_desk(desk: Desk) -> None:
    """What waits for my signature, then what I have in hand, then what moves elsewhere."""
    user = desk.user
    stories = for_lists(Article.objects.all())
    drafts = stories.filter(status=Status.DRAFT, held=False)
    mine = Q(created_by=user) | Q(claimed_by=user)
    rows = _standings(
        desk,
        stories.filter(status=Status.REVIEW, held=False).order_by("moved_at", "pk")[: 5 * LONGEST],
        drafts.filter(mine).order_by("-updated_at")[:LONGEST],
        drafts.filter(claimed_by=None).order_by("-updated_at")[:LONGEST],
        drafts.filter(pk__in=_passed_and_returned(user, desk.now)).order_by("-updated_at")[:LONGEST],
        stories.filter(pk__in=_proposed_amendments(desk.now), status=Status.PUBLISHED),
    )
    desk.piles = _editors_piles(user, rows)
    desk.timeline = timeline(desk.now)
    desk.troubled = _troubled()
    desk.failed_photos = _failed_photos(Photo.objects.all())
    desk.corrections = unprinted()
    desk.outside = outside(desk.now)
    visible = Release.objects.visible(desk.now).for_lists()
    desk.live = list(visible.order_by("-visible_from", "-pk").select_related("article__section")[:8])
    desk.shelf = shelf(Article.objects.all())


def _editors_piles(user: User, rows: list[Standing]) -> list[Pile]:
    at = _by_status(rows)
    waiting = [row for row in rows if row.mine and row.article.status in (Status.REVIEW, Status.PUBLISHED)]
    drafts = at(Status.DRAFT)
    back = [row for row in drafts if row.returned and _concerns(user, row)]
    hand = [row for row in drafts if row.mine and row not in back]
    free = [
        row for row in drafts if row.article.claimed_by_id is None and row not in hand and not row.returned
    ]
    elsewhere = [row for row in at(Status.REVIEW) if row not in waiting]
    return [
        Pile("waiting", _("等我审"), _("没有等你审的稿件。"), _urgent(waiting), "status=review"),
        Pile(
            "amendments",
            _("改稿待另一位签发"),
            "",
            [r for r in rows if r.amend_waits and not r.mine],
            quiet=True,
        ),
        Pile("returned", _("退回的"), _("没有退回的稿件。"), _newest(back), quiet=True),
        Pile("hand", _("我手上的"), _("没有认领的稿件。"), _urgent(hand), "mine=1&status=draft"),
        Pile("free", _("来稿待认领"), _("没有待认领的来稿。"), _urgent(free), "status=draft"),
        Pile("elsewhere", _("其他在审"), _("没有别的稿件在审。"), _urgent(elsewhere), "status=review"),
    ]


def _readers_desk(desk: Desk) -> None:
    """For those who make up and read the pages: what is signed, what will be."""
    stories = for_lists(Article.objects.all())
    rows = _standings(
        desk,
        _latest(stories, Status.SIGNED, LONGEST),
        stories.filter(status=Status.REVIEW, held=False).order_by("moved_at")[:LONGEST],
        _latest(stories, Status.PUBLISHED, SHOWN),
    )
    at = _by_status(rows)
    desk.piles = [
        Pile("signed", _("已签发待用"), _("没有待用的稿件。"), _by_due(at(Status.SIGNED)), "status=signed"),
        Pile("review", _("审核中"), _("没有稿件在审。"), _urgent(at(Status.REVIEW)), "status=review"),
        Pile("published", _("新近发布"), _("还没有发布的稿件。"), _newest(at(Status.PUBLISHED))),
    ]
    desk.timeline = timeline(desk.now)
    desk.corrections = unprinted()


def _stand_in(desk: Desk) -> None:
    """Above all else, what waits for someone who holds a stage for another today (代审)."""
    if not people_rules.stages_held(desk.user, desk.now):
        return
    stories = for_lists(Article.objects.visible_to(desk.user, desk.now))
    rows = _standings(
        desk, stories.filter(status=Status.REVIEW, held=False).order_by("moved_at", "pk")[: 5 * LONGEST]
    )
    waiting = [row for row in rows if row.mine]
    desk.piles.insert(0, Pile("waiting", _("等我代审"), _("没有等你代审的稿件。"), _urgent(waiting)))


# ---- what lies on them ----


def shelf(stories: ArticleQuerySet) -> dict[str, int]:
    """How many stories the store (稿库) has: held ones and spiked ones. One query."""
    spiked = Q(status=Status.SPIKED)
    kept = stories.filter(spiked | HELD)
    return kept.aggregate(held=Count("pk", filter=HELD), spiked=Count("pk", filter=spiked))


def unprinted() -> list[Correction]:
    """更正 that no paper has printed yet."""
    waiting = Correction.objects.filter(printed_on=None).select_related("article")
    return list(waiting.defer("article__body")[:LONGEST])


def outside(now: datetime) -> list[OutsideAddress]:
    """Copies elsewhere of stories that were withdrawn or changed, and which nobody has dealt with yet."""
    waiting = OutsideAddress.objects.to_handle(now).select_related("article")
    return list(waiting.defer("article__body").order_by("article", "pk")[:LONGEST])


def _latest(stories: ArticleQuerySet, status: str, most: int) -> ArticleQuerySet:
    """Those that came to a state last. Only a story in review has a stage; saying so lets the index sort."""
    return stories.filter(status=status, stage=None).order_by("-moved_at", "-pk")[:most]


def _standings(desk: Desk, *lots: Iterable[Article]) -> list[Standing]:
    stories = {story.pk: story for story in chain.from_iterable(lots)}
    return list(standings(stories.values(), desk.user, desk.now))


def _by_status(rows: list[Standing]) -> Callable[..., list[Standing]]:
    return lambda *statuses: [row for row in rows if row.article.status in statuses]


def _urgent(rows: list[Standing]) -> list[Standing]:
    return sorted(rows, key=lambda row: row.urgency)


def _newest(rows: list[Standing]) -> list[Standing]:
    return sorted(rows, key=lambda row: row.since, reverse=True)


def _by_due(rows: list[Standing]) -> list[Standing]:
    return sorted(rows, key=lambda row: (row.due is None, row.due or row.since))


def _concerns(user: User, row: Standing) -> bool:
    """An editor's business that it came back: his story, one he works on, or one he had let pass."""
    passed = any(s.person_id == user.pk for s in row.facts.passes)
    return passed or row.article.claimed_by_id == user.pk or rules.owns(user, row.facts)


def _passed_and_returned(user: User, now: datetime) -> list[int]:
    """Stories this person let pass lately; those still in draft came back."""
    signed = Signature.objects.filter(person=user, action="pass", at__gte=now - timedelta(days=30))
    return _stories_of(signed.order_by("-sequence")[:500])


def _proposed_amendments(now: datetime) -> list[int]:
    """Published stories whose amendment somebody signed lately and which it has not released."""
    signed = Signature.objects.filter(action="amend", effect="", at__gte=now - AMENDMENTS_WAIT)
    return _stories_of(signed.order_by("-sequence")[:LONGEST])


def _stories_of(signed: Iterable[Signature]) -> list[int]:
    subjects = [signature.subject for signature in signed]
    return [int(subject.removeprefix("article:")) for subject in subjects if subject.startswith("article:")]


def _troubled() -> list[Article]:
    return list(
        Article.objects.exclude(trouble="").only("pk", "headline", "trouble", "status").order_by("pk")[:20]
    )


def _failed_photos(photos: object) -> list[Photo]:
    failed = photos.filter(state=Photo.State.FAILED)  # type: ignore[attr-defined]
    return list(failed.select_related("uploaded_by").order_by("-uploaded_at")[:20])
