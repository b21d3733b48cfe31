"""Dense vectors in FAISS, in the file that llama-index's `FaissVectorStore` keeps: searched exactly, or by inverted lists."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.errors import IndexCorruptError

# Above so many rows exact search takes over a millisecond; for 137,000 it takes 18, inverted lists one: see `make growth`.
EXACT_UP_TO = 20_000
_PROBES = 64  # lists that a query looks into
_FOUND = 1000  # rows whose scores a query by inverted lists gets
_SAMPLE = 40  # rows a list, to find the lists by; FAISS asks for 39 to 256
_ROUNDS = 6  # of k-means, which takes most of the time of such a build


class DenseIndex(ABC):
    """One row of length 1 a text; immutable once built."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @property
    def faiss_index(self) -> faiss.Index:
        """The index itself, for llama-index's vector store."""
        return self._index

    @property
    def size(self) -> int:
        """How many rows it holds."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a row."""
        return int(self._index.d)

    @property
    @abstractmethod
    def kind(self) -> str:
        """How it is searched, as FAISS's index factory names it."""

    @abstractmethod
    def scores(self, row: np.ndarray) -> np.ndarray:
        """Return the cosine of `row`, shape (dimension,), with each text: float32, shape (texts,); 0 for one not found."""

    @abstractmethod
    def scores_of(self, texts: Sequence[int] | np.ndarray, row: np.ndarray) -> np.ndarray:
        """Return the cosine of `row`, shape (dimension,), with each of the texts of these numbers: float32, shape (texts,)."""

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))


class ExactIndex(DenseIndex):
    """Compares with every row."""

    def __init__(self, index: faiss.Index) -> None:
        super().__init__(index)
        # The rows where FAISS keeps them. All scores are wanted: a search for all also sorts them, ten times as long.
        rows = index.get_xb()  # type: ignore[attr-defined]  # the stubs give it to no class
        self._rows = faiss.rev_swig_ptr(rows, index.ntotal * index.d).reshape(index.ntotal, index.d)

    @property
    def kind(self) -> str:
        """As of `DenseIndex`."""
        return "Flat"

    def scores(self, row: np.ndarray) -> np.ndarray:
        """As of `DenseIndex`; every text is found."""
        scores: np.ndarray = self._rows @ row.astype(np.float32)
        return scores

    def scores_of(self, texts: Sequence[int] | np.ndarray, row: np.ndarray) -> np.ndarray:
        """As of `DenseIndex`."""
        numbers, vector = np.array(texts, dtype=np.int64), np.ascontiguousarray(row, dtype=np.float32)
        scores = np.empty(len(numbers), dtype=np.float32)
        if len(numbers):  # reads the rows where they are, where NumPy would copy them first
            query, out, labels = faiss.swig_ptr(vector), faiss.swig_ptr(scores), faiss.swig_ptr(numbers)
            self._index.compute_distance_subset(1, query, len(numbers), out, labels)  # type: ignore[attr-defined]  # as above
        return scores

    def means(self, starts: np.ndarray) -> np.ndarray:
        """Return the mean row of each run of rows, from one of `starts` to the next: float32, shape (runs, dimension)."""
        counts = np.diff(starts, append=self.size)
        means: np.ndarray = np.add.reduceat(self._rows, starts) / counts[:, None].astype(np.float32)
        return means


class InvertedIndex(DenseIndex):
    """Compares with the rows of the lists nearest to the query (Sivic and Zisserman 2003), kept in half precision."""

    def __init__(self, index: faiss.IndexIVF) -> None:
        super().__init__(index)
        index.make_direct_map()  # where each row is, for `scores_of`

    @property
    def kind(self) -> str:
        """As of `DenseIndex`."""
        return f"IVF{self._index.nlist},SQfp16"  # type: ignore[attr-defined]  # of this class

    def scores(self, row: np.ndarray) -> np.ndarray:
        """As of `DenseIndex`; the nearest 1,000 are found."""
        cosines, texts = self._index.search(row[None].astype(np.float32), _FOUND)
        found = texts[0] >= 0  # lists that are short of rows give -1
        scores = np.zeros(self.size, dtype=np.float32)
        scores[texts[0][found]] = cosines[0][found]
        return scores

    def scores_of(self, texts: Sequence[int] | np.ndarray, row: np.ndarray) -> np.ndarray:
        """As of `DenseIndex`."""
        rows: np.ndarray = self._index.reconstruct_batch(np.array(texts, dtype=np.int64))
        scores: np.ndarray = rows @ row.astype(np.float32)
        return scores


def build_exact(rows: np.ndarray) -> ExactIndex:
    """Return the index of `rows`, float32, shape (n, dimension), that compares with each."""
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(np.ascontiguousarray(rows, dtype=np.float32))
    return ExactIndex(index)


def build_dense(rows: np.ndarray) -> DenseIndex:
    """Return the index of `rows`, float32, shape (n, dimension), that is searched as their number asks for."""
    return build_exact(rows) if len(rows) <= EXACT_UP_TO else _inverted(np.ascontiguousarray(rows, dtype=np.float32))


def _inverted(rows: np.ndarray) -> InvertedIndex:
    lists = 2 ** round(np.log2(2 * np.sqrt(len(rows))))  # half of FAISS's guideline: k-means takes a quarter of the time
    index: Any = faiss.index_factory(rows.shape[1], f"IVF{lists},SQfp16", faiss.METRIC_INNER_PRODUCT)
    index.cp.niter, index.nprobe = _ROUNDS, _PROBES
    sample = np.random.default_rng(0).permutation(len(rows))[: _SAMPLE * lists]
    index.train(rows[sample])
    index.add(rows)
    return InvertedIndex(index)


def load_dense(path: Path, *, size: int) -> DenseIndex:
    """Return the index saved in a file, of `size` texts.

    Raises:
        IndexCorruptError: the file is missing, damaged or of another size.
    """
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise IndexCorruptError(f"l'index dense « {path.name} » est illisible") from error
    if index.ntotal != size:
        raise IndexCorruptError(f"l'index dense « {path.name} » compte {index.ntotal} vecteurs au lieu de {size}")
    return InvertedIndex(index) if isinstance(index, faiss.IndexIVF) else ExactIndex(index)


def load_exact(path: Path, *, size: int) -> ExactIndex:
    """Return an index that `build_exact` made; raises as `load_dense`, for one of another kind too."""
    index = load_dense(path, size=size)
    if not isinstance(index, ExactIndex):
        raise IndexCorruptError(f"l'index dense « {path.name} » n'est pas de la sorte voulue")
    return index
