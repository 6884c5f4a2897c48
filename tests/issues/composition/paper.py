"""Frozen pages for the tests of composition: an invented weekly of an invented district."""

from __future__ import annotations

from random import Random
from typing import Any

from issues.formats import frozen

STYLE: dict[str, Any] = {
    "size": 0,
    "align": "center",
    "vertical": False,
    "columns": 0,
    "picture": "auto",
    "picture_columns": 0,
    "crop": "auto",
    "pictures": 1,
    "rule": "top",
    "shade": 0,
    "reverse": False,
}
SENTENCES = (
    "清晨六点半，青湖新区柳荫路菜市场已经热闹起来，摊主们把带着露水的青菜一捆捆码齐。",
    "“以前一下雨，门口就是一汪水，现在走路再也不用绕道了。”住在河湾小区的韩秀兰老人指着新铺的步道说。",
    "截至10月底，全区已完成老旧管网改造37.6公里，惠及居民1.2万户，完成年度计划的96%。",
    "区水务中心副主任罗启明介绍，这次改造采用“先诊断、再开方”的办法，逐街逐巷摸清家底。",
    "会议强调，要把群众的小事当成大事来办，做到件件有着落、事事有回音。",
    "新建的便民服务站设在社区入口，占地不足80平方米，却集中了缴费、办证、维修登记等23项服务。",
    "记者在现场看到，工人们正在给最后一段护栏刷漆，河面上几只白鹭缓缓飞过。",
    "项目负责人告诉记者，工程分三期推进：一期清淤，二期护岸，三期绿化，预计明年5月全部完工。",
    "“不能只图快，更要图好。”他说，“每一块砖都要经得起检验。”",
    "据了解，该校今年共开设书法、皮影、航模等18个社团，学生参与率达到98.5%。",
    "下一步，新区将继续加大投入，完善长效管护机制，让好环境真正成为老百姓看得见、摸得着的福利。",
    "在沙河镇的种植基地里，无人机正沿着设定的航线播撒肥料，20亩地只用了不到15分钟。",
    "合作社理事长田广义算了一笔账：每亩节约人工成本120元，全年下来能省下3万多元。",
    "图书馆的灯一直亮到晚上九点，靠窗的座位几乎坐满了人，有备考的学生，也有退休的教师。",
    "《青湖志》记载，这座石桥始建于明代，历经三次重修，桥栏上的莲花纹至今清晰可辨。",
    "专家组实地查看后认为，这一做法投入少、见效快，具有较强的示范意义和推广价值。",
    "说起变化，村民你一言我一语：路宽了，灯亮了，广场上跳舞的人也多了……",
    "园区引进的第一条AI质检生产线于上月投产，平均每件产品检测时间由40秒缩短到3秒。",
    "他们坚持每周三下午入户走访，把意见记在本子上，把办法落在行动上——三个月来，共解决难题64件。",
    "傍晚时分，湖边的步道上凉风习习，老人散步，孩子追逐，处处是安居乐业的图景。",
    "“只要大家有需要，我们随叫随到！”志愿者队长孟小满笑着说，“您说是不是？”",
    "当天，来自12个乡镇（街道）的340余名选手参加了比赛，年龄最大的71岁，最小的只有9岁。",
)
HEADLINES = (
    "一泓清水润新区",
    "老街巷里的“新账本”",
    "家门口办成二十三件事",
    "青湖新区加快推进城市管网更新",
    "白鹭回来了 游人多起来",
    "让好环境成为群众的好日子",
    "无人机飞进沙河镇种植基地",
    "书香伴着灯光亮到夜深",
    "我区召开民生实事推进会",
    "石桥修缮一新迎客来",
    "全民健身运动会在湖滨广场开幕",
    "园区首条智能质检线投产",
)


