"""What each kind of page costs in an archive of 1,000 stories and in one of 100,000, uncached.

On SQLite and on PostgreSQL, each archive made once with `loadtest_data` (SCALE_STORIES sets another number
than 100,000, which take some five minutes of one core for each database). Figures are the medians of single
requests to the Django application in one process, in milliseconds of its processor (on PostgreSQL, whose
server works beside it, of the clock), after one request that nobody counts: totals are kept from then on.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SMALL = 1_000
LARGE = int(os.environ.get("SCALE_STORIES", "100000"))
ISSUES = 50
TURNS = 15
AIM = 1.5
Figures = dict[str, float]


def main() -> None:
    from newsroom import throwaway

    report("SQLite", run(SMALL, {}), run(LARGE, {}))
    with ExitStack() as servers:
        try:
            urls = [servers.enter_context(throwaway.postgres()) for _ in range(2)]
        except throwaway.Absent as program:
            print(f"scale: {program} is not installed, so only SQLite was tried")
            return
        small, large = (run(n, {"DATABASE_URL": url}) for n, url in zip((SMALL, LARGE), urls, strict=True))
        report("PostgreSQL", small, large)


def run(stories: int, where: dict[str, str]) -> Figures:
    """Milliseconds of each page."""
    from bench import _process

    return {name: float(figure) for name, figure in _process.measured(__file__, stories, where)}


def report(database: str, small: Figures, large: Figures) -> None:
    made = large.pop("archive")
    small.pop("archive")
    print(
        f"scale on {database}: ms at {SMALL:,}, at {LARGE:,} stories (made in {made:.0f} s);"
        f" load average {os.getloadavg()[0]:.1f}; aim: at most {AIM} times"
    )
    for name, figure in large.items():
        print(f"  {name:12} {small[name]:8.2f} {figure:8.2f}  {figure / small[name]:.2f} times")


def measure(stories: int) -> None:
    """Prints a line a page: its name and milliseconds; and the seconds that making the archive took."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    county()
    started = time.monotonic()
    call_command("loadtest_data", articles=stories, issues=ISSUES, stdout=io.StringIO())
    print("archive", time.monotonic() - started, sep="\t")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    client = Client(SERVER_NAME="127.0.0.1")
    clock = time.perf_counter if connection.vendor == "postgresql" else time.process_time
    pages = addresses()
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for address in pages.values():
        assert client.get(address).status_code == 200, address
    for _ in range(TURNS):
        for name, address in pages.items():
            begun = clock()
            client.get(address)
            taken[name].append((clock() - begun) * 1000)
    for name, times in taken.items():
        print(name, statistics.median(times), sep="\t")


def county() -> None:
    """A region for the stories, where the bureau has none yet."""
    from people.models import Region

    if not Region.objects.filter(level=Region.Level.COUNTY).exists():
        from tests.factories.people import RegionFactory

        RegionFactory(level=Region.Level.COUNTY)


def addresses() -> dict[str, str]:
    from articles.models import Listing, Release, Section
    from people.models import Region

    section = Section.objects.order_by("pk")[0]
    region = Region.objects.filter(level=Region.Level.COUNTY).order_by("pk")[0].code
    middle = max(Listing.objects.filter(kind=Listing.Kind.REGION, key=region).count() // 60, 1)
    return {
        "home": "/",
        "story": Release.objects.order_by("pk")[Release.objects.count() // 2].get_absolute_url(),
        "section": f"/sections/{section.slug}/",
        "region": f"/regions/{region}/",
        "region, deep": f"/regions/{region}/?page={middle}",
        "papers": "/papers/",
        "search": "/search/?q=图书馆+夜校",
        "search, rare": "/search/?q=（777）",
    }


if __name__ == "__main__":
    measure(int(sys.argv[2])) if sys.argv[1:2] == ["--measure"] else main()
