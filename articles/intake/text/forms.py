"""The set forms of stories: sentences and headings, datelines, bylines, notes, genres, speakers. Pure.

Each function looks at one text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from articles.intake.text.names import AUTHOR, MARKS, SURNAMES, Person, could_name, is_family, read_people

Span = tuple[int, int]

#: A paragraph that ends so is whole; anything else may have been cut.
_ENDS = re.compile(r"[。！？!?…:：~～][”’\"'』」）)】》]*$|[.][”\"')]*$|—{2}$")

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")

_TITLE_STOPS = re.compile(r"[。;；]|[，,、：:]\s*$|[!！?？][^!！?？”’》」\s]*[,，。]")

_GOES_ON = re.compile(r"[,，。、;；:：!！?？)）”’》」』】%％…]")

#: A heading is not longer; the longest of newspapers (全称 and all) have some forty characters.
LONGEST_HEADING = 44


def length(text: str) -> int:
    """Characters, white space left out; two ASCII ones count as one ideograph."""
    wide = len(_IDEOGRAPHS.findall(text))
    return wide + (len("".join(text.split())) - wide + 1) // 2


def ends(text: str) -> bool:
    """Whether a sentence, or the introduction of a list, ends with the text."""
    return _ENDS.search(text.rstrip()[-40:]) is not None


def goes_on(text: str) -> bool:
    """Whether the text can only be the rest of something: it begins with what closes."""
    return _GOES_ON.match(text.lstrip()) is not None


def has_ideographs(text: str) -> bool:
    return _IDEOGRAPHS.search(text) is not None


def could_head(text: str) -> bool:
    """Whether the line could be one of a headline's or a subhead: short, and no sentence."""
    text = text.strip()
    if not text or length(text) > LONGEST_HEADING or _TITLE_STOPS.search(text) or goes_on(text):
        return False
    return _IDEOGRAPHS.search(text) is not None


_COMMA = re.compile(r"[,，]")


def is_sentence_like(text: str) -> bool:
    """Whether a short line reads like running text rather than a heading: it could be the half of a paragraph
    that a column cut, or its last sentence."""
    clauses = [clause for clause in _COMMA.split(text.strip()) if clause]
    if len(clauses) > 2 or (len(clauses) == 2 and text.rstrip()[-1:] in "!！"):
        return True
    if len(clauses) == 2:
        first, second = length(clauses[0]), length(clauses[1])
        return first + second > 28 or second > 3.5 * first
    return False


_DAY = r"(?:\d{1,2}月)?\d{1,2}日"

_DATELINE = re.compile(
    rf"\s*(?P<dateline>(?:[本][报网台社刊站]|[\u4e00-\u9fffA-Za-z·]{{2,9}}?)(?:[\u4e00-\u9fff]{{2,6}}?)?(?:{_DAY})?(?:快讯|讯|消息)"
    rf"|[\u4e00-\u9fff]{{1,8}}[社报网台][\u4e00-\u9fff·]{{0,12}}{_DAY}电)"
    r"(?P<after>\s*(?=[(（])|[\s\u3000]+|[:：]\s*|\s*[—－-]{1,2}\s*|(?<=^本报讯))"
)

_NO_DATELINE = re.compile(
    r"通讯|喜讯|资讯|音讯|电讯(?!$)|问讯|简讯|短讯|审讯|传讯|闻讯|汛|刑讯|简明|据.*消息|好消息|的消息"
)

_BRACKET = re.compile(r"\s*[(（]([^()（）]{2,60})[)）]\s*[:：]?\s*")

_REPORTS = re.compile(r"\s*((?:本报)?(?:记者|通讯员)[^,，。:：]{1,30}?)(?:报道|摄影报道)[:：]?\s*")


def dateline(text: str) -> Span | None:
    """The place of a dateline (本报讯, 开发区讯, 本报北京7月2日电) that opens the paragraph."""
    found = _DATELINE.match(text)
    if found is None:
        return None
    name = found["dateline"]
    if _NO_DATELINE.search(name):
        return None
    return found.span("dateline")


def byline_after(text: str, start: int) -> tuple[Span, list[Person]] | None:
    """The names that follow a dateline: (记者甲), or 记者甲 报道."""
    for form in (_BRACKET, _REPORTS):
        found = form.match(text, start)
        if found and (people := people_in(re.sub(r"(?:摄影)?报道$", "", found[1]).strip())):
            return found.span(), people
    return None


_TAIL_BRACKET = re.compile(r"[(（]\s*([^()（）]{2,60}?)\s*[)）]\s*$")

_TAIL_MARK = re.compile(rf"[{MARKS}]\s*([^{MARKS}。！？]{{2,40}})$")

_TAIL_PLAIN = re.compile(
    r"(?<=[。！？!?”…])[ \u3000]*((?:[\u4e00-\u9fff]{2,8})?(?:记者|通讯员)[^,，。！？]{1,40})$"
)

_TAIL = 120  # characters at a paragraph's end in which its signature stands


