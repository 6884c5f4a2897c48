"""Files as correspondents and archives send them, each different by its number."""

from __future__ import annotations

import io

from PIL import Image

PLACES = ("柳湾镇", "青石街道", "云溪乡", "石门村", "南浦社区")


def page(number: int = 0, stories: int = 1, head: str = "") -> str:
    """The text of a page with so many stories, each signed in its dateline."""
    told = [head] if head else []
    for story in range(stories):
        place = PLACES[(number + story) % len(PLACES)]
        told += [
            f"{place}第{number}{story}号水渠清淤完工",
            "",
            f"本报讯（记者 陆知秋）日前，{place}第{number}{story}号水渠清淤工程完工，"
            "两岸三百多户村民用上了清水。"
            "施工队赶在雨季之前清出淤泥一千余方，并加固了渠岸。",
            "“往年一下雨路就淹，今年不怕了。”村民何山说。镇里将安排专人管护，每月巡查两次。",
            "",
        ]
    return "\n".join(told)


HEAD = """柳湾时报
柳湾县融媒体中心主办 2026年3月5日 星期四 第9期 总第309期 今日4版
"""


def picture(number: int = 0) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (number % 256, number // 256 % 256, 120)).save(made, "PNG")
    return made.getvalue()
