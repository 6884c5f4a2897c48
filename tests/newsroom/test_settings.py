"""The environment, as a person who starts the bureau meets it: each start is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIT = {
    "NEWSROOM_MODE": "production",
    "SECRET_KEY": "k3y-Zq8Vt1mXw5Rb7Ns2Lp9Hd4Jf6Gc0Ya-Ue_Io+Kx.Mq,Pz8Wv",
    "DATABASE_URL": "postgresql://newsroom:pw@127.0.0.1:1/newsroom",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "news.example.cn",
    "SITE_URL": "https://news.example.cn",
}


def start(tmp_path: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` with the settings loaded as `settings`."""
    outside = {
        "PATH": os.environ["PATH"],
        "NEWSROOM_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings\n{code}"],
        env=outside | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_embedded_needs_no_configuration(tmp_path: Path) -> None:
    done = start(
        tmp_path, "print(settings.MODE, settings.DEBUG, settings.CELERY_BROKER_URL, settings.DATABASES)"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("embedded False filesystem://")
    assert f"{tmp_path}/newsroom.sqlite3" in done.stdout


def test_embedded_key_is_made_once_and_private(tmp_path: Path) -> None:
    first, second = (start(tmp_path, "print(settings.SECRET_KEY)").stdout.strip() for _ in range(2))
    assert len(first) >= 50
    assert first == second
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_production_starts_with_fit_values(tmp_path: Path) -> None:
    code = "print(settings.SESSION_COOKIE_SECURE, settings.DATABASES['default']['ENGINE'])"
    done = start(tmp_path, code, **FIT)
    assert done.stdout.strip() == "True django.db.backends.postgresql", done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "changeme-Zq8Vt1mXw5Rb7Ns2Lp9Hd4Jf6Gc0Ya-Ue_Io+Kx.Mq,Pz8Wv"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///news.sqlite3"),
        ("REDIS_URL", ""),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "news.example.cn,*.example.cn"),
        ("SITE_URL", ""),
        ("SITE_URL", "http://news.example.cn"),
        ("DEBUG", "true"),
        ("DEBUG", "perhaps"),
        ("NEWSROOM_MODE", "prod"),
        ("REVIEW_STAGES", "初审:nobody"),
        ("PROOF_STAGES", "一校:proofreader,一校:proofreader"),
        ("PHOTO_MAX_BYTES", "many"),
    ],
)
def test_weak_value_stops_the_start_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    done = start(tmp_path, "settings.MODE", **FIT | {name: value})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert name in done.stderr


def test_a_secret_is_not_repeated_in_the_refusal(tmp_path: Path) -> None:
    done = start(tmp_path, "settings.MODE", **FIT | {"SECRET_KEY": "hunter2"})
    assert "hunter2" not in done.stderr


def test_stages_come_from_the_environment(tmp_path: Path) -> None:
    code = "print([(stage.name, stage.group) for stage in settings.REVIEW_STAGES])"
    done = start(tmp_path, code, REVIEW_STAGES="审签：chief")
    assert done.stdout.strip() == "[('审签', 'chief')]", done.stderr
