"""The demo's papers as planned: dates and numbers, and what stands where."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from issues.formats import FORMATS
from issues.models import Mark, Placement
from issues.models.page import STYLE
from newsroom.demo.content import LIVE, Content, load
from newsroom.demo.pictures import KEYS

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)  # noon in the bureau


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_two_papers_are_out_and_one_is_being_made(content: Content) -> None:
    assert [issue.weeks_ago for issue in content.issues] == [1, 0, -1]
    assert all([page.number for page in issue.pages] == [1, 2, 3, 4] for issue in content.issues)
    assert [page["number"] for page in content.weekly.pages] == [1, 2, 3, 4]
    assert all(page["name"] and len(page["credits"]) == 4 for page in content.weekly.pages)


def test_papers_are_dated_and_numbered_week_by_week(content: Content) -> None:
    dates = [content.weekly.date(NOW, issue.weeks_ago) for issue in content.issues]
    assert [str(date) for date in dates] == ["2026-11-15", "2026-11-22", "2026-11-29"]
    numbers = [content.weekly.numbers(date) for date in dates]
    assert numbers == [(46, 663), (47, 664), (48, 665)]
    assert content.weekly.numbers(content.weekly.first)[1] == 1


@pytest.mark.parametrize("hour", range(24))
def test_the_newest_paper_is_out_and_less_than_a_day_old(content: Content, hour: int) -> None:
    now = NOW + timedelta(hours=hour)
    moment = content.weekly.moment(now, 0)
    assert moment <= now < moment + timedelta(days=1)


@pytest.mark.parametrize("hour", range(24))
def test_stories_are_public_no_later_than_their_paper(content: Content, hour: int) -> None:
    now = NOW + timedelta(hours=hour)
    stories = {story.key: story for story in content.stories}
    for issue in content.issues[:2]:
        out = content.weekly.moment(now, issue.weeks_ago)
        moments = [content.moment(stories[key], now) for key in issue.stories]
        assert all(out - timedelta(days=8) < moment <= out for moment in moments)
        waiting = [key for key in issue.stories if content.waits(stories[key], now)]
        assert all(content.moment(stories[key], now) == out for key in waiting)


def test_a_story_is_printed_once(content: Content) -> None:
    printed = [key for issue in content.issues for key in issue.stories]
    assert not [key for key, times in Counter(printed).items() if times > 1]
    states = {story.key: story.state for story in content.stories}
    out, in_hand = content.issues[:2], content.issues[2]
    assert {states[key] for issue in out for key in issue.stories} <= {*LIVE}
    assert {states[key] for key in in_hand.stories} <= {"review", "waiting", "scheduled", "draft"}


def test_a_picture_is_printed_once_in_the_two_papers(content: Content) -> None:
    stories = {story.key: story for story in content.stories}
    printed: list[str] = []
    for issue in content.issues[:2]:
        for box in (box for page in issue.pages for box in page.boxes):
            photos = [use.key for use in stories[box.story].photos] if box.story else []
            shown = 0 if box.style.get("picture") == "none" else box.style.get("pictures", STYLE["pictures"])
            printed += [*photos[:shown], *([box.photo] if box.photo else [])]
    assert len(printed) >= 14
    assert not [key for key, times in Counter(printed).items() if times > 1]


def test_pages_hold_a_newspapers_worth(content: Content) -> None:
    for issue in content.issues[:2]:
        assert all(4 <= len([box for box in page.boxes if box.story]) <= 8 for page in issue.pages)


def test_boxes_are_in_the_models_words(content: Content) -> None:
    stories = {story.key for story in content.stories}
    columns, rows = FORMATS["tabloid"].columns, FORMATS["tabloid"].rows
    for box in (box for issue in content.issues for page in issue.pages for box in page.boxes):
        assert box.kind in Placement.Kind.values
        assert (box.kind == "story") == bool(box.story)
        assert not box.story or box.story in stories
        assert not box.photo or box.photo in KEYS
        assert box.style.keys() <= STYLE.keys()
        assert len(box.at) in (0, 4)
        if box.at:
            col, row, cols, high = box.at
            assert cols > 0 < high
            assert col + cols <= columns
            assert row + high <= rows


def test_the_guide_leads_to_inner_pages_that_have_the_story(content: Content) -> None:
    for issue in content.issues:
        pages = {page.number: [box.story for box in page.boxes] for page in issue.pages}
        assert [entry["page"] for entry in issue.guide] == [2, 3, 4]
        ahead = [entry for entry in issue.guide if "story" not in entry]
        assert all(entry["story"] in pages[entry["page"]] for entry in issue.guide if "story" in entry)
        assert all(entry["headline"] for entry in ahead)
        assert bool(ahead) == (issue.weeks_ago < 0)


def test_marks_are_on_stories_of_their_page(content: Content) -> None:
    marks = [(page, mark) for issue in content.issues for page in issue.pages for mark in page.marks]
    assert marks
    for page, mark in marks:
        assert mark.story in [box.story for box in page.boxes]
        assert mark.status in Mark.Status.values
        assert mark.text or mark.become
