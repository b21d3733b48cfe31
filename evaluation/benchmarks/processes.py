"""A system as processes: one that builds its index, and for each pass one that answers every question in turn."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from evaluation.benchmarks.peers.speaking import Farewell, Reply
from evaluation.benchmarks.systems import System
from evaluation.errors import EvaluationError

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
_REPLY, _FAREWELL = TypeAdapter(Reply), TypeAdapter(Farewell)
# How many threads a library may start, and nothing asked of the network: what is measured is on this machine.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS")
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "TQDM_DISABLE": "1", "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a system runs: its Python, the file with the corpus, a folder of its own, and the seed folders of the service."""

    python: Path
    corpus: Path
    folder: Path
    seeds: Path
    threads: int


@dataclass(frozen=True, slots=True)
class Building:
    """What building took: seconds from the start of the process to its end, and its peak memory in MiB."""

    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Pass:
    """Every question once: `cold_start_s` from the start of the process to its first answer; then a reply each."""

    cold_start_s: float
    replies: tuple[Reply, ...]
    farewell: Farewell


def build(system: System, place: Place) -> Building:
    """Build the index of a system in a new process.

    Raises:
        EvaluationError: the process fails; the message has the end of what it says.
    """
    start = perf_counter()
    with _started(system, place, "build") as process:
        farewell = _read(_FAREWELL, process, place)
        process.wait()
        return Building(perf_counter() - start, farewell.peak_mib)


class Session:
    """A process of a system that has given its first answer, for one pass."""

    def __init__(self, process: subprocess.Popen[str], place: Place, first_question: str, started: float) -> None:
        self._process = process
        self._in = cast(IO[str], process.stdin)
        self._place = place
        self._replies: list[Reply] = []
        self._reply(first_question)
        self._cold_start_s = perf_counter() - started

    def ask(self, questions: Sequence[str]) -> None:
        """Ask some questions and keep the replies.

        Raises:
            EvaluationError: the process fails; the message has the end of what it says.
        """
        self._replies += [self._reply(question) for question in questions]

    def end(self) -> Pass:
        """End the process and return the pass; raises as `ask`."""
        self._in.close()
        return Pass(self._cold_start_s, tuple(self._replies), _read(_FAREWELL, self._process, self._place))

    def _reply(self, question: str) -> Reply:
        try:
            self._in.write(json.dumps(question) + "\n")
            self._in.flush()
        except BrokenPipeError:
            raise _failure(self._place) from None
        return _read(_REPLY, self._process, self._place)


@contextmanager
def answering(system: System, place: Place, first_question: str) -> Iterator[Session]:
    """Give a new process of a system, its first question answered: nothing was warm for that one.

    Raises:
        EvaluationError: as `Session.ask`.
    """
    started = perf_counter()
    with _started(system, place, "answer") as process:
        yield Session(process, place, first_question, started)


def _read(adapter: TypeAdapter[T], process: subprocess.Popen[str], place: Place) -> T:
    try:
        return adapter.validate_json(cast(IO[str], process.stdout).readline())
    except ValidationError:  # an empty line too: the process has ended
        raise _failure(place) from None


def _failure(place: Place) -> EvaluationError:
    said = _log(place).read_text(encoding="utf-8", errors="replace").split("\n")
    last = next((line for line in reversed(said) if line.strip()), "aucun message")
    return EvaluationError(f"le processus s'est arrêté : {last.strip()} (journal : {_log(place)})")


def _log(place: Place) -> Path:
    return place.folder.with_suffix(".log")


@contextmanager
def _started(system: System, place: Place, step: str) -> Iterator[subprocess.Popen[str]]:
    place.folder.mkdir(parents=True, exist_ok=True)
    command = [str(place.python), "-m", system.module, step, "--corpus", str(place.corpus), "--folder", str(place.folder)]
    command += ["--variant", system.variant] if system.variant else []
    with (
        _log(place).open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=environ_of(system, place), encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        ) as process,
    ):  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def environ_of(system: System, place: Place) -> Mapping[str, str]:
    """Return the environment of a system's process: as many threads as the others, no network, no setting of the caller."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    own = {"QA_SEEDS_DIR": str(place.seeds), "QA_VAR_DIR": str(place.folder), **system.environ}
    return {**inherited, **_OFFLINE, **dict.fromkeys(THREADS, str(place.threads)), **own}
