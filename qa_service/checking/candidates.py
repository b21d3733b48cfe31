"""The figures of a report that may be of the same thing as a draft's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import numpy as np

from index.model import Figure, FigureKind, Span
from qa_service.answering.confidence import Confidence
from qa_service.answering.evidence import evidence_for
from qa_service.answering.figures import FIGURE_FEATURES, FigureChooser
from qa_service.checking.claims import Claim
from qa_service.checking.matching import Candidate, Matcher, Read, row_of
from qa_service.checking.surroundings import Surroundings, printed_beside
from qa_service.checking.values import comparable
from qa_service.ranking.ranker import RankedUnit, Ranker
from qa_service.ranking.weights import Weights
from qa_service.understanding.interpreter import Interpreter
from qa_service.understanding.query import Statement

_UNITS = 3  # best units of which the figures are looked at: of drafts written to try it, the right one is among three
_EVIDENCE = 8  # units that the confidence is read from
_FEW = 20
_COUNTED = frozenset({FigureKind.COUNT, FigureKind.RATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Those of one claim in one report; `none` has the features of the choice that the report gives no such figure."""

    found: tuple[Candidate, ...]
    none: np.ndarray

    @classmethod
    def joined(cls, read: Sequence[Self]) -> Self:
        """Return those of several reports as one; there is none where even the likeliest report has none."""
        return cls(
            found=tuple(candidate for candidates in read for candidate in candidates.found),
            none=min((candidates.none for candidates in read), key=lambda row: float(row.sum())),
        )

    def features(self) -> np.ndarray:
        """Return the features of all candidates and, last, of none, float32, shape (candidates + 1, features)."""
        return np.array([*(candidate.features for candidate in self.found), self.none], dtype=np.float32)


class CandidateReader:
    """Finds the candidates of one report; safe to share between threads: what it keeps is what anyone would read."""

    def __init__(self, interpreter: Interpreter, ranker: Ranker, confidence: Confidence, figures: Weights) -> None:
        self._interpreter = interpreter
        self._ranker = ranker
        self._confidence = confidence
        self._weights = figures
        self._period = ranker.index.document.period
        self._surroundings: dict[Span, Surroundings] = {}

    def read(self, claim: Claim) -> Candidates:
        """Return the figures that may be of the same thing, of the best units first."""
        query = self._interpreter.interpret_statement(_statement(claim))
        ranking = self._ranker.rank(query, self._ranker.vectors(query))
        units = ranking.units(_EVIDENCE)
        confidence = self._confidence.of(evidence_for(query, ranking, units))
        read = list(self._read(claim, units[:_UNITS], FigureChooser(query, ranking, self._weights)))
        # A card's question says what a figure is of in a reader's words; the words about this figure are put as one.
        asked = self._ranker.vector(_question(claim))
        nearness = [ranking.reader.nearest_asking(one.figure, asked, -1) for one in read]
        matcher = Matcher(claim, query, ranking, read, nearness, self._period)
        return Candidates(
            found=tuple(map(matcher.candidate, range(len(read)))),
            none=row_of(
                none=1.0,
                doubt=1.0 - confidence,
                best_is_bare=not read or read[0].unit is not units[0],
                **{f"none_{_sort(claim.figure)}": 1.0},
            ),
        )

    def _read(self, claim: Claim, units: Sequence[RankedUnit], chooser: FigureChooser) -> Iterator[Read]:
        vector = self._weights.vector(FIGURE_FEATURES)
        for unit in units:
            figures = [figure for figure in unit.traits.figures if comparable(claim.figure, figure)]
            fitness = chooser.features(figures, unit) @ vector if figures else ()
            for figure, fit in zip(figures, fitness, strict=True):
                yield Read(unit, figure, float(fit), self._around(unit, figure))

    def _around(self, unit: RankedUnit, figure: Figure) -> Surroundings:
        if figure.span not in self._surroundings:
            beside = printed_beside(unit.index.document.text, unit.ref.unit, figure, unit.traits.figures)
            self._surroundings[figure.span] = Surroundings.of(figure, beside)
        return self._surroundings[figure.span]


def _statement(claim: Claim) -> Statement:
    figure = claim.figure
    return Statement(
        clause=claim.clause,
        told=claim.told,
        before=claim.before,
        title=claim.title,
        kind=figure.kind,
        years=(figure.period[:4],) if figure.period else (),
        noun=figure.unit.partition("/")[0] if figure.kind in _COUNTED else "",
    )


def _question(claim: Claim) -> str:
    noun = claim.figure.unit if claim.figure.kind in _COUNTED else ""
    return f"Combien de {noun} : {claim.clause}" if noun else claim.clause


def _sort(figure: Figure) -> str:
    """Return the sort of figure by which reports differ in how many they leave out."""
    match figure.kind:
        case FigureKind.MONEY | FigureKind.PERCENTAGE | FigureKind.DATE | FigureKind.DURATION as kind:
            return kind.value
        case FigureKind.COUNT | FigureKind.RATE:
            return "few" if abs(figure.value or Decimal()) < _FEW else ""
        case _:
            return "measure"
