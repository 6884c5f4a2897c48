"""The Celery application. Tasks live in each app's `tasks.py` and use `celery.shared_task`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
TRANSPORT_ALIASES["filesystem"] = "newsroom.broker:Transport"

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
