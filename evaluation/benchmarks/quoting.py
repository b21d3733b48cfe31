"""What documents quote of a run, written between two marks: the ratios in README.md, the numbers in evaluation/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from evaluation.benchmarks.results import Measured, Results, ratios
from evaluation.benchmarks.systems import SERVICE, SYSTEMS
from evaluation.errors import EvaluationError

START, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"


def quoted_ratios(results: Results) -> str:
    """Return the ratios as a Markdown table under a sentence that names the machine."""
    service = results.of(SERVICE)
    if service is None:
        raise EvaluationError("Ce service n'a pas été mesuré : il n'y a rien à quoi comparer.")
    rows = [(system.english, ratios(service, row)) for system in SYSTEMS[1:] if (row := results.of(system))]
    table = _table(
        ("times better than", "a question, median", "right passage first", "in three", "build", "cold start", "memory"),
        (
            (name, *map(_times, (r.faster, r.first, r.in_three, r.build, r.cold_start, r.memory)))
            for name, r in rows
        ),
    )  # fmt: skip
    return f"{_where(results)} Below 1 the other one is better.\n\n{table}"


def quoted_numbers(results: Results) -> str:
    """Return the measured numbers as a Markdown table under a sentence that names the machine."""
    head = (
        "system", "right passage first", "in three", "p50 ms", "p99 ms", "build s", "cold start s", "memory MiB",
        "building MiB", "characters a passage",
    )  # fmt: skip
    rows = ((system.english, *_cells(row, results)) for system in SYSTEMS if (row := results.of(system)))
    return f"{_where(results)}\n\n{_table(head, rows)}"


def put_between_marks(path: Path, text: str) -> None:
    """Replace what a document has between the marks.

    Raises:
        EvaluationError: it has no marks.
    """
    document = path.read_text(encoding="utf-8")
    if between_marks(document) is None:
        raise EvaluationError(f"« {path} » n'a pas les repères {START} et {END} ; remettez-les.")
    before, after = document.split(START)[0], document.split(END)[1]
    path.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")


def between_marks(document: str) -> str | None:
    """Return what a document has between the marks, None if it has no marks."""
    found = re.search(f"{re.escape(START)}\n(.*){re.escape(END)}", document, re.DOTALL)
    return found[1].rstrip("\n") if found else None


def _where(results: Results) -> str:
    machine = results.machine
    cores = f"{machine.cores} cores" if machine.cores > 1 else "1 core"
    threads = f"{results.threads} thread{'s' * (results.threads > 1)} each"
    return (
        f"Measured on {results.measured_on}: {machine.processor}, {cores}, {machine.memory_gib:.0f} GiB, "
        f"Python {machine.python}, {threads}; {results.questions} {results.question_set} questions, {results.passes} passes; "
        f"load average {results.load:.1f} before."
    )


def _cells(row: Measured, results: Results) -> tuple[str, ...]:
    return (
        f"{row.first / results.questions:.1%}", f"{row.in_three / results.questions:.1%}", f"{row.p50_ms:.1f}",
        f"{row.p99_ms:.1f}", f"{row.build_s:.1f}", f"{row.cold_start_s:.1f}", str(row.peak_mib), str(row.build_peak_mib),
        str(row.characters),
    )  # fmt: skip


def _times(ratio: float | None) -> str:
    if ratio is None:
        return "–"
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×" if ratio >= 1 else f"{ratio:.2f} ×"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
