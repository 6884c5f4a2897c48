"""Proofreaders' marks on a proof (批注): 未改 → 已改 → 已核红, the last by someone else than who changed it,
on a proof made since.

A mark lies on a place of the page's picture, in thousandths of it; which box and story lie under it is taken
from the proof's own content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles import proofreading
from articles.checklist import Problem
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import rules
from issues.formats import share
from issues.models import Mark, Page, Placement, Proof
from people.models import User

Status = Mark.Status
LONGEST = 2000
SMALLEST = 4  # thousandths: a click without a drag


@dataclass(frozen=True)
class Place:
    """In thousandths of the page's width and height."""

    x: int
    y: int
    width: int = 0
    height: int = 0

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Correction:
    """`where` is a field of the story, or a block of its body: see `articles.proofreading.correct`."""

    before: str
    after: str
    where: str = ""


def make(
    proof: Proof,
    by: User,
    text: str,
    now: datetime,
    place: Place | None = None,
    box: int | None = None,
    correction: Correction | None = None,
) -> Mark:
    """Put a mark on the newest proof of a page that is not signed off.

    Without a place it is about the whole box, the placement `box`; without either, about the whole page.
    A correction changes the story at once, so that mark is 已改 from the beginning. Raises NotAllowed,
    NotReady or Conflict with a sentence, and then nothing has changed.
    """
    text = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        _check(proof, by)
        boxes, form = proof.data["placements"], proof.data["page"]["format"]
        under = box_under(boxes, form, place, box)
        if place is None and under:
            place = Place(*area(under, form))
        if not text and correction is None:
            raise NotReady([Problem("text", _("请写下要改什么。"))])
        mark = Mark(
            page_id=proof.page_id,
            proof=proof,
            placement=Placement.objects.filter(pk=under["id"]).first() if under else None,
            article_id=under["story"]["article"] if under and under["story"] else None,
            text=text,
            made_by=by,
            made_at=now,
            **_inside(place or Place(0, 0)),
        )
        if correction:
            _correct(mark, by, correction, now)
        _clean(mark)
        mark.save()
    return mark


def change(mark: Mark, by: User, now: datetime) -> None:
    """改好了. Whoever makes or reads pages may say so."""
    _move(mark, by, {Status.OPEN}, Status.CHANGED, changed_by=by, changed_at=now)


def check(mark: Mark, by: User, now: datetime) -> None:
    """核红: put right indeed, says someone else than who changed it, on a proof made after the change."""
    _move(mark, by, {Status.CHANGED}, Status.CHECKED, checked_by=by, checked_at=now)


def reopen(mark: Mark, by: User, now: datetime) -> None:
    """改错了: to be changed (again)."""
    gone = {"changed_by": None, "changed_at": None, "checked_by": None, "checked_at": None}
    _move(mark, by, {Status.CHANGED, Status.CHECKED}, Status.OPEN, **gone)


def with_proof(marks: QuerySet[Mark]) -> QuerySet[Any]:
    """Each with `is_proofed`: whether a proof made after its change lies there to be read."""
    later = Proof.objects.filter(
        page=OuterRef("page"), masks=None, state=Proof.State.READY, created_at__gt=OuterRef("changed_at")
    )
    return marks.annotate(is_proofed=Exists(later))


def drop(mark: Mark, by: User) -> None:
    """Take back a mark of one's own that nobody has acted upon."""
    with transaction.atomic():
        current = _lock(mark, by)
        if current.made_by_id != by.pk:
            raise NotAllowed(_("批注由写的人自己撤回。"))
        if current.status != Status.OPEN:
            raise Conflict(_("这处批注已经改过，不能撤回了。"))
        current.delete()


