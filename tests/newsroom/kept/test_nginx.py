"""nginx before the web processes: it takes our configuration."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bench.kept import adapted


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
