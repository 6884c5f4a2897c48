"""The story's form: what is typed is stored as typed, in one version a save, by those who may."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from articles import rules
from articles.admin.storyforms import StoryForms
from articles.editor import config
from articles.facts import facts_of
from articles.freeze import freeze
from articles.models import Article, ArticlePhoto, Autosave, Source
from articles.workflow import perform
from media.models import Photo
from newsroom.lib.html import clean, text, toolbar
from people.models import Region, Reporter
from tests.articles.admin.posting import ADD, change, form_of, logged_in, with_names, with_photos
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory, picture
from tests.factories.people import ReporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(cast: Cast) -> Client:
    return logged_in(cast.reporter)


def save(client: Client, address: str, **typed: Any) -> Any:
    """Open the form, change some fields, save."""
    return client.post(address, form_of(client.get(address)) | typed)


def saved(response: Any) -> Article:
    assert response.status_code == 302, response.context["story"].errors
    return Article.objects.get(pk=response["Location"].split("/")[-3])


# Saving


def test_a_new_story_is_the_persons_own_draft_with_its_first_version(cast: Cast, reporter: Client) -> None:
    article = saved(save(reporter, ADD, headline="新桥通车", body="<p>今日通车。</p>"))
    assert (article.created_by, article.status) == (cast.reporter, "draft")
    revision = article.revisions.get()
    assert (revision.number, revision.author, revision.digest) == (1, cast.reporter, article.digest)


def test_an_empty_story_can_be_saved(reporter: Client) -> None:
    article = saved(save(reporter, ADD))
    assert article.headline == ""


def test_every_field_comes_back_as_it_was_typed(cast: Cast, reporter: Client) -> None:
    section, series = SectionFactory(), SeriesFactory()
    county = Region.objects.get_or_create(code="131071", defaults={"name": "廊坊开发区", "level": 3})[0]
    typed = {
        "kind": "picture",
        "kicker": "　开发区里 春意浓",
        "headline": "三月项目　集中开工",
        "subheadline": "——一线见闻 ",
        "lede": "提要一\r\n提要二",
        "dateline": "本报讯",
        "editors_note": "编者按的话",
        "body": "<p>正文。</p>",
        "section": section.pk,
        "series": series.pk,
        "instalment": "廊坊篇",
        "regions": "131071",
        "tags": "项目，开工",
        "source": "廊坊日报",
        "source_url": "https://example.org/a?b=1",
        "first_published_at": "2026-03-05T08:30:15",
        "copyright_notice": "版权所有",
        "release_at": "2026-12-01T06:00",
        "with_issue": "on",
        "expires_at": "2026-12-31T00:00:00",
        "responsible_editor": "顾知秋",
        "due_at": "2026-11-30T17:00",
        "keyed_in_for_another": "on",
    }
    article = saved(save(reporter, ADD, **typed))
    for name in ("kind", "kicker", "headline", "subheadline", "dateline", "editors_note", "body",
                 "instalment", "source", "source_url", "copyright_notice", "responsible_editor"):  # fmt: skip
        assert getattr(article, name) == typed[name], name
    assert article.lede == "提要一\n提要二"
    assert (article.section, article.series, list(article.regions.all())) == (section, series, [county])
    assert sorted(article.tags.names()) == ["开工", "项目"]
    assert (article.with_issue, article.keyed_in_for_another) == (True, True)
    local = timezone.localtime(article.first_published_at)
    assert f"{local:%Y-%m-%dT%H:%M:%S}" == "2026-03-05T08:30:15"
    shown = form_of(reporter.get(change(article)))
    for name in set(typed) - {"regions", "tags", "release_at", "due_at"}:
        assert shown[name] == str(typed[name]), name
    assert shown["release_at"] == "2026-12-01T06:00:00"


def test_saving_what_was_not_changed_makes_no_version(reporter: Client, cast: Cast) -> None:
    article = saved(save(reporter, ADD, headline="新桥", body="<p>一</p>", tags="桥", lede="两\r\n行"))
    stamp = article.updated_at
    response = save(reporter, change(article))
    article = saved(response)
    assert article.revisions.count() == 1
    assert article.updated_at == stamp
    assert "没有改动" in reporter.get(response["Location"]).content.decode()


def test_each_change_makes_one_version(reporter: Client) -> None:
    article = saved(save(reporter, ADD, headline="一"))
    saved(save(reporter, change(article), headline="二"))
    saved(save(reporter, change(article), tags="桥"))
    form = form_of(reporter.get(change(article)))
    saved(reporter.post(change(article), with_names(form, {"name": "某甲", "identity": "reporter"})))
    article.refresh_from_db()
    assert [r.number for r in article.revisions.order_by("number")] == [1, 2, 3, 4]
    assert article.digest == article.revisions.latest("number").digest


def test_a_release_time_is_no_content_and_only_written_where_it_was_changed(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(article)))
    moment = timezone.now() + timedelta(days=2)
    Article.objects.filter(pk=article.pk).update(release_at=moment)  # by another, meanwhile
    saved(client.post(change(article), form | {"headline": "改了标题"}))
    article.refresh_from_db()
    assert article.release_at == moment
    before = article.revisions.count()
    saved(save(client, change(article), release_at="2027-01-01T00:00:00"))
    article.refresh_from_db()
    assert timezone.localtime(article.release_at).year == 2027
    assert article.revisions.count() == before


# Names


def test_names_keep_the_order_of_their_numbers(reporter: Client) -> None:
    form = form_of(reporter.get(ADD))
    rows = [
        {
            "name": "丙",
            "identity": "correspondent",
            "ORDER": 3,
            "outlet": "某镇",
            "act": "photo",
            "place": "end",
        },
        {"name": "甲", "identity": "reporter", "ORDER": 1},
        {"name": "乙", "identity": "", "ORDER": 2, "place": "dateline"},
        {"name": "丁", "identity": "reporter", "ORDER": 4, "DELETE": "on"},
        {"name": "", "identity": "reporter", "ORDER": 5},
    ]
    article = saved(reporter.post(ADD, with_names(form, *rows)))
    found = article.bylines.order_by("position").values_list("name", "identity", "act", "outlet", "place")
    assert list(found) == [
        ("甲", "reporter", "text", "", "headline"),
        ("乙", "", "text", "", "dateline"),
        ("丙", "correspondent", "photo", "某镇", "end"),
    ]


def test_too_many_names_are_refused_and_none_is_dropped(reporter: Client) -> None:
    form = form_of(reporter.get(ADD))
    response = reporter.post(ADD, with_names(form, *({"name": f"名{n}"} for n in range(130))))
    assert "最多120个" in response.content.decode()
    assert form_of(response)["bylines-129-name"] == "名129"
    assert not Article.objects.exists()


def test_an_unknown_name_becomes_a_correspondent_and_a_known_one_is_linked(reporter: Client) -> None:
    known = ReporterFactory(name="石远")
    form = form_of(reporter.get(ADD))
    rows = (
        {"name": "新通讯员", "identity": "correspondent", "outlet": "临港街道"},
        {"name": "石远", "identity": "reporter"},
    )
    article = saved(reporter.post(ADD, with_names(form, *rows)))
    made = Reporter.objects.get(name="新通讯员")
    assert (made.identity, made.outlet, made.user) == ("correspondent", "临港街道", None)
    assert [b.reporter for b in article.bylines.order_by("position")] == [made, known]


def test_of_two_people_of_one_name_the_outlet_decides_or_nobody_is_linked(reporter: Client) -> None:
    here = ReporterFactory(name="王芳", outlet="城关镇")
    ReporterFactory(name="王芳", outlet="开发区")
    form = form_of(reporter.get(ADD))
    rows = (
        {"name": "王芳", "identity": "reporter", "outlet": "城关镇"},
        {"name": "王芳", "identity": "reporter", "outlet": ""},
    )
    article = saved(reporter.post(ADD, with_names(form, *rows)))
    assert [b.reporter for b in article.bylines.order_by("position")] == [here, None]
    assert Reporter.objects.filter(name="王芳").count() == 2


def test_a_chosen_person_is_linked_only_to_his_own_name(reporter: Client, cast: Cast) -> None:
    other = ReporterFactory(name="石远", user=cast.reporter2)
    form = form_of(reporter.get(ADD))
    row = {"name": "另一个人", "identity": "reporter", "reporter": other.pk}
    article = saved(reporter.post(ADD, with_names(form, row)))
    assert article.bylines.get().reporter != other


def test_a_name_printed_differently_stays_linked(cast: Cast) -> None:
    person = ReporterFactory(name="石远", user=cast.reporter)
    article = ArticleFactory(created_by=cast.reporter, bylines=[{"name": "老石", "reporter": person}])
    client = logged_in(cast.reporter)
    saved(save(client, change(article), headline="改题"))
    assert article.bylines.get().reporter == person


def test_a_new_story_begins_with_the_writers_own_name(cast: Cast, reporter: Client) -> None:
    ReporterFactory(name="林晚照", user=cast.reporter)
    form = form_of(reporter.get(ADD))
    assert (form["bylines-0-name"], form["bylines-0-identity"]) == ("林晚照", "reporter")


# Pictures


def figure(photo: Photo) -> str:
    return f'<figure class="image"><img src="/photos/{photo.public_id}/w640.webp" alt=""></figure>'


def test_pictures_keep_their_order_and_own_words(cast: Cast, reporter: Client) -> None:
    one, two = PhotoFactory(), PhotoFactory(uploaded_by=cast.editor)
    form = form_of(reporter.get(ADD))
    rows = (
        {"photo": one.public_id, "ORDER": 2, "joined": "on"},
        {"photo": two.public_id, "ORDER": 1, "caption": "自己的说明", "credit": "某甲 摄", "alt": "一座桥"},
    )
    article = saved(reporter.post(ADD, with_photos(form, *rows)))
    found = article.photos.order_by("position").values_list("photo", "caption", "credit", "alt", "joined")
    assert list(found) == [(two.pk, "自己的说明", "某甲 摄", "一座桥", False), (one.pk, "", "", "", True)]


def test_a_picture_of_the_body_that_nobody_listed_is_added(reporter: Client) -> None:
    listed, placed = PhotoFactory(), PhotoFactory()
    form = form_of(reporter.get(ADD)) | {"body": f"<p>一</p>{figure(placed)}<p>二</p>{figure(listed)}"}
    article = saved(reporter.post(ADD, with_photos(form, {"photo": listed.public_id})))
    assert list(article.photos.order_by("position").values_list("photo", flat=True)) == [listed.pk, placed.pk]
    saved(save(reporter, change(article)))
    assert article.revisions.count() == 1


def test_removing_a_picture_keeps_the_photo_in_the_library(cast: Cast) -> None:
    photo = PhotoFactory()
    article = ArticleFactory(created_by=cast.reporter, photos=[photo])
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(article)))
    saved(client.post(change(article), form | {"photos-0-DELETE": "on"}))
    assert not article.photos.exists()
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_a_picture_twice_or_unknown_is_refused_beside_its_row(reporter: Client) -> None:
    photo = PhotoFactory()
    form = form_of(reporter.get(ADD))
    rows = ({"photo": photo.public_id}, {"photo": photo.public_id}, {"photo": "zzzzzzzzzzzz"})
    response = reporter.post(ADD, with_photos(form, *rows))
    page = response.content.decode()
    assert response.status_code == 200
    assert "每张只列一次" in page
    assert "没有编号为“zzzzzzzzzzzz”的图片" in page
    assert not Article.objects.exists()


def test_a_body_naming_a_picture_nobody_has_is_refused(reporter: Client) -> None:
    body = '<p>一</p><figure class="image"><img src="/photos/aaaaaaaaaaaa/w640.webp"></figure>'
    response = save(reporter, ADD, body=body)
    assert "不在图片库里" in response.content.decode()
    assert not Article.objects.exists()


def test_files_sent_with_the_form_join_the_story(reporter: Client, cast: Cast) -> None:
    files = [
        SimpleUploadedFile("a.jpg", picture(), "image/jpeg"),
        SimpleUploadedFile("b.jpg", b"none", "image/jpeg"),
    ]
    response = save(reporter, ADD, headline="有图", uploads=files)
    article = saved(response)
    assert article.photos.get().photo.uploaded_by == cast.reporter
    assert "“b.jpg”没有收" in reporter.get(response["Location"]).content.decode()


# Who may


@pytest.mark.parametrize(
    "who", ["reporter2", "layout", "proofreader", "admin", "superuser", "deputy", "chief"]
)
def test_opening_and_saving_follow_the_rules(cast: Cast, who: str) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    user = getattr(cast, who)
    facts = facts_of(article, timezone.now())
    client = logged_in(user)
    own = logged_in(cast.reporter)
    posted = form_of(own.get(change(article))) | {"headline": "别人的题"}
    assert client.get(change(article)).status_code == (200 if rules.may_view(user, facts) else 404)
    status = client.post(change(article), posted).status_code
    article.refresh_from_db()
    if rules.may_edit(user, facts):
        assert (status, article.headline) == (302, "别人的题")
    else:
        assert status == (409 if rules.may_view(user, facts) else 404)
        assert article.headline != "别人的题"
    assert (client.get(ADD).status_code == 200) == rules.may_create(user)
    assert (client.post(ADD, posted).status_code == 302) == rules.may_create(user)


def test_django_offers_no_delete(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.editor)
    client = logged_in(cast.editor)
    assert client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_a_draft_is_discarded_after_a_question_and_by_post_alone(cast: Cast, reporter: Client) -> None:
    article = saved(save(reporter, ADD, headline="废稿"))
    address = f"/admin/articles/article/{article.pk}/discard/"
    assert "废稿" in reporter.get(address).content.decode()
    assert Article.objects.filter(pk=article.pk).exists()
    assert logged_in(cast.reporter2).post(address).status_code == 404
    assert reporter.post(address).status_code == 302
    assert not Article.objects.filter(pk=article.pk).exists()


def test_a_signed_story_is_not_discarded(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    publish(article, cast, timezone.now())
    client = logged_in(cast.chief)
    assert client.post(f"/admin/articles/article/{article.pk}/discard/").status_code == 302
    assert Article.objects.filter(pk=article.pk).exists()


def test_who_may_not_write_reads_the_story_without_a_form(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="审核中的稿")
    perform("submit", article, cast.reporter)
    page = logged_in(cast.reporter).get(change(article)).content.decode()
    assert "审核中的稿" in page
    assert "一桥飞架" in page
    assert 'id="story-form"' not in page
    assert "你改的字随“改后通过”一并签出" in logged_in(cast.editor).get(change(article)).content.decode()


def test_an_editor_of_a_live_story_is_told_what_readers_see(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    publish(article, cast, timezone.now())
    page = logged_in(cast.editor).get(change(article)).content.decode()
    assert "线上仍是第1次发布" in page
    assert "改稿重发" in page


# What is missing, wrong, or strange


def test_what_is_missing_is_said_beside_the_field(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="", bylines=[])
    page = logged_in(cast.reporter).get(change(article)).content.decode()
    field = page.split('id="id_headline"')[1].split('id="id_subheadline"')[0]
    assert "还没有主题" in field
    assert "还没有署名" in page.split('id="bylines-group"')[1].split('id="photos-group"')[0]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("headline", "题" * 201, "200"),
        ("headline", "一行\n两行", "一行"),
        ("headline", "坏\0字", "控制字符"),
        ("lede", "坏\x08字", "控制字符"),
        ("source_url", "javascript:alert(1)", "URL"),
        ("section", "999999999999999999999999", "有效"),
        ("series", "0 OR 1", "有效"),
        ("regions", "没有这个地方", "没有找到地区“没有这个地方”"),
        ("regions", "坏\0字", "控制字符"),
        ("tags", "长" * 200, "太长"),
        ("tags", "坏\0字", "控制字符"),
        ("first_published_at", "昨天", "日期"),
        ("release_at", "9999-99-99T00:00", "日期"),
        ("kind", "poem", "poem"),
        ("body", "<p>" + "长" * 500_000 + "</p>", "太长"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(
    reporter: Client, field: str, typed: str, sentence: str
) -> None:
    response = save(reporter, ADD, **{field: typed})
    assert response.status_code == 200
    assert not Article.objects.exists()
    assert any(sentence in str(error) for error in response.context["story"].form.errors[field])


def test_an_end_before_the_beginning_is_refused(reporter: Client) -> None:
    response = save(reporter, ADD, release_at="2026-12-02T00:00", expires_at="2026-12-01T00:00")
    assert "下线时间须晚于发布时间" in response.content.decode()


def test_a_place_of_many_names_lists_what_to_write(reporter: Client) -> None:
    for code, parent in (("991100", "甲市"), ("992200", "乙市")):
        city = Region.objects.create(code=code, name=parent, level=2)
        Region.objects.create(code=f"{code[:4]}71", name="开发区", level=3, parent=city)
    response = save(reporter, ADD, regions="开发区")
    assert "甲市开发区(991171)" in response.content.decode()
    article = saved(save(reporter, ADD, regions="开发区(992271)"))
    assert article.regions.get().parent.name == "乙市"


BAD_POSTS: list[dict[str, Any]] = [
    {},
    {"bylines-TOTAL_FORMS": "many"},
    {"bylines-TOTAL_FORMS": "99999999999"},
    {"bylines-TOTAL_FORMS": "-3", "photos-TOTAL_FORMS": "-1"},
    {"bylines-TOTAL_FORMS": "1", "bylines-INITIAL_FORMS": "7", "bylines-0-name": "甲"},
    {
        "bylines-TOTAL_FORMS": "1",
        "bylines-INITIAL_FORMS": "0",
        "bylines-0-name": "甲",
        "bylines-0-reporter": "9" * 40,
    },
    {
        "bylines-TOTAL_FORMS": "1",
        "bylines-INITIAL_FORMS": "0",
        "bylines-0-name": "甲\0",
        "bylines-0-act": "sing",
    },
    {
        "bylines-TOTAL_FORMS": "1",
        "bylines-INITIAL_FORMS": "0",
        "bylines-0-name": "甲",
        "bylines-0-ORDER": "x",
    },
    {
        "photos-TOTAL_FORMS": "1",
        "photos-INITIAL_FORMS": "0",
        "photos-0-photo": "甲\0'",
        "photos-0-ORDER": "9" * 30,
    },
    {"photos-TOTAL_FORMS": "1", "photos-INITIAL_FORMS": "0", "photos-0-photo": "x", "photos-0-caption": "\0"},
    {"base": "\0" * 300, "ticket": "\0", "typed": "[", "take": "nothing"},
    {"take": "body", "typed": '[["body", "\\ud800"]]'},
    {"mine": "__class__", "typed": '{"a": 1}'},
    {"_then": "explode"},
    {"section": ["1", "2"], "regions": ["a", "b"], "body": ""},
]


@pytest.mark.parametrize("posted", BAD_POSTS, ids=str)
@pytest.mark.parametrize("new", [True, False])
def test_a_lying_form_gets_a_page(cast: Cast, posted: dict[str, Any], new: bool) -> None:
    client = logged_in(cast.reporter)
    article = None if new else ArticleFactory(created_by=cast.reporter)
    before = freeze(article) if article else ""
    address = change(article) if article else ADD
    response = client.post(address, posted)
    assert response.status_code in (200, 302, 400, 409)
    if response.status_code != 302 and article:
        assert freeze(Article.objects.get(pk=article.pk)) == before


def test_a_form_without_its_token_changes_nothing(cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter, headline="原题")
    form = form_of(logged_in(cast.reporter).get(change(article))) | {"headline": "伪造的题"}
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reporter)
    assert client.post(change(article), form).status_code == 403
    article.refresh_from_db()
    assert article.headline == "原题"
    assert not Autosave.objects.exists()


LINES = ("kicker", "headline", "subheadline", "dateline", "instalment", "source", "responsible_editor")
AREAS = ("lede", "editors_note", "copyright_notice")


def test_any_text_comes_back_unchanged_or_is_refused(cast: Cast, shared: Path) -> None:
    """Through the form itself, a string a field; the body keeps its words."""
    strings = json.loads((shared / "corpora/naughty-strings/blns.json").read_text(encoding="utf-8"))
    article = ArticleFactory(created_by=cast.reporter)
    form = form_of(logged_in(cast.reporter).get(change(article)))
    fields = (*LINES, *AREAS)
    kept = 0
    for start in range(0, len(strings), len(fields)):
        typed = dict(zip(fields, strings[start : start + len(fields)], strict=False))
        typed["body"] = "".join(f"<p>{escape(string)}</p>" for string in typed.values())
        refused = try_to_store(article, cast, form | typed)
        for name in refused:
            typed[name] = ""
        assert not try_to_store(article, cast, form | typed)
        stored = Article.objects.get(pk=article.pk)
        for name in set(typed) - {"body"}:
            assert getattr(stored, name) == typed[name], name
        assert text(stored.body) == text(clean(typed["body"]))
        kept += len(typed) - 1 - len(refused)
    assert kept > len(strings) * 0.8


def try_to_store(article: Article, cast: Cast, typed: dict[str, Any]) -> set[str]:
    """Save it; or the fields that were refused, each with a sentence."""
    data = QueryDict(mutable=True)
    data.update(typed)
    forms = StoryForms(Article.objects.get(pk=article.pk), cast.reporter, data)
    if forms.is_valid():
        forms.save(timezone.now())
        return set()
    assert forms.errors
    return set(forms.form.errors)


def test_nothing_typed_breaks_out_of_the_page(reporter: Client) -> None:
    evil = '"><script>alert(1)</script>'
    response = save(reporter, ADD, headline=evil, source=evil, regions=evil)
    page = response.content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_sources_in_use_are_offered(reporter: Client) -> None:
    Source.objects.create(name="廊坊日报")
    assert '<option value="廊坊日报">' in reporter.get(ADD).content.decode()


# Looking up


def test_names_are_found_by_name_pinyin_and_outlet(reporter: Client) -> None:
    ReporterFactory(name="白苇", identity="correspondent", outlet="临港街道")
    ReporterFactory(name="退休的", is_active=False)
    for q in ("白", "baiwei", "临港"):
        found = reporter.get("/admin/articles/article/names/", {"q": q}).json()["results"]
        assert [person["value"] for person in found] == ["白苇"], q
    assert reporter.get("/admin/articles/article/names/", {"q": "退休"}).json()["results"] == []


@pytest.mark.parametrize("name", ["names", "places", "words"])
def test_looking_up_needs_a_login(cast: Cast, name: str) -> None:
    assert Client().get(f"/admin/articles/article/{name}/").status_code == 302
    assert logged_in(cast.outsider).get(f"/admin/articles/article/{name}/").status_code == 302
    assert logged_in(cast.reporter).get(f"/admin/articles/article/{name}/", {"q": "\0'"}).status_code == 200


# The editor's uploads


def upload(client: Client, content: bytes, name: str = "a.jpg") -> Any:
    return client.post("/admin/editor/upload/", {"upload": SimpleUploadedFile(name, content, "image/jpeg")})


def test_the_editor_uploads_into_the_library(reporter: Client, cast: Cast) -> None:
    said = upload(reporter, picture()).json()
    photo = Photo.objects.get()
    assert said["url"] == f"/photos/{photo.public_id}/w640.webp"
    assert said["photo"]["public_id"] == photo.public_id
    assert photo.uploaded_by == cast.reporter


def test_a_refused_upload_is_one_sentence(reporter: Client, settings: Any) -> None:
    response = upload(reporter, b"GIF89a no picture at all")
    assert response.status_code == 400
    assert response.json()["error"]["message"].endswith("。")
    settings.PHOTO_MAX_BYTES = 1000
    assert upload(reporter, picture()).json()["error"]["message"]
    assert reporter.post("/admin/editor/upload/").json()["error"]["message"] == "没有收到图片文件。"
    assert not Photo.objects.exists()


@pytest.mark.parametrize("who", ["layout", "proofreader", "admin", "outsider", "retired"])
def test_uploading_needs_a_writer(cast: Cast, who: str) -> None:
    client = logged_in(getattr(cast, who))
    assert upload(client, picture()).status_code == 403
    assert upload(Client(), picture()).status_code == 403
    assert not Photo.objects.exists()


def test_the_editors_address_takes_no_get_and_no_stranger(cast: Cast) -> None:
    assert logged_in(cast.reporter).get("/admin/editor/upload/").status_code == 405
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reporter)
    assert upload(client, picture()).status_code == 403
    assert not Photo.objects.exists()


# The editor's vocabulary


def test_the_toolbar_offers_the_librarys_pictures_and_keeps_every_word_of_the_body() -> None:
    ours = config()
    offered = set(ours["toolbar"]["items"])
    assert "libraryPhoto" in offered
    assert set(toolbar()["toolbar"]["items"]) - {"uploadImage", "style"} <= offered
    assert None not in json.loads(json.dumps(ours)).values()


def test_pictures_of_one_story_are_listed_without_a_query_each(cast: Cast) -> None:
    few = ArticleFactory(created_by=cast.reporter, photos=[PhotoFactory()])
    many = ArticleFactory(created_by=cast.reporter, photos=[PhotoFactory() for _ in range(6)])
    client = logged_in(cast.reporter)
    client.get(change(few))
    with CaptureQueriesContext(connection) as one:
        client.get(change(few))
    with CaptureQueriesContext(connection) as six:
        client.get(change(many))
    assert len(six) == len(one)
    assert ArticlePhoto.objects.filter(article=many).count() == 6
