"""200 due stories, two workers and two beats at once, on SQLite and on PostgreSQL with Redis.

Runs the suite's own tests of due stories at ten times their size; each story must move exactly once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack

from newsroom import throwaway

STORIES = 200
CHOSEN_BY_THE_SUITE = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "NEWSROOM_VAR"}


def run(name: str, services: dict[str, str]) -> float:
    started = time.monotonic()
    words = ["-q", "-p", "no:cacheprovider", "tests/articles/test_due.py", "-k", "workers or killed"]
    # The suite chooses its own settings and folder, and only the servers named here.
    kept = {k: v for k, v in os.environ.items() if k not in CHOSEN_BY_THE_SUITE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        env={**kept, "DUE_STORIES": str(STORIES), **services},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(f"due releases on {name} failed:\n{done.stdout[-3000:]}")
    return time.monotonic() - started


def main() -> None:
    taken = {"SQLite": run("SQLite", {})}
    with ExitStack() as servers:
        try:
            services = {
                "DATABASE_URL": servers.enter_context(throwaway.postgres()),
                "REDIS_URL": servers.enter_context(throwaway.redis()),
            }
        except throwaway.Absent as program:
            print(f"due releases: {program} is not installed, so only SQLite was tried")
        else:
            taken["PostgreSQL + Redis"] = run("PostgreSQL", services)
    for name, seconds in taken.items():
        print(f"due releases, {name}: {STORIES} of {STORIES} moved once by two workers and two beats,")
        print(f"  and again {STORIES} of {STORIES} after kill -9 half-way ({seconds:.0f} s in all)")
    if len(taken) == 2:
        first, second = taken.values()
        print(f"  SQLite / PostgreSQL: {first / second:.2f}")


if __name__ == "__main__":
    main()
