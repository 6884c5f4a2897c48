"""Whatever is asked of the readers' site, it answers: the right status, a page that helps, never an error.

All is asked of the application that the web server runs, kept answers and all.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.core.signals import got_request_exception
from django.utils import timezone

from newsroom import wsgi
from newsroom.kept.front import Front
from tests.articles.naughty import BROKEN, LONG, OWN
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory
from tests.issues.readers import released

# Kept answers ask for the mark outside of any transaction.
pytestmark = pytest.mark.django_db(transaction=True)


class Told(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def helps(self) -> bool:
        """A heading, a way home and a way to search."""
        search = 'action="/search/"' in self.text or 'href="/search/"' in self.text
        return "<h1" in self.text and 'href="/"' in self.text and search


class Site:
    """The site with one story in every kind of list, and one paper; `errors` are what nobody caught."""

    def __init__(self) -> None:
        now, cast = timezone.now(), Cast()
        region, reporter = RegionFactory(code="130111"), ReporterFactory()
        self.story = publish(
            ArticleFactory(
                section=SectionFactory(slug="bendi"),
                series=SeriesFactory(slug="daan"),
                regions=[region],
                tags=["大桥"],
                bylines=[{"name": "林晚照", "identity": "reporter", "reporter": reporter}],
            ),
            cast,
            now,
        )
        released(now, cast)
        self.lists = [
            *("/sections/bendi/", "/series/daan/", "/regions/130111/", "/tags/da-qiao/"),
            *(f"/reporters/{reporter.pk}/", "/papers/"),
        ]
        self.front = Front(wsgi.django)
        self.errors: list[Any] = []

    def ask(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Told:
        """`path` is quoted, as it goes over the wire; `headers` go by their WSGI names."""
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        told: list[Any] = []
        answer = self.front(environ | headers, lambda status, fields, exc=None: told.extend((status, fields)))
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        assert self.errors == [], (method, path[:80], query[:80], headers)
        fields = {name.lower(): value for name, value in told[1]}
        return Told(int(told[0][:3]), fields, body.decode("utf-8", "replace"))

    def refuses(self, path: str, query: str = "", status: int = 404, **headers: str) -> None:
        told = self.ask(path, query, **headers)
        assert (told.status, told.helps) == (status, True), (path[:80], query[:80], headers)

    def shows(self, path: str, query: str = "", **headers: str) -> None:
        self.refuses(path, query, 200, **headers)

    @property
    def kept(self) -> int:
        epoch = self.front.watch.epoch()
        assert epoch is not None
        return len(epoch.store)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    def note(sender: Any, **told: Any) -> None:
        made.errors.append(sys.exc_info()[1])

    got_request_exception.connect(note)
    yield made
    got_request_exception.disconnect(note)


# Lists and days

NO_PAGES = [
    *("0", "-1", "2", "99999", "100000", "9" * 400, "9" * 5000, "x", "%E4%B8%80", "%D9%A1", "%EF%BC%91"),
    *("%C2%B2", "1.0", "+1", "%201", "01", "1%00", "%FF", "%", "%zz", "1_0", "NaN", "inf", "1e9", "0x1"),
]


def test_pages_that_no_list_has(site: Site) -> None:
    for number in NO_PAGES:
        site.refuses("/sections/bendi/", f"page={number}")
    for path in site.lists:
        for number in ("0", "-1", "2", "9" * 5000, "x", "%D9%A1"):
            site.refuses(path, f"page={number}")
        site.refuses(path, "page=1&page=2")
        for as_the_first in ("page=", "page=1", "page[]=2", "PAGE=2", "page=2&page=1"):
            site.shows(path, as_the_first)
    site.refuses("/papers/", "&".join(f"a{n}=1" for n in range(6000)), 400)
    for number in ("0", "-1", "2", "9" * 5000, "x", "%C2%B2", "1.0", "+1", "1%00", "%FF", "inf"):
        site.refuses("/search/", f"q=%E6%A1%A5&page={number}")


def test_days_that_there_are_not(site: Site) -> None:
    for month in (
        *("0000-00", "0001-01", "9999-12", "9999-13", "1-1", "x", "%D9%A1%D9%A1%D9%A1%D9%A1-01"),
        *("2026-11%0A", "2026-11-20", "%00", "9" * 10_000, "2026-11&page=2", "0001-01&page=99999"),
    ):
        site.refuses("/papers/", f"month={month}")
    for path in (
        *("0000-00-00/", "0001-01-01/", "9999-12-31/", "9999-12-31/999/", "9999-12-31.pdf", "2026-02-30.pdf"),
        *("2026-02-30/1/480.png", "2026-11-20/0/", "2026-11-20/999/", "2026-11-20/01/", "2026-11-20/1/1.png"),
        *("2026-11-20/1/99999.png", "0001-01-01/1/qr.svg", "2026-11-20%0A/", "2026-11-20/1/%0A"),
        "%D9%A2%D9%A0%D9%A2%D9%A6-11-20/",
    ):
        site.refuses(f"/papers/{path}")
    for year in ("0000", "1000", "9999", "20261"):
        site.refuses(f"/sitemap-papers-{year}.xml")


# Codes, names and paths

NOWHERE = [
    *("/articles/0/", "/articles/-1/", "/articles/%D9%A1/", "/articles/999999999999999999/"),
    *("/articles/9999999999999999999/", "/articles/999999999999999999/qr.svg", "/articles/1/%2e%2e/"),
    *("/sections/nowhere/", "/sections/%00/", "/sections/%00/rss.xml", f"/sections/{'a' * 10_000}/"),
    *("/series/%ff/", "/regions/000000/", "/regions/000000000/", "/regions/1301/", "/regions/%EF%BC%91/"),
    *(f"/tags/{'%E4%B8%AD' * 5000}/", "/tags/%ff/", "/tags/%00/", "/tags/%ED%A0%80/", "/tags/%C0%AF/"),
    *("/reporters/0/", "/reporters/999999999999999999/", "/sitemap-0.xml", "/sitemap-9999999999999.xml"),
    *("/pages/%00/", "/pages/..%2f..%2fetc%2fpasswd/", f"/pages/{'a' * 10_000}/", "/pages/%ff/"),
    *("/files/aaaaaaaaaa/%00", "/files/aaaaaaaaaa/..", "/files/aaaaaaaaaa/..%2F..%2Fx", "/files/a/x"),
    *(f"/files/aaaaaaaaaa/{'a' * 500}", "/files/aaaaaaaaaa/%ff", "/files/aaaaaaaaaa/%ED%A0%80%0A"),
    *("/photos/aaaaaaaaaa/w640.webp", f"/photos/aaaaaaaaaa/w{'9' * 50}.webp", "/photos/aaaaaaaaaa/...."),
    *("/static/%00", "/static/..%2fnewsroom%2fsettings.py", f"/static/{'a' * 5000}", "/static/%ff"),
    *(f"/icons/any-{'9' * 5000}.png", "/icons/any-0.png", "/icons/x-192.png"),
    *("/%00", "/%ff", "/%C0%AF/", f"/{'a' * 20_000}", f"/{'a/' * 5000}", "//evil.example"),
    *("//evil.example/", "/%2f%2fevil.example/", "/%0d%0aSet-Cookie:x=1/", "/%E2%80%AE/", "/.env"),
    *("/wp-login.php", "/healthz%00"),
]  # fmt: skip


def test_nothing_stands_there(site: Site) -> None:
    for path in NOWHERE:
        site.refuses(path)
        assert site.ask(path, method="HEAD").status == 404


# Search

OPERATORS = [
    *("AND", "OR", "NOT", "NEAR", "AND OR NOT", "NEAR(a b)", "-", "--", '"', "“”", '""', "*", "^", "(", ")"),
    *("()", "%", "_", "%%%", "a_%", "\\", "\\%", "' OR 1=1 --", "|", "&", "!", "<->", ":*", "q:*", "c:x"),
    *("'" * 99, "((" * 500, "-" * 10_000, "\ufeff", "\x00", "a\x00b", "桥 " * 4000),
]


def test_words_that_are_none(site: Site) -> None:
    for typed in (*OWN, *BROKEN, LONG, *OPERATORS):
        words = quote(typed)
        site.shows("/search/", f"q={words}")
        assert site.ask("/search/suggest/", f"q={words}").status == 200
    for query in ("q=%ff%fe", "q=%", "q=%e6%a1", "q=%ED%B2%80", "q=a&q=b", "q[]=x", "q=x&order=%00"):
        site.shows("/search/", query)
    for query in (f"reporter={'9' * 5000}", "reporter=-1", f"region={'1' * 5000}", "section=nowhere"):
        site.refuses("/search/", f"q=x&{query}")


# What is kept


def test_odd_requests_fill_no_memory(site: Site) -> None:
    paths = [*site.lists, f"/articles/{site.story.pk}/", "/"]
    for path in paths:
        site.shows(path)
    before = site.kept
    assert before == len(paths)
    for n in range(1, 401):
        path = paths[n % len(paths)]
        site.shows(path, f"q{n}={n}&from={n}", HTTP_COOKIE=f"display=x{n}; a={n}", HTTP_REFERER=f"x:{n}")
        site.shows(path, HTTP_HOST=f"TestServer:{n}")
    for n in range(20, 60):
        site.refuses("/sections/bendi/", f"page={n}")
        site.refuses(f"/tags/x{n}/")
        site.shows("/search/", f"q={n}")
    assert site.kept == before


def test_no_other_host_is_served(site: Site) -> None:
    site.shows("/")
    for host in ("evil.example", "", "\xff", "testserver:", "testserver:x", "a" * 5000, "testserver@evil"):
        site.refuses("/", status=400, HTTP_HOST=host)


# The choice of look


def led(site: Site, referer: str, query: str = "theme=dark") -> str:
    told = site.ask("/display/", query, HTTP_REFERER=referer)
    assert told.status == 302
    return told.headers["location"]


def test_a_choice_of_look_leads_nowhere_else(site: Site) -> None:
    for query in (
        "theme=%00",
        "theme=a&theme=b",
        f"theme={'x' * 10_000}",
        "size=-1",
        "theme=dark%0d%0aX:y",
        "%ff",
    ):
        assert led(site, "", query) == "/"
    ours = "http://testserver"
    for referer in (
        *("http://[::1", f"{ours}:99999999/", f"{ours}:x/", f"{ours}@evil.example/", "///evil.example"),
        *("http://evil.example@testserver/", "http:evil.example", f"{ours}/\t/evil.example", "\xff\xfe"),
        *(f"{ours}/\\\\evil.example", "javascript:alert(1)", "evil.example", f"{ours}?x", f"{ours}/display"),
    ):  # fmt: skip
        assert led(site, referer) == "/", referer
    for referer, back in (
        (f"{ours}/%0d%0aX:1", "/%0d%0aX:1"),
        (f"{ours}/\r\nX: 1", "/X:%201"),
        (f"{ours}/\x00", "/%00"),
        (f"{ours}/search/?q=a#b", "/search/?q=a"),
    ):
        assert led(site, referer) == back
    assert site.ask("/display/", "theme=dark", method="HEAD").status == 302


# Cookies and methods

COOKIES = [
    *(
        "display=%00",
        'display="\\000"',
        "display=dark-1;display=elder-2",
        "display=dark-1\x00",
        "\x00",
        "=;=",
    ),
    *('sessionid="\\000aaaaaaaaaaaaaaaa"', "sessionid=" + "\xff" * 9, f"sessionid={'a' * 60_000}"),
    *(
        "sessionid=' OR 1=1",
        'sessionid="\\377\\377\\377\\377\\377\\377\\377\\377"',
        "sessionid=",
        "sessionid",
    ),
    *('csrftoken="\\000"', 'messages="\\000"', "messages=[[]]", "messages=x:y:z; sessionid=abc"),
    *("x" * 100_000, ";" * 50_000, "a=" * 10_000),
]


def test_cookies_of_any_kind(site: Site) -> None:
    """Files and the newsroom look the session up, other pages don't."""
    for cookie in COOKIES:
        for path in ("/", f"/articles/{site.story.pk}/"):
            site.shows(path, HTTP_COOKIE=cookie)
        for path in ("/files/aaaaaaaaaa/x", "/photos/aaaaaaaaaa/w640.webp"):
            site.refuses(path, HTTP_COOKIE=cookie)
        assert site.ask("/admin/", HTTP_COOKIE=cookie).status == 302
        assert site.ask("/admin/login/", HTTP_COOKIE=cookie).status == 200


