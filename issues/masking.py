"""Pages come back by themselves after a withdrawal: the same page, without what was withdrawn (遮蔽).

The withdrawal itself hides the page, by `Proof.objects.visible`. A page made elsewhere is not masked: nobody
knows for certain where on it the story stands, so it stays hidden until another proof of it is signed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Release
from issues import card, proofs
from issues.models import Page, Proof
from issues.publication import replace
from media.models import Photo
from newsroom.lib import canonical
from people import chain

log = logging.getLogger(__name__)


def mask_pages(now: datetime) -> int:
    """Make and publish the masked proof of every hidden page. One that fails stops no other."""
    done = 0
    for proof in Proof.objects.hidden(now).filter(page__outside_sha256="").order_by("pk"):
        try:
            done += mask(proof, now)
        except proofs.Failed as wrong:
            log.warning("proof %s is not masked yet: %s", proof.pk, wrong)
        except Exception:
            log.exception("proof %s could not be masked", proof.pk)
    return done


def mask(proof: Proof, now: datetime, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Put a masked proof in the place of a hidden one. False where somebody else did.

    Typesetting takes its time: what `clock` says afterwards is the moment of the exchange.
    """
    content = masked_content(proof, now)
    if content == proof.content:
        return False
    with transaction.atomic():
        page = (
            Page.objects.select_for_update(of=("self",))
            .select_related("issue__masthead")
            .get(pk=proof.page_id)
        )
        made = page.proofs.filter(masks__isnull=False, content=content).order_by("-number").first()
        if made is None:
            made = proofs.record(page, content, None, now, masks=proof.masks or proof)
    if made.state == Proof.State.FAILED and made.claimed_at and made.claimed_at < now - proofs.STALE:
        proofs.ask_again(made)  # a full disk is mended some time
    made = proofs.ensure(made)
    with transaction.atomic():
        Page.objects.select_for_update(of=("self",)).get(pk=proof.page_id)
        at = max(now, clock())
        if not Proof.objects.hidden(at).filter(pk=proof.pk).exists():
            return False
        moved = replace(proof, made, at)
        chain.append(page.subject, "mask", None, at=at, digest=made.digest, effect={"proofs": moved})
    return True


def masked_content(proof: Proof, now: datetime) -> str:
    """The canonical text of the same page without the blocked photos and the stories that are not public, or
    were withdrawn since the page was made."""
    content = proof.data
    shown = card.article_ids(content)
    releases = Release.objects.filter(article__in=shown)
    since = releases.withdrawn(now).filter(visible_until__gt=(proof.masks or proof).created_at)
    public = set(releases.visible(now).values_list("article_id", flat=True))
    gone = (shown - public) | set(since.values_list("article_id", flat=True))
    blocked = Photo.objects.filter(public_id__in=card.photo_ids(content), blocked_at__isnull=False)
    without = set(content.get("blocked", ())) | set(blocked.values_list("public_id", flat=True))
    masked = set(content.get("masked", ()))
    masked |= {box["id"] for box in content["placements"] if box["story"] and box["story"]["article"] in gone}
    masked |= {
        box["id"] for box in content["placements"] if box["photo"] and box["photo"]["public_id"] in without
    }
    placements = [
        box | {"guide": [entry for entry in box["guide"] if entry["article"] not in gone]}
        for box in content["placements"]
    ]
    return canonical.dump(
        content | {"placements": placements, "masked": sorted(masked), "blocked": sorted(without)}
    )
