"""Gives each figure of a draft its verdict against the reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files
from typing import Self

import numpy as np

from index.model import Span
from qa_service.checking.candidates import CandidateReader, Candidates
from qa_service.checking.claims import Claim, claims_in
from qa_service.checking.matching import CANDIDATE_FEATURES, Candidate
from qa_service.checking.values import AGREEING, SAME_NUMBER, Relation
from qa_service.errors import DraftError, DraftLimitError
from qa_service.ranking.weights import Weights

MAX_CHARS = 20_000
MAX_FIGURES = 500  # of one text: each is a search
_TAKEN, _CLAIMED = CANDIDATE_FEATURES.index("taken"), CANDIDATE_FEATURES.index("claimed")
_OTHER_YEAR = CANDIDATE_FEATURES.index("other_year")
_CONTRADICTS = 0.6  # the least likelihood of another figure that contradicts: in cross-validation it costs no right verdict
_TELLING = 0.2  # the least likelihood of a figure that is worth telling beside "introuvable". Not tuned
_CLEARLY = 0.05  # what another claim must fit a figure better to take it


class Verdict(StrEnum):
    """What the reports say of a figure."""

    CONFIRMED = "confirmed"
    ROUNDED = "rounded"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A figure of the draft with its verdict.

    `nearest` is the report's figure that the verdict goes by; of one not found it is what the report says instead, None where
    it says nothing near. `elsewhere` is where a report that contradicts prints the draft's own value, of another thing.
    `likelihood`, 0 to 1, is how sure the verdict is.
    """

    claim: Claim
    verdict: Verdict
    likelihood: float
    nearest: Candidate | None = None
    elsewhere: Candidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A draft, as given, and its figures in reading order."""

    text: str
    claims: tuple[CheckedClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckModel:
    """Learnt: what each feature of a candidate counts, and how likely a value must be the report's to confirm it."""

    weights: Weights
    confirms: float

    @classmethod
    def learnt(cls, *, with_cards: bool) -> Self:
        """Return the shipped model, fitted by `python -m evaluation.check_learning` with or without the fact cards."""
        text = files("qa_service.checking").joinpath("data", "weights.json").read_text(encoding="utf-8")
        table = json.loads(text)["with_cards" if with_cards else "without_cards"]
        return cls(weights=Weights(table["weights"]), confirms=table["confirms"])


class Checker:
    """Checks drafts against all reports; immutable, safe to share between threads, always gives the same verdicts."""

    def __init__(self, readers: Sequence[CandidateReader], model: CheckModel, *, period: str) -> None:
        self._readers = tuple(readers)
        self._model = model
        self._vector = model.weights.vector(CANDIDATE_FEATURES)
        self._period = period

    def with_model(self, model: CheckModel) -> Self:
        """Return a checker with another model."""
        return type(self)(self._readers, model, period=self._period)

    def check(self, text: str) -> Check:
        """Return the verdict of each figure of a draft.

        Raises:
            DraftLimitError: the draft has more than `MAX_CHARS` characters or `MAX_FIGURES` figures.
            DraftError: it holds half of a character.
        """
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise DraftError("Le texte contient un caractère abîmé ; copiez-le de nouveau.") from error
        if len(text) > MAX_CHARS:
            raise DraftLimitError(f"Le texte a {len(text)} caractères ; {MAX_CHARS} au plus : coupez-le.")
        claims, candidates = self.candidates(text)
        return Check(
            text=text,
            claims=tuple(self._verdict(claim, found) for claim, found in zip(claims, candidates, strict=True)),
        )

    def candidates(self, text: str) -> tuple[Sequence[Claim], Sequence[Candidates]]:
        """Return the figures of a draft, and for each what it may be checked against; raises as `check`."""
        claims = claims_in(text, period=self._period)
        if len(claims) > MAX_FIGURES:
            raise DraftLimitError(f"Le texte a {len(claims)} chiffres ; {MAX_FIGURES} au plus : coupez-le.")
        return claims, with_taken([self.read(claim) for claim in claims])

    def read(self, claim: Claim) -> Candidates:
        """Return what one figure may be checked against in any report, as if it stood alone."""
        return Candidates.joined([reader.read(claim) for reader in self._readers])

    def _verdict(self, claim: Claim, candidates: Candidates) -> CheckedClaim:
        likely = _softmax(candidates.features() @ self._vector)
        found = [(candidate, float(share)) for candidate, share in zip(candidates.found, likely[:-1], strict=True)]
        agreeing = [(one, share) for one, share in found if one.relation in AGREEING and not (one.forbids or one.doubtful)]
        others = [(one, share) for one, share in found if one.relation not in AGREEING or one.forbids]
        own, other = sum(share for _, share in agreeing), sum(share for _, share in others)
        best, rival = _likeliest(agreeing), _likeliest(others)
        if best is not None and own >= self._model.confirms:
            verdict = Verdict.CONFIRMED if best.relation is Relation.EQUAL else Verdict.ROUNDED
            return CheckedClaim(claim=claim, verdict=verdict, likelihood=own, nearest=best)
        least = max(own, float(likely[-1]), _CONTRADICTS)
        if rival is not None and other >= least and rival.relation is not Relation.LESS_EXACT:
            rival = _of_the_year(rival, others)
            return CheckedClaim(
                claim=claim, verdict=Verdict.CONTRADICTED, likelihood=other, nearest=rival, elsewhere=_elsewhere(rival, found)
            )
        return CheckedClaim(claim=claim, verdict=Verdict.NOT_FOUND, likelihood=1 - own, nearest=_worth_telling(found))


