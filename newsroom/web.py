"""How the web server is started, by `make run` and in a container: `python -m newsroom.web`."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

THREADS = 4  # of each process, for requests that are being answered
HEADERS_WITHIN = 10_000  # milliseconds that a client has to say what it wants
PATIENCE = 20  # seconds for what is under way when we are told to end


def command(
    host: str,
    port: int,
    *,
    application: str = "newsroom.wsgi:application",
    workers: int | None = None,
    patience: int = PATIENCE,
) -> list[str]:
    """granian, speaking plain HTTP/1.1: nothing else is asked of it."""
    return [
        *(sys.executable, "-m", "granian", application, "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers or settings.WEB_WORKERS)),
        *("--blocking-threads", str(THREADS), "--http1-header-read-timeout", str(HEADERS_WITHIN)),
        *("--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", str(patience)),
        *("--log-level", "warning"),
    ]


if __name__ == "__main__":
    words = command("0.0.0.0", 8000)  # noqa: S104 - nginx and the container's network alone reach it
    os.execv(words[0], words)  # noqa: S606
