"""Reads HTML into the tree of `newsroom.lib.blocks`.

The grammar holds by construction: what a container can't hold comes to lie in the nearest outer one that can,
so no text is lost and no depth of nesting survives.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser

from newsroom.lib.blocks import BOXES, HOLDS, LISTS, PHOTO_SRC, TEXT, Mark, Node, Runs, scrub

#: Tags of other hands and what they become here.
ALIASES = {
    "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "strike": "s", "del": "s",
    "tfoot": "tbody", "caption": "figcaption",
}  # fmt: skip
#: Tags that only part one paragraph from the next.
PARTING = {
    "address", "article", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "header", "main", "nav", "pre", "section", "summary",
}  # fmt: skip
VOID = {"br", "hr", "img"}
MARKS = {"a", "em", "s", "strong", "sub", "sup", "u"}
_STAND_EMPTY = {"td", "th", "hr", "figure"}
DEEPEST_LIST = 6
LARGEST_SPAN = 100

_WIDE = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
# A line broken in the middle of Chinese text (as Word writes it) is no space.
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read(html: str) -> Node:
    """The tree of well-formed `html`, under a node "body"."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    _settle(reader.body)
    return reader.body


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.body = Node("body")
        self.stack = [self.body]
        self.kind = "p"
        self.marks: list[Mark] = []
        self.runs: Runs = []
        self.table: Node | None = None  # the last one, while a caption may follow
        self.endings: list[Callable[[], None]] = []  # what the end of each open tag does

    # Tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = ALIASES.get(tag, tag)
        given = {name: scrub(value or "") for name, value in attrs}
        if tag in VOID:
            self._void(tag, given)
        elif tag in MARKS:
            self.endings.append(partial(setattr, self, "marks", self.marks))
            self.marks = _marked(self.marks, tag, given)
        elif tag in TEXT or tag in PARTING:
            self.end_text()
            self.endings.append(partial(self._end_kind, self.kind))
            self.kind = tag if tag in TEXT else self.kind
            self.table = None if tag == "figure" else self.table
        else:
            self.end_text()
            self.endings.append(partial(self._end_container, len(self.stack)))
            self._open(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self.endings and tag not in VOID:
            self.endings.pop()()

    def _end_kind(self, before: str) -> None:
        self.end_text()
        self.kind = before

    def _end_container(self, depth: int) -> None:
        self.end_text()
        del self.stack[depth:]

    def _void(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "br":
            self.runs.append(("\n", ()))
            return
        self.end_text()
        if tag == "hr" and self.stack[-1] is self.body:
            self.body.children.append(Node("hr"))
        elif tag == "img" and (found := PHOTO_SRC.fullmatch(attrs.get("src", ""))):
            # Pictures stand between blocks, never inside one: one from a cell or a box comes after it.
            self.body.children.append(Node("figure", {"photo": found[1]}))

    def _open(self, tag: str, attrs: dict[str, str]) -> None:
        """Push a container where it may stand; elsewhere it only parts one paragraph from the next."""
        box = next((name for name in attrs.get("class", "").split() if name in BOXES), "")
        if tag == "blockquote" and box:
            tag = "aside"  # how the editor's style menu makes one
        parent = self._parent(tag)
        if parent is None or (tag == "aside" and not box) or self._too_deep(tag):
            return
        node = Node(tag, {"class": box} if tag == "aside" else _spans(attrs) if tag in ("td", "th") else {})
        parent.children.append(node)
        self.stack.append(node)
        if tag == "table":
            self.table = node

    def _parent(self, tag: str) -> Node | None:
        top = self.stack[-1]
        if tag in LISTS and top.tag in LISTS:
            return self._item(top)
        if tag == "figcaption" and self.table:
            return self.table
        return top if tag in HOLDS[top.tag] else None

    def _too_deep(self, tag: str) -> bool:
        return tag in LISTS and sum(node.tag in LISTS for node in self.stack) >= DEEPEST_LIST

    def _item(self, top: Node) -> Node:
        """The list item that takes what stands in a list outside of its items."""
        if not top.children:
            top.children.append(Node("li"))
        return top.children[-1]

    # Text

    def handle_data(self, data: str) -> None:
        data = _SPACES.sub(" ", _BROKEN_LINE.sub("", scrub(data)))
        self.runs.append((data, tuple(sorted(set(self.marks), key=_rank))))

    def end_text(self) -> None:
        """Close the paragraph being read, if it has any text."""
        runs, self.runs = _tidy(self.runs), []
        if not runs:
            return
        parent = self.stack[-1]
        if parent.tag in LISTS:
            parent = self._item(parent)
        elif "p" not in HOLDS[parent.tag]:
            parent = next(node for node in reversed(self.stack) if "p" in HOLDS[node.tag])
        parent.children.append(Node(self.kind if self.kind in HOLDS[parent.tag] else "p", runs=runs))


def _marked(marks: list[Mark], tag: str, attrs: dict[str, str]) -> list[Mark]:
    if tag != "a":
        return [*marks, (tag,)]
    if "href" not in attrs:
        return marks
    title = _SPACES.sub(" ", attrs.get("title", "")).strip()
    return [*(mark for mark in marks if mark[0] != "a"), ("a", attrs["href"], title)]


def _rank(mark: Mark) -> tuple[bool, Mark]:
    return mark[0] != "a", mark  # links outermost, then by name: the order in which CKEditor nests


def _spans(attrs: dict[str, str]) -> dict[str, str]:
    given = {name: attrs.get(name, "") for name in ("colspan", "rowspan")}
    spans = {name: int(value) for name, value in given.items() if re.fullmatch("[0-9]{1,3}", value)}
    return {name: str(span) for name, span in spans.items() if 1 < span <= LARGEST_SPAN}


def _tidy(runs: Runs) -> Runs:
    """Runs with single spaces, none at the ends of a line, and neither spaces nor breaks at the ends."""
    kept: Runs = []
    for text, marks in runs:
        if text.startswith(" ") and (not kept or kept[-1][0][-1] in " \n"):
            text = text[1:]
        if text == "\n" and kept and kept[-1][0].endswith(" "):
            _replace_last(kept, kept[-1][0][:-1])
        if not kept:
            text = text.lstrip()
        if text:
            kept.append((text, marks))
    while kept and kept[-1][0] != (shorter := kept[-1][0].rstrip()):
        _replace_last(kept, shorter)
    return kept


def _replace_last(runs: Runs, text: str) -> None:
    _, marks = runs.pop()
    if text:
        runs.append((text, marks))


def _settle(node: Node) -> None:
    """From the leaves up: drop what is empty, join neighbouring lists, lift lists from items without text."""
    for child in node.children:
        _settle(child)
    lifted = [block for child in node.children for block in _lifted(child)]
    node.children = [c for c in lifted if c.runs or c.children or c.tag in _STAND_EMPTY]
    if node.tag == "table":
        _settle_table(node)
    elif node.tag != "tr":
        node.children = _joined(node.children)


def _settle_table(table: Node) -> None:
    parts = {tag: Node(tag) for tag in ("thead", "tbody", "figcaption")}
    for part in table.children:
        parts[part.tag].children += part.children
    for cell in (cell for row in parts["thead"].children for cell in row.children):
        cell.tag = "th"  # as CKEditor has it
    table.children = [part for part in parts.values() if part.children]


def _joined(blocks: list[Node]) -> list[Node]:
    """A list that follows one of its kind continues it: CKEditor can't tell them apart."""
    joined: list[Node] = []
    for block in blocks:
        if joined and block.tag in LISTS and joined[-1].tag == block.tag:
            joined[-1].children += block.children
        else:
            joined.append(block)
    return joined


def _lifted(block: Node) -> list[Node]:
    """The block, without what can't stand in it alone: lists in an item, a caption without a table."""
    lifted: list[Node] = []
    while block.tag == "li" and block.children and block.children[0].tag in LISTS:
        lifted += block.children.pop(0).children
    if block.tag == "table" and [part.tag for part in block.children] == ["figcaption"]:
        return block.children[0].children
    return [*lifted, block]
