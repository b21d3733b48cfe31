"""Metrics: pure functions of verdicts. A rate over no case is None, never 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.judging import Verdict


@dataclass(frozen=True, slots=True)
class Metric:
    """A share of cases; `hit` is None for a verdict that the metric does not count."""

    name: str
    hit: Callable[[Verdict], bool | None]
    higher_is_better: bool = True


def cited_within(verdict: Verdict, k: int) -> bool | None:
    """Say whether one of the first `k` citations holds the evidence; None when there is none to hold."""
    return verdict.cited_at is not None and verdict.cited_at <= k if verdict.answerable else None


METRICS = (
    Metric("right", lambda v: v.right if v.answerable else None),
    Metric("cite@1", lambda v: cited_within(v, 1)),
    Metric("cite@3", lambda v: cited_within(v, 3)),
    Metric("figure_exact", lambda v: v.figure_exact),
    Metric("refused", lambda v: None if v.answerable else v.refused),
    Metric("false_refusals", lambda v: v.refused if v.answerable else None, higher_is_better=False),
    Metric("follow_up_right", lambda v: v.right if v.answerable and v.follow_up else None),
    Metric("verbatim", lambda v: v.verbatim),
)


@dataclass(frozen=True, slots=True)
class Score:
    """A metric over some cases: `value` from 0 to 1, None over no case."""

    name: str
    value: float | None
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalScore:
    """How high one variant ranks a passage that holds the evidence, over the answerable cases."""

    variant: str
    recall_at_1: float
    recall_at_3: float
    recall_at_10: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers given with a confidence from `low` to below `high` (1 counts in the last), and how many are right."""

    low: float
    high: float
    answers: int
    right: int


def score(metric: Metric, verdicts: Iterable[Verdict]) -> Score:
    """Return the share of hits among the verdicts that the metric counts."""
    hits = [hit for verdict in verdicts if (hit := metric.hit(verdict)) is not None]
    return Score(metric.name, sum(hits) / len(hits) if hits else None, len(hits))


def recall_at_k(ranks: Sequence[int | None], k: int) -> float:
    """Return the share of rankings with a passage that holds the evidence in the first `k`: any one is enough."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Return the mean of 1 / rank, 0 for a ranking without the evidence."""
    return sum(1 / rank for rank in ranks if rank is not None) / len(ranks)


def retrieval_scores(verdicts: Sequence[Verdict]) -> tuple[RetrievalScore, ...]:
    """Return the scores of each variant, in the order in which they were run."""
    ranks: dict[str, list[int | None]] = {}
    for ranking in (ranking for verdict in verdicts if verdict.answerable for ranking in verdict.rankings):
        ranks.setdefault(ranking.variant, []).append(ranking.rank)
    return tuple(
        RetrievalScore(
            variant=variant,
            recall_at_1=recall_at_k(found, 1),
            recall_at_3=recall_at_k(found, 3),
            recall_at_10=recall_at_k(found, 10),
            mrr=mean_reciprocal_rank(found),
        )
        for variant, found in ranks.items()
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank)."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def reliability(verdicts: Iterable[Verdict], *, bins: int = 10) -> tuple[Bin, ...]:
    """Return the bins of confidence that hold answers, lowest first; an answer to the unanswerable is never right."""
    given = [verdict for verdict in verdicts if not verdict.refused]
    by_bin: dict[int, list[bool]] = {}
    for verdict in given:
        by_bin.setdefault(min(int(verdict.confidence * bins), bins - 1), []).append(verdict.right)
    return tuple(Bin(n / bins, (n + 1) / bins, len(right), sum(right)) for n, right in sorted(by_bin.items()))
