"""Which figure of several answers a question."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from index.french.tokens import stem, tokenize
from index.model import Figure, FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.features import kinds_asked, quantities_named
from qa_service.ranking.ranker import RankedUnit, Ranking
from qa_service.ranking.weights import Weights
from qa_service.understanding.query import Query

_BEFORE, _AFTER = 60, 80  # characters around a figure that tell what it counts
_ADJACENT = 15  # a year no farther than this after a figure is the figure's own
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "de", "du", "d", "l", "et", "en", "a", "au", "aux", "ont", "ete"})

FIGURE_FEATURES = (
    "kind",
    "quantity",
    "in_card",
    "in_unit",
    "year",
    "own_year",
    "after",
    "before",
    "label",
    "noun",
    "asked",
    "asked_words",
    "date",
    "exact",
    "first",
)


class FigureChooser:
    """Puts the figure that one query asks of one report first, by weights learnt by `python -m evaluation.learning`."""

    def __init__(self, query: Query, ranking: Ranking, weights: Weights, *, left_out: int = -1) -> None:
        """Take a query and its ranking; `left_out` is the position of a card's question that is not to be gone by."""
        self._left_out = left_out
        self._query = query
        self._ranking = ranking
        self._weights = weights.vector(FIGURE_FEATURES)
        words = {word: query.terms.get(word, 1.0) for word in _words(query.text)} | dict(query.terms)
        # What parts one figure from its neighbours is the rare word, not the subject that they share.
        self._asked = {word: weight * ranking.index.unit_lexical.idf(word) for word, weight in words.items()}

    def asked_first(self, found: Sequence[Figure], best: RankedUnit) -> tuple[Figure, ...]:
        """Return figures with the likeliest answer first, the others in the order given; of equals the first given."""
        if len(found) < 2:
            return tuple(found)
        asked = found[int(np.argmax(self.features(found, best) @ self._weights))]
        return (asked, *(figure for figure in found if figure is not asked))

    def features(self, found: Sequence[Figure], best: RankedUnit) -> np.ndarray:
        """Return what speaks for each figure as the answer, float32, shape (figures, features), as in `FIGURE_FEATURES`."""
        return np.array([self._features(figure, best, found) for figure in found], dtype=np.float32)

    def _features(self, figure: Figure, best: RankedUnit, others: Sequence[Figure]) -> tuple[float, ...]:
        query, text, read = self._query, best.index.document.text, self._ranking.read
        reader = self._ranking.reader
        position = reader.figure(figure)
        before, after = _around(figure, others, text)
        next_to_it = text[figure.span.end : figure.span.end + _ADJACENT]
        return (
            _is_of_kind(query, figure),
            figure.kind in quantities_named(query),
            best.card is not None and figure.span in best.card.span,
            figure.span in best.ref.unit.span,
            _is_of_year(query, figure, best.index.document.period),
            any(year in next_to_it for year in query.constraints.years),
            self._share(after | _words(f"{figure.label} {figure.unit}")),
            self._share(before),
            float(read.figures.question[position]),
            # "De quel pourcentage le nombre de sinistres…" asks for no number of claims.
            0.0 if quantities_named(query) else float(read.figures.noun[position]),
            reader.nearest_asking(figure, read.figures.own, self._left_out),
            self._share_asked(figure),
            figure.kind is FigureKind.DATE and query.kind is QuestionKind.FIGURE,
            # Of two dates the more exact one.
            len(figure.date or "") / len("2021-01-01") if query.kind is QuestionKind.DATE else 0.0,
            figure is others[0],
        )

    def _share(self, told: Set[str]) -> float:
        """Return the share of the question's words, by weight, that are told."""
        total = sum(self._asked.values())
        return sum(weight for word, weight in self._asked.items() if word in told) / total if total else 0.0

    def _share_asked(self, figure: Figure) -> float:
        """Return the share of the question's words that some of the cards' questions for this figure have."""
        rows = [row for row in self._ranking.reader.questions_for(figure) if row != self._left_out]
        lexical = self._ranking.index.question_lexical
        return self._share({word for word in self._asked if np.isin(lexical.texts_with(word), rows).any()})


def _is_of_kind(query: Query, figure: Figure) -> bool:
    if query.kind is QuestionKind.DATE:
        return figure.kind is FigureKind.DATE
    return figure.kind in kinds_asked(query)


def _is_of_year(query: Query, figure: Figure, period: str) -> bool:
    """Tell whether a figure is of the years asked for; who names no year means the report's own."""
    return (figure.period or "")[:4] in (query.constraints.years or (period[:4],))


def _around(figure: Figure, others: Sequence[Figure], text: str) -> tuple[set[str], set[str]]:
    """Return the words that stand before and after a figure, nearer than the next figure."""
    start = max([figure.span.start - _BEFORE, 0, *(o.span.end for o in others if o.span.end <= figure.span.start)])
    end = min([figure.span.end + _AFTER, *(o.span.start for o in others if o.span.start >= figure.span.end)])
    return _words(text[start : figure.span.start]), _words(text[figure.span.end : end])


def _words(text: str) -> set[str]:
    """Return the stems of all words but articles: "or" tells gold from silver, though a question never turns on it."""
    return {stem(token.text) for token in tokenize(text) if token.text.isalpha() and token.text not in _ARTICLES}
