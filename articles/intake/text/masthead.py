"""What a page says of itself: masthead, imprint, production credits; what a web page says of its story. Pure.

A line may hold several fields. It is of the page where they leave hardly anything of it over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "О": 0,
    "O": 0,
}
_CN = "[〇零○一二三四五六七八九十]"

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-./／])\s*(?P<m>\d{1,2})\s*(?:月|[-./／])\s*(?P<d>\d{1,2})\s*日?"
    rf"|(?P<cy>[一二][〇零○О九一二三四五六七八]{{3}})年(?P<cm>{_CN}{{1,2}})月(?P<cd>{_CN}{{1,3}})日"
)
_CLOCK = re.compile(r"\s*(?P<h>\d{1,2})[:：](?P<min>\d{2})(?:[:：](?P<s>\d{2}))?")
_LUNAR = re.compile(
    r"(?:农历|夏历|阴历)?\s*(?P<lunar>(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年?(?:（.年）|\(.年\))?"
    r"\s*闰?[正一二三四五六七八九十冬腊]{1,2}月(?:[初十廿卅二三][一二三四五六七八九十]?|[一二三]十)"
    r"|(?<=农历)\s*闰?[正一二三四五六七八九十冬腊]{1,2}月(?:[初十廿卅二三][一二三四五六七八九十]))"
)
_LABEL_END = r"\s*[:：/]?\s*"
_PERMIT = r"(?:内部资料)?(?:性出版物)?(?:连续性内部资料(?:出版物)?)?(?:出版物)?准印证(?:号)?|登记证号?"
_REGISTERED = r"(?:国内)?统一(?:连续出版物|出版物|刊)号|刊号"
_PERMIT_NUMBER = (
    r"(?:[（(【\[]?[\u4e00-\u9fff]{1,3}[)）】\]]?\s*)?(?:[A-Z]{1,3}\s*)?(?:字)?(?:第)?[\d\-—/]{4,}\s*(?:号)?"
)
_FREE = r"免费(?:交流|赠阅|发放)"
_INTERNAL = rf"(?:内部资料|内部刊物|内部发行)[,，、 \u3000]*(?:{_FREE}|注意保存|仅供交流)?"
_BODY = r"(?:中共|[\u4e00-\u9fff]{2,8}(?:省|市|县|区|旗|州|镇))[\u4e00-\u9fff（）() 、]{2,40}?"
_FIELDS: dict[str, re.Pattern[str]] = {
    "weekday": re.compile(r"(星期[一二三四五六日天]|周[一二三四五六日])(?!年|边|期|刊|末|游)"),
    "total_number": re.compile(r"总\s*第?\s*(\d{1,6})\s*期|累计\s*第?\s*(\d{1,6})\s*期"),
    "number": re.compile(
        r"(?<!总)(?<!总 )(?<!计)第\s*(\d{1,5})\s*期|(?<!总)(?<!总第)(?<!\d)(\d{1,5})\s*期(?=[(（\s])"
    ),
    "pages": re.compile(
        r"(?:今日|本期|今天|共|今|本报今日)\s*(?:共)?\s*(\d{1,3}|[一二三四五六七八十]{1,2})\s*(?:个)?版"
    ),
    "permit": re.compile(
        rf"(?:{_PERMIT}|{_REGISTERED}){_LABEL_END}({_PERMIT_NUMBER})|(CN\s*\d{{2}}[-—]\s*\d{{4}}(?:/[A-Z\d]+)?)"
        r"|([\u4e00-\u9fff]{1,4}内资准字第?\s*\d{3,}\s*号?)"
    ),
    "postal": re.compile(rf"邮发代号{_LABEL_END}(\d{{1,3}}[-—]\d{{1,4}})"),
    "website": re.compile(
        rf"(?:[\u4e00-\u9fff]{{0,12}}(?:网址?|网站|官网|新闻网){_LABEL_END})?"
        r"((?:https?://)?(?:www|[a-z0-9\-]+)\.[a-zA-Z0-9\-]+(?:\.[a-zA-Z]{2,12}){1,3}(?:/[\w\-./]*)?)"
    ),
    "hotline": re.compile(
        rf"(?:新闻|报料|读者|服务|投稿|爆料|发行|广告)?(?:热线|电话)(?:电话)?{_LABEL_END}"
        r"([(（]?0\d{2,3}[)）]?\s*[-—－]?\s*\d{7,8}|1\d{10}|\d{7,8}|\d{5})"
    ),
    "email": re.compile(
        rf"(?:[\u4e00-\u9fff]{{0,6}}(?:邮箱|信箱|[Ee]-?mail){_LABEL_END})?([\w.\-]+@[\w\-]+(?:\.\w+)+)"
    ),
    "distribution": re.compile(rf"[(（【\[]?\s*({_INTERNAL}|{_FREE})\s*[)）】\]]?"),
    "organ": re.compile(
        rf"({_BODY})\s*(?:主管[、 ]?主办|主办|主管|编印|承办|出版)"
        r"|(?:主管(?:主办)?|主办)(?:单位)?[:：]\s*([\u4e00-\u9fff（）()、]{4,40})"
    ),
    "source": re.compile(r"(?:来源|稿源|信息来源|文章来源)\s*[:：]\s*([^\s:：|]{2,20})"),
    "author": re.compile(
        r"(?<!\S)(?:作者|撰稿)\s*[:：]\s*([\u4e00-\u9fff·]{2,6}(?:[ 、][\u4e00-\u9fff·]{2,6})*?)(?=\s|$)"
    ),
    "views": re.compile(
        r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?|字[号体]\s*[:：]?\s*[【\[]?\s*大\s*中?\s*小\s*[】\]]?"
        r"|发布(?:时间|日期)\s*[:：]?|(?:打印|关闭|收藏)(?:本页|窗口)?(?=\s|$)"
    ),
    "issn": re.compile(r"ISSN\s*[\d\-X]{8,9}|零售价?[:：]?\s*\S{1,6}元|第?\d{1,3}[-—]\d{1,4}\s*号?(?=邮发)"),
}
_LABELS = (
    "统稿|视觉|总值班|统筹|(?:本版|执行|责任|文字|美术|新媒体|网络|电子版|首席|值班|实习|图片|见习)?(?:责编|编辑|主编|校对|美编|编审|编委|主任|总编)"
    "|版式|组版|组稿|制作|排版|照排|设计|美术|审核|审校|审读|检校|值班(?:主任|编委|总编辑?|编辑)|[一二三]审|初审|复审|终审|[一二三]校|监制|策划|总监|统筹|签发|总编辑"
    "|副总编辑?|社长|主任|出品|版面(?:设计|编辑)?|美术编辑|见习编辑"
)
_OTHERS = "热线|电话|邮箱|地址|网址|邮编"
_CREDIT = re.compile(
    rf"(?P<label>{_LABELS})\s*(?:[:：/／]\s*|[\s\u3000]+|(?=\S))(?P<name>(?!{_LABELS}|{_OTHERS})[\u4e00-\u9fff]{{2,4}}"
    rf"(?:[、 ](?!{_LABELS}|{_OTHERS})[\u4e00-\u9fff]{{2,3}}(?![\u4e00-\u9fff：:/]))*"
    r"|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff](?=\s|$|[)）]))"
)
_CREDIT_CLOSED = re.compile(rf"(?P<label>{_LABELS})\s*[:：/／]")
_SAME = {
    "责任编辑": "责编",
    "本版责编": "责编",
    "本版编辑": "编辑",
    "责任校对": "校对",
    "本版校对": "校对",
    "本版责任编辑": "责编",
}
_STRONG = ("permit", "total_number", "organ", "distribution", "postal")


_SPACES = str.maketrans({"\u3000": " ", "\xa0": " ", "\t": " ", "\u2002": " ", "\u2003": " "})


@lru_cache(maxsize=2048)
def _found(text: str) -> tuple[tuple[str, tuple[int, int], Any], ...]:
    return tuple(_search(text.translate(_SPACES)))


def _search(text: str) -> Iterator[tuple[str, tuple[int, int], Any]]:
    if found := _DATE.search(text):
        date = _date(found)
        if date:
            clock = _CLOCK.match(text, found.end())
            end = clock.end() if clock else found.end()
            yield "date", (found.start(), end), (date, clock)
    for name, form in _FIELDS.items():
        for found in form.finditer(text):
            yield name, found.span(), next((g for g in found.groups() if g), found[0]).strip()
    if found := _LUNAR.search(text):
        yield "lunar", found.span(), found["lunar"].strip()
    for found in _credits(text):
        yield "credit", found.span(), (found["label"], found["name"])


def _credits(text: str) -> list[re.Match[str]]:
    """责编:甲 校对:乙 — believed where a colon stands, or where such pairs are all the line holds."""
    found = list(_CREDIT.finditer(text))
    if not found or _CREDIT_CLOSED.search(text):
        return found
    return found if len(found) > 1 and not re.search(r"[，。；,;]", text) else []


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        if found["y"]:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        year = int("".join(str(_DIGITS[char]) for char in found["cy"]))
        return dt.date(year, _number(found["cm"]), _number(found["cd"]))
    except (ValueError, KeyError):
        return None


def _number(text: str) -> int:
    """12 of 12 or 十二, up to 99."""
    if text.isdecimal():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return _DIGITS[tens]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def share(text: str) -> float:
    """How much of the line is fields of the page, from 0 to 1."""
    total = len("".join(text.split()))
    if not total or total > 240:
        return 0.0
    held = bytearray(len(text))
    for _name, (start, end), _value in _found(text):
        for place in range(start, end):
            held[place] = 1
    rest = sum(not kept and char.isalnum() for char, kept in zip(text, held, strict=True))
    return 1 - rest / max(sum(char.isalnum() for char in text), 1)


def fields_in(text: str) -> set[str]:
    return {name for name, _span, _value in _found(text)}


def is_of_page(text: str) -> bool:
    """Whether the line is fields of the page and hardly anything else."""
    names = fields_in(text)
    if not names:
        return False
    part = share(text)
    if part >= 0.6:
        return True
    several = len(names & set(_STRONG)) > 0 or {"date", "weekday"} <= names
    return part >= 0.35 and several and len(text) < 80 and not re.search(r"[，。；]", text)


def is_day(text: str) -> bool:
    """Whether the line is a date and nothing else: the end of a notice."""
    return fields_in(text) == {"date"} and share(text) == 1 and not any(v[1] for _n, _s, v in _found(text))


def is_printed(text: str) -> bool:
    """Whether the line can only be a newspaper's: its permit, its total number."""
    return bool(fields_in(text) & {"permit", "total_number", "postal", "distribution"}) and is_of_page(text)


