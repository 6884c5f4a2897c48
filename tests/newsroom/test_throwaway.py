"""`make services`: servers that answer, and leave nothing."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from newsroom import throwaway
from newsroom.processes import Child
from tests.waiting import wait_until


def test_services_print_their_addresses_and_end_on_sigterm(postgres: str, redis: str, tmp_path: Path) -> None:
    # The two fixtures say by name what is missing; this test starts its own through the command.
    with (tmp_path / "out").open("wb") as output:
        command = Child(
            "services", [sys.executable, "-m", "newsroom.throwaway"], env={"TMPDIR": "/tmp"}, output=output
        )
    try:
        text = wait_until(
            lambda: said if "Ctrl-C" in (said := (tmp_path / "out").read_text()) else "", "both URLs"
        )
        urls = dict(line.split("=", 1) for line in text.splitlines() if "_URL=" in line)
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        with redis_client.Redis.from_url(urls["REDIS_URL"]) as client:
            assert client.ping()
    finally:
        command.process.send_signal(signal.SIGTERM)
        assert command.process.wait(30) == 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(urls["DATABASE_URL"]).close()
    with (
        redis_client.Redis.from_url(urls["REDIS_URL"]) as client,
        pytest.raises(redis_client.ConnectionError),
    ):
        client.ping()


def test_a_command_beside_them_gets_their_addresses_and_gives_its_code(postgres: str, redis: str) -> None:
    code = (
        "import os, sys, psycopg, redis\n"
        "psycopg.connect(os.environ['DATABASE_URL']).close()\n"
        "redis.Redis.from_url(os.environ['REDIS_URL']).ping()\n"
        "sys.exit(7)"
    )
    done = subprocess.run(
        [sys.executable, "-m", "newsroom.throwaway", "--", sys.executable, "-c", code],
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 7, done.stderr


def test_the_servers_leave_no_folder(redis: str) -> None:
    before = set(Path(tempfile.gettempdir()).glob("newsroom-redis-*"))
    with throwaway.redis():
        during = set(Path(tempfile.gettempdir()).glob("newsroom-redis-*")) - before
    assert len(during) >= 1
    assert not any(path.exists() for path in during)


def test_absent_program_is_named() -> None:
    with pytest.raises(throwaway.Absent, match="no-such-server"):
        throwaway.find_program("no-such-server")


def test_a_child_that_ignores_its_end_is_ended_with_its_children() -> None:
    child = Child("stubborn", ["sh", "-c", "trap '' TERM; sleep 1000 & echo; wait; sleep 1000"])
    wait_until(lambda: group_of(child.pid) >= 2, "the grandchild")
    child.stop(patience=0.2)
    assert not child.running
    wait_until(lambda: group_of(child.pid) == 0, "the grandchild's end")


def group_of(group: int) -> int:
    """How many processes are in a group."""
    listed = subprocess.run(["ps", "-eo", "pgid,stat"], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines()[1:])
    return sum(1 for pgid, state in rows if int(pgid) == group and not state.startswith("Z"))
