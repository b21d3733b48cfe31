"""BM25 over French-analysed text. Robertson and Zaragoza 2009; Lucene's variant, as in bm25s (Lù 2024)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Self

import bm25s
import numpy as np

from index.errors import IndexCorruptError

K1 = 1.2  # the literature's usual value; B a little under its usual 0.75, since passages are of like length. Not tuned
B = 0.6


class LexicalIndex:
    """Scores all texts at once; immutable once built."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25 = bm25
        self._size = size
        self.vocabulary: Mapping[str, int] = getattr(bm25, "vocab_dict", {})  # the terms of the texts and their numbers
        # The sparse matrix of scores, a column a term: read here, since bm25s takes each term through many layers.
        matrix = bm25.scores if self.vocabulary else {"indptr": (), "indices": (), "data": ()}
        self._starts = [int(start) for start in matrix["indptr"]]
        self._texts = np.asarray(matrix["indices"], dtype=np.int32)
        self._values = np.asarray(matrix["data"], dtype=np.float32)
        self._idf = [self._rarity(end - start) for start, end in pairwise(self._starts)]  # of each column's term

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> Self:
        """Return the index of `documents`, each a list of terms (see `index.french.tokens.terms`)."""
        bm25 = bm25s.BM25(k1=K1, b=B)
        if any(documents):
            bm25.index([list(terms) for terms in documents], show_progress=False)
        return cls(bm25, len(documents))

    def scores(self, terms: Mapping[str, float]) -> np.ndarray:
        """Return one score a text, float32, shape (size,), for weighted terms; 0 where no term occurs."""
        columns = [(self._column(term), weight) for term, weight in terms.items()]
        if not columns:
            return np.zeros(self._size, dtype=np.float32)
        texts = np.concatenate([self._texts[column] for column, _ in columns])
        values = np.concatenate([self._values[column] * np.float32(weight) for column, weight in columns])
        return np.bincount(texts, weights=values, minlength=self._size).astype(np.float32)

    def idf(self, term: str) -> float:
        """Return the weight that a term has for being rare; a term that no text holds weighs most."""
        number = self.vocabulary.get(term)
        return self._rarity(0) if number is None or number >= len(self._idf) else self._idf[number]

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (self._size - holding + 0.5) / (holding + 0.5))

    def holds(self, term: str, text: int) -> bool:
        """Tell whether a term occurs in the text of that number."""
        texts = self.texts_with(term)  # in ascending order
        place = int(texts.searchsorted(text))
        return place < len(texts) and int(texts[place]) == text

    def texts_with(self, term: str) -> np.ndarray:
        """Return the numbers of the texts in which a term occurs."""
        return self._texts[self._column(term)]

    def shared(self, terms: Iterable[str], texts: Sequence[int]) -> set[str]:
        """Return those of `terms` that occur in one or more of the texts of these numbers."""
        numbers, ends = self._by_text
        held = {number for text in texts for number in numbers[ends[text] : ends[text + 1]].tolist()}
        return {term for term in terms if self.vocabulary.get(term) in held}

    @cached_property
    def _by_text(self) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of the terms of each text, one text after the other, and where those of each begin; the last end too."""
        terms = np.repeat(np.arange(len(self._starts) - 1, dtype=np.int32), np.diff(self._starts))
        ends = np.concatenate([[0], np.cumsum(np.bincount(self._texts, minlength=self._size))])
        return terms[np.argsort(self._texts, kind="stable")], ends

    def _column(self, term: str) -> slice:
        """Return where the matrix has the texts of a term and its scores in them."""
        number = self.vocabulary.get(term)
        # bm25s numbers one empty term more than it keeps columns for.
        if number is None or number + 1 >= len(self._starts):
            return slice(0, 0)
        return slice(self._starts[number], self._starts[number + 1])

    def ideal(self, terms: Mapping[str, float]) -> float:
        """Return the score that no text can pass for weighted terms: all of them, as often as one likes."""
        return sum(weight * self.idf(term) for term, weight in terms.items())

    def save(self, folder: Path) -> None:
        """Write the index into a new folder, as arrays and JSON, without pickle."""
        folder.mkdir()
        if self.vocabulary:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Self:
        """Return the index saved in `folder`, of `size` texts.

        Raises:
            IndexCorruptError: a file is missing or damaged.
        """
        try:
            if not any(folder.iterdir()):
                return cls(bm25s.BM25(k1=K1, b=B), size)
            return cls(bm25s.BM25.load(folder, show_progress=False), size)
        except (OSError, ValueError, KeyError) as error:
            raise IndexCorruptError(f"l'index lexical « {folder.name} » est illisible ({error})") from error
