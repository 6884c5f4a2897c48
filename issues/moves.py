"""What is asked of a page's boxes, and how they would stand then. No database.

A change is {"id", "from", "to"}: a box by its primary key ("new-…" or "was-…" for one that is made now,
"page" for the page's own settings), the fields as they were seen, the fields as they are wanted
(`issues.boxes`). `from` null makes the box, `to` null takes it off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.workflow import WorkflowError
from issues.boxes import FIELDS, FIXED, GEOMETRY, PAGE_FIELDS, Field, State, filled, key

MOST_CHANGES = 200
PAGE = "page"  # stands for a box's id where the page's own settings change
GONE = "gone"  # stands for a field where a box was taken off

Key = int | str
States = dict[Key, State]


class Refused(WorkflowError):
    """What is asked cannot be, or cannot even be understood. Nothing was changed."""


@dataclass(frozen=True)
class Change:
    id: Key
    seen: State | None
    wanted: State | None


@dataclass(frozen=True)
class Taken:
    """A field that is no longer as it was seen; GONE of a box that is no longer there."""

    id: Key
    field: str
    now: Any


def read(changes: Any) -> list[Change]:
    """The changes from whatever JSON came, every value of a kind and size that can be. Raises Refused."""
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise _puzzled()
    found = [_change(one) for one in changes]
    if len({change.id for change in found}) < len(found):
        raise Refused(_("同一个版块在一次改动里出现了两回。"))
    return found


def _puzzled() -> Refused:
    return Refused(_("没有看懂送来的改动。"))


def _change(given: Any) -> Change:
    if not isinstance(given, dict) or given.keys() != {"id", "from", "to"}:
        raise _puzzled()
    change = Change(given["id"], given["from"], given["to"])
    if change.id != PAGE and not key(change.id):
        raise _puzzled()
    seen, wanted = change.seen, change.wanted
    for state in (seen, wanted):
        _check_values(state, PAGE_FIELDS if change.id == PAGE else FIELDS)
    if change.id != PAGE and isinstance(change.id, str):
        complete = seen is None and wanted is not None and wanted.keys() >= {"kind", *GEOMETRY}
    elif wanted is None:
        complete = seen is not None and change.id != PAGE
    else:
        complete = seen is not None and seen.keys() >= wanted.keys()
    if not complete:
        raise _puzzled()
    return change


def _check_values(state: Any, known: dict[str, Field]) -> None:
    if state is None:
        return
    if not isinstance(state, dict) or not state.keys() <= known.keys():
        raise _puzzled()
    for name, value in state.items():
        if not known[name].check(value):
            raise Refused(_("“%s”的内容不对：太长、超出范围，或有不能印的字符。") % known[name].label)


def planned(page: int, before: States, changes: Iterable[Change]) -> tuple[States, list[Taken]]:
    """How the boxes stand after the changes, and what is not as it was seen. `page`: of new boxes."""
    after = {one: dict(state) for one, state in before.items()}
    taken: list[Taken] = []
    for change in changes:
        if change.seen is None:
            after[change.id] = filled(change.wanted or {}, page)
            continue
        stands = before.get(change.id)
        if stands is None:
            taken.append(Taken(change.id, GONE, None))
            continue
        taken += [
            Taken(change.id, name, stands[name])
            for name, value in change.seen.items()
            # Who asks twice, as the answer got lost on the way, finds it done.
            if stands[name] not in (value, (change.wanted or change.seen).get(name, value))
        ]
        if change.wanted is None:
            del after[change.id]
        elif any(name in FIXED and stands[name] != value for name, value in change.wanted.items()):
            raise Refused(_("版块的种类和所在的版不能改，请另加一个。"))
        else:
            after[change.id] |= change.wanted
    _follow(before, after)
    return after, taken


def _follow(before: States, after: States) -> None:
    """What follows of itself for text that goes on: it closes up over a box taken off, with its cuts and its
    headline; and where a box gets another story, so do those it goes on in."""
    boxes = {one: state for one, state in after.items() if one != PAGE}
    for state in boxes.values():
        while state["continues"] in before and state["continues"] not in after:
            gone = before[state["continues"]]
            if gone["continues"] is None:
                state["stack"], state["cuts"] = state["stack"] or gone["stack"], state["cuts"] or gone["cuts"]
            state["continues"] = gone["continues"]
    for state in boxes.values():
        head = _head(state, boxes)
        if head in before and before[head]["article"] != boxes[head]["article"]:
            state["article"] = boxes[head]["article"]


def _head(state: State, boxes: States) -> Key | None:
    """Where the text of that box begins; None where it begins there itself."""
    head = None
    for _step in boxes:
        if state["continues"] not in boxes:
            break
        head, state = state["continues"], boxes[state["continues"]]
    return head
