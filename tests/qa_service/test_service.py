"""The whole service over the real report: what it answers, what it refuses, and what holds of every answer."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.french.folding import fold
from index.french.tokens import tokenize
from index.store.fields import heading_text, reading_text
from qa_service.model import Answer, AnswerStatus, Question, QuestionKind
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import load_service
from tests.qa_service.conftest import converse

LONG = {QuestionKind.LIST, QuestionKind.EXPLANATION, QuestionKind.DEFINITION, QuestionKind.COMPARISON}

# A question, words that answer it, and the figure asked for as printed ("" where none is asked for).
ANSWERS = [
    ("Combien d'agents l'agglomération compte-t-elle fin 2021 ?", "262 agents", "262"),
    ("Quelle était la masse salariale en 2021 ?", "13 056 633.72€ en 2021", "13 056 633.72€"),
    ("Quelle était la masse salariale en 2020 ?", "12 607 476.20 € en 2020", "12 607 476.20 €"),
    ("Combien d'actes d'acquisition ont été signés en 2020 ?", "24 actes en 2020", "24"),
    ("Combien de visites médicales ont été faites ?", "65 visites médicales", "65"),
    ("Combien d'agents ont demandé une mobilité interne ?", "13 agents ont sollicité", "13"),
    ("Combien de demandes de stage ont été formulées ?", "174 demandes", "174"),
    ("Combien de jours de télétravail par semaine ?", "deux jours par semaine", "deux jours par semaine"),
    ("Quel est le délai global de paiement moyen ?", "19 jours", "19 jours"),
    ("Montant des subventions versées en 2021 ?", "15,3 M€ de subventions", "15,3 M€"),
    ("Quand le pacte financier et fiscal a-t-il été voté ?", "le 10 novembre 2021", "10 novembre 2021"),
    ("Combien de reportages Télégohelle tourne-t-elle chaque semaine ?", "8 reportages", "8"),
    ("Combien d'élus siègent au conseil communautaire ?", "91 élus", "91"),
    ("À combien se montent les primes d'assurance ?", "490 265,61 €", "490 265,61 €"),
    ("Combien d'actes de vente ont été signés en 2021 ?", "20 actes de vente", "20"),
    ("Combien de dossiers le service ADS a-t-il instruits ?", "1553 dossiers", "1553"),
    ("Combien de propriétaires ont été accompagnés pour rénover leur logement ?", "321 propriétaires", "321"),
    ("Quand la Maison de l'Habitat Durable a-t-elle ouvert ?", "janvier 2021", "janvier 2021"),
    ("Combien de ménages ont été relogés dans le cadre du NPNRU ?", "170 ménages relogés", "170"),
    ("Quand la convention NPNRU a-t-elle été signée ?", "20 Mai", ""),
    ("Combien de personnes la Maison de la Justice et du Droit a-t-elle reçues ?", "11 577 personnes", "11 577"),
    ("Quel est le montant global de l'opération ZAC Centralité ?", "43 millions d'euros H.T.", ""),
    ("Combien de visiteurs au salon des métiers d'art ?", "12 500 visiteurs", "12 500"),
    ("Quelle somme a reçue Culture Commune ?", "290 000 €", "290 000 €"),
    ("Combien de chiens errants recueillis par la fourrière en 2021 ?", "393 chiens", "393"),
    ("Quels sont les horaires de la fourrière ?", "de 13h à 17h", ""),
    ("Quelle est la superficie de l'aérodrome ?", "30 hectares", "30 hectares"),
    ("Dans quelle commune est situé l'aérodrome ?", "sur la commune de Bénifontaine", ""),
    ("Combien de visiteurs l'enclos de contact a-t-il accueillis ?", "15 000 visiteurs", "15 000"),
    ("Qui assure le service de capture des animaux ?", "SACPA", ""),
    ("Combien coûte le centre aquatique de Lens ?", "30 480 607 €", "30 480 607 €"),
    ("Quel est le coût des travaux de l'équipement de Souchez ?", "2 975 000 €", "2 975 000 € H.T"),
    ("Combien de communes étaient intéressées par le prêt de matériel en 2018 ?", "32 communes en 2018", "32"),
    ("Qui préside la CALL ?", "Sylvain Robert", ""),
]

# The right subject with another year, town or kind of thing, or what the report never says.
NEAR_MISSES = [
    "Combien de chiens la fourrière a-t-elle recueillis en 2015 ?",
    "Quelle était la masse salariale en 2012 ?",
    "Combien coûte le centre aquatique de Vimy ?",
    "Quelle est la superficie de l'aérodrome de Calais ?",
    "Combien de chevaux la fourrière a-t-elle recueillis ?",
    "Comment s'appelle le directeur de la fourrière animale ?",
    "Combien de crémations ont eu lieu en 2021 ?",
    "Combien d'agents ont fait grève en 2021 ?",
    "Quel est le numéro de téléphone de la fourrière ?",
    "Quel est le salaire du directeur de la communication ?",
]

OUT_OF_SCOPE = [
    "Quelle est la recette de la tarte au maroilles ?",
    "Qui a gagné la coupe du monde de football en 1998 ?",
]

LISTS = [
    "Quels sont les quatre axes du plan d'égalité hommes femmes ?",
    "Quels centres culturels l'agglomération a-t-elle aidés ?",
    "Quels ateliers ont été mis en place avec l'institut NEGAWATT ?",
    "Quels financements la CALL obtient-elle grâce à l'AMI SEQUOIA ?",
    "Quelles manifestations culturelles ont été soutenues en 2021 ?",
    "Quelles sont les perspectives 2022 de la communication ?",
]

ALL = [
    *(question for question, _, _ in ANSWERS),
    *NEAR_MISSES,
    *OUT_OF_SCOPE,
    *LISTS,
    "Bonjour",
    "C'est quoi, l'ERBM ?",
]


@pytest.fixture(scope="module")
def answers(service: QAService) -> dict[str, Answer]:
    """The answers to all questions of this file."""
    return {question: service.ask(Question(question)) for question in ALL}


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
