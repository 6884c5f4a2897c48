"""Names as they were read, as rows of credits. What the bureau has no word for stands before the name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.intake.text.names import COURTESY, PHOTOGRAPHER, Person
from people.models import Act, Identity, Reporter

Row = dict[str, Any]  # identity, act, name, outlet; and reporter, once looked up
LONGEST = 60  # of a name, and of an outlet
_IDENTITIES = (("通讯员", Identity.CORRESPONDENT), ("记者", Identity.REPORTER))
#: Roles that the act says already, or that no list prints.
_SILENT = {"", "作者", PHOTOGRAPHER, COURTESY, "供稿", "制图", "绘图"}
_ACTS = {
    "文": (Act.TEXT,),
    "摄": (Act.PHOTO,),
    "图": (Act.PHOTO,),
    "文/图": (Act.TEXT, Act.PHOTO),
    "摄影报道": (Act.TEXT, Act.PHOTO),
    "供图": (Act.COURTESY,),
    "制图": (Act.GRAPHICS,),
    "绘图": (Act.GRAPHICS,),
    PHOTOGRAPHER: (Act.PHOTO,),
}


def rows_of(people: Iterable[Person], usual: Act = Act.TEXT) -> list[Row]:
    """A row for each name and act, in order; `usual` is the act of whose act isn't said.

    文/图 is two rows. A role that is no identity of ours (实习生, 特约评论员) is kept as the outlet's end,
    which prints it where it stood.
    """
    return [row for person in people for row in _rows(person, usual)]


def fits(row: Row) -> bool:
    return len(row["name"]) <= LONGEST and len(row["outlet"]) <= LONGEST


def with_reporters(rows: list[Row]) -> list[Row]:
    """Each row with whom of the bureau it names, where only one active person has the name."""
    known: dict[str, list[Reporter]] = {}
    names = {row["name"] for row in rows}
    for reporter in Reporter.objects.filter(name__in=names, is_active=True):
        known.setdefault(reporter.name, []).append(reporter)
    return [row | {"reporter": _only(known.get(row["name"], []))} for row in rows]


def _rows(person: Person, usual: Act) -> list[Row]:
    identity, outlet = _identity(person)
    acts = _ACTS.get(person.act) or _ACTS.get(person.role) or (usual,)
    row = {"identity": identity.value, "name": person.name, "outlet": outlet}
    return [row | {"act": act.value} for act in acts]


def _identity(person: Person) -> tuple[Identity, str]:
    for word, identity in _IDENTITIES:
        if word in person.role:
            return identity, person.outlet + person.role.replace(word, "", 1)
    if person.act in (COURTESY, "供稿", "制图") and len(person.name) > 4:
        return Identity.INSTITUTION, person.outlet
    return Identity.NONE, person.outlet + ("" if person.role in _SILENT else person.role)


def _only(found: list[Reporter]) -> Reporter | None:
    return found[0] if len(found) == 1 else None
