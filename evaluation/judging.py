"""Judging one answer against its case: pure functions, one verdict a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.cases import Case, CaseKind, Persona, Style
from evaluation.matching import occurs, same_figure
from index.model import Document, Passage
from qa_service.model import Answer, AnswerStatus, Citation

MAX_CHARS = 450  # of an answer; the API promises it
MAX_CHARS_LONG = 800  # of those that cannot be short
_LONG = {CaseKind.LIST, CaseKind.EXPLANATION, CaseKind.DEFINITION, CaseKind.COMPARISON}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rank of the first passage that holds the evidence in one variant's ranking; None if it is not retrieved."""

    variant: str
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one case, without a word of its question or answer.

    `cited_at` is the number of the first citation whose passage holds the evidence, None if none does. `figure_exact`
    is None unless a figure was asked for. `http_ms` is None when HTTP was not measured.
    """

    id: str
    document: str
    persona: Persona
    kind: CaseKind
    style: Style
    follow_up: bool
    refused: bool
    right: bool
    cited_at: int | None
    figure_exact: bool | None
    verbatim: bool
    confidence: float
    elapsed_ms: float
    http_ms: float | None = None
    rankings: tuple[Ranking, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the report says what was asked."""
        return self.kind is not CaseKind.UNANSWERABLE


def judge(case: Case, answer: Answer, documents: Sequence[Document], *, document: str, elapsed_ms: float) -> Verdict:
    """Return the verdict on `answer`, whose quotes are looked up in `documents`."""
    return Verdict(
        id=case.id,
        document=document,
        persona=case.persona,
        kind=case.kind,
        style=case.style,
        follow_up=bool(case.history),
        refused=answer.status is AnswerStatus.NOT_FOUND,
        right=is_right(case, answer),
        cited_at=first_rank(case, [citation.passage for citation in answer.citations]),
        figure_exact=has_exact_figure(case, answer) if case.kind is CaseKind.FIGURE else None,
        verbatim=is_verbatim(answer, documents),
        confidence=answer.confidence,
        elapsed_ms=elapsed_ms,
    )


def is_right(case: Case, answer: Answer) -> bool:
    """Say whether a short enough answer has each required piece; never so for what the report does not say."""
    max_chars = MAX_CHARS_LONG if case.kind in _LONG else MAX_CHARS
    return (
        case.answerable
        and answer.status is AnswerStatus.ANSWERED
        and len(answer.text) <= max_chars
        and all(any(occurs(writing, answer.text) for writing in piece) for piece in case.answers)
    )


def first_rank(case: Case, passages: Sequence[Passage]) -> int | None:
    """Return the rank, from 1, of the first passage that holds an evidence quote; None if none does."""
    return rank_of_evidence(case, [passage.text for passage in passages])


def rank_of_evidence(case: Case, texts: Sequence[str]) -> int | None:
    """Return the rank, from 1, of the first text that holds an evidence quote; None if none does."""
    ranks = (rank for rank, text in enumerate(texts, start=1) if any(quote in text for quote in case.evidence))
    return next(ranks, None)


def has_exact_figure(case: Case, answer: Answer) -> bool:
    """Say whether the answer's first figure is one asked for, by value or as printed."""
    if not answer.figures:
        return False
    figure = answer.figures[0].figure
    return any(same_figure(writing, figure.text, figure.value) for piece in case.answers for writing in piece)


def is_verbatim(answer: Answer, documents: Sequence[Document]) -> bool:
    """Say whether every quote, those of the alternatives too, occurs in its document at its offsets."""
    texts = {document.slug: document.text for document in documents}
    citations = (*answer.citations, *(alternative.citation for alternative in answer.alternatives))
    return all(_stands(citation, texts.get(citation.passage.document, "")) for citation in citations)


def _stands(citation: Citation, text: str) -> bool:
    return citation.quote != "" and citation.span.of(text) == citation.quote
