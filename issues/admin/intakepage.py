"""A page that was sent in, as its desk shows it: lines, stories as they would become, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.intake import doubts, kept, shape
from articles.intake.drafts import TOO_LONG
from articles.intake.pieces import PAGE, WEB, Kind, Piece, Reading
from articles.intake.text.names import Person
from articles.models import Intake

#: What the desk calls each kind, with its key; in the order of the toolbar.
KINDS: dict[Kind, tuple[Promise, str]] = {
    Kind.HEADLINE: (gettext_lazy("标题"), "b"),
    Kind.KICKER: (gettext_lazy("引题"), "y"),
    Kind.SUBHEADLINE: (gettext_lazy("副题"), "f"),
    Kind.SERIES: (gettext_lazy("专栏"), "l"),
    Kind.LEDE: (gettext_lazy("提要"), "t"),
    Kind.DATELINE: (gettext_lazy("消息头"), "x"),
    Kind.BYLINE: (gettext_lazy("署名"), "s"),
    Kind.PARAGRAPH: (gettext_lazy("正文"), "w"),
    Kind.SUBHEAD: (gettext_lazy("小标题"), "c"),
    Kind.NOTE: (gettext_lazy("编者按"), "a"),
    Kind.CAPTION: (gettext_lazy("图片说明"), "p"),
    Kind.CREDIT: (gettext_lazy("图片署名"), "g"),
    Kind.ISSUE: (gettext_lazy("版面信息"), "i"),
    Kind.BANNER: (gettext_lazy("通栏题"), "v"),
    Kind.GUIDE: (gettext_lazy("导读"), "o"),
    Kind.FURNITURE: (gettext_lazy("花边杂项"), "h"),
}
#: Those that nobody gives by hand: the file has them.
GIVEN: dict[Kind, Promise] = {
    Kind.TABLE: gettext_lazy("表格"),
    Kind.PICTURE: pgettext_lazy("intake", "图片"),
}
_HEAD = (Kind.SERIES, Kind.KICKER, Kind.HEADLINE, Kind.SUBHEADLINE, Kind.LEDE, Kind.DATELINE, Kind.BYLINE)
_APART = {Kind.SUBHEAD: " ", Kind.HEADLINE: " ", Kind.BYLINE: " ", Kind.CREDIT: " "}

# A doubt in the words of who has to settle it. By what `articles.intake.doubts` calls it.
SAID: dict[str, Promise] = {
    doubts.NO_HEADLINE: gettext_lazy("没有标题"),
    doubts.NO_BODY: gettext_lazy("没有正文"),
    doubts.CUT_TAIL: gettext_lazy("结尾像是断了，也许续在别处"),
    doubts.DRIFTED: gettext_lazy("有段落隔着别的稿件，也许排错了位置"),
    doubts.DUPLICATE: gettext_lazy("图片说明重复"),
    doubts.UNSIGNED: gettext_lazy("没有署名"),
    doubts.NO_CAPTION: gettext_lazy("没有图片说明"),
    doubts.LOST_QUOTES: gettext_lazy("引号可能丢了"),
    TOO_LONG: gettext_lazy("有的字段放不下，文字在正文开头"),
}
_FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("报名"),
    "organ": gettext_lazy("主管主办"),
    "date": gettext_lazy("日期"),
    "weekday": gettext_lazy("星期"),
    "lunar": gettext_lazy("农历"),
    "number": gettext_lazy("期号"),
    "total_number": gettext_lazy("总期号"),
    "pages": gettext_lazy("版数"),
    "permit": gettext_lazy("刊号或准印证"),
    "website": gettext_lazy("网站"),
    "hotline": gettext_lazy("热线"),
    "distribution": gettext_lazy("发行"),
    "banner": gettext_lazy("通栏题"),
    "column": gettext_lazy("栏目"),
    "source": gettext_lazy("来源"),
    "published_at": gettext_lazy("原发时间"),
    "copyright_notice": gettext_lazy("版权声明"),
}


def label(kind: Kind) -> str:
    return str(GIVEN[kind] if kind in GIVEN else KINDS[kind][0])


def place(piece: Piece) -> str:
    """What the page's scripts call a piece: no two have the same place."""
    return f"{piece.line}.{piece.start}.{piece.end}"


@dataclass(frozen=True)
class Block:
    """Pieces put together, as the draft will have them; `text` is cleaned, `places` parted by spaces."""

    kind: Kind
    text: str
    places: str
    people: list[Person] = field(default_factory=list)
    rows: tuple[tuple[str, ...], ...] = ()
    picture: int | None = None

    @property
    def label(self) -> str:
        return label(self.kind)


