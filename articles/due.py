"""What follows from time passing: the status of a story catches up with what readers already see."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from articles.models import Article, Release
from articles.workflow import apply_due, lock
from newsroom.lib import canonical

log = logging.getLogger(__name__)
LAST_SWEEP = "last_sweep"


@dataclass(frozen=True)
class Outcome:
    """One story dealt with: `trouble` is empty when all went well."""

    article: int
    headline: str
    status: str
    trouble: str = ""


class Tampered(Exception):
    """A release is not the text that was signed."""


def release_due(now: datetime) -> Iterator[Outcome]:
    """Move every due story on, each in a transaction of its own, so that one that fails stops no other.

    Safe beside other workers doing the same: each story is claimed once. A failure is written on the story,
    where the chief's desk shows it, and tried again next time.
    """
    for query in (Article.objects.due(now), Article.objects.run_out(now)):
        for pk in list(query.order_by("pk").values_list("pk", flat=True)):
            outcome = _move_on(pk, now)
            if outcome:
                yield outcome
    cache.set(LAST_SWEEP, now.timestamp(), timeout=None)


def _move_on(pk: int, now: datetime) -> Outcome | None:
    try:
        with transaction.atomic():
            article = lock(Article(pk=pk))
            changed = apply_due(article, now)
            for release in article.releases.visible(now).select_related("revision"):
                check(release)
        return Outcome(pk, article.headline, article.status) if changed else None
    except Exception as wrong:
        log.exception("story %s could not be moved on", pk)
        trouble = str(wrong) or type(wrong).__name__
        Article.objects.filter(pk=pk).update(trouble=trouble)
        return Outcome(pk, "", "", trouble)


def check(release: Release) -> None:
    """Raises Tampered unless the release and its revision are what was signed."""
    if canonical.digest(release.signed_text()) != release.digest:
        raise Tampered(f"发布件 {release.pk} 与签发时的内容不符")
    if canonical.digest(release.revision.content) != release.revision.digest:
        raise Tampered(f"版本 {release.revision} 与签发时的内容不符")
