"""Pages for tests as other programs might have made them: laid out here, or written down object by object."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from media import pdfium
from tests.issues.typeset.sheets import printed

WIDTH, HEIGHT = 773.858, 1114.016  # 四开, points
LEADING, GUTTER = 12.4, 11.3
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它"
    "合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条"
)


def prose(seed: int, characters: int) -> str:
    """Something like Chinese, of about that many characters: sentences, of which no two are alike."""
    chance = random.Random(seed)
    text = ""
    while len(text) < characters:
        text += "".join(chance.choices(COMMON, k=chance.randint(5, 14))) + chance.choice("，，，。、；")
    return text[:-1] + "。"


def story(seed: int, characters: int = 600, headline: str = "") -> dict[str, str]:
    return {"headline": headline or prose(seed + 1000, 10).rstrip("。"), "body": prose(seed, characters)}


@dataclass
class Layout:
    """Stories in boxes on a page: `place` each, then `pdf()`. `truth` has their rectangles in thousandths."""

    items: list[list[Any]] = field(default_factory=list)
    truth: dict[Any, tuple[float, ...]] = field(default_factory=dict)

    def place(
        self, key: Any, story: dict[str, str], x: float, y: float, width: float, height: float, columns: int
    ) -> str:
        """Set the story into the box; returns what of the body found no room."""
        headline = story["headline"]
        size = min(28, 0.9 * width / max(len(headline), 1))
        if headline:
            self.items.append(["text", x, y + size * 0.9, size, 2, 0, headline, "k100"])
        top = y + (size * 1.4 if headline else 0)
        self.truth[key] = (x / WIDTH * 1000, y / HEIGHT * 1000, width / WIDTH * 1000, height / HEIGHT * 1000)
        return self.text(story["body"], x, top, width, y + height - top, columns)

    def text(self, body: str, x: float, y: float, width: float, height: float, columns: int = 1) -> str:
        column = (width - GUTTER * (columns - 1)) / columns
        letters = int(column // 9)
        for number in range(columns):
            for line in range(int(height // LEADING)):
                run, body = body[:letters], body[letters:]
                if run:
                    place = x + number * (column + GUTTER), y + 9 + line * LEADING
                    self.items.append(["text", *(round(at, 3) for at in place), 9, 0, 0, run, "k100"])
        return body

    def pdf(self, **more: Any) -> bytes:
        drawing = {"width": WIDTH, "height": HEIGHT, "bleed": 0, "colour": True, "info": {"title": "外版"}}
        return printed(drawing | {"items": self.items} | more)


def bound(*pdfs: bytes) -> bytes:
    with pdfium.empty() as whole:
        for pdf in pdfs:
            with pdfium.opened(pdf) as part:
                whole.import_pages(part)
        return pdfium.saved(whole)


def blank(width: float = WIDTH, height: float = HEIGHT, pages: int = 1) -> bytes:
    with pdfium.empty() as whole:
        for _number in range(pages):
            whole.new_page(width, height)
        return pdfium.saved(whole)


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
    size = len(objects) + 1
    return data + end % (size, table, size, trailer, len(data))


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (about, len(content), content)


def one_page(content: bytes, page: bytes = b"", *more: bytes, box: bytes = b"0 0 774 1114") -> bytes:
    """A page with that content; objects of `more` are numbered from 5."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R%b>>" % (box, page),
        stream(content),
        *more,
    )
