"""The figures of a whole report: those of its passages, with what headers and introductions say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from index.figures.dates import dates_in
from index.figures.language import plain
from index.figures.names import contents_pages
from index.figures.periods import period_of
from index.figures.quantities import said_measure
from index.figures.reading import figures_with_own_period
from index.model import Cell, Figure, FigureKind, Passage, Span, Unit, UnitKind

_ROW_NAME_CHARS = 80  # a longer first cell describes its row and is cut at a word


def extract_figures(document_text: str, passages: Sequence[Passage], *, period: str) -> tuple[Figure, ...]:
    """Return every figure that stands in a passage, in reading order, each once and with the id of its passage.

    Args:
        document_text: the whole text; spans are offsets into it.
        passages: the passages of that text; what lies outside them (a cover, a contents page) is not read.
        period: the report's own, for figures of which neither sentence, header nor introduction gives another.
    """
    pages = set(contents_pages(plain(document_text)))
    found: dict[Span, Figure] = {}
    for passage in passages:
        for figure in _figures_of(document_text, passage, period):
            if figure.span not in pages:
                found.setdefault(figure.span, figure)
    return tuple(found[span] for span in sorted(found))


def _figures_of(document_text: str, passage: Passage, period: str) -> list[Figure]:
    text = passage.span.of(document_text)
    figures = figures_with_own_period(text, offset=passage.span.start, default_period=period)
    told = [_told_by_unit(figure, passage.units) for figure in figures]
    return [
        replace(figure, passage_id=passage.id, period=figure.period or (None if figure.kind is FigureKind.DATE else period))
        for figure in told
    ]


def _told_by_unit(figure: Figure, units: Sequence[Unit]) -> Figure:
    """Return `figure` with what its table row or the introduction of its list says of it."""
    unit = next((unit for unit in units if figure.span in unit.span), None)
    if unit is None or figure.kind is FigureKind.DATE:
        return figure
    cell = next((cell for cell in unit.cells if figure.span in cell.span), None)
    if cell:
        return _told_by_header(figure, cell, _row_name(unit, cell))
    if unit.kind is UnitKind.ITEM and unit.introduction and figure.period is None:
        return replace(figure, period=_period_said(unit.introduction))
    return figure


def _row_name(unit: Unit, cell: Cell) -> str:
    first = next((other.text for other in unit.cells if other.text.strip()), "")
    return "" if first == cell.text else shorten(first.strip(" :"), _ROW_NAME_CHARS, placeholder="…")


def _told_by_header(figure: Figure, cell: Cell, row: str) -> Figure:
    figure = replace(
        figure,
        label=" · ".join(filter(None, (row, cell.header.strip()))) or figure.label,
        period=figure.period or _period_said(cell.header) or _period_said(row),
    )
    bare = figure.kind is FigureKind.COUNT and not figure.unit
    measure = (said_measure(plain(cell.header)) or said_measure(plain(row))) if bare else None
    if measure is None or figure.value is None:
        return figure
    return replace(figure, kind=measure.kind, unit=measure.unit, value=figure.value * measure.factor)


def _period_said(text: str) -> str | None:
    """Return the period that a header or an introduction gives to what stands under it."""
    uniform = plain(text)
    return period_of(uniform, Span(0, len(uniform)), Span(len(uniform), len(uniform)), dates_in(uniform, default_year=None))
