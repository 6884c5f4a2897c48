"""An uncached story page against an empty Django view on the same server, and the queries the page takes.

One client on loopback asks for both by turns over one connection; the figures are medians of single requests.
The database is SQLite in a folder of its own.
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

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TURNS = 8
REQUESTS = 100  # in each turn, of each page
SECTIONS = 8
PICTURES = 5
AIM_QUERIES = 3


def prepare(var: Path) -> str:
    """An empty bureau with one rich story; returns the story's address."""
    for name in ("DATABASE_URL", "REDIS_URL", "NEWSROOM_MODE", "DEBUG", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"NEWSROOM_VAR": str(var), "LOG_LEVEL": "ERROR"}
    from bench import _server  # the settings are read here, with the environment above

    assert _server.application
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from articles.workflow import perform
    from tests.cast import Cast
    from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
    from tests.factories.media import PhotoFactory
    from tests.factories.people import RegionFactory

    sections = [SectionFactory() for _ in range(SECTIONS)]
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
        section=SectionFactory(parent=sections[0]),
        series=SeriesFactory(),
        regions=[RegionFactory(), RegionFactory()],
        tags=["大桥", "交通", "重大项目"],
        photos=photos,
    )
    cast, now = Cast(), timezone.now()
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


def start(stack: ExitStack, var: Path) -> http.client.HTTPConnection:
    """The server as `make run` starts it, but one process; a connection to it once it answers."""
    from newsroom import web
    from newsroom.processes import Child

    port = free_port()
    argv = web.command("127.0.0.1", port, application="bench._server:django", workers=1)
    child = Child("web", argv, env={"PYTHONPATH": str(ROOT)})
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
        sys.exit(f"story page: {address} answered {response.status}")
    return taken * 1000


def main() -> None:
    with ExitStack() as stack:
        var = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        story = prepare(var)
        count = queries(story)
        connection = start(stack, var)
        taken: dict[str, list[float]] = {"/empty/": [], story: []}
        for address in taken:
            for _ in range(50):
                ask(connection, address)
        for _ in range(TURNS):
            for address, times in taken.items():
                times += [ask(connection, address) for _ in range(REQUESTS)]
    empty, page = (statistics.median(times) for times in taken.values())
    print(f"story page, uncached, {TURNS * REQUESTS} requests: {page:.2f} ms")
    print(f"  an empty view on the same server: {empty:.2f} ms, so {page / empty:.1f} times as much")
    print(f"  queries: {count} (aim: at most {AIM_QUERIES})")
    if count > AIM_QUERIES:
        sys.exit("story page: too many queries")


if __name__ == "__main__":
    main()
