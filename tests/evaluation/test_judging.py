"""What makes an answer right, a citation good, a quote verbatim."""

from dataclasses import replace

import pytest

from evaluation.cases import CaseKind
from evaluation.judging import first_rank, has_exact_figure, is_right, is_verbatim, judge
from index.model import Span
from qa_service.model import Alternative
from tests.support.evaluation_service import (
    CASE,
    DOCUMENT,
    PAYROLL,
    UNANSWERABLE,
    VISITS,
    answer_with,
    citation_of,
    money,
    passage_with,
)
from tests.support.report import SLUG

TWO_PIECES = replace(CASE, answers=(("13 agents", "13"), ("7 sont effectives", "7 mobilités")))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("13 agents, dont 7 sont effectives", True),
        ("13 demandes et 7 mobilites", True),
        ("13 agents ont demandé", False),
        ("130 agents, dont 7 sont effectives", False),
    ],
)
def test_each_piece_needs_one_of_its_writings(text: str, right: bool) -> None:
    """An answer is right when every piece is said in one accepted way."""
    assert is_right(TWO_PIECES, answer_with(text, PAYROLL)) is right


def test_a_refusal_is_never_right() -> None:
    """A text with the right words does not count when the status is `not_found`."""
    assert not is_right(CASE, answer_with("Pas 13 056 633.72 €."))


def test_an_answer_to_the_unanswerable_is_never_right() -> None:
    """No piece is required of it, and still nothing that answers is right."""
    assert not is_right(UNANSWERABLE, answer_with("13 056 633.72€", PAYROLL))


@pytest.mark.parametrize(
    ("kind", "chars", "right"),
    [
        (CaseKind.FIGURE, 450, True),
        (CaseKind.FIGURE, 451, False),
        (CaseKind.YESNO, 451, False),
        (CaseKind.LIST, 800, True),
        (CaseKind.EXPLANATION, 800, True),
        (CaseKind.DEFINITION, 800, True),
        (CaseKind.COMPARISON, 801, False),
    ],
)
def test_a_right_answer_is_short(kind: CaseKind, chars: int, right: bool) -> None:
    """450 characters, 800 for what cannot be short."""
    answer = answer_with("13 056 633.72€ ".ljust(chars, "x"), PAYROLL)
    assert is_right(replace(CASE, kind=kind), answer) is right


def test_the_rank_is_that_of_the_first_passage_with_any_evidence() -> None:
    """Ranks start at 1; a passage needs only one of the quotes."""
    case = replace(CASE, evidence=("nulle part", PAYROLL))
    assert first_rank(case, [passage_with(VISITS), passage_with(PAYROLL), passage_with(PAYROLL)]) == 2
    assert first_rank(case, [passage_with(VISITS)]) is None


def test_the_figure_asked_for_comes_first() -> None:
    """The right amount in second place is not exact."""
    answer = answer_with("…", PAYROLL)
    payroll, before = money("13 056 633.72€", "13056633.72"), money("12 607 476.20 €", "12607476.20")
    assert has_exact_figure(CASE, replace(answer, figures=(payroll, before)))
    assert not has_exact_figure(CASE, replace(answer, figures=(before, payroll)))
    assert not has_exact_figure(CASE, answer)


def test_a_quote_stands_at_its_offsets() -> None:
    """A quote of the report at another place, or changed by one character, is not verbatim."""
    answer, citation = answer_with("…", PAYROLL), citation_of(PAYROLL)
    moved = replace(citation, span=Span(citation.span.start - 1, citation.span.end - 1))
    assert is_verbatim(answer, [DOCUMENT])
    assert not is_verbatim(replace(answer, citations=(moved,)), [DOCUMENT])
    assert not is_verbatim(replace(answer, citations=(replace(citation, quote="13 056 633,72€ en 2021"),)), [DOCUMENT])
    assert not is_verbatim(replace(answer, citations=(replace(citation, quote=""),)), [DOCUMENT])


def test_the_quotes_of_alternatives_are_verbatim_too() -> None:
    """A refusal may show other passages: their quotes are checked like the rest."""
    wrong = replace(citation_of(VISITS), quote="66 visites")
    refusal = replace(answer_with("Non."), alternatives=(Alternative(text="…", citation=wrong),))
    assert not is_verbatim(refusal, [DOCUMENT])


def test_a_verdict_keeps_what_each_metric_needs() -> None:
    """One verdict holds the whole judgement, without a word of the question."""
    answer = replace(answer_with("13 056 633.72€ en 2021", VISITS, PAYROLL), figures=(money("65", "65"),))
    verdict = judge(CASE, answer, [DOCUMENT], document=SLUG, elapsed_ms=3.5)
    assert (verdict.right, verdict.refused, verdict.cited_at, verdict.figure_exact) == (True, False, 2, False)
    assert (verdict.verbatim, verdict.follow_up, verdict.confidence, verdict.elapsed_ms) == (True, False, 0.85, 3.5)
