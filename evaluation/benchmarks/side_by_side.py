"""`make bench`: this service beside its peers, on the same report and the same questions, in one run.

Every system is a process of its own in an environment of its own. Each builds its index once; then, in each pass, each is
started anew, asked the first question (cold start), and asked every question in the same order, in turns with the others. Only
totals are printed and kept.
"""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from evaluation.benchmarks.drawing import draw
from evaluation.benchmarks.environments import python_of
from evaluation.benchmarks.peers.speaking import Corpus, Piece
from evaluation.benchmarks.processes import ROOT, Building, Pass, Place, Session, answering, build
from evaluation.benchmarks.quoting import put_between_marks, quoted_numbers, quoted_ratios
from evaluation.benchmarks.results import Results, Skipped, measured, this_machine
from evaluation.benchmarks.systems import SERVICE, SYSTEMS, System
from evaluation.cases import Case, load_case_sets
from evaluation.errors import EvaluationError
from evaluation.files import to_json
from evaluation.wording import decimal, points
from index.errors import QAError
from index.reading.limits import Limits
from index.reading.report import read_report
from index.store.fields import heading_text
from qa_service.commands.printing import current_settings
from qa_service.wiring import seed_folders

TOP_K = 3  # « in three »
BLOCK = 20  # questions to one system before the next one's turn: enough for its data to be in the processor's cache
KEPT = Path(__file__).parent  # results.json and results.svg, quoted by the documents


class Bench:
    """One run over one report: where its files stand, and what each system gave so far."""

    def __init__(self, seed: Path, cases: Sequence[Case], *, threads: int, folder: Path) -> None:
        self.cases = cases
        self._threads = threads
        self._folder = folder
        self._seeds = folder / "seeds"
        self.corpus = folder / "corpus.json"
        self._places: dict[str, Place] = {}
        self._buildings: dict[str, Building] = {}
        self._passes: dict[str, list[Pass]] = {}
        self._load = round(os.getloadavg()[0], 1)
        self.skipped: dict[str, str] = {}
        self._write(seed)

    def _write(self, seed: Path) -> None:
        self._seeds.mkdir(parents=True, exist_ok=True)
        for link in self._seeds.iterdir():
            link.unlink()
        (self._seeds / seed.name).symlink_to(seed.resolve(), target_is_directory=True)
        report = read_report(seed, limits=Limits())
        pieces = tuple(Piece(heading_text(passage), passage.text) for passage in report.passages)
        corpus = Corpus(text=report.document.text, passages=pieces, top_k=TOP_K)
        self.corpus.write_text(json.dumps(asdict(corpus)), encoding="utf-8")

    def build(self, system: System) -> None:
        """Make the environment of a system and build its index; a peer that fails is left out, with the reason."""
        self._do(system, self._build)

    def ask(self, systems: Sequence[System]) -> None:
        """Ask every question of all systems once more, each in a new process; left out likewise.

        They take turns, a block of questions each, and the first of a round is the last of the next: what else the machine
        does meanwhile falls on all alike.
        """
        questions = [case.question for case in self.cases]
        with ExitStack() as stack:
            sessions: dict[str, Session] = {}

            def begin(system: System) -> None:
                sessions[system.name] = stack.enter_context(answering(system, self._places[system.name], questions[0]))

            def ask(system: System, block: Sequence[str]) -> None:
                sessions[system.name].ask(block)

            def end(system: System) -> None:
                self._passes.setdefault(system.name, []).append(sessions[system.name].end())

            for system in systems:
                self._do(system, begin)
            turns = deque(systems)
            for start in range(0, len(questions), BLOCK):
                for system in turns:
                    self._do(system, partial(ask, block=questions[start : start + BLOCK]))
                turns.rotate(-1)
            for system in systems:
                self._do(system, end)

    def _build(self, system: System) -> None:
        python = python_of(system, self._folder / "environments")
        folder = self._folder / "indexes" / system.name
        place = Place(python=python, corpus=self.corpus, folder=folder, seeds=self._seeds, threads=self._threads)
        self._buildings[system.name] = build(system, place)
        self._places[system.name] = place

    def _do(self, system: System, step: Callable[[System], None]) -> None:
        """Do a step of a system that was not left out; where it fails, it is, unless it is the service."""
        if system.name in self.skipped:
            return
        try:
            step(system)
        except EvaluationError as error:
            if system is SERVICE:
                raise
            self.skipped[system.name] = str(error)

    def results(self, document: str, question_set: str, systems: Sequence[System], passes: int) -> Results:
        """Return what all systems did."""
        rows = [system for system in systems if system.name not in self.skipped]
        return Results(
            measured_on=datetime.now(UTC).date().isoformat(), machine=this_machine(), document=document,
            question_set=question_set, questions=len(self.cases), passes=passes, threads=self._threads,
            load=self._load,
            systems=tuple(measured(s, self.cases, self._buildings[s.name], self._passes[s.name]) for s in rows),
            skipped=tuple(Skipped(name, reason) for name, reason in self.skipped.items()),
        )  # fmt: skip


