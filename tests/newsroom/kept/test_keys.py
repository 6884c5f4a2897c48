"""Which requests are one and the same, and that no reader can make many of them."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.kept.answers import OVERHEAD, Answer, Store, keepable
from newsroom.kept.keys import Key, asking_for, key_of


def asked(path: str, query: str = "", **headers: str) -> dict[str, Any]:
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "news.example",
        **named,
    }


def key(path: str, query: str = "", **headers: str) -> Key:
    found = key_of(asked(path, query, **headers))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/articles/7/", "/articles/7/qr.svg", "/sections/bendi/", "/tags/大桥/", "/reporters/3/"),
        *("/papers/", "/papers/latest/", "/papers/2026-11-20/", "/papers/2026-11-20/1/", "/pages/about/"),
        *("/feeds/rss.xml", "/sections/bendi/feeds/atom.xml", "/sitemap.xml", "/sitemap-papers-2026.xml"),
        *("/robots.txt", "/sw.js", "/offline/paper.json"),
    ],
)
def test_readers_pages_are_kept(path: str) -> None:
    assert key(path).path == path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/admin/",
            "/admin/login/",
            "/search/",
            "/search/suggest/",
            "/healthz",
            "/readyz",
            "/i18n/setlang/",
        ),
        *("/static/site/paper.css", "/photos/abcdefghij/w640.webp", "/display/", "/news-sitemap.xml"),
        *(
            "/papers/2026-11-20.pdf",
            "/papers/2026-11-20/1/480.png",
            "/articles/0/",
            "/articles/7",
            "/nothing/",
        ),
    ],
)
def test_nothing_else_is(path: str) -> None:
    assert key_of(asked(path)) is None


def test_who_has_a_session_or_sends_something_is_not_answered_from_memory() -> None:
    assert key_of(asked("/", cookie="sessionid=abc")) is None
    assert key_of(asked("/", cookie="display=dark-0; sessionid=abc")) is None
    assert key_of(asked("/") | {"REQUEST_METHOD": "POST"}) is None


@pytest.mark.parametrize(
    "query", ["from=timeline", "utm_source=x&utm_medium=y", "page=1", "x=" + "9" * 99, "&&="]
)
def test_what_other_sites_hang_on_makes_no_other_page(query: str) -> None:
    assert key("/sections/bendi/", query) == key("/sections/bendi/")
    assert key("/articles/7/", query) == key("/articles/7/")


def test_lists_have_pages_and_the_archive_has_months() -> None:
    assert key("/sections/bendi/", "from=x&page=12").query == "page=12"
    assert key("/papers/", "page=2&month=2026-11").query == "month=2026-11&page=2"
    assert key("/sections/bendi/", "month=2026-11").query == ""
    assert key("/articles/7/", "page=2").query == ""


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=02", "page=100000", "page=x", "page=2&page=3", "page="]
)
def test_odd_pages_are_for_django_to_refuse(query: str) -> None:
    assert key_of(asked("/sections/bendi/", query)) is None


def test_a_thousand_odd_addresses_are_one_answer() -> None:
    odd = {key("/sections/bendi/", f"q{n}={n}", cookie=f"display=x{n}; a={n}") for n in range(1000)}
    assert odd == {key("/sections/bendi/")}


def test_a_look_is_one_of_few() -> None:
    assert key("/", cookie="a=1; display=elder-2").display == "elder-2"
    for other in (
        "display=auto-0",
        'display="dark-0"',
        "display=dark-9",
        "xdisplay=dark-1",
        "DISPLAY=dark-1",
    ):
        assert key("/", cookie=other).display == "", other


def test_django_sees_nothing_of_one_reader() -> None:
    environ = asked(
        "/articles/7/", "from=x", cookie="display=dark-1; messages=m", if_none_match="*", range="bytes=0-1"
    )
    environ["REQUEST_METHOD"] = "HEAD"
    wanted = key_of(environ)
    assert wanted is not None
    whole = asking_for(wanted, environ)
    assert {name: value for name, value in whole.items() if name.startswith("HTTP_")} == {
        "HTTP_HOST": "news.example",
        "HTTP_COOKIE": "display=dark-1",
    }
    assert (whole["REQUEST_METHOD"], whole["QUERY_STRING"]) == ("GET", "")


FOR_ALL = [("Cache-Control", "no-cache")]


def test_only_what_is_for_all_readers_is_kept() -> None:
    assert keepable("200 OK", FOR_ALL, b"x")
    assert keepable("410 Gone", FOR_ALL, b"x")
    assert not keepable("404 Not Found", FOR_ALL, b"x")
    assert not keepable("500 Internal Server Error", FOR_ALL, b"x")
    assert not keepable("200 OK", [("Cache-Control", "private, no-cache")], b"x")
    assert not keepable("200 OK", [], b"x")
    assert not keepable("200 OK", [*FOR_ALL, ("Set-Cookie", "a=1")], b"x")


def test_a_full_store_forgets_what_was_not_asked_for_longest() -> None:
    store = Store(3 * OVERHEAD + 2000)
    answer = Answer("200 OK", FOR_ALL, b"short", by_nginx=False)
    keys = [key(f"/articles/{n}/") for n in range(1, 101)]
    for n, one in enumerate(keys):
        store.put(one, answer)
        assert store.get(keys[0]) is not None, n
        assert store.bytes <= store.most
    assert len(store) == 3
    assert store.get(keys[50]) is None
    store.put(keys[3], Answer("200 OK", FOR_ALL, bytes(range(256)) * 9000, by_nginx=False))
    assert store.bytes <= store.most


def given(answer: Answer, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    environ = asked("/", **headers) | {"REQUEST_METHOD": method}
    body = b"".join(answer.give(environ, lambda status, fields: told.extend((status, dict(fields)))))
    return told[0], told[1], body


def test_an_answer_is_given_as_it_was_asked_for() -> None:
    import gzip

    page = "新桥今日通车。".encode() * 100
    answer = Answer("200 OK", [*FOR_ALL, ("ETag", '"abc"'), ("Content-Length", "1")], page, by_nginx=False)
    status, headers, body = given(answer)
    assert (status, headers["Content-Length"], body) == ("200 OK", str(len(page)), page)
    _, headers, body = given(answer, accept_encoding="br, gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding, Cookie"
    assert (int(headers["Content-Length"]), gzip.decompress(body)) == (len(body), page)
    assert given(answer, accept_encoding="gzip;q=0")[2] == page
    assert given(answer, "HEAD")[2] == b""
    for known in ('W/"abc"', '"abc"', '"x", W/"abc"', "*"):
        status, headers, body = given(answer, if_none_match=known)
        assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", 'W/"abc"')
    assert given(answer, if_none_match='"abcd"')[0] == "200 OK"
