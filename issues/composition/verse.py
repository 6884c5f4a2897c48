"""Verse, known by its form alone: a body whose paragraphs hold short lines of their own.

A stanza is a paragraph, or what stands between two line breaks that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsroom.lib.blocks import Node, Runs

LONGEST = 20  # characters of most lines
MOST = 0.8
LEAST_LINES = 4
_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")


def is_verse(nodes: Sequence[Node]) -> bool:
    """Whether most paragraphs have line breaks, and nearly all of their lines are short."""
    told = [_lines(node) for node in nodes if node.tag == "p"]
    parted, lines = [lines for lines in told if len(lines) > 1], [line for lines in told for line in lines]
    short = sum(len(line) <= LONGEST for line in lines)
    return len(parted) * 2 > len(told) and len(lines) >= LEAST_LINES and short >= MOST * len(lines)


def is_stanza(node: Node) -> bool:
    """Of a paragraph of such a body: not one of prose between the poems."""
    lines = _lines(node)
    return node.tag == "p" and sum(len(line) <= LONGEST for line in lines) * 2 > len(lines)


def stanzas(node: Node) -> Iterator[Node]:
    """The paragraph parted where it has an empty line."""
    edges = [0, *(at for match in _BETWEEN.finditer(node.text) for at in match.span()), len(node.text)]
    for first, until in list(pairwise(edges))[::2]:
        yield Node(node.tag, node.attrs, [], _cut(node.runs, first, until))


def _lines(node: Node) -> list[str]:
    return [stripped for line in node.text.split("\n") if (stripped := line.strip())]


def _cut(runs: Runs, first: int, until: int) -> Runs:
    found, at = [], 0
    for text, marks in runs:
        if part := text[max(first - at, 0) : max(until - at, 0)]:
            found.append((part, marks))
        at += len(text)
    return found
