"""A proof in the newsroom: its page for each person, files, marks, decisions, sending."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.workflow import perform as on_story
from issues import marks, proofs, sending
from issues.marks import Place
from issues.models import Dispatch, Mark, Page, Placement, Proof
from issues.workflow import perform
from people.models import Signature
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PLACE = {"x": "300", "y": "300", "width": "0", "height": "0"}


@pytest.fixture
def article(cast: Cast, now: datetime) -> Article:
    """In review, so that words of it can be corrected."""
    made = ArticleFactory(
        headline="新桥通车", body="<p>两岸居民盼了三年。</p>" + paper.TEXT, created_by=cast.reporter
    )
    on_story("submit", made, cast.reporter, now=now)
    return made


@pytest.fixture
def page(article: Article, cast: Cast, now: datetime) -> Page:
    made = paper.issue(now).pages.get(number=2)
    paper.place(made, article, rows=20)
    perform("proof", made, cast.layout, now=now)
    proofs.ensure(made.proofs.get())
    return made


def at(page: Page, name: str = "proof/") -> str:
    return f"/admin/issues/page/{page.pk}/{name}"


def text(answer: Any) -> str:
    return answer.content.decode()


def seen(page: Page) -> dict[str, str]:
    """What the buttons of the page's proof post."""
    return {"digest": page.digest, "seen": f"{page.status}:{'' if page.stage is None else page.stage}"}


# Reading


def test_the_page_has_its_picture_its_boxes_and_what_can_be_done(page: Page, cast: Cast) -> None:
    shown = text(logged_in(cast.proofreader).get(at(page)))
    for width in (480, 1080, 2160):
        assert f"{at(page)}1/{width}.png {width}w" in shown
    assert 'aria-label="批注《新桥通车》"' in shown
    for words in ("2版 第1次", "一校签字", "退回改版", "1篇未签发", "印前检查"):
        assert words in shown, words
    assert "重新出样" not in shown
    layout = text(logged_in(cast.layout).get(at(page)))
    assert "重新出样" in layout
    assert "一校签字" not in layout
    assert 'name="mode"' not in layout, "corrections are for proofreaders and editors"


def test_a_page_never_proofed_says_so(page: Page, cast: Cast) -> None:
    other = page.issue.pages.get(number=1)
    assert "还没有出过样" in text(logged_in(cast.layout).get(at(other)))


def test_an_older_proof_is_void_and_takes_no_marks(page: Page, cast: Cast, now: datetime) -> None:
    Placement.objects.filter(page=page, kind="story").update(rows=22)
    perform("proof", page, cast.layout, now=now)
    client = logged_in(cast.proofreader)
    old = text(client.get(f"{at(page)}?n=1"))
    assert "2版 第1次已作废，现在是2版 第2次" in old
    assert "data-mark-form" not in old
    assert "签字</button>" not in old
    new = text(client.get(at(page)))
    assert "比2版 第1次" in new
    assert "《新桥通车》移动或改了大小" in new
    for wrong in ("?n=9", "?n=99999"):
        assert client.get(f"{at(page)}{wrong}").status_code == 404
    assert client.get(f"{at(page)}?n=x").status_code == 200
    answer = client.post(at(page, "proof/1/mark/"), PLACE | {"text": "太松"})
    assert (answer.status_code, "请在新样上批注" in text(answer)) == (409, True)
    assert "<q>太松</q>" in text(answer), "what was typed is not lost"


def test_what_changed_since_each_signature_leads_to_the_words(
    page: Page, article: Article, cast: Cast, now: datetime
) -> None:
    perform("sign", page, cast.proofreader, now=now)
    client = logged_in(cast.proofreader)
    place = {**PLACE, "mode": "correct", "before": "盼了三年。", "after": "盼了十年。", "where": "body:0"}
    assert client.post(at(page, "proof/1/mark/"), place).status_code == 302
    shown = text(client.get(at(page)))
    assert "出样后有改动" in shown
    assert "二校签字" not in shown, "what lies there can no longer be signed"
    perform("proof", page, cast.layout, now=now)
    proofs.ensure(page.proofs.get(number=2))
    shown = text(client.get(at(page)))
    assert f"{cast.proofreader}（一校）签的是2版 第1次，此后" in shown
    found = re.search(rf'href="(/admin/articles/article/{article.pk}/compare/\?a=(\d+)&amp;b=(\d+))"', shown)
    assert found is not None
    assert int(found[3]) == int(found[2]) + 1
    assert "二校签字" in shown, "a correction that a mark asked for voids nothing"


