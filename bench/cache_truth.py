"""What a reader gets is never older than a second: 500 random sequences over two server processes.

The sequences are those of tests/newsroom/kept/truth.py. SQLite in a folder of its own; with DATABASE_URL that
database, which must be empty (`python -m newsroom.throwaway -- python bench/cache_truth.py`).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SEQUENCES = 500


def main() -> None:
    with ExitStack() as stack:
        var = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        for name in ("REDIS_URL", "NEWSROOM_MODE", "DEBUG", "SITE_URL"):
            os.environ.pop(name, None)
        os.environ |= {
            "NEWSROOM_VAR": str(var),
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.newsroom.kept import truth

        ports = stack.enter_context(truth.two_servers({"PYTHONPATH": str(ROOT)}))
        outcome = truth.run(ports, int(os.environ.get("SEQUENCES", SEQUENCES)), seed=500)
    print(
        f"cache truth ({connection.vendor}): {outcome.sequences} sequences, {outcome.states} changes,"
        f" {outcome.reads} answers read, older than a second: {len(outcome.wrong)}"
    )
    if outcome.wrong:
        sys.exit("\n".join(outcome.wrong[:20]))


if __name__ == "__main__":
    main()
