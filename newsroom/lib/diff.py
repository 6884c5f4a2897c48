"""What changed between two texts, word by word: 花脸稿.

Paragraphs are aligned first, then the words of those that changed. The work is bounded: where a word-by-word
account would be long, and no longer readable, whole paragraphs are exchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeVar

import rjieba
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from newsroom.lib.shortest_edit import Budget, spans

Kind = Literal["same", "del", "ins"]
Block = TypeVar("Block", bound=Hashable)

# Two paragraphs with less in common are not the same one changed.
_ALIKE = 0.4
# How many new paragraphs ahead an old one is looked for.
_AHEAD = 20
_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_CHINESE}]+|[A-Za-z]+|[0-9]+|[^\S\n]+|.[\u0300-\u036f\u200d\ufe0f]*", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """A piece of text. In order, "same" and "del" make the old text, "same" and "ins" the new one."""

    kind: Kind
    text: str


def compare(old: str, new: str, budget: Budget | None = None) -> list[Change]:
    """The changes that make `old` into `new`."""
    budget = budget or Budget()
    changes: list[Change] = []
    for left, right in align(old.splitlines(keepends=True), new.splitlines(keepends=True), str, budget):
        changes += compare_words(left or "", right or "", budget)
    return _joined(changes)


def marked(changes: Sequence[Change], without: Kind | None = None) -> SafeString:
    """Safe HTML: `<del>` around what went, `<ins>` around what came, leaving out one kind of changes."""
    return mark_safe(  # noqa: S308 - every text in it is escaped
        "".join(
            escape(change.text)
            if change.kind == "same"
            else f"<{change.kind}>{escape(change.text)}</{change.kind}>"
            for change in changes
            if change.kind != without
        )
    )


# Paragraphs


def align(
    old: Sequence[Block], new: Sequence[Block], text: Callable[[Block], str], budget: Budget
) -> Iterator[tuple[Block | None, Block | None]]:
    """Pairs of an old and a new block, in reading order of both; None for what has no counterpart."""
    for span in spans(old, new, budget):
        if span.same:
            yield from zip(old[span.i : span.j], new[span.k : span.m], strict=True)
        else:
            yield from _pair(old[span.i : span.j], new[span.k : span.m], text, budget)


def _pair(
    old: Sequence[Block], new: Sequence[Block], text: Callable[[Block], str], budget: Budget
) -> Iterator[tuple[Block | None, Block | None]]:
    """Each old block with the likest of the next new ones."""
    sketches = [_sketch(text(block)) for block in new]
    at = 0
    for block in old:
        ahead = sketches[at : at + _AHEAD] if budget.steps > 0 else []
        sketch = _sketch(text(block))
        likeness = [_likeness(sketch, other) for other in ahead]
        budget.steps -= sum(10 + len(other) // 4 for other in ahead)  # as long as they take
        if max(likeness, default=0) < _ALIKE:
            yield block, None
            continue
        best = at + likeness.index(max(likeness))
        yield from ((None, added) for added in new[at:best])
        yield block, new[best]
        at = best + 1
    yield from ((None, added) for added in new[at:])


def _sketch(text: str) -> Counter[str]:
    return Counter(first + second for first, second in zip(" " + text, text + " ", strict=True))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of pairs of characters that both have, from 0 to 1."""
    return 2 * (one & other).total() / (one.total() + other.total())


# Words


def compare_words(old: str, new: str, budget: Budget) -> list[Change]:
    """The changes within one paragraph."""
    if old == new:
        return [Change("same", old)] if old else []
    left, right = _tokens(old), _tokens(new)
    changes: list[Change] = []
    for span in spans(left, right, budget):
        went, came = "".join(left[span.i : span.j]), "".join(right[span.k : span.m])
        changes += [Change("same", went)] if span.same else [Change("del", went), Change("ins", came)]
    return _joined(_readable(changes))


def _tokens(text: str) -> list[str]:
    """Chinese words, Latin words, numbers; each other character by itself."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens += rjieba.cut(token) if re.match(f"[{_CHINESE}]", token) else [token]
    return tokens


def _readable(changes: list[Change]) -> list[Change]:
    """A comma or a 的 left standing between two longer changes tells the reader nothing: it goes too."""
    readable: list[Change] = []
    for at, change in enumerate(changes):
        sides = (changes[max(at - 2, 0) : at], changes[at + 1 : at + 3])
        longest = [max((len(beside.text) for beside in side), default=0) for side in sides]
        if change.kind == "same" and len(change.text) <= 2 and len(change.text) < min(longest):
            readable += [Change("del", change.text), Change("ins", change.text)]
        else:
            readable.append(change)
    return readable


def _joined(changes: list[Change]) -> list[Change]:
    """Neighbours of a kind as one, what went before what came, nothing empty."""
    joined: list[Change] = []
    for same, group in groupby((c for c in changes if c.text), key=lambda change: change.kind == "same"):
        pieces = list(group)
        kinds: tuple[Kind, ...] = ("same",) if same else ("del", "ins")
        texts = {kind: "".join(piece.text for piece in pieces if piece.kind == kind) for kind in kinds}
        joined += [Change(kind, text) for kind, text in texts.items() if text]
    return joined
