"""Lines aligned within one ruled row: a price list that is ruled around, not between, its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.reading.pdf.geometry import Box
from index.reading.pdf.grids import Cell
from index.reading.pdf.runs import Line

_FIGURE = re.compile(r"[-+±]?\s?\d[\d\s\u00a0\u202f.,]*\s?\S{0,4}")

Filled = Mapping[Cell, tuple[Line, ...]]


def is_figure(text: str) -> bool:
    """Tell whether a cell or one of its lines is a number with at most a short unit."""
    return _FIGURE.fullmatch(text.strip()) is not None


def split_rows(filled: Filled) -> Filled:
    """Return the cells, each ruled row that holds several aligned lines split into as many rows.

    Such a row has a column of two or more figures, each beside a line of a column of labels.
    """
    starts: dict[int, tuple[Line, ...]] = {}
    for top in {cell.top for cell in filled}:
        row = {cell: lines for cell, lines in filled.items() if cell.top == top and cell.bottom == top + 1}
        starts[top] = _starts(row)
    height = max((cell.bottom for cell in filled), default=0)
    first = [0]
    for top in range(height):
        first.append(first[-1] + max(1, len(starts.get(top, ()))))
    split: dict[Cell, tuple[Line, ...]] = {}
    for cell, lines in filled.items():
        labels = starts[cell.top] if cell.bottom == cell.top + 1 else ()
        if len(labels) < 2 or len(lines) < 2:
            split[Cell(first[cell.top], first[cell.bottom], cell.left, cell.right)] = lines
            continue
        for index, held in enumerate(_assigned(lines, labels)):
            if held:
                at = first[cell.top] + index
                split[Cell(at, at + 1, cell.left, cell.right)] = held
    return split


def _starts(row: Filled) -> tuple[Line, ...]:
    """Return the lines that open the rows within a ruled row, () if it is one row."""
    stacked = [lines for _, lines in sorted(row.items()) if len(lines) > 1]
    figures = [line for lines in stacked if all(is_figure(line.text) for line in lines) for line in lines]
    labels = next((lines for lines in stacked if not is_figure(lines[0].text)), ())
    if not figures or not all(_beside_any(line.box, labels) for line in figures):
        return ()
    return tuple(
        label
        for index, label in enumerate(labels)
        if index == 0 or not label.text[0].islower() or _beside_any(label.box, figures)
    )


def _beside_any(box: Box, lines: Sequence[Line]) -> bool:
    return any(line.box.beside(box) for line in lines)


def _assigned(lines: Sequence[Line], labels: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return, for each label, the lines from beside it down to the next label."""
    held: list[list[Line]] = [[] for _ in labels]
    for line in lines:
        at = sum(label.box.top <= line.box.y for label in labels)
        held[max(0, at - 1)].append(line)
    return [tuple(group) for group in held]
