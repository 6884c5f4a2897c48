"""Making proofs: the frozen content at once, the PDF and the pictures by whoever comes first.

The database is the truth; a message only wakes a worker up. A worker claims a proof by a conditional UPDATE,
`claimed_at` is its sign of life and its proof of the claim, a sweep finds what was lost.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from PIL import Image

from issues import card, letters
from issues.composition import Composed, compose
from issues.models import Page, Proof, ProofPhoto, ProofStory
from issues.models.proof import WIDTHS
from issues.typeset import preflight, press, printing
from media import store
from media.models import Photo
from newsroom.lib import canonical
from people.models import User

log = logging.getLogger(__name__)

STALE = timedelta(minutes=2)  # without a sign of life
MOST_ATTEMPTS = 5


class Lost(RuntimeError):
    """Somebody else took the proof over."""


class Failed(RuntimeError):
    """A proof could not be made; its text is a sentence for a person."""


def record(
    page: Page, content: str, by: User | None, now: datetime, note: str = "", masks: Proof | None = None
) -> Proof:
    """A new proof of that content, still without PDF. Inside a transaction that holds the page's row."""
    data = canonical.load(content)
    number = (page.proofs.aggregate(last=Max("number"))["last"] or 0) + 1
    proof = Proof.objects.create(
        page=page,
        number=number,
        date=page.issue.date,
        page_number=page.number,
        content=content,
        content_digest=canonical.digest(content),
        card=canonical.dump(card.build(data)),
        note=note,
        created_by=by,
        created_at=now,
        masks=masks,
    )
    ProofStory.objects.bulk_create(
        ProofStory(proof=proof, article_id=pk) for pk in sorted(card.article_ids(data))
    )
    shown = Photo.objects.filter(public_id__in=card.photo_ids(data)).order_by("pk")
    ProofPhoto.objects.bulk_create(ProofPhoto(proof=proof, photo=photo) for photo in shown)
    transaction.on_commit(lambda: send(proof.pk))
    return proof


def send(proof_id: int) -> bool:
    """Tell a worker of the proof. Whether that worked: with the broker down, the sweep finds the proof."""
    from issues.tasks import make_proof  # the tasks import this module

    try:
        make_proof.apply_async((proof_id,), retry=False)
    except Exception:  # whatever a broker of any kind raises when it is away
        log.warning("proof %s waits for the sweep: the broker does not answer", proof_id, exc_info=True)
        return False
    return True


def produce(proof_id: int) -> bool:
    """Claim the proof and typeset it. Whether it was ours to do; running it again changes nothing."""
    at = timezone.now()
    free = Q(state__in=[Proof.State.WAITING, Proof.State.FAILED]) | Q(
        state=Proof.State.WORKING, claimed_at__lt=at - STALE
    )
    claimed = Proof.objects.filter(free, pk=proof_id, attempts__lt=MOST_ATTEMPTS).update(
        state=Proof.State.WORKING,
        claimed_at=at,
        attempts=F("attempts") + 1,
        done=0,
        total=1 + len(WIDTHS),
        error="",
    )
    if not claimed:
        return False
    ours = Proof.objects.filter(pk=proof_id, state=Proof.State.WORKING, claimed_at=at)
    proof = Proof.objects.select_related("page__issue__masthead").get(pk=proof_id)
    try:
        # The report is kept: in the bureau's own language, whoever's request or worker makes it.
        with translation.override(settings.LANGUAGE_CODE):
            _make(proof, lambda done: _tell(ours, done))
    except Lost:
        return False
    except Exception as wrong:
        log.exception("proof %s", proof_id)
        ours.update(state=Proof.State.FAILED, error=str(wrong) or type(wrong).__name__)
        return True
    digest = canonical.digest(proof.signed_text())
    ours.update(
        state=Proof.State.READY,
        pdf_sha256=proof.pdf_sha256,
        pictures=proof.pictures,
        report=proof.report,
        digest=digest,
        done=F("total"),
    )
    return True


def ensure(proof: Proof) -> Proof:
    """The proof with its PDF, made here and now if no worker did. Raises Failed with a sentence."""
    if not proof.is_ready:
        produce(proof.pk)
        proof = Proof.objects.get(pk=proof.pk)
    if proof.state == Proof.State.FAILED:
        raise Failed(_("第%(number)d次样排版失败：%(why)s") % {"number": proof.number, "why": proof.error})
    if not proof.is_ready:
        raise Failed(_("第%d次样还在排版，请稍候再试。") % proof.number)
    return proof


