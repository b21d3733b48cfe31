"""What `qa-service evaluate` measures beside answers: the register of figures, checked drafts, points to check, evolutions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from time import perf_counter

import click
from rich.console import Console

from evaluation import terminal
from evaluation.drafts import CheckTotals, Draft, load_drafts, totals, verdict_of
from evaluation.errors import EvaluationError
from evaluation.files import to_json
from evaluation.golden_figures import ReportFigures, golden_path, load_excerpts, match_figures, score_figures
from evaluation.judged import AUDITS_DIR, EVOLUTIONS_DIR, AuditTotals, EvolutionTotals, audit_totals, evolution_totals
from qa_service.checking.checker import MAX_CHARS, Check
from qa_service.service import QAService


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """The totals of checked drafts, and the seconds that `characters` of them with `figures` figures take together."""

    totals: CheckTotals
    characters: int
    figures: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAudit:
    """The points to check and the evolutions of one report against what its reader found."""

    document: str
    audit: AuditTotals
    evolutions: EvolutionTotals


def measure_aside(what: str, service: QAService, questions: str, *, as_json: bool, failures: bool) -> None:
    """Print the totals of "figures", "checks" or "audit"; `questions` names the drafts.

    Raises:
        EvaluationError: no indexed report has what they are measured on.
    """
    _MEASURES[what](service, questions, as_json, failures)


def _figures(service: QAService, _questions: str, as_json: bool, failures: bool) -> None:
    measured = [report for report in service.reports if golden_path(report.document).exists()]
    if not measured:
        raise EvaluationError("Aucune liste de chiffres dans evaluation/figures pour un rapport indexé.")
    results = []
    for report in measured:
        matches = match_figures(load_excerpts(golden_path(report.document), report.document), report.figures)
        results.append(ReportFigures(report.document.slug, score_figures(matches)))
        if failures:
            terminal.print_misses(Console(stderr=as_json), matches)
    if as_json:
        click.echo(to_json(tuple(results)), nl=False)
    else:
        terminal.print_figures(Console(), results)


def _checks(service: QAService, questions: str, as_json: bool, failures: bool) -> None:
    drafts = load_drafts(questions, [report.document.slug for report in service.reports])
    checks = [service.checker.check(draft.text) for draft in drafts]
    page = _page(drafts)
    started = perf_counter()
    figures = len(service.checker.check(page).claims)
    run = CheckRun(
        totals=totals(drafts, checks),
        characters=len(page),
        figures=figures,
        seconds=round(perf_counter() - started, 2),
    )
    if failures:
        for line in _wrong(drafts, checks):
            Console(stderr=as_json).print(line, markup=False, highlight=False)
    _print(run, as_json, {**asdict(run.totals), "characters": len(page), "figures": figures, "seconds": run.seconds})


def _page(drafts: tuple[Draft, ...]) -> str:
    """Return as many of the drafts, again from the first, as one text to check may hold."""
    texts, page = [draft.text for draft in drafts], ""
    for place in range(MAX_CHARS):
        text = texts[place % len(texts)]
        if len(page) + len(text) + 2 > MAX_CHARS:
            return page
        page += text + "\n\n"
    return page


def _wrong(drafts: tuple[Draft, ...], checks: list[Check]) -> Iterator[str]:
    for draft, check in zip(drafts, checks, strict=True):
        for claim in draft.claims:
            given = verdict_of(check, draft.place(claim))
            if given is not claim.verdict:
                yield f"{draft.id} {claim.before}[{claim.figure}] attendu {claim.verdict}, reçu {given} : {claim.note}"


def _audit(service: QAService, _questions: str, as_json: bool, _failures: bool) -> None:
    read = [
        report
        for report in service.reports
        if all((folder / f"{report.document.slug}.jsonl").exists() for folder in (AUDITS_DIR, EVOLUTIONS_DIR))
    ]
    if not read:
        raise EvaluationError("Aucune lecture dans evaluation/audits et evaluation/evolutions pour un rapport indexé.")
    for report in read:
        result = ReportAudit(document=report.document.slug, audit=audit_totals(report), evolutions=evolution_totals(report))
        _print(result, as_json, {**asdict(result.audit), **asdict(result.evolutions)})


def _print(result: object, as_json: bool, numbers: Mapping[str, object]) -> None:
    if as_json:
        click.echo(to_json(result), nl=False)
    else:
        terminal.print_numbers(Console(), numbers)


_MEASURES: Mapping[str, Callable[[QAService, str, bool, bool], None]] = {
    "figures": _figures,
    "checks": _checks,
    "audit": _audit,
}
