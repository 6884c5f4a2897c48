"""Old addresses (旧网址) lead to what readers may see, to nothing else, and nowhere outside this site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from articles import moved
from articles.models import Article, OldAddress
from articles.workflow import perform
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
OLD = "/content/2015-03/12/content_4567.htm"


def lead(old: str, new: str) -> OldAddress:
    row = moved.filled(old, new)
    row.save()
    return row


def led(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.get("Location", "")


def test_an_old_address_leads_to_its_story_while_readers_see_it(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    article = ArticleFactory()
    lead(OLD, f"/articles/{article.pk}/")
    at(now)
    nothing = client.get("/nowhere/").content
    for release_at in (None, now + HOUR):
        if release_at:
            publish(article, cast, now, release_at=release_at)
        answer = client.get(OLD)
        assert (answer.status_code, answer.content) == (404, nothing)
    at(now + HOUR)
    assert led(client, OLD) == (301, f"/articles/{article.pk}/")
    assert client.post(OLD).status_code == 404
    perform("withdraw", article, cast.chief, note="有误", now=now + 2 * HOUR)
    at(now + 2 * HOUR)
    assert led(client, OLD) == (410, "")


def test_a_query_is_part_of_an_old_address(client: Client, cast: Cast, now: datetime) -> None:
    lead("http://www.old.example/news.asp?id=12", "/papers/")
    lead("/新闻/首页.htm", "/")
    assert led(client, "/news.asp?id=12") == (301, "/papers/")
    assert led(client, "/news.asp?id=13")[0] == 404
    assert led(client, "/news.asp")[0] == 404
    assert led(client, "/%E6%96%B0%E9%97%BB/%E9%A6%96%E9%A1%B5.htm?from=timeline") == (301, "/")


def test_a_standing_page_is_led_to_at_its_own_address(client: Client, cast: Cast, now: datetime) -> None:
    page = ArticleFactory(kind=Article.Kind.PAGE, path="about", headline="关于我们")
    publish(page, cast, now)
    lead("/about.asp", f"http://testserver/articles/{page.pk}/".replace("http://testserver", ""))
    assert led(client, "/about.asp") == (301, "/pages/about/")


def test_what_answers_by_itself_is_never_led_away(client: Client) -> None:
    OldAddress.objects.create(old="/papers/", target="/search/")
    assert client.get("/papers/").status_code == 200


@pytest.mark.parametrize(
    "new",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "evil",
     "\\\\evil", "/a\r\nSet-Cookie: x=1", "http://evil.example@/", "/articles/999999/", "/" + "长" * 400],
)  # fmt: skip
def test_no_address_leads_out_of_the_site(new: str) -> None:
    with pytest.raises(ValidationError):
        moved.filled(OLD, new)


@pytest.mark.parametrize("old", ["", "/", "relative", "//host", "/a b", "/a\0b", "/" + "a" * 400, "http://["])
def test_what_is_no_old_address_is_refused(client: Client, old: str) -> None:
    with pytest.raises(ValidationError):
        moved.filled(old, "/papers/")


def test_no_loops_and_no_chains() -> None:
    lead("/a.htm", "/papers/")
    for old, new in (("/b.htm", "/b.htm"), ("/b.htm", "/a.htm"), ("/b.htm", "/a.htm?x=1"), ("/papers/", "/")):
        with pytest.raises(ValidationError):
            moved.filled(old, new)


def test_a_row_has_one_target() -> None:
    with pytest.raises(IntegrityError):
        OldAddress.objects.create(old=OLD)


def test_odd_requests_are_just_not_found(client: Client) -> None:
    for address in ("/%00", "/" + "a" * 5000, "/?a" * 50 + "/x", "/x?" + "%FF" * 50, "/%FF%FE"):
        assert client.get(address).status_code in (200, 404), address


def test_a_table_is_taken_in_line_by_line(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    text = "旧网址,新网址\n/a.htm,/papers/\n/b.htm,https://evil.example/\n\n/c.htm,/\n/a.htm,/search/\n"
    table = SimpleUploadedFile("旧网址.csv", text.encode("gb18030"))
    told = client.post(reverse("admin:articles_oldaddress_import"), {"table": table}, follow=True)
    page = told.content.decode()
    assert "导入了 3 条旧网址。" in page
    assert "第3行：“https://evil.example/”不是本站网址" in page
    assert dict(OldAddress.objects.values_list("old", "target")) == {"/a.htm": "/search/", "/c.htm": "/"}


def test_editors_keep_them_one_by_one(client: Client, cast: Cast) -> None:
    add = reverse("admin:articles_oldaddress_add")
    client.force_login(cast.editor)
    assert client.post(add, {"old": "/a.htm", "new": "/papers/"}).status_code == 302
    row = OldAddress.objects.get()
    change = reverse("admin:articles_oldaddress_change", args=[row.pk])
    assert client.post(change, {"old": "/a.htm", "new": "/search/"}).status_code == 302
    assert OldAddress.objects.get().target == "/search/"
    assert "只能引到本站" in client.post(change, {"old": "/a.htm", "new": "//x"}).content.decode()
    assert client.post(add, {"old": "/a.htm", "new": "/"}).status_code == 200  # known already
    assert OldAddress.objects.count() == 1


@pytest.mark.parametrize("who", ["reporter", "proofreader", "layout", "outsider"])
def test_others_do_not(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    for name in ("changelist", "add", "import"):
        assert client.get(reverse(f"admin:articles_oldaddress_{name}")).status_code in (302, 403), name
    table = SimpleUploadedFile("a.csv", b"/a.htm,/papers/")
    client.post(reverse("admin:articles_oldaddress_import"), {"table": table})
    assert not OldAddress.objects.exists()
