"""An embedder without a model: each stem of a text falls into a bucket. Deterministic and instant."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.french.tokens import terms


@dataclass(frozen=True, slots=True)
class HashingEmbedder:
    """Fulfils `index.encoder.embedder.Embedder`."""

    name: str = "hashing-64"
    dimension: int = 64

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 rows of length 1, a zero row for a text without a content word."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text):
                row[zlib.crc32(term.encode()) % self.dimension] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        normed: np.ndarray = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
        return normed

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return rows as `encode_passages` does."""
        return self.encode_passages(texts)