@dataclass(frozen=True)
class Doubt:
    said: str
    places: str


@dataclass(frozen=True)
class Told:
    """A story, or a picture that stands alone: `group` in the pieces, `number` on the page from 1."""

    group: int
    number: int
    alone: bool
    title: str
    head: list[Block]
    body: list[Block]
    doubts: list[Doubt]

    @property
    def hue(self) -> int:
        return (self.number - 1) % 6


class Sheet:
    """Everything the desk shows of a page, read from one row of the database."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.reading: Reading = kept.reading_of(intake)
        self.pictures = list(kept.pictures_of(intake))

    @cached_property
    def stories(self) -> list[Told]:
        found = doubts.doubts(self.reading)
        return [
            self._story(group, number, found.get(group, []))
            for number, group in enumerate(self.reading.groups, 1)
        ]

    @cached_property
    def doubts(self) -> int:
        return sum(len(story.doubts) for story in self.stories)

    @property
    def is_web(self) -> bool:
        return self.reading.form == WEB

    @cached_property
    def issue(self) -> dict[str, Any]:
        return shape.issue_of(self.reading)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What the page says of itself, each with its name."""
        told = [(str(_FIELDS[name]), str(self.issue[name])) for name in _FIELDS if self.issue.get(name)]
        return told + list(self.issue.get("editor_credits", {}).items())

    @property
    def guide(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.issue.get("guide", [])
        return entries

    @property
    def of_page(self) -> list[Block]:
        """The pieces of no story: masthead, banner, guide; then what only fills the page."""
        pieces = sorted(self.reading.of(PAGE), key=lambda piece: piece.kind == Kind.FURNITURE)
        return [Block(piece.kind, self.reading.text(piece), place(piece)) for piece in pieces]

    @property
    def lines(self) -> list[list[Any]]:
        """[text, empty lines before it, level, number of its picture or None], for the page's scripts."""
        return [[line.text, line.gap, line.level, self._number(line.picture)] for line in self.reading.lines]

    @property
    def plain(self) -> list[tuple[str, int | None]]:
        return [(line.text, self._number(line.picture)) for line in self.reading.lines]

    def _number(self, name: str) -> int | None:
        return self.pictures.index(name) if name in self.pictures else None

    def _story(self, group: int, number: int, found: Iterable[str]) -> Told:
        blocks = [self._block(kind, pieces) for kind, pieces in self.reading.blocks(group)]
        head = sorted((b for b in blocks if b.kind in _HEAD), key=lambda block: _HEAD.index(block.kind))
        title = shape.value(self.reading, group, Kind.HEADLINE) or shape.value(
            self.reading, group, Kind.KICKER
        )
        return Told(
            group,
            number,
            self.reading.is_picture(group),
            title,
            head,
            [block for block in blocks if block.kind not in _HEAD],
            [Doubt(str(SAID.get(doubt, doubt)), self._places(group, doubt)) for doubt in found],
        )

    def _block(self, kind: Kind, pieces: list[Piece]) -> Block:
        between = _APART.get(kind, "")
        text = shape.clean(
            kind, between.join(shape.clean(kind, self.reading.text(piece)) for piece in pieces)
        )
        named = shape.people([text]) if kind in (Kind.BYLINE, Kind.CREDIT) else []
        line = self.reading.lines[pieces[0].line]
        return Block(
            kind,
            text,
            " ".join(map(place, pieces)),
            named,
            line.table if kind == Kind.TABLE else (),
            self._number(line.picture) if kind == Kind.PICTURE else None,
        )

    def _places(self, group: int, doubt: str) -> str:
        """Where to look: the story's last paragraph, a caption, a paragraph; else where it begins."""
        own = self.reading.of(group)
        suspects = list(self._suspects(group, doubt)) or own[:1]
        return " ".join(map(place, suspects))

    def _suspects(self, group: int, doubt: str) -> Iterator[Piece]:
        paragraphs = self.reading.of(group, Kind.PARAGRAPH)
        if doubt == doubts.CUT_TAIL:
            yield from paragraphs[-1:]
        elif doubt == doubts.DUPLICATE:
            yield from self.reading.of(group, Kind.CAPTION)
        elif doubt == doubts.LOST_QUOTES:
            for _kind, pieces in self.reading.blocks(group, Kind.PARAGRAPH):
                if doubts.lost_quotes(self.reading.told(pieces)):
                    yield from pieces
        elif doubt == doubts.DRIFTED:
            order = [p for p in self.reading.pieces if p.kind == Kind.PARAGRAPH]
            for before, piece in pairwise(order):
                if piece.group == group and before.group != group and piece is not paragraphs[0]:
                    yield piece
