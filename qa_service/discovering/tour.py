"""The guided tour: some sections of a report, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from index.model import Document, Section

STEPS = 10


def tour_of(document: Document, titles: tuple[str, ...]) -> tuple[Section, ...]:
    """Return the sections with these titles, in that order; without titles up to ten, in reading order.

    These are the longest of each part of the report, then the longest of all.
    """
    services = list(services_of(document))
    if titles:
        return tuple(section for title in titles for section in services if section.title == title)
    parts = [[leaf for leaf in _leaves(part) if leaf in services] for part in document.sections]
    longest = [max(leaves, key=_size) for leaves in parts if leaves]
    others = sorted((one for one in services if one not in longest), key=_size, reverse=True)
    chosen = (sorted(longest, key=_size, reverse=True) + others)[:STEPS]
    return tuple(sorted(chosen, key=lambda section: section.span))


def services_of(document: Document) -> Iterator[Section]:
    """Yield the sections that hold no other, without those that bear the report's own title: its covers."""
    for part in document.sections:
        yield from (leaf for leaf in _leaves(part) if leaf.title != document.title)


def _leaves(section: Section) -> Iterator[Section]:
    return (one for one in section.walk() if not one.children)


def _size(section: Section) -> int:
    return section.span.end - section.span.start
