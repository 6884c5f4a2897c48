"""A page of the paper as readers see it, from what was signed of it alone: the proof's card and pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from issues.models import Proof

THUMB = 240  # pixels; made of the narrowest picture, for lists
PLAIN = 1080  # what the `src` names, for browsers that know no srcset

Area = list[int]  # [x, y, width, height] in thousandths of the page


@dataclass(frozen=True)
class Picture:
    """What an <img> needs: addresses, and its size in pixels."""

    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True)
class Story:
    """A story on a page, with the places where it stands."""

    article: int
    kicker: str
    headline: str
    subheadline: str
    areas: list[Area]

    @property
    def places(self) -> list[str]:
        """Its areas as CSS has them."""
        return [_css(area) for area in self.areas]


@dataclass(frozen=True)
class Sheet:
    proof: Proof

    @property
    def number(self) -> int:
        return self.proof.page_number

    @property
    def card(self) -> dict[str, Any]:
        return self.proof.on_card

    @property
    def issue(self) -> dict[str, Any]:
        """The paper's line as it was printed: title, weekday, lunar, number, total_number, …"""
        found: dict[str, Any] = self.card["issue"]
        return found

    @property
    def name(self) -> str:
        return str(self.card["page"]["name"])

    @property
    def address(self) -> str:
        return reverse("issues:page", args=[self.proof.date, self.number])

    @cached_property
    def stories(self) -> list[Story]:
        fields = ("article", "kicker", "headline", "subheadline", "areas")
        return [Story(**{name: story[name] for name in fields}) for story in self.card["stories"]]

    @property
    def picture(self) -> Picture:
        sizes = self.proof.sizes
        addresses = {width: self._picture_address(width) for width in sorted(sizes)}
        plain = PLAIN if PLAIN in sizes else max(sizes)
        srcset = ", ".join(f"{address} {width}w" for width, address in addresses.items())
        return Picture(addresses[plain], srcset, plain, sizes[plain][0])

    @property
    def widest(self) -> int:
        return max(self.proof.sizes)

    @property
    def thumb(self) -> Picture:
        """For lists. The narrowest of the signed ones weighs ten times as much."""
        width, (height, _digest) = min(self.proof.sizes.items())
        return Picture(self._picture_address(THUMB), "", THUMB, round(height * THUMB / width))

    def guide(self, pages: Collection[int]) -> Iterator[dict[str, Any]]:
        """The guide's entries with what they lead to, among the page numbers that can be read."""
        for entry in self.card["guide"]:
            page = (
                reverse("issues:page", args=[self.proof.date, entry["page"]])
                if entry["page"] in pages
                else ""
            )
            story = f"/articles/{entry['article']}/" if entry["article"] else ""
            yield entry | {"page_address": page, "address": story or page, "place": _css(entry["area"])}

    def _picture_address(self, width: int) -> str:
        return reverse("issues:picture", args=[self.proof.date, self.number, width])


def _css(area: list[int]) -> str:
    x, y, width, height = area
    return f"left:{x / 10:g}%;top:{y / 10:g}%;width:{width / 10:g}%;height:{height / 10:g}%"
