"""What was sent in is accepted: drafts appear in the issue and on the page, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles.intake import shelf
from articles.intake.pieces import Kind, Reading
from articles.models import Article, Intake, Origin
from articles.workflow import Conflict, NotAllowed, NotReady
from issues.checklist import layout_problems
from issues.freeze import freeze
from issues.intake import accept
from issues.models import Edit, Issue, Page, Placement
from media.models import Photo
from newsroom.lib import canonical
from tests.articles.intake import sent as files
from tests.cast import Cast
from tests.factories.intake import reading, sent
from tests.factories.issues import IssueFactory, MastheadFactory, PageFactory, PlacementFactory
from tests.issues.outside.pages import blank
from tests.issues.test_atomicity import killed_at

pytestmark = pytest.mark.django_db

K = Kind
DAY = date(2026, 3, 5)
HEAD = ((K.ISSUE, "柳湾时报"), (K.ISSUE, "2026年3月5日 星期四 第9期 总第309期"))


def stories(count: int, *head: tuple[Kind, str], boxes: bool = False) -> Reading:
    rows, places = [*head], [(0, 0, 1000, 40)] * len(head)
    for n in range(1, count + 1):
        rows += [(K.HEADLINE, f"第{n}座新桥通车", n), (K.PARAGRAPH, "两岸相连。" * 40 * n, n)]  # type: ignore[list-item]
        places += [(50, 100 * n, 900, 20), (50, 100 * n + 25, 900, 60)]
    return reading(*rows, boxes=places if boxes else ())


def boxes_of(page: Page) -> list[Placement]:
    return list(page.placements.order_by("row", "col"))


def faultless(page: Page, now: datetime) -> bool:
    return layout_problems(canonical.load(freeze(page, now)), page) == []


def test_without_a_page_there_are_drafts_alone(cast: Cast, now: datetime) -> None:
    page = sent(stories(2), cast.reporter)
    accepted = accept(page, cast.reporter, now)
    assert [one.headline for one in accepted.articles] == ["第1座新桥通车", "第2座新桥通车"]
    assert (page.status, page.accepted_by, page.accepted_at) == ("accepted", cast.reporter, now)
    assert not Placement.objects.exists()


def test_stories_stand_on_the_page_at_once_without_touching_what_is_there(cast: Cast, now: datetime) -> None:
    issue = IssueFactory(date=DAY)
    page = PageFactory(issue=issue, number=2)
    there = PlacementFactory(page=page, kind=Placement.Kind.FILLER, col=0, row=0, cols=6, rows=8)
    accepted = accept(sent(stories(5)), cast.layout, now, DAY, 2)
    placed = [box.article for box in boxes_of(page) if box.pk != there.pk]
    assert set(placed) == set(accepted.articles)
    assert faultless(page, now)
    assert Edit.objects.filter(page=page, by=cast.layout).exists(), "whoever has the page open is told"
    assert all(Article.objects.get(pk=one.pk).with_issue for one in accepted.articles)


def test_longer_stories_get_larger_boxes(cast: Cast, now: datetime) -> None:
    accepted = accept(sent(stories(2)), cast.layout, now, IssueFactory(date=DAY).date, 1)
    one, two = (Placement.objects.get(article=article) for article in accepted.articles)
    assert two.cols * two.rows > one.cols * one.rows


def test_what_finds_no_room_waits_in_the_composers_list(cast: Cast, now: datetime) -> None:
    page = PageFactory(issue=IssueFactory(date=DAY), number=2)
    PlacementFactory(page=page, kind=Placement.Kind.FILLER, cols=6, rows=32)
    accepted = accept(sent(stories(9)), cast.layout, now, DAY, 2)
    assert len(accepted.articles) == 9
    placed = page.placements.filter(kind="story").count()
    assert placed == 3
    assert "6" in accepted.notes[0]
    assert faultless(page, now)


def test_the_page_and_the_issue_learn_what_it_says(cast: Cast, now: datetime) -> None:
    read = stories(
        1, *HEAD, (K.BANNER, "开年抓落实"), (K.FURNITURE, "统稿：陆知秋 责任校对：何山"),
        (K.GUIDE, "新渠通水 2版"), (K.GUIDE, "书屋开张 3版"),
    )  # fmt: skip
    read = reading(
        *HEAD, (K.BANNER, "开年抓落实"), (K.ISSUE, "统稿：陆知秋 责任校对：何山"), (K.GUIDE, "新渠通水 2版"),
        (K.GUIDE, "书屋开张 3版"), (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "两岸相连。"),
    )  # fmt: skip
    MastheadFactory(title="柳湾 时报")
    accepted = accept(sent(read), cast.layout, now, DAY, 1, new_issue=True)
    assert accepted.issue == Issue.objects.get()
    issue = Issue.objects.get(date=DAY)
    assert (issue.number, issue.total_number, issue.page_count) == (9, 309, 1)
    page = issue.pages.get()
    assert (page.number, page.banner) == (1, "开年抓落实")
    assert page.credits == [["统稿", "陆知秋"], ["校对", "何山"]]
    assert [(e.page_number, e.headline) for e in issue.guide.all()] == [(2, "新渠通水"), (3, "书屋开张")]
    assert [box.kind for box in boxes_of(page)] == ["masthead", "story"]
    assert faultless(page, now)


def test_what_the_page_has_already_stays(cast: Cast, now: datetime) -> None:
    page = PageFactory(
        issue=IssueFactory(date=DAY), number=1, name="要闻", banner="原来的", credits=[["统稿", "苏桐"]]
    )
    read = reading(
        *HEAD, (K.BANNER, "后来的"), (K.ISSUE, "统稿：陆知秋"), (K.HEADLINE, "甲"), (K.PARAGRAPH, "乙。")
    )
    accept(sent(read), cast.layout, now, DAY, 1)
    page.refresh_from_db()
    assert (page.name, page.banner, page.credits) == ("要闻", "原来的", [["统稿", "苏桐"]])


# A PDF's page


def test_a_pdf_page_becomes_that_page_with_hot_areas(cast: Cast, now: datetime) -> None:
    pdf = blank()
    row = sent(stories(2, *HEAD, boxes=True), pdf=pdf, size=(273_000, 393_000))
    MastheadFactory(title="柳湾时报")
    accepted = accept(row, cast.layout, now, DAY, 1, new_issue=True)
    page = Page.objects.get()
    assert page.is_outside
    assert (page.width, page.height) == (273_000, 393_000)
    with default_storage.open(page.outside.name) as file:
        assert file.read() == pdf
    places = {box.article_id: (box.col, box.row, box.cols, box.rows) for box in boxes_of(page)}
    first, second = accepted.articles
    assert places == {first.pk: (50, 100, 900, 85), second.pk: (50, 200, 900, 85)}
    assert faultless(page, now)


def test_a_page_laid_out_here_is_not_replaced(cast: Cast, now: datetime) -> None:
    page = PageFactory(issue=IssueFactory(date=DAY), number=1)
    accept(sent(stories(1)), cast.layout, now, DAY, 1)
    row = sent(stories(1, boxes=True), pdf=blank(), size=(273_000, 393_000))
    with pytest.raises(NotReady):
        accept(row, cast.layout, now, DAY, 1)
    assert Article.objects.count() == 1
    row.refresh_from_db()
    page.refresh_from_db()
    assert row.is_open
    assert not page.is_outside


def test_a_page_sent_in_before_gets_its_stories_once(cast: Cast, now: datetime) -> None:
    """It may be a page already (传入外来版面); another PDF never takes its place unasked."""
    PageFactory(issue=IssueFactory(date=DAY), number=1)
    first = sent(stories(2, boxes=True), pdf=blank(), size=(273_000, 393_000))
    accept(first, cast.layout, now, DAY, 1)
    Placement.objects.all().delete()
    Intake.objects.filter(pk=first.pk).update(status="read")
    first.refresh_from_db()
    accept(first, cast.layout, now, DAY, 1)
    assert Placement.objects.count() == 2
    other = sent(stories(2, boxes=True), pdf=blank(width=700), size=(247_000, 393_000))
    with pytest.raises(NotReady):
        accept(other, cast.layout, now, DAY, 1)
    assert Placement.objects.count() == 2


# Refusals


def test_it_is_accepted_once(cast: Cast, now: datetime) -> None:
    row = sent(stories(2))
    stale = Intake.objects.get(pk=row.pk)
    accept(row, cast.editor, now)
    for again in (row, stale):
        with pytest.raises(Conflict):
            accept(again, cast.editor, now)
    assert Article.objects.count() == 2


def test_what_somebody_corrected_meanwhile_is_looked_at_first(cast: Cast, now: datetime) -> None:
    row = sent(stories(1))
    stale = Intake.objects.get(pk=row.pk)
    rows = [[0, 0, 6, "kicker", 1, 0], [1, 0, 200, "paragraph", 1, 0]]
    rows[0][2] = len("第1座新桥通车")
    shelf.save_pieces(row, rows, 0, cast.deputy, now)
    with pytest.raises(Conflict, match="刚被改过"):
        accept(stale, cast.editor, now, version=0)
    accepted = accept(stale, cast.editor, now, version=1)
    assert accepted.articles[0].kicker == "第1座新桥通车"


@pytest.mark.parametrize("state", ["no issue", "public", "signed", "no page"])
def test_where_nothing_can_be_put_nothing_is_written(cast: Cast, now: datetime, state: str) -> None:
    if state != "no issue":
        issue = IssueFactory(date=DAY, release_at=now if state == "public" else None)
        PageFactory(issue=issue, number=1, status="signed" if state == "signed" else "composing")
    row = sent(stories(1))
    with pytest.raises((Conflict, NotReady)):
        accept(row, cast.layout, now, DAY, 99 if state == "no page" else 1)
    assert not Article.objects.exists()
    row.refresh_from_db()
    assert row.is_open


def test_a_new_issue_needs_its_paper_and_its_numbers(cast: Cast, now: datetime) -> None:
    row = sent(stories(1, *HEAD))
    with pytest.raises(NotReady, match="哪张报纸"):
        accept(row, cast.layout, now, DAY, 1, new_issue=True)
    MastheadFactory(title="别的报")
    with pytest.raises(NotReady, match="哪张报纸"):
        accept(row, cast.layout, now, DAY, 1, new_issue=True)
    with pytest.raises(NotReady, match="期号"):
        accept(sent(stories(1)), cast.layout, now, DAY, 1, new_issue=True)
    IssueFactory(date=date(2026, 3, 6), total_number=309, number=8)
    MastheadFactory(title="柳湾时报")
    with pytest.raises(NotReady):  # of the same total number
        accept(row, cast.layout, now, DAY, 1, new_issue=True)
    assert not Article.objects.exists()


def test_reporters_make_drafts_and_no_pages(cast: Cast, now: datetime) -> None:
    IssueFactory(date=DAY)
    row = sent(stories(1), cast.reporter)
    with pytest.raises(NotAllowed):
        accept(row, cast.reporter, now, DAY, 1)
    with pytest.raises(NotAllowed):
        accept(row, cast.reporter2, now)
    for person in ("proofreader", "admin", "superuser", "outsider", "retired"):
        with pytest.raises(NotAllowed):
            accept(row, getattr(cast, person), now)
    accept(row, cast.reporter, now)


# Races and kills


@pytest.mark.django_db(transaction=True)
def test_two_accept_at_once_and_one_does(cast: Cast, now: datetime) -> None:
    row, editor = sent(stories(3)), cast.editor
    results = both(lambda: accept(Intake.objects.get(pk=row.pk), editor, now))
    assert sorted(type(one).__name__ for one in results) == ["Accepted", "Conflict"]
    assert Article.objects.count() == Origin.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_bring_the_same_file_at_once_and_it_is_there_once(cast: Cast, now: datetime) -> None:
    data, editor = files.page(5, stories=2).encode(), cast.editor
    first, second = both(lambda: shelf.receive("来稿.txt", data, editor, now))
    assert first == second
    assert Intake.objects.count() == 1


def both(act: Callable[[], object]) -> list[object]:
    """What two threads that begin together get, or what they are refused with."""
    gate, results = threading.Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            results.append(act())
        except Conflict as conflict:
            results.append(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_it_is_whole_or_was_not(cast: Cast, now: datetime) -> None:
    """`kill -9` before each statement: no story without its page, no page without its stories."""
    issue = IssueFactory(date=DAY)
    PageFactory(issue=issue, number=1)
    read = reading(
        (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "两岸相连。"), (K.PICTURE, "1.png"), (K.CAPTION, "桥。")
    )
    row, by = sent(read, pictures={"1.png": files.picture(1)}), cast.layout
    statement, killed = 1, True
    while killed:
        killed = killed_at(statement, lambda: accept(Intake.objects.get(pk=row.pk), by, now, DAY, 1))
        counts = (Article.objects.count(), Origin.objects.count(), Placement.objects.count())
        accepted = Intake.objects.get(pk=row.pk).status == Intake.Status.ACCEPTED
        assert counts == ((1, 1, 1) if accepted else (0, 0, 0)), f"killed before statement {statement}"
        if accepted:
            break
        statement += 1
    assert statement > 10
    assert Photo.objects.count() == 1
