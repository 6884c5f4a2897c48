"""Issues in the newsroom: the list, opening one, the board, the guide, the moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Release
from issues.models import GuideEntry, Issue, Page
from issues.workflow import perform
from people.models import Signature
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

LIST = "/admin/issues/issue/"
HOUR = timedelta(hours=1)


@pytest.fixture
def issue(now: datetime) -> Issue:
    return paper.issue(now)


@pytest.fixture
def layout(cast: Cast) -> Client:
    return logged_in(cast.layout)


def at(issue: Issue, name: str = "change") -> str:
    return f"{LIST}{issue.pk}/{name}/"


def text(answer: Any) -> str:
    return answer.content.decode()


def form(issue: Issue, **changed: Any) -> dict[str, Any]:
    """The issue's form as it stands."""
    names = (
        "date",
        "number",
        "total_number",
        "masthead_id",
        "banner",
        "format",
        "columns",
        "body_size",
        "print_run",
    )
    fields = {name.removesuffix("_id"): getattr(issue, name) for name in names}
    return fields | {"printed_on": "", "guide-TOTAL_FORMS": "0", "guide-INITIAL_FORMS": "0"} | changed


# The list, and the next one


def test_the_list_answers_in_one_glance(layout: Client, cast: Cast, now: datetime) -> None:
    out = paper.issue(now, number=26)
    Issue.objects.filter(pk=out.pk).update(release_at=now - HOUR)
    Page.objects.filter(issue=out).update(status=Page.Status.SIGNED)
    due = paper.issue(now + 48 * HOUR, number=27)
    Issue.objects.filter(pk=due.pk).update(release_at=now + 48 * HOUR)
    made = paper.issue(now + 96 * HOUR, pages=3, number=28)
    made.pages.filter(number=1).update(status=Page.Status.PROOF, stage=1)
    paper.issue(now + 144 * HOUR, pages=0, number=29)
    page = text(layout.get(LIST))
    for words in (
        "已发布",
        "发布</span>",
        "编排中",
        "2版，都已签样",
        "3版：2拼版中 1校对中",
        "没有版面",
        "照上期开新一期",
    ):
        assert words in page, words
    assert "照上期开新一期" not in text(logged_in(cast.proofreader).get(LIST))


def test_the_lists_queries_do_not_grow(layout: Client, now: datetime) -> None:
    def look() -> int:
        layout.get(LIST)
        with CaptureQueriesContext(connection) as found:
            layout.get(LIST)
        return len(found)

    paper.issue(now)
    few = look()
    for n in range(4):
        paper.issue(now + (n + 1) * 24 * HOUR, pages=4, number=27 + n)
    assert look() == few


def test_one_click_opens_the_next_issue(layout: Client, issue: Issue) -> None:
    answer = layout.post(f"{LIST}next/", {"after": issue.pk}, follow=True)
    made = Issue.objects.get(number=issue.number + 1)
    assert answer.redirect_chain == [(at(made), 302)]
    assert f"已开{made.numbers}" in text(answer)
    again = layout.post(f"{LIST}next/", {"after": issue.pk}, follow=True)
    assert "刚有人开了新一期" in text(again)
    assert Issue.objects.count() == 2


def test_not_everyone_opens_one(cast: Cast, issue: Issue) -> None:
    answer = logged_in(cast.proofreader).post(f"{LIST}next/", {"after": issue.pk}, follow=True)
    assert "新一期由版面编辑或编辑来开" in text(answer)
    assert logged_in(cast.reporter).post(f"{LIST}next/", {"after": issue.pk}).status_code == 403
    assert Issue.objects.count() == 1


def test_an_issue_may_be_numbered_by_hand(layout: Client, issue: Issue) -> None:
    page = text(layout.get(f"{LIST}add/"))
    assert f'value="{issue.number + 1}"' in page
    day = issue.date + timedelta(days=30)
    answer = layout.post(f"{LIST}add/", form(issue, date=day, number=31, total_number=900))
    assert answer.status_code == 302
    made = Issue.objects.get(number=31)
    assert (made.date, made.page_count) == (day, 2)
    assert [page.name for page in made.pages.all()] == [page.name for page in issue.pages.all()]
    same = layout.post(f"{LIST}add/", form(issue, date=day + timedelta(days=1), total_number=901))
    assert same.status_code == 200
    assert "期已经有了" in text(same)


# The board


