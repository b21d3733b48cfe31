"""Batches of questions and texts as row numbers, drawn anew each epoch, with the slips of people who type."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import torch

from index.encoder.training.augmentation import misspelt, thinned
from index.encoder.training.pairs import Pair
from index.encoder.training.vocabulary import Vocabulary

Rows = list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """What happens to the words of a question, as shares of them; half as many are left out of a text."""

    left_out: float = 0.15
    misspelt: float = 0.03
    in_pieces: float = 0.05  # a known word read as if it were unknown: its pieces learn what it means


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of questions and of a text near each; `same[i, j]` says that texts i and j are one, drawn twice."""

    questions: list[Rows]
    texts: list[Rows]
    same: torch.Tensor


@dataclass(frozen=True, slots=True)
class _Example:
    question: list[str]
    texts: list[list[str]]


class Batches:
    """Draws batches; the same seed draws the same ones."""

    def __init__(self, vocabulary: Vocabulary, pairs: Sequence[Pair], *, size: int, slips: Slips, seed: int) -> None:
        split = cache(vocabulary.split)  # a card's questions are texts of one another
        self._examples = [_Example(split(pair.question), [split(text) for text in pair.texts]) for pair in pairs]
        self._vocabulary = vocabulary
        self._size = min(size, len(pairs))
        self._slips = slips
        self._chance = random.Random(seed)  # nosec B311  # an order of examples is no secret

    @property
    def per_epoch(self) -> int:
        """How many batches an epoch has; what is left over waits for another one."""
        return len(self._examples) // self._size

    def epoch(self) -> Iterator[Batch]:
        """Yield the batches of an epoch."""
        order = self._chance.sample(self._examples, len(self._examples))
        for begin in range(0, self.per_epoch * self._size, self._size):
            yield self._batch(order[begin : begin + self._size])

    def _batch(self, examples: Sequence[_Example]) -> Batch:
        texts = [self._chance.choice(example.texts) for example in examples]
        numbers: dict[tuple[str, ...], int] = {}
        kinds = torch.tensor([numbers.setdefault(tuple(text), len(numbers)) for text in texts])
        same = (kinds[:, None] == kinds[None, :]).fill_diagonal_(fill_value=False)
        questions = [self._question(example.question) for example in examples]
        return Batch(questions, [self._text(text) for text in texts], same)

    def _question(self, words: Sequence[str]) -> Rows:
        kept = thinned(words, self._slips.left_out, self._chance)
        return [row for word in kept for row in self._rows(word, self._slips.misspelt)]

    def _text(self, words: Sequence[str]) -> Rows:
        kept = thinned(words, self._slips.left_out / 2, self._chance)
        return [row for word in kept for row in self._rows(word, 0.0)]

    def _rows(self, word: str, misspelt_share: float) -> tuple[int, ...]:
        draw = self._chance.random()
        if draw < misspelt_share:
            return self._vocabulary.rows(misspelt(word, self._chance))
        if draw < misspelt_share + self._slips.in_pieces and not word.isdigit():
            return self._vocabulary.piece_rows(word)
        return self._vocabulary.rows(word)
