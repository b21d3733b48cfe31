"""Learns the weights of the ranking and the model of confidence from development questions; never from test questions.

python -m evaluation.learning            prints what cross-validation gives and writes both data files
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import softmax

from evaluation.cases import Case
from evaluation.matching import occurs
from qa_service.ranking.features import FEATURES
from qa_service.ranking.ranker import Ranking

_PENALTY = 1e-4  # on the squared weights, against over-fitting; 1e-5 to 1e-3 change little in cross-validation


@dataclass(frozen=True, slots=True)
class RankingSample:
    """The features of all units for one case, shape (units, features), and which of them answer."""

    features: np.ndarray
    answering: np.ndarray


def ranking_sample(case: Case, ranking: Ranking) -> RankingSample | None:
    """Return the sample of an answerable case; None if no unit of this report answers it."""
    text = ranking.index.document.text
    places = [(start, start + len(quote)) for quote in case.evidence for start in _occurrences(text, quote)]
    touching = np.array(
        [
            any(ref.unit.span.start < end and start < ref.unit.span.end for start, end in places)
            for ref in ranking.index.units
        ]
    )
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


def fit_ranking(samples: Sequence[RankingSample], names: Sequence[str]) -> dict[str, float]:
    """Return a weight for each of `names`, the greatest 1.

    Softmax regression over the units of a case (ListNet's top-one likelihood, Cao et al. 2007): the answering units share the
    probability 1, all others 0.
    """
    columns = [FEATURES.index(name) for name in names]
    features = [sample.features[:, columns].astype(float) for sample in samples]
    answering = [sample.answering for sample in samples]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = _PENALTY * weights @ weights, 2 * _PENALTY * weights
        for rows, right in zip(features, answering, strict=True):
            scores = rows @ weights
            likely = softmax(scores)
            among_right = np.where(right, likely, 0.0)
            share = among_right.sum() + 1e-12
            value -= np.log(share) / len(features)
            gradient -= rows.T @ (among_right / share - likely) / len(features)
        return float(value), gradient

    found = minimize(loss, np.ones(len(columns)), jac=True, method="L-BFGS-B")
    scale = np.abs(found.x).max()
    return {name: round(float(value / scale), 4) for name, value in zip(names, found.x, strict=True)}
