"""Names as papers print them: bylines and picture credits read by their grammar. Pure.

`[outlet]role name name role name act`: 河北日报记者 甲 乙 通讯员 丙; 通讯员许征 记者孟宪峰摄; □肖邦;
文/图 记者 甲; 某某局供图. A name has the role and the outlet before it, an act belongs to all it closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

AUTHOR = "作者"  # of a bare □甲
PHOTOGRAPHER = "摄影"  # of a bare 甲摄
COURTESY = "供图"

#: Signs that stand before a signature.
MARKS = "□■◎○●◆◇▲△★☆▣◼◻¤"

_QUALIFIERS = r"(?:特约|见习|实习|首席|高级|资深|全媒体|融媒体?|摄影|文字|文化|体育|驻[\u4e00-\u9fff]{2,4}?)"
_QUALIFIED = rf"{_QUALIFIERS}*"
_ROLE = rf"{_QUALIFIED}(?:记者|通讯员|实习生|评论员|摄影师|撰稿人?|作者|读者)"
_ACT_WORDS = (
    "摄影报道|图文报道|文/摄|图/文|文/图|图文|摄影|供图|供稿|制图|绘图|配图|报道|整理|编译|摄制|撰文|摄|文|图"
)
_BEFORE = re.compile(
    r"(文字|图片|摄影|撰文|供图|供稿|制图|文/图|图/文|文/摄|图文|文|图)(?:[:：/／]\s*|(?=\s)|$)"
)
_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,7}[·•・][\u4e00-\u9fff·•・]{1,9}|[A-Z][A-Za-z.\-]+)"
_WITH_ROLE = re.compile(
    rf"(?P<before>(?!{_QUALIFIERS})[\u4e00-\u9fffA-Za-z·]{{2,16}}?)?(?P<role>{_ROLE})[:：]?"
    rf"(?P<name>{_NAME}?)(?P<act>{_ACT_WORDS})?$"
)
_BARE = re.compile(rf"(?P<name>{_NAME})(?:[/／]?(?P<act>{_ACT_WORDS}))?$")
_ACT = re.compile(rf"(?:{_ACT_WORDS})$")
_INSTITUTION = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z（）()·]{2,24})(?P<act>供图|供稿|制图|提供)$")
_GIVEN = ("供图", "供稿", "制图", "提供")
_PARTS = re.compile(r"[\s\u3000、,，;；|｜]+|(?<![文图])[/／](?![文图摄])")
_HINT = re.compile(rf"记者|读者|通讯员|实习生|评论员|摄|撰|作者|供图|供稿|制图|报道|整理|文/|图/|[{MARKS}]")
_OUTLET_END = re.compile(
    r"(?:报|报社|社|网|台|电视|广播|中心|杂志|周刊|传媒|融媒|新闻|频道|客户端|本站|部|局|办)$"
)
_BODY = re.compile(
    r"[\u4e00-\u9fff](?:[省市县区镇乡村]|街道|社区|[学协]会|[社局院校厂队所站团办委部]|公司|中心|大学|[中小]学|集团)$"
)
_WRAPPED = re.compile(r"[(（\[【]\s*(.*?)\s*[)）\]】]$")

#: Family names by their frequency; what is none of them must be marked as a name by its form.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊"
    "葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚"
    "鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮"
    "都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝"
    "智幸奉植衡富尧闭由邓幺程"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "慕容",
    "司徒",
    "夏侯",
    "端木",
)


@dataclass(frozen=True)
class Person:
    """Someone named. `role` as contract.md has it; `act`: what the list says they did, "" for the text."""

    role: str
    name: str
    outlet: str = ""
    act: str = ""


def could_name(text: str) -> bool:
    """Whether it is worth reading: cheap."""
    return _HINT.search(text) is not None


def is_body(text: str) -> bool:
    """Whether it is where somebody writes from, a place or a body, rather than somebody."""
    return _BODY.search(text) is not None and not (len(text) <= 3 and is_family(text))


def is_family(name: str) -> bool:
    """Whether it begins as a person's name does."""
    return name[:1] in SURNAMES or name[:2] in _DOUBLE or "·" in name or name[:1].isascii()


def read_people(text: str) -> list[Person]:
    """Everybody a byline or a credit names, in order; [] unless the whole text is names by their grammar.

    A text without any role, act or mark names nobody: it could be anything.
    """
    text = text.strip()
    marked = text[:1] in MARKS and bool(text)
    text = text.lstrip(MARKS + " \u3000").strip()
    while inner := _WRAPPED.match(text):
        text, marked = inner[1], True
    parts = _whole_names([part for part in _PARTS.split(text) if part])
    if not parts or len(parts) > 24:
        return []
    return _People(marked).read(parts)


