"""Lists of credits (署名) as papers print them, always in Chinese and always in the order given.

`line` joins them: `本报记者 甲 乙 通讯员 丙`, `通讯员 甲 记者 乙 摄`, `某某局供图`. A credit is a
`people.models.Credit` or a mapping with the keys identity, act, name and outlet; a missing one is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from people.models import Act, Identity

# Printed on paper, and part of what is signed: never translated.
ROLE_WORDS = {Identity.REPORTER.value: "记者", Identity.CORRESPONDENT.value: "通讯员"}
ACT_WORDS = {
    Act.TEXT.value: "文",
    Act.PHOTO.value: "摄",
    Act.COURTESY.value: "供图",
    Act.GRAPHICS.value: "制图",
}


class Printed(NamedTuple):
    """Someone as printed: the role with the outlet before it, the name, and what the person did."""

    role: str
    name: str
    institution: bool
    acts: tuple[str, ...]

    @property
    def words(self) -> str:
        """What the acts print; nothing for the text alone."""
        return "" if self.acts == (Act.TEXT.value,) else "/".join(ACT_WORDS[act] for act in self.acts)


def line(named: Iterable[Any]) -> str:
    """The whole list on one line; empty for no credits.

    A role is printed once for neighbours who share it, and an act once, after the last of the neighbours who
    did it: `通讯员 甲 记者 乙 摄` says both took the picture. 文 is printed only where the same list names
    other acts, because `记者 甲 通讯员 乙 摄` would credit the writer with the picture.
    """
    people = _merged(named)
    mixed = len({person.acts for person in people}) > 1
    parts = []
    for _acts, group in groupby(people, key=lambda person: person.acts):
        did_it = list(group)
        words = did_it[-1].words or (ACT_WORDS[Act.TEXT.value] if mixed else "")
        parts.append(_names(did_it) + _act(words, did_it[-1]))
    return " ".join(parts)


def in_brackets(named: Iterable[Any]) -> str:
    """As behind a dateline, `（记者 甲 通讯员 乙）`; empty for no credits."""
    text = line(named)
    return f"（{text}）" if text else ""


def _names(people: list[Printed]) -> str:
    words: list[str] = []
    for role, group in groupby(people, key=lambda person: person.role):
        words += [role] if role else []
        words += [person.name for person in group]
    return " ".join(words)


def _act(words: str, last: Printed) -> str:
    """Set solid behind an institution, and 供图 behind a bare name (某某局制图, 受访者供图); else spaced."""
    solid = last.institution or (not last.role and last.acts == (Act.COURTESY.value,))
    return words if solid or not words else f" {words}"


def _merged(named: Iterable[Any]) -> list[Printed]:
    """Without the empty ones; neighbours of one name and role become one person with several acts."""
    people: list[Printed] = []
    for credit in named:
        name, outlet = _text(credit, "name"), _text(credit, "outlet")
        identity, act = _text(credit, "identity"), _text(credit, "act")
        role_word = ROLE_WORDS.get(identity, "")
        if not (name or outlet):
            continue
        printed = Printed(
            role=f"{outlet}{role_word}" if name and role_word else (outlet if name else ""),
            name=name or outlet,
            institution=identity == Identity.INSTITUTION.value,
            acts=(act if act in ACT_WORDS else Act.TEXT.value,),
        )
        if people and people[-1][:3] == printed[:3] and printed.acts[0] not in people[-1].acts:
            people[-1] = people[-1]._replace(acts=people[-1].acts + printed.acts)
        else:
            people.append(printed)
    return people


def _text(credit: Any, key: str) -> str:
    value = credit.get(key) if isinstance(credit, Mapping) else getattr(credit, key, "")
    return str(value or "").strip()
