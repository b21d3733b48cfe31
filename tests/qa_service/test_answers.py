"""What the service answers and refuses on the real report, and what holds of every answer."""

from __future__ import annotations

import re

import pytest

from index.french.folding import fold
from index.french.tokens import tokenize
from index.model import FigureKind
from index.store.fields import heading_text, reading_text
from qa_service.model import Answer, AnswerStatus, Question, QuestionKind
from qa_service.service import QAService
from tests.qa_service.conftest import converse
from tests.support.questions import ANSWERS, LISTS, NEAR_MISSES, OUT_OF_SCOPE, WHEN

LONG = {QuestionKind.LIST, QuestionKind.EXPLANATION, QuestionKind.DEFINITION, QuestionKind.COMPARISON}


@pytest.mark.parametrize(("question", "words", "figure"), ANSWERS)
def test_answers(question: str, words: str, figure: str, answers: dict[str, Answer]) -> None:
    """The words of the report that answer, and first the figure asked for, as printed."""
    answer = answers[question]
    assert answer.status is AnswerStatus.ANSWERED
    assert fold(words) in fold(answer.text)
    assert not figure or answer.figures[0].figure.text == figure


def test_the_questions_offered_to_a_new_user_are_answered(service: QAService) -> None:
    """Each example of report.toml."""
    refused = [q for q in service.example_questions() if service.ask(Question(q)).status is AnswerStatus.NOT_FOUND]
    assert len(service.example_questions()) >= 4
    assert refused == []


@pytest.mark.parametrize("question", WHEN)
def test_whoever_asks_when_gets_a_date(question: str, answers: dict[str, Answer]) -> None:
    """However near another figure stands."""
    assert answers[question].figures[0].figure.kind in (FigureKind.DATE, FigureKind.DURATION)


@pytest.mark.parametrize("question", [*NEAR_MISSES, *OUT_OF_SCOPE])
def test_refusals(question: str, answers: dict[str, Answer]) -> None:
    """What the report does not say is not answered; what it says nearby is only an alternative."""
    answer = answers[question]
    assert answer.status is AnswerStatus.NOT_FOUND
    assert (answer.citations, answer.figures) == ((), ())


@pytest.mark.parametrize(("question", "named"), [(NEAR_MISSES[0], "2015"), (NEAR_MISSES[2], "Vimy")])
def test_a_refusal_names_what_is_missing(question: str, named: str, answers: dict[str, Answer]) -> None:
    """And shows what the report says of the same subject."""
    assert f"ne le dit pas pour {named}" in answers[question].text
    assert answers[question].alternatives


def test_a_follow_up_for_a_year_that_the_report_does_not_give(service: QAService) -> None:
    """The subject is known, the year is not."""
    answer = converse(service, "Combien de chiens la fourrière a-t-elle recueillis en 2021 ?", "Et en 2015 ?")
    assert answer.status is AnswerStatus.NOT_FOUND


def test_every_quote_is_verbatim(answers: dict[str, Answer], service: QAService) -> None:
    """It stands at its place in the document and inside its passage; citations are numbered in order."""
    text = service.reports[0].document.text
    for answer in answers.values():
        for citation in (*answer.citations, *(alternative.citation for alternative in answer.alternatives)):
            assert citation.span.of(text) == citation.quote
            assert citation.quote in citation.passage.text
        assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_every_figure_stands_in_its_citation(answers: dict[str, Answer], service: QAService) -> None:
    """As printed, in the quote of the citation that it names."""
    text = service.reports[0].document.text
    for answer in answers.values():
        for cited in answer.figures:
            assert cited.figure.span in answer.citations[cited.citation - 1].span
            assert cited.figure.span.of(text) == cited.figure.text


def test_no_answer_is_longer_than_it_may(answers: dict[str, Answer]) -> None:
    """450 characters; 800 for a list, an explanation, a definition or a comparison."""
    too_long = {
        question: len(answer.text)
        for question, answer in answers.items()
        if not 0 < len(answer.text) <= (800 if answer.kind in LONG else 450)
    }
    assert too_long == {}


