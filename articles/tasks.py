"""Tasks of the worker: thin, idempotent, by id or by time."""

from celery import shared_task
from django.utils import timezone

from articles import due
from articles.intake import queue


@shared_task(name="articles.tasks.release_due", ignore_result=True)
def release_due() -> int:
    """Let the status of due stories follow; returns how many moved."""
    return sum(1 for outcome in due.release_due(timezone.now()) if not outcome.trouble)


@shared_task(name="articles.tasks.read_intake", ignore_result=True)
def read_intake(intake_id: int) -> bool:
    """Read one file that was sent in; whether it was ours to do."""
    return queue.produce(intake_id)


@shared_task(name="articles.tasks.sweep_intakes", ignore_result=True)
def sweep_intakes() -> int:
    """Send for the files that were left behind; how many."""
    return queue.sweep(timezone.now())
