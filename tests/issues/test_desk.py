"""The paper on each person's desk: the next one's pages, and the pages that wait."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Correction
from issues import marks, proofs
from issues.desk import Paper, paper_of
from issues.marks import Place
from issues.models import Issue, Masthead, Page
from issues.workflow import perform
from people.models import User
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.people import DelegationFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def desk(user: User, now: datetime) -> Paper:
    found = paper_of(User.objects.get(pk=user.pk), now)
    assert found is not None
    return found


def html(user: User) -> str:
    answer = logged_in(user).get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(user: User, now: datetime) -> list[tuple[str, str]]:
    return [(card.page.label, card.step.label) for card in desk(user, now).waiting]


def test_the_next_paper_is_the_earliest_in_hand(cast: Cast, now: datetime) -> None:
    later, sooner = paper.issue(now + 9 * DAY, number=30), paper.issue(now + 2 * DAY, number=28)
    out = paper.issue(now + DAY, number=27)
    Issue.objects.filter(pk=out.pk).update(release_at=now)
    forgotten = paper.issue(now - 60 * DAY, number=3)
    empty = paper.issue(now + 3 * DAY, pages=0, number=29)
    found = desk(cast.layout, now)
    assert found.issue == sooner
    assert found.others == [later]
    assert [card.page for card in found.cards] == list(sooner.pages.all())
    assert {forgotten, empty}.isdisjoint({found.issue, *found.others})
    assert found.last == later.pk


def test_pages_wait_for_who_holds_their_stage(cast: Cast, now: datetime) -> None:
    made = paper.issue(now)
    first, second = made.pages.all()
    paper.place(first, paper.waiting(cast, now))
    paper.place(second, paper.waiting(cast, now))
    assert waiting(cast.proofreader, now) == waiting(cast.chief, now) == waiting(cast.layout, now) == []
    perform("proof", second, cast.layout, now=now)
    assert waiting(cast.proofreader, now) == [], "it is still at the press"
    proofs.ensure(second.proofs.get())
    assert waiting(cast.proofreader, now) == [("第2版 第2叠", "去一校")]
    mark = marks.make(second.proofs.get(), cast.proofreader, "太松", now, place=Place(1, 1))
    assert waiting(cast.layout, now) == [("第2版 第2叠", "改批注")]
    marks.change(mark, cast.layout, now)
    assert waiting(cast.layout, now) == [("第2版 第2叠", "重新出样")]
    paper.proof(second, cast, now + timedelta(minutes=5))
    assert waiting(cast.layout, now) == []
    for _ in range(3):
        perform("sign", second, cast.proofreader, now=now)
    assert waiting(cast.proofreader, now) == [("第2版 第2叠", "核红")]
    assert waiting(cast.chief, now) == []
    marks.check(mark, cast.proofreader, now)
    assert waiting(cast.chief, now) == [("第2版 第2叠", "去签样")]


def test_a_page_changed_after_its_paper_is_out_waits_too(cast: Cast, now: datetime) -> None:
    made, _stories = paper.signed_issue(cast, now, pages=1)
    perform("release", made, cast.chief, now=now)
    page = made.pages.get()
    assert desk(cast.proofreader, now).waiting == []
    perform("return", page, cast.editor, note="错字", now=now)
    paper.proof(page, cast, now, note="错字")
    found = desk(cast.proofreader, now)
    assert [card.page for card in found.waiting] == [page]
    assert found.issue is None


def test_who_stands_in_sees_the_page_that_waits_and_nothing_else(cast: Cast, now: datetime) -> None:
    page = paper.issue(now).pages.get(number=1)
    paper.place(page, paper.waiting(cast, now))
    paper.proof(page, cast, now)
    assert paper_of(cast.reporter2, now) is None
    DelegationFactory(stage="一校", principal=cast.proofreader, deputy=cast.reporter2)
    found = desk(cast.reporter2, now)
    assert ([card.page for card in found.waiting], found.issue, found.cards) == ([page], None, [])
    shown = html(cast.reporter2)
    assert "等我的版面" in shown
    assert "下一期报纸" not in shown
    assert logged_in(cast.reporter2).get(f"/admin/issues/page/{page.pk}/proof/").status_code == 200


@pytest.mark.parametrize("name", ["reporter", "admin", "outsider"])
def test_who_has_no_part_in_the_paper_sees_none(name: str, cast: Cast, now: datetime) -> None:
    paper.issue(now)
    assert paper_of(getattr(cast, name), now) is None


def test_each_page_has_its_picture_state_and_one_button(cast: Cast, now: datetime) -> None:
    page = paper.issue(timezone.now()).pages.get(number=1)
    paper.place(page, paper.waiting(cast, now))
    shown = html(cast.layout)
    assert '<svg class="outline"' in shown
    assert f'aria-label="{page.label}：出样"' in shown
    logged_in(cast.layout).post(
        f"/admin/issues/page/{page.pk}/action/", {"action": "proof", "next": "/admin/"}
    )
    proofs.ensure(page.proofs.get())
    shown = html(cast.proofreader)
    assert f"/admin/issues/page/{page.pk}/proof/1/240.png" in shown
    assert re.search(r'class="state is-proof">一校<', shown)
    assert "去一校" in shown


def test_a_signed_paper_waits_for_its_moment(cast: Cast, now: datetime) -> None:
    made, _stories = paper.signed_issue(cast, now, pages=1)
    assert f'href="/admin/issues/issue/{made.pk}/change/#release">定发布时间' in html(cast.chief)
    assert "等总编辑发布" in html(cast.layout)
    perform("release", made, cast.chief, release_at=now + DAY, now=now)
    for user in (cast.chief, cast.layout):
        assert "各版都已签样" not in html(user)
        assert "定于" in html(user)


def test_the_next_issue_is_opened_from_the_desk(cast: Cast) -> None:
    Masthead.objects.create(title="潮头晚报")
    shown = html(cast.layout)
    assert "开第一期" in shown
    assert "/admin/issues/issue/next/" not in html(cast.proofreader)
    logged_in(cast.layout).post("/admin/issues/issue/next/", {"after": "0"})
    shown = html(cast.layout)
    assert "下一期报纸 第1期" in shown
    assert "照上期开新一期" in shown


def test_corrections_are_called_to_mind_until_a_paper_prints_them(cast: Cast, now: datetime) -> None:
    made = paper.issue(now)
    correction = Correction.objects.create(
        article=ArticleFactory(headline="新桥通车"), text="七分钟应为八分钟。", at=now, by=cast.chief
    )
    for user in (cast.layout, cast.editor):
        assert "七分钟应为八分钟。" in html(user)
    client, address = logged_in(cast.layout), f"/admin/issues/issue/{made.pk}/corrections/"
    assert client.post(address, {"correction": correction.pk, "do": "in"}).status_code == 302
    correction.refresh_from_db()
    assert correction.printed_on == made.date
    assert "七分钟应为八分钟。" not in html(cast.layout)
    assert "没有排进" in client.get(f"/admin/issues/issue/{made.pk}/change/").content.decode()
    assert client.post(address, {"correction": correction.pk, "do": "in"}).status_code == 409
    assert client.post(address, {"correction": correction.pk, "do": "out"}).status_code == 302
    assert client.post(address, {"correction": correction.pk, "do": "out"}).status_code == 409
    assert client.post(address, {"correction": "9" * 12, "do": "in"}).status_code == 404
    refused = logged_in(cast.proofreader).post(address, {"correction": correction.pk, "do": "in"})
    assert refused.status_code == 403
    correction.refresh_from_db()
    assert correction.printed_on is None


@pytest.mark.parametrize("name", ["layout", "proofreader", "editor", "chief", "superuser", "reporter"])
def test_a_thick_paper_takes_the_queries_of_a_thin_one(name: str, cast: Cast, now: datetime) -> None:
    user = getattr(cast, name)
    client = logged_in(user)

    def look() -> int:
        assert client.get("/admin/").status_code == 200
        with CaptureQueriesContext(connection) as found:
            client.get("/admin/")
        return len(found)

    def fill(issue: Issue) -> None:
        for page in issue.pages.all():
            story = paper.waiting(cast, now)
            paper.place(page, story)
            perform("proof", page, cast.layout, now=now)
            proof = page.proofs.get()
            for n in range(2):
                marks.make(proof, cast.proofreader, "太松", now, place=Place(n, n))
            marks.change(page.marks.all()[0], cast.layout, now)

    fill(paper.issue(timezone.now() + DAY, pages=1, number=1))
    Page.objects.update(moved_at=now)
    few = look()
    fill(paper.issue(timezone.now() + 2 * DAY, pages=3, number=2))
    assert look() == few
