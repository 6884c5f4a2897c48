"""What a page of the demo's papers prints, told in the words of a page's reading: to compare the two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.intake.pieces import Kind, Reading
from articles.intake.shape import clean, people, texts, value
from issues.composition.text import bylines, lede, printed
from issues.composition.told import heading
from people.credits import in_brackets

_WHITE = re.compile(r"\s|●")
_IDENTITY = {"reporter": "记者", "correspondent": "通讯员"}
_PARAGRAPHS = ("p", "li", "quote", "link", "verse")


@dataclass(frozen=True)
class Printed:
    """A story without white space. `named`: roles, outlets and names one after another, as they are printed;
    `subheads`: those of tables too."""

    headline: str
    kicker: str
    subheadline: str
    series: str
    lede: str
    note: str
    dateline: str
    named: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, ...]
    tables: tuple[str, ...]
    captions: tuple[tuple[str, str], ...]


def plain(text: str) -> str:
    """Without white space, and without the dot that only marks an item of a list."""
    return _WHITE.sub("", text)


def as_laid_out(placement: Mapping[str, Any]) -> Printed:
    """What the page was asked to print of a story, from the frozen placement."""
    story, style = placement["story"], placement["style"]
    content = story["content"]
    stack, series = heading(story), content["series"]
    pictures = style["pictures"] if style["picture"] != "none" else 0
    told = printed(story)
    return Printed(
        **{name: plain(stack[name]) for name in ("headline", "kicker", "subheadline")},
        series="·".join(part for part in (series["title"], content["instalment"]) if part) if series else "",
        lede=plain(lede(story)),
        note="".join(plain(block.text) for block in told if block.kind == "note"),
        dateline=content["dateline"],
        named="".join(_IDENTITY.get(b["identity"], "") + b["outlet"] + b["name"] for b in bylines(content)),
        paragraphs=tuple(_paragraphs(content, [b.text for b in told if b.kind in _PARAGRAPHS])),
        subheads=tuple(
            plain(block.caption or block.text)
            for block in told
            if block.caption or block.kind in ("h2", "h3")
        ),
        tables=tuple(plain(block.text.removeprefix(block.caption)) for block in told if block.table),
        captions=tuple((plain(p["caption"]), plain(p["credit"])) for p in content["photos"][:pictures]),
    )


def _paragraphs(content: Mapping[str, Any], blocks: list[str]) -> list[str]:
    """Without the names before the first and behind the last; a verse's lines one by one."""
    names = {
        place: in_brackets(one for one in bylines(content) if one["place"] == place)
        for place in ("dateline", "end")
    }
    lines = [plain(line) for block in blocks for line in block.split("\n")]
    if lines:
        lines[0] = lines[0].removeprefix(plain(content["dateline"] + names["dateline"]))
        lines[-1] = lines[-1].removesuffix(plain(names["end"]))
    return [line for line in lines if line]


def as_read(reading: Reading, group: int) -> Printed:
    said = people(texts(reading, group, Kind.BYLINE))
    roles = _IDENTITY.values()
    return Printed(
        headline=plain(value(reading, group, Kind.HEADLINE)),
        kicker=plain(value(reading, group, Kind.KICKER)),
        subheadline=plain(value(reading, group, Kind.SUBHEADLINE)),
        series=plain(value(reading, group, Kind.SERIES)),
        lede=plain(value(reading, group, Kind.LEDE)),
        note=plain(value(reading, group, Kind.NOTE)),
        dateline=plain(value(reading, group, Kind.DATELINE)),
        named="".join(plain(p.role * (p.role in roles) + p.outlet + p.name) for p in said),
        paragraphs=tuple(plain(text) for text in texts(reading, group, Kind.PARAGRAPH)),
        subheads=tuple(plain(text) for text in texts(reading, group, Kind.SUBHEAD)),
        tables=tuple(plain(text) for text in texts(reading, group, Kind.TABLE)),
        captions=_captions(reading, group),
    )


def _captions(reading: Reading, group: int) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for kind, pieces in reading.blocks(group, Kind.CAPTION, Kind.CREDIT):
        text = plain("".join(clean(kind, reading.text(piece)) for piece in pieces))
        if kind == Kind.CAPTION:
            found.append((text, ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + text)
    return tuple(found)
