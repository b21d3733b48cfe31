"""Glyphs become runs (pieces of a line without a wide gap) and runs become lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from index.reading.pdf.geometry import Box, around
from index.reading.pdf.source import Glyph

WIDE_GAP = 1.0  # of the size: a column or a tabulator rather than a justified space
_SPACE = 0.18  # of the size: French spaces are 0.25 wide and shrink when justified, kerning stays below 0.1
_BOLD_SHARE = 0.9  # a bold title may end in a plain word: "… : NEANT"
UNMAPPED = "\N{REPLACEMENT CHARACTER}"  # a glyph whose font does not say which character it is
# The standard makes the unused codes of WinAnsiEncoding bullets; pdfminer has no character for them.
_BULLET_CODES = re.compile(r"\(cid:(?:127|129|141|143|144|157)\)")
_NO_CHARACTER = re.compile(r"\(cid:\d+\)|[\ud800-\udfff\ue000-\uf8ff]")
_UNDRAWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Private codes of Symbol and Wingdings, printed as bullets and check boxes; ligatures as their letters.
_READABLE = str.maketrans({
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0e8": "➔", "\uf0e0": "→", "\uf0fc": "✓", "\uf06f": "☐",
    "\uf0a8": "☐", "\uf0fe": "☑", "\uf0fd": "☒", "\uf078": "☒",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb06": "st",
})  # fmt: skip

CellOf = Callable[[Box], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line; `cell` is its grid on the page and its cell in the grid, None outside tables.

    `sideways` text stands at a right angle to the rest of the page.
    """

    text: str
    box: Box
    size: float
    bold: bool
    cell: tuple[int, int] | None = None
    sideways: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The runs of one column that share a baseline, from left to right; there is at least one."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The runs, with a space where there is a gap."""
        parts = [self.runs[0].text]
        for before, run in pairwise(self.runs):
            apart = run.box.left - before.box.right > _SPACE * run.size
            parts.append(f" {run.text}" if apart else run.text)
        return "".join(parts)

    @property
    def box(self) -> Box:
        """Around all its runs."""
        return around(run.box for run in self.runs)

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return _commonest((run.size, len(run.text)) for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether nearly all of its characters are bold."""
        bold = sum(len(run.text) for run in self.runs if run.bold)
        return bold >= _BOLD_SHARE * sum(len(run.text) for run in self.runs)


def runs_of(glyphs: Iterable[Glyph], cell_of: CellOf) -> tuple[Run, ...]:
    """Return the runs of a page in the order they are drawn; a run never leaves its table cell.

    A text drawn twice on the same spot, as some producers make bold letters, is kept once.
    """
    seen: dict[tuple[str, int, int], Run] = {}
    for run in _runs(glyphs, cell_of):
        seen.setdefault((run.text, round(run.box.left / 2), round(run.box.top / 2)), run)
    return tuple(seen.values())


def _runs(glyphs: Iterable[Glyph], cell_of: CellOf) -> Iterator[Run]:
    for quarters, turned in groupby(glyphs, key=lambda glyph: glyph.quarters):
        if not quarters:
            yield from (_run(piece, cell_of(piece[0].box)) for piece in _pieces(turned, cell_of))
            continue
        upright = (replace(glyph, box=glyph.box.turned(quarters), quarters=0) for glyph in turned)
        for piece in _pieces(upright, lambda _: None):
            run = _run(piece, None)
            box = run.box.turned(-quarters)
            yield replace(run, box=box, cell=cell_of(box), sideways=True)


def _pieces(glyphs: Iterable[Glyph], cell_of: CellOf) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each run; a lone space glyph stands for the gap before a word."""
    piece: list[Glyph] = []
    spaced = False
    for glyph in map(_readable, glyphs):
        if not glyph.text.strip():
            spaced = spaced or bool(glyph.text)
            continue
        if piece and _overprints(piece[-1], glyph):
            continue
        gap = _gap(piece[-1], glyph) if piece else None
        apart = spaced or (gap is not None and gap > _SPACE)
        if gap is None or (apart and cell_of(glyph.box) != cell_of(piece[0].box)):
            if piece:
                yield piece
            piece = [glyph]
        else:
            if apart:
                piece.append(replace(glyph, text=" "))
            piece.append(glyph)
        spaced = False
    if piece:
        yield piece


def _readable(glyph: Glyph) -> Glyph:
    text = _BULLET_CODES.sub("•", _UNDRAWN.sub("", glyph.text.translate(_READABLE)))
    text = _NO_CHARACTER.sub(UNMAPPED, text)
    return glyph if text == glyph.text else replace(glyph, text=text)


def _gap(before: Glyph, glyph: Glyph) -> float | None:
    """Return the gap in multiples of the size, None where `glyph` does not go on with the run."""
    gap = (glyph.box.left - before.box.right) / max(before.size, glyph.size, 0.1)
    return gap if before.box.beside(glyph.box) and -0.5 < gap <= WIDE_GAP else None


def _overprints(before: Glyph, glyph: Glyph) -> bool:
    near = 0.1 * glyph.size
    return (
        before.text == glyph.text
        and abs(before.box.left - glyph.box.left) < near
        and abs(before.box.top - glyph.box.top) < near
    )


def _run(piece: Sequence[Glyph], cell: tuple[int, int] | None) -> Run:
    drawn = [glyph for glyph in piece if glyph.text != " "]
    bold = sum(glyph.bold for glyph in drawn) >= _BOLD_SHARE * len(drawn)
    size = _commonest((round(glyph.size * 2) / 2, 1) for glyph in drawn)
    text = unicodedata.normalize("NFC", "".join(glyph.text for glyph in piece))  # accents may be drawn by themselves
    return Run(" ".join(text.split()), around(glyph.box for glyph in drawn), size, bold, cell)


def _commonest(weighted: Iterable[tuple[float, int]]) -> float:
    weights: Counter[float] = Counter()
    for value, weight in weighted:
        weights[value] += weight
    return weights.most_common(1)[0][0]


def lines_of(runs: Iterable[Run]) -> tuple[Line, ...]:
    """Return the lines from top to bottom; raised and lowered characters belong to the line they stand beside."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.box.y):
        tallest = max(rows[-1], key=lambda other: other.box.height) if rows else None
        if tallest is not None and tallest.box.beside(run.box):
            rows[-1].append(run)
        else:
            rows.append([run])
    return tuple(Line(tuple(sorted(row, key=lambda run: run.box.left))) for row in rows)
