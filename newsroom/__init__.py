"""Newsroom: the wiring of the bureau. No app imports it, but for `newsroom.lib`."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
