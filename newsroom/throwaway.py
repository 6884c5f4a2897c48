"""Throwaway PostgreSQL and Redis on loopback, for tests and for trying things out.

`python -m newsroom.throwaway` (`make services`) prints their URLs and stops them on Ctrl-C;
`python -m newsroom.throwaway -- COMMAND …` runs a command beside them. Nothing survives: the data lives in a
temporary folder and is never synced to disk.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import redis as redis_client

from newsroom.processes import Child

PATIENCE = 30  # seconds until a server must answer
POSTGRES_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "log_min_messages": "fatal",
}


class Absent(Exception):
    """A server's program is not on this machine; says which."""


def find_program(name: str) -> str:
    """The path of a server's program; Debian keeps PostgreSQL's off the PATH. Raises Absent."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise Absent(name)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(answers: Callable[[], object], child: Child, log: Path) -> None:
    """Until `answers` stops raising. Raises RuntimeError with the server's log when it never does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answers()
        except (psycopg.OperationalError, redis_client.ConnectionError) as reason:
            if not child.running or time.monotonic() > deadline:
                said = log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{child.name} does not answer: {reason}\n{said}") from None
            time.sleep(0.05)
        else:
            return


@contextlib.contextmanager
def folder(name: str, user: str | None) -> Iterator[Path]:
    # Straight under the system's temporary folder: another user must be able to reach it.
    path = Path(tempfile.mkdtemp(prefix=f"newsroom-{name}-"))
    if user:
        shutil.chown(path, user)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL with an empty database; gives its DATABASE_URL. Raises Absent."""
    initdb, server = find_program("initdb"), find_program("postgres")
    user = unprivileged_user()
    with folder("postgres", user) as home:
        data, log, port = home / "data", home / "log", free_port()
        words = ["--username=newsroom", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [initdb, "-D", data, *words],
            check=True,
            user=user,
            cwd=home,
            stdout=subprocess.DEVNULL,
        )
        options = [word for name, value in POSTGRES_OPTIONS.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client.
            child = Child(
                "PostgreSQL",
                [server, "-D", str(data), "-p", str(port), *options],
                output=output,
                user=user,
                ask=signal.SIGINT,
            )
        try:
            address = f"postgresql://newsroom@127.0.0.1:{port}"
            wait_for(lambda: psycopg.connect(f"{address}/postgres").close(), child, log)
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE newsroom")
            yield f"{address}/newsroom"
        finally:
            child.stop()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """An empty Redis; gives its REDIS_URL. Raises Absent."""
    program = find_program("redis-server")
    with folder("redis", None) as home:
        log, port = home / "log", free_port()
        words = [
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(home),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with log.open("wb") as output:
            child = Child("Redis", [program, *words], output=output)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            wait_for(lambda: redis_client.Redis.from_url(url).ping(), child, log)
            yield url
        finally:
            child.stop()


def unprivileged_user() -> str | None:
    """Who PostgreSQL runs as: it refuses root. None: whoever runs this."""
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def main(command: list[str]) -> int:
    """Print the addresses and wait for the end; or run `command` with them in its environment."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    with contextlib.ExitStack() as servers:
        urls: dict[str, str] = {}
        for variable, server in (("DATABASE_URL", postgres), ("REDIS_URL", redis)):
            try:
                urls[variable] = servers.enter_context(server())
            except Absent as name:
                print(f"newsroom: {name} is not installed, so there is no {variable}", file=sys.stderr)
                return 1
            print(f"{variable}={urls[variable]}", flush=True)
        if command:
            return run_beside(command, urls, stopping)
        print("Ctrl-C stops them and forgets everything.", file=sys.stderr, flush=True)
        stopping.wait()
    return 0


def run_beside(command: list[str], urls: dict[str, str], stopping: threading.Event) -> int:
    # Set by importing our package; the command decides for itself.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    child = Child(command[0], command, env=urls)
    while child.running and not stopping.wait(0.1):
        pass
    child.stop()
    return child.process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:][sys.argv[1:2] == ["--"] :]))
