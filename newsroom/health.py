"""/healthz: this process answers. /readyz: everything it needs does too."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.celery import app

LAST_SWEEP = "last_sweep"  # cache key of `release_due`: the moment of its last run in Unix seconds


class NotReady(Exception):
    """What a check found wrong, in a word or two for the operator; never an address or a password."""


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.vendor


def migrations() -> str:
    executor = MigrationExecutor(connection)
    unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if unapplied:
        raise NotReady(f"{len(unapplied)} unapplied")
    return "applied"


def shared_cache() -> str:
    key, value = f"readyz:{uuid4()}", uuid4().hex
    cache.set(key, value, 30)
    found = cache.get(key)
    cache.delete(key)
    if found != value:
        raise NotReady("does not keep what it is given")
    return "ok"


def broker() -> str:
    if settings.CELERY_BROKER_URL == "filesystem://":
        probe = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]) / f".readyz-{uuid4()}"
        probe.touch()
        probe.unlink()
        return "filesystem"
    with app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)
    return "redis"


def sweep(now: datetime) -> str:
    """Age of the last sweep. A stale one is worth a red light only where somebody is on duty."""
    last = cache.get(LAST_SWEEP)
    age = None if last is None else now.timestamp() - last
    if age is not None and age <= settings.SWEEP_STALE_AFTER:
        return f"{age:.0f} s ago"
    said = "stale, never ran" if age is None else f"stale, {age:.0f} s ago"
    if settings.PRODUCTION:
        raise NotReady(said)
    return said


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """JSON: `ready` and a word a check; 503 when one failed."""
    now = timezone.now()
    checks = {
        "database": database,
        "migrations": migrations,
        "cache": shared_cache,
        "broker": broker,
        "sweep": lambda: sweep(now),
    }
    report: dict[str, str | bool] = {"ready": True}
    for name, check in checks.items():
        try:
            report[name] = check()
        except NotReady as reason:
            report |= {"ready": False, name: str(reason)}
        except Exception as failure:
            # Whatever a driver raises means the same here. Its text may hold an address: its type is enough.
            report |= {"ready": False, name: f"failed: {type(failure).__name__}"}
    return JsonResponse(report, status=200 if report["ready"] else 503, headers={"Cache-Control": "no-store"})
