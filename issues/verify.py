"""Proof that no page that was signed, and no window in which readers see it, has been changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage

from issues import card
from issues.models import Issue, Proof
from issues.publication import window
from newsroom.lib import canonical
from people.models import Signature


def verify() -> Iterator[str]:
    """A sentence for each mismatch. Reads row by row."""
    signed, masked, windows = _from_chain()
    seen = set()
    for proof in Proof.objects.order_by("pk").iterator(chunk_size=50):
        seen.add(proof.pk)
        name = f"proof {proof.page_id}/{proof.number}"
        if canonical.digest(proof.content) != proof.content_digest:
            yield f"{name}: content does not match its digest"
        if not proof.is_ready:
            if proof.visible_from or proof.pk in signed:
                yield f"{name}: readers' or signed, but not whole"
            continue
        yield from _ready(proof, name)
        if proof.pk in signed and signed[proof.pk] != proof.digest:
            yield f"{name}: not what the chain says was signed"
        if proof.visible_from and proof.pk not in signed and proof.digest not in masked:
            yield f"{name}: readers see it, but nobody signed it"
        told = windows.get(proof.pk, [proof.pk, proof.digest, None, None, ""])
        if canonical.load(canonical.dump(window(proof))) != told:
            yield f"{name}: its window is not the one in the chain"
    for missing in sorted((signed.keys() | windows.keys()) - seen):
        yield f"proof {missing}: in the chain, but gone"
    yield from _issues()


def _issues() -> Iterator[str]:
    """Each issue's moment against the last that the chain gave it, or took from it."""
    moments: dict[str, Any] = {}
    entries = Signature.objects.filter(subject__startswith="issue:") | Signature.objects.filter(
        subject__startswith="page:", action="return"
    )
    for subject, action, effect in entries.order_by("sequence").values_list("subject", "action", "effect"):
        told = canonical.load(effect or "{}")
        if action == "release":
            moments[subject] = told["release_at"]
        elif action == "hold":
            moments[subject] = None
        elif "took_back" in told:
            moments[told["took_back"]] = None
    for issue in Issue.objects.order_by("pk"):
        held = None if issue.release_at is None else canonical.load(canonical.dump(issue.release_at))
        if moments.get(issue.subject) != held:
            yield f"issue {issue.pk}: its moment is not the one in the chain"


def _from_chain() -> tuple[dict[int, str], set[str], dict[int, Any]]:
    """The signed proofs with their digests, digests of masked ones, and each proof's last window."""
    signed: dict[int, str] = {}
    masked: set[str] = set()
    windows: dict[int, Any] = {}
    entries = Signature.objects.exclude(effect="").order_by("sequence")
    for action, effect, digest in entries.values_list("action", "effect", "digest").iterator(chunk_size=1000):
        entry = canonical.load(effect)
        if "proof" in entry:
            signed[entry["proof"][0]] = entry["proof"][1]
        if action == "mask":
            masked.add(digest)
        windows |= {row[0]: row for row in entry.get("proofs", [])}
    return signed, masked, windows


def _ready(proof: Proof, name: str) -> Iterator[str]:
    if canonical.digest(proof.signed_text()) != proof.digest:
        yield f"{name}: does not match its digest"
    data = proof.data
    if (proof.date.isoformat(), proof.page_number) != (data["issue"]["date"], data["page"]["number"]):
        yield f"{name}: readers find it on another day or page"
    if set(proof.stories.values_list("article", flat=True)) != card.article_ids(data):
        yield f"{name}: the stories it depends on are not those it shows"
    if set(proof.photos.values_list("photo__public_id", flat=True)) != card.photo_ids(data):
        yield f"{name}: the photos it depends on are not those it shows"
    if proof.card != canonical.dump(card.build(data)):
        yield f"{name}: what readers' pages say is not its content"
    if _sha256(proof.pdf_name) != proof.pdf_sha256:
        yield f"{name}: the PDF is missing or was changed"
    for width, (_height, digest) in proof.sizes.items():
        if _sha256(proof.picture_name(width)) != digest:
            yield f"{name}: its picture {width} pixels wide is missing or was changed"


def _sha256(name: str) -> str:
    try:
        with default_storage.open(name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
