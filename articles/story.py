"""A release laid out as a page: its pictures in their places, its names as papers print them.

Everything comes from the release's frozen content; only corrections and blocked pictures come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Release
from newsroom.lib.html import fill_pictures
from newsroom.lib.keeper import Keeper
from people.credits import in_brackets
from people.credits import line as credit_line

Content = dict[str, Any]
TABLE = '<figure class="table">'
# Boxes, pictures and rules may stand above the first paragraph. The atomic group never tries again where
# a box ends: among n boxes without a paragraph behind them there would be 2^n ways.
_FIRST_PARAGRAPH = re.compile(
    r'(?>(?:<aside class="[a-z-]+">.*?</aside>|<figure class="image">.*?</figure>|<hr>)*)<p>', re.DOTALL
)


# A note is named for readers as it is in the editor, unless its own words begin so.
_UNNAMED_NOTE = re.compile(r'<aside class="editors-note">(?!<p>(?:<strong>)?编者按)')


@dataclass(frozen=True)
class Correction:
    """A correction as readers see it."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Figure:
    """Pictures that stand together under one caption: the first one's. `pictures` is frozen content."""

    pictures: list[Content]
    caption: str
    first: bool = False  # the first picture of its page, fetched before the rest
    large: bool = False  # of a picture story
    place: str = ""  # among the several figures of a picture story, as "1/12"

    @property
    def credit(self) -> str:
        """Each credit once."""
        return "　".join(dict.fromkeys(p["credit"] for p in self.pictures if p["credit"]))

    @property
    def rows(self) -> list[list[Content]]:
        """Several pictures in rows of two or three; a single one stands in none."""
        count = len(self.pictures)
        across = 2 if count in (2, 4) else 3
        return [] if count == 1 else [self.pictures[n : n + across] for n in range(0, count, across)]

    @property
    def upright(self) -> bool:
        return len(self.pictures) == 1 and self.pictures[0]["height"] > self.pictures[0]["width"]


def figures(photos: Iterable[Content], blocked: Collection[str] = ()) -> list[Figure]:
    """The pictures in groups, without the blocked ones; a group that lost pictures keeps its caption."""
    groups: list[list[Content]] = []
    for photo in photos:
        if photo["joined"] and groups:
            groups[-1].append(photo)
        else:
            groups.append([photo])
    shown = [
        (
            next((p["caption"] for p in group if p["caption"]), ""),
            [p for p in group if p["public_id"] not in blocked],
        )
        for group in groups
    ]
    return [
        Figure(pictures, caption, n == 0) for n, (caption, pictures) in enumerate(s for s in shown if s[1])
    ]


def draw_figure(figure: Figure) -> str:
    return render_to_string("includes/figure.html", {"figure": figure})


#: Texts with their pictures, and which of the figures stand in them: some twenty kilobytes each.
_LAID_OUT: Keeper[tuple[SafeString, frozenset[int]]] = Keeper(400)


