"""What each line of a page looks like, by itself and beside its neighbours; no story is known yet. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from articles.intake.pieces import Line
from articles.intake.text import captions, forms, furniture, masthead
from articles.intake.text.names import AUTHOR, Person

#: Acts that only a picture's credit names; 文/图 signs a story.
OF_PHOTOS = frozenset({"摄", "供图", "图", "制图", "绘图", "配图", "摄影报道"})
LONGEST_CAPTION = 260


class Look(Enum):
    FIELD = auto()  # of the page: a masthead's or imprint's line, a web page's source
    FURNITURE = auto()
    POINTER = auto()  # 下转第3版
    GUIDE = auto()  # the word 导读
    COPYRIGHT = auto()
    TITLE = auto()  # could be of a headline or a subhead
    BYLINE = auto()
    CREDIT = auto()
    CAPTION = auto()
    NOTE = auto()
    LEDE = auto()
    CLOSING = auto()  # of a notice: whose it is, and its day
    TABLE = auto()
    PICTURE = auto()
    TEXT = auto()


@dataclass
class Item:
    """A line with its look. `text` is without an extractor's `#`; `start` is where it begins in the line."""

    number: int
    line: Line
    text: str
    start: int
    look: Look
    people: list[Person] = field(default_factory=list)
    dateline: forms.Span | None = None
    signed: forms.Span | None = None  # a byline at the end of a paragraph
    credited: forms.Span | None = None  # a credit at the end of a caption
    opens: int = 0  # characters before a paragraph that only point to another page

    @cached_property
    def is_weak(self) -> bool:
        """Whether it is a title by its length alone."""
        return self.look == Look.TITLE and forms.is_sentence_like(self.text)

    @property
    def is_genre(self) -> bool:
        return self.look == Look.TITLE and forms.is_genre(self.text)

    @property
    def is_strong(self) -> bool:
        """Whether a story can begin right here, without a headline."""
        return self.look == Look.TEXT and self.dateline is not None


_HASHES = re.compile(r"[\s\ufeff]*(?:#{1,6}\s+)?")
_GUIDE = re.compile(r"^\W{0,3}(?:今日|本期|本报|要闻|重点)?\s*(?:导\s*读|导\s*航|要\s*目)\W{0,3}$")
_RULE = re.compile(r"^[\W_]+$")
_GUIDED = re.compile(r"^\W*(?:详?见|第)?\s*[A-D]?\d{1,2}\s*版\s*(?:刊登|刊发|刊载|详情)?\W*$")
_OUTSIDE_STORY = re.compile(
    r"^(?:原标题[:：]|点击|更多|详见|链接[:：]?$|END$|完$|【?(?:来源|编辑|责编)[:：])"
)


def items_of(lines: Sequence[Line], names: Collection[str] = ()) -> list[Item]:
    """An item a line. `names`: of people who are known to write."""
    items = [_alone(number, line) for number, line in enumerate(lines)]
    _find_speakers(items)
    _find_plain_names(items)
    _find_closings(items)
    _find_known_names(items, names)
    _find_captions(items)
    return items


def _alone(number: int, line: Line) -> Item:
    found = _HASHES.match(line.text)
    start = found.end() if found else 0
    if not line.text[start:].strip() and line.text.strip():  # nothing but such marks
        start = len(line.text) - len(line.text.lstrip())
    text = line.text[start:].rstrip()
    item = Item(number, line, text, start, Look.TEXT)
    if line.picture or line.table:
        item.look = Look.PICTURE if line.picture else Look.TABLE
    elif short := _short(text) if len(text) <= 240 else None:
        item.look = short
    elif people := forms.people_in(text):
        item.people = people
        item.look = Look.CREDIT if all(p.act in OF_PHOTOS for p in people) else Look.BYLINE
    elif furniture.is_copyright(text):
        item.look = Look.COPYRIGHT
    elif forms.is_lede(text) and len(text) > 12:
        item.look = Look.LEDE
    elif forms.note(text) and len(text) > 12:
        item.look = Look.NOTE
    else:
        _read_text(item)
    return item


def _short(text: str) -> Look | None:
    """The look of what belongs to the page."""
    if _GUIDE.match(text) or (len(text) < 12 and _GUIDED.match(text) and "刊" in text):
        return Look.GUIDE
    if furniture.is_crumbs(text):
        return Look.FIELD
    if not forms.has_ideographs(text) and len(text) < 40:
        return Look.FIELD if masthead.is_of_page(text) else Look.FURNITURE
    if (
        _RULE.match(text)
        or furniture.is_folio(text)
        or furniture.is_web_furniture(text)
        or furniture.is_imprint(text)
        or _OUTSIDE_STORY.match(text)
    ):
        return Look.FIELD if masthead.is_of_page(text) else Look.FURNITURE
    if furniture.is_pointer(text):
        return Look.POINTER
    return Look.FIELD if masthead.is_of_page(text) else None


