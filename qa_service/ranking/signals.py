"""How much each unit of a report has to do with a query, by each signal, on scales from 0 to about 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.store.fields import fact_questions, units_of_fact
from index.store.lexical import LexicalIndex
from index.store.report_index import ReportIndex
from qa_service.understanding.synonyms import RELATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One float32 value a unit, shape (units,).

    A lexical score is the share of the score that no text can pass; a dense one is a cosine; a unit has the best score of the
    cards that quote it, and a passage the best of its units.
    """

    passage_lexical: np.ndarray
    unit_lexical: np.ndarray
    unit_dense: np.ndarray
    passage_dense: np.ndarray
    card_lexical: np.ndarray
    card_dense: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class CardScores:
    """One float32 value a fact card, shape (facts,)."""

    lexical: np.ndarray
    dense: np.ndarray


class SignalReader:
    """Reads the signals of one report; what does not depend on the query is computed once."""

    def __init__(self, index: ReportIndex) -> None:
        self._index = index
        pairs = [(card, unit) for card, fact in enumerate(index.facts) for unit in units_of_fact(fact, index.units)]
        self._cards = np.array([card for card, _ in pairs], dtype=np.intp)
        self._units = np.array([unit for _, unit in pairs], dtype=np.intp)
        self.breadth = np.bincount(self._cards, minlength=len(index.facts))  # how many units each card quotes
        self._askers = np.array([question.fact for question in fact_questions(index.facts)], dtype=np.intp)

    def read(self, terms: Mapping[str, float], row: np.ndarray) -> tuple[Signals, CardScores]:
        """Return the signals for weighted terms and the query's vector, shape (dimension,), and those of the cards."""
        index = self._index
        unit_dense = index.unit_dense.scores(row)
        cards = CardScores(lexical=_share(index.fact_lexical, terms), dense=self._card_dense(row))
        signals = Signals(
            passage_lexical=_share(index.passage_lexical, terms)[index.positions],
            unit_lexical=_share(index.unit_lexical, terms),
            unit_dense=unit_dense,
            passage_dense=self._best_of_passage(unit_dense),
            card_lexical=self._to_units(cards.lexical),
            card_dense=self._to_units(cards.dense),
        )
        return signals, cards

    def cards_of(self, unit: int) -> tuple[int, ...]:
        """Return the positions of the cards that quote a unit."""
        return tuple(int(card) for card in self._cards[self._units == unit])

    def _card_dense(self, row: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.facts), dtype=np.float32)
        np.maximum.at(best, self._askers, self._index.fact_dense.scores(row))
        return best

    def _to_units(self, cards: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.units), dtype=np.float32)
        np.maximum.at(best, self._units, cards[self._cards])
        return best

    def _best_of_passage(self, units: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._index.passages), dtype=np.float32)
        np.maximum.at(best, self._index.positions, units)
        of_units: np.ndarray = best[self._index.positions]
        return of_units


def _share(lexical: LexicalIndex, terms: Mapping[str, float]) -> np.ndarray:
    # Related words help to find, they are not asked for: the ideal answer need not hold them.
    ideal = lexical.ideal({term: weight for term, weight in terms.items() if weight > RELATED})
    return lexical.scores(terms) / np.float32(ideal) if ideal else lexical.scores({})
