"""A story as machines are told of it: what heads of pages, structured data and feeds have in common.

From frozen content, corrections and blocked pictures alone, as `articles.story` lays it out. No text here
holds a character that an XML file must not hold; times are in the bureau's zone; addresses are whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.addresses import File, absolute, file_of
from articles.story import Correction, Story
from people.models import Act, Identity

LANGUAGE = "zh-CN"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PICTURES_MADE = {Act.PHOTO.value, Act.COURTESY.value, Act.GRAPHICS.value}


@dataclass(frozen=True)
class Author:
    """Somebody of the byline; `address` is his page here, if he has one."""

    name: str
    outlet: str
    address: str
    institution: bool


@dataclass(frozen=True)
class Picture:
    """A picture of the story that nobody has blocked. `content` is its frozen content."""

    file: File
    caption: str
    alt: str
    credit: str
    content: dict[str, Any]


class Told:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.card, self.more = story.card, story.more
        self.address = absolute(story.release.get_absolute_url())

    @property
    def headline(self) -> str:
        return legal(self.story.release.headline)

    @property
    def subheadline(self) -> str:
        return legal(self.card["subheadline"])

    @property
    def summary(self) -> str:
        return legal(self.card["summary"]) or self.headline

    @property
    def published_at(self) -> datetime:
        """First published, here or elsewhere."""
        return timezone.localtime(self.story.published_at)

    @property
    def modified_at(self) -> datetime:
        """Since when it reads as it does: this version's moment here, or the last correction's."""
        moments = [self.story.release.visible_from, *(c.at for c in self.story.corrections)]
        return max([self.published_at, *(timezone.localtime(moment) for moment in moments if moment)])

    @property
    def source(self) -> str:
        return legal(self.more["source"]) or str(settings.SITE_NAME)

    @property
    def sections(self) -> list[tuple[str, str]]:
        """(slug, name) of its section and the one around it, widest first."""
        return [(section["slug"], legal(section["name"])) for section in self.story.sections]

    @property
    def tags(self) -> list[tuple[str, str]]:
        """(slug, name) of each."""
        return [(tag["slug"], legal(tag["name"])) for tag in self.more["tags"]]

    @property
    def regions(self) -> list[tuple[str, str]]:
        """(code, name) of each."""
        return [(region["code"], legal(region["name"])) for region in self.more["regions"]]

    @property
    def keywords(self) -> list[str]:
        """Its tags, places and sections, each once."""
        named = [*self.tags, *self.regions, *reversed(self.sections)]
        return list(dict.fromkeys(name for _, name in named))

    @cached_property
    def authors(self) -> list[Author]:
        """Everyone of the byline once: those who wrote; where nobody did, those of the pictures."""
        named = [credit for credit in self.more["bylines"] if credit["name"] or credit["outlet"]]
        wrote = [credit for credit in named if credit["act"] not in _PICTURES_MADE]
        found: dict[str, Author] = {}
        for credit in wrote or named:
            name = legal(credit["name"] or credit["outlet"])
            page = absolute(f"/reporters/{credit['reporter']}/") if credit["reporter"] else ""
            institution = credit["identity"] == Identity.INSTITUTION.value or not credit["name"]
            outlet = legal(credit["outlet"]) if credit["name"] else ""
            found.setdefault(name, Author(name, outlet, page, institution))
        return list(found.values())

    @cached_property
    def pictures(self) -> list[Picture]:
        """Those that readers see, in their order, each with its own caption, else its group's."""
        return [
            Picture(
                file_of(content),
                legal(content["caption"] or figure.caption),
                legal(content["alt"] or content["caption"]),
                legal(content["credit"]),
                content,
            )
            for figure in self.story.figures
            for content in figure.pictures
        ]

    @property
    def corrections(self) -> list[Correction]:
        return [Correction(legal(c.text), timezone.localtime(c.at)) for c in self.story.corrections]


def legal(text: str) -> str:
    """Without the characters that make an XML file unreadable."""
    return _ILLEGAL.sub("", text)
