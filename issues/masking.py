"""Pages come back by themselves after a withdrawal: the same page, without what was withdrawn (遮蔽).

The withdrawal itself hides the page, by `Proof.objects.visible`. A page made elsewhere is not masked: nobody
knows for certain where on it the story stands, so it stays hidden until another proof of it is signed.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.models import Release
from issues import card, proofs
from issues.models import Page, Proof
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
        except Exception:
            log.exception("proof %s could not be masked", proof.pk)
    return done


def mask(proof: Proof, now: datetime) -> bool:
    """Put a masked proof in the place of a hidden one. False where somebody else did."""
    content = masked_content(proof.data, now)
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
    made = proofs.ensure(made)
    with transaction.atomic():
        Page.objects.select_for_update(of=("self",)).get(pk=proof.page_id)
        if not Proof.objects.hidden(now).filter(pk=proof.pk).exists():
            return False
        from issues.workflow import replace  # the workflow alone moves windows

        moved = replace(proof, made, now)
        chain.append(page.subject, "mask", None, at=now, digest=made.digest, effect={"proofs": moved})
    return True


def masked_content(content: dict[str, Any], now: datetime) -> str:
    """The canonical text of the same page without the stories that are not public and the blocked photos."""
    shown = card.article_ids(content)
    public = set(Release.objects.visible(now).filter(article__in=shown).values_list("article_id", flat=True))
    gone = shown - public
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
