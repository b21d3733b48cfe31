"""Which figure of several answers a question."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import chain

import numpy as np

from index.french.folding import fold
from index.french.tokens import said
from index.model import Figure, FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.features import kinds_asked, quantities_named
from qa_service.ranking.ranker import RankedUnit, Ranking
from qa_service.ranking.weights import Weights
from qa_service.understanding.query import Query

_BEFORE, _AFTER = 60, 80  # characters around a figure that tell what it counts
_SENTENCE = 120  # characters before a figure in which a whole may be parted
_PART = re.compile(r"\d[^.;\n]*\b(?:dont|soit|parmi lesquel(?:le)?s)\b[^.;\n]*$")  # "429 projets, soit 179 en Bureau et"
_ASKS_PART = re.compile(
    r"\b(?:seule?s?|rien que?|uniquement|seulement|dont|parmi|la-?dedans|dans le lot|la part|en particulier)\b"
)
_TIMES = frozenset({FigureKind.DATE, FigureKind.DURATION})
_ADJACENT = 15  # a year no farther than this after a figure is the figure's own

FIGURE_FEATURES = (
    "kind",
    "quantity",
    "in_card",
    "in_unit",
    "year",
    "own_year",
    "date",
    "exact",
    "part",
    "part_unasked",
    "label",
    "noun",
    "asked",
    "after",
    "before",
    "asked_words",
    "asked_alone",
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
        self._asks_part = bool(_ASKS_PART.search(fold(query.text)))
        words = {word: query.terms.get(word, 1.0) for word in said(query.text)} | dict(query.terms)
        # What parts one figure from its neighbours is the rare word, not the subject that they share.
        self._asked = {word: weight * ranking.index.unit_lexical.idf(word) for word, weight in words.items()}
        self._total = sum(self._asked.values())
        self._named = quantities_named(query)

    def asked_first(self, found: Sequence[Figure], best: RankedUnit) -> tuple[Figure, ...]:
        """Return figures with the likeliest answer first, the others in the order given; of equals the first given."""
        if len(found) < 2:
            return tuple(found)
        likely = found
        if self._query.kind is QuestionKind.DATE:  # whoever asks when wants no percentage, however near it stands
            likely = [figure for figure in found if figure.kind in _TIMES] or found
        asked = likely[int(np.argmax(self.features(likely, best) @ self._weights))]
        return (asked, *(figure for figure in found if figure is not asked))

    def features(self, found: Sequence[Figure], best: RankedUnit) -> np.ndarray:
        """Return what speaks for each figure as the answer, float32, shape (figures, features), as in `FIGURE_FEATURES`."""
        reader, vectors = self._ranking.reader, self._ranking.read.vectors
        nearest, counted = reader.nearness_of(found, vectors.own), reader.nearness_of(found, vectors.noun)
        beside = [self._words_beside(figure, found, best.index.document.text) for figure in found]
        asked = [self._words_asked(figure) for figure in found]
        return np.array(
            [
                (
                    *self._of_itself(figure, best),
                    nearest[place],
                    # "De quel pourcentage le nombre de sinistres…" asks for no number of claims.
                    0.0 if self._named else counted[place],
                    reader.nearest_asking(figure, vectors.own, self._left_out),
                    *map(self._share, (beside[place][1], beside[place][0], asked[place], _alone(asked, place))),
                    figure is found[0],
                )
                for place, figure in enumerate(found)
            ],
            dtype=np.float32,
        )

    def _of_itself(self, figure: Figure, best: RankedUnit) -> tuple[float, ...]:
        query = self._query
        # A percentage after "soit" says the same in another way, or how much it grew.
        is_part = figure.kind is not FigureKind.PERCENTAGE and bool(
            _PART.search(best.index.document.text[max(0, figure.span.start - _SENTENCE) : figure.span.start])
        )
        next_to_it = best.index.document.text[figure.span.end : figure.span.end + _ADJACENT]
        return (
            _is_of_kind(query, figure),
            figure.kind in self._named,
            best.card is not None and figure.span in best.card.span,
            figure.span in best.ref.unit.span,
            _is_of_year(query, figure, best.index.document.period),
            any(year in next_to_it for year in query.constraints.years),
            figure.kind is FigureKind.DATE and query.kind is QuestionKind.FIGURE,
            # Of two dates the more exact one.
            len(figure.date or "") / len("2021-01-01") if query.kind is QuestionKind.DATE else 0.0,
            is_part and self._asks_part,
            is_part and not self._asks_part,
        )

    def _share(self, told: Set[str]) -> float:
        """Return the share of the question's words, by weight, that are told."""
        share = sum(weight for word, weight in self._asked.items() if word in told)
        return share / self._total if self._total else 0.0

    def _words_beside(self, figure: Figure, others: Sequence[Figure], text: str) -> tuple[set[str], set[str]]:
        """Return the words that stand before a figure, and those after it or in its label, nearer than the next figure."""
        start = max([figure.span.start - _BEFORE, 0, *(o.span.end for o in others if o.span.end <= figure.span.start)])
        end = min([figure.span.end + _AFTER, *(o.span.start for o in others if o.span.start >= figure.span.end)])
        after = f"{text[figure.span.end : end]} {figure.label} {figure.unit}"
        return set(said(text[start : figure.span.start])), set(said(after))

    def _words_asked(self, figure: Figure) -> set[str]:
        """Return the words of the question that some of the cards' questions for this figure have."""
        rows = [row for row in self._ranking.reader.questions_for(figure) if row != self._left_out]
        return self._ranking.index.question_lexical.shared(self._asked, rows) if rows else set()


def _alone(told: Sequence[Set[str]], place: int) -> Set[str]:
    """Return the words told at one place and at no other."""
    elsewhere = chain.from_iterable(words for position, words in enumerate(told) if position != place)
    return told[place] - set(elsewhere)


def _is_of_kind(query: Query, figure: Figure) -> bool:
    if query.kind is QuestionKind.DATE:
        return figure.kind is FigureKind.DATE
    return figure.kind in kinds_asked(query)


def _is_of_year(query: Query, figure: Figure, period: str) -> bool:
    """Tell whether a figure is of the years asked for; who names no year means the report's own."""
    return (figure.period or "")[:4] in (query.constraints.years or (period[:4],))
