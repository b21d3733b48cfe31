"""The whole of training, from pairs to a model folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from index.encoder.training.batches import Batches, Slips
from index.encoder.training.contrastive import Course, Progress, train_rows
from index.encoder.training.export import fold_stems, save_model
from index.encoder.training.lexicon import Lexicon
from index.encoder.training.pairs import Pair
from index.encoder.training.start import start_rows
from index.encoder.training.vocabulary import Vocabulary

THREADS = 2  # fixed: another number adds in another order, and the files would differ in their last digits
YEARS = tuple(str(year) for year in range(1990, 2041))
LEARNT_DIMENSION = 384  # of the random vectors that stand in for a lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The sizes of the model and how it is trained; the same recipe and data give the same files."""

    seed: int = 1
    dimension: int = 384
    words: int = 31_000  # of the lexicon, the commonest
    pieces: int = 12_000
    batch: int = 256
    slips: Slips = field(default_factory=Slips)
    course: Course = field(default_factory=Course)


def train_model(
    folder: Path,
    pairs: Sequence[Pair],
    lexicon: Lexicon | None,
    recipe: Recipe,
    progress: Progress,
    notes: Mapping[str, object],
) -> None:
    """Train an encoder and write it; without a lexicon it starts from random rows. `notes` go into `config.json`."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True)
    start = (lexicon or lexicon_of(pairs, recipe.seed)).first(recipe.words)
    vocabulary = Vocabulary((*start.words, *YEARS), pieces=recipe.pieces)
    progress(f"{len(pairs)} paires, {len(vocabulary.words)} mots")
    rows = start_rows(vocabulary, start, dimension=recipe.dimension, seed=recipe.seed)
    if pairs:
        batches = Batches(vocabulary, pairs, size=recipe.batch, slips=recipe.slips, seed=recipe.seed)
        rows = train_rows(rows, batches, recipe.course, progress)
    save_model(folder, fold_stems(rows, vocabulary), vocabulary, {"seed": recipe.seed, **notes})


def word_counts(pairs: Sequence[Pair]) -> Counter[str]:
    """Return how often the questions and texts have each word."""
    split = Vocabulary((), pieces=0).split
    texts = dict.fromkeys(text for pair in pairs for text in (pair.question, *pair.texts))
    return Counter(word for text in texts for word in split(text))


def lexicon_of(pairs: Sequence[Pair], seed: int) -> Lexicon:
    """Return the words of the pairs, each at a random place: what training starts from without a larger model."""
    counts = [(word, count) for word, count in word_counts(pairs).most_common() if word.isascii() and word.isalpha()]
    frequencies = np.array([count for _, count in counts]) / sum(count for _, count in counts)
    vectors = np.random.default_rng(seed).normal(size=(len(counts), LEARNT_DIMENSION)).astype(np.float32)
    return Lexicon(tuple(word for word, _ in counts), frequencies, vectors)
