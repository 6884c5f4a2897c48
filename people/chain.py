"""The one chain of signatures: add a link, check all of them.

A link's `record` is canonical JSON text of everything it says, with its number and the hash of the link
before it; `hash` is the SHA-256 of that text. One row, `ChainHead` 1, is locked to add a link and remembers
the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, connection
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from newsroom.lib import canonical
from people.models import ChainHead, Signature, User

SCHEMA = 1
NOTHING_BEFORE = "0" * 64
HEAD = 1  # the primary key of the one ChainHead


def append(
    subject: str,
    action: str,
    person: User | None,
    *,
    at: datetime,
    stage: str = "",
    digest: str = "",
    note: str = "",
    effect: dict[str, Any] | None = None,
    on_behalf_of: User | None = None,
) -> Signature:
    """Add a link to the chain and return it.

    Lock the subject's row first, then call this: everyone taking the two locks in that order cannot deadlock.
    The head stays locked until the transaction ends, so nothing slow may follow.
    `person` is None for what time alone did; `effect` holds only what canonical JSON can.
    Raises TransactionManagementError outside a transaction, ValueError for a naive time and for text with a
    NUL or half a character.
    """
    head = _head_to_extend()
    link = _linked(
        head,
        Signature(
            subject=subject,
            action=action,
            stage=stage,
            person=person,
            person_name=str(person or ""),
            on_behalf_of=on_behalf_of,
            on_behalf_of_name=str(on_behalf_of or ""),
            digest=digest,
            note=note,
            effect="" if effect is None else canonical.dump(effect),
            at=at,
        ),
    )
    link.save()
    head.save(update_fields=["sequence", "hash"])
    return link


def append_many(links: Iterable[Signature]) -> None:
    """`append` in a few queries, for a synthetic archive: unsaved links that lack nothing but their places.

    As `append` otherwise: inside a transaction, with the subjects' rows locked.
    """
    head = _head_to_extend()
    Signature.objects.bulk_create(_linked(head, link) for link in links)
    head.save(update_fields=["sequence", "hash"])


def _head_to_extend() -> ChainHead:
    if not connection.in_atomic_block:
        raise TransactionManagementError("a signature is part of the transaction it signs")
    return _locked_head()


def _linked(head: ChainHead, link: Signature) -> Signature:
    """The link behind the last one, which the head, not yet saved, then names."""
    link.sequence, link.previous = head.sequence + 1, head.hash or NOTHING_BEFORE
    link.record = canonical.dump(_content(link))
    link.hash = _sha256(link.record)
    head.sequence, head.hash = link.sequence, link.hash
    return link


def head() -> tuple[int, str]:
    """Number and hash of the last link as the head remembers them; (0, zeros) for an empty chain."""
    row = ChainHead.objects.filter(pk=HEAD).values_list("sequence", "hash").first()
    return (row[0], row[1] or NOTHING_BEFORE) if row else (0, NOTHING_BEFORE)


def verify() -> Iterator[str]:
    """Yield a sentence for each thing that does not match, from the first link on; nothing when all does.

    Takes the same small memory for any length and locks nothing. People may sign meanwhile: the links must
    reach the head seen before the walk and not go beyond the one seen after it.
    """
    before = head()
    last = (0, NOTHING_BEFORE)
    hash_at_head = last[1] if before[0] == 0 else ""
    for link in _readable_links():
        if link is None:
            yield _("签名链第 %(number)d 环之后有读不出的行。") % {"number": last[0]}
            return
        yield from _check_link(link, last)
        last = (link.sequence, link.hash)
        if link.sequence == before[0]:
            hash_at_head = link.hash
    after = head()
    if not before[0] <= last[0] <= after[0]:
        ends = {"last": last[0], "head": max(before[0], after[0])}
        yield _("签名链止于第 %(last)d 环，链头记的是第 %(head)d 环。") % ends
    elif hash_at_head != before[1] or (last[0] == after[0] and last[1] != after[1]):
        yield _("签名链第 %(number)d 环与链头记下的摘要不符。") % {"number": after[0]}


def _readable_links() -> Iterator[Signature | None]:
    """All links in order; None, and the end, at a row that was damaged until its columns cannot be read."""
    links = Signature.objects.order_by("sequence").iterator(chunk_size=100)
    while True:
        try:
            yield next(links)
        except StopIteration:
            return
        except (ValueError, TypeError, AttributeError, DatabaseError):  # what Django raises for such a column
            yield None
            return


def _check_link(link: Signature, last: tuple[int, str]) -> Iterator[str]:
    number = {"number": link.sequence}
    if _sha256(link.record) != link.hash:
        yield _("签名链第 %(number)d 环的内容与摘要不符。") % number
    if link.sequence != last[0] + 1:
        yield _("签名链第 %(last)d 环的下一环是第 %(number)d 环，中间有缺。") % {**number, "last": last[0]}
    elif link.previous != last[1]:
        yield _("签名链第 %(number)d 环接不上前一环。") % number
    for column in _differing_columns(link):
        yield _("签名链第 %(number)d 环的“%(column)s”栏与签名记录不符。") % {**number, "column": column}


def _differing_columns(link: Signature) -> list[str]:
    """Names of the columns that do not say what the signed record says."""
    try:
        signed = canonical.load(link.record)
    except (ValueError, RecursionError):
        return ["record"]
    if not isinstance(signed, dict):
        return ["record"]
    stored = _content(link)
    return [name for name in sorted(stored.keys() | signed.keys()) if stored.get(name) != signed.get(name)]


def _content(link: Signature) -> dict[str, Any]:
    """What is signed: every column but the record and its hash. The shape of schema 1, never to change."""
    return {
        "schema": SCHEMA,
        "sequence": link.sequence,
        "previous": link.previous,
        "subject": link.subject,
        "action": link.action,
        "stage": link.stage,
        "person": link.person_id,
        "person_name": link.person_name,
        "on_behalf_of": link.on_behalf_of_id,
        "on_behalf_of_name": link.on_behalf_of_name,
        "digest": link.digest,
        "note": link.note,
        "effect": link.effect,
        "at": canonical.load(canonical.dump(link.at)),
    }


def _locked_head() -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    row = heads.filter(pk=HEAD).first()
    if row is None:
        # Two may find it absent at once: one inserts, the other waits for him and then reads his row.
        ChainHead.objects.bulk_create([ChainHead(pk=HEAD)], ignore_conflicts=True)
        row = heads.get(pk=HEAD)
    return row


def _sha256(text: str) -> str:
    """Of any text, also of one that could never be signed: a damaged record is found, not stumbled on."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
