"""Queries about proofs. Time is passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from articles.models import Release

if TYPE_CHECKING:
    from issues.models import Proof  # noqa: F401 - named in the string below


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible(self, now: datetime) -> Self:
        """The one predicate that decides which pages the public sees.

        Within its window, of a paper open to the public, showing no story that is not public itself and no
        photo that was blocked: so a withdrawal hides the page in its own transaction.
        """
        return self.in_window(now).filter(
            ~self._shows_hidden_story(now),
            ~self._shows_blocked_photo(),
            page__issue__masthead__epaper_internal=False,
        )

    def in_window(self, now: datetime) -> Self:
        """Signed for readers at `now`, whether or not something on it was withdrawn."""
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=now), visible_from__lte=now)

    def hidden(self, now: datetime) -> Self:
        """In their window, but showing what the public may no longer see: these want masks."""
        return self.in_window(now).filter(self._shows_hidden_story(now) | self._shows_blocked_photo())

    def unfinished(self, stale_before: datetime) -> Self:
        """Those that nobody is known to typeset: never sent for, or not heard of since then."""
        return self.filter(
            Q(claimed_at__isnull=True) | Q(claimed_at__lt=stale_before), state__in=["waiting", "working"]
        )

    def _shows_hidden_story(self, now: datetime) -> Exists:
        """A story that is not public, or was withdrawn since the page was made: released again with other
        words, it does not bring back the page that has the old ones."""
        releases = Release.objects.filter(article=OuterRef("article"))
        made = Coalesce(OuterRef("proof__masks__created_at"), OuterRef("proof__created_at"))
        since = releases.withdrawn(now).filter(visible_until__gt=made)
        shown = apps.get_model("issues", "ProofStory").objects.filter(proof=OuterRef("pk"))
        return Exists(shown.filter(~Exists(releases.visible(now)) | Exists(since)))

    def _shows_blocked_photo(self) -> Exists:
        shown = apps.get_model("issues", "ProofPhoto").objects.filter(proof=OuterRef("pk"))
        return Exists(shown.filter(photo__blocked_at__isnull=False))
