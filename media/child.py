"""Trials of files from strangers, each in a child process with hard limits: a bomb, a loop or a crash ends
that process alone. Knows no Django: both sides use it.

`run` and `answer` are for who asks; `asked` and `limit` for the module that is started. (It is not in
`newsroom.lib`, as the package `newsroom` would bring Celery into every child.)
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent


class Done(NamedTuple):
    """How a child ended: its exit code, None where it was not waited for, and all it printed."""

    code: int | None
    output: bytes


def run(module: str, ask: dict[str, Any], seconds: float, file: IO[bytes] | None = None) -> Done:
    """`python -m module '{ask}' < file`: a file of the system (see `real`), read from its beginning."""
    if file is None:
        return _run(module, ask, seconds, subprocess.DEVNULL)
    # The child shares the descriptor and its place in the file: put back what Python's buffer believes.
    place = os.lseek(file.fileno(), 0, os.SEEK_CUR)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    try:
        return _run(module, ask, seconds, file)
    finally:
        os.lseek(file.fileno(), place, os.SEEK_SET)


def answer(module: str, ask: dict[str, Any], seconds: float, file: IO[bytes] | None = None) -> dict[str, Any]:
    """The JSON object that such a child printed. Whatever ended it early is a refusal: "heavy"."""
    done = run(module, ask, seconds, file)
    try:
        found = json.loads(done.output) if done.code == 0 else None
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"refused": "heavy"}


@contextmanager
def real(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file that a child can inherit: the one given, or a copy of what is only in memory."""
    try:
        file.fileno()
    except (AttributeError, OSError):
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy, MEGABYTE)
            copy.flush()
            yield copy
    else:
        file.flush()
        yield file


def environment() -> dict[str, str]:
    """Nothing of ours but what the interpreter needs; one arena, as address space is limited."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1", **kept}


def _run(module: str, ask: dict[str, Any], seconds: float, stdin: IO[bytes] | int) -> Done:
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", module, json.dumps(ask)],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Done(None, b"")
    return Done(done.returncode, done.stdout)


# The child's side


def asked() -> dict[str, Any]:
    """What this process was started to do."""
    ask: dict[str, Any] = json.loads(sys.argv[1])
    return ask


def limit(cpu_seconds: int, memory: int, threads: bool = False) -> None:
    """Bound this process before any byte of the file is looked at. `memory`: bytes of address space.

    It writes no file and, unless its decoder needs `threads`, starts nothing.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if not threads:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    limit_memory(memory)


def limit_memory(amount: int) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
