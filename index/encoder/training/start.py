"""The rows before training: the lexicon's vectors, made smaller and weighted, and pieces that add up to words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from index.encoder.training.lexicon import Lexicon
from index.encoder.training.vocabulary import Vocabulary

COMMON = 3e-4  # a in a / (a + p), Arora et al. 2017: a word this frequent counts half
YEAR_LENGTH = 0.5  # of a year's row, where a rare word's is about 1: what a text is about comes first
PIECE_EPOCHS = 5
PIECE_RATE = 0.01
PIECE_BATCH = 2048


def start_rows(vocabulary: Vocabulary, lexicon: Lexicon, *, dimension: int, seed: int) -> np.ndarray:
    """Return the rows to begin with, float32, shape (vocabulary.row_count, dimension); those of stems are zero."""
    generator = np.random.default_rng(seed)
    rows = generator.normal(scale=0.02, size=(vocabulary.row_count, dimension)).astype(np.float32)
    rows[0] = rows[vocabulary.token_count :] = 0
    points = projected(lexicon.vectors, dimension)
    years = [vocabulary.row_of(word) for word in vocabulary.words if word.isdigit() and len(word) == 4]
    rows[years] = generator.normal(scale=YEAR_LENGTH / dimension**0.5, size=(len(years), dimension))
    numbers = [vocabulary.row_of(word) for word in lexicon.words]
    rows[numbers] = points * (COMMON / (COMMON + lexicon.frequencies))[:, np.newaxis]
    _fit_pieces(rows, [vocabulary.piece_rows(word) for word in lexicon.words], points, generator)
    return rows


def projected(vectors: np.ndarray, dimension: int) -> np.ndarray:
    """Return the vectors on their first principal axes, scaled to a mean length of 1."""
    centred = vectors - vectors.mean(axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :dimension]
    points = centred @ axes
    return np.asarray(points / np.linalg.norm(points, axis=1).mean(), dtype=np.float32)


def _fit_pieces(
    rows: np.ndarray, pieces: Sequence[tuple[int, ...]], points: np.ndarray, generator: np.random.Generator
) -> None:
    """Move the rows of pieces so that those of a word add up to its point, unweighted: an unknown word is rare."""
    first = min(row for word in pieces for row in word[1:])
    beginnings = torch.from_numpy(points - rows[[word[0] for word in pieces]])
    moved = torch.nn.Parameter(torch.from_numpy(rows[first:].copy()))
    optimizer = torch.optim.SparseAdam([moved], lr=PIECE_RATE)
    for _ in range(PIECE_EPOCHS):
        order = generator.permutation(len(pieces))
        for begin in range(0, len(order), PIECE_BATCH):
            batch = order[begin : begin + PIECE_BATCH]
            sums = bag([[row - first for row in pieces[word][1:]] for word in batch], moved)
            loss = (sums - beginnings[batch]).square().sum(dim=1).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch does not annotate it
            optimizer.step()  # type: ignore[no-untyped-call]  # the same
    rows[first:] = moved.detach().numpy()


def bag(texts: Sequence[Sequence[int]], rows: torch.Tensor) -> torch.Tensor:
    """Return the sum of the rows of each text, shape (len(texts), dimension); its gradient is sparse."""
    offsets = np.cumsum([0, *(len(text) for text in texts[:-1])])
    flat = torch.tensor([row for text in texts for row in text], dtype=torch.long)
    distinct, places = torch.unique(flat, return_inverse=True)
    used = functional.embedding(distinct, rows, sparse=True)
    return functional.embedding_bag(places, used, torch.from_numpy(offsets), mode="sum")
