"""Moving what stands on a page: over what was seen, by whoever may, never into a page that cannot be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.workflow import NotAllowed, WorkflowError
from articles.workflow import perform as on_story
from issues import edits
from issues.boxes import FIELDS, state_of
from issues.edits import Overtaken, Refused
from issues.models import Edit, Page, Placement
from issues.moves import Taken
from issues.workflow import perform
from media.library import block
from newsroom.lib import canonical
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.factories.media import PhotoFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db
NEW = {"kind": "story", "col": 0, "row": 6, "cols": 3, "rows": 10}


@pytest.fixture
def page(now: datetime) -> Page:
    """Page one of two: the masthead in its upper six rows."""
    return paper.issue(now).pages.get(number=1)


@pytest.fixture
def story(cast: Cast) -> Article:
    return ArticleFactory(headline="大桥通车", created_by=cast.reporter, body=paper.TEXT)


def moved(box: Placement, **to: Any) -> dict[str, Any]:
    state = state_of(Placement.objects.select_related("photo").get(pk=box.pk))
    return {"id": box.pk, "from": {name: state[name] for name in to}, "to": to}


def gone(box: Placement) -> dict[str, Any]:
    return {"id": box.pk, "from": state_of(Placement.objects.get(pk=box.pk)), "to": None}


def made(name: str = "new-1", **fields: Any) -> dict[str, Any]:
    return {"id": name, "from": None, "to": NEW | fields}


def boxes(page: Page) -> dict[int, dict[str, Any]]:
    return {box.pk: state_of(box) for box in Placement.objects.filter(page__issue=page.issue_id)}


# ---- what is done ----


def test_a_story_is_placed_and_taken_off_and_comes_back(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    first = edits.apply(page, cast.layout, [made(article=story.pk, size=36000)], now)
    box = Placement.objects.get(pk=first.ids["new-1"])
    assert (box.article, box.row, box.cols, box.style) == (story, 6, 3, {"size": 36000})
    second = edits.apply(page, cast.layout, [gone(box)], now)
    assert not page.placements.filter(pk=box.pk).exists()
    third = edits.apply(page, cast.layout, second.undo, now)
    back = Placement.objects.get(pk=third.ids[f"was-{box.pk}"])
    assert state_of(back) == state_of(box)


def test_undo_brings_back_exactly_what_was(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    one = paper.place(page, story, cols=3, rows=8)
    other = paper.place(page, None, kind="filler", col=3, row=6, cols=3, rows=8, title="公告")
    before = boxes(page)
    done = edits.apply(page, cast.layout, [moved(one, col=3), moved(other, col=0, title="启事")], now)
    assert boxes(page) != before
    redo = edits.apply(page, cast.layout, done.undo, now)
    assert boxes(page) == before
    edits.apply(page, cast.layout, redo.undo, now)
    assert boxes(page)[one.pk]["col"] == 3


def test_the_page_has_settings_of_its_own(page: Page, cast: Cast, now: datetime) -> None:
    change = {
        "id": "page",
        "from": {"name": "第1叠", "colour": True, "credits": [["本版责编", "顾知秋"]]},
        "to": {"name": "要闻", "colour": False, "credits": [["统稿", "何世清"], ["视觉", ""]]},
    }
    done = edits.apply(page, cast.layout, [change], now)
    page.refresh_from_db()
    assert (page.name, page.colour, page.credits) == ("要闻", False, [["统稿", "何世清"], ["视觉", ""]])
    edits.apply(page, cast.layout, done.undo, now)
    page.refresh_from_db()
    assert page.name == "第1叠"


def test_other_peoples_changes_merge(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    """Two who saw the same page: other boxes, and other fields of the same box, are both kept."""
    box = paper.place(page, story, cols=3)
    notice = paper.place(page, None, kind="filler", col=0, row=30, cols=2, rows=4)
    mine, theirs = moved(box, cols=4), [moved(box, size=28000), moved(notice, title="公告")]
    edits.apply(page, cast.layout, [mine], now)
    edits.apply(page, cast.editor, theirs, now)
    box.refresh_from_db()
    assert (box.cols, box.style) == (4, {"size": 28000})


def test_asking_twice_does_it_once(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    box = paper.place(page, story, cols=3)
    change = moved(box, cols=4)
    edits.apply(page, cast.layout, [change], now)
    assert edits.apply(page, cast.layout, [change], now).undo == []
    assert Edit.objects.count() == 1


# ---- lost races ----


def test_who_comes_second_is_told_by_whom(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    box = paper.place(page, story, cols=3)
    mine, theirs = moved(box, cols=4, rows=14), moved(box, cols=5)
    edits.apply(page, cast.editor, [theirs], now)
    with pytest.raises(Overtaken, match="《大桥通车》的“位置或大小”刚被顾知秋改过") as lost:
        edits.apply(page, cast.layout, [mine], now)
    assert lost.value.taken == [Taken(box.pk, "cols", 5)]
    box.refresh_from_db()
    assert (box.cols, box.rows) == (5, 12)


def test_a_box_taken_off_meanwhile(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    box = paper.place(page, story, cols=3)
    mine = moved(box, cols=4)
    edits.apply(page, cast.editor, [gone(box)], now)
    edits.apply(page, cast.chief, [made(kind="filler")], now)
    with pytest.raises(Overtaken, match="刚被顾知秋撤下"):
        edits.apply(page, cast.layout, [mine], now)


def test_taking_off_what_changed_meanwhile(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, None, kind="filler", rows=4)
    mine = gone(box)
    edits.apply(page, cast.editor, [moved(box, text="停水公告")], now)
    with pytest.raises(Overtaken, match="“文字”刚被顾知秋改过"):
        edits.apply(page, cast.layout, [mine], now)
    assert Placement.objects.filter(pk=box.pk).exists()


def test_the_pages_own_settings_are_raced_for_too(page: Page, cast: Cast, now: datetime) -> None:
    change = {"id": "page", "from": {"name": "第1叠"}, "to": {"name": "要闻"}}
    edits.apply(page, cast.editor, [change], now)
    with pytest.raises(Overtaken, match="本版的“版名”刚被顾知秋改过"):
        edits.apply(page, cast.layout, [change | {"to": {"name": "头版"}}], now)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins(page: Page, cast: Cast, now: datetime) -> None:
    box = paper.place(page, None, kind="filler", rows=5)
    heights = {cast.layout: 7, cast.editor: 9}
    together = Barrier(len(heights))

    def change(by: User) -> bool:
        together.wait()
        try:
            edits.apply(page, by, [{"id": box.pk, "from": {"rows": 5}, "to": {"rows": heights[by]}}], now)
        except Overtaken:
            return False
        finally:
            connection.close()
        return True

    for _round in range(5):
        with ThreadPoolExecutor(len(heights)) as threads:
            won = dict(zip(heights, threads.map(change, heights), strict=True))
        box.refresh_from_db()
        assert [heights[by] for by in heights if won[by]] == [box.rows]
        Placement.objects.filter(pk=box.pk).update(rows=5)


def test_the_oldest_edits_are_forgotten(page: Page, cast: Cast, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr("issues.models.edit.KEPT", 3)
    box = paper.place(page, None, kind="filler", rows=4)
    for row in range(10, 16):
        edits.apply(page, cast.editor, [moved(box, row=row)], now)
    assert page.edits.count() == 3


# ---- text that goes on ----


@pytest.fixture
def chain(page: Page, story: Article) -> list[Placement]:
    """The story in three boxes, the last of them on page two."""
    inner = page.issue.pages.get(number=2)
    first = paper.place(page, story, cols=2, cuts=["0" * 16])
    second = paper.place(page, story, col=2, row=6, cols=2, continues=first)
    return [first, second, paper.place(inner, story, cols=2, continues=second)]


def test_a_story_goes_on_in_a_new_box_on_another_page(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    first = paper.place(page, story, cols=2)
    inner = page.issue.pages.get(number=2)
    done = edits.apply(
        page, cast.layout, [made(article=story.pk, continues=first.pk, page=inner.pk, row=0)], now
    )
    second = Placement.objects.get(pk=done.ids["new-1"])
    assert (second.page, second.continues) == (inner, first)
    assert Edit.objects.get().page == inner
    edits.apply(page, cast.layout, done.undo, now)
    assert not inner.placements.exists()


def test_two_new_boxes_at_once_one_after_the_other(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    changes = [
        made("new-2", article=story.pk, col=3, continues="new-1"),
        made("new-1", article=story.pk),
    ]
    done = edits.apply(page, cast.layout, changes, now)
    assert Placement.objects.get(pk=done.ids["new-2"]).continues_id == done.ids["new-1"]


def test_the_text_closes_up_over_a_box_taken_off(
    page: Page, chain: list[Placement], cast: Cast, now: datetime
) -> None:
    first, second, third = chain
    before = boxes(page)
    done = edits.apply(page, cast.layout, [gone(second)], now)
    third.refresh_from_db()
    assert third.continues == first
    again = edits.apply(page, cast.layout, done.undo, now)
    third.refresh_from_db()
    assert third.continues_id == again.ids[f"was-{second.pk}"]
    assert len(boxes(page)) == len(before)


def test_the_next_box_takes_over_as_the_first(
    page: Page, chain: list[Placement], cast: Cast, now: datetime
) -> None:
    edits.apply(page, cast.layout, [gone(chain[0])], now)
    chain[1].refresh_from_db()
    assert (chain[1].continues, chain[1].cuts) == (None, ["0" * 16])
    edits.apply(page, cast.layout, [gone(chain[1]), gone(chain[2])], now)
    assert not Placement.objects.filter(kind="story").exists()


def test_another_story_goes_on_in_the_same_boxes(
    page: Page, chain: list[Placement], cast: Cast, now: datetime
) -> None:
    other = ArticleFactory(created_by=cast.reporter)
    done = edits.apply(page, cast.layout, [moved(chain[0], article=other.pk)], now)
    assert {box.article for box in Placement.objects.filter(kind="story")} == {other}
    edits.apply(page, cast.layout, done.undo, now)
    assert other not in {box.article for box in Placement.objects.filter(kind="story")}


# ---- what cannot be ----


def test_a_layout_that_cannot_be(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    box = paper.place(page, story, cols=3)
    head = page.placements.get(kind="masthead")
    before = boxes(page)
    for changes, said in (
        ([moved(box, col=4)], "《大桥通车》超出了版心"),
        ([moved(box, row=39)], "《大桥通车》超出了版心"),
        ([moved(box, row=2)], "重叠"),
        ([made(kind="masthead", row=20)], "报头只在第1版，只有一个"),
        ([made(kind="filler", article=story.pk, row=20)], "稿件只能放在稿件版块里"),
        ([made(article=story.pk, row=20)], "在这一期已经上版了"),
        ([made(article=99_999, row=20)], "没有这篇稿件"),
        ([made(kind="picture", photo="nothing", row=20)], "图片库里没有"),
        ([made(page=99_999)], "没有这一版"),
        ([made(article=story.pk, row=20, continues=head.pk)], "只能接同一期里同一篇稿件"),
        ([made(article=story.pk, row=20, continues=99_999)], "只能接同一期里同一篇稿件"),
        ([moved(box, kind="filler")], "种类和所在的版不能改"),
        ([moved(box, size=5)], "“标题字号”的内容不对"),
        ([moved(box, text="字" * 8001)], "“文字”的内容不对"),
        ([moved(box, title="一\n二")], "“标题”的内容不对"),
        ([moved(box, title="\x00")], "“标题”的内容不对"),
        ([moved(box, title="\ud800")], "“标题”的内容不对"),
        ([moved(box, cuts=["x"])], "“不见报的段落”的内容不对"),
        ([moved(box, cols=4), moved(box, rows=4)], "出现了两回"),
        ([moved(box, cols=True)], "“位置或大小”的内容不对"),
    ):
        with pytest.raises(Refused, match=said):
            edits.apply(page, cast.layout, changes, now)
        assert boxes(page) == before


def test_a_circle_of_boxes(page: Page, chain: list[Placement], cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="接排成了一个圈"):
        edits.apply(page, cast.layout, [moved(chain[0], continues=chain[2].pk)], now)


def test_a_second_box_after_the_same_one(
    page: Page, chain: list[Placement], cast: Cast, now: datetime
) -> None:
    change = made(article=chain[0].article_id, continues=chain[0].pk, row=30)
    with pytest.raises(Refused, match="已经有一个版块接排"):
        edits.apply(page, cast.layout, [change], now)


def test_a_story_of_another_issue(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    other = paper.issue(now + timedelta(days=7), number=27)
    paper.place(other.pages.get(number=2), story)
    with pytest.raises(Refused, match=r"《大桥通车》已排在.*第27期.*第2版"):
        edits.apply(page, cast.layout, [made(article=story.pk)], now)
    other.release_at = now
    other.save()
    edits.apply(page, cast.layout, [made(article=story.pk)], now)


def test_a_box_of_another_issue(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    other = paper.issue(now + timedelta(days=7), number=27)
    box = paper.place(other.pages.get(number=2), story)
    with pytest.raises(Overtaken):
        edits.apply(page, cast.layout, [moved(box, cols=2)], now)


def test_a_story_withdrawn_or_not_used(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    on_story("spike", story, cast.editor, now=now)
    with pytest.raises(Refused, match="《大桥通车》现在是“不用”"):
        edits.apply(page, cast.layout, [made(article=story.pk)], now)


def test_an_old_fault_does_not_keep_the_rest_from_moving(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    box = paper.place(page, story, cols=3, rows=4)
    notice = paper.place(page, None, kind="filler", row=20, rows=4)
    on_story("spike", story, cast.editor, now=now)
    edits.apply(page, cast.layout, [moved(notice, row=24)], now)
    edits.apply(page, cast.layout, [gone(box)], now)


@pytest.mark.django_db(transaction=True)
def test_a_picture_closed_off(page: Page, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory(uploaded_by=cast.reporter)
    change = made(kind="picture", photo=photo.public_id, caption="码头的清晨")
    done = edits.apply(page, cast.layout, [change], now)
    assert Placement.objects.get(pk=done.ids["new-1"]).photo == photo
    edits.apply(page, cast.layout, done.undo, now)
    block(photo, cast.chief, "涉及隐私", now)
    with pytest.raises(Refused, match="这张图片已被封存"):
        edits.apply(page, cast.layout, [change], now)


# ---- who may ----


@pytest.mark.parametrize("name", ["reporter", "proofreader", "admin", "superuser", "outsider", "retired"])
def test_others_may_not(page: Page, cast: Cast, now: datetime, name: str) -> None:
    with pytest.raises(NotAllowed, match="由版面编辑或编辑来做"):
        edits.apply(page, getattr(cast, name), [made(kind="filler")], now)


@pytest.mark.parametrize("name", ["layout", "editor", "deputy", "chief"])
def test_makers_may(page: Page, cast: Cast, now: datetime, name: str) -> None:
    edits.apply(page, getattr(cast, name), [made(kind="filler")], now)


def test_a_signed_page_stays(page: Page, chain: list[Placement], cast: Cast, now: datetime) -> None:
    """Also where the change began on another page."""
    inner = page.issue.pages.get(number=2)
    Page.objects.filter(pk=inner.pk).update(status=Page.Status.SIGNED)
    with pytest.raises(NotAllowed, match=r"第2版.*已签样"):
        edits.apply(page, cast.layout, [gone(chain[1])], now)
    with pytest.raises(NotAllowed, match=r"第2版.*已签样"):
        edits.apply(page, cast.layout, [moved(chain[2], cols=3)], now)
    edits.apply(page, cast.layout, [moved(chain[1], rows=10)], now)


def test_a_page_in_proof_may_still_move(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    box = paper.place(page, story)
    perform("proof", page, cast.layout, now=now)
    edits.apply(page, cast.layout, [moved(box, rows=10)], now)


# ---- whatever comes ----

names = st.sampled_from([*FIELDS, "name", "banner", "credits", "colour", "id", "?"])
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["story", "new-1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
some_state = st.none() | anything | st.dictionaries(names, anything | st.integers(0, 8), max_size=6)
some_changes = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from([1, 2, "new-1", "page"]) | anything, "from": some_state, "to": some_state}
    ),
    max_size=3,
)


many = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refusal(page: Page, cast: Cast, now: datetime, changes: Any) -> str:
    try:
        edits.apply(page, cast.layout, changes, now)
    except WorkflowError as refused:
        return str(refused)
    return "done"


@settings(many, max_examples=300)
@given(changes=anything | some_changes)
def test_any_json_is_done_or_refused(page: Page, cast: Cast, now: datetime, changes: Any) -> None:
    assert refusal(page, cast, now, changes)


@settings(many, max_examples=100)
@given(fields=st.dictionaries(st.sampled_from([*FIELDS]), anything | st.integers(-3, 41), max_size=5))
def test_any_value_of_any_field(page: Page, cast: Cast, now: datetime, fields: dict[str, Any]) -> None:
    box = page.placements.get()
    before = state_of(box)
    change = {"id": box.pk, "from": {name: before[name] for name in fields}, "to": fields}
    assert refusal(page, cast, now, [change])
    canonical.dump(state_of(page.placements.get()))
