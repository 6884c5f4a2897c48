"""Where a story went is recorded, and looked after when the story changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.desk import desk_of
from articles.models import Article, OutsideAddress
from articles.outlets import record
from articles.refusals import Conflict, NotAllowed, NotReady
from articles.workflow import perform
from people.models import User
from tests.articles.admin.posting import logged_in
from tests.articles.admin.states import edit, story
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = pytest.mark.django_db
URL = "https://mp.weixin.qq.com/s/abc"


@pytest.fixture
def published(cast: Cast) -> Article:
    return publish(ArticleFactory(headline="新桥今日通车", created_by=cast.reporter), cast, timezone.now())


def sent(article: Article, by: User, **given: Any) -> OutsideAddress:
    words = {"outlet": "wechat", "url": URL} | given
    return record.add(article, by, timezone.now(), **words)


def waiting() -> list[OutsideAddress]:
    return list(OutsideAddress.objects.to_handle(timezone.now()))


def address(article: Article, more: str = "") -> str:
    return f"/admin/articles/article/{article.pk}/outlets/{more}"


# Who may


def test_editors_and_the_storys_own_people_record(cast: Cast, published: Article) -> None:
    for user in (cast.reporter, cast.editor, cast.deputy, cast.chief):
        assert sent(published, user).by == user
    for user in (cast.reporter2, cast.proofreader, cast.layout, cast.admin):
        with pytest.raises(NotAllowed):
            sent(published, user)


def test_editors_and_who_recorded_it_look_after_it(cast: Cast, published: Article) -> None:
    by_editor, by_reporter = sent(published, cast.editor), sent(published, cast.reporter)
    with pytest.raises(NotAllowed):
        record.mark(by_editor, cast.reporter, "cleared", timezone.now())
    record.mark(by_reporter, cast.reporter, "mistaken", timezone.now())
    record.mark(by_editor, cast.chief, "cleared", timezone.now())
    assert by_editor.handled_by == cast.chief


def test_a_story_that_nobody_signed_went_nowhere(cast: Cast) -> None:
    with pytest.raises(NotReady):
        sent(story(cast, "stage 2"), cast.editor)


@pytest.mark.parametrize(
    "bad",
    [
        {"url": "javascript:alert(1)"}, {"url": "ftp://example.org/"}, {"url": "data:text/html,x"},
        {"url": ""},
        {"url": "https://"}, {"url": "https://example.org/" + "a" * 10_000}, {"outlet": "pigeon"},
        {"outlet": ""}, {"outlet": "other"}, {"name": "桥" * 10_000}, {"note": "桥" * 10_000},
        {"note": "\x00"}, {"note": "\ud800"}, {"name": "甲\n乙"},
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(
    bad: dict[str, str], cast: Cast, published: Article
) -> None:
    with pytest.raises(NotReady) as refused:
        sent(published, cast.editor, **bad)
    assert str(refused.value)
    assert not OutsideAddress.objects.exists()


def test_an_address_is_kept_without_what_nobody_sees(cast: Cast, published: Article) -> None:
    assert (
        sent(published, cast.editor, url="\u200b https://example.org/甲\x00 ").url == "https://example.org/甲"
    )


# When it is to be looked after


def test_nothing_is_to_be_done_while_readers_see_what_was_copied(cast: Cast, published: Article) -> None:
    sent(published, cast.editor)
    assert waiting() == []


@pytest.mark.parametrize("mark", ["cleared", "updated"])
def test_a_withdrawal_calls_for_each_copy_until_it_is_dealt_with(
    mark: str, cast: Cast, published: Article
) -> None:
    first, second = sent(published, cast.editor), sent(published, cast.reporter, outlet="weibo")
    perform("withdraw", published, cast.chief, note="有误")
    assert waiting() == [first, second]
    record.mark(first, cast.editor, mark, timezone.now())
    assert waiting() == [second]
    record.mark(second, cast.editor, mark, timezone.now())
    assert waiting() == []


def test_a_copy_recorded_only_after_the_withdrawal_is_called_for_too(cast: Cast, published: Article) -> None:
    perform("withdraw", published, cast.chief, note="有误")
    assert [sent(published, cast.editor)] == waiting()


def test_an_amendment_calls_for_the_copies_of_what_it_replaces(cast: Cast, published: Article) -> None:
    old = sent(published, cast.editor)
    edit(published, cast.editor, body="<p>新桥昨日通车。</p>")
    perform("amend", published, cast.editor)
    assert waiting() == []
    perform("amend", published, cast.chief)
    sent(published, cast.editor, outlet="weibo")
    assert waiting() == [old]
    record.mark(old, cast.editor, "updated", timezone.now())
    assert waiting() == []


def test_a_correction_calls_for_copies_made_before_it(cast: Cast, published: Article) -> None:
    before = sent(published, cast.editor)
    perform("correct", published, cast.chief, note="七分钟应为八分钟。")
    sent(published, cast.editor, outlet="weibo")
    assert waiting() == [before]


def test_an_updated_copy_is_called_for_again_and_a_cleared_one_never(cast: Cast, published: Article) -> None:
    updated, cleared = sent(published, cast.editor), sent(published, cast.editor)
    perform("correct", published, cast.chief, note="七分钟应为八分钟。")
    record.mark(updated, cast.editor, "updated", timezone.now())
    record.mark(cleared, cast.editor, "cleared", timezone.now())
    perform("withdraw", published, cast.chief, note="有误")
    assert waiting() == [updated]


def test_the_end_of_a_storys_time_calls_for_its_copies_on_its_second(cast: Cast) -> None:
    now = timezone.now()
    article = ArticleFactory(created_by=cast.reporter, expires_at=now + timedelta(days=2))
    publish(article, cast, now)
    copy = sent(article, cast.editor)
    end = article.releases.get().visible_until
    assert list(OutsideAddress.objects.to_handle(end - timedelta(seconds=1))) == []
    assert list(OutsideAddress.objects.to_handle(end)) == [copy]


def test_a_record_is_marked_and_never_deleted(cast: Cast, published: Article) -> None:
    made = sent(published, cast.editor)
    record.mark(made, cast.editor, "mistaken", timezone.now())
    perform("withdraw", published, cast.chief, note="有误")
    assert waiting() == []
    with pytest.raises(Conflict):
        record.mark(made, cast.editor, "cleared", timezone.now())
    with pytest.raises(NotReady):
        record.mark(made, cast.editor, "deleted", timezone.now())
    assert OutsideAddress.objects.get().mistaken_by == cast.editor


# On the pages


def test_the_withdrawal_form_says_where_the_story_went(cast: Cast, published: Article) -> None:
    page = lambda: logged_in(cast.chief).get(f"/admin/articles/article/{published.pk}/change/")  # noqa: E731
    assert "撤稿后要逐一处理" not in page().content.decode()
    sent(published, cast.editor)
    sent(published, cast.editor, outlet="other", name="港城通", url="https://example.org/1")
    shown = page().content.decode()
    assert "已发到2处，撤稿后要逐一处理" in shown
    assert "港城通" in shown


def test_the_editors_desk_holds_the_task_until_it_is_done(cast: Cast, published: Article) -> None:
    made = sent(published, cast.reporter)
    perform("withdraw", published, cast.chief, note="有误")
    for user in (cast.editor, cast.chief):
        assert desk_of(user, timezone.now()).outside == [made]
    desk = logged_in(cast.editor).get("/admin/").content.decode()
    assert "站外待处理" in desk
    assert address(published) in desk
    answer = logged_in(cast.editor).post(address(published, f"{made.pk}/mark/"), {"mark": "cleared"})
    assert answer.status_code == 302
    assert "站外待处理" not in logged_in(cast.editor).get("/admin/").content.decode()


def test_the_page_records_and_refuses_with_what_was_typed(cast: Cast, published: Article) -> None:
    client = logged_in(cast.reporter)
    assert client.post(address(published, "add/"), {"outlet": "weibo", "url": URL}).status_code == 302
    answer = client.post(
        address(published, "add/"), {"outlet": "weibo", "url": "javascript:alert(1)", "note": "晚间发"}
    )
    assert answer.status_code == 422
    assert "晚间发" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert OutsideAddress.objects.count() == 1


def test_a_stranger_finds_no_page_and_a_mark_belongs_to_its_story(cast: Cast, published: Article) -> None:
    made, other = sent(published, cast.editor), story(cast, "published")
    assert logged_in(cast.reporter2).get(address(published)).status_code == 404
    assert logged_in(cast.reporter2).post(address(published, "add/"), {"url": URL}).status_code == 404
    wrong = logged_in(cast.editor).post(address(other, f"{made.pk}/mark/"), {"mark": "cleared"})
    assert wrong.status_code == 404
    layout = logged_in(cast.layout).post(address(published, f"{made.pk}/mark/"), {"mark": "cleared"})
    assert layout.status_code == 403


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "签发以后"),
        ("signed", "还没到发布时间"),
        ("published", "复制正文"),
        ("withdrawn", "没有可以发出的版本"),
    ],
)
def test_the_page_in_each_state(state: str, said: str, cast: Cast) -> None:
    shown = logged_in(cast.reporter).get(address(story(cast, state)))
    assert shown.status_code == 200
    assert said in shown.content.decode()


def test_what_is_copied_is_what_was_signed(cast: Cast, published: Article) -> None:
    edit(published, cast.editor, headline="未签的题")
    client = logged_in(cast.editor)
    shown = client.get(address(published)).context["copied"]
    assert "新桥今日通车" in shown.html
    assert "未签的题" not in shown.html
