"""What rules enclose on a page: tables, and boxes set apart from the text around them. Pure; in points."""

from __future__ import annotations

from collections.abc import Sequence

from articles.intake.pdf.regions import Block, around, rules_of
from articles.intake.pdf.rows import Box, Row

_TOUCH = 2.0  # points between rules that meet
_LARGEST = 0.6  # of the page: a frame around more is the page's own
_MOST_LINES = 5  # in a cell, on average: more are columns of text between rules


def gather(rows: Sequence[Row], shapes: Sequence[Box], page: Box) -> tuple[list[Block], list[Box]]:
    """The rows, those of a table or of a frame taken together; and the rules that part the rest."""
    blocks = [Block(row.box, row=row) for row in rows]
    shapes = list(shapes)
    for group in _grids(shapes):
        found = _table(group, blocks)
        if found is not None:
            table, held = found
            blocks = [block for block in blocks if id(block) not in held] + [table]
            shapes = [box for box in shapes if box not in group]
    for frame in _frames(shapes, page):
        held_rows = [block for block in blocks if frame.holds(block.box)]
        if _is_box(held_rows, frame):
            ids = {id(block) for block in held_rows}
            blocks = [block for block in blocks if id(block) not in ids] + [Block(frame, inner=held_rows)]
    return blocks, shapes


# Tables


def _grids(shapes: Sequence[Box]) -> list[list[Box]]:
    """Groups of thin rules that touch one another."""
    rules = rules_of(shapes)
    thin = [box for box in shapes if box in rules.flat or box in rules.upright]
    groups: list[list[Box]] = []
    for rule in thin:
        near = [group for group in groups if any(_meet(rule, other) for other in group)]
        merged = [rule] + [one for group in near for one in group]
        groups = [group for group in groups if group not in near] + [merged]
    return [group for group in groups if len(group) >= 5]


def _meet(one: Box, other: Box) -> bool:
    return one.across(other) > -_TOUCH and one.down(other) > -_TOUCH


def _levels(places: Sequence[float]) -> list[float]:
    """The different places, those that are nearly the same put together."""
    levels: list[float] = []
    for place in sorted(places):
        if not levels or place - levels[-1] > 3:
            levels.append(place)
    return levels


def _table(group: Sequence[Box], blocks: Sequence[Block]) -> tuple[Block, set[int]] | None:
    """The cells between the rules, and the blocks that fill them; None where it is no table."""
    rules = rules_of(group)
    xs = _levels([(rule.left + rule.right) / 2 for rule in rules.upright])
    ys = _levels([(rule.top + rule.bottom) / 2 for rule in rules.flat])
    if rules.flat:
        xs = _levels([*xs, min(rule.left for rule in rules.flat), max(rule.right for rule in rules.flat)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    whole = Box(xs[0], ys[0], xs[-1], ys[-1])
    held = [block for block in blocks if block.row and whole.holds(block.box)]
    cells: dict[tuple[int, int], list[Block]] = {}
    for block in held:
        x, y = (block.box.left + block.box.right) / 2, (block.box.top + block.box.bottom) / 2
        column = max(place for place, left in enumerate(xs[:-1]) if x >= left)
        line = max(place for place, top in enumerate(ys[:-1]) if y >= top)
        cells.setdefault((line, column), []).append(block)
    if len(cells) < 4 or len(held) > _MOST_LINES * len(cells):
        return None
    rows = tuple(
        tuple(_told(cells.get((line, column), [])) for column, _ in enumerate(xs[:-1]))
        for line, _ in enumerate(ys[:-1])
    )
    return Block(whole, table=tuple(row for row in rows if any(row))), {id(block) for block in held}


def _told(blocks: Sequence[Block]) -> str:
    ordered = sorted(blocks, key=lambda block: (round(block.box.top), block.box.left))
    return "".join(block.row.text for block in ordered if block.row)


# Frames


def _frames(shapes: Sequence[Box], page: Box) -> list[Box]:
    """Boxes around something, the largest first; also those that four rules make."""
    rules = rules_of(shapes)
    frames = [box for box in shapes if box.width > 30 and box.height > 20]
    flat = [rule for rule in rules.flat if rule.width > 30]
    for top in flat:
        below = [
            rule
            for rule in flat
            if rule.top > top.bottom + 20
            and abs(rule.left - top.left) < 4
            and abs(rule.right - top.right) < 4
        ]
        for bottom in below:
            frame = Box(top.left, top.top, top.right, bottom.bottom)
            if all(_stands(frame, x, rules.upright) for x in (frame.left, frame.right)):
                frames.append(frame)
                break
    most = _LARGEST * page.width * page.height
    return sorted(
        (box for box in frames if box.width * box.height < most), key=lambda box: -box.width * box.height
    )


def _stands(frame: Box, x: float, upright: Sequence[Box]) -> bool:
    parts = sorted((rule.top, rule.bottom) for rule in upright if abs((rule.left + rule.right) / 2 - x) < 4)
    end = frame.top
    for top, bottom in parts:
        if top <= end + 4:
            end = max(end, bottom)
    return end >= frame.bottom - 4


def _is_box(blocks: Sequence[Block], frame: Box) -> bool:
    """Whether what stands within is more than a line in a bar, and fills the frame from side to side."""
    rows = [block for block in blocks if block.row]
    if len(rows) < 2 or any(block.inner for block in blocks):
        return False
    levels = {round(row.box.top / 4) for row in rows}
    inside = around(rows)
    return len(levels) >= 2 and inside.right <= frame.right + 8 and inside.left >= frame.left - 8
