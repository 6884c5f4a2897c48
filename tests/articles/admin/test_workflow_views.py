"""Decisions taken on the story's page: the same answers from buttons, direct posts and bulk actions."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.facts import facts_of
from articles.models import Article, Release
from articles.workflow import ACTIONS, available, perform
from newsroom.lib.stages import Stage
from people.models import Signature, User
from tests.articles.admin.posting import change, form_of, logged_in
from tests.articles.admin.states import edit, story
from tests.articles.test_rules import STATES, TABLE
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import DelegationFactory

pytestmark = pytest.mark.django_db

BULK = {"submit": "bulk_submit", "spike": "bulk_spike", "restore": "bulk_restore"}
STAFF = ["reporter", "reporter2", "editor", "deputy", "chief", "proofreader", "layout", "admin", "superuser"]


@pytest.fixture
def draft(cast: Cast) -> Article:
    return ArticleFactory(headline="新桥今日通车", created_by=cast.reporter)


def url(article: Article, view: str = "action") -> str:
    return f"/admin/articles/article/{article.pk}/{view}/"


def act(user: User, article: Article, action: str, **data: Any) -> Any:
    """Post as the button would: with the digest and the state that the page shows now."""
    article.refresh_from_db()
    stage = "" if article.stage is None else article.stage
    shown = {"action": action, "digest": article.digest, "seen": f"{article.status}:{stage}"}
    if action == "reschedule":
        data = {"release_at": f"{timezone.localtime() + timedelta(days=3):%Y-%m-%dT%H:%M}"} | data
    return logged_in(user).post(url(article), shown | data)


def state(article: Article) -> tuple[str, int | None, str, int]:
    article.refresh_from_db()
    return article.status, article.stage, article.digest, Signature.objects.count()


# The same answers everywhere


@pytest.mark.parametrize("where", STATES)
def test_direct_posts_answer_as_the_table_says(where: str, cast: Cast) -> None:
    article = story(cast, where)
    for action in ACTIONS:
        for name in STAFF:
            before = state(article)
            # A clone of the state for each try would be slow; an allowed one is tried in the next test.
            if name in TABLE[action].get(where, set()):
                continue
            answer = act(getattr(cast, name), article, action, note="原因")
            assert answer.status_code in (403, 404, 409, 422), (action, name)
            assert state(article) == before, f"{name} could {action} in {where}"


@pytest.mark.parametrize(
    ("action", "where", "name"),
    [
        (action, where, name)
        for action, row in TABLE.items()
        for where, names in row.items()
        for name in sorted(names)
    ],
)
def test_who_may_by_the_table_may_by_a_post(action: str, where: str, name: str, cast: Cast) -> None:
    article = story(cast, where)
    links = Signature.objects.count()
    answer = act(getattr(cast, name), article, action, note="原因")
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert answer["Location"] == change(article)
    assert Signature.objects.count() == links + 1
    assert Signature.objects.latest("sequence").action == action


@pytest.mark.parametrize("where", STATES)
def test_the_page_offers_exactly_the_actions_that_are_available(where: str, cast: Cast) -> None:
    article = story(cast, where)
    for name in STAFF:
        user = getattr(cast, name)
        page = logged_in(user).get(change(article))
        if page.status_code == 404:
            assert name in ("reporter2", "admin")
            continue
        offered = {value for value in ACTIONS if f'value="{value}"' in buttons(page)}
        # What readers have already is no amendment: the rules allow one, but there is nothing to sign.
        useless = {"amend"} if where == "published" else set()
        assert offered == set(available(user, facts_of(article, timezone.now()))) - useless, name


@pytest.mark.parametrize("where", ["draft", "stage 1", "spiked", "published", "reopened"])
@pytest.mark.parametrize("action", sorted(BULK))
def test_bulk_actions_answer_as_the_table_says(action: str, where: str, cast: Cast) -> None:
    article = story(cast, where)
    for name in STAFF:
        before = state(article)
        answer = logged_in(getattr(cast, name)).post(
            "/admin/articles/article/", {"action": BULK[action], "_selected_action": [article.pk]}
        )
        assert answer.status_code in (200, 302)
        moved = state(article) != before
        assert moved == (name in TABLE[action].get(where, set())), name
        if moved:
            article = story(cast, where)


def buttons(page: Any) -> str:
    """The page's buttons and nothing else."""
    return " ".join(re.findall(r"<button[^>]*name=\"(?:_then|action)\"[^>]*>", page.content.decode()))


