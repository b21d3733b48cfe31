"""Ranks the units of a report for a query, and its passages by their best units."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from index.encoder.embedder import Embedder
from index.model import Fact, Span
from index.store.fields import UnitRef
from index.store.report_index import ReportIndex
from qa_service.model import QuestionKind, RetrievedPassage
from qa_service.ranking.askers import Nearness
from qa_service.ranking.features import FEATURES, FeatureReader
from qa_service.ranking.signals import QueryVectors, Read, SignalReader
from qa_service.ranking.traits import Traits, traits_of
from qa_service.ranking.weights import Weights
from qa_service.understanding.kinds import counted_noun
from qa_service.understanding.places import Places
from qa_service.understanding.query import Query

_WANTED = 1.25  # what a quote of the wanted breadth is worth: enough to part two near cards. Not tuned
_DEPTH = 10  # a signal is named as a source of a passage that it ranks among so many
_NEIGHBOURS = 10  # nearest questions that vote on whether the report answers. Not tuned
_SAME_QUESTION = 0.9  # cosine; of dev and train it takes 22 of 355 unanswerable questions and none of 401 answerable ones
_SHARPNESS = 20.0  # of their votes: the scale of the cosines in the encoder's training
_SOURCES = {
    "lexical": ("passage_lexical", "unit_lexical"),
    "dense": ("unit_dense",),
    "cards": ("card_lexical", "card_dense", "card_mean"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedUnit:
    """A unit with its score; `features` are in the order of `FEATURES`, `cards` the positions of all that quote it, `card`
    the one nearest to the question, at `card_position`.
    """

    ref: UnitRef
    traits: Traits
    index: ReportIndex
    position: int
    score: float
    features: np.ndarray
    card: Fact | None = None
    card_position: int = -1
    card_score: float = 0.0
    cards: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestGap:
    """How near the nearest gap is to a query: its score from 0 to about 1, the cosine of its nearest question, its lead over
    the nearest card by either, and the share of gaps among the nearest questions of both; all 0 for a report without gaps.
    """

    score: float = 0.0
    lead: float = 0.0
    cosine: float = 0.0
    cosine_lead: float = 0.0
    share: float = 0.0

    @property
    def asks_this(self) -> bool:
        """Whether the gap asks nearly this very question, and no card does as nearly."""
        return self.cosine >= _SAME_QUESTION and self.lead > 0 and self.cosine_lead > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The units of one report, scored for one query; `card_fitness` tells which card of a unit is to speak for it."""

    index: ReportIndex
    traits: Sequence[Traits]
    reader: SignalReader
    read: Read
    features: np.ndarray
    scores: np.ndarray
    card_fitness: np.ndarray

    def within(self, span: Span) -> Self:
        """Return the ranking of the units inside a stretch of the report alone."""
        inside = [ref.unit.span in span for ref in self.index.units]
        return replace(self, scores=np.where(inside, self.scores, -np.inf))

    def gap(self) -> NearestGap:
        """Return how nearly some gap asks this question, and how much more nearly than any card does."""
        gaps, cards = self.read.gaps, self.read.cards
        if not len(gaps.dense):
            return NearestGap()
        nearness, rival = gaps.lexical + gaps.dense, cards.lexical + cards.dense
        return NearestGap(
            score=float(nearness.max()) / 2,
            lead=float(nearness.max() - rival.max(initial=0.0)) / 2,
            cosine=float(gaps.questions.max(initial=0.0)),
            cosine_lead=float(gaps.questions.max(initial=0.0) - cards.questions.max(initial=0.0)),
            share=_share_of_gaps(gaps.questions, cards.questions),
        )

    def units(self, top_k: int) -> tuple[RankedUnit, ...]:
        """Return the best units, best first; of equal ones the first in the report."""
        return tuple(map(self.unit, _best_places(self.scores, top_k)))

    def unit(self, position: int) -> RankedUnit:
        """Return one unit with its score and the card that asks most nearly this question of it."""
        cards = self.reader.cards_of(position)
        card = max(cards, key=self.card_fitness.__getitem__, default=None)
        return RankedUnit(
            ref=self.index.units[position],
            traits=self.traits[position],
            index=self.index,
            position=position,
            score=float(self.scores[position]),
            features=self.features[position],
            card=None if card is None else self.index.facts[card],
            card_position=-1 if card is None else card,
            card_score=0.0 if card is None else self._card_score(card),
            cards=cards,
        )

    def _card_score(self, card: int) -> float:
        return max(float(self.read.cards.lexical[card]), float(self.read.cards.dense[card]))

    def passages(self, top_k: int) -> tuple[RetrievedPassage, ...]:
        """Return the passages of the best units, best first."""
        best = _best_of_passages(self.index, self.scores)
        sources = self._sources()
        return tuple(
            RetrievedPassage(
                passage=self.index.passages[position],
                rank=rank,
                score=float(best[position]),
                sources=tuple(name for name, found in sources.items() if position in found),
            )
            for rank, position in enumerate(_best_places(best, top_k), start=1)
        )

    def _sources(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for name, signals in _SOURCES.items():
            scores = sum(getattr(self.read.signals, signal) for signal in signals)
            best = _best_of_passages(self.index, scores)
            found[name] = {place for place in _best_places(best, _DEPTH) if best[place] > 0}
        return found


class Ranker:
    """Ranks within one report; immutable, safe to share between threads."""

    def __init__(self, index: ReportIndex, embedder: Embedder, places: Places, weights: Weights) -> None:
        self.index = index
        self._embedder = embedder
        self._signals = SignalReader(index)
        self._traits = traits_of(index, places)
        self._features = FeatureReader(self._traits, period=index.document.period)
        self._weights = weights
        wide = self._signals.breadth > 1
        self._worth = {asks_list: np.where(wide == asks_list, _WANTED, 1.0) for asks_list in (True, False)}

    def with_weights(self, weights: Weights) -> Self:
        """Return a ranker of the same report with other weights."""
        other = copy(self)
        other._weights = weights
        return other

    def vector(self, text: str) -> np.ndarray:
        """Return a text as a query's vector, float32, shape (dimension,)."""
        row: np.ndarray = self._embedder.encode_queries([text])[0]
        return row

    def vectors(self, query: Query) -> QueryVectors:
        """Return the vectors of a query; all reports of one service have the same encoder."""
        # A follow-up is looked for by its own words and by those with its subject, half and half.
        own, noun = query.text, counted_noun(query.text)
        texts = list(dict.fromkeys((own, query.understood_as, noun)))
        rows = dict(zip(texts, self._embedder.encode_queries(texts), strict=True))
        both = rows[own] + rows[query.understood_as]
        return QueryVectors(both / max(float(np.linalg.norm(both)), 1e-6), rows[own], rows[noun])

    def rank(self, query: Query, vectors: QueryVectors, *, signals: Sequence[str] = ()) -> Ranking:
        """Return all units scored for `query`; `signals` limits the scoring to "lexical", "dense" or "cards"."""
        read = self._signals.read(query.terms, vectors)
        features = self._features.read(query, read.signals)
        weights = self._weights
        if signals:
            weights = weights.limited_to({name for signal in signals for name in _SOURCES[signal]})
        return Ranking(
            index=self.index,
            traits=self._traits,
            reader=self._signals,
            read=read,
            features=features,
            scores=features @ weights.vector(FEATURES),
            card_fitness=self._fitness(query, read.cards),
        )

    def _fitness(self, query: Query, cards: Nearness) -> np.ndarray:
        """Weigh the cards of one unit: of two that ask nearly the same, a list wants the wider quote, a fact the tighter."""
        fitness: np.ndarray = (cards.lexical + cards.dense) * self._worth[query.kind is QuestionKind.LIST]
        return fitness


def _share_of_gaps(gaps: np.ndarray, cards: np.ndarray) -> float:
    """Return the share of gaps among the nearest questions, the nearer ones weighing more."""
    cosines = np.concatenate([gaps, cards])
    nearest = np.argpartition(-cosines, min(_NEIGHBOURS, len(cosines) - 1))[:_NEIGHBOURS]
    votes = np.exp(_SHARPNESS * (cosines[nearest] - cosines[nearest].max()))
    return float(votes[nearest < len(gaps)].sum() / votes.sum())


def _best_places(scores: np.ndarray, top_k: int) -> list[int]:
    """Return where the best scores stand, best first; of equal ones the first; none that is minus infinity."""
    places = np.flatnonzero(scores > -np.inf)
    if 0 < top_k < len(places):  # only what may be among them is sorted
        places = places[scores[places] >= np.partition(scores[places], -top_k)[-top_k]]
    best: list[int] = places[np.argsort(-scores[places], kind="stable")[:top_k]].tolist()
    return best


def _best_of_passages(index: ReportIndex, scores: np.ndarray) -> np.ndarray:
    best = np.full(len(index.passages), -np.inf, dtype=np.float32)
    np.maximum.at(best, index.positions, scores)
    return best
