"""Newspaper pages made up at random, each with the reading it should have, and the damage real pages suffer.

A `Story` is what the reader should find; `set_out` writes it down in the lines a column has, by the forms of
../shared/truth/NOTES.md. What `Damage` says is done to the lines, never to the expected reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from tests.articles.intake.scoring import IDEOGRAPH

PLACES = ("柳湾镇", "青石街道", "云溪县", "石门村", "南浦社区", "城关镇", "白鹭洲", "东河乡", "金桥开发区")
WHO = (
    "县水利局",
    "镇农技站",
    "志愿服务队",
    "社区网格员",
    "县供电公司",
    "合作社的社员们",
    "施工单位",
    "区教育局",
)
WHEN = ("日前", "连日来", "上个月底", "今年以来", "入冬以后", "5月12日上午", "去年秋天", "截至目前")
DOES = (
    *("对全镇的老旧水渠进行了清淤疏浚", "把服务窗口搬到了田间地头", "为留守老人送去了棉衣和药品"),
    *("组织技术人员逐户检修用电线路", "在文化广场搭起了临时书屋", "新修了三条通往果园的水泥路"),
    *("同十二家企业签订了用工协议", "完成了两千多亩坡地的整治", "开设了面向新手的种植培训班"),
)
THEN = (
    *("有效解决了长期困扰群众的用水难题", "受到周边居民的普遍欢迎", "让村集体每年增收二十多万元"),
    *("为即将到来的雨季做好了准备", "带动了三百多户农民在家门口就业", "也为今后的管护打下了基础"),
)
HEADS = (
    *(
        "清淤疏浚为民生",
        "窗口搬到田埂上",
        "棉衣送进老人家",
        "电工进村查隐患",
        "广场建起小书屋",
        "果园通了水泥路",
    ),
    *("十二家企业进村招工", "坡地整治完成过半", "种植新手有了课堂", "古桥修缮如期完工", "渔港迎来第一批船"),
    *("柳编手艺走进校园", "夜间门诊方便上班族"),
)
SUBHEADS = ("渠水又清了", "人心更齐了", "日子有奔头", "难题这样解", "规矩立起来", "新路越走越宽")
SIDES = ("青石街道整治背街小巷的做法与启示", "云溪县推进水渠改造工程走访见闻", "城关镇探索村务公开新办法纪事")
NAMES = ("陆知秋", "何山", "白晓鸥", "郑重之", "万里晴", "苏桐", "顾盼", "江小鱼", "秦远帆", "梅雪")
DATELINES = ("本报讯", "云溪讯", "开发区讯")
CAPTIONS = (
    "居民在新修的水渠边洗菜。",
    "志愿者为老人测量血压。",
    "技术员在果园里示范剪枝。",
    "学生在书屋里读书。",
)
#: What a column's end leaves of a paragraph: above it more than a headline has, or a line; below it a line.
LEAST_ABOVE, LINE = 45, 16


class Signed(StrEnum):
    """Where a story names who wrote it."""

    IN_DATELINE = "in the dateline's parentheses"
    ON_TOP = "under the headline"
    AT_END = "as the last line"
    GLUED = "glued to the last paragraph"


@dataclass(frozen=True)
class Story:
    headline: str
    paragraphs: tuple[str, ...]
    names: tuple[tuple[str, str], ...]  # (role, name); 作者 for a bare □X
    signed: Signed
    dateline: str = ""
    kicker: str = ""
    subheadline: str = ""
    subheads: tuple[str, ...] = ()  # each before the paragraph of the same place, from the second on


@dataclass(frozen=True)
class Picture:
    caption: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    stories: tuple[Story, ...]
    pictures: tuple[Picture, ...] = ()  # each stands behind the story of the same place
    cuts: tuple[int, ...] = ()  # where paragraphs are cut, as parts of a hundred; used in turn
    least: int = LEAST_ABOVE  # characters left above each cut
    between: bool = False  # a picture's caption stands in the first cut
    furniture: bool = True


# What could stand on a page


@st.composite
def sentences(draw: st.DrawFn) -> str:
    when, who, does, then = (draw(st.sampled_from(words)) for words in (WHEN, WHO, DOES, THEN))
    return f"{when},{who}{does},{then}。"


paragraphs = st.lists(sentences(), min_size=2, max_size=4).map("".join)
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)


@st.composite
def stories(draw: st.DrawFn, headline: str) -> Story:
    """A story with every part that `Signed` and a kicker, subheadline and subheads leave to chance."""
    signed = draw(st.sampled_from(Signed))
    body = draw(st.lists(paragraphs, min_size=2, max_size=5))
    people = draw(names)
    roles = draw(st.lists(st.sampled_from(("记者", "通讯员")), min_size=len(people), max_size=len(people)))
    if signed in (Signed.AT_END, Signed.GLUED):
        people, roles = people[:1], ["作者"]
    feature = signed == Signed.ON_TOP
    above = draw(st.booleans()) and not feature
    return Story(
        headline=headline,
        paragraphs=tuple(body),
        names=tuple(zip(roles, people, strict=True)),
        signed=signed,
        dateline="" if feature else draw(st.sampled_from(DATELINES)),
        kicker=draw(st.sampled_from(PLACES)) + "聚焦群众急难愁盼办好民生实事" if above else "",
        subheadline=draw(st.sampled_from(("", *SIDES))) if feature else "",
        subheads=tuple(draw(st.permutations(SUBHEADS)))[: len(body) - 1] if feature else (),
    )


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    caption = draw(st.sampled_from(PLACES)) + draw(st.sampled_from(CAPTIONS))
    return Picture(caption, (("记者", draw(st.sampled_from(NAMES))),))


@st.composite
def pages(draw: st.DrawFn, least: int = 1, most: int = 4) -> Page:
    """A page that lost nothing: every paragraph whole, each part in its place."""
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=least, max_size=most, unique=True))
    told = tuple(draw(stories(head)) for head in heads)
    shown = draw(st.lists(pictures(), max_size=len(told) - 1, unique_by=lambda picture: picture.caption))
    return Page(told, tuple(shown), furniture=draw(st.booleans()))


@st.composite
def cut_pages(draw: st.DrawFn, least: int = LEAST_ABOVE) -> Page:
    """A page whose columns end in the middle of words, with a caption in such a gap now and then."""
    page = draw(pages())
    cuts = draw(st.lists(st.integers(0, 100), min_size=1, max_size=6))
    return replace(page, cuts=tuple(cuts), least=least, between=draw(st.booleans()))


def signed_as(signed: Signed, story: Story) -> Story:
    """The same story with its names in another place; what only a feature has goes when it is none."""
    author = signed in (Signed.AT_END, Signed.GLUED)
    names = tuple(("作者" if author else "记者", name) for _role, name in story.names)
    changed = replace(story, signed=signed, names=names[:1] if author else names)
    if signed == Signed.ON_TOP:
        return replace(changed, dateline="", kicker="")
    return replace(changed, dateline=story.dateline or "本报讯", subheadline="", subheads=())


# How it is set


def credited(people: tuple[tuple[str, str], ...]) -> str:
    """记者 甲 乙 通讯员 丙: a role is named when it changes."""
    words: list[str] = []
    last = ""
    for role, name in people:
        words += [name] if role == last else [role, name]
        last = role
    return " ".join(words)


def set_out(story: Story) -> list[list[str]]:
    """The story's blocks, each of lines that no empty line parts."""
    heads = [story.kicker, story.headline, story.subheadline and f"——{story.subheadline}"]
    blocks = [[line for line in heads if line]]
    if story.signed == Signed.ON_TOP:
        blocks.append([f"□{credited(story.names)}"])
    for place, text in enumerate(story.paragraphs):
        if place and story.subheads:
            blocks.append([story.subheads[place - 1]])
        if not place and story.dateline:
            who = f"({credited(story.names)})" if story.signed == Signed.IN_DATELINE else " "
            text = f"{story.dateline}{who}{text}"
        if place == len(story.paragraphs) - 1 and story.signed == Signed.GLUED:
            text = f"{text} □{story.names[0][1]}"
        blocks.append([text])
    if story.signed == Signed.AT_END:
        blocks.append([f"□{story.names[0][1]}"])
    return blocks


