"""Arranging the home page (首页编排): the one way in which its slots change, and what they are signed as.

An arrangement is no content: it says where signed stories stand, and `articles.making_up` shows of them what
readers may see. So it takes no signature of a stage; each change is a link of the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.checklist import Problem
from articles.models import FrontSheet, FrontSlot, Release
from articles.refusals import Conflict, NotAllowed, NotReady, check_person
from newsroom.lib import canonical
from people import chain
from people.models import Signature, User

SUBJECT = "front"
MOST_SLOTS = 60
SHEET = 1  # the primary key of the one FrontSheet

Key = tuple[str, int]  # place and article


def arrange(slots: Sequence[FrontSlot], by: User, seen: str, now: datetime) -> bool:
    """Let the home page have these slots and no others; whether anything changed.

    `slots` are unsaved; `seen` is the digest of the arrangement that the person changed. Raises NotAllowed,
    NotReady for slots that cannot be, and Conflict when somebody else arranged meanwhile; then nothing is
    changed.
    """
    check_person(by)
    if not rules.may_arrange_front(by):
        raise NotAllowed(_("首页由编辑来编排。"))
    check(slots)
    with transaction.atomic():
        sheet = _locked_sheet()
        standing = {_key(slot): slot for slot in FrontSlot.objects.all()}
        if digest(standing.values()) != seen:
            raise Conflict(_("%s刚刚改过首页编排，你的改动还没有保存。") % (sheet.set_by or _("别人")))
        if digest(slots) == seen:
            return False
        _check_stories(slots, standing.keys())
        _put(slots, standing, by, now)
        sheet.set_by, sheet.set_at = by, now
        sheet.save(update_fields=["set_by", "set_at"])
        chain.append(SUBJECT, "arrange", by, at=now, digest=digest(slots), effect={"front": told(slots)})
    return True


def told(slots: Iterable[FrontSlot]) -> list[list[Any]]:
    """The arrangement as the chain has it: place, story, order, from, until, in the order of the page."""
    rows = [[s.place, s.article_id, s.order, s.shown_from, s.shown_until] for s in slots]
    return sorted(rows, key=lambda row: (FrontSlot.Place.values.index(row[0]), row[2], row[1]))


def digest(slots: Iterable[FrontSlot]) -> str:
    return canonical.digest(canonical.dump(told(slots)))


def stands_as_recorded() -> bool:
    """Whether the arrangement is the one that the chain has last."""
    last = Signature.objects.about(SUBJECT).last()
    return digest(FrontSlot.objects.all()) == (last.digest if last else digest([]))


def check(slots: Sequence[FrontSlot]) -> None:
    """Raises NotReady for slots that no page can have, whatever stands in the database."""
    if len(slots) > MOST_SLOTS:
        raise NotReady([Problem("place", _("首页最多编排%d篇，请先移出几篇。") % MOST_SLOTS)])
    if len({_key(slot) for slot in slots}) < len(slots):
        raise NotReady([Problem("article", _("同一篇稿在一个位置上放了两次。"))])
    for slot in slots:
        try:
            slot.clean_fields(exclude=["article", "set_by", "set_at"])
            slot.clean()
        except ValidationError as refused:
            raise NotReady([Problem("place", sentence) for sentence in refused.messages]) from None


def _key(slot: FrontSlot) -> Key:
    return slot.place, slot.article_id


def _locked_sheet() -> FrontSheet:
    sheets = FrontSheet.objects.select_for_update()
    row = sheets.filter(pk=SHEET).first()
    if row is None:
        # Two may find it absent at once: one inserts, the other waits for him and then reads his row.
        FrontSheet.objects.bulk_create([FrontSheet(pk=SHEET)], ignore_conflicts=True)
        row = sheets.get(pk=SHEET)
    return row


def _check_stories(slots: Iterable[FrontSlot], standing: Iterable[Key]) -> None:
    """Raises NotReady for a story that is newly placed and never signed, and for a standing page."""
    had = {article for _place, article in standing}
    added = {slot.article_id for slot in slots} - had
    signed = set(Release.objects.filter(article__in=added, page="").values_list("article", flat=True))
    if added - signed:
        raise NotReady([Problem("article", _("没有签发过的稿件不能上首页。"))])


def _put(slots: Iterable[FrontSlot], standing: dict[Key, FrontSlot], by: User, now: datetime) -> None:
    """Write what differs; who set a slot that stays as it is remains."""
    wanted = {_key(slot): slot for slot in slots}
    same = {key for key, slot in wanted.items() if key in standing and told([slot]) == told([standing[key]])}
    FrontSlot.objects.filter(pk__in=[s.pk for key, s in standing.items() if key not in same]).delete()
    for key in wanted.keys() - same:
        wanted[key].set_by, wanted[key].set_at = by, now
    FrontSlot.objects.bulk_create(slot for key, slot in wanted.items() if key not in same)
