"""Any sentence-transformers model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from index.errors import EncoderError


class TransformerEmbedder:
    """A sentence-transformers model by folder or name, on the CPU; a name that is not on disk would be downloaded."""

    def __init__(self, model: str, name: str) -> None:
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"L'encodeur « {name} » est introuvable ({error}) ; donnez un dossier ou un paquet installé."
            ) from error
        self._name = name

    @property
    def name(self) -> str:
        """The name it was asked for by."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a row."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row a text: float32, shape (len(texts), dimension), rows of length 1."""
        return self._encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row a question, with the model's own prompt for questions if it has one."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(rows, dtype=np.float32)
