"""What of a passage is searched: its words with those of its headings, and the texts that get a vector."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.french.tokens import terms
from index.gaps import Gap
from index.model import Fact, Figure, Passage, Span, Unit


def passage_terms(passage: Passage) -> list[str]:
    """Return the terms of a passage and of the headings it stands under."""
    return terms(heading_text(passage)) + terms(reading_text(passage))


def heading_text(passage: Passage) -> str:
    """Return the titles above a passage, outermost first."""
    return " · ".join((*passage.section_path, *passage.headings))


def reading_text(passage: Passage) -> str:
    """Return a passage in its reading form: its units in order, rows with their headers."""
    return " ".join(unit.text for unit in passage.units)


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit with the passage it stands in and that passage's position in the report."""

    unit: Unit
    passage: Passage
    position: int


def unit_refs(passages: Sequence[Passage]) -> tuple[UnitRef, ...]:
    """Return all units of a report in reading order: what is ranked, and what gets a vector each."""
    return tuple(UnitRef(unit, passage, position) for position, passage in enumerate(passages) for unit in passage.units)


def unit_terms(ref: UnitRef) -> list[str]:
    """Return the terms of a unit in context, its titles and introduction included."""
    return terms(unit_in_context(ref))


def unit_in_context(ref: UnitRef) -> str:
    """Return a unit after its titles and the sentence that introduces its list: a sentence alone says too little."""
    titles = dict.fromkeys(
        part for part in (ref.passage.section_path[-1], *ref.passage.headings, ref.unit.introduction) if part
    )
    return " · ".join((*titles, ref.unit.text))


def fact_terms(fact: Fact) -> list[str]:
    """Return the terms of a fact card: its questions, its keywords and its quote."""
    return terms(" ".join((*fact.questions, *fact.keywords, fact.quote)))


@dataclass(frozen=True, slots=True)
class AskedBy:
    """A question, the position of the card or gap that asks it, and the place of the one figure asked for, if it says."""

    text: str
    asker: int
    answer: Span | None = None


def questions_of(askers: Sequence[Fact | Gap]) -> tuple[AskedBy, ...]:
    """Return the questions of all cards, or of all gaps, in order: what gets a vector each."""
    return tuple(
        AskedBy(question, position, answer)
        for position, asker in enumerate(askers)
        for question, answer in zip_longest(asker.questions, asker.answers if isinstance(asker, Fact) else ())
    )


def question_counts(askers: Sequence[Fact | Gap]) -> list[int]:
    """Return how many questions each card has, or each gap, in order."""
    return [len(asker.questions) for asker in askers]


def figure_text(figure: Figure) -> str:
    """Return what a figure counts, with its unit: what of it gets a vector."""
    return f"{figure.label} {figure.unit}"


def gap_terms(gap: Gap) -> list[str]:
    """Return the terms of a gap: its questions."""
    return terms(" ".join(gap.questions))


def units_of_fact(fact: Fact, units: Sequence[UnitRef]) -> tuple[int, ...]:
    """Return the positions of the units that a card quotes from, those it touches by a word or two left out.

    `units` are in reading order: only those of the passages that the quote touches are looked at.
    """
    first = bisect_right(units, fact.span.start, key=lambda ref: ref.passage.span.end)
    last = bisect_left(units, fact.span.end, key=lambda ref: ref.passage.span.start)
    touched = [
        (position, min(ref.unit.span.end, fact.span.end) - max(ref.unit.span.start, fact.span.start))
        for position, ref in enumerate(units[first:last], start=first)
        if ref.unit.span.start < fact.span.end and fact.span.start < ref.unit.span.end
    ]
    return tuple(position for position, shared in touched if 2 * shared >= min(len(fact.quote), _length(units[position])))


def _length(ref: UnitRef) -> int:
    return ref.unit.span.end - ref.unit.span.start
