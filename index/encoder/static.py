"""A static encoder: each word or word piece has a row, a text is the sum of its rows. NumPy and a tokenizer, no torch.

The folder is in model2vec's format (Tulkens and van Dongen 2024), which sentence-transformers reads as well: a
`tokenizer.json`, and in `model.safetensors` the rows as int8 (`embeddings`) with the scale of each (`weights`).
model2vec's own reader is not used: it imports and loads in 0.5 s, this one in 0.17 s, and every command pays for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

from index.encoder.hashing import short_hash
from index.errors import EncoderError

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
_FEW = 8  # texts that are read before the threads of a batch would have begun
REMEDY = "réinstallez le service, ou relancez l'entraînement : python -m index.encoder.train"


class StaticEmbedder:
    """Sums the rows of a text's tokens; the length of a row is its token's weight."""

    def __init__(self, name: str, tokenizer: Tokenizer, rows: np.ndarray, scales: np.ndarray) -> None:
        self._name = name
        self._tokenizer = tokenizer
        self._rows = rows
        self._scales = scales

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the model in a folder.

        Raises:
            EncoderError: a file is missing or damaged.
        """
        try:
            tensors = load_file(folder / WEIGHTS)
            vocabulary = (folder / TOKENIZER).read_text(encoding="utf-8")
            json.loads(vocabulary)  # `from_str` raises a bare Exception where this raises ValueError
            tokenizer = Tokenizer.from_str(vocabulary)
            rows, scales = tensors["embeddings"], tensors["weights"]
            name = f"{folder.name}-{short_hash([folder / WEIGHTS, folder / TOKENIZER])}"
        except FileNotFoundError as error:
            raise EncoderError(f"L'encodeur « {folder} » est incomplet ({error}) ; {REMEDY}") from error
        except (SafetensorError, KeyError, ValueError) as error:
            raise EncoderError(f"L'encodeur « {folder} » est endommagé ({error}) ; {REMEDY}") from error
        return cls(name, tokenizer, rows, scales)

    @property
    def name(self) -> str:
        """The folder's name and a short hash of its files."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._rows.shape[1])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text, as `Embedder` says."""
        encodings = self._encoded(texts)
        sums = np.zeros((len(encodings), self.dimension), dtype=np.float32)
        for position, encoding in enumerate(encodings):
            ids = encoding.ids
            sums[position] = self._scales[ids] @ self._rows[ids].astype(np.float32)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        normalised: np.ndarray = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)
        return normalised

    def _encoded(self, texts: Sequence[str]) -> list[Encoding]:
        if len(texts) > _FEW:
            return list(self._tokenizer.encode_batch(list(texts), add_special_tokens=False))
        return [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per question: a question is read as a passage is."""
        return self.encode_passages(texts)
