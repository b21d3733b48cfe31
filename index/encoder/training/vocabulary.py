"""Which rows a word sums while the encoder is trained: its own and its stem's, or those of its pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.encoder.training.tokenizer import PIECE, build_tokenizer, tokens_of
from index.french.tokens import stem

_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz0123456789")
_LONGEST_PIECE = 6


class Vocabulary:
    """Words, pieces and stems with the numbers of their rows: the tokenizer's tokens, in its order, then the stems.

    A stem's row is shared by all its words, so that what is learnt of "mutualiser" also holds of "mutualisation"; it is
    added to theirs when training ends.
    """

    def __init__(self, words: Sequence[str], *, pieces: int) -> None:
        self.words = tuple(dict.fromkeys((*words, *_LETTERS)))
        self.pieces = common_pieces(self.words, pieces)
        self.tokenizer = build_tokenizer(self.words, self.pieces)
        self._tokens = {token: row for row, token in enumerate(tokens_of(self.words, self.pieces))}
        stems = dict.fromkeys(stem(word) for word in self.words)
        self._stems = {root: len(self._tokens) + number for number, root in enumerate(stems)}

    @property
    def token_count(self) -> int:
        """How many rows the shipped model has."""
        return len(self._tokens)

    @property
    def row_count(self) -> int:
        """How many rows are trained, those of the stems included."""
        return len(self._tokens) + len(self._stems)

    def split(self, text: str) -> list[str]:
        """Return the words of a text as the tokenizer reads it."""
        tokenizer = self.tokenizer
        return [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))]

    def row_of(self, word: str) -> int:
        """Return the row of a known word."""
        return self._tokens[word]

    def stem_row(self, word: str) -> int:
        """Return the row of the stem of a known word."""
        return self._stems[stem(word)]

    def rows(self, word: str) -> tuple[int, ...]:
        """Return the rows of a word; none if it has a letter that no piece has."""
        if word in self._tokens:
            return self._tokens[word], self.stem_row(word)
        return self.piece_rows(word)

    def piece_rows(self, word: str) -> tuple[int, ...]:
        """Return the rows of a word as if it were unknown: the longest beginning, then the longest pieces."""
        rows: list[int] = []
        start = 0
        while start < len(word):
            ends = range(len(word) - (start == 0 < len(word) - 1), start, -1)
            tokens = ((end, self._tokens.get((PIECE if start else "") + word[start:end])) for end in ends)
            end, row = next(((end, row) for end, row in tokens if row is not None), (0, 0))
            if not end:
                return ()
            rows.append(row)
            start = end
        return tuple(rows)


def common_pieces(words: Sequence[str], size: int) -> tuple[str, ...]:
    """Return the letters and digits and the pieces that save most letters in words not at their beginning."""
    counts: Counter[str] = Counter()
    for word in words:
        for start in range(1, len(word)):
            for end in range(start + 1, min(start + _LONGEST_PIECE, len(word)) + 1):
                counts[word[start:end]] += 2 if end == len(word) else 1  # endings are what inflection changes
    saved = sorted(counts, key=lambda piece: (-counts[piece] * len(piece), piece))
    return tuple(dict.fromkeys((*_LETTERS, *saved[: max(0, size - len(_LETTERS))])))
