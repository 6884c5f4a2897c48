"""The whole bureau by one command (`make run`): web server, Celery worker and beat, each its own process.

Prepares the database first, prints the address, starts again what died, and stops everything on Ctrl-C or
SIGTERM.
"""

import fcntl
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

from newsroom import web
from newsroom.processes import Child, stop_all

HOST = "127.0.0.1"
PATIENCE = 10  # seconds a process has to end; kombu's filesystem transport once hung
SETTLED = 10  # seconds after which a process that dies is started again at once
DEMO_LOGINS = "reporter reporter2 editor deputy chief proofreader layout admin"


class CannotStart(Exception):
    """One line for the person who typed the command."""


def say(line: str) -> None:
    print(line, flush=True)


def commands() -> dict[str, list[str]]:
    """What runs, by name."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "newsroom"]
    return {
        "web": web.command(HOST, settings.PORT, patience=5),
        "worker": [
            *celery, "worker", "--loglevel", "WARNING", "--hostname", "worker@%h",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
    }  # fmt: skip


def claim_folder() -> IO[str]:
    """One bureau a folder: two beats on one schedule file break it."""
    lock = (settings.VAR / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart(f"already running with {settings.VAR}; set NEWSROOM_VAR for a second one") from None
    return lock


def check_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.PORT))
        except OSError:
            raise CannotStart(f"port {settings.PORT} is taken; choose another: PORT=8001 make run") from None


class Bureau:
    """The processes, and the wish to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.children: dict[str, Child] = {}
        self.started: dict[str, float] = {}
        # Files that a library puts into the temporary folder stay under VAR too.
        self.env = {"TMPDIR": str(settings.VAR / "tmp")}

    def prepare(self) -> None:
        """Database, static files and, on an empty database, demo content; in a process of its own."""
        words = ["prepare"] if settings.PRODUCTION else ["prepare", "--demo"]
        child = Child("prepare", [sys.executable, "-m", "django", *words], env=self.env)
        try:
            self.wait_until(lambda: not child.running)
        finally:
            child.stop(PATIENCE)
        if child.process.returncode and not self.stopping.is_set():
            raise CannotStart("the preparation failed; the reason stands above")

    def start(self, name: str) -> None:
        self.started[name] = time.monotonic()
        self.children[name] = Child(name, commands()[name], env=self.env)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Until the condition holds or somebody wants us to stop."""
        while not condition() and not self.stopping.wait(0.05):
            pass

    def web_answers(self) -> bool:
        if not self.children["web"].running:
            raise CannotStart("the web server ended; the reason stands above")
        try:
            urllib.request.urlopen(f"http://{HOST}:{settings.PORT}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def supervise(self) -> None:
        """Start again what dies. What dies as soon as it starts waits a little, so that it cannot spin."""
        while not self.stopping.wait(0.5):
            for name, child in list(self.children.items()):
                age = time.monotonic() - self.started[name]
                if not child.running and age > SETTLED:
                    say(f"newsroom: {name} ended ({child.process.returncode}) and is started again")
                    child.kill()
                    self.start(name)

    def run(self) -> None:
        try:
            self.prepare()
            # A schedule left by a killed beat holds nothing that settings do not.
            for leftover in settings.VAR.glob("beat-schedule*"):
                leftover.unlink()
            for name in commands():
                if not self.stopping.is_set():
                    self.start(name)
            self.wait_until(self.web_answers)
            if not self.stopping.is_set():
                welcome()
            self.supervise()
        finally:
            stop_all(self.children.values(), PATIENCE)


def welcome() -> None:
    say(f"\n  {settings.SITE_NAME}    http://{HOST}:{settings.PORT}/")
    say(f"  newsroom      http://{HOST}:{settings.PORT}/admin/")
    if not settings.PRODUCTION:
        say(f"  demo logins   {DEMO_LOGINS}  (password: newsroom-demo)")
    say("  Ctrl-C stops everything.\n")


def main() -> int:
    bureau = Bureau()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: bureau.stopping.set())
    try:
        check_port()
        lock = claim_folder()
        bureau.run()
        lock.close()
    except CannotStart as reason:
        print(f"newsroom: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
