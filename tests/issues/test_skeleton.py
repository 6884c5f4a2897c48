"""A new issue after the last one, and its pages added, renamed, taken away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from articles.workflow import Conflict, NotAllowed, NotReady
from issues.models import Edit, GuideEntry, Issue, Masthead, Page, Placement
from issues.skeleton import add_page, is_empty, next_issue, remove_page, rename_page
from media.models import Photo
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

BOX = {"col": 0, "row": 8, "cols": 3, "rows": 5}


@pytest.fixture
def last() -> Issue:
    masthead = Masthead.objects.create(title="潮头晚报")
    issue = Issue.objects.create(
        masthead=masthead, date=date(2026, 11, 20), number=47, total_number=664, page_count=2,
        format="broadsheet", columns=8, body_size=95, bleed=True, banner="迎接通车", print_run="3000份",
    )  # fmt: skip
    for n, name in ((1, "要闻"), (2, "民生")):
        Page.objects.create(
            issue=issue, number=n, name=name, colour=n == 1, banner="本版通栏", credits=[["责编", "顾知秋"]],
            status=Page.Status.SIGNED, stage=None, digest="a" * 64,
        )  # fmt: skip
    return issue


def page(issue: Issue, number: int = 1) -> Page:
    return issue.pages.get(number=number)


def boxes(of: Page) -> dict[str, Placement]:
    return {box.title or box.kind: box for box in of.placements.all()}


def test_numbers_date_format_pages_and_credits_follow_the_last_one(
    last: Issue, cast: Cast, now: datetime
) -> None:
    made = next_issue(cast.layout, now)
    assert (made.date, made.number, made.total_number) == (date(2026, 11, 27), 48, 665)
    assert (made.format, made.columns, made.body_size, made.bleed) == ("broadsheet", 8, 95, True)
    assert (made.masthead, made.banner, made.print_run, made.release_at) == (last.masthead, "", "", None)
    assert made.page_count == 2
    first, second = made.pages.all()
    assert (first.number, first.name, first.colour, first.credits) == (1, "要闻", True, [["责编", "顾知秋"]])
    assert (second.name, second.colour) == ("民生", False)
    for one in (first, second):
        assert (one.status, one.stage, one.digest, one.banner) == (Page.Status.COMPOSING, None, "", "")


def test_what_stands_every_time_comes_along_and_stories_do_not(
    last: Issue, cast: Cast, now: datetime
) -> None:
    front, photo = page(last), PhotoFactory()
    story = ArticleFactory()
    own = {"caption": "图说", "text": "文字", "style": {"rule": "frame"}, "weight": 70}
    for kind in ("masthead", "guide", "banner"):
        Placement.objects.create(page=front, kind=kind, title=kind, **BOX, **own)
    Placement.objects.create(
        page=front, kind="filler", title="热线", template=True, photo=photo, **BOX, **own
    )
    Placement.objects.create(page=front, kind="filler", title="这期才有", **BOX)
    Placement.objects.create(page=front, kind="picture", title="配图", photo=photo, **BOX)
    lead = Placement.objects.create(
        page=front, kind="story", article=story, template=True, title="头条位", stack={"headline": "短题"},
        cuts=["a"], **BOX, **own,
    )  # fmt: skip
    Placement.objects.create(page=page(last, 2), kind="story", article=story, continues=lead, **BOX)
    GuideEntry.objects.create(issue=last, page_number=2, headline="旧导读")
    made = next_issue(cast.editor, now)
    found = boxes(page(made))
    assert found.keys() == {"masthead", "guide", "banner", "热线", "story"}
    filler, empty = found["热线"], found["story"]
    assert (filler.photo, filler.caption, filler.text, filler.style, filler.weight) == (
        photo, "图说", "文字", {"rule": "frame"}, 70,
    )  # fmt: skip
    assert (empty.article, empty.stack, empty.cuts, empty.title, empty.caption) == (None, None, [], "", "")
    assert all(box.template for box in found.values())
    assert all((box.col, box.row, box.cols, box.rows) == (0, 8, 3, 5) for box in found.values())
    assert not page(made, 2).placements.exists()
    assert not made.guide.exists()


def test_a_notice_does_not_bring_back_a_blocked_picture(last: Issue, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    Placement.objects.create(page=page(last), kind="filler", title="广告", template=True, photo=photo, **BOX)
    Photo.objects.update(blocked_at=now)
    assert boxes(page(next_issue(cast.layout, now)))["广告"].photo is None


def test_hot_areas_of_pages_from_outside_stay_behind(last: Issue, cast: Cast, now: datetime) -> None:
    Page.objects.filter(issue=last).update(
        outside="outside/x.pdf", outside_sha256="b" * 64, width=1, height=1
    )
    Placement.objects.create(page=page(last), kind="masthead", col=0, row=0, cols=1000, rows=150)
    made = page(next_issue(cast.layout, now))
    assert (made.is_outside, made.placements.count(), made.name) == (False, 0, "要闻")


def test_the_first_issue_has_four_pages_and_a_masthead(cast: Cast, now: datetime) -> None:
    Masthead.objects.create(title="潮头晚报")
    made = next_issue(cast.editor, now)
    assert [p.name for p in made.pages.all()] == ["要闻", "综合", "专题", "副刊"]
    assert (made.number, made.total_number, made.page_count) == (1, 1, 4)
    box = page(made).placements.get()
    assert (box.kind, box.col, box.row, box.cols, box.template) == ("masthead", 0, 0, made.columns, True)


def test_after_an_issue_without_pages_the_usual_ones_are_made(cast: Cast, now: datetime) -> None:
    """As the bureau's first issues are, from the time before there were pages."""
    masthead = Masthead.objects.create(title="潮头晚报")
    Issue.objects.create(
        masthead=masthead, date=date(2026, 11, 20), number=47, total_number=664, page_count=8
    )
    made = next_issue(cast.layout, now)
    assert (made.number, made.pages.count(), made.page_count) == (48, 4, 4)


