"""Boxes on a page, in points, with y growing downwards as one reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with sides parallel to the page's."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """The centre, across."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The centre, downwards."""
        return (self.top + self.bottom) / 2

    def turned(self, quarters: int, width: float = 0.0, height: float = 0.0) -> Box:
        """Return the box on a page of that width and height, after turning the page clockwise by quarters."""
        match quarters % 4:
            case 1:
                return Box(height - self.bottom, self.left, height - self.top, self.right)
            case 2:
                return Box(width - self.right, height - self.bottom, width - self.left, height - self.top)
            case 3:
                return Box(self.top, width - self.right, self.bottom, width - self.left)
            case _:
                return self

    def beside(self, other: Box) -> bool:
        """Tell whether two texts stand on one line: the lower one's height is shared for more than its half."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.5 * min(self.height, other.height)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds them all; there must be one."""
    held = tuple(boxes)
    return Box(
        min(box.left for box in held),
        min(box.top for box in held),
        max(box.right for box in held),
        max(box.bottom for box in held),
    )
