"""How much each unit of a report has to do with a query, by each signal, on scales from 0 to about 1."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.model import Figure, FigureKind, Span
from index.store.fields import questions_of, units_of_fact
from index.store.report_index import ReportIndex
from qa_service.ranking.askers import AskerReader, Nearness, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One float32 value a unit, shape (units,).

    A lexical score is the share of the score that no text can pass; a dense one is a cosine; a unit has the best score of the
    cards that quote it (`card_mean`: of the means over their questions), and a passage the best of its units.
    """

    passage_lexical: np.ndarray
    unit_lexical: np.ndarray
    unit_dense: np.ndarray
    passage_dense: np.ndarray
    card_lexical: np.ndarray
    card_dense: np.ndarray
    card_mean: np.ndarray


@dataclass(frozen=True, slots=True)
class QueryVectors:
    """What a query is looked for by, and the vectors of the question by itself and of the noun whose number it asks: float32,
    shape (dimension,) each.
    """

    row: np.ndarray
    own: np.ndarray
    noun: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """All that is read for one query."""

    signals: Signals
    cards: Nearness
    gaps: Nearness
    vectors: QueryVectors


class SignalReader:
    """Reads the signals of one report; what does not depend on the query is computed once."""

    def __init__(self, index: ReportIndex) -> None:
        self._index = index
        pairs = [(card, unit) for card, fact in enumerate(index.facts) for unit in units_of_fact(fact, index.units)]
        self.breadth = np.bincount([card for card, _ in pairs], minlength=len(index.facts))  # how many units each card quotes
        self._cards_of: dict[int, tuple[int, ...]] = {}
        for card, unit in pairs:
            self._cards_of[unit] = (*self._cards_of.get(unit, ()), card)
        carded = sorted(self._cards_of)
        self._carded = np.array(carded, dtype=np.intp)
        self._cards = np.array([card for unit in carded for card in self._cards_of[unit]], dtype=np.intp)
        counts = [len(self._cards_of[unit]) for unit in carded]
        self._first_cards = np.cumsum(counts, dtype=np.intp) - counts
        self._first_units = np.flatnonzero(np.diff(index.positions, prepend=-1))
        self._units_in = np.diff(self._first_units, append=len(index.units))
        self._asking_cards = AskerReader(index.facts, index.fact_lexical, index.fact_dense)
        self._asking_gaps = AskerReader(index.gaps, index.gap_lexical, index.gap_dense)
        self._figures = {figure.span: position for position, figure in enumerate(index.figures)}
        self._pointing = _pointing(index)

    def read(self, terms: Mapping[str, float], vectors: QueryVectors) -> Read:
        """Return what is read for a query's weighted terms and its vectors."""
        index, row = self._index, vectors.row
        unit_dense = index.unit_dense.scores(row)
        cards = self._asking_cards.read(terms, row)
        signals = Signals(
            passage_lexical=share(index.passage_lexical, terms)[index.positions],
            unit_lexical=share(index.unit_lexical, terms),
            unit_dense=unit_dense,
            passage_dense=self._best_of_passage(unit_dense),
            card_lexical=self._to_units(cards.lexical),
            card_dense=self._to_units(cards.dense),
            card_mean=self._to_units(cards.mean),
        )
        return Read(signals=signals, cards=cards, gaps=self._asking_gaps.read(terms, row), vectors=vectors)

    def cards_of(self, unit: int) -> tuple[int, ...]:
        """Return the positions of the cards that quote a unit."""
        return self._cards_of.get(unit, ())

    def nearness_of(self, figures: Sequence[Figure], row: np.ndarray) -> np.ndarray:
        """Return the cosines of a vector with what each of some figures of the report counts, float32, shape (figures,)."""
        return self._index.figure_dense.scores_of([self._figures[figure.span] for figure in figures], row)

    def questions_for(self, figure: Figure) -> Sequence[int]:
        """Return the positions of the cards' questions that ask for this very figure, in the order of `questions_of`."""
        return self._pointing.get(figure.span, ())

    def nearest_asking(self, figure: Figure, own: np.ndarray, left_out: int) -> float:
        """Return the cosine of a question with the nearest of those that ask for this figure, 0 if none does.

        `left_out` is the position of a question that counts for nothing, -1 for none.
        """
        rows = [row for row in self.questions_for(figure) if row != left_out]
        return float(self._index.fact_dense.scores_of(rows, own).max(initial=0.0))

    def _to_units(self, cards: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.units), dtype=np.float32)
        if len(self._carded):
            best[self._carded] = np.maximum.reduceat(cards[self._cards], self._first_cards)
        return np.maximum(best, 0)

    def _best_of_passage(self, units: np.ndarray) -> np.ndarray:
        best = np.maximum(np.maximum.reduceat(units, self._first_units), 0)
        return np.repeat(best, self._units_in)


def _pointing(index: ReportIndex) -> dict[Span, list[int]]:
    """Return, for each figure that some card's question asks for, which questions do: those that say, or all of a card whose
    quote has no other figure; a date is seldom what is asked for.
    """
    starts = [figure.span.start for figure in index.figures]
    pointing: dict[Span, list[int]] = {}
    for row, question in enumerate(questions_of(index.facts)):
        fact = index.facts[question.asker]
        place = question.answer or fact.span
        figures = index.figures[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        if not fact.answers:
            figures = tuple(figure for figure in figures if figure.kind is not FigureKind.DATE)
        if question.answer or (not fact.answers and len(figures) == 1):
            for figure in figures:
                pointing.setdefault(figure.span, []).append(row)
    return pointing
