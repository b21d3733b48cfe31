"""What documents quote of the kept run is what its file says."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.benchmarks.quoting import between_marks, put_between_marks, quoted_numbers, quoted_ratios
from evaluation.benchmarks.results import Measured, Results, Skipped, ratios
from evaluation.benchmarks.side_by_side import KEPT
from evaluation.benchmarks.systems import SERVICE, SYSTEMS, VECTOR
from evaluation.errors import EvaluationError
from evaluation.files import read_json
from tests.conftest import ROOT
from tests.evaluation.benchmarks.made_up import MEASURED, RESULTS


@pytest.fixture(scope="module")
def kept() -> Results:
    """Return the run that the documents quote."""
    return read_json(KEPT / "results.json", Results)


def test_the_readme_quotes_the_ratios_of_the_kept_run(kept: Results) -> None:
    """With its machine; `make bench BENCH=--keep` writes both."""
    assert between_marks((ROOT / "README.md").read_text(encoding="utf-8")) == quoted_ratios(kept)


def test_the_evaluation_readme_quotes_its_numbers(kept: Results) -> None:
    """Every system that was measured has a row."""
    assert between_marks((ROOT / "evaluation" / "README.md").read_text(encoding="utf-8")) == quoted_numbers(kept)


def test_the_kept_run_is_whole(kept: Results) -> None:
    """It measured every system, on the test questions."""
    assert {row.name for row in kept.systems} == {system.name for system in SYSTEMS}
    assert (kept.question_set, kept.skipped) == ("test", ())


def test_a_ratio_above_one_favours_the_service() -> None:
    """Less time and memory, more right passages; and below one where the peer is better."""
    peer = replace(MEASURED, p50_ms=30.0, first=8, in_three=20, build_s=0.5, cold_start_s=6.0, peak_mib=500)
    found = ratios(MEASURED, peer)
    assert (found.faster, found.first, found.in_three) == (10.0, 2.0, 0.9)
    assert (found.build, found.cold_start, found.memory) == (0.5, 3.0, 2.5)


def test_nothing_right_has_no_ratio() -> None:
    """A dash, not a division by nothing."""
    peer = replace(MEASURED, name=VECTOR.name, first=0)
    assert ratios(MEASURED, peer).first is None
    assert "| llama-index, vectors | 1.0 × | – | 1.0 × |" in quoted_ratios(replace(RESULTS, systems=(MEASURED, peer)))


def test_the_numbers_name_the_machine() -> None:
    """And the questions, threads and passes."""
    where, table = quoted_numbers(RESULTS).split("\n\n")
    assert where == (
        "Measured on 2026-01-02: A processor, 2 cores, 8 GiB, Python 3.11.7, 1 thread each; "
        "20 test questions, 3 passes; load average 0.1 before."
    )
    assert table.splitlines()[-1] == "| this service | 80.0% | 90.0% | 3.0 | 9.0 | 1.0 | 2.0 | 200 | 300 | 600 |"


def test_without_the_service_there_is_nothing_to_quote() -> None:
    """A run of peers alone compares with nothing."""
    with pytest.raises(EvaluationError, match="rien à quoi comparer"):
        quoted_ratios(replace(RESULTS, systems=(), skipped=(Skipped(SERVICE.name, "arrêté"),)))


def test_only_what_is_between_the_marks_changes(tmp_path: Path) -> None:
    """Whatever stood there before; a document without marks is refused."""
    path = tmp_path / "README.md"
    path.write_text("before\n<!-- make bench: begin -->\nold\n<!-- make bench: end -->\nafter\n", encoding="utf-8")
    put_between_marks(path, "new\nlines")
    assert path.read_text(encoding="utf-8") == (
        "before\n<!-- make bench: begin -->\nnew\nlines\n<!-- make bench: end -->\nafter\n"
    )
    path.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="n'a pas les repères"):
        put_between_marks(path, "new")


def test_a_system_is_found_by_its_name() -> None:
    """None where it was not measured."""
    assert RESULTS.of(SERVICE) == MEASURED
    assert isinstance(MEASURED, Measured)
    assert RESULTS.of(VECTOR) is None
