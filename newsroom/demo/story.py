"""A story of the demo and what becomes of it: plain data, made by `newsroom.demo.content.load`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Self

from django.utils.html import escape

from newsroom.lib import dates

STATES = (
    "published", "scheduled", "waiting", "review", "draft", "returned",
    "withdrawn", "spiked", "held", "corrected", "amended", "reopened",
)  # fmt: skip
#: States in which readers have the story now.
LIVE = ("published", "corrected", "amended", "reopened")


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
    """A piece of a body. `type`: p, h2, ask (a question), photo, note, links, table or quote; the type says what else."""

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
        """When it was released or is to be, papers apart; for one never released, when it was last worked on."""
        return now + dt.timedelta(hours=-self.age_hours if self.due_hours is None else self.due_hours)

    def told(self, day: dt.date) -> Self:
        """The story with its dates written out, counted from that day."""
        return written_out(self, day)

    def after(self, change: Change) -> Self:
        """The story with the change made. ContentError unless the old words stand there exactly once."""
        if change.field != "body":
            value = getattr(self, change.field)
            expect(value.count(change.old) == 1, f"{self.key}: {change.old} is not once in {change.field}")
            return dataclasses.replace(self, **{change.field: value.replace(change.old, change.new)})
        times = sum(block.text.count(change.old) for block in self.body)
        expect(times == 1, f"{self.key}: {change.old} is not once in body")
        body = tuple(dataclasses.replace(b, text=b.text.replace(change.old, change.new)) for b in self.body)
        return dataclasses.replace(self, body=body)


@dataclass(frozen=True, kw_only=True)
class StandingPage:
    """A standing page (固定页面), signed when the bureau began: its address word and its paragraphs."""

    path: str
    headline: str
    body: tuple[str, ...]

    @property
    def html(self) -> str:
        return "".join(f"<p>{escape(text)}</p>" for text in self.body)


def expect(holds: bool, message: str) -> None:
    """ContentError with that message unless it holds."""
    if not holds:
        raise ContentError(message)


# Writing dates out

_PLACEHOLDER = re.compile(r"\{(day|weekday)([+-]\d+)?\}")


def written_out(value: Any, base: dt.date) -> Any:
    """A text, or all texts in a tuple or dataclass, with the dates counted from that day."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: _date_words(found, base), value)
    if isinstance(value, tuple):
        return tuple(written_out(item, base) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        new = {f.name: written_out(getattr(value, f.name), base) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **new)
    return value


def _date_words(found: re.Match[str], base: dt.date) -> str:
    date = base + dt.timedelta(days=int(found[2] or 0))
    return dates.short_date(date) if found[1] == "day" else dates.weekday(date)
