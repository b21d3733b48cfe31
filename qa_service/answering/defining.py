"""Answering what a word means: from the glossary, then from the report's own text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.model import GlossaryEntry, Passage
from index.store.report_index import ReportIndex
from qa_service.answering.excerpt import MAX_CHARS_LONG
from qa_service.model import Answer, AnswerStatus, Citation, CitedFigure, QuestionKind, Warning
from qa_service.understanding.query import Query

GENERAL = Warning(
    "general_knowledge",
    "Cette explication relève des connaissances générales : le rapport emploie le terme sans l'expliquer.",
)
_SURE = 0.95  # an entry was written for this very word


def defined(
    query: Query, question: str, entry: GlossaryEntry, index: ReportIndex, told: Answer | None
) -> Answer | None:
    """Return the entry's explanation, followed by `told`, what the report's text answers, where both fit.

    None if the quote of the entry stands in no passage: it cannot be cited.
    """
    passage = _passage_of(entry, index.passages)
    if passage is None:
        return told
    text = explained(entry)
    citations = [Citation(number=1, passage=passage, quote=entry.quote, span=entry.span)]
    figures: tuple[CitedFigure, ...] = ()
    if told and told.status is AnswerStatus.ANSWERED and len(text) + len(told.text) < MAX_CHARS_LONG:
        text = f"{text} {told.text}"
        citations += [replace(citation, number=citation.number + 1) for citation in told.citations[:2]]
        figures = tuple(replace(figure, citation=figure.citation + 1) for figure in told.figures)
    return Answer(
        status=AnswerStatus.ANSWERED,
        question=question,
        understood_as=query.understood_as,
        kind=QuestionKind.DEFINITION,
        text=text,
        confidence=_SURE,
        citations=tuple(citations),
        figures=figures,
        warnings=(GENERAL,) if entry.is_general else (),
        related=told.related if told else (),
    )


def explained(entry: GlossaryEntry) -> str:
    """Return an entry as a sentence: the term, what it stands for, what it is."""
    stands_for = f"{entry.term} : {entry.expansion}. " if entry.expansion else f"{entry.term} : "
    return stands_for + entry.explanation


def _passage_of(entry: GlossaryEntry, passages: Sequence[Passage]) -> Passage | None:
    return next((passage for passage in passages if entry.span in passage.span), None)