def _whole_names(parts: list[str]) -> list[str]:
    """李 明, spaced to the width of three, is one name."""
    whole: list[str] = []
    half = False
    for place in range(len(parts) - 1, 0, -1):
        if parts[place] in _GIVEN and len(parts[place - 1]) > 4:  # 某某局 供图
            parts[place - 1 : place + 1] = ["".join(parts[place - 1 : place + 1])]
    for part in parts:
        single = len(part) == 1 and "\u4e00" <= part <= "\u9fff" and part not in "文图摄"
        if single and half:
            whole[-1] += part
            half = False
        else:
            whole.append(part)
            half = single
    return whole


class _People:
    """The state of reading one list from left to right."""

    def __init__(self, marked: bool) -> None:
        self.marked = marked
        self.people: list[Person] = []
        self.role = self.outlet = self.act = ""
        self.since = 0  # of the people that the next act belongs to
        self.spoken = False  # a role or an act was read

    def read(self, parts: list[str]) -> list[Person]:
        for place, part in enumerate(parts):
            if not self._part(part, last=place == len(parts) - 1):
                return []
        if not self.people or not (self.spoken or self.marked):
            return []
        if self.act:
            self._close(self.act)
        return [_final(person) for person in self.people]

    def _part(self, part: str, last: bool) -> bool:
        if before := _BEFORE.match(part):
            self._close_open()
            self.act, self.spoken = _act(before[1]), True
            return not part[before.end() :] or self._part(part[before.end() :], last)
        if _ACT.match(part):
            self._close(_act(part))
            self.spoken = True
            return bool(self.people)
        if found := _WITH_ROLE.match(part):
            return self._with_role(found)
        if giver := _courtesy(part):
            self.people.append(giver)
            self._close(giver.act)
            self.spoken = True
            return True
        return self._bare(part, last)

    def _with_role(self, found: re.Match[str]) -> bool:
        before = found["before"] or ""
        outlet = ""
        if before and (earlier := _WITH_ROLE.match(before)):  # 记者李明通讯员王芳
            if not self._with_role(earlier):
                return False
        elif before:
            if self.people and len(before) <= 4 and is_family(before) and not _OUTLET_END.search(before):
                self._name(before)  # 李明通讯员王芳
            elif self.role and not self._open_names() and not _OUTLET_END.search(before):
                self._name(before)
            else:
                outlet = before
        self.role, self.outlet, self.spoken = found["role"], outlet, True
        if found["name"]:
            name, act = _split_act(found["name"], found["act"])
            if not is_family(name) and not self.marked:
                return False
            self._name(name)
            if act:
                self._close(act)
        elif found["act"]:
            return False
        return True

    def _open_names(self) -> bool:
        return bool(self.people) and self.people[-1].role == self.role

    def _bare(self, part: str, last: bool) -> bool:
        if not last and not self.people and not self.role and is_body(part):
            self.outlet = part  # □禾塘镇 许问渡
            return True
        found = _BARE.match(part)
        if found is None:
            return False
        name, act = _split_act(found["name"], found["act"])
        if not self.marked and not is_family(name) and not self.role:
            return False
        self._name(name)
        if act:
            self._close(act)
            self.spoken = True
        return True

    def _name(self, name: str) -> None:
        self.people.append(Person(self.role, name, self.outlet))

    def _close(self, act: str) -> None:
        """Give the act to whom it closes: all since the last one."""
        self.people[self.since :] = [
            replace(person, act=person.act or act) for person in self.people[self.since :]
        ]
        self.since = len(self.people)
        self.act = ""

    def _close_open(self) -> None:
        if self.act:
            self._close(self.act)


def _courtesy(part: str) -> Person | None:
    """某某局供图: an institution, or somebody who is no photographer."""
    found = _INSTITUTION.match(part)
    if found is None:
        return None
    return Person("", found["name"], "", COURTESY if found["act"] == "提供" else found["act"])


def _split_act(name: str, act: str | None) -> tuple[str, str]:
    """孟宪峰摄 is a name and an act, though it has four characters; 文 and 图 end names as well."""
    if act:
        return name, _act(act)
    if name[-1:] == "摄" and len(name) > 2:
        return name[:-1], "摄"
    return name, ""


def _act(word: str) -> str:
    return {
        "摄影": "摄",
        "文字": "文",
        "图片": "图",
        "文/摄": "文/图",
        "图/文": "文/图",
        "图文": "文/图",
        "图文报道": "文/图",
    }.get(word, word)


def _final(person: Person) -> Person:
    if person.role:
        return person
    role = {"摄": PHOTOGRAPHER, "摄影报道": PHOTOGRAPHER, "图": PHOTOGRAPHER}.get(person.act, person.act)
    known = {PHOTOGRAPHER, COURTESY, "供稿", "制图", "绘图", "整理", "编译"}
    return replace(person, role=role if role in known else AUTHOR)
