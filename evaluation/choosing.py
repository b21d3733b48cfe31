"""What the choice of the figure asked for is learnt from: figure cases, and the cards' own questions that point at a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from evaluation.cases import Case, CaseKind
from evaluation.fitting import RankingSample
from evaluation.matching import same_figure
from index.model import Figure, Span
from index.store.fields import questions_of, units_of_fact
from qa_service.answering.answerer import NEXT_BEST
from qa_service.answering.excerpt import excerpt_of, figures_shown
from qa_service.answering.figures import FigureChooser
from qa_service.model import Question
from qa_service.ranking.ranker import Ranking
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.understanding.query import Query

_NO_WEIGHTS = Weights({})


def sample_of_case(case: Case, query: Query, ranking: Ranking) -> RankingSample | None:
    """Return the figures shown in the answer to a case; None if it asks for none, or they are all or none what it asks."""
    if case.kind is not CaseKind.FIGURE:
        return None
    best, *others = ranking.units(NEXT_BEST)
    chooser = FigureChooser(query, ranking, _NO_WEIGHTS)
    found = figures_shown(excerpt_of(best, others, query, chooser), best)
    writings = [writing for piece in case.answers for writing in piece]
    return _sample(
        chooser.features(found, best) if found else np.empty((0, 0)),
        [any(same_figure(writing, figure.text, figure.value) for writing in writings) for figure in found],
    )


def samples_of_cards(service: QAService) -> Iterator[RankingSample]:
    """Yield the figures of the quote for each card's question that points at one, as if no card asked that question."""
    for report in service.reports:
        for row, question in enumerate(questions_of(report.facts)):
            if question.answer is None:
                continue
            fact = report.facts[question.asker]
            asked = Question(question.text, (), report.document.slug)
            ranking = service.rank(asked)[0]
            best = ranking.unit(units_of_fact(fact, report.units)[0])
            found = [figure for figure in report.figures_of(best.ref.passage) if figure.span in fact.span]
            chooser = FigureChooser(service.interpret(asked), ranking, _NO_WEIGHTS, left_out=row)
            sample = _sample(chooser.features(found, best), [_holds(question.answer, figure) for figure in found])
            if sample is not None:
                yield sample


def _holds(answer: Span, figure: Figure) -> bool:
    return figure.span.start < answer.end and answer.start < figure.span.end


def _sample(features: np.ndarray, answering: Sequence[bool]) -> RankingSample | None:
    if not any(answering) or all(answering):
        return None
    return RankingSample(features, np.array(answering))
