"""Ruling lines become grids: where a table's cells are, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.reading.pdf.geometry import Box, around

_NEAR = 3.0  # points; rules drawn piece by piece leave gaps at corners
_NO_ROOM = 5.0  # points; two rules so near hold no text between them: double rules, coloured padding
_COVERED = 0.7  # of a cell's side: less is an underlined word or a chart's tick


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Rows `top` to `bottom` and columns `left` to `right` of a grid; the last ones are not included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Grid:
    """A table's rules: the edges of its columns and rows, ascending, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """The outer border."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @cached_property
    def _at(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): index
            for index, cell in enumerate(self.cells)
            for row in range(cell.top, cell.bottom)
            for column in range(cell.left, cell.right)
        }

    def cell_of(self, box: Box) -> int | None:
        """Return the index of the cell that the centre of `box` stands in."""
        return self._at.get((bisect_right(self.ys, box.y) - 1, bisect_right(self.xs, box.x) - 1))


def grids_of(rules: Iterable[Box]) -> tuple[Grid, ...]:
    """Return the grids of at least two cells that the rules of a page draw, from top to bottom."""
    grids = [grid for group in _connected(rules) if (grid := _grid(group)) is not None]
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))


def _connected(rules: Iterable[Box]) -> Iterator[list[Box]]:
    """Yield the rules that touch each other, group by group."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(set(rules), key=lambda rule: (rule.top, rule.left)):
        reached, held = rule, [rule]
        apart: list[tuple[Box, list[Box]]] = []
        for box, members in groups:
            if box.bottom < rule.top - _NEAR:  # sorted by top: nothing that follows can reach it
                yield members
            elif _touch(box, rule) and any(_touch(member, rule) for member in members):
                reached, held = around((reached, box)), held + members
            else:
                apart.append((box, members))
        groups = [*apart, (reached, held)]
    yield from (members for _, members in groups)


def _touch(first: Box, second: Box) -> bool:
    return (
        first.left <= second.right + _NEAR
        and second.left <= first.right + _NEAR
        and first.top <= second.bottom + _NEAR
        and second.top <= first.bottom + _NEAR
    )


def _grid(rules: Sequence[Box]) -> Grid | None:
    across = [rule for rule in rules if rule.width > max(rule.height, _NEAR)]
    down = [rule for rule in rules if rule.height > max(rule.width, _NEAR)]
    if not across or not down:
        return None
    border = around(across)  # a table may be open at its sides
    xs = _snapped((border.left, *(rule.x for rule in down), border.right))
    ys = _snapped(rule.y for rule in across)
    # Within a header the rows may be told apart by where the rules between columns start, alone.
    ends = (y for rule in down for y in (rule.top, rule.bottom))
    ys = _snapped((*ys, *(end for end in ends if min(abs(end - y) for y in ys) > 2 * _NO_ROOM)))
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = _covered(((rule.x, rule.top, rule.bottom) for rule in down), xs, ys)
    floors = _covered(((rule.y, rule.left, rule.right) for rule in across), ys, xs)
    cells = tuple(_cells(len(ys) - 1, len(xs) - 1, walls, floors))
    return Grid(xs, ys, cells) if len(cells) > 1 else None


def _snapped(values: Iterable[float]) -> tuple[float, ...]:
    """Return the values, ascending, those with no room for text between them taken as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NO_ROOM:
            kept.append(value)
    return tuple(kept)


def _covered(
    rules: Iterable[tuple[float, float, float]], places: Sequence[float], stops: Sequence[float]
) -> set[tuple[int, int]]:
    """Return (place, interval between two stops) for each side that rules at that place cover."""
    lengths: defaultdict[tuple[int, int], float] = defaultdict(float)
    for at, start, end in rules:
        place = min(range(len(places)), key=lambda index: abs(places[index] - at))
        for interval, (low, high) in enumerate(pairwise(stops)):
            lengths[place, interval] += max(0.0, min(end, high) - max(start, low)) / (high - low)
    return {key for key, length in lengths.items() if length >= _COVERED}


def _cells(rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> Iterator[Cell]:
    """Yield the cells; a cell grows right and down over sides that no rule covers, as far as it stays a rectangle."""
    taken: set[tuple[int, int]] = set()
    for top in range(rows):
        for left in range(columns):
            if (top, left) in taken:
                continue
            right = left + 1
            while right < columns and (right, top) not in walls and (top, right) not in taken:
                right += 1
            bottom = top + 1
            while bottom < rows and _open_below(bottom, left, right, walls, floors):
                bottom += 1
            taken.update((row, column) for row in range(top, bottom) for column in range(left, right))
            yield Cell(top, bottom, left, right)


def _open_below(row: int, left: int, right: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> bool:
    """Tell whether nothing is ruled above `row` or inside it, between two edges."""
    return all((row, column) not in floors for column in range(left, right)) and all(
        (edge, row) not in walls for edge in range(left + 1, right)
    )