# Only by a post, only with the token, only from here


@pytest.mark.parametrize("view", ["action", "claim", "hold"])
def test_a_get_changes_nothing(view: str, cast: Cast, draft: Article) -> None:
    before = state(draft)
    for query in ("", "?action=submit&held=1"):
        assert logged_in(cast.editor).get(url(draft, view) + query).status_code == 405
    draft.refresh_from_db()
    assert (state(draft), draft.claimed_by, draft.held) == (before, None, False)


@pytest.mark.parametrize("view", ["action", "claim", "hold", "restore"])
def test_without_the_token_nothing_changes(view: str, cast: Cast, draft: Article) -> None:
    edit(draft, cast.reporter, lede="桥通了。")
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor)
    before = state(draft)
    answer = client.post(url(draft, view), {"action": "submit", "held": "1", "number": "1"})
    assert answer.status_code == 403
    draft.refresh_from_db()
    assert (state(draft), draft.claimed_by, draft.held) == (before, None, False)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "https:evil.example",
        r"/\evil.example",
        "javascript:alert(1)",
    ],
)
def test_next_never_leaves_the_site(elsewhere: str, cast: Cast, draft: Article) -> None:
    for answer in (
        act(cast.editor, draft, "spike", next=elsewhere),
        act(cast.editor, draft, "restore", next=elsewhere),
        logged_in(cast.editor).post(url(draft, "claim"), {"next": elsewhere}),
        logged_in(cast.editor).post(url(draft, "hold"), {"held": "1", "next": elsewhere}),
    ):
        assert answer.status_code == 302
        assert answer["Location"] == change(draft)


def test_next_leads_to_a_page_of_the_site(cast: Cast, draft: Article) -> None:
    assert act(cast.editor, draft, "spike", next="/admin/")["Location"] == "/admin/"


def test_an_unknown_action_is_not_found(cast: Cast, draft: Article) -> None:
    for action in ("", "publish", "expire", "delete", "__class__"):
        assert act(cast.editor, draft, action).status_code == 404


# Refusals say why and lose nothing


