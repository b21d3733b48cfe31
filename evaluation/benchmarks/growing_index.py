"""What grows with the collection: building and searching the two kinds of index over the units of so many reports.

`python -m evaluation.benchmarks.growing_index SEED --reports N --questions FILE` measures one size in one process, so that its
peak memory is that size's, and prints an `IndexSize` as JSON. The first report is the real one, the others are generated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from sys import intern
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

import click
import faiss
import numpy as np

from evaluation.benchmarks.collection import Generator
from evaluation.benchmarks.peers.speaking import peak_mib
from evaluation.cases import Case
from evaluation.files import read_jsonl, to_json
from evaluation.metrics import percentile
from index.encoder.embedder import Embedder
from index.encoder.loading import load_embedder
from index.french.tokens import said
from index.reading.limits import Limits
from index.reading.report import read_report
from index.store.dense import DenseIndex, build_dense, build_exact
from index.store.fields import unit_in_context, unit_refs, unit_terms
from index.store.lexical import LexicalIndex

T = TypeVar("T")
DEPTH, SHOWN = 10, 3  # recall is that of the first ten, and of the first three, as many as an answer cites
_EQUAL = 1e-5  # cosines that differ by less are of the same words in another order
AS_BUILT = "as built"  # the kind that the build chooses
_EXPLORED = 128  # candidates that a search of an HNSW index keeps
_HNSW_MAX_ROWS = 200_000  # above, its graph takes more than ten minutes of one core to build


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One kind of index: seconds to build, MiB on disk, milliseconds a question, share of the exact first ten that are among
    the ten it finds, and of the first three among its three.
    """

    kind: str
    build_s: float
    size_mib: float
    p50_ms: float
    p99_ms: float
    recall_at_10: float
    recall_at_3: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSize:
    """A collection of `reports`: seconds to read it, to find its terms and to encode it; then each kind of index."""

    reports: int
    passages: int
    units: int
    words: int
    read_s: float
    terms_s: float
    encode_s: float
    lexical: Searched
    dense: tuple[Searched, ...]
    peak_mib: int


class _Units:
    """The units of a collection as they are indexed: terms for BM25, rows for FAISS; and what making them took."""

    def __init__(self, seed: Path, reports: int, embedder: Embedder) -> None:
        self.terms: list[list[str]] = []
        self.passages = 0
        self.read_s = self.terms_s = self.encode_s = 0.0
        first = read_report(seed, limits=Limits())
        rows = []
        with TemporaryDirectory() as folder:
            generator = Generator(first)
            for number in range(reports):
                rows.append(self._add(generator.write(Path(folder), number) if number else seed, embedder))
        self.rows = np.concatenate(rows)

    def _add(self, seed: Path, embedder: Embedder) -> np.ndarray:
        started = perf_counter()
        report = read_report(seed, limits=Limits())
        read = perf_counter()
        refs = unit_refs(report.passages)
        self.terms += [list(map(intern, unit_terms(ref))) for ref in refs]  # a thousand reports share most of their words
        found = perf_counter()
        rows = embedder.encode_passages([unit_in_context(ref) for ref in refs])
        self.read_s += read - started
        self.terms_s += found - read
        self.encode_s += perf_counter() - found
        self.passages += len(report.passages)
        return rows


def measure(seed: Path, reports: int, questions: Sequence[str]) -> IndexSize:
    """Return what a collection of so many reports takes."""
    embedder = load_embedder("")
    units = _Units(seed, reports, embedder)
    lexical, words = _lexical(units.terms, [said(question) for question in questions])
    size = len(units.terms)
    units.terms.clear()
    return IndexSize(
        reports=reports, passages=units.passages, units=size, words=words, read_s=round(units.read_s, 1),
        terms_s=round(units.terms_s, 1), encode_s=round(units.encode_s, 1), lexical=lexical,
        dense=tuple(_dense(units.rows, embedder.encode_queries(questions))), peak_mib=round(peak_mib()),
    )  # fmt: skip


def _lexical(documents: Sequence[Sequence[str]], questions: Sequence[Sequence[str]]) -> tuple[Searched, int]:
    index, build_s = _timed(partial(LexicalIndex.build, documents))
    times = [_timed(partial(index.scores, dict.fromkeys(terms, 1.0)))[1] * 1000 for terms in questions]
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "index")
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return _searched("bm25", build_s, size, times, (1.0, 1.0)), len(index.vocabulary)


