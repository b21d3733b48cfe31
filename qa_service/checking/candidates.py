"""The figures of a report that may be of the same thing as a draft's, with what speaks for each."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Self

import numpy as np

from index.french.tokens import said, terms
from index.model import Figure, FigureKind, Span
from qa_service.answering.confidence import Confidence
from qa_service.answering.evidence import evidence_for
from qa_service.answering.figures import FIGURE_FEATURES, FigureChooser
from qa_service.checking.claims import Claim
from qa_service.checking.clauses import words_about
from qa_service.checking.opposites import direction_of, opposed
from qa_service.checking.values import AGREEING, SAME_NUMBER, Relation, apart, comparable, relation
from qa_service.ranking.ranker import RankedUnit, Ranker, Ranking
from qa_service.ranking.weights import Weights
from qa_service.understanding.interpreter import Interpreter
from qa_service.understanding.kinds import is_generic
from qa_service.understanding.query import Query, Statement

_UNITS = 6  # best units of which the figures are looked at: of drafts written to try it, the right one is among three
_EVIDENCE = 8  # units that the confidence is read from
_BESIDE = 90  # characters around a figure that say what it is of
_MANY_DIGITS = 4
_COUNTED = frozenset({FigureKind.COUNT, FigureKind.RATE})

CANDIDATE_FEATURES = (
    "none",
    "doubt",
    "best_is_bare",
    "unit",
    "best_unit",
    "figure",
    "best_figure",
    "counted",
    "other_noun",
    "noun_elsewhere",
    "apart",
    "kind",
    "other_year",
    "outdated",
    "alone",
    "alone_elsewhere",
    "covered",
    "opposed",
    "agrees",
    "agreeing_digits",
    "same_number",
    "taken",  # by another claim of the draft, which it fits better and whose value it has
    "claimed",  # the same, with another value
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A figure of a report, `relation` of the draft's value to its own, and its features, as in `CANDIDATE_FEATURES`."""

    figure: Figure
    unit: RankedUnit
    relation: Relation
    forbids: bool  # the words around them exclude each other: one grew and the other fell, one was asked for, the other given
    features: np.ndarray

    @property
    def place(self) -> tuple[str, Span]:
        """The report and where in it the figure stands."""
        return self.unit.index.document.slug, self.figure.span


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
    """Finds the candidates of one report; immutable, safe to share between threads."""

    def __init__(self, interpreter: Interpreter, ranker: Ranker, confidence: Confidence, figures: Weights) -> None:
        self._interpreter = interpreter
        self._ranker = ranker
        self._confidence = confidence
        self._weights = figures
        self._period = ranker.index.document.period

    def read(self, claim: Claim) -> Candidates:
        """Return the figures that may be of the same thing, of the best units first."""
        query = self._interpreter.interpret_statement(_statement(claim))
        ranking = self._ranker.rank(query)
        units = ranking.units(_EVIDENCE)
        confidence = self._confidence.of(evidence_for(query, ranking, units))
        chooser = FigureChooser(query, ranking, self._weights)
        vector = self._weights.vector(FIGURE_FEATURES)
        read = []
        for unit in units[:_UNITS]:
            figures = [figure for figure in unit.traits.figures if comparable(claim.figure, figure)]
            fitness = chooser.features(figures, unit) @ vector if figures else ()
            read += [(unit, figure, float(fit)) for figure, fit in zip(figures, fitness, strict=True)]
        return Candidates(
            found=tuple(self._candidate(claim, query, ranking, read, place) for place in range(len(read))),
            none=_row(none=1.0, doubt=1.0 - confidence, best_is_bare=not read or read[0][0] is not units[0]),
        )

    def _candidate(
        self, claim: Claim, query: Query, ranking: Ranking, read: Sequence[tuple[RankedUnit, Figure, float]], place: int
    ) -> Candidate:
        unit, figure, fitness = read[place]
        beside = _beside(unit, figure)
        rivals = [other for one, other, _ in read if one is unit and other is not figure]
        near = [(one, other) for one, other, _ in read if one.ref.passage is unit.ref.passage and other is not figure]
        here, there = set(said(beside)), set(said(" ".join(_beside(one, other) for one, other in near)))
        kin = relation(claim.figure, figure)
        weights = {word: ranking.index.unit_lexical.idf(word) for word in said(claim.clause)}
        total = sum(weights.values()) or 1.0

        def share(words: Set[str]) -> float:
            return sum(weights.get(word, 0.0) for word in words) / total

        years = query.constraints.years or (self._period[:4],)
        position = ranking.reader.figure(figure)
        is_other = not self._is_of(years, figure)
        counts_otherwise = _counts_otherwise(claim.figure, figure)
        noun_elsewhere = counts_otherwise and any(_counts_alike(claim.figure, other) for _, other in near)
        is_opposed = opposed(claim.clause, beside)
        drafted, printed = direction_of(claim.clause, claim.figure.text[:1]), direction_of(beside, figure.text[:1])
        is_turned = figure.kind is FigureKind.PERCENTAGE and drafted * printed < 0
        return Candidate(
            figure=figure,
            unit=unit,
            relation=kin,
            forbids=is_opposed or is_turned or noun_elsewhere or (kin in SAME_NUMBER and self._is_of_another_year(claim.figure, figure)),
            features=_row(
                unit=unit.score,
                best_unit=unit is read[0][0],
                figure=fitness,
                best_figure=fitness >= max(fit for _, _, fit in read),
                counted=float(ranking.read.figures.noun[position]),
                other_noun=counts_otherwise,
                noun_elsewhere=noun_elsewhere,
                apart=apart(claim.figure, figure),
                kind=claim.figure.kind is figure.kind,
                other_year=is_other,
                outdated=is_other and any(self._is_of(years, other) for other in rivals),
                alone=share(here - there),
                alone_elsewhere=share(there - here),
                covered=share({word for word in weights if ranking.index.unit_lexical.holds(word, unit.position)}),
                opposed=is_opposed,
                agrees=kin in AGREEING,
                agreeing_digits=_digits(claim.figure) if kin in AGREEING else 0.0,
                same_number=kin in SAME_NUMBER - AGREEING,
            ),
        )


    def _is_of_another_year(self, drafted: Figure, printed: Figure) -> bool:
        """Tell whether a draft says the year of its figure, and the report gives the same for another."""
        ours, theirs = (drafted.period or "").split("/"), (printed.period or self._period).split("/")
        past = bool(drafted.period) and ours[0][:4] <= self._period[:4]  # of what is to come, periods are but guessed
        return past and (ours[-1][:4] < theirs[0][:4] or theirs[-1][:4] < ours[0][:4])

    def _is_of(self, years: Sequence[str], figure: Figure) -> bool:
        return figure.kind is FigureKind.DATE or (figure.period or self._period)[:4] in years


