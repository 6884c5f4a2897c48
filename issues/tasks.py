"""Tasks of the worker: thin, idempotent, by id or by time."""

from celery import shared_task
from django.utils import timezone

from issues import masking, proofs


@shared_task(name="issues.tasks.make_proof", ignore_result=True)
def make_proof(proof_id: int) -> bool:
    """Typeset one proof; whether it was ours to do."""
    return proofs.produce(proof_id)


@shared_task(name="issues.tasks.sweep_proofs", ignore_result=True)
def sweep_proofs() -> int:
    """Find proofs that nobody is making."""
    return proofs.sweep(timezone.now())


@shared_task(name="issues.tasks.mask_pages", ignore_result=True)
def mask_pages() -> int:
    """Bring back the pages that a withdrawal hid, without what was withdrawn; returns how many."""
    return masking.mask_pages(timezone.now())