def _likeliest(found: Sequence[tuple[Candidate, float]]) -> Candidate | None:
    return max(found, key=_share, default=(None, 0.0))[0]


def _of_the_year(rival: Candidate, others: Sequence[tuple[Candidate, float]]) -> Candidate:
    """Return the figure of the same sentence that is of the draft's year, if the likeliest is of another: it says more."""
    if not rival.features[_OTHER_YEAR] or rival.relation in SAME_NUMBER:
        return rival
    alike = [
        (one, share)
        for one, share in others
        if one.unit is rival.unit and one.figure.unit == rival.figure.unit and not one.features[_OTHER_YEAR]
    ]
    return _likeliest(alike) or rival


def _worth_telling(found: Sequence[tuple[Candidate, float]]) -> Candidate | None:
    """Return what the report says nearest to a figure not found: the same value if it prints it, else the likeliest."""
    telling = [(one, share) for one, share in found if share >= _TELLING]
    return _likeliest([(one, share) for one, share in telling if one.relation in AGREEING]) or _likeliest(telling)


def with_taken(read: Sequence[Candidates]) -> Sequence[Candidates]:
    """Return the candidates of the claims of one draft, those marked that another claim fits clearly better."""
    takers: dict[tuple[str, Span], list[_Taker]] = {}
    for claim, candidates in enumerate(read):
        if candidates.found:
            best = max(candidates.found, key=_fitness)
            takers.setdefault(best.place, []).append(_Taker(claim, _fitness(best), best.relation in AGREEING))
    return [
        replace(candidates, found=tuple(_marked(one, claim, takers.get(one.place, ())) for one in candidates.found))
        for claim, candidates in enumerate(read)
    ]


@dataclass(frozen=True, slots=True)
class _Taker:
    claim: int
    fitness: float
    agrees: bool


def _marked(candidate: Candidate, claim: int, takers: Sequence[_Taker]) -> Candidate:
    least = _fitness(candidate) + _CLEARLY
    better = [taker for taker in takers if taker.claim != claim and taker.fitness > least]
    if not better:
        return candidate
    features = candidate.features.copy()
    features[_TAKEN if any(taker.agrees for taker in better) else _CLAIMED] = 1.0
    return replace(candidate, features=features)


_FITNESS = Weights({"unit": 1.0, "figure": 2.0, "agrees": 1.5, "other_year": -1.0}).vector(CANDIDATE_FEATURES)  # not tuned


def _fitness(candidate: Candidate) -> float:
    return float(candidate.features @ _FITNESS)


def _share(pair: tuple[Candidate, float]) -> float:
    return pair[1]


def _elsewhere(rival: Candidate, found: Sequence[tuple[Candidate, float]]) -> Candidate | None:
    """Return the likeliest figure, but the contradicting one itself, that prints the draft's own value."""
    if rival.relation in SAME_NUMBER:
        return None
    return _likeliest([(one, share) for one, share in found if one.relation in AGREEING])


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())