def test_while_it_is_typeset_and_when_that_fails(page: Page, cast: Cast, now: datetime) -> None:
    client = logged_in(cast.layout)
    perform("proof", page, cast.layout, now=now)
    shown = text(client.get(at(page)))
    assert f'data-progress="{at(page)}2/state/"' in shown
    state = client.get(f"{at(page)}2/state/").json()
    assert state == {
        "state": "waiting",
        "label": "正在排",
        "silent": False,
        "done": 0,
        "total": 0,
        "error": "",
    }
    Proof.objects.filter(number=2).update(state=Proof.State.FAILED, error="字体坏了", attempts=5)
    shown = text(client.get(at(page)))
    assert "字体坏了" in shown
    assert "重试" in shown
    assert client.post(at(page, "proof/2/retry/")).status_code == 302
    again = Proof.objects.get(number=2)
    assert (again.state, again.attempts, again.error) == (Proof.State.WAITING, 0, "")


def test_pictures_and_the_pdf_are_for_the_newsroom(page: Page, cast: Cast) -> None:
    client = logged_in(cast.editor)
    for width in (480, 1080, 2160, 240):
        answer = client.get(f"{at(page)}1/{width}.png")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert "private" in answer["Cache-Control"]
    tag = client.get(f"{at(page)}1/480.png")["ETag"]
    assert client.get(f"{at(page)}1/480.png", headers={"If-None-Match": tag}).status_code == 304
    pdf = client.get(f"{at(page)}1.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert page.proofs.get().digest[:8] in pdf["Content-Disposition"]
    for name in ("1/999.png", "7/480.png", "7.pdf", "7/state/", "7/words/?x=1&y=1"):
        assert client.get(at(page, f"proof/{name}")).status_code == 404, name
    Proof.objects.update(state=Proof.State.FAILED)
    for name in ("1/480.png", "1.pdf"):
        assert client.get(at(page, f"proof/{name}")).status_code == 404
    for name in ("1/480.png", "1.pdf", "1/state/", "1/words/?x=1&y=1", ""):
        assert logged_in(cast.reporter).get(at(page, f"proof/{name}")).status_code == 404
        assert Client().get(at(page, f"proof/{name}")).status_code == 302


def test_words_under_a_drag(page: Page, article: Article, cast: Cast) -> None:
    client = logged_in(cast.proofreader)
    found = client.get(at(page, "proof/1/words/?x=0&y=0&width=999&height=999")).json()
    assert found["text"]
    assert found.keys() == {"text", "article", "where"}
    assert client.get(at(page, "proof/1/words/?x=a&y=1")).status_code == 404
    assert client.get(at(page, "proof/1/words/?x=1&y=1")).json()["text"] == ""


def test_numbers_beyond_any_row_are_not_found(page: Page, cast: Cast) -> None:
    client, huge = logged_in(cast.chief), "9" * 30
    for address in (f"{huge}/proof/", f"{page.pk}/proof/{huge}.pdf", f"{page.pk}/proof/{huge}/480.png"):
        assert client.get(f"/admin/issues/page/{address}").status_code == 404, address
    for address in (f"{huge}/action/", f"{page.pk}/mark/{huge}/", f"{page.pk}/answer/{huge}/"):
        assert client.post(f"/admin/issues/page/{address}", {"action": "sign"}).status_code == 404, address
    assert client.post(f"/admin/issues/issue/{huge}/action/", {"action": "hold"}).status_code == 404


# Marks


def test_a_mark_is_written_changed_and_checked(page: Page, cast: Cast) -> None:
    reader, maker = logged_in(cast.proofreader), logged_in(cast.layout)
    answer = reader.post(at(page, "proof/1/mark/"), PLACE | {"text": "字距太松"})
    mark = Mark.objects.get()
    assert answer["Location"] == f"{at(page)}#mark-{mark.pk}"
    assert (mark.x, mark.y, mark.text, mark.article) == (300, 300, "字距太松", mark.placement.article)  # type: ignore[union-attr]
    move = at(page, f"mark/{mark.pk}/")
    assert 'value="change"' in text(maker.get(at(page)))
    maker.post(move, {"do": "change"})
    shown = text(maker.get(at(page)))
    assert "须由他人核红" in shown
    assert 'value="check"' not in shown
    refused = maker.post(move, {"do": "check"})
    assert (refused.status_code, "另一位" in text(refused)) == (403, True)
    shown = text(reader.get(at(page)))
    assert "先重新出样，在新样上核红" in shown
    assert 'value="check"' not in shown
    refused = reader.post(move, {"do": "check"})
    assert (refused.status_code, "在新样上核红" in text(refused)) == (422, True)
    page.refresh_from_db()
    paper.proof(page, cast, timezone.now())
    assert 'value="check"' in text(reader.get(at(page)))
    assert 'value="check"' not in text(reader.get(f"{at(page)}?n=1")), "the older one does not show it"
    reader.post(move, {"do": "check"})
    mark.refresh_from_db()
    assert (mark.status, mark.checked_by) == ("checked", cast.proofreader)
    assert maker.post(move, {"do": "change"}).status_code == 409
    assert maker.post(move, {"do": "rub out"}).status_code == 404
    assert maker.post(at(page, "mark/999/"), {"do": "change"}).status_code == 404


def test_a_mark_is_taken_back(page: Page, cast: Cast) -> None:
    client = logged_in(cast.proofreader)
    client.post(at(page, "proof/1/mark/"), {"text": "整版偏松"})
    mark = Mark.objects.get()
    assert 'value="drop"' in text(client.get(at(page)))
    assert 'value="drop"' not in text(logged_in(cast.editor).get(at(page)))
    answer = client.post(at(page, f"mark/{mark.pk}/"), {"do": "drop", "n": "1"})
    assert answer["Location"] == f"{at(page)}?n=1#marks"
    assert not Mark.objects.exists()


def test_a_box_is_marked_without_a_script(page: Page, cast: Cast) -> None:
    box = page.placements.get(kind="story")
    logged_in(cast.layout).post(
        at(page, "proof/1/mark/"), {"text": "框线太粗", "box": box.pk, "x": "", "y": ""}
    )
    mark = Mark.objects.get()
    assert (mark.placement, mark.width > 0) == (box, True)


def test_a_correction_refused_keeps_what_was_typed(page: Page, article: Article, cast: Cast) -> None:
    client = logged_in(cast.proofreader)
    typed = {"mode": "correct", "before": "三年", "after": "<b>十年", "text": "", "where": ""}
    answer = client.post(at(page, "proof/1/mark/"), PLACE | typed)
    assert answer.status_code == 422
    shown = text(answer)
    assert re.search(r"“三年”在稿件里有\d+处", shown)
    assert ">三年</textarea>" in shown
    assert "&lt;b&gt;十年</textarea>" in shown
    assert 'name="x" value="300"' in shown
    assert 'value="correct" checked' in shown
    assert not Mark.objects.exists()
    answer = client.post(
        at(page, "proof/1/mark/"),
        PLACE | typed | {"before": "两岸居民", "after": "两岸的居民", "where": "body:0"},
    )
    assert answer.status_code == 302
    article.refresh_from_db()
    assert "两岸的居民盼了三年" in article.body


@pytest.mark.parametrize(
    "place",
    [
        {"x": "-1", "y": "5"},
        {"x": "9" * 40, "y": "5"},
        {"x": "٣", "y": "5"},
        {"x": "5", "y": "5", "width": "x"},
        {"box": "9" * 30},
    ],
)
def test_places_that_make_no_sense_are_no_error(page: Page, cast: Cast, place: dict[str, str]) -> None:
    answer = logged_in(cast.editor).post(at(page, "proof/1/mark/"), {"text": "太松"} | place)
    assert answer.status_code == 302
    made = Mark.objects.get()
    assert max(made.x + made.width, made.y + made.height) <= 1000


def test_marks_from_earlier_proofs_stay_until_they_are_checked(page: Page, cast: Cast, now: datetime) -> None:
    mark = marks.make(page.proofs.get(), cast.proofreader, "太松", now, place=Place(1, 1))
    Placement.objects.filter(page=page, kind="story").update(rows=22)
    perform("proof", page, cast.layout, now=now)
    proofs.ensure(page.proofs.get(number=2))
    client = logged_in(cast.proofreader)
    shown = text(client.get(at(page)))
    assert f'id="mark-{mark.pk}"' in shown
    assert "is-older" in shown
    marks.change(mark, cast.layout, now)
    paper.proof(page, cast, now + HOUR)
    marks.check(mark, cast.proofreader, now + 2 * HOUR)
    assert f'id="mark-{mark.pk}"' in text(client.get(at(page))), "it was checked on this one"
    paper.proof(page, cast, now + 3 * HOUR)
    assert f'id="mark-{mark.pk}"' not in text(client.get(at(page)))
    assert f'id="mark-{mark.pk}"' in text(client.get(f"{at(page)}?n=1"))


def test_words_of_a_signed_story_are_not_offered_for_correction(
    page: Page, article: Article, cast: Cast, now: datetime
) -> None:
    """Nor what is no story; the reason stands at the box, for who corrects at all."""
    paper.place(page, paper.waiting(cast, now, headline="食堂开张"), rows=10)
    paper.place(page, None, kind="banner", rows=2, title="通栏")
    paper.proof(page, cast, now + HOUR)
    page.refresh_from_db()
    signed = "《食堂开张》已签发，要改须由编辑重新编辑，再走审签。"
    for person in (cast.proofreader, cast.editor):
        found = dict(
            re.findall(
                r'data-why="([^"]*)"[^>]*aria-label="批注([^"]*)"', text(logged_in(person).get(at(page)))
            )
        )
        assert found == {
            signed: "《食堂开张》", "这里不是稿件。要改的是版面自己的文字，请只写批注。": "通栏",
        }  # fmt: skip
    assert signed not in text(logged_in(cast.layout).get(at(page)))


# Deciding


def test_a_page_that_is_largely_white_is_told_before_sign_off(page: Page, cast: Cast, now: datetime) -> None:
    client = logged_in(cast.chief)
    white = re.search(r"版面空白(\d+)%。", text(client.get(at(page))))
    assert white, "twenty of forty rows are covered, with little text"
    assert int(white[1]) > 50
    long = ArticleFactory(body=paper.TEXT * 80, created_by=cast.reporter)
    Placement.objects.filter(page=page, kind="story").update(rows=36, article=long)
    paper.proof(page, cast, now + HOUR)
    assert "版面空白" not in text(client.get(at(page)))


def test_history_names_moments_that_stay_true(page: Page, cast: Cast, now: datetime) -> None:
    moment = timezone.localtime(page.proofs.get().created_at)
    said = f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    for address in (at(page), f"/admin/issues/issue/{page.issue_id}/change/"):
        assert re.search(rf"<time[^>]*>{said}</time>", text(logged_in(cast.layout).get(address)))


def test_a_signature_is_on_what_was_on_the_screen(page: Page, cast: Cast, now: datetime) -> None:
    client = logged_in(cast.proofreader)
    words = {"action": "sign"} | seen(page)
    Placement.objects.filter(page=page, kind="story").update(rows=22)
    perform("proof", page, cast.layout, now=now)
    answer = client.post(at(page, "action/"), words)
    assert (answer.status_code, "又出了新样" in text(answer)) == (409, True)
    page.refresh_from_db()
    answer = client.post(at(page, "action/"), {"action": "sign"} | seen(page), follow=True)
    assert "第2版 第2叠一校已签" in text(answer)
    late = client.post(at(page, "action/"), {"action": "sign"} | seen(page))
    assert (late.status_code, "刚被别人处理过" in text(late)) == (409, True)


def test_giving_back_needs_a_note_and_keeps_it_typed(page: Page, cast: Cast) -> None:
    client = logged_in(cast.editor)
    answer = client.post(at(page, "action/"), {"action": "return"} | seen(page))
    assert answer.status_code == 422
    assert 'name="note"' in text(answer)
    answer = client.post(
        at(page, "action/"), {"action": "return", "note": "头条换一篇"} | seen(page), follow=True
    )
    assert "已退回改版" in text(answer)
    assert "头条换一篇" in text(answer)
    page.refresh_from_db()
    answer = client.post(at(page, "action/"), {"action": "return", "note": "再<b>退"} | seen(page))
    assert answer.status_code == 409
    assert "再&lt;b&gt;退" in text(answer), "the note is not lost"


def test_decisions_go_where_they_were_asked_to(page: Page, cast: Cast) -> None:
    client = logged_in(cast.layout)
    for wanted, found in (("/admin/", "/admin/"), ("https://evil.example/", at(page))):
        page.refresh_from_db()
        answer = client.post(at(page, "action/"), {"action": "proof", "next": wanted} | seen(page))
        assert answer["Location"] == found


def test_nobody_decides_what_is_not_his(page: Page, cast: Cast) -> None:
    before = Signature.objects.count()
    for name in ("layout", "editor", "chief", "superuser"):
        answer = logged_in(getattr(cast, name)).post(at(page, "action/"), {"action": "sign"} | seen(page))
        assert answer.status_code == 403, name
    for name in ("proofreader", "superuser"):
        answer = logged_in(getattr(cast, name)).post(at(page, "action/"), {"action": "proof"} | seen(page))
        assert answer.status_code == 403, name
    for name in ("reporter", "admin"):
        asked = logged_in(getattr(cast, name)).post(at(page, "action/"), {"action": "sign"})
        assert asked.status_code == 404, name
    assert logged_in(cast.chief).post(at(page, "action/"), {"action": "release"}).status_code == 404
    assert logged_in(cast.chief).get(at(page, "action/")).status_code == 405
    assert Signature.objects.count() == before


def test_looking_changes_nothing(page: Page, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = logged_in(cast.chief)
    with CaptureQueriesContext(connection) as found:
        assert client.get(at(page)).status_code == 200
    assert {query["sql"].split()[0] for query in found} == {"SELECT"}


# Sending


def test_a_signed_page_is_sent_and_answered(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=1)
    page, client = issue.pages.get(), logged_in(cast.layout)
    assert "登记传版" in text(client.get(at(page)))
    assert "登记传版" not in text(logged_in(cast.proofreader).get(at(page)))
    refused = client.post(at(page, "proof/1/send/"), {"to": " "})
    assert (refused.status_code, "传给哪家印刷厂" in text(refused)) == (422, True)
    answer = client.post(at(page, "proof/1/send/"), {"to": "新彩印刷厂"}, follow=True)
    assert "1版 第1次传给新彩印刷厂" in text(answer)
    sent = Dispatch.objects.get()
    assert Signature.objects.latest("sequence").action == "send"
    reply = at(page, f"answer/{sent.pk}/")
    refused = client.post(reply, {"answer": "收" * 501})
    assert (refused.status_code, "收" * 501 in text(refused)) == (422, True)
    client.post(reply, {"answer": "收到，22点上机"})
    assert "收到，22点上机" in text(client.get(at(page)))
    assert logged_in(cast.proofreader).post(reply, {"answer": "x"}).status_code == 403
    board = text(client.get(f"/admin/issues/issue/{issue.pk}/change/"))
    assert "已传新彩印刷厂" in board
    perform("return", page, cast.editor, note="错字", now=now)
    for address in (at(page), f"/admin/issues/issue/{issue.pk}/change/"):
        assert "作废" in text(client.get(address))
    late = client.post(at(page, "proof/1/send/"), {"to": "新彩印刷厂"})
    assert (late.status_code, "正在改版" in text(late)) == (409, True)


def test_the_usual_printer_is_proposed(cast: Cast, now: datetime) -> None:
    issue, _stories = paper.signed_issue(cast, now, pages=1)
    issue.masthead.printed_by = "老印刷厂"
    issue.masthead.save()
    page, client = issue.pages.get(), logged_in(cast.layout)
    assert 'value="老印刷厂"' in text(client.get(at(page)))
    sending.send(page.proofs.get(), cast.layout, "新彩印刷厂", now)
    assert 'value="新彩印刷厂"' in text(client.get(at(page)))