def box_under(
    boxes: list[dict[str, Any]], form: dict[str, Any], place: Place | None, box: int | None = None
) -> dict[str, Any] | None:
    """The frozen placement a mark is about: the one named, else the smallest under the place's middle."""
    if box is not None:
        return next((one for one in boxes if one["id"] == box), None)
    if place is None:
        return None
    x, y = place.middle
    found = []
    for one in boxes:
        left, top, width, height = area(one, form)
        if left <= x <= left + width and top <= y <= top + height:
            found.append((width * height, one["id"], one))
    return min(found, default=(0, 0, None), key=lambda each: each[:2])[2]


def area(box: dict[str, Any], form: dict[str, Any]) -> list[int]:
    """The frozen placement's [x, y, width, height] in thousandths of the page."""
    return share(form, box["col"], box["row"], box["cols"], box["rows"])


def _correct(mark: Mark, by: User, correction: Correction, now: datetime) -> None:
    if mark.article is None:
        raise NotReady([Problem("before", _("这里不是稿件。要改的是版面自己的文字，请只写批注。"))])
    proofreading.correct(mark.article, by, correction.before, correction.after, now, correction.where)
    mark.before, mark.after = correction.before, correction.after
    mark.status, mark.changed_by, mark.changed_at = Status.CHANGED, by, now


def _check(proof: Proof, by: User) -> None:
    if not rules.may_mark(by):
        raise NotAllowed(_("批注由校对、版面编辑和编辑来写。"))
    page = Page.objects.select_for_update(of=("self",)).get(pk=proof.page_id)
    if page.status == Page.Status.SIGNED:
        raise Conflict(_("%s已签样。要改，请编辑先退回改版。") % page.label)
    newest = page.proofs.filter(masks=None).order_by("-number").values_list("pk", flat=True).first()
    if newest != proof.pk:
        raise Conflict(_("已经出了新样，请在新样上批注。"))


def _lock(mark: Mark, by: User) -> Mark:
    if not rules.may_mark(by):
        raise NotAllowed(_("批注由校对、版面编辑和编辑来处理。"))
    page = Page.objects.select_for_update(of=("self",)).get(pk=mark.page_id)
    if page.status == Page.Status.SIGNED:
        raise Conflict(_("%s已签样，批注不能再动。") % page.label)
    current = Mark.objects.filter(pk=mark.pk).first()
    if current is None:
        raise Conflict(_("这处批注已被撤回。"))
    return current


def _move(mark: Mark, by: User, leaves: set[Status], to: Status, **columns: Any) -> None:
    """The passed instance is refreshed."""
    with transaction.atomic():
        current = _lock(mark, by)
        if current.status not in leaves:
            raise Conflict(_("这处批注现在是“%s”，刚被别人处理过。") % current.get_status_display())
        if to == Status.CHECKED and not rules.may_check(by, current):
            raise NotAllowed(_("这处是你改的，核红要由另一位来做。"))
        if to == Status.CHECKED and not with_proof(Mark.objects.filter(pk=mark.pk)).get().is_proofed:
            raise NotReady([Problem("proof", _("先重新出样，在新样上核红。"))])
        Mark.objects.filter(pk=mark.pk).update(status=to, **columns)
    mark.refresh_from_db()


def _inside(place: Place) -> dict[str, int]:
    """The place within the page; a click is a point."""
    x, y = min(max(place.x, 0), 1000), min(max(place.y, 0), 1000)
    width, height = min(max(place.width, 0), 1000 - x), min(max(place.height, 0), 1000 - y)
    if max(width, height) < SMALLEST:
        width = height = 0
    return {"x": x, "y": y, "width": width, "height": height}


def _clean(mark: Mark) -> None:
    if len(mark.text) > LONGEST:
        raise NotReady([Problem("text", _("批注最多%d个字。") % LONGEST)])
    checked = {"before", "after", *(["text"] if mark.text else [])}
    try:
        mark.clean_fields(exclude=[f.name for f in Mark._meta.fields if f.name not in checked])
    except ValidationError as wrong:
        raise NotReady([Problem("text", sentence) for sentence in wrong.messages]) from wrong
