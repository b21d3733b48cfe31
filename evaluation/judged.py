"""What readers found in a report by hand: what they would stop at, and what it gives for several years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict

from evaluation.drafts import places_of
from evaluation.files import read_jsonl
from index.auditing import Finding
from index.model import Span
from index.store.report_index import ReportIndex

AUDITS_DIR = Path(__file__).parent / "audits"
EVOLUTIONS_DIR = Path(__file__).parent / "evolutions"


class Judgement(StrEnum):
    """How sure the reader is that something is wrong."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Something that a careful reader stopped at, with the words of the report and why."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: str
    judgement: Judgement
    figures: tuple[str, ...]
    quotes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPoint:
    """A value of one year, as the report prints it in `quote`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    period: str
    figure: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the report gives for two years or more, as a reader lists it; `said` is what it says of the change, or ""."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    what: str
    points: tuple[StatedPoint, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTotals:
    """Of the findings `shown`, `real` are judged so; of what the reader is `sure` of, `sure_shown` is shown."""

    shown: int
    real: int
    sure: int
    sure_shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvolutionTotals:
    """Of the evolutions that readers `stated`, `found` are found; `extracted` counts all that are."""

    stated: int
    found: int
    extracted: int


def audit_totals(report: ReportIndex, *, root: Path = AUDITS_DIR) -> AuditTotals:
    """Hold the findings on a report against the judgement of its reader."""
    judged = read_jsonl(root / f"{report.document.slug}.jsonl", Judged)
    real = [one for one in judged if one.judgement is not Judgement.DOUBTFUL]
    sure = [one for one in judged if one.judgement is Judgement.SURE]
    return AuditTotals(
        shown=len(report.findings),
        real=sum(any(_same(report, finding, one) for one in real) for finding in report.findings),
        sure=len(sure),
        sure_shown=sum(any(_same(report, finding, one) for finding in report.findings) for one in sure),
    )


def _same(report: ReportIndex, finding: Finding, judged: Judged) -> bool:
    """Tell whether a finding is about figures that the reader quoted: two of them, or its only one."""
    places = [place for quote in judged.quotes for place in places_of(quote, report.document.text)]
    inside = [span for span in finding.figures if any(span in place for place in places)]
    return len(inside) >= min(2, len(finding.figures))


def evolution_totals(report: ReportIndex, *, root: Path = EVOLUTIONS_DIR) -> EvolutionTotals:
    """Hold the evolutions of a report against those that its reader lists."""
    stated = read_jsonl(root / f"{report.document.slug}.jsonl", Stated)
    text = report.document.text
    series = [[(point.span, point.text) for point in evolution.points] for evolution in report.evolutions]
    return EvolutionTotals(
        stated=len(stated),
        found=sum(any(_states(text, one, points) for points in series) for one in stated),
        extracted=len(report.evolutions),
    )


def _states(text: str, stated: Stated, points: Sequence[tuple[Span, str]]) -> bool:
    """Tell whether each value that the reader lists is a point of a series."""
    for wanted in stated.points:
        places = places_of(wanted.quote, text)
        if not any(printed in wanted.figure and any(span in place for place in places) for span, printed in points):
            return False
    return True
