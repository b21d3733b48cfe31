"""From a report's raw text to HTML: every character escaped, every mark at its exact offsets.

A line of the raw text is a paragraph, a list item ("- …") or a table row (cells parted by tabs); inside a line stand
`**bold**` and `^{superscript}`. Spans count in the raw text; what is shown is the raw text without its mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from index.model import Span

_BOLD = re.compile(r"(\*\*)(?=\S)(.+?)(?<=\S)(\*\*)")
_SUPERSCRIPT = re.compile(r"(\^\{)([^{}\n]*)(\})")
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[-•*▪◦–][ \t]+|•")
_NOT_SHOWN = re.compile(rf"\s*(?:{_BULLET.pattern})?")
# A number with parted thousands, or with its sign, within which no line may break. It is sought in escaped text, where
# the digits of "&#39;" end at the semicolon.
_UNBROKEN = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?(?:\s?[kM]?[€%])?"
    r"|\d+(?:[.,]\d+)?[ \u00a0](?:[kM]?€|%)"
)
_NUMERIC = re.compile(r"[\d\s.,+\-−€%]*\d[\d\s.,€%]*")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a text: ranges to mark, the ids of places that links lead to, by offset, and the element that each
    range is put inside, as a format with one field; these ranges do not overlap.
    """

    marks: Sequence[Span] = ()
    anchors: Mapping[int, str] = field(default_factory=dict)
    elements: Mapping[Span, Markup] = field(default_factory=dict)


class BlockKind(StrEnum):
    """What a line is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines of one kind (one line for a paragraph); a line's span leaves out its bullet."""

    kind: BlockKind
    lines: tuple[Span, ...]

    def __len__(self) -> int:
        return self.lines[-1].end - self.lines[0].start

    def touches(self, marks: Sequence[Span]) -> bool:
        """Tell whether a character of this block is marked."""
        return any(mark.start < line.end and line.start < mark.end for mark in marks for line in self.lines)


def blocks_of(text: str, span: Span) -> tuple[Block, ...]:
    """Return the blocks of `text` inside `span`, in order; blank lines do not part a list or a table."""
    blocks: list[Block] = []
    for kind, group in groupby(_lines(text, span), key=lambda line: line[0]):
        lines = tuple(line for _, line in group)
        parts = [(line,) for line in lines] if kind is BlockKind.PARAGRAPH else [lines]
        blocks += [Block(kind, part) for part in parts]
    return tuple(blocks)


def render_block(text: str, block: Block, overlay: Overlay) -> Markup:
    """Return one block as HTML with what is laid over it."""
    if block.kind is BlockKind.ROW:
        return _table(text, block.lines, overlay)
    lines = [render_line(text, line, overlay) for line in block.lines]
    if block.kind is BlockKind.PARAGRAPH:
        return Markup("<p>{}</p>").format(lines[0])
    return Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(line) for line in lines))


def render_line(text: str, line: Span, overlay: Overlay) -> Markup:
    """Return a stretch of one line as HTML: bold, superscript and marks as elements, all else escaped."""
    hidden, bold, raised = _markup(line.of(text), line.start)
    around = [span for span in overlay.elements if span in line]
    styles = (("sup", raised), ("strong", bold), ("mark", overlay.marks))
    html = Markup()
    runs = _runs(line, (*hidden, *bold, *raised, *overlay.marks, *around), overlay.anchors)
    for inside, group in groupby(runs, key=lambda run: next((span for span in around if run in span), None)):
        piece = Markup().join(_run(text, run, hidden, styles, overlay.anchors) for run in group)
        html += overlay.elements[inside].format(piece) if inside else piece
    return html