def test_without_a_masthead_there_is_no_issue(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotReady, match="还没有报头"):
        next_issue(cast.editor, now)
    assert not Issue.objects.exists()


def test_makers_and_editors_open_issues(last: Issue, cast: Cast, now: datetime) -> None:
    for name, person in cast.everyone().items():
        if name in ("editor", "deputy", "chief", "layout"):
            next_issue(person, now)
        else:
            with pytest.raises(NotAllowed):
                next_issue(person, now)


def test_two_clicks_open_one_issue(last: Issue, cast: Cast, now: datetime) -> None:
    next_issue(cast.layout, now, after=last.pk)
    with pytest.raises(Conflict, match="刚有人开了新一期"):
        next_issue(cast.editor, now, after=last.pk)
    with pytest.raises(Conflict):
        next_issue(cast.editor, now, after=0)
    assert Issue.objects.count() == 2


def test_numbers_that_cannot_follow_are_said(last: Issue, cast: Cast, now: datetime) -> None:
    """Someone numbered by hand, so that the next number is taken."""
    Issue.objects.create(
        masthead=last.masthead, date=date(2026, 1, 2), number=48, total_number=665, page_count=4
    )
    with pytest.raises(NotReady, match="总期号"):
        next_issue(cast.layout, now)
    assert Issue.objects.count() == 2


# Pages


def test_a_page_is_added_behind_the_last_and_counted(last: Issue, cast: Cast) -> None:
    made = add_page(last, cast.layout, " 副刊 ")
    last.refresh_from_db()
    assert (made.number, made.name, last.page_count) == (3, "副刊", 3)


def test_a_page_is_renamed_until_it_is_signed(last: Issue, cast: Cast, now: datetime) -> None:
    first = page(last)
    with pytest.raises(Conflict, match="已签样"):
        rename_page(first, cast.layout, "头版", now)
    Page.objects.update(status=Page.Status.COMPOSING)
    rename_page(first, cast.layout, " 头版 ", now)
    assert first.name == "头版"
    assert Edit.objects.get(page=first).boxes == {"page": ["name"]}
    for bad in ("行\n行", "长" * 41, "a\x00"):
        with pytest.raises(NotReady):
            rename_page(first, cast.layout, bad, now)


def test_an_empty_page_is_taken_away_and_the_others_move_up(last: Issue, cast: Cast) -> None:
    add_page(last, cast.layout, "副刊")
    Placement.objects.create(page=page(last, 2), kind="banner", **BOX)
    remove_page(page(last, 2), cast.layout)
    last.refresh_from_db()
    assert [(p.number, p.name) for p in last.pages.all()] == [(1, "要闻"), (2, "副刊")]
    assert last.page_count == 2


@pytest.mark.parametrize(
    "box",
    [
        {"kind": "story"},
        {"kind": "filler", "title": "启事"},
        {"kind": "picture"},
        {"kind": "story", "template": True},
    ],
)
def test_a_page_with_something_on_it_stays(last: Issue, cast: Cast, box: dict[str, object]) -> None:
    story = ArticleFactory() if box["kind"] == "story" else None
    Placement.objects.create(page=page(last, 2), article=story, **BOX, **box)
    assert not is_empty(page(last, 2))
    with pytest.raises(NotReady, match="还有稿件或图片"):
        remove_page(page(last, 2), cast.layout)


def test_a_page_that_was_proofed_stays_and_so_do_those_before_it(
    last: Issue, cast: Cast, now: datetime
) -> None:
    second = page(last, 2)
    second.proofs.create(number=1, date=last.date, page_number=2, content="{}", created_at=now)
    with pytest.raises(NotReady, match="出过样"):
        remove_page(second, cast.layout)
    with pytest.raises(NotReady, match="第2版 民生已出过样"):
        remove_page(page(last), cast.layout)
    assert last.pages.count() == 2


def test_once_the_issue_has_its_moment_its_pages_are_fixed(last: Issue, cast: Cast, now: datetime) -> None:
    Issue.objects.update(release_at=now + timedelta(hours=1))
    Page.objects.update(status=Page.Status.COMPOSING)
    for change in (
        lambda: add_page(last, cast.layout, "x"),
        lambda: rename_page(page(last), cast.layout, "x", now),
        lambda: remove_page(page(last, 2), cast.layout),
    ):
        with pytest.raises(Conflict, match="已定发布时间"):
            change()


def test_pages_are_for_makers_and_editors(last: Issue, cast: Cast, now: datetime) -> None:
    for name in ("reporter", "proofreader", "admin", "superuser"):
        person = getattr(cast, name)
        for change in (
            lambda by: add_page(last, by, "x"),
            lambda by: rename_page(page(last), by, "x", now),
            lambda by: remove_page(page(last, 2), by),
        ):
            with pytest.raises(NotAllowed):
                change(person)
