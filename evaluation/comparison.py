"""Two runs side by side: how far each metric moved, and which cases moved it."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.judging import Verdict
from evaluation.metrics import METRICS, Metric, score
from evaluation.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One metric in two runs, None over no case; `gained` and `lost` name the cases that turned better or worse."""

    metric: str
    before: float | None
    after: float | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare_runs(before: Run, after: Run) -> tuple[Difference, ...]:
    """Return one difference a metric; cases that only one run has count in its rates but are not named."""
    return tuple(_difference(metric, before, after) for metric in METRICS)


def _difference(metric: Metric, before: Run, after: Run) -> Difference:
    turned = [(_name(new), metric.hit(new)) for old, new in _pairs(before, after) if metric.hit(old) != metric.hit(new)]
    return Difference(
        metric=metric.name,
        before=score(metric, before.verdicts).value,
        after=score(metric, after.verdicts).value,
        gained=tuple(name for name, hit in turned if hit is metric.higher_is_better),
        lost=tuple(name for name, hit in turned if hit is not metric.higher_is_better),
    )


def _pairs(before: Run, after: Run) -> list[tuple[Verdict, Verdict]]:
    old = {_name(verdict): verdict for verdict in before.verdicts}
    return [(old[name], verdict) for verdict in after.verdicts if (name := _name(verdict)) in old]


def _name(verdict: Verdict) -> str:
    return f"{verdict.document}/{verdict.id}" if verdict.document else verdict.id
