"""Answers made by hand over the real report, and a service that gives them: known verdicts for the evaluation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from evaluation.cases import Case, CaseKind, Persona, Style
from evaluation.judging import Ranking, Verdict
from index.model import Document, Figure, FigureKind, Passage, Span
from qa_service.model import (
    Answer,
    AnswerStatus,
    Citation,
    CitedFigure,
    Question,
    QuestionKind,
    RetrievedPassage,
)
from tests.support.report import REPORT_TEXT, SEEDS, SLUG, span_of

REPORT = SEEDS / SLUG / "report.txt"
DOCUMENT = Document(
    slug=SLUG, title="Rapport", authority="Autorité", period="2021", text=REPORT_TEXT, pages=(), sections=()
)  # fmt: skip

PAYROLL = "13 056 633.72€ en 2021"
VISITS = "En 2021, 65 visites médicales ont été effectuées"


def passage_with(quote: str) -> Passage:
    """Return the line of the report that holds `quote`, as a passage."""
    found = REPORT_TEXT.index(quote)
    start, end = REPORT_TEXT.rfind("\n", 0, found) + 1, REPORT_TEXT.index("\n", found)
    return Passage(
        id=f"p{start}", document=SLUG, section_id="s", section_path=("Section",), heading="", pages=None,
        span=Span(start, end), text=REPORT_TEXT[start:end], units=(),
    )  # fmt: skip


def citation_of(quote: str, number: int = 1) -> Citation:
    """Return a citation of `quote` at its place in the report."""
    return Citation(number=number, passage=passage_with(quote), quote=quote, span=span_of(quote))


def answer_with(text: str, *quotes: str) -> Answer:
    """Return an answer that says `text` and cites `quotes`; a refusal without quotes."""
    return Answer(
        status=AnswerStatus.ANSWERED if quotes else AnswerStatus.NOT_FOUND, question="?", understood_as="?",
        kind=QuestionKind.OTHER, text=text, confidence=0.85,
        citations=tuple(citation_of(quote, number) for number, quote in enumerate(quotes, start=1)),
    )  # fmt: skip


def money(text: str, value: str) -> CitedFigure:
    """Return an amount in euros as the answer's figure."""
    figure = Figure(text=text, value=Decimal(value), unit="EUR", kind=FigureKind.MONEY, span=span_of(text))
    return CitedFigure(figure, 1)


CASE = Case(
    id="T-001", persona=Persona.COM, kind=CaseKind.FIGURE, style=Style.DIRECT, question="Masse salariale en 2021 ?",
    answers=(("13 056 633.72", "13 056 633,72"),), evidence=(PAYROLL,), section="Ressources et relations humaines",
)  # fmt: skip
UNANSWERABLE = replace(CASE, id="T-002", kind=CaseKind.UNANSWERABLE, question="Et en 1998 ?", answers=(), evidence=())

RIGHT = Verdict(
    id="T-001", document=SLUG, persona=Persona.COM, kind=CaseKind.FIGURE, style=Style.DIRECT, follow_up=False,
    refused=False, right=True, cited_at=1, figure_exact=True, verbatim=True, confidence=0.95, elapsed_ms=4.0,
    rankings=(Ranking("lexical", 1), Ranking("fused", 2)),
)  # fmt: skip
REFUSED = replace(
    RIGHT, id="T-002", kind=CaseKind.UNANSWERABLE, refused=True, right=False, cited_at=None, figure_exact=None,
    confidence=0.2, rankings=(),
)  # fmt: skip


@dataclass(frozen=True)
class FakeReport:
    """The part of a report's index that an evaluation reads."""

    document: Document = DOCUMENT
    facts: tuple[object, ...] = ()


@dataclass
class FixedService:
    """Gives the answer made for a question's text, a refusal elsewhere, and keeps what it was asked."""

    answers: dict[str, Answer]
    reports: tuple[FakeReport, ...] = (FakeReport(),)
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        """Return the answer made for the question, understood as the question in capitals."""
        self.asked.append(question)
        answer = self.answers.get(question.text, answer_with("Le rapport ne le dit pas."))
        return replace(answer, question=question.text, understood_as=question.text.upper())

    def retrieve(self, question: Question, *, top_k: int, signals: tuple[str, ...] = ()) -> tuple[RetrievedPassage, ...]:
        """Return the passages of the visits and the payroll, in this order for one signal, reversed for both."""
        passages = [passage_with(VISITS), passage_with(PAYROLL)][:: 1 if len(signals) == 1 else -1]
        return tuple(
            RetrievedPassage(passage=passage, rank=rank, score=1 / rank, sources=signals)
            for rank, passage in enumerate(passages[:top_k], start=1)
        )
