"""Story and list pages that nobody has kept, against an empty Django view with the same middleware.

The Django application alone, without the kept answers before it, on the server of `make run`. One client on
loopback asks for all by turns over one connection; the figures are medians of single requests, and a ratio is
the empty view's time by the page's: its requests a second beside the empty view's. A story is measured twice:
as pages that are asked for now and then, whose text the process has drawn before, and as each page is met the
first time. The database is SQLite in a folder of its own.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cast import Cast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TURNS = 8
REQUESTS = 40  # in each turn, of each page
PICTURES = 5
STORIES = 20  # rich ones
LISTED = 400
AIM = 0.15
AIM_QUERIES = {"story": 3, "list": 4}


def prepare(var: Path) -> tuple[list[str], str]:
    """A bureau with rich stories and a long list; returns their addresses."""
    for name in ("DATABASE_URL", "REDIS_URL", "NEWSROOM_MODE", "DEBUG", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"NEWSROOM_VAR": str(var), "LOG_LEVEL": "ERROR"}
    from bench import _server  # the settings are read here, with the environment above

    assert _server.django
    from django.core.management import call_command
    from django.utils import timezone

    from articles.models import Section

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from newsroom.loadtest import make_articles
    from tests.cast import Cast

    make_articles(LISTED, timezone.now())
    cast = Cast()
    return [rich_story(cast) for _ in range(STORIES)], f"/sections/{Section.objects.order_by('pk')[0].slug}/"


def rich_story(cast: Cast) -> str:
    """Released, with pictures, a table of names and a correction; returns its address."""
    from django.utils import timezone

    from articles.workflow import perform
    from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
    from tests.factories.media import PhotoFactory
    from tests.factories.people import RegionFactory

    photos = [PhotoFactory(width=1600, height=1000) for _ in range(PICTURES)]
    paragraph = "<p>" + "新桥今日通车，两岸居民盼了三年。" * 12 + "</p>"
    places = [
        f'<figure class="image"><img src="/photos/{p.public_id}/w640.webp" alt=""></figure>'
        for p in photos[1:4]
    ]
    article = ArticleFactory(
        kicker="跨越老港湾",
        subheadline="今起免费通行",
        lede="历时三年，大桥投用。",
        body="".join(paragraph * 3 + place for place in places) + paragraph,
        section=SectionFactory(parent=SectionFactory._meta.model.objects.order_by("pk")[0]),
        series=SeriesFactory(),
        regions=[RegionFactory(), RegionFactory()],
        tags=["大桥", "交通", "重大项目"],
        photos=photos,
    )
    now = timezone.now()
    publish(article, cast, now)
    perform("correct", article, cast.chief, note="桥长应为八百六十米。", now=now)
    return f"/articles/{article.pk}/"


def queries(address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    return len(captured)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(stack: ExitStack, var: Path, application: str = "django") -> http.client.HTTPConnection:
    """The server as `make run` starts it, but one process; a connection to it once it answers.

    `application` of `bench._server`: Django's alone, or with the kept answers before it.
    """
    from newsroom.processes import Child

    port = free_port()
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    words += ["--blocking-threads", "1", "--no-ws", "--log-level", "warning", "--working-dir", str(ROOT)]
    argv = [sys.executable, "-m", "granian", f"bench._server:{application}", *words]
    child = Child("web", argv)
    stack.callback(child.stop, 10)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and child.running:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    stack.callback(connection.close)
    return connection


def ask(connection: http.client.HTTPConnection, address: str) -> float:
    """Milliseconds from the question to the last byte of the answer."""
    started = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    taken = time.perf_counter() - started
    if response.status != 200:
        sys.exit(f"uncached pages: {address} answered {response.status}")
    return taken * 1000


def main() -> None:
    with ExitStack() as stack:
        var = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        stories, listed = prepare(var)
        counts = {"story": queries(stories[0]), "list": queries(listed)}
        connection = start(stack, var)
        for _ in range(50):
            ask(connection, "/empty/")
        ask(connection, stories[0])
        first = [ask(connection, address) for address in stories[1:]]
        taken: dict[str, list[float]] = {"/empty/": [], stories[0]: [], listed: []}
        for _ in range(TURNS):
            for address, times in taken.items():
                times += [ask(connection, address) for _ in range(REQUESTS)]
    empty, story, page = (statistics.median(times) for times in taken.values())
    print(f"uncached pages, medians of {TURNS * REQUESTS}; load average {os.getloadavg()[0]:.1f}")
    pages = {"story": story, "story, met first": statistics.median(first), "list": page}
    print(f"  an empty view on the same server: {empty:.2f} ms")
    for name, time_taken in pages.items():
        print(f"  {name}: {time_taken:.2f} ms, {empty / time_taken:.3f} of the empty view (aim: {AIM})")
    print(f"  queries: story {counts['story']}, list {counts['list']} (aim: at most 3 and 4)")
    if any(counts[name] > most for name, most in AIM_QUERIES.items()):
        sys.exit("uncached pages: too many queries")


if __name__ == "__main__":
    main()
