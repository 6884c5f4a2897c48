"""Proof that no page that was signed, and no window in which readers see it, has been changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage

from issues import card
from issues.models import Proof
from issues.workflow import window
from newsroom.lib import canonical
from people.models import Signature


def verify() -> Iterator[str]:
    """A sentence for each mismatch. Reads row by row."""
    signed, masked, windows = _from_chain()
    for proof in Proof.objects.order_by("pk").iterator(chunk_size=50):
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
    if proof.card != canonical.dump(card.build(proof.data)):
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
