"""/healthz and /readyz, each check broken for real."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from newsroom import health


def test_alive_without_a_database(client: Client) -> None:
    # No database fixture: a query would raise.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    cache.set(health.LAST_SWEEP, time.time() - 3)
    response = client.get("/readyz")
    report = response.json()
    assert response.status_code == 200, report
    assert report["database"] == connection.vendor
    assert report["migrations"] == "applied"
    assert report["cache"] == "ok"
    assert report["broker"] in ("filesystem", "redis")
    assert report["sweep"] in ("3 s ago", "4 s ago")


@pytest.mark.django_db
def test_stale_sweep_is_said_and_stops_production_alone(client: Client, settings: Any) -> None:
    cache.set(health.LAST_SWEEP, time.time() - 600)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["sweep"].startswith("stale, 60")
    settings.PRODUCTION = True
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_unapplied_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() | {"sweep": ""} == response.json() | {
        "ready": False,
        "migrations": "1 unapplied",
        "sweep": "",
    }


@pytest.mark.django_db
def test_dead_redis(client: Client, settings: Any) -> None:
    address = "redis://:hunter2@127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address},
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"].startswith("failed: ")
    assert response.json()["database"] == connection.vendor
    assert "hunter2" not in response.text


@pytest.mark.django_db
def test_broker_folder_gone(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(settings.VAR / "broker" / "messages")}
    messages = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
    shutil.rmtree(messages)
    try:
        response = client.get("/readyz")
    finally:
        messages.mkdir()
    assert response.status_code == 503
    assert response.json()["broker"] == "failed: FileNotFoundError"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_asked_never_told(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
