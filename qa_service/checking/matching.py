"""What speaks for a figure of a report being of the same thing as a draft's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.model import Figure, FigureKind, Span
from qa_service.checking.claims import Claim
from qa_service.checking.opposites import opposed
from qa_service.checking.surroundings import Surroundings
from qa_service.checking.values import AGREEING, SAME_NUMBER, Relation, apart, relation
from qa_service.ranking.ranker import RankedUnit, Ranking
from qa_service.understanding.query import Query

_MANY_DIGITS = 4

CANDIDATE_FEATURES = (
    "none",
    "doubt",
    "best_is_bare",
    *(f"none_{kind}" for kind in ("money", "percentage", "date", "duration", "measure", "few")),
    "unit",
    "best_unit",
    "behind",  # the best unit, by so much
    "figure",
    "best_figure",
    "asked",
    "asked_lead",
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
    forbids: bool  # the same value, but of another year, or one grew and the other fell
    doubtful: bool  # the words around them speak of another side, another noun: not sure enough to confirm or contradict
    features: np.ndarray

    @property
    def place(self) -> tuple[str, Span]:
        """The report and where in it the figure stands."""
        return self.unit.index.document.slug, self.figure.span


@dataclass(frozen=True, slots=True)
class Read:
    """A figure of one of the best units, how well it fits the statement, and what stands around it."""

    unit: RankedUnit
    figure: Figure
    fitness: float
    around: Surroundings


class Matcher:
    """Compares one claim with what was read for it."""

    def __init__(
        self, claim: Claim, query: Query, ranking: Ranking, read: Sequence[Read], nearness: Sequence[float], period: str
    ) -> None:
        self._figure = claim.figure
        self._around = Surroundings.of(claim.figure, claim.clause)
        self._ranking = ranking
        self._read = read
        self._nearness = nearness
        self._counted = ranking.reader.nearness_of([one.figure for one in read], ranking.read.vectors.noun)
        self._period = period
        self._years = query.constraints.years or (period[:4],)
        self._weights = {word: ranking.index.unit_lexical.idf(word) for word in self._around.words}
        self._total = sum(self._weights.values()) or 1.0
        self._best_fitness = max((one.fitness for one in read), default=0.0)

    def candidate(self, place: int) -> Candidate:
        """Return a figure read as a candidate."""
        one = self._read[place]
        near = [o for o in self._read if o.unit.ref.passage is one.unit.ref.passage and o.figure is not one.figure]
        here, there = one.around.words, frozenset[str]().union(*(other.around.words for other in near))
        ours, theirs = self._around, one.around
        kin = relation(self._figure, one.figure)
        is_other = not self._is_of_year(one.figure)
        counts_otherwise = bool(ours.noun and theirs.nouns) and not ours.nouns & theirs.nouns
        noun_elsewhere = counts_otherwise and any(other.around.noun == ours.noun for other in near)
        is_opposed = opposed(ours.sides, theirs.sides)
        is_turned = one.figure.kind is FigureKind.PERCENTAGE and ours.direction * theirs.direction < 0
        is_of_another_year = kin in SAME_NUMBER and self._is_of_another_year(one.figure)
        return Candidate(
            figure=one.figure,
            unit=one.unit,
            relation=kin,
            forbids=is_turned or is_of_another_year,
            doubtful=is_opposed or noun_elsewhere,
            features=row_of(
                unit=one.unit.score,
                best_unit=one.unit is self._read[0].unit,
                behind=self._read[0].unit.score - one.unit.score,
                figure=one.fitness,
                best_figure=one.fitness >= self._best_fitness,
                asked=self._nearness[place],
                asked_lead=self._nearness[place] - max((*self._nearness[:place], *self._nearness[place + 1 :]), default=0.0),
                counted=float(self._counted[place]),
                other_noun=counts_otherwise,
                noun_elsewhere=noun_elsewhere,
                apart=apart(self._figure, one.figure),
                kind=self._figure.kind is one.figure.kind,
                other_year=is_other,
                outdated=is_other and any(other.unit is one.unit and self._is_of_year(other.figure) for other in near),
                alone=self._share(here - there),
                alone_elsewhere=self._share(there - here),
                covered=self._share(word for word in self._weights if self._holds(one.unit, word)),
                opposed=is_opposed,
                agrees=kin in AGREEING,
                agreeing_digits=_digits(self._figure) if kin in AGREEING else 0.0,
                same_number=kin in SAME_NUMBER - AGREEING,
            ),
        )

    def _share(self, words: Iterable[str]) -> float:
        """Return the share of the claim's words, by how rare they are, that are among `words`."""
        return sum(self._weights.get(word, 0.0) for word in words) / self._total

    def _holds(self, unit: RankedUnit, word: str) -> bool:
        return self._ranking.index.unit_lexical.holds(word, unit.position)

    def _is_of_year(self, figure: Figure) -> bool:
        return figure.kind is FigureKind.DATE or (figure.period or self._period)[:4] in self._years

    def _is_of_another_year(self, printed: Figure) -> bool:
        """Tell whether the draft says the year of its figure, and the report gives the same for another."""
        ours, theirs = (self._figure.period or "").split("/"), (printed.period or self._period).split("/")
        past = bool(self._figure.period) and ours[0][:4] <= self._period[:4]  # of what is to come, periods are but guessed
        return past and (ours[-1][:4] < theirs[0][:4] or theirs[-1][:4] < ours[0][:4])


def row_of(**values: float) -> np.ndarray:
    """Return a row of features, float32, in the order of `CANDIDATE_FEATURES`; those not named are 0."""
    return np.array([values.get(name, 0.0) for name in CANDIDATE_FEATURES], dtype=np.float32)


def _digits(figure: Figure) -> int:
    """Return how many significant digits a value has, at most 4: the more, the less two agree by chance. A date has many."""
    return _MANY_DIGITS if figure.value is None else min(_MANY_DIGITS, len(figure.value.normalize().as_tuple().digits))
