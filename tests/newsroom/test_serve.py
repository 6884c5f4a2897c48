"""The whole bureau by its one command, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from newsroom.processes import Child
from newsroom.throwaway import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.slow


class Bureau(Child):
    """A running `python -m newsroom.serve`."""

    port: int
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


def processes_of(var: Path) -> dict[int, str]:
    """Every process whose environment names this folder, with its command line (Linux's /proc)."""
    found = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and f"NEWSROOM_VAR={var}\0".encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: the first start fills it with the demo, the later ones find it there."""
    return tmp_path_factory.mktemp("bureau") / "var"


@pytest.fixture
def serve(tmp_path: Path, var: Path) -> Iterator[Callable[..., Bureau]]:
    """`serve()` starts the bureau on a free port without servers, always in the same folder."""
    started: list[Bureau] = []

    def start(port: int | None = None) -> Bureau:
        port = port or free_port()
        log = tmp_path / f"serve-{len(started)}.log"
        env = {"NEWSROOM_VAR": str(var), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": ""}
        with log.open("wb") as output:
            bureau = Bureau("serve", [sys.executable, "-m", "newsroom.serve"], env=env, output=output)
        bureau.port, bureau.log = port, log
        started.append(bureau)
        return bureau

    yield start
    for bureau in started:
        bureau.stop(30)


def wait_for_welcome(bureau: Bureau) -> None:
    wait_until(lambda: "Ctrl-C stops" in bureau.said or not bureau.running, "the address", 120)
    assert bureau.running, bureau.said


def test_runs_sweeps_and_stops_leaving_nothing(serve: Callable[..., Bureau], var: Path) -> None:
    bureau = serve()
    wait_for_welcome(bureau)
    assert f"http://127.0.0.1:{bureau.port}/" in bureau.said
    assert "newsroom-demo" in bureau.said
    # Worker and beat have run a real sweep once /readyz no longer calls it stale.
    wait_until(lambda: " ago" in bureau.get("/readyz")[1], "a sweep")
    status, report = bureau.get("/readyz")
    assert status == 200
    assert json.loads(report)["ready"] is True
    assert bureau.get("/admin/login/")[0] == 200

    bureau.process.send_signal(signal.SIGTERM)
    assert bureau.process.wait(30) == 0
    assert processes_of(var) == {}

    again = serve()
    wait_for_welcome(again)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(30) == 0
    assert processes_of(var) == {}


def test_a_killed_supervisor_takes_its_processes_along(serve: Callable[..., Bureau], var: Path) -> None:
    bureau = serve()
    wait_for_welcome(bureau)
    assert len(processes_of(var)) >= 4
    os.kill(bureau.pid, signal.SIGKILL)
    bureau.process.wait()
    wait_until(lambda: not processes_of(var), "every process to end")


def test_a_taken_port_is_one_line(serve: Callable[..., Bureau]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        bureau = serve(other.getsockname()[1])
        assert bureau.process.wait(60) == 1
    assert bureau.said.strip() == (
        f"newsroom: port {bureau.port} is taken; choose another: PORT=8001 make run"
    )


def test_a_second_bureau_in_one_folder_is_one_line(serve: Callable[..., Bureau], var: Path) -> None:
    wait_for_welcome(serve())
    second = serve()
    assert second.process.wait(60) == 1
    assert second.said.startswith("newsroom: already running with ")
    assert second.said.count("\n") == 1


def test_a_broken_database_is_said_and_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "newsroom.sqlite3").write_bytes(b"not a database" * 100)
    done = subprocess.run(
        [sys.executable, "-m", "newsroom.serve"],
        env={**os.environ, "NEWSROOM_VAR": str(tmp_path), "PORT": str(free_port()), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "file is not a database" in done.stderr
    assert done.stderr.strip().endswith("the preparation failed; the reason stands above")
