"""What a story's box is asked to hold, read from the frozen placement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from issues.composition.characters import count, one_line
from issues.composition.drawing import Photo, photo
from issues.composition.headline import LADDER, Head, with_dash
from issues.composition.setting import label, width
from issues.composition.text import Block, byline, lede, printed
from issues.fonts import FontSet

CONTINUED = "（上接第%d版）"
#: The largest size that a headline is given unasked, by the story's weight (分量): the heavier is the louder.
LOUDEST = {75: 42.0, 60: 31.5, 45: 28.0, 30: 21.0, 0: 16.0}
WEIGHT = 50  # of a story that nobody gave one
SMALL_HEAD = 2  # lines of the small headline where a story goes on


class Told(NamedTuple):
    """What a box is asked to hold, and its style as far as it matters for measures."""

    head: Head
    text: tuple[Block, ...]
    start: tuple[int, int] = (0, 0)
    lead: float = 0.0  # ems of the first line taken by 上接第N版
    photos: tuple[Photo, ...] = ()
    size: float = 0.0  # points; 0 for the best of the ladder,
    most: float = LADDER[0]  # up to this one
    align: str = "center"
    vertical: bool = False
    columns: int = 0
    picture: str = "auto"
    span: int = 0
    crop: str = "auto"
    framed: bool = False
    fixed: int = 0  # lines of a headline that is not part of `head`
    goes_on: bool = False  # another box takes what does not fit
    pictured: bool = False  # a picture story: its words go with the pictures


def tell(fonts: FontSet, placement: Mapping[str, Any]) -> Told:
    """What the box is asked, from the frozen placement."""
    story, style = placement["story"], placement["style"]
    content = story["content"]
    goes_on = placement["start"] is not None
    text = printed(story)
    start = tuple(placement["start"] or (0, 0))
    lead, fixed = 0.0, 0
    if goes_on and placement["from_page"] is not None and start[0] < len(text):
        sign = label(fonts, CONTINUED % placement["from_page"], "kai")
        fixed = SMALL_HEAD if heading(story)["headline"] else 0
        lead = width(sign, 1.0) + 0.5
    wanted = 0 if style["picture"] == "none" or goes_on else style["pictures"]
    return Told(
        head=Head() if goes_on else _head_of(story),
        text=text,
        start=start,
        lead=lead,
        photos=tuple(photo(p) for p in content.get("photos", ())[: max(wanted, 0)]),
        size=style["size"] / 1000,
        most=next(size for least, size in LOUDEST.items() if placement.get("weight", WEIGHT) >= least),
        align=style["align"],
        vertical=style["vertical"],
        columns=style["columns"],
        picture=style["picture"],
        span=style["picture_columns"],
        crop=style["crop"],
        framed=style["rule"] == "frame" or style["shade"] > 0,
        fixed=fixed,
        goes_on=placement["continued"],
        pictured=content.get("kind") == "picture",
    )


def heading(story: Mapping[str, Any]) -> dict[str, str]:
    """Kicker, headline and subheadline as printed."""
    source = story.get("stack") or story["content"]
    return {name: one_line(source.get(name) or "") for name in ("kicker", "headline", "subheadline")}


def _head_of(story: Mapping[str, Any]) -> Head:
    content, head = story["content"], heading(story)
    named = byline(content, "headline")
    series = content.get("series")
    parts = [one_line(series["title"]) if series else "", one_line(content.get("instalment") or "")]
    return Head(
        "·".join(part for part in parts if part),
        head["kicker"],
        head["headline"],
        with_dash(head["subheadline"]),
        lede(story),
        f"□{named}" if named else "",
    )


def characters(text: tuple[Block, ...], start: tuple[int, int]) -> int:
    """Characters printed from a place on."""
    if start[0] >= len(text):
        return 0
    return sum(count(block.text) for block in text[start[0] :]) - count(text[start[0]].text[: start[1]])
