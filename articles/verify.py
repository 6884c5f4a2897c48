"""Proof that nothing signed has been changed since: every digest, and every release against the chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles import front
from articles.models import Release, Revision
from articles.release import window
from articles.search.documents import shown
from media import attachments
from media.models import Attachment
from newsroom.lib import canonical
from people.models import Signature


def verify() -> Iterator[str]:
    """A sentence for each mismatch. Reads row by row, so any archive fits in memory."""
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=200):
        if canonical.digest(revision.content) != revision.digest:
            yield f"revision {revision.article_id}/{revision.number}: content does not match its digest"
    signed, windows = _from_chain()
    releases = Release.objects.select_related("revision", "search_text")
    releases = releases.defer("search_text__folded", "search_text__tokens")
    for release in releases.order_by("pk").iterator(chunk_size=200):
        yield from _release(release, signed, windows)
    yield from _files()
    for missing in sorted(signed.keys() - set(Release.objects.values_list("pk", flat=True))):
        yield f"release {missing}: in the chain, but gone"
    if not front.stands_as_recorded():
        yield "home page: its arrangement is not the one in the chain"


def _files() -> Iterator[str]:
    """Attachments against their digests; what releases offer is named by these in their signed text."""
    for attachment in Attachment.objects.order_by("pk").iterator(chunk_size=200):
        try:
            same = attachments.digest_of(attachment) == attachment.sha256
        except OSError:
            yield f"attachment {attachment.public_id}: the file is missing"
            continue
        if not same:
            yield f"attachment {attachment.public_id}: the file does not match its digest"


def _signed_files(release: Release, name: str) -> Iterator[str]:
    """A file's row, by which it is served, must be the one that was signed."""
    for file in release.more.get("files", []):
        keys = ("sha256", "name", "kind", "bytes")
        row = Attachment.objects.filter(public_id=file["public_id"]).values(*keys).first()
        if row != {key: file[key] for key in keys}:
            yield f"{name}: the file {file['public_id']} is not the one that was signed"


def _from_chain() -> tuple[dict[int, tuple[str, str]], dict[int, Any]]:
    """Each release's digests (its own, its revision's) and its last window, as the chain has them."""
    signed: dict[int, tuple[str, str]] = {}
    windows: dict[int, Any] = {}
    entries = Signature.objects.exclude(effect="").order_by("sequence")
    for effect, digest in entries.values_list("effect", "digest").iterator(chunk_size=1000):
        entry = canonical.load(effect)
        if "release" in entry:
            pk, release_digest = entry["release"]
            signed[pk] = (release_digest, digest)
        windows |= {row[0]: row for row in entry.get("windows", [])}
    return signed, windows


def _release(release: Release, signed: dict[int, tuple[str, str]], windows: dict[int, Any]) -> Iterator[str]:
    name = f"release {release.article_id}/{release.number}"
    if canonical.digest(release.signed_text()) != release.digest:
        yield f"{name}: content does not match its digest"
    if signed.get(release.pk) != (release.digest, release.revision.digest):
        yield f"{name}: not what the chain says was signed"
    if canonical.load(canonical.dump(window(release))) != windows.get(release.pk):
        yield f"{name}: its window is not the one in the chain"
    yield from _signed_files(release, name)
    if release.page != release.on_card.get("path", ""):
        yield f"{name}: its page is not the one that was signed"
    if release.page:
        return  # search knows stories alone
    if not hasattr(release, "search_text") or release.search_text.text != shown(release):
        yield f"{name}: what search shows of it is not its text; run rebuild_search"