def ask_again(proof: Proof) -> None:
    """Have a failed proof made again."""
    Proof.objects.filter(pk=proof.pk, state=Proof.State.FAILED).update(
        state=Proof.State.WAITING, claimed_at=None, attempts=0, error=""
    )
    transaction.on_commit(lambda: send(proof.pk))


def sweep(now: datetime) -> int:
    """Send for proofs left behind by a lost message, a dead worker or an emptied broker. How many."""
    stale = Proof.objects.unfinished(now - STALE).filter(attempts__lt=MOST_ATTEMPTS)
    sent = 0
    for proof_id in list(stale.order_by("pk").values_list("pk", flat=True)[:200]):
        waits = stale.filter(pk=proof_id).update(state=Proof.State.WAITING, claimed_at=now)
        if waits and not send(proof_id):
            break
        sent += waits
    return sent


def _tell(ours: QuerySet[Proof], done: int) -> None:
    """How far it is, and that its maker lives. Raises Lost where somebody else took it over meanwhile."""
    if not ours.update(done=done):
        raise Lost


def _make(proof: Proof, tell: Callable[[int], object]) -> None:
    """Store PDF and pictures; note their digests and the report on the instance."""
    pdf, report = _outside(proof) if proof.page.is_outside else _composed(proof)
    proof.report, proof.pdf_sha256 = canonical.dump(report), hashlib.sha256(pdf).hexdigest()
    store.put(proof.pdf_name, io.BytesIO(pdf))
    tell(1)
    sizes = {}
    for number, (width, png) in enumerate(press.pictures(pdf, widths=WIDTHS).items(), 2):
        sha256 = hashlib.sha256(png).hexdigest()
        store.put(proof.file_name(f"w{width}", sha256, "png"), io.BytesIO(png))
        sizes[str(width)] = [_height(png), sha256]
        tell(number)
    proof.pictures = canonical.dump(sizes)


def _composed(proof: Proof) -> tuple[bytes, dict[str, Any]]:
    content = proof.data
    fonts = letters.font_set(content["fonts"])
    composed = compose(content, fonts, content.get("masked", ()))
    if proof.masks:
        _check_unmoved(proof.masks, composed)
    profile = proof.page.issue.masthead.icc_profile
    pictures = printing.Pictures(composed, content, profile.read() if profile else None)
    slug = f"{proof.label} {proof.content_digest[:16]}"
    pdf = press.pdf(composed.drawing, fonts.faces, pictures, timestamp=proof.created_at, slug=slug)
    findings = preflight.report(
        pdf, pictures.used, composed.drawing, content["page"]["colour"], composed.missing
    )
    return pdf, {
        "fits": {str(pk): fit.as_dict() for pk, fit in composed.boxes.items()},
        "missing": composed.missing,
        "findings": [_told(f) for f in findings],
    }


def _check_unmoved(signed: Proof, composed: Composed) -> None:
    """A mask needs no signature because nothing else moved: with other fonts at hand something may have."""
    before = signed.findings["fits"]
    masked = {pk for pk, fit in composed.boxes.items() if not fit.placed}
    if any(before[str(pk)]["end"] != list(fit.end) for pk, fit in composed.boxes.items() if pk not in masked):
        raise Failed(_("挖去已撤稿件以后，别的版块排得和签样时不一样，此版须重新签样。"))


def _height(png: bytes) -> int:
    with Image.open(io.BytesIO(png)) as image:
        return image.height


def _outside(proof: Proof) -> tuple[bytes, dict[str, Any]]:
    with default_storage.open(proof.page.outside.name or "", "rb") as file:
        pdf = file.read()
    if hashlib.sha256(pdf).hexdigest() != proof.data["page"]["outside"]:
        raise Failed(_("外来版面的文件已换过，请重新出样。"))
    findings = preflight.report(pdf, [], None, proof.page.colour)
    return pdf, {"fits": {}, "missing": [], "findings": [_told(f) for f in findings]}


def _told(finding: preflight.Finding) -> dict[str, str]:
    return {"level": finding.level, "sentence": finding.sentence}
