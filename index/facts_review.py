"""Reviewing fact cards and gaps: what is wrong with them, and what of the report has no card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from index.errors import FactsError
from index.facts import Card, placed_facts
from index.french.folding import fold
from index.gaps import GapCard, placed_gaps
from index.model import Document, Fact, Figure, Passage, Span, Unit

FEWEST_QUESTIONS = 4
_COVERED = 0.5  # share of a sentence's characters that must lie in quotes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a card; `line` counts from 1."""

    line: int
    message: str


def faults(cards: Sequence[Card], document: Document, forbidden: Set[str]) -> Iterator[Fault]:
    """Yield what is wrong with the cards of a report.

    `forbidden` are the questions of its evaluation cases, folded by `asked`: cards written from them would measure themselves.
    """
    seen: dict[str, int] = {}
    for line, card in enumerate(cards, start=1):
        try:
            placed_facts((card,), document)
        except FactsError as error:
            yield Fault(line, str(error))
        if len(card.questions) < FEWEST_QUESTIONS:
            yield Fault(line, f"{len(card.questions)} questions ; il en faut au moins {FEWEST_QUESTIONS}")
        yield from _question_faults(line, card.questions, forbidden, seen)


def gap_faults(gaps: Sequence[GapCard], cards: Sequence[Card], document: Document, forbidden: Set[str]) -> Iterator[Fault]:
    """Yield what is wrong with the gaps of a report; a question that a card answers is no gap. `forbidden` as in `faults`."""
    answered = {asked(question) for card in cards for question in card.questions}
    seen: dict[str, int] = {}
    for line, gap in enumerate(gaps, start=1):
        try:
            placed_gaps((gap,), document)
        except FactsError as error:
            yield Fault(line, str(error))
        for question in gap.questions:
            if asked(question) in answered:
                yield Fault(line, f"question à laquelle une fiche répond : « {question} »")
        yield from _question_faults(line, gap.questions, forbidden, seen)


def _question_faults(line: int, questions: Sequence[str], forbidden: Set[str], seen: dict[str, int]) -> Iterator[Fault]:
    """Yield what is wrong with the questions of one line; `seen` has the lines of those before it and takes these."""
    for question in questions:
        key = asked(question)
        if key in forbidden:
            yield Fault(line, f"question d'un cas d'évaluation : « {question} »")
        if key in seen:
            yield Fault(line, f"question déjà posée ligne {seen[key]} : « {question} »")
        seen.setdefault(key, line)


def asked(question: str) -> str:
    """Return a question without what does not tell it from another: case, accents, spaces, the last marks."""
    return fold(question).strip(" ?!.")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a report its cards cover, and what they leave out."""

    figures: int
    sentences: int
    bare_figures: tuple[Figure, ...]
    bare_units: tuple[Unit, ...]


def coverage(facts: Sequence[Fact], passages: Sequence[Passage], figures: Sequence[Figure]) -> Coverage:
    """Return which figures stand in no quote, and which units lie in none by half or more."""
    quotes = sorted(fact.span for fact in facts)
    units = [unit for passage in passages for unit in passage.units]
    return Coverage(
        figures=len(figures),
        sentences=len(units),
        bare_figures=tuple(figure for figure in figures if not any(figure.span in quote for quote in quotes)),
        bare_units=tuple(unit for unit in units if _covered(unit.span, quotes) < _COVERED * (unit.span.end - unit.span.start)),
    )


def _covered(span: Span, quotes: Sequence[Span]) -> int:
    covered, position = 0, span.start
    for quote in quotes:
        start, end = max(quote.start, position), min(quote.end, span.end)
        if start < end:
            covered += end - start
            position = end
    return covered