def _run(
    text: str, run: Span, hidden: Sequence[Span], styles: Sequence[tuple[str, Sequence[Span]]], anchors: Mapping[int, str]
) -> Markup:
    anchor = Markup('<span class="anchor" id="{}"></span>').format(anchors[run.start]) if run.start in anchors else Markup()
    if _inside(run, hidden):
        return anchor
    piece = Markup(_UNBROKEN.sub(r'<span class="unbroken">\g<0></span>', str(escape(run.of(text)))))  # nosec B704  # escaped
    for element, spans in styles:
        if _inside(run, spans):
            piece = Markup(f"<{element}>{{}}</{element}>").format(piece)  # nosec B704  # our own elements
    return anchor + piece


def plain(text: str) -> str:
    """Return `text` as it is read: without mark-up."""
    return _SUPERSCRIPT.sub(r"\2", _BOLD.sub(r"\2", text))


def first_shown(text: str, position: int) -> int:
    """Return the offset of the first character from `position` on that is shown: white space and a bullet are not."""
    found = _NOT_SHOWN.match(text, position)
    return found.end() if found else position


def _lines(text: str, span: Span) -> Iterator[tuple[BlockKind, Span]]:
    for match in _LINE.finditer(text, span.start, span.end):
        line = match.group()
        if not line.strip():
            continue
        start, end = match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())
        if bullet := _BULLET.match(text, start, end):
            yield BlockKind.ITEM, Span(bullet.end(), end)
        elif "\t" in line:
            yield BlockKind.ROW, Span(*match.span())
        else:
            yield BlockKind.PARAGRAPH, Span(start, end)


def _markup(raw: str, offset: int) -> tuple[list[Span], list[Span], list[Span]]:
    """Return where mark-up is hidden, where text is bold and where it is raised."""
    bold, raised = list(_BOLD.finditer(raw)), list(_SUPERSCRIPT.finditer(raw))
    hidden = [_shifted(match, group, offset) for match in (*bold, *raised) for group in (1, 3)]
    return hidden, [_shifted(match, 2, offset) for match in bold], [_shifted(match, 2, offset) for match in raised]


def _shifted(match: re.Match[str], group: int, offset: int) -> Span:
    return Span(match.start(group) + offset, match.end(group) + offset)


def _runs(line: Span, styled: Sequence[Span], anchors: Mapping[int, str]) -> Iterator[Span]:
    """Yield the line in stretches through which no edge of a style, a mark or an anchor runs."""
    edges = {edge for span in (line, *styled) for edge in (span.start, span.end)} | anchors.keys()
    for start, end in pairwise(sorted(edge for edge in edges if line.start <= edge <= line.end)):
        yield Span(start, end)


def _inside(run: Span, spans: Sequence[Span]) -> bool:
    return any(run in span for span in spans)


def _table(text: str, rows: Sequence[Span], overlay: Overlay) -> Markup:
    """Return rows as a table; the first of several rows is the header."""
    head, body = (rows[:1], rows[1:]) if len(rows) > 1 else ((), rows)
    # Focusable, so that a table wider than a phone can be scrolled with the keyboard.
    frame = Markup('<div class="table" role="group" aria-label="Tableau" tabindex="0"><table>{}{}</table></div>')
    return frame.format(
        Markup().join(Markup("<thead>{}</thead>").format(_row(text, row, overlay, 'th scope="col"')) for row in head),
        Markup("<tbody>{}</tbody>").format(Markup().join(_row(text, row, overlay, "td") for row in body)),
    )


def _row(text: str, row: Span, overlay: Overlay, element: str) -> Markup:
    cells, start = Markup(), row.start
    for cell in row.of(text).split("\t"):
        number = ' class="number"' if _NUMERIC.fullmatch(cell) else ""
        content = render_line(text, Span(start, start + len(cell)), overlay)
        kind = element if content else "td"  # an empty header would be announced as one
        cells += Markup(f"<{kind}{number}>{{}}</{kind.split()[0]}>").format(content)  # nosec B704  # our own elements
        start += len(cell) + 1
    return Markup("<tr>{}</tr>").format(cells)
