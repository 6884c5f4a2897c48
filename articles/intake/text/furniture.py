"""What newspaper pages and web pages carry besides their stories: pointers, folios, menus, notices. Pure.

Each function looks at one line.
"""

from __future__ import annotations

import re

_RUNOVER = re.compile(
    r"^\s*[(（【\[▲▼▶◀►◄]*\s*(?:(?:文章|全文)?[上下]?[转接紧]{1,2}\s*[A-Da-d]?\d{1,2}\s*版|上接.{0,12}版|下转.{0,12}版)[^。]{0,14}$"
)

_NAME = r"[\u4e00-\u9fff·]{2,6}"
_FOLIO = re.compile(
    rf"^\s*(?:第?\s*[A-Da-d]?\d{{1,3}}\s*版?|第?\s*[A-Da-d]?\d{{1,3}}\s*版\s*[·|:：]?\s*{_NAME}"
    rf"|(?:[A-Da-d]\d{{1,2}}|0\d|\d{{2}}(?=[\s·|]))\s*[·|:：]?\s*{_NAME}"
    rf"|第\s*[A-D一二三四五六七八\d]+\s*版.{{0,8}}|{_NAME}\s*[A-D]?\d{{1,2}}\s*版|{_NAME}\s+[A-D]?\d{{1,2}})\s*$"
)

_WEB_FURNITURE = re.compile(
    r"扫(?:码|一扫|描)|二维码|手机版|电子报|客户端|打印|字号|字体[:：大]|分享(?:到|至|让|给)|收藏|纠错|上一[篇条页]|下一[篇条页]|相关(?:阅读|新闻|报道|链接)"
    r"|返回(?:首页|顶部)|加入收藏|关闭(?:窗口|本页)|浏览(?:次数|量)?[:：]|点击(?:数|量|次数)?[:：]|阅读(?:次数|量)?[:：]|评论\(|ICP备|备案号|公网安备"
    r"|网站地图|联系我们|关于我们|友情链接|设为首页|热门(?:推荐|排行)|猜你喜欢|推荐阅读|点击排行|无障碍|微信|微博"
)

_FOOT = re.compile(r"ICP|备案|网站标识码|主办单位|技术支持|公网安备")

_COPYRIGHT = re.compile(r"版权|转载|著作权|未经.{0,6}(?:许可|授权)|侵权|法律责任|Copyright|©")


def is_continued(text: str) -> bool:
    """(上接第1版) by itself: what follows began on another page."""
    return is_pointer(text) and re.search(r"上\s*接|紧\s*接", text) is not None


def is_pointer(text: str) -> bool:
    """下转第3版, (上接第一版)."""
    return len(text) < 30 and _RUNOVER.match(text) is not None


_WEATHER = re.compile(r"天气|℃|°C|[东南西北]风|气温|降水|多云|晴")
_IMPRINT = re.compile(r"社址|地址|邮编|邮政编码|广告(?:部|经营)|定价|零售|印刷|发行部|许可证|承印")


def is_imprint(text: str) -> bool:
    """The day's weather, or a paper's address and prices: two of the words that such lines are made of."""
    if len(text) > 240 or re.search(r"。.*[^\s]", text):
        return False
    return (len(text) < 60 and len(set(_WEATHER.findall(text))) > 2) or len(set(_IMPRINT.findall(text))) > 1


def is_folio(text: str) -> bool:
    """02 要闻, 第3版, A2 版."""
    return len(text) < 16 and _FOLIO.match(text) is not None


def is_web_furniture(text: str) -> bool:
    """What a page of the web offers around its story, and what it must say at its foot."""
    found = _WEB_FURNITURE.search(text)
    return found is not None and len(text) <= (100 if _FOOT.search(text) else 40)


_ELSEWHERE = re.compile(
    r"相关(?:阅读|新闻|报道|链接|文章)|[上下]一[篇条页]|(?:热门|推荐|热点|编辑)(?:推荐|排行|阅读|新闻)|猜你喜欢|更多"
)


def is_elsewhere(text: str) -> bool:
    """Whether what a web page offers besides its story begins here."""
    return _ELSEWHERE.search(text) is not None


_CRUMBS = re.compile(r"首页.*[>›»＞/]|[>›»＞].*正文|当前位置|您(?:现在)?(?:的|所在)位置")


def is_crumbs(text: str) -> bool:
    """首页 > 新闻 > 正文."""
    return len(text) < 60 and _CRUMBS.search(text) is not None


_BEHIND = re.compile(r"^\s*[(（【\[]\s*(?:上接|紧接|接)\s*[^)）】\]]{1,16}版[^)）】\]]{0,10}[)）】\]]\s*")


def runover(text: str) -> int:
    """How many characters at a paragraph's beginning say where it comes from: (上接第1版)."""
    found = _BEHIND.match(text)
    return found.end() if found and found.end() < len(text) else 0


def is_copyright(text: str) -> bool:
    """A notice of who owns what: two of the words such notices are made of."""
    return len(text) < 600 and len(set(_COPYRIGHT.findall(text))) >= (2 if len(text) > 40 else 1)
