"""Gaps in the service: a question that the report is known to leave open counts against an answer."""

from __future__ import annotations

from index.store.fields import questions_of
from qa_service.model import AnswerStatus, Question
from qa_service.service import QAService


def test_a_report_without_gaps_has_none_near(mini: QAService) -> None:
    """Nothing speaks against an answer."""
    (ranking,) = mini.rank(Question("Combien de patineurs à la patinoire ?"))
    assert (ranking.gap().score, ranking.gap().lead, ranking.gap().share) == (0, 0, 0)


def test_a_question_of_a_gap_is_nearest_to_it(service: QAService) -> None:
    """Its lead over the cards is above zero, and that of a card's own question below."""
    index = service.reports[0]
    gap, fact = questions_of(index.gaps)[0].text, questions_of(index.facts)[0].text
    assert service.rank(Question(gap))[0].gap().lead > 0 > service.rank(Question(fact))[0].gap().lead


def test_questions_of_gaps_are_refused(service: QAService) -> None:
    """Nine in ten of them, every fiftieth asked."""
    asked = [question.text for question in questions_of(service.reports[0].gaps)][::50]
    refused = [service.ask(Question(question)).status is AnswerStatus.NOT_FOUND for question in asked]
    assert sum(refused) >= 0.9 * len(refused)
