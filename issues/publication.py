"""A paper's moment: its signed pages and the stories that wait for them become public together, or none.

Only `issues.workflow` and, for its masks, `issues.masking` call this. Everything here that moves windows runs
inside a transaction that holds the pages' rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import release as windows
from articles.models import Release
from articles.refusals import Conflict, NotAllowed, NotReady
from issues import checklist, rules
from issues.models import Issue, Page, Proof, ProofStory
from people import chain
from people.models import Signature, User


def release(issue: Issue, by: User, note: str, release_at: datetime | None, now: datetime) -> Signature:
    """The moment of the whole paper: its pages, and the stories that wait for it, in one transaction."""
    if not rules.may_release(by):
        raise NotAllowed(_("这一步由终审（总编辑）来做。"))
    with transaction.atomic():
        current = Issue.objects.select_for_update(of=("self",)).select_related("masthead").get(pk=issue.pk)
        if current.release_at and current.release_at <= now:
            raise Conflict(_("这一期已经发布。"))
        pages = list(
            Page.objects.select_for_update(of=("self",))
            .select_related("issue__masthead")
            .filter(issue=current)
            .order_by("number")
        )
        signed = [(page, _signed_proof(page)) for page in pages]
        moment = max(release_at or now, now)
        if found := checklist.release_problems(signed, moment, now):
            raise NotReady(found)
        effect = take_back(current, now) if current.release_at else {}
        again = publish([(page, proof) for page, proof in signed if proof], current, moment, now)
        # A window moved twice is told once, as it is now.
        moved = {row[0]: row for row in [*effect.get("windows", []), *again["windows"]]}
        again["windows"] = list(moved.values())
        Issue.objects.filter(pk=current.pk).update(release_at=moment)
        return chain.append(
            current.subject, "release", by, at=now, note=note, effect=again | {"release_at": moment}
        )


def hold(issue: Issue, by: User, note: str, release_at: datetime | None, now: datetime) -> Signature:
    """Take back a moment that has not come."""
    if not rules.may_release(by):
        raise NotAllowed(_("这一步由终审（总编辑）来做。"))
    with transaction.atomic():
        current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
        if current.release_at is None or current.release_at <= now:
            raise Conflict(_("这一期没有待发布的时间可以收回。"))
        effect = take_back(current, now)
        return chain.append(current.subject, "hold", by, at=now, note=note, effect=effect)


def _signed_proof(page: Page) -> Proof | None:
    """The newest proof, if the page is signed: then that is what was signed."""
    if page.status != Page.Status.SIGNED:
        return None
    return page.proofs.filter(masks=None).order_by("-number").first()


def publish(
    pages: Iterable[tuple[Page, Proof]], issue: Issue, moment: datetime, now: datetime
) -> dict[str, list[Any]]:
    """Open the windows of signed proofs and of the stories on them. What the chain is to repeat."""
    moved: list[list[Any]] = []
    places: dict[int, int] = {}
    for page, proof in pages:
        moved += _open(page, proof, moment)
        for pk in _printed(proof):
            places.setdefault(pk, page.number)
    # Where it was printed is told to readers who can look it up.
    printed_on = None if issue.masthead.epaper_internal else issue.date
    opened = windows.open_with_paper(places, printed_on, moment, now)
    return {"windows": [windows.window(r) for r in opened], "proofs": moved}


def _printed(proof: Proof) -> list[int]:
    """The stories in the page's boxes; a story that only the guide names has its place elsewhere."""
    boxes = [box["story"]["article"] for box in proof.data["placements"] if box["story"]]
    return list(dict.fromkeys(boxes))


def _open(page: Page, proof: Proof, moment: datetime) -> list[list[Any]]:
    """Readers see that proof from then on, and until then the one they see now."""
    moved = []
    for before in page.proofs.in_window(moment).exclude(pk=proof.pk):
        before.visible_until, before.end_reason = moment, Proof.End.REPLACED
        before.save(update_fields=["visible_until", "end_reason"])
        moved.append(window(before))
    proof.visible_from, proof.visible_until, proof.end_reason = moment, None, ""
    proof.save(update_fields=["visible_from", "visible_until", "end_reason"])
    return [*moved, window(proof)]


def replace(before: Proof, after: Proof, now: datetime) -> list[list[Any]]:
    """A masked proof takes the place of the one it masks. Inside a transaction that holds the page's row."""
    before.visible_until, before.end_reason = now, Proof.End.REPLACED
    before.save(update_fields=["visible_until", "end_reason"])
    after.visible_from, after.visible_until, after.end_reason = now, None, ""
    after.save(update_fields=["visible_from", "visible_until", "end_reason"])
    return [window(before), window(after)]


def take_back(issue: Issue, now: datetime) -> dict[str, list[Any]]:
    """Nothing of the issue will appear at the moment it had; its stories wait for another one."""
    moved = []
    pending = Proof.objects.select_for_update().filter(page__issue=issue, visible_from__gt=now)
    for proof in pending.order_by("pk"):
        proof.visible_from, proof.visible_until, proof.end_reason = None, None, Proof.End.TAKEN_BACK
        proof.save(update_fields=["visible_from", "visible_until", "end_reason"])
        moved.append(window(proof))
    stories = ProofStory.objects.filter(proof__in=[row[0] for row in moved]).values_list("article", flat=True)
    closed: list[Release] = windows.take_back_from_paper(set(stories), issue.release_at, now)
    Issue.objects.filter(pk=issue.pk).update(release_at=None)
    issue.release_at = None
    return {"windows": [windows.window(r) for r in closed], "proofs": moved}


def window(proof: Proof) -> list[Any]:
    """A proof's window as the chain repeats it."""
    return [proof.pk, proof.digest, proof.visible_from, proof.visible_until, proof.end_reason]
