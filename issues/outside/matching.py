"""Where on a page made elsewhere its stories stand: their text is looked for among the page's lines. Pure.

A line belongs to the story that has its runs of `SHINGLE` characters; punctuation, spaces and the order of
columns say nothing. What two stories have in common counts for neither where anything else speaks.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from issues.outside.geometry import Box, area, around, distance, parted

Key = TypeVar("Key", bound=Hashable)
Rect = tuple[int, int, int, int]  # x, y, width, height in thousandths of the page

SHINGLE = 6
LEAST_SHARE = 0.5  # of a line's shingles that must be a story's
LEAST_CHARACTERS = 20  # of a story's text that must be found, or LEAST_PART of it where it is shorter
LEAST_PART = 0.4
MOST_RECTS = 6
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Line:
    """A line of the page; `plain` is its text without what may be missing or different."""

    plain: str
    box: Box

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top

    @property
    def shingles(self) -> set[str]:
        return _shingles(self.plain)


def propose(
    lines: Iterable[tuple[str, int, int, int, int]], stories: Mapping[Key, Mapping[str, str]]
) -> dict[Key, list[Rect]]:
    """Hot areas of the stories found on a page; one that is not found is left out.

    `lines`: (characters, x, y, width, height) as `reading.OutsidePage.text` has them. A story has `headline`
    and `body`, plain or with tags. Several rectangles are one story in several parts. Areas of different
    stories do not overlap, but where the stories themselves do.
    """
    page = _joined(lines)
    texts = {
        key: (plain(story.get("headline", "")), plain(story.get("body", "")))
        for key, story in stories.items()
    }
    found = _found(page, texts)
    taken = {line for own in found.values() for line in own}
    for key, own in found.items():
        own += _neighbours(own, [line for line in page if line not in taken], "".join(texts[key]))
        taken |= set(own)
    for key, own in found.items():
        headline = _headline(own, [line for line in page if line not in taken], texts[key][0])
        own += headline
        taken |= set(headline)
    areas = {
        key: _areas(own, [other for k, o in found.items() if k != key for other in o])
        for key, own in found.items()
    }
    _part(areas)
    return {key: [_rect(box) for box in boxes] for key, boxes in areas.items() if boxes}


def areas_of(found: Mapping[Key, Iterable[Box]]) -> dict[Key, list[Rect]]:
    """Hot areas of stories whose lines' boxes are known; one without any is left out."""
    lines = {key: [Line("", box) for box in boxes] for key, boxes in found.items()}
    areas = {
        key: _areas(own, [line for other, those in lines.items() if other != key for line in those])
        for key, own in lines.items()
        if own
    }
    _part(areas)
    rounded = {key: [Box(*map(round, box)) for box in boxes] for key, boxes in areas.items()}
    return {key: [_rect(box) for box in boxes if area(box) > 0] for key, boxes in rounded.items()}


def plain(text: str) -> str:
    """Letters, ideographs and figures alone, as any typesetter would have them."""
    text = unicodedata.normalize("NFKC", html.unescape(_TAG.sub(" ", text))).lower()
    return "".join(one for one in text if one.isalnum())


def _shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}


def _joined(pieces: Iterable[tuple[str, int, int, int, int]]) -> list[Line]:
    """Lines of the page: pieces that stand close side by side are one, in whatever order they came."""
    whole: list[Line] = []
    for characters, x, y, w, h in sorted(pieces, key=lambda piece: (piece[2] + piece[4] / 2, piece[1])):
        text = plain(characters)
        if not text:
            continue
        line = Line(text, Box(x, y, x + max(w, 1), y + max(h, 1)))
        for place in range(len(whole) - 1, max(len(whole) - 40, -1), -1):
            if _beside(whole[place], line):
                before = whole[place]
                whole[place] = Line(before.plain + text, before.box.around(line.box))
                break
        else:
            whole.append(line)
    return whole


def _beside(before: Line, line: Line) -> bool:
    across, down = before.box.gaps(line.box)
    same_line = -down > 0.6 * max(before.height, line.height)
    letter = min((one.box.right - one.box.left) / len(one.plain) for one in (before, line))
    return same_line and before.box.left < line.box.left and -letter < across < 0.6 * letter


def _found(page: Sequence[Line], texts: Mapping[Key, tuple[str, str]]) -> dict[Key, list[Line]]:
    """Each story's lines, of the stories that are there."""
    owners: dict[str, set[Key]] = defaultdict(set)
    for key, (headline, body) in texts.items():
        # A headline is quoted in guides as well, so it speaks for itself only where there is nothing else.
        for shingle in _shingles(body) or _shingles(headline):
            owners[shingle].add(key)
    claimed: dict[Key, list[Line]] = {key: [] for key in texts}
    undecided: list[tuple[Line, list[Key]]] = []
    for line in page:
        best = _claims(line, owners)
        if len(best) == 1:
            claimed[best[0]].append(line)
        elif best:
            undecided.append((line, best))
    for line, keys in undecided:
        near = [
            (distance(line.box, own.box), place)
            for place, key in enumerate(keys)
            for own in claimed[key]
            if _touches(line, own)
        ]
        if near:
            claimed[keys[min(near)[1]]].append(line)
    return {key: own for key, own in claimed.items() if _enough(own, texts[key])}


