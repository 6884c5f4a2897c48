"""For which day's paper and which page something was read. Pure: a proposal that people correct."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from articles.intake.pieces import PAGE, WEB, Kind, Reading
from articles.intake.shape import issue_of
from articles.intake.text import masthead

MOST_PAGES = 64
_PAGE = re.compile(
    r"(?<![\d总共今日期天])(?<![总共今日期天]\s)第?\s*0?(\d{1,2})\s*版(?!本|权|式|图|面积)|[A-D]0?(\d{1,2})(?!\d)"
)
_NAME = re.compile(r"[\u4e00-\u9fff]+(?:[·/][\u4e00-\u9fff]+)?")
_FIELDS = re.compile(
    r"\d{4}\s*年|\d{1,2}\s*[月日]|星期.|周[一二三四五六日]|[农夏阴]历\S*|第?\d+期|[:：|｜第版/\s]"
)
_IN_NAME = re.compile(r"第?(\d{1,2})\s*版|(?:^|[-_.\s])[A-D]?(\d{1,2})$")
_DAY_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:(?=\d{4}(?!\d))|[-_.年])(\d{1,2})(?:(?<=\d{6})|[-_.月])(\d{1,2})(?!\d)"
)
_ENDS_IN_DAY = re.compile(r"\d{4}[-_.年]\d{1,2}[-_.月]\d{1,2}日?$")


def days_of(readings: Sequence[Reading], name: str = "") -> list[dt.date | None]:
    """The paper's date for each page of a file: its own, else another page's, else that of the file's name.

    None for a web page's story.
    """
    own = [_day(reading) for reading in readings]
    usual = next(filter(None, own), None) or day_in(name)
    return [day or (None if read.form == WEB else usual) for day, read in zip(own, readings, strict=True)]


def _day(reading: Reading) -> dt.date | None:
    date = None if reading.form == WEB else issue_of(reading).get("date")
    return dt.date.fromisoformat(date) if date else None


def day_in(name: str) -> dt.date | None:
    """5 July 2018 of 20180705-02.pdf, 柳湾时报2018-07-05.txt, 2018年7月5日第3版.docx."""
    for year, month, day in _DAY_IN_NAME.findall(name):
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def page_of(reading: Reading, name: str = "", part: int = 1, parts: int = 1) -> int | None:
    """What the page calls itself; else 1 where the paper's head stands, its place in a file of several
    pages, or the number in the file's name (第3版.txt, 20180705-02.pdf)."""
    if reading.form == WEB:
        return None
    texts = [reading.text(piece) for piece in reading.of(PAGE, Kind.ISSUE, Kind.FURNITURE)]
    for text in texts:
        if len(text) <= 40 and (said := _PAGE.search(text)):
            return _possible(int(said[1] or said[2]))
    if any(map(masthead.is_head, texts)):
        return 1
    return _possible(part) if parts > 1 else number_in(name)


def name_of(reading: Reading) -> str:
    """The page's name where it stands beside its number: 要闻, 民生·综合."""
    for piece in reading.of(PAGE, Kind.ISSUE, Kind.FURNITURE):
        text = reading.text(piece)
        if len(text) <= 40 and _PAGE.search(text) and not masthead.is_head(text):
            rest = _FIELDS.sub(" ", _PAGE.sub(" ", text))
            names = [word for word in rest.split() if 2 <= len(word) <= 8 and _NAME.fullmatch(word)]
            return names[0] if len(names) == 1 else ""
    return ""


def number_in(name: str) -> int | None:
    """3 of 第3版.pdf, 2 of 20180705-02.pdf."""
    stem = name.rsplit(".", 1)[0]
    found = None if _ENDS_IN_DAY.search(stem) else _IN_NAME.search(stem)
    return _possible(int(found[1] or found[2])) if found else None


def _possible(number: int) -> int | None:
    return number if 1 <= number <= MOST_PAGES else None
