"""The whole service over the real report: always the same answer, whatever is typed, and passages ranked."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from qa_service.model import Answer, AnswerStatus, Question
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.timing import Stage, Stopwatch
from qa_service.wiring import load_service
from tests.qa_service.conftest import converse
from tests.support.questions import ALL
from tests.support.report import SLUG


def test_related_questions_are_other_questions_that_are_answered(service: QAService) -> None:
    """Three at most, none of them the one asked, each known to be answered."""
    related = service.ask(Question("Combien de chiens la fourrière a-t-elle recueillis ?")).related
    assert 0 < len(related) <= 3
    assert len(set(related)) == len(related)
    assert [q for q in related if service.ask(Question(q)).status is AnswerStatus.NOT_FOUND] == []


def test_the_same_question_gets_the_same_answer(answers: dict[str, Answer], service: QAService) -> None:
    """Asked again, in many threads at once, whatever was asked in between."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        again = dict(zip(ALL, pool.map(lambda question: service.ask(Question(question)), ALL), strict=True))
    assert again == answers


ASK_ALL = """
import sys
from pathlib import Path
from qa_service.model import Question
from qa_service.settings import Settings
from qa_service.wiring import load_service
service = load_service(Settings(var_dir=Path(sys.argv[1]), seeds_dir=Path(sys.argv[2])))
for question in sys.argv[3:]:
    print(ascii(service.ask(Question(question))))
"""


def test_another_process_gives_the_same_answers(settings: Settings, answers: dict[str, Answer]) -> None:
    """Byte for byte, whatever the order in which its sets happen to stand."""
    arguments = (sys.executable, "-c", ASK_ALL, str(settings.var_dir), str(settings.seeds_dir), *ALL)
    runs = [
        subprocess.Popen(arguments, env={"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, encoding="ascii")
        for seed in ("1", "2")
    ]
    said = {run.communicate()[0] for run in runs}
    assert said == {"".join(f"{answers[question]!a}\n" for question in ALL)}


ODD = ["?", "…", "👍", "a", "2021", "€ %", "le la les", "\u200b", "(((", "[a-z]+\\", "\n\n\t", "مرحبا كم عدد"]
ENDLESS = ["x" * 1_000, "combien " * 120, "1 " * 400, "CALL " * 200, "; DROP TABLE passages --" * 20, "<b>" * 300]


@pytest.mark.parametrize("text", [*ODD, *ENDLESS])
def test_any_text_gets_an_answer(text: str, service: QAService) -> None:
    """Whatever is typed, alone or as a follow-up, the service says something and cites properly."""
    for answer in (service.ask(Question(text)), converse(service, "Combien de chiens ?", text)):
        assert answer.text
        assert len(answer.text) <= 800
        assert bool(answer.citations) is (answer.status is AnswerStatus.ANSWERED)


def test_retrieval_ranks_passages(service: QAService) -> None:
    """Ranks from 1, scores that fall, no passage twice, and which signals found each."""
    found = service.retrieve(Question("Combien de chiens la fourrière a-t-elle recueillis ?"), top_k=10)
    assert [item.rank for item in found] == list(range(1, 11))
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert len({item.passage.id for item in found}) == 10
    assert "393 chiens" in found[0].passage.text
    assert set(found[0].sources) >= {"lexical", "dense"}


@pytest.mark.parametrize("signal", ["lexical", "dense", "cards"])
def test_each_signal_finds_by_itself(signal: str, service: QAService) -> None:
    """Words, vectors and cards each put the passage among the first ten."""
    found = service.retrieve(
        Question("Combien de chiens errants recueillis par la fourrière en 2021 ?"), top_k=10, signals=(signal,)
    )
    assert any("393 chiens" in item.passage.text for item in found)


def test_a_service_loaded_again_is_the_same(settings: Settings, service: QAService) -> None:
    """The index in place serves every process that opens it."""
    again = load_service(settings)
    assert again.reports[0].document == service.reports[0].document
    assert again.example_questions() == service.example_questions()


def test_a_question_on_a_section_is_answered_by_it(service: QAService) -> None:
    """Where another section would answer the bare question."""
    anywhere = service.ask(Question("Combien d'agents ?", document=SLUG))
    inside = service.ask(Question("Combien d'agents ?", document=SLUG, section="2-1"))
    assert anywhere.citations[0].passage.section_id != "2-1"
    assert inside.citations[0].passage.section_id == "2-1"


def test_another_section_answers_where_that_one_does_not(service: QAService) -> None:
    """And the answer says so; what no section answers is refused as ever."""
    answer = service.ask(Question("Combien de chiens recueillis ?", document=SLUG, section="1-1"))
    assert answer.citations[0].passage.section_path[-1] == "Fourrière animale"
    assert [warning.code for warning in answer.warnings] == ["other_section"]
    refused = service.ask(Question("Quel est le prix du pain à Tokyo ?", document=SLUG, section="1-1"))
    assert (refused.citations, refused.warnings) == ((), ())


def test_a_section_that_there_is_not_limits_nothing(service: QAService) -> None:
    """The same answer as without it."""
    question = Question("Combien de chiens recueillis ?", document=SLUG)
    assert service.ask(replace(question, section="99")) == service.ask(question)


def test_a_stage_that_comes_twice_counts_twice(service: QAService) -> None:
    """Where one section does not answer, the rest is looked through too: over one ranking, and both looks are timed."""
    watch = Stopwatch()
    time.sleep(0.02)
    watch.lap(Stage.ANSWER)
    service.ask(Question("Combien de chiens recueillis ?", document=SLUG, section="1-1"), watch)
    assert watch.seconds[Stage.ANSWER] > 0.02
    assert list(watch.seconds) == [Stage.ANSWER, Stage.WAIT, Stage.UNDERSTAND, Stage.RANK]
