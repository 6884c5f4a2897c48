"""Everyone's own desk: what waits, what came back and why, what is due, what went wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import Desk, Pile, desk_of
from articles.due import LAST_SWEEP
from articles.models import Article, Autosave, Correction
from articles.workflow import claim, perform
from media.models import Photo
from people.models import User
from tests.articles.admin.posting import logged_in
from tests.articles.admin.states import edit, story
from tests.articles.test_rules import STATES
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish, sign
from tests.factories.media import PhotoFactory
from tests.factories.people import DelegationFactory

pytestmark = pytest.mark.django_db


def desk(user: User) -> Desk:
    return desk_of(User.objects.get(pk=user.pk), timezone.now())


def pile(user: User, key: str) -> Pile:
    return next(p for p in desk(user).piles if p.key == key)


def on(user: User, key: str) -> list[str]:
    return [row.article.headline for row in pile(user, key).rows]


def page(user: User) -> str:
    answer = logged_in(user).get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def draft(cast: Cast, headline: str, **fields: Any) -> Article:
    return ArticleFactory(headline=headline, **{"created_by": cast.reporter} | fields)


# What waits for me


def test_a_story_waits_for_the_holder_of_its_stage_alone(cast: Cast) -> None:
    made = draft(cast, "新桥通车")
    holders = [cast.editor, cast.deputy, cast.chief]
    for stage in range(4):
        waits = [on(user, "waiting") == ["新桥通车"] for user in holders]
        assert waits == [stage - 1 == at for at in range(3)]
        if stage:
            perform("pass", made, holders[stage - 1])
        else:
            perform("submit", made, cast.reporter)


def test_neither_ones_own_story_nor_one_signed_before_waits(cast: Cast) -> None:
    own = draft(cast, "编辑自己的稿", created_by=cast.editor)
    perform("submit", own, cast.editor)
    assert on(cast.editor, "waiting") == []
    assert on(cast.editor, "elsewhere") == ["编辑自己的稿"]
    signed = draft(cast, "初审过的稿")
    perform("submit", signed, cast.reporter)
    perform("pass", signed, cast.editor)
    DelegationFactory(stage="复审", principal=cast.deputy, deputy=cast.editor)
    assert "初审过的稿" not in on(cast.editor, "waiting")


def test_a_stage_lent_for_today_brings_its_stories(cast: Cast) -> None:
    perform("submit", draft(cast, "新桥通车"), cast.reporter)
    assert on(cast.deputy, "waiting") == []
    DelegationFactory(stage="初审", principal=cast.editor, deputy=cast.deputy)
    assert on(cast.deputy, "waiting") == ["新桥通车"]


@pytest.mark.parametrize("name", ["reporter2", "proofreader", "layout", "admin"])
def test_who_stands_in_finds_what_waits_and_comes_back_to_the_desk(name: str, cast: Cast) -> None:
    """代审 by someone who is no editor: he may open it while it waits for him, and not afterwards."""
    user = getattr(cast, name)
    made = draft(cast, "新桥通车")
    perform("submit", made, cast.reporter)
    assert "等我代审" not in page(user)
    DelegationFactory(stage="初审", principal=cast.editor, deputy=user)
    assert on(user, "waiting") == ["新桥通车"]
    client = logged_in(user)
    address = f"/admin/articles/article/{made.pk}"
    assert client.get(f"{address}/change/").status_code == 200
    answer = client.post(f"{address}/action/", {"action": "pass", "digest": made.digest, "seen": "review:0"})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert on(user, "waiting") == []
    made.refresh_from_db()
    assert made.stage == 1


def test_the_nearest_deadline_comes_first_then_who_has_waited_longest(cast: Cast) -> None:
    now = timezone.now()
    plan: list[tuple[str, int, dict[str, Any]]] = [
        ("等得短", 1, {}),
        ("等得长", 9, {}),
        ("明天要", 1, {"due_at": now + timedelta(days=1)}),
        ("今晚发", 1, {"release_at": now + timedelta(hours=3)}),
        ("过时了", 1, {"due_at": now - timedelta(hours=3)}),
    ]
    for headline, hours, fields in plan:
        perform("submit", draft(cast, headline, **fields), cast.reporter, now=now - timedelta(hours=hours))
    assert on(cast.editor, "waiting") == ["过时了", "今晚发", "明天要", "等得长", "等得短"]
    assert [row.late for row in pile(cast.editor, "waiting").rows] == [True, False, False, False, False]


def test_a_change_by_the_last_stage_waits_for_an_earlier_one_to_confirm(cast: Cast) -> None:
    made = story(cast, "stage 3")
    edit(made, cast.chief, headline="新桥昨日通车")
    assert on(cast.chief, "waiting") == []
    assert on(cast.deputy, "waiting") == ["新桥昨日通车"]
    assert "确认改动" in page(cast.deputy)
    row = next(r for r in pile(cast.chief, "elsewhere").rows)
    assert str(cast.deputy) in row.holder
    perform("pass", made, cast.deputy)
    assert on(cast.chief, "waiting") == ["新桥昨日通车"]


def test_an_amendment_waits_for_the_second_signature(cast: Cast) -> None:
    made = story(cast, "amended")
    assert on(cast.chief, "waiting") == []
    perform("amend", made, cast.editor)
    assert on(cast.chief, "waiting") == [made.headline]
    assert on(cast.editor, "amendments") == [made.headline]
    perform("amend", made, cast.chief)
    assert on(cast.chief, "waiting") == on(cast.editor, "amendments") == []


def test_each_row_has_the_one_button_that_moves_it_on(cast: Cast) -> None:
    made = draft(cast, "新桥通车")
    perform("submit", made, cast.reporter)
    free = draft(cast, "待认领的稿")
    html = page(cast.editor)
    assert f'<a class="button default" href="/admin/articles/article/{made.pk}/change/">初审</a>' in html
    assert f'action="/admin/articles/article/{free.pk}/claim/"' in html
    logged_in(cast.editor).post(f"/admin/articles/article/{free.pk}/claim/", {"next": "/admin/"})
    assert on(cast.editor, "hand") == ["待认领的稿"]
    assert on(cast.editor, "free") == []


# What came back, and why


def test_what_came_back_says_why_by_whom_and_when(cast: Cast) -> None:
    made = story(cast, "stage 2")
    note = "第二段的数字请核实。"
    perform("return", made, cast.deputy, note=note)
    for user in (cast.reporter, cast.editor):
        assert on(user, "returned") == [made.headline], "his own story, and one he had let pass"
    html = page(cast.reporter)
    assert note in html
    assert f"{cast.deputy}（复审）" in html
    assert on(cast.reporter, "drafts") == []
    assert on(cast.chief, "returned") == []
    perform("submit", made, cast.reporter)
    assert on(cast.reporter, "returned") == []
    assert "第2次送审" in page(cast.editor)


def test_a_reporter_finds_each_of_his_stories_once(cast: Cast) -> None:
    for state in STATES:
        made = story(cast, state)
        Article.objects.filter(pk=made.pk).update(headline=state)
    other = draft(cast, "别人的稿", created_by=cast.reporter2)
    found = {p.key: {row.article.headline for row in p.rows} for p in desk(cast.reporter).piles}
    assert found == {
        "returned": set(),
        "drafts": {"draft", "reopened"},
        "review": {"stage 1", "stage 2", "stage 3"},
        "signed": {"signed"},
        "published": {"published", "amended"},
        "withdrawn": {"withdrawn"},
    }
    assert other.headline not in page(cast.reporter)


def test_a_reporter_reads_at_whom_his_story_is(cast: Cast) -> None:
    cast.deputy  # noqa: B018 - someone holds the second stage
    story(cast, "stage 2")
    assert f"在{cast.deputy}手上" in page(cast.reporter)


def test_editors_find_free_drafts_and_not_the_held_ones(cast: Cast) -> None:
    draft(cast, "来稿")
    draft(cast, "备用的稿", held=True)
    claim(draft(cast, "别人认领的"), cast.deputy, timezone.now())
    assert on(cast.editor, "free") == ["来稿"]
    assert desk(cast.editor).shelf == {"held": 1, "spiked": 0}
    story(cast, "spiked")
    assert desk(cast.editor).shelf == {"held": 1, "spiked": 1}


# What is due, what is live, what went wrong


def test_the_time_line_has_todays_and_tomorrows_releases(cast: Cast) -> None:
    now = timezone.now()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    moments = {
        "昨天的": midnight - timedelta(minutes=1),
        "今天的": now,
        "明天的": midnight + timedelta(days=1, hours=8),
        "后天的": midnight + timedelta(days=2),
    }
    for headline, at in moments.items():
        made = draft(cast, headline)
        perform("submit", made, cast.reporter, now=min(at, now) - timedelta(minutes=1))
        sign(made, cast, min(at, now), release_at=at)
    with_paper = draft(cast, "随报的", with_issue=True)
    perform("submit", with_paper, cast.reporter)
    sign(with_paper, cast, now)
    taken_back = draft(cast, "收回的")
    perform("submit", taken_back, cast.reporter)
    sign(taken_back, cast, now, release_at=moments["明天的"])
    perform("reopen", taken_back, cast.editor)
    for user in (cast.chief, cast.layout):
        found = desk(user).timeline
        assert found
        assert [[m.release.headline for m in day.moments] for day in found.days] == [["今天的"], ["明天的"]]
        assert [m.release.headline for m in found.with_issue] == ["随报的"]
    html = page(cast.chief)
    assert re.search(r'is-ahead"><time[^>]*>08:00</time>', html)


def test_what_went_wrong_stands_above_all(cast: Cast) -> None:
    made = story(cast, "published")
    assert "alarms" not in page(cast.chief)
    Article.objects.filter(pk=made.pk).update(trouble="发布件与签发时的内容不符")
    photo = PhotoFactory(caption="坏图", uploaded_by=cast.reporter)
    Photo.objects.filter(pk=photo.pk).update(state=Photo.State.FAILED, error="文件不完整。")
    html = page(cast.chief)
    assert html.index("发布件与签发时的内容不符") < html.index("等我审")
    assert "文件不完整。" in html
    assert "文件不完整。" in page(cast.reporter), "whose picture it is"
    assert "文件不完整。" not in page(cast.reporter2)
    assert "不符" not in page(cast.reporter)


def test_corrections_wait_to_be_printed(cast: Cast) -> None:
    made = story(cast, "published")
    perform("correct", made, cast.chief, note="七分钟应为八分钟。")
    assert [c.text for c in desk(cast.editor).corrections] == ["七分钟应为八分钟。"]
    Correction.objects.update(printed_on=timezone.localdate())
    assert desk(cast.editor).corrections == []


def test_what_is_live_leads_to_the_page_readers_see(cast: Cast) -> None:
    made = story(cast, "published")
    withdrawn = story(cast, "withdrawn")
    assert [release.article_id for release in desk(cast.chief).live] == [made.pk]
    assert f'href="/articles/{made.pk}/"' in page(cast.chief)
    assert f'href="/articles/{withdrawn.pk}/"' not in page(cast.chief)


# Everyone has one


@pytest.mark.parametrize(
    "name", ["reporter", "editor", "deputy", "chief", "proofreader", "layout", "admin", "superuser"]
)
def test_an_empty_bureau_has_a_word_for_everyone(name: str, cast: Cast) -> None:
    html = page(getattr(cast, name))
    assert "工作台" in html
    assert html.count('class="empty"') >= 1
    assert ("写新稿" in html) == (name in ("reporter", "editor", "deputy", "chief"))


def test_the_administrator_keeps_accounts_and_the_clockwork(cast: Cast) -> None:
    cast.everyone()
    DelegationFactory(stage="初审", principal=cast.editor, deputy=cast.deputy)
    html = page(cast.admin)
    assert "<b>2</b> 记者" in html
    assert "<b>1</b> 总编辑" in html, "the retired one does not count"
    assert f"{cast.deputy} 代 {cast.editor} 初审" in html
    assert "后台可能没有运行" in html
    cache.set(LAST_SWEEP, timezone.now().timestamp())
    assert "后台可能没有运行" not in page(cast.admin)


def test_a_superuser_sees_the_work_and_is_offered_none_of_it(cast: Cast) -> None:
    perform("submit", draft(cast, "新桥通车"), cast.reporter)
    draft(cast, "来稿")
    html = page(cast.superuser)
    assert "新桥通车" in html
    assert "/claim/" not in html


def test_looking_at_the_desk_changes_nothing(cast: Cast) -> None:
    story(cast, "stage 1")
    client = logged_in(cast.editor)
    with CaptureQueriesContext(connection) as found:
        assert client.get("/admin/").status_code == 200
    assert {query["sql"].split()[0] for query in found} == {"SELECT"}


@pytest.mark.parametrize("name", ["reporter", "editor", "deputy", "chief", "layout", "superuser"])
def test_a_full_desk_takes_the_queries_of_a_nearly_empty_one(name: str, cast: Cast) -> None:
    user = getattr(cast, name)

    def fill() -> None:
        for state in STATES:
            made = story(cast, state)
            if state == "amended":
                perform("amend", made, cast.editor)
            if state == "published":
                perform("correct", made, cast.chief, note="更正")
        returned = story(cast, "stage 2")
        perform("return", returned, cast.deputy, note="重写")

    fill()
    few = queries(lambda: page(user))
    for _ in range(3):
        fill()
    assert queries(lambda: page(user)) == few


def queries(look: Callable[[], Any]) -> int:
    look()
    with CaptureQueriesContext(connection) as found:
        look()
    return len(found)


def test_a_long_pile_is_cut_and_says_where_the_rest_is(cast: Cast) -> None:
    for n in range(23):
        draft(cast, f"来稿{n}")
    found = pile(cast.editor, "free")
    assert (len(found.rows), len(found.shown), found.count) == (23, 20, "23")
    assert 'href="/admin/articles/article/?status=draft"' in page(cast.editor)


def test_a_story_published_through_the_workflow_leaves_the_waiting_pile(cast: Cast) -> None:
    publish(draft(cast, "新桥通车"), cast, timezone.now())
    for user in (cast.editor, cast.deputy, cast.chief):
        assert on(user, "waiting") == on(user, "elsewhere") == []


# What was never saved


def test_a_new_story_never_saved_lies_on_its_writers_desk_alone(cast: Cast) -> None:
    for number in range(2):
        Autosave.objects.create(
            user=cast.reporter,
            key=f"key-{number}",
            form=json.dumps([["headline", f"没存的{number}"]]),
            saved_at=timezone.now() + timedelta(seconds=number),
        )
    Autosave.objects.create(
        user=cast.reporter, article=draft(cast, "存过的"), form="[]", saved_at=timezone.now()
    )
    assert [kept.key for kept in desk(cast.reporter).unsaved] == ["key-1", "key-0"]
    shown = page(cast.reporter)
    assert "?restore=key-1" in shown
    assert "没存的0" in shown
    assert desk(cast.reporter2).unsaved == desk(cast.chief).unsaved == []
    assert "没存的" not in page(cast.chief)
