"""French words with how common they are and where a larger model puts them: what training starts from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from index.errors import EncoderError

PATH = Path("var/encoder/lexicon.safetensors")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words, the commonest first, with one frequency (share of running text) and one row of `vectors` each."""

    words: tuple[str, ...]
    frequencies: np.ndarray
    vectors: np.ndarray

    def first(self, size: int) -> Lexicon:
        """Return the commonest words alone."""
        return Lexicon(self.words[:size], self.frequencies[:size], self.vectors[:size])

    def save(self, path: Path) -> None:
        """Write the lexicon to one file; its folder is made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        letters = np.frombuffer("\n".join(self.words).encode(), dtype=np.uint8)
        save_file({"words": letters, "frequencies": self.frequencies, "vectors": self.vectors.astype(np.float16)}, path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the lexicon in a file.

        Raises:
            EncoderError: the file is missing or damaged.
        """
        try:
            tensors = load_file(path)
            words = tuple(tensors["words"].tobytes().decode().split("\n"))
            return cls(words, tensors["frequencies"], tensors["vectors"].astype(np.float32))
        except FileNotFoundError as error:
            raise EncoderError(f"« {path} » manque ; lancez : python -m index.encoder.teach") from error
        except (SafetensorError, KeyError, UnicodeDecodeError) as error:
            raise EncoderError(f"« {path} » est endommagé ; relancez : python -m index.encoder.teach") from error
