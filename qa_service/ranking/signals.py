"""How much each unit of a report has to do with a query, by each signal, on scales from 0 to about 1."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.model import Figure, FigureKind, Span
from index.store.dense import DenseIndex
from index.store.fields import AskedBy, questions_of, units_of_fact
from index.store.lexical import LexicalIndex
from index.store.report_index import ReportIndex
from qa_service.understanding.synonyms import RELATED


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near the query is to each fact card, or each gap, float32, shape (cards,) or (gaps,).

    `questions` has the cosine with each of their questions, shape (questions,), in the order of `questions_of`.
    """

    lexical: np.ndarray
    dense: np.ndarray
    questions: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How near this question by itself, and the noun whose number it asks, are to what each figure counts.

    Cosines, shape (figures,); `own` is the vector of this question by itself, shape (dimension,).
    """

    question: np.ndarray
    noun: np.ndarray
    own: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """All that is read for one query."""

    signals: Signals
    cards: Nearness
    gaps: Nearness
    figures: Figures


class SignalReader:
    """Reads the signals of one report; what does not depend on the query is computed once."""

    def __init__(self, index: ReportIndex) -> None:
        self._index = index
        pairs = [(card, unit) for card, fact in enumerate(index.facts) for unit in units_of_fact(fact, index.units)]
        self._cards = np.array([card for card, _ in pairs], dtype=np.intp)
        self._units = np.array([unit for _, unit in pairs], dtype=np.intp)
        self.breadth = np.bincount(self._cards, minlength=len(index.facts))  # how many units each card quotes
        self._asked_by_cards = _askers(questions_of(index.facts))
        self._questions_of_cards = np.maximum(np.bincount(self._asked_by_cards, minlength=len(index.facts)), 1)
        self._asked_by_gaps = _askers(questions_of(index.gaps))
        self._figures = {figure.span: position for position, figure in enumerate(index.figures)}
        self._pointing = _pointing(index)

    def read(self, terms: Mapping[str, float], row: np.ndarray, own: np.ndarray, noun: np.ndarray) -> Read:
        """Return what is read for weighted terms and the vectors of the query, of the question by itself and of what it counts,
        shape (dimension,) each.
        """
        index = self._index
        unit_dense = index.unit_dense.scores(row)
        cards = _nearness(index.fact_lexical, index.fact_dense, self._asked_by_cards, terms, row)
        signals = Signals(
            passage_lexical=_share(index.passage_lexical, terms)[index.positions],
            unit_lexical=_share(index.unit_lexical, terms),
            unit_dense=unit_dense,
            passage_dense=self._best_of_passage(unit_dense),
            card_lexical=self._to_units(cards.lexical),
            card_dense=self._to_units(cards.dense),
            card_mean=self._to_units(self._mean_of_cards(cards.questions)),
        )
        gaps = _nearness(index.gap_lexical, index.gap_dense, self._asked_by_gaps, terms, row)
        figures = Figures(question=index.figure_dense.scores(own), noun=index.figure_dense.scores(noun), own=own)
        return Read(signals=signals, cards=cards, gaps=gaps, figures=figures)

    def cards_of(self, unit: int) -> tuple[int, ...]:
        """Return the positions of the cards that quote a unit."""
        return tuple(int(card) for card in self._cards[self._units == unit])

    def figure(self, figure: Figure) -> int:
        """Return the position of a figure of the report."""
        return self._figures[figure.span]

    def questions_for(self, figure: Figure) -> Sequence[int]:
        """Return the positions of the cards' questions that ask for this very figure, in the order of `questions_of`."""
        return self._pointing.get(figure.span, ())

    def nearest_asking(self, figure: Figure, own: np.ndarray, left_out: int) -> float:
        """Return the cosine of a question with the nearest of those that ask for this figure, 0 if none does.

        `left_out` is the position of a question that counts for nothing, -1 for none.
        """
        rows = [row for row in self.questions_for(figure) if row != left_out]
        return float(self._index.fact_dense.scores(own, rows).max(initial=0.0))

    def _to_units(self, cards: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.units), dtype=np.float32)
        np.maximum.at(best, self._units, cards[self._cards])
        return best

    def _mean_of_cards(self, questions: np.ndarray) -> np.ndarray:
        sums = np.bincount(self._asked_by_cards, weights=questions, minlength=len(self._index.facts))
        return (sums / self._questions_of_cards).astype(np.float32)

    def _best_of_passage(self, units: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.passages), dtype=np.float32)
        np.maximum.at(best, self._index.positions, units)
        of_units: np.ndarray = best[self._index.positions]
        return of_units


def _askers(questions: Sequence[AskedBy]) -> np.ndarray:
    return np.array([question.asker for question in questions], dtype=np.intp)


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


def _nearness(
    lexical: LexicalIndex, dense: DenseIndex, askers: np.ndarray, terms: Mapping[str, float], row: np.ndarray
) -> Nearness:
    shares, cosines = _share(lexical, terms), dense.scores(row)
    best = np.zeros(len(shares), dtype=np.float32)
    np.maximum.at(best, askers, cosines)
    return Nearness(lexical=shares, dense=best, questions=cosines)


def _share(lexical: LexicalIndex, terms: Mapping[str, float]) -> np.ndarray:
    # Related words help to find, they are not asked for: the ideal answer need not hold them.
    ideal = lexical.ideal({term: weight for term, weight in terms.items() if weight > RELATED})
    return lexical.scores(terms) / np.float32(ideal) if ideal else lexical.scores({})
