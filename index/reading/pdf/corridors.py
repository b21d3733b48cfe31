"""Free stretches between columns: where a page, or a part of it, can be cut from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.reading.pdf.geometry import Box, around
from index.reading.pdf.runs import Run
from index.reading.pdf.tables import Table

Item = Run | Table
_OVERLAP = 0.3  # of the lower height: lines set tight overlap by less


@dataclass(frozen=True, slots=True)
class Strip:
    """What shares a stretch of the height; there is at least one item."""

    items: tuple[Item, ...]

    @property
    def box(self) -> Box:
        """Around its items."""
        return around(item.box for item in self.items)

    def parted_by(self, x: float) -> bool:
        """Tell whether it has items on both sides of `x`."""
        return len({item.box.x < x for item in self.items}) > 1


@dataclass(frozen=True, slots=True)
class Corridor:
    """A stretch of the width that strips `first` to `last` (included) leave free, items on both sides in these two.

    The strips from `above` to `below` leave it free too, those outside `first` to `last` standing on one side of it.
    """

    first: int
    last: int
    above: int
    below: int
    x: float

    def sides(self, strips: Sequence[Strip]) -> tuple[list[Item], list[Item]]:
        """Return the items to the left and to the right."""
        items = [item for strip in strips[self.first : self.last + 1] for item in strip.items]
        return [item for item in items if item.box.x < self.x], [item for item in items if item.box.x >= self.x]

    def densest(self, strips: Sequence[Strip]) -> Corridor:
        """Return the part of it whose strips, one after another, have items on both sides."""
        best = first = self.first
        length = 0
        for index in range(self.first, self.last + 1):
            if not strips[index].parted_by(self.x):
                first = index + 1
            elif index + 1 - first > length:
                best, length = first, index + 1 - first
        return replace(self, first=best, last=best + length - 1)


def strips_of(items: Iterable[Item]) -> list[Strip]:
    """Return the strips from top to bottom; no item of one overlaps an item of another in height."""
    held: list[list[Item]] = []
    bottom = height = 0.0
    for item in sorted(items, key=lambda item: item.box.top):
        if held and bottom - item.box.top > _OVERLAP * min(item.box.height, height):
            held[-1].append(item)
        else:
            held.append([item])
            bottom = 0.0
        if item.box.bottom > bottom:
            bottom, height = item.box.bottom, item.box.height
    return [Strip(tuple(group)) for group in held]


def gaps(boxes: Iterable[Box], *, at_least: float) -> Iterator[tuple[float, float]]:
    """Yield the stretches of the width between boxes that none of them covers."""
    reached: float | None = None
    for box in sorted(boxes, key=lambda box: box.left):
        if reached is not None and box.left - reached >= at_least:
            yield reached, box.left
        reached = box.right if reached is None else max(reached, box.right)


def corridors_of(strips: Sequence[Strip], *, at_least: float) -> Iterator[Corridor]:
    """Yield each corridor once, grown from a gap as far up and down as it stays `at_least` wide."""
    seen: set[tuple[int, int]] = set()
    for index, strip in enumerate(strips):
        for gap in gaps((item.box for item in strip.items), at_least=at_least):
            below, free = _grown(strips[index + 1 :], gap, at_least)
            above, free = _grown(strips[:index][::-1], free, at_least)
            corridor = _corridor(strips, index - above, index + below, sum(free) / 2)
            if (corridor.first, corridor.last) not in seen:
                seen.add((corridor.first, corridor.last))
                yield corridor


def _grown(strips: Sequence[Strip], free: tuple[float, float], at_least: float) -> tuple[int, tuple[float, float]]:
    """Return how many strips leave part of `free` free, and that part."""
    for count, strip in enumerate(strips):
        inside = [item.box for item in strip.items if item.box.right > free[0] and item.box.left < free[1]]
        walls = (Box(free[0], 0, free[0], 0), *inside, Box(free[1], 0, free[1], 0))
        widest = max(gaps(walls, at_least=at_least), key=lambda gap: gap[1] - gap[0], default=None)
        if widest is None:
            return count, free
        free = widest
    return len(strips), free


def _corridor(strips: Sequence[Strip], above: int, below: int, x: float) -> Corridor:
    both = [index for index in range(above, below + 1) if strips[index].parted_by(x)]
    return Corridor(both[0], both[-1], above, below, x)
