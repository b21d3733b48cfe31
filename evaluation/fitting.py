"""Fitting: ranking weights by listwise softmax, confidence by logistic regression. Pure functions of samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, softmax

from evaluation.cases import Case
from evaluation.matching import occurs
from qa_service.answering.evidence import EVIDENCE
from qa_service.ranking.ranker import Ranking

FOLDS = 10
_PENALTY = 1e-4  # on the squared ranking weights: keeps them finite where a feature parts the samples. Not tuned
_SHRINK = 0.02  # on the squared weights of standardised evidence, of which there is little to learn from
_WRONG = 3.0  # what a wrong answer costs, in refusals of a right one
_MOST_FALSE_REFUSALS = 0.025  # whatever wrong answers cost, users give up on a service that refuses more
_UNANSWERABLE = 0.2  # share of questions that a report does not answer, as in the evaluation sets


@dataclass(frozen=True, slots=True)
class RankingSample:
    """The features of all units, or figures, for one question, shape (units, features), and which of them answer.

    `weight` is how many questions it counts for.
    """

    features: np.ndarray
    answering: np.ndarray
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class EvidenceSample:
    """The evidence for the answer to one case, and how the answer turned out."""

    values: np.ndarray
    right: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of the evidence as it is, not standardised; `refused` and `false_refusals` in cross-validation, 0 to 1."""

    bias: float
    weights: Mapping[str, float]
    threshold: float
    refused: float
    false_refusals: float


def ranking_sample(case: Case, ranking: Ranking) -> RankingSample | None:
    """Return the sample of an answerable case; None if no unit of this report answers it."""
    text = ranking.index.document.text
    places = [(start, start + len(quote)) for quote in case.evidence for start in _occurrences(text, quote)]
    spans = [ref.unit.span for ref in ranking.index.units]
    touching = np.array([any(span.start < end and start < span.end for start, end in places) for span in spans])
    if not touching.any():
        return None
    complete = np.array([touches and _states(case, position, ranking) for position, touches in enumerate(touching)])
    return RankingSample(ranking.features, complete if complete.any() else touching)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _states(case: Case, position: int, ranking: Ranking) -> bool:
    text = ranking.index.units[position].unit.text
    return all(any(occurs(writing, text) for writing in piece) for piece in case.answers)


def fit_ranking(samples: Sequence[RankingSample], names: Sequence[str], features: Sequence[str]) -> dict[str, float]:
    """Return a weight for each of `names`, the greatest 1; `features` names the columns of the samples.

    Only the order that the weights give matters: they are as `fit_choice` finds them, times a constant.
    """
    columns = [features.index(name) for name in names]
    found = fit_choice([replace(sample, features=sample.features[:, columns]) for sample in samples], names)
    greatest = max(map(abs, found.values()))
    return {name: round(value / greatest, 4) for name, value in found.items()}


def fit_choice(samples: Sequence[RankingSample], names: Sequence[str], *, penalty: float = _PENALTY) -> dict[str, float]:
    """Return a weight for each column of the samples, by which the softmax of a sample's rows is their likelihood.

    The answering rows of a sample share the probability 1, all others 0 (ListNet's top-one likelihood, Cao et al. 2007).
    """
    rows = [sample.features.astype(float) for sample in samples]
    total = sum(sample.weight for sample in samples)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = penalty * weights @ weights, 2 * penalty * weights
        for matrix, sample in zip(rows, samples, strict=True):
            likely = softmax(matrix @ weights)
            among_right = np.where(sample.answering, likely, 0.0)
            share = among_right.sum() + 1e-12
            value -= sample.weight * np.log(share) / total
            gradient -= sample.weight * matrix.T @ (among_right / share - likely) / total
        return float(value), gradient

    found = minimize(loss, np.ones(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 4) for name, value in zip(names, found, strict=True)}


def cross_validated(
    samples: Sequence[RankingSample], names: Sequence[str], features: Sequence[str], beside: Sequence[RankingSample] = ()
) -> float:
    """Return the share of samples whose best unit answers by weights learnt on the others and on those `beside`.

    The other arguments are as in `fit_ranking`.
    """
    shares = []
    for fold in range(FOLDS):
        others = [sample for i, sample in enumerate(samples) if i % FOLDS != fold]
        learnt = fit_ranking([*others, *beside], names, features)
        held = [sample for i, sample in enumerate(samples) if i % FOLDS == fold]
        shares.append(share_first(held, learnt, features))
    return float(np.mean(shares))


def share_first(samples: Sequence[RankingSample], weights: Mapping[str, float], features: Sequence[str]) -> float:
    """Return the share of samples whose best unit answers; `features` as in `fit_ranking`."""
    vector = np.array([weights.get(name, 0.0) for name in features])
    return float(np.mean([sample.answering[np.argmax(sample.features @ vector)] for sample in samples]))


def fit_confidence(samples: Sequence[EvidenceSample]) -> ConfidenceModel:
    """Return the model of a right answer, and the threshold of least cost in cross-validation."""
    values = np.array([sample.values for sample in samples], dtype=float)
    right = np.array([sample.right for sample in samples])
    answerable = np.array([sample.answerable for sample in samples])
    weight = np.where(answerable, (1 - _UNANSWERABLE) / answerable.mean(), _UNANSWERABLE / (1 - answerable.mean()))
    likely = np.zeros(len(samples))
    for fold in range(FOLDS):
        held = np.arange(len(samples)) % FOLDS == fold
        bias, weights = _logistic(values[~held], right[~held], weight[~held])
        likely[held] = expit(bias + values[held] @ weights)
    threshold = _threshold(likely, right, answerable, weight)
    bias, weights = _logistic(values, right, weight)
    return ConfidenceModel(
        bias=round(float(bias), 4),
        weights={name: round(float(value), 4) for name, value in zip(EVIDENCE, weights, strict=True)},
        threshold=threshold,
        refused=float(np.mean(likely[~answerable] < threshold)),
        false_refusals=float(np.mean(likely[answerable] < threshold)),
    )


def _logistic(values: np.ndarray, right: np.ndarray, weight: np.ndarray) -> tuple[float, np.ndarray]:
    centre, spread = values.mean(axis=0), values.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    standard = np.column_stack([np.ones(len(values)), (values - centre) / spread])
    shrink = np.r_[0.0, np.full(values.shape[1], _SHRINK)]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        scores = standard @ parameters
        value = weight @ (np.logaddexp(0, scores) - right * scores) / len(values) + shrink @ parameters**2
        gradient = standard.T @ (weight * (expit(scores) - right)) / len(values) + 2 * shrink * parameters
        return float(value), gradient

    found = minimize(loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[1:] / spread
    return float(found[0] - weights @ centre), weights


def _threshold(likely: np.ndarray, right: np.ndarray, answerable: np.ndarray, weight: np.ndarray) -> float:
    """Return the threshold of least cost among those that do not refuse too many answerable questions."""
    candidates = [t for t in np.arange(0.02, 0.9, 0.01) if np.mean(likely[answerable] < t) <= _MOST_FALSE_REFUSALS]
    costs = []
    for candidate in candidates:
        answered = likely >= candidate
        costs.append(weight @ (_WRONG * (answered & ~right) + (~answered & right)))
    return round(float(candidates[int(np.argmin(costs))]), 2)