def _dense(rows: np.ndarray, queries: np.ndarray) -> Iterator[Searched]:
    """Yield exact search over all rows, what the build chooses for so many, then each kind of FAISS index to compare with."""
    exact, build_s = _timed(partial(build_exact, rows))
    nearest, times = _first_tens(partial(_first, exact), queries)
    judge = _Judge(exact, queries, nearest)
    yield _searched(exact.kind, build_s, rows.nbytes, times, judge.recalls(nearest))
    built, build_s = _timed(partial(build_dense, rows))
    found, times = _first_tens(partial(_search, built.faiss_index), queries)
    size = len(faiss.serialize_index(built.faiss_index))
    yield _searched(AS_BUILT, build_s, size, times, judge.recalls(found))
    for kind in _kinds(len(rows)):
        yield _approximate(kind, rows, queries, judge)


def _first_tens(first: Callable[[np.ndarray], np.ndarray], queries: np.ndarray) -> tuple[list[np.ndarray], list[float]]:
    """Return the rows nearest to each query, and the milliseconds that each takes."""
    best, seconds = zip(*(_timed(partial(first, query)) for query in queries), strict=True)
    return list(best), [1000 * second for second in seconds]


def _first(index: DenseIndex, query: np.ndarray) -> np.ndarray:
    scores = index.scores(query)
    best = np.argpartition(-scores, DEPTH)[:DEPTH]
    nearest_first: np.ndarray = best[np.argsort(-scores[best])]
    return nearest_first


def _search(index: faiss.Index, query: np.ndarray) -> np.ndarray:
    """Return the rows that FAISS finds, as through llama-index's vector store."""
    rows: np.ndarray = index.search(query[None], DEPTH)[1][0]
    return rows[rows >= 0]  # -1 where fewer are found


class _Judge:
    """Says how much of the exact first is found: of ten a row counts that is as near as the tenth, since sentences recur."""

    def __init__(self, exact: DenseIndex, queries: np.ndarray, nearest: Sequence[np.ndarray]) -> None:
        self._exact = exact
        self._queries = queries
        self._nearest = [exact.scores_of(rows, query) for rows, query in zip(nearest, queries, strict=True)]

    def recalls(self, found: Sequence[np.ndarray]) -> tuple[float, float]:
        """Return the shares of the exact first ten and first three that are found, for all queries; nearest first in each."""
        return self._recall(found, DEPTH), self._recall(found, SHOWN)

    def _recall(self, found: Sequence[np.ndarray], depth: int) -> float:
        hits = [
            np.count_nonzero(self._exact.scores_of(rows[:depth], query) >= nearest[depth - 1] - _EQUAL)
            for rows, query, nearest in zip(found, self._queries, self._nearest, strict=True)
        ]
        return float(np.mean(hits)) / depth


def _kinds(size: int) -> Iterator[str]:
    yield "SQ8"
    if size <= _HNSW_MAX_ROWS:
        yield "HNSW32"


def _approximate(kind: str, rows: np.ndarray, queries: np.ndarray, judge: _Judge) -> Searched:
    index: Any = faiss.index_factory(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    if kind.startswith("HNSW"):
        index.hnsw.efSearch = _EXPLORED

    def build() -> None:
        index.train(rows)
        index.add(rows)

    _, build_s = _timed(build)
    found, times = _first_tens(partial(_search, index), queries)
    return _searched(kind, build_s, len(faiss.serialize_index(index)), times, judge.recalls(found))


def _searched(kind: str, build_s: float, size: int, times: Sequence[float], recalls: tuple[float, float]) -> Searched:
    return Searched(
        kind=kind, build_s=round(build_s, 5), size_mib=round(size / 2**20, 3), p50_ms=round(median(times), 4),
        p99_ms=round(percentile(times, 0.99), 4), recall_at_10=round(recalls[0], 3), recall_at_3=round(recalls[1], 3),
    )  # fmt: skip


def _timed(call: Callable[[], T]) -> tuple[T, float]:
    start = perf_counter()
    result = call()
    return result, perf_counter() - start


@click.command()
@click.argument("seed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reports", required=True, type=click.IntRange(1))
@click.option("--questions", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(seed: Path, reports: int, questions: Path) -> None:
    """Mesure les index d'une collection de tant de rapports."""
    asked = [case.question for case in read_jsonl(questions, Case)]
    faiss.omp_set_num_threads(1)
    click.echo(to_json(measure(seed, reports, asked)), nl=False)


if __name__ == "__main__":
    main()
