"""Answering what a word means: from the glossary, then from the report's own text."""

from __future__ import annotations

from dataclasses import replace

from index.glossary import cited_place
from index.model import GlossaryEntry
from index.store.report_index import ReportIndex
from qa_service.answering.excerpt import MAX_CHARS_LONG
from qa_service.model import Answer, AnswerStatus, Citation, CitedFigure, QuestionKind, Warning
from qa_service.understanding.query import Query

GENERAL = Warning(
    "general_knowledge",
    "Cette explication relève des connaissances générales : le rapport emploie le terme sans l'expliquer.",
)
_TOLD = 2  # citations of the report's own text kept beside those of the glossary
_SURE = 0.95  # an entry was written for this very word


def defined(query: Query, question: str, index: ReportIndex, told: Answer | None) -> Answer | None:
    """Return what the word asked for means, in each of its senses, followed by `told`, what the report's text answers.

    What does not fit is left out, the text first. None if there is no passage to cite.
    """
    found = [(entry, cited) for entry in query.entries if (cited := cited_place(entry, index.passages))]
    if not found:
        return told
    text = " ".join(explained(entry) for entry, _ in found)
    citations = [
        Citation(number=number, passage=passage, quote=span.of(index.document.text), span=span)
        for number, (_, (passage, span)) in enumerate(found, start=1)
    ]
    figures: tuple[CitedFigure, ...] = ()
    if told and told.status is AnswerStatus.ANSWERED and len(text) + len(told.text) < MAX_CHARS_LONG:
        text, shift = f"{text} {told.text}", len(citations)
        citations += [replace(citation, number=citation.number + shift) for citation in told.citations[:_TOLD]]
        kept = [figure for figure in told.figures if figure.citation <= _TOLD]
        figures = tuple(replace(figure, citation=figure.citation + shift) for figure in kept)
    return Answer(
        status=AnswerStatus.ANSWERED,
        question=question,
        understood_as=query.understood_as,
        kind=QuestionKind.DEFINITION,
        text=text,
        confidence=_SURE,
        citations=tuple(citations),
        figures=figures,
        warnings=(GENERAL,) if any(entry.is_general for entry, _ in found) else (),
        related=told.related if told else (),
    )


def explained(entry: GlossaryEntry) -> str:
    """Return an entry as a sentence: the term, what it stands for, what it is."""
    stands_for = f"{entry.term} : {entry.expansion}. " if entry.expansion else f"{entry.term} : "
    return stands_for + entry.explanation
