"""The list of papers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues import views
from issues.models import Issue, Masthead
from newsroom.lib.dates import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def masthead() -> Masthead:
    return Masthead.objects.create(title="潮头晚报")


def issue(masthead: Masthead, on: date, number: int) -> Issue:
    return Issue.objects.create(masthead=masthead, date=on, number=number, total_number=number + 500)


def test_no_paper_yet(client: Client) -> None:
    response = client.get("/papers/")
    assert response.status_code == 200
    assert "还没有出版的报纸。" in response.content.decode()


def test_papers_stand_under_their_months_newest_first(client: Client, masthead: Masthead) -> None:
    for on, number in [(date(2018, 7, 5), 26), (date(2018, 6, 28), 25), (date(2018, 7, 12), 27)]:
        issue(masthead, on, number)
    content = client.get("/papers/").content.decode()
    words = [
        "2018年7月",
        "<b>27</b>",
        "<b>26</b>",
        "7月5日 星期四",
        "戊戌年五月廿二",
        "526",
        "2018年6月",
        "<b>25</b>",
    ]
    assert [content.index(word) for word in words] == sorted(content.index(word) for word in words)


def test_tomorrows_and_internal_papers_are_not_shown(client: Client, masthead: Masthead) -> None:
    today = day(timezone.now())
    internal = Masthead.objects.create(title="内部参考", epaper_internal=True)
    issue(masthead, today, 801)
    issue(masthead, today + timedelta(days=1), 802)
    issue(internal, today - timedelta(days=1), 803)
    content = client.get("/papers/").content.decode()
    assert [f"<b>{number}</b>" in content for number in (801, 802, 803)] == [True, False, False]


def test_pages_of_papers(client: Client, masthead: Masthead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in range(1, 4):
        issue(masthead, date(2018, 7, number), number)
    assert "<b>1</b>" in client.get("/papers/?page=2").content.decode()
    assert [client.get(f"/papers/?page={page}").status_code for page in ("0", "3", "x")] == [404] * 3


def test_latest_leads_to_the_list(client: Client) -> None:
    response = client.get("/papers/latest/")
    assert (response.status_code, response["Location"]) == (302, "/papers/")
    assert client.post("/papers/latest/").status_code == 405
