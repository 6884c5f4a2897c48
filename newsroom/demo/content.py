"""The demo's content: an invented development zone's bureau, as TOML beside this module.

`load()` reads and checks it; nothing here touches the database. Values are those of the models (`identity`,
`act`, `place`, `kind`, section slugs, region codes); times are hours before the moment the demo is made, and
dates inside texts are placeholders that `told` fills, so that the demo is always this week's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from newsroom.demo.body import body_html
from newsroom.demo.plan import CLOSING, Box, Issue, Mark, Page, Weekly
from newsroom.demo.story import (
    LIVE,
    STATES,
    Block,
    Change,
    ContentError,
    Correction,
    Credit,
    PhotoUse,
    StandingPage,
    Story,
    Withdrawal,
    expect,
)  # fmt: skip
from newsroom.lib import dates

__all__ = [
    "CLOSING", "FOLDER", "LIVE", "STATES", "Block", "Box", "Change", "Content", "ContentError", "Correction",
    "Credit", "Issue", "Mark", "Page", "PhotoUse", "StandingPage", "Story", "Weekly", "Withdrawal", "body_html", "load",
]  # fmt: skip

FOLDER = Path(__file__).parent / "content"
BUREAU, PAPERS = "bureau.toml", "papers.toml"  # the others hold stories
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything. The mappings hold fields of the models of the same name, keyed by slug, code or name."""

    masthead: dict[str, Any]
    weekly: Weekly
    issues: tuple[Issue, ...]
    regions: tuple[dict[str, Any], ...]
    sections: tuple[dict[str, str], ...]
    series: tuple[dict[str, str], ...]
    sources: tuple[dict[str, str], ...]
    accounts: tuple[dict[str, str], ...]
    reporters: tuple[dict[str, str], ...]
    pages: tuple[StandingPage, ...]
    stories: tuple[Story, ...]

    def moment(self, story: Story, now: dt.datetime) -> dt.datetime:
        """When the story was released or is to be: with its paper, unless that is younger."""
        paper = self._paper(story.key)
        if paper is None or not self.waits(story, now):
            return story.moment(now)
        return self.weekly.moment(now, paper)

    def waits(self, story: Story, now: dt.datetime) -> bool:
        """Whether the story was not public yet when its paper closed, and so appears with it."""
        paper = self._paper(story.key)
        return paper is not None and story.moment(now) > self.weekly.moment(now, paper) - CLOSING

    def told(self, story: Story, now: dt.datetime) -> Story:
        """The story with its dates written out, counted from its own moment."""
        return story.told(dates.day(self.moment(story, now)))

    def _paper(self, key: str) -> int | None:
        """How many weeks ago the story was printed."""
        return next((i.weeks_ago for i in self.issues if i.weeks_ago >= 0 and key in i.stories), None)


def load() -> Content:
    """The demo's content, checked for form. ContentError where a field is unknown, missing or out of range."""
    stories = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name not in (BUREAU, PAPERS):
            found = _read(path.name)["stories"]
            stories += [_story(data, f"{path.name}: {data.get('key')}") for data in found]
    papers = _read(PAPERS)
    weekly = _made(Weekly, papers["weekly"], PAPERS)
    issues = [_issue(data) for data in papers["issues"]]
    bureau = _read(BUREAU)
    pages = [_made(StandingPage, page, BUREAU) for page in bureau["pages"]]
    parts = {"weekly": weekly, "issues": issues, "stories": stories, "pages": pages}
    return _made(Content, bureau | parts, BUREAU)


# Reading


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _made(kind: type[T], data: Mapping[str, Any], where: str) -> T:
    """A dataclass from a table; lists become tuples."""
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    expect(not data.keys() - known, f"{where}: unknown field {', '.join(sorted(data.keys() - known))}")
    try:
        return kind(**{name: _frozen(value) for name, value in data.items()})
    except TypeError as error:
        raise ContentError(f"{where}: {error}") from error


def _issue(data: dict[str, Any]) -> Issue:
    return _made(Issue, data | {"pages": [_page(page) for page in data.get("pages", [])]}, PAPERS)


def _page(data: dict[str, Any]) -> Page:
    where = f"{PAPERS}: page {data.get('number')}"
    boxes = [_made(Box, box, where) for box in data.get("boxes", [])]
    marks = [_made(Mark, mark, where) for mark in data.get("marks", [])]
    return _made(Page, data | {"boxes": boxes, "marks": marks}, where)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


_PLANS: dict[str, type] = {
    "edit": Change, "amendment": Change, "revision": Change, "correction": Correction, "withdrawal": Withdrawal,
}  # fmt: skip


def _story(data: dict[str, Any], where: str) -> Story:
    fields = dict(data)
    fields["bylines"] = [_made(Credit, credit, where) for credit in data["bylines"]]
    fields["photos"] = [_photo(use, where) for use in data.get("photos", [])]
    fields["body"] = [
        _made(Block, {"type": "p", "text": block} if isinstance(block, str) else block, where)
        for block in data["body"]
    ]
    for name in _PLANS.keys() & data.keys():
        fields[name] = _made(_PLANS[name], data[name], where)
    story = _made(Story, fields, where)
    expect(story.state in STATES, f"{where}: unknown state {story.state}")
    return story


def _photo(data: dict[str, Any], where: str) -> PhotoUse:
    return _made(PhotoUse, data | {"credits": [_made(Credit, c, where) for c in data["credits"]]}, where)
