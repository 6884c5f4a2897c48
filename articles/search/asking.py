"""A search as an address has it, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.dateparse import parse_date
from django.utils.http import urlencode

from articles.models import Section
from articles.search import words

LONGEST = 100
# What no database or page can carry.
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_REGION = re.compile("[0-9]{6}(?:[0-9]{3})?")
_NUMBER = re.compile("[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. `start` and `end` are days of the bureau, both included.

    `doubts` are sentences for the reader: what was left out, and why. `unknown`: something is named that
    there is not, so nothing can be found.
    """

    q: str = ""
    section: Section | None = None
    region: str = ""
    reporter: str = ""
    start: date | None = None
    end: date | None = None
    by_date: bool = False
    unknown: bool = False
    doubts: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, query: Mapping[str, str], sections: Iterable[Section]) -> Asked:
        """From the address; what cannot be read is said in `doubts`."""
        doubts: list[str] = []
        typed, slug = query.get("q", ""), _line(query.get("section", ""))
        section = next((section for section in sections if section.slug == slug), None)
        region, reporter = _line(query.get("region", "")), _line(query.get("reporter", ""))
        wrong = []
        wrong += [f"没有“{slug}”这个频道。"] if slug and not section else []
        wrong += ["地区的代码应是六位或九位数字。"] if region and not _REGION.fullmatch(region) else []
        wrong += ["没有这位记者。"] if reporter and not _NUMBER.fullmatch(reporter) else []
        if len(typed.strip()) > LONGEST:
            doubts.append(f"字太多，只按前{LONGEST}个字查找。")
        start, end = (_day(query.get(name, ""), doubts) for name in ("from", "to"))
        if start and end and start > end:
            start, end = end, start
            doubts.append("起止日期颠倒了，已对调。")
        return cls(
            q=_line(typed),
            section=section,
            region=region if _REGION.fullmatch(region) else "",
            reporter=reporter if _NUMBER.fullmatch(reporter) else "",
            start=start,
            end=end,
            by_date=query.get("sort") == "date",
            unknown=bool(wrong),
            doubts=(*wrong, *doubts),
        )

    @cached_property
    def words(self) -> words.Words:
        return words.read(self.q)

    @property
    def narrowed(self) -> bool:
        return bool(self.section or self.region or self.reporter or self.start or self.end)

    @property
    def parts(self) -> dict[str, str]:
        """As an address has it, without a page."""
        asked = {
            "q": self.q,
            "section": self.section.slug if self.section else "",
            "region": self.region,
            "reporter": self.reporter,
            "from": self.start,
            "to": self.end,
            "sort": "date" if self.by_date else "",
        }
        return {name: str(value) for name, value in asked.items() if value}

    @property
    def query(self) -> str:
        """Ready for `page=` to follow."""
        return "".join(f"{urlencode({name: value})}&" for name, value in self.parts.items())

    def but(self, **changed: str) -> str:
        """The address of the same search with something else; empty: without it."""
        parts = {name: value for name, value in (self.parts | changed).items() if value}
        return f"?{urlencode(parts)}" if parts else "?"

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return not self.unknown and bool(self.words.wanted or self.narrowed)


def _line(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()[:LONGEST]


def _day(text: str, doubts: list[str]) -> date | None:
    """A day near enough to ours to be turned into any zone's moments."""
    text = _line(text)
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day and 1900 <= day.year <= 2200:
        return day
    if text:
        doubts.append(f"“{text[:20]}”不是日历上的日期，没有按它查找。")
    return None
