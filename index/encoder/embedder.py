"""What every embedding model offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np


class Embedder(Protocol):
    """Turns texts into vectors that are compared by their inner product."""

    @property
    def name(self) -> str:
        """The model and a short hash of its files: an index is of use only with the model it was built with."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text of a report, in the order given.

        Returns:
            float32, shape (len(texts), dimension), rows of length 1; a text without a known token gives a zero row.
        """
        ...

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per question, as `encode_passages` does."""
        ...
