"""Asking the cases as a conversation does."""

from dataclasses import replace
from typing import cast

import pytest

from evaluation.cases import CaseSet
from evaluation.judging import Ranking
from evaluation.running import run_cases, signal_variants
from qa_service.model import Question, Turn
from qa_service.service import QAService
from tests.support.evaluation_service import CASE, PAYROLL, REPORT, UNANSWERABLE, FixedService, answer_with
from tests.support.report import SLUG

FOLLOW_UP = replace(CASE, history=("Quels effectifs ?", "Et la masse salariale ?"), question="En 2021 ?")


@pytest.fixture
def fixed() -> FixedService:
    """Return a service that answers the two wordings of the payroll question."""
    right = answer_with("13 056 633.72€ en 2021", PAYROLL)
    return FixedService({CASE.question: right, FOLLOW_UP.question: right})


def test_earlier_questions_are_asked_first(fixed: FixedService) -> None:
    """Each question has the turns before it, as typed and as understood, and the report it is asked of."""
    (outcome,) = run_cases(cast(QAService, fixed), CaseSet(REPORT, SLUG, (FOLLOW_UP,)), ())
    first = Turn("Quels effectifs ?", "QUELS EFFECTIFS ?")
    second = Turn("Et la masse salariale ?", "ET LA MASSE SALARIALE ?")
    assert fixed.asked == [
        Question("Quels effectifs ?", (), SLUG),
        Question("Et la masse salariale ?", (first,), SLUG),
        Question("En 2021 ?", (first, second), SLUG),
    ]
    assert outcome.verdict.follow_up
    assert outcome.verdict.right


def test_a_set_of_no_report_is_asked_of_all(fixed: FixedService) -> None:
    """Without a report the search has no limit."""
    list(run_cases(cast(QAService, fixed), CaseSet(REPORT, "", (CASE,)), ()))
    assert fixed.asked == [Question(CASE.question, (), None)]


def test_each_variant_ranks_by_itself(fixed: FixedService) -> None:
    """The rank of the evidence is kept for each signal and for both; there is none for the unanswerable."""
    service = cast(QAService, fixed)
    case_set = CaseSet(REPORT, SLUG, (CASE, UNANSWERABLE))
    answerable, unanswerable = run_cases(service, case_set, signal_variants(service))
    assert answerable.verdict.rankings == (Ranking("lexical", 2), Ranking("dense", 2), Ranking("fused", 1))
    assert unanswerable.verdict.rankings == ()
    assert unanswerable.verdict.refused
