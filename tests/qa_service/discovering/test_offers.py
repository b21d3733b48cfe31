"""The questions, the tour and the quiz that a report offers: all of them answered by it."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ReportFormatError
from index.model import Document
from index.reading.limits import Limits
from index.reading.report import read_report
from qa_service.discovering.discovery import Discovery
from qa_service.discovering.quiz import ITEMS, QuizItem, quiz_of
from qa_service.discovering.tour import STEPS, services_of, tour_of
from qa_service.model import Answer, Question
from qa_service.service import QAService
from tests.support import mini
from tests.support.report import SLUG


@pytest.fixture
def discovery(service: QAService) -> Discovery:
    """What the real report offers."""
    return service.discoveries[SLUG]


def test_every_service_has_questions_that_it_answers(discovery: Discovery, service: QAService) -> None:
    """Five of them, in reading order, each answered from that very section."""
    for section in services_of(discovery.report.document):
        questions = discovery.questions(section)
        assert len(questions) == 5, section.title
        for question in questions:
            answer = service.ask(Question(question))
            assert answer.citations[0].span in section.span, (section.title, question)


def test_the_tour_visits_what_the_report_says(discovery: Discovery) -> None:
    """Ten sections, in the order of `report.toml`."""
    assert tuple(section.title for section in discovery.tour) == discovery.report.metadata.tour
    assert len(discovery.tour) == STEPS


def test_without_an_order_the_tour_visits_every_part(discovery: Discovery) -> None:
    """Ten services in reading order, one at least of each part, no cover."""
    document = discovery.report.document
    tour = tour_of(document, ())
    assert len(tour) == STEPS
    assert list(tour) == sorted(tour, key=lambda section: section.span)
    parts = [part for part in document.sections if part.children]
    assert all(any(section in part.children for section in tour) for part in parts)
    assert document.title not in {section.title for section in tour}


def test_a_small_report_has_a_short_tour(tmp_path: Path) -> None:
    """As many steps as services."""
    document: Document = read_report(mini.write_seed(tmp_path), limits=Limits()).document
    assert [section.title for section in tour_of(document, ())] == ["Jardins partagés", "Patinoire", "Culture"]


def test_a_tour_through_a_section_that_there_is_not_is_refused(tmp_path: Path) -> None:
    """The message names the title."""
    seed = mini.write_seed(tmp_path, metadata=mini.METADATA + 'tour = ["Patinoire", "Piscine"]\n')
    with pytest.raises(ReportFormatError, match="la visite nomme « Piscine »"):
        read_report(seed, limits=Limits())


@pytest.mark.parametrize("series", [1, 2, 20])
def test_the_quiz_is_answered_by_the_report(discovery: Discovery, service: QAService, series: int) -> None:
    """Four options, one right; the right one is in the words quoted, and the service answers so."""
    text = discovery.report.document.text
    items = discovery.quiz(series)
    assert len(items) == ITEMS
    for item in items:
        assert len(set(item.options)) == 4
        right = item.options[item.right]
        if item.question.startswith("Que veut dire"):
            continue
        assert item.marked.of(text) == right
        assert item.marked in item.quote
        assert item.quote in item.passage.span
        assert service.ask(Question(item.question)).figures[0].figure.span == item.marked


def test_a_series_is_always_the_same(discovery: Discovery, service: QAService) -> None:
    """And another one is another."""
    again = quiz_of(discovery.report, 1, service.ask)
    assert again == discovery.quiz(1)
    assert _questions(again) != _questions(discovery.quiz(2))


def _questions(items: tuple[QuizItem, ...]) -> set[str]:
    return {item.question for item in items}


def test_without_cards_a_sentence_is_completed(tmp_path: Path) -> None:
    """Its figure is left out; with too few figures to choose from there is no quiz."""
    text = mini.TEXT.replace(
        "Culture\n\nLe",
        "Culture\n\n"
        + "".join(f"Le cinéma a reçu {n} 000 visiteurs dans sa salle numéro trois.\n\n" for n in (7, 8, 9, 11, 12))
        + "Le",
    )
    report = mini.build(mini.write_seed(tmp_path / "seed", text=text), tmp_path / "index", cards=False)
    items = quiz_of(report, 1, _never)
    assert items
    assert all(item.has_gap and "……" in item.question for item in items)
    assert all(item.options[item.right] not in item.question for item in items)
    bare = replace(report, contents=replace(report.contents, figures=(), facts=(), glossary=()))
    assert quiz_of(bare, 1, _never) == ()


def _never(question: Question) -> Answer:
    raise AssertionError(question)
