"""The outline: the table of contents, aligned in order with the headings of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.french.folding import fold
from index.reading.lines import CONTENTS, Line, LineKind

_LEADING_PAGE = re.compile(r"(?P<page>\d{1,4})[ \t]+(?P<title>\D.*)")
_TRAILING_PAGE = re.compile(r"(?P<title>.*?\D)[ \t.…_·]+(?P<page>\d{1,4})")
_NUMBERING = re.compile(r"(?P<number>\d+(?:\.\d+)*|[IVX]+)[.)]?[ \t]+(?=\S)")
_ALIKE = 84  # "contentieuses" for "contentieux" scores 94, other titles of one report stay below 75
_FEWEST = 3  # a table of contents with fewer entries found in the body is not trusted


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `level` 1 is the outermost."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry and the position, among the lines, of its heading in the body."""

    entry: Entry
    position: int


def find_entries(lines: Sequence[Line]) -> tuple[tuple[Entry, ...], int]:
    """Return the entries of the table of contents and the position of the first line after it; () and 0 without one."""
    for position, line in enumerate(lines):
        if CONTENTS.fullmatch(line.folded):
            found = _entries_from(lines, position + 1)
            if len(found) >= _FEWEST:
                return found, position + 1 + len(found)
    return (), 0


def _entries_from(lines: Sequence[Line], start: int) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for line in lines[start:]:
        match = _LEADING_PAGE.fullmatch(line.text) or _TRAILING_PAGE.fullmatch(line.text)
        if match is None or (found and int(match["page"]) < found[-1].page):
            break
        found.append(_entry(line, match))
    return tuple(found)


def _entry(line: Line, match: re.Match[str]) -> Entry:
    title = match["title"].strip(" \t.…")
    numbered = _NUMBERING.match(title)
    if numbered:
        level = numbered["number"].count(".") + 1
        return Entry(title[numbered.end() :], int(match["page"]), level)
    return Entry(title, int(match["page"]), 2 if line.kind is LineKind.ITEM else 1)


def align(entries: Sequence[Entry], lines: Sequence[Line], start: int) -> tuple[PlacedEntry, ...]:
    """Place the entries on the lines from `start` on: in order, as many as possible, then as alike as possible.

    A sub-heading may bear the name of a later section, so that the order decides and never the name alone: the longest
    chain of (entry, line) pairs that rises in both, weighted by likeness.
    """
    pairs = _candidates(entries, lines, start)
    best: list[tuple[float, int]] = []  # for each pair: the weight of the best chain that ends in it, and its link
    for index, (entry, position, weight) in enumerate(pairs):
        chains = [(best[i][0], i) for i in range(index) if pairs[i][0] < entry and pairs[i][1] < position]
        before, link = max(chains, default=(0.0, -1))
        best.append((before + weight, link))
    if not best:
        return ()
    index = max(range(len(best)), key=lambda i: best[i][0])
    chain: list[PlacedEntry] = []
    while index >= 0:
        chain.append(PlacedEntry(entries[pairs[index][0]], pairs[index][1]))
        index = best[index][1]
    return tuple(reversed(chain))


def _candidates(entries: Sequence[Entry], lines: Sequence[Line], start: int) -> list[tuple[int, int, float]]:
    """Return (entry, line position, weight) for the pairs that are alike, by line, the later entry of a line first."""
    last_page = max(entry.page for entry in entries)
    found = []
    for position in range(start, len(lines)):
        line = lines[position]
        if line.kind is not LineKind.HEADING:
            continue
        for number, entry in enumerate(entries):
            likeness = fuzz.ratio(line.folded, fold(entry.title))
            if likeness >= _ALIKE:
                # Of two headings with one name, the one nearer to where its page would fall.
                distance = abs(position / len(lines) - entry.page / last_page)
                found.append((number, position, likeness / 100 - distance))
    return sorted(found, key=lambda pair: (pair[1], -pair[0]))
