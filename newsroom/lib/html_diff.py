"""What changed between two bodies: block beside block, word by word.

Nothing that differs stays unseen: addresses of links are spelled out, pictures are named by their public ids,
and a row whose words are the same says when their form (bold, a level, a list) isn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from newsroom.lib import blocks, html
from newsroom.lib.diff import Change, align, compare_words, marked
from newsroom.lib.shortest_edit import Budget

KINDS = {
    "p": gettext_lazy("段"),
    "h2": gettext_lazy("小标题"),
    "h3": gettext_lazy("次级小标题"),
    "ul": gettext_lazy("列表"),
    "ol": gettext_lazy("编号列表"),
    "blockquote": gettext_lazy("引文"),
    "table": gettext_lazy("表"),
    "figcaption": gettext_lazy("表题"),
    "figure": gettext_lazy("图片"),
    "hr": gettext_lazy("分隔线"),
} | html.BOX_NAMES


@dataclass(frozen=True)
class Piece:
    """A block as it is compared: a line in the comparison. `form` is all of it that isn't words."""

    kind: str  # a key of KINDS
    text: str
    form: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A block of the old body beside its counterpart in the new one. Its texts keep line breaks as "\\n"."""

    kind: str  # a key of KINDS, of the new block if there is one
    change: Literal["same", "changed", "form", "added", "removed"]
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def old(self) -> SafeString:
        """The old block with `<del>`."""
        return marked(self.changes, without="ins")

    @property
    def new(self) -> SafeString:
        """The new block with `<ins>`."""
        return marked(self.changes, without="del")


def compare_html(old: str, new: str) -> list[Row]:
    """The blocks of both bodies side by side. Without a change in the canonical HTML, every row is "same"."""
    budget = Budget()
    pairs = align(list(pieces(old)), list(pieces(new)), lambda piece: piece.text, budget)
    return [_row(left, right, budget) for left, right in pairs]


def _row(old: Piece | None, new: Piece | None, budget: Budget) -> Row:
    kept = new or old
    assert kept is not None
    if old is None:
        return Row(kept.kind, "added", (Change("ins", kept.text),))
    if new is None:
        return Row(kept.kind, "removed", (Change("del", kept.text),))
    if kept.kind == "figure" and old != new:
        return Row(kept.kind, "changed", (Change("del", old.text), Change("ins", new.text)))
    changes = tuple(compare_words(old.text, new.text, budget))
    if old.text != new.text:
        return Row(kept.kind, "changed", changes)
    return Row(kept.kind, "same" if old == new else "form", changes)


# Pieces


def pieces(body: str) -> Iterator[Piece]:
    """The lines in which a body is compared: text blocks, rows of tables, pictures, rules."""
    for block in html.parse(body).children:
        yield from _pieces(block, [])


def _pieces(block: blocks.Node, path: list[str]) -> Iterator[Piece]:
    """`path` names the blocks around, with "<" before those that have had no piece yet: together the pieces'
    forms give the whole tree, so that no change of it goes unseen."""
    if block.children and block.tag != "tr":
        path.append("<" + block.attrs.get("class", block.tag))
        for child in block.children:
            yield from _pieces(child, path)
        path.pop()
        return
    form = (*path, blocks.write(block))
    path[:] = [name.lstrip("<") for name in path]
    kind = next((name for name in reversed(path) if name in KINDS), block.tag)
    yield Piece(kind, _text(block), form)


def _text(block: blocks.Node) -> str:
    if block.tag == "figure":
        return gettext("图片 %s") % block.attrs["photo"]
    if block.tag == "hr":
        return "———"
    if block.tag == "tr":
        return " | ".join(_text(cell) for cell in block.children)
    if block.children:
        return "\n".join(_text(child) for child in block.children)
    return "".join(_linked(link, list(runs)) for link, runs in groupby(block.runs, key=_link))


def _link(run: tuple[str, tuple[blocks.Mark, ...]]) -> str:
    return next(
        (f"{title} {href}".strip() for _, href, title in (mark for mark in run[1] if mark[0] == "a")), ""
    )


def _linked(link: str, runs: blocks.Runs) -> str:
    text = "".join(text for text, _ in runs)
    return text + gettext("〔链接 %s〕") % link if link else text
