"""The text of a story as it is printed: blocks in order, each cuttable by its key.

`printed(story)` gives the blocks of the frozen `story` of a placement that are not cut, with the dateline
before the first paragraph and the bylines of the end behind the last. All counting and every position
[block, char] refers to these blocks and their `text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from issues.composition.characters import count, one_line, squeeze, tidy
from issues.composition.verse import is_stanza, is_verse, stanzas
from issues.composition.words import Spans, Style
from newsroom.lib import html
from newsroom.lib.blocks import LISTS, Node
from newsroom.lib.canonical import dump, load
from people.credits import in_brackets, line

BODY, HEI, KAI = Style("body"), Style("hei"), Style("kai")
_BASE = {"h2": HEI, "h3": HEI, "quote": KAI, "note": KAI, "link": KAI}
_MARKS = {
    "strong": lambda base: base._replace(role="hei"),
    "em": lambda base: base._replace(role="kai"),
    "sub": lambda base: base._replace(scale=0.6, rise=-0.12),
    "sup": lambda base: base._replace(scale=0.6, rise=0.38),
}
_BOXES = {"editors-note": "note", "link-box": "link"}
BULLET = "●"
EDITORS_NOTE = "编者按"


@dataclass(frozen=True)
class Cell:
    text: str
    head: bool
    cols: int
    rows: int


@dataclass(frozen=True)
class Block:
    """A part of the text that breaks into lines by itself.

    `kind`: p, verse (a stanza), h2, h3, li, quote, note (编者按), link (链接框), table, hr, signature. Text
    and spans hold the same characters; "\\n" is a line break. Blocks of one `box` stand in one frame (0:
    none). A table's text has a line a row, cells parted by tabs, its caption first.
    """

    kind: str
    text: str
    spans: Spans
    key: str
    level: int = 0
    box: int = 0
    table: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""


def block_key(text: str) -> str:
    """What `cuts` name a block by."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_of(placement: Mapping[str, Any]) -> str:
    """The printed text of a placement's story, a line a block at least; "" if it has none."""
    story = placement.get("story")
    return "\n".join(block.text for block in printed(story)) if story else ""


def blocks(content: Mapping[str, Any]) -> tuple[Block, ...]:
    """All blocks of a story's frozen content that can be cut, the editor's note first."""
    return _blocks(content.get("body", ""), content.get("editors_note", ""))


def printed(story: Mapping[str, Any]) -> tuple[Block, ...]:
    content = story["content"]
    named = dump([dict(byline) for byline in bylines(content)])
    return _printed(
        content.get("body", ""),
        content.get("editors_note", ""),
        one_line(content.get("dateline", "")),
        named,
        frozenset(story.get("cuts") or ()),
    )


def lede(story: Mapping[str, Any]) -> str:
    """The standfirst (提要) as it is printed under the headline; "" if it is cut."""
    text = tidy(story["content"].get("lede", ""))
    return "" if block_key(text) in (story.get("cuts") or ()) else text


def byline(content: Mapping[str, Any], place: str) -> str:
    return one_line(line(b for b in bylines(content) if b.get("place") == place))