def _read_text(item: Item) -> None:
    text = item.text
    item.opens = furniture.runover(text)
    item.dateline = forms.dateline(text)
    if item.dateline is None and (credit := captions.credit_at_end(text)):
        span, people = credit
        if all(person.act in OF_PHOTOS for person in people) and len(text) <= LONGEST_CAPTION + 60:
            item.credited, item.people, item.look = span, people, Look.CAPTION
            return
    signed = forms.byline_at_end(text)
    if signed and not (item.dateline and _is_named(text, item.dateline[1], signed[0])):
        item.signed, item.people = signed
    elif item.dateline is None and captions.is_captioned(text) and len(text) <= LONGEST_CAPTION:
        item.look = Look.CAPTION
    elif item.dateline is None and forms.could_head(text):
        item.look = Look.TITLE


def _is_named(text: str, start: int, signed: forms.Span) -> bool:
    """Whether the names at the end are those behind the dateline: the line has nothing else."""
    named = forms.byline_after(text, start)
    return named is not None and signed[0] < named[0][1]


def _is_verse(items: list[Item], start: int) -> bool:
    """Whether many short lines follow."""
    return len(items) > start + 6 and all(item.look == Look.TITLE for item in items[start : start + 6])


def _find_speakers(items: list[Item]) -> None:
    """Questions and answers of an interview are text, however short: a speaker comes more than once."""
    speakers = Counter(forms.speaker(item.text) for item in items if item.look in (Look.TITLE, Look.TEXT))
    for item in items:
        if item.look == Look.TITLE and speakers[forms.speaker(item.text)] > 1 and forms.speaker(item.text):
            item.look = Look.TEXT


def _find_known_names(items: list[Item], names: Collection[str]) -> None:
    """…不落一人。(山雨): somebody who signs elsewhere on the page, or is known to the house."""
    known = {person.name for item in items for person in item.people} | set(names)
    for item in items:
        if item.look != Look.TEXT or item.signed:
            continue
        found = forms.named_at_end(item.text, known)
        if found:
            item.signed, item.people = found


def _find_closings(items: list[Item]) -> None:
    """柳泉市公安局 / 2018年12月1日 under a notice."""
    for text, body, day in zip(items, items[1:], items[2:], strict=False):
        looks = (text.look, body.look, day.look)
        if looks == (Look.TEXT, Look.TITLE, Look.FIELD) and masthead.is_day(day.text):
            body.look = day.look = Look.CLOSING


def _find_plain_names(items: list[Item]) -> None:
    """A name alone under a title, with text below it, signs the story: 读书的好处 / 王淑兰 / …"""
    for above, item, below in zip(items, items[1:], items[2:], strict=False):
        if not (
            above.look == item.look == Look.TITLE and below.look in (Look.TEXT, Look.TITLE, Look.PICTURE)
        ):
            continue
        name = "".join(item.text.split())
        if below.look == Look.TITLE and name == item.text and not _is_verse(items, item.number):
            continue
        if forms.is_plain_name(name):
            item.look, item.people = Look.BYLINE, [Person(AUTHOR, name)]


def _find_captions(items: list[Item]) -> None:
    """The lines over a credit are its caption: all that stand close, one where nothing stands close."""
    for place, item in enumerate(items):
        first = place - 1
        while first > 0 and item.look == Look.CREDIT and _is_of_credit(items[first], items[first + 1]):
            items[first].look = Look.CREDIT  # 通讯员 甲, and on the next line 记者 乙摄
            first -= 1
        if item.look != Look.CREDIT or first < 0 or items[first].look not in (Look.TEXT, Look.TITLE):
            continue
        place = first + 1
        if items[first].look == Look.TITLE and all(person.act == "摄影报道" for person in item.people):
            item.look = Look.BYLINE  # under a headline it signs the story
            continue
        if items[place].line.gap == 0:
            while (
                first > 0
                and items[first].line.gap == 0
                and items[first - 1].look in (Look.TEXT, Look.TITLE)
                and items[first - 1].dateline is None
                and not items[first - 1].is_genre
                and not forms.ends(items[first - 1].text)
            ):
                first -= 1
        block = items[first:place]
        if (
            any(one.dateline or one.signed for one in block)
            or sum(len(one.text) for one in block) > LONGEST_CAPTION
        ):
            continue
        for one in block:
            one.look = Look.CAPTION


def _is_of_credit(item: Item, following: Item) -> bool:
    bare = not item.text.startswith(("(", "（")) and not any(person.act for person in item.people)
    return item.look == Look.BYLINE and bare and following.line.gap <= 1
