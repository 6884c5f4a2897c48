"""Real servers and real Celery processes for tests."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from newsroom import throwaway
from newsroom.processes import Child
from tests.waiting import wait_until


class Worker(Child):
    """A Celery process of a test; `log` is the file of all it said."""

    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """DATABASE_URL of a PostgreSQL: the one the suite runs on, or a throwaway one."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(throwaway.postgres())
        except throwaway.Absent:
            pytest.skip("needs PostgreSQL")
        yield url


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """REDIS_URL of a Redis: the one the suite runs on, or a throwaway one."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(throwaway.redis())
        except throwaway.Absent:
            pytest.skip("needs Redis")
        yield url


def test_database_url() -> str:
    """The address of the test's own database, for another process."""
    from django.db import connection

    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    return f"postgresql://{login}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def celery_process(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """`celery_process("worker", …)`: a Celery command on the test's database and broker, until its end."""
    with ExitStack() as stack:

        def start(command: str, *words: str, ready: str, env: dict[str, str] | None = None) -> Worker:
            number = len(list(tmp_path.glob("celery-*.log")))
            log = tmp_path / f"celery-{number}.log"
            argv = [
                sys.executable,
                "-m",
                "celery",
                "--app",
                "newsroom",
                command,
                "--loglevel",
                "INFO",
                *words,
            ]
            temporary = tmp_path / f"tmp-{number}"
            temporary.mkdir()
            with log.open("wb") as output:
                process = Worker(
                    command,
                    argv,
                    env={
                        "DATABASE_URL": test_database_url(),
                        "TMPDIR": str(temporary),
                        "LOG_LEVEL": "INFO",
                        "CELERY_LOG_LEVEL": "INFO",
                        **(env or {}),
                    },
                    output=output,
                )
            process.log = log
            stack.callback(process.stop)
            wait_until(lambda: ready in process.said or not process.running, f"{command}: {ready}")
            assert process.running, process.said
            return process

        yield start


@pytest.fixture
def worker(celery_process: Callable[..., Worker]) -> Callable[..., Worker]:
    """`worker()` starts a Celery worker and waits until it takes tasks. Call it again for another one.

    `concurrency` is its number of processes, `env` adds to its environment. The result has `stop()`, `kill()`
    (as kill -9, children too), `running`, `pid` and `said`.
    """

    def start(concurrency: int = 1, env: dict[str, str] | None = None) -> Worker:
        words = ("--concurrency", str(concurrency), "--hostname", f"{os.urandom(4).hex()}@%h")
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        return celery_process("worker", *words, *quiet, ready=" ready.", env=env)

    return start


@pytest.fixture
def beat(celery_process: Callable[..., Worker], tmp_path: Path) -> Callable[..., Worker]:
    """`beat()` starts a Celery beat with a schedule file of its own; as `worker`."""

    def start(env: dict[str, str] | None = None) -> Worker:
        schedule = tmp_path / f"beat-{os.urandom(4).hex()}"
        return celery_process(
            "beat", "--schedule", str(schedule), "--pidfile", "", ready="beat: Starting", env=env
        )

    return start