def bylines(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Those printed: who took the picture is named once, in the caption of a picture story."""
    named = list(content.get("bylines", ()))
    credit = next((p.get("credit") or "" for p in content.get("photos", ())), "")
    if content.get("kind") != "picture" or not credit:
        return named
    return [b for b in named if b.get("act") != "photo" or not _named(b, credit)]


def _named(byline: Mapping[str, Any], credit: str) -> bool:
    name = one_line(byline.get("name") or byline.get("outlet") or "")
    return bool(name) and name in credit


@lru_cache(maxsize=512)
def _blocks(body: str, editors_note: str) -> tuple[Block, ...]:
    note = [_note(text) for text in tidy(editors_note).split("\n") if text]
    if note and not note[0].text.startswith(EDITORS_NOTE):
        opening = (f"{EDITORS_NOTE}\u3000", HEI)
        note[0] = replace(note[0], text=opening[0] + note[0].text, spans=(opening, *note[0].spans))
    return (*note, *_read(body))


def _note(text: str) -> Block:
    return Block("note", text, ((text, KAI),), block_key(text), box=1)


@lru_cache(maxsize=512)
def _printed(body: str, note: str, dateline: str, named: str, cuts: frozenset[str]) -> tuple[Block, ...]:
    left = [block for block in _blocks(body, note) if block.key not in cuts]
    names = load(named)
    opening = _opening(dateline, [c for c in names if c.get("place") == "dateline"])
    ending = one_line(in_brackets(c for c in names if c.get("place") == "end"))
    if opening:
        _open(left, opening)
    if ending:
        _end(left, ending)
    return tuple(left)


def _opening(dateline: str, names: list[dict[str, Any]]) -> Spans:
    """本报讯（记者 某某）, and the space before the text."""
    named = one_line(in_brackets(names))
    spans = [(dateline, HEI)] if dateline else []
    spans += [(named, BODY)] if named else []
    return (*spans, ("\u3000", BODY)) if spans else ()


def _open(left: list[Block], opening: Spans) -> None:
    first = next((i for i, block in enumerate(left) if block.kind in ("p", "verse")), None)
    text = "".join(text for text, _ in opening)
    if first is None or left[first].kind == "verse":
        at = next((i for i, block in enumerate(left) if block.kind != "note"), len(left))
        left.insert(at, Block("p", text.strip(), opening[:-1], ""))
    else:
        block = left[first]
        left[first] = replace(block, text=text + block.text, spans=(*opening, *block.spans))


def _end(left: list[Block], ending: str) -> None:
    if left and left[-1].kind == "p":
        block = left[-1]
        left[-1] = replace(block, text=block.text + ending, spans=(*block.spans, (ending, BODY)))
    else:
        left.append(Block("signature", ending, ((ending, BODY),), ""))


# The body's tree


@lru_cache(maxsize=512)
def _read(body: str) -> tuple[Block, ...]:
    found: list[Block] = []
    boxes = 1  # the editor's note before the text is the first
    nodes = html.parse(body).children
    verse = is_verse(nodes)
    for node in nodes:
        if verse and is_stanza(node):
            for stanza in stanzas(node):
                found += _text_block(stanza, "verse", 0, 0)
            continue
        box = 0
        if node.tag == "aside":
            boxes += 1
            box = boxes
        found += _of_node(node, "p", 0, box)
    return tuple(found)


def _of_node(node: Node, kind: str, level: int, box: int) -> Iterator[Block]:
    match node.tag:
        case "p":
            yield from _text_block(node, kind, level, box)
        case "h2" | "h3":
            yield from _text_block(node, "h3" if box else node.tag, level, box, HEI)
        case "hr":
            yield Block("hr", "", (), block_key(""))
        case "ul" | "ol":
            yield from _of_list(node, kind, level, box)
        case "blockquote":
            for child in node.children:
                yield from _of_node(child, "quote", level, box)
        case "aside":
            for child in node.children:
                yield from _of_node(child, _BOXES.get(node.attrs.get("class", ""), "note"), level, box)
        case "table":
            yield from _of_table(node, box)
        # A picture in the text has its place on the web; on paper the box gives it one.


def _of_list(node: Node, kind: str, level: int, box: int) -> Iterator[Block]:
    for number, item in enumerate(node.children, 1):
        label = f"{number}．" if node.tag == "ol" else BULLET
        for child in item.children:
            if child.tag in LISTS:
                yield from _of_list(child, kind, level + 1, box)
                continue
            for block in _text_block(child, "li" if kind == "p" else kind, level, box):
                base = _BASE.get(block.kind, BODY)
                yield (
                    replace(block, text=label + block.text, spans=((label, base), *block.spans))
                    if label
                    else block
                )
            label = ""


def _text_block(node: Node, kind: str, level: int, box: int, base: Style | None = None) -> Iterator[Block]:
    base = base or _BASE.get(kind, BODY)
    spans: list[tuple[str, Style]] = []
    for text, marks in node.runs:
        style = base
        for mark in marks:
            if made := _MARKS.get(mark[0]):
                style = made(style)
        if spans and spans[-1][1] == style:
            spans[-1] = (spans[-1][0] + text, style)
        else:
            spans.append((text, style))
    tidied = _tidy(spans)
    text = "".join(text for text, _ in tidied)
    if count(text):
        yield Block(kind, text, tidied, block_key(text), level, box)


def _tidy(spans: list[tuple[str, Style]]) -> Spans:
    """`tidy` of all spans together."""
    found: list[tuple[str, Style]] = []
    for text, style in spans:
        text = squeeze(text)
        if not found or found[-1][0].endswith((" ", "\n")):
            text = text.lstrip(" ")
        if not found:
            text = text.lstrip()
        if text:
            found.append((text, style))
    while found and not (text := found[-1][0].rstrip()):
        found.pop()
    return (*found[:-1], (text, found[-1][1])) if found else ()


def _of_table(node: Node, box: int) -> Iterator[Block]:
    captions = (line for part in node.children if part.tag == "figcaption" for line in html.lines(part))
    rows = []
    for part in node.children:
        for row in part.children if part.tag in ("thead", "tbody") else ():
            rows.append(tuple(_cell(cell) for cell in row.children))
    caption = one_line(" ".join(captions))
    text = "\n".join([*([caption] if caption else []), *("\t".join(c.text for c in row) for row in rows)])
    if count(text):
        yield Block(
            "table", text, ((text, BODY),), block_key(text), box=box, table=tuple(rows), caption=caption
        )


def _cell(cell: Node) -> Cell:
    text = one_line(" ".join(html.lines(cell)))
    spans = (int(cell.attrs.get(name, 1) or 1) for name in ("colspan", "rowspan"))
    return Cell(text, cell.tag == "th", *spans)
