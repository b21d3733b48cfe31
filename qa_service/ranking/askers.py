"""How near a query is to what the cards of a report ask, or its gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.gaps import Gap
from index.model import Fact
from index.store.dense import ExactIndex
from index.store.fields import question_counts
from index.store.lexical import LexicalIndex
from qa_service.understanding.synonyms import RELATED

# Askers whose questions are compared one by one; the others pass by the mean of theirs. As an inverted file of so many probes,
# whose cells are the askers (Sivic and Zisserman 2003). Of 1,082 questions every answer has the text it has when all are
# compared, and nine another confidence, in the third decimal; with 256 none has.
_PROBES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near a query is to each fact card, or each gap, float32, shape (askers,) each.

    `dense` is the best cosine with one of their questions, `mean` that over all of them; `questions` has the cosines of the
    nearest askers' questions one by one, float32, shape (questions near,).
    """

    lexical: np.ndarray
    dense: np.ndarray
    mean: np.ndarray
    questions: np.ndarray


class AskerReader:
    """Reads the cards of one report, or its gaps; what does not depend on the query is computed once."""

    def __init__(self, askers: Sequence[Fact | Gap], lexical: LexicalIndex, dense: ExactIndex) -> None:
        self._lexical, self._dense = lexical, dense
        self._counts = np.array(question_counts(askers), dtype=np.intp)
        self._starts = np.cumsum(self._counts) - self._counts
        self._means = dense.means(self._starts) if len(askers) else np.zeros((0, dense.dimension), dtype=np.float32)

    def read(self, terms: Mapping[str, float], row: np.ndarray) -> Nearness:
        """Return what is near weighted terms and a query's vector, shape (dimension,)."""
        lexical, mean = share(self._lexical, terms), self._means @ row
        near = np.sort(self._likeliest(lexical + mean))
        cosines, starts = self._questions_of(near, row)
        dense = np.maximum(mean, 0)
        if len(near):
            dense[near] = np.maximum(np.maximum.reduceat(cosines, starts), 0)
        return Nearness(lexical=lexical, dense=dense, mean=mean, questions=cosines)

    def _likeliest(self, nearness: np.ndarray) -> np.ndarray:
        if len(nearness) <= _PROBES:
            return np.arange(len(nearness))
        return np.argpartition(-nearness, _PROBES)[:_PROBES]

    def _questions_of(self, askers: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the cosines of the questions of some askers, one after the other, and where those of each start."""
        counts = self._counts[askers]
        starts = np.cumsum(counts) - counts
        rows = np.repeat(self._starts[askers] - starts, counts) + np.arange(counts.sum())
        return self._dense.scores_of(rows, row), starts


def share(lexical: LexicalIndex, terms: Mapping[str, float]) -> np.ndarray:
    """Return which share of the score that no text can pass each text has, float32, shape (texts,)."""
    # Related words help to find, they are not asked for: the ideal answer need not hold them.
    ideal = lexical.ideal({term: weight for term, weight in terms.items() if weight > RELATED})
    return lexical.scores(terms) / np.float32(ideal) if ideal else lexical.scores({})
