"""Pages of other papers, laid out in their ways, read by where things stand and how large they are."""

from __future__ import annotations

from articles.intake.pdf.reading import read_pdf
from articles.intake.pieces import Kind, Reading
from articles.intake.reading import read_document
from articles.intake.shape import texts, value
from tests.articles.intake.sheets import SANS, Sheet

BRIDGE = [
    "本报讯（记者 甘小渡） 昨天上午，柳湾大桥合龙。最后一段钢梁落下时，两岸的人都站住了。",
    "大桥全长四百一十米，双向四车道，两侧各留两米的人行道，人行道外是栏杆，栏杆上刻着渡口的旧名字。",
    "建设方说，桥面铺装和照明安装将在入冬前做完，通车时间另行公布。",
]
SCHOOL = [
    "石门小学的新操场今天启用。跑道是红的，草是绿的，孩子们跑了一圈又一圈，没有人肯回教室。",
    "校长说，操场是两个村的人一起平出来的，谁家出了几个工，都记在墙上。",
]
MARKET = ["早市六点开门，七点最挤，九点散去。卖豆腐的老秦说，他认得每一个买主的口味，也记得他们爱说的话。"]


def reading_of(sheet: Sheet) -> Reading:
    [document] = read_pdf(sheet.pdf(), "一版.pdf")
    reading = read_document(document)
    reading.check()
    return reading


def stories(reading: Reading) -> dict[str, str]:
    """Headline and body of each story."""
    return {
        value(reading, group, Kind.HEADLINE): "".join(texts(reading, group, Kind.PARAGRAPH))
        for group in reading.groups
    }


def body(paragraphs: list[str]) -> str:
    return "".join(paragraphs)


def test_stories_side_by_side_with_nothing_but_white_between_them() -> None:
    sheet = Sheet()
    sheet.centred("柳湾大桥合龙", 40, 280, 80, 26, bold=True)
    sheet.text(BRIDGE, [(40, 120, 8), (172, 120, 8)], letters=12)
    sheet.centred("新操场启用", 320, 560, 80, 26, bold=True)
    sheet.text(SCHOOL, [(320, 120, 5), (452, 120, 5)], letters=12)
    sheet.centred("早市", 320, 560, 240, 26, bold=True)
    sheet.text(MARKET, [(320, 280, 3), (452, 280, 3)], letters=12)
    found = stories(reading_of(sheet.scattered()))
    assert [*found] == ["柳湾大桥合龙", "新操场启用", "早市"]
    assert found["新操场启用"] == body(SCHOOL)
    assert found["早市"] == body(MARKET)


def test_a_stack_is_told_by_its_sizes() -> None:
    sheet = Sheet()
    sheet.centred("两岸等了三十一年", 40, 412, 60, 14, face=SANS)
    sheet.centred("柳湾大桥昨天合龙", 40, 412, 100, 32, bold=True)
    sheet.centred("——入冬前完成桥面铺装", 40, 412, 125, 15)
    sheet.text(BRIDGE, [(40, 160, 5), (172, 160, 5), (304, 160, 5)], letters=12)
    reading = reading_of(sheet)
    [group] = reading.groups
    assert value(reading, group, Kind.KICKER) == "两岸等了三十一年"
    assert value(reading, group, Kind.HEADLINE) == "柳湾大桥昨天合龙"
    assert value(reading, group, Kind.SUBHEADLINE) == "入冬前完成桥面铺装"
    assert value(reading, group, Kind.DATELINE) == "本报讯"
    assert texts(reading, group, Kind.BYLINE) == ["（记者 甘小渡）"]
    assert [one[:6] for one in texts(reading, group, Kind.PARAGRAPH)] == [
        "昨天上午，柳",
        "大桥全长四百",
        "建设方说，桥",
    ]


def test_a_framed_story_within_another_is_its_own() -> None:
    sheet = Sheet()
    sheet.centred("柳湾大桥合龙", 40, 412, 80, 26, bold=True)
    sheet.text(BRIDGE, [(40, 120, 8), (172, 120, 4), (304, 120, 4)], letters=12)
    sheet.frame(168, 190, 250, 110)
    sheet.centred("早市", 168, 418, 222, 20, bold=True)
    sheet.text(MARKET, [(178, 250, 3), (296, 250, 3)], letters=12)
    found = stories(reading_of(sheet))
    assert found["早市"] == body(MARKET)
    assert found["柳湾大桥合龙"] == body(BRIDGE).removeprefix("本报讯（记者 甘小渡） ")


