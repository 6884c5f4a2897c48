"""Long lists: what `?page=` shows is what counting rows off would show, and no total outlives its list."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.models import Listing, Release
from articles.totals import LongList
from articles.workflow import perform
from newsroom import loadtest
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish

pytestmark = pytest.mark.django_db
LIST = Listing.Kind.REPORTER
MINUTE = timedelta(minutes=1)


def visible(key: str, now: datetime) -> list[int]:
    return list(Listing.objects.visible(now).of(LIST, key).values_list("release_id", flat=True))


@given(moments=st.lists(st.integers(0, 4), min_size=12, max_size=12), hidden=st.sets(st.integers(0, 11)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_are_those_of_the_plain_list(moments: list[int], hidden: set[int]) -> None:
    """Also where stories share a moment, and where some of them are not, or no longer, to be seen."""
    Release.objects.exists() or loadtest.make_articles(12, timezone.now() - MINUTE)
    now = timezone.now()
    releases = list(Release.objects.order_by("pk"))
    for number, release in enumerate(releases):
        release.listed_at = now - moments[number] * MINUTE
        release.visible_until = now if number in hidden else None
        release.listings.update(listed_at=release.listed_at)
    Release.objects.bulk_update(releases, ["listed_at", "visible_until"])
    key = str(releases[0].more["bylines"][0]["reporter"])
    expected = visible(key, now)
    pages = LongList(LIST, key, now, 3)
    assert pages.count == len(expected)
    for number in pages.page_range:
        shown = [row.release_id for row in pages.page(number)]
        assert shown == expected[(number - 1) * 3 : number * 3]


@pytest.mark.django_db(transaction=True)
def test_a_total_lasts_until_something_is_signed_or_due(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    section = SectionFactory()
    first, second = (ArticleFactory(section=section) for _ in range(2))
    publish(first, cast, now)
    pages = [LongList(Listing.Kind.SECTION, section.pk, now, 30) for _ in range(2)]
    assert [each.count for each in pages] == [1, 1]
    with django_assert_num_queries(1):  # the mark alone
        assert LongList(Listing.Kind.SECTION, section.pk, now, 30).count == 1
    publish(second, cast, now)
    due = now + MINUTE
    Release.objects.filter(article=first).update(visible_until=due)
    assert LongList(Listing.Kind.SECTION, section.pk, now, 30).count == 2
    assert LongList(Listing.Kind.SECTION, section.pk, due - MINUTE / 60, 30).count == 2
    assert LongList(Listing.Kind.SECTION, section.pk, due, 30).count == 1
    perform("withdraw", second, cast.chief, note="撤", now=due)
    assert LongList(Listing.Kind.SECTION, section.pk, due, 30).count == 0
    assert client.get(f"/sections/{section.slug}/").status_code == 200
