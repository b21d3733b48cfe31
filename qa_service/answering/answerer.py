"""Chooses the words that answer, or refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.model import Figure
from index.store.report_index import ReportIndex
from qa_service.answering.alternatives import alternatives_to
from qa_service.answering.citing import cite
from qa_service.answering.confidence import Confidence
from qa_service.answering.defining import defined
from qa_service.answering.evidence import EVIDENCE, Evidence, evidence_for
from qa_service.answering.excerpt import Excerpt, excerpt_of, figures_of, unit_excerpt
from qa_service.answering.figures import FigureChooser
from qa_service.answering.pairing import second_fact, told_together
from qa_service.answering.refusing import refusal
from qa_service.model import Answer, AnswerStatus, Citation, CitedFigure, QuestionKind, Warning
from qa_service.ranking.ranker import RankedUnit, Ranking
from qa_service.ranking.weights import Weights
from qa_service.understanding.query import Query

_CANDIDATES = 30  # units looked at: the best one, what may stand beside it, and the passages to cite after it
NEXT_BEST = 6  # units beside the best one are worth showing with it up to this rank
_MAX_CITATIONS = 3
_SUPPORT = 0.5  # share of the best score that another passage needs to be cited beside
_MAX_RELATED = 3
_OF_FIGURES = frozenset({QuestionKind.FIGURE, QuestionKind.DATE, QuestionKind.COMPARISON})


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one report has to say, before it is put into words: of several reports one is."""

    ranking: Ranking
    ranked: Sequence[RankedUnit]
    evidence: Evidence
    confidence: float
    answers: bool


class Answerer:
    """Turns rankings into an answer; without state."""

    def __init__(self, confidence: Mapping[bool, Confidence], figures: Mapping[bool, Weights]) -> None:
        """Take the models for reports with (True) and without (False) fact cards."""
        self._confidence = confidence
        self._figures = figures

    def answer(self, query: Query, question: str, rankings: Sequence[Ranking]) -> Answer:
        """Return the best of what the reports say, or a refusal."""
        judged = [self._judged(query, ranking) for ranking in rankings]
        best = max(judged, key=lambda one: (one.answers, one.confidence), default=None)
        told = self._told(query, question, best) if best else refusal(query, question, (), (), 0.0, 0.0)
        if not query.entries:
            return told
        index = next((ranking.index for ranking in rankings if query.entries[0] in ranking.index.glossary), None)
        return (index and defined(query, question, index, told)) or told

    def _judged(self, query: Query, ranking: Ranking) -> _Judged:
        ranked = ranking.units(_CANDIDATES)
        evidence = evidence_for(query, ranking, ranked)
        model = self._confidence[bool(ranking.index.facts)]
        confidence = model.of(evidence)
        return _Judged(ranking, ranked, evidence, confidence, answers=not evidence.forbids and confidence >= model.threshold)

    def _told(self, query: Query, question: str, best: _Judged) -> Answer:
        if not best.answers:
            covered = float(best.evidence.values[EVIDENCE.index("covered_in_passage")])
            return refusal(query, question, best.ranked, best.evidence.unmet, covered, best.confidence)
        chooser = FigureChooser(query, best.ranking, self._figures[bool(best.ranking.index.facts)])
        return _answered(query, question, best.ranked, chooser, best.confidence)


def _answered(query: Query, question: str, ranked: Sequence[RankedUnit], chooser: FigureChooser, confidence: float) -> Answer:
    best = ranked[0]
    excerpt = excerpt_of(best, ranked[1:NEXT_BEST], query, chooser)
    second = second_fact(query, excerpt, ranked)
    figures = [CitedFigure(figure, 1) for figure in figures_of(excerpt, best, chooser)]
    if second is not None:
        figures += [CitedFigure(figure, 2) for figure in figures_of(second[1], second[0], chooser)]
    return Answer(
        status=AnswerStatus.ANSWERED,
        question=question,
        understood_as=query.understood_as,
        kind=query.kind,
        text=told_together(excerpt, second[0]) if second else excerpt.text,
        confidence=confidence,
        citations=_citations(excerpt, second, ranked),
        figures=tuple(figures),
        alternatives=alternatives_to(figures[0].figure, best.index) if figures and query.kind in _OF_FIGURES else (),
        warnings=warnings_on([cited.figure for cited in figures], best.index),
        related=_related(query, ranked),
    )


def _citations(
    excerpt: Excerpt, second: tuple[RankedUnit, Excerpt] | None, ranked: Sequence[RankedUnit]
) -> tuple[Citation, ...]:
    """Cite what the answer says in order, then the passages that speak of the same thing nearly as much."""
    best = ranked[0]
    citations = [cite(1, excerpt, best.index.document.text)]
    if second is not None:
        citations.append(cite(2, second[1], second[0].index.document.text))
    cited = {citation.passage.id for citation in citations}
    for unit in ranked[1:]:
        if len(citations) == _MAX_CITATIONS or unit.score < _SUPPORT * best.score:
            break
        if unit.ref.passage.id not in cited:
            cited.add(unit.ref.passage.id)
            citations.append(cite(len(citations) + 1, unit_excerpt(unit), unit.index.document.text))
    return tuple(citations)


def warnings_on(figures: Sequence[Figure], index: ReportIndex) -> tuple[Warning, ...]:
    """Return what a careful reader must know of the figures shown, each said once."""
    shown = {figure.span for figure in figures}
    found = [finding for finding in index.findings if not shown.isdisjoint(finding.figures)]
    return tuple(Warning(code, text) for code, text in dict.fromkeys((finding.code.value, finding.text) for finding in found))


def _related(query: Query, ranked: Sequence[RankedUnit]) -> tuple[str, ...]:
    """Return questions that the report is known to answer, on what stands near the answer."""
    questions = (unit.card.questions[0] for unit in ranked[1:] if unit.card and unit.card is not ranked[0].card)
    return tuple(dict.fromkeys(question for question in questions if question != query.text))[:_MAX_RELATED]