def test_an_answer_reads_well(answers: dict[str, Answer]) -> None:
    """No mark-up, no bullet, no tab, no two marks where one belongs."""
    for answer in answers.values():
        assert not re.search(r"\*\*|\^\{|[\n\t]|  |^[-•] ", answer.text)
        assert not re.search(r"[,;:] ?[;,]|[a-zé]\. ;|[;,] ?$", answer.text.replace("etc. ;", ""))


def test_an_answer_is_in_the_words_of_the_report(answers: dict[str, Answer]) -> None:
    """Every word and number of it stands in the cited passage or over it; a list may count what it leaves out."""
    for answer in answers.values():
        if answer.status is AnswerStatus.ANSWERED and answer.kind is not QuestionKind.DEFINITION:
            passages = [citation.passage for citation in answer.citations]
            there = {token.text for p in passages for token in tokenize(f"{heading_text(p)} {reading_text(p)}")}
            said = re.sub(r" \(\d+ éléments sur \d+\)$", "", answer.text)
            assert [token.text for token in tokenize(said.replace("…", " ")) if token.text not in there] == []


@pytest.mark.parametrize("question", LISTS)
def test_a_list_is_complete_or_says_what_it_leaves_out(question: str, answers: dict[str, Answer]) -> None:
    """The items of the list that the answer shows are all there, or counted: "n éléments sur m"."""
    answer = answers[question]
    assert answer.status is AnswerStatus.ANSWERED
    cited = answer.citations[0]
    shown = [unit for unit in cited.passage.units if unit.list_id is not None and unit.span in cited.span]
    lists = {unit.list_id for unit in shown}
    whole = [unit for unit in cited.passage.units if unit.list_id in lists]
    assert len(whole) > 1
    assert len(shown) == len(whole) or f"({len(shown)} éléments sur {len(whole)})" in answer.text


@pytest.mark.parametrize(
    ("question", "items"),
    [
        (LISTS[0], ["écarts de rémunération", "égal accès", "vie personnelle et familiale", "discriminations"]),
        (LISTS[1], ["Jean-Ferrat", "Léon Delfosse", "Le Colisée", "Centre Arc-en-Ciel", "La MAC"]),
        (
            LISTS[2],
            ["Cadre du Projet", "Performance Energétique", "Levier de financement", "Périmètre du service commun"],
        ),
        (LISTS[3], ["schéma directeur immobilier", "économiste de flux", "diagnostic énergétique"]),
        (LISTS[4], ["fêtes de la Renaissance", "Concerts de poche", "Summer's Grenay Festival"]),
        (LISTS[5], ["plateforme WEB", "la Revue", "journal Hors Série"]),
    ],
)
def test_lists(question: str, items: list[str], answers: dict[str, Answer]) -> None:
    """First, last and middle items of lists of the report."""
    assert [item for item in items if fold(item) not in fold(answers[question].text)] == []


def test_the_confidence_is_a_likelihood(answers: dict[str, Answer]) -> None:
    """Between 0 and 1, and lower for refusals than for answers on the whole."""
    assert all(0 <= answer.confidence <= 1 for answer in answers.values())
    sure = [answers[question].confidence for question, _, _ in ANSWERS]
    unsure = [answers[question].confidence for question in (*NEAR_MISSES, *OUT_OF_SCOPE)]
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure)


def test_a_figure_that_cannot_be_right_comes_with_a_warning(service: QAService) -> None:
    """The report prints "16 069 633 M€" of subsidies: whoever quotes it must know; other figures carry none."""
    warned = service.ask(Question("Quel montant total de subventions la CALL s'est-elle vu notifier en 2021 ?"))
    assert [warning.code for warning in warned.warnings] == ["unit"]
    assert service.ask(Question("Combien d'agents ont suivi une formation ?")).warnings == ()