def is_head(text: str) -> bool:
    """Whether the line can only stand in a newspaper's head: 总第604期, 准印证, 主管主办."""
    return bool(fields_in(text) & set(_STRONG)) and is_of_page(text)


def is_web(text: str) -> bool:
    """Whether the line can only stand on a web page: a source, a moment with its clock."""
    return is_of_page(text) and (
        "source" in fields_in(text) or any(n == "date" and v[1] for n, _s, v in _found(text))
    )


def read(lines: Iterable[str]) -> dict[str, Any]:
    """The fields of contract.md's `issue` that the lines of the page hold; the first of each counts."""
    fields: dict[str, Any] = {}
    named: dict[str, str] = {}
    for text in lines:
        for name, _span, value in _found(text):
            if name == "credit":
                named.setdefault(_SAME.get(value[0], value[0]), " ".join(value[1].split()))
            elif name == "date":
                _keep_date(fields, *value)
            elif name in ("number", "total_number", "pages"):
                fields.setdefault(name, _number("".join(value.split())))
            elif name not in ("issn", "views"):
                fields.setdefault(name, value)
    if named:
        fields["editor_credits"] = named
    return fields


def _keep_date(fields: dict[str, Any], date: dt.date, clock: re.Match[str] | None) -> None:
    if clock is None:
        fields.setdefault("date", date.isoformat())
        return
    hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    if hour < 24 and minute < 60 and second < 60:
        moment = dt.datetime.combine(date, dt.time(hour, minute, second))
        fields.setdefault("published_at", moment.isoformat())
