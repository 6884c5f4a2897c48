"""A page whose lines know their places, read by them: `pdf.read_pdf` made it.

Empty lines part the stories' rectangles (`NEXT_STORY`) and their parts (`NEXT_PART`); what kind a line is,
its size tells, and where that leaves a doubt, how it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from articles.intake.pdf.story import INDENT, NEXT_STORY, Story, is_large
from articles.intake.pieces import NEWSPAPER, PAGE, Document, Kind, Line, Reading
from articles.intake.text import forms, heads, masthead
from articles.intake.text.looks import Item, Look, items_of
from articles.intake.text.writing import Pieces

_SILENT = (Look.FIELD, Look.FURNITURE, Look.POINTER, Look.COPYRIGHT, Look.GUIDE)
_RUNNING = 30  # ideographs: a paragraph, no line of the page's head
_UPPER = 350  # thousandths: where a banner hangs
_BANNER = 1.8  # times the body's size


def read_laid_out(document: Document) -> Reading:
    """The stories of the page. Every character of its lines is in exactly one piece."""
    page = _Page(document.lines)
    for region in page.regions():
        page.read(region)
    return Reading(document.lines, tuple(page.pieces), NEWSPAPER)


def body_size(lines: Sequence[Line]) -> float:
    """The size of most letters, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class _Page:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.items = items_of(lines)
        self.body = body_size(lines)
        self.pieces = Pieces()
        self.groups = 0

    def regions(self) -> Iterator[list[Item]]:
        region: list[Item] = []
        for item in self.items:
            if region and item.line.gap >= NEXT_STORY:
                yield region
                region = []
            region.append(item)
        if region:
            yield region

    def read(self, region: list[Item]) -> None:
        if any(item.look == Look.GUIDE for item in region[:2]):
            for item in region:
                self.pieces.put(item, Kind.GUIDE, PAGE)
        elif self._is_of_page(region):
            self._furniture(region)
        else:
            self._stories(region)

    # The page's own

    def _is_of_page(self, region: list[Item]) -> bool:
        """Whether it is the page's head or foot, a banner or a slogan: no picture, nothing that runs on."""
        if any(item.look in (Look.PICTURE, Look.TABLE, Look.BYLINE) or item.dateline for item in region):
            return False
        small = [item for item in region if not is_large(item.line, self.body)]
        long = [item for item in small if forms.length(item.text) > _RUNNING and item.look not in _SILENT]
        if long and len(small) == len(region) < 3 and not any(map(_is_sentence, region)):
            return True  # an imprint's line
        return not long and not self._is_short_story(region)

    def _is_short_story(self, region: list[Item]) -> bool:
        """A headline with a sentence, or with verses."""
        large = [item for item in region if is_large(item.line, self.body)]
        rest = [item for item in region if item not in large and item.look not in _SILENT]
        small = [item for item in rest if item.line.size <= 1.2 * self.body]
        return bool(large) and (any(forms.ends(item.text) for item in small) or len(small) > 5)

    def _furniture(self, region: list[Item]) -> None:
        fields = any(item.look == Look.FIELD for item in region)
        title = heads.title_of(region) if fields and any(map(_is_field, region)) else None
        for item in region:
            self.pieces.put(item, self._kind_of_page(item, region, title), PAGE)

    def _kind_of_page(self, item: Item, region: list[Item], title: Item | None) -> Kind:
        if item.look in (Look.FIELD, Look.COPYRIGHT) or item is title or _labels(item.text) > 1:
            return Kind.ISSUE
        box = item.line.box
        large = item.line.size >= _BANNER * self.body and forms.length(item.text) >= 5
        if large and len(region) <= 2 and box and box[1] < _UPPER:
            return Kind.BANNER
        return Kind.FURNITURE

    # Stories

    def _stories(self, region: list[Item]) -> None:
        """One story, or several of which each begins with a headline over a dateline (简讯)."""
        for items in _parted(region, self.body):
            self.groups += 1
            Story(items, self.groups, self.body, self.pieces).read()


def _is_sentence(item: Item) -> bool:
    return forms.ends(item.text) or item.line.text.startswith(INDENT)


def _is_field(item: Item) -> bool:
    return bool(masthead.fields_in(item.text) - {"credit"})


def _labels(text: str) -> int:
    """How many fields of the form 发送对象:… the line has."""
    return len(re.findall(r"(?:^|\s)[\u4e00-\u9fff]{2,6}[:：]", text))


def _parted(region: list[Item], body: float) -> Iterator[list[Item]]:
    story: list[Item] = []
    dated = False
    for place, item in enumerate(region):
        following = region[place + 1] if place + 1 < len(region) else None
        heads_one = item.look == Look.TITLE and (item.line.bold or item.line.size > 1.1 * body)
        if heads_one and dated and following and following.dateline:
            yield story
            story, dated = [], False
        dated = dated or item.dateline is not None
        story.append(item)
    if story:
        yield story
