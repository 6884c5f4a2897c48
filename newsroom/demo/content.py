"""The demo's content: an invented development zone's bureau, as TOML beside this module.

`load()` reads and checks it; nothing here touches the database. Values are those of the models (`identity`,
`act`, `place`, `kind`, section slugs, region codes); times are hours before the moment the demo is made, and
dates inside texts are placeholders that `Story.told(now)` fills, so that the demo is always this week's.
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
from newsroom.demo.story import (
    LIVE,
    STATES,
    Block,
    Change,
    ContentError,
    Correction,
    Credit,
    PhotoUse,
    Story,
    Withdrawal,
    expect,
)  # fmt: skip

__all__ = [
    "FOLDER", "LIVE", "STATES", "Block", "Change", "Content", "ContentError", "Correction", "Credit", "Issue",
    "PhotoUse", "Story", "Weekly", "Withdrawal", "body_html", "load",
]  # fmt: skip

FOLDER = Path(__file__).parent / "content"
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A number of the paper, counted in weeks before the newest (-1: the one being made)."""

    weeks_ago: int
    page_count: int = 4
    banner: str = ""
    guide: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """When the paper comes out: `weekday` (0 is Monday), the day of number 1, and its pages' standing credits."""

    weekday: int
    first: dt.date
    pages: tuple[dict[str, Any], ...]

    def numbered(self, today: dt.date, weeks_ago: int) -> tuple[dt.date, int, int]:
        """Date, number within the year and total number of the issue so many weeks before the newest."""
        newest = today - dt.timedelta(days=(today.weekday() - self.weekday) % 7)
        date = newest - dt.timedelta(weeks=weeks_ago)
        return date, (date.timetuple().tm_yday - 1) // 7 + 1, (date - self.first).days // 7 + 1


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
    stories: tuple[Story, ...]


def load() -> Content:
    """The demo's content, checked for form. ContentError where a field is unknown, missing or out of range."""
    bureau = tomllib.loads((FOLDER / "bureau.toml").read_text(encoding="utf-8"))
    stories = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != "bureau.toml":
            found = tomllib.loads(path.read_text(encoding="utf-8"))["stories"]
            stories += [_story(data, f"{path.name}: {data.get('key')}") for data in found]
    weekly = _made(Weekly, bureau.pop("weekly"), "weekly")
    issues = tuple(_made(Issue, data, "issues") for data in bureau.pop("issues"))
    return _made(Content, bureau | {"weekly": weekly, "issues": issues, "stories": stories}, "bureau.toml")


# Reading


def _made(kind: type[T], data: Mapping[str, Any], where: str) -> T:
    """A dataclass from a table; lists become tuples."""
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    expect(not data.keys() - known, f"{where}: unknown field {', '.join(sorted(data.keys() - known))}")
    try:
        return kind(**{name: _frozen(value) for name, value in data.items()})
    except TypeError as error:
        raise ContentError(f"{where}: {error}") from error


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
