"""Rectangles on a page, in thousandths of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, other: Box) -> bool:
        """Whether the other's middle lies within."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left < x < self.right and self.top < y < self.bottom

    def gaps(self, other: Box) -> tuple[float, float]:
        """How far apart, across and down; negative where they overlap."""
        return (
            max(self.left, other.left) - min(self.right, other.right),
            max(self.top, other.top) - min(self.bottom, other.bottom),
        )


def distance(one: Box, other: Box) -> float:
    across, down = one.gaps(other)
    return max(across, 0) + max(down, 0)


def around(boxes: Iterable[Box]) -> Box:
    whole, *rest = boxes
    for box in rest:
        whole = whole.around(box)
    return whole


def area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def parted(one: Box, two: Box, upright: bool) -> tuple[Box, Box]:
    """Both without what they have in common, of which each gives up half, left and right where `upright`.

    Where one lies within the other they stay as they are.
    """
    if upright:
        first, second = sorted((one, two), key=lambda box: box.left + box.right)
        middle = (max(first.left, second.left) + min(first.right, second.right)) / 2
        parts = first._replace(right=middle), second._replace(left=middle)
    else:
        first, second = sorted((one, two), key=lambda box: box.top + box.bottom)
        middle = (max(first.top, second.top) + min(first.bottom, second.bottom)) / 2
        parts = first._replace(bottom=middle), second._replace(top=middle)
    if min(area(part) for part in parts) <= 0 or any(p.right <= p.left or p.bottom <= p.top for p in parts):
        return one, two  # one lies within the other
    return parts if first is one else (parts[1], parts[0])
