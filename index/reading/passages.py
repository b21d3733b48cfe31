"""Passages: what is retrieved and cited as a whole. They follow sub-headings, never cut a sentence, keep lists together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.model import Page, Passage, Span, Unit, UnitKind
from index.reading.blocks import Block, blocks_of
from index.reading.headings import under_headings
from index.reading.sections import SectionText, page_range
from index.reading.units import UnitReader

MAX_CHARS = 900  # about what a reader takes in at a glance; shorter passages would part a fact from its subject
MAX_LIST_CHARS = 2_400  # a list is kept whole up to here: its items need each other and their introduction

_LONGEST_BULLET = 3  # "12."


@dataclass(slots=True)
class _Draft:
    """A passage being filled."""

    headings: tuple[str, ...]
    start: int
    units: list[Unit] = field(default_factory=list)
    end: int = 0

    def length_with(self, unit: Unit) -> int:
        return max(self.end, unit.span.end) - self.start


class PassageReader:
    """Reads the sections of one document into passages."""

    def __init__(self, slug: str, document_text: str, pages: Sequence[Page]) -> None:
        self._slug = slug
        self._text = document_text
        self._pages = pages

    def passages(self, section_text: SectionText) -> tuple[Passage, ...]:
        """Return the passages of one section in reading order; numbered from 1 within it."""
        drafts = list(self._drafts(section_text))
        return tuple(self._passage(section_text, draft, number) for number, draft in enumerate(drafts, start=1))

    def _drafts(self, section_text: SectionText) -> Iterator[_Draft]:
        reader = UnitReader(self._text)
        groups = _by_headings(under_headings(blocks_of(section_text.lines)))
        for headings, blocks in groups:
            draft: _Draft | None = None
            for block, units in reader.units(blocks, headings[-1] if headings else ""):
                if draft is None:
                    draft = _Draft(headings, self._line_start(block.span.start))
                for unit in units or (_header_of(block),):
                    if draft.units and _is_full(draft, unit):
                        yield draft
                        draft = _Draft(headings, self._line_start(unit.span.start))
                    _add(draft, unit, is_content=bool(units))
            if draft is not None and draft.units:
                yield draft

    def _line_start(self, position: int) -> int:
        """Return the start of the line if only a bullet or spaces stand before `position`, so that a list keeps its first."""
        start = self._text.rfind("\n", 0, position) + 1
        before = self._text[start:position].strip()
        return start if len(before) <= _LONGEST_BULLET and not before.isalpha() else position

    def _passage(self, section_text: SectionText, draft: _Draft, number: int) -> Passage:
        section = section_text.section
        span = Span(draft.start, draft.end)
        return Passage(
            id=f"{self._slug}.{section.id}.{number}",
            document=self._slug,
            section_id=section.id,
            section_path=section_text.path,
            heading=draft.headings[-1] if draft.headings else "",
            headings=draft.headings,
            pages=page_range(self._pages, span) if self._pages else section.pages,
            span=span,
            text=span.of(self._text),
            units=tuple(draft.units),
        )


def _by_headings(
    placed: Iterator[tuple[Block, tuple[str, ...]]],
) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    current: tuple[str, ...] | None = None
    blocks: list[Block] = []
    for block, headings in placed:
        if blocks and headings != current:
            yield current or (), blocks
            blocks = []
        current = headings
        blocks.append(block)
    if blocks:
        yield current or (), blocks


def _header_of(block: Block) -> Unit:
    """A table's header row: part of the passage, and no answer by itself."""
    return Unit(kind=UnitKind.ROW, span=block.span, text="")


def _is_full(draft: _Draft, unit: Unit) -> bool:
    last = draft.units[-1]
    same_list = unit.list_id is not None and last.list_id == unit.list_id
    introduced = unit.introduction_span is not None and unit.introduction_span == last.span
    return draft.length_with(unit) > (MAX_LIST_CHARS if same_list or introduced else MAX_CHARS)


def _add(draft: _Draft, unit: Unit, *, is_content: bool) -> None:
    draft.end = max(draft.end, unit.span.end)
    if is_content:
        draft.units.append(unit)
