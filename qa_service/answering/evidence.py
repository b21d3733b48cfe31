"""How well a unit bears out an answer: numbers that the confidence is read from, and constraints that it does not meet."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from index.french.tokens import terms
from index.model import FigureKind
from index.store.fields import fact_terms, passage_terms, unit_terms
from qa_service.model import QuestionKind
from qa_service.ranking.features import FEATURES
from qa_service.ranking.ranker import NearestGap, RankedUnit
from qa_service.understanding.query import Query
from qa_service.understanding.synonyms import RELATED, related_stems

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
    *(f"no_{unmet}" for unmet in Unmet),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`values` are in the order of `EVIDENCE`."""

    values: np.ndarray
    unmet: tuple[Unmet, ...]
    forbids: bool  # another year, place or thing counted, no person's name, a known gap: whatever else fits


def evidence_for(query: Query, ranked: Sequence[RankedUnit], gap: NearestGap) -> Evidence:
    """Weigh the first of `ranked` (not empty, best first) as the answer to the query, `gap` as a sign that there is none."""
    best = ranked[0]
    rival = next((unit.score for unit in ranked if unit.ref.passage.id != best.ref.passage.id), 0.0)
    in_unit = set(unit_terms(best.ref)) | (set(fact_terms(best.card)) if best.card else set())
    in_passage = in_unit | set(passage_terms(best.ref.passage))
    # The question's own words and those of the question it goes on from; related words need not be there.
    asked = {word: weight for word, weight in query.terms.items() if word in query.own or weight > RELATED}
    weights = {word: weight * best.index.passage_lexical.idf(word) for word, weight in asked.items()}
    total = sum(weights.values()) or 1.0
    missing = [weight for word, weight in weights.items() if word not in in_passage]
    values = [
        *best.features,
        sum(weight * _told(word, in_unit) for word, weight in weights.items()) / total,
        sum(weight * _told(word, in_passage) for word, weight in weights.items()) / total,
        max(missing, default=0.0),
        best.score - rival,
        best.card_score,
        gap.score,
        gap.lead,
        gap.cosine_lead,
        gap.share,
    ]
    unmet = _unmet(query, best, in_unit)
    flags = [float(constraint in unmet) for constraint in Unmet]
    other_year = any(year != best.index.document.period[:4] for year in query.constraints.years)
    nameless = Unmet.NAME in unmet and query.constraints.human
    forbids = bool({Unmet.PLACE, Unmet.COUNTED} & set(unmet)) or nameless or (Unmet.YEAR in unmet and other_year)
    forbids = forbids or gap.asks_this
    return Evidence(np.array([*values, *flags], dtype=np.float32), unmet, forbids)


def _told(word: str, told: Set[str]) -> float:
    """Return 1 for a word that is told, a little less for one that a related word tells."""
    if word in told:
        return 1.0
    return _RELATED_TELLS if related_stems([word]) & told else 0.0


def _unmet(query: Query, best: RankedUnit, in_unit: Set[str]) -> tuple[Unmet, ...]:
    """Return what the best unit lacks; the features of the ranking say most of it."""
    feature = dict(zip(FEATURES, best.features, strict=True))
    asks_figure = query.kind is QuestionKind.FIGURE
    kinds = best.traits.figure_kinds
    lacking = {
        Unmet.YEAR: not feature["year"],
        Unmet.PLACE: not feature["place"],
        Unmet.FIGURE: asks_figure and not kinds - {FigureKind.DATE},
        Unmet.QUANTITY: asks_figure and not feature["kind"],
        Unmet.DATE: query.kind is QuestionKind.DATE and FigureKind.DATE not in kinds,
        Unmet.NAME: query.kind is QuestionKind.PERSON and not feature["kind"],
        Unmet.COUNTED: bool(query.constraints.counted) and not _speaks_of(query.constraints.counted, best, in_unit),
    }
    return tuple(constraint for constraint, lacks in lacking.items() if lacks)


def _speaks_of(counted: str, best: RankedUnit, in_unit: Set[str]) -> bool:
    """Tell whether the unit, a card that quotes it or a word that means about the same speaks of what is counted."""
    told = in_unit | {term for fact in best.cards for text in (*fact.questions, *fact.keywords) for term in terms(text)}
    return counted in told or bool(related_stems([counted]) & told)
