"""`qa-service evaluate` and `qa-service compare`: totals on stdout, progress on stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import track

from evaluation import terminal
from evaluation.cases import CaseSet, load_case_sets
from evaluation.comparison import compare_runs
from evaluation.files import read_json, to_json
from evaluation.html_report import render_report
from evaluation.judging import Verdict
from evaluation.measuring import measure_aside
from evaluation.over_http import measure, running_server
from evaluation.running import Outcome, Variant, has_cards, run_cases, signal_variants
from evaluation.runs import Run, accept, accepted_path, source_of
from evaluation.summary import summarise
from qa_service.commands.printing import current_settings
from qa_service.quality import Quality, write_quality
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service

T = TypeVar("T")
_FILE = click.Path(dir_okay=False, path_type=Path)
_RUN = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--questions", default="test", show_default=True, metavar="FICHIER",
    help="Fichier de cas, ou « dev » ou « test » : ce jeu-là pour chaque rapport indexé.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Écrire les totaux en JSON.")
@click.option("--html", "html_path", type=_FILE, help="Écrire aussi les totaux en une page HTML.")
@click.option("--out", "run_path", type=_FILE, help="Garder chaque verdict dans un fichier, pour « compare ».")
@click.option("--over-http", is_flag=True, help="Mesurer aussi les durées auprès du vrai serveur, lancé pour cela.")
@click.option("--failures", is_flag=True, help="Montrer les échecs, pour mettre au point ; jamais sur test.jsonl.")
@click.option("--accept", "accepting", is_flag=True, help="Faire des totaux sur « test » le seuil à tenir désormais.")
@click.option("--figures", "aside", flag_value="figures", help="Mesurer plutôt le relevé des chiffres (liste faite à la main).")
@click.option("--checks", "aside", flag_value="checks", help="Mesurer plutôt la vérification de textes, sur « --questions ».")
@click.option("--audit", "aside", flag_value="audit", help="Mesurer plutôt les points de vigilance et les évolutions.")
def evaluate(
    questions: str, as_json: bool, html_path: Path | None, run_path: Path | None,
    over_http: bool, failures: bool, accepting: bool, aside: str | None,
) -> None:  # fmt: skip
    """Mesure la justesse et la durée des réponses sur des questions dont la réponse est connue."""
    if accepting and questions != "test":
        raise click.UsageError("--accept ne vaut que pour le jeu « test »")
    service = load_service(current_settings())
    if aside:
        measure_aside(aside, service, questions, as_json=as_json, failures=failures)
        return
    case_sets = load_case_sets(questions, [report.document.slug for report in service.reports])
    outcomes = [outcome for case_set in case_sets for outcome in _run(service, case_set, signal_variants(service))]
    run = _run_of(case_sets, [outcome.verdict for outcome in outcomes], over_http=over_http)
    if has_cards(service):
        run = replace(run, without_cards=_without_cards(current_settings(), case_sets))
    summary = summarise(run.verdicts, run.without_cards)
    if html_path:
        html_path.write_text(render_report(run, summary), encoding="utf-8")
    if run_path:
        run_path.write_text(to_json(run), encoding="utf-8")
    for case_set in case_sets if accepting else ():
        _accept(case_set, run.verdicts)
    for case_set in case_sets if questions == "test" else ():
        _keep(case_set, run)
    if failures:
        terminal.print_failures(Console(stderr=as_json), outcomes)
    if as_json:
        click.echo(to_json(summary), nl=False)
    else:
        terminal.print_summary(Console(), summary)


@click.command()
@click.argument("run_a", type=_RUN)
@click.argument("run_b", type=_RUN)
def compare(run_a: Path, run_b: Path) -> None:
    """Compare deux essais gardés par « evaluate --out » : l’écart de chaque mesure et les cas qui ont changé."""
    before, after = read_json(run_a, Run), read_json(run_b, Run)
    if before.sources != after.sources:
        click.echo("Attention : les deux essais ne portent pas sur les mêmes questions.", err=True)
    terminal.print_differences(Console(), compare_runs(before, after))


def _run(service: QAService, case_set: CaseSet, variants: Sequence[Variant]) -> Iterator[Outcome]:
    return _track(run_cases(service, case_set, variants), case_set, "Questions")


def _without_cards(settings: Settings, case_sets: Sequence[CaseSet]) -> tuple[Verdict, ...]:
    """Ask the same questions of the reports indexed aside without their cards."""
    with TemporaryDirectory() as folder:
        bare = replace(settings, var_dir=Path(folder), cards=False)
        list(build_indexes(bare, lambda _step: None))
        service = load_service(bare)
        return tuple(outcome.verdict for case_set in case_sets for outcome in _run(service, case_set, ()))


def _run_of(case_sets: Sequence[CaseSet], verdicts: Sequence[Verdict], *, over_http: bool) -> Run:
    if over_http:
        with running_server() as url:
            times = [ms for case_set in case_sets for ms in _track(measure(url, case_set), case_set, "Par HTTP")]
        verdicts = [replace(verdict, http_ms=ms) for verdict, ms in zip(verdicts, times, strict=True)]
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Run(created_at=created_at, sources=tuple(map(source_of, case_sets)), verdicts=tuple(verdicts))


def _track(results: Iterator[T], case_set: CaseSet, what: str) -> Iterator[T]:
    """Yield `results`, one a case, while a bar on stderr shows how far they are."""
    title = f"{what} · {case_set.document or case_set.path.name}"
    yield from track(results, title, total=len(case_set.cases), console=Console(stderr=True), transient=True)


def _keep(case_set: CaseSet, run: Run) -> None:
    """Leave the totals on one report for the page that tells them."""
    accepted = accept(case_set, [verdict for verdict in run.verdicts if verdict.document == case_set.document])
    quality = Quality(cases=accepted.cases, totals=accepted.totals, created_at=run.created_at)
    write_quality(current_settings(), case_set.document, quality)


def _accept(case_set: CaseSet, verdicts: Sequence[Verdict]) -> None:
    accepted = accept(case_set, [verdict for verdict in verdicts if verdict.document == case_set.document])
    accepted_path(case_set).write_text(to_json(accepted), encoding="utf-8")
    click.echo(f"Seuil écrit dans {accepted_path(case_set)}", err=True)