def test_a_text_changed_meanwhile_is_not_signed(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    seen = draft.digest
    edit(draft, cast.editor, headline="旧桥今日拆除")
    before = state(draft)
    for digest in (seen, "", "0" * 64):
        answer = act(cast.editor, draft, "pass", digest=digest, note="我读过了，没有问题。")
        assert answer.status_code == 409
        assert "重新查看" in answer.content.decode()
        assert "我读过了，没有问题。" in answer.content.decode()
        assert state(draft) == before


def test_a_story_moved_meanwhile_is_not_decided_on(cast: Cast, draft: Article) -> None:
    """What was shown as a draft is in review by now: the button pressed meant something else."""
    perform("submit", draft, cast.reporter)
    before = state(draft)
    answer = act(cast.editor, draft, "return", seen="review:1", note="重写")
    assert answer.status_code == 409
    assert "初审" in answer.content.decode()
    assert state(draft) == before


def test_a_refused_note_waits_on_the_storys_page(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    client = logged_in(cast.editor)
    note = "第二段的数字请核实。" * 20
    shown = {"action": "return", "digest": draft.digest, "seen": "draft:"}
    assert client.post(url(draft), shown | {"note": note}).status_code == 409
    assert note in client.get(change(draft)).content.decode()
    assert client.post(url(draft), shown | {"seen": "review:0", "note": note}).status_code == 302
    draft.refresh_from_db()
    perform("submit", draft, cast.reporter)
    assert note not in textareas(client.get(change(draft)))


def textareas(page: Any) -> str:
    return " ".join(re.findall(r"<textarea.*?</textarea>", page.content.decode(), re.DOTALL))


@pytest.mark.parametrize("action", ["return", "withdraw", "correct"])
def test_a_missing_note_is_asked_for_and_the_page_takes_it(action: str, cast: Cast, draft: Article) -> None:
    user = cast.chief
    if action == "return":
        perform("submit", draft, cast.reporter)
        user = cast.editor
    else:
        publish(draft, cast, timezone.now())
    client = logged_in(user)
    answer = act(user, draft, action, note="  ", notice="该文有误，已撤下")
    assert answer.status_code == 422
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', answer.content.decode()))
    assert fields["action"] == action
    again = client.post(url(draft), {k: html.unescape(v) for k, v in fields.items()} | {"note": "事实有误"})
    assert again.status_code == 302
    done = Signature.objects.latest("sequence")
    assert (done.action, done.note) == (action, "事实有误")
    if action == "withdraw":
        assert Release.objects.get(article=draft).notice == "该文有误，已撤下"


def test_what_is_missing_is_said_with_the_way_to_the_field(cast: Cast) -> None:
    bare = ArticleFactory(headline="", body="", bylines=[], created_by=cast.reporter)
    answer = act(cast.reporter, bare, "submit")
    assert answer.status_code == 422
    page = answer.content.decode()
    for anchor in ("id_headline", "id_body", "bylines-group"):
        assert f"{change(bare)}#{anchor}" in page
    panel = logged_in(cast.reporter).get(change(bare)).content.decode()
    for anchor in ("id_headline", "id_body", "bylines-group"):
        assert f'href="#{anchor}"' in panel
        assert f'id="{anchor}"' in panel, "the link leads somewhere"


# Times


@pytest.mark.parametrize(
    "typed", ["", "明天八点", "2026-13-40T99:00", "0001-01-01T00:00", "9999-12-31T23:59", "2020-01-01T08:00"]
)
def test_a_time_nobody_can_mean_is_refused(typed: str, cast: Cast) -> None:
    article = story(cast, "signed")
    before = state(article)
    answer = act(cast.chief, article, "reschedule", release_at=typed)
    assert answer.status_code == 422
    assert state(article) == before


def test_a_new_time_is_the_bureaus_time(cast: Cast) -> None:
    article = story(cast, "signed")
    moment = (timezone.localtime() + timedelta(days=3)).replace(hour=8, minute=30, second=0, microsecond=0)
    answer = act(cast.chief, article, "reschedule", release_at=f"{moment:%Y-%m-%dT%H:%M}")
    assert answer.status_code == 302
    assert Release.objects.get(article=article).visible_from == moment


def test_at_once_means_now(cast: Cast) -> None:
    article = story(cast, "signed")
    assert act(cast.chief, article, "reschedule", at_once="1").status_code == 302
    article.refresh_from_db()
    assert article.status == "published"


# Saved first, then done


def test_save_and_submit_in_one_click(cast: Cast, draft: Article) -> None:
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(draft))) | {"headline": "新桥周一通车", "_then": "submit"}
    answer = client.post(change(draft), form, follow=True)
    assert "已提交审核" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.headline, draft.status) == ("新桥周一通车", "review")
    assert Signature.objects.get().digest == draft.digest


def test_what_is_not_ready_is_saved_all_the_same(cast: Cast, draft: Article) -> None:
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(draft))) | {"headline": "", "kicker": "三年建成", "_then": "submit"}
    answer = client.post(change(draft), form)
    assert answer.status_code == 422
    assert "还没有主题" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.kicker, draft.headline, draft.status) == ("三年建成", "", "draft")


