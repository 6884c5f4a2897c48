"""Arranging the home page: who may, what the chain remembers, and the editors' page for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import front
from articles.front import arrange, digest
from articles.models import Article, FrontSlot
from articles.refusals import Conflict, NotAllowed, NotReady
from articles.verify import verify
from articles.workflow import perform
from media.library import block
from newsroom.lib import canonical
from people import chain
from people.models import Signature
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PAGE = "/admin/articles/frontslot/"
PREVIEW = "/admin/front/preview/"
NOTHING = digest([])


@pytest.fixture
def editor(client: Client, cast: Cast) -> Client:
    client.force_login(cast.editor)
    return client


def slot(place: str, article: Article, order: int = 1, **hours: datetime) -> FrontSlot:
    return FrontSlot(place=place, article=article, order=order, **hours)


def form(*rows: dict[str, Any], seen: str = NOTHING, **more: Any) -> dict[str, Any]:
    """What a browser posts of those rows."""
    sent = {"slots-TOTAL_FORMS": len(rows), "slots-INITIAL_FORMS": 0, "seen": seen}
    for number, row in enumerate(rows):
        sent |= {f"slots-{number}-{name}": value for name, value in ({"order": 1} | row).items()}
    return sent | more


def standing() -> list[tuple[str, int, int]]:
    rows = FrontSlot.objects.order_by("place", "order").values_list("place", "article", "order")
    return list(rows)


# Who may, and what the chain says of it


def test_editors_of_every_stage_arrange_and_nobody_else(cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now)
    for name, person in cast.everyone().items():
        FrontSlot.objects.all().delete()
        if name in ("editor", "deputy", "chief"):
            assert arrange([slot("lead", story)], person, NOTHING, now)
        else:
            with pytest.raises(NotAllowed):
                arrange([slot("lead", story)], person, NOTHING, now)
            assert standing() == []


def test_each_change_is_a_link_of_the_chain(cast: Cast, now: datetime) -> None:
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    before = Signature.objects.count()
    arrange([slot("lead", one)], cast.editor, NOTHING, now)
    seen = digest(FrontSlot.objects.all())
    arrange([slot("lead", one), slot("second", other, 7)], cast.chief, seen, now + HOUR)
    first, second = Signature.objects.about(front.SUBJECT)
    assert [first.action, first.person, first.at] == ["arrange", cast.editor, now]
    assert canonical.load(second.effect)["front"] == [
        ["lead", one.pk, 1, None, None],
        ["second", other.pk, 7, None, None],
    ]
    assert second.digest == digest(FrontSlot.objects.all())
    assert Signature.objects.count() == before + 2
    assert list(chain.verify()) == []


def test_verify_finds_a_place_that_nobody_gave(cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now)
    arrange([slot("lead", story)], cast.editor, NOTHING, now)
    assert list(verify()) == []
    FrontSlot.objects.update(place="off")
    assert list(verify()) == ["home page: its arrangement is not the one in the chain"]


def test_who_set_a_place_that_stays_remains(cast: Cast, now: datetime) -> None:
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    arrange([slot("lead", one)], cast.editor, NOTHING, now)
    seen = digest(FrontSlot.objects.all())
    arrange([slot("lead", one), slot("second", other)], cast.chief, seen, now + HOUR)
    assert FrontSlot.objects.get(place="lead").set_by == cast.editor
    assert FrontSlot.objects.get(place="second").set_by == cast.chief


def test_saving_what_stands_is_no_change(cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now)
    assert arrange([slot("lead", story)], cast.editor, NOTHING, now)
    assert not arrange([slot("lead", story)], cast.chief, digest(FrontSlot.objects.all()), now + HOUR)
    assert Signature.objects.about(front.SUBJECT).count() == 1


def test_who_saw_another_arrangement_changes_nothing(cast: Cast, now: datetime) -> None:
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    arrange([slot("lead", one)], cast.editor, NOTHING, now)
    with pytest.raises(Conflict, match=str(cast.editor)):
        arrange([slot("lead", other)], cast.chief, NOTHING, now + HOUR)
    assert standing() == [("lead", one.pk, 1)]


def test_a_story_never_signed_gets_no_place(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotReady):
        arrange([slot("lead", ArticleFactory())], cast.editor, NOTHING, now)
    assert standing() == []


def test_a_withdrawn_story_may_keep_its_place(cast: Cast, now: datetime) -> None:
    """Whoever changes another place is not held up by it."""
    gone, other = publish(ArticleFactory(), cast, now - HOUR), publish(ArticleFactory(), cast, now)
    arrange([slot("lead", gone)], cast.editor, NOTHING, now)
    perform("withdraw", gone, cast.chief, note="有误", now=now)
    arrange([slot("lead", gone), slot("second", other)], cast.editor, digest(FrontSlot.objects.all()), now)
    assert len(standing()) == 2


@pytest.mark.parametrize(
    "wrong", [{"order": 1000}, {"order": -1}, {"place": "roof"}, {"shown_from": HOUR, "shown_until": HOUR}]
)
def test_what_no_page_can_have_is_refused(cast: Cast, now: datetime, wrong: dict[str, Any]) -> None:
    story = publish(ArticleFactory(), cast, now)
    asked = {k: now + v if isinstance(v, timedelta) else v for k, v in wrong.items()}
    with pytest.raises(NotReady):
        arrange(
            [FrontSlot(**{"place": "lead", "article": story, "order": 1} | asked)], cast.editor, NOTHING, now
        )
    with pytest.raises(NotReady):
        arrange([slot("lead", story), slot("lead", story, 2)], cast.editor, NOTHING, now)
    with pytest.raises(NotReady):
        arrange([slot("lead", story)] * (front.MOST_SLOTS + 1), cast.editor, NOTHING, now)


def test_next_change_is_the_nearest_hour_of_any_place(cast: Cast, now: datetime) -> None:
    assert FrontSlot.objects.next_change(now) is None
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    slots = [
        slot("lead", one, shown_from=now - HOUR, shown_until=now + 3 * HOUR),
        slot("second", other, shown_from=now + 2 * HOUR),
    ]
    arrange(slots, cast.editor, NOTHING, now)
    moments = [FrontSlot.objects.next_change(now + hours * HOUR) for hours in (-2, 0, 2, 3)]
    assert moments == [now - HOUR, now + 2 * HOUR, now + 3 * HOUR, None]
    assert [s.place for s in FrontSlot.objects.at(now)] == ["lead"]


# The editors' page


@pytest.mark.parametrize("who", ["reporter", "proofreader", "layout", "admin", "superuser", "outsider", None])
def test_the_page_and_its_preview_are_for_editors(
    client: Client, cast: Cast, now: datetime, who: str | None
) -> None:
    secret = publish(ArticleFactory(headline="明天才见报"), cast, now, release_at=now + HOUR)
    if who:
        client.force_login(getattr(cast, who))
    sent = form({"article": secret.pk, "place": "lead"}, _save="1")
    for answer in (client.get(PAGE), client.post(PAGE, sent), client.post(PREVIEW, sent)):
        assert answer.status_code in (302, 403)
        assert "明天才见报" not in answer.content.decode()
        assert answer.status_code == 403 or answer["Location"].startswith("/admin/login/")
    assert standing() == []


def test_the_desk_leads_there(editor: Client) -> None:
    assert PAGE in editor.get("/admin/").content.decode()


def test_empty_places_say_what_fills_them(editor: Client, cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now)
    content = editor.get(PAGE).content.decode()
    assert f"《{story.headline}》" in content.split('id="place-lead"')[1].split("</section>")[0]


def test_found_by_words_and_section_among_signed_stories(editor: Client, cast: Cast, now: datetime) -> None:
    section = SectionFactory()
    publish(ArticleFactory(headline="大桥通车", section=section), cast, now)
    publish(ArticleFactory(headline="大桥合龙"), cast, now, release_at=now + HOUR)
    ArticleFactory(headline="大桥草稿")

    def found(**asked: Any) -> list[bool]:
        content = editor.post(PAGE, form(**asked)).content.decode().split('id="found"')[1]
        return [words in content for words in ("大桥通车", "大桥合龙", "大桥草稿")]

    assert found(q="大桥") == [True, True, False]
    assert found(q="大桥 合龙") == [False, True, False]
    assert found(section=section.pk) == [True, False, False]
    assert found(q="不见\x00") == [False, False, False]


def test_a_story_is_added_moved_and_taken_off(editor: Client, cast: Cast, now: datetime) -> None:
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    row = {"article": one.pk, "place": "lead", "order": 1}
    grown = editor.post(PAGE, form(row, add=other.pk, to="lead"))
    assert grown.status_code == 200
    rows = [f["article"].value() for f in grown.context["groups"][0].rows for f in [f.form]]
    assert [int(value) for value in rows] == [other.pk, one.pk], "a new lead leads"
    assert standing() == [], "nothing is saved yet"
    second = {"article": other.pk, "place": "second", "order": 2}
    assert editor.post(PAGE, form(row, second, _save="1")).status_code == 302
    assert standing() == [("lead", one.pk, 1), ("second", other.pk, 2)]
    seen = editor.get(PAGE).context["seen"]
    sent = form(row | {"DELETE": "on"}, second | {"place": "picture"}, seen=seen, _save="1")
    assert editor.post(PAGE, sent).status_code == 302
    assert standing() == [("picture", other.pk, 2)]


def test_of_two_who_save_the_second_loses_nothing(editor: Client, cast: Cast, now: datetime) -> None:
    one, other = publish(ArticleFactory(), cast, now), publish(ArticleFactory(), cast, now)
    arrange([slot("lead", one)], cast.chief, NOTHING, now)
    mine = {"article": other.pk, "place": "second", "order": 42}
    answer = editor.post(PAGE, form(mine, _save="1"))
    content = answer.content.decode()
    assert answer.status_code == 409
    assert str(cast.chief) in content
    assert 'value="42"' in content
    assert standing() == [("lead", one.pk, 1)]
    again = form(mine, seen=answer.context["seen"], _save="1")
    assert editor.post(PAGE, again).status_code == 302, "having seen it, he may decide"
    assert standing() == [("second", other.pk, 42)]


def test_each_row_says_how_its_story_stands(editor: Client, cast: Cast, now: datetime) -> None:
    live = publish(ArticleFactory(), cast, now - HOUR)
    due = publish(ArticleFactory(), cast, now, release_at=now + HOUR)
    gone = publish(ArticleFactory(), cast, now - HOUR)
    closed = PhotoFactory()
    pictured = publish(ArticleFactory(photos=[closed]), cast, now - HOUR)
    perform("withdraw", gone, cast.chief, note="有误", now=now)
    block(closed, cast.chief, "肖像权", now)
    rows = [
        slot("lead", gone), slot("lead", due, 2), slot("lead", live, 3), slot("picture", pictured),
        slot("off", live, shown_until=now - HOUR),
    ]  # fmt: skip
    arrange(rows, cast.editor, NOTHING, now)
    groups = {group.place: group.rows for group in editor.get(PAGE).context["groups"]}
    moment = timezone.localtime(now + HOUR)
    assert [(row.story.state, row.now) for row in groups["lead"]] == [
        ("已撤稿：不显示", ""),
        (f"{moment.month}月{moment.day}日 {moment:%H:%M} 发布", ""),
        ("已发布", "在首页"),
    ]
    assert groups["picture"][0].now == "没有可用的图片：不显示"
    assert groups["off"][0].now == "时段已过"


@pytest.mark.parametrize(
    "row",
    [
        {"article": "999999999", "place": "lead"},
        {"article": "9" * 40, "place": "lead"},
        {"article": "新桥", "place": "lead"},
        {"article": "", "place": "lead"},
        {"place": "roof"},
        {"order": "9" * 30},
        {"order": "-1"},
        {"order": "头一个"},
        {"order": ""},
        {"shown_from": "明天"},
        {"shown_from": "0001-01-01T00:00:00"},
        {"shown_from": "2030-01-02T00:00:00", "shown_until": "2030-01-01T00:00:00"},
        {"place": "le\x00ad", "order": "\x00"},
    ],
)
def test_what_cannot_be_read_is_told_and_kept(editor: Client, cast: Cast, now: datetime, row: Any) -> None:
    story = publish(ArticleFactory(), cast, now)
    sent = form({"article": story.pk, "place": "lead"} | row, _save="1")
    answer = editor.post(PAGE, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert standing() == []
    assert editor.post(PREVIEW, sent).status_code in (200, 422)


@pytest.mark.parametrize(
    "sent",
    [
        {"slots-TOTAL_FORMS": "many"}, {"slots-TOTAL_FORMS": "9999999"}, {"add": "新", "to": "roof"},
        {"add": "9" * 18, "to": "lead"}, {"section": "x" * 999, "q": "长" * 9999}, {"seen": "\x00"},
    ],
)  # fmt: skip
def test_a_form_that_no_browser_sends_breaks_nothing(editor: Client, sent: dict[str, str]) -> None:
    for extra in ({}, {"_save": "1"}):
        assert editor.post(PAGE, form() | sent | extra).status_code in (200, 302, 409, 422)
    assert standing() == []


# The preview


def test_preview_shows_what_is_not_saved(editor: Client, cast: Cast, now: datetime) -> None:
    plain = publish(ArticleFactory(headline="普通一篇"), cast, now - 2 * HOUR)
    publish(ArticleFactory(headline="自动头条", photos=[PhotoFactory()]), cast, now - HOUR)
    answer = editor.post(PREVIEW, form({"article": plain.pk, "place": "lead"}))
    lead = answer.content.decode().split('class="lead"')[1].split("</article>")[0]
    assert "普通一篇" in lead
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert standing() == []
    assert "自动头条" in editor.get("/").content.decode().split('class="lead"')[1].split("</article>")[0]
    assert editor.get(PREVIEW).status_code == 405


def test_preview_of_a_moment_shows_what_is_due_then(editor: Client, cast: Cast, now: datetime) -> None:
    due = publish(ArticleFactory(headline="明早见报"), cast, now, release_at=now + HOUR)
    row = {"article": due.pk, "place": "lead"}
    at = f"{timezone.localtime(now + 2 * HOUR):%Y-%m-%dT%H:%M:%S}"
    assert "明早见报" not in editor.post(PREVIEW, form(row)).content.decode()
    assert "明早见报" in editor.post(PREVIEW, form(row, at=at)).content.decode()
    words = editor.post(PREVIEW, form(row, at="改天"))
    assert "admin" in words.templates[0].name
