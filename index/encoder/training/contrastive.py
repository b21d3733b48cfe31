"""Training with in-batch negatives: a question is drawn to its own text and away from the other texts of the batch.

The loss is sentence-transformers' MultipleNegativesRankingLoss (Henderson et al. 2017), in both directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from index.encoder.training.batches import Batch, Batches
from index.encoder.training.start import bag

Progress = Callable[[str], None]  # called with the French name of each step as it ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long and how hard to train."""

    epochs: int = 10
    rate: float = 1e-3  # three times that learns the cards a little better and other reports worse
    scale: float = 20.0  # of the cosines in the loss, the usual value


def train_rows(rows: np.ndarray, batches: Batches, course: Course, progress: Progress) -> np.ndarray:
    """Return the rows after training: float32, of the same shape."""
    weights = torch.nn.Parameter(torch.from_numpy(rows.copy()))
    optimizer = torch.optim.SparseAdam([weights], lr=course.rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, total_iters=course.epochs * batches.per_epoch)
    for epoch in range(1, course.epochs + 1):
        total = 0.0
        for batch in batches.epoch():
            loss = ranking_loss(weights, batch, course.scale)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch does not annotate it
            optimizer.step()  # type: ignore[no-untyped-call]  # the same
            schedule.step()
            total += loss.item()
        progress(f"époque {epoch} sur {course.epochs} : perte {total / batches.per_epoch:.3f}")
    return np.asarray(weights.detach().numpy())


def ranking_loss(weights: torch.Tensor, batch: Batch, scale: float) -> torch.Tensor:
    """Return how little each question prefers its own text, and each text its question.

    A text drawn for two questions is no negative of either.
    """
    questions = functional.normalize(bag(batch.questions, weights), dim=1)
    texts = functional.normalize(bag(batch.texts, weights), dim=1)
    scores = (scale * questions @ texts.T).masked_fill(batch.same, -torch.inf)
    own = torch.arange(len(scores))
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2