def test_a_return_takes_the_reviewers_words_and_note_with_it(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    client = logged_in(cast.editor)
    words = {"lede": "桥通了。", "_then": "return", "_note": "副题太长"}
    assert client.post(change(draft), form_of(client.get(change(draft))) | words).status_code == 302
    draft.refresh_from_db()
    assert (draft.lede, draft.status) == ("桥通了。", "draft")
    assert Signature.objects.latest("sequence").note == "副题太长"


def test_a_form_asking_for_no_action_we_know_is_only_saved(cast: Cast, draft: Article) -> None:
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(draft))) | {"lede": "桥通了。", "_then": "publish"}
    assert client.post(change(draft), form).status_code == 302
    draft.refresh_from_db()
    assert (draft.lede, draft.status) == ("桥通了。", "draft")


# What the panel shows


def panel(user: User, article: Article) -> str:
    page = logged_in(user).get(change(article)).content.decode()
    return page[page.index('<section class="panel"') : page.index("</section>", page.index('id="panel"'))]


def first(user: User, article: Article) -> str:
    """The label of the button that moves the story on."""
    found = re.search(r'class="button default"[^>]*>([^<]+)<', panel(user, article))
    return found[1] if found else ""


def test_the_first_button_says_what_it_does(cast: Cast, draft: Article) -> None:
    assert first(cast.reporter, draft) == "提交审核"
    perform("submit", draft, cast.reporter)
    assert first(cast.reporter, draft) == ""
    assert first(cast.editor, draft) == "通过"
    edit(draft, cast.editor, headline="新桥周一通车")
    assert first(cast.editor, draft) == "改后通过"
    perform("pass", draft, cast.editor)
    perform("pass", draft, cast.deputy)
    assert first(cast.chief, draft) == "签发"
    edit(draft, cast.chief, headline="新桥通车")
    assert first(cast.chief, draft) == ""
    assert "须先由前一级审签人确认" in panel(cast.chief, draft)
    assert first(cast.deputy, draft) == "确认改动"
    act(cast.deputy, draft, "pass")
    assert first(cast.chief, draft) == "签发"


