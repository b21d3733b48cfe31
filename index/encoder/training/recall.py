"""How often an encoder by itself finds the passage that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoder.embedder import Embedder
from index.encoder.training.cases import Case
from index.errors import EncoderError
from index.facts import NAME, placed_facts, read_cards
from index.model import Span
from index.reading.limits import Limits
from index.reading.report import Report, read_report
from index.store.fields import heading_text, questions_of, unit_in_context, unit_refs, units_of_fact

CUTOFFS = (1, 3, 10)
UNIT_SHARE = 0.5  # of a unit's cosine beside a card's: a question is nearer to questions than to statements


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands for the passages of a report: texts, and the passage of each by its position."""

    texts: tuple[str, ...]
    owners: tuple[int, ...]
    questions: bool = False

    def scores(self, embedder: Embedder, queries: np.ndarray, passages: int) -> np.ndarray:
        """Return the best cosine of each passage for each query, shape (len(queries), passages), -1 without a text."""
        rows = (embedder.encode_queries if self.questions else embedder.encode_passages)(self.texts)
        best = np.full((passages, len(queries)), -1.0, dtype=np.float32)
        np.maximum.at(best, np.array(self.owners, dtype=np.intp), rows @ queries.T)
        return best.T


class Bench:
    """A report with its cards, and the questions whose evidence lies in one of its passages."""

    def __init__(self, seed: Path, cases: Sequence[Case]) -> None:
        self._report = read_report(seed, limits=Limits())
        self._cards = read_cards(seed / NAME)
        relevant = [(case.question, relevant_passages(case, self._report)) for case in cases if not case.history]
        self._questions = [question for question, passages in relevant if passages]
        self._relevant = [passages for _, passages in relevant if passages]
        if not self._questions:
            raise EncoderError(f"Aucune des questions n'a sa réponse dans « {seed} » ; donnez-en d'autres.")

    def recalls(self, embedder: Embedder) -> dict[str, tuple[float, ...]]:
        """Return the recall at 1, 3 and 10, by what stands for a passage."""
        queries = embedder.encode_queries(self._questions)
        passages = len(self._report.passages)
        whole = self._whole().scores(embedder, queries, passages)
        units = self._units().scores(embedder, queries, passages)
        scores = {"passages": whole, "unités": units, "passages et unités": np.maximum(whole, units)}
        if self._cards:
            cards = self._card_questions().scores(embedder, queries, passages)
            scores |= {"fiches": cards, "unités et fiches": UNIT_SHARE * units + cards}
        return {name: recall(matrix, self._relevant) for name, matrix in scores.items()}

    def _whole(self) -> Texts:
        passages = self._report.passages
        return Texts(tuple(f"{heading_text(p)} {p.text}" for p in passages), tuple(range(len(passages))))

    def _units(self) -> Texts:
        refs = unit_refs(self._report.passages)
        return Texts(tuple(unit_in_context(ref) for ref in refs), tuple(ref.position for ref in refs))

    def _card_questions(self) -> Texts:
        refs = unit_refs(self._report.passages)
        facts = placed_facts(self._cards, self._report.document)
        places = [sorted({refs[unit].position for unit in units_of_fact(fact, refs)}) for fact in facts]
        asked = [(question.text, place) for question in questions_of(facts) for place in places[question.asker]]
        return Texts(tuple(text for text, _ in asked), tuple(place for _, place in asked), questions=True)


def relevant_passages(case: Case, report: Report) -> frozenset[int]:
    """Return the positions of the passages that hold an evidence quote of a case."""
    text = report.document.text
    spans = []
    for quote in case.evidence:
        start = text.find(quote)
        while start >= 0:
            spans.append(Span(start, start + len(quote)))
            start = text.find(quote, start + 1)
    return frozenset(
        position for position, passage in enumerate(report.passages) if any(span in passage.span for span in spans)
    )


def recall(scores: np.ndarray, relevant: Sequence[frozenset[int]]) -> tuple[float, ...]:
    """Return, for each cut-off, the share of queries with a relevant passage within it; ties count against it."""
    ranks = np.array(
        [min(int((row >= row[passage]).sum()) for passage in passages) for row, passages in zip(scores, relevant, strict=True)]
    )
    return tuple(float((ranks <= cutoff).mean()) for cutoff in CUTOFFS)
