"""The demo's content: an invented development zone's bureau, as TOML beside this module.

`load()` reads and checks it; nothing here touches the database. Values are those of the models (`identity`,
`act`, `place`, `kind`, section slugs, region codes); times are hours before the moment the demo is made, and
dates inside texts are placeholders that `Story.told(now)` fills, so that the demo is always this week's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from newsroom.lib import dates

FOLDER = Path(__file__).parent / "content"
STATES = (
    "published", "scheduled", "waiting", "review", "draft", "returned",
    "withdrawn", "spiked", "held", "corrected", "amended", "reopened",
)  # fmt: skip
#: States in which readers have the story now.
LIVE = ("published", "corrected", "amended", "reopened")
T = TypeVar("T")


class ContentError(ValueError):
    """Something in the TOML files is not what it should be; the message names the place."""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A name on a story or under a picture. `place` is a byline's alone."""

    name: str
    identity: str
    act: str = "text"
    outlet: str = ""
    place: str = "headline"


@dataclass(frozen=True, kw_only=True)
class PhotoUse:
    """A picture (a key of `newsroom.demo.pictures`) as a story uses it; `joined` shares the caption before."""

    key: str
    caption: str
    alt: str
    credits: tuple[Credit, ...]
    place: str = ""
    lead: bool = False
    joined: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of a body. `type`: p, h2, photo, note, links, table or quote; what else is set depends on it."""

    type: str
    text: str = ""
    photo: str = ""
    by: str = ""
    title: str = ""
    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """Words that became others: `old` stands once in `field`. `stage` is who edited under review, `by` an account."""

    old: str
    new: str
    field: str = "body"
    stage: str = ""
    by: str = ""
    note: str = ""
    after_hours: float = 0


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A correction (更正), so many hours after the story was released."""

    text: str
    after_hours: float


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A withdrawal (撤稿): what the newsroom knows, what readers are told, and how long it was live."""

    reason: str
    notice: str
    after_hours: float


@dataclass(frozen=True, kw_only=True)
class Story:
    """A story and where it stands. `owner` is the account that made it; `keyed_in` means for another (代传)."""

    key: str
    state: str
    headline: str
    age_hours: float
    owner: str
    section: str
    regions: tuple[str, ...]
    tags: tuple[str, ...]
    bylines: tuple[Credit, ...]
    body: tuple[Block, ...]
    photos: tuple[PhotoUse, ...] = ()
    kind: str = "story"
    kicker: str = ""
    subheadline: str = ""
    lede: str = ""
    dateline: str = ""
    editors_note: str = ""
    series: str = ""
    instalment: str = ""
    source: str = ""
    source_url: str = ""
    first_published_hours: float | None = None
    copyright_notice: str = ""
    responsible_editor: str = ""
    keyed_in: bool = False
    stage: str = ""
    note: str = ""
    due_hours: float | None = None
    edit: Change | None = None
    amendment: Change | None = None
    revision: Change | None = None
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None

    def moment(self, now: dt.datetime) -> dt.datetime:
        """When it was released or is to be; for one never released, when it was last worked on."""
        return now + dt.timedelta(hours=-self.age_hours if self.due_hours is None else self.due_hours)

    def told(self, now: dt.datetime) -> Self:
        """The story with its dates written out, counted from its own moment."""
        return _written_out(self, dates.day(self.moment(now)))

    def after(self, change: Change) -> Self:
        """The story with the change made. ContentError unless the old words stand there exactly once."""
        if change.field != "body":
            value = getattr(self, change.field)
            _expect(value.count(change.old) == 1, f"{self.key}: {change.old} is not once in {change.field}")
            return dataclasses.replace(self, **{change.field: value.replace(change.old, change.new)})
        times = sum(block.text.count(change.old) for block in self.body)
        _expect(times == 1, f"{self.key}: {change.old} is not once in body")
        body = tuple(dataclasses.replace(b, text=b.text.replace(change.old, change.new)) for b in self.body)
        return dataclasses.replace(self, body=body)


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


def _expect(holds: bool, message: str) -> None:
    if not holds:
        raise ContentError(message)


def _made(kind: type[T], data: Mapping[str, Any], where: str) -> T:
    """A dataclass from a table; lists become tuples."""
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    _expect(not data.keys() - known, f"{where}: unknown field {', '.join(sorted(data.keys() - known))}")
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
    _expect(story.state in STATES, f"{where}: unknown state {story.state}")
    return story


def _photo(data: dict[str, Any], where: str) -> PhotoUse:
    return _made(PhotoUse, data | {"credits": [_made(Credit, c, where) for c in data["credits"]]}, where)


# Writing dates out

_PLACEHOLDER = re.compile(r"\{(day|weekday)([+-]\d+)?\}")


def _written_out(value: Any, base: dt.date) -> Any:
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: _date_words(found, base), value)
    if isinstance(value, tuple):
        return tuple(_written_out(item, base) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        new = {f.name: _written_out(getattr(value, f.name), base) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **new)
    return value


def _date_words(found: re.Match[str], base: dt.date) -> str:
    date = base + dt.timedelta(days=int(found[2] or 0))
    return dates.short_date(date) if found[1] == "day" else dates.weekday(date)
