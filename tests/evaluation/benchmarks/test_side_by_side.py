"""The harness on a made-up report: real processes, the service and a peer that cannot start."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.benchmarks.drawing import draw
from evaluation.benchmarks.processes import Place, environ_of
from evaluation.benchmarks.results import Results
from evaluation.benchmarks.side_by_side import Bench
from evaluation.benchmarks.systems import SERVICE, VECTOR
from evaluation.errors import EvaluationError
from evaluation.files import read_json, to_json
from tests.evaluation.benchmarks.made_up import RESULTS
from tests.support.evaluation_service import CASE
from tests.support.mini import write_seed

VISITORS = replace(
    CASE, id="M-1", question="Combien de patineurs ?", answers=(("48 250",),), evidence=("48 250 patineurs",)
)  # fmt: skip
ELSEWHERE = replace(VISITORS, id="M-2", evidence=("nothing that the report says",))
BROKEN = replace(VECTOR, requirements="", module="evaluation.benchmarks.peers.nowhere")
CASES = (VISITORS, ELSEWHERE)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a run of two passes over the made-up report."""
    folder = tmp_path_factory.mktemp("bench")
    bench = Bench(write_seed(folder / "seed" / "val-fleuri"), CASES, threads=1, folder=folder)
    systems = (SERVICE, BROKEN)
    for system in systems:
        bench.build(system)
    for _ in range(2):
        bench.ask(systems)
    return bench


@pytest.fixture(scope="module")
def results(bench: Bench) -> Results:
    """Return what it measured."""
    return bench.results("val-fleuri", "dev", (SERVICE, BROKEN), 2)


def test_the_right_passage_is_counted(results: Results) -> None:
    """One question of two has evidence that the report says."""
    (row,) = results.systems
    assert (row.name, row.first, row.in_three, results.questions) == ("qa-service", 1, 1, 2)


def test_time_and_memory_are_measured(results: Results) -> None:
    """A process with the encoder has more than 50 MiB and less than a computer."""
    (row,) = results.systems
    assert 0 < row.p50_ms <= row.p99_ms
    assert min(row.build_s, row.cold_start_s) > 0
    assert 50 < row.peak_mib < 5_000
    assert row.characters > 0
    assert set(row.versions) == {"qa-service", "faiss-cpu", "bm25s"}


def test_a_peer_that_fails_is_left_out_with_the_reason(results: Results) -> None:
    """The others are measured all the same."""
    (skipped,) = results.skipped
    assert skipped.name == VECTOR.name
    assert "No module named evaluation.benchmarks.peers.nowhere" in skipped.reason


def test_without_the_service_there_is_no_run(tmp_path: Path) -> None:
    """What all are compared with must be there."""
    seed = write_seed(tmp_path / "val-fleuri")
    bench = Bench(seed, CASES, threads=1, folder=tmp_path / "bench")
    (seed / "report.txt").unlink()
    with pytest.raises(EvaluationError, match="le processus s'est arrêté"):
        bench.build(SERVICE)


def test_peers_get_the_text_the_passages_and_their_titles(bench: Bench) -> None:
    """What an adapter reads is the report and nothing of its cards."""
    corpus = json.loads(bench.corpus.read_text(encoding="utf-8"))
    assert corpus["top_k"] == 3
    rink = next(piece for piece in corpus["passages"] if "48 250 patineurs" in piece["text"])
    assert rink["titles"].endswith("Patinoire")
    assert all(piece["text"] in corpus["text"] for piece in corpus["passages"])
    assert "potagers collectifs" not in json.dumps(corpus)


def test_every_system_has_as_many_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the names that OpenMP, MKL, OpenBLAS and the tokenizers read; settings of the caller are not passed on."""
    monkeypatch.setenv("QA_CARDS", "off")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    place = Place(python=Path("python"), corpus=tmp_path, folder=tmp_path, seeds=tmp_path, threads=2)
    environ = environ_of(SERVICE, place)
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
    assert [environ[name] for name in names] == ["2"] * 4
    assert "QA_CARDS" not in environ


def test_results_are_kept_whole(results: Results, tmp_path: Path) -> None:
    """What is written can be read again."""
    path = tmp_path / "results.json"
    path.write_text(to_json(results), encoding="utf-8")
    assert read_json(path, Results) == results


def test_the_picture_has_a_bar_a_system(tmp_path: Path) -> None:
    """With its name as text; the same results give the same picture."""
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    draw(RESULTS, first)
    draw(RESULTS, second)
    assert "this service" in first.read_text(encoding="utf-8")
    assert first.read_bytes() == second.read_bytes()
