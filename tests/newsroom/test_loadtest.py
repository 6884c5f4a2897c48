import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Listing, Release
from issues.models import Issue

pytestmark = pytest.mark.django_db


def test_the_synthetic_archive_is_visible_listed_and_proven(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("loadtest_data", articles=30, issues=5)
    assert Release.objects.visible(timezone.now()).count() == 30
    assert Listing.objects.filter(kind=Listing.Kind.SECTION).count() == 30
    assert Issue.objects.count() == 5
    call_command("verify")
