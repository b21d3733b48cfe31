"""Where a text uses the words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.french.folding import same_length_fold
from index.model import GlossaryEntry, Span

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of the glossary in a text, at `span`."""

    entry: GlossaryEntry
    span: Span


class TermFinder:
    """Finds the terms of a glossary; immutable, safe to share between threads."""

    def __init__(self, entries: Iterable[GlossaryEntry]) -> None:
        self._by_first: dict[str, list[tuple[str, GlossaryEntry]]] = {}
        for entry in entries:
            for writing in _telling(entry):
                if first := _WORD.search(writing):
                    written = writing[first.start() :].strip()
                    self._by_first.setdefault(same_length_fold(first[0]), []).append((written, entry))
        for writings in self._by_first.values():
            writings.sort(key=lambda one: -len(one[0]))

    def mentions(self, text: str, span: Span | None = None) -> Iterator[Mention]:
        """Yield the terms in `text`, or in `span` of it, in order, of two at one place the longer; none overlaps another."""
        span = span or Span(0, len(text))
        folded, free = same_length_fold(span.of(text)), 0
        for word in _WORD.finditer(folded):
            if word.start() < free:
                continue
            for written, entry in self._by_first.get(word[0], ()):
                found = Span(span.start + word.start(), span.start + word.start() + len(written))
                if found in span and _is_there(written, found, text, folded, word.start()):
                    yield Mention(entry, found)
                    free = word.start() + len(written)
                    break


def _telling(entry: GlossaryEntry) -> tuple[str, ...]:
    """Return the writings that need explaining: who reads the words of an acronym in full needs no help."""
    return (entry.term, *(one for one in entry.writings if not entry.term.isupper() or one.isupper()))


def _is_there(written: str, found: Span, text: str, folded: str, at: int) -> bool:
    after = folded[at + len(written) : at + len(written) + 1]
    if after.isalnum():
        return False
    # "ENS" is an acronym, "ens" in "ens." is not; words may be written in any case.
    return found.of(text) == written if written.isupper() else folded.startswith(same_length_fold(written), at)
