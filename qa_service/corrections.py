"""Verified answers: what somebody who knows put right, used for the same question from then on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.french.tokens import stem, words_in
from index.model import Figure, Span
from index.store.report_index import ReportIndex
from qa_service.answering.answerer import warnings_on
from qa_service.errors import CorrectionError
from qa_service.model import Answer, AnswerStatus, Citation, CitedFigure

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SILENT = "Le rapport ne le dit pas."


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A question with its verified answer: `told`, which `quote` of the report of slug `document` proves.

    Where the report does not say, `quote` is "" and `told` says so. `corrected_at` is RFC 3339.
    """

    document: str
    question: str
    told: str
    quote: str
    author: str
    corrected_at: str


def question_key(question: str) -> str:
    """Return what questions have in common that ask the same in the same words: stems and numbers, in order."""
    return " ".join(map(stem, words_in(question)))


def checked(correction: Correction, report: ReportIndex) -> Correction:
    """Return a correction with its quote as the report prints it, and something told.

    Raises:
        CorrectionError: the quote is not in a passage of the report, or a number told is not in the quote.
    """
    if not correction.quote.strip():
        return replace(correction, quote="", told=correction.told.strip() or _SILENT)
    span = _place(correction.quote, report)
    if span is None:
        raise CorrectionError("Cette citation n'est pas dans le rapport mot pour mot ; copiez-la depuis le rapport.")
    quote = span.of(report.document.text)
    told = correction.told.strip() or " ".join(quote.split())
    missing = [number for number in _numbers(told) if number not in set(_numbers(quote))]
    if missing:
        raise CorrectionError(f"« {missing[0]} » n'est pas dans la citation ; choisissez celle qui le dit, ou retirez-le.")
    return replace(correction, quote=quote, told=told)


def still_holds(correction: Correction, report: ReportIndex) -> bool:
    """Tell whether the report still prints what a verified answer quotes."""
    return not correction.quote or _place(correction.quote, report) is not None


def verified_answer(answer: Answer, correction: Correction, report: ReportIndex) -> Answer | None:
    """Return the verified answer in the place of `answer`; None where the report no longer prints its quote."""
    bare = replace(
        answer, text=correction.told, confidence=1.0, figures=(), citations=(), alternatives=(), warnings=(),
        status=AnswerStatus.NOT_FOUND,
    )  # fmt: skip
    if not correction.quote:
        return bare
    span = _place(correction.quote, report)
    passage = next((one for one in report.passages if span and span in one.span), None)
    if span is None or passage is None:
        return None
    figures = sorted(report.figures_within(span), key=lambda figure: not _is_told(figure, correction.told))
    return replace(
        bare,
        status=AnswerStatus.ANSWERED,
        citations=(Citation(number=1, passage=passage, quote=span.of(report.document.text), span=span),),
        figures=tuple(CitedFigure(figure, 1) for figure in figures),
        warnings=warnings_on(figures, report),
    )


def _place(quote: str, report: ReportIndex) -> Span | None:
    """Return where the words of a quote stand inside a passage, whatever white space parts them."""
    words = re.compile(r"\s+".join(map(re.escape, quote.split())))
    for match in words.finditer(report.document.text):
        span = Span(*match.span())
        if any(span in passage.span for passage in report.passages):
            return span
    return None


def _numbers(text: str) -> Iterator[str]:
    return filter(_NUMBER.fullmatch, words_in(text))


def _is_told(figure: Figure, told: str) -> bool:
    return set(_numbers(figure.text)) <= set(_numbers(told))
