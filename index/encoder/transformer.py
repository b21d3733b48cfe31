"""Any sentence-transformers model, on the CPU. The one module of serving that imports torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from huggingface_hub import snapshot_download
from sentence_transformers import SentenceTransformer

from index.encoder.hashing import short_hash
from index.errors import EncoderError

_SUFFIXES = {".safetensors", ".bin", ".json", ".txt", ".model"}  # weights, settings and vocabularies


class TransformerEmbedder:
    """A sentence-transformers model with its own prompts for questions and for passages, if it has any."""

    def __init__(self, model: str, name: str) -> None:
        """Load a model from its folder, or by its name if it was downloaded before.

        Raises:
            EncoderError: there is no such model here, or it is damaged.
        """
        try:
            folder = Path(model)
            if not folder.is_dir():
                folder = Path(snapshot_download(model, local_files_only=True))  # nosec B615  # downloads nothing
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"L'encodeur « {name} » est introuvable ou illisible ; donnez le dossier d'un modèle "
                f"sentence-transformers, ou téléchargez-le d'abord : hf download {name}"
            ) from error
        files = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES)
        self._name = f"{name}-{short_hash(files)}"

    @property
    def name(self) -> str:
        """The name it was asked for by and a short hash of its files."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text, as `Embedder` says."""
        return self._rows(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per question, as `Embedder` says."""
        return self._rows(self._model.encode_query, texts)

    def _rows(self, encode: Callable[..., np.ndarray], texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(rows, dtype=np.float32)
