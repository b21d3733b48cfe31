"""Dense vectors in FAISS: exact inner-product search, in the file that llama-index's `FaissVectorStore` keeps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np

from index.errors import IndexCorruptError


class DenseIndex:
    """One row of length 1 a text; immutable once built."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        # The rows where FAISS keeps them. All scores are wanted: a search for all also sorts them, ten times as long.
        rows = index.get_xb()  # type: ignore[attr-defined]  # the stubs give it to no class
        self._rows = faiss.rev_swig_ptr(rows, index.ntotal * index.d).reshape(index.ntotal, index.d)

    @classmethod
    def build(cls, rows: np.ndarray) -> Self:
        """Return the index of `rows`, float32, shape (n, dimension)."""
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, dtype=np.float32))
        return cls(index)

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

    def scores(self, row: np.ndarray) -> np.ndarray:
        """Return the cosine of `row`, shape (dimension,), with each text: float32, shape (texts,)."""
        scores: np.ndarray = self._rows @ row.astype(np.float32)
        return scores

    def scores_of(self, texts: Sequence[int] | np.ndarray, row: np.ndarray) -> np.ndarray:
        """Return the cosine of `row`, shape (dimension,), with each of the texts of these numbers: float32, shape (texts,)."""
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

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path, *, size: int) -> Self:
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
        return cls(index)
