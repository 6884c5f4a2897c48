"""What people do to a page's layout: small changes (`issues.moves`), each over exactly what its maker saw.

Changes of other boxes, and of other fields of the same box, merge by themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.workflow import Conflict, NotAllowed
from issues import moves, rules
from issues.boxes import FIELDS, PAGE_FIELDS, PLAIN, State, page_state, state_of, style_in
from issues.layout_checks import Layout
from issues.models import Edit, Page, Placement
from issues.moves import GONE, PAGE, Key, Refused, States, Taken
from media.models import Photo
from people.models import User

__all__ = ["Edited", "Overtaken", "Refused", "apply"]

SEARCHED = 50  # edits that are looked through for who was first


class Overtaken(Conflict):
    """Somebody else was first. `taken`: what is not as it was seen."""

    def __init__(self, sentence: str, taken: list[Taken]) -> None:
        self.taken = taken
        super().__init__(sentence)


@dataclass(frozen=True)
class Edited:
    """`undo`: the changes that bring back what was, all that followed of itself included.

    `ids`: the primary keys of the boxes made, by what the client called them.
    """

    undo: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def apply(page: Page, by: User, changes: Any, now: datetime) -> Edited:
    """Make the changes (whatever JSON came) on the page, in one transaction that holds the issue's pages.

    Raises NotAllowed, Overtaken (Conflict) or Refused with a sentence, and then nothing has changed.
    """
    wanted = moves.read(changes)
    try:
        with transaction.atomic():
            return _Edit(page, by, now).make(wanted)
    except IntegrityError:
        raise Overtaken(_("刚有别人改了版面，这一步没有做成。请再试一次。"), []) from None


class _Edit:
    """One edit under way, inside its transaction."""

    def __init__(self, page: Page, by: User, now: datetime) -> None:
        self.by, self.now = by, now
        # Text goes on from one page to another: all of the issue are held, in one order.
        held = Page.objects.select_for_update(of=("self",)).select_related("issue")
        self.pages = {one.pk: one for one in held.filter(issue=page.issue_id).order_by("number")}
        self.page = self.pages[page.pk]
        boxes = Placement.objects.filter(page__in=self.pages).select_related("photo").order_by("pk")
        self.rows = {box.pk: box for box in boxes}
        self.before: States = {pk: state_of(row) for pk, row in self.rows.items()}
        self.before[PAGE] = page_state(self.page)

    def make(self, wanted: list[moves.Change]) -> Edited:
        self.after, taken = moves.planned(self.page.pk, self.before, wanted)
        if taken:
            raise Overtaken(self._overtaken(taken), taken)
        names = {**self.before, **self.after}
        self.touched = [one for one in names if self.before.get(one) != self.after.get(one)]
        if not self.touched:
            return Edited()
        for number in {self._page_of(one) for one in self.touched}:
            self._check_person(self.pages.get(number))
        self._check_layout()
        self._write()
        self._tell()
        made = {one: pk for one, pk in self.ids.items() if isinstance(one, str)}
        return Edited([self._inverse(one) for one in self.touched], made)

    def _page_of(self, one: Key) -> int:
        state = self.after.get(one) or self.before[one]
        number: int = state.get("page", self.page.pk)
        return number

    # Refusing

    def _overtaken(self, taken: list[Taken]) -> str:
        """《大桥通车》的“位置或大小”刚被乔一帆改过。"""
        first = taken[0]
        fields = {one.field for one in taken if one.id == first.id}
        page = (
            self.page if first.field == GONE else self.pages[self.before[first.id].get("page", self.page.pk)]
        )
        edits = page.edits.select_related("by")[:SEARCHED]
        who = next((str(e.by) for e in edits if fields & {*e.boxes.get(str(first.id), ())}), _("别人"))
        if first.field == GONE:
            return _("这个版块刚被%s撤下，你的改动没有做成。") % who
        state = self.before[first.id]
        known = PAGE_FIELDS if first.id == PAGE else FIELDS
        name = _("本版") if first.id == PAGE else Layout.of([page], [state], self.now).name(state)
        said = {"name": name, "what": known[first.field].label, "who": who}
        return _("%(name)s的“%(what)s”刚被%(who)s改过，你的改动没有做成。请看过再改。") % said

    def _check_person(self, page: Page | None) -> None:
        if page is None:
            raise Refused(_("没有这一版。"))
        if rules.may_compose(self.by, page):
            return
        if rules.may_edit_issues(self.by):
            raise NotAllowed(_("%s已签样，不能再动。要改版，请先退回改版。") % page.label)
        raise NotAllowed(_("拼版由版面编辑或编辑来做。"))

    def _check_layout(self) -> None:
        """Refuse what would be wrong and was not before: old faults keep nobody from mending others."""
        was = {one: state for one, state in self.before.items() if one != PAGE}
        will = {one: state for one, state in self.after.items() if one != PAGE}
        layout = Layout.of(self.pages.values(), [*was.values(), *will.values()], self.now)
        for one, state in will.items():
            if state != was.get(one) and (missing := layout.missing(state)):
                raise Refused(missing)
        if new := Counter(layout.problems(will)) - Counter(layout.problems(was)):
            raise Refused(" ".join(new))

    # Writing

    def _write(self) -> None:
        """Write the touched boxes. `ids`: their primary keys by what the states call them."""
        before, after, touched = self.before, self.after, self.touched
        boxes = [one for one in touched if one != PAGE and one in after]
        photos = Photo.objects.filter(public_id__in={after[one]["photo"] for one in boxes})
        known = dict(photos.values_list("public_id", "pk"))
        # A box is followed by one other at most: all let go before any takes hold anew.
        moved = [one for one in boxes if (before.get(one) or {}).get("continues") != after[one]["continues"]]
        Placement.objects.filter(pk__in=[one for one in moved if one in before]).update(continues=None)
        Placement.objects.filter(pk__in=[one for one in self.rows if one not in after]).delete()
        self.ids: dict[Key, int] = {pk: pk for pk in self.rows}
        for one in boxes:
            row = self.rows[one] if isinstance(one, int) else Placement()
            state = after[one]
            for name in PLAIN:
                setattr(row, name, state[name])
            row.page_id, row.article_id = state["page"], state["article"]
            row.photo_id, row.style = known.get(state["photo"]), style_in(state)
            if one in moved:
                row.continues_id = None
            row.save()
            self.ids[one] = row.pk
        for one in moved:
            if (goes_on := after[one]["continues"]) is not None:
                Placement.objects.filter(pk=self.ids[one]).update(continues=self.ids[goes_on])
        if PAGE in touched:
            for name, value in after[PAGE].items():
                setattr(self.page, name, value)
            self.page.save(update_fields=[*PAGE_FIELDS])

    def _tell(self) -> None:
        """Remember who changed what, page by page."""
        told: dict[int, dict[str, list[str]]] = {}
        for one in self.touched:
            was, will = self.before.get(one, {}), self.after.get(one)
            fields = [GONE] if will is None else [name for name in will if was.get(name) != will[name]]
            told.setdefault(self._page_of(one), {})[str(self.ids.get(one, one))] = fields
        for number, boxes in told.items():
            Edit.record(self.pages[number], self.by, self.now, boxes)

    def _inverse(self, one: Key) -> dict[str, Any]:
        was, will = self.before.get(one), self.after.get(one)
        if was is None:
            return {"id": self.ids[one], "from": self._present(will or {}), "to": None}
        if will is None:
            return {"id": f"was-{one}", "from": None, "to": self._past(was)}
        names = [name for name in will if was[name] != will[name]]
        seen, wanted = ({name: state[name] for name in names} for state in (will, was))
        return {"id": one, "from": self._present(seen), "to": self._past(wanted)}

    def _present(self, state: State) -> State:
        """With the other box by its primary key."""
        before = state.get("continues")
        return state if before is None else state | {"continues": self.ids[before]}

    def _past(self, state: State) -> State:
        """With the other box by the name under which it comes back, where it was taken off."""
        before = state.get("continues")
        return state if before is None or before in self.after else state | {"continues": f"was-{before}"}
