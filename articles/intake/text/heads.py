"""What stands around a page's stories, its head and guide; and whether a title goes on with a story. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.intake.pieces import WEB, Kind
from articles.intake.text import forms, furniture, masthead
from articles.intake.text.looks import Item, Look

_OF_GUIDE = (Look.TITLE, Look.GUIDE, Look.POINTER)
FAR = 200  # lines that are looked ahead; a page has fewer
_HEAD = 25  # lines; a masthead with everything has a dozen
_CHANNEL = re.compile(r"新闻|频道|专辑|专栏|专题|资讯|要闻|网|在线|动态|政务")
_PAPER = re.compile(r"(?:日报|晚报|时报|周报|早报|导报|商报|[市县区]报|周刊)$")
_NAME_OF_PAPER = re.compile(r"(?:报|日报|晚报|时报|周刊|周报|导刊|新闻|日讯|今日.{2,8}|新.{1,6}|.{2,6}人)$")
_ENTRY = re.compile(r"(?:详?见|转|刊)?\s*(?:第|[>＞→▶·…\s]*)?\s*([A-D]?\d{1,2})\s*版(?:\s*刊登)?")


def is_web(items: Sequence[Item]) -> bool:
    """A web page says whence, and when to the minute; a newspaper's has a masthead or several datelines."""
    fields = [item for item in items if item.look == Look.FIELD]
    if any(furniture.is_crumbs(item.text) for item in fields[:3]):
        return True
    if any(masthead.is_printed(item.text) for item in fields):
        return False
    return any(masthead.is_web(item.text) for item in fields) and sum(1 for i in items if i.dateline) < 3


def read_head(items: Sequence[Item], form: str) -> tuple[int, list[Kind]]:
    """How many lines are the page's head, and what each of them is."""
    end = 0
    body = next((n for n, i in enumerate(items) if i.look in (Look.TEXT, Look.NOTE, Look.BYLINE)), len(items))
    for number, item in enumerate(items[: min(body, _HEAD)]):
        if item.look in (Look.FIELD, Look.FURNITURE) and (form != WEB or number == 0):
            end = number + 1
        elif form == WEB and number == 0 and _is_crumb(item, items):
            end = 1
    if (
        end
        and form != WEB
        and end < len(items)
        and _names_paper(items[end])
        and title_of(items[:end]) is None
    ):
        end += 1
    return end, [_head_kind(item, items[:end], form) for item in items[:end]]


def _names_paper(item: Item) -> bool:
    return item.look == Look.TITLE and len(item.text) <= 8 and _PAPER.search(item.text) is not None


def _is_crumb(item: Item, items: Sequence[Item]) -> bool:
    """Whether a web page's first line says where on the site it is: titles follow, and it names channels."""
    if item.look not in (Look.TITLE, Look.FURNITURE):
        return False
    if furniture.is_crumbs(item.text):
        return True
    more = len(items) > 1 and items[1].look == Look.TITLE
    return (
        more and _CHANNEL.search(item.text) is not None and not re.search(r"[\s,，、:：!！?？“”]", item.text)
    )


def _head_kind(item: Item, head: Sequence[Item], form: str) -> Kind:
    if item.look in (Look.FIELD, Look.COPYRIGHT) or form == WEB:
        return (
            Kind.FURNITURE
            if item.look == Look.FURNITURE and not furniture.is_crumbs(item.text)
            else Kind.ISSUE
        )
    if item is title_of(head):
        return Kind.ISSUE
    return Kind.FURNITURE


def title_of(head: Sequence[Item]) -> Item | None:
    """The paper's name in its head: the line that ends as such names do, or the first short one."""
    lines = [i for i in head if i.look in (Look.TITLE, Look.FURNITURE) and not furniture.is_folio(i.text)]
    short = [i for i in lines if 2 <= forms.length(i.text) <= 12 and forms.has_ideographs(i.text)]
    named = [i for i in short if _NAME_OF_PAPER.search("".join(i.text.split())) and not i.text[:1].isdigit()]
    return next(iter(named or short), None)


def name_in(text: str) -> str:
    """The paper's name where it shares a line with the date: 金牛湾报 2021年5月30日 星期日. "" for none."""
    first = text.split()[0] if text.split() else ""
    named = 3 <= len(first) <= 10 and _NAME_OF_PAPER.search(first) and not masthead.fields_in(first)
    return first if named and "date" in masthead.fields_in(text) else ""


def guide_end(items: Sequence[Item], start: int) -> int:
    """The first item that is no longer of the guide which begins at `start`.

    Where pages stand before their entries, an entry is one line, lines with —— after it, and what leads to
    the next page; so a headline that follows the guide is not swallowed.
    """
    end = start + 1
    while end < len(items) and (items[end].look in _OF_GUIDE or _entry(items[end])):
        end += 1
    numbers = [place for place in range(start, end) if _ENTRY.search(items[place].text)]
    if not numbers:
        return min(end, start + 1) if items[start].look == Look.GUIDE else end
    first = numbers[0] if numbers[0] > start else start
    mark = _ENTRY.search(items[first].text)
    leading = first <= start + 1 and mark is not None and mark.start() <= 1
    last = numbers[-1] + 1
    if not leading:
        return last
    if last < end and not forms.is_dashed(items[last].text):
        last += 1
    while last < end and forms.is_dashed(items[last].text):
        last += 1
    return last


def _entry(item: Item) -> bool:
    """A line of a guide that ends with its page, or is nothing but that."""
    if item.look not in (Look.TEXT, Look.FURNITURE):
        return False
    return len(item.text) < 60 and re.search(r"\d{1,2}\s*版\W*$", item.text) is not None


def goes_on(items: Sequence[Item], place: int, titles: int, dated: bool, before: Sequence[int]) -> bool:
    """Whether titles without byline or dateline are a subhead of the story they stand in.

    They are where the stretch has several of their length, and where nobody has signed the story yet and
    somebody does further on. A story that began with a dateline and goes on to the next one has none.
    """
    size = sum(forms.length(item.text) for item in items[place : place + titles])
    alike = sum(abs(size - other) <= 6 for other in before[-20:])
    signed = False
    for number in range(place + titles, min(place + FAR, len(items))):
        item = items[number]
        if item.look == Look.BYLINE or item.signed:
            signed = True
            break
        if item.is_strong:
            break
        if item.look == Look.TITLE and not item.is_weak and items[number - 1].look != Look.TITLE:
            following = _after_titles(items, number + 1)
            if following is not None and (following.is_strong or following.look == Look.BYLINE):
                break
            alike += abs(size - forms.length(item.text)) <= 6
    if alike:
        return size <= 24
    return signed and not dated and size <= 20


def _after_titles(items: Sequence[Item], place: int) -> Item | None:
    for number in range(place, min(place + FAR, len(items))):
        if items[number].look != Look.TITLE:
            return items[number]
    return None
