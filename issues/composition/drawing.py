"""What composition makes: a drawing, and how well each box is filled.

A drawing is a plain dict for `issues.typeset`; lengths in points from the trimmed sheet's top left. Items, in
reading order:

    ["text", x, baseline, size, font index, tracking, run, colour]
    ["rect", x, y, width, height, colour or None, stroke colour or None, stroke]
    ["line", x1, y1, x2, y2, stroke, colour]
    ["image", x, y, width, height, key, [left, top, right, bottom], alt]   cropped by thousandths
    ["stamp", x, y, width, height, words]

Colours: "k100", "k60", "k15", "k10", "k5" (black), "paper", "accent". A run's x is where the box of its
first character begins, also of an opening mark, whose blank half Typst would leave out at a line's start. A
run never holds two marks side by side, which Typst would halve. Dashes are runs of their own and
full-width, for which the press sets `script: "hani"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _

from issues.composition.grid import Grid, Rect
from issues.composition.lines import Line, Run
from issues.fonts import FontSet

Crop = tuple[int, int, int, int]
LEAST_DPI = 200
UNSIGNED = "未签发"


class Photo(NamedTuple):
    """A picture of a placement. `joined`: its caption is the one of the picture before it."""

    public_id: str
    sha256: str
    width: int
    height: int
    focal: tuple[int, int]
    caption: str = ""
    credit: str = ""
    joined: bool = False
    alt: str = ""

    @property
    def key(self) -> str:
        return self.public_id

    @property
    def aspect(self) -> float:
        return max(self.width, 1) / max(self.height, 1)


def photo(frozen: Mapping[str, Any], **more: Any) -> Photo:
    given = {name: frozen.get(name) for name in Photo._fields if frozen.get(name) is not None} | more
    across, down = given.get("focal") or (500, 500)
    return Photo(**given | {"focal": (across, down)})


@dataclass(frozen=True)
class Fit:
    """How a box is filled (容字). Characters are counted without white space.

    `over`: what does not fit, or what is left for the box that goes on; `under`: what would still go in.
    `end`: [block, place in it] where the text stops. `size`: of the headline, in millipoints.
    """

    total: int = 0
    placed: int = 0
    over: int = 0
    under: int = 0
    end: tuple[int, int] = (0, 0)
    lines: int = 0
    columns: int = 0
    size: int = 0
    state: Literal["full", "over", "under"] = "full"

    @property
    def words(self) -> str:
        """满, 超86字, 欠120字."""
        if self.state == "over":
            return _("超%d字") % self.over
        return _("欠%d字") % self.under if self.state == "under" else _("满")

    def as_dict(self) -> dict[str, Any]:
        names = ("total", "placed", "over", "under", "lines", "columns", "size", "state")
        return {name: getattr(self, name) for name in names} | {"end": list(self.end), "words": self.words}


@dataclass
class Composed:
    """`images`: key to public_id, sha256, width and height in pixels, width_pt (largest use) and dpi."""

    drawing: dict[str, Any]
    boxes: dict[int, Fit]
    missing: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    images: dict[str, dict[str, Any]]


@dataclass
class Canvas:
    """Collects what is drawn. `colour`: whether the page has any; `where` names the placement at hand."""

    grid: Grid
    fonts: FontSet
    colour: bool = True
    where: int = 0
    items: list[list[Any]] = field(default_factory=list)
    marks: list[list[Any]] = field(default_factory=list)
    images: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    lacking: dict[tuple[str, int], None] = field(default_factory=dict)

    def runs(self, runs: Iterable[Run], x: float, y: float, colour: str = "k100") -> None:
        add, colour = self.items.append, self._colour(colour)
        for dx, dy, size, face, tracking, text in runs:
            place = round(x + dx, 3), round(y + dy, 3)
            add(["text", *place, round(size, 3), face, round(tracking, 4), text, colour])

    def line_of_text(self, line: Line, x: float, y: float, size: float, colour: str = "k100") -> None:
        self.runs(line.runs(size), x, y, colour)
        if line.words.missing:
            self.lacks(line.missing)

    def lacks(self, characters: str) -> None:
        self.lacking |= dict.fromkeys((char, self.where) for char in characters)

    def rect(
        self, rect: Rect, fill: str | None = None, stroke: str | None = None, width: float = 0.0
    ) -> None:
        place = [round(value, 3) for value in rect]
        fill, stroke = fill and self._colour(fill), stroke and self._colour(stroke)
        self.items.append(["rect", *place, fill, stroke, width])

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str = "k100") -> None:
        places = (round(value, 3) for value in (x1, y1, x2, y2))
        self.items.append(["line", *places, width, self._colour(colour)])

    def image(self, photo: Photo, rect: Rect, crop: Crop) -> None:
        place = [round(value, 3) for value in rect]
        self.items.append(["image", *place, photo.key, list(crop), photo.alt or photo.caption])
        shown = (1000 - crop[0] - crop[2]) * photo.width / 1000
        dpi = round(shown * 72 / max(rect.width, 0.1))
        known = self.images.setdefault(
            photo.key,
            {
                "public_id": photo.public_id,
                "sha256": photo.sha256,
                "width": photo.width,
                "height": photo.height,
                "width_pt": 0.0,
                "dpi": dpi,
            },
        )
        whole = rect.width * 1000 / max(1000 - crop[0] - crop[2], 1)
        known["width_pt"] = max(known["width_pt"], round(whole, 1))
        known["dpi"] = min(known["dpi"], dpi)
        if dpi < LEAST_DPI:
            self.warn("few_pixels", dpi=dpi, picture=photo.public_id)

    def stamp(self, rect: Rect, words: str) -> None:
        self.items.append(["stamp", *(round(value, 3) for value in rect), words])

    def mark(self, title: str, y: float) -> None:
        self.marks.append([title, round(y, 3)])

    def warn(self, warning: str, **params: Any) -> None:
        self.warnings.append({"warning": warning, "placement": self.where, **params})

    def _colour(self, colour: str) -> str:
        return "k100" if colour == "accent" and not self.colour else colour
