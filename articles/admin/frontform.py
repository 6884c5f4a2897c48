"""The arrangement of the home page as it is posted: a row a slot, and the story that is being added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import Moment
from articles.front import MOST_SLOTS
from articles.models import FrontSlot
from articles.models.front import HIGHEST_ORDER
from newsroom.lib.text import read_number

PREFIX = "slots"
YEARS = range(2000, 2200)
DIGITS = 18  # of the largest key
_FIELDS = ("place", "order", "shown_from", "shown_until")


class Hour(Moment):
    """A moment within the years that a page may be arranged for; clocks overflow at the ends of time."""

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value)
        except OverflowError:
            found = None
        if value and (found is None or found.year not in YEARS):
            raise forms.ValidationError(_("时间写得不对。"))
        return found


class SlotForm(forms.Form):
    article = forms.IntegerField(min_value=1, max_value=10**DIGITS - 1, widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("位置"), choices=FrontSlot.Place.choices)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=HIGHEST_ORDER)
    shown_from = Hour(label=_("起"), required=False)
    shown_until = Hour(label=_("止"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self:
            if bound.name != "article":
                bound.field.widget.attrs["aria-describedby"] = f"{bound.auto_id}-story"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends = said.get("shown_from"), said.get("shown_until")
        if begins and ends and ends <= begins:
            self.add_error("shown_until", _("止须在起之后。"))
        return said

    @property
    def removed(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))


if TYPE_CHECKING:
    _Rows = forms.BaseFormSet["SlotForm"]
else:
    _Rows = forms.BaseFormSet


class SlotFormSet(_Rows):
    def add_fields(self, form: SlotForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("移出")

    def clean(self) -> None:
        """A story has one place of a kind."""
        seen: set[tuple[str, int]] = set()
        for slot in self.slots():
            if (slot.place, slot.article_id) in seen:
                raise forms.ValidationError(_("同一篇稿在一个位置上放了两次。"))
            seen.add((slot.place, slot.article_id))

    def slots(self) -> list[FrontSlot]:
        """What the rows that are right ask for, unsaved."""
        asked = [form.cleaned_data for form in self.forms if form.is_valid() and not form.removed]
        return [
            FrontSlot(article_id=said["article"], **{name: said[name] for name in _FIELDS})
            for said in asked
            if "article" in said
        ]


Rows: Any = forms.formset_factory(
    SlotForm, SlotFormSet, extra=0, can_delete=True, max_num=MOST_SLOTS, validate_max=True,
    absolute_max=MOST_SLOTS + 1,
)  # fmt: skip


def unchanged(slots: Iterable[FrontSlot]) -> SlotFormSet:
    rows = [{name: getattr(slot, name) for name in _FIELDS} | {"article": slot.article_id} for slot in slots]
    found: SlotFormSet = Rows(initial=rows, prefix=PREFIX)
    return found


def posted(data: QueryDict) -> SlotFormSet:
    found: SlotFormSet = Rows(data=_with_added(data), prefix=PREFIX)
    return found


class MomentForm(forms.Form):
    """For which moment the preview is; empty for now."""

    at = Hour(label=_("预览的时刻"), required=False)


def _with_added(data: QueryDict) -> QueryDict:
    """With a row more for the story of `add` in the place of `to`: a lead before the others, else last."""
    article = read_number(data.get("add", ""), DIGITS)
    total = read_number(data.get(f"{PREFIX}-TOTAL_FORMS", ""), 3)
    place = data.get("to", "")
    if not article or total is None or total >= MOST_SLOTS or place not in FrontSlot.Place.values:
        return data
    grown = data.copy()
    same = [n for n in range(total) if data.get(f"{PREFIX}-{n}-place") == place]
    orders = {n: read_number(data.get(f"{PREFIX}-{n}-order", ""), 3) or 0 for n in same}
    order = max(orders.values(), default=0) + 1
    if place == FrontSlot.Place.LEAD:
        order = 1
        for n, standing in orders.items():
            grown[f"{PREFIX}-{n}-order"] = str(min(standing + 1, HIGHEST_ORDER))
    row = {"article": article, "place": place, "order": min(order, HIGHEST_ORDER)}
    for name, value in row.items():
        grown[f"{PREFIX}-{total}-{name}"] = str(value)
    grown[f"{PREFIX}-TOTAL_FORMS"] = str(total + 1)
    return grown