def text(characters: int, seed: int = 1) -> str:
    """Paragraphs of about so many characters, as a clean body."""
    random, made, paragraph, length = Random(seed), [], "", 0
    while length < characters:
        sentence = random.choice(SENTENCES)
        sentence = sentence[: characters - length] if characters - length < len(sentence) else sentence
        paragraph += sentence
        length += len(sentence)
        if len(paragraph) > random.randint(70, 190) or length >= characters:
            made.append(f"<p>{paragraph}</p>")
            paragraph = ""
    return "".join(made)


def content(body: str, headline: str = "一泓清水润新区", **given: Any) -> dict[str, Any]:
    return {
        "kind": "story",
        "kicker": "",
        "headline": headline,
        "subheadline": "",
        "lede": "",
        "dateline": "",
        "body": body,
        "editors_note": "",
        "bylines": [],
        "series": None,
        "instalment": "",
        "photos": [],
    } | given


def byline(name: str, place: str = "end", identity: str = "reporter") -> dict[str, Any]:
    return {"reporter": None, "identity": identity, "act": "text", "name": name, "outlet": "", "place": place}


def photo(width: int = 3000, height: int = 2000, **given: Any) -> dict[str, Any]:
    return {
        "public_id": f"p{width:05d}x{height:05d}",
        "sha256": "0" * 64,
        "width": width,
        "height": height,
        "focal": [500, 500],
        "caption": "湖滨步道建成后，每天都有不少居民前来散步健身。",
        "credit": "孟小满 摄",
        "joined": False,
    } | given


def box(
    pk: int, kind: str, at: tuple[int, int, int, int], style: dict[str, Any] | None = None, **given: Any
) -> Any:
    """A placement at (col, row, cols, rows)."""
    col, row, cols, rows = at
    return {
        "id": pk,
        "kind": kind,
        "col": col,
        "row": row,
        "cols": cols,
        "rows": rows,
        "weight": 50,
        "style": STYLE | (style or {}),
        "story": None,
        "start": None,
        "from_page": None,
        "to_page": None,
        "continued": False,
        "photo": None,
        "caption": "",
        "credit": "",
        "title": "",
        "text": "",
        "guide": [],
    } | given


def story(
    pk: int, at: tuple[int, int, int, int], told: dict[str, Any], style: Any = None, **given: Any
) -> Any:
    more = {key: given.pop(key) for key in ("cuts", "stack", "signed") if key in given}
    frozen_story = {"article": pk, "revision": "", "signed": True, "content": told, "cuts": [], "stack": None}
    return box(pk, "story", at, style, story=frozen_story | more, **given)


def page(*placements: Any, number: int = 2, key: str = "tabloid", **given: Any) -> dict[str, Any]:
    masthead = {
        "title": "青湖新报",
        "kind": "cn",
        "permit_number": "CN13-0000",
        "organ": "中共青湖新区工作委员会",
        "organ_role": "主管主办",
        "website_name": "青湖新区网",
        "website_url": "www.qinghu.example",
        "hotline": "0300-8000000",
        "distribution": "每周四出版 免费赠阅",
        "compiled_by": "",
        "sent_to": "",
        "printed_by": "",
        "print_run": "",
        "lettering": None,
    } | given.pop("masthead", {})
    issue = {
        "date": "2026-11-26",
        "weekday": "星期四",
        "lunar": "丙午年十月十八",
        "number": 47,
        "total_number": 1024,
        "page_count": 4,
        "banner": "奋力谱写新区高质量发展新篇章",
        "printed_on": None,
        "print_run": "",
        "masthead": masthead,
    }
    told = {
        "number": number,
        "name": "综合新闻" if number > 1 else "要闻",
        "banner": "",
        "colour": True,
        "credits": [["本版责编", "何文谦"], ["视觉", "路遥遥"], ["责任校对", "邢敏"]],
        "format": frozen(key),
        "outside": "",
    } | given
    return {"schema": 1, "issue": issue, "page": told, "fonts": {}, "placements": list(placements)}
