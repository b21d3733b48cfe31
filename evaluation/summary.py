"""The totals of a run, as every rendering shows them: terminal, JSON, page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.cases import CaseKind, Persona, Style
from evaluation.judging import Verdict
from evaluation.metrics import METRICS, Bin, RetrievalScore, Score, percentile, reliability, retrieval_scores, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The scores of the cases that have `name` on one `axis` ("style", "persona" or "kind")."""

    axis: str
    name: str
    cases: int
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds a question, `where` it was asked: "in process" or "http"."""

    where: str
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The totals of one run; each tuple is in the order in which it is shown."""

    cases: int
    scores: tuple[Score, ...]
    groups: tuple[Group, ...]
    retrieval: tuple[RetrievalScore, ...]
    timings: tuple[Timing, ...]
    reliability: tuple[Bin, ...]
    without_cards: tuple[Score, ...] = ()


def summarise(verdicts: Sequence[Verdict], without_cards: Sequence[Verdict] = ()) -> Summary:
    """Return the totals of `verdicts`, of which there is at least one, beside those of the run without fact cards."""
    return Summary(
        cases=len(verdicts),
        scores=_scores(verdicts),
        groups=tuple(_groups(verdicts)),
        retrieval=retrieval_scores(verdicts),
        timings=tuple(_timings(verdicts)),
        reliability=reliability(verdicts),
        without_cards=_scores(without_cards) if without_cards else (),
    )


def _scores(verdicts: Sequence[Verdict]) -> tuple[Score, ...]:
    return tuple(score(metric, verdicts) for metric in METRICS)


def _groups(verdicts: Sequence[Verdict]) -> Iterator[Group]:
    for axis, names in (("style", Style), ("persona", Persona), ("kind", CaseKind)):
        for name in names:
            members = [verdict for verdict in verdicts if getattr(verdict, axis) is name]
            if members:
                yield Group(axis=axis, name=name, cases=len(members), scores=_scores(members))


def _timings(verdicts: Sequence[Verdict]) -> Iterator[Timing]:
    over_http = [verdict.http_ms for verdict in verdicts if verdict.http_ms is not None]
    for where, times in (("in process", [verdict.elapsed_ms for verdict in verdicts]), ("http", over_http)):
        if times:
            yield Timing(where=where, p50_ms=percentile(times, 0.5), p99_ms=percentile(times, 0.99))
