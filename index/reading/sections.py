"""Sections: the placed outline as a tree, with the lines that stand in each section itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.model import Page, PageRange, Section, SourceText, Span
from index.reading.lines import CONTENTS, Line, LineKind
from index.reading.outline import Entry, PlacedEntry, align, find_entries

_FEWEST_PLACED = 0.6  # share of the contents found in the body; below, the contents are of something else
_DEEPEST = 2  # marked headings below this level are sub-headings, not sections


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section with its path of titles and the lines that stand directly in it, its heading left out."""

    section: Section
    path: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a section opens: the position of its first line, and whether that line is its heading."""

    entry: Entry
    position: int
    has_heading: bool = True


def sections_of(source: SourceText, lines: Sequence[Line], title: str) -> tuple[SectionText, ...]:
    """Return the sections of a report in reading order; what stands outside the outline comes under `title`."""
    openings, skipped = _openings(lines, title)
    opened = sorted(openings, key=lambda opening: opening.position)
    flat = [_section(source, lines, opened, index) for index in range(len(opened))]
    flat = [replace(section, id=identity) for section, identity in zip(flat, _ids(flat), strict=True)]
    texts = []
    for index, opening in enumerate(opened):
        end = opened[index + 1].position if index + 1 < len(opened) else len(lines)
        first = opening.position + opening.has_heading
        own = tuple(lines[i] for i in range(first, end) if i not in skipped)
        texts.append(SectionText(flat[index], _path(flat, index), own))
    return tuple(texts)


def tree(flat: Iterable[Section]) -> tuple[Section, ...]:
    """Return the outermost sections with the others as their children."""
    remaining = list(flat)
    return tuple(_take(remaining, 0))


def _take(remaining: list[Section], above: int) -> Iterator[Section]:
    while remaining and remaining[0].level > above:
        section = remaining.pop(0)
        yield replace(section, children=tuple(_take(remaining, section.level)))


def _openings(lines: Sequence[Line], title: str) -> tuple[list[_Opening], range]:
    """Return where sections open, and the lines of the contents, which belong to none."""
    marked = _marked(lines)
    entries, after = find_entries(lines)
    placed = align(entries, lines, after) if entries else ()
    # What the source itself marks is surer than its table of contents, which may leave out chapters.
    if len(marked) > len(placed) or len(placed) < _FEWEST_PLACED * len(entries):
        placed = marked
    contents = _contents(lines, after, len(entries))
    openings = [_Opening(item.entry, item.position) for item in placed]
    if not openings or openings[0].position > 0:
        openings.insert(0, _Opening(Entry(title, 1 if entries else 0, 1), 0, has_heading=False))
    back = next((i for i in range(openings[-1].position, len(lines)) if lines[i].kind is LineKind.STAMP), None)
    if back is not None and len(openings) > 1:
        openings.append(_Opening(Entry(title, 0, 1), back, has_heading=False))
    return openings, contents


def _contents(lines: Sequence[Line], after: int, entries: int) -> range:
    """Return the positions of the table of contents: up to the line after its last entry, or to the next marked heading."""
    start = next((i for i, line in enumerate(lines) if CONTENTS.fullmatch(line.folded)), None)
    if start is None:
        return range(0)
    if entries and not lines[start].marked:
        return range(start, after)
    following = next((i for i in range(start + 1, len(lines)) if lines[i].marked), None)
    return range(start, max(after, following or 0))


def _marked(lines: Sequence[Line]) -> tuple[PlacedEntry, ...]:
    """Take the source's own headings as the outline; levels are closed up so that the outermost is 1."""
    levels = sorted({line.marked for line in lines if line.marked})[:_DEEPEST]
    return tuple(
        PlacedEntry(Entry(line.text.strip("# *"), 0, levels.index(line.marked) + 1), position)
        for position, line in enumerate(lines)
        if line.marked in levels and not CONTENTS.fullmatch(line.folded)
    )


def _section(source: SourceText, lines: Sequence[Line], opened: Sequence[_Opening], index: int) -> Section:
    entry = opened[index].entry
    following = next((o for o in opened[index + 1 :] if o.entry.level <= entry.level), None)
    # An inner section ends the last one before it, so that level 1 covers its children.
    end = lines[following.position].span.start if following else len(source.text)
    span = Span(lines[opened[index].position].span.start if index else 0, end)
    next_page = following.entry.page if following else 0
    last_page = next_page - 1 if next_page else max(opening.entry.page for opening in opened)
    pages = page_range(source.pages, span) if source.pages else _printed_pages(entry, last_page)
    return Section(id="", title=entry.title, level=entry.level, span=span, pages=pages)


def _printed_pages(entry: Entry, last: int) -> PageRange | None:
    return PageRange(entry.page, max(entry.page, last)) if entry.page else None


def page_range(pages: Sequence[Page], span: Span) -> PageRange:
    """Return the pages that `span` touches."""
    touched = [page.number for page in pages if page.span.start < span.end and span.start < page.span.end]
    return PageRange(touched[0], touched[-1]) if touched else PageRange(pages[0].number, pages[0].number)


def _ids(flat: Sequence[Section]) -> Iterator[str]:
    """Number the sections "0", "1", "1-1", …; a level that the outline skips counts as 0."""
    # What stands before the outline is "0", so that ids read like the outline.
    counters = [-1]
    for section in flat:
        counters = [*counters, *[0] * section.level][: section.level]
        counters[-1] += 1
        yield "-".join(map(str, counters))


def _path(flat: Sequence[Section], index: int) -> tuple[str, ...]:
    path, level = [flat[index].title], flat[index].level
    for section in reversed(flat[:index]):
        if section.level < level:
            path.append(section.title)
            level = section.level
    return tuple(reversed(path))
