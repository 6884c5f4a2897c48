"""What the repository may hold, and what may not get lost in it."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold them either.
FOREIGN = [
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted"), ("registry", "npmjs"))
] + ["/".join(("", "work", folder)) for folder in ("main", "shared", "mirror")]


def git(*words: str, text: str = "") -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, input=text, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def test_no_file_names_a_registry_or_a_machine() -> None:
    words = [word for pattern in FOREIGN for word in ("-e", pattern)]
    assert git("grep", "--fixed-strings", "--name-only", "-I", *words) == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_dependency_is_pinned_with_a_hash(name: str) -> None:
    lines = (ROOT / f"requirements/{name}.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pins) > 30
    for pin in pins:
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+)? \\$", pin), pin
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_both_sets_agree() -> None:
    def versions(name: str) -> dict[str, str]:
        text = (ROOT / f"requirements/{name}.txt").read_text()
        return dict(re.findall(r"^([a-z0-9.-]+)==([^ ]+)", text, re.MULTILINE))

    assert versions("base").items() <= versions("dev").items()


def test_sources_are_not_ignored_and_leftovers_are() -> None:
    sources = [
        "newsroom/lib/new.py",
        "media/new.py",
        "locale/en/LC_MESSAGES/django.mo",
        "templates/var/new.html",
    ]
    leftovers = [
        "var/newsroom.sqlite3",
        ".venv/bin/python",
        ".env",
        "media/__pycache__/x.pyc",
        "deploy/tls/privkey.pem",
    ]
    ignored = git("check-ignore", "--no-index", "--stdin", text="\n".join(sources + leftovers))
    assert ignored == leftovers
