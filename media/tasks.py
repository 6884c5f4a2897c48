"""What happens to pictures after the upload."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from media import queue


@shared_task(name="media.tasks.make_renditions")
def make_renditions(photo_id: int) -> None:
    """Make the renditions a photo lacks. Idempotent; a photo that another worker has is left alone."""
    queue.produce(photo_id)


@shared_task(name="media.tasks.sweep_renditions")
def sweep_renditions() -> int:
    """Send for the photos that were left behind; how many."""
    return queue.sweep(timezone.now())
