"""The environment of a test run, set before Django reads its settings: nothing of the person's own bureau."""

import atexit
import os
import shutil
import tempfile
import uuid
from pathlib import Path

ALL = os.environ.get("NEWSROOM_TEST_ALL") == "1"
# Two of these choose where the suite runs; anything else a person has set must not change what it finds.
KEPT = {"DATABASE_URL", "REDIS_URL"}
NAMES = {
    "NEWSROOM_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "SITE_URL", "SITE_NAME", "TIME_ZONE", "PORT",
    "LOG_LEVEL", "REVIEW_STAGES", "PROOF_STAGES", "S3_BUCKET", "X_ACCEL_LOCATION",
    "SITE_DESCRIPTION", "SITE_KEYWORDS", "SITE_ID_CODE", "COLUMN_TYPE", "COLUMN_TYPES", "ORGAN", "OPERATOR",
    "CONTACT_ADDRESS", "CONTACT_PHONE", "CONTACT_EMAIL", "ICP_NUMBER", "POLICE_NUMBER", "NEWS_LICENCE",
    "REPORT_PHONE", "REPORT_EMAIL", "KEPT_BYTES", "KEPT_FOR_NGINX", "SHOW_REVIEWERS",
}  # fmt: skip


def prepare() -> Path:
    """A VAR of this process alone (each pytest-xdist worker is one), removed at its end."""
    var = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(var, ignore_errors=True))
    for name in NAMES:
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_VAR": str(var),
        "REDIS_PREFIX": f"test-{uuid.uuid4().hex[:8]}",
        "SECRET_KEY": "one key for every process of a test run, so that names of tests agree",
        "LOG_LEVEL": "WARNING",
        # Playwright's synchronous interface runs an event loop in the thread that also uses the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    return var