@click.command()
@click.option("--questions", type=click.Choice(("dev", "test")), default="test", show_default=True, help="Le jeu de questions.")
@click.option("--passes", default=3, show_default=True, type=click.IntRange(1, 50), help="Combien de fois tout demander.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 256), help="Fils de calcul de chaque système.")
@click.option(
    "--only", multiple=True, type=click.Choice([s.name for s in SYSTEMS]), help="Seulement ce système, et le service."
)
@click.option("--keep", is_flag=True, help="Garder ces résultats : ceux que citent README.md et evaluation/README.md.")
def main(questions: str, passes: int, threads: int, only: tuple[str, ...], keep: bool) -> None:
    """Mesure ce service à côté de llama-index, txtai et haystack : même rapport, mêmes questions."""
    if keep and (only or questions != "test"):
        raise click.UsageError("--keep ne vaut que pour tous les systèmes, sur le jeu « test »")
    try:
        results = _run(questions, passes, threads, [s for s in SYSTEMS if not only or s is SERVICE or s.name in only])
    except QAError as error:
        raise click.ClickException(str(error)) from None
    folder = _folder()
    _write(results, folder)
    _print(results)
    if keep:
        _write(results, KEPT)
        put_between_marks(ROOT / "README.md", quoted_ratios(results))
        put_between_marks(ROOT / "evaluation" / "README.md", quoted_numbers(results))
    click.echo(f"Écrit dans {KEPT if keep else folder} : results.json, results.svg", err=True)


def _folder() -> Path:
    return current_settings().var_dir.resolve() / "bench"


def _run(questions: str, passes: int, threads: int, systems: Sequence[System]) -> Results:
    seeds = seed_folders(current_settings())
    case_set = load_case_sets(questions, [seed.name for seed in seeds])[0]
    seed = next(seed for seed in seeds if seed.name == case_set.document)
    # A follow-up is no question to a system without a conversation, and what the report does not say has no right passage.
    cases = [case for case in case_set.cases if case.answerable and not case.history]
    bench = Bench(seed, cases, threads=threads, folder=_folder())
    for system in systems:
        click.echo(f"{system.label} : installation et index…", err=True)
        bench.build(system)
    for number in range(1, passes + 1):
        click.echo(f"{len(cases)} questions à chacun, passage {number} sur {passes}…", err=True)
        bench.ask(systems)
    return bench.results(seed.name, questions, systems, passes)


def _write(results: Results, folder: Path) -> None:
    (folder / "results.json").write_text(to_json(results), encoding="utf-8")
    draw(results, folder / "results.svg")


def _print(results: Results) -> None:
    columns = (
        "bon passage en premier, %", "parmi trois", "p50 ms", "p99 ms", "index s", "première réponse s", "mémoire Mio",
        "caractères par passage",
    )  # fmt: skip
    table = Table("", *columns)
    for system in SYSTEMS:
        row = results.of(system)
        if row is not None:
            shares = (points(row.first / results.questions), points(row.in_three / results.questions))
            seconds = (decimal(row.p50_ms), decimal(row.p99_ms), decimal(row.build_s), decimal(row.cold_start_s))
            table.add_row(system.label, *shares, *seconds, str(row.peak_mib), str(row.characters))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    for skipped in results.skipped:
        click.echo(f"{skipped.name} : non mesuré, {skipped.reason}", err=True)


if __name__ == "__main__":
    main()
