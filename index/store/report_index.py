"""A report's index in memory: everything that answering needs, opened from a folder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np

from index.auditing import Finding, audit
from index.evolutions import Evolution, evolutions
from index.gaps import Gap
from index.model import Document, Fact, Figure, GlossaryEntry, Passage, Span
from index.reading.metadata import ReportMetadata
from index.store.contents import Contents, read_contents
from index.store.dense import DenseIndex, ExactIndex, load_dense, load_exact
from index.store.fields import UnitRef, question_counts, unit_refs
from index.store.lexical import LexicalIndex
from index.store.manifest import Manifest, read_manifest, verify_files
from index.store.words import read_words

LEXICAL_PASSAGES, LEXICAL_UNITS = "lexical-passages", "lexical-units"
LEXICAL_FACTS, LEXICAL_QUESTIONS, LEXICAL_GAPS = "lexical-facts", "lexical-questions", "lexical-gaps"
DENSE_UNITS, DENSE_FACTS, DENSE_GAPS = "dense-units.faiss", "dense-facts.faiss", "dense-gaps.faiss"
DENSE_FIGURES, WORDS = "dense-figures.faiss", "words.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIndex:
    """Immutable; safe to share between threads.

    `units`, `unit_lexical` and `unit_dense` number the same units; `positions` gives the passage of each, int, shape
    (units,). `facts` and `fact_lexical` number the same cards, `gaps` and `gap_lexical` the same gaps; `question_lexical`,
    `fact_dense` and `gap_dense` number the questions of the cards or gaps, `figure_dense` what each figure counts.
    `evolutions` are what is given for two times or more, `findings` what is wrong with the figures.
    """

    contents: Contents
    manifest: Manifest
    passage_lexical: LexicalIndex
    unit_lexical: LexicalIndex
    fact_lexical: LexicalIndex
    question_lexical: LexicalIndex
    unit_dense: DenseIndex
    fact_dense: ExactIndex
    gap_lexical: LexicalIndex
    gap_dense: ExactIndex
    figure_dense: DenseIndex
    words: Mapping[str, int] = field(repr=False)
    units: tuple[UnitRef, ...] = field(repr=False)
    evolutions: tuple[Evolution, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    positions: np.ndarray = field(repr=False)
    _by_id: Mapping[str, Passage] = field(repr=False)
    _figures: Mapping[str, tuple[Figure, ...]] = field(repr=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the index in `folder`, every file checked against its manifest.

        Raises:
            IndexStateError: it is missing, damaged or of another format; the message names the file and the command.
        """
        name, folder = folder.name, folder.resolve()  # a build may move the link while the files are read
        manifest = read_manifest(folder, name)
        verify_files(folder, manifest)
        contents = read_contents(folder)
        units = unit_refs(contents.passages)
        figures = _by_passage(contents.figures)
        text, passages = contents.document.text, contents.passages
        series = evolutions(text, passages, figures)
        return cls(
            contents=contents,
            manifest=manifest,
            passage_lexical=LexicalIndex.load(folder / LEXICAL_PASSAGES, len(contents.passages)),
            unit_lexical=LexicalIndex.load(folder / LEXICAL_UNITS, len(units)),
            fact_lexical=LexicalIndex.load(folder / LEXICAL_FACTS, len(contents.facts)),
            question_lexical=LexicalIndex.load(folder / LEXICAL_QUESTIONS, sum(question_counts(contents.facts))),
            unit_dense=load_dense(folder / DENSE_UNITS, size=len(units)),
            fact_dense=load_exact(folder / DENSE_FACTS, size=sum(question_counts(contents.facts))),
            gap_lexical=LexicalIndex.load(folder / LEXICAL_GAPS, len(contents.gaps)),
            gap_dense=load_exact(folder / DENSE_GAPS, size=sum(question_counts(contents.gaps))),
            figure_dense=load_dense(folder / DENSE_FIGURES, size=len(contents.figures)),
            words=read_words(folder / WORDS),
            units=units,
            evolutions=series,
            findings=audit(text, passages, figures, series, contents.metadata.places),
            positions=np.array([ref.position for ref in units], dtype=np.intp),
            _by_id={passage.id: passage for passage in contents.passages},
            _figures=figures,
        )

    @property
    def metadata(self) -> ReportMetadata:
        """Title, authority, period, short names."""
        return self.contents.metadata

    @property
    def document(self) -> Document:
        """The report's text and outline."""
        return self.contents.document

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages in reading order."""
        return self.contents.passages

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in reading order."""
        return self.contents.figures

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The fact cards, () for a report without."""
        return self.contents.facts

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The questions known to have no answer, () for a report without."""
        return self.contents.gaps

    @property
    def glossary(self) -> tuple[GlossaryEntry, ...]:
        """The acronyms and house words, () for a report without glossary."""
        return self.contents.glossary

    @property
    def built_at(self) -> str:
        """When it was built, RFC 3339."""
        return self.manifest.built_at

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage by its id, None if there is none."""
        return self._by_id.get(passage_id)

    def sentence_around(self, figure: Span) -> tuple[Passage, Span]:
        """Return the passage that a figure stands in, and its sentence, item or row there; the figure itself outside all.

        Raises:
            ValueError: no passage of the report holds it.
        """
        before = bisect_right(self.passages, figure.start, key=lambda passage: passage.span.start)
        passage = self.passages[max(before - 1, 0)]  # passages do not overlap
        if figure not in passage.span:
            raise ValueError(f"no passage holds {figure}")
        return passage, next((unit.span for unit in passage.units if figure in unit.span), figure)

    def figures_within(self, span: Span) -> tuple[Figure, ...]:
        """Return the figures of a stretch of the report in reading order."""
        first = bisect_left(self.figures, span.start, key=lambda figure: figure.span.start)
        last = bisect_left(self.figures, span.end, key=lambda figure: figure.span.start)
        return self.figures[first:last]

    def figures_of(self, passage: Passage) -> tuple[Figure, ...]:
        """Return the figures of a passage in reading order."""
        return self._figures.get(passage.id, ())


def _by_passage(figures: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
    grouped: dict[str, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.passage_id, []).append(figure)
    return {passage_id: tuple(group) for passage_id, group in grouped.items()}
