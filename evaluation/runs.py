"""Runs and accepted totals: files that say what was asked and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.cases import CaseSet
from evaluation.judging import Verdict
from evaluation.metrics import METRICS, score

TOLERANCE = 0.005  # half a point: less than one case of a set of 180, so losing a case shows


@dataclass(frozen=True, slots=True)
class Source:
    """The questions asked of one report: the name and the SHA-256 of their file."""

    document: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Each verdict of one run; `created_at` is RFC 3339, UTC.

    `without_cards` are those of the same questions asked without the fact cards, () where there are none.
    """

    created_at: str
    sources: tuple[Source, ...]
    verdicts: tuple[Verdict, ...]
    without_cards: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The totals below which a run on one file of questions must not fall; no verdict by case, so none to peek at."""

    source: Source
    cases: int
    totals: dict[str, float]


def source_of(case_set: CaseSet) -> Source:
    """Return what identifies the questions of `case_set`."""
    return Source(case_set.document, case_set.path.name, hashlib.sha256(case_set.path.read_bytes()).hexdigest())


def accept(case_set: CaseSet, verdicts: Sequence[Verdict]) -> Accepted:
    """Return the totals of `verdicts`, to be the floor from now on."""
    scores = [score(metric, verdicts) for metric in METRICS]
    totals = {s.name: round(s.value, 4) for s in scores if s.value is not None}
    return Accepted(source=source_of(case_set), cases=len(verdicts), totals=totals)


def accepted_path(case_set: CaseSet) -> Path:
    """Return where the accepted totals of a set stand: beside its questions."""
    return case_set.path.with_name("accepted.json")


def shortfalls(accepted: Accepted, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Return one line for each metric that is worse than accepted by more than `TOLERANCE`; empty is good."""
    lines = []
    for metric in METRICS:
        value, floor = score(metric, verdicts).value, accepted.totals.get(metric.name)
        if value is None or floor is None:
            continue
        loss = floor - value if metric.higher_is_better else value - floor
        if loss > TOLERANCE:
            lines.append(f"{metric.name} {value:.4f}, accepted {floor:.4f}")
    return tuple(lines)
