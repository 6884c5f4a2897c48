"""What the suite says of a machine that lacks something; tried on a suite of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

def test_fine(): pass

def test_browser(): pytest.skip("needs a Chromium of another world")

def test_shared(): pytest.skip("needs ../shared")

@pytest.mark.xfail(strict=True)
def test_known(): assert False
"""


def run(folder: Path, everything: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_some.py").write_text(SUITE)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q", str(folder)],
        env={
            **{k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
            "NEWSROOM_TEST_ALL": everything,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_skips_are_listed_by_name(tmp_path: Path) -> None:
    done = run(tmp_path, "")
    assert done.returncode == 0, done.stdout
    assert "1 skipped: needs a Chromium of another world" in done.stdout
    assert "1 skipped: needs ../shared" in done.stdout


def test_a_skip_is_a_failure_when_everything_is_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path, "1")
    assert done.returncode == 1
    assert "skipped although NEWSROOM_TEST_ALL=1: needs a Chromium of another world" in done.stdout
    assert "1 failed, 1 passed, 1 skipped, 1 xfailed" in done.stdout


@pytest.mark.usefixtures("shared")
def test_the_real_material_stands_beside_the_repository(shared: Path) -> None:
    assert (shared / "seeds").is_dir()
