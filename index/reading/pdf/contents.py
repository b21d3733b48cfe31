"""A page of a table of contents: entries that end in a page number, most of them after dot leaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.reading.pdf.hyphens import Hyphens
from index.reading.pdf.marks import starts_numbered
from index.reading.pdf.runs import WIDE_GAP, Line, Run, lines_of

_PAGE = r"(?:p(?:age|\.)?\s*)?(?P<page>\d{1,4})"
_LED = re.compile(rf"(?P<title>.*?)[\s.…·_]*(?:[.·_]{{4}}|…{{2}}|(?:\s\.){{4}})[\s.…·_]*(?:{_PAGE})?")
_FEWEST = 3  # entries with leaders; one or two such lines are a form to fill in


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, as "Title<TAB>page" or the bare title where no page is printed, and the height that they take."""

    entries: tuple[str, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the table of contents: its words, the page they end in ("" if none), whether it has a leader."""

    line: Line
    title: str
    page: str
    led: bool


def contents_of(runs: Iterable[Run], hyphens: Hyphens) -> Contents | None:
    """Return the table of contents on a page, None if there is none."""
    pieces = [_piece(line) for line in lines_of(runs)]
    if sum(piece.led and bool(piece.page) for piece in pieces) < _FEWEST:
        return None
    paged = [index for index, piece in enumerate(pieces) if piece.page]
    first = paged[0]
    while first > 0 and _belongs(pieces[first - 1].line, pieces[first].line):
        first -= 1
    held = pieces[first : paged[-1] + 1]
    return Contents(tuple(_entries(held, hyphens)), held[0].line.box.top, held[-1].line.box.bottom)


def _piece(line: Line) -> _Piece:
    led = _LED.fullmatch(line.text)
    if led:
        return _Piece(line, led["title"], led["page"] or "", led=True)
    last = re.fullmatch(_PAGE, line.runs[-1].text)
    if last and len(line.runs) > 1 and line.runs[-1].box.left - line.runs[-2].box.right > WIDE_GAP * line.size:
        return _Piece(line, Line(line.runs[:-1]).text.rstrip(" ."), last["page"], led=False)
    return _Piece(line, re.sub(r"(?<=-)\.$", "", line.text), "", led=False)


def _belongs(upper: Line, lower: Line) -> bool:
    """Tell whether a line without a page number opens the entries below it rather than being their title."""
    near = lower.box.top - upper.box.bottom < lower.size
    return near and upper.size <= lower.size and (upper.bold or starts_numbered(upper.text))


def _entries(pieces: Sequence[_Piece], hyphens: Hyphens) -> Iterator[str]:
    """Join the lines of each entry; one without a page number ends where the next starts with a number or in bold."""
    held: list[_Piece] = []
    for piece in pieces:
        if held and (starts_numbered(piece.title) or piece.line.bold != held[-1].line.bold):
            yield hyphens.join(each.title for each in held)
            held = []
        held.append(piece)
        if piece.page:
            yield f"{hyphens.join(each.title for each in held)}\t{piece.page}"
            held = []
    if held:
        yield hyphens.join(each.title for each in held)
