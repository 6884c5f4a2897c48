"""A page cut into its stories' rectangles: along rules, and along white space that a headline begins behind.

Pure; units are points. The page is cut in two where nothing crosses, and each half again, as long as both
halves can stand by themselves: what begins with a headline, pictures with what is said of them, lines of the
page. Columns, subheads and boxes of one story thus stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.intake.pdf.rows import Box, Row
from articles.intake.text.forms import byline_after, dateline, is_dashed, people_in

HEAD = 1.3  # times the body's size: letters of a headline, if a story begins behind them
SURE_HEAD = 1.75  # times the body's size: a headline whatever follows
_BODY = (0.88, 1.15)  # times the body's size
_FEW = 3  # rows: less than a story
_RULED = 0.7  # of the cut must be a rule
_LEVEL = 4.0  # points: parts of rules that are no farther apart are one
_THIN = 3.5  # points: as thick as rules get


@dataclass
class Block:
    """What is not cut: a row, a picture (its place among the page's), a table's cells, or a framed region."""

    box: Box
    row: Row | None = None
    picture: int | None = None
    table: tuple[tuple[str, ...], ...] = ()
    inner: list[Block] = field(default_factory=list)

    @property
    def size(self) -> float:
        return self.row.size if self.row else 0.0


@dataclass(frozen=True)
class Rules:
    """Rules that lie across (`flat`) and stand (`upright`), edges of frames and of bands included."""

    flat: tuple[Box, ...] = ()
    upright: tuple[Box, ...] = ()

    def along(self, cut: Box, across: bool) -> float:
        """How much of the cut, a strip of white, is a rule: 0 to 1."""
        low, high = (cut.left, cut.right) if across else (cut.top, cut.bottom)
        inside = (cut.top, cut.bottom) if across else (cut.left, cut.right)
        level: dict[int, list[tuple[float, float]]] = {}
        for rule in self.flat if across else self.upright:
            at = (rule.top + rule.bottom if across else rule.left + rule.right) / 2
            if inside[0] - 2 <= at <= inside[1] + 2:
                part = (rule.left, rule.right) if across else (rule.top, rule.bottom)
                for place in (int(at // _LEVEL), int(at // _LEVEL) + 1):
                    level.setdefault(place, []).append(part)
        return max((_covered(parts, low, high) for parts in level.values()), default=0.0) / max(high - low, 1)


def _covered(parts: list[tuple[float, float]], low: float, high: float) -> float:
    covered, end = 0.0, low
    for first, last in sorted(parts):
        first, last = max(first, end), min(last, high)
        if last > first:
            covered, end = covered + last - first, last
    return covered


def rules_of(shapes: Iterable[Box]) -> Rules:
    flat, upright = [], []
    for box in shapes:
        if box.height <= _THIN and box.width > 4 * box.height:
            flat.append(box)
        elif box.width <= _THIN and box.height > 4 * box.width:
            upright.append(box)
        else:
            flat += [box._replace(bottom=box.top), box._replace(top=box.bottom)]
            upright += [box._replace(right=box.left), box._replace(left=box.right)]
    return Rules(tuple(flat), tuple(upright))


def rows_in(blocks: Iterable[Block]) -> list[tuple[Block, Row]]:
    return [(block, block.row) for block in blocks if block.row]


def around(blocks: Iterable[Block]) -> Box:
    whole, *rest = (block.box for block in blocks)
    for box in rest:
        whole = whole.around(box)
    return whole


@dataclass(frozen=True)
class _Cut:
    first: list[Block]
    second: list[Block]
    white: Box
    across: bool
    ruled: bool

    @property
    def strength(self) -> tuple[bool, float]:
        return self.ruled, self.white.height if self.across else self.white.width


class Divider:
    """Cuts a page whose body has that size."""

    def __init__(self, rules: Rules, body: float, page: Box) -> None:
        self.rules, self.body, self.page = rules, body, page

    def divide(self, blocks: list[Block]) -> list[list[Block]]:
        """The stories' rectangles, in the order in which they are read."""
        if len(blocks) < 2:
            return [blocks] if blocks else []
        cuts = [cut for across in (True, False) for cut in self._cuts(blocks, across) if self._is_good(cut)]
        if not cuts:
            return [blocks]
        best = max(cuts, key=lambda cut: cut.strength)
        return self.divide(best.first) + self.divide(best.second)

    def _cuts(self, blocks: list[Block], across: bool) -> Iterable[_Cut]:
        """Where nothing crosses."""
        whole = around(blocks)
        low, high = ("top", "bottom") if across else ("left", "right")
        ordered = sorted(blocks, key=lambda block: getattr(block.box, low))
        end = getattr(ordered[0].box, high)
        for place, block in enumerate(ordered):
            begin = getattr(block.box, low)
            if begin - end > 0.3 * self.body:
                white = whole._replace(**{low: end, high: begin})
                ruled = self.rules.along(white, across) >= _RULED
                yield _Cut(ordered[:place], ordered[place:], white, across, ruled)
            end = max(end, getattr(block.box, high))

    def _is_good(self, cut: _Cut) -> bool:
        return self._is_good_across(cut) if cut.across else self._is_good_upright(cut)

    def _is_good_across(self, cut: _Cut) -> bool:
        above, below = cut.first, cut.second
        if cut.ruled:
            if not self._is_whole(above):
                return False
            return (
                self._begins(below, sure=True)
                or not self._has_text(below)
                or (not self._has_head(above) and not self._is_within_story(above))
            )
        if cut.white.height < 0.5 * self.body or not self._begins(below):
            return False
        return self._ends_with_text(above)

    def _is_good_upright(self, cut: _Cut) -> bool:
        if cut.ruled:
            return all(self._stands_alone(side) for side in (cut.first, cut.second))
        return cut.white.width > 0.7 * self.body and all(
            self._begins(side) and self._has_text(side) for side in (cut.first, cut.second)
        )

    # What a part is

    def _is_head(self, block: Block) -> bool:
        return block.size >= HEAD * self.body

    def _has_head(self, blocks: Sequence[Block]) -> bool:
        return any(self._is_head(block) for block in blocks)

    def _body_rows(self, blocks: Iterable[Block]) -> list[Block]:
        low, high = (factor * self.body for factor in _BODY)
        return [block for block in blocks if low <= block.size <= high]

    def _has_text(self, blocks: Sequence[Block]) -> bool:
        """Whether it has more than a few lines of running text."""
        return len(self._body_rows(blocks)) > _FEW

    def _is_whole(self, blocks: Sequence[Block]) -> bool:
        """Whether it is more than a headline that waits for its story."""
        return bool(self._body_rows(blocks)) or not self._has_head(blocks) or self._is_band(blocks)

    def _is_band(self, blocks: Sequence[Block]) -> bool:
        """Whether it is one line set between two rules, or in a bar, right across."""
        box = around(blocks)
        strips = (
            box._replace(top=box.top - 2 * self.body, bottom=box.top),
            box._replace(top=box.bottom, bottom=box.bottom + 2 * self.body),
        )
        wide = all(
            self.rules.along(strip._replace(left=self.page.left, right=self.page.right), True) > 0.75
            for strip in strips
        )
        return len(blocks) <= 2 and wide

    def _is_within_story(self, blocks: Sequence[Block]) -> bool:
        """Whether the part without a headline is a story's: text, but not at the page's edge."""
        return self._has_text(blocks) and around(blocks).height > 0.12 * self.page.height

    def _stands_alone(self, blocks: Sequence[Block]) -> bool:
        return self._has_head(blocks) or not self._has_text(blocks)

    def _ends_with_text(self, blocks: Sequence[Block]) -> bool:
        """Whether running text stands below its last headline."""
        heads = [block.box.bottom for block in blocks if self._is_head(block)]
        below = [block for block in blocks if block.box.top >= max(heads, default=0)]
        rows = self._body_rows(below)
        if not heads and not self._has_text(blocks):
            return False
        return len(rows) >= 2 or any(block.inner or block.table for block in below)

    def _begins(self, blocks: Sequence[Block], sure: bool = False) -> bool:
        """Whether a story begins with the part: a headline, over which no running text stands.

        A small one could be a subhead, unless it is `sure` that something begins here.
        """
        heads = sorted((b for b in blocks if self._is_head(b)), key=lambda b: b.box.top)
        if not heads:
            return False
        top = heads[0].box.top
        if len(self._body_rows(block for block in blocks if block.box.top < top)) > 1:
            return False
        largest = max(head.size for head in heads if head.box.top < top + 6 * self.body)
        return sure or largest >= SURE_HEAD * self.body or self._is_followed(heads[0], blocks)

    def _is_followed(self, head: Block, blocks: Sequence[Block]) -> bool:
        """Whether a byline, a dateline or a subheadline comes soon after the headline."""
        after = sorted(
            (b for b in blocks if b.row and b.box.top >= head.box.bottom - 1),
            key=lambda b: (b.box.top, b.box.left),
        )
        for block in after[:4]:
            text = block.row.text if block.row else ""
            if people_in(text) or dateline(text) or is_dashed(text) or byline_after(text, 0):
                return True
        return False
