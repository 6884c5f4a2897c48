"""Which requests are answered from memory, and which of them are the same request."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings

from newsroom.lib.display import COOKIE, DEFAULT, VALUES

Environ = dict[str, Any]

# Pages, feeds and maps. Not the files (nginx or the disk serves them better), not searches (as many as
# words), and not the map of the last two days' news, which changes by the clock alone.
KEPT = re.compile(
    r"""/(?:
      articles/[1-9][0-9]{0,17}/(?:qr\.svg)?
    | (?P<list>(?:sections|series|regions|tags|reporters)/[^/]{1,200}/)
    | sections/[-\w]{1,200}/(?:feeds/)?(?:rss\.xml|atom\.xml|feed\.json)
    | pages/[-\w]{1,200}/
    | (?P<papers>papers/)
    | papers/(?:latest|[0-9]{4}-[0-9]{2}-[0-9]{2})/
    | papers/[0-9]{4}-[0-9]{2}-[0-9]{2}/[1-9][0-9]{0,2}/(?:qr\.svg)?
    | feeds/(?:rss\.xml|atom\.xml|feed\.json|ninjs\.json)
    | sitemap(?:-pages|-[0-9]{1,13}|-papers-[0-9]{4})?\.xml
    | robots\.txt | manifest\.webmanifest | sw\.js | offline/(?:paper\.json)?
    )?""",
    re.VERBOSE,
)
# Ports and capitals make no other page: all addresses that pages name are SITE_URL's or have no host.
HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[a-f0-9:.]+\])\.?(?::[0-9]{1,5})?")
PAGE = re.compile("[1-9][0-9]{0,4}")
MONTH = re.compile("[0-9]{4}-[0-9]{2}")
LONGEST_QUERY = 500  # characters
SESSION = f"{settings.SESSION_COOKIE_NAME}="
# As deploy/nginx.conf reads it.
CHOSEN = re.compile(rf"(?:^|;\s*){COOKIE}=({'|'.join(VALUES)})(?:[;\s]|$)")


class Key(NamedTuple):
    """All that an answer depends on. Nothing else of the request reaches the page that is made for it."""

    host: str
    secure: bool
    path: str
    query: str
    display: str


def key_of(environ: Environ) -> Key | None:
    """None: Django answers, and nothing is kept. So it is for everyone who has a session."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and SESSION in cookies:
        return None
    path = environ["PATH_INFO"]
    found = KEPT.fullmatch(path)
    if found is None:
        return None
    query: str | None = environ.get("QUERY_STRING")
    if query and (query := canonical(query, found.lastgroup)) is None:
        return None
    host = HOST.fullmatch(environ.get("HTTP_HOST", "").lower())
    if host is None:
        return None
    secure = environ.get("HTTP_X_FORWARDED_PROTO") == "https" or environ["wsgi.url_scheme"] == "https"
    return Key(host[1], secure, path, query or "", display_of(cookies))


def canonical(query: str, kind: str | None) -> str | None:
    """What of a query string the page reads, in its one spelling. The rest, that other sites hang on
    (`from=timeline`, `utm_…`), makes no other answer. None: what this page does with it, Django shall say."""
    if len(query) > LONGEST_QUERY:
        return "" if kind is None else None
    if kind is None:
        return ""
    forms = {"page": PAGE, "month": MONTH} if kind == "papers" else {"page": PAGE}
    try:
        read = [(name, value) for name, value in parse_qsl(query, True) if name in forms]
    except ValueError:
        return None
    given = dict(read)
    if len(given) < len(read) or not all(forms[name].fullmatch(value) for name, value in read):
        return None
    if given.get("page") == "1":
        del given["page"]
    return "&".join(f"{name}={given[name]}" for name in sorted(given))


def display_of(cookies: str) -> str:
    """The reader's choice of look, as its cookie's value; what is none of the few is the default's: ''."""
    found = CHOSEN.search(cookies) if cookies else None
    return "" if found is None or VALUES[found[1]] == DEFAULT else found[1]


def asking_for(key: Key, environ: Environ) -> Environ:
    """The request that Django is asked to answer for everyone who has this key: the whole page, and nothing
    that came from one reader alone."""
    asked = {
        name: value
        for name, value in environ.items()
        if not name.startswith("HTTP_") or name == "HTTP_X_FORWARDED_PROTO"
    }
    asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, "HTTP_HOST": key.host}
    if key.display:
        asked["HTTP_COOKIE"] = f"{COOKIE}={key.display}"
    return asked
