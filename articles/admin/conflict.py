"""Two people on one story: what each changed, side by side, so that nobody's words are lost.

Three texts meet: the version the form was opened with (base), the newest one (theirs) and what was typed
(mine). What only they changed is taken over; what both changed stays as typed until the person decides,
field by field.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from articles.admin import posted
from articles.admin.autosave import DIGEST
from articles.models import Article
from newsroom.lib import diff
from newsroom.lib.html_diff import Row, compare_html


@dataclass(frozen=True)
class Difference:
    """A field in which theirs and mine differ. `stands`: which of them the form holds."""

    field: str
    label: str | Promise
    theirs: SafeString
    mine: SafeString
    rows: list[Row]  # for the body: its changed blocks, theirs as old and mine as new
    both: bool  # both changed it, so the person must choose
    only: str  # who alone changed it: theirs or mine; empty if both did or nobody can tell
    stands: str  # theirs, mine or other


def merge(base: QueryDict | None, theirs: QueryDict, mine: QueryDict) -> QueryDict:
    """What was typed, with what only the others changed taken over."""
    merged = mine.copy()
    for field in posted.FIELDS:
        if field_differs(field, theirs, mine) and base is not None and not field_differs(field, base, mine):
            posted.copy(field, theirs, merged)
    return merged


def field_differs(field: str, one: QueryDict, other: QueryDict) -> bool:
    return posted.value(field, one) != posted.value(field, other)


def differences(
    base: QueryDict | None, theirs: QueryDict, mine: QueryDict, form: QueryDict
) -> list[Difference]:
    """Where theirs and mine differ, in the order of the form; `form` is what the fields now hold."""
    return [
        _difference(field, base, theirs, mine, form)
        for field in posted.FIELDS
        if field_differs(field, theirs, mine)
    ]


def _difference(
    field: str, base: QueryDict | None, theirs: QueryDict, mine: QueryDict, form: QueryDict
) -> Difference:
    if field_differs(field, form, theirs):
        stands = "other" if field_differs(field, form, mine) else "mine"
    else:
        stands = "theirs"
    touched = [
        name
        for name, text in (("theirs", theirs), ("mine", mine))
        if base is None or field_differs(field, base, text)
    ]
    changes = diff.compare(posted.words(field, theirs), posted.words(field, mine))
    rows = compare_html(posted.value(field, theirs), posted.value(field, mine)) if field == "body" else []
    return Difference(
        field=field,
        label=posted.label(field),
        theirs=diff.marked(changes, without="ins"),
        mine=diff.marked(changes, without="del"),
        rows=[row for row in rows if row.change != "same"],
        both=len(touched) == 2,
        only=touched[0] if len(touched) == 1 else "",
        stands=stands,
    )


def base_of(article: Article, digest: str) -> QueryDict | None:
    """The version of that digest as the form would have posted it, if there is one."""
    revision = (
        article.revisions.filter(digest=digest).order_by("-number").first()
        if DIGEST.fullmatch(digest)
        else None
    )
    return posted.from_content(revision.data) if revision else None
