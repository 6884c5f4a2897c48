"""Child processes that end when they are told to, and when their parent is gone."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Runs in the child before exec: a supervisor killed with -9 leaves nothing behind (on Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process in a session of its own, so that a Ctrl-C meant for us does not reach it by itself."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        output: IO[bytes] | int | None = None,
        user: str | None = None,
        ask: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Start `argv`. `output` takes both streams; `user` is who it runs as; `ask` is its polite end."""
        self.name = name
        self.ask = ask
        self.process = subprocess.Popen(
            argv,
            env=None if env is None else {**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
            user=user,
            group=user and _group_of(user),
            extra_groups=[] if user else None,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def stop(self, patience: float = 10) -> None:
        """Ask it to end; after `patience` seconds make it. Its own children end with it."""
        stop_all([self], patience)

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


def stop_all(children: Iterable[Child], patience: float = 10) -> None:
    """Ask every child first, then wait for all of them, so that the slowest one decides how long it takes."""
    children = list(children)
    for child in children:
        if child.running:
            child.process.send_signal(child.ask)
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(patience)
        child.kill()


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
