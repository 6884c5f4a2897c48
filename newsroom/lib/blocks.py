"""The shape of a story's body: paragraphs, subheads, lists, quotations, boxes, tables and pictures.

A tree of `Node`s keeps the grammar of `HOLDS`; `write` turns it into the one canonical HTML.
`newsroom.lib.html_reader` makes such a tree of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

PUBLIC_ID = r"[a-z0-9]{10,16}"
PHOTO_SRC = re.compile(rf"/photos/({PUBLIC_ID})/[A-Za-z0-9._-]+")
BOXES = ("editors-note", "link-box")

TEXT = {"p", "h2", "h3"}
LISTS = {"ul", "ol"}
#: What may stand directly in what.
HOLDS: dict[str, set[str]] = {
    "body": TEXT | LISTS | {"blockquote", "aside", "table", "figure", "hr"},
    "blockquote": TEXT | LISTS | {"table"},
    "aside": TEXT | LISTS | {"table"},
    "ul": {"li"},
    "ol": {"li"},
    "li": {"p"} | LISTS,
    "table": {"thead", "tbody", "figcaption"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "th": {"p"} | LISTS,
    "td": {"p"} | LISTS,
    "figcaption": {"p"},
}

Mark = tuple[str, ...]  # ("strong",), or ("a", href, title)
Runs = list[tuple[str, tuple[Mark, ...]]]

_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(eq=False, slots=True)
class Node:
    """A block. Text blocks (p, h2, h3) have `runs`, "\\n" is a line break; containers have `children`."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    runs: Runs = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    def walk(self) -> Iterator[Node]:
        """This block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def scrub(text: str) -> str:
    """`text` without what no page, feed or database can carry: lone surrogates become U+FFFD, controls go."""
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))


def escape(text: str) -> str:
    """Text as HTML, spelled as CKEditor spells it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value).replace(chr(34), "&quot;")}"'


def write(node: Node) -> str:
    """The canonical HTML of a block; of "body", that of its blocks without white space between them."""
    tag = node.tag
    if tag == "hr":
        return "<hr>"
    if tag == "figure":
        return picture(node.attrs["photo"])
    if tag in TEXT:
        return f"<{tag}>{_inline(node)}</{tag}>"
    inner = "".join(map(write, node.children))
    if tag == "body":
        return inner
    if tag == "figcaption":
        return f"<figcaption>{'<br>'.join(map(_inline, node.children))}</figcaption>"
    if tag in ("li", "td", "th") and _is_bare(node):
        inner = _inline(node.children[0]) + "".join(map(write, node.children[1:]))
    if tag == "table":
        return _table(node)
    return f"<{tag}{''.join(_attribute(*item) for item in node.attrs.items())}>{inner}</{tag}>"


def picture(public_id: str) -> str:
    """The canonical HTML of a picture's place."""
    return f'<figure class="image"><img src="/photos/{public_id}/w640.webp" alt=""></figure>'


def _table(node: Node) -> str:
    parts = {part.tag: write(part) for part in node.children}
    caption = parts.pop("figcaption", "")
    return f'<figure class="table"><table>{"".join(parts.values())}</table>{caption}</figure>'


def _is_bare(node: Node) -> bool:
    """Whether an item's or a cell's only paragraph goes without tags, as CKEditor writes it."""
    first, *rest = [child.tag for child in node.children] or [""]
    return first == "p" and (all(tag in LISTS for tag in rest) if node.tag == "li" else not rest)


def _inline(node: Node) -> str:
    out: list[str] = []
    now: tuple[Mark, ...] = ()
    for text, marks in [*node.runs, ("", ())]:
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(now, marks, strict=False))))
        out += [f"</{mark[0]}>" for mark in reversed(now[same:])]
        out += [_opening(mark) for mark in marks[same:]]
        out.append("<br>" if text == "\n" else escape(text))
        now = marks
    return "".join(out)


def _opening(mark: Mark) -> str:
    if mark[0] != "a":
        return f"<{mark[0]}>"
    _, href, title = mark
    rel = "noopener noreferrer" if href.startswith("http") else ""
    attrs = {"href": href, "title": title, "rel": rel}
    return f"<a{''.join(_attribute(*item) for item in attrs.items() if item[1])}>"
