"""Several reports at once: each can be asked alone, together the best answer wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.model import AnswerStatus, Question
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import load_service
from tests.qa_service.conftest import indexed
from tests.support.mini import write_second_seed, write_seed

QUESTION = "Combien de patineurs la patinoire a-t-elle accueillis ?"


def test_all_reports_are_there(pair: QAService) -> None:
    """By name, with the questions that each is known to answer."""
    assert [report.document.slug for report in pair.reports] == ["bourg-neuf-2020", "val-fleuri-2019"]
    assert pair.example_questions() == ("Combien de jardins partagés ?", "Combien de jardins partagés ?")


@pytest.mark.parametrize(
    ("document", "figure", "period"), [("val-fleuri-2019", "48 250", "2019"), ("bourg-neuf-2020", "51 730", "2020")]
)
def test_a_question_to_one_report_is_answered_from_it(document: str, figure: str, period: str, pair: QAService) -> None:
    """Quote, figure, period and alternatives come from that report only."""
    answer = pair.ask(Question(QUESTION, document=document))
    cited = [*answer.citations, *(alternative.citation for alternative in answer.alternatives)]
    assert {citation.passage.document for citation in cited} == {document}
    assert (answer.figures[0].figure.text, answer.figures[0].figure.period) == (figure, period)


def test_a_question_to_all_reports_is_answered_from_one(pair: QAService) -> None:
    """Each citation names its report, and the quote stands in that one."""
    answer = pair.ask(Question(QUESTION))
    texts = {report.document.slug: report.document.text for report in pair.reports}
    assert answer.status is AnswerStatus.ANSWERED
    for citation in answer.citations:
        assert citation.span.of(texts[citation.passage.document]) == citation.quote


def test_a_year_leads_to_its_report(pair: QAService) -> None:
    """The report of 2020 answers for 2020, that of 2019 for 2019."""
    assert "51 730 patineurs" in pair.ask(Question("Combien de patineurs à la patinoire en 2020 ?")).text
    assert "48 250 patineurs" in pair.ask(Question("Combien de patineurs à la patinoire en 2019 ?")).text


def test_another_authority_is_not_answered_for(pair: QAService) -> None:
    """A question that names one authority never gets the figure of the other's report."""
    assert "48 250" not in pair.ask(Question("Combien de patineurs à la patinoire de Bourg-Neuf ?")).text


def test_a_report_without_cards_answers_beside_one_with_cards(tmp_path: Path) -> None:
    """A report that was just added answers as it does alone: the cards of another change nothing for it."""
    write_seed(tmp_path / "seeds" / "val-fleuri-2019")
    write_second_seed(tmp_path / "seeds" / "bourg-neuf-2020")
    both = load_service(indexed(Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds")))
    answer = both.ask(Question(QUESTION, document="bourg-neuf-2020"))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.figures[0].figure.text == "51 730"


def test_an_unknown_report_answers_nothing(pair: QAService) -> None:
    """A refusal, not an error: who asks through the API or the terminal is told before."""
    answer = pair.ask(Question(QUESTION, document="ailleurs-1999"))
    assert answer.status is AnswerStatus.NOT_FOUND
    assert (answer.citations, answer.alternatives) == ((), ())


def test_retrieval_over_all_reports_is_one_ranking(pair: QAService) -> None:
    """Ranks from 1, scores that fall, passages of both; `document` limits it to one."""
    found = pair.retrieve(Question(QUESTION), top_k=6)
    assert [item.rank for item in found] == [1, 2, 3, 4, 5, 6]
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert {item.passage.document for item in found} == {"val-fleuri-2019", "bourg-neuf-2020"}
    alone = pair.retrieve(Question(QUESTION, document="bourg-neuf-2020"), top_k=6)
    assert {item.passage.document for item in alone} == {"bourg-neuf-2020"}
    assert [item.rank for item in alone] == list(range(1, len(alone) + 1))
