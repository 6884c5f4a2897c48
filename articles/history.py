"""Recording versions of a story."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from articles.freeze import freeze, thaw
from articles.models import Article, Revision
from newsroom.lib import canonical
from people.models import User


def record(article: Article, by: User | None, now: datetime, note: str = "") -> Revision:
    """The revision of the story as it stands: a new one if the content differs from the last, else the last.

    Call it inside a transaction that holds the story's row. Keeps `article.digest` at the newest revision.
    """
    content = freeze(article)
    digest = canonical.digest(content)
    last = article.revisions.order_by("-number").first()
    if last is None or last.digest != digest:
        last = Revision.objects.create(
            article=article,
            number=last.number + 1 if last else 1,
            content=content,
            digest=digest,
            author=by,
            note=note,
            created_at=now,
        )
    if article.digest != last.digest:
        article.digest = last.digest
        Article.objects.filter(pk=article.pk).update(digest=last.digest)
    return last


def restore(article: Article, revision: Revision, by: User, now: datetime) -> tuple[Revision, list[str]]:
    """Bring an earlier version back as a new one. Also returns what could no longer be found."""
    with transaction.atomic():
        current = Article.objects.select_for_update().get(pk=article.pk)
        lost = thaw(current, revision.data)
        made = record(current, by, now, note=f"恢复第{revision.number}版")
    article.refresh_from_db()
    return made, lost