def _claims(line: Line, owners: Mapping[str, set[Key]]) -> list[Key]:
    """The stories that have most of the line; more than one where they have it in common."""
    shingles = line.shingles
    scores: dict[Key, float] = defaultdict(float)
    for shingle in shingles:
        for key in owners.get(shingle, ()):
            scores[key] += 1
    wanted = LEAST_SHARE * len(shingles)
    best = max(scores.values(), default=0)
    return [key for key, score in scores.items() if score == best >= max(wanted, 1)]


def _enough(own: Sequence[Line], text: tuple[str, str]) -> bool:
    """Whether so much of the text was found that the story is here, not just a line like one of its own."""
    _headline, body = text
    there = sum(len(line.plain) for line in own)
    return bool(own) and there >= min(LEAST_CHARACTERS, LEAST_PART * len(body))


def _touches(line: Line, other: Line) -> bool:
    """Whether they stand in one column, no more than two lines apart."""
    across, down = line.box.gaps(other.box)
    return across < 0 and down < 2 * min(line.height, other.height)


def _neighbours(own: list[Line], free: Sequence[Line], text: str) -> list[Line]:
    """Short lines, the ends of paragraphs: too short to be known by themselves."""
    found: list[Line] = []
    waiting = [line for line in free if line.plain in text]
    while True:
        more = [line for line in waiting if any(_touches(line, other) for other in own + found)]
        if not more:
            return found
        found += more
        waiting = [line for line in waiting if line not in more]


def _headline(own: Sequence[Line], free: Sequence[Line], headline: str) -> list[Line]:
    """The headline's lines, wherever it broke: the largest letters that have it, near the text."""
    if not headline or not own or headline in "".join(line.plain for line in own):
        return []
    body = around(line.box for line in own)
    usual = sorted(line.height for line in own)[len(own) // 2]
    parts = [
        line
        for line in free
        if line.plain in headline
        and (len(line.plain) >= 2 or line.height > 2 * usual)
        and line.height >= 1.15 * usual
        and distance(line.box, body) < 12 * usual
    ]
    if sum(len(line.plain) for line in parts) < 0.5 * len(headline):
        return []
    nearest = min(distance(line.box, body) for line in parts)
    return [line for line in parts if distance(line.box, body) <= nearest + 3 * line.height]


def _areas(own: Sequence[Line], others: Sequence[Line]) -> list[Box]:
    """As few rectangles around the story's lines as hold no other story's."""
    foreign = [line.box for line in others]
    boxes = _columns(own, foreign)
    while True:
        pairs = sorted(
            (distance(boxes[place], boxes[number]), place, number)
            for place in range(len(boxes))
            for number in range(place)
        )
        for _far, place, number in pairs:
            union = boxes[place].around(boxes[number])
            if not any(union.holds(box) for box in foreign):
                boxes = [box for box in boxes if not union.holds(box)] + [union]
                break
        else:
            return _largest(boxes)


def _columns(own: Sequence[Line], foreign: Sequence[Box]) -> list[Box]:
    """Lines below one another taken together, where nothing of another story stands between."""
    boxes: list[Box] = []
    for line in sorted(own, key=lambda line: (line.box.left, line.box.top)):
        for place, box in enumerate(boxes):
            across, down = box.gaps(line.box)
            union = box.around(line.box)
            if across < 0 and down < 2 * line.height and not any(union.holds(other) for other in foreign):
                boxes[place] = union
                break
        else:
            boxes.append(line.box)
    return boxes


def _largest(boxes: list[Box]) -> list[Box]:
    """Without crumbs: a sentence that also stands elsewhere is no part of the story."""
    by_size = sorted(boxes, key=area, reverse=True)
    kept = [box for box in by_size if area(box) >= 0.04 * area(by_size[0])]
    return sorted(kept[:MOST_RECTS], key=lambda box: (box.top, box.left))


def _part(areas: dict[Key, list[Box]]) -> None:
    """Where areas of two stories overlap at their edges, each gives up half."""
    keys = list(areas)
    for place, key in enumerate(keys):
        for other in keys[:place]:
            for n, one in enumerate(areas[key]):
                for m, two in enumerate(areas[other]):
                    across, down = one.gaps(two)
                    if across < 0 and down < 0:
                        one, two = parted(one, two, upright=across > down)
                        areas[key][n], areas[other][m] = one, two


def _rect(box: Box) -> Rect:
    left, top = max(0, int(box.left)), max(0, int(box.top))
    right, bottom = min(1000, -int(-box.right // 1)), min(1000, -int(-box.bottom // 1))
    return left, top, right - left, bottom - top