def _row(**values: float) -> np.ndarray:
    return np.array([values.get(name, 0.0) for name in CANDIDATE_FEATURES], dtype=np.float32)


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


def _beside(unit: RankedUnit, figure: Figure) -> str:
    """Return the words that say what a figure of the report is of, those that introduce its list included."""
    others = [other.span for other in unit.traits.figures if other is not figure]
    text, whole = unit.index.document.text, unit.ref.unit.span
    near = Span(max(whole.start, figure.span.start - _BESIDE), max(figure.span.end, min(whole.end, figure.span.end + _BESIDE)))
    return " ".join((unit.ref.unit.introduction, figure.label, *words_about(text, figure.span, others, near)))


def _counts_otherwise(drafted: Figure, printed: Figure) -> bool:
    """Tell whether both count things, by no common word."""
    ours, theirs = (set(terms(f"{figure.unit} {figure.label}")) for figure in (drafted, printed))
    told = bool(ours and theirs) and not is_generic(drafted.unit)
    return told and {drafted.kind, printed.kind} <= _COUNTED and not ours & theirs


def _counts_alike(drafted: Figure, printed: Figure) -> bool:
    """Tell whether both count the same things."""
    ours, theirs = terms(drafted.unit)[:1], terms(printed.unit)[:1]
    return bool(ours) and ours == theirs and not is_generic(drafted.unit)


def _digits(figure: Figure) -> int:
    """Return how many significant digits a value has, at most 4: the more, the less two agree by chance. A date has many."""
    return _MANY_DIGITS if figure.value is None else min(_MANY_DIGITS, len(figure.value.normalize().as_tuple().digits))