def shown(picture: Picture) -> list[str]:
    return [picture.caption, f"{credited(picture.names)}摄"]


def blocks_of(page: Page) -> list[list[str]]:
    """The page's blocks in reading order; each of `page.cuts` cuts the next paragraph that is long enough."""
    blocks: list[list[str]] = []
    cuts = list(page.cuts)
    waiting = list(page.pictures)
    for story in page.stories:
        for block in set_out(story):
            at = cut_of(block[0], cuts[0], page.least) if cuts and block[0].endswith("。") else 0
            if not at:
                blocks.append(block)
                continue
            cuts.pop(0)
            caption = [shown(waiting.pop(0))] if page.between and waiting else []
            blocks += [[block[0][:at]], *caption, [block[0][at:]]]
        if waiting:
            blocks.append(shown(waiting.pop(0)))
    if page.furniture:
        blocks.append(["责任编辑:邹文 版式:崔颖"])
    return blocks


def cut_of(text: str, percent: int, least: int = LEAST_ABOVE) -> int:
    """A place inside a clause, never behind a mark, where a sentence might as well end. 0: nowhere."""
    room = max(len(text) - least - LINE, 0)
    for place in range(least + room * percent // 100, len(text) - LINE):
        if all(IDEOGRAPH.match(char) for char in text[place - 2 : place + 2]):
            return place
    return 0


def text_of(blocks: list[list[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks)


def truth_of(page: Page) -> dict[str, Any]:
    """The page's expected reading, in the shape of ../shared/truth; whose a picture is stays open."""
    return {
        "kind": "newspaper page",
        "issue": {"editor_credits": {"责编": "邹文", "版式": "崔颖"}} if page.furniture else {},
        "articles": [expected(story) for story in page.stories],
        "photos": [
            {
                "caption": picture.caption,
                "credits": people(picture.names),
                "belongs_to_headline": {"any": [None, *(story.headline for story in page.stories)]},
            }
            for picture in page.pictures
        ],
    }


def people(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    return [{"role": role, "name": name, "outlet": None} for role, name in pairs]


def expected(story: Story) -> dict[str, Any]:
    return {
        "headline": story.headline,
        "kicker": story.kicker or None,
        "subheadline": story.subheadline or None,
        "series": None,
        "lede": None,
        "dateline": story.dateline or None,
        "bylines": people(story.names),
        "subheads": list(story.subheads),
        "body_starts": story.paragraphs[0],
        "body_ends": story.paragraphs[-1],
        "paragraphs": len(story.paragraphs),
        "body_chars": len(IDEOGRAPH.findall("".join(story.paragraphs))),
    }