def test_every_later_signer_sees_what_changed_since_each_signature(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    edit(draft, cast.editor, headline="新桥周二通车")
    assert "<del>今日</del><ins>周二</ins>" in panel(cast.editor, draft)
    perform("pass", draft, cast.editor)
    edit(draft, cast.deputy, headline="大桥周二通车")
    shown = panel(cast.chief, perform_pass(draft, cast.deputy))
    assert f"{cast.reporter}提交后改动1处" in shown
    assert f"{cast.editor}初审后改动1处" in shown
    assert "<del>新桥</del><ins>大桥</ins>周二" in shown
    assert shown.index("后改动") < shown.index(">签发<"), "before the button that signs it"


def perform_pass(article: Article, by: User) -> Article:
    perform("pass", article, by)
    return article


def test_an_amendment_shows_the_difference_from_what_readers_see(cast: Cast, draft: Article) -> None:
    publish(draft, cast, timezone.now())
    edit(draft, cast.editor, headline="新桥昨日通车")
    assert "上线后改动1处" in panel(cast.chief, draft)
    act(cast.editor, draft, "amend")
    shown = panel(cast.chief, draft)
    assert f"{cast.editor} 已签这次改稿" in shown
    assert "你已签过这次改稿" in panel(cast.editor, draft)
    act(cast.chief, draft, "amend")
    assert Release.objects.visible(timezone.now()).get(article=draft).headline == "新桥昨日通车"


def test_markup_in_a_text_is_shown_as_text(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    hostile = "<img src=x onerror=alert(1)>"
    edit(draft, cast.editor, headline=hostile)
    page = logged_in(cast.deputy).get(change(draft)).content.decode()
    assert "<img src=x" not in page
    assert html.escape(hostile)[:12] in page
    act(cast.editor, draft, "return", note=hostile)
    assert "<img src=x" not in panel(cast.reporter, draft)
    assert "<img src=x" not in logged_in(cast.reporter).get("/admin/").content.decode()


def test_signatures_stand_with_names_stages_and_for_whom(cast: Cast, draft: Article) -> None:
    DelegationFactory(stage="初审", principal=cast.editor, deputy=cast.proofreader)
    perform("submit", draft, cast.reporter)
    perform("pass", draft, cast.proofreader, note="已核")
    shown = panel(cast.chief, draft)
    assert f"{cast.proofreader}（代{cast.editor}）" in shown
    assert "已核" in shown
    assert "初审通过" in shown


def test_the_page_says_who_has_it(cast: Cast, draft: Article) -> None:
    perform("submit", draft, cast.reporter)
    assert str(cast.editor) in panel(cast.reporter, draft)
    perform("pass", draft, cast.editor)
    cast.deputy  # noqa: B018 - now there is one
    assert f"在{cast.deputy}手上" in panel(cast.reporter, draft)


def test_one_stage_alone(cast: Cast, draft: Article, settings: Any) -> None:
    settings.REVIEW_STAGES = [Stage("审签", "chief")]
    perform("submit", draft, cast.reporter)
    assert first(cast.chief, draft) == "签发"
    assert "审签" in panel(cast.reporter, draft)
    edit(draft, cast.chief, headline="新桥周一通车")
    assert first(cast.chief, draft) == ""
    assert "须由另一位审签" in panel(cast.chief, draft)


def test_a_word_changed_in_the_library_must_be_saved_before_it_is_signed(cast: Cast) -> None:
    section = SectionFactory(name="民生")
    made = ArticleFactory(created_by=cast.reporter, section=section)
    perform("submit", made, cast.reporter)
    assert "先保存一次，再签" not in panel(cast.editor, made)
    section.name = "生活"
    section.save()
    assert "先保存一次，再签" in panel(cast.editor, made)
    assert act(cast.editor, made, "pass").status_code == 409
    client = logged_in(cast.editor)
    client.post(change(made), form_of(client.get(change(made))) | {"_then": "pass"})
    made.refresh_from_db()
    assert made.stage == 1


# Claiming and holding


def test_claiming_and_giving_back(cast: Cast, draft: Article) -> None:
    client = logged_in(cast.editor)
    client.post(url(draft, "claim"))
    draft.refresh_from_db()
    assert draft.claimed_by == cast.editor
    client.post(url(draft, "claim"))
    draft.refresh_from_db()
    assert draft.claimed_by is None


@pytest.mark.parametrize("name", ["reporter", "proofreader", "layout", "superuser"])
@pytest.mark.parametrize("view", ["claim", "hold"])
def test_only_editors_claim_and_hold(name: str, view: str, cast: Cast, draft: Article) -> None:
    answer = logged_in(getattr(cast, name)).post(url(draft, view), {"held": "1"})
    assert answer.status_code == 403
    draft.refresh_from_db()
    assert (draft.claimed_by, draft.held) == (None, False)


def test_a_held_story_is_in_the_store_until_taken_back(cast: Cast, draft: Article) -> None:
    client = logged_in(cast.editor)
    client.post(url(draft, "hold"), {"held": "1"})
    assert str(draft) in client.get("/admin/articles/article/?shelf=held").content.decode()
    client.post(url(draft, "hold"), {"held": "0"})
    draft.refresh_from_db()
    assert not draft.held


@pytest.mark.parametrize("where", ["signed", "published", "withdrawn", "spiked"])
def test_what_is_signed_or_spiked_is_not_held(where: str, cast: Cast) -> None:
    article = story(cast, where)
    assert logged_in(cast.chief).post(url(article, "hold"), {"held": "1"}).status_code == 403
    assert logged_in(cast.chief).post(url(article, "claim")).status_code == 403


def test_what_came_back_and_why_stands_above_the_text_too(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    perform("submit", article, cast.reporter, now=timezone.now())
    perform("return", article, cast.editor, note="数字请再核一遍", now=timezone.now())
    shown = logged_in(cast.reporter).get(change(article)).content.decode()
    strip = shown[shown.index("strip is-returned") : shown.index('class="story-grid"')]
    assert "数字请再核一遍" in strip
    assert "退回" in strip
    perform("submit", article, cast.reporter, now=timezone.now())
    assert "is-returned" not in logged_in(cast.editor).get(change(article)).content.decode()
