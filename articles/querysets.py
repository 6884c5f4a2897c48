"""Queries about many stories, releases and listings. Time is passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q

from people import rules as people_rules
from people.models import User
from people.rules import Person

if TYPE_CHECKING:
    from articles.models import Article, Intake, Listing, Release  # noqa: F401 - named in the strings below
    from people.models import Region


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible(self, now: datetime) -> Self:
        """The one predicate that decides what the public sees."""
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=now), visible_from__lte=now)

    def stories(self, now: datetime) -> Self:
        """What stands in lists, feeds and maps of stories: all the public sees but standing pages."""
        return self.visible(now).filter(page="")

    def pages(self, now: datetime) -> Self:
        """The standing pages (固定页面) that the public sees.

        Said twice: SQLite takes the index of the few only for a range of it, and else walks the archive.
        """
        return self.visible(now).exclude(page="").filter(page__gt="")

    def hidden(self, now: datetime) -> Self:
        """All that `visible` leaves out: few of an archive, so a search is quicker without them than with."""
        unseen = Q(visible_from=None) | Q(visible_from__gt=now)
        return self.filter(unseen | Q(visible_until__lte=now))

    def pending(self, now: datetime) -> Self:
        """Signed and not yet due, or waiting for an issue; neither withdrawn nor taken back."""
        return self.filter(
            Q(visible_from=None) | Q(visible_from__gt=now), end_reason__in=["", "expired", "replaced"]
        )

    def withdrawn(self, now: datetime) -> Self:
        """Those whose withdrawal has come, whether or not readers had seen them."""
        return self.filter(end_reason="withdrawn", visible_until__lte=now)

    def once_public(self, now: datetime) -> Self:
        """Those the public could see for some time before `now` and no longer can."""
        return self.filter(visible_until__lte=now, visible_from__lt=models.F("visible_until"))

    def next_change(self, now: datetime) -> datetime | None:
        """When the clock alone will next change which of these readers see; None if it won't."""
        appear = self.filter(visible_from__gt=now).aggregate(at=Min("visible_from"))
        end = self.filter(visible_until__gt=now).aggregate(at=Min("visible_until"))
        return min((found["at"] for found in (appear, end) if found["at"]), default=None)

    def for_lists(self) -> Self:
        """Newest first, without the columns only a story's own page needs."""
        return self.defer("body", "details", "notice").order_by("-listed_at", "-pk")


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible(self, now: datetime) -> Self:
        return self.filter(
            Q(release__visible_until=None) | Q(release__visible_until__gt=now), release__visible_from__lte=now
        )

    def of(self, kind: str, key: object) -> Self:
        """One list, newest first, its releases fetched in the same query."""
        listed = self.filter(kind=kind, key=str(key)).select_related("release")
        return listed.defer("release__body", "release__details", "release__notice").order_by(
            "-listed_at", "-release_id"
        )

    def behind(self, listed_at: datetime, release_id: int) -> Self:
        """What follows that row, newest first. The first condition is all that an index needs."""
        older = Q(listed_at__lt=listed_at) | Q(listed_at=listed_at, release_id__lt=release_id)
        return self.filter(older, listed_at__lte=listed_at)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: Person) -> Self:
        """What a person may open of what was sent in; `articles.rules.may_view_intake` for many rows."""
        if people_rules.sees_all_stories(user):
            return self
        if not isinstance(user, User) or not people_rules.may_enter_newsroom(user):
            return self.none()
        return self.filter(sent_by=user)

    def light(self) -> Self:
        """Without the long texts, for lists."""
        return self.defer("text", "lines", "pieces")

    def of_file(self, sha256: str) -> Self:
        """The pages of a file, in order."""
        return self.filter(sha256=sha256).order_by("part")

    def unfinished(self, before: datetime) -> Self:
        """Those to be read that nobody gave a sign of life for since then."""
        unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=before)
        return self.filter(unclaimed, status__in=["waiting", "working"])


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Person, now: datetime) -> Self:
        """The stories a person of the newsroom may open; `articles.rules.may_view` for many rows."""
        if people_rules.sees_all_stories(user):
            return self
        if not isinstance(user, User) or not people_rules.may_enter_newsroom(user):
            return self.none()
        held = people_rules.stages_held(user, now)
        stages = [number for number, stage in enumerate(settings.REVIEW_STAGES) if stage.name in held]
        return self.filter(Q(status="review", stage__in=stages) | self._owned(user))

    def _owned(self, user: User) -> Q:
        """Made by him or bylined with him. A subquery of keys: an EXISTS for each row took SQLite minutes."""
        bylined = self.model.bylines.rel.related_model._default_manager.filter(reporter__user=user)
        return Q(created_by=user) | Q(pk__in=bylined.values("article"))

    def owned_by(self, user: User) -> Self:
        return self.filter(self._owned(user))

    def due(self, now: datetime) -> Self:
        """Signed stories whose release readers already see, though the status does not say so yet."""
        return self.filter(self._has_visible_release(now), status="signed").exclude(
            self._has_pending_release(now)
        )

    def run_out(self, now: datetime) -> Self:
        """Published stories whose last release reached its end by itself."""
        ended = Exists(self._releases().filter(article=OuterRef("pk"), end_reason="expired"))
        return self.filter(~self._has_visible_release(now), ended, status="published")

    def live(self, now: datetime) -> Self:
        return self.filter(self._has_visible_release(now))

    def in_region(self, region: Region) -> Self:
        placed = self.model.regions.through.objects.filter(region__code__startswith=region.prefix)
        return self.filter(pk__in=placed.values("article"))

    def search(self, words: str) -> Self:
        """Stories with every one of the words in headline, kicker, subheadline, body or a printed name."""
        found = self
        for word in words.split():
            bylined = self.model.bylines.rel.related_model._default_manager.filter(
                article=OuterRef("pk"), name__icontains=word
            )
            found = found.filter(
                Q(headline__icontains=word)
                | Q(kicker__icontains=word)
                | Q(subheadline__icontains=word)
                | Q(body__icontains=word)
                | Exists(bylined)
            )
        return found

    def _has_visible_release(self, now: datetime) -> Exists:
        return Exists(self._releases().visible(now).filter(article=OuterRef("pk")))

    def _has_pending_release(self, now: datetime) -> Exists:
        return Exists(self._releases().pending(now).filter(article=OuterRef("pk")))

    def _releases(self) -> ReleaseQuerySet:
        return ReleaseQuerySet(self.model.releases.rel.related_model)
