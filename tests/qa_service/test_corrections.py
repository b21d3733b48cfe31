"""Verified answers: what is kept of them, and what is told in the place of the service's own."""

from dataclasses import replace

import pytest

from qa_service.corrections import Correction, checked, question_key, verified_answer
from qa_service.errors import CorrectionError
from qa_service.model import AnswerStatus, Question
from qa_service.service import QAService
from tests.support.report import SLUG

QUESTION = "Combien de chats ont retrouvé leur maître ?"
CORRECTION = Correction(
    document=SLUG, question=QUESTION, told="8 chats ont été rendus à leurs propriétaires.",
    quote="8 chats ont été  restitués\nà leurs propriétaires", author="Anne", corrected_at="2026-01-02T03:04:05.000+00:00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Combien d'agents ?", "combien d’agents", True),
        ("Quels sont les projets ?", "QUELS SONT LES PROJETS", True),
        ("Combien d'agents en 2020 ?", "Combien d'agents en 2021 ?", False),
        ("Combien d'agents ?", "Quels agents ?", False),
        ("Combien d'agents à Lens ?", "Combien d'agents à Liévin ?", False),
    ],
)
def test_the_same_question_has_the_same_key(one: str, other: str, same: bool) -> None:
    """Case, accents, punctuation and elision do not matter; every word and number does."""
    assert (question_key(one) == question_key(other)) is same


def test_the_quote_is_kept_as_the_report_prints_it(service: QAService) -> None:
    """Whatever white space came with it."""
    kept = checked(CORRECTION, service.reports[0])
    assert kept.quote == "8 chats ont été restitués à leurs propriétaires"
    assert checked(replace(CORRECTION, told=" "), service.reports[0]).told == kept.quote


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "9 chats ont été restitués"}, "n'est pas dans le rapport mot pour mot"),
        ({"quote": "(.*)"}, "n'est pas dans le rapport mot pour mot"),
        ({"told": "38 chats"}, "« 38 » n'est pas dans la citation"),
        ({"told": "8 chats en 2021"}, "« 2021 » n'est pas dans la citation"),
    ],
)
def test_nothing_is_verified_that_the_report_does_not_print(service: QAService, changes: dict[str, str], message: str) -> None:
    """Neither words nor numbers."""
    with pytest.raises(CorrectionError, match=message):
        checked(replace(CORRECTION, **changes), service.reports[0])


def test_the_answer_is_what_was_verified(service: QAService) -> None:
    """With the quote, its passage and its figure, and full confidence."""
    report = service.reports[0]
    answer = verified_answer(service.ask(Question(QUESTION)), checked(CORRECTION, report), report)
    assert answer
    assert (answer.status, answer.text, answer.confidence) == (AnswerStatus.ANSWERED, CORRECTION.told, 1.0)
    (citation,) = answer.citations
    assert citation.span.of(report.document.text) == citation.quote == "8 chats ont été restitués à leurs propriétaires"
    assert [cited.figure.text for cited in answer.figures] == ["8"]


def test_the_report_may_not_say(service: QAService) -> None:
    """A verified refusal has neither citation nor figure."""
    report = service.reports[0]
    silent = checked(replace(CORRECTION, quote=" ", told=""), report)
    answer = verified_answer(service.ask(Question(QUESTION)), silent, report)
    assert answer
    assert (answer.status, answer.text, answer.citations) == (AnswerStatus.NOT_FOUND, "Le rapport ne le dit pas.", ())


def test_a_quote_of_another_report_is_told_no_more(service: QAService) -> None:
    """The service answers by itself again."""
    stale = replace(CORRECTION, quote="8 girafes ont été restituées")
    assert verified_answer(service.ask(Question(QUESTION)), stale, service.reports[0]) is None
