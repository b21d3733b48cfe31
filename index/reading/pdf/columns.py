"""The order in which a page is read: column by column, with lines aligned in columns kept as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.reading.pdf.corridors import Corridor, Item, Strip, corridors_of, gaps, strips_of
from index.reading.pdf.geometry import around
from index.reading.pdf.marks import MARKER
from index.reading.pdf.runs import WIDE_GAP, Line, Run, lines_of
from index.reading.pdf.tables import Table

_MARKER_GAP = 5.0  # of the size, between a bullet or a number and its text
_FEWEST_LINES = 3  # a column of text has at least as many on each side of the gutter
_FEWEST_CHARACTERS = 18  # half its lines are at least as long; shorter ones are cells
_FEWEST_ROWS = 3  # wide justified spaces stand under each other in two lines by chance, not in three
_ATTACHED = 0.8  # of a line's height: a wider gap separates what stands on one side only from the columns


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines whose pieces stand under each other without rules, as rows of as many cells each, None where empty."""

    rows: tuple[tuple[Line | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What is read from top to bottom without a step aside; `narrow` if another column stands beside it."""

    items: tuple[Line | Table, ...]
    narrow: bool = False


def reading_order(items: Iterable[Item]) -> Iterator[Column | Aligned]:
    """Yield the columns of a page in the order they are read."""
    held = tuple(items)
    runs = _with_markers([item for item in held if isinstance(item, Run)])
    tables = [item for item in held if isinstance(item, Table)]
    return _read([*runs, *tables], WIDE_GAP * median([run.size for run in runs] or [1.0]))


def _with_markers(runs: Sequence[Run]) -> list[Run]:
    """Return the runs, each bullet or number that stands apart made one with its text."""
    kept = sorted(runs, key=lambda run: (run.box.left, run.box.top))
    for marker in [run for run in reversed(kept) if MARKER.fullmatch(run.text)]:
        reach = marker.box.right + _MARKER_GAP * marker.size
        after = (run for run in kept if marker.box.right <= run.box.left <= reach and marker.box.beside(run.box))
        text = next((run for run in after if run is not marker), None)
        if text is not None:
            box = around((marker.box, text.box))
            kept[kept.index(text)] = replace(text, text=f"{marker.text} {text.text}", box=box)
            kept.remove(marker)
    return kept


def _read(items: Sequence[Item], gutter: float, *, narrow: bool = False) -> Iterator[Column | Aligned]:
    if not items:
        return
    strips = strips_of(items)
    corridors = list(corridors_of(strips, at_least=gutter))
    columns = [_outgrown(found, strips) for found in corridors if _parts_text(found, strips)]
    tables = [found for each in corridors if _parts_cells(found := each.densest(strips), strips)]
    best = max(columns or tables, key=lambda found: found.last - found.first, default=None)
    if best is None:
        yield _column(items, narrow)
        return
    yield from _read(_items(strips[: best.first]), gutter, narrow=narrow)
    if columns:
        for side in best.sides(strips):
            yield from _read(side, gutter, narrow=True)
    else:
        yield _aligned(strips[best.first : best.last + 1], gutter)
    yield from _read(_items(strips[best.last + 1 :]), gutter, narrow=narrow)


def _items(strips: Iterable[Strip]) -> list[Item]:
    return [item for strip in strips for item in strip.items]


def _parts_text(corridor: Corridor, strips: Sequence[Strip]) -> bool:
    """Tell whether both sides are read downwards; one that is mostly empty may be, if its lines make no rows."""
    left, right = (lines_of(item for item in side if isinstance(item, Run)) for side in corridor.sides(strips))
    if _is_text(left) and _is_text(right):
        return True
    return (_is_text(left) or _is_text(right)) and not _on_baselines(left, right)


def _on_baselines(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether most lines of the shorter side stand on baselines of the longer one."""
    fewer, more = sorted((left, right), key=len)
    bottoms = [line.box.bottom for line in more]
    level = sum(any(abs(line.box.bottom - bottom) < 0.1 * line.size for bottom in bottoms) for line in fewer)
    return level > len(fewer) / 2


def _is_text(lines: Sequence[Line]) -> bool:
    """Tell whether a side holds something to read downwards: wrapped lines, most of them close together, or tables."""
    if not lines:
        return True
    close = sum(lower.box.top - upper.box.bottom < _ATTACHED * lower.size for upper, lower in pairwise(lines))
    wrapped = len(lines) >= _FEWEST_LINES and close >= len(lines) / 2
    return wrapped and median(len(line.text) for line in lines) >= _FEWEST_CHARACTERS


def _parts_cells(corridor: Corridor, strips: Sequence[Strip]) -> bool:
    inside = strips[corridor.first : corridor.last + 1]
    return len(inside) >= _FEWEST_ROWS and all(isinstance(item, Run) for item in _items(inside))


def _outgrown(corridor: Corridor, strips: Sequence[Strip]) -> Corridor:
    """Return the corridor with the longer column's rest: down to the end of the page, or as far as no wide gap is."""
    first, last = corridor.first, corridor.last
    while first > corridor.above and _attached(strips[first - 1], strips[first]):
        first -= 1
    if corridor.below == len(strips) - 1:
        last = corridor.below
    while last < corridor.below and _attached(strips[last], strips[last + 1]):
        last += 1
    return replace(corridor, first=first, last=last)


def _attached(upper: Strip, lower: Strip) -> bool:
    height = min(item.box.height for item in (*upper.items, *lower.items))
    return lower.box.top - upper.box.bottom < _ATTACHED * height


def _aligned(strips: Sequence[Strip], gutter: float) -> Aligned:
    runs = [item for item in _items(strips) if isinstance(item, Run)]
    edges = [right for _, right in gaps((run.box for run in runs), at_least=gutter)]
    rows: list[list[list[Run]]] = []
    for line in lines_of(runs):
        row: list[list[Run]] = [[] for _ in range(len(edges) + 1)]
        for run in line.runs:
            row[sum(edge <= run.box.left for edge in edges)].append(run)
        rows.append(row)
    return Aligned(tuple(tuple(Line(tuple(cell)) if cell else None for cell in row) for row in rows))


def _column(items: Sequence[Item], narrow: bool) -> Column:
    lines = lines_of(item for item in items if isinstance(item, Run))
    tables = (item for item in items if isinstance(item, Table))
    return Column(tuple(sorted((*lines, *tables), key=lambda item: item.box.y)), narrow)
