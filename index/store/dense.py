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

    def scores(self, row: np.ndarray, texts: Sequence[int] | slice = slice(None)) -> np.ndarray:
        """Return the cosine of `row`, shape (dimension,), with each text, or each of those named: float32, shape (texts,)."""
        scores: np.ndarray = self._rows[texts] @ row.astype(np.float32)
        return scores

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
