"""The composer's addresses: what they tell, take and refuse; never an error of the server."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.models import Article
from articles.workflow import perform as on_story
from issues import edits, preview
from issues.models import Page, Placement
from issues.workflow import perform
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.media import PhotoFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db
LONG = "<p>" + "新桥今日通车，两岸居民盼了三年。" * 200 + "</p>"


@pytest.fixture
def page(now: datetime) -> Page:
    return paper.issue(now).pages.get(number=1)


@pytest.fixture
def story(cast: Cast) -> Article:
    return ArticleFactory(headline="大桥通车", created_by=cast.reporter, body=paper.TEXT)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, page: Page) -> str:
    return reverse(f"admin:issues_page_{name}", args=[page.pk])


def state(user: User, page: Page) -> dict[str, Any]:
    answer = browser(user).get(address("compose_state", page), {"width": 480})
    assert answer.status_code == 200
    return answer.json()


def post(user: User, page: Page, *changes: Any, **more: Any) -> Any:
    body = {"changes": list(changes), "width": 480} | more
    return browser(user).post(
        address("compose_state", page), json.dumps(body), content_type="application/json"
    )


def moved(box: Placement, **to: Any) -> dict[str, Any]:
    return {"id": box.pk, "from": {name: getattr(box, name) for name in to}, "to": to}


# ---- the page as it stands ----


def test_the_state_is_the_page_with_its_picture(page: Page, story: Article, cast: Cast) -> None:
    box = paper.place(page, story, cols=3)
    told = state(cast.layout, page)
    kind, data = told["picture"].split(",")
    picture = Image.open(BytesIO(b64decode(data)))
    assert (kind, picture.format, picture.width) == ("data:image/jpeg;base64", "JPEG", 480)
    assert [one["kind"] for one in told["boxes"]] == ["masthead", "story"]
    assert told["stories"][str(story.pk)] | {"blocks": []} == {
        "headline": "大桥通车",
        "kicker": "",
        "subheadline": "",
        "status": "draft",
        "label": "草稿",
        "photos": 0,
        "url": f"/admin/articles/article/{story.pk}/change/",
        "blocks": [],
    }
    assert told["stories"][str(story.pk)]["blocks"][0]["characters"] == 96
    fit = told["fits"][str(box.pk)]
    assert (fit["state"], fit["over"], fit["total"]) == ("under", 0, fit["placed"])
    assert told["may"]
    assert told["standing"] == "拼版中"
    assert [one["number"] for one in told["pages"]] == [1, 2]


def test_what_is_left_over_is_told_at_the_box_and_among_the_problems(
    page: Page, cast: Cast, now: datetime
) -> None:
    box = paper.place(page, ArticleFactory(headline="长稿", body=LONG), cols=2, rows=8)
    told = state(cast.layout, page)
    over = told["fits"][str(box.pk)]["over"]
    assert over > 1000
    assert told["problems"] == [{"said": f"《长稿》超{over}字。", "box": box.pk}]


def test_a_character_without_a_glyph_is_told_by_name(page: Page, cast: Cast) -> None:
    paper.place(page, ArticleFactory(headline="怪字", body="<p>他叫\U0001fae8。</p>"))
    assert any("没有字形：\U0001fae8" in one["said"] for one in state(cast.layout, page)["problems"])


def test_a_story_withdrawn_meanwhile_is_among_the_problems(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    paper.place(page, story)
    on_story("spike", story, cast.editor, now=now)
    assert "《大桥通车》已撤稿或不用，请从版面上撤下。" in [
        p["said"] for p in state(cast.layout, page)["problems"]
    ]


def test_where_text_goes_on_is_told_on_both_pages(page: Page, story: Article, cast: Cast) -> None:
    inner = page.issue.pages.get(number=2)
    first = paper.place(page, story, cols=1, rows=4)
    second = paper.place(inner, story, cols=2, continues=first)
    here, there = state(cast.layout, page)["links"], state(cast.layout, inner)["links"]
    assert here[str(first.pk)]["after"] == {"id": second.pk, "page": 2, "url": address("compose", inner)}
    assert there[str(second.pk)]["before"]["page"] == 1


def test_an_unknown_width_is_answered_all_the_same(page: Page, cast: Cast) -> None:
    for width in ("", "x", "-1", "99999999", "1e3", "٣"):
        answer = browser(cast.layout).get(address("compose_state", page), {"width": width})
        assert answer.status_code == 200, width


# ---- changes ----


def test_a_change_answers_with_the_new_page(page: Page, story: Article, cast: Cast) -> None:
    box = paper.place(page, story, cols=3)
    before = state(cast.layout, page)
    answer = post(cast.layout, page, moved(box, cols=5)).json()
    assert answer["undo"] == [{"id": box.pk, "from": {"cols": 5}, "to": {"cols": 3}}]
    assert answer["picture"] != before["picture"]
    assert answer["version"] != before["version"]
    back = post(cast.layout, page, *answer["undo"]).json()
    assert back["picture"] == before["picture"]


def test_a_new_box_gets_its_number(page: Page, story: Article, cast: Cast) -> None:
    made = {"kind": "story", "article": story.pk, "col": 0, "row": 6, "cols": 3, "rows": 9}
    answer = post(cast.layout, page, {"id": "new-1", "from": None, "to": made}).json()
    assert answer["ids"] == {"new-1": page.placements.get(kind="story").pk}


def test_who_is_overtaken_gets_the_page_as_it_stands(page: Page, story: Article, cast: Cast) -> None:
    box = paper.place(page, story, cols=3)
    mine = moved(box, cols=4)
    post(cast.editor, page, moved(box, cols=5))
    answer = post(cast.layout, page, mine)
    assert answer.status_code == 409
    assert answer.json()["error"].startswith("《大桥通车》的“位置或大小”刚被顾知秋改过")
    assert answer.json()["taken"] == [{"id": box.pk, "field": "cols", "now": 5}]
    assert next(one for one in answer.json()["boxes"] if one["id"] == box.pk)["cols"] == 5


def test_what_cannot_be_is_422(page: Page, story: Article, cast: Cast) -> None:
    box = paper.place(page, story, cols=3)
    answer = post(cast.layout, page, moved(box, row=1))
    assert answer.status_code == 422
    assert "重叠" in answer.json()["error"]
    assert answer.json()["picture"]


def test_a_signed_page_is_403_and_only_looked_at(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    box = paper.place(page, story, cols=3)
    Page.objects.filter(pk=page.pk).update(status=Page.Status.SIGNED)
    answer = post(cast.layout, page, moved(box, cols=4))
    assert answer.status_code == 403
    assert "已签样" in answer.json()["error"]
    shown = browser(cast.layout).get(address("compose", page)).content.decode()
    assert "已签样，只能看" in shown
    assert "data-rows" not in shown


def test_the_version_changes_with_whatever_is_on_the_page(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    box = paper.place(page, story, cols=3)
    seen = set()

    def version() -> tuple[str, str]:
        told = browser(cast.layout).get(address("compose_version", page)).json()
        return told["version"], told["by"]

    for act in (
        lambda: None,
        lambda: edits.apply(page, cast.editor, [moved(box, cols=4)], now),
        lambda: on_story("submit", story, cast.reporter, now=now),
        lambda: page.issue.guide.create(page_number=2, headline="导读"),
        lambda: Page.objects.filter(pk=page.pk).update(name="要闻"),
    ):
        act()
        seen.add(version()[0])
        assert version()[0] in seen
    assert len(seen) == 5
    assert version()[1] == "顾知秋"


def test_the_same_page_is_set_once(page: Page, story: Article, cast: Cast, monkeypatch: Any) -> None:
    paper.place(page, story)
    state(cast.layout, page)
    monkeypatch.setattr(preview, "compose", None)
    assert state(cast.editor, page)["picture"]


# ---- what can be placed ----


def rows(user: User, page: Page, words: str = "") -> list[dict[str, Any]]:
    answer = browser(user).get(address("compose_stories", page), {"q": words})
    assert answer.status_code == 200
    return answer.json()["results"]


def test_stories_that_wait_come_first(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    waits = paper.waiting(cast, now, headline="随报的稿")
    review = ArticleFactory(headline="在审的稿", created_by=cast.reporter)
    on_story("submit", review, cast.reporter, now=now)
    live = publish(ArticleFactory(headline="已上网的稿", created_by=cast.reporter), cast, now)
    for headline, change in (("不用的稿", {"status": "spiked"}), ("备用的稿", {"held": True})):
        Article.objects.filter(pk=ArticleFactory(headline=headline).pk).update(**change)
    placed = paper.place(page, ArticleFactory(headline="版上的稿"))
    found = rows(cast.layout, page)
    assert [one["headline"] for one in found] == [
        *("随报的稿", "在审的稿", "已上网的稿", "大桥通车"),
        "版上的稿",
    ]
    assert [one["label"] for one in found[:3]] == ["待随报发布", "初审", "已发布"]
    assert found[0] | {"label": ""} == {
        "id": waits.pk,
        "headline": "随报的稿",
        "status": "signed",
        "label": "",
        "characters": 96,
        "pictures": 0,
        "placed": None,
        "elsewhere": None,
    }
    assert found[-1]["placed"] == {"page": 1, "id": placed.pk}
    assert live.pk in [one["id"] for one in found]


def test_any_story_can_be_looked_for(page: Page, cast: Cast, now: datetime) -> None:
    old = ArticleFactory(headline="去年的水闸", created_by=cast.reporter)
    publish(old, cast, now - timedelta(days=300))
    assert rows(cast.layout, page) == []
    assert [one["id"] for one in rows(cast.layout, page, "水闸")] == [old.pk]
    assert rows(cast.layout, page, "水闸 \x00") == []


def test_a_story_of_another_issue_is_shown_as_taken(
    page: Page, story: Article, cast: Cast, now: datetime
) -> None:
    other = paper.issue(now + timedelta(days=7), number=27)
    paper.place(other.pages.get(number=2), story)
    assert rows(cast.layout, page) == []
    assert rows(cast.layout, page, "大桥")[0]["elsewhere"] == "在第27期第2版 第2叠"


@pytest.mark.django_db(transaction=True)
def test_pictures_of_the_pages_stories_come_first(page: Page, cast: Cast) -> None:
    older = PhotoFactory(caption="闸口的鹭", uploaded_by=cast.reporter)
    newer = PhotoFactory(caption="码头的猫", uploaded_by=cast.reporter)
    paper.place(page, ArticleFactory(photos=[older]))
    client = browser(cast.layout)
    found = client.get(address("compose_pictures", page)).json()["results"]
    assert [one["public_id"] for one in found] == [older.public_id, newer.public_id]
    assert client.get(found[0]["thumb"]).status_code == 200
    found = client.get(address("compose_pictures", page), {"q": "猫"}).json()["results"]
    assert [one["caption"] for one in found] == ["码头的猫"]


# ---- 自动拼版 ----


def offers(user: User, page: Page, stories: Any) -> Any:
    body = json.dumps({"stories": stories})
    return browser(user).post(address("compose_arrange", page), body, content_type="application/json")


def test_three_arrangements_of_placed_and_ticked_stories(page: Page, cast: Cast, now: datetime) -> None:
    text = "<p>" + "新桥今日通车，两岸居民盼了三年。" * 40 + "</p>"
    placed = paper.place(page, ArticleFactory(headline="版上的稿", body=text), cols=6, rows=4, weight=20)
    ticked = [ArticleFactory(headline=f"第{n}稿", body=text) for n in range(4)]
    asked = [{"id": one.pk, "weight": 90 - 20 * n} for n, one in enumerate(ticked)]
    found = offers(cast.layout, page, asked).json()["offers"]
    assert len(found) == 3
    assert len({json.dumps(one["boxes"]) for one in found}) == 3
    for offer in found:
        assert {one["name"] for one in offer["boxes"]} == {
            "报头",
            "版上的稿",
            *(f"第{n}稿" for n in range(4)),
        }
        assert not offer["left_out"]
        assert (offer["over"], offer["empty"] <= 3) == (0, True)
    answer = post(cast.layout, page, *found[1]["changes"])
    assert answer.status_code == 200
    assert page.placements.count() == 6
    placed.refresh_from_db()
    box = next(one for one in found[1]["boxes"] if one["name"] == "版上的稿")
    assert (placed.col, placed.row, placed.cols, placed.rows) == tuple(
        box[side] for side in ("col", "row", "cols", "rows")
    )
    post(cast.layout, page, *answer.json()["undo"])
    assert page.placements.count() == 2


def test_what_has_no_place_is_taken_off_and_told(page: Page, cast: Cast, now: datetime) -> None:
    for n in range(2):
        paper.place(page, ArticleFactory(headline=f"长稿{n}", body=LONG), cols=6, rows=17, weight=90 - n)
    found = offers(cast.layout, page, []).json()["offers"][0]
    assert [one["name"] for one in found["left_out"]] == ["长稿1"]
    assert found["left_out"][0]["why"]
    assert post(cast.layout, page, *found["changes"]).status_code == 200
    assert page.placements.filter(kind="story").count() == 1


def test_how_full_a_box_would_be_is_told_for_every_size(page: Page, cast: Cast) -> None:
    """The ghost under the hand and the composed box agree, to a line or two a column."""
    story = ArticleFactory(headline="大桥通车", body=LONG)
    box = paper.place(page, story, cols=3, rows=30)
    fit = state(cast.layout, page)["fits"][str(box.pk)]
    client, at = browser(cast.layout), address("compose_room", page)
    free = client.get(at, {"box": box.pk}).json()["free"]
    assert (len(free), len(free[0])) == (6, 40)
    assert abs(free[2][29] - (fit["under"] - fit["over"])) < 3 * 2 * 13
    assert free[5][39] > free[5][20] > free[1][20]
    assert client.get(at, {"story": story.pk}).json()["free"] == free
    head = page.placements.get(kind="masthead")
    for nothing in ({"box": head.pk}, {"box": "x"}, {"story": 99_999}, {"box": "9" * 30}, {}):
        assert client.get(at, nothing).json() == {"free": []}


@pytest.mark.parametrize(
    "asked", ["x", 5, [1], [{"id": 1}], [{"id": 1, "weight": 200}], [{"id": True, "weight": 5}], [{}] * 41]
)
def test_nonsense_is_not_arranged(page: Page, cast: Cast, asked: Any) -> None:
    answer = offers(cast.layout, page, asked)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_nothing_to_arrange(page: Page, cast: Cast) -> None:
    assert offers(cast.layout, page, None).status_code == 422
    assert offers(cast.proofreader, page, []).status_code == 403


# ---- who may ----


@pytest.mark.parametrize("name", ["layout", "editor", "chief", "proofreader", "superuser"])
def test_the_composer_is_shown(page: Page, cast: Cast, name: str) -> None:
    user = getattr(cast, name)
    answer = browser(user).get(address("compose", page))
    assert answer.status_code == 200
    may = name in ("layout", "editor", "chief")
    assert ("data-rows" in answer.content.decode()) == may
    assert ("这里只能看" in answer.content.decode()) == (not may)


@pytest.mark.parametrize("name", ["reporter", "admin", "outsider"])
def test_others_find_nothing(page: Page, cast: Cast, name: str) -> None:
    client = browser(getattr(cast, name))
    for view in ("compose", "compose_state", "compose_version", "compose_stories", "compose_pictures"):
        assert client.get(address(view, page)).status_code in (302, 404), view
    assert post(getattr(cast, name), page).status_code in (302, 404)


def test_the_list_of_pages_is_that_of_issues(page: Page, cast: Cast) -> None:
    client = browser(cast.layout)
    assert client.get("/admin/issues/page/").url == "/admin/issues/issue/"
    assert client.get(address("change", page)).url == address("compose", page)
    assert client.get(f"/admin/issues/page/{page.pk + 99}/compose/").status_code == 404


def test_a_page_in_proof_says_its_stage(page: Page, story: Article, cast: Cast, now: datetime) -> None:
    paper.place(page, story)
    perform("proof", page, cast.layout, now=now)
    assert state(cast.layout, page)["standing"] == "一校"


# ---- whatever comes ----


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "5",
        '"x"',
        "{",
        '{"changes": 1e999}',
        "[" * 100_000,
        '{"changes": [{"id": NaN}]}',
        "\xff",
    ],
)
def test_what_is_no_change_is_answered_with_a_sentence(page: Page, cast: Cast, body: str) -> None:
    for view in ("compose_state", "compose_arrange"):
        answer = browser(cast.layout).post(
            address(view, page), body.encode("latin-1"), content_type="application/json"
        )
        assert answer.status_code in (400, 422), answer.content
        assert answer.json()["error"]


def test_too_much_at_once(page: Page, cast: Cast) -> None:
    assert post(cast.layout, page, "字" * 2_000_000).status_code == 413
    assert post(cast.layout, page, *[{}] * 201).status_code == 422


some = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=some | st.fixed_dictionaries({"changes": some, "width": some, "stories": some}))
def test_any_json_is_answered(page: Page, cast: Cast, body: Any) -> None:
    for view in ("compose_state", "compose_arrange"):
        answer = browser(cast.layout).post(
            address(view, page), json.dumps(body), content_type="application/json"
        )
        assert answer.status_code in (200, 400, 422)
