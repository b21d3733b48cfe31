"""`make growth`: what grows, and how fast, with the collection, the reports of a service, a conversation, a text.

The sizes of the collection are measured each in a process of its own; the questions are the development ones, of which only the
times and the agreement with exact search count. Written as JSON and as a picture.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from evaluation.benchmarks.curves import Curve, Point
from evaluation.benchmarks.drawing_growth import draw
from evaluation.benchmarks.growing_index import IndexSize, Searched
from evaluation.benchmarks.growing_service import ServiceSize
from evaluation.benchmarks.growing_use import check_by_characters, question_by_turns
from evaluation.benchmarks.processes import ROOT, THREADS
from evaluation.benchmarks.results import Machine, this_machine
from evaluation.cases import QUESTIONS_DIR, load_case_sets
from evaluation.drafts import load_drafts
from evaluation.errors import EvaluationError
from evaluation.files import to_json
from evaluation.wording import decimal
from index.errors import QAError
from qa_service.commands.printing import current_settings
from qa_service.wiring import build_indexes, load_service, seed_folders

T = TypeVar("T")
KEPT = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """One run: the measured sizes, and the curves through them."""

    measured_on: str
    machine: Machine
    indexes: tuple[IndexSize, ...]
    services: tuple[ServiceSize, ...]
    curves: tuple[Curve, ...]


def curves_of_indexes(sizes: Sequence[IndexSize]) -> Iterator[Curve]:
    """Yield what grows with the passages of a collection; a kind of index measured at one size only has no curve."""
    yield _curve(sizes, "memory", "MiB", lambda size: size.peak_mib)
    yield _curve(sizes, "build, all", "s", lambda size: size.read_s + size.terms_s + size.encode_s + _exact_s(size))
    for kind in ("bm25", *dict.fromkeys(dense.kind for size in sizes for dense in size.dense)):
        measured = [size for size in sizes if _of(size, kind)]
        if len(measured) > 1:
            yield _kind_curve(measured, kind, f"build, {kind}", "s", lambda found: found.build_s)
            yield _kind_curve(measured, kind, f"size, {kind}", "MiB", lambda found: found.size_mib)
            yield _kind_curve(measured, kind, f"search, {kind}", "ms", lambda found: found.p50_ms)
            yield _kind_curve(measured, kind, f"recall@10, {kind}", "share", lambda found: found.recall_at_10)
            yield _kind_curve(measured, kind, f"recall@3, {kind}", "share", lambda found: found.recall_at_3)


def curves_of_services(sizes: Sequence[ServiceSize]) -> Iterator[Curve]:
    """Yield what grows with the reports of a service."""
    for name, unit, field in (
        ("answer", "ms", "p50_ms"), ("memory", "MiB", "peak_mib"), ("build", "s", "build_s"), ("load", "s", "load_s"),
    ):  # fmt: skip
        points = [Point(size.reports, getattr(size, field)) for size in sizes]
        yield Curve.through(points, name=name, of="reports", unit=unit)


def curves_of_use() -> Iterator[Curve]:
    """Yield what grows with a conversation and with a text to check, over the indexed reports."""
    settings = current_settings()
    list(build_indexes(settings, lambda _step: None))
    service = load_service(settings)
    slugs = [report.document.slug for report in service.reports]
    cases = load_case_sets("dev", slugs)[0].cases
    yield Curve.through(list(question_by_turns(service, cases)), name="answer", of="turns", unit="ms")
    drafts = load_drafts("dev", slugs)
    yield Curve.through(list(check_by_characters(service, drafts)), name="check", of="characters", unit="ms")


def _exact_s(size: IndexSize) -> float:
    return size.lexical.build_s + size.dense[0].build_s


def _curve(sizes: Sequence[IndexSize], name: str, unit: str, value: Callable[[IndexSize], float]) -> Curve:
    points = [Point(size.passages, value(size)) for size in sizes]
    return Curve.through(points, name=name, of="passages", unit=unit)


def _kind_curve(sizes: Sequence[IndexSize], kind: str, name: str, unit: str, value: Callable[[Searched], float]) -> Curve:
    return _curve(sizes, name, unit, lambda size: value(next(_of_kind(size, kind))))


def _of(size: IndexSize, kind: str) -> bool:
    return next(_of_kind(size, kind), None) is not None


def _of_kind(size: IndexSize, kind: str) -> Iterator[Searched]:
    return (found for found in (size.lexical, *size.dense) if found.kind == kind)


@click.command()
@click.option("--collections", default="1,10,100", show_default=True, help="Tailles de la collection, en rapports.")
@click.option("--services", default="1,3,10,30", show_default=True, help="Nombres de rapports d'un service.")
@click.option("--keep", is_flag=True, help="Garder ces résultats avec le projet.")
def main(collections: str, services: str, keep: bool) -> None:
    """Mesure ce qui croît avec la collection, le nombre de rapports, la conversation et le texte à vérifier."""
    try:
        seed = _seed_with_questions()
        indexes = tuple(_measured("growing_index", seed, size, IndexSize) for size in _sizes(collections))
        served = tuple(_measured("growing_service", seed, size, ServiceSize) for size in _sizes(services))
        curves = (*curves_of_indexes(indexes), *curves_of_services(served), *curves_of_use())
    except QAError as error:
        raise click.ClickException(str(error)) from None
    today = datetime.now(UTC).date().isoformat()
    growth = Growth(measured_on=today, machine=this_machine(), indexes=indexes, services=served, curves=curves)
    folder = KEPT if keep else current_settings().var_dir.resolve() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "growth.json").write_text(to_json(growth), encoding="utf-8")
    draw(curves, folder / "growth.svg")
    _print(curves)
    click.echo(f"Écrit dans {folder} : growth.json, growth.svg", err=True)


def _seed_with_questions() -> Path:
    seeds = [seed for seed in seed_folders(current_settings()) if (QUESTIONS_DIR / seed.name / "dev.jsonl").is_file()]
    if not seeds:
        raise EvaluationError(f"Aucun rapport n'a de questions dans {QUESTIONS_DIR}/<rapport>/dev.jsonl.")
    return seeds[0]


def _sizes(given: str) -> list[int]:
    try:
        return sorted({int(size) for size in given.split(",")})
    except ValueError:
        raise click.UsageError(f"« {given} » : des nombres séparés par des virgules sont attendus") from None


def _measured(module: str, seed: Path, reports: int, kind: type[T]) -> T:
    """Return what one size takes, measured in a process of its own with one thread."""
    click.echo(f"{module} : {reports} rapports…", err=True)
    command = (sys.executable, "-m", f"evaluation.benchmarks.{module}", str(seed.resolve()), "--reports", str(reports))
    questions = QUESTIONS_DIR / seed.name / "dev.jsonl"
    done = subprocess.run(
        [*command, "--questions", str(questions)], cwd=ROOT, env={**os.environ, **dict.fromkeys(THREADS, "1")},
        stdout=subprocess.PIPE, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise EvaluationError(f"La mesure de {reports} rapports ({module}) a échoué, code {done.returncode}.")
    return TypeAdapter(kind).validate_json(done.stdout)


def _print(curves: Sequence[Curve]) -> None:
    table = Table("croît avec", "mesure", "unité", "exposant", "mesures")
    for curve in curves:
        points = " · ".join(f"{point.x:g} : {point.y:g}" for point in curve.points)
        table.add_row(curve.of, curve.name, curve.unit, decimal(curve.exponent, 2), points)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


if __name__ == "__main__":
    main()