def test_the_board_shows_each_page_with_its_state_and_what_comes_next(
    layout: Client, issue: Issue, cast: Cast, now: datetime
) -> None:
    first, second = issue.pages.all()
    paper.place(first, paper.waiting(cast, now))
    paper.place(second, ArticleFactory(headline="没送审的稿", created_by=cast.reporter))
    paper.sign_page(first, cast, now, stages=1)
    page = text(layout.get(at(issue)))
    for words in (
        "第1版 第1叠",
        "二校",
        "拼版中",
        "1篇未签发",
        "1版、2版还没有签样",
        "一校签字",
        str(cast.proofreader),
    ):
        assert words in page, words
    assert f"/admin/issues/page/{first.pk}/proof/1/480.png" in page
    assert '<svg class="outline"' in page
    assert f'action="/admin/issues/page/{second.pk}/action/"' in page


def test_what_was_signed_and_voided_is_told_with_what_changed(
    layout: Client, issue: Issue, cast: Cast, now: datetime
) -> None:
    page = issue.pages.get(number=1)
    box = paper.place(page, paper.waiting(cast, now))
    paper.sign_page(page, cast, now, stages=2)
    box.rows = 20
    box.save()
    perform("proof", page, cast.layout, now=now)
    shown = text(layout.get(at(issue)))
    assert "作废的签字" in shown
    assert "移动或改了大小" in shown
    assert shown.count('<li class="is-void">') == 2


def test_the_boards_queries_do_not_grow_with_its_pages(cast: Cast, now: datetime) -> None:
    client = logged_in(cast.chief)

    def look(issue: Issue) -> int:
        client.get(at(issue))
        with CaptureQueriesContext(connection) as found:
            client.get(at(issue))
        return len(found)

    thin, thick = paper.issue(now, pages=1), paper.issue(now + 24 * HOUR, pages=6, number=27)
    for page in Page.objects.all():
        paper.place(page, paper.waiting(cast, now))
        perform("proof", page, cast.layout, now=now)
    assert look(thin) == look(thick)


def test_pages_are_added_renamed_and_taken_away(layout: Client, issue: Issue) -> None:
    address = at(issue, "pages")
    assert layout.post(address, {"do": "add", "name": "副刊"}).status_code == 302
    third = issue.pages.get(number=3)
    layout.post(address, {"do": "rename", "page": third.pk, "name": "花灯"})
    third.refresh_from_db()
    assert third.name == "花灯"
    assert "花灯" in text(layout.get(at(issue)))
    layout.post(address, {"do": "remove", "page": third.pk})
    assert issue.pages.count() == 2
    bad = layout.post(address, {"do": "rename", "page": issue.pages.first().pk, "name": "长" * 41})  # type: ignore[union-attr]
    assert (bad.status_code, "长" * 41 in text(bad)) == (422, True), "what was typed comes back"
    other = paper.issue(timezone.now() + 24 * HOUR, number=27).pages.first()
    for data in ({"do": "remove", "page": other.pk}, {"do": "remove", "page": "x"}, {"do": "rub out"}):  # type: ignore[union-attr]
        assert layout.post(address, data).status_code == 404


def test_pages_are_changed_by_makers_alone(cast: Cast, issue: Issue) -> None:
    for name, status in (("proofreader", 403), ("admin", 404), ("reporter", 404)):
        answer = logged_in(getattr(cast, name)).post(at(issue, "pages"), {"do": "add", "name": "x"})
        assert answer.status_code == status, name
    assert issue.pages.count() == 2


# Settings and the guide


def test_the_guide_is_written_with_the_issue(layout: Client, issue: Issue) -> None:
    story = ArticleFactory(headline="新桥通车")
    rows = {
        "guide-TOTAL_FORMS": "2",
        "guide-0-issue": issue.pk, "guide-0-position": "1", "guide-0-page_number": "2",
        "guide-0-article": story.pk,
        "guide-1-issue": issue.pk, "guide-1-position": "2", "guide-1-page_number": "4",
        "guide-1-headline": "还没写的稿",
    }  # fmt: skip
    assert layout.post(at(issue), form(issue, banner="迎接通车", **rows)).status_code == 302
    first, second = issue.guide.all()
    assert (first.article, first.page_number, first.headline) == (story, 2, "")
    assert (second.article, second.headline) == (None, "还没写的稿")
    issue.refresh_from_db()
    assert issue.banner == "迎接通车"
    shown = text(layout.get(at(issue)))
    assert "还没写的稿" in shown
    assert "autocomplete" in shown
    term = layout.get(
        "/admin/autocomplete/?app_label=issues&model_name=guideentry&field_name=article&term=新桥"
    )
    assert term.json()["results"] == [{"id": str(story.pk), "text": "新桥通车"}]


def test_an_error_in_the_form_opens_it(layout: Client, issue: Issue) -> None:
    answer = layout.post(at(issue), form(issue, number=issue.total_number + 1))
    assert answer.status_code == 200
    assert "总期号不会小于期号" in text(answer)
    assert "<details open" in text(answer)


