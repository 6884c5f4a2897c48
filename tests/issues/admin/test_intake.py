"""收稿 in the admin: who may, what is taken and refused, corrections over what was seen, acceptance."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.intake import queue, shelf
from articles.intake.pieces import Kind, Reading
from articles.models import Article, Intake, IntakeBatch
from issues.models import Issue, Masthead, Placement
from newsroom.demo.pictures import draw
from people.models import User
from tests.cast import Cast
from tests.factories.intake import reading, sent
from tests.factories.issues import IssueFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_intake_changelist")
RECEIVE = reverse("admin:articles_intake_receive")
TEXT = """望渡桥昨日合龙

本报讯(记者 贺明川)昨日上午,望渡桥最后一段钢梁落位,两岸居民盼了三年的桥合龙了。

桥面两侧各留了两米半的步道,坡度按轮椅能上来的标准做。
"""
HOSTILE = "<script>document.title='ran'</script><img src=x onerror=alert(1)>"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, intake: Intake) -> str:
    return reverse(f"admin:articles_intake_{name}", args=[intake.pk])


def two_stories() -> Reading:
    return reading(
        (Kind.HEADLINE, "望渡桥昨日合龙", 1),
        [(Kind.DATELINE, "本报讯", 1), (Kind.BYLINE, "(记者 贺明川)", 1), (Kind.PARAGRAPH, "钢梁落位。", 1)],
        (Kind.PARAGRAPH, "两岸居民盼了三年。", 1),
        (Kind.HEADLINE, "老渡口停航", 2),
        (Kind.PARAGRAPH, "末班船昨晚开出。", 2),
        (Kind.FURNITURE, "扫码阅读"),
    )


@pytest.fixture
def intake(cast: Cast, now: datetime) -> Intake:
    return sent(two_stories(), cast.editor, now)


def save(user: User, intake: Intake, rows: Any, version: Any = 0) -> Any:
    body = json.dumps({"rows": rows, "version": version})
    return browser(user).put(at("pieces", intake), body, content_type="application/json")


def rows_of(intake: Intake) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(intake.pieces)
    return found


def accept(user: User, intake: Intake, **asked: Any) -> Any:
    asked = {"into": "drafts", "version": intake.version, "story": ["1", "2"]} | asked
    return browser(user).post(at("accept", intake), asked)


# ---- who may ----


@pytest.mark.parametrize(
    ("who", "list_", "desk", "takes_in"),
    [
        ("reporter", 200, 404, True),
        ("editor", 200, 200, True),
        ("chief", 200, 200, True),
        ("layout", 200, 200, True),
        ("proofreader", 200, 200, False),
        ("admin", 403, 404, False),
        ("superuser", 200, 200, False),
        ("outsider", 302, 302, False),
    ],
)
def test_who_sees_the_list_and_another_ones_page(
    intake: Intake, cast: Cast, who: str, list_: int, desk: int, takes_in: bool
) -> None:
    client = browser(getattr(cast, who))
    assert client.get(LIST).status_code == list_
    assert client.get(at("change", intake)).status_code == desk
    answer = client.post(RECEIVE, {"text": TEXT})
    assert Intake.objects.count() == (2 if takes_in else 1), answer.status_code


@pytest.mark.parametrize("who", ["proofreader", "superuser", "reporter", "admin"])
def test_who_may_not_change_it_changes_nothing(intake: Intake, cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    before = rows_of(intake)
    assert save(user, intake, before[::-1]).status_code in (403, 404)
    assert accept(user, intake).status_code in (403, 404)
    browser(user).post(at("drop", intake))
    intake.refresh_from_db()
    assert (rows_of(intake), intake.status, Article.objects.count()) == (before, "read", 0)


def test_a_reporter_sees_and_takes_in_his_own(cast: Cast, now: datetime, intake: Intake) -> None:
    own = sent(two_stories(), cast.reporter, now, name="我的稿.txt")
    page = browser(cast.reporter).get(LIST).content.decode()
    assert "我的稿.txt" in page
    assert "来稿.txt" not in page
    assert accept(cast.reporter, own).status_code == 302
    assert Article.objects.filter(created_by=cast.reporter).count() == 2


def test_a_reporter_puts_nothing_into_the_paper(cast: Cast, now: datetime) -> None:
    own = sent(two_stories(), cast.reporter, now)
    page = browser(cast.reporter).get(at("change", own)).content.decode()
    assert 'name="into" value="drafts"' in page
    assert 'name="into" value="paper"' not in page
    answer = accept(cast.reporter, own, into="paper", date="2026-11-24", page="1", new_issue="1")
    assert answer.status_code == 403
    assert "把来稿放上版面由版面编辑或编辑来做。" in answer.content.decode()
    assert not Issue.objects.exists()


def test_pages_of_nobody_need_a_login(intake: Intake) -> None:
    for address in (LIST, at("change", intake)):
        assert "/admin/login/" in Client().get(address)["Location"]


# ---- taking in ----


def test_who_is_not_logged_in_can_log_in() -> None:
    assert Client().get("/admin/login/").status_code == 200


def test_pasted_text_opens_its_desk(cast: Cast) -> None:
    answer = browser(cast.reporter).post(RECEIVE, {"text": TEXT})
    row = Intake.objects.get()
    assert answer["Location"] == at("change", row)
    page = browser(cast.reporter).get(answer["Location"]).content.decode()
    assert "望渡桥昨日合龙" in page
    assert "贺明川" in page


def test_several_files_at_once_keep_none_another_out(cast: Cast) -> None:
    files = [
        SimpleUploadedFile("甲.txt", TEXT.encode("gb18030")),
        SimpleUploadedFile("乙.docx", b"PK\x03\x04x"),
    ]
    answer = browser(cast.editor).post(RECEIVE, {"files": files}, follow=True)
    assert dict(Intake.objects.values_list("name", "status")) == {"甲.txt": "read", "乙.docx": "refused"}
    assert "已损坏或不完整" in answer.content.decode()


def test_scripts_are_told_what_became_of_a_file(cast: Cast) -> None:
    client = browser(cast.editor)
    good = client.post(
        RECEIVE,
        {"files": SimpleUploadedFile("甲.txt", TEXT.encode())},
        headers={"Accept": "application/json"},
    ).json()
    assert [(one["name"], one["said"]) for one in good["pages"]] == [("甲.txt", "1篇")]
    bad = client.post(
        RECEIVE, {"files": SimpleUploadedFile("空.txt", b"")}, headers={"Accept": "application/json"}
    ).json()
    assert bad == {"pages": [], "errors": ["《空.txt》 是空的，请重新保存后再上传。"]}


def test_nothing_chosen_is_said(cast: Cast) -> None:
    answer = browser(cast.editor).post(RECEIVE, {"text": " "}, follow=True)
    assert "请选择文件，或粘贴文字。" in answer.content.decode()


def test_many_files_wait_for_the_workers_as_a_batch(cast: Cast, now: datetime) -> None:
    client = browser(cast.editor)
    first = client.post(
        RECEIVE, {"batch": "new", "files": SimpleUploadedFile("一.txt", TEXT.encode())}
    ).json()
    again = SimpleUploadedFile("二.txt", (TEXT + "又一段。").encode())
    assert client.post(RECEIVE, {"batch": first["batch"], "files": again}).json() == first
    batch = IntakeBatch.objects.get()
    assert (batch.files, set(batch.intakes.values_list("status", flat=True))) == (2, {"waiting"})
    page = client.get(LIST).content.decode()
    assert "已读 0 / 2 页" in page
    assert "正在读" in client.get(at("change", batch.intakes.all()[0])).content.decode()


def test_anothers_batch_takes_nothing_of_mine(cast: Cast, now: datetime) -> None:
    theirs = queue.open_batch(cast.editor, now)
    file = SimpleUploadedFile("一.txt", TEXT.encode())
    answer = browser(cast.reporter).post(RECEIVE, {"batch": theirs.pk, "files": file}).json()
    assert answer["batch"] != theirs.pk
    assert not theirs.intakes.exists()


# ---- the list ----


def test_the_list_answers_in_one_glance_and_by_state(cast: Cast, now: datetime, intake: Intake) -> None:
    shelf.drop(sent(two_stories(), cast.editor, now, name="不要的.txt"), cast.editor, now)
    client = browser(cast.layout)
    everything = client.get(LIST).content.decode()
    for told in ("来稿.txt", "不要的.txt", "2篇", "顾知秋", "望渡桥昨日合龙"):
        assert told in everything
    waiting = client.get(LIST, {"state": "read"}).content.decode()
    assert "来稿.txt" in waiting
    assert "不要的.txt" not in waiting
    assert "还没有来稿" in browser(cast.reporter).get(LIST).content.decode()


@pytest.mark.parametrize("query", ["state=%00", "state=nowhere", "p=-1", "p=99999999999999999999", "p=x"])
def test_any_query_is_answered(cast: Cast, intake: Intake, query: str) -> None:
    assert browser(cast.editor).get(f"{LIST}?{query}").status_code == 200


# ---- the desk ----


def test_the_desk_tells_the_stories_as_they_would_become(cast: Cast, intake: Intake) -> None:
    page = browser(cast.editor).get(at("change", intake)).content.decode()
    for told in ("引题", "接上段", "望渡桥昨日合龙", "老渡口停航", "贺明川", "不进稿件的文字 1处"):
        assert told in page
    assert 'data-places="1.3.11"' in page  # the byline's place in its line


def test_hostile_words_and_names_are_text(cast: Cast, now: datetime) -> None:
    read = reading(
        (Kind.HEADLINE, HOSTILE), (Kind.PARAGRAPH, HOSTILE), (Kind.BYLINE, HOSTILE), (Kind.ISSUE, HOSTILE)
    )
    intake = sent(read, cast.editor, now, name=f"{HOSTILE}.txt")
    client = browser(cast.editor)
    pages = [client.get(LIST), client.get(at("change", intake)), save(cast.editor, intake, rows_of(intake))]
    told = [pages[0].content.decode(), pages[1].content.decode(), pages[2].json()["html"]]
    for page in told:
        assert "<script>document" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_a_correction_is_saved_and_told_anew(cast: Cast, intake: Intake) -> None:
    rows = rows_of(intake)
    rows[4][3:] = ["subhead", 1, 0]
    answer = save(cast.layout, intake, rows)
    assert answer.status_code == 200
    told = answer.json()
    assert told["version"] == 1
    assert 'class="block is-subhead" data-places="2.0.9"' in told["html"]
    intake.refresh_from_db()
    assert rows_of(intake)[4][3] == "subhead"
    assert intake.changed_by == cast.layout


def test_doubts_are_told_with_their_places(cast: Cast, intake: Intake) -> None:
    rows = rows_of(intake)
    rows[5][3] = "paragraph"
    told = save(cast.editor, intake, rows).json()
    assert told["doubts"] == {"3.0.5": "没有标题；没有署名"}
    assert "没有标题" in told["html"]


def test_who_saves_over_another_is_told_and_changes_nothing(cast: Cast, intake: Intake) -> None:
    mine, theirs = rows_of(intake), rows_of(intake)
    theirs[4][3] = "subhead"
    assert save(cast.layout, intake, theirs, 0).status_code == 200
    mine[4][3] = "lede"
    answer = save(cast.editor, intake, mine, 0)
    assert (answer.status_code, answer.json()) == (409, {"error": "乔一帆刚改过这一页，请刷新后再改。"})
    intake.refresh_from_db()
    assert rows_of(intake) == theirs


@pytest.mark.parametrize(
    "rows",
    [
        [], None, "x", 7, [[]], [None], [["a"] * 6], [[0, 0, 7, "headline", 1, 0]], {"0": 1},
        [[0, 0, 7, "nothing", 1, 0]], [[10**30, 0, 1, "headline", 1, 0]], [[0, 0, 7, "headline", 0, 0]],
        [[0, 0, 1e400, "headline", 1, 0]],
    ],
)  # fmt: skip
def test_rows_that_are_not_the_whole_page_are_refused(cast: Cast, intake: Intake, rows: Any) -> None:
    answer = save(cast.editor, intake, rows)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith("。")
    intake.refresh_from_db()
    assert intake.version == 0


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "nul", '{"rows": []}', '{"rows": [], "version": "x"}', "[" * 9999]
)
def test_what_is_no_save_is_refused(cast: Cast, intake: Intake, body: str) -> None:
    answer = browser(cast.editor).put(at("pieces", intake), body, content_type="application/json")
    assert answer.status_code == 400


# ---- accepting, dropping ----


def test_accepted_as_drafts(cast: Cast, intake: Intake) -> None:
    answer = accept(cast.editor, intake)
    assert answer["Location"] == at("change", intake)
    assert list(Article.objects.order_by("pk").values_list("headline", flat=True)) == [
        "望渡桥昨日合龙",
        "老渡口停航",
    ]
    page = browser(cast.editor).get(at("change", intake)).content.decode()
    for article in Article.objects.all():
        assert reverse("admin:articles_article_change", args=[article.pk]) in page
    assert "已收下" in page
    assert save(cast.editor, intake, rows_of(intake)).status_code == 409


def test_a_story_without_its_tick_is_left_out(cast: Cast, intake: Intake) -> None:
    accept(cast.editor, intake, story=["2"])
    assert Article.objects.get().headline == "老渡口停航"


def test_no_tick_at_all_is_no_acceptance(cast: Cast, intake: Intake) -> None:
    answer = accept(cast.editor, intake, story=[])
    assert (answer.status_code, Article.objects.count()) == (422, 0)
    assert "一篇也没有选。" in answer.content.decode()


def test_accepted_into_an_issue_and_page(cast: Cast, intake: Intake) -> None:
    issue = IssueFactory(date=date(2026, 11, 30))
    accept(cast.layout, intake, into="paper", date="2026-11-30", page="1")
    placed = Placement.objects.filter(page__issue=issue, page__number=1, article__isnull=False)
    assert placed.count() == 2
    page = browser(cast.layout).get(at("change", intake)).content.decode()
    assert reverse("admin:issues_page_compose", args=[placed[0].page_id]) in page


def test_an_issue_that_is_missing_is_made_only_when_asked(cast: Cast, intake: Intake) -> None:
    Masthead.objects.exists() or IssueFactory(date=date(2026, 1, 5))
    asked = {"into": "paper", "date": "2026-12-01", "page": "2"}
    answer = accept(cast.layout, intake, **asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请先开好这一期" in page
    assert 'value="2026-12-01"' in page  # what was typed is still there
    assert not Issue.objects.filter(date=date(2026, 12, 1)).exists()


@pytest.mark.parametrize(
    "asked", [{"date": ""}, {"date": "x"}, {"page": ""}, {"page": "٣x"}, {"date": "2026-13-01"}]
)
def test_into_the_paper_needs_date_and_page(cast: Cast, intake: Intake, asked: dict[str, str]) -> None:
    answer = accept(cast.layout, intake, **({"into": "paper", "date": "2026-12-01", "page": "2"} | asked))
    assert answer.status_code == 422
    assert "请填见报日期和版次，或选“只作草稿”。" in answer.content.decode()


def test_over_what_was_not_seen_nothing_is_accepted(cast: Cast, intake: Intake) -> None:
    save(cast.layout, intake, rows_of(intake))
    answer = accept(cast.editor, intake, version=0)
    assert answer.status_code == 409
    assert not Article.objects.exists()


def test_dropped_and_taken_up_again(cast: Cast, intake: Intake) -> None:
    client = browser(cast.editor)
    page = client.post(at("drop", intake), follow=True).content.decode()
    assert "定了不收" in page
    assert Intake.objects.get().status == "dropped"
    client.post(at("drop", intake), {"back": "1"})
    assert Intake.objects.get().status == "read"


# ---- beside the drafts ----


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", draw("cranes"), content_type="image/jpeg")


@pytest.fixture
def captioned(cast: Cast, now: datetime) -> Intake:
    read = reading((Kind.CAPTION, "吊装现场。", 1), (Kind.CREDIT, "记者 贺明川摄", 1))
    intake = sent(read, cast.editor, now)
    accept(cast.editor, intake, story=["1"])
    return intake


def test_the_picture_of_a_caption_is_put_to_it(cast: Cast, captioned: Intake) -> None:
    client, article = browser(cast.editor), Article.objects.get()
    assert "待配图" in client.get(at("change", captioned)).content.decode()
    asked = {"article": article.pk, "number": "0", "picture": picture()}
    page = client.post(at("attach", captioned), asked, follow=True).content.decode()
    assert "待配图" not in page
    use = article.photos.get()
    assert (use.caption, use.credit) == ("吊装现场。", "记者 贺明川 摄")
    again = client.post(at("attach", captioned), asked | {"picture": picture()}, follow=True)
    assert "这条图片说明已经配了图。" in again.content.decode()


def test_nobody_else_puts_a_picture_to_it(cast: Cast, captioned: Intake) -> None:
    article = Article.objects.get()
    for user in (cast.proofreader, cast.reporter2):
        asked = {"article": article.pk, "number": "0", "picture": picture()}
        browser(user).post(at("attach", captioned), asked)
    assert not article.photos.exists()


def test_the_story_shows_what_it_was_made_of(cast: Cast, intake: Intake) -> None:
    accept(cast.editor, intake)
    article = Article.objects.get(headline="望渡桥昨日合龙")
    page = (
        browser(cast.editor).get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    )
    assert "原稿" in page
    assert at("change", intake) in page
    assert "本报讯 (记者 贺明川) 钢梁落位。" in page


def test_pictures_in_a_file_are_shown_to_who_sees_it_and_as_nothing_else(cast: Cast, now: datetime) -> None:
    pictures = {"a.png": draw("kites"), "b.svg": b"<svg onload=alert(1)>"}
    read = reading((Kind.HEADLINE, "图"), (Kind.PICTURE, "a.png"), (Kind.PICTURE, "b.svg"))
    intake = sent(read, cast.editor, now, pictures=pictures)
    addresses = [reverse("admin:articles_intake_picture", args=[intake.pk, number]) for number in range(3)]
    assert [browser(cast.layout).get(one).status_code for one in addresses] == [200, 404, 404]
    assert browser(cast.reporter).get(addresses[0]).status_code == 404
