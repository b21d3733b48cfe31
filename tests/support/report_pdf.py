"""Writes a report as a PDF with known pages: the same words, in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOOTER = "Document de travail"  # not in the report
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 780.0, 70.0
_PADDING = 3.0
_ENTRY = re.compile(r"(?P<item>- )?\d+ (?P<title>\D.*)")  # "4 Administration générale", then "- 5 Finances"
_NUMBERED = re.compile(r"\d ?- ?[^\W\d].{0,90}")


@dataclass(frozen=True, slots=True)
class _Style:
    font: str
    size: float
    before: float  # points above

    @property
    def leading(self) -> float:
        return 1.3 * self.size


_BODY, _ITEM = _Style("Vera", 9, 8), _Style("Vera", 9, 2)
_HEADINGS = {1: _Style("VeraBd", 20, 30), 2: _Style("VeraBd", 14, 20), 3: _Style("VeraBd", 10.5, 12)}


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of the source that is not blank, the pages it is printed on, its level as a heading (0 if it is none)."""

    text: str
    first_page: int
    last_page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class KnownPages:
    """How many pages were printed and what stands on each of them; they count from 1."""

    count: int
    lines: tuple[KnownLine, ...]


def write_report_pdf(path: Path, source: str) -> KnownPages:
    """Print `source`, a report in plain text with a "SOMMAIRE", to `path` and return where each of its lines stands.

    The titles of the contents are printed large (levels 1 and 2), numbered lines in bold (3); items get a bullet,
    tab-separated lines ruled cells. A level 1 title opens a page; paragraphs flow over the end of a page, table rows do
    not. Each page has FOOTER and its number at the foot.
    """
    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, Path(reportlab.__file__).parent / "fonts" / file))
    lines = [line.strip(" ") for line in source.split("\n") if line.strip()]
    levels = dict(_levels(lines))
    printer = _Printer(path)
    known: list[KnownLine] = []
    for is_row, group in groupby(range(len(lines)), key=lambda index: "\t" in lines[index]):
        held = list(group)
        if is_row:
            known += printer.table([lines[index] for index in held])
        else:
            known += [printer.line(lines[index], levels.get(index, 0)) for index in held]
    return KnownPages(printer.close(), tuple(known))


def _levels(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = lines.index("SOMMAIRE") + 1
    matches = takewhile(lambda match: match is not None, (_ENTRY.fullmatch(line) for line in lines[start:]))
    entries = [(match["title"].casefold(), 2 if match["item"] else 1) for match in matches if match]
    for index in range(start + len(entries), len(lines)):
        # In order, as a sub-heading may bear a later title; two ahead, as a title may read otherwise in the contents.
        ahead = next((i for i, (title, _) in enumerate(entries[:3]) if title == lines[index].casefold()), None)
        if ahead is not None:
            yield index, entries[ahead][1]
            del entries[: ahead + 1]
        elif _NUMBERED.fullmatch(lines[index]):
            yield index, 3


class _Printer:
    """Fills pages from top to bottom."""

    def __init__(self, path: Path) -> None:
        self._canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self._page = 1
        self._y = _TOP

    def line(self, text: str, level: int) -> KnownLine:
        is_item = text.startswith("- ")
        style = _HEADINGS[level] if level else _ITEM if is_item else _BODY
        if level == 1:
            self._turn()
        indent = 12 if is_item else 0
        pieces = simpleSplit(text.removeprefix("- "), style.font, style.size, _RIGHT - _LEFT - indent)
        needed = len(pieces) if level else 1
        self._make_room(style.before + needed * style.leading)
        self._y -= style.before
        first = self._page
        for index, piece in enumerate(pieces):
            self._make_room(style.leading)
            if is_item and index == 0:
                self._print("•", _LEFT, style)
            self._print(piece, _LEFT + indent, style)
            self._y -= style.leading
        return KnownLine(text, first, self._page, level)

    def table(self, rows: Sequence[str]) -> Iterator[KnownLine]:
        cells = [row.split("\t") for row in rows]
        columns = max(map(len, cells))
        width = (_RIGHT - _LEFT) / columns
        self._y -= _BODY.before
        for text, row in zip(rows, cells, strict=True):
            split = [simpleSplit(cell, "Vera", 8, width - 2 * _PADDING) for cell in row]
            height = max(map(len, split)) * 10 + 2 * _PADDING
            self._make_room(height)
            for column in range(columns):
                self._canvas.rect(_LEFT + column * width, self._y - height, width, height)
            for column, pieces in enumerate(split):
                for index, piece in enumerate(pieces):
                    self._canvas.setFont("Vera", 8)
                    self._canvas.drawString(_LEFT + column * width + _PADDING, self._y - _PADDING - 8 - 10 * index, piece)
            self._y -= height
            yield KnownLine(text, self._page, self._page)

    def close(self) -> int:
        self._foot()
        self._canvas.save()
        return self._page

    def _print(self, text: str, x: float, style: _Style) -> None:
        self._canvas.setFont(style.font, style.size)
        self._canvas.drawString(x, self._y - style.size, text)

    def _make_room(self, height: float) -> None:
        if self._y - height < _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._page += 1
        self._y = _TOP

    def _foot(self) -> None:
        self._canvas.setFont("Vera", 7)
        self._canvas.drawString(_LEFT, 40, FOOTER)
        self._canvas.drawRightString(_RIGHT, 40, str(self._page))
