"""`python -m evaluation.benchmarks.serving`: what an answer takes in process and over HTTP, and what it takes to start.

Everything is measured on the development questions, each asked by itself. Servers are `qa-service serve` with a database of
their own; clients run on the same machine and share its cores. Memory is resident memory, what processes share included.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import urlopen

import click
from rich.console import Console
from rich.table import Table

from evaluation.benchmarks.load import ask_all
from evaluation.cases import load_case_sets, questions_of
from evaluation.metrics import percentile
from evaluation.over_http import running_server
from qa_service.commands.printing import current_settings
from qa_service.model import Question
from qa_service.wiring import load_service, seed_folders

_CLIENTS, _WORKERS = 16, 2
_WARM_UP = 50  # questions asked before the clock runs
_MEMORY = "qa_resident_memory_bytes{"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Times in milliseconds or seconds, as named; `errors` are the responses under load that were no answer."""

    in_process_p50_ms: float
    in_process_p99_ms: float
    http_p50_ms: float
    http_p99_ms: float
    answers_per_s: float
    errors: int
    ready_s: float
    ask_s: float
    build_s: float
    largest_process_mib: float


def measure(questions: Sequence[str], *, seconds: float, times: int) -> Serving:
    """Measure everything, under load for `seconds`, each start `times` times (the median is returned)."""
    in_process = _in_process(questions)
    with fresh_database() as environment:
        with running_server(settings=environment) as address:
            ask_all(address, questions[:_WARM_UP], clients=1, seconds=1)
            alone = ask_all(address, questions, clients=1, seconds=seconds)
            memory = _largest_mib(address)
        with running_server(workers=_WORKERS, settings=environment) as address:
            ask_all(address, questions[:_WARM_UP], clients=_CLIENTS, seconds=1)
            load = ask_all(address, questions, clients=_CLIENTS, seconds=seconds)
        ready_s = median(_ready_s(environment) for _ in range(times))
        ask_s = median(_timed(lambda: _run("ask", questions[0], **environment)) for _ in range(times))
    return Serving(
        in_process_p50_ms=median(in_process),
        in_process_p99_ms=percentile(in_process, 0.99),
        http_p50_ms=median(alone.answers_ms),
        http_p99_ms=percentile(alone.answers_ms, 0.99),
        answers_per_s=load.per_second,
        errors=alone.errors + load.errors,
        ready_s=ready_s,
        ask_s=ask_s,
        build_s=median(_build_s() for _ in range(times)),
        largest_process_mib=memory,
    )


def _in_process(questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question in a process of its own, which loads nothing else."""
    script = f"from evaluation.benchmarks.serving import print_times; print_times({_WARM_UP})"
    # As in a worker: the libraries read it when they are imported.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command, asked = [sys.executable, "-c", script], json.dumps(list(questions)).encode()
    times: list[float] = json.loads(
        subprocess.run(command, input=asked, env=environment, stdout=subprocess.PIPE, check=True).stdout
    )
    return times


def print_times(warm_up: int) -> None:
    """Answer the questions of standard input, a JSON list, and print the milliseconds of each as another."""
    questions = [Question(text) for text in json.load(sys.stdin)]
    service = load_service(current_settings())
    for question in questions[:warm_up]:
        service.ask(question)
    click.echo(json.dumps([_timed(partial(service.ask, question)) * 1000 for question in questions]))


@contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """Yield the environment of a service over the indexes in place, with conversations of its own."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "indexes").symlink_to((current_settings().var_dir / "indexes").resolve())
        yield {"QA_VAR_DIR": folder}


def _ready_s(environment: dict[str, str]) -> float:
    start = perf_counter()
    with running_server(settings=environment):
        return perf_counter() - start


def _largest_mib(address: str) -> float:
    """Return the resident memory of the largest process of a server, as its metrics tell it."""
    with urlopen(f"{address}/metrics") as response:  # nosec B310  # the server that was started here
        told = response.read().decode()
    return max(float(line.split()[-1]) for line in told.splitlines() if line.startswith(_MEMORY)) / 2**20


def _build_s() -> float:
    with TemporaryDirectory() as folder:
        return _timed(lambda: _run("build", QA_VAR_DIR=folder))


def _run(*arguments: str, **environment: str) -> None:
    command = [str(Path(sys.executable).with_name("qa-service")), *arguments]
    subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def _timed(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    return perf_counter() - start


@click.command()
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(1, 600), help="Durée de chaque charge.")
@click.option("--times", default=5, show_default=True, type=click.IntRange(1, 50), help="Démarrages mesurés.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Fichier où écrire les mesures.")
def main(seconds: float, times: int, path: Path | None) -> None:
    """Mesure le temps d'une réponse, le débit, le démarrage et la mémoire du service."""
    documents = [seed.name for seed in seed_folders(current_settings())]
    questions = questions_of(load_case_sets("dev", documents))
    measured = {name: round(value, 3) for name, value in asdict(measure(questions, seconds=seconds, times=times)).items()}
    table = Table("mesure", "valeur")
    for name, value in measured.items():
        table.add_row(name, f"{value:.2f}")
    Console().print(table)
    if path:
        path.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
