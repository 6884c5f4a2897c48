"""The archive of papers, with its calendar."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Article
from articles.workflow import perform as on_story
from issues import views
from issues.models import Issue
from newsroom.lib.dates import day
from newsroom.loadtest import make_articles
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.issues import IssueFactory, MastheadFactory, archive, released_issue

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ALWAYS = 7  # queries of the archive, with the channels of its head


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def papers(now: datetime, cast: Cast, *days: date) -> list[Issue]:
    """Papers of one page with one story each."""
    return [released_issue(now, cast, pages=1, date=on, total_number=on.toordinal()) for on in days]


def links(content: str) -> list[str]:
    return re.findall(r'<a[^>]* href="([^"]+)"', content)


# The list


def test_no_paper_yet(client: Client) -> None:
    content = text(client, "/papers/")
    assert "还没有出版的报纸。" in content
    assert "<table" in content
    response = client.get("/papers/latest/")
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302,
        "/papers/",
        "no-cache",
    )


def test_papers_stand_under_their_months_newest_first(client: Client, cast: Cast, now: datetime) -> None:
    front = [[ArticleFactory(headline="海水稻开镰 收成好过往年"), ArticleFactory(headline="两岸从此六分钟")]]
    papers(now, cast, date(2018, 6, 28))
    released_issue(now, cast, pages=front, date=date(2018, 7, 5), number=26, total_number=604)
    papers(now, cast, date(2018, 7, 12))
    content = text(client, "/papers/")
    content = content[content.index('class="papers"') :]
    words = [
        "2018年7月", "7月12日 星期四", "7月5日 星期四", "第<b>26</b>期（总第604期）", "戊戌年五月廿二",
        "海水稻开镰", "两岸从此六分钟", "2018年6月", "6月28日",
    ]  # fmt: skip
    assert [content.index(word) for word in words] == sorted(content.index(word) for word in words)
    assert 'src="/papers/2018-07-05/1/240.png" width="240" height="346" alt="" loading="lazy"' in content
    assert {"/papers/2018-07-05/1/", f"/articles/{front[0][0].pk}/"} <= set(links(content))


def test_what_is_said_was_signed(client: Client, cast: Cast, now: datetime) -> None:
    (issue,) = papers(now, cast, date(2018, 7, 5))
    Issue.objects.filter(pk=issue.pk).update(number=99, date=date(2018, 7, 6))
    Article.objects.update(headline="后来改的标题")
    content = text(client, "/papers/")
    assert "7月5日" in content
    assert "<b>99</b>" not in content
    assert "后来改的标题" not in content


def test_only_papers_whose_moment_has_come(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    papers(now, cast, date(2026, 11, 13))
    released_issue(now + HOUR, cast, pages=1, date=date(2026, 11, 20), number=8, total_number=608)
    IssueFactory(date=date(2026, 11, 27), release_at=None)
    at(now + HOUR - timedelta(microseconds=1))
    assert "11月20日" not in text(client, "/papers/")
    assert client.get("/papers/latest/")["Location"] == "/papers/2026-11-13/1/"
    at(now + HOUR)
    content = text(client, "/papers/")
    assert "11月20日" in content
    assert "11月27日" not in content
    assert client.get("/papers/latest/")["Location"] == "/papers/2026-11-20/1/"


def test_a_paper_whose_front_is_hidden_shows_the_next_page(client: Client, cast: Cast, now: datetime) -> None:
    issue = released_issue(now, cast, pages=2, date=date(2026, 11, 20))
    story = Article.objects.get(placements__page__number=1)
    on_story("withdraw", story, cast.chief, note="有误", now=now)
    content = text(client, "/papers/")
    assert "/papers/2026-11-20/2/240.png" in content
    assert story.headline not in content
    assert client.get("/papers/latest/")["Location"] == "/papers/2026-11-20/2/"
    assert client.get("/papers/2026-11-20/")["Location"] == "/papers/2026-11-20/2/"
    for other in Article.objects.filter(placements__page__issue=issue).exclude(pk=story.pk):
        on_story("withdraw", other, cast.chief, note="有误", now=now)
    assert "11月20日" not in text(client, "/papers/")


def test_pages_of_papers(client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    papers(now, cast, date(2018, 6, 28), date(2018, 7, 5), date(2018, 7, 12))
    second = text(client, "/papers/?page=2")
    assert "6月28日 星期四" in second
    assert 'id="calendar-month">2018年6月<' in second, "the calendar turns to what is listed"
    assert [client.get(f"/papers/?page={page}").status_code for page in ("0", "3", "x")] == [404] * 3


# The calendar


def test_days_with_a_paper_are_links(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, date(2026, 9, 11), date(2026, 11, 13), date(2026, 11, 20))
    content = text(client, "/papers/")
    calendar = content[content.index("<table") : content.index("</table>")]
    assert links(calendar) == ["/papers/2026-11-13/", "/papers/2026-11-20/"]
    assert 'aria-label="11月20日的报纸">20</a>' in calendar
    assert 'rel="prev" href="?month=2026-09"' in content, "months without a paper are skipped"
    assert 'rel="next"' not in content


def test_one_month(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, date(2026, 9, 11), date(2026, 11, 13), date(2026, 11, 20))
    content = text(client, "/papers/?month=2026-09")
    assert 'id="calendar-month">2026年9月<' in content
    assert "9月11日 星期五" in content
    assert "11月13日" not in content
    assert 'rel="next" href="?month=2026-11"' in content
    between = text(client, "/papers/?month=2026-10")
    assert "这个月没有出版报纸。" in between
    assert ('?month=2026-09"' in between, '?month=2026-11"' in between) == (True, True)


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-00", "2026", "2026-9", "二月", "0000-01", "0001-01", "9999-12", "2027-01", "\x00", "%"],
)
def test_months_that_are_none(client: Client, cast: Cast, now: datetime, month: str) -> None:
    papers(now, cast, date(2026, 9, 11), date(2026, 11, 20))
    assert client.get(f"/papers/?month={quote(month)}").status_code == 404


def test_no_month_is_every_month(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, date(2026, 9, 11), date(2026, 11, 20))
    assert text(client, "/papers/?month=") == text(client, "/papers/")


def test_today_is_marked(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, day(now))
    assert len(re.findall(r'aria-current="date"', text(client, "/papers/"))) == 1


# How it answers


@pytest.mark.parametrize("address", ["/papers/", "/papers/?month=2026-11"])
def test_number_of_queries_does_not_grow(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable, address: str
) -> None:
    papers(now, cast, date(2026, 10, 30), date(2026, 11, 20))
    with django_assert_num_queries(ALWAYS):
        text(client, address)
    for number, on in enumerate((6, 13, 27), 10):
        released_issue(now, cast, 3, date=date(2026, 11, on), number=number, total_number=600 + number)
    with django_assert_num_queries(ALWAYS):
        text(client, address)


@pytest.mark.slow
def test_an_archive_of_five_hundred_papers_is_quick(
    client: Client, now: datetime, django_assert_num_queries: Callable
) -> None:
    make_articles(400, now)
    archive(500, date(2026, 11, 20), list(Article.objects.all()), now)
    for address, queries in [
        ("/papers/", ALWAYS), ("/papers/?page=9", ALWAYS), ("/papers/?month=2020-03", ALWAYS),
        ("/papers/latest/", 1), ("/papers/2020-03-06/", 1), ("/papers/2020-03-06/2/", 4),
    ]:  # fmt: skip
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            with django_assert_num_queries(queries):
                assert client.get(address).status_code in (200, 302)
            taken.append(time.perf_counter() - began)
        assert min(taken) < 0.5, (address, taken)


def test_takes_get_and_head_alone(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, date(2026, 11, 20))
    for address in ("/papers/", "/papers/latest/", "/papers/2026-11-20/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == client.get(address).status_code


def test_answers_304_to_who_has_it(client: Client, cast: Cast, now: datetime) -> None:
    papers(now, cast, date(2026, 11, 13))
    first = client.get("/papers/")
    assert first["Cache-Control"] == "no-cache"
    assert client.get("/papers/", headers={"if-none-match": first["ETag"]}).status_code == 304
    papers(now, cast, date(2026, 11, 20))
    assert client.get("/papers/", headers={"if-none-match": first["ETag"]}).status_code == 200


# Papers for the newsroom alone


@pytest.fixture
def internal(cast: Cast, now: datetime) -> Issue:
    masthead = MastheadFactory(title="内部参考", epaper_internal=True)
    return released_issue(
        now, cast, 2, masthead=masthead, date=date(2026, 11, 18), number=7, total_number=707
    )


@pytest.mark.parametrize("who", [None, "outsider", "retired"])
def test_an_internal_paper_is_not_there_for_others(
    client: Client, cast: Cast, now: datetime, internal: Issue, who: str | None
) -> None:
    if who:
        client.force_login(getattr(cast, who))
    assert "11月18日" not in text(client, "/papers/")
    assert client.get("/papers/latest/")["Location"] == "/papers/"
    assert client.get("/papers/2026-11-18/").status_code == 404


def test_the_newsroom_reads_internal_papers(
    client: Client, cast: Cast, now: datetime, internal: Issue
) -> None:
    papers(now, cast, date(2026, 11, 13))
    client.force_login(cast.reporter)
    response = client.get("/papers/")
    assert ("11月18日" in response.content.decode(), "11月13日" in response.content.decode()) == (True, True)
    assert response["Cache-Control"] == "private, no-cache"
    assert client.get("/papers/latest/")["Location"] == "/papers/2026-11-18/1/"
    assert "11月18日" not in text(Client(), "/papers/")


def test_nobody_is_asked_who_he_is_where_no_paper_is_internal(
    client: Client, cast: Cast, now: datetime
) -> None:
    papers(now, cast, date(2026, 11, 13))
    insider = Client()
    insider.force_login(cast.chief)
    for address in ("/papers/", "/papers/2026-11-13/1/", "/papers/2026-11-14/1/"):
        public, private = client.get(address), insider.get(address, headers={"accept-language": "en"})
        assert public.content == private.content
        assert dict(public.headers) == dict(private.headers)
        assert "Cookie" not in private.get("Vary", "")
