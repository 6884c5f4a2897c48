"""Attachments (附件): what is taken in, and that readers get one while a visible story offers it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.freeze import freeze, thaw
from articles.models import Article, ArticleFile
from articles.verify import verify
from articles.workflow import perform
from media import attachments
from media.inspection import Refused
from media.models import Attachment
from newsroom.backup import kept_files
from newsroom.lib import canonical
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
At = Callable[[datetime], None]


@cache
def pdf(width: int = 300) -> bytes:
    """A page of that width; each file anew would have another identifier."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, 400)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def archive(*names: str, before: bytes = b"", data: bytes = b"x") -> bytes:
    target = io.BytesIO(before)
    target.seek(0, 2)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as written:
        for name in names:
            written.writestr(name, data)
    return target.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")


def taken(data: bytes, name: str = "公示.pdf", by: Any = None) -> Attachment:
    return attachments.take_in(io.BytesIO(data), name, by)[0]


def offering(*files: Attachment, **fields: Any) -> Article:
    article = ArticleFactory(**fields)
    for position, file in enumerate(files):
        ArticleFile.objects.create(article=article, attachment=file, position=position)
    return article


def address(file: Attachment) -> str:
    return reverse("articles:file", args=[file.public_id, file.name])


def test_readers_get_it_while_its_story_is_visible(client: Client, cast: Cast, now: datetime, at: At) -> None:
    file = taken(pdf())
    article = offering(file, headline="公示一则")
    at(now)
    assert client.get(address(file)).status_code == 404
    publish(article, cast, now, release_at=now + HOUR)
    assert client.get(address(file)).status_code == 404
    at(now + HOUR)
    answer = client.get(address(file))
    assert (answer.status_code, answer.getvalue()) == (200, pdf())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-cache"
    story = client.get(f"/articles/{article.pk}/").content.decode()
    assert f'<a href="{address(file)}">公示</a>' in story
    assert client.get(address(file), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    perform("withdraw", article, cast.chief, note="有误", now=now + 2 * HOUR)
    at(now + 2 * HOUR)
    assert client.get(address(file)).status_code == 410


def test_a_file_added_after_signing_is_not_public(client: Client, cast: Cast, now: datetime) -> None:
    article = offering(headline="公示一则")
    publish(article, cast, now)
    late = taken(pdf())
    ArticleFile.objects.create(article=article, attachment=late)
    assert client.get(address(late)).status_code == 404
    assert "附件" not in client.get(f"/articles/{article.pk}/").content.decode()


def test_an_unknown_name_of_a_public_file_is_nothing(client: Client, cast: Cast, now: datetime) -> None:
    file = taken(pdf())
    publish(offering(file), cast, now)
    for name in ("other.pdf", "..%2f..%2fetc%2fpasswd", "公示.html", "公示.pdf%00"):
        assert client.get(f"/files/{file.public_id}/{name}").status_code == 404, name


def test_only_a_pdf_opens_in_the_browser(client: Client, cast: Cast, now: datetime) -> None:
    word = taken(archive(*DOCX), "名单.docx")
    publish(offering(word), cast, now)
    answer = client.get(address(word))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"] == attachments.KINDS["docx"]


def test_the_newsroom_gets_it_by_right(client: Client, cast: Cast) -> None:
    file = taken(pdf(), by=cast.reporter)
    offering(file, created_by=cast.reporter)
    expected = {"reporter": 200, "editor": 200, "reporter2": 404, "admin": 404, "outsider": 404}
    for name, status in expected.items():
        client.force_login(getattr(cast, name))
        answer = client.get(address(file))
        assert answer.status_code == status, name
        assert "private" in answer["Cache-Control"] or status == 404


def test_files_stand_in_the_signed_order_under_signed_titles(
    client: Client, cast: Cast, now: datetime
) -> None:
    first, second = taken(pdf(301), "甲.pdf"), taken(pdf(302), "乙.pdf")
    article = offering(first, second)
    ArticleFile.objects.filter(attachment=second).update(title="乙表<b>")
    publish(article, cast, now)
    ArticleFile.objects.all().delete()
    story = client.get(f"/articles/{article.pk}/").content.decode()
    assert story.index(">甲</a>") < story.index(">乙表&lt;b&gt;</a>")


def test_a_story_without_files_is_frozen_as_ever(cast: Cast) -> None:
    article = offering()
    assert not {"files", "path", "page_order"} & canonical.load(freeze(article)).keys()
    article.files.create(attachment=taken(pdf()), title="名单")
    content = canonical.load(freeze(article))
    article.files.all().delete()
    assert thaw(article, canonical.load(canonical.dump(content))) == []
    assert canonical.load(freeze(article)) == content


def test_verify_holds_a_file_against_what_was_signed(cast: Cast, now: datetime) -> None:
    file = taken(pdf())
    publish(offering(file), cast, now)
    assert list(verify()) == []
    assert file.file.name in set(kept_files())
    default_storage.delete(file.file.name)
    default_storage.save(file.file.name, ContentFile(b"%PDF-1.4 another"))
    assert list(verify()) == [f"attachment {file.public_id}: the file does not match its digest"]
    default_storage.delete(file.file.name)
    assert list(verify()) == [f"attachment {file.public_id}: the file is missing"]
    Attachment.objects.update(sha256="0" * 64)
    assert any("is not the one that was signed" in told for told in verify())


REFUSED = {
    "empty": (b"", "空的"),
    "a page": (b"<html><script>alert(1)</script>", "只收"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
    "a broken PDF": (b"%PDF-1.7\n1 0 obj << broken", "已损坏"),
    "a page before a PDF": (b"<script>1</script>" + pdf(), "只收"),
    "any archive": (archive("a.exe"), "只收"),
    "a page before an archive": (archive(*DOCX, before=b"<html>"), "只收"),
    "macros": (archive(*DOCX, "word/vbaProject.bin"), "宏"),
    "a broken archive": (archive(*DOCX)[:-30], "已损坏"),
    "a bomb of members": (archive(*DOCX, *(f"{n}" for n in range(5001))), "时间或内存"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_taken_in_says_why(what: str) -> None:
    data, why = REFUSED[what]
    with pytest.raises(Refused, match=why):
        taken(data)
    assert not Attachment.objects.exists()


def test_too_large_a_file_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 2**20)
    file = io.BytesIO(b"%PDF-" + b"0" * 2**23)
    with pytest.raises(Refused, match="上限 1 MB"):
        attachments.take_in(file, "大.pdf", None)
    assert file.tell() < 2**22


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\公示（一）.PDF", "公示（一）.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("名单.pdf.html", "名单-pdf.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("\r\nSet-Cookie: a.pdf", "Set-Cookie-a.pdf"),
        ("", "file.pdf"),
        ("?#%.pdf", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_are_harmless(name: str, kept: str) -> None:
    assert attachments.named(name, "pdf") == kept


def test_the_same_bytes_are_one_file() -> None:
    first, again = taken(pdf(), "甲.pdf"), taken(pdf(), "乙.pdf")
    assert (again.pk, again.name) == (first.pk, "甲.pdf")


def posted(client: Client, article: Article, **more: Any) -> Any:
    rows = {f"{rows}-{name}_FORMS": "0" for rows in ("bylines", "photos") for name in ("TOTAL", "INITIAL")}
    words = {"headline": article.headline, "body": article.body, "base": article.digest}
    return client.post(
        reverse("admin:articles_article_change", args=[article.pk]), words | rows | more, follow=True
    )


def test_the_form_adds_names_orders_and_removes_them(client: Client, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    client.force_login(cast.reporter)
    files = [SimpleUploadedFile("甲.pdf", pdf(311)), SimpleUploadedFile("乙.pdf", pdf(312))]
    posted(client, article, attachments=files)
    assert [use.attachment.name for use in article.files.all()] == ["甲.pdf", "乙.pdf"]
    article.refresh_from_db()
    posted(client, article)
    assert article.files.count() == 2  # a form that says nothing of them leaves them
    ids = [use.attachment.public_id for use in article.files.all()]
    rows = {"files-TOTAL_FORMS": "2", "files-INITIAL_FORMS": "0"}
    for number, public_id in enumerate(ids):
        rows |= {f"files-{number}-file": public_id, f"files-{number}-ORDER": str(9 - number)}
    article.refresh_from_db()
    posted(client, article, **rows, **{"files-0-title": "公示名单"})
    assert [(use.title, use.attachment.name) for use in article.files.all()] == [
        ("", "乙.pdf"),
        ("公示名单", "甲.pdf"),
    ]
    article.refresh_from_db()
    posted(client, article, **rows, **{"files-1-DELETE": "on"})
    assert [use.attachment.name for use in article.files.all()] == ["甲.pdf"]


def test_a_refused_file_is_told_in_the_form(client: Client, cast: Cast) -> None:
    article = ArticleFactory(created_by=cast.reporter)
    client.force_login(cast.reporter)
    answer = posted(client, article, attachments=[SimpleUploadedFile("坏.pdf", b"%PDF-broken")])
    assert "“坏.pdf”没有收：文件已损坏" in answer.content.decode()
    assert not article.files.exists()
