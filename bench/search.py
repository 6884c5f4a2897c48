"""A search with its count against bare SQL of the same words in the same run, and against a small archive.

On SQLite and on PostgreSQL, with `loadtest_data` at 1,000 and at 20,000 stories (SEARCH_STORIES sets another
number; 100,000 take some ten minutes). Nearly every story of that archive has nearly every word of its small
vocabulary: the worst case of a count. Figures are medians of single searches, by turns.

Bare SQL is what a person would type into the database's shell: how many visible stories match, and the twenty
newest of them. The search does more: it ranks by headline.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SMALL = 1_000
LARGE = int(os.environ.get("SEARCH_STORIES", "20000"))
TURNS = 15
AIM = 1.5
#: Words that nearly all have, some have, one has.
QUERIES = ("园区", "图书馆 夜校", "“社区项目”", "压测记者 工地 -河道", "（777）", "yacejizhe")


def main() -> None:
    from newsroom import throwaway

    small = run(SMALL, {})
    print(report("SQLite", small, run(LARGE, {})))
    with ExitStack() as servers:
        try:
            first = servers.enter_context(throwaway.postgres())
            second = servers.enter_context(throwaway.postgres())
        except throwaway.Absent as program:
            print(f"search: {program} is not installed, so only SQLite was tried")
            return
        small = run(SMALL, {"DATABASE_URL": first})
        print(report("PostgreSQL", small, run(LARGE, {"DATABASE_URL": second})))


def run(stories: int, where: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds of each query: found, bare, searched, page."""
    from bench import _process

    rows = _process.measured(__file__, stories, where)
    return {query: [float(number) for number in numbers] for query, *numbers in rows}


def report(name: str, small: dict[str, list[float]], large: dict[str, list[float]]) -> str:
    lines = [f"search on {name}, {LARGE:,} stories (in brackets: {SMALL:,})"]
    for query, (found, bare, searched, page) in large.items():
        _found, bare_few, few, page_few = small[query]
        lines += [
            f"  {query}: {found:.0f} found; bare SQL {bare:.1f} ms ({bare_few:.1f}), search {searched:.1f} ms"
            f" ({few:.1f}): {searched / bare:.2f} times;",
            f"    whole page {page:.1f} ms ({page_few:.1f}): {page / page_few:.2f} times",
        ]
    sums = [sum(row[n] for row in large.values()) for n in (1, 2, 3)]
    worst = max(row[2] / row[1] for row in large.values())
    pages = sum(row[3] for row in small.values())
    lines.append(
        f"  in all: search / bare SQL {sums[1] / sums[0]:.2f}, at worst {worst:.1f} (aim: at most {AIM}); "
        f"page at {LARGE:,} / page at {SMALL:,} {sums[2] / pages:.2f} (aim: at most {AIM})"
    )
    return "\n".join(lines)


def measure(stories: int) -> None:
    """Prints a line a query: found, then milliseconds of bare SQL, of the search and of the page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from articles.search.asking import Asked
    from articles.search.finding import Search

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("loadtest_data", articles=stories, issues=1, stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    client = Client(SERVER_NAME="127.0.0.1")
    for query in QUERIES:
        asked = Asked.of({"q": query}, [])

        def search(asked: Asked = asked) -> int:
            looking = Search(asked, timezone.now())
            return looking.total + 0 * len(looking.page(1))

        def page(query: str = query) -> int:
            return client.get("/search/", {"q": query}).status_code

        bare = bare_sql(asked)
        assert bare() == search(), query
        taken: list[list[float]] = [[], [], []]
        for _ in range(TURNS):
            for times, act in zip(taken, (bare, search, page), strict=True):
                times.append(timed(act))
        print(query, search(), *(statistics.median(times) for times in taken), sep="\t", flush=True)


def bare_sql(asked: Any) -> Callable[[], int]:
    """The count and the twenty newest, as plainly as SQL can ask the index for them."""
    from django.db import connection
    from django.utils import timezone

    from articles.search.engines import INDEX, VECTOR, Not, _fts, _tsquery
    from articles.search.words import All

    need = Not(
        All(tuple(term.need for term in asked.words.wanted)),
        tuple(term.need for term in asked.words.unwanted if not term.exactly),
    )
    postgres = connection.vendor == "postgresql"
    match = (
        f"{VECTOR} @@ %s::tsquery"
        if postgres
        else f"release_id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)"
    )
    place = "strpos" if postgres else "instr"
    params: list[object] = [_tsquery(need) if postgres else _fts(need)]
    for term in asked.words.wanted:
        if term.exactly:
            match += f" AND {place}(folded, %s) > 0"
            params.append(term.exactly)
    body = (
        "FROM articles_searchtext JOIN articles_release ON articles_release.id = release_id"
        f" WHERE {match} AND visible_from <= %s AND (visible_until IS NULL OR visible_until > %s)"
    )
    shown = "release_id, headline, card, details, articles_searchtext.text"
    newest = f"SELECT {shown} {body} ORDER BY articles_searchtext.listed_at DESC, release_id DESC LIMIT 20"

    def ask() -> int:
        now = timezone.now()
        when = [now, now] if postgres else [now.strftime("%Y-%m-%d %H:%M:%S.%f")] * 2
        with connection.cursor() as cursor:
            cursor.execute(newest, [*params, *when])
            cursor.fetchall()
            if postgres:  # as the search does: a whole table read would be no bare engine
                cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"SELECT COUNT(*) {body}", [*params, *when])
            found = int(cursor.fetchone()[0])
            if postgres:
                cursor.execute("RESET enable_seqscan")
            return found

    return ask


def timed(act: Callable[[], int]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    measure(int(sys.argv[2])) if sys.argv[1:2] == ["--measure"] else main()
