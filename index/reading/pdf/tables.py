"""A ruled table becomes rows of cells: merged cells, bands across the table, headers of several rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.reading.pdf.geometry import Box
from index.reading.pdf.grids import Cell, Grid
from index.reading.pdf.hyphens import Hyphens
from index.reading.pdf.runs import Line, Run, lines_of
from index.reading.pdf.subrows import is_figure, split_rows


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of as many cells each; `title` is the band over them, "" if there is none."""

    title: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid and the runs that stand in its cells."""

    grid: Grid
    runs: tuple[Run, ...]

    @property
    def box(self) -> Box:
        """The outer border."""
        return self.grid.box


@dataclass(frozen=True, slots=True)
class _Part:
    """The cells under a band that crosses the whole table; the first part may have none."""

    band: Cell | None
    cells: tuple[Cell, ...]

    @property
    def columns(self) -> list[int]:
        """Where the columns start; two that never hold text in one row are one, ruled a little apart or indented."""
        rows: list[set[int]] = []
        starts: list[int] = []
        for left in sorted({cell.left for cell in self.cells}):
            held = {cell.top for cell in self.cells if cell.left == left}
            if rows and rows[-1].isdisjoint(held):
                rows[-1] |= held
            else:
                rows.append(held)
                starts.append(left)
        return starts


def rows_of(table: Table, hyphens: Hyphens) -> Iterator[Rows]:
    """Yield what stands in the table, cut where a band opens a part with other columns.

    A cell merged over several rows is repeated in each of them if it stands in the first column (it says what they are
    about), else printed in the first one only. A band between rows of the same columns is a row of its own. Header rows
    over merged cells become one: "Rejet" over "mg/l" is "Rejet mg/l".
    """
    filled = split_rows(_filled(table))
    texts = {cell: hyphens.join(line.text for line in lines) for cell, lines in filled.items()}
    for part, bands in _joined(_parts(sorted(filled), len(table.grid.xs) - 1)):
        title = texts[part.band] if part.band else ""
        yield Rows(title, tuple(_rows(part, bands, texts)))


def _filled(table: Table) -> dict[Cell, tuple[Line, ...]]:
    held: dict[Cell, list[Run]] = {}
    for run in table.runs:
        if run.cell is not None:
            held.setdefault(table.grid.cells[run.cell[1]], []).append(run)
    return {cell: lines_of(runs) for cell, runs in held.items()}


def _parts(cells: Sequence[Cell], width: int) -> Iterator[_Part]:
    band: Cell | None = None
    held: list[Cell] = []
    for cell in cells:
        if cell.left == 0 and cell.right == width:
            yield _Part(band, tuple(held))
            band, held = cell, []
        else:
            held.append(cell)
    yield _Part(band, tuple(held))


def _joined(parts: Iterator[_Part]) -> Iterator[tuple[_Part, tuple[Cell, ...]]]:
    """Yield the parts, those with the same columns after the first as one, with the bands that come in between."""
    whole: _Part | None = None
    bands: tuple[Cell, ...] = ()
    for part in parts:
        if whole and whole.cells and set(part.columns[1:]) <= set(whole.columns):
            whole = _Part(whole.band, whole.cells + part.cells)
            bands += (part.band,) if part.band else ()
            continue
        if whole and (whole.band or whole.cells):
            yield whole, bands
        whole, bands = part, ()
    if whole and (whole.band or whole.cells):
        yield whole, bands


def _rows(part: _Part, bands: Sequence[Cell], texts: Mapping[Cell, str]) -> Iterator[tuple[str, ...]]:
    columns = part.columns
    header = _header_depth(part)
    tops = sorted({cell.top for cell in (*part.cells, *bands)})
    if header:
        yield tuple(_stacked(part, column, tops[0] + header, texts) for column in columns)
    for top in tops:
        if not header or top >= tops[0] + header:
            yield _row(part, bands, top, texts)


def _row(part: _Part, bands: Sequence[Cell], top: int, texts: Mapping[Cell, str]) -> tuple[str, ...]:
    columns = part.columns
    row = [""] * len(columns)
    for cell in (*part.cells, *bands):
        repeated = _position(columns, cell.left) == 0 and cell.top < top < cell.bottom and not is_figure(texts[cell])
        if cell.top == top or repeated:
            row[_position(columns, cell.left)] = texts[cell]
    return tuple(row)


def _position(columns: Sequence[int], left: int) -> int:
    return max(0, bisect_right(columns, left) - 1)


def _header_depth(part: _Part) -> int:
    """Return how many rows the header takes, 0 if it takes one: only a merged cell in the first row makes it deeper."""
    first = [cell for cell in part.cells if cell.top == part.cells[0].top]
    wide = [cell for cell in first if sum(cell.left <= column < cell.right for column in part.columns) > 1]
    deepest = max((cell.bottom - cell.top for cell in first), default=0)
    if not wide:
        return 0
    return deepest if deepest > 1 else 2 * (len(wide) == len(first))


def _stacked(part: _Part, column: int, bottom: int, texts: Mapping[Cell, str]) -> str:
    over = (cell for cell in part.cells if cell.left <= column < cell.right and cell.top < bottom)
    return " ".join(texts[cell] for cell in over)
