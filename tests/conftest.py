"""Fixtures for everyone: a clean slate, real servers, a real browser, real workers.

What a machine lacks is skipped by name and listed at the end; with NEWSROOM_TEST_ALL=1 a skip is a failure.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from tests import environment

if TYPE_CHECKING:
    from tests.cast import Cast

VAR = environment.prepare()
pytest_plugins = ["tests.browser_fixtures", "tests.server_fixtures"]
# A busy machine is no failure.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")
SHARED = Path(__file__).resolve().parents[2] / "shared"
NO_SHARED = "needs ../shared"


@pytest.fixture
def cast() -> "Cast":
    """The people of a newsroom."""
    from tests.cast import Cast  # this file is read before the apps are ready

    return Cast()


@pytest.fixture
def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: from here on it is that moment."""
    from django.utils import timezone

    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def pytest_configure() -> None:
    from django.conf import settings

    if VAR.resolve() != settings.VAR:
        pytest.exit("unset DJANGO_SETTINGS_MODULE: the tests would write into your own bureau", returncode=4)
    # Hashed names need collectstatic; slow hashes need patience. Neither is what the tests are about.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """pytest-xdist's workers inherit our environment; each chooses a folder of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test with real transactions alike: the rows of the migrations (roles) are to outlive it."""
    for item in items:
        given = item.get_closest_marker("django_db")
        options = dict(given.kwargs) if given else {}
        names = getattr(item, "fixturenames", ())
        if options.get("transaction") or "transactional_db" in names or "live_server" in names:
            options |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with real transactions empties every table at its end. Django brings the rows of the
    migrations back only for the next such test; here they are back for any."""
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("serialized_rollback"):
        from django.db import connection

        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            connection.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With NEWSROOM_TEST_ALL=1 a skipped test has failed."""
    report = yield
    if environment.ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = skip_reason(report)
        if NO_SHARED not in reason:
            report.outcome, report.longrepr = "failed", f"skipped although NEWSROOM_TEST_ALL=1: {reason}"
    return report


def skip_reason(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = Counter(skip_reason(report) for report in terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.section("what this machine lacks")
        for reason, count in skipped.most_common():
            terminalreporter.write_line(f"{count:4} skipped: {reason}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages, photographs and corpora beside the repository."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; any connection to it knows the rows of the migrations.

    Django keeps them on the connection object that made the database. Once Playwright's event loop runs, the
    same thread has another one. At the end PostgreSQL drops no database that a thread of a browser's server
    still holds: the last one out closes what is left.
    """
    from django.db import connections

    made = connections["default"]
    if rows := getattr(made, "_test_serialized_contents", ""):
        type(made)._test_serialized_contents = rows
    yield
    if made.vendor == "postgresql":
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """No test sees another's cache, files, messages or language."""
    from django.conf import settings
    from django.utils import timezone, translation

    with translation.override(settings.LANGUAGE_CODE), timezone.override(settings.TIME_ZONE):
        yield
    clear_cache()
    for folder in ("files", "broker/messages"):
        for path in (VAR / folder).iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def clear_cache() -> None:
    """Our own keys alone: the Redis of a test run may be somebody's."""
    from django.conf import settings
    from django.core.cache import cache

    if settings.REDIS_URL:
        import redis

        with redis.Redis.from_url(settings.REDIS_URL) as client:
            for key in client.scan_iter(f"*{settings.REDIS_PREFIX}*"):
                client.delete(key)
    else:
        cache.clear()


@pytest.fixture
def files() -> Path:
    """The folder of private originals, empty when the test begins."""
    return VAR / "files"


@pytest.fixture
def on_commit_now(django_capture_on_commit_callbacks: Callable) -> Callable:
    """`with on_commit_now(): …` runs what waits for the commit, which a test's transaction never reaches."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