def test_once_it_has_its_moment_what_names_it_stays(layout: Client, issue: Issue, now: datetime) -> None:
    for moment in (now - HOUR, now + HOUR):
        Issue.objects.filter(pk=issue.pk).update(release_at=moment)
        changed = form(
            issue, number=77, total_number=777, date="2030-01-01", format="broadsheet", banner="新通栏"
        )
        assert layout.post(at(issue), changed).status_code == 302
        kept = Issue.objects.get(pk=issue.pk)
        assert (kept.number, kept.total_number, kept.date, kept.format, kept.banner) == (
            issue.number, issue.total_number, issue.date, issue.format, "新通栏",
        )  # fmt: skip


def test_a_form_does_not_give_it_its_moment(layout: Client, issue: Issue, now: datetime) -> None:
    layout.post(
        at(issue), form(issue, release_at="2020-01-01 00:00", release_at_0="2020-01-01", page_count="99")
    )
    issue.refresh_from_db()
    assert (issue.release_at, issue.page_count) == (None, 2)


def test_who_only_looks_changes_nothing(cast: Cast, issue: Issue) -> None:
    client = logged_in(cast.proofreader)
    assert client.get(at(issue)).status_code == 200
    assert client.post(at(issue), form(issue, banner="涂改")).status_code == 403
    for name in ("reporter", "admin"):
        assert logged_in(getattr(cast, name)).get(at(issue)).status_code == 403
    assert not GuideEntry.objects.exists()


# The moment


@pytest.fixture
def signed(cast: Cast, now: datetime) -> tuple[Issue, list[Article]]:
    return paper.signed_issue(cast, now - HOUR, pages=1)


def act(client: Client, issue: Issue, action: str, **data: Any) -> Any:
    return client.post(at(issue, "action"), {"action": action} | data, follow=True)


def test_pages_and_waiting_stories_get_their_moment_together(
    signed: tuple[Issue, list[Article]], cast: Cast, now: datetime
) -> None:
    issue, (story,) = signed
    chief = logged_in(cast.chief)
    shown = text(chief.get(at(issue)))
    assert "随报的1篇稿件同时公开" in shown
    assert "等总编辑发布" in text(logged_in(cast.layout).get(at(issue)))
    moment = timezone.localtime(now + 3 * HOUR).replace(second=0, microsecond=0)
    answer = act(chief, issue, "release", release_at=f"{moment:%Y-%m-%dT%H:%M}")
    assert "各版和随报的稿件同时公开" in text(answer)
    issue.refresh_from_db()
    assert issue.release_at == moment
    assert Release.objects.get(article=story).visible_from == moment
    answer = act(chief, issue, "hold")
    assert "到时不会发布" in text(answer)
    answer = act(chief, issue, "release", at_once="1")
    assert "读者现在就能看到" in text(answer)
    assert "看电子报" in text(answer)
    assert Release.objects.visible(timezone.now()).filter(article=story).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "请写明发布时间"), ("明天", "发布时间要写成"), ("1999-01-01T08:00", "将来的三年以内")],
)
def test_a_moment_that_makes_no_sense_is_asked_for_again(
    signed: tuple[Issue, list[Article]], cast: Cast, typed: str, said: str
) -> None:
    issue, _stories = signed
    answer = act(logged_in(cast.chief), issue, "release", release_at=typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'name="release_at" value="{typed}"' in text(answer)
    issue.refresh_from_db()
    assert issue.release_at is None


def test_what_is_missing_for_the_release_is_said(issue: Issue, cast: Cast) -> None:
    answer = act(logged_in(cast.chief), issue, "release", at_once="1")
    assert answer.status_code == 422
    assert "第1版 第1叠还没有签样" in text(answer)
    assert act(logged_in(cast.chief), issue, "hold").status_code == 409
    for name in ("layout", "editor", "proofreader", "superuser"):
        assert act(logged_in(getattr(cast, name)), issue, "release", at_once="1").status_code == 403, name
    assert act(logged_in(cast.chief), issue, "sign").status_code == 404
    assert logged_in(cast.chief).get(at(issue, "action")).status_code == 405
    assert not Signature.objects.filter(subject=issue.subject).exists()


def test_all_pages_are_proofed_at_once(issue: Issue, layout: Client, cast: Cast, now: datetime) -> None:
    for page in issue.pages.all():
        assert "各版都出样" not in text(layout.get(at(issue)))
        paper.place(page, paper.waiting(cast, now))
    assert "各版都出样" in text(layout.get(at(issue)))
    assert "各版都已送排，排好即可看样" in text(act(layout, issue, "proof"))
    assert set(issue.pages.values_list("status", flat=True)) == {"proof"}
