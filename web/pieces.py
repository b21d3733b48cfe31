"""A report cut into the blocks of its page: headings at their level, paragraphs, lists and tables with their anchors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from markupsafe import Markup

from index.model import Page, Passage, Section, Span
from index.store.report_index import ReportIndex
from web.rendering import Block, BlockKind, Overlay, blocks_of, first_shown, plain, render_block, render_line

_DEEPEST = 6
_SAME_TITLE = 0.7  # the contents and the body may differ in an ending, an accent, a number
T = TypeVar("T", Passage, Page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of the report, or a heading (`level` 2 to 6); `section` is set where an entry of the outline starts;
    `passages` and `pages` are those that start here.
    """

    html: Markup
    level: int | None = None
    section: Section | None = None
    passages: tuple[Passage, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Above:
    """Where a block stands: the level of the outline's last heading, and the sub-headings before the next passage."""

    level: int
    headings: Sequence[str]


class Starts(Generic[T]):
    """Hands out each part of a text where it starts, as the text is read from its beginning."""

    def __init__(self, parts: Iterable[T]) -> None:
        self._parts: deque[T] = deque(parts)

    def before(self, position: int) -> tuple[T, ...]:
        """Return the parts not yet handed out that start before `position`."""
        found = []
        while self._parts and self._parts[0].span.start < position:
            found.append(self._parts.popleft())
        return tuple(found)


def pieces_of(
    report: ReportIndex, marks: Sequence[Span] = (), elements: Mapping[Span, Markup] | None = None
) -> Iterator[Piece]:
    """Yield the whole report in reading order, `elements` laid over it; each passage has its anchor `p-<id>`."""
    text, passages = report.document.text, sorted(report.passages, key=lambda passage: passage.span)
    starts = [passage.span.start for passage in passages]
    sections = {first_shown(text, section.span.start): section for section in report.document.walk()}
    anchors = {first_shown(text, _landing(passage, marks)): f"p-{passage.id}" for passage in passages}
    spans = sorted(elements or {})
    opened, turned = Starts(passages), Starts(report.document.pages)
    level = 1
    for block in blocks_of(text, Span(0, len(text))):
        line = block.lines[0]
        following = bisect_right(starts, line.start)
        headings = passages[following].headings if following < len(passages) else ()
        first, after = (bisect_left(spans, Span(edge, edge)) for edge in (line.start, block.lines[-1].end))
        overlay = Overlay(marks, anchors, {span: elements[span] for span in spans[first:after]} if elements else {})
        piece = _piece(text, block, overlay, sections.get(line.start), Above(level, headings))
        level = piece.level or level if piece.section else level
        end = block.lines[-1].end
        yield replace(piece, passages=opened.before(end), pages=turned.before(end))


def _landing(passage: Passage, marks: Sequence[Span]) -> int:
    """Return where a link to the passage leads: to its first highlighted words, else to its start."""
    return min((mark.start for mark in marks if mark in passage.span), default=passage.span.start)


def _piece(text: str, block: Block, overlay: Overlay, section: Section | None, above: Above) -> Piece:
    line = block.lines[0]
    title = _title(line.of(text)) if block.kind is BlockKind.PARAGRAPH else ""
    if section and _alike(title, section.title):
        return Piece(html=render_line(text, line, overlay), level=min(section.level + 1, _DEEPEST), section=section)
    if title and title in above.headings:
        level = min(above.level + 1 + above.headings.index(title), _DEEPEST)
        return Piece(html=render_line(text, line, overlay), level=level)
    return Piece(html=render_block(text, block, overlay), section=section)


def _title(line: str) -> str:
    return plain(line).lstrip("# ").rstrip(": ")


def _alike(line: str, title: str) -> bool:
    """Tell a section's heading from text: one that opens without heading starts with any line of the report."""
    return SequenceMatcher(None, line.casefold(), title.casefold()).ratio() > _SAME_TITLE
