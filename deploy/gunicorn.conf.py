"""gunicorn behind nginx."""

import os

bind = "0.0.0.0:8000"  # nginx and the container's network alone reach it
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 60
graceful_timeout = 20
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 (a heartbeat that must not wait for a disk)
