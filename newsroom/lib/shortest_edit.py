"""The shortest edit between two sequences within a budget (E. Myers, An O(ND) Difference Algorithm, 1986)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import takewhile


@dataclass
class Budget:
    """Steps that a comparison may still take; a million take about half a second."""

    steps: int = 1_000_000


@dataclass(frozen=True)
class Span:
    """`old[i:j]` became `new[k:m]`; where `same`, they are equal."""

    same: bool
    i: int
    j: int
    k: int
    m: int


def spans(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Span]:
    """The spans, same and changed in turn, that cover both sequences.

    When the budget runs out, all that lies between the common beginning and the common end is one change.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    i, k, j, m = start, start, len(old) - end, len(new) - end
    found = [Span(True, 0, start, 0, start)]
    for x, y, length in [*_matches(old[i:j], new[k:m], budget), (j - start, m - start, 0)]:
        found.append(Span(False, i, start + x, k, start + y))
        i, k = start + x + length, start + y + length
        found.append(Span(True, start + x, i, start + y, k))
    found.append(Span(True, j, len(old), m, len(new)))
    return [span for span in found if span.i < span.j or span.k < span.m]


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _matches(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[tuple[int, int, int]]:
    """Equal stretches (start in old, start in new, length) of the shortest edit, in order."""
    reached = _search(old, new, budget) if old and new else []
    if not reached:
        return []
    x, t = len(old), (len(old) - len(new) + len(reached) - 1) // 2
    matches = []
    for d in range(len(reached) - 1, -1, -1):
        diagonal = 2 * t - d
        begin, t = _step(reached[d - 1], t, d) if d else (0, 0)
        if x > begin:
            matches.append((begin, begin - diagonal, x - begin))
        x = reached[d - 1][t] if d else 0
    return matches[::-1]


def _search(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[list[int]]:
    """How far into `old` d edits reach on the diagonals -d, -d+2 … d, each d. Empty when out of budget."""
    rows: list[list[int]] = []
    size, other = len(old), len(new)
    for d in range(size + other + 1):
        row: list[int] = []
        for t in range(d + 1):
            start = x = _step(rows[-1], t, d)[0] if d else 0
            y = x - (2 * t - d)
            while x < size and y < other and old[x] == new[y]:
                x, y = x + 1, y + 1
            row.append(x)
            budget.steps -= 1 + x - start
            if x >= size and y >= other:
                return [*rows, row]
        rows.append(row)
        if budget.steps < 0:
            break
    return []


def _step(row: list[int], t: int, d: int) -> tuple[int, int]:
    """Where one more edit starts on diagonal number `t` of `d`, and the number of the one it came from."""
    if t == 0 or (t < d and row[t - 1] < row[t]):
        return row[t], t  # something was inserted
    return row[t - 1] + 1, t - 1  # something was deleted
