"""From glyphs to blocks: a page's furniture is left out, its columns are put in order, its lines and tables read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from index.reading.pdf.columns import Aligned, Column, reading_order
from index.reading.pdf.contents import Contents, contents_of
from index.reading.pdf.furniture import PageText
from index.reading.pdf.geometry import Box
from index.reading.pdf.grids import grids_of
from index.reading.pdf.hyphens import Hyphens
from index.reading.pdf.paragraphs import Block, BlockKind, Measures, fitted, measures_of, paragraphs_of
from index.reading.pdf.runs import Line, runs_of
from index.reading.pdf.source import RawPage
from index.reading.pdf.tables import Rows, Table, rows_of

Piece = Column | Aligned | Contents


def page_text(raw: RawPage) -> PageText:
    """Return a page's runs and grids."""
    grids = grids_of(raw.rules)
    innermost_first = sorted(range(len(grids)), key=lambda index: grids[index].box.width * grids[index].box.height)

    def cell_of(box: Box) -> tuple[int, int] | None:
        for index in innermost_first:
            cell = grids[index].cell_of(box)
            if cell is not None:
                return index, cell
        return None

    return PageText(raw.number, raw.height, grids, runs_of(raw.glyphs, cell_of))


def blocks_of(pages: Sequence[PageText]) -> list[list[Block]]:
    """Return the blocks of each page in reading order; no block takes from two pages."""
    hyphens = Hyphens(run.text for page in pages for run in page.runs)
    pieces = [list(_pieces(page, hyphens)) for page in pages]
    columns = (piece for held in pieces for piece in held if isinstance(piece, Column) and not piece.narrow)
    measures = measures_of([item for item in column.items if isinstance(item, Line)] for column in columns)
    return [[block for piece in held for block in _blocks(piece, measures, hyphens)] for held in pieces]


def _pieces(page: PageText, hyphens: Hyphens) -> Iterator[Piece]:
    free = [run for run in page.runs if run.cell is None and not run.sideways]
    contents = contents_of(free, hyphens)
    if contents:
        yield from reading_order(run for run in free if run.box.y < contents.top)
        yield contents
        free = [run for run in free if run.box.y > contents.bottom]
    yield from reading_order([*free, *_tables(page)])
    for run in page.runs:
        if run.cell is None and run.sideways:
            yield Column((Line((run,)),), narrow=True)


def _tables(page: PageText) -> Iterator[Table]:
    for index, grid in enumerate(page.grids):
        runs = tuple(run for run in page.runs if run.cell is not None and run.cell[0] == index)
        if runs:
            yield Table(grid, runs)


def _blocks(piece: Piece, measures: Measures, hyphens: Hyphens) -> Iterator[Block]:
    if isinstance(piece, Contents):
        yield Block(BlockKind.CONTENTS, "\n".join(piece.entries))
    elif isinstance(piece, Aligned):
        yield _table([[line.text if line else "" for line in row] for row in piece.rows])
    else:
        for _, items in groupby(piece.items, key=lambda item: isinstance(item, Line)):
            held = list(items)
            lines = [item for item in held if isinstance(item, Line)]
            if lines:
                yield from paragraphs_of(lines, fitted(measures, lines, narrow=piece.narrow), hyphens)
            for table in held:
                if isinstance(table, Table):
                    for rows in rows_of(table, hyphens):
                        yield from _table_blocks(rows)


def _table_blocks(rows: Rows) -> Iterator[Block]:
    """A table of one column is a frame around paragraphs."""
    if rows.title:
        yield Block(BlockKind.TABLE, rows.title)
    if rows.cells and len(rows.cells[0]) > 1:
        yield _table(rows.cells)
    else:
        yield from (Block(BlockKind.TABLE, cell) for (cell,) in rows.cells)


def _table(rows: Sequence[Sequence[str]]) -> Block:
    return Block(BlockKind.TABLE, "\n".join("\t".join(row) for row in rows))