@dataclass
class Story:
    """What `articles/story.html` shows. `draw` makes the HTML of a figure."""

    release: Release
    now: datetime
    corrections: list[Correction] = field(default_factory=list)
    blocked: Collection[str] = ()
    draw: Callable[[Figure], str] = draw_figure

    @property
    def card(self) -> Content:
        return self.release.on_card

    @property
    def more(self) -> Content:
        return self.release.more

    @property
    def is_picture_story(self) -> bool:
        return bool(self.card["kind"] == "picture")

    @property
    def published_at(self) -> datetime:
        """First published: elsewhere, if the story says so, else here."""
        stamp = self.more["first_published_at"]
        if stamp:
            return datetime.fromisoformat(stamp)
        return self.release.listed_at or self.release.visible_from or self.now

    @property
    def posted_at(self) -> datetime | None:
        """When a story that was first published elsewhere came here."""
        return self.release.visible_from if self.more["first_published_at"] else None

    @property
    def updated_at(self) -> datetime | None:
        """Since when readers see this version, if they saw another one before it."""
        return self.release.visible_from if self.release.replaces_id else None

    @property
    def paper(self) -> tuple[date, int] | None:
        """Day and page of the paper that printed it, once that is public."""
        printed, page, since = self.release.paper_date, self.release.paper_page, self.release.paper_from
        return (printed, page) if printed and page and since and since <= self.now else None

    @property
    def sections(self) -> list[Content]:
        """The story's section with the one around it, widest first."""
        section = self.card["section"]
        return [*([section["parent"]] if section["parent"] else []), section] if section else []

    @property
    def series_logo(self) -> Content | None:
        logo: Content | None = (self.more["series"] or {}).get("logo")
        return None if not logo or logo["public_id"] in self.blocked else logo

    @property
    def files(self) -> list[Content]:
        """The attachments in the signed order: public_id, name, title, kind, bytes, sha256."""
        files: list[Content] = self.more.get("files", [])
        return files

    @property
    def byline(self) -> str:
        return credit_line(self._named("headline"))

    @property
    def end_byline(self) -> str:
        return in_brackets(self._named("end"))

    @property
    def opening(self) -> str:
        """`本报讯（记者 某某）`, as the first paragraph begins."""
        return self.more["dateline"] + in_brackets(self._named("dateline"))

    @property
    def people(self) -> list[tuple[int, str]]:
        """Those of the byline with a page of their own, each once."""
        return list({b["reporter"]: b["name"] for b in self.more["bylines"] if b["reporter"]}.items())

    @cached_property
    def figures(self) -> list[Figure]:
        found = figures(self.more["photos"], self.blocked)
        if not self.is_picture_story:
            return found
        places = [f"{n}/{len(found)}" if len(found) > 1 else "" for n in range(1, len(found) + 1)]
        return [replace(f, large=True, place=place) for f, place in zip(found, places, strict=True)]

    @property
    def top(self) -> list[Figure]:
        """Above the text: the first picture if the text doesn't place it; of a picture story, all such."""
        loose = self._loose
        if self.is_picture_story:
            return loose
        return loose[:1] if loose and loose[0] is self.figures[0] else []

    @property
    def tail(self) -> list[Figure]:
        """Below the text: what is left."""
        return [] if self.is_picture_story else self._loose[len(self.top) :]

    @property
    def body(self) -> SafeString:
        """The text with its opening, each picture where it is placed, or rather its whole group, once."""
        return self._laid_out[0]

    @property
    def picture(self) -> Content | None:
        """The picture that stands for the story elsewhere."""
        return self.figures[0].pictures[0] if self.figures else None

    def _named(self, place: str) -> list[Content]:
        return [b for b in self.more["bylines"] if b["place"] == place]

    @property
    def _loose(self) -> list[Figure]:
        placed = self._laid_out[1]
        return [figure for number, figure in enumerate(self.figures) if number not in placed]

    @cached_property
    def _laid_out(self) -> tuple[SafeString, frozenset[int]]:
        """The text, and the numbers of the figures that it places; kept as readers see it."""
        if self.draw is not draw_figure:
            return self._lay_out()
        frozen = (
            self.release.body,
            self.release.details,
            self.is_picture_story,
        )
        return _LAID_OUT.kept((*frozen, frozenset(self.blocked)), self._lay_out)

    def _lay_out(self) -> tuple[SafeString, frozenset[int]]:
        groups = {p["public_id"]: number for number, f in enumerate(self.figures) for p in f.pictures}
        placed: set[int] = set()

        def place(public_id: str) -> str:
            number = groups.get(public_id)
            if number is None or number in placed:
                return ""
            placed.add(number)
            return self.draw(self.figures[number])

        body = fill_pictures(_opened(self.release.body, self.opening), place)
        body = _UNNAMED_NOTE.sub(r'\g<0><p class="box-name">编者按</p>', body)
        body = body.replace(TABLE, f'{TABLE[:-1]} tabindex="0">')  # wide ones are scrolled, by keyboard too
        # Clean since it was frozen: `articles.freeze` cleans it, and nothing changes a release.
        return mark_safe(body), frozenset(placed)  # noqa: S308


def _opened(body: str, opening: str) -> str:
    """The opening stands in the first paragraph, before its first word."""
    if not opening:
        return body
    words = format_html('<span class="opening">{}</span>', opening)
    if first := _FIRST_PARAGRAPH.match(body):
        return f"{first[0]}{words}{body[first.end() :]}"
    return f"<p>{words}</p>{body}"


def picture_ids(release: Release) -> list[str]:
    """Every picture a story's page would show."""
    series = release.more["series"]
    logo = [series["logo"]] if series and series["logo"] else []
    return [photo["public_id"] for photo in [*release.more["photos"], *logo]]


def card_picture_ids(releases: Iterable[Release]) -> Iterator[str]:
    """Every picture a list of stories would show."""
    for release in releases:
        if picture := release.on_card["picture"]:
            yield picture["public_id"]
