"""The record of outside addresses: the one place where its rows change. Nothing is ever deleted."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.checklist import Problem
from articles.facts import facts_of
from articles.models import Article, OutsideAddress, Release
from articles.refusals import Conflict, NotAllowed, NotReady
from newsroom.lib.html import link
from newsroom.lib.text import clean_line
from people.models import User

MISTAKEN = "mistaken"
MARKS = (*OutsideAddress.Outcome.values, MISTAKEN)


def add(
    article: Article, by: User, now: datetime, *, outlet: str, url: str, name: str = "", note: str = ""
) -> OutsideAddress:
    """Record an address. Raises NotAllowed, or NotReady with what is wrong, field by field."""
    if not rules.may_record_outside(by, facts_of(article, now)):
        raise NotAllowed(_("站外地址由编辑和稿件的作者登记。"))
    release = sent(article)
    if release is None:
        raise NotReady([Problem("outlet", _("签发过的稿件才有站外地址。"))])
    made = OutsideAddress(
        article=article,
        release=release,
        outlet=outlet,
        name=name.strip(),
        url=link(url.strip()) or url,
        note=note.strip(),
        at=now,
        by=by,
    )
    try:
        for words in (made.name, made.note):
            clean_line(words)
        made.full_clean(exclude=["article", "release", "by"])
    except ValidationError as refused:
        found = refused.message_dict if hasattr(refused, "error_dict") else {"note": refused.messages}
        raise NotReady([Problem(f, words) for f, said in found.items() for words in said]) from None
    made.save()
    return made


def mark(address: OutsideAddress, by: User, mark: str, now: datetime) -> None:
    """Say that the copy is cleared or updated, or that the record is a mistake. Raises WorkflowErrors."""
    if not rules.may_handle_outside(by, address.by_id):
        raise NotAllowed(_("站外地址由编辑和登记人来处理。"))
    if mark not in MARKS:
        raise NotReady([Problem("mark", _("没有这个操作。"))])
    changed = (
        {"mistaken_at": now, "mistaken_by": by}
        if mark == MISTAKEN
        else {"handled_at": now, "handled_by": by, "outcome": mark}
    )
    with transaction.atomic():
        open_ones = OutsideAddress.objects.standing().exclude(outcome=OutsideAddress.Outcome.CLEARED)
        if not open_ones.filter(pk=address.pk).update(**changed):
            raise Conflict(_("这一条已由别人处理过。"))
    address.refresh_from_db()


def sent(article: Article) -> Release | None:
    """The release that copies were made of: the newest that was signed, whatever became of it."""
    return Release.objects.filter(article=article).order_by("-number").first()


def copied(article: Article, now: datetime) -> Release | None:
    """The release to copy from now: what readers see, else what is signed and not yet due."""
    releases = Release.objects.filter(article=article)
    return releases.visible(now).last() or releases.pending(now).last()