def byline_at_end(text: str) -> tuple[Span, list[Person]] | None:
    """A signature glued to the paragraph's end: …幸福安康。 □甲, …力量。(记者 甲 通讯员 乙)."""
    text = text.rstrip()
    for form in (_TAIL_MARK, _TAIL_BRACKET, _TAIL_PLAIN):
        found = form.search(text, max(0, len(text) - _TAIL))
        if found is None or not text[: found.start()].strip():
            continue
        people = people_in(found[1] if form is _TAIL_PLAIN else found[0])
        bare = all(person.role == AUTHOR for person in people)
        if people and (not bare or form is _TAIL_MARK or _plain_names(people, text[: found.start()])):
            return found.span(), people
    return None


def named_at_end(text: str, known: Collection[str]) -> tuple[Span, list[Person]] | None:
    """As `byline_at_end`, of nothing but names that are known: …不落一人。(山雨)."""
    found = _TAIL_BRACKET.search(text.rstrip(), max(0, len(text) - _TAIL))
    names = re.split(r"[\s、，,]+", found[1]) if found else []
    if not found or not names or not set(names) <= set(known) or not ends(text[: found.start()]):
        return None
    return found.span(), [Person(AUTHOR, name) for name in names]


def _plain_names(people: list[Person], before: str) -> bool:
    """Whether (甲 乙) without a role signs the text before it, and is no aside."""
    return ends(before) and all(is_family(p.name) and 2 <= len(p.name) <= 4 for p in people)


@lru_cache(maxsize=4096)
def _people(text: str) -> tuple[Person, ...]:
    return tuple(read_people(text))


def people_in(text: str) -> list[Person]:
    """As `read_people`, but cheap for what is surely none."""
    if len(text) > 90 or not (could_name(text) or text[:1] in "(（"):
        return []
    return list(_people(text))


def is_plain_name(text: str) -> bool:
    """Whether the text is a person's name and hardly a word: two or three characters, family name first."""
    return 2 <= len(text) <= 3 and text[0] in SURNAMES and _IDEOGRAPHS.sub("", text) == ""


_SPOKE = re.compile(r"(?:出席|主持|讲话|致辞|参加|作报告|批示|调研|陪同|宣布)[^，,]{0,6}$")


def is_of_speaker(text: str) -> bool:
    """徐志勇出席并讲话: what a subheadline says of somebody at a meeting."""
    return length(text) <= 22 and text.strip()[:1] in SURNAMES and _SPOKE.search(text.strip()) is not None


_GENRES = re.compile(
    r"^[\W_]*(?:图片新闻|图片报道|图说新闻|组图|短评|时评|评论|社论|本报评论员(?:文章)?|言论|简讯|短讯|快讯|一组简讯"
    r"|简明新闻|新闻特写|特写|通讯|侧记|综述|人物|专访|深度报道|新闻故事"
    r"|一句话新闻|要闻速览|来信选登|群众来信|读者来信|.{0,6}(?:公告|启事|声明|通告))[\W_]*$"
)


def is_genre(text: str) -> bool:
    """A word for the kind of what follows (短评, 图片新闻, 遗失声明): something new begins with it."""
    return len(text) < 14 and _GENRES.match(text) is not None


_FOLLOWS_UP = re.compile(
    r"^[\W_]*(?:记者调查|记者手记|采访手记|记者观察|编后语?|(?:新闻|相关)链接|回音|(?:部门|官方)?(?:回复|回应)"
    r"|(?:专家)?点评|延伸阅读)[\W_]*$"
)


def follows_up(text: str) -> bool:
    """A heading under which a story that was signed goes on: 记者调查, 新闻链接."""
    return len(text) < 12 and _FOLLOWS_UP.match(text) is not None


_SPEAKER = re.compile(r"^\s*([\u4e00-\u9fff]{1,4})[:：]\s*\S")


def speaker(text: str) -> str:
    """Who speaks in a line of an interview (记者:…, 问:…), "" where nobody does."""
    found = _SPEAKER.match(text)
    return found[1] if found else ""


_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,2}[章节篇部步]"
    r"|[■●◆▶★]\s*|\d{1,2}[、.．]\s*(?!\d)|之[一二三四五六七八九十])"
)

_DASHED = re.compile(r"^\s*(?:——|——|－－|──|--|—)\s*")


def is_numbered(text: str) -> bool:
    """一、… or ■…: how subheads begin."""
    return _NUMBERED.match(text) is not None


def is_dashed(text: str) -> bool:
    """——…: how a subheadline begins."""
    return _DASHED.match(text) is not None


_NOTE = re.compile(r"^\s*【?(?:编者按|编者的话|开栏语|开栏的话|编后语?)】?[:：\s]*")

_LEDE = re.compile(r"^\s*【?(?:核心提示|阅读提示|内容提要|内容提示|提要|导语)】?(?:[:：]|\s+)")


def is_lede(text: str) -> bool:
    """核心提示:…"""
    return _LEDE.match(text) is not None


def note(text: str) -> int:
    """How many characters name the paragraph as the desk's own: 编者按:."""
    found = _NOTE.match(text)
    return found.end() if found else 0
