"""Kept answers under wrk: against an empty Django view, and against nginx serving the same bytes as a file.

One process of ours against one worker of nginx, on loopback, by turns; the figures are medians of the rounds.
SQLite in a folder of its own; with DATABASE_URL that database (`python -m newsroom.throwaway -- …`).
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = int(os.environ.get("SECONDS", "5"))
CLIENTS = 16
AIMS = {"kept / empty view": 3.0, "kept / nginx's file": 0.40, "behind nginx / nginx's file": 0.85}


def prepare(var: Path, database: str) -> str:
    """A bureau with one rich story; returns its address."""
    for name in ("REDIS_URL", "NEWSROOM_MODE", "DEBUG", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"NEWSROOM_VAR": str(var), "LOG_LEVEL": "ERROR", "DATABASE_URL": database}
    from bench import _server, uncached  # the settings are read here, with the environment above

    assert _server.application
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests.cast import Cast
    from tests.factories.articles import SectionFactory

    SectionFactory()
    return uncached.rich_story(Cast())


def adapted(var: Path, web: int, port: int) -> str:
    """deploy/nginx.conf for loopback: no TLS, one worker, our ports and folders; the rest as it is."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"    server \{\n        listen 8080.*?\n    \}\n", "", text, flags=re.DOTALL)
    text = re.sub(r" +(?:ssl_\w+|http2|resolver) [^;]*;\n", "", text)
    text = text.replace("listen 8443 ssl default_server", f"listen 127.0.0.1:{port}")
    text = text.replace("http://web:8000", f"http://127.0.0.1:{web}")
    text = text.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http")
    text = text.replace("worker_processes auto", "daemon off;\nworker_processes 1")
    text = text.replace("/tmp/", f"{var}/nginx/").replace("/var/lib/newsroom/", f"{var}/")
    same = f"location = /same-bytes {{ open_file_cache max=10; default_type text/html; root {var}/nginx; }}"
    text = ("user root;\n" if os.geteuid() == 0 else "") + text  # the folder is ours alone
    return text.replace("        location = /nginx-alive", f"        {same}\n        location = /nginx-alive")


def start(stack: ExitStack, var: Path, story: str) -> tuple[int, int]:
    """The ports of our server and of nginx before it, once both answer."""
    from newsroom import web
    from newsroom.processes import Child
    from newsroom.throwaway import find_program, free_port
    from tests.newsroom.kept.truth import answers
    from tests.waiting import wait_until

    ours, theirs = free_port(), free_port()
    words = web.command("127.0.0.1", ours, application="bench._server:application", workers=1)
    env = {"PYTHONPATH": str(ROOT), "KEPT_FOR_NGINX": "1"}
    stack.callback(Child("web", words, env=env).stop)
    wait_until(lambda: answers(ours), "the web server", 60)
    folder = var / "nginx"
    folder.mkdir(mode=0o755)
    (folder / "same-bytes").write_bytes(page(ours, story))
    var.chmod(0o755)
    (folder / "nginx.conf").write_text(adapted(var, ours, theirs))
    nginx = [find_program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    stack.callback(Child("nginx", nginx).stop)
    wait_until(lambda: answers(theirs), "nginx", 30)
    return ours, theirs


def page(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    return connection.getresponse().read()


def rate(address: str) -> float:
    """Requests a second."""
    words = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", address]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"kept answers: {address}\n{said}")
    return float(re.findall(r"Requests/sec: +([0-9.]+)", said)[0])


def main() -> None:
    if not shutil.which("wrk") or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        print("kept answers: needs nginx and wrk")
        return
    database = os.environ.get("DATABASE_URL")
    with ExitStack() as stack:
        var = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
        stack.callback(shutil.rmtree, var, ignore_errors=True)
        story = prepare(var, database or "")
        ours, theirs = start(stack, var, story)
        addresses = {
            "kept": f"http://127.0.0.1:{ours}{story}",
            "empty view": f"http://127.0.0.1:{ours}/empty/",
            "nginx's file": f"http://127.0.0.1:{theirs}/same-bytes",
            "behind nginx": f"http://127.0.0.1:{theirs}{story}",
        }
        rounds = [{name: rate(address) for name, address in addresses.items()} for _ in range(ROUNDS)]
    print(f"kept story page ({'PostgreSQL' if database else 'SQLite'}), requests a second, {ROUNDS} rounds:")
    for name in addresses:
        print(f"  {name}: {statistics.median(one[name] for one in rounds):,.0f}")
    missed = []
    for ratio, aim in AIMS.items():
        over, under = ratio.split(" / ")
        found = statistics.median(one[over] / one[under] for one in rounds)
        print(f"  {ratio}: {found:.2f} (aim: at least {aim:g})")
        missed += [ratio] if found < aim else []
    if missed:
        sys.exit(f"kept answers: missed {', '.join(missed)}")


if __name__ == "__main__":
    main()
