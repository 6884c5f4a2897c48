"""The mark that changes with whatever readers see, whoever writes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Correction, Release, Section
from articles.workflow import perform
from issues.models import Masthead, Proof
from media.models import Photo
from newsroom import generation
from newsroom.models import Generation
from people.models import Region
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db


def mark() -> int | None:
    """As after a commit, which the transaction of a test never reaches."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT set_config('newsroom.turned', '', true)")
    return Generation.objects.values_list("mark", flat=True).first()


def turns(change: Callable[[], object]) -> bool:
    before = mark()
    change()
    return mark() != before


def test_what_the_newsroom_does_to_readers_pages_turns_it() -> None:
    cast, now = Cast(), timezone.now()
    article = ArticleFactory(section=SectionFactory())
    assert turns(lambda: publish(article, cast, now))
    assert turns(lambda: perform("correct", article, cast.chief, note="应为八百米。", now=now))
    assert turns(lambda: perform("withdraw", article, cast.chief, note="来源有误。", now=now))


def test_so_does_whoever_writes_past_the_newsroom() -> None:
    publish(ArticleFactory(), Cast(), timezone.now())
    section = SectionFactory()
    assert turns(lambda: Release.objects.update(notice="另有说明"))
    assert turns(lambda: Section.objects.filter(pk=section.pk).update(name="本地"))
    assert turns(lambda: Section.objects.filter(pk=section.pk).delete())
    assert turns(lambda: Masthead.objects.create(title="新港周报"))
    assert turns(lambda: Region.objects.create(code="990000", name="某省", level=1))

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_release SET headline = '手改'")

    assert turns(by_hand)


def test_of_a_photo_only_that_it_is_blocked() -> None:
    photo = PhotoFactory()
    photos = Photo.objects.filter(pk=photo.pk)
    assert turns(lambda: photos.update(blocked_at=timezone.now()))
    assert not turns(lambda: photos.update(caption="另一条说明", done=3))


def test_nothing_else_turns_it() -> None:
    assert not turns(lambda: ArticleFactory(headline="还没有人签发"))
    assert not turns(lambda: Proof.objects.update(done=3, claimed_at=timezone.now()))
    assert not turns(lambda: Correction.objects.filter(pk=0).delete())


def test_what_is_undone_has_not_turned_it() -> None:
    section, before = SectionFactory(), mark()
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(name="本地")
        transaction.set_rollback(True)
    assert mark() == before


def test_a_lost_trigger_is_made_again_and_a_foreign_one_dropped() -> None:
    ours = set(generation._installed(connection))
    assert {trigger.name for trigger in generation.triggers(connection)} == {name for name, _ in ours}
    name, table = sorted(ours)[0]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    generation.install()
    assert set(generation._installed(connection)) == ours


def test_every_model_readers_see_is_watched_once() -> None:
    watched = [*generation.WATCHED, *generation.WATCHED_COLUMNS]
    assert len(watched) == len(set(watched))
    for trigger in generation.triggers(connection):
        assert len(trigger.name) < 63, "PostgreSQL cuts longer names"
