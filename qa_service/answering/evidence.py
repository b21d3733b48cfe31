"""How well a unit bears out an answer: numbers that the confidence is read from, and constraints that it does not meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from index.french.folding import fold
from index.french.tokens import terms
from index.model import FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.features import FEATURES, kinds_asked
from qa_service.ranking.ranker import RankedUnit, Ranking
from qa_service.understanding.query import Query
from qa_service.understanding.synonyms import RELATED, related_stems

# The year is one to compare with, not the figure's own.
_COMPARED = re.compile(r"\b(?:par rapport a|depuis|contre|entre|compare\w* a|qu'en|que (?:celles? |celui |ceux )?(?:de|en))\b")
_RELATED_TELLS = 0.7  # "préside" for "président": nearly as good as the word itself. Not tuned


class Unmet(StrEnum):
    """A constraint of the question that the best unit does not meet."""

    YEAR = "year"
    PLACE = "place"
    FIGURE = "figure"
    QUANTITY = "quantity"
    DATE = "date"
    NAME = "name"
    COUNTED = "counted"


EVIDENCE = (
    *FEATURES,
    "covered",
    "covered_in_passage",
    "rarest_missing",
    "margin",
    "card",
    "gap",
    "gap_lead",
    "gap_cosine_lead",
    "gap_share",
    "noun",
    *(f"no_{unmet}" for unmet in Unmet),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`values` are in the order of `EVIDENCE`."""

    values: np.ndarray
    unmet: tuple[Unmet, ...]
    forbids: bool  # another year, place or thing counted, no person's name, a known gap: whatever else fits


def evidence_for(query: Query, ranking: Ranking, ranked: Sequence[RankedUnit]) -> Evidence:
    """Weigh the first of `ranked` (not empty, best first) as the answer to the query, the nearest gap as a sign of none."""
    best, gap = ranked[0], ranking.gap()
    rival = next((unit.score for unit in ranked if unit.ref.passage.id != best.ref.passage.id), 0.0)
    told = _Told(best)
    # The question's own words and those of the question it goes on from; related words need not be there.
    asked = {word: weight for word, weight in query.terms.items() if word in query.own or weight > RELATED}
    weights = {word: weight * best.index.passage_lexical.idf(word) for word, weight in asked.items()}
    total = sum(weights.values()) or 1.0
    missing = [weight for word, weight in weights.items() if not told.in_passage(word)]
    values = [
        *best.features,
        sum(weight * _share_told(word, told.in_unit) for word, weight in weights.items()) / total,
        sum(weight * _share_told(word, told.in_passage) for word, weight in weights.items()) / total,
        max(missing, default=0.0),
        best.score - rival,
        best.card_score,
        gap.score,
        gap.lead,
        gap.cosine_lead,
        gap.share,
        max(ranking.reader.nearness_of(best.traits.figures, ranking.read.vectors.noun), default=0.0),
    ]
    unmet = _unmet(query, best, told)
    flags = [float(constraint in unmet) for constraint in Unmet]
    other_year = any(year != best.index.document.period[:4] for year in query.constraints.years)
    nameless = Unmet.NAME in unmet and query.constraints.human
    # Without cards, whose words are many, the report may well call what is counted by another name.
    uncounted = Unmet.COUNTED in unmet and bool(best.cards)
    forbids = Unmet.PLACE in unmet or uncounted or nameless or (Unmet.YEAR in unmet and other_year) or gap.asks_this
    return Evidence(np.array([*values, *flags], dtype=np.float32), unmet, forbids)


class _Told:
    """Which words stand by the best unit: in it and its titles and the card nearest to the question, in its passage, in cards.

    Asked of the lexical indexes, which hold just that.
    """

    def __init__(self, best: RankedUnit) -> None:
        self._best = best
        self._index = best.index

    def in_unit(self, word: str) -> bool:
        in_card = self._best.card is not None and self._index.fact_lexical.holds(word, self._best.card_position)
        return in_card or self._index.unit_lexical.holds(word, self._best.position)

    def in_passage(self, word: str) -> bool:
        return self.in_unit(word) or self._index.passage_lexical.holds(word, self._best.ref.position)

    def as_place(self, place: str) -> bool:
        """Tell whether a card of the unit names a place: who wrote it knew where the fact is, the sentence need not say."""
        return bool(self._best.cards) and all(self.in_unit_or_cards(word) for word in terms(place))

    def in_unit_or_cards(self, word: str) -> bool:
        return self.in_unit(word) or any(self._index.fact_lexical.holds(word, card) for card in self._best.cards)


def _share_told(word: str, told: Callable[[str], bool]) -> float:
    """Return 1 for a word that is told, a little less for one that a related word tells."""
    if told(word):
        return 1.0
    return _RELATED_TELLS if any(map(told, related_stems([word]))) else 0.0


def _unmet(query: Query, best: RankedUnit, told: _Told) -> tuple[Unmet, ...]:
    """Return what the best unit lacks; the features of the ranking say most of it."""
    feature = dict(zip(FEATURES, best.features, strict=True))
    asks_figure = query.kind is QuestionKind.FIGURE
    kinds = best.traits.figure_kinds
    lacking = {
        Unmet.YEAR: not feature["year"] or (asks_figure and _of_other_years(query, best)),
        Unmet.PLACE: not feature["place"] and not all(told.as_place(place) for place in query.constraints.places),
        Unmet.FIGURE: asks_figure and not kinds - {FigureKind.DATE},
        Unmet.QUANTITY: asks_figure and not feature["kind"],
        Unmet.DATE: query.kind is QuestionKind.DATE and FigureKind.DATE not in kinds,
        Unmet.NAME: query.kind is QuestionKind.PERSON and not feature["kind"],
        Unmet.COUNTED: bool(query.constraints.counted) and not _share_told(query.constraints.counted, told.in_unit_or_cards),
    }
    return tuple(constraint for constraint, lacks in lacking.items() if lacks)


def _of_other_years(query: Query, best: RankedUnit) -> bool:
    """Tell whether a unit gives no figure of the earlier years asked for, though it names them: "+ 14 % par rapport à 2020"."""
    years = query.constraints.years
    figures = [figure for figure in best.traits.figures if figure.kind in kinds_asked(query)]
    if not years or max(years) >= best.index.document.period[:4] or not figures or _COMPARED.search(fold(query.text)):
        return False
    return not any((figure.period or "")[:4] in years for figure in figures)
