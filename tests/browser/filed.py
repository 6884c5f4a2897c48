"""What a reporter types in: a web article of the shared seeds, or a text of our own where there is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from newsroom.demo.pictures import draw

# The reading's words for a person's part, and the form's.
IDENTITIES = {"记者": "reporter", "通讯员": "correspondent", "供图": "institution"}


@dataclass(frozen=True)
class Name:
    identity: str
    name: str
    outlet: str = ""


@dataclass(frozen=True)
class Picture:
    file: Path
    caption: str
    credit: str


@dataclass
class Filed:
    """`blocks` are (kind, text) in order; kind is p, h2, or photo with the number of the picture."""

    headline: str
    series: str
    instalment: str
    names: list[Name]
    source: str
    published: str
    editor: str
    notice: str
    pictures: list[Picture]
    blocks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        return [text for kind, text in self.blocks if kind != "photo"]

    def html(self, start: int = 0, stop: int | None = None) -> str:
        """The blocks but the pictures, as a text program puts them on the clipboard."""
        wanted = self.blocks[start:stop]
        return "".join(f"<{kind}>{escape(text)}</{kind}>" for kind, text in wanted if kind != "photo")


def seed(shared: Path) -> Filed:
    """The web article of the seeds, taken apart with the help of its expected reading."""
    truth = json.loads((shared / "truth" / "001.json").read_text(encoding="utf-8"))
    story = truth["articles"][0]
    (page,) = (shared / "seeds").glob("001_*.txt")
    lines = [line.strip() for line in page.read_text(encoding="utf-8").splitlines() if line.strip()]
    title = next(n for n, line in enumerate(lines) if story["headline"] in line)
    stamp = next(n for n, line in enumerate(lines) if "来源:" in line)
    end = next(
        n for n, line in enumerate(lines) if line.startswith("(") and story["bylines"][0]["name"] in line
    )
    series, instalment = lines[title].split("|")[0].strip().split("·")
    photos = sorted(file for file in (shared / "photos").iterdir() if file.suffix in (".jpg", ".HEIC"))
    chosen = [photos[0], next(p for p in photos if p.suffix == ".HEIC"), photos[-1]]
    pictures, blocks = [], []
    for line in lines[stamp + 2 : end]:
        captions = [photo["caption"] for photo in truth["photos"]]
        caption = next((c for c in captions if line.startswith(c)), None)
        if caption:
            blocks.append(("photo", str(len(pictures))))
            pictures.append(Picture(chosen[len(pictures)], caption, line.removeprefix(caption)))
        else:
            blocks.append(("h2" if line in story["subheads"] else "p", line))
    return Filed(
        headline=story["headline"],
        series=series,
        instalment=instalment,
        names=[Name(IDENTITIES[b["role"]], b["name"], b["outlet"] or "") for b in story["bylines"]],
        source=truth["issue"]["source"],
        published=re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", lines[stamp])[0].replace(" ", "T"),  # type: ignore[index]
        editor=truth["issue"]["editor_credits"]["责编"],
        notice=lines[-1],
        pictures=pictures,
        blocks=blocks,
    )


def our_own(folder: Path) -> Filed:
    """A text of our own in the same shape, with drawn pictures."""
    captions = [
        ("新桥合龙后，施工人员检查桥面。", "经开区建设局供图"),
        ("两岸居民在老渡口等船。", "霁川日报记者 贺明川 摄"),
        ("放学的孩子从步道走过。", "通讯员 尹素芬 摄"),
    ]
    pictures = []
    for key, (caption, credit) in zip(("cranes", "bus_stop", "kites"), captions, strict=True):
        file = folder / f"{key}.jpg"
        file.write_bytes(draw(key))
        pictures.append(Picture(file, caption, credit))
    return Filed(
        headline="一座桥 两岸路",
        series="家门口",
        instalment="望渡篇",
        names=[
            Name("reporter", "贺明川", "霁川日报"),
            Name("reporter", "丁望舒", "霁川日报"),
            Name("correspondent", "尹素芬"),
        ],
        source="霁川日报",
        published="2026-06-07T10:02:52",
        editor="方静安",
        notice="本文转自《霁川日报》，如需转载请与原发媒体联系。",
        pictures=pictures,
        blocks=[
            ("p", "天刚亮，望渡桥的护栏上还挂着露水，第一辆公交车已经从桥上开过。"),
            ("photo", "0"),
            ("h2", "等了三年的渡口"),
            ("p", "老渡口的船一天八班，错过末班就要绕行十七公里。去年冬天，船停了二十一天。"),
            ("p", "“孩子上学最怕起雾。”住在西岸的郁长青说，如今从家门口走到学校，十二分钟。"),
            ("photo", "1"),
            ("h2", "一步一步走通"),
            ("p", "桥面两侧各留了两米半的步道，坡度按轮椅能上来的标准做，栏杆高一米二。"),
            ("photo", "2"),
            ("p", "桥头的公交站月底启用，两岸的小店也添了灯。"),
        ],
    )