def test_readers_pages_are_read_and_nothing_else(site: Site) -> None:
    for path in (
        *site.lists,
        "/",
        f"/articles/{site.story.pk}/",
        "/search/",
        "/feeds/rss.xml",
        "/robots.txt",
    ):
        assert site.ask(path, method="HEAD").status == 200
        for method in ("POST", "PUT", "DELETE", "PROPFIND", "X" * 100, "\xff"):
            told = site.ask(path, method=method)
            assert (told.status, told.helps) == (403, True), "no form of ours was sent"
        for method in ("OPTIONS", "TRACE"):
            told = site.ask(path, method=method)
            assert (told.status, told.headers["allow"]) == (405, "GET, HEAD")


def test_headers_that_say_nothing(site: Site) -> None:
    for headers in (
        {"HTTP_IF_NONE_MATCH": '"\\'},
        {"HTTP_IF_NONE_MATCH": "W/"},
        {"HTTP_IF_NONE_MATCH": "x," * 5000},
        {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 0000 00:00:00 GMT"},
        {"HTTP_RANGE": "bytes=-9999999999999999999999"},
        {"HTTP_ACCEPT_LANGUAGE": "zh;q=x," * 9000},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "gopher"},
        {"CONTENT_LENGTH": "-5"},
        {"CONTENT_TYPE": "multipart/form-data"},
        {"QUERY_STRING": "\xff\xfe"},
    ):
        for path in ("/", f"/articles/{site.story.pk}/", "/papers/", "/search/"):
            site.shows(path, **headers)
