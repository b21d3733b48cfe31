"""Blocks become units: sentences, list items, table rows with their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.french.clean import ReadingForm, reading_form
from index.french.sentences import sentences
from index.model import Cell, Span, Unit, UnitKind
from index.reading.blocks import Block, BlockKind

_NUMERIC = re.compile(r"[\d\s.,%€+()/-]*\d[\d\s.,%€+()/-]*(?:[kM]?€|m[²³]|%)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LABEL = re.compile(r"[^:.;!?]{3,90}:\s")


@dataclass(frozen=True, slots=True)
class _Introduction:
    text: str = ""
    span: Span | None = None


class UnitReader:
    """Reads the blocks of one section in order; lists are numbered through the section."""

    def __init__(self, document_text: str) -> None:
        self._text = document_text
        self._lists = 0

    def units(self, blocks: Sequence[Block], heading: str) -> Iterator[tuple[Block, tuple[Unit, ...]]]:
        """Yield each block with its units; consecutive items (or rows) of `blocks` are one list (or table)."""
        introduction = _Introduction(heading)
        position = 0
        while position < len(blocks):
            run = _run(blocks, position)
            if run[0].kind is BlockKind.PARAGRAPH:
                units = self._sentences(run[0])
                yield run[0], units
                introduction = _introduction(units) or introduction
            else:
                yield from self._list(run, introduction)
                introduction = _Introduction(heading)
            position += len(run)

    def _sentences(self, block: Block) -> tuple[Unit, ...]:
        form = reading_form(self._text, block.pieces)
        label = _LABEL.match(form.text)
        units = []
        for sentence in sentences(form.text):
            # What a paragraph is labelled with ("Centre aquatique de … : ") stands over its later sentences too.
            over = label if sentence.start > 0 else None
            units.append(
                Unit(
                    kind=UnitKind.SENTENCE,
                    span=form.span(sentence.start, sentence.end),
                    text=sentence.of(form.text),
                    introduction=over[0].rstrip() if over else "",
                    introduction_span=form.span(0, len(over[0].rstrip())) if over else None,
                )
            )
        return tuple(units)

    def _list(self, run: Sequence[Block], introduction: _Introduction) -> Iterator[tuple[Block, tuple[Unit, ...]]]:
        self._lists += 1
        if run[0].kind is BlockKind.ROW:
            yield from self._table(run, introduction)
            return
        for block in run:
            form = reading_form(self._text, block.pieces)
            yield block, (self._unit(UnitKind.ITEM, block.span, form.text, introduction),)

    def _table(self, run: Sequence[Block], introduction: _Introduction) -> Iterator[tuple[Block, tuple[Unit, ...]]]:
        rows = [self._cells(block) for block in run]
        headers = [form.text for form, _ in rows[0]] if _has_header(rows) else []
        for block, row in zip(run, rows, strict=True):
            if headers and block is run[0]:
                yield block, ()
                continue
            cells = tuple(
                Cell(headers[column] if column < len(headers) else "", form.text, span)
                for column, (form, span) in enumerate(row)
            )
            yield block, (self._unit(UnitKind.ROW, block.span, row_text(cells), introduction, cells),)

    def _cells(self, block: Block) -> list[tuple[ReadingForm, Span]]:
        raw = block.span.of(self._text)
        separator = "\t" if "\t" in raw else "|"
        position, cells = block.span.start, []
        for piece in raw.strip("|").split(separator) if separator == "|" else raw.split(separator):
            start = self._text.index(piece, position)
            inner = start + len(piece) - len(piece.lstrip())
            span = Span(inner, max(inner, inner + len(piece.strip())))
            cells.append((reading_form(self._text, (span,)), span))
            position = start + len(piece)
        return cells

    def _unit(self, kind: UnitKind, span: Span, text: str, introduction: _Introduction, cells: tuple[Cell, ...] = ()) -> Unit:
        return Unit(
            kind=kind,
            span=span,
            text=text,
            introduction=introduction.text,
            introduction_span=introduction.span,
            list_id=self._lists,
            cells=cells,
        )


def row_text(cells: Sequence[Cell]) -> str:
    """Return a table row as a sentence: "CESU · Montant total : 3 949 €"."""
    first, *others = cells
    told = [f"{cell.header} : {cell.text}" if cell.header else cell.text for cell in others if cell.text]
    return " · ".join(part for part in (first.text, *told) if part)


def _run(blocks: Sequence[Block], start: int) -> Sequence[Block]:
    kind = blocks[start].kind
    if kind is BlockKind.PARAGRAPH:
        return blocks[start : start + 1]
    end = start
    while end < len(blocks) and blocks[end].kind is kind:
        end += 1
    return blocks[start:end]


def _introduction(units: Sequence[Unit]) -> _Introduction | None:
    if units and units[-1].text.endswith(":"):
        return _Introduction(units[-1].text, units[-1].span)
    return None


def _has_header(rows: Sequence[list[tuple[ReadingForm, Span]]]) -> bool:
    """A first row of words, years or dates over other rows is a header."""
    if len(rows) < 2:
        return False
    first = [form.text for form, _ in rows[0]]
    return not any(_NUMERIC.fullmatch(text) and not _YEAR.fullmatch(text) for text in first if text)
