"""A measurement in a process of its own, as settings are read once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "NEWSROOM_MODE")


def measured(script: str, stories: int, where: dict[str, str]) -> list[list[str]]:
    """What `script --measure <stories>` prints, line by line, parted at its tabs.

    `where` adds to the environment, without which the database is SQLite in a folder that goes afterwards.
    """
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    var = tempfile.mkdtemp(prefix="newsroom-bench-")
    try:
        done = subprocess.run(
            [sys.executable, script, "--measure", str(stories)],
            env=kept | where | {"NEWSROOM_VAR": var, "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        shutil.rmtree(var, ignore_errors=True)
    return [line.split("\t") for line in done.stdout.splitlines()]