def test_subheads_are_no_headlines() -> None:
    sheet = Sheet()
    sheet.centred("新操场启用", 40, 148, 80, 20, bold=True)
    sheet.text(SCHOOL[:1], [(40, 120, 5)], letters=12)
    sheet.centred("墙上的名字", 40, 148, 200, 10, face=SANS, bold=True)
    sheet.text(SCHOOL[1:], [(40, 220, 4)], letters=12)
    reading = reading_of(sheet)
    [group] = reading.groups
    assert texts(reading, group, Kind.SUBHEAD) == ["墙上的名字"]
    assert texts(reading, group, Kind.PARAGRAPH) == SCHOOL


def test_what_goes_on_elsewhere_is_a_part_with_its_pointer_left_out() -> None:
    """A part on each page: the words of both are the story's."""
    first, second = Sheet(), Sheet()
    first.centred("柳湾大桥合龙", 40, 280, 80, 26, bold=True)
    first.text(BRIDGE[1:2] * 2, [(40, 120, 5), (172, 120, 5)], letters=12)
    first.say("（下转第3版）", 200, 186, 9)
    second.centred("柳湾大桥合龙", 40, 280, 80, 16, bold=True)
    second.say("（上接第1版）", 40, 105, 9)
    second.text(BRIDGE[2:], [(40, 120, 2), (172, 120, 2)], letters=12)
    pages = [reading_of(sheet) for sheet in (first, second)]
    assert [stories(page) for page in pages] == [
        {"柳湾大桥合龙": body(BRIDGE[1:2] * 2)},
        {"柳湾大桥合龙": body(BRIDGE[2:])},
    ]
    assert [texts(page, 0, Kind.FURNITURE) for page in pages] == [["（下转第3版）"], ["（上接第1版）"]]


def test_the_pages_own_lines_belong_to_no_story() -> None:
    sheet = Sheet()
    sheet.say("02 民生", 40, 40, 14, SANS)
    sheet.say("2019年3月8日 星期五", 330, 40, 9)
    sheet.rule(40, 48, 720, 1)
    sheet.centred("柳湾大桥合龙", 40, 280, 90, 26, bold=True)
    sheet.text(BRIDGE, [(40, 120, 8), (172, 120, 8)], letters=12)
    sheet.rule(40, 1050, 720, 0.5)
    sheet.say("责编：钟雨 校对：齐川", 600, 1066, 8)
    reading = reading_of(sheet)
    assert [*stories(reading)] == ["柳湾大桥合龙"]
    assert "2019年3月8日 星期五" in texts(reading, 0, Kind.ISSUE)
    assert "责编：钟雨 校对：齐川" in texts(reading, 0, Kind.ISSUE)


def test_a_picture_with_a_headline_is_a_story_of_its_own() -> None:
    sheet = Sheet()
    sheet.centred("柳湾大桥合龙", 40, 280, 80, 26, bold=True)
    sheet.text(BRIDGE, [(40, 120, 8), (172, 120, 8)], letters=12)
    sheet.rule(300, 50, 0.5, 400)
    sheet.centred("渡口晨雾", 320, 620, 80, 20, bold=True)
    sheet.picture(320, 100, 300, 200)
    sheet.say("三月的早晨，渡口还在雾里，第一班船已经到了对岸。", 320, 314, 8, SANS)
    sheet.say("甘小渡 摄", 580, 326, 8, SANS)
    reading = reading_of(sheet)
    first, second = reading.groups
    assert not reading.is_picture(first)
    assert reading.is_picture(second)
    assert value(reading, second, Kind.HEADLINE) == "渡口晨雾"
    assert texts(reading, second, Kind.CAPTION) == ["三月的早晨，渡口还在雾里，第一班船已经到了对岸。"]
    assert texts(reading, second, Kind.CREDIT) == ["甘小渡 摄"]
