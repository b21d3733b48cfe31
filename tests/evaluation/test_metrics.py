"""Metrics are pure functions of verdicts."""

from dataclasses import replace

import pytest

from evaluation.metrics import (
    METRICS,
    Bin,
    RetrievalScore,
    mean_reciprocal_rank,
    percentile,
    recall_at_k,
    reliability,
    retrieval_scores,
    score,
)
from tests.support.evaluation_service import REFUSED, RIGHT

VERDICTS = (
    RIGHT,
    replace(RIGHT, id="T-003", follow_up=True, right=False, cited_at=3, figure_exact=False, confidence=0.91),
    replace(RIGHT, id="T-004", refused=True, right=False, cited_at=None, figure_exact=None, confidence=0.1),
    replace(RIGHT, id="T-005", cited_at=None, figure_exact=None, verbatim=False, confidence=1.0),
    REFUSED,
    replace(REFUSED, id="T-006", refused=False, confidence=0.25),
)


@pytest.mark.parametrize(
    ("name", "value", "cases"),
    [
        ("right", 0.5, 4),
        ("cite@1", 0.25, 4),
        ("cite@3", 0.5, 4),
        ("figure_exact", 0.5, 2),
        ("refused", 0.5, 2),
        ("false_refusals", 0.25, 4),
        ("follow_up_right", 0.0, 1),
        ("verbatim", 5 / 6, 6),
    ],
)
def test_each_metric_counts_its_own_cases(name: str, value: float, cases: int) -> None:
    """A rate is over the answerable, the unanswerable, the figures, the follow-ups or all."""
    metric = next(metric for metric in METRICS if metric.name == name)
    found = score(metric, VERDICTS)
    assert (found.value, found.cases) == (value, cases)


def test_a_rate_over_no_case_is_none() -> None:
    """Nothing to count is not zero."""
    assert score(METRICS[0], [REFUSED]).value is None


def test_recall_and_reciprocal_rank() -> None:
    """A ranking without the evidence counts as a miss in both."""
    ranks = [1, 2, None, 10]
    assert [recall_at_k(ranks, k) for k in (1, 3, 10)] == [0.25, 0.5, 0.75]
    assert mean_reciprocal_rank(ranks) == pytest.approx(0.4)


def test_retrieval_is_scored_by_variant_over_the_answerable() -> None:
    """Each variant has its scores, in the order in which it was run."""
    scores = retrieval_scores([RIGHT, REFUSED])
    assert scores[0] == RetrievalScore(variant="lexical", recall_at_1=1.0, recall_at_3=1.0, recall_at_10=1.0, mrr=1.0)
    assert scores[1] == RetrievalScore(variant="fused", recall_at_1=0.0, recall_at_3=1.0, recall_at_10=1.0, mrr=0.5)


@pytest.mark.parametrize(("share", "value"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0), (0.0, 1.0)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    """Nearest rank: half of the values are at most the median."""
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def test_reliability_sets_confidence_beside_the_share_right() -> None:
    """Refusals are left out, an answer to the unanswerable is wrong, full confidence is in the last bin."""
    assert reliability(VERDICTS) == (Bin(0.2, 0.3, 1, 0), Bin(0.9, 1.0, 3, 2))
