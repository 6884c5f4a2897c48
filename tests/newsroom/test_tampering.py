"""Requests that no page of ours would send: other ids, absurd numbers, wrong types, huge bodies, false hosts.

Each gets an answer that says no, and none a 500.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Autosave
from people.models import Signature
from tests.newsroom.addresses import routes
from tests.newsroom.bureau import Bureau, Visitor, build, client_of, writes

pytestmark = pytest.mark.django_db

NUMBERS = ["-1", "0", "abc", "1.5", "1e3", "", " 1", "１", "٣", "1" + "0" * 30, "9" * 5000, "1\x00", "'"]
OUTSIDE = [
    "../../../etc/passwd", "..%2f..%2fsecret-key", "%2e%2e/secret-key", "w320.webp/../../../x", "....//x",
    "w320.webp\x00.jpg", "\\..\\secret", "/etc/passwd", "w320.webp%0a", "~root", "C:\\x", "originals",
]  # fmt: skip
LISTS = {f"articles:{name}" for name in ("section", "series", "region", "tag", "reporter")}
NO_FORMS = [
    b"", b"null", b"{}", b"[1]", b'[["a"]]', b'[["a", 1]]', b'[["a", null]]', b"\xff\xfe",
    b"[" * 100_000, b"NaN", b'"x"', b'[["headline", "' + b"x" * 3_000_000 + b'"]]',
]  # fmt: skip


@pytest.fixture
def bureau() -> Bureau:
    return build(timezone.now())


def statuses(client: Visitor, addresses: list[str]) -> dict[str, int]:
    return {address: client.get(address).status_code for address in addresses}


# Addresses


def test_absurd_numbers_of_pages(bureau: Bureau) -> None:
    lists = ["/search/?q=%E6%A1%A5&", "/papers/?", "/sitemap.xml?"]
    lists += [f"{bureau.address(route)}?" for route in routes() if route.name in LISTS]
    asked = [f"{page}page={quote(number)}" for page in lists for number in NUMBERS]
    assert set(statuses(Visitor(), asked).values()) <= {200, 404}


def test_absurd_numbers_in_the_newsroom(bureau: Bureau) -> None:
    of_story = {
        "revisions": ["page"],
        "compare": ["a", "b"],
        "preview": ["revision"],
        "preview_page": ["revision"],
    }
    of_list = ("p", "at", "section", "region", "reporter", "status", "changed", "o", "mine", "e")
    story = bureau.stories["published"].pk
    asked = [
        f"{reverse(f'admin:articles_article_{page}', args=[story])}?{name}="
        for page, names in of_story.items()
        for name in names
    ]
    asked += [f"{reverse('admin:articles_article_changelist')}?{name}=" for name in of_list]
    asked += [reverse("admin:media_photo_picker") + "?page=", reverse("admin:media_photo_states") + "?ids="]
    asked += [reverse("admin:media_photo_changelist") + "?p="]
    asked += [reverse("admin:people_region_changelist") + "?level__exact="]
    client = client_of(bureau.cast.chief)
    found = statuses(client, [f"{address}{quote(number)}" for address in asked for number in NUMBERS])
    assert {address: status for address, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("number", ["abc", "9" * 19, "1" + "0" * 40, "9" * 5000, "%00"], ids=range(5))
def test_ids_of_nothing(bureau: Bureau, number: str) -> None:
    """An id that is none, in every address that takes one."""
    client = client_of(bureau.cast.chief)
    for route in routes():
        address = route.template % dict.fromkeys(route.parameters, number)
        for method in ("get", "post") if route.parameters else ():
            with writes() as found:
                answer = getattr(client, method)(address)
            assert answer.status_code in (301, 302, 400, 403, 404, 405), (method, address[:200])
            assert found == [], (method, address[:200])


def test_names_that_climb_out_of_their_folder(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief)
    made = reverse("admin:media_photo_rendition", args=[bureau.photo.pk, "x"]).removesuffix("x")
    for before in (f"/photos/{bureau.photo.public_id}/", made, "/static/", "/photos/"):
        for name in OUTSIDE:
            answer = client.get(before + quote(name, safe="/%\\:~."))
            assert answer.status_code in (301, 302, 400, 404), (before, name)


def test_sizes_that_nobody_planned_are_not_made(bureau: Bureau) -> None:
    """Whoever asks for them, so that asking costs nothing."""
    names = [
        "w320.gif", "w320.svg", "16x9-1.f0x0.jpg", "4x3-480.f999x1.webp", "w320.webp.php", "W320.WEBP",
        "w-1.webp", "w0320.webp", "w٣٢٠.webp", "w99999.webp", "w320.webp ", ".webp",
    ]  # fmt: skip
    for client in (Visitor(), client_of(bureau.cast.chief)):
        for before in (
            f"/photos/{bureau.photo.public_id}/",
            f"/admin/media/photo/{bureau.photo.pk}/rendition/",
        ):
            for name in names:
                with writes() as found:
                    status = client.get(before + quote(name)).status_code
                assert status in (302, 404), name
                assert found == [], name


# What is posted


def test_an_action_with_the_wrong_words(bureau: Bureau) -> None:
    story = bureau.stories["review"]
    address = reverse("admin:articles_article_action", args=[story.pk])
    client = client_of(bureau.cast.deputy)
    wrong: list[dict[str, Any]] = [
        {},
        {"action": ""},
        {"action": "publish"},
        {"action": "delete"},
        {"action": "pass\x00"},
        {"action": ["pass", "destroy"]},
        {"action": "pass", "digest": "0" * 64},
        {"action": "pass", "digest": "x" * 100_000},
        {"action": "pass", "digest": story.digest.upper()},
        {"action": "pass", "digest": story.digest, "seen": "draft:"},
        {"action": "pass", "digest": story.digest, "seen": "review:" + "9" * 5000},
        {"action": "pass", "digest": bureau.stories["draft"].digest},
        {"action": "pass"},
        {"action": "return", "note": " \t\n"},
        {"action": "return", "note": "有个\x00字"},
        {"action": "pass", "digest": story.digest, "note": "有个\x07字"},
        {"action": "reschedule", "release_at": "morgen"},
        {"action": "withdraw", "note": "x", "release_at": "9" * 5000},
    ]
    before = Signature.objects.count()
    for words in wrong:
        assert client.post(address, words).status_code in (403, 404, 409, 422), words
    as_json = json.dumps({"action": "pass", "digest": story.digest})
    assert client.post(address, as_json, content_type="application/json").status_code == 404
    broken = client.post(address, b"\xff\xfe\x00", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 404)
    assert Signature.objects.count() == before
    assert client.post(address, {"action": "pass", "digest": story.digest}).status_code == 302


def test_a_moment_nobody_means(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief)
    address = reverse("admin:articles_article_action", args=[bureau.stories["signed"].pk])
    moments = [
        "0001-01-01 00:00", "9999-12-31 23:59", "2026-02-30 10:00", "1900-01-01T00:00", "2026-11-22T25:00",
        "NaN", "-1", "2026-11-22T10:00:00+99:99", "\x00",
    ]  # fmt: skip
    for moment in moments:
        answer = client.post(address, {"action": "reschedule", "release_at": moment})
        assert answer.status_code == 422, moment
        assert "发布时间" in answer.content.decode(), moment
    draft = bureau.stories["draft"]
    form = {
        "base": draft.digest,
        "release_at": "0001-01-01T00:00",
        "first_published_at": "9999-12-31T23:59:59",
    }
    assert client.post(reverse("admin:articles_article_change", args=[draft.pk]), form).status_code < 500


def test_a_story_form_that_is_no_form(bureau: Bureau) -> None:
    """It comes back with a sentence, and nothing of it is saved."""
    story = bureau.stories["draft"]
    address = reverse("admin:articles_article_change", args=[story.pk])
    client = client_of(bureau.cast.reporter)
    whole = {f"{rows}-{name}_FORMS": "0" for rows in ("bylines", "photos") for name in ("TOTAL", "INITIAL")}
    whole |= {"base": story.digest, "headline": "改"}
    wrong = [
        {"bylines-TOTAL_FORMS": ""}, {"bylines-TOTAL_FORMS": "9" * 5000}, {"photos-TOTAL_FORMS": "abc"},
        {"photos-TOTAL_FORMS": "100000"}, {"photos-0-photo": "\x00"}, {"photos-0-photo": "../../x"},
        {"photos-0-photo": "a" * 5000}, {"section": "9" * 5000}, {"section": "abc"}, {"series": "-1"},
        {"series": "1" + "0" * 30}, {"kind": "hologram"}, {"source_url": "javascript:alert(1)"},
        {"source_url": "http://" + "a" * 5000}, {"source_url": "https://[x"}, {"regions": "没有这个地方"},
        {"regions": "9" * 9}, {"tags": ",".join(map(str, range(100)))}, {"tags": "长" * 500},
        {"first_published_at": "昨天"}, {"bylines-0-name": "长" * 500},
        {"bylines-0-name": "甲", "bylines-0-act": "x"},
    ]  # fmt: skip
    for broken in wrong:
        rows = {f"{name.split('-')[0]}-TOTAL_FORMS": "1" for name in broken if "-0-" in name}
        answer = client.post(address, whole | rows | broken)
        assert answer.status_code == 200, (broken, answer.status_code)
        assert "errorlist" in answer.content.decode(), broken
        assert Article.objects.get(pk=story.pk).headline == story.headline, broken


def test_another_base_is_a_conflict_and_never_an_overwriting(bureau: Bureau) -> None:
    story = bureau.stories["draft"]
    address = reverse("admin:articles_article_change", args=[story.pk])
    client = client_of(bureau.cast.reporter)
    other = bureau.stories["review"].digest
    for base in ("", "x", story.digest.upper(), story.digest + " ", "\x00", "9" * 5000, other):
        words = {"base": base, "headline": "改", "body": "<p>改</p>", "section": "9" * 5000}
        assert client.post(address, words).status_code == 409, base
        assert Article.objects.get(pk=story.pk).headline == story.headline
    chosen: list[dict[str, str]] = [
        {"take": "headline"}, {"take": "status"}, {"mine": "body", "typed": "[["}, {"mine": "", "typed": "1"},
        {"take": "section", "section": "9" * 5000, "bylines-TOTAL_FORMS": "9" * 5000},
        {"mine": "photos", "photos-TOTAL_FORMS": "1", "photos-0-photo": "\x00"},
    ]  # fmt: skip
    for words in chosen:
        assert client.post(address, {"base": story.digest, "headline": "改"} | words).status_code == 200, (
            words
        )
    assert Article.objects.get(pk=story.pk).headline == story.headline


def test_an_autosave_of_something_else(bureau: Bureau) -> None:
    client = client_of(bureau.cast.reporter)
    address = reverse("admin:articles_article_autosave", args=[bureau.stories["draft"].pk])
    for sent in NO_FORMS:
        answer = client.post(address, sent, content_type="application/json")
        assert answer.status_code in (400, 413), sent[:40]
        assert answer.json()["error"], sent[:40]
    lying = client.post(address, b"null", content_type="application/json", CONTENT_LENGTH="9" * 50)
    assert lying.status_code == 413
    assert not Autosave.objects.exists()


# Sizes


def test_a_body_too_large_is_refused(bureau: Bureau) -> None:
    """Text beyond DATA_UPLOAD_MAX_MEMORY_SIZE, or too many fields: a page of ours, and nothing done."""
    client = client_of(bureau.cast.chief)
    huge = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    story = bureau.stories["draft"].pk
    addresses = [
        reverse(f"admin:articles_article_{n}", args=[story]) for n in ("change", "action", "restore")
    ]
    addresses += [reverse("admin:articles_article_add"), reverse("admin:people_reporter_add")]
    addresses += [reverse("set_language"), reverse("admin:password_change")]
    many = {f"n{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    for address in addresses:
        for words in ({"body": huge}, many):
            with writes() as found:
                answer = client.post(address, words)
            assert answer.status_code == 400, address
            assert "内容太多" in answer.content.decode(), address
            assert found == [], address
    autosave = reverse("admin:articles_article_autosave", args=[story])
    assert client.post(autosave, huge, content_type="application/json").status_code in (400, 413)


def test_too_many_files_or_none(bureau: Bureau) -> None:
    client = client_of(bureau.cast.reporter)
    numbers = range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    many: dict[str, Any] = {f"f{number}": SimpleUploadedFile("x.jpg", b"x") for number in numbers}
    half = b'--x\r\nContent-Disposition: form-data; name="upload"; filename="a.jpg"\r\n\r\n'
    for name in ("admin:media_photo_upload", "articles:editor_upload", "admin:media_photo_add"):
        address = reverse(name)
        assert client.post(address, many).status_code == 400, name
        assert client.post(address, {"upload": "no file"}).status_code in (200, 400), name
        assert client.post(address, b"x", content_type="image/jpeg").status_code in (200, 400), name
        assert client.post(address, half, content_type="multipart/form-data; boundary=x").status_code < 500, (
            name
        )


# Hosts and methods


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "testserver.evil.example", "testserver:80@evil.example", "evil.example#testserver",
        "[::1", "testserver,evil.example", "a" * 5000, "<script>alert(1)</script>", "..", "testserver/../x",
    ],
    ids=range(10),
)  # fmt: skip
def test_a_false_host_is_refused(host: str) -> None:
    for page in ("/", "/admin/login/", "/feeds/rss.xml", "/search/?q=x"):
        answer = Visitor().get(page, HTTP_HOST=host)
        assert answer.status_code == 400, page
        assert "evil" not in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()


def test_addresses_of_the_site_do_not_follow_the_request(bureau: Bureau) -> None:
    """Feeds, sitemaps and heads name SITE_URL, so that no cache can be filled with another's addresses."""
    story = f"/articles/{bureau.stories['published'].pk}/"
    said = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"}
    for page in ("/", story, "/feeds/rss.xml", "/feeds/atom.xml", "/sitemap.xml", "/robots.txt"):
        answer = Visitor().get(page, HTTP_HOST="localhost", **said)  # type: ignore[arg-type]
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert "evil.example" not in text, page
        assert "localhost" not in text, page
        assert settings.SITE_URL in text, page


def test_odd_methods(bureau: Bureau) -> None:
    client = client_of(bureau.cast.chief)
    story = bureau.stories["published"].pk
    for page in ("/", f"/articles/{story}/", reverse("admin:articles_article_action", args=[story])):
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X" * 1000):
            with writes() as found:
                assert client.generic(method, page).status_code == 405, (method, page)
            assert found == []
