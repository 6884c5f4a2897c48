"""nginx before the web processes: it takes our configuration, and keeps what readers get no longer."""

import http.client
import os
import shutil
import subprocess
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from articles.models import Section
from bench.kept import adapted
from newsroom.processes import Child
from newsroom.throwaway import free_port
from tests.conftest import VAR
from tests.factories.articles import SectionFactory
from tests.newsroom.kept import truth
from tests.server_fixtures import test_database_url
from tests.waiting import wait_until


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        pytest.skip("needs nginx")
    return found


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "nginx").mkdir()
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(adapted(tmp_path, 8000, 8001))
    words = [nginx(), "-t", "-q", "-e", "stderr", "-c", str(configuration)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "$half_second" in configuration.read_text()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nginx_keeps_for_readers_and_asks_for_editors(tmp_path: Path) -> None:
    """What nginx kept is not found after its half second; who has a session never gets it."""
    program, section = nginx(), SectionFactory(name="港湾要闻")
    address = f"/sections/{section.slug}/"
    (tmp_path / "nginx").mkdir()
    env = {
        "DATABASE_URL": test_database_url(),
        "NEWSROOM_VAR": str(VAR),
        "PYTHONPATH": os.getcwd(),
        "KEPT_FOR_NGINX": "1",
    }
    with ExitStack() as stack:
        ours = stack.enter_context(truth.two_servers(env, "tests.newsroom.kept.server:application"))[0]
        port = free_port()
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(adapted(tmp_path, ours, port))
        words = [program, "-e", "stderr", "-p", str(tmp_path), "-c", str(configuration)]
        stack.callback(Child("nginx", words).stop)
        wait_until(lambda: truth.answers(port), "nginx")

        def read(**headers: str) -> str:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", address, headers=headers)
                return connection.getresponse().read().decode()

        assert "港湾要闻" in read()
        changed = time.time()
        Section.objects.filter(pk=section.pk).update(name="港湾新声")
        assert "港湾新声" in read(Cookie="sessionid=somebody"), "an editor sees what is, at once"
        wait_until(lambda: "港湾新声" in read(), "the new name")
        assert time.time() - changed < 1.5, "a second, and the time to ask and look"
        assert 'data-theme="dark"' in read(Cookie="display=dark-0")
        assert 'data-theme="auto"' in read()
        assert list((tmp_path / "nginx/kept").rglob("*")), "nginx kept nothing"
