"""What grows with the reports that one service has: building, loading, answering.

`python -m evaluation.benchmarks.growing_service SEED --reports N --questions FILE` measures one number of reports in a process
and prints a `ServiceSize` as JSON. The first report is the real one with its cards, the others are generated and have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from evaluation.benchmarks.collection import Generator
from evaluation.benchmarks.peers.speaking import peak_mib
from evaluation.cases import Case
from evaluation.files import read_jsonl, to_json
from evaluation.metrics import percentile
from index.reading.limits import Limits
from index.reading.report import read_report
from qa_service.model import Question
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSize:
    """A service over `reports`: seconds to build and to load, MiB on disk and at most in memory, milliseconds an answer."""

    reports: int
    build_s: float
    load_s: float
    disk_mib: float
    peak_mib: int
    p50_ms: float
    p99_ms: float


def measure(seed: Path, reports: int, questions: Sequence[str]) -> ServiceSize:
    """Return what a service over so many reports takes."""
    with TemporaryDirectory() as folder:
        settings = Settings(var_dir=Path(folder) / "var", seeds_dir=Path(folder) / "seeds")
        settings.seeds_dir.mkdir()
        (settings.seeds_dir / seed.name).symlink_to(seed.resolve(), target_is_directory=True)
        generator = Generator(read_report(seed, limits=Limits()))
        for number in range(1, reports):
            generator.write(settings.seeds_dir, number)
        started = perf_counter()
        for _ in build_indexes(settings, lambda _step: None):
            pass
        built = perf_counter()
        service = load_service(settings)
        loaded = perf_counter()
        times = [_ms(service, Question(text)) for text in questions]
        disk = sum(path.stat().st_size for path in settings.var_dir.rglob("*") if path.is_file() and not path.is_symlink())
    return ServiceSize(
        reports=reports, build_s=round(built - started, 1), load_s=round(loaded - built, 1), disk_mib=round(disk / 2**20, 2),
        peak_mib=round(peak_mib()), p50_ms=round(median(times), 2), p99_ms=round(percentile(times, 0.99), 2),
    )  # fmt: skip


def _ms(service: QAService, question: Question) -> float:
    start = perf_counter()
    service.ask(question)
    return (perf_counter() - start) * 1000


@click.command()
@click.argument("seed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reports", required=True, type=click.IntRange(1))
@click.option("--questions", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(seed: Path, reports: int, questions: Path) -> None:
    """Mesure un service qui a tant de rapports."""
    asked = [case.question for case in read_jsonl(questions, Case) if not case.history]
    click.echo(to_json(measure(seed, reports, asked)), nl=False)


if __name__ == "__main__":
    main()
